/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that the steps of the benchmark read; core/params.h says what the columns are. */
#ifndef ACCORD_CORE_STEPS_BENCHMARK_READS_H
#define ACCORD_CORE_STEPS_BENCHMARK_READS_H

#define READS_BENCHMARK(X)                                                                         \
        X(BASELINE, BASE_PER_CAPITA, ALWAYS, "source by", "base_year whole", "@year")              \
        X(BASELINE, BASE_PER_CAPITA, ALWAYS, "source by", "base_year category", "*@year")          \
        X(BASELINE, BASELINE_PER_CAPITA, ALWAYS, "source by", "reported whole", "")                \
        X(BASELINE, BASELINE_PER_CAPITA, ALWAYS, "source by", "reported category", "*")            \
        X(BASELINE, BASELINE_PER_CAPITA, WHEN_IT_MATTERS,                                          \
          "source by amount", "carried whole -", "")                                               \
        X(BASELINE, BASELINE_PER_CAPITA, WHEN_IT_MATTERS,                                          \
          "source by amount", "carried category -", "*")                                           \
        X(BASELINE, TREND_NATIONAL, ALWAYS,                                                        \
          "source trend by", "base_year national/blend whole", "@year")                            \
        X(BASELINE, TREND_NATIONAL, ALWAYS,                                                        \
          "source trend by", "base_year national/blend category", "*@year")                        \
        X(BASELINE, TREND_NATIONAL, ALWAYS,                                                        \
          "source trend by", "terms/reported/carried national/blend whole", "")                    \
        X(BASELINE, TREND_NATIONAL, ALWAYS,                                                        \
          "source trend by category", "terms/reported/carried national/blend category -", "*")     \
        X(BASELINE, TREND_NATIONAL, ALWAYS,                                                        \
          "source trend category", "terms national/blend +", "category")                           \
        X(BASELINE, TREND_REGIONAL, ALWAYS,                                                        \
          "source trend by", "base_year regional/blend whole", "@year")                            \
        X(BASELINE, TREND_REGIONAL, ALWAYS,                                                        \
          "source trend by", "base_year regional/blend category", "*@year")                        \
        X(BASELINE, TREND_REGIONAL, ALWAYS,                                                        \
          "source trend by", "terms/reported/carried regional/blend whole", "")                    \
        X(BASELINE, TREND_REGIONAL, ALWAYS,                                                        \
          "source trend by category", "terms/reported/carried regional/blend category -", "*")     \
        X(BASELINE, TREND_REGIONAL, ALWAYS,                                                        \
          "source trend category", "terms regional/blend +", "category")                           \
        X(BASELINE, NATIONAL_WEIGHT, ALWAYS, "source trend", "base_year blend", "@last")           \
        X(BASELINE, NATIONAL_WEIGHT, IF_SO,                                                        \
          "source trend by", "base_year blend category", "*@last")                                 \
        X(BASELINE, NATIONAL_WEIGHT, ALWAYS, "source trend", "terms/reported/carried blend", "")   \
        X(BASELINE, NATIONAL_WEIGHT, IF_SO,                                                        \
          "source trend by", "terms/reported/carried blend category", "*")                         \
        X(BASELINE, RISK_SCORE, ALWAYS, "source risk by", "base_year + whole", "@year")            \
        X(BASELINE, RISK_SCORE, ALWAYS, "source risk by", "base_year + category", "*@year")        \
        X(BASELINE, RISK_SCORE, ALWAYS, "source risk by", "base_year + whole", "@last")            \
        X(BASELINE, RISK_SCORE, ALWAYS, "source risk by", "base_year + category", "*@last")        \
        X(ADJUST, PERSON_YEARS, ALWAYS, "kind by", "regional/choose category", "*@last")           \
        X(ADJUST, REGIONAL_PER_CAPITA, ALWAYS, "kind by", "regional whole", "")                    \
        X(ADJUST, REGIONAL_PER_CAPITA, ALWAYS, "kind by", "regional category", "*")                \
        X(ADJUST, NATIONAL_PER_CAPITA, ALWAYS, "cap_up by", "+ whole", "")                         \
        X(ADJUST, NATIONAL_PER_CAPITA, ALWAYS, "cap_up by", "+ category", "*")                     \
        X(ADJUST, NATIONAL_PER_CAPITA, ALWAYS, "cap_down by", "+ whole", "")                       \
        X(ADJUST, NATIONAL_PER_CAPITA, ALWAYS, "cap_down by", "+ category", "*")                   \
        X(ADJUST, PRIOR_SAVINGS_PER_CAPITA, IF_SO, "kind", "prior_savings", "@years")              \
        X(ADJUST, PRIOR_SAVINGS_PART, IF_SO, "kind", "prior_savings", "")                          \
        X(ADJUST, ADJUSTMENT_PER_CAPITA, ALWAYS, "kind item", "per_capita +", "item")              \
        X(ADJUST, ADJUSTMENT_PER_CAPITA, ALWAYS, "kind item by", "per_capita - whole", "")         \
        X(ADJUST, ADJUSTMENT_PER_CAPITA, ALWAYS, "kind item by", "per_capita - category", "*")     \
        X(ADJUST, REFERENCE_RATE, ALWAYS, "kind", "reference", "item")                             \
        X(ADJUST, BUDGET_ADJUSTMENT, ALWAYS, "kind", "budget", "item")                             \
        X(RISK_UPDATE, RISK_SCORE, ALWAYS, "risk by", "+ whole", "")                               \
        X(RISK_UPDATE, RISK_SCORE, ALWAYS, "risk by", "+ category", "*")                           \
        X(RISK_UPDATE, RISK_SCORE, ALWAYS, "risk by", "+ whole", "@reference_year")                \
        X(RISK_UPDATE, RISK_SCORE, ALWAYS, "risk by", "+ category", "*@reference_year")            \
        X(RISK_UPDATE, DEMOGRAPHIC_RISK_SCORE, ALWAYS, "demographic by", "+ whole", "")            \
        X(RISK_UPDATE, DEMOGRAPHIC_RISK_SCORE, ALWAYS, "demographic by", "+ category", "*")        \
        X(RISK_UPDATE, DEMOGRAPHIC_RISK_SCORE, ALWAYS,                                             \
          "demographic by", "+ whole", "@reference_year")                                          \
        X(RISK_UPDATE, DEMOGRAPHIC_RISK_SCORE, ALWAYS,                                             \
          "demographic by", "+ category", "*@reference_year")                                      \
        X(RISK_UPDATE, PERSON_YEARS, UNCOUNTED, "scope by", "aggregate category", "*")             \
        X(RISK_UPDATE, TREND_NATIONAL, ALWAYS,                                                     \
          "update by", "national/blend/three_way whole", "")                                       \
        X(RISK_UPDATE, TREND_NATIONAL, ALWAYS,                                                     \
          "update by", "national/blend/three_way category", "*")                                   \
        X(RISK_UPDATE, TREND_REGIONAL, ALWAYS,                                                     \
          "update by", "regional/blend/three_way whole", "")                                       \
        X(RISK_UPDATE, TREND_REGIONAL, ALWAYS,                                                     \
          "update by", "regional/blend/three_way category", "*")                                   \
        X(RISK_UPDATE, NATIONAL_WEIGHT, ALWAYS, "update", "blend/three_way", "")                   \
        X(RISK_UPDATE, NATIONAL_WEIGHT, IF_SO, "update by", "blend/three_way category", "*")       \
        X(RISK_UPDATE, TREND_PROSPECTIVE, ALWAYS, "update by", "three_way whole", "")              \
        X(RISK_UPDATE, TREND_PROSPECTIVE, ALWAYS, "update by", "three_way category", "*")

#endif
