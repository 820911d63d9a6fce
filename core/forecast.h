/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the facts so far would be at the end of the period: a figure that grows with time is divided
 * by how much of the period it covers, in whole months where it covers whole months, else in days;
 * its paid_through says how far it reaches. Where the terms complete what is not paid yet (a
 * completion factor of member rows) that is in the rows' figures already, and the factor's
 * paid_through says how far these reach. What does not grow, or says no paid_through, stays; so a
 * measure stays at the rate it has, and a score that is reported at what was reported: nothing says
 * of how many people it is.
 *
 * Low is what is worse for the earner and high what is better: costs and rates moved by a half
 * width of 1.645 standard errors of the part of the period that is not seen yet (costs: a
 * coefficient of variation of 1.67, the one the MSSP minimum savings rate rests on, over the
 * person-years that are not seen; rates: binomial, over the people that are not seen, in whole
 * people). So with all of the period seen the three are the same. Costs of nobody knows how many
 * have no width. Square roots are of whole numbers, cut off. Always marked as a forecast.
 */
#ifndef ACCORD_CORE_FORECAST_H
#define ACCORD_CORE_FORECAST_H

#include "core/members_fold.h"
#include "core/statement.h"

enum forecast { FORECAST_LOW, FORECAST_CENTRAL, FORECAST_HIGH, FORECAST_COUNT };

#define FORECAST_FACTS_MAX FACTS_PER_STATEMENT_MAX

/* What settle() takes, changed: every fact that it could read for the run, and no other. */
struct forecast_facts {
        size_t count;
        struct fact facts[FORECAST_FACTS_MAX];
        bool has_members;
        struct members members;         /* of @figures, once forecast_inputs() says so */
        struct member_figures figures[MEMBER_FIGURES_MAX];
};

/* What a forecast rests on. */
struct forecast_basis {
        bool whole;                     /* all of the period is in the facts: no forecast */
        date paid_through;              /* the earliest of what is read; DATE_NONE: none said */
};

/*
 * @run: as for settle(). The facts are in the same order in all three. -E2BIG: there are more than
 * FORECAST_FACTS_MAX that could be read.
 */
int forecast_facts(const struct terms *terms, const struct run *run,
                   const struct settle_inputs *inputs,
                   struct forecast_facts ret[FORECAST_COUNT], struct forecast_basis *ret_basis);

/* For settle(): @facts instead of those of @inputs, which gives the rest. */
struct settle_inputs forecast_inputs(struct forecast_facts *facts,
                                     const struct settle_inputs *inputs);

/* Does a figure of this kind grow with the part of the period it covers? */
bool fact_kind_accrues(enum fact_kind kind);

/* Is it what care costs? */
bool fact_kind_costs(enum fact_kind kind);

/*
 * Person-years of an item (empty: all), for dollars and errors per person: reported, else a twelfth
 * of member months, else a head count, else of member rows, else episodes. Of all also the sum of
 * all items'. False: nobody says.
 */
bool forecast_people(const struct terms *terms, const struct run *run,
                     const struct settle_inputs *inputs, const struct item *item,
                     struct exact *ret);

#endif
