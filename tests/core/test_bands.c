/* SPDX-License-Identifier: Apache-2.0 */
/* Rates at a figure, and sums over bands, on every axis. */
#include <string.h>

#include "core/bands.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

#define PERCENT (SHARE_ONE / 100)

static struct step *step;

/* A step with a table on that axis, and its first band. */
static struct step *table_on(enum band_axis axis)
{
        static const char *const kinds[] = {
                [AXIS_COUNT] = "corridor-gate", [AXIS_DATE] = "sequester",
                [AXIS_SHARE] = "measure",       [AXIS_CENTS] = "stop-loss",
        };

        begin();
        step = with_step(&terms, kinds[axis]);
        return step;
}

static void band(int64_t from, int64_t to, int64_t first, int64_t last)
{
        with_band(&terms, step, "bands",
                  (struct band) { from, to, { first, 100 }, { last, 100 } });
}

static void has(struct exact at, int64_t num, int64_t den)
{
        struct exact rate;

        ck_assert(bands_rate(&terms, step, "bands", at, &rate));
        is(rate, num, den);
}

static void has_none(struct exact at)
{
        struct exact rate;

        ck_assert(!bands_rate(&terms, step, "bands", at, &rate));
}

/* ---- looking up */

START_TEST(whole_numbers_are_in_a_band_with_both_its_ends)
{
        table_on(AXIS_COUNT);
        band(100, 499, 10, 10);
        band(500, 999, 20, 20);
        band(2000, 2000, 30, 30);
        has_none(exact_of(99));
        has(exact_of(100), 1, 10);
        has(exact_of(499), 1, 10);
        has(exact_of(500), 1, 5);
        has(exact_of(999), 1, 5);
        has_none(exact_of(1000));
        has(exact_of(2000), 3, 10);
        has_none(exact_of(2001));
}
END_TEST

START_TEST(days_are_in_a_band_with_both_its_ends)
{
        struct exact rate;

        table_on(AXIS_DATE);
        band(100, 199, 1, 1);
        band(200, 300, 2, 2);
        ck_assert(bands_at(&terms, step, "bands", 199, &rate));
        is(rate, 1, 100);
        ck_assert(bands_at(&terms, step, "bands", 200, &rate));
        is(rate, 1, 50);
        ck_assert(bands_at(&terms, step, "bands", 300, &rate));
        ck_assert(!bands_at(&terms, step, "bands", 301, &rate));
        ck_assert(!bands_at(&terms, step, "bands", 99, &rate));
}
END_TEST

START_TEST(shares_are_in_a_band_without_its_end_but_for_the_last)
{
        table_on(AXIS_SHARE);
        band(0, 25 * PERCENT, 1, 1);
        band(25 * PERCENT, 50 * PERCENT, 2, 2);
        band(60 * PERCENT, 100 * PERCENT, 3, 3);
        has(exact_of(0), 1, 100);
        has(exact_ratio(24999999999, 100000000000), 1, 100);
        has(exact_ratio(1, 4), 1, 50);
        has(exact_ratio(499999999999, 1000000000000), 1, 50);
        has_none(exact_ratio(1, 2));
        has_none(exact_ratio(59, 100));
        has(exact_ratio(3, 5), 3, 100);
        has(exact_of(1), 3, 100);
        has_none(exact_ratio(1000000000001, 1000000000000));
        has_none(exact_ratio(-1, 1000000000000));
}
END_TEST

START_TEST(a_last_band_may_be_one_figure)
{
        table_on(AXIS_SHARE);
        band(0, SHARE_ONE, 1, 1);
        band(SHARE_ONE, SHARE_ONE, 2, 2);
        has(exact_ratio(999999999, 1000000000), 1, 100);
        has(exact_of(1), 1, 50);
}
END_TEST

START_TEST(money_is_looked_up_by_the_cent_and_below)
{
        table_on(AXIS_CENTS);
        band(100, 200, 1, 1);
        band(200, MONEY_MAX, 2, 2);
        has_none(exact_ratio(199, 2));
        has(exact_of(100), 1, 100);
        has(exact_ratio(399, 2), 1, 100);
        has(exact_of(200), 1, 50);
        has(exact_of(MONEY_MAX), 1, 50);
}
END_TEST

START_TEST(a_rate_runs_on_a_straight_line)
{
        table_on(AXIS_SHARE);
        band(10 * PERCENT, 40 * PERCENT, 100, 200);
        band(40 * PERCENT, 100 * PERCENT, 300, 0);
        has(exact_ratio(1, 10), 1, 1);
        has(exact_ratio(2, 10), 4, 3);
        has(exact_ratio(1, 3), 16, 9);
        has(exact_ratio(4, 10), 3, 1);
        has(exact_ratio(7, 10), 3, 2);
        has(exact_of(1), 0, 1);
        table_on(AXIS_COUNT);
        band(100, 499, 274, 122);       /* tenths of a percent, the published table */
        has(exact_of(152), 274 * 399 - 152 * 52, 399 * 100);
        table_on(AXIS_CENTS);
        band(0, 1000, 0, 100);
        has(exact_ratio(1, 3), 1, 3000);
}
END_TEST

START_TEST(a_table_that_is_not_given_holds_nothing)
{
        table_on(AXIS_SHARE);
        has_none(exact_of(0));
        is(bands_sum(&terms, step, "bands", exact_of(5), exact_of(1)), 0, 1);
}
END_TEST

/* ---- adding up */

static void reach_corridor(void)
{
        table_on(AXIS_SHARE);
        band(0, 25 * PERCENT, 100, 100);
        band(25 * PERCENT, 35 * PERCENT, 50, 50);
        band(35 * PERCENT, 50 * PERCENT, 25, 25);
        band(50 * PERCENT, SHARE_MOST, 10, 10);
}

static const struct {
        int64_t a, num, den;
} sums[] = {
        { 0, 0, 1 },
        { 1, 1, 1 },
        { 250, 250, 1 },
        { 251, 501, 2 },
        { 350, 300, 1 },
        { 500, 675, 2 },
        { 501, 1688, 5 },
        { 1000, 775, 2 },
        { 2000, 975, 2 },
        { 100000, 20575, 2 },   /* the last band ends at a hundred times */
        { 100001, 20575, 2 },
};

START_TEST(each_part_counts_at_its_own_band)
{
        reach_corridor();
        is(bands_sum(&terms, step, "bands", exact_of(sums[_i].a), exact_of(1000)), sums[_i].num,
           sums[_i].den);
        is(bands_sum(&terms, step, "bands", exact_of(-sums[_i].a), exact_of(1000)), -sums[_i].num,
           sums[_i].den);
}
END_TEST

START_TEST(a_corridor_ends_where_its_band_does)
{
        table_on(AXIS_SHARE);
        band(0, 3 * PERCENT, 80, 80);
        is(bands_sum(&terms, step, "bands", exact_of(700000000), exact_of(12000000000)), 288000000,
           1);
        is(bands_sum(&terms, step, "bands", exact_of(300000000), exact_of(12000000000)), 240000000,
           1);
        is(bands_sum(&terms, step, "bands", exact_of(-500000000), exact_of(12000000000)),
           -288000000, 1);
}
END_TEST

START_TEST(what_no_band_holds_counts_nothing)
{
        table_on(AXIS_SHARE);
        band(10 * PERCENT, 20 * PERCENT, 50, 50);
        band(30 * PERCENT, 40 * PERCENT, 100, 100);
        is(bands_sum(&terms, step, "bands", exact_of(10), exact_of(100)), 0, 1);
        is(bands_sum(&terms, step, "bands", exact_of(12), exact_of(100)), 1, 1);
        is(bands_sum(&terms, step, "bands", exact_of(25), exact_of(100)), 5, 1);
        is(bands_sum(&terms, step, "bands", exact_of(31), exact_of(100)), 6, 1);
        is(bands_sum(&terms, step, "bands", exact_of(90), exact_of(100)), 15, 1);
}
END_TEST

START_TEST(bands_of_money_are_ends_as_they_stand)
{
        table_on(AXIS_CENTS);
        band(10000000, 25000000, 80, 80);
        band(25000000, MONEY_MAX, 100, 100);
        is(bands_sum(&terms, step, "bands", exact_of(32000000), exact_of(1)), 19000000, 1);
        is(bands_sum(&terms, step, "bands", exact_of(10000000), exact_of(1)), 0, 1);
        is(bands_sum(&terms, step, "bands", exact_of(10000001), exact_of(1)), 4, 5);
}
END_TEST

/* By cutting it up: of each band what lies between its ends. */
static struct exact cut_up(struct exact a, struct exact b)
{
        const struct param *param = step_param(step, "bands");
        struct exact sum = exact_of(0);

        for (size_t i = 0; i < param->bands.count; i++) {
                const struct band *one = &terms.bands[param->bands.first + i];
                struct exact from = exact_mul(exact_ratio(one->from, SHARE_ONE), b);
                struct exact to = exact_mul(exact_ratio(one->to, SHARE_ONE), b);
                struct exact inside = exact_sub(exact_min(a, to), from);

                sum = exact_add(sum, exact_mul(exact_of_rate(one->at_from),
                                               exact_max(exact_of(0), inside)));
        }
        return sum;
}

START_TEST(a_sum_is_that_of_its_parts)
{
        const struct exact b = exact_of(777);

        table_on(AXIS_SHARE);
        band(2 * PERCENT, 13 * PERCENT, 70, 70);
        band(13 * PERCENT, 29 * PERCENT, 0, 0);
        band(31 * PERCENT, 57 * PERCENT, 33, 33);
        band(57 * PERCENT, 90 * PERCENT, 100, 100);
        for (int i = 0; i < 2000; i++) {
                const struct exact a = exact_ratio(i * 777, 1999);
                struct exact sum = bands_sum(&terms, step, "bands", a, b);

                ck_assert_int_eq(exact_cmp(sum, cut_up(a, b)), 0);
        }
}
END_TEST

/* ---- what a table is like */

START_TEST(a_table_covers_what_lies_between_without_gaps)
{
        const struct param *param;

        table_on(AXIS_SHARE);
        band(10, 20, 0, 0);
        band(20, 30, 0, 50);
        param = step_param(step, "bands");
        ck_assert(bands_cover(&terms, param, AXIS_SHARE, 10, 30));
        ck_assert(!bands_cover(&terms, param, AXIS_SHARE, 9, 30));
        ck_assert(!bands_cover(&terms, param, AXIS_SHARE, 10, 31));
        ck_assert(!bands_flat(&terms, param));
        ck_assert(bands_within(&terms, param, exact_of(0), exact_ratio(1, 2)));
        ck_assert(!bands_within(&terms, param, exact_of(0), exact_ratio(49, 100)));
        ck_assert(!bands_within(&terms, param, exact_ratio(1, 100), exact_of(1)));
        terms.bands[1].from = 21;
        ck_assert(!bands_cover(&terms, param, AXIS_SHARE, 10, 30));
        ck_assert(bands_cover(&terms, param, AXIS_COUNT, 10, 30));
        terms.bands[1].at_to = terms.bands[1].at_from;
        ck_assert(bands_flat(&terms, param));
}
END_TEST

/* ---- at the door */

static const struct {
        enum band_axis axis;
        struct band one, two;
        const char *says;       /* NULL: accepted */
} doors[] = {
        { AXIS_SHARE, { 0, 5, { 1, 2 }, { 1, 2 } }, { 5, SHARE_MOST, { 0, 1 }, { 1, 1 } }, NULL },
        { AXIS_SHARE, { 0, 5, { 1, 2 }, { 1, 2 } }, { 4, SHARE_ONE, { 0, 1 }, { 1, 1 } },
          "do not overlap" },
        { AXIS_SHARE, { 0, 5, { 1, 2 }, { 1, 2 } }, { 5, SHARE_MOST + 1, { 0, 1 }, { 1, 1 } },
          "both within limits" },
        { AXIS_SHARE, { -1, 5, { 1, 2 }, { 1, 2 } }, { 5, SHARE_ONE, { 0, 1 }, { 1, 1 } },
          "both within limits" },
        { AXIS_SHARE, { 7, 5, { 1, 2 }, { 1, 2 } }, { 8, SHARE_ONE, { 0, 1 }, { 1, 1 } },
          "both within limits" },
        { AXIS_SHARE, { 0, 0, { 1, 2 }, { 1, 2 } }, { 0, SHARE_ONE, { 0, 1 }, { 1, 1 } },
          "begins before its end" },
        { AXIS_SHARE, { 0, SHARE_ONE, { 0, 1 }, { 1, 2 } },
          { SHARE_ONE, SHARE_ONE, { 1, 1 }, { 1, 1 } }, NULL },
        { AXIS_SHARE, { 0, SHARE_ONE, { 0, 1 }, { 1, 2 } },
          { SHARE_ONE, SHARE_ONE, { 1, 1 }, { 1, 2 } }, "of one number, has one rate" },
        { AXIS_CENTS, { 100, 5000, { 1, 2 }, { 1, 2 } },
          { 5000, MONEY_MAX, { 1, 1 }, { 1, 1 } }, NULL },
        { AXIS_CENTS, { 100, 5000, { 1, 2 }, { 1, 2 } },
          { 5000, MONEY_MAX + 1, { 1, 1 }, { 1, 1 } }, "both within limits" },
        { AXIS_CENTS, { 100, 5000, { 1, 2 }, { 1, 2 } },
          { 4999, MONEY_MAX, { 1, 1 }, { 1, 1 } }, "do not overlap" },
        { AXIS_CENTS, { 100, 5000, { 1, 2 }, { 1, 2 } },
          { 5000, MONEY_MAX, { 2, 1 }, { 2, 1 } }, "within what they may be" },
        { AXIS_COUNT, { 100, 5000, { 1, 2 }, { 1, 2 } },
          { 5000, COUNT_MAX, { 1, 1 }, { 1, 1 } }, "do not overlap" },
        { AXIS_COUNT, { 100, 5000, { 1, 2 }, { 1, 2 } },
          { 5001, COUNT_MAX, { 1, 1 }, { 1, 1 } }, NULL },
};

static bool said_of_bands(const char *says)
{
        for (size_t i = 0; i < faults.count; i++)
                if (strstr(faults.list[i].says, says))
                        return true;
        return false;
}

START_TEST(bands_are_judged_by_their_axis)
{
        table_on(doors[_i].axis);
        if (doors[_i].axis == AXIS_SHARE) {
                with_word(step, "measure", "a1c");
                with_word(step, "scale", "table");
        } else if (doors[_i].axis == AXIS_CENTS) {
                with_cents(step, "attach", 100);
                with_word(step, "to", "amount");
        }
        with_band(&terms, step, "bands", doors[_i].one);
        with_band(&terms, step, "bands", doors[_i].two);
        check();
        if (doors[_i].says)
                ck_assert_msg(said_of_bands(doors[_i].says), "%s", doors[_i].says);
        else
                ck_assert(!said_of_bands("band"));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("bands");

        tcase_add_test(tests, whole_numbers_are_in_a_band_with_both_its_ends);
        tcase_add_test(tests, days_are_in_a_band_with_both_its_ends);
        tcase_add_test(tests, shares_are_in_a_band_without_its_end_but_for_the_last);
        tcase_add_test(tests, a_last_band_may_be_one_figure);
        tcase_add_test(tests, money_is_looked_up_by_the_cent_and_below);
        tcase_add_test(tests, a_rate_runs_on_a_straight_line);
        tcase_add_test(tests, a_table_that_is_not_given_holds_nothing);
        tcase_add_loop_test(tests, each_part_counts_at_its_own_band, 0, COUNT_OF(sums));
        tcase_add_test(tests, a_corridor_ends_where_its_band_does);
        tcase_add_test(tests, what_no_band_holds_counts_nothing);
        tcase_add_test(tests, bands_of_money_are_ends_as_they_stand);
        tcase_add_test(tests, a_sum_is_that_of_its_parts);
        tcase_add_test(tests, a_table_covers_what_lies_between_without_gaps);
        tcase_add_loop_test(tests, bands_are_judged_by_their_axis, 0, COUNT_OF(doors));
        return run_case(tests, "bands");
}
