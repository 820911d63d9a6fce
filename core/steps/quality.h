/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Measures, the score they make, and what the score decides.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_QUALITY_H
#define ACCORD_CORE_STEPS_QUALITY_H

#define KINDS_QUALITY(X)                                                                           \
        X(MEASURE, measure, "measure", 1, "42 CFR 414.1380(b)(1)",                                 \
          0, MADE(MEASURES), MADE(QUALITY),                                                        \
          "score one measure between its worst and its best rate")                                 \
        X(COMPOSITE, composite, "composite", 1, "42 CFR 425.512(b)",                               \
          0, MADE(QUALITY), MADE(QUALITY),                                                         \
          "make one quality score: as reported, or the weighted mean of the measures scored")      \
        X(GATE, gate, "gate", 1, "42 CFR 425.512(a), 425.605(d)(1)",                               \
          MADE(QUALITY), MADE(FACTOR), MADE(FACTOR) | MADE(SHARED),                                \
          "decide what part of the highest sharing rate quality earns")

#define PARAMS_QUALITY(X)                                                                          \
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
          "there may be years that pay for reporting")

#define WANTS_QUALITY(X)                                                                           \
        X(GATE, standard, least, least)

#define NEEDS_QUALITY(X)                                                                           \
        X(COMPOSITE, source, "measures", MEASURES)

#define READS_QUALITY(X)                                                                           \
        X(MEASURE, MEASURE_NUMERATOR, ALWAYS, "", "", "measure")                                   \
        X(MEASURE, MEASURE_DENOMINATOR, ALWAYS, "", "", "measure")                                 \
        X(COMPOSITE, QUALITY_SCORE, WHEN_IT_MATTERS, "source", "reported", "")                     \
        X(GATE, QUALITY_STANDARD_MET, ALWAYS, "standard", "reported", "")                          \
        X(GATE, ALTERNATIVE_STANDARD_MET, IF_SO, "alternative", "scaled", "")                      \
        X(GATE, QUALITY_REPORTING_ONLY, IF_SO, "reporting", "+", "")

#define LINES_QUALITY(X)                                                                           \
        X(MEASURE_RATE, "measure_rate", 7, RATE, NONE,                                             \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "people who met the measure among those eligible",                                       \
          "")                                                                                      \
        X(MEASURE_SCORE, "measure_score", 8, RATE, NONE,                                           \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "how far the rate lies from the worst to the best, to nine decimals",                    \
          "")                                                                                      \
        X(MEASURE_LEFT_OUT, "measure_left_out", 9, COUNT, NONE,                                    \
          "42 CFR 414.1367(c)(1)(i)",                                                              \
          "people eligible: too few, so the measure is not scored",                                \
          "")                                                                                      \
        X(QUALITY_SCORE, "quality_score", 10, RATE, QUALITY,                                       \
          "42 CFR 425.512(b)",                                                                     \
          "quality as a fraction of the most there is",                                            \
          "")                                                                                      \
        X(STANDARD_MET, "quality_standard_met", 11, FLAG, NONE,                                    \
          "42 CFR 425.512(a)",                                                                     \
          "the quality performance standard is met",                                               \
          "")                                                                                      \
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
          "the part of the highest sharing rate that quality earns",                               \
          "")                                                                                      \
        X(MEASURE_MET, "measure_met", 200, COUNT, NONE,                                            \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "people who met the measure",                                                            \
          "")                                                                                      \
        X(MEASURE_ELIGIBLE, "measure_eligible", 201, COUNT, NONE,                                  \
          "42 CFR 414.1380(b)(1)",                                                                 \
          "people eligible for the measure",                                                       \
          "")

#endif
