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
        X(BENCHMARK, "needs the benchmark, and no target step comes before it",                    \
          "comes too late: the benchmark stands already")                                          \
        X(SAVINGS, "needs the savings, and no savings step comes before it",                       \
          "comes too late: the savings stand already")                                             \
        X(MEASURES, "needs measures, and no measure step comes before it",                         \
          "comes too late: a measure was scored already")                                          \
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
 * code, name, version, clause,
 *      needs, makes, and what must not have been made before it,
 *      what it does
 */
#define STEP_KINDS(X)                                                                              \
        X(ATTRIBUTE, attribute, "attribute", 1, "42 CFR 425.110(a), 425.400",                      \
          0, MADE(PANEL), MADE(PANEL) | MADE(GENERATED),                                           \
          "count the people")                                                                      \
        X(EXPENDITURE, expenditure, "expenditure", 1, "42 CFR 425.605(a)",                         \
          0, MADE(EXPENDITURE), MADE(EXPENDITURE) | MADE(SAVINGS),                                 \
          "total what their care cost")                                                            \
        X(TARGET, target, "target", 1, "42 CFR 425.601, 425.652",                                  \
          0, MADE(BENCHMARK), MADE(BENCHMARK) | MADE(SAVINGS),                                     \
          "total what it was expected to cost")                                                    \
        X(SAVINGS, savings, "savings", 1, "42 CFR 425.605(a)",                                     \
          MADE(EXPENDITURE) | MADE(BENCHMARK), MADE(SAVINGS), MADE(SAVINGS),                       \
          "take one from the other")                                                               \
        X(MEASURE, measure, "measure", 1, "42 CFR 414.1380(b)(1)",                                 \
          0, MADE(MEASURES), MADE(QUALITY),                                                        \
          "score one measure between its worst and its best rate")                                 \
        X(COMPOSITE, composite, "composite", 1, "42 CFR 425.512(b)",                               \
          0, MADE(QUALITY), MADE(QUALITY),                                                         \
          "make one quality score: as reported, or the weighted mean of the measures scored")      \
        X(GATE, gate, "gate", 1, "42 CFR 425.512(a), 425.605(d)(1)",                               \
          MADE(QUALITY), MADE(FACTOR), MADE(FACTOR) | MADE(SHARED),                                \
          "decide what part of the highest sharing rate quality earns")                            \
        X(CORRIDOR_GATE, corridor_gate, "corridor-gate", 1, "42 CFR 425.605(b), (c), (h)",         \
          MADE(SAVINGS), MADE(GENERATED), MADE(GENERATED) | MADE(SHARED),                          \
          "share only savings and losses that reach a minimum of the benchmark")                   \
        X(GUARDRAIL, guardrail, "guardrail", 1, "42 CFR 425.652(b)(4)",                            \
          MADE(GENERATED), 0, MADE(SHARED),                                                        \
          "pay no savings where the update guardrail holds; losses stand")                         \
        X(SHARE, share, "share", 1, "42 CFR 425.605(d)(1), 425.610(d), (f)",                       \
          MADE(GENERATED), MADE(SHARED) | MADE(AMOUNT), MADE(SHARED),                              \
          "take the earner's share of savings or losses")                                          \
        X(SEQUESTER, sequester, "sequester", 1, "2 U.S.C. 901a, 906(d)",                           \
          MADE(AMOUNT), MADE(SEQUESTERED), MADE(SEQUESTERED),                                      \
          "reduce by the rate in force on the day of payment")                                     \
        X(LIMIT, limit, "limit", 1, "42 CFR 425.605(d)(1), 425.610(e)(2), (g)",                    \
          MADE(AMOUNT), 0, 0,                                                                      \
          "hold the amount within shares of the benchmark or the participants' revenue")           \
        X(RELIEF, relief, "relief", 1, "42 CFR 425.605(f), 425.610(i)",                            \
          MADE(AMOUNT), 0, 0,                                                                      \
          "take disaster relief off what is owed")                                                 \
        X(PRORATE, prorate, "prorate", 1, "42 CFR 425.609(b), 425.221(b)",                         \
          MADE(AMOUNT), 0, 0,                                                                      \
          "keep the part of the period's months")                                                  \
        X(FEE, fee, "fee", 1, "contract: care management fee",                                     \
          0, MADE(AMOUNT), 0,                                                                      \
          "add a fee: per member and month, flat, or both; part of it at the risk of quality")     \
        X(ADVANCE, advance, "advance", 1, "42 CFR 425.630(g)",                                     \
          MADE(AMOUNT), MADE(RECOUPED), MADE(RECOUPED),                                            \
          "recoup advances from what is earned and carry the rest")                                \
        X(POST, post, "post", 1, "42 CFR 425.605(e), (f)",                                         \
          MADE(AMOUNT), MADE(POSTED), 0,                                                           \
          "round once, and say what is earned and what is paid")

enum step_code {
#define X(code, function, name, version, clause, needs, makes, bars, says) STEP_##code,
        STEP_KINDS(X)
#undef X
        STEP_KIND_COUNT,
};

/* What a parameter's value may be. Bounds of a RATE are whole numbers. */
enum param_need { PARAM_OPTIONAL, PARAM_REQUIRED };
enum band_axis { AXIS_NONE, AXIS_COUNT, AXIS_DATE };

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

const char *product_missing(enum product product);
const char *product_late(enum product product);

#endif
