/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of the adjust step; core/lines.h says what the columns are. */
#ifndef ACCORD_CORE_STEPS_ADJUST_LINES_H
#define ACCORD_CORE_STEPS_ADJUST_LINES_H

#define LINES_ADJUST(X)                                                                            \
        X(REFERENCE_YEARS, "reference_person_years", 400, RATE, NONE,                              \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "person-years of the reference year",                                                    \
          "")                                                                                      \
        X(REFERENCE_ALL, "reference_person_years_all", 401, RATE, NONE,                            \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "person-years of the reference year, all categories",                                    \
          "sum(decimals(reference_person_years, 6))")                                              \
        X(REFERENCE_SHARE, "reference_share", 402, RATE, REFERENCE_SHARE,                          \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the category's share of the reference year's person-years",                             \
          "decimals(reference_person_years, 6) / reference_person_years_all")                      \
        X(HISTORICAL_ALL, "historical_benchmark_all", 403, CENTS, NONE,                            \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the baseline of all categories by their shares",                                        \
          "sum(reference_share * baseline)")                                                       \
        X(REGIONAL, "regional_per_capita", 404, CENTS, NONE,                                       \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "what care costs per person-year in the region, at the panel's risk",                    \
          "")                                                                                      \
        X(NATIONAL, "national_per_capita", 405, CENTS, NONE,                                       \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "what care costs per person-year in the nation",                                         \
          "")                                                                                      \
        X(REGIONAL_DIFFERENCE, "regional_difference", 406, CENTS, NONE,                            \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the region less the baseline",                                                          \
          "regional_per_capita - baseline")                                                        \
        X(DIFFERENCE_ALL, "regional_difference_all", 407, CENTS, NONE,                             \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the region less the baseline, all categories by their shares",                          \
          "sum(reference_share * regional_difference)")                                            \
        X(REGIONAL_WEIGHT, "regional_weight", 408, RATE, NONE,                                     \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the part of the difference that counts: decided by all categories together",            \
          "terms.weight | "                                                                        \
          "terms.weight_dearer")                                                                   \
        X(REGIONAL_UNCAPPED, "regional_adjustment_uncapped", 409, CENTS, NONE,                     \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the part of the difference, before caps",                                               \
          "decimals(regional_weight * regional_difference, terms.decimals - 2)")                   \
        X(ADJUSTMENT_CAP, "adjustment_cap_up", 410, CENTS, NONE,                                   \
          "42 CFR 425.652(a)(8), (c)",                                                             \
          "the most that is added",                                                                \
          "decimals(terms.cap_up * national_per_capita, terms.decimals - 2) | "                    \
          "0")                                                                                     \
        X(ADJUSTMENT_FLOOR, "adjustment_cap_down", 411, CENTS, NONE,                               \
          "42 CFR 425.652(a)(8), (c)",                                                             \
          "the most that is taken off",                                                            \
          "decimals(terms.cap_down * national_per_capita, terms.decimals - 2) | "                  \
          "0")                                                                                     \
        X(REGIONAL_ADJUSTMENT, "regional_adjustment", 412, CENTS, REGIONAL,                        \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the regional adjustment",                                                               \
          "max(min(regional_adjustment_uncapped, adjustment_cap_up), 0 - adjustment_cap_down) | "  \
          "min(regional_adjustment_uncapped, adjustment_cap_up) | "                                \
          "max(regional_adjustment_uncapped, 0 - adjustment_cap_down) | "                          \
          "regional_adjustment_uncapped")                                                          \
        X(REGIONAL_ALL, "regional_adjustment_all", 413, CENTS, NONE,                               \
          "42 CFR 425.601(a)(8), 425.656",                                                         \
          "the regional adjustment, all categories by their shares",                               \
          "sum(reference_share * regional_adjustment)")                                            \
        X(PRIOR_YEAR, "prior_savings_of_year", 414, CENTS, NONE,                                   \
          "42 CFR 425.658",                                                                        \
          "savings or losses per person-year in a base year",                                      \
          "")                                                                                      \
        X(PRIOR_SUM, "prior_savings_sum", 415, CENTS, PRIOR_SUM,                                   \
          "42 CFR 425.658",                                                                        \
          "savings or losses of the base years; of those not reported none",                       \
          "prior_savings_sum + prior_savings_of_year")                                             \
        X(BASE_YEARS, "base_years", 416, COUNT, BASE_YEARS,                                        \
          "42 CFR 425.658",                                                                        \
          "base years so far",                                                                     \
          "base_years + 1")                                                                        \
        X(PRIOR_MEAN, "prior_savings_mean", 417, CENTS, NONE,                                      \
          "42 CFR 425.658",                                                                        \
          "savings or losses in the mean of the base years",                                       \
          "prior_savings_sum / base_years")                                                        \
        X(PRIOR_PART, "prior_savings_part", 418, RATE, NONE,                                       \
          "42 CFR 425.658",                                                                        \
          "the share of the panel that counts",                                                    \
          "")                                                                                      \
        X(PRIOR_UNCAPPED, "prior_savings_uncapped", 419, CENTS, NONE,                              \
          "42 CFR 425.658",                                                                        \
          "what of the mean counts, before the cap; losses count nothing",                         \
          "decimals(terms.scale * prior_savings_mean, terms.decimals - 2) | "                      \
          "decimals(terms.scale * prior_savings_mean * prior_savings_part,"                        \
          " terms.decimals - 2) | "                                                                \
          "0")                                                                                     \
        X(PRIOR_ADJUSTMENT, "prior_savings_adjustment", 420, CENTS, PRIOR,                         \
          "42 CFR 425.658",                                                                        \
          "the adjustment for savings before",                                                     \
          "max(min(prior_savings_uncapped, adjustment_cap_up), 0 - adjustment_cap_down) | "        \
          "min(prior_savings_uncapped, adjustment_cap_up) | "                                      \
          "max(prior_savings_uncapped, 0 - adjustment_cap_down) | "                                \
          "prior_savings_uncapped")                                                                \
        X(PRIOR_ALL, "prior_savings_adjustment_all", 421, CENTS, NONE,                             \
          "42 CFR 425.658",                                                                        \
          "the adjustment for savings before, all categories by their shares",                     \
          "sum(reference_share * prior_savings_adjustment)")                                       \
        X(OTHER_REPORTED, "adjustment_per_capita", 422, CENTS, NONE,                               \
          "42 CFR 425.652(a)(8), contract: adjustments",                                           \
          "another adjustment per person-year, before caps",                                       \
          "")                                                                                      \
        X(OTHER_NAMED, "adjustment_named", 423, CENTS, NONE,                                       \
          "42 CFR 425.652(a)(8), contract: adjustments",                                           \
          "another adjustment per person-year, named, before caps",                                \
          "")                                                                                      \
        X(OTHER_ADJUSTMENT, "other_adjustment", 424, CENTS, OTHER,                                 \
          "42 CFR 425.652(a)(8), contract: adjustments",                                           \
          "the other adjustment",                                                                  \
          "max(min(adjustment_per_capita, adjustment_cap_up), 0 - adjustment_cap_down) | "         \
          "min(adjustment_per_capita, adjustment_cap_up) | "                                       \
          "max(adjustment_per_capita, 0 - adjustment_cap_down) | "                                 \
          "adjustment_per_capita | "                                                               \
          "max(min(adjustment_named, adjustment_cap_up), 0 - adjustment_cap_down) | "              \
          "min(adjustment_named, adjustment_cap_up) | "                                            \
          "max(adjustment_named, 0 - adjustment_cap_down) | "                                      \
          "adjustment_named")                                                                      \
        X(OTHER_ALL, "other_adjustment_all", 425, CENTS, NONE,                                     \
          "42 CFR 425.652(a)(8), contract: adjustments",                                           \
          "the other adjustment, all categories by their shares",                                  \
          "sum(reference_share * other_adjustment)")                                               \
        X(CHOSEN, "chosen_adjustment", 426, CENTS, CHOSEN,                                         \
          "42 CFR 425.652(a)(8), (c)",                                                             \
          "what is chosen of the alternatives, so far",                                            \
          "regional_adjustment | "                                                                 \
          "prior_savings_adjustment | "                                                            \
          "other_adjustment | "                                                                    \
          "chosen_adjustment + regional_adjustment | "                                             \
          "chosen_adjustment + prior_savings_adjustment | "                                        \
          "chosen_adjustment + other_adjustment | "                                                \
          "min(chosen_adjustment, adjustment_cap_up) | "                                           \
          "0")                                                                                     \
        X(CHOSEN_ALL, "chosen_adjustment_all", 427, CENTS, NONE,                                   \
          "42 CFR 425.652(a)(8), (c)",                                                             \
          "what is chosen, all categories by their shares",                                        \
          "sum(reference_share * chosen_adjustment)")                                              \
        X(REFERENCE_RATE, "reference_rate", 428, RATE, NONE,                                       \
          "HSCRC Global Budget Revenue agreement: update and adjustments",                         \
          "a rate of growth, as reported",                                                         \
          "")                                                                                      \
        X(BUDGET_ADJUSTMENT, "budget_adjustment", 429, CENTS, NONE,                                \
          "HSCRC Global Budget Revenue agreement: update and adjustments",                         \
          "an adjustment of the budget",                                                           \
          "")                                                                                      \
        X(ADJUSTED, "adjusted_baseline", 430, CENTS, BASELINE,                                     \
          "42 CFR 425.652(a)(8), (c)",                                                             \
          "the baseline with the adjustment",                                                      \
          "baseline + regional_adjustment | "                                                      \
          "baseline + prior_savings_adjustment | "                                                 \
          "baseline + other_adjustment | "                                                         \
          "baseline + chosen_adjustment | "                                                        \
          "decimals(baseline * (1 + terms.rate), terms.decimals - 2) | "                           \
          "decimals(baseline * (1 + reference_rate), terms.decimals - 2) | "                       \
          "baseline + budget_adjustment")

#endif
