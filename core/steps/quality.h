/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Measures, the score they make, and what the score decides.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_QUALITY_H
#define ACCORD_CORE_STEPS_QUALITY_H

#include "core/steps/measure_lines.h"
#include "core/steps/quality_lines.h"

#define KINDS_QUALITY(X)                                                                           \
        X(MEASURE, measure, "measure", 1, "42 CFR 414.1380(b)(1), 412.165(a)",                     \
          0, MADE(MEASURES), MADE(QUALITY),                                                        \
          "score one measure by its scale")                                                        \
        X(COMPOSITE, composite, "composite", 1, "42 CFR 425.512(b)",                               \
          0, 0, MADE(QUALITY),                                                                     \
          "make one quality score: as reported, or of the measures scored; or that of a domain")   \
        X(GATE, gate, "gate", 1, "42 CFR 425.512(a), 425.605(d)(1)",                               \
          0, MADE(FACTOR), MADE(SHARED),                                                           \
          "decide what part of the highest sharing rate quality earns; all gates count")           \
        X(QUALITY_ADJUST, quality_adjust, "quality-adjust", 1,                                     \
          "42 CFR 512.550; CMS BPCI Advanced: CQS adjustment",                                     \
          MADE(AMOUNT), 0, 0,                                                                      \
          "change the amount by quality")

#define PARAMS_QUALITY(X)                                                                          \
        X(MEASURE, measure, WORD, REQUIRED, 0, 0, 0, NULL, NONE,                                   \
          "the measure's key, the item of its facts")                                              \
        X(MEASURE, weight, COUNT, OPTIONAL, 1, WEIGHT_MAX, 1, NULL, NONE,                          \
          "its weight in the composite")                                                           \
        X(MEASURE, domain, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                    \
          "the domain it belongs to, which a composite step scores")                               \
        X(MEASURE, scale, WORD, OPTIONAL, 0, 0, 0,                                                 \
          "linear|table|attainment|improvement|better|relative|reported", NONE,                    \
          "how it is scored: on a line, by a table, by points of 10 for attainment, for "          \
          "improvement or for the better of both, by rank among peers, or as reported")            \
        X(MEASURE, worst, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                               \
          "the rate that scores nothing")                                                          \
        X(MEASURE, best, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                \
          "the rate that scores all; below the worst where less is better")                        \
        X(MEASURE, bands, BANDS, OPTIONAL, 0, 1000, 0, NULL, SHARE,                                \
          "the points by rate, or by rank among peers")                                            \
        X(MEASURE, most, RATE, OPTIONAL, 0, 1000, 1, NULL, NONE,                                   \
          "the points of the table that score all")                                                \
        X(MEASURE, threshold, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                           \
          "the rate from which attainment has points; above the benchmark where less is better")   \
        X(MEASURE, benchmark, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                           \
          "the rate that has all points")                                                          \
        X(MEASURE, least_denominator, COUNT, OPTIONAL, 0, COUNT_MAX, 0, NULL, NONE,                \
          "with fewer people eligible, and always without any, it is not scored by its rate")      \
        X(MEASURE, few, WORD, OPTIONAL, 0, 0, 0, "drop|zero|neutral", NONE,                        \
          "what it scores then: it is left out of the composite, nothing, or the neutral score")   \
        X(MEASURE, missing, WORD, OPTIONAL, 0, 0, 0, "stop|drop|zero|neutral", NONE,               \
          "what is done where it is not reported: nothing is calculated, or as for too few")       \
        X(MEASURE, neutral, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                             \
          "the neutral score")                                                                     \
        X(MEASURE, concept, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                   \
          "what is measured, as others name it; it changes no figure")                             \
        X(MEASURE, specification, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                             \
          "the version of its specification; it changes no figure")                                \
        X(MEASURE, population, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                \
          "whom it is about, where not everybody; it changes no figure")                           \
        X(MEASURE, excludes, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                  \
          "whom this payer leaves out of it; it changes no figure")                                \
        X(COMPOSITE, source, WORD, OPTIONAL, 0, 0, 0, "reported|measures|points|domains", NONE,    \
          "what the score is made of: as reported, the measures, reported points, the domains")    \
        X(COMPOSITE, domain, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                  \
          "makes the score of this domain of its measures, not the quality score")                 \
        X(COMPOSITE, weight, COUNT, OPTIONAL, 1, WEIGHT_MAX, 1, NULL, NONE,                        \
          "the domain's weight among the domains")                                                 \
        X(COMPOSITE, lowest, RATE, OPTIONAL, 0, 1000, 0, NULL, NONE,                               \
          "the points, or the mean, that score nothing")                                           \
        X(COMPOSITE, highest, RATE, OPTIONAL, 0, 1000, 1, NULL, NONE,                              \
          "the points, or the mean, that score all")                                               \
        X(COMPOSITE, bonus, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                   \
          "a bonus may be reported; the score is at most 1 with it")                               \
        X(COMPOSITE, bonus_most, RATE, OPTIONAL, 0, 1, 1, NULL, NONE,                              \
          "the most the bonus adds to the score")                                                  \
        X(COMPOSITE, least_measures, COUNT, OPTIONAL, 0, STEPS_MAX, 0, NULL, NONE,                 \
          "with fewer measures scored quality fails: the score is nothing")                        \
        X(GATE, standard, WORD, OPTIONAL, 0, 0, 0,                                                 \
          "reported|least|none|measure|scored|growth|carried", NONE,                               \
          "what decides: it is reported that the standard is met, the quality score, nothing, "    \
          "one measure's score, how many measures are scored, how fast costs grew, the quality "   \
          "score of the period before")                                                            \
        X(GATE, least, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                  \
          "the score that meets the standard")                                                     \
        X(GATE, measure, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                      \
          "the measure whose score decides; not scored means not met")                             \
        X(GATE, least_count, COUNT, OPTIONAL, 1, STEPS_MAX, 0, NULL, NONE,                         \
          "how many measures must be scored")                                                      \
        X(GATE, rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                                   \
          "the growth a year that meets the standard, to at most four decimals")                   \
        X(GATE, years, COUNT, OPTIONAL, 1, 5, 1, NULL, NONE,                                       \
          "the years between the amounts that growth-base and growth-current name")                \
        X(GATE, first, WORD, OPTIONAL, 0, 0, 0, "stop|met|failed", NONE,                           \
          "what holds where no period before hands on a quality score")                            \
        X(GATE, met, WORD, OPTIONAL, 0, 0, 0, "full|scaled", NONE,                                 \
          "what a standard that is met earns: the whole rate, or the rate times the score")        \
        X(GATE, alternative, WORD, OPTIONAL, 0, 0, 0, "none|scaled", NONE,                         \
          "what the alternative standard earns: nothing, or the rate times the score")             \
        X(GATE, failed, WORD, OPTIONAL, 0, 0, 0, "zero|rate", NONE,                                \
          "what a standard that is not met earns: nothing, or a part of the rate")                 \
        X(GATE, failed_rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                            \
          "that part")                                                                             \
        X(GATE, reporting, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                    \
          "there may be years that pay for reporting")                                             \
        X(QUALITY_ADJUST, formula, WORD, OPTIONAL, 0, 0, 0, "amount|multiplier|table|factor", NONE,\
          "by what the amount is multiplied: by less for what quality lacks, by a reported "       \
          "adjustment, by what a table has for the score, or by what the gates let through")       \
        X(QUALITY_ADJUST, on, WORD, OPTIONAL, 0, 0, 0, "both|gain|loss", NONE,                     \
          "what is changed")                                                                       \
        X(QUALITY_ADJUST, most_gain, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                          \
          "the part of a gain that is lost where the score is nothing")                            \
        X(QUALITY_ADJUST, most_loss, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                          \
          "the part of a loss that is forgiven where the score is full")                           \
        X(QUALITY_ADJUST, bands, BANDS, OPTIONAL, -1, 2, 0, NULL, SHARE,                           \
          "by what part the amount changes, by the score")

#define WANTS_QUALITY(X)                                                                           \
        X(MEASURE, scale, linear, worst)                                                           \
        X(MEASURE, scale, linear, best)                                                            \
        X(MEASURE, scale, table, bands)                                                            \
        X(MEASURE, scale, attainment, threshold)                                                   \
        X(MEASURE, scale, attainment, benchmark)                                                   \
        X(MEASURE, scale, improvement, benchmark)                                                  \
        X(MEASURE, scale, better, threshold)                                                       \
        X(MEASURE, scale, better, benchmark)                                                       \
        X(MEASURE, few, neutral, neutral)                                                          \
        X(MEASURE, missing, neutral, neutral)                                                      \
        X(COMPOSITE, source, points, highest)                                                      \
        X(GATE, standard, least, least)                                                            \
        X(GATE, standard, measure, measure)                                                        \
        X(GATE, standard, measure, least)                                                          \
        X(GATE, standard, scored, least_count)                                                     \
        X(GATE, standard, growth, rate)                                                            \
        X(GATE, standard, carried, least)                                                          \
        X(GATE, failed, rate, failed_rate)                                                         \
        X(QUALITY_ADJUST, formula, table, bands)

#define NEEDS_QUALITY(X)                                                                           \
        X(COMPOSITE, source, "measures", MEASURES)                                                 \
        X(COMPOSITE, source, "domains", DOMAINS)                                                   \
        X(GATE, standard, "reported/least/none", QUALITY)                                          \
        X(GATE, standard, "measure/scored", MEASURES)                                              \
        X(GATE, met, "scaled", QUALITY)                                                            \
        X(GATE, alternative, "scaled", QUALITY)                                                    \
        X(GATE, reporting, "", QUALITY)                                                            \
        X(QUALITY_ADJUST, formula, "amount/table", QUALITY)                                        \
        X(QUALITY_ADJUST, formula, "factor", FACTOR)

#define MAKES_QUALITY(X)                                                                           \
        X(COMPOSITE, domain, "-", QUALITY)                                                         \
        X(COMPOSITE, domain, "+", DOMAINS)

#define READS_QUALITY(X)                                                                           \
        X(MEASURE, MEASURE_NUMERATOR, ALWAYS, "scale missing",                                     \
          "linear/table/attainment/improvement/better stop", "measure")                            \
        X(MEASURE, MEASURE_NUMERATOR, WHEN_IT_MATTERS, "scale",                                    \
          "linear/table/attainment/improvement/better", "measure")                                 \
        X(MEASURE, MEASURE_DENOMINATOR, ALWAYS, "scale missing",                                   \
          "linear/table/attainment/improvement/better stop", "measure")                            \
        X(MEASURE, MEASURE_DENOMINATOR, WHEN_IT_MATTERS, "scale",                                  \
          "linear/table/attainment/improvement/better", "measure")                                 \
        X(MEASURE, MEASURE_DENOMINATOR, WHEN_IT_MATTERS, "least_denominator", "+", "measure")      \
        X(MEASURE, MEASURE_BASELINE_RATE, WHEN_IT_MATTERS, "scale",                                \
          "improvement/better", "measure")                                                         \
        X(MEASURE, PEERS, ALWAYS, "scale missing", "relative stop", "measure")                     \
        X(MEASURE, PEERS, WHEN_IT_MATTERS, "scale", "relative", "measure")                         \
        X(MEASURE, PEERS_BELOW, ALWAYS, "scale missing", "relative stop", "measure")               \
        X(MEASURE, PEERS_BELOW, WHEN_IT_MATTERS, "scale", "relative", "measure")                   \
        X(MEASURE, PEERS_EQUAL, ALWAYS, "scale missing", "relative stop", "measure")               \
        X(MEASURE, PEERS_EQUAL, WHEN_IT_MATTERS, "scale", "relative", "measure")                   \
        X(MEASURE, MEASURE_SCORE, ALWAYS, "scale missing", "reported stop", "measure")             \
        X(MEASURE, MEASURE_SCORE, WHEN_IT_MATTERS, "scale", "reported", "measure")                 \
        X(COMPOSITE, QUALITY_SCORE, WHEN_IT_MATTERS, "source", "reported", "")                     \
        X(COMPOSITE, QUALITY_POINTS, ALWAYS, "source", "points", "")                               \
        X(COMPOSITE, QUALITY_BONUS, IF_SO, "bonus", "+", "")                                       \
        X(GATE, QUALITY_STANDARD_MET, ALWAYS, "standard", "reported", "")                          \
        X(GATE, ALTERNATIVE_STANDARD_MET, IF_SO, "alternative", "scaled", "")                      \
        X(GATE, QUALITY_REPORTING_ONLY, IF_SO, "reporting", "+", "")                               \
        X(GATE, REFERENCE_AMOUNT, ALWAYS, "standard", "growth", "=growth-base")                    \
        X(GATE, REFERENCE_AMOUNT, ALWAYS, "standard", "growth", "=growth-current")                 \
        X(QUALITY_ADJUST, QUALITY_ADJUSTMENT, WHEN_IT_MATTERS, "formula", "multiplier", "")

#define LINES_QUALITY(X)                                                                           \
        LINES_MEASURE(X)                                                                           \
        LINES_SCORE(X)

#endif
