/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A weighted mean of fractions, exact as long as it fits 128 bits, beside the same to 18 decimals.
 * Its result, and whether it is exact, follow from what is added and not from the order: all that
 * decides only grows.
 */
#ifndef ACCORD_CORE_ALIGN_MEAN_H
#define ACCORD_CORE_ALIGN_MEAN_H

#include "core/exact_long.h"

struct mean {
        uwide weights;
        bool fits;                      /* sums are exact, over common */
        uwide common, sums[2];          /* magnitudes: of what is at least 0, of what is below */
        struct product near[2];         /* weight times figure in 10^-18, likewise */
};

void mean_begin(struct mean *mean);
/* All weights together below 2^126; @figure times 10^18 within 128 bits. */
void mean_add(struct mean *mean, uwide weight, struct exact figure);
/* False when all weights are 0. @ret_rounded: to 12 decimals. */
bool mean_end(const struct mean *mean, struct exact *ret, bool *ret_rounded);
/* To 12 decimals, halves away from zero, however long it is. */
struct exact mean_shown(struct exact figure);

#endif
