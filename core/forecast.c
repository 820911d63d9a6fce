/* SPDX-License-Identifier: Apache-2.0 */
#include "core/forecast.h"

#include <errno.h>
#include <string.h>

#include "core/check.h"
#include "core/measure_key.h"
#include "core/working.h"

#define PPM 1000000
/* The squares of 1.645, of a million, and of 1.645 times 1.67, of ten thousand million. */
#define Z_SQUARED INT64_C(2706025)
#define Z_CV_SQUARED (INT64_C(2706025) * 27889)
#define Z_CV_ONE INT64_C(10000000000)

bool fact_kind_accrues(enum fact_kind kind)
{
        switch (kind) {
        case FACT_PERSON_YEARS:
        case FACT_MEMBER_MONTHS:
        case FACT_EXPENDITURE:
        case FACT_BENCHMARK:
        case FACT_PARTICIPANT_REVENUE:
        case FACT_ALL_SOURCE_REVENUE:
        case FACT_EPISODES:
        case FACT_PREMIUM_REVENUE:
        case FACT_STOPLOSS_CLAIM:
        case FACT_FEE_BASE:
        case FACT_FEE_PAID:
        case FACT_ADVANCE_PAID:
        case FACT_OVERLAP_AMOUNT:
        case FACT_UNIT_MEMBER_MONTHS:
        case FACT_PAYER_REVENUE:
        case FACT_UNIT_REVENUE:
                return true;
        default:
                return false;
        }
}

bool fact_kind_costs(enum fact_kind kind)
{
        return kind == FACT_EXPENDITURE || kind == FACT_EXPENDITURE_PER_CAPITA ||
               kind == FACT_EXPENDITURE_PMPM;
}

/* ---- how much of the period */

static struct exact seen_through(struct period period, date day)
{
        const struct period seen = { period.from, day + 1 };
        int months = period_months(period);

        if (day == DATE_NONE || seen.until >= period.until || seen.until <= seen.from)
                return exact_of(1);
        if (months > 0 && period_months(seen) > 0)
                return exact_ratio(period_months(seen), months);
        return exact_ratio(seen.until - seen.from, period.until - period.from);
}

/* What is reported of the run's period, part by part. */
static bool covers(const struct run *run, const struct fact *fact)
{
        return period_equal(fact->key.period, run->period) &&
               (fact_kind_accrues(fact->key.kind) || fact_kind_costs(fact->key.kind) ||
                fact->key.kind == FACT_COMPLETION_FACTOR ||
                fact->key.kind == FACT_MEASURE_NUMERATOR ||
                fact->key.kind == FACT_MEASURE_DENOMINATOR);
}

static struct forecast_basis basis_of(const struct run *run, const struct forecast_facts *facts)
{
        struct forecast_basis basis = { .paid_through = DATE_NONE };

        for (size_t i = 0; i < facts->count; i++) {
                date day = facts->facts[i].key.paid_through;

                if (day != DATE_NONE && day >= run->period.from && covers(run, &facts->facts[i]) &&
                    (basis.paid_through == DATE_NONE || day < basis.paid_through))
                        basis.paid_through = day;
        }
        basis.whole = basis.paid_through == DATE_NONE ||
                      basis.paid_through + 1 >= run->period.until;
        return basis;
}

/* ---- which facts */

/* Figures of another year are read where a step names that year. */
static bool names_year(const struct terms *terms, struct period period)
{
        int year, month, day;

        date_split(period.from, &year, &month, &day);
        for (size_t i = 0; i < terms->step_count; i++)
                for (size_t j = 0; j < terms->steps[i].param_count; j++) {
                        const struct param *param = &terms->steps[i].params[j];

                        if (param->type == PARAM_COUNT && param->count == year)
                                return true;
                }
        return false;
}

static int choose(const struct terms *terms, const struct run *run,
                  const struct settle_inputs *inputs, struct forecast_facts *ret)
{
        ret->count = 0;
        for (size_t i = 0; i < inputs->fact_count; i++) {
                const struct fact *fact = &inputs->facts[i];

                if ((!period_equal(fact->key.period, run->period) &&
                     !names_year(terms, fact->key.period)) ||
                    !settle_reads(terms, inputs, fact))
                        continue;
                if (ret->count == FORECAST_FACTS_MAX)
                        return -E2BIG;
                ret->facts[ret->count++] = *fact;
        }
        ret->has_members = inputs->members != NULL;
        if (!ret->has_members)
                return 0;
        ret->members = *inputs->members;
        if (ret->members.count > MEMBER_FIGURES_MAX)
                return -E2BIG;
        memcpy(ret->figures, inputs->members->figures,
               ret->members.count * sizeof(ret->figures[0]));
        return 0;
}

struct settle_inputs forecast_inputs(struct forecast_facts *facts,
                                     const struct settle_inputs *inputs)
{
        facts->members.figures = facts->figures;
        return (struct settle_inputs) {
                .facts = facts->facts, .fact_count = facts->count,
                .carried = inputs->carried, .carried_count = inputs->carried_count,
                .members = facts->has_members ? &facts->members : NULL,
        };
}

/* ---- people */

static bool figure_of(const struct terms *terms, const struct run *run,
                      const struct settle_inputs *inputs, enum fact_kind kind,
                      const struct item *item, struct exact *ret)
{
        const struct fact *found[SEGMENTS_MAX];
        size_t count = settle_facts(terms, inputs, (struct wanted) { kind, item, run->period },
                                    found);

        *ret = exact_of(0);
        for (size_t i = 0; i < count; i++)
                *ret = exact_add(*ret, exact_of_value(&found[i]->value));
        return count > 0;
}

/* Of all: what is said of the whole, else of its parts. Rates of many denominators: cut to ppm. */
static bool figure_or_sum(const struct terms *terms, const struct run *run,
                          const struct settle_inputs *inputs, enum fact_kind kind,
                          const struct item *item, struct exact *ret)
{
        static const struct name whole;
        struct exact sum = exact_of(0);
        bool any = false;

        if (figure_of(terms, run, inputs, kind, item, ret) || item->text[0])
                return exact_sign(*ret) > 0;
        for (size_t i = 0; i < inputs->fact_count; i++) {
                const struct fact *fact = &inputs->facts[i];

                if (fact->key.kind != kind || !name_equal(&fact->key.segment, &whole) ||
                    !period_equal(fact->key.period, run->period) ||
                    !settle_reads(terms, inputs, fact))
                        continue;
                sum = exact_add(sum, exact_round_decimals(exact_of_value(&fact->value), 6,
                                                          ROUND_HALF_AWAY));
                any = true;
        }
        *ret = sum;
        return any && exact_sign(sum) > 0;
}

static bool people_of_members(const struct settle_inputs *inputs, const struct item *item,
                              struct exact *ret)
{
        for (size_t i = 0; inputs->members && i < inputs->members->count; i++) {
                const struct member_figures *one = &inputs->members->figures[i];

                if (!item_equal(&one->item, item))
                        continue;
                *ret = exact_ratio(one->member_months, 12);
                return one->member_months > 0;
        }
        return false;
}

bool forecast_people(const struct terms *terms, const struct run *run,
                     const struct settle_inputs *inputs, const struct item *item,
                     struct exact *ret)
{
        if (figure_or_sum(terms, run, inputs, FACT_PERSON_YEARS, item, ret))
                return true;
        if (figure_or_sum(terms, run, inputs, FACT_MEMBER_MONTHS, item, ret)) {
                *ret = exact_div(*ret, exact_of(12));
                return true;
        }
        return figure_or_sum(terms, run, inputs, FACT_HEAD_COUNT, item, ret) ||
               people_of_members(inputs, item, ret) ||
               figure_or_sum(terms, run, inputs, FACT_EPISODES, item, ret);
}

/* ---- growth */

static int64_t within(enum fact_kind kind, wide value, int64_t den)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        wide least = (wide)info->least * den, most = (wide)info->most * den;

        if (info->unit == UNIT_RATE && most > RATE_PART_MAX)
                most = RATE_PART_MAX;
        return (int64_t)(value < least ? least : value > most ? most : value);
}

static void grow(struct fact *fact, struct exact seen)
{
        struct exact grown = exact_div(exact_of(fact->value.num), seen);

        fact->value.num = within(fact->key.kind, exact_round(grown, 1, ROUND_HALF_AWAY),
                                 fact->value.den);
}

static int64_t grown_count(int64_t count, struct exact seen)
{
        wide grown = exact_round(exact_div(exact_of(count), seen), 1, ROUND_HALF_AWAY);

        return (int64_t)(grown > COUNT_MAX ? COUNT_MAX : grown);
}

/* Sums of money that rows came to, to the cent: what is not whole is far below what is unknown. */
static struct exact grown_cents(struct exact cents, struct exact seen)
{
        cents = exact_of(exact_round(cents, 1, ROUND_HALF_AWAY));
        return exact_of(exact_round(exact_div(cents, seen), 1, ROUND_HALF_AWAY));
}

static void grow_members(struct forecast_facts *facts, struct exact seen)
{
        for (size_t i = 0; facts->has_members && i < facts->members.count; i++) {
                struct member_figures *one = &facts->figures[i];

                if (exact_cmp(seen, exact_of(1)) >= 0)
                        return;
                one->member_months = grown_count(one->member_months, seen);
                one->expenditure = grown_cents(one->expenditure, seen);
                one->truncated = grown_cents(one->truncated, seen);
                one->stoploss = grown_cents(one->stoploss, seen);
        }
}

/* How far member rows reach. */
static struct exact members_seen(const struct terms *terms, const struct run *run,
                                 const struct settle_inputs *inputs)
{
        const struct fact *factor = settle_fact(terms, inputs, FACT_COMPLETION_FACTOR,
                                                run->period);

        return seen_through(run->period, factor ? factor->key.paid_through : DATE_NONE);
}

static void grow_all(const struct run *run, struct forecast_facts *facts)
{
        for (size_t i = 0; i < facts->count; i++) {
                struct fact *fact = &facts->facts[i];

                if (fact_kind_accrues(fact->key.kind) && covers(run, fact) &&
                    fact->key.paid_through != DATE_NONE)
                        grow(fact, seen_through(run->period, fact->key.paid_through));
        }
}

/* ---- half widths */

struct widening {
        const struct terms *terms;
        const struct run *run;
        struct settle_inputs inputs;    /* the central forecast's */
        struct exact unseen;            /* where a figure does not say how far it reaches */
        struct forecast_facts *low, *high;
};

static struct exact unseen_of(const struct widening *x, const struct fact *fact)
{
        if (fact->key.paid_through == DATE_NONE)
                return x->unseen;
        return exact_sub(exact_of(1), seen_through(x->run->period, fact->key.paid_through));
}

/* Of a cost, in millionths; at most all of it. */
static wide cost_width(const struct widening *x, const struct item *item, struct exact unseen)
{
        static const struct item all;
        struct exact people, square;
        wide width;

        if (exact_sign(unseen) <= 0 ||
            (!forecast_people(x->terms, x->run, &x->inputs, item, &people) &&
             !forecast_people(x->terms, x->run, &x->inputs, &all, &people)))
                return 0;
        people = exact_max(exact_of(1), exact_of(exact_round(people, 1, ROUND_HALF_AWAY)));
        square = exact_mul(exact_ratio((wide)Z_CV_SQUARED * PPM * PPM, Z_CV_ONE),
                           exact_div(unseen, people));
        width = exact_isqrt(square);
        return width > PPM ? PPM : width;
}

static void widen_cost(const struct widening *x, size_t place, const struct fact *fact)
{
        wide size = fact->value.num < 0 ? -(wide)fact->value.num : fact->value.num;
        wide half = size * cost_width(x, &fact->key.item, unseen_of(x, fact)) / PPM;

        x->low->facts[place].value.num = within(fact->key.kind, fact->value.num + half, 1);
        x->high->facts[place].value.num = within(fact->key.kind, fact->value.num - half, 1);
}

static void widen_members(const struct widening *x, struct exact seen)
{
        struct exact unseen = exact_sub(exact_of(1), seen);

        for (size_t i = 0; x->low->has_members && i < x->low->members.count; i++) {
                struct exact *low = &x->low->figures[i].expenditure;
                struct exact *high = &x->high->figures[i].expenditure;
                wide width = cost_width(x, &x->low->figures[i].item, unseen), half;

                if (!width)
                        continue;
                half = exact_round(exact_mul(*low, exact_ratio(width, PPM)), 1, ROUND_HALF_AWAY);
                half = half < 0 ? -half : half;
                *low = exact_add(*low, exact_of(half));
                *high = exact_sub(*high, exact_of(half));
        }
}

/* Which way is better of the measure that is reported under @item. */
static bool less_is_better(const struct terms *terms, const struct item *item)
{
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];
                const struct param *measure = step_param(step, "measure");

                if (strcmp(step->kind.text, "measure") == 0 && measure &&
                    strcmp(measure->word.text, item->text) == 0)
                        return measure_direction(terms, step) == DIRECTION_LESS;
        }
        return false;
}

/* People not seen yet may do better or worse than those who were. */
static int64_t rate_width(int64_t met, int64_t eligible, struct exact unseen)
{
        struct exact variance;

        if (eligible <= 0 || met < 0 || met > eligible)
                return 0;
        variance = exact_mul(exact_ratio((wide)met * (eligible - met), eligible), unseen);
        return (int64_t)exact_isqrt(exact_mul(variance, exact_ratio(Z_SQUARED, PPM)));
}

static int64_t clamped(int64_t value, int64_t most)
{
        return value < 0 ? 0 : value > most ? most : value;
}

/* Each segment's is of its own people. */
static const struct fact *eligible_of(const struct widening *x, const struct fact *met)
{
        for (size_t i = 0; i < x->inputs.fact_count; i++) {
                const struct fact *fact = &x->inputs.facts[i];

                if (fact->key.kind == FACT_MEASURE_DENOMINATOR &&
                    item_equal(&fact->key.item, &met->key.item) &&
                    name_equal(&fact->key.segment, &met->key.segment) &&
                    period_equal(fact->key.period, met->key.period))
                        return fact;
        }
        return NULL;
}

static void widen_rate(const struct widening *x, size_t place, const struct fact *met)
{
        const struct fact *eligible = eligible_of(x, met);
        int64_t half, most = eligible ? eligible->value.num : 0;

        if (!eligible)
                return;
        half = rate_width(met->value.num, most, unseen_of(x, met));
        if (!half)
                return;
        if (less_is_better(x->terms, &met->key.item))
                half = -half;
        x->low->facts[place].value.num = clamped(met->value.num - half, most);
        x->high->facts[place].value.num = clamped(met->value.num + half, most);
}

static void widen_all(const struct widening *x)
{
        for (size_t i = 0; i < x->inputs.fact_count; i++) {
                const struct fact *fact = &x->inputs.facts[i];

                if (!period_equal(fact->key.period, x->run->period))
                        continue;
                if (fact_kind_costs(fact->key.kind))
                        widen_cost(x, i, fact);
                else if (fact->key.kind == FACT_MEASURE_NUMERATOR)
                        widen_rate(x, i, fact);
        }
}

static void copy(const struct forecast_facts *from, struct forecast_facts *to)
{
        to->count = from->count;
        to->has_members = from->has_members;
        to->members = from->members;
        memcpy(to->facts, from->facts, from->count * sizeof(from->facts[0]));
        if (from->has_members)
                memcpy(to->figures, from->figures, from->members.count * sizeof(from->figures[0]));
}

int forecast_facts(const struct terms *terms, const struct run *run,
                   const struct settle_inputs *inputs,
                   struct forecast_facts ret[FORECAST_COUNT], struct forecast_basis *ret_basis)
{
        struct forecast_facts *central = &ret[FORECAST_CENTRAL];
        struct widening x = { terms, run, .low = &ret[FORECAST_LOW], .high = &ret[FORECAST_HIGH] };
        struct exact seen = members_seen(terms, run, inputs);
        int r = choose(terms, run, inputs, central);

        if (r)
                return r;
        *ret_basis = basis_of(run, central);
        if (!ret_basis->whole) {
                grow_all(run, central);
                grow_members(central, seen);
        }
        copy(central, x.low);
        copy(central, x.high);
        if (ret_basis->whole)
                return 0;
        x.inputs = forecast_inputs(central, inputs);
        x.unseen = exact_sub(exact_of(1), seen_through(run->period, ret_basis->paid_through));
        widen_all(&x);
        widen_members(&x, seen);
        return 0;
}
