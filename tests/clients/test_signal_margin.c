/* SPDX-License-Identifier: Apache-2.0 */
/* What comes back of a dollar that is avoided, against one's own margin: reference formulas F10. */
#include "clients/signal-margin.h"
#include "tests/clients/run.h"
#include "tests/core/signalling.h"

static struct laid_signal laid;
static struct signal_sum sum;
static struct margin margin;

static void lay_payer(const char *contract, int64_t revenue, int64_t rho_percent)
{
        struct incentive_contract *c = lay_contract(&laid, contract);

        c->has_revenue = true;
        c->revenue = revenue;
        if (rho_percent)
                lay_cost(&laid, 1000 * rho_percent, 1);
}

static void add_up(int64_t all)
{
        laid.signal.has_revenue = all > 0;
        laid.signal.all_source_revenue = all;
        laid.signal.revenue_period = laid.contracts[0].period;
        ck_assert_ptr_null(incentive_signal_fault(&laid.signal));
        signal_sum(&laid.signal, signal_tolerance, &sum);
        margin_of(&laid.signal, &sum, &margin);
}

static void is_percent(struct exact figure, int64_t tenths)
{
        ck_assert_int_eq(exact_cmp(figure, exact_ratio(tenths, 1000)), 0);
}

/* Payers of 40, 25 and 35 %, with 40 %, nothing and 50 %: 33.5 %. */
START_TEST(the_worked_figure)
{
        lay_signal(&laid);
        lay_payer("a/cascade/x", 40000, 40);
        lay_payer("b/cascade/x", 25000, 0);
        lay_payer("c/cascade/x", 35000, 50);
        add_up(100000);
        is_percent(margin.rho, 335);
        is_percent(margin.least, 335);
        is_percent(margin.known, 1000);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(334, 1000)), MARGIN_GAINS);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(335, 1000)), MARGIN_EVEN);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(336, 1000)), MARGIN_LOSES);
}
END_TEST

START_TEST(what_is_not_known_is_a_range)
{
        lay_signal(&laid);
        lay_payer("a/cascade/x", 40000, 50);
        add_up(100000);
        is_percent(margin.rho, 500);
        is_percent(margin.least, 200);
        is_percent(margin.known, 400);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(199, 1000)), MARGIN_GAINS);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(200, 1000)), MARGIN_GAINS);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(500, 1000)), MARGIN_DEPENDS);
        ck_assert_int_eq(margin_against(&margin, exact_ratio(800, 1000)), MARGIN_LOSES);
}
END_TEST

START_TEST(without_all_revenue_shares_are_of_what_is_stated)
{
        lay_signal(&laid);
        lay_payer("a/cascade/x", 100, 40);
        lay_payer("b/cascade/x", 300, 80);
        add_up(0);
        ck_assert(!margin.of_all);
        is_percent(margin.rho, 700);
        is_percent(margin.known, 1000);
}
END_TEST

START_TEST(a_payer_whose_members_nobody_knows_is_left_out)
{
        lay_signal(&laid);
        lay_payer("a/cascade/x", 100, 40);
        lay_payer("b/cascade/x", 300, 80);
        laid.contracts[1].has_members = false;
        add_up(400);
        ck_assert(!margin.payers[1].has);
        is_percent(margin.rho, 400);
        is_percent(margin.known, 250);
}
END_TEST

START_TEST(two_contracts_of_a_payer_are_one_by_members)
{
        lay_signal(&laid);
        lay_payer("a/cascade/one", 100, 40);
        lay_payer("a/cascade/two", 100, 0);
        laid.contracts[1].members = 3000;
        lay_cost(&laid, 3000 * 80, 1);
        add_up(100);
        is_percent(margin.payers[0].rho, 700);
}
END_TEST

START_TEST(of_nobody_nothing_is_said)
{
        lay_signal(&laid);
        lay_contract(&laid, "a/cascade/x");
        add_up(100);
        ck_assert(!margin.has);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("signal_margin");

        tcase_add_test(tests, the_worked_figure);
        tcase_add_test(tests, what_is_not_known_is_a_range);
        tcase_add_test(tests, without_all_revenue_shares_are_of_what_is_stated);
        tcase_add_test(tests, a_payer_whose_members_nobody_knows_is_left_out);
        tcase_add_test(tests, two_contracts_of_a_payer_are_one_by_members);
        tcase_add_test(tests, of_nobody_nothing_is_said);
        return run_case(tests, "signal_margin");
}
