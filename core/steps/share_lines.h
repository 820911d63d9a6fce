/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of the steps that decide what is shared; core/lines.h says what the columns are. */
#ifndef ACCORD_CORE_STEPS_SHARE_LINES_H
#define ACCORD_CORE_STEPS_SHARE_LINES_H

#define LINES_SHARE(X)                                                                             \
        X(MINIMUM_RATE, "minimum_savings_rate", 15, RATE, NONE,                                    \
          "42 CFR 425.604(b), 425.605(b)(1)",                                                      \
          "savings below this share of the benchmark are not shared",                              \
          "table(panel, terms.bands) | terms.rate | 0 | election"                                  \
          " | isqrt(interval_width * interval_width * 1000000000000 / panel) / 1000000")           \
        X(MINIMUM_SAVINGS, "minimum_savings", 16, CENTS, NONE,                                     \
          "42 CFR 425.604(b), 425.605(b)(1)",                                                      \
          "the minimum savings rate in money",                                                     \
          "minimum_savings_rate * benchmark")                                                      \
        X(MINIMUM_LOSS_RATE, "minimum_loss_rate", 17, RATE, NONE,                                  \
          "42 CFR 425.605(b)(1)",                                                                  \
          "losses below this share of the benchmark are not shared",                               \
          "minimum_savings_rate | terms.loss_rate | 0")                                            \
        X(MINIMUM_REACHED, "minimum_reached", 18, FLAG, NONE,                                      \
          "42 CFR 425.605(c)(1)",                                                                  \
          "savings or losses reach their minimum",                                                 \
          "savings >= minimum_savings | -savings >= minimum_loss_rate * benchmark")                \
        X(REDUCED, "reduced_sharing", 19, FLAG, NONE,                                              \
          "42 CFR 425.605(h)",                                                                     \
          "savings below the minimum are shared all the same, at a fraction of the rate",          \
          "low_revenue | reduced_sharing_reported | 0")                                            \
        X(REDUCED_FRACTION, "reduced_fraction", 20, RATE, FRACTION,                                \
          "42 CFR 425.605(h)",                                                                     \
          "the fraction of the rate for savings below the minimum",                                \
          "terms.below_fraction")                                                                  \
        X(GENERATED, "generated", 21, CENTS, GENERATED,                                            \
          "42 CFR 425.605(c)(1)",                                                                  \
          "the savings or losses that are shared",                                                 \
          "savings | savings - minimum_savings | savings + minimum_loss_rate * benchmark | 0")     \
        X(GUARDRAIL, "guardrail", 22, FLAG, NONE,                                                  \
          "42 CFR 425.652(b)(4)",                                                                  \
          "the update guardrail holds: savings earn nothing",                                      \
          "")                                                                                      \
        X(SHARE_RATE, "sharing_rate", 23, RATE, NONE,                                              \
          "42 CFR 425.605(d)(1)",                                                                  \
          "the final sharing rate; with bands, what is left of each band's rate",                  \
          "terms.up * factor * fraction | factor * fraction"                                       \
          " | decimals(terms.up_low + (terms.up_high - terms.up_low) * quality, 9) * factor"       \
          " * fraction")                                                                           \
        X(LOSS_RATE, "loss_rate", 24, RATE, NONE,                                                  \
          "42 CFR 425.605(d)(1), 425.610(f)",                                                      \
          "the final shared loss rate; with bands, 1",                                             \
          "0 | terms.down_rate"                                                                    \
          " | max(terms.down_floor, min(terms.down_ceiling, 1 - terms.up * quality))"              \
          " | terms.down_ceiling | 1"                                                              \
          " | decimals(terms.down_low + (terms.down_high - terms.down_low) * quality, 9)"          \
          " | 1 - decimals(terms.up_low + (terms.up_high - terms.up_low) * quality, 9)")           \
        X(SHARED, "shared", 25, CENTS, AMOUNT,                                                     \
          "42 CFR 425.605(d)(1)",                                                                  \
          "savings or losses at their rate, with what the amount was before",                      \
          "amount + generated * sharing_rate | amount + generated * loss_rate | amount"            \
          " | amount + banded * sharing_rate | amount + banded * loss_rate"                        \
          " | amount + at_stake * sharing_rate | amount + at_stake * loss_rate"                    \
          " | amount + decimals(generated * sharing_rate, terms.decimals)"                         \
          " | amount + decimals(generated * loss_rate, terms.decimals)"                            \
          " | amount + decimals(banded * sharing_rate, terms.decimals)"                            \
          " | amount + decimals(banded * loss_rate, terms.decimals)"                               \
          " | amount + decimals(at_stake * sharing_rate, terms.decimals)"                          \
          " | amount + decimals(at_stake * loss_rate, terms.decimals)")                            \
        X(GAIN_LIMIT, "payment_limit", 29, CENTS, NONE,                                            \
          "42 CFR 425.605(d)(1), 425.610(e)(2)",                                                   \
          "the most that can be earned",                                                           \
          "terms.gain * benchmark | terms.gain * participant_revenue"                              \
          " | terms.gain * premium_of_limit | terms.gain * max(expenditure, 0)"                    \
          " | terms.gain_cents")                                                                   \
        X(LOSS_LIMIT_BENCHMARK, "loss_limit_of_benchmark", 30, CENTS, NONE,                        \
          "42 CFR 425.605(d)(1)(iii)-(v), 425.610(g)",                                             \
          "the most that can be owed: a share of the benchmark",                                   \
          "terms.loss * benchmark")                                                                \
        X(LOSS_LIMIT_REVENUE, "loss_limit_of_revenue", 31, CENTS, NONE,                            \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "the most that can be owed: a share of the participants' revenue",                       \
          "terms.revenue_rate * participant_revenue | terms.loss * participant_revenue")           \
        X(LIMITED, "limited", 32, CENTS, AMOUNT,                                                   \
          "42 CFR 425.605(d)(1), 425.610(e)(2), (g)",                                              \
          "what is left after the limits",                                                         \
          "amount | min(amount, payment_limit) | max(amount, -loss_limit_of_benchmark)"            \
          " | max(amount, -loss_limit_of_revenue)"                                                 \
          " | max(amount, -min(loss_limit_of_benchmark, loss_limit_of_revenue))"                   \
          " | max(amount, -loss_limit) | max(amount, -min(loss_limit, loss_limit_of_revenue))")    \
        X(AT_MOST, "without_missing_limit", 47, CENTS, NONE,                                       \
          "42 CFR 425.605(d)(1)(iii)-(v)",                                                         \
          "what would be owed without the limit that cannot be calculated",                        \
          "rounded(amount, terms.unit, terms.rounding)")                                           \
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
          "")                                                                                      \
        X(INTERVAL, "interval_width", 265, RATE, NONE,                                             \
          "76 FR 67928: minimum savings rates as confidence intervals",                            \
          "half the interval for one person: quantile times variation",                            \
          "decimals(terms.z * terms.cv, 9)")                                                       \
        X(LOSSES_SHARED, "losses_shared", 266, FLAG, NONE,                                         \
          "42 CFR 425.604(a), 425.605(d)(1)(i), (ii)",                                             \
          "losses are shared: they are not",                                                       \
          "0")                                                                                     \
        X(PANEL_BELOW, "shares_below_minimum", 267, FLAG, NONE,                                    \
          "42 CFR 425.605(h)",                                                                     \
          "there are people enough to share savings below the minimum",                            \
          "panel >= terms.below_least_panel")                                                      \
        X(BANDED, "banded", 268, CENTS, NONE,                                                      \
          "CMS ACO REACH: risk arrangements, corridors",                                           \
          "savings or losses, each band of the benchmark at its rate, to four decimals of a cent", \
          "decimals(bands(generated, benchmark, terms.up_bands), 4)"                               \
          " | decimals(bands(generated, benchmark, terms.down_bands), 4)")                         \
        X(AT_STAKE, "at_stake", 269, CENTS, NONE,                                                  \
          "HSCRC: Medicare Performance Adjustment",                                                \
          "the part of revenue that the rate of savings puts at stake",                            \
          "decimals(generated / benchmark * participant_revenue * terms.most / terms.full_at,"     \
          " 4)")                                                                                   \
        X(LOSS_LIMIT, "loss_limit", 270, CENTS, NONE,                                              \
          "contract: limits",                                                                      \
          "the most that can be owed",                                                             \
          "terms.loss * premium_of_limit | terms.loss * max(expenditure, 0)"                       \
          " | terms.loss_cents")                                                                   \
        X(LIMITED_GENERATED, "limited_generated", 271, CENTS, GENERATED,                           \
          "contract: corridor of a target",                                                        \
          "what is left of savings or losses after the limits",                                    \
          "generated | min(generated, payment_limit)"                                              \
          " | max(generated, -loss_limit_of_benchmark)"                                            \
          " | max(generated, -loss_limit_of_revenue)"                                              \
          " | max(generated, -min(loss_limit_of_benchmark, loss_limit_of_revenue))"                \
          " | max(generated, -loss_limit)"                                                         \
          " | max(generated, -min(loss_limit, loss_limit_of_revenue))")                            \
        X(PREMIUM_OF_LIMIT, "premium_of_limit", 272, CENTS, NONE,                                  \
          "contract: limits of the premium",                                                       \
          "the premium that limits are parts of",                                                  \
          "")                                                                                      \
        X(CREDIBILITY, "credibility", 273, RATE, NONE,                                             \
          "contract: credibility of small panels",                                                 \
          "how far the panel's own savings are trusted",                                           \
          "min(1, isqrt(panel * 1000000000000 / terms.full) / 1000000)"                            \
          " | decimals(panel / (panel + terms.k), 9)")                                             \
        X(COMPLEMENT, "complement_rate", 274, RATE, NONE,                                          \
          "contract: credibility of small panels",                                                 \
          "the rate of savings that stands in for the rest",                                       \
          "terms.complement")                                                                      \
        X(COMPLEMENT_SAVINGS, "complement_savings", 275, CENTS, NONE,                              \
          "contract: credibility of small panels",                                                 \
          "the savings that rate would be, to the cent",                                           \
          "cents(complement_rate * benchmark)")                                                    \
        X(CREDITED, "credited_savings", 276, CENTS, SAVINGS,                                       \
          "contract: credibility of small panels",                                                 \
          "own savings as far as they are trusted, and the complement's for the rest, to the cent",\
          "cents(complement_savings + credibility * (savings - complement_savings))")              \
        X(CREDITED_RATE, "credited_savings_rate", 277, RATE, NONE,                                 \
          "contract: credibility of small panels",                                                 \
          "that as a share of the benchmark",                                                      \
          "credited_savings / benchmark")                                                          \
        X(SIZE_GOVERNS, "size_governs", 278, FLAG, NONE,                                           \
          "42 CFR 425.605(b)(2)(ii)(C)",                                                           \
          "so few people that the table governs, not the agreed rate",                             \
          "panel < terms.flat_least_panel")

#endif
