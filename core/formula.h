/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a line of a statement is made, read from the formula of its row and looked up in the
 * statement: which lines go in, and what it comes to. The language is that of core/lines.h. Pure,
 * and nothing in it can fail on a statement however wrong: what cannot be evaluated is said.
 */
#ifndef ACCORD_CORE_FORMULA_H
#define ACCORD_CORE_FORMULA_H

#include "core/bytes.h"
#include "core/exact.h"
#include "core/statement.h"
#include "core/steps.h"

#define FORMULA_NODES_MAX 96
#define FORMULA_TEXT_MAX 512

enum formula_op {
        FORMULA_NUMBER,
        FORMULA_NAME,   /* a line or a quantity */
        FORMULA_PARAM,  /* terms.name */
        FORMULA_RUN,    /* run.payment, run.months */
        FORMULA_ADD, FORMULA_SUB, FORMULA_MUL, FORMULA_DIV, FORMULA_NEG,
        FORMULA_GE, FORMULA_LE, FORMULA_GT, FORMULA_LT, FORMULA_EQ,
        FORMULA_AND, FORMULA_OR, FORMULA_NOT,
        FORMULA_MIN, FORMULA_MAX, FORMULA_SUM,
        FORMULA_CENTS, FORMULA_DOLLARS, FORMULA_DECIMALS, FORMULA_ROUNDED,
        FORMULA_FLOOR, FORMULA_ISQRT,
        FORMULA_TABLE, FORMULA_BANDS, FORMULA_PORTION,
};

struct formula_node {
        enum formula_op op;
        uint16_t from, to;      /* what of the text it is: [from, to) */
        int16_t first, next;    /* its arguments, a chain; -1 ends it */
};

/* Another way to round than the formula says: for finding out how somebody else did. */
enum formula_how {
        FORMULA_NOT_ROUNDED,
        FORMULA_BY_MODE,        /* to the same unit, what lies between by @mode */
        FORMULA_TO_CENTS, FORMULA_TO_DOLLARS,           /* money, halves away from zero */
        FORMULA_TO_DECIMALS,    /* rates, so many @decimals, halves away from zero */
};

struct formula_rounding {
        enum formula_how how;
        enum rounding mode;
        int decimals;
};

struct formula {
        struct bytes text;      /* of the form; the row's memory */
        struct formula_node nodes[FORMULA_NODES_MAX];
        int16_t count, root;
        const struct formula_rounding *otherwise;       /* NULL, as read: as it says */
};

/* The line that is made: names are looked for above it. */
struct formula_at {
        const struct terms *terms;
        const struct statement *statement;
        size_t line;
};

#define FORMULA_NOWHERE SIZE_MAX

/* Form number @form of "a | b | c", without the blanks around it; false when there is none. */
bool formula_form(const char *formula, unsigned int form, struct bytes *ret);

/* NULL, or what is wrong with it as a static sentence. */
const char *formula_parse(struct bytes text, struct formula *ret);

/* Was the line's figure reported, carried or computed from member rows? Then nothing makes it. */
bool line_is_input(const struct line *line);

/* The formula by which the line at @at was made. NULL, or what is wrong: it is no input either. */
const char *formula_of_line(const struct formula_at *at, struct formula *ret);

/* ---- looking up: @item is the item that names are looked for with, 0 for none */

/* The text of a node. */
struct bytes formula_text(const struct formula *formula, int16_t node);
/* The line that a name stands for, or FORMULA_NOWHERE. */
size_t formula_find(const struct formula_at *at, struct bytes name, uint16_t item);
/* What a name stands for where there is no such line: false when that is nothing. */
bool formula_default(struct bytes name, struct exact *ret);
/* A parameter of the line's step by its name behind "terms.", with what stands for it. */
const struct param *formula_param(const struct formula_at *at, struct bytes name,
                                  struct param *room);

/* The next item after @after (0: the first) that has a line of the first name in @node; 0: none. */
uint16_t formula_next_item(const struct formula *formula, int16_t node,
                           const struct formula_at *at, uint16_t after);

/* Names that no line stands for, and something else does; as formula_lines(). */
size_t formula_missing(const struct formula *formula, const struct formula_at *at,
                       struct bytes *ret, size_t room);
/*
 * Every line that goes in, each as often as it is named, in the order of the formula; how many
 * there are, of which at most @room are written.
 */
size_t formula_lines(const struct formula *formula, const struct formula_at *at, size_t *ret,
                     size_t room);

/*
 * formula_value() - what the formula, or a node of it, comes to
 *
 * Returns: NULL, or why it cannot be told, as a static sentence: a name without a line, a table
 * that says nothing there, a division by zero, or a figure beyond 128 bits.
 */
const char *formula_value(const struct formula *formula, int16_t node,
                          const struct formula_at *at, uint16_t item, struct exact *ret);

/*
 * The band of a table(), or a band of a bands(), that has something of its first argument: the
 * @place'th of these, from 0. @ret_inside: what lies in it, of its size. False: no more.
 */
struct formula_band {
        const struct band *band;
        enum band_axis axis;
        bool last;              /* of the table: its end is part of it */
        struct exact inside;
};

bool formula_band_at(const struct formula *formula, int16_t node, const struct formula_at *at,
                     uint16_t item, size_t place, struct formula_band *ret);

/* The figure that a parameter is; false for words and tables. */
bool param_figure(const struct param *param, struct exact *ret);
/* What stands for a parameter that is not given; false when nothing does. */
bool param_stand_in(const struct param_info *info, struct param *ret);

#endif
