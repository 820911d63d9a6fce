/* SPDX-License-Identifier: Apache-2.0 */
/* What the baseline is adjusted by. */
#include "core/widths.h"
#include "core/working.h"

void step_adjust(const struct step *step, struct working *w)
{
        struct exact adjustment;

        (void)step;
        take(w, LINE_OTHER_REPORTED, (struct wanted) { .kind = FACT_ADJUSTMENT_PER_CAPITA },
             &adjustment);
}

void widths_adjust(const struct step *step, struct widths *ws)
{
        (void)step;
        (void)ws;
}
