/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact fractions: what a settlement calculates with between its named rounding points. Kept
 * reduced, the denominator positive. There is no failing: terms_check() bounds what terms can make
 * of facts within their limits, so a result beyond 128 bits is our own mistake and an assertion.
 */
#ifndef ACCORD_CORE_EXACT_H
#define ACCORD_CORE_EXACT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/terms.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

struct exact {
        wide num, den; /* den > 0, no common divisor */
};

struct exact exact_of(wide whole);
struct exact exact_ratio(wide num, wide den); /* den not 0 */
struct exact exact_of_rate(struct rate rate);
struct exact exact_of_value(const struct value *value);

struct exact exact_neg(struct exact a);
struct exact exact_add(struct exact a, struct exact b);
struct exact exact_sub(struct exact a, struct exact b);
struct exact exact_mul(struct exact a, struct exact b);
struct exact exact_div(struct exact a, struct exact b); /* b not 0 */

/* < 0, 0, > 0. By cross-multiplication in 256 bits: never wrong, never too long. */
int exact_cmp(struct exact a, struct exact b);
int exact_sign(struct exact a);
struct exact exact_min(struct exact a, struct exact b);
struct exact exact_max(struct exact a, struct exact b);

/*
 * The multiple of @unit nearest to @a in the sense of @mode; @unit > 0.
 * With unit 100, cents become whole dollars.
 */
wide exact_round(struct exact a, wide unit, enum rounding mode);

/* @a rounded to so many decimals, 0 to 9: the rounding points of rates. */
struct exact exact_round_decimals(struct exact a, int decimals, enum rounding mode);

/*
 * @a times @b to so many decimals, 0 to 9, halves away from zero: however long the exact product
 * is. False when the result itself is too long.
 */
bool exact_mul_decimals(struct exact a, struct exact b, int decimals, struct exact *ret);

/* The largest whole number whose square is not above @a; @a >= 0. */
wide exact_isqrt(struct exact a);

#endif
