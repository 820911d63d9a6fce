/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arithmetic of core/exact.h over figures that nobody bounded: each answers false, and nothing
 * else happens, where the result would not fit 128 bits or does not exist.
 */
#ifndef ACCORD_CORE_EXACT_TRY_H
#define ACCORD_CORE_EXACT_TRY_H

#include "core/exact.h"

bool try_add(struct exact a, struct exact b, struct exact *ret);
bool try_sub(struct exact a, struct exact b, struct exact *ret);
bool try_mul(struct exact a, struct exact b, struct exact *ret);
bool try_div(struct exact a, struct exact b, struct exact *ret);
/* The nearest multiple of @unit > 0. */
bool try_round(struct exact a, wide unit, enum rounding mode, struct exact *ret);
bool try_round_decimals(struct exact a, wide decimals, struct exact *ret);     /* 0 to 9 */
bool try_floor(struct exact a, struct exact *ret);
/* The largest whole number whose square is not above @a. */
bool try_isqrt(struct exact a, struct exact *ret);

#endif
