/* SPDX-License-Identifier: Apache-2.0 */
/* Between core/steps/measure.c and core/steps/measure_scale.c: one measure, by its scale. */
#ifndef ACCORD_CORE_STEPS_MEASURING_H
#define ACCORD_CORE_STEPS_MEASURING_H

#include "core/widths.h"
#include "core/working.h"

#define SCORE_DECIMALS 9

/* A score between 0 and 1, rounded. */
#define WIDTH_SCORE ((struct width) { 30, 30 })

/* What became of it. By SCORED its line is said; by TOO_FEW and NOT_REPORTED the terms go on. */
enum scored { SCORED, TOO_FEW, NOT_REPORTED, STOPPED };

struct measuring {
        const struct step *step;
        struct working *w;
        struct item item;
};

/* Between 0 and 1 and about to be rounded. */
static inline void width_score(struct widths *ws, struct width a)
{
        width_decimals(ws, (struct width) { a.den, a.den }, SCORE_DECIMALS);
}

enum scored score_by_scale(const struct measuring *m, struct exact *ret);

/* How long the figures get on the way to a score. */
void widths_scale(const struct step *step, struct widths *ws);

#endif
