/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which savings and losses are shared, at which rate, within which limits.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_SHARE_H
#define ACCORD_CORE_STEPS_SHARE_H

#define KINDS_SHARE(X)                                                                             \
        X(CORRIDOR_GATE, corridor_gate, "corridor-gate", 1, "42 CFR 425.605(b), (c), (h)",         \
          MADE(SAVINGS), MADE(GENERATED), MADE(GENERATED) | MADE(SHARED),                          \
          "share only savings and losses that reach a minimum of the benchmark")                   \
        X(GUARDRAIL, guardrail, "guardrail", 1, "42 CFR 425.652(b)(4)",                            \
          MADE(GENERATED), 0, MADE(SHARED),                                                        \
          "pay no savings where the update guardrail holds; losses stand")                         \
        X(SHARE, share, "share", 1, "42 CFR 425.605(d)(1), 425.610(d), (f)",                       \
          MADE(GENERATED), MADE(SHARED) | MADE(AMOUNT), MADE(SHARED),                              \
          "take the earner's share of savings or losses")                                          \
        X(LIMIT, limit, "limit", 1, "42 CFR 425.605(d)(1), 425.610(e)(2), (g)",                    \
          MADE(AMOUNT), 0, 0,                                                                      \
          "hold the amount within shares of the benchmark or the participants' revenue")

#define PARAMS_SHARE(X)                                                                            \
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
        X(LIMIT, gain, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the most that can be earned, of the benchmark; not given: no limit")                    \
        X(LIMIT, loss, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the most that can be owed, of the benchmark; not given: no limit")                      \
        X(LIMIT, revenue, WORD, OPTIONAL, 0, 0, 0, "none|always|reported", NONE,                   \
          "whether the participants' revenue limits what is owed too: the lesser holds")           \
        X(LIMIT, revenue_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                          \
          "the most that can be owed, of the participants' revenue")

#define WANTS_SHARE(X)                                                                             \
        X(CORRIDOR_GATE, minimum, table, bands)                                                    \
        X(CORRIDOR_GATE, minimum, flat, rate)                                                      \
        X(CORRIDOR_GATE, losses, own, loss_rate)                                                   \
        X(CORRIDOR_GATE, below, low_revenue, below_fraction)                                       \
        X(CORRIDOR_GATE, below, reported, below_fraction)                                          \
        X(SHARE, down, fixed, down_rate)                                                           \
        X(LIMIT, revenue, always, revenue_rate)                                                    \
        X(LIMIT, revenue, reported, revenue_rate)

#define NEEDS_SHARE(X)                                                                             \
        X(CORRIDOR_GATE, minimum, "table", PANEL)                                                  \
        X(CORRIDOR_GATE, flat_least_panel, "", PANEL)                                              \
        X(CORRIDOR_GATE, below_least_panel, "", PANEL)                                             \
        X(SHARE, down, "inverse", QUALITY)                                                         \
        X(LIMIT, gain, "", BENCHMARK)                                                              \
        X(LIMIT, loss, "", BENCHMARK)

#define READS_SHARE(X)                                                                             \
        X(CORRIDOR_GATE, LOW_REVENUE, WHEN_IT_MATTERS, "below", "low_revenue", "")                 \
        X(CORRIDOR_GATE, REDUCED_SHARING, IF_SO, "below", "reported", "")                          \
        X(GUARDRAIL, GUARDRAIL_APPLIES, IF_SO, "", "", "")                                         \
        X(LIMIT, REVENUE_LIMIT_APPLIES, IF_SO, "revenue", "reported", "")                          \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "revenue", "always", "")                    \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "revenue", "reported", "")

#define LINES_SHARE(X)                                                                             \
        X(MINIMUM_RATE, "minimum_savings_rate", 15, RATE, NONE,                                    \
          "42 CFR 425.604(b), 425.605(b)(1)",                                                      \
          "savings below this share of the benchmark are not shared",                              \
          "")                                                                                      \
        X(MINIMUM_SAVINGS, "minimum_savings", 16, CENTS, NONE,                                     \
          "42 CFR 425.604(b), 425.605(b)(1)",                                                      \
          "the minimum savings rate in money",                                                     \
          "minimum_savings_rate * benchmark")                                                      \
        X(MINIMUM_LOSS_RATE, "minimum_loss_rate", 17, RATE, NONE,                                  \
          "42 CFR 425.605(b)(1)",                                                                  \
          "losses below this share of the benchmark are not shared",                               \
          "")                                                                                      \
        X(MINIMUM_REACHED, "minimum_reached", 18, FLAG, NONE,                                      \
          "42 CFR 425.605(c)(1)",                                                                  \
          "savings or losses reach their minimum",                                                 \
          "")                                                                                      \
        X(REDUCED, "reduced_sharing", 19, FLAG, NONE,                                              \
          "42 CFR 425.605(h)",                                                                     \
          "savings below the minimum are shared all the same, at a fraction of the rate",          \
          "")                                                                                      \
        X(REDUCED_FRACTION, "reduced_fraction", 20, RATE, FRACTION,                                \
          "42 CFR 425.605(h)",                                                                     \
          "the fraction of the rate for savings below the minimum",                                \
          "")                                                                                      \
        X(GENERATED, "generated", 21, CENTS, GENERATED,                                            \
          "42 CFR 425.605(c)(1)",                                                                  \
          "the savings or losses that are shared",                                                 \
          "")                                                                                      \
        X(GUARDRAIL, "guardrail", 22, FLAG, NONE,                                                  \
          "42 CFR 425.652(b)(4)",                                                                  \
          "the update guardrail holds: savings earn nothing",                                      \
          "")                                                                                      \
        X(SHARE_RATE, "sharing_rate", 23, RATE, NONE,                                              \
          "42 CFR 425.605(d)(1)",                                                                  \
          "the final sharing rate",                                                                \
          "")                                                                                      \
        X(LOSS_RATE, "loss_rate", 24, RATE, NONE,                                                  \
          "42 CFR 425.605(d)(1), 425.610(f)",                                                      \
          "the final shared loss rate",                                                            \
          "")                                                                                      \
        X(SHARED, "shared", 25, CENTS, AMOUNT,                                                     \
          "42 CFR 425.605(d)(1)",                                                                  \
          "savings or losses at their rate",                                                       \
          "amount + generated * sharing_rate | amount + generated * loss_rate | amount")           \
        X(GAIN_LIMIT, "payment_limit", 29, CENTS, NONE,                                            \
          "42 CFR 425.605(d)(1), 425.610(e)(2)",                                                   \
          "the most that can be earned: a share of the benchmark",                                 \
          "")                                                                                      \
        X(LOSS_LIMIT_BENCHMARK, "loss_limit_of_benchmark", 30, CENTS, NONE,                        \
          "42 CFR 425.605(d)(1)(iii)-(v), 425.610(g)",                                             \
          "the most that can be owed: a share of the benchmark",                                   \
          "")                                                                                      \
        X(LOSS_LIMIT_REVENUE, "loss_limit_of_revenue", 31, CENTS, NONE,                            \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "the most that can be owed: a share of the participants' revenue",                       \
          "")                                                                                      \
        X(LIMITED, "limited", 32, CENTS, AMOUNT,                                                   \
          "42 CFR 425.605(d)(1), 425.610(e)(2), (g)",                                              \
          "what is left after the limits",                                                         \
          "")                                                                                      \
        X(AT_MOST, "without_missing_limit", 47, CENTS, NONE,                                       \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "what would be owed without the limit that cannot be calculated",                        \
          "")                                                                                      \
        X(ELECTION, "election", 260, RATE, NONE,                                                   \
          "42 CFR 425.605(b)(2), 425.610(b)",                                                      \
          "what the earner chose for the agreement",                                               \
          "")                                                                                      \
        X(LOW_REVENUE, "low_revenue", 261, FLAG, NONE,                                             \
          "42 CFR 425.605(h)",                                                                     \
          "the earner is low revenue",                                                             \
          "")                                                                                      \
        X(REDUCED_REPORTED, "reduced_sharing_reported", 262, FLAG, NONE,                           \
          "42 CFR 425.605(h)",                                                                     \
          "sharing below the minimum holds, as reported",                                          \
          "")                                                                                      \
        X(REVENUE_LIMIT, "revenue_limit_applies", 263, FLAG, NONE,                                 \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "the participants' revenue limits what is owed",                                         \
          "")                                                                                      \
        X(REVENUE, "participant_revenue", 264, CENTS, NONE,                                        \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "the participants' fee-for-service revenue",                                             \
          "")

#endif
