/* SPDX-License-Identifier: Apache-2.0 */
#include "core/exact.h"
#include "tests/core/run.h"

#define LARGE INT64_C(1000000000000000)

static const struct {
        const char *says;
        int64_t num, den, unit;
        int64_t away, up, even, cut;
} roundings[] = {
        { "a whole number stays", 7, 1, 1, 7, 7, 7, 7 },
        { "nothing stays nothing", 0, 1, 100, 0, 0, 0, 0 },
        { "less than half goes down", 149, 100, 1, 1, 1, 1, 1 },
        { "more than half goes up", 151, 100, 1, 2, 2, 2, 1 },
        { "half of an odd", 3, 2, 1, 2, 2, 2, 1 },
        { "half of an even", 5, 2, 1, 3, 3, 2, 2 },
        { "half below zero, odd", -3, 2, 1, -2, -1, -2, -1 },
        { "half below zero, even", -5, 2, 1, -3, -2, -2, -2 },
        { "more than half below zero", -151, 100, 1, -2, -2, -2, -1 },
        { "less than half below zero", -149, 100, 1, -1, -1, -1, -1 },
        { "a third", 1, 3, 1, 0, 0, 0, 0 },
        { "two thirds", 2, 3, 1, 1, 1, 1, 0 },
        { "half a cent of a dollar's worth", 250, 1, 100, 300, 300, 200, 200 },
        { "a paid half dollar goes up", 1197629950, 1, 100, 1197630000, 1197630000, 1197630000,
          1197629900 },
        { "an owed half dollar goes away from zero", -211824350, 1, 100, -211824400, -211824300,
          -211824400, -211824300 },
        { "a hair below half", 499999999, 1000000000, 1, 0, 0, 0, 0 },
};

START_TEST(rounds_as_the_mode_says)
{
        const struct exact a = exact_ratio(roundings[_i].num, roundings[_i].den);
        const wide unit = roundings[_i].unit;

        ck_assert_msg(exact_round(a, unit, ROUND_HALF_AWAY) == roundings[_i].away, "away: %s",
                      roundings[_i].says);
        ck_assert_msg(exact_round(a, unit, ROUND_HALF_UP) == roundings[_i].up, "up: %s",
                      roundings[_i].says);
        ck_assert_msg(exact_round(a, unit, ROUND_HALF_EVEN) == roundings[_i].even, "even: %s",
                      roundings[_i].says);
        ck_assert_msg(exact_round(a, unit, ROUND_TOWARD_ZERO) == roundings[_i].cut, "cut: %s",
                      roundings[_i].says);
}
END_TEST

START_TEST(fractions_are_kept_reduced)
{
        struct exact a = exact_ratio(-6, -8), b = exact_ratio(6, -8), zero = exact_ratio(0, -5);

        ck_assert(a.num == 3 && a.den == 4);
        ck_assert(b.num == -3 && b.den == 4);
        ck_assert(zero.num == 0 && zero.den == 1);
        a = exact_add(exact_ratio(1, 6), exact_ratio(1, 3));
        ck_assert(a.num == 1 && a.den == 2);
        a = exact_sub(exact_ratio(1, 6), exact_ratio(1, 6));
        ck_assert(a.num == 0 && a.den == 1);
        a = exact_mul(exact_ratio(-2, 3), exact_ratio(9, 4));
        ck_assert(a.num == -3 && a.den == 2);
        a = exact_div(exact_ratio(2, 3), exact_ratio(-4, 9));
        ck_assert(a.num == -3 && a.den == 2);
}
END_TEST

/* Both products are beyond 128 bits and differ in their last digit. */
START_TEST(comparing_never_overflows)
{
        const wide long_number = (wide)1 << 120;
        struct exact a = exact_ratio(long_number - 1, long_number - 3);
        struct exact b = exact_ratio(long_number - 3, long_number - 5);

        ck_assert_int_lt(exact_cmp(a, b), 0);
        ck_assert_int_gt(exact_cmp(b, a), 0);
        ck_assert_int_eq(exact_cmp(a, a), 0);
        ck_assert_int_gt(exact_cmp(exact_neg(a), exact_neg(b)), 0);
        ck_assert_int_lt(exact_cmp(exact_neg(a), b), 0);
        ck_assert_int_gt(exact_cmp(exact_ratio(long_number, 5), exact_ratio(1, 1024)), 0);
        ck_assert(exact_min(a, b).num == a.num);
        ck_assert(exact_max(a, b).num == b.num);
}
END_TEST

START_TEST(comparing_agrees_with_small_numbers)
{
        for (int num = -7; num <= 7; num++)
                for (int den = 1; den <= 5; den++)
                        for (int other = -7; other <= 7; other++)
                                for (int below = 1; below <= 5; below++) {
                                        int expected = (num * below > other * den) -
                                                       (num * below < other * den);

                                        ck_assert_int_eq(exact_cmp(exact_ratio(num, den),
                                                                   exact_ratio(other, below)),
                                                         expected);
                                }
}
END_TEST

/* A near miss of 2021: the printed rate, 2.98%, would let it pass. */
START_TEST(a_near_miss_stays_a_miss)
{
        struct exact savings = exact_of(INT64_C(293518800)),
                     benchmark = exact_of(INT64_C(9840885700));
        struct exact minimum = exact_sub(exact_ratio(30, 1000),
                                         exact_mul(exact_ratio(3, 1000), exact_ratio(274, 4999)));

        ck_assert_int_lt(exact_cmp(savings, exact_mul(minimum, benchmark)), 0);
        ck_assert_int_gt(exact_cmp(savings, exact_mul(exact_ratio(298, 10000), benchmark)), 0);
}
END_TEST

START_TEST(rates_round_to_their_decimals)
{
        struct exact third = exact_ratio(1, 3);
        struct exact cut = exact_round_decimals(third, 9, ROUND_HALF_AWAY);

        ck_assert(cut.num == 333333333 && cut.den == 1000000000);
        cut = exact_round_decimals(exact_ratio(5, 1000), 2, ROUND_HALF_AWAY);
        ck_assert(cut.num == 1 && cut.den == 100);
        cut = exact_round_decimals(exact_ratio(7, 2), 0, ROUND_HALF_AWAY);
        ck_assert(cut.num == 4 && cut.den == 1);
}
END_TEST

START_TEST(the_largest_money_by_the_longest_rates)
{
        struct exact a = exact_of((wide)LARGE * 16), rate = exact_ratio(999999999, 1000000000);

        a = exact_mul(exact_mul(a, rate), rate);
        ck_assert_int_gt(exact_cmp(exact_of((wide)LARGE * 16), a), 0);
        ck_assert(exact_round(a, 100, ROUND_HALF_AWAY) == (wide)INT64_C(15999999968000000));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("exact");

        tcase_add_loop_test(tests, rounds_as_the_mode_says, 0, COUNT_OF(roundings));
        tcase_add_test(tests, fractions_are_kept_reduced);
        tcase_add_test(tests, comparing_never_overflows);
        tcase_add_test(tests, comparing_agrees_with_small_numbers);
        tcase_add_test(tests, a_near_miss_stays_a_miss);
        tcase_add_test(tests, rates_round_to_their_decimals);
        tcase_add_test(tests, the_largest_money_by_the_longest_rates);
        return run_case(tests, "exact");
}
