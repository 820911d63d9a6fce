/* SPDX-License-Identifier: Apache-2.0 */
/* The baseline at the risk and the prices of the period. */
#include "core/widths.h"
#include "core/working.h"

void step_risk_update(const struct step *step, struct working *w)
{
        struct exact risk;

        (void)step;
        take(w, LINE_PERIOD_RISK, (struct wanted) { .kind = FACT_RISK_SCORE }, &risk);
}

void widths_risk_update(const struct step *step, struct widths *ws)
{
        (void)step;
        (void)ws;
}
