/* SPDX-License-Identifier: Apache-2.0 */
/* What is said where facts are in dispute, from both sides' versions of it. */
#include <stdlib.h>
#include <string.h>

#include "core/versions.h"
#include "tests/core/run.h"

#define MANY (DISPUTED_PER_STATEMENT_MAX + 3)

static struct statement *record, *bearer, *earner;
static struct fact facts[2 * MANY];
static struct fact_rule rules[MANY];
static struct match matches[MANY];
static const struct match *held[MANY];

static void set_up(void)
{
        record = calloc(3, sizeof(*record));
        ck_assert_ptr_nonnull(record);
        bearer = record + 1;
        earner = record + 2;
        for (int i = 0; i < 3; i++)
                record[i].status = STATEMENT_CALCULATED;
        record->earned = 1;
        bearer->earned = 2;
        earner->earned = 3;
        memset(facts, 0, sizeof(facts));
        memset(rules, 0, sizeof(rules));
        for (uint32_t i = 0; i < MANY; i++) {
                facts[2 * i] = (struct fact) {
                        .key = { .kind = FACT_EXPENDITURE }, .index = 100 + i, .event = 1,
                        .value = { UNIT_CENTS, 10, 1 }, .side = SIDE_BEARER,
                };
                facts[2 * i + 1] = facts[2 * i];
                facts[2 * i + 1].index = 200 + i;
                facts[2 * i + 1].value.num = 20;
                facts[2 * i + 1].side = SIDE_EARNER;
                matches[i] = (struct match) {
                        .bearer = &facts[2 * i], .earner = &facts[2 * i + 1], .rule = &rules[i],
                        .result = MATCH_DISPUTED, .of_record = SIDE_EARNER,
                };
                held[i] = &matches[i];
        }
        matches[1].of_record = SIDE_BEARER;
}

static void tear_down(void)
{
        free(record);
}

#define B SIDE_BEARER
#define E SIDE_EARNER
#define N SIDE_NEITHER

/* Payable by each version and of record, what is material, and what is said. */
static const struct {
        int64_t bearer, earner, record, material[2], payable;
        enum side basis;
} table[] = {
        /* one sign: the nearer to 0 */
        { 500, 800, 800, { 0, 0 }, 500, B },
        { 800, 500, 500, { 0, 0 }, 500, E },
        { -500, -800, -800, { 0, 0 }, -500, B },
        { -800, -500, -800, { 0, 0 }, -500, E },
        { 1, INT64_C(2000000000000000), 1, { 0, 0 }, 1, B },
        /* different signs, or nothing on one side: nothing, by whom is of record for the first */
        { -500, 800, 800, { 0, 0 }, 0, E },
        { 500, -800, 800, { 0, 0 }, 0, E },
        { 0, 800, 800, { 0, 0 }, 0, E },
        { 800, 0, 800, { 0, 0 }, 0, E },
        { -800, 0, 0, { 0, 0 }, 0, E },
        /* the same figure: all of it */
        { 500, 500, 500, { 0, 0 }, 500, E },
        { 0, 0, 0, { 0, 0 }, 0, E },
        /* by less than is material: that of record, whatever it is */
        { 500, 599, 599, { 100, 100 }, 599, N },
        { 500, 599, 550, { 100, 100 }, 550, N },
        { -50, 49, 49, { 100, 200 }, 49, N },
        { 500, 500, 500, { 1, 1 }, 500, N },
        { 500, 600, 600, { 100, 100 }, 500, B },
        { 600, 500, 600, { 100, 100 }, 500, E },
        { -50, 50, 50, { 100, 100 }, 0, E },
        /* the least of all counts, and 0 is that every cent does */
        { 500, 599, 599, { 100, 50 }, 500, B },
        { 500, 599, 599, { 50, 100 }, 500, B },
        { 500, 599, 599, { 100, 0 }, 500, B },
        { 500, 500, 500, { 100, 0 }, 500, E },
};

START_TEST(what_both_agree_on_is_said)
{
        int64_t earned = table[_i].basis == B ? 2 : table[_i].basis == E ? 3 : 1;

        bearer->payable = table[_i].bearer;
        earner->payable = table[_i].earner;
        record->payable = table[_i].record;
        rules[0].materiality = table[_i].material[0];
        rules[1].materiality = table[_i].material[1];
        versions_say(held, 2, bearer, earner, record);
        ck_assert(record->has_versions);
        ck_assert_int_eq(record->by_bearer, table[_i].bearer);
        ck_assert_int_eq(record->by_earner, table[_i].earner);
        ck_assert_int_eq(record->payable, table[_i].payable);
        ck_assert_int_eq(record->basis, table[_i].basis);
        ck_assert_int_eq(record->earned, earned);
        ck_assert_uint_eq(record->disputed_count, 2);
        ck_assert_uint_eq(record->disputed_more, 0);
        ck_assert_uint_eq(record->disputed[1].bearer.index, 101);
        ck_assert_uint_eq(record->disputed[1].earner.index, 201);
        ck_assert_int_eq(record->disputed[1].earner.value.num, 20);
}
END_TEST

/* A version that cannot be calculated: that of record is said, and what is in dispute. */
START_TEST(without_two_figures_there_is_nothing_to_hold)
{
        (_i ? bearer : earner)->status = STATEMENT_NOT_CALCULABLE;
        bearer->payable = 5;
        earner->payable = 50;
        record->payable = 50;
        versions_say(held, 1, bearer, earner, record);
        ck_assert(!record->has_versions);
        ck_assert_int_eq(record->payable, 50);
        ck_assert_int_eq(record->earned, 1);
        ck_assert_int_eq(record->basis, 0);
        ck_assert_uint_eq(record->disputed_count, 1);
}
END_TEST

/* That of record may lack what either version has: then theirs are said all the same. */
START_TEST(two_figures_are_enough)
{
        record->status = STATEMENT_NOT_CALCULABLE;
        bearer->payable = 5;
        earner->payable = 50;
        earner->relayed = true;
        versions_say(held, 1, bearer, earner, record);
        ck_assert_int_eq(record->status, STATEMENT_CALCULATED);
        ck_assert_int_eq(record->payable, 5);
        ck_assert(record->relayed);
}
END_TEST

START_TEST(what_does_not_fit_is_counted)
{
        versions_say(held, MANY, bearer, earner, record);
        ck_assert_uint_eq(record->disputed_count, DISPUTED_PER_STATEMENT_MAX);
        ck_assert_uint_eq(record->disputed_more, 3);
        ck_assert_uint_eq(record->disputed[DISPUTED_PER_STATEMENT_MAX - 1].bearer.index,
                          100 + DISPUTED_PER_STATEMENT_MAX - 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("versions");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_loop_test(tests, what_both_agree_on_is_said, 0, COUNT_OF(table));
        tcase_add_loop_test(tests, without_two_figures_there_is_nothing_to_hold, 0, 2);
        tcase_add_test(tests, two_figures_are_enough);
        tcase_add_test(tests, what_does_not_fit_is_counted);
        return run_case(tests, "versions");
}
