/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of steps terms are made of, and their parameters: one table each. What a step needs
 * from earlier ones and what it makes are in its row, so that an order of steps that makes no sense
 * is refused at the door. A step kind is never changed: a change of any number is a new version
 * beside the old.
 */
#ifndef ACCORD_CORE_STEPS_H
#define ACCORD_CORE_STEPS_H

#include "core/lines.h"
#include "core/terms.h"

/* What steps make: code, what is said when nothing made it yet, what when it was made already */
#define PRODUCTS(X)                                                                                \
        X(PANEL, "needs the head count, and no attribute step comes before it",                    \
          "comes too late: the people are counted already")                                        \
        X(EXPENDITURE, "needs the expenditure, and no expenditure step comes before it",           \
          "comes too late: the expenditure stands already")                                        \
        X(BASELINE, "needs a baseline, and no baseline step comes before it",                      \
          "comes too late: the baseline stands already")                                           \
        X(ADJUSTED, "needs the adjusted baseline, and no adjust step comes before it",             \
          "comes too late: the baseline was adjusted already")                                     \
        X(UPDATED, "needs the updated baseline, and no risk-update step comes before it",          \
          "comes too late: the baseline was updated already")                                      \
        X(BENCHMARK, "needs the benchmark, and no target step comes before it",                    \
          "comes too late: the benchmark stands already")                                          \
        X(SAVINGS, "needs the savings, and no savings step comes before it",                       \
          "comes too late: the savings stand already")                                             \
        X(CREDITED, "needs the credited savings, and no credibility step comes before it",         \
          "comes too late: the savings were credited already")                                     \
        X(MEASURES, "needs measures, and no measure step comes before it",                         \
          "comes too late: a measure was scored already")                                          \
        X(DOMAINS, "needs the scores of domains, and no composite step of a domain comes before",  \
          "comes too late: a domain was scored already")                                           \
        X(QUALITY, "needs the quality score, and no composite step comes before it",               \
          "comes too late: the quality score stands already")                                      \
        X(FACTOR, "needs the quality gate, and no gate step comes before it",                      \
          "comes too late: the quality gate was passed already")                                   \
        X(GENERATED, "needs what is to be shared, and no corridor-gate step comes before it",      \
          "comes too late: it is decided already what is shared")                                  \
        X(SHARED, "needs the share, and no share step comes before it",                            \
          "comes too late: the share was taken already")                                           \
        X(AMOUNT, "has no amount to work on: no share or fee step comes before it",                \
          "comes too late: there is an amount already")                                            \
        X(SEQUESTERED, "needs sequestration, and no sequester step comes before it",               \
          "comes too late: the amount was sequestered already")                                    \
        X(RECOUPED, "needs recoupment, and no advance step comes before it",                       \
          "comes too late: advances were recouped from the amount already")                        \
        X(BROUGHT, "needs the losses brought forward, and no carry-forward step comes before it",  \
          "comes too late: losses were brought forward already")                                   \
        X(POOLED, "needs the pool, and no pool step comes before it",                              \
          "comes too late: the amount was divided among the pool's members already")               \
        X(POSTED, "needs the result, and no post step comes before it",                            \
          "comes too late: the result was posted already")

enum product {
#define X(code, missing, late) PRODUCT_##code,
        PRODUCTS(X)
#undef X
        PRODUCT_COUNT,
};

#define MADE(code) (1u << PRODUCT_##code)

/*
 * code, function, name, version, clause,
 *      needs, makes, and what must not have been made before it,
 *      what it does
 *
 * The rows are in core/steps/, a file a family, with their parameters and lines and beside their
 * code.
 */
#define STEP_KINDS(X)                                                                              \
        KINDS_PANEL(X)                                                                             \
        KINDS_BENCHMARK(X)                                                                         \
        KINDS_TARGET(X)                                                                            \
        KINDS_QUALITY(X)                                                                           \
        KINDS_SHARE(X)                                                                             \
        KINDS_PAY(X)

enum step_code {
#define X(code, function, name, version, clause, needs, makes, bars, says) STEP_##code,
        STEP_KINDS(X)
#undef X
        STEP_KIND_COUNT,
};

/* What a parameter's value may be. Bounds of a RATE are whole numbers. */
enum param_need { PARAM_OPTIONAL, PARAM_REQUIRED };

/*
 * What the ends of a table's bands are. COUNT and DATE: whole, both ends included. SHARE:
 * billionths of one, CENTS: cents, both from the first end up to, not including, the second, which
 * is the first of the next band; only the last band includes its second end.
 */
enum band_axis { AXIS_NONE, AXIS_COUNT, AXIS_DATE, AXIS_SHARE, AXIS_CENTS };

#define SHARE_ONE INT64_C(1000000000)   /* 100 % on AXIS_SHARE */
#define SHARE_MOST (100 * SHARE_ONE)

struct param_info {
        enum step_code step;
        const char *name;
        enum param_type type;
        enum param_need need;
        int64_t least, most;
        int64_t otherwise;      /* the value where an optional one is not given; words: the first */
        const char *words;      /* "table|flat|none"; NULL: any name */
        enum band_axis axis;
        const char *says;
};

struct step_info {
        enum step_code code;
        const char *name;
        uint32_t version;
        const char *clause, *says;
        uint32_t needs, makes, bars;    /* MADE() */
};

/* NULL when there is none. Places walk the tables to NULL. */
const struct step_info *step_info(const struct name *kind, uint32_t version);
const struct step_info *step_at(size_t place);
const struct param_info *param_info(enum step_code step, const char *name);
const struct param_info *param_at(size_t place);
/* Is @word one of the words "one|two|three"? Any word, when @words is NULL. */
bool word_among(const char *words, const struct name *word);
/* Is the word parameter @name of this step, given or not, @word? */
bool step_word_is(const struct step *step, enum step_code code, const char *name, const char *word);

/* One rate from end to end: there is no line to be on. */
static inline bool band_flat(const struct band *band)
{
        return band->at_from.num == band->at_to.num && band->at_from.den == band->at_to.den;
}

/* The category that a step declares or speaks of; NULL: none. A fee's names only a tier. */
const struct name *step_category(const struct step *step);

const char *product_missing(enum product product);
const char *product_late(enum product product);

#endif
