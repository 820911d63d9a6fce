/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a statement says of the quality score, of gates, and of what the score does.
 * The columns are those of LINES() in core/lines.h.
 */
#ifndef ACCORD_CORE_STEPS_QUALITY_LINES_H
#define ACCORD_CORE_STEPS_QUALITY_LINES_H

#define LINES_SCORE(X)                                                                             \
        X(QUALITY_SCORE, "quality_score", 10, RATE, QUALITY,                                       \
          "42 CFR 425.512(b)",                                                                     \
          "quality as a fraction of the most there is",                                            \
          "min(1, max(0, (quality_mean - terms.lowest) / (terms.highest - terms.lowest))) | "      \
          "min(1, max(0, (quality_points - terms.lowest) / (terms.highest - terms.lowest))) | "    \
          "decimals(min(1, quality_before_bonus + quality_bonus), 9) | 0 | 1")                     \
        X(STANDARD_MET, "quality_standard_met", 11, FLAG, NONE,                                    \
          "42 CFR 425.512(a)",                                                                     \
          "the standard of the gate is met",                                                       \
          "quality >= terms.least | measure_score >= terms.least | measure_score_assumed >= "      \
          "terms.least | measures_scored >= terms.least_count | growth <= growth_allowed | "       \
          "quality_score_before >= terms.least | 0 | 1")                                           \
        X(ALTERNATIVE_MET, "alternative_standard_met", 12, FLAG, NONE,                             \
          "42 CFR 425.512(a)(5)(ii)",                                                              \
          "only the alternative quality standard is met",                                          \
          "")                                                                                      \
        X(REPORTING_ONLY, "reporting_only", 13, FLAG, NONE,                                        \
          "42 CFR 425.502(a)(1)",                                                                  \
          "the year pays for reporting: quality counts as full",                                   \
          "")                                                                                      \
        X(QUALITY_FACTOR, "quality_factor", 14, RATE, FACTOR,                                      \
          "42 CFR 425.605(d)(1)",                                                                  \
          "the part of the highest sharing rate that quality earns, over all gates so far",        \
          "factor | factor * quality | 0 | factor * terms.failed_rate")                            \
        X(DOMAIN_SCORE, "domain_score", 220, RATE, NONE,                                           \
          "42 CFR 425.512(b)",                                                                     \
          "the domain's score: the weighted mean of its measures, to nine decimals",               \
          "decimals(domain_measure_points / domain_measure_weights, 9) | 0")                       \
        X(DOMAIN_WEIGHT, "domain_weight", 221, COUNT, NONE,                                        \
          "42 CFR 425.512(b)",                                                                     \
          "the domain's weight",                                                                   \
          "terms.weight")                                                                          \
        X(DOMAIN_WEIGHTED, "domain_weighted", 222, RATE, NONE,                                     \
          "42 CFR 425.512(b)",                                                                     \
          "the domain's weight times its score",                                                   \
          "domain_weight * domain_score")                                                          \
        X(DOMAIN_LEFT_OUT, "domain_left_out", 223, FLAG, NONE,                                     \
          "42 CFR 414.1367(c)(1)(i)",                                                              \
          "no measure of the domain is scored, so the domain is not",                              \
          "1")                                                                                     \
        X(MEASURES_SCORED, "measures_scored", 224, COUNT, NONE,                                    \
          "42 CFR 425.512(b)",                                                                     \
          "measures scored by what was reported",                                                  \
          "sum(measure_score >= 0) | domain_measures | 0")                                         \
        X(QUALITY_POINTS, "quality_points", 225, RATE, NONE,                                       \
          "contract: quality in points",                                                           \
          "the quality score in points",                                                           \
          "")                                                                                      \
        X(QUALITY_MEAN, "quality_mean", 226, RATE, NONE,                                           \
          "42 CFR 425.512(b)",                                                                     \
          "the weighted mean of what is scored",                                                   \
          "sum(measure_weighted) / sum(measure_weight) | sum(domain_weighted) / "                  \
          "sum(domain_weight)")                                                                    \
        X(QUALITY_BONUS_REPORTED, "quality_bonus_reported", 227, RATE, NONE,                       \
          "42 CFR 414.1380(b)(1)(vii)(C)",                                                         \
          "a bonus to the quality score, as reported",                                             \
          "")                                                                                      \
        X(QUALITY_BONUS, "quality_bonus", 228, RATE, NONE,                                         \
          "42 CFR 414.1380(b)(1)(vii)(C)",                                                         \
          "what of the bonus counts",                                                              \
          "min(quality_bonus_reported, terms.bonus_most)")                                         \
        X(QUALITY_BASE, "quality_before_bonus", 229, RATE, NONE,                                   \
          "42 CFR 425.512(b)",                                                                     \
          "the quality score before the bonus",                                                    \
          "min(1, max(0, (quality_mean - terms.lowest) / (terms.highest - terms.lowest))) | "      \
          "min(1, max(0, (quality_points - terms.lowest) / (terms.highest - terms.lowest)))")      \
        X(QUALITY_FAILED, "quality_failed", 230, FLAG, NONE,                                       \
          "contract: least measures scored",                                                       \
          "fewer measures are scored than must be",                                                \
          "measures_scored < terms.least_measures")                                                \
        X(QUALITY_BEFORE, "quality_score_before", 231, RATE, NONE,                                 \
          "contract: quality of the period before",                                                \
          "the quality score of the period before",                                                \
          "")                                                                                      \
        X(GROWTH_BASE, "growth_base", 232, CENTS, NONE,                                            \
          "contract: growth test",                                                                 \
          "the amount that growth starts from",                                                    \
          "")                                                                                      \
        X(GROWTH_CURRENT, "growth_current", 233, CENTS, NONE,                                      \
          "contract: growth test",                                                                 \
          "the amount that it came to",                                                            \
          "")                                                                                      \
        X(GROWTH, "growth", 234, RATE, NONE,                                                       \
          "contract: growth test",                                                                 \
          "how many times the base the amount came to",                                            \
          "growth_current / growth_base")                                                          \
        X(GROWTH_ALLOWED, "growth_allowed", 235, RATE, NONE,                                       \
          "contract: growth test",                                                                 \
          "how many times the base it may come to",                                                \
          "(1 + terms.rate) | (1 + terms.rate) * (1 + terms.rate) | (1 + terms.rate) * (1 + "      \
          "terms.rate) * (1 + terms.rate) | (1 + terms.rate) * (1 + terms.rate) * (1 + "           \
          "terms.rate) * (1 + terms.rate) | (1 + terms.rate) * (1 + terms.rate) * (1 + "           \
          "terms.rate) * (1 + terms.rate) * (1 + terms.rate)")                                     \
        X(QUALITY_ADJUSTMENT, "quality_adjustment", 236, RATE, NONE,                               \
          "HSCRC Medicare Performance Adjustment: quality adjustment",                             \
          "by what part quality changes the amount, as reported",                                  \
          "")                                                                                      \
        X(QUALITY_MULTIPLIER, "quality_multiplier", 237, RATE, NONE,                               \
          "42 CFR 512.550; CMS BPCI Advanced: CQS adjustment",                                     \
          "what the amount is multiplied by for quality",                                          \
          "1 - terms.most_gain * (1 - quality) | 1 - terms.most_loss * quality | 1 + "             \
          "quality_adjustment | 1 + table(quality, terms.bands) | factor")                         \
        X(QUALITY_ADJUSTED, "quality_adjusted", 238, CENTS, AMOUNT,                                \
          "42 CFR 512.550; CMS BPCI Advanced: CQS adjustment",                                     \
          "the amount changed by quality, to nine decimals of a cent",                             \
          "decimals(amount * quality_multiplier, 9)")

#endif
