/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two statements held against each other: which line differs first, by what, and why: another fact,
 * other terms, another figure carried, another order of the steps, another rounding, another day of
 * payment; or only because lines above it differ.
 */
#ifndef ACCORD_CLIENTS_SETTLE_DIFF_H
#define ACCORD_CLIENTS_SETTLE_DIFF_H

#include "clients/explain.h"

struct json_object;

/* code, word in JSON, as a person says it */
#define CAUSES(X)                                                                                  \
        X(INPUT, "input", "another figure went in")                                                \
        X(MISSING, "missing", "a figure is missing")                                               \
        X(CARRIED, "carried", "another figure was carried from an earlier statement")              \
        X(MEMBERS, "members", "other member rows went in")                                         \
        X(TERMS, "terms", "the terms differ")                                                      \
        X(ROUNDING, "rounding", "it is rounded otherwise")                                         \
        X(ORDER, "order", "the steps come in another order")                                       \
        X(RUN, "run", "the runs are for another period or day of payment")                         \
        X(FOLLOWS, "follows", "figures above it differ")                                           \
        X(UNKNOWN, "unknown", "the same figures, by the same rule, came to something else")

enum cause {
#define X(code, word, says) CAUSE_##code,
        CAUSES(X)
#undef X
};

const char *cause_word(enum cause cause);
const char *cause_says(enum cause cause);

#define DIFF_WHY_MAX 1400

struct difference {
        size_t line[2];         /* places; FORMULA_NOWHERE: that side has no such line */
        size_t step[2];         /* places of its step, likewise */
        enum cause cause;
        char why[DIFF_WHY_MAX]; /* in particular: which fact, which parameter, which line above */
};

/* In the order of the first statement. */
struct settle_diff {
        struct difference list[2 * LINES_PER_STATEMENT_MAX];
        size_t count;
        size_t first;           /* the first that does not only follow; count: none */
        size_t compared;        /* lines that both have */
};

/* Which lines and steps of one side are which of the other's; FORMULA_NOWHERE: none. */
struct pairing {
        size_t step[2][STEPS_MAX];
        bool moved[2][STEPS_MAX];       /* stands elsewhere among the others */
        size_t line[2][LINES_PER_STATEMENT_MAX];
};

void pairing_make(const struct explanation sides[2], struct pairing *ret);

void settle_diff_make(const struct explanation sides[2], const struct pairing *pairing,
                      struct settle_diff *ret);

/* In which parameters, as given or what stands for them, do these two steps differ? */
typedef void param_tell(void *with, const struct param_info *info, const char *one,
                        const char *other);
void params_differ(const struct explanation sides[2], size_t one, size_t other, param_tell *tell,
                   void *with);
/* "50 %", "a table of 14 bands"; "nothing". Returns @ret. */
char *param_text(const struct terms *terms, size_t step, const struct param_info *info,
                 char ret[SAID_MAX]);

void settle_diff_print(struct out *out, const struct explanation sides[2],
                       const struct pairing *pairing, const struct settle_diff *diff);

#endif
