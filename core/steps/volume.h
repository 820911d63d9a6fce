/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many there are of what amounts are paid for: people, person-years, member-months, episodes;
 * and the money that an amount for each of them comes to. For the steps that count and that price.
 */
#ifndef ACCORD_CORE_STEPS_VOLUME_H
#define ACCORD_CORE_STEPS_VOLUME_H

#include "core/working.h"

enum volume { VOLUME_PEOPLE, VOLUME_YEARS, VOLUME_MONTHS, VOLUME_EPISODES };

/*
 * Of a category, or with @item NULL of the whole. volume_take() says the reported one, and stops
 * where nobody said it; volume_need() takes what was handed on, and only else the reported one.
 *
 * A category's person-years are taken to six decimals, so that many categories' can be added up.
 */
bool volume_take(struct working *w, enum volume volume, const struct item *item);
bool volume_need(struct working *w, enum volume volume, const struct item *item,
                 struct exact *ret);
/* The whole is the sum of the categories that were counted so. */
void volume_sum(struct working *w, enum volume volume);
/* Of member rows; stops where there are none. People and their months; person-years are months. */
bool volume_of_members(struct working *w, enum volume volume, const struct item *item);

/* What was handed on of a category, or with @item NULL of the whole. */
bool held_of(const struct working *w, enum feed feed, const struct item *item, struct exact *ret);

/*
 * @each for each of so many, to the cent; stops with @too_much where that is more than money can
 * be. The product is never longer than the money it comes to.
 */
bool priced(struct working *w, struct exact each, struct exact volume, const char *too_much,
            struct exact *ret);
/* Is it money? Stops with @too_much where it is more than money can be. */
bool money_within(struct working *w, struct exact money, const char *too_much);

#endif
