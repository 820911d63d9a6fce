/* SPDX-License-Identifier: Apache-2.0 */
/* The attacker's arithmetic, on what has a known answer. */
#include <math.h>
#include <stdlib.h>

#include "tests/disclosure/lp.h"
#include "tests/draw.h"
#include "tests/proof/run.h"
#include "tests/rounds.h"

static struct lp *lp;

static void set_up(void)
{
        lp = calloc(1, sizeof(*lp));
        ck_assert_ptr_nonnull(lp);
}

static void tear_down(void)
{
        free(lp);
}

static void row(enum lp_sense sense, long double right, long double a, long double b,
                long double c)
{
        long double *of = lp_add(lp, sense, right);

        of[0] = a;
        of[1] = b;
        of[2] = c;
}

static void ck_range(size_t unknown, long double least, long double most)
{
        long double of[LP_UNKNOWNS] = { 0 }, low, high;

        of[unknown] = 1;
        ck_assert_int_eq(lp_range(lp, of, &low, &high), LP_FOUND);
        ck_assert_msg(fabsl(low - least) < 1e-6L, "from %Lf, not %Lf", low, least);
        ck_assert_msg(fabsl(high - most) < 1e-6L * fmaxl(1, most), "to %Lf, not %Lf", high, most);
}

START_TEST(two_of_a_total_know_the_third)
{
        lp_begin(lp, 3);
        row(LP_EQUAL, 100, 1, 1, 1);
        row(LP_EQUAL, 30, 1, 0, 0);
        ck_range(1, 0, 70);
        row(LP_EQUAL, 50, 0, 1, 0);
        ck_range(2, 20, 20);
}
END_TEST

START_TEST(what_is_rounded_is_known_to_its_half)
{
        lp_begin(lp, 2);
        row(LP_AT_MOST, 105, 1, 1, 0);
        row(LP_AT_LEAST, 95, 1, 1, 0);
        row(LP_EQUAL, 60, 1, 0, 0);
        ck_range(1, 35, 45);
}
END_TEST

START_TEST(the_difference_of_two_totals_is_who_came)
{
        lp_begin(lp, 3);
        row(LP_EQUAL, 100, 1, 1, 0);
        row(LP_EQUAL, 117, 1, 1, 1);
        ck_range(2, 17, 17);
        ck_range(0, 0, 100);
}
END_TEST

/* A share of 0.4 of everything, of which one's own is 20 within and 40 without. */
START_TEST(a_share_is_a_line_through_nothing)
{
        lp_begin(lp, 2);
        row(LP_EQUAL, 0.4L * 40 - 20, 1 - 0.4L, -0.4L, 0);
        row(LP_AT_MOST, 60, 1, 1, 0);
        ck_range(0, 0, 20);
        ck_range(1, 10, 40);
}
END_TEST

START_TEST(without_end_and_without_any)
{
        long double of[LP_UNKNOWNS] = { 1 }, low, high;

        lp_begin(lp, 2);
        row(LP_AT_LEAST, 5, 1, 1, 0);
        ck_assert_int_eq(lp_range(lp, of, &low, &high), LP_FOUND);
        ck_assert(low == 0 && high == LP_INFINITE);
        row(LP_AT_MOST, 4, 1, 1, 0);
        ck_assert_int_eq(lp_range(lp, of, &low, &high), LP_IMPOSSIBLE);
}
END_TEST

/* The same said three times, and a corner that many rows meet in. */
START_TEST(what_is_said_again_adds_nothing)
{
        lp_begin(lp, 3);
        for (int i = 0; i < 3; i++) {
                row(LP_EQUAL, 10, 1, 1, 1);
                row(LP_AT_MOST, 10, 1, 2, 1);
                row(LP_AT_MOST, 0, -1, 1, 0);
        }
        ck_range(1, 0, 0);
        ck_range(0, 0, 10);
        ck_range(2, 0, 10);
}
END_TEST

/*
 * Drawn rows over two unknowns, each of which leaves the point 1,1 in; the ends of the range lie
 * where two rows cross, so all crossings are tried.
 */
#define DRAWN 6

static bool inside(long double a[][3], size_t count, long double x, long double y)
{
        for (size_t i = 0; i < count; i++)
                if (a[i][0] * x + a[i][1] * y > a[i][2] + 1e-9L)
                        return false;
        return true;
}

static void try_crossing(long double a[][3], size_t count, size_t i, size_t j,
                         long double *least, long double *most)
{
        long double d = a[i][0] * a[j][1] - a[i][1] * a[j][0], x, y;

        if (fabsl(d) < 1e-12L)
                return;
        x = (a[i][2] * a[j][1] - a[i][1] * a[j][2]) / d;
        y = (a[i][0] * a[j][2] - a[i][2] * a[j][0]) / d;
        if (!inside(a, count, x, y))
                return;
        *least = fminl(*least, x);
        *most = fmaxl(*most, x);
}

START_TEST(drawn_ones_have_their_ends_where_rows_cross)
{
        uint64_t state = 11;

        for (int round = 0; round < ROUNDS_OF(600); round++) {
                /* not negative, and at most 50 together, so that there is an end */
                long double a[DRAWN + 3][3] = { { -1, 0, 0 }, { 0, -1, 0 }, { 1, 1, 50 } };
                long double least = LP_INFINITE, most = -LP_INFINITE;

                lp_begin(lp, 2);
                row(LP_AT_MOST, 50, 1, 1, 0);
                for (size_t i = 3; i < DRAWN + 3; i++) {
                        a[i][0] = (long double)(splitmix(&state) % 21) - 10;
                        a[i][1] = (long double)(splitmix(&state) % 21) - 10;
                        a[i][2] = a[i][0] + a[i][1] + splitmix(&state) % 8;
                        row(LP_AT_MOST, a[i][2], a[i][0], a[i][1], 0);
                }
                for (size_t i = 0; i < DRAWN + 3; i++)
                        for (size_t j = 0; j < i; j++)
                                try_crossing(a, DRAWN + 3, i, j, &least, &most);
                ck_range(0, least, most);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("lp");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, two_of_a_total_know_the_third);
        tcase_add_test(tests, what_is_rounded_is_known_to_its_half);
        tcase_add_test(tests, the_difference_of_two_totals_is_who_came);
        tcase_add_test(tests, a_share_is_a_line_through_nothing);
        tcase_add_test(tests, without_end_and_without_any);
        tcase_add_test(tests, what_is_said_again_adds_nothing);
        tcase_add_test(tests, drawn_ones_have_their_ends_where_rows_cross);
        return run_case(tests, "lp");
}
