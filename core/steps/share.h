/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which savings and losses are shared, at which rate, within which limits.
 * The tables of the family; core/steps.h and core/params.h say what the columns are. Its lines are
 * in core/steps/share_lines.h.
 */
#ifndef ACCORD_CORE_STEPS_SHARE_H
#define ACCORD_CORE_STEPS_SHARE_H

#include "core/steps/share_lines.h"

#define KINDS_SHARE(X)                                                                             \
        X(CREDIBILITY, credibility, "credibility", 1, "contract: credibility of small panels",     \
          MADE(SAVINGS) | MADE(PANEL), MADE(CREDITED), MADE(CREDITED) | MADE(GENERATED),           \
          "trust a small panel's own savings only as far as its size allows")                      \
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
          0, 0, 0,                                                                                 \
          "hold the amount, or what is shared, within parts of a base or within given amounts")

#define PARAMS_SHARE(X)                                                                            \
        X(CREDIBILITY, method, WORD, OPTIONAL, 0, 0, 0, "limited|buhlmann", NONE,                  \
          "limited: root of people / full, at most 1; buhlmann: people / (people + k)")            \
        X(CREDIBILITY, full, RATE, OPTIONAL, 1, COUNT_MAX, NOTHING, NULL, NONE,                    \
          "so many people are wholly credible")                                                    \
        X(CREDIBILITY, k, RATE, OPTIONAL, 1, COUNT_MAX, NOTHING, NULL, NONE,                       \
          "so many people are half credible: variance within providers by that between them")      \
        X(CREDIBILITY, complement, RATE, OPTIONAL, -1, 1, NOTHING, NULL, NONE,                     \
          "the rate of savings that stands in for what is not credible")                           \
        X(CREDIBILITY, complement_item, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                       \
          "the reference rate that does, where it is reported")                                    \
        X(CORRIDOR_GATE, minimum, WORD, OPTIONAL, 0, 0, 0,                                         \
          "table|flat|none|elected|interval", NONE,                                                \
          "the minimum savings rate: by size, flat, none, the earner's choice, or z cv / root n")  \
        X(CORRIDOR_GATE, rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                          \
          "the flat minimum savings rate")                                                         \
        X(CORRIDOR_GATE, bands, BANDS, OPTIONAL, 0, 1, 0, NULL, COUNT,                             \
          "the minimum savings rate by head count, in straight lines within bands")                \
        X(CORRIDOR_GATE, flat_least_panel, COUNT, OPTIONAL, 0, COUNT_MAX, 0, NULL, NONE,           \
          "with fewer people the table governs, not the flat or chosen rate")                      \
        X(CORRIDOR_GATE, election, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                            \
          "the name of the choice, the item of its fact")                                          \
        X(CORRIDOR_GATE, z, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                            \
          "the normal quantile of the interval, such as 1.645")                                    \
        X(CORRIDOR_GATE, cv, RATE, OPTIONAL, 0, 10, NOTHING, NULL, NONE,                           \
          "the variation of one person's yearly cost: standard deviation by mean")                 \
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
        X(SHARE, of, WORD, OPTIONAL, 0, 0, 0, "savings|rate", NONE,                                \
          "of what: savings, or the part of revenue that the rate of savings puts at stake")       \
        X(SHARE, full_at, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                               \
          "the rate of savings at which all revenue at risk is at stake")                          \
        X(SHARE, most, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the part of the participants' revenue at risk")                                         \
        X(SHARE, gain, WORD, OPTIONAL, 0, 0, 0, "rate|bands|quality", NONE,                        \
          "the sharing rate: one, one for each band of the benchmark, or by quality")              \
        X(SHARE, up, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                    \
          "the highest sharing rate, before quality")                                              \
        X(SHARE, up_bands, BANDS, OPTIONAL, 0, 1, 0, NULL, SHARE,                                  \
          "the rate for what of savings falls into each band, a share of the benchmark")           \
        X(SHARE, up_low, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                \
          "the sharing rate at the lowest quality; in a straight line to up_high")                 \
        X(SHARE, up_high, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                               \
          "the sharing rate at the highest quality")                                               \
        X(SHARE, down, WORD, OPTIONAL, 0, 0, 0,                                                    \
          "none|fixed|inverse|bands|quality|complement", NONE,                                     \
          "the loss rate: none, fixed, 1 - up x quality, bands, by quality, or 1 - that of gains") \
        X(SHARE, down_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                             \
          "the fixed loss rate")                                                                   \
        X(SHARE, down_floor, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                                  \
          "the least the inverse loss rate can be")                                                \
        X(SHARE, down_ceiling, RATE, OPTIONAL, 0, 1, 1, NULL, NONE,                                \
          "the most it can be, and what it is when quality fails")                                 \
        X(SHARE, down_bands, BANDS, OPTIONAL, 0, 1, 0, NULL, SHARE,                                \
          "the rate for what of losses falls into each band, a share of the benchmark")            \
        X(SHARE, down_low, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                              \
          "the loss rate at the lowest quality; in a straight line to down_high")                  \
        X(SHARE, down_high, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                             \
          "the loss rate at the highest quality")                                                  \
        X(SHARE, decimals, COUNT, OPTIONAL, 0, 9, NOTHING, NULL, NONE,                             \
          "decimals of a cent that the share is rounded to; not given: it is exact")               \
        X(LIMIT, on, WORD, OPTIONAL, 0, 0, 0, "amount|generated", NONE,                            \
          "whether the amount is limited, or the savings and losses before they are shared")       \
        X(LIMIT, base, WORD, OPTIONAL, 0, 0, 0,                                                    \
          "benchmark|revenue|premium|expenditure|fixed", NONE,                                     \
          "what gain and loss are parts of; fixed: gain_cents and loss_cents instead")             \
        X(LIMIT, gain, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the most that can be earned, of the base; not given: no limit")                         \
        X(LIMIT, loss, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the most that can be owed, of the base; not given: no limit")                           \
        X(LIMIT, gain_cents, CENTS, OPTIONAL, 0, MONEY_MAX, NOTHING, NULL, NONE,                   \
          "the most that can be earned, in money")                                                 \
        X(LIMIT, loss_cents, CENTS, OPTIONAL, 0, MONEY_MAX, NOTHING, NULL, NONE,                   \
          "the most that can be owed, in money")                                                   \
        X(LIMIT, revenue, WORD, OPTIONAL, 0, 0, 0, "none|always|reported", NONE,                   \
          "whether the participants' revenue limits what is owed too: the lesser holds")           \
        X(LIMIT, revenue_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                          \
          "the most that can be owed, of the participants' revenue")

#define WANTS_SHARE(X)                                                                             \
        X(CREDIBILITY, method, limited, full)                                                      \
        X(CREDIBILITY, method, buhlmann, k)                                                        \
        X(CORRIDOR_GATE, minimum, table, bands)                                                    \
        X(CORRIDOR_GATE, minimum, flat, rate)                                                      \
        X(CORRIDOR_GATE, minimum, elected, election)                                               \
        X(CORRIDOR_GATE, minimum, interval, z)                                                     \
        X(CORRIDOR_GATE, minimum, interval, cv)                                                    \
        X(CORRIDOR_GATE, losses, own, loss_rate)                                                   \
        X(CORRIDOR_GATE, below, low_revenue, below_fraction)                                       \
        X(CORRIDOR_GATE, below, reported, below_fraction)                                          \
        X(SHARE, of, rate, full_at)                                                                \
        X(SHARE, of, rate, most)                                                                   \
        X(SHARE, gain, rate, up)                                                                   \
        X(SHARE, gain, bands, up_bands)                                                            \
        X(SHARE, gain, quality, up_low)                                                            \
        X(SHARE, gain, quality, up_high)                                                           \
        X(SHARE, down, fixed, down_rate)                                                           \
        X(SHARE, down, inverse, up)                                                                \
        X(SHARE, down, bands, down_bands)                                                          \
        X(SHARE, down, quality, down_low)                                                          \
        X(SHARE, down, quality, down_high)                                                         \
        X(SHARE, down, complement, up_low)                                                         \
        X(SHARE, down, complement, up_high)                                                        \
        X(LIMIT, revenue, always, revenue_rate)                                                    \
        X(LIMIT, revenue, reported, revenue_rate)

#define NEEDS_SHARE(X)                                                                             \
        X(CORRIDOR_GATE, minimum, "table", PANEL)                                                  \
        X(CORRIDOR_GATE, minimum, "interval", PANEL)                                               \
        X(CORRIDOR_GATE, flat_least_panel, "", PANEL)                                              \
        X(CORRIDOR_GATE, below_least_panel, "", PANEL)                                             \
        X(SHARE, gain, "quality", QUALITY)                                                         \
        X(SHARE, down, "inverse", QUALITY)                                                         \
        X(SHARE, down, "quality", QUALITY)                                                         \
        X(SHARE, down, "complement", QUALITY)                                                      \
        X(LIMIT, on, "amount", AMOUNT)                                                             \
        X(LIMIT, on, "generated", GENERATED)                                                       \
        X(LIMIT, gain base, "+ benchmark", BENCHMARK)                                              \
        X(LIMIT, loss base, "+ benchmark", BENCHMARK)                                              \
        X(LIMIT, base, "expenditure", EXPENDITURE)

#define MAKES_SHARE(X)

#define BARS_SHARE(X)                                                                              \
        X(LIMIT, on, "generated", SHARED)

#define READS_SHARE(X)                                                                             \
        X(CREDIBILITY, REFERENCE_RATE, ALWAYS, "complement_item", "", "complement_item")           \
        X(CORRIDOR_GATE, ELECTION, WHEN_IT_MATTERS, "minimum", "elected", "election")              \
        X(CORRIDOR_GATE, LOW_REVENUE, WHEN_IT_MATTERS, "below", "low_revenue", "")                 \
        X(CORRIDOR_GATE, REDUCED_SHARING, IF_SO, "below", "reported", "")                          \
        X(GUARDRAIL, GUARDRAIL_APPLIES, IF_SO, "", "", "")                                         \
        X(SHARE, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "of", "rate", "")                           \
        X(LIMIT, REVENUE_LIMIT_APPLIES, IF_SO, "revenue", "reported", "")                          \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "revenue", "always", "")                    \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "revenue", "reported", "")                  \
        X(LIMIT, PARTICIPANT_REVENUE, WHEN_IT_MATTERS, "base", "revenue", "")                      \
        X(LIMIT, PREMIUM_REVENUE, WHEN_IT_MATTERS, "base", "premium", "")

#endif
