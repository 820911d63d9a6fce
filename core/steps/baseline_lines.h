/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of the baseline step; core/lines.h says what the columns are. */
#ifndef ACCORD_CORE_STEPS_BASELINE_LINES_H
#define ACCORD_CORE_STEPS_BASELINE_LINES_H

#define LINES_BASELINE(X)                                                                          \
        X(BASE_AMOUNT, "base_year_amount", 180, CENTS, NONE,                                       \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "what care cost per person-year in a base year",                                         \
          "")                                                                                      \
        X(TREND_NATIONAL, "trend_national", 181, RATE, NONE,                                       \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "national growth from the base year, or of the baseline to the period",                  \
          "")                                                                                      \
        X(TREND_REGIONAL, "trend_regional", 182, RATE, NONE,                                       \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "regional growth from the base year, or of the baseline to the period",                  \
          "")                                                                                      \
        X(TREND_WEIGHT, "trend_national_weight", 183, RATE, NONE,                                  \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "weight of the national growth in the blend",                                            \
          "")                                                                                      \
        X(TREND, "trend", 184, RATE, NONE,                                                         \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "growth that is applied",                                                                \
          "decimals(trend_national_weight * trend_national"                                        \
          " + (1 - trend_national_weight) * trend_regional, terms.decimals) | "                    \
          "decimals(trend_national, terms.decimals) | "                                            \
          "decimals(trend_regional, terms.decimals) | "                                            \
          "decimals(1 + terms.rate, terms.decimals)")                                              \
        X(BASE_RISK, "base_year_risk_score", 185, RATE, NONE,                                      \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "average risk score of the base year",                                                   \
          "")                                                                                      \
        X(REFERENCE_RISK, "reference_risk_score", 186, RATE, NONE,                                 \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "average risk score of the reference year",                                              \
          "")                                                                                      \
        X(RESTATED, "base_year_restated", 187, CENTS, NONE,                                        \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "the base year at the prices and the risk of the reference year",                        \
          "decimals(base_year_amount * trend * reference_risk_score"                               \
          " / base_year_risk_score, terms.decimals - 2) | "                                        \
          "decimals(base_year_amount * trend, terms.decimals - 2) | "                              \
          "decimals(base_year_amount * reference_risk_score / base_year_risk_score,"               \
          " terms.decimals - 2) | "                                                                \
          "base_year_amount")                                                                      \
        X(WEIGHED, "base_years_weighed", 188, CENTS, WEIGHED,                                      \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "the base years so far, each by its weight",                                             \
          "terms.weight * base_year_restated | "                                                   \
          "base_years_weighed + terms.weight * base_year_restated")                                \
        X(HISTORICAL, "historical_benchmark", 189, CENTS, BASELINE,                                \
          "42 CFR 425.601(a), 425.652(a)",                                                         \
          "the base years together: the historical benchmark",                                     \
          "decimals(base_years_weighed, terms.decimals - 2)")                                      \
        X(BASELINE_REPORTED, "baseline_reported", 190, CENTS, BASELINE,                            \
          "contract: reported baseline",                                                           \
          "the baseline, as reported",                                                             \
          "")                                                                                      \
        X(BASELINE_AGREED, "baseline_agreed", 191, CENTS, BASELINE,                                \
          "contract: agreed baseline",                                                             \
          "the baseline that the terms fix",                                                       \
          "terms.amount")                                                                          \
        X(BASELINE_CARRIED, "baseline_carried", 192, CENTS, BASELINE,                              \
          "HSCRC Global Budget Revenue agreement: the budget of the year before",                  \
          "the budget of the period before",                                                       \
          "")                                                                                      \
        X(BASELINE_TRENDED, "baseline_trended", 193, CENTS, BASELINE,                              \
          "contract: trended budget",                                                              \
          "the baseline grown to the period",                                                      \
          "decimals(baseline * trend, terms.decimals - 2)")

#endif
