/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An amount divided among several so that the parts are whole and add up to it: the largest
 * remainder, settlement formulas section 0.
 */
#ifndef ACCORD_CORE_PORTION_H
#define ACCORD_CORE_PORTION_H

#include <stddef.h>

#include "core/exact.h"
#include "core/ident.h"

/* The most that a total, and any weight, can be: no product of the two is too long. */
#define PORTION_TOTAL_MAX ((wide)1 << 62)
#define PORTION_WEIGHT_MAX ((wide)1 << 62)

struct portion {
        const struct item *who; /* the caller's */
        wide weight;            /* >= 0 */
        wide part;              /* set */
        wide rest;              /* set: what of the total times weight was left over */
};

/*
 * Each gets the whole part of total * weight / all weights; what is left over goes, one each, to
 * those with the largest rest, among equals to the one whose name sorts first. A negative total is
 * divided as if it were positive, and the parts negated. Not all weights are zero, unless the total
 * is. The order of @list changes nothing.
 */
void portions_divide(wide total, struct portion *list, size_t count);

#endif
