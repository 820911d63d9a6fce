/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of the risk-update step; core/lines.h says what the columns are. */
#ifndef ACCORD_CORE_STEPS_UPDATE_LINES_H
#define ACCORD_CORE_STEPS_UPDATE_LINES_H

#define LINES_UPDATE(X)                                                                            \
        X(PERIOD_RISK, "period_risk_score", 431, RATE, NONE,                                       \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "average risk score of the period",                                                      \
          "")                                                                                      \
        X(RISK_RATIO, "risk_ratio", 432, RATE, NONE,                                               \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "growth of the risk since the reference year",                                           \
          "decimals(period_risk_score / reference_risk_score, terms.decimals)")                    \
        X(PERIOD_DEMOGRAPHIC, "demographic_risk_score", 433, RATE, NONE,                           \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "risk score by age and sex, of the period",                                              \
          "")                                                                                      \
        X(REFERENCE_DEMOGRAPHIC, "reference_demographic_risk_score", 434, RATE, NONE,              \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "risk score by age and sex, of the reference year",                                      \
          "")                                                                                      \
        X(DEMOGRAPHIC_RATIO, "demographic_ratio", 435, RATE, NONE,                                 \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "growth of the risk by age and sex",                                                     \
          "decimals(demographic_risk_score / reference_demographic_risk_score,"                    \
          " terms.decimals)")                                                                      \
        X(RISK_YEARS, "risk_person_years", 436, RATE, NONE,                                        \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "person-years of the period, all categories",                                            \
          "sum(years)")                                                                            \
        X(RISK_SHARE, "risk_share", 437, RATE, NONE,                                               \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "the category's share of the period's person-years",                                     \
          "years / risk_person_years")                                                             \
        X(RISK_DOLLARS, "risk_dollars", 438, CENTS, NONE,                                          \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "the baseline of all categories by the period's person-years",                           \
          "sum(risk_share * baseline)")                                                            \
        X(RISK_WEIGHT, "risk_weight", 439, RATE, NONE,                                             \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "what the category weighs in all together",                                              \
          "risk_share | "                                                                          \
          "decimals(risk_share * baseline / risk_dollars, 9)")                                     \
        X(RISK_RATIO_ALL, "risk_ratio_all", 440, RATE, NONE,                                       \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "growth of the risk of all categories together",                                         \
          "decimals(sum(risk_weight * risk_ratio), 9)")                                            \
        X(DEMOGRAPHIC_ALL, "demographic_ratio_all", 441, RATE, NONE,                               \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "growth of the risk by age and sex of all categories together",                          \
          "decimals(sum(risk_weight * demographic_ratio), 9)")                                     \
        X(RISK_CAP, "risk_cap", 442, RATE, NONE,                                                   \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "the most that risk may have grown",                                                     \
          "decimals(1 + terms.cap_up, 9) | "                                                       \
          "decimals(demographic_ratio + terms.cap_up, 9) | "                                       \
          "decimals(demographic_ratio_all + terms.cap_up, 9)")                                     \
        X(RISK_FLOOR, "risk_floor", 443, RATE, NONE,                                               \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "the least that risk may have grown",                                                    \
          "decimals(max(1 - terms.cap_down, 0), 9) | "                                             \
          "decimals(max(demographic_ratio - terms.cap_down, 0), 9) | "                             \
          "decimals(max(demographic_ratio_all - terms.cap_down, 0), 9)")                           \
        X(RISK_CAPPED, "capped_risk_ratio", 444, RATE, NONE,                                       \
          "42 CFR 425.605(a)(1), 425.610(a)(2)",                                                   \
          "growth of the risk that counts",                                                        \
          "risk_ratio | "                                                                          \
          "decimals(min(risk_ratio, risk_cap), terms.decimals) | "                                 \
          "decimals(max(risk_ratio, risk_floor), terms.decimals) | "                               \
          "decimals(max(min(risk_ratio, risk_cap), risk_floor), terms.decimals) | "                \
          "decimals(risk_ratio * risk_cap / risk_ratio_all, terms.decimals) | "                    \
          "decimals(risk_ratio * risk_floor / risk_ratio_all, terms.decimals)")                    \
        X(UPDATE_NATIONAL, "update_national", 445, RATE, NONE,                                     \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "national growth since the reference year",                                              \
          "")                                                                                      \
        X(UPDATE_REGIONAL, "update_regional", 446, RATE, NONE,                                     \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "regional growth since the reference year",                                              \
          "")                                                                                      \
        X(UPDATE_WEIGHT, "update_national_weight", 447, RATE, NONE,                                \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "weight of the national growth in the blend",                                            \
          "")                                                                                      \
        X(UPDATE_PROSPECTIVE, "update_prospective", 448, RATE, NONE,                               \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "growth as it was set before the agreement began",                                       \
          "")                                                                                      \
        X(TWO_WAY, "two_way_update", 449, RATE, NONE,                                              \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "national and regional growth blended",                                                  \
          "decimals(update_national_weight * update_national"                                      \
          " + (1 - update_national_weight) * update_regional, terms.decimals)")                    \
        X(THREE_WAY, "three_way_update", 450, RATE, NONE,                                          \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "the blend with the growth that was set before",                                         \
          "decimals(terms.prospective_weight * update_prospective"                                 \
          " + (1 - terms.prospective_weight) * two_way_update, terms.decimals)")                   \
        X(UPDATE, "update_factor", 451, RATE, NONE,                                                \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "growth that is applied",                                                                \
          "two_way_update | "                                                                      \
          "three_way_update | "                                                                    \
          "decimals(min(three_way_update, two_way_update + terms.guardrail_up),"                   \
          " terms.decimals) | "                                                                    \
          "decimals(max(three_way_update, two_way_update - terms.guardrail_down),"                 \
          " terms.decimals) | "                                                                    \
          "decimals(max(min(three_way_update, two_way_update + terms.guardrail_up),"               \
          " two_way_update - terms.guardrail_down), terms.decimals) | "                            \
          "decimals(update_national, terms.decimals) | "                                           \
          "decimals(update_regional, terms.decimals) | "                                           \
          "decimals(1 + terms.rate, terms.decimals)")                                              \
        X(UPDATED, "updated_baseline", 452, CENTS, BASELINE,                                       \
          "42 CFR 425.601(b), 425.652(b)",                                                         \
          "the baseline at the risk and the prices of the period",                                 \
          "decimals(baseline * capped_risk_ratio * update_factor, terms.decimals - 2) | "          \
          "decimals(baseline * capped_risk_ratio, terms.decimals - 2) | "                          \
          "decimals(baseline * update_factor, terms.decimals - 2)")

#endif
