/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the facts so far would be at the end of the period: by the terms' own completion rule where
 * they have one, else by how much of the period they cover (their paid_through). What does not grow
 * with time stays. A measure stays at the rate it has.
 *
 * Low is what is worse for the earner and high what is better: costs and rates moved by a half
 * width of 1.645 standard errors (costs: a coefficient of variation of 1.67, the one the MSSP
 * minimum savings rate rests on; rates: binomial), of the part of the period that is not seen yet.
 * So with all of the period seen the three are the same. Always marked as a forecast.
 */
#ifndef ACCORD_CORE_FORECAST_H
#define ACCORD_CORE_FORECAST_H

#include "core/statement.h"

enum forecast { FORECAST_LOW, FORECAST_CENTRAL, FORECAST_HIGH, FORECAST_COUNT };

#define FORECAST_FACTS_MAX FACTS_PER_STATEMENT_MAX

/* Facts for settle(), changed; those of the other side and other periods as they were. */
struct forecast_facts {
        size_t count;
        struct fact facts[FORECAST_FACTS_MAX];
};

/* What a forecast rests on. */
struct forecast_basis {
        bool whole;                     /* all of the period is in the facts: no forecast */
        date paid_through;              /* the earliest of the facts that grow; DATE_NONE: none */
};

/* @run: as for settle(). Facts above FORECAST_FACTS_MAX are left as they are out of it: -E2BIG. */
int forecast_facts(const struct terms *terms, const struct run *run,
                   const struct settle_inputs *inputs,
                   struct forecast_facts ret[FORECAST_COUNT], struct forecast_basis *ret_basis);

/* Does a figure of this kind grow with the part of the period it covers? */
bool fact_kind_accrues(enum fact_kind kind);

#endif
