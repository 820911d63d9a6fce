/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What care was expected to cost in the period, and the savings against it.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_TARGET_H
#define ACCORD_CORE_STEPS_TARGET_H

#define KINDS_TARGET(X)                                                                         \
        X(TARGET, target, "target", 1, "42 CFR 425.601, 425.652",                                  \
          0, MADE(BENCHMARK), MADE(BENCHMARK) | MADE(SAVINGS),                                     \
          "total what it was expected to cost")                                                    \
        X(SAVINGS, savings, "savings", 1, "42 CFR 425.605(a)",                                     \
          MADE(EXPENDITURE) | MADE(BENCHMARK), MADE(SAVINGS), MADE(SAVINGS),                       \
          "take one from the other")

#define PARAMS_TARGET(X)                                                                        \
        X(TARGET, unit, WORD, OPTIONAL, 0, 0, 0, "total|per_capita", NONE,                         \
          "whether the total is reported, or an amount per person-year")

#define WANTS_TARGET(X)

#define NEEDS_TARGET(X)

#define READS_TARGET(X)                                                                         \
        X(TARGET, BENCHMARK, ALWAYS, "unit", "total", "")                                          \
        X(TARGET, BENCHMARK_PER_CAPITA, ALWAYS, "unit", "per_capita", "")                          \
        X(TARGET, PERSON_YEARS, ALWAYS, "unit", "per_capita", "")

#define LINES_TARGET(X)                                                                         \
        X(BENCHMARK, "benchmark", 4, CENTS, BENCHMARK,                                             \
          "42 CFR 425.601, 425.652",                                                               \
          "what it was expected to cost: the updated benchmark",                                   \
          "")                                                                                      \
        X(SAVINGS, "savings", 5, CENTS, SAVINGS,                                                   \
          "42 CFR 425.605(a)",                                                                     \
          "benchmark less expenditure; negative is a loss",                                        \
          "benchmark - expenditure")                                                               \
        X(SAVINGS_RATE, "savings_rate", 6, RATE, NONE,                                             \
          "42 CFR 425.605(b)",                                                                     \
          "savings as a share of the benchmark",                                                   \
          "savings / benchmark")                                                                   \
        X(BENCHMARK_EACH, "benchmark_per_capita", 140, CENTS, NONE,                                \
          "42 CFR 425.601, 425.652",                                                               \
          "what a person-year was expected to cost: the updated benchmark",                        \
          "")

#endif
