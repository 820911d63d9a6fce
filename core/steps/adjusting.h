/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adjustments of the baseline: between the files of the adjust step. @item NULL is the whole. Where
 * something is wrong the settlement is stopped and false returned.
 */
#ifndef ACCORD_CORE_STEPS_ADJUSTING_H
#define ACCORD_CORE_STEPS_ADJUSTING_H

#include "core/steps/parts.h"

/* Kinds of adjustments that can be alternatives, in the order of the lines' formulas. */
enum alternative { BY_REGION, BY_PRIOR_SAVINGS, BY_OTHER, ALTERNATIVE_COUNT };

/* Formulas of the adjusted baseline: those of the alternatives first. */
enum adjusted_form { ADJUSTED_CHOSEN = ALTERNATIVE_COUNT, ADJUSTED_RATE, ADJUSTED_REFERENCE,
                     ADJUSTED_BUDGET };

enum feed alternative_feed(enum alternative alternative);

/* The baseline with @adjustment from here on. */
bool adjust_by(struct working *w, enum adjusted_form form, const struct item *item,
               struct exact adjustment);

/* The categories' shares of the reference year's person-years; says them once. */
bool reference_shares(const struct step *step, struct working *w, struct exact *ret);

/* What caps of the national amount hold: says those that the step has. */
struct caps {
        bool up, down;
        struct exact most, least;
};
bool take_caps(const struct step *step, struct working *w, const struct item *item,
               struct caps *ret);
struct exact within_caps(const struct caps *caps, struct exact a);
/* Which of a capped line's formulas made it: both, up, down, none. */
unsigned int caps_form(const struct caps *caps);

/* kind choose: of the alternatives since the last choice. */
void choose(const struct step *step, struct working *w);

#endif
