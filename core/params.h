/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the steps take: their parameters, which parameter asks for what else, and the facts they
 * read. Only core/ reads these tables; others ask core/steps.h and core/inputs.h.
 */
#ifndef ACCORD_CORE_PARAMS_H
#define ACCORD_CORE_PARAMS_H

#include "core/steps.h"

#define PMPM_MAX 5000000                /* 50,000.00 a member and month */
#define WEIGHT_MAX 1000000
#define NOTHING INT64_MIN               /* otherwise: nothing stands for it where it is not given */

/* step, name, type, need, least, most, otherwise, words, axis, what it is */
#define STEP_PARAMS(X)                                                                             \
        X(EXPENDITURE, unit, WORD, OPTIONAL, 0, 0, 0, "total|per_capita", NONE,                    \
          "whether the total is reported, or an amount per person-year")                           \
        X(TARGET, unit, WORD, OPTIONAL, 0, 0, 0, "total|per_capita", NONE,                         \
          "whether the total is reported, or an amount per person-year")                           \
        X(MEASURE, measure, WORD, REQUIRED, 0, 0, 0, NULL, NONE,                                   \
          "the measure's key, the item of its facts")                                              \
        X(MEASURE, weight, COUNT, OPTIONAL, 1, WEIGHT_MAX, 1, NULL, NONE,                          \
          "its weight in the composite")                                                           \
        X(MEASURE, worst, RATE, REQUIRED, 0, 1, 0, NULL, NONE,                                     \
          "the rate that scores nothing")                                                          \
        X(MEASURE, best, RATE, REQUIRED, 0, 1, 0, NULL, NONE,                                      \
          "the rate that scores all; below the worst where less is better")                        \
        X(MEASURE, least_denominator, COUNT, OPTIONAL, 0, COUNT_MAX, 0, NULL, NONE,                \
          "with fewer people eligible the measure is left out of the composite")                   \
        X(COMPOSITE, source, WORD, OPTIONAL, 0, 0, 0, "reported|measures", NONE,                   \
          "whether the score is reported, or made of the measures")                                \
        X(GATE, standard, WORD, OPTIONAL, 0, 0, 0, "reported|least|none", NONE,                    \
          "whether it is reported that the standard is met, or a score decides, or nothing")       \
        X(GATE, least, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the score that meets the standard")                                                     \
        X(GATE, met, WORD, OPTIONAL, 0, 0, 0, "full|scaled", NONE,                                 \
          "what a standard that is met earns: the whole rate, or the rate times the score")        \
        X(GATE, alternative, WORD, OPTIONAL, 0, 0, 0, "none|scaled", NONE,                         \
          "what the alternative standard earns: nothing, or the rate times the score")             \
        X(GATE, reporting, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                    \
          "there may be years that pay for reporting")                                             \
        X(CORRIDOR_GATE, minimum, WORD, OPTIONAL, 0, 0, 0, "table|flat|none", NONE,                \
          "where the minimum savings rate comes from")                                             \
        X(CORRIDOR_GATE, rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                          \
          "the flat minimum savings rate")                                                         \
        X(CORRIDOR_GATE, bands, BANDS, OPTIONAL, 0, 1, 0, NULL, COUNT,                             \
          "the minimum savings rate by head count, in straight lines within bands")                \
        X(CORRIDOR_GATE, flat_least_panel, COUNT, OPTIONAL, 0, COUNT_MAX, 0, NULL, NONE,           \
          "with fewer people the table governs, not the flat rate")                                \
        X(CORRIDOR_GATE, losses, WORD, OPTIONAL, 0, 0, 0, "none|same|own|all", NONE,               \
          "which losses are shared: none, beyond the same minimum, beyond their own, or all")      \
        X(CORRIDOR_GATE, loss_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                     \
          "the minimum loss rate, where it is its own")                                            \
        X(CORRIDOR_GATE, first_dollar, FLAG, OPTIONAL, 0, 1, 1, NULL, NONE,                        \
          "once the minimum is reached all is shared, not only what lies beyond it")               \
        X(CORRIDOR_GATE, below, WORD, OPTIONAL, 0, 0, 0, "none|low_revenue|reported", NONE,        \
          "who shares savings below the minimum: nobody, low-revenue earners, or as reported")     \
        X(CORRIDOR_GATE, below_fraction, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                \
          "the fraction of the sharing rate for savings below the minimum")                        \
        X(CORRIDOR_GATE, below_least_panel, COUNT, OPTIONAL, 0, COUNT_MAX, 0, NULL, NONE,          \
          "with fewer people savings below the minimum are not shared")                            \
        X(SHARE, up, RATE, REQUIRED, 0, 1, 0, NULL, NONE,                                          \
          "the highest sharing rate, before quality")                                              \
        X(SHARE, down, WORD, OPTIONAL, 0, 0, 0, "none|fixed|inverse", NONE,                        \
          "the loss rate: none, fixed, or one less the highest sharing rate times quality")        \
        X(SHARE, down_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                             \
          "the fixed loss rate")                                                                   \
        X(SHARE, down_floor, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                                  \
          "the least the inverse loss rate can be")                                                \
        X(SHARE, down_ceiling, RATE, OPTIONAL, 0, 1, 1, NULL, NONE,                                \
          "the most it can be, and what it is when quality fails")                                 \
        X(SEQUESTER, bands, BANDS, REQUIRED, 0, 1, 0, NULL, DATE,                                  \
          "the rate by the day of payment")                                                        \
        X(SEQUESTER, on, WORD, OPTIONAL, 0, 0, 0, "gain|loss|both", NONE,                          \
          "what is reduced")                                                                       \
        X(LIMIT, gain, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the most that can be earned, of the benchmark; not given: no limit")                    \
        X(LIMIT, loss, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the most that can be owed, of the benchmark; not given: no limit")                      \
        X(LIMIT, revenue, WORD, OPTIONAL, 0, 0, 0, "none|always|reported", NONE,                   \
          "whether the participants' revenue limits what is owed too: the lesser holds")           \
        X(LIMIT, revenue_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                          \
          "the most that can be owed, of the participants' revenue")                               \
        X(RELIEF, basis, WORD, OPTIONAL, 0, 0, 0, "amount|share", NONE,                            \
          "whether the relief is reported in money, or as shares of months and of people")         \
        X(RELIEF, full_year, FLAG, OPTIONAL, 0, 1, 1, NULL, NONE,                                  \
          "an amount is for twelve months and counts for the period's months")                     \
        X(PRORATE, on, WORD, OPTIONAL, 0, 0, 0, "both|gain|loss", NONE,                            \
          "what is reduced to the period's months")                                                \
        X(PRORATE, of_months, COUNT, OPTIONAL, 1, 120, 12, NULL, NONE,                             \
          "the months of a whole period")                                                          \
        X(FEE, flat, CENTS, OPTIONAL, 0, MONEY_MAX, 0, NULL, NONE,                                 \
          "a fixed amount for the period")                                                         \
        X(FEE, pmpm, CENTS, OPTIONAL, 0, PMPM_MAX, 0, NULL, NONE,                                  \
          "an amount per member and month")                                                        \
        X(FEE, at_risk, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                                       \
          "the part of the fee that is earned by quality")                                         \
        X(POST, unit, WORD, OPTIONAL, 0, 0, 0, "cent|dollar", NONE,                                \
          "what the result is rounded to")                                                         \
        X(POST, rounding, WORD, OPTIONAL, 0, 0, 0,                                                 \
          "half_away|half_up|half_even|toward_zero", NONE,                                         \
          "how: halves away from zero, up, to even; or cut off")

/* step, parameter, when it is this word, the parameter that must then be given */
#define PARAM_WANTS(X)                                                                             \
        X(GATE, standard, least, least)                                                            \
        X(CORRIDOR_GATE, minimum, table, bands)                                                    \
        X(CORRIDOR_GATE, minimum, flat, rate)                                                      \
        X(CORRIDOR_GATE, losses, own, loss_rate)                                                   \
        X(CORRIDOR_GATE, below, low_revenue, below_fraction)                                       \
        X(CORRIDOR_GATE, below, reported, below_fraction)                                          \
        X(SHARE, down, fixed, down_rate)                                                           \
        X(LIMIT, revenue, always, revenue_rate)                                                    \
        X(LIMIT, revenue, reported, revenue_rate)

/*
 * step, parameter, when it is this word ("" = when it is above zero),
 * what must have been made before
 */
#define PARAM_NEEDS(X)                                                                             \
        X(COMPOSITE, source, "measures", MEASURES)                                                 \
        X(CORRIDOR_GATE, minimum, "table", PANEL)                                                  \
        X(CORRIDOR_GATE, flat_least_panel, "", PANEL)                                              \
        X(CORRIDOR_GATE, below_least_panel, "", PANEL)                                             \
        X(SHARE, down, "inverse", QUALITY)                                                         \
        X(LIMIT, gain, "", BENCHMARK)                                                              \
        X(LIMIT, loss, "", BENCHMARK)                                                              \
        X(FEE, at_risk, "", QUALITY)

/*
 * step, kind of fact, when a settlement asks for it, under which parameter and word
 * ("" = any; "+" = above zero), and the parameter that names its item
 */
#define STEP_READS(X)                                                                              \
        X(ATTRIBUTE, HEAD_COUNT, ALWAYS, "", "", "")                                               \
        X(EXPENDITURE, EXPENDITURE, ALWAYS, "unit", "total", "")                                   \
        X(EXPENDITURE, EXPENDITURE_PER_CAPITA, ALWAYS, "unit", "per_capita", "")                   \
        X(EXPENDITURE, PERSON_YEARS, ALWAYS, "unit", "per_capita", "")                             \
        X(TARGET, BENCHMARK, ALWAYS, "unit", "total", "")                                          \
        X(TARGET, BENCHMARK_PER_CAPITA, ALWAYS, "unit", "per_capita", "")                          \
        X(TARGET, PERSON_YEARS, ALWAYS, "unit", "per_capita", "")                                  \
        X(MEASURE, MEASURE_NUMERATOR, ALWAYS, "", "", "measure")                                   \
        X(MEASURE, MEASURE_DENOMINATOR, ALWAYS, "", "", "measure")                                 \
        X(COMPOSITE, QUALITY_SCORE, WHEN_IT_MATTERS, "source", "reported", "")                     \
        X(GATE, QUALITY_STANDARD_MET, ALWAYS, "standard", "reported", "")                          \
        X(GATE, ALTERNATIVE_STANDARD_MET, IF_SO, "alternative", "scaled", "")                      \
        X(GATE, QUALITY_REPORTING_ONLY, IF_SO, "reporting", "+", "")                               \
        X(CORRIDOR_GATE, LOW_REVENUE, WHEN_IT_MATTERS, "below", "low_revenue", "")                 \
        X(CORRIDOR_GATE, REDUCED_SHARING, IF_SO, "below", "reported", "")                          \
        X(GUARDRAIL, GUARDRAIL_APPLIES, IF_SO, "", "", "")                                         \
        X(LIMIT, REVENUE_LIMIT_APPLIES, IF_SO, "revenue", "reported", "")                          \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "revenue", "always", "")                    \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "revenue", "reported", "")                  \
        X(RELIEF, DISASTER_RELIEF, IF_SO, "basis", "amount", "")                                   \
        X(RELIEF, DISASTER_MONTHS_SHARE, IF_SO, "basis", "share", "")                              \
        X(RELIEF, DISASTER_MEMBER_SHARE, IF_SO, "basis", "share", "")                              \
        X(FEE, MEMBER_MONTHS, ALWAYS, "pmpm", "+", "")                                             \
        X(ADVANCE, ADVANCE_BALANCE, ALWAYS, "", "", "")

#endif
