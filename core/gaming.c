/* SPDX-License-Identifier: Apache-2.0 */
/* What a contract would pay for removing, excluding and coding: settled again, as incentives. */
#include <string.h>

#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/steps.h"
#include "core/working.h"

#define COSTLY 5                /* times the average */
#define MONTHS_A_YEAR 12

struct gaming_probe {
        struct probing x;
        struct gaming_exposure *list;
        size_t count;
};

const char *gaming_says(enum gaming what)
{
        static const char *const says[GAMING_COUNT] = {
                [GAMING_REMOVE_MEMBER] = "a member of average cost leaves the panel",
                [GAMING_REMOVE_COSTLY] = "a member of five times the average cost leaves the panel",
                [GAMING_EXCLUDE_PATIENT] = "a patient who does not meet the measure is excluded",
                [GAMING_CODE_HIGHER] = "the risk score is higher by a hundredth of itself",
        };

        assert(what < GAMING_COUNT);
        return says[what];
}

static void add(struct gaming_probe *g, enum gaming what, const struct item *item, bool calculable)
{
        int64_t earned = g->x.here.earned;

        if (g->count == INCENTIVES_MAX)
                return;
        if (calculable)
                calculable = probe(&g->x, FORECAST_CENTRAL, &earned);
        put_back(&g->x, FORECAST_CENTRAL);
        g->list[g->count++] = (struct gaming_exposure) {
                .what = what, .item = *item, .calculable = calculable,
                .cents = calculable ? earned - g->x.here.earned : 0,
        };
}

/* ---- a member less */

/* Who leaves: out of how many, for how long, at how many times the average cost. */
struct leaving {
        struct probing *x;
        const struct item *item;        /* of the whole, or of a category */
        struct exact people;            /* person-years of it */
        struct exact years;             /* of the one who leaves */
        int64_t times;
};

static struct exact years_of(const struct probing *x)
{
        int months = period_months(x->run->period);

        return exact_ratio(months > 0 ? months : MONTHS_A_YEAR, MONTHS_A_YEAR);
}

static void less(const struct leaving *one, enum fact_kind kind, struct exact by)
{
        struct recorded figure;

        if (!figure_find(one->x, kind, one->item, &figure))
                return;
        change_figure(one->x, FORECAST_CENTRAL, &figure,
                      exact_sub(figure_total(one->x, FORECAST_CENTRAL, &figure), by), false);
}

/* So many times what the average member has of a total; to the cent. */
static struct exact part_of(const struct leaving *one, struct exact total, int64_t times)
{
        struct exact years = exact_mul(exact_div(one->years, one->people), exact_of(times));

        total = exact_of(exact_round(total, 1, ROUND_HALF_AWAY));
        return exact_of(exact_round(exact_mul(total, years), 1, ROUND_HALF_AWAY));
}

static void less_of_total(const struct leaving *one, enum fact_kind kind, int64_t times)
{
        struct recorded figure;
        struct exact total;

        if (!figure_find(one->x, kind, one->item, &figure))
                return;
        total = figure_total(one->x, FORECAST_CENTRAL, &figure);
        change_figure(one->x, FORECAST_CENTRAL, &figure,
                      exact_sub(total, part_of(one, total, times)), false);
}

/* The others' average: of an amount each it is (people - times) / (people - 1) of it. */
static void less_of_each(const struct leaving *one, enum fact_kind kind)
{
        struct exact all = exact_div(one->people, one->years), others;
        struct recorded figure;
        struct exact each;

        if (!figure_find(one->x, kind, one->item, &figure))
                return;
        others = exact_sub(all, exact_of(1));
        each = exact_mul(figure_total(one->x, FORECAST_CENTRAL, &figure),
                         exact_div(exact_sub(all, exact_of(one->times)), others));
        change_figure(one->x, FORECAST_CENTRAL, &figure, each, false);
}

static void less_of_members(const struct leaving *one)
{
        struct forecast_facts *facts = &one->x->work->facts[FORECAST_CENTRAL];

        keep_members(one->x, FORECAST_CENTRAL);
        for (size_t i = 0; facts->has_members && i < facts->members.count; i++) {
                struct member_figures *figures = &facts->figures[i];

                if (!item_equal(&figures->item, one->item) || figures->head_count < 2)
                        continue;
                figures->expenditure = exact_sub(figures->expenditure,
                                                 part_of(one, figures->expenditure, one->times));
                figures->head_count--;
                figures->member_months -=
                        (int64_t)exact_round(exact_mul(one->years, exact_of(MONTHS_A_YEAR)), 1,
                                             ROUND_HALF_AWAY);
                if (figures->member_months < 0)
                        figures->member_months = 0;
        }
}

/* False: nobody says how many there are, or there is no second one. */
static bool leave(struct probing *x, const struct item *item, int64_t times)
{
        struct leaving one = { .x = x, .item = item, .years = years_of(x), .times = times };

        if (!forecast_people(x->terms, x->run, &x->with[FORECAST_CENTRAL], item, &one.people))
                return false;
        one.people = exact_round_decimals(one.people, 6, ROUND_HALF_AWAY);
        if (exact_cmp(one.people, exact_mul(one.years, exact_of(times + 1))) < 0)
                return false;
        less_of_members(&one);
        less_of_each(&one, FACT_EXPENDITURE_PER_CAPITA);
        less_of_each(&one, FACT_EXPENDITURE_PMPM);
        less_of_total(&one, FACT_EXPENDITURE, times);
        less_of_total(&one, FACT_BENCHMARK, 1);
        less_of_total(&one, FACT_PREMIUM_REVENUE, 1);
        less(&one, FACT_HEAD_COUNT, exact_of(1));
        less(&one, FACT_EPISODES, exact_of(1));
        less(&one, FACT_PERSON_YEARS, one.years);
        less(&one, FACT_MEMBER_MONTHS, exact_mul(one.years, exact_of(MONTHS_A_YEAR)));
        return true;
}

/* The category of the most people; empty: there are no categories. */
static struct item largest_category(const struct probing *x)
{
        struct exact most = exact_of(0), people;
        struct item largest = { "" };

        for (size_t i = 0; i < x->terms->step_count; i++) {
                const struct name *category = step_category(&x->terms->steps[i]);
                struct item item = { "" };

                if (!category)
                        continue;
                memcpy(item.text, category->text, sizeof(category->text));
                if (forecast_people(x->terms, x->run, &x->with[FORECAST_CENTRAL], &item, &people) &&
                    exact_cmp(people, most) > 0) {
                        most = people;
                        largest = item;
                }
        }
        return largest;
}

static void remove_member(struct gaming_probe *g, enum gaming what, int64_t times)
{
        static const struct item whole;
        const struct item category = largest_category(&g->x);
        /* The whole first: without figures of its own it is the sum of its categories. */
        bool calculable = leave(&g->x, &whole, times);

        if (calculable && category.text[0])
                calculable = leave(&g->x, &category, times);
        add(g, what, &whole, calculable);
}

/* ---- a patient, a code */

static void exclude_patient(struct gaming_probe *g, size_t row)
{
        const struct incentive *of = &g->x.to->rows[row];
        const struct mover *mover = &g->x.work->movers[row];

        if (of->of != INCENTIVE_MEASURE || !of->has_counts)
                return;
        if (of->reachable > 0 && of->denominator > 1) {
                change_figure(&g->x, FORECAST_CENTRAL, &mover->eligible,
                              exact_of((wide)of->denominator - 1), false);
                if (mover->less)
                        change_figure(&g->x, FORECAST_CENTRAL, &mover->met,
                                      exact_of((wide)of->numerator - 1), false);
        }
        add(g, GAMING_EXCLUDE_PATIENT, &of->item, true);
}

static void code_higher(struct gaming_probe *g)
{
        static const struct item whole;
        struct forecast_facts *facts = &g->x.work->facts[FORECAST_CENTRAL];
        const struct exact higher = exact_ratio(101, 100);

        for (size_t i = 0; i < facts->count; i++) {
                const struct recorded figure = { .count = 1, .at = { (uint16_t)i } };

                if (facts->facts[i].key.kind == FACT_RISK_SCORE &&
                    period_equal(facts->facts[i].key.period, g->x.run->period))
                        change_figure(&g->x, FORECAST_CENTRAL, &figure,
                                      exact_mul(exact_of_value(&facts->facts[i].value), higher),
                                      false);
        }
        keep_members(&g->x, FORECAST_CENTRAL);
        for (size_t i = 0; facts->has_members && i < facts->members.count; i++)
                facts->figures[i].risk = exact_round_decimals(
                        exact_mul(facts->figures[i].risk, higher), 9, ROUND_HALF_AWAY);
        add(g, GAMING_CODE_HIGHER, &whole, true);
}

size_t gaming_exposures(const struct terms *terms, const struct run *run,
                        const struct settle_inputs *inputs, struct incentive_work *work,
                        struct gaming_exposure ret[INCENTIVES_MAX])
{
        struct incentives rows;
        struct gaming_probe g = {
                .x = { .terms = terms, .run = run, .work = work, .to = &rows },
                .list = ret,
        };

        if (!probing_begin(&g.x, inputs, NULL))
                return 0;
        remove_member(&g, GAMING_REMOVE_MEMBER, 1);
        remove_member(&g, GAMING_REMOVE_COSTLY, COSTLY);
        code_higher(&g);
        for (size_t i = 0; i < rows.count; i++)
                exclude_patient(&g, i);
        return g.count;
}
