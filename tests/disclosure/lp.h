/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linear programming, as an attacker uses it: what is known are rows over unknowns that are not
 * negative, and what is asked is the least and the most an expression can be.
 *
 * Safe on the side of who is attacked: each end of a range is a point that is looked at again
 * against every row, so that a range is never said to be wider than it is. An end for which that
 * fails is LP_FAILED, and the caller is to fail.
 */
#ifndef ACCORD_TESTS_DISCLOSURE_LP_H
#define ACCORD_TESTS_DISCLOSURE_LP_H

#include <stdbool.h>
#include <stddef.h>

#define LP_UNKNOWNS 640
#define LP_ROWS 256
#define LP_INFINITE 1e30L

enum lp_sense { LP_AT_MOST, LP_AT_LEAST, LP_EQUAL };

struct lp_row {
        long double of[LP_UNKNOWNS];
        enum lp_sense sense;
        long double right;
};

/* Large: allocate it. */
struct lp {
        size_t unknowns, rows;
        struct lp_row row[LP_ROWS];
};

enum lp_answer { LP_FOUND, LP_IMPOSSIBLE, LP_FAILED };

void lp_begin(struct lp *lp, size_t unknowns);
/* A row of zeroes to fill in. Ends the program when there are too many. */
long double *lp_add(struct lp *lp, enum lp_sense sense, long double right);
/* LP_IMPOSSIBLE: nothing fits all rows. *ret_most is LP_INFINITE where there is no end. */
enum lp_answer lp_range(const struct lp *lp, const long double *of, long double *ret_least,
                        long double *ret_most);

#endif
