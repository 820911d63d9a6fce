/* SPDX-License-Identifier: Apache-2.0 */
/* What a side says of what it has: its figures and its member rows. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/exact.h"
#include "tests/populations/population.h"

#define ALL (-1)

struct item category_item(int category)
{
        static const char *const names[CATEGORIES] = { "aged", "disabled", "esrd", "children",
                                                       "adults" };
        struct item ret = { "" };

        if (category >= 0)
                snprintf(ret.text, sizeof(ret.text), "%s", names[category]);
        return ret;
}

struct period population_period(void)
{
        return (struct period) { date_of(2024, 1, 1), date_of(2025, 1, 1) };
}

date paid_through_day(const struct view *view)
{
        return view->late ? date_of(2025, 6, 30) : date_of(2025, 3, 31);
}

/* ---- figures */

static bool is_of(const struct view *view, const struct person *person, int month, int category)
{
        return counts(view, person, month) &&
               (category == ALL || person->category[month] == category);
}

struct tally {
        int64_t heads, months, risk;
};

static struct tally tally(const struct view *view, int category)
{
        struct tally ret = { 0 };

        for (int i = 0; i < view->count; i++) {
                bool any = false;

                for (int month = 0; month < MONTHS; month++)
                        if (is_of(view, &view->people[i], month, category)) {
                                any = true;
                                ret.months++;
                                ret.risk += view->people[i].risk;
                        }
                ret.heads += any;
        }
        return ret;
}

int64_t spent(const struct view *view, int category, int64_t threshold)
{
        int64_t sum = 0;

        for (int i = 0; i < view->count; i++) {
                int64_t of_person = 0;

                for (int month = 0; month < MONTHS; month++)
                        if (is_of(view, &view->people[i], month, category))
                                of_person += paid(view, &view->people[i], month);
                sum += threshold && of_person > threshold ? threshold : of_person;
        }
        return sum;
}

static int64_t divided(wide num, wide den)
{
        return (int64_t)((2 * num + den) / (2 * den));
}

static struct fact *say(struct said *to, enum fact_kind kind, int category, int64_t num,
                        int64_t den)
{
        struct fact *fact = &to->facts[to->count++];

        assert(to->count <= SIDE_FACTS_MAX);
        *fact = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .item = category_item(category),
                         .period = population_period(),
                         .paid_through = DATE_NONE },
                .value = { fact_kind_info(kind)->unit, num, den },
                .index = to->count,
        };
        return fact;
}

static void say_spending(const struct view *view, int category, struct said *to)
{
        int64_t cents = spent(view, category, view->threshold);

        if (category == ALL && !view->rebate_apart)
                cents -= view->rebate;
        if (category == ALL)
                cents += view->wrong_cents;
        if (category == ALL && view->dollars)
                cents = divided(cents, 100) * 100;
        say(to, FACT_EXPENDITURE, category, cents, 1)->key.paid_through = paid_through_day(view);
}

/* In millionths, as it is stated and as the benchmark is reckoned by it. */
static int64_t mean_risk(const struct tally *of)
{
        return of->months ? divided(of->risk, of->months) : RISK_ONE;
}

int64_t risk_of(const struct view *view)
{
        const struct tally of = tally(view, ALL);

        return mean_risk(&of);
}

int64_t benchmark_of(const struct view *view)
{
        const struct tally of = tally(view, ALL);

        return divided((wide)view->price * mean_risk(&of) * of.months, (wide)RISK_ONE * MONTHS);
}

static void say_people(const struct view *view, int category, const struct tally *of,
                       struct said *to)
{
        const int64_t risk = mean_risk(of);

        say(to, FACT_HEAD_COUNT, category, of->heads + (category == ALL ? view->wrong_heads : 0),
            1);
        say(to, FACT_MEMBER_MONTHS, category, of->months, 1);
        if (category == ALL && view->whole_years)
                say(to, FACT_PERSON_YEARS, category, divided(of->months, MONTHS), 1);
        else
                say(to, FACT_PERSON_YEARS, category, of->months, MONTHS);
        if (category == ALL && view->short_risk)
                say(to, FACT_RISK_SCORE, category, divided(risk, 1000), 1000);
        else
                say(to, FACT_RISK_SCORE, category, risk, RISK_ONE);
}

static void say_benchmarks(const struct population *population, const struct view *view,
                           struct said *to)
{
        const wide each = (wide)view->price * risk_of(view);
        int64_t cents = benchmark_of(view);

        if (view->benchmark_dollars)
                cents = divided(cents, 100) * 100;
        if (population->per_capita)
                say(to, FACT_BENCHMARK_PER_CAPITA, ALL, divided(each, RISK_ONE), 1);
        if (population->total)
                say(to, FACT_BENCHMARK, ALL, cents, 1);
}

/* The side counts somebody of it: who leaves a category out says nothing of it. */
static void say_category(const struct view *view, int category, struct said *to)
{
        const struct tally of = tally(view, category);

        if (!of.months)
                return;
        say_people(view, category, &of, to);
        say_spending(view, category, to);
}

static void say_rebate(const struct view *view, struct said *to)
{
        struct fact *fact;

        if (!view->rebate)
                return;
        fact = say(to, view->rebate_apart ? FACT_OTHER_AMOUNT : FACT_EXPENDITURE, ALL,
                   -view->rebate, 1);
        snprintf(fact->key.item.text, sizeof(fact->key.item.text), "rebates");
        if (!view->rebate_apart)
                fact->key.paid_through = paid_through_day(view);
}

static void say_costly(const struct view *view, struct said *to)
{
        for (int i = 0; view->costly && i < view->count; i++) {
                int64_t cost = 0;
                struct fact *fact;

                for (int month = 0; month < MONTHS; month++)
                        if (counts(view, &view->people[i], month))
                                cost += paid(view, &view->people[i], month);
                if (cost <= view->costly || to->count == SIDE_FACTS_MAX)
                        continue;
                fact = say(to, FACT_STOPLOSS_CLAIM, ALL, cost, 1);
                snprintf(fact->key.item.text, sizeof(fact->key.item.text), "m%d", i);
        }
}

/* ---- rows */

static void put(uint8_t *to, uint64_t value, size_t size)
{
        for (size_t i = 0; i < size; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

static void put_row(struct said *to, uint32_t at, const struct view *view,
                    const struct person *person, int month)
{
        uint8_t place = 0;

        while (to->called[place] != person->category[month] + 1)
                place++;
        memcpy((uint8_t *)to->rows.member + (size_t)at * PSEUDONYM_SIZE, person->pseudonym,
               PSEUDONYM_SIZE);
        put((uint8_t *)to->rows.month + (size_t)at * 2, (uint64_t)(FIRST_MONTH + month), 2);
        ((uint8_t *)to->rows.category)[at] = place;
        put((uint8_t *)to->rows.risk + (size_t)at * 4, person->risk, 4);
        put((uint8_t *)to->rows.cents + (size_t)at * 8, (uint64_t)paid(view, person, month), 8);
}

static void send_rows(const struct view *view, struct said *to)
{
        const uint32_t count = (uint32_t)tally(view, ALL).months;
        uint8_t *at = to->columns;
        uint32_t row = 0;

        to->rows.count = count;
        to->rows.member = at;
        to->rows.month = at += (size_t)count * PSEUDONYM_SIZE;
        to->rows.category = at += (size_t)count * 2;
        to->rows.risk = at += count;
        to->rows.cents = at += (size_t)count * 4;
        for (int i = 0; i < view->count; i++)
                for (int month = 0; month < MONTHS; month++)
                        if (counts(view, &view->people[i], month))
                                put_row(to, row++, view, &view->people[i], month);
}

/* Each side lists its categories as it likes. */
static void list_categories(struct draw *draw, struct said *to)
{
        for (uint8_t i = 0; i < CATEGORIES; i++) {
                uint8_t other = (uint8_t)draw_below(draw, i + 1u);

                to->called[i] = to->called[other];
                to->called[other] = (uint8_t)(i + 1);
        }
}

void side_says(struct draw *draw, const struct population *population, int side, struct said *ret)
{
        const struct view *view = &population->views[side];
        const struct tally all = tally(view, ALL);

        ret->count = 0;
        say_people(view, ALL, &all, ret);
        say_spending(view, ALL, ret);
        say_benchmarks(population, view, ret);
        say_rebate(view, ret);
        for (int category = 0; view->parts && category < population->categories; category++)
                say_category(view, category, ret);
        say_costly(view, ret);
        for (size_t i = 0; i < ret->count; i++)
                ret->facts[i].side = side == 0 ? SIDE_BEARER : SIDE_EARNER;
        list_categories(draw, ret);
        if (population->rows)
                send_rows(view, ret);
}
