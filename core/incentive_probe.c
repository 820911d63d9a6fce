/* SPDX-License-Identifier: Apache-2.0 */
/* Settling with changed facts, and putting them back. */
#include <string.h>

#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/working.h"

bool probe(struct probing *x, enum forecast at, int64_t *ret_earned)
{
        settle(x->terms, x->run, &x->with[at], &x->work->statement);
        *ret_earned = x->work->statement.earned;
        return x->work->statement.status == STATEMENT_CALCULATED;
}

bool figure_find(const struct probing *x, enum fact_kind kind, const struct item *item,
                 struct recorded *ret)
{
        const struct settle_inputs *with = &x->with[FORECAST_CENTRAL];
        const struct fact *found[SEGMENTS_MAX];
        size_t count = settle_facts(x->terms, with, (struct wanted) { kind, item, x->run->period },
                                    found);

        ret->count = (uint16_t)count;
        for (size_t i = 0; i < count; i++)
                ret->at[i] = (uint16_t)(found[i] - with->facts);
        return count > 0;
}

struct exact figure_total(const struct probing *x, enum forecast at, const struct recorded *figure)
{
        struct exact total = exact_of(0);

        for (size_t i = 0; i < figure->count; i++) {
                const struct fact *fact = &x->work->facts[at].facts[figure->at[i]];

                total = exact_add(total, exact_of_value(&fact->value));
        }
        return total;
}

static struct exact within_kind(enum fact_kind kind, size_t count, struct exact total)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);

        total = exact_max(total, exact_of((wide)info->least * (wide)count));
        return exact_min(total, exact_of((wide)info->most * (wide)count));
}

/* As short as a rate comes in: at most nine decimals, neither part beyond 10^9. */
static struct exact shortened(struct exact rate)
{
        for (int decimals = 9; decimals >= 0; decimals--) {
                if (rate.den <= RATE_PART_MAX && rate.num <= RATE_PART_MAX &&
                    rate.num >= -RATE_PART_MAX)
                        break;
                rate = exact_round_decimals(rate, decimals, ROUND_HALF_AWAY);
        }
        return rate;
}

static void change_fact(struct probing *x, struct fact *fact, struct exact value)
{
        struct incentive_work *work = x->work;

        assert(work->change_count < CHANGES_MAX);
        work->changes[work->change_count++] = (struct changed_fact) { fact, fact->value };
        /* Parts of a person or a cent are read as a rate is: num / den. */
        if (value.den != 1)
                fact->value.unit = UNIT_RATE;
        fact->value.num = (int64_t)value.num;
        fact->value.den = (int64_t)value.den;
}

void change_figure(struct probing *x, enum forecast at, const struct recorded *figure,
                   struct exact total, bool parts)
{
        struct fact *first = &x->work->facts[at].facts[figure->at[0]];
        enum fact_kind kind = first->key.kind;

        total = within_kind(kind, figure->count, total);
        if (fact_kind_info((unsigned int)kind)->unit == UNIT_RATE)
                total = shortened(total);
        else if (!parts)
                total = exact_of(exact_round(total, 1, ROUND_HALF_AWAY));
        total = exact_sub(total, exact_sub(figure_total(x, at, figure),
                                           exact_of_value(&first->value)));
        change_fact(x, first, total);
}

void keep_members(struct probing *x, enum forecast at)
{
        const struct forecast_facts *facts = &x->work->facts[at];

        if (!x->work->figures_changed && facts->has_members)
                memcpy(x->work->figures, facts->figures,
                       facts->members.count * sizeof(facts->figures[0]));
        x->work->figures_changed = facts->has_members;
}

void change_members(struct probing *x, enum forecast at, size_t place, struct exact cents)
{
        struct forecast_facts *facts = &x->work->facts[at];

        assert(place < facts->members.count);
        keep_members(x, at);
        cents = exact_of(exact_round(cents, 1, ROUND_HALF_AWAY));
        facts->figures[place].expenditure = exact_max(exact_of(-MONEY_MAX),
                                                      exact_min(exact_of(MONEY_MAX), cents));
}

void put_back(struct probing *x, enum forecast at)
{
        struct incentive_work *work = x->work;
        struct forecast_facts *facts = &work->facts[at];

        while (work->change_count) {
                const struct changed_fact *change = &work->changes[--work->change_count];

                change->fact->value = change->value;
        }
        if (work->figures_changed)
                memcpy(facts->figures, work->figures,
                       facts->members.count * sizeof(facts->figures[0]));
        work->figures_changed = false;
}
