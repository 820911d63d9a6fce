/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Products of two 128-bit numbers, and sums of them, for what is compared or rounded before it must
 * fit again.
 */
#ifndef ACCORD_CORE_EXACT_LONG_H
#define ACCORD_CORE_EXACT_LONG_H

#include "core/exact.h"

struct product {
        uwide high, low;
};

struct product long_product(uwide a, uwide b);
int long_compare(struct product a, struct product b);
struct product long_sum(struct product a, struct product b);    /* the caller knows that it fits */
/*
 * The nearest whole number, halves up; @den not 0 and below 2^255. False when it is too long for a
 * wide.
 */
bool long_divide(struct product num, struct product den, wide *ret);

#endif
