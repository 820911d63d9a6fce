/* SPDX-License-Identifier: Apache-2.0 */
/* Facts, carried figures and member rows for whatever terms. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/core/anything.h"
#include "tests/core/arrange.h"
#include "tests/core/run.h"
#include "tests/core/usual.h"

static int64_t between(int64_t least, int64_t most)
{
        return least + (int64_t)anything_below((uint64_t)(most - least) + 1);
}

static int64_t end_of(int64_t least, int64_t most)
{
        switch (anything_below(6)) {
        case 0:
                return 0;
        case 1:
                return 1;
        case 2:
                return least;
        case 3:
                return least + (most > least);
        case 4:
                return most - (most > least);
        default:
                return most;
        }
}

/* ---- values */

static struct value extreme_value(const struct fact_kind_info *info)
{
        static const int64_t dens[] = { 1, 999999937, 999999999, 1000000000, 999999893, 3 };
        struct value value = { info->unit, end_of(info->least, info->most), 1 };
        int64_t low, high;

        if (info->unit != UNIT_RATE)
                return value;
        value.den = dens[anything_below(COUNT_OF(dens))];
        low = info->least * value.den;
        high = info->most * value.den;
        low = low < -RATE_PART_MAX ? -RATE_PART_MAX : low;
        high = high > RATE_PART_MAX ? RATE_PART_MAX : high;
        value.num = anything_below(2) ? end_of(low, high) : between(low, high);
        return value;
}

static struct value draw_value(enum fact_kind kind, enum how how)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        bool extreme = how == EXTREME ? anything_below(8) > 0 : how == MIXED && !anything_below(5);
        struct value value = extreme ? extreme_value(info) : usual_value(info, anything_below);

        if (fact_value_fault(kind, &value))
                value = usual_value(info, anything_below);
        ck_assert_msg(!fact_value_fault(kind, &value), "%s: %s", info->name,
                      fact_value_fault(kind, &value));
        return value;
}

/* ---- facts */

static struct fact *add_fact(const struct terms *terms, struct anything *to, struct fact_key key,
                             enum how how)
{
        struct fact *fact = &to->facts[to->count++];

        ck_assert_uint_le(to->count, ANYTHING_FACTS_MAX);
        *fact = (struct fact) { .key = key,
                                .value = draw_value(key.kind, how),
                                .index = 10 + to->count,
                                .event = (uint32_t)anything_below(3),
                                .side = terms_of_record(terms, key.kind) };
        return fact;
}

/* Now and then said before, by the other side as well, or of claims paid through another day. */
static void add_versions(const struct terms *terms, struct anything *to, struct fact_key key,
                         enum how how)
{
        struct fact *other;

        add_fact(terms, to, key, how);
        if (!anything_below(6))
                add_fact(terms, to, key, how);
        if (!anything_below(12)) {
                other = add_fact(terms, to, key, how);
                if (other->side != SIDE_NEITHER)
                        other->side = other->side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
        }
        if (!anything_below(12)) {
                key.paid_through = date_of(2025, 3, (int)between(1, 31));
                add_fact(terms, to, key, how);
        }
}

/* Of the contract, or of each of its segments, which settling adds up. */
static void add_key(const struct terms *terms, struct anything *to, struct fact_key key,
                    enum how how)
{
        if (!terms->segment_count || !fact_kind_adds_up(key.kind) || !anything_below(3)) {
                add_versions(terms, to, key, how);
                return;
        }
        for (size_t i = 0; i < terms->segment_count; i++) {
                key.segment = terms->segments[i].name;
                add_fact(terms, to, key, how);
        }
}

static void add_input(const struct terms *terms, struct anything *to, const struct input *input,
                      enum how how)
{
        struct fact_key key = { .scope = SCOPE_CONTRACT,
                                .kind = input->kind,
                                .item = input->item,
                                .period = to->run.period,
                                .paid_through = DATE_NONE };

        if (input->year)
                key.period = calendar_year(input->year);
        if (!input->many) {
                add_key(terms, to, key, how);
                return;
        }
        for (size_t i = anything_below(5); i; i--) {
                snprintf(key.item.text, sizeof(key.item.text), "%zu-one", i);
                add_versions(terms, to, key, how);
        }
}

/* ---- what is carried, member rows */

static struct exact carried_figure(enum carry what, enum how how)
{
        const int64_t most = MONEY_MAX;
        bool score = what == CARRY_QUALITY_SCORE || what == CARRY_MEASURE_RATE ||
                     what == CARRY_ELECTION;

        if (score)
                return exact_ratio(end_of(between(0, 5000), 10000), 10000);
        if (how == EXTREME)
                return exact_ratio((wide)end_of(what == CARRY_UNPAID ? -most : 0, most) * 10000 -
                                           (wide)anything_below(3), 10000);
        return what == CARRY_BUDGET ? exact_of(between(900000000, 1100000000))
                                    : exact_ratio(between(0, 50000000000), 10000);
}

static void draw_carried(struct anything *to, enum how how)
{
        static const enum carry all[] = {
#define X(code, name, line, number, says) CARRY_##code,
                CARRIES(X)
#undef X
        };

        to->carried_count = 0;
        for (int i = 0; i < 2 * COUNT_OF(all); i++) {
                struct carried *carried = &to->carried[to->carried_count];

                if (anything_below(2) || to->carried_count == ANYTHING_CARRIED_MAX)
                        continue;
                *carried = (struct carried) { .what = all[i / 2], .run = 7 };
                if (i % 2)
                        memcpy(carried->item.text, anything_below(2) ? "a1c" : "esrd", 4);
                carried->figure = carried_figure(all[i / 2], how);
                to->carried_count++;
        }
}

/* Sums of rows have the denominators of completion and of months; none is beyond money. */
static void draw_figures(struct member_figures *ret, enum how how)
{
        const wide den = how == EXTREME ? (wide)999999937 * 12 : between(1, 12);
        const int64_t money = how == MODEST ? 1100000000 : MONEY_MAX;

        ret->head_count = how == EXTREME ? end_of(0, COUNT_MAX) : between(1000, 9000);
        ret->member_months = how == EXTREME ? end_of(0, COUNT_MAX) : between(12000, 100000);
        ret->expenditure = exact_ratio((wide)between(-money / 10, money) * den - 1, den);
        ret->truncated = exact_ratio((wide)between(0, money / 100) * den + 1, den);
        ret->stoploss = exact_ratio((wide)between(0, money / 100) * den + 1, den);
        ret->risk = exact_ratio(between(0, ROW_RISK_MAX), 1000000);
}

static void draw_members(struct anything *to, enum how how)
{
        static const char *const items[ANYTHING_FIGURES_MAX] = { "", "esrd", "aged" };

        to->members = (struct members) { .figures = to->figures, .rows = 1000 };
        to->members.count = anything_below(3) ? 0 : ANYTHING_FIGURES_MAX;
        for (size_t i = 0; i < ANYTHING_FIGURES_MAX; i++) {
                memset(&to->figures[i], 0, sizeof(to->figures[i]));
                memcpy(to->figures[i].item.text, items[i], strlen(items[i]));
                draw_figures(&to->figures[i], how);
        }
}

void anything_facts(const struct terms *terms, enum how how, struct anything *ret)
{
        static struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(terms, inputs);
        uint64_t missing = anything_below(3) ? 0 : 30;

        ck_assert_uint_le(count, INPUTS_MAX);
        ret->run = run_of_2024(date_of((int)between(2011, 2030), 10, 15));
        if (!anything_below(5))
                ret->run.period.until = date_of(2024, (int)between(2, 12), 1);
        ret->count = 0;
        draw_carried(ret, how);
        draw_members(ret, how);
        for (size_t i = 0; i < count; i++)
                if (inputs[i].need == READ_IF_SO ? anything_below(2)
                                                 : !missing || anything_below(missing))
                        add_input(terms, ret, &inputs[i], how);
}

struct settle_inputs anything_inputs(const struct anything *of)
{
        return (struct settle_inputs) {
                .facts = of->facts, .fact_count = of->count,
                .carried = of->carried, .carried_count = of->carried_count,
                .members = of->members.count ? &of->members : NULL,
        };
}
