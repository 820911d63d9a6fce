/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A side's own settlement of a period held against the hub's: which line differs first, and why. A
 * figure may say every line or nothing but what is earned; what it says is taken for its lines, and
 * what lies between is worked out from them, by the formulas of core/lines.h. Lines of one code and
 * item are told apart by their order alone.
 *
 * A line that differs has the first of these causes that explains it to the last digit:
 *
 *   input        it was reported, carried or counted, and the figure has another number
 *   follows      by the rule of the line it comes to that from lines above that differ
 *   terms        another version of the terms comes to that
 *   order        the figure's steps come in another order, and in that order it comes to that
 *   input        the side's own facts, where they are not of record, come to that
 *   rounding     it comes to that when it, or lines the figure does not say, are rounded otherwise
 *   silence      none of these, and it is made of lines that the figure does not say
 *   arithmetic   none of these, and the figure says all that it is made of
 *
 * Pure; memory is the caller's. A figure is anybody's word: nothing in it can make this fail.
 */
#ifndef ACCORD_CORE_COMPARE_H
#define ACCORD_CORE_COMPARE_H

#include "core/recon.h"

/* Ways of rounding that are tried, the first: as the terms say. */
#define COMPARE_ROUNDINGS 15
/* Lines for which roundings are tried; of those after them it is only said whether they follow. */
#define COMPARE_TRIALS_MAX 16

/* The hub's run made otherwise. */
struct compare_alternative {
        enum differs_by cause;          /* TERMS; ORDER; INPUT: by the side's own facts */
        const struct statement *statement;
};

struct compare_inputs {
        const struct figure *figure;
        const struct statement *statement;      /* the hub's */
        const struct terms *terms;              /* by which it was made */
        const struct compare_alternative *alternatives;
        size_t alternative_count;
};

/* Some 6 MiB to work in; need not be cleared. */
struct compare_work {
        struct statement made[COMPARE_ROUNDINGS];       /* with the figure's lines, and theirs */
        size_t made_to[COMPARE_ROUNDINGS];              /* lines of it that are */
        bool said[LINES_PER_STATEMENT_MAX];             /* by the figure */
        bool differs[LINES_PER_STATEMENT_MAX];
        struct exact theirs[LINES_PER_STATEMENT_MAX];
        uint16_t nth[LINES_PER_STATEMENT_MAX];          /* among the lines of its code and item */
        uint32_t trials;
};

/*
 * compare_figure() - every line that both have and that differs, in the statement's order
 * @ret: all but .figure, .statement and .differences is set
 * @differences: room for LINES_PER_STATEMENT_MAX
 *
 * What is earned and payable counts as a line where the figure does not list it.
 */
void compare_figure(const struct compare_inputs *inputs, struct compare_work *work,
                    struct comparison *ret, struct figure_difference *differences);

/* The first difference that does not only follow; NULL: there is none. */
const struct figure_difference *compare_first(const struct comparison *comparison);

/*
 * compare_order() - the terms with their steps in the figure's order
 *
 * False: it is the same order, as far as the figure's lines tell; @ret is not set then. Else @ret
 * is some order: whether it makes sense is for terms_check().
 */
bool compare_order(const struct figure *figure, const struct statement *statement,
                   const struct terms *terms, struct compare_work *work, struct terms *ret);

/* "follows", "rounding": NULL for a number that is no cause. */
const char *differs_by_name(enum differs_by cause);

#endif
