/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a statement says of measures, one by one, and of their domains so far.
 * The columns are those of LINES() in core/lines.h.
 */
#ifndef ACCORD_CORE_STEPS_MEASURE_LINES_H
#define ACCORD_CORE_STEPS_MEASURE_LINES_H

#define LINES_MEASURE(X)                                                                           \
        X(MEASURE_RATE, "measure_rate", 7, RATE, NONE,                                             \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "people who met the measure among those eligible",                                       \
          "measure_met / measure_eligible")                                                        \
        X(MEASURE_SCORE, "measure_score", 8, RATE, NONE,                                           \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "the measure's score, 0 to 1, to nine decimals",                                         \
          "decimals(min(1, max(0, (measure_rate - terms.worst) / (terms.best - terms.worst))), "   \
          "9) | decimals(measure_points / terms.most, 9) | attainment_points / 10 | "              \
          "improvement_points / 10 | max(attainment_points, improvement_points) / 10 | "           \
          "decimals(measure_percentile, 9) | decimals(measure_score_reported, 9)")                 \
        X(MEASURE_LEFT_OUT, "measure_left_out", 9, COUNT, NONE,                                    \
          "42 CFR 414.1367(c)(1)(i)",                                                              \
          "people eligible, or peers: too few for the measure to be scored",                       \
          "measure_eligible | peers")                                                              \
        X(MEASURE_MET, "measure_met", 200, COUNT, NONE,                                            \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "people who met the measure",                                                            \
          "")                                                                                      \
        X(MEASURE_ELIGIBLE, "measure_eligible", 201, COUNT, NONE,                                  \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "people eligible for the measure",                                                       \
          "")                                                                                      \
        X(MEASURE_BASELINE, "measure_baseline", 202, RATE, NONE,                                   \
          "42 CFR 412.165(a)",                                                                     \
          "the rate that improvement starts from",                                                 \
          "")                                                                                      \
        X(ATTAINMENT, "attainment", 203, RATE, NONE,                                               \
          "42 CFR 412.165(a)",                                                                     \
          "how far the rate lies from the threshold to the benchmark",                             \
          "(measure_rate - terms.threshold) / (terms.benchmark - terms.threshold)")                \
        X(ATTAINMENT_POINTS, "attainment_points", 204, COUNT, NONE,                                \
          "42 CFR 412.165(a)",                                                                     \
          "points of 10 for attainment",                                                           \
          "10 * (attainment >= 1) + (attainment >= 0) * (attainment < 1) * decimals(9 * "          \
          "attainment + 0.5, 0)")                                                                  \
        X(IMPROVEMENT, "improvement", 205, RATE, NONE,                                             \
          "42 CFR 412.165(a)",                                                                     \
          "how far the rate lies from where it started to the benchmark",                          \
          "(measure_rate - decimals(measure_baseline, 9)) / (terms.benchmark - "                   \
          "decimals(measure_baseline, 9))")                                                        \
        X(IMPROVEMENT_POINTS, "improvement_points", 206, COUNT, NONE,                              \
          "42 CFR 412.165(a)",                                                                     \
          "points of 10 for improvement, at most 9; none for who began at the benchmark",          \
          "min(9, max(0, decimals(10 * improvement - 0.5, 0))) | 0")                               \
        X(MEASURE_POINTS, "measure_points", 207, RATE, NONE,                                       \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "points by the table",                                                                   \
          "table(measure_rate, terms.bands) | table(measure_percentile, terms.bands)")             \
        X(PEERS, "peers", 208, COUNT, NONE,                                                        \
          "contract: rank among peers",                                                            \
          "peers the measure is ranked among, oneself included",                                   \
          "")                                                                                      \
        X(PEERS_BELOW, "peers_below", 209, COUNT, NONE,                                            \
          "contract: rank among peers",                                                            \
          "peers that did worse in the measure",                                                   \
          "")                                                                                      \
        X(PEERS_EQUAL, "peers_equal", 210, COUNT, NONE,                                            \
          "contract: rank among peers",                                                            \
          "peers that did the same in the measure, oneself included",                              \
          "")                                                                                      \
        X(MEASURE_PERCENTILE, "measure_percentile", 211, RATE, NONE,                               \
          "contract: rank among peers",                                                            \
          "rank among the peers, ties in the middle",                                              \
          "(peers_below + peers_equal / 2) / peers")                                               \
        X(MEASURE_REPORTED, "measure_score_reported", 212, RATE, NONE,                             \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "the measure's score as reported",                                                       \
          "")                                                                                      \
        X(MEASURE_MISSING, "measure_not_reported", 213, FLAG, NONE,                                \
          "contract: measures not reported",                                                       \
          "the measure is not reported",                                                           \
          "1")                                                                                     \
        X(MEASURE_ASSUMED, "measure_score_assumed", 214, RATE, NONE,                               \
          "contract: measures not reported or of too few people",                                  \
          "the score that stands for one that there is not",                                       \
          "0 | decimals(terms.neutral, 9)")                                                        \
        X(MEASURE_WEIGHT, "measure_weight", 215, COUNT, NONE,                                      \
          "42 CFR 425.512(b)",                                                                     \
          "the measure's weight",                                                                  \
          "terms.weight")                                                                          \
        X(MEASURE_WEIGHTED, "measure_weighted", 216, RATE, NONE,                                   \
          "42 CFR 425.512(b)",                                                                     \
          "the measure's weight times its score",                                                  \
          "measure_weight * measure_score | measure_weight * measure_score_assumed")               \
        X(DOMAIN_MEASURES, "domain_measures", 217, COUNT, NONE,                                    \
          "42 CFR 425.512(b)",                                                                     \
          "measures of the domain scored so far",                                                  \
          "1 | domain_measures + 1")                                                               \
        X(DOMAIN_WEIGHTS, "domain_measure_weights", 218, COUNT, NONE,                              \
          "42 CFR 425.512(b)",                                                                     \
          "weights of the domain's measures so far",                                               \
          "measure_weight | domain_measure_weights + measure_weight")                              \
        X(DOMAIN_POINTS, "domain_measure_points", 219, RATE, NONE,                                 \
          "42 CFR 425.512(b)",                                                                     \
          "weighted scores of the domain's measures so far",                                       \
          "measure_weighted | domain_measure_points + measure_weighted")

#endif
