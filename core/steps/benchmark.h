/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The historical benchmark: base years, budgets, adjustments, and their update to the period.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 *
 * Figures are one for the whole, or one for each category: all steps of the family say the same.
 */
#ifndef ACCORD_CORE_STEPS_BENCHMARK_H
#define ACCORD_CORE_STEPS_BENCHMARK_H

#include "core/steps/adjust_lines.h"
#include "core/steps/baseline_lines.h"
#include "core/steps/benchmark_reads.h"
#include "core/steps/update_lines.h"

#define KINDS_BENCHMARK(X)                                                                         \
        X(BASELINE, baseline, "baseline", 1, "42 CFR 425.601(a), 425.652(a)",                      \
          0, MADE(BASELINE), MADE(ADJUSTED) | MADE(UPDATED) | MADE(BENCHMARK),                     \
          "what care cost before: base years, an agreed or reported amount, a carried budget")     \
        X(ADJUST, adjust, "adjust", 1, "42 CFR 425.601(a)(8), 425.652(a)(8), 425.656, 425.658",    \
          MADE(BASELINE), MADE(ADJUSTED), MADE(BENCHMARK),                                         \
          "adjust the baseline, or say an alternative, or choose among the alternatives")          \
        X(RISK_UPDATE, risk_update, "risk-update", 1, "42 CFR 425.605(a), 425.601(b), 425.652(b)", \
          MADE(BASELINE), MADE(UPDATED), MADE(UPDATED) | MADE(BENCHMARK),                          \
          "bring the baseline to the risk and the prices of the period")

#define PARAMS_BENCHMARK(X)                                                                        \
        X(BASELINE, source, WORD, OPTIONAL, 0, 0, 0, "base_year|terms|reported|carried", NONE,     \
          "where it comes from: one base year of several, the terms, a report, the period before") \
        X(BASELINE, by, WORD, OPTIONAL, 0, 0, 0, "whole|category", NONE,                           \
          "whether there is one figure, or one for each category declared before")                 \
        X(BASELINE, category, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                 \
          "the one category that an amount of the terms is for; not given: each")                  \
        X(BASELINE, year, COUNT, OPTIONAL, 1900, 2099, NOTHING, NULL, NONE,                        \
          "the calendar year that is a base year; the latest of the terms is the reference year")  \
        X(BASELINE, weight, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                             \
          "the base year's weight; those of all base years add up to one")                         \
        X(BASELINE, trend, WORD, OPTIONAL, 0, 0, 0, "none|national|regional|blend|rate", NONE,     \
          "growth: of a base year to the reference year, else of the baseline to the period")      \
        X(BASELINE, rate, RATE, OPTIONAL, -1, 10, NOTHING, NULL, NONE,                             \
          "growth that the terms fix, where trend is rate: 0.03 makes 1.03")                       \
        X(BASELINE, risk, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                     \
          "restate a base year to the risk of the reference year")                                 \
        X(BASELINE, amount, CENTS, OPTIONAL, 0, MONEY_MAX, NOTHING, NULL, NONE,                    \
          "the amount of the terms; of source carried the budget before the first period's")       \
        X(BASELINE, decimals, COUNT, OPTIONAL, 2, 9, 6, NULL, NONE,                                \
          "decimals of a dollar, and of growth factors, that figures are rounded to")              \
        X(ADJUST, kind, WORD, OPTIONAL, 0, 0, 0,                                                   \
          "regional|prior_savings|per_capita|rate|reference|budget|choose", NONE,                  \
          "the regional difference, savings before, an amount, a rate, an amount of the whole")    \
        X(ADJUST, by, WORD, OPTIONAL, 0, 0, 0, "whole|category", NONE,                             \
          "whether the baseline is one figure, or one for each category")                          \
        X(ADJUST, apply, WORD, OPTIONAL, 0, 0, 0, "now|candidate", NONE,                           \
          "whether it holds, or waits for a step that chooses")                                    \
        X(ADJUST, weight, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                               \
          "of the regional difference, where the region is dearer on the whole, or as dear")       \
        X(ADJUST, weight_dearer, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                        \
          "of the regional difference, where the panel is dearer than its region")                 \
        X(ADJUST, cap_up, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                              \
          "the most it adds, of the national amount; not given: no cap")                           \
        X(ADJUST, cap_down, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                            \
          "the most it takes off, of the national amount; not given: no cap")                      \
        X(ADJUST, scale, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                \
          "the part of the savings before that counts")                                            \
        X(ADJUST, item, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                       \
          "the name of the fact; per_capita without it: one for each category")                    \
        X(ADJUST, rate, RATE, OPTIONAL, -1, 10, NOTHING, NULL, NONE,                               \
          "what a rate adds, of the baseline: 0.03 makes 1.03")                                    \
        X(ADJUST, choose, WORD, OPTIONAL, 0, 0, 0, "max|sum|first|offset", NONE,                   \
          "the highest, all, the first that is not zero, the highest set against a regional loss") \
        X(ADJUST, decimals, COUNT, OPTIONAL, 2, 9, 6, NULL, NONE,                                  \
          "decimals of a dollar that adjustments are rounded to")                                  \
        X(RISK_UPDATE, by, WORD, OPTIONAL, 0, 0, 0, "whole|category", NONE,                        \
          "whether the baseline is one figure, or one for each category")                          \
        X(RISK_UPDATE, risk, FLAG, OPTIONAL, 0, 1, 1, NULL, NONE,                                  \
          "restate to the risk of the period")                                                     \
        X(RISK_UPDATE, reference_year, COUNT, OPTIONAL, 1900, 2099, NOTHING, NULL, NONE,           \
          "the year whose risk the baseline has; not given: the latest base year")                 \
        X(RISK_UPDATE, cap_up, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                         \
          "the most that risk grows, above one or above demographic growth; not given: no cap")    \
        X(RISK_UPDATE, cap_down, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                        \
          "the most that risk falls, below the same; not given: no cap")                           \
        X(RISK_UPDATE, demographic, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                           \
          "caps are beside the growth of the risk by age and sex, not beside one")                 \
        X(RISK_UPDATE, scope, WORD, OPTIONAL, 0, 0, 0, "category|aggregate", NONE,                 \
          "whether each category is held to the cap, or only where all together exceed it")        \
        X(RISK_UPDATE, mix, WORD, OPTIONAL, 0, 0, 0, "people|dollars", NONE,                       \
          "what categories weigh together: person-years, or person-years times the baseline")      \
        X(RISK_UPDATE, beyond, WORD, OPTIONAL, 0, 0, 0, "each|scaled", NONE,                       \
          "all together exceed the cap: each is held to it, or all are scaled down alike")         \
        X(RISK_UPDATE, update, WORD, OPTIONAL, 0, 0, 0,                                            \
          "none|national|regional|blend|three_way|rate", NONE,                                     \
          "growth from the reference year to the period")                                          \
        X(RISK_UPDATE, rate, RATE, OPTIONAL, -1, 10, NOTHING, NULL, NONE,                          \
          "growth that the terms fix, where update is rate: 0.03 makes 1.03")                      \
        X(RISK_UPDATE, prospective_weight, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,              \
          "three-way: the weight of the factor set before the agreement; the rest is the blend's") \
        X(RISK_UPDATE, guardrail_up, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                   \
          "three-way: at most so much above the blend; not given: no limit")                       \
        X(RISK_UPDATE, guardrail_down, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                 \
          "three-way: at most so much below the blend; not given: no limit")                       \
        X(RISK_UPDATE, decimals, COUNT, OPTIONAL, 2, 9, 6, NULL, NONE,                             \
          "decimals of a dollar, and of ratios and factors, that figures are rounded to")

#define WANTS_BENCHMARK(X)                                                                         \
        X(BASELINE, source, base_year, year)                                                       \
        X(BASELINE, source, base_year, weight)                                                     \
        X(BASELINE, source, terms, amount)                                                         \
        X(BASELINE, trend, rate, rate)                                                             \
        X(ADJUST, kind, regional, weight)                                                          \
        X(ADJUST, kind, regional, weight_dearer)                                                   \
        X(ADJUST, kind, prior_savings, scale)                                                      \
        X(ADJUST, kind, rate, rate)                                                                \
        X(ADJUST, kind, reference, item)                                                           \
        X(ADJUST, kind, budget, item)                                                              \
        X(RISK_UPDATE, update, rate, rate)                                                         \
        X(RISK_UPDATE, update, three_way, prospective_weight)

#define NEEDS_BENCHMARK(X)

#define LINES_BENCHMARK(X)                                                                         \
        LINES_BASELINE(X)                                                                          \
        LINES_ADJUST(X)                                                                            \
        LINES_UPDATE(X)

#endif
