/* SPDX-License-Identifier: Apache-2.0 */
/* What care cost before the period. */
#include "core/widths.h"
#include "core/working.h"

void step_baseline(const struct step *step, struct working *w)
{
        struct exact amount;

        (void)step;
        take(w, LINE_BASELINE_REPORTED, (struct wanted) { .kind = FACT_BASELINE_PER_CAPITA },
             &amount);
}

void widths_baseline(const struct step *step, struct widths *ws)
{
        (void)step;
        (void)ws;
}
