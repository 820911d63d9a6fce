/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incentives of contracts drawn over all templates and over all kinds of steps, held against
 * two full settlements each: the facts as they are, and as this test changes them.
 */
#include <stdio.h>
#include <string.h>

#include "core/incentive.h"
#include "tests/clients/drawn.h"
#include "tests/clients/drawn_template.h"
#include "tests/clients/run.h"
#include "tests/rounds.h"

static struct terms terms;
static struct drawn drawn;
static struct statement statement;
static struct incentive_work work;
static struct incentives came;
static struct forecast_facts forecasts[FORECAST_COUNT];
static struct forecast_basis basis;
static struct settle_inputs inputs;
static struct run run;

/* A copy of one forecast, to be changed. */
static struct forecast_facts mine;

/* How often what was looked for came at all: a test that holds for want of cases tells nothing. */
static struct {
        size_t contracts, points, patients, edges[EDGE_BEST + 1], costs, zero;
} seen;

static bool earned_by(const struct settle_inputs *with, int64_t *ret)
{
        settle(&terms, &run, with, &statement);
        *ret = statement.earned;
        return statement.status == STATEMENT_CALCULATED;
}

static bool earned_of_mine(int64_t *ret)
{
        const struct settle_inputs with = forecast_inputs(&mine, &inputs);

        return earned_by(&with, ret);
}

static struct fact *the(enum fact_kind kind, const char *item)
{
        for (size_t i = 0; i < mine.count; i++)
                if (mine.facts[i].key.kind == kind && !mine.facts[i].key.segment.text[0] &&
                    period_equal(mine.facts[i].key.period, run.period) &&
                    strcmp(mine.facts[i].key.item.text, item) == 0)
                        return &mine.facts[i];
        return NULL;
}

static const struct step *step_with(const char *kind, const char *param, const char *word)
{
        for (size_t i = 0; i < terms.step_count; i++) {
                const struct step *step = &terms.steps[i];
                const struct param *has = step_param(step, param);

                if (strcmp(step->kind.text, kind) == 0 && has &&
                    strcmp(has->word.text, word) == 0)
                        return step;
        }
        return NULL;
}

/* ---- a measure: so many hundredths of the people more, or fewer */

static bool fewer_are_better(const char *item)
{
        const struct step *step = step_with("measure", "measure", item);

        return step && measure_direction(&terms, step) == DIRECTION_LESS;
}

static void put_people(struct fact *met, int64_t hundredths, bool parts)
{
        met->value.num = parts ? hundredths : (hundredths + 50) / 100;
        met->value.den = parts ? 100 : 1;
        met->value.unit = parts ? UNIT_RATE : UNIT_COUNT;
}

static int64_t between(int64_t least, int64_t value, int64_t most)
{
        return value < least ? least : value > most ? most : value;
}

static void move_people(const char *item, enum fact_kind numerator, enum fact_kind denominator,
                        int64_t others, int64_t steps)
{
        struct fact *met = the(numerator, item), *of = the(denominator, item);
        int64_t people = of ? of->value.num : 0, at = met->value.num;
        int64_t most = people - others > at ? people - others : at;
        bool parts = !step_with("fee", "measure", item) && most <= COUNT_MAX / 100;

        if (!of || steps == 0)
                return;
        if (fewer_are_better(item))
                steps = -steps;
        put_people(met, between(0, 100 * at + steps * people, 100 * most), parts);
}

/* ---- a score */

static struct exact rate_given(const struct step *step, const char *name, int64_t otherwise)
{
        const struct param *param = step ? step_param(step, name) : NULL;

        return param ? exact_of_rate(param->rate) : exact_of(otherwise);
}

static void put_rate(struct fact *fact, struct exact rate)
{
        for (int decimals = 9; rate.den > RATE_PART_MAX || rate.num > RATE_PART_MAX; decimals--)
                rate = exact_round_decimals(rate, decimals, ROUND_HALF_AWAY);
        fact->value.num = (int64_t)rate.num;
        fact->value.den = (int64_t)rate.den;
}

static void move_rate(struct fact *fact, struct exact lowest, struct exact highest, int64_t steps)
{
        struct exact at = exact_of_value(&fact->value);
        struct exact to = exact_add(at, exact_mul(exact_sub(highest, lowest),
                                                  exact_ratio(steps, 100)));

        to = exact_min(to, exact_max(at, highest));
        put_rate(fact, exact_max(to, exact_min(at, lowest)));
}

/* A measure's score may be reported to one step and ranked by another: which is read first? */
static bool ranked(const char *item)
{
        static struct input list[INPUTS_MAX];
        size_t count = terms_inputs(&terms, list);

        for (size_t i = 0; i < count; i++)
                if ((list[i].kind == FACT_MEASURE_SCORE || list[i].kind == FACT_PEERS_BELOW) &&
                    strcmp(list[i].item.text, item) == 0)
                        return list[i].kind == FACT_PEERS_BELOW;
        return false;
}

static void move_score(const char *item, int64_t steps)
{
        const struct step *points = step_with("composite", "source", "points");
        struct fact *fact;

        if (*item && !ranked(item) && (fact = the(FACT_MEASURE_SCORE, item)))
                move_rate(fact, exact_of(0), exact_of(1), steps);
        else if (*item && ranked(item) && the(FACT_PEERS_BELOW, item))
                move_people(item, FACT_PEERS_BELOW, FACT_PEERS,
                            the(FACT_PEERS_EQUAL, item) ? the(FACT_PEERS_EQUAL, item)->value.num
                                                        : 0,
                            steps);
        else if (*item)
                return;
        else if (points && (fact = the(FACT_QUALITY_POINTS, "")))
                move_rate(fact, rate_given(points, "lowest", 0), rate_given(points, "highest", 1),
                          steps);
        else if ((fact = the(FACT_QUALITY_SCORE, "")))
                move_rate(fact, exact_of(0), exact_of(1), steps);
}

/* ---- total cost: so many dollars less for each person-year */

static bool counted(enum fact_kind kind, const char *item, struct exact *ret)
{
        const struct fact *one = the(kind, item);

        *ret = one ? exact_of_value(&one->value) : exact_of(0);
        if (one || *item)
                return exact_sign(*ret) > 0;
        for (size_t i = 0; i < mine.count; i++)
                if (mine.facts[i].key.kind == kind &&
                    period_equal(mine.facts[i].key.period, run.period))
                        *ret = exact_add(*ret, exact_round_decimals(
                                                       exact_of_value(&mine.facts[i].value), 6,
                                                       ROUND_HALF_AWAY));
        return exact_sign(*ret) > 0;
}

static struct exact people_of(const char *item)
{
        struct exact people;

        if (counted(FACT_PERSON_YEARS, item, &people))
                return people;
        if (counted(FACT_MEMBER_MONTHS, item, &people))
                return exact_div(people, exact_of(12));
        if (counted(FACT_HEAD_COUNT, item, &people))
                return people;
        for (size_t i = 0; mine.has_members && i < mine.members.count; i++)
                if (strcmp(mine.figures[i].item.text, item) == 0)
                        return exact_ratio(mine.figures[i].member_months, 12);
        counted(FACT_EPISODES, item, &people);
        return people;
}

static int64_t cents_of(struct exact cents)
{
        wide whole = exact_round(cents, 1, ROUND_HALF_AWAY);

        return (int64_t)(whole < -MONEY_MAX ? -MONEY_MAX : whole > MONEY_MAX ? MONEY_MAX : whole);
}

static bool read_at_all(enum fact_kind kind, const struct item *item)
{
        static struct input list[INPUTS_MAX];
        size_t count = terms_inputs(&terms, list);

        for (size_t i = 0; i < count; i++)
                if (list[i].kind == kind && !list[i].year && item_equal(&list[i].item, item))
                        return true;
        return false;
}

static void move_cost(struct fact *fact, int64_t steps)
{
        struct exact off = exact_mul(people_of(fact->key.item.text), exact_of(100 * (wide)steps));
        wide months = 3 * (wide)fact->value.num - 25 * (wide)steps;
        const struct fact_kind_info *info = fact_kind_info((unsigned int)fact->key.kind);

        if (fact->key.kind == FACT_EXPENDITURE_PER_CAPITA) {
                fact->value.num = cents_of(exact_of(fact->value.num - 100 * (wide)steps));
        } else if (fact->key.kind == FACT_EXPENDITURE) {
                fact->value.num = cents_of(exact_sub(exact_of(fact->value.num), off));
        } else if (months < 3 * (wide)info->least) {
                fact->value.num = info->least;
        } else {
                fact->value = (struct value) { UNIT_RATE, (int64_t)months, 3 };
        }
}

static void move_members(int64_t steps)
{
        const struct step *step = step_with("expenditure", "source", "members");
        const struct param *by = step ? step_param(step, "by") : NULL;
        bool parts = by && strcmp(by->word.text, "category") == 0;
        struct exact off[MEMBER_FIGURES_MAX];

        for (size_t i = 0; mine.has_members && i < mine.members.count; i++)
                off[i] = exact_mul(people_of(mine.figures[i].item.text),
                                   exact_of(100 * (wide)steps));
        for (size_t i = 0; step && mine.has_members && i < mine.members.count; i++)
                if (parts == (mine.figures[i].item.text[0] != '\0'))
                        mine.figures[i].expenditure = exact_of(
                                cents_of(exact_sub(mine.figures[i].expenditure, off[i])));
}

static void move_costs(int64_t steps)
{
        move_members(steps);
        for (size_t i = 0; i < mine.count; i++)
                if (fact_kind_costs(mine.facts[i].key.kind) &&
                    period_equal(mine.facts[i].key.period, run.period) &&
                    !mine.facts[i].key.segment.text[0] &&
                    read_at_all(mine.facts[i].key.kind, &mine.facts[i].key.item))
                        move_cost(&mine.facts[i], steps);
}

/* ---- held against each other */

static void move(enum forecast at, const struct incentive *row, int64_t steps)
{
        const char *item = row->item.text;

        mine = forecasts[at];
        if (row->of == INCENTIVE_TOTAL_COST)
                move_costs(steps);
        else if (row->of == INCENTIVE_SCORE)
                move_score(item, steps);
        else if (the(FACT_MEASURE_NUMERATOR, item))
                move_people(item, FACT_MEASURE_NUMERATOR, FACT_MEASURE_DENOMINATOR, 0, steps);
}

/* What a change comes to; nothing where it is not calculable. */
static int64_t more_than(enum forecast at)
{
        int64_t earned;

        return earned_of_mine(&earned) ? earned - came.earned[at] : 0;
}

static const char *where(const char *name, uint64_t seed, const struct incentive *row)
{
        static char text[200];

        snprintf(text, sizeof(text), "%s, seed %llu, row '%s' of kind %d", name,
                 (unsigned long long)seed, row ? row->item.text : "", row ? (int)row->of : 0);
        return text;
}

static void check_row(const char *name, uint64_t seed, const struct incentive *row)
{
        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++) {
                int64_t more;

                move(at, row, 1);
                more = more_than(at);
                ck_assert_msg(more == row->point[at], "%s: a point at forecast %d: %lld, not %lld",
                              where(name, seed, row), (int)at, (long long)row->point[at],
                              (long long)more);
                seen.points += more != 0;
                seen.zero += more == 0;
                seen.costs += more != 0 && row->of == INCENTIVE_TOTAL_COST;
        }
}

static void check_patient(const char *name, uint64_t seed, const struct incentive *row)
{
        int64_t more = 0;
        struct fact *met;

        if (!row->has_patient)
                return;
        mine = forecasts[FORECAST_CENTRAL];
        met = the(FACT_MEASURE_NUMERATOR, row->item.text);
        met->value.num += fewer_are_better(row->item.text) ? -1 : 1;
        if (met->value.num >= 0 &&
            (!row->has_counts || (uint64_t)met->value.num <= row->denominator))
                more = more_than(FORECAST_CENTRAL);
        ck_assert_msg(more == row->patient, "%s: a patient: %lld, not %lld",
                      where(name, seed, row), (long long)row->patient, (long long)more);
        seen.patients += more != 0;
}

static void check_edge(const char *name, uint64_t seed, const struct incentive *row)
{
        const struct fact *standard = the(FACT_QUALITY_STANDARD_MET, "");
        int64_t more;

        seen.edges[row->edge]++;
        if (row->edge == EDGE_NONE) {
                ck_assert_int_eq(row->edge_steps, 0);
                ck_assert_int_eq(row->edge_worth, 0);
                return;
        }
        ck_assert_int_ge(row->edge_steps, 1);
        ck_assert_int_gt(row->edge_worth, 0);
        if (row->edge == EDGE_GATE && row->of == INCENTIVE_SCORE && !row->item.text[0] &&
            standard && !standard->value.num)
                return;         /* nobody counts points to a standard that is reported */
        move(FORECAST_CENTRAL, row, row->edge_steps);
        more = more_than(FORECAST_CENTRAL);
        ck_assert_msg(more == row->edge_worth, "%s: edge %d at %lld: %lld, not %lld",
                      where(name, seed, row), (int)row->edge, (long long)row->edge_steps,
                      (long long)row->edge_worth, (long long)more);
}

static void check_sums(const char *name, uint64_t seed)
{
        int64_t stakes = 0;

        for (size_t i = 0; i < came.count; i++) {
                ck_assert_int_ge(came.rows[i].stake, 0);
                stakes += came.rows[i].stake;
        }
        if (came.count == 0)
                ck_assert_int_eq(came.most, came.least);
        ck_assert_msg(stakes == came.most - came.least, "%s: at stake %lld, the range is %lld",
                      where(name, seed, NULL), (long long)stakes,
                      (long long)(came.most - came.least));
        ck_assert_int_le(came.least, came.earned[FORECAST_CENTRAL]);
        ck_assert_int_ge(came.most, came.earned[FORECAST_CENTRAL]);
}

static void check_earned(const char *name, uint64_t seed)
{
        int64_t earned;

        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++) {
                mine = forecasts[at];
                if (!earned_of_mine(&earned))
                        earned = came.earned[FORECAST_CENTRAL];
                ck_assert_msg(earned == came.earned[at], "%s: forecast %d: %lld, not %lld",
                              where(name, seed, NULL), (int)at, (long long)came.earned[at],
                              (long long)earned);
                if (basis.whole)
                        ck_assert_int_eq(came.earned[at], came.earned[FORECAST_CENTRAL]);
        }
}

static void check_all(const char *name, uint64_t seed)
{
        int64_t earned;

        ck_assert_int_eq(forecast_facts(&terms, &run, &inputs, forecasts, &basis), 0);
        incentives_of(&terms, &run, &inputs, NULL, &work, &came);
        mine = forecasts[FORECAST_CENTRAL];
        ck_assert_int_eq(came.status == STATEMENT_CALCULATED, earned_of_mine(&earned));
        if (came.status != STATEMENT_CALCULATED) {
                ck_assert_str_eq(came.reason.text, statement.reason.text);
                ck_assert_uint_eq(came.count, 0);
                return;
        }
        seen.contracts++;
        check_earned(name, seed);
        check_sums(name, seed);
        for (size_t i = 0; i < came.count; i++) {
                check_row(name, seed, &came.rows[i]);
                check_patient(name, seed, &came.rows[i]);
                check_edge(name, seed, &came.rows[i]);
        }
}

/* ---- contracts */

/* Some of the figures reach only so far into the period. */
static void draw_coverage(void)
{
        date days = run.period.until - run.period.from;
        bool rounded = drawn_below(2);

        if (drawn_below(3) == 0)
                return;
        for (size_t i = 0; i < drawn.count; i++) {
                date day = run.period.from + (date)drawn_below((uint64_t)days);

                if (rounded)
                        day = date_add_months(run.period.from, 8) - 1;
                if (period_equal(drawn.facts[i].key.period, run.period) && drawn_below(3))
                        drawn.facts[i].key.paid_through = day;
        }
}

static void check_drawn(const char *name, uint64_t seed)
{
        run = (struct run) {
                .contract = terms.contract, .kind = RUN_PREVIEW, .number = 1,
                .period = terms.periods[terms.period_count - 1],
        };
        run.payment = date_add_months(run.period.until, 10);
        if (!drawn_statement(&terms, &run, &drawn, &statement))
                return;
        draw_coverage();
        inputs = (struct settle_inputs) {
                .facts = drawn.facts, .fact_count = drawn.count,
                .carried = drawn.carried, .carried_count = drawn.carried_count,
                .members = drawn.members.count ? &drawn.members : NULL,
        };
        check_all(name, seed);
}

static int year_of(const struct template_info *info)
{
        return info->last_year < 2026 ? info->last_year : 2026;
}

/* More of them by ACCORD_INCENTIVE_ROUNDS. */
static uint64_t rounds(uint64_t usual)
{
        const char *more = getenv("ACCORD_INCENTIVE_ROUNDS");

        return more ? strtoull(more, NULL, 10) : ROUNDS_OF(usual);
}

START_TEST(derivatives_of_all_templates_are_differences_of_settlements)
{
        const struct template_info *info;

        for (uint64_t seed = 0; seed < rounds(6); seed++)
                for (size_t i = 0; (info = template_at(i)); i++) {
                        struct settings settings = { .count = 0 };

                        if (use_template(info, year_of(info), &settings, &terms))
                                continue;
                        drawn_seed(seed * 100 + i + 1);
                        drawn.plain = drawn_below(2);
                        check_drawn(info->name, seed);
                }
        ck_assert_uint_gt(seen.contracts, rounds(6) * 30);
        ck_assert_uint_gt(seen.points, seen.contracts / 2);
        ck_assert_uint_gt(seen.patients, 0);
        ck_assert_uint_gt(seen.costs, 0);
        for (size_t edge = EDGE_NONE; edge <= EDGE_BEST; edge++)
                ck_assert_uint_gt(seen.edges[edge], 0);
}
END_TEST

START_TEST(derivatives_over_all_kinds_of_steps_are_differences_of_settlements)
{
        for (uint64_t seed = 0; seed < rounds(200); seed++) {
                drawn_seed(seed + 7000);
                drawn.plain = false;
                drawn_terms(&terms, 24);
                check_drawn("drawn", seed);
        }
        ck_assert_uint_gt(seen.contracts, rounds(200) / 5);
        ck_assert_uint_gt(seen.points, seen.contracts / 10);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("incentive");

        tcase_set_timeout(tests, 300);
        tcase_add_test(tests, derivatives_of_all_templates_are_differences_of_settlements);
        tcase_add_test(tests, derivatives_over_all_kinds_of_steps_are_differences_of_settlements);
        return run_case(tests, "incentive");
}
