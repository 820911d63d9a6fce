/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of figures with totals: what is hidden in it must not follow from what is shown. First
 * each line with a shown total gets none or at least two hidden cells, the smallest that is not
 * nothing first; then, as an attacker would, the least and the most that each hidden cell can be by
 * what is shown is calculated, exactly, and lines where that is too narrow get more. Source:
 * reference formulas section 9; the range is that of a transport problem, found by augmenting.
 *
 * What is known to all: cells are not below 0. Pure, no allocation.
 */
#ifndef ACCORD_CORE_DISCLOSE_TABLE_H
#define ACCORD_CORE_DISCLOSE_TABLE_H

#include "core/disclose.h"

#define DISCLOSE_LINES_MAX 64           /* rows and columns together */

struct disclosed_cell {
        int64_t value;                  /* >= 0, at most MONEY_MAX */
        bool hidden;
};

struct disclosed_table {
        uint16_t rows, columns;         /* at least 1; together at most DISCLOSE_LINES_MAX */
        struct disclosed_cell *cells;   /* row by row */
        /* By line, rows first: is its total shown, or does it follow from what is? */
        bool total[DISCLOSE_LINES_MAX];
};

/* What a hidden cell can be, as far as what is shown says. */
struct disclosed_range {
        int64_t least;
        bool bounded;
        int64_t most;                   /* where it is bounded */
};

/* @place: of the cell, row * columns + column; it is hidden. */
struct disclosed_range disclose_range(const struct disclosed_table *table, size_t place);

/*
 * Both ends at least p % away, p by @rules, the lower one at least as far as nothing; of nothing
 * itself, the most is not nothing.
 */
bool disclose_range_wide(const struct disclosure_rules *rules, const struct disclosed_range *range,
                         int64_t value);

/*
 * disclose_table() - hides more cells, and totals where cells do not suffice, until nothing hidden
 *                    follows
 * A line in which nothing can hide a cell loses its total. Returns how many cells it has hidden.
 */
size_t disclose_table(const struct disclosure_rules *rules, struct disclosed_table *table);

#endif
