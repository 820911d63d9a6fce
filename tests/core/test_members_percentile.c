/* SPDX-License-Identifier: Apache-2.0 */
/* Costs cut off at a percentile: which member's cost it is, to the last fraction. */
#include "tests/core/folding.h"
#include "tests/core/run.h"

/* Twenty members of a year, at 100, 200 ... 2,000 cents, the first @same of them at 100 as well. */
static void twenty(unsigned int same)
{
        empty();
        for (uint32_t i = 1; i <= 20; i++)
                panel_member(&panel, i, 1, 0, 12, i <= same ? 100 : 100 * (int64_t)i);
}

static const struct {
        const char *says;
        struct rate percentile;
        unsigned int same;
        int64_t counts;
} percentiles[] = {
        { "the 95th is the nineteenth of twenty", { 95, 100 }, 0, 21000 - 100 },
        { "a hair above it the twentieth", { 950000001, 1000000000 }, 0, 21000 },
        { "the 99th of twenty cuts nobody", { 99, 100 }, 0, 21000 },
        { "the 100th neither", { 1, 1 }, 0, 21000 },
        { "the 50th is the tenth", { 50, 100 }, 0, 5500 + 10 * 1000 },
        { "the 0th is the first", { 0, 1 }, 0, 20 * 100 },
        { "ties at the rank count alike", { 30, 100 }, 8, 20 * 100 },
        { "and just above them not", { 45, 100 }, 8, 8 * 100 + 12 * 900 },
};

START_TEST(percentiles_are_by_nearest_rank)
{
        struct members_rule rule = a_year();

        rule.annualise = rule.at_percentile = true;
        rule.percentile = percentiles[_i].percentile;
        twenty(percentiles[_i].same);
        ck_assert_msg(is(folded(&rule)->expenditure, cents(percentiles[_i].counts)), "%s",
                      percentiles[_i].says);
}
END_TEST

/* 100 in one month is 1,200 a year: above 1,000 in twelve; by the amount alone it is below. */
START_TEST(a_percentile_is_of_what_a_year_would_cost)
{
        struct members_rule rule = a_year();

        rule.at_percentile = true;
        rule.percentile = (struct rate) { 1, 2 };
        empty();
        panel_member(&panel, 1, 1, 0, 12, 1000);
        panel_member(&panel, 2, 1, 11, 1, 100);
        ck_assert(is(folded(&rule)->expenditure, cents(200)));
        rule.annualise = true;
        ck_assert(is(folded(&rule)->expenditure, exact_ratio(1000 * 12 + 1000, 12)));
}
END_TEST

START_TEST(of_amount_and_percentile_the_lower_cuts)
{
        struct members_rule rule = a_year();

        rule.at_amount = rule.at_percentile = true;
        rule.percentile = (struct rate) { 1, 2 };
        rule.truncate = 300;
        twenty(0);
        ck_assert(is(folded(&rule)->expenditure, cents(100 + 200 + 18 * 300)));
        rule.truncate = 1500;
        ck_assert(is(folded(&rule)->expenditure, cents(5500 + 10 * 1000)));
}
END_TEST

START_TEST(each_category_has_a_percentile_of_its_own)
{
        struct members_rule rule = a_year();

        rule.at_percentile = true;
        rule.percentile = (struct rate) { 1, 2 };
        empty();
        for (uint32_t i = 1; i <= 4; i++)
                panel_member(&panel, i, i <= 2 ? 1 : 2, 0, 12, i <= 2 ? 10 * i : 1000 * i);
        ck_assert(is(folded(&rule)->expenditure, cents(10 + 20 + 20 + 20)));
        ck_assert(is(folded_category(&in_order, 1)->expenditure, cents(10 + 10)));
        ck_assert(is(folded_category(&in_order, 2)->expenditure, cents(3000 + 3000)));
}
END_TEST

/* The closest two fractions that months can make: a cent in 60 months, and one in 59. */
START_TEST(fractions_that_hardly_differ_are_told_apart)
{
        const int64_t cent = _i & 1 ? -1 : 1;
        const unsigned int first = _i & 2 ? 59 : 60, second = 119 - first;
        struct members_rule rule = a_year();

        rule.months = 60;
        rule.annualise = rule.at_percentile = true;
        rule.percentile = (struct rate) { 1, 2 };
        empty();
        panel_member(&panel, 1, 1, 0, first, cent);
        panel_member(&panel, 2, 1, 0, second, cent);
        ck_assert(is(folded(&rule)->expenditure,
                     cent > 0 ? exact_ratio(60 + 59, 60) : exact_ratio(-59 - 60, 59)));
}
END_TEST

/* Five taken back in two months are more a month than seven in three. */
START_TEST(a_percentile_may_be_below_zero)
{
        struct members_rule rule = a_year();

        rule.annualise = rule.at_percentile = true;
        rule.percentile = (struct rate) { 0, 1 };
        empty();
        panel_member(&panel, 1, 1, 0, 2, -5);
        panel_member(&panel, 2, 1, 0, 3, -7);
        ck_assert(is(folded(&rule)->expenditure, exact_ratio(-25, 2)));
        ck_assert(is(in_order.figures[0].truncated, exact_ratio(1, 2)));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("members percentile");

        tcase_add_loop_test(tests, percentiles_are_by_nearest_rank, 0, COUNT_OF(percentiles));
        tcase_add_test(tests, a_percentile_is_of_what_a_year_would_cost);
        tcase_add_test(tests, of_amount_and_percentile_the_lower_cuts);
        tcase_add_test(tests, each_category_has_a_percentile_of_its_own);
        tcase_add_loop_test(tests, fractions_that_hardly_differ_are_told_apart, 0, 4);
        tcase_add_test(tests, a_percentile_may_be_below_zero);
        return run_case(tests, "members_percentile");
}
