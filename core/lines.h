/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every line a statement can have: its number on the wire, its unit, the rule it follows, what it
 * is. A line without a clause does not compile. A clause names where a rule is written down, for
 * programmes with such a rule and for contracts that borrow it; what binds is the terms. Numbers
 * are never reused.
 */
#ifndef ACCORD_CORE_LINES_H
#define ACCORD_CORE_LINES_H

#include <stddef.h>

#include "core/fact.h"

/*        code, name, number, unit, clause, what the figure is */
#define LINES(X)                                                                                   \
        X(HEAD_COUNT, "head_count", 1, COUNT, "42 CFR 425.110(a)",                                 \
          "people assigned in the period")                                                         \
        X(PERSON_YEARS, "person_years", 2, RATE, "42 CFR 425.604(a)",                              \
          "person-years that turn an amount per person into a total")                              \
        X(EXPENDITURE, "expenditure", 3, CENTS, "42 CFR 425.605(a)",                               \
          "what the assigned people's care cost in the period")                                    \
        X(BENCHMARK, "benchmark", 4, CENTS, "42 CFR 425.601, 425.652",                             \
          "what it was expected to cost: the updated benchmark")                                   \
        X(SAVINGS, "savings", 5, CENTS, "42 CFR 425.605(a)",                                       \
          "benchmark less expenditure; negative is a loss")                                        \
        X(SAVINGS_RATE, "savings_rate", 6, RATE, "42 CFR 425.605(b)",                              \
          "savings as a share of the benchmark")                                                   \
        X(MEASURE_RATE, "measure_rate", 7, RATE, "42 CFR 414.1380(b)(1)",                          \
          "people who met the measure among those eligible")                                       \
        X(MEASURE_SCORE, "measure_score", 8, RATE, "42 CFR 414.1380(b)(1)",                        \
          "how far the rate lies from the worst to the best, to nine decimals")                    \
        X(MEASURE_LEFT_OUT, "measure_left_out", 9, COUNT, "42 CFR 414.1367(c)(1)(i)",              \
          "people eligible: too few, so the measure is not scored")                                \
        X(QUALITY_SCORE, "quality_score", 10, RATE, "42 CFR 425.512(b)",                           \
          "quality as a fraction of the most there is")                                            \
        X(STANDARD_MET, "quality_standard_met", 11, FLAG, "42 CFR 425.512(a)",                     \
          "the quality performance standard is met")                                               \
        X(ALTERNATIVE_MET, "alternative_standard_met", 12, FLAG, "42 CFR 425.512(a)(5)(ii)",       \
          "only the alternative quality standard is met")                                          \
        X(REPORTING_ONLY, "reporting_only", 13, FLAG, "42 CFR 425.502(a)(1)",                      \
          "the year pays for reporting: quality counts as full")                                   \
        X(QUALITY_FACTOR, "quality_factor", 14, RATE, "42 CFR 425.605(d)(1)",                      \
          "the part of the highest sharing rate that quality earns")                               \
        X(MINIMUM_RATE, "minimum_savings_rate", 15, RATE, "42 CFR 425.604(b), 425.605(b)(1)",      \
          "savings below this share of the benchmark are not shared")                              \
        X(MINIMUM_SAVINGS, "minimum_savings", 16, CENTS, "42 CFR 425.604(b), 425.605(b)(1)",       \
          "the minimum savings rate in money")                                                     \
        X(MINIMUM_LOSS_RATE, "minimum_loss_rate", 17, RATE, "42 CFR 425.605(b)(1)",                \
          "losses below this share of the benchmark are not shared")                               \
        X(MINIMUM_REACHED, "minimum_reached", 18, FLAG, "42 CFR 425.605(c)(1)",                    \
          "savings or losses reach their minimum")                                                 \
        X(REDUCED, "reduced_sharing", 19, FLAG, "42 CFR 425.605(h)",                               \
          "savings below the minimum are shared all the same, at a fraction of the rate")          \
        X(REDUCED_FRACTION, "reduced_fraction", 20, RATE, "42 CFR 425.605(h)",                     \
          "the fraction of the rate for savings below the minimum")                                \
        X(GENERATED, "generated", 21, CENTS, "42 CFR 425.605(c)(1)",                               \
          "the savings or losses that are shared")                                                 \
        X(GUARDRAIL, "guardrail", 22, FLAG, "42 CFR 425.652(b)(4)",                                \
          "the update guardrail holds: savings earn nothing")                                      \
        X(SHARE_RATE, "sharing_rate", 23, RATE, "42 CFR 425.605(d)(1)",                            \
          "the final sharing rate")                                                                \
        X(LOSS_RATE, "loss_rate", 24, RATE, "42 CFR 425.605(d)(1), 425.610(f)",                    \
          "the final shared loss rate")                                                            \
        X(SHARED, "shared", 25, CENTS, "42 CFR 425.605(d)(1)",                                     \
          "savings or losses at their rate")                                                       \
        X(SEQUESTRATION_RATE, "sequestration_rate", 26, RATE, "2 U.S.C. 901a, 906(d)",             \
          "the reduction in force on the day of payment")                                          \
        X(SEQUESTERED, "sequestered", 27, CENTS, "2 U.S.C. 901a, 906(d)",                          \
          "what sequestration takes")                                                              \
        X(AFTER_SEQUESTRATION, "after_sequestration", 28, CENTS, "2 U.S.C. 901a, 906(d)",          \
          "what is left after sequestration")                                                      \
        X(GAIN_LIMIT, "payment_limit", 29, CENTS, "42 CFR 425.605(d)(1), 425.610(e)(2)",           \
          "the most that can be earned: a share of the benchmark")                                 \
        X(LOSS_LIMIT_BENCHMARK, "loss_limit_of_benchmark", 30, CENTS,                              \
          "42 CFR 425.605(d)(1)(iii)-(v), 425.610(g)",                                             \
          "the most that can be owed: a share of the benchmark")                                   \
        X(LOSS_LIMIT_REVENUE, "loss_limit_of_revenue", 31, CENTS,                                  \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "the most that can be owed: a share of the participants' revenue")                       \
        X(LIMITED, "limited", 32, CENTS, "42 CFR 425.605(d)(1), 425.610(e)(2), (g)",               \
          "what is left after the limits")                                                         \
        X(RELIEF_SHARE, "relief_share", 33, RATE, "42 CFR 425.605(f), 425.610(i)",                 \
          "share of months times share of people under a disaster, to nine decimals")              \
        X(RELIEF, "relief", 34, CENTS, "42 CFR 425.605(f), 425.610(i)",                            \
          "what disaster relief takes off the amount owed")                                        \
        X(AFTER_RELIEF, "after_relief", 35, CENTS, "42 CFR 425.605(f), 425.610(i)",                \
          "what is left after disaster relief")                                                    \
        X(MONTHS, "months", 36, COUNT, "42 CFR 425.609(b), 425.221(b)",                            \
          "months of the period that count")                                                       \
        X(PRORATED, "prorated", 37, CENTS, "42 CFR 425.609(b), 425.221(b)",                        \
          "what is left for the months that count")                                                \
        X(MEMBER_MONTHS, "member_months", 38, COUNT, "contract: care management fee",              \
          "months in which members were attributed")                                               \
        X(FEE_DUE, "fee_at_most", 39, CENTS, "contract: care management fee",                      \
          "the fee before any part at risk is lost")                                               \
        X(FEE, "fee", 40, CENTS, "contract: care management fee",                                  \
          "the fee that is earned, to the cent")                                                   \
        X(WITH_FEE, "with_fee", 41, CENTS, "contract: care management fee",                        \
          "the amount with the fee")                                                               \
        X(ADVANCE_BALANCE, "advance_balance", 42, CENTS, "42 CFR 425.630(g)",                      \
          "advances not recouped before this run")                                                 \
        X(RECOUPED, "recouped", 43, CENTS, "42 CFR 425.630(g)",                                    \
          "advances recouped from what is earned")                                                 \
        X(ADVANCE_LEFT, "advance_balance_left", 44, CENTS, "42 CFR 425.630(g)",                    \
          "advances that a later period recoups")                                                  \
        X(EARNED, "earned", 45, CENTS, "42 CFR 425.604(d), 425.605(d), 425.610(d), (f)",           \
          "what is earned, or owed when negative, after the only rounding")                        \
        X(PAYABLE, "payable", 46, CENTS, "42 CFR 425.605(e), 425.630(g)",                          \
          "what is paid: earned less advances recouped")                                           \
        X(AT_MOST, "without_missing_limit", 47, CENTS, "42 CFR 425.605(d)(1)(iii)-(v)",            \
          "what would be owed without the limit that cannot be calculated")

enum line_code {
#define X(code, name, number, unit, clause, says) LINE_##code = (number),
        LINES(X)
#undef X
};

struct line_info {
        enum line_code code;
        const char *name;       /* "after_sequestration": as in JSON and CSV */
        enum unit unit;
        const char *clause;
        const char *says;
};

/* NULL when there is no such line. line_at() walks the table, in order of number, to NULL. */
const struct line_info *line_info(unsigned int code);
const struct line_info *line_at(size_t place);

#endif
