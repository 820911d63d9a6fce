/* SPDX-License-Identifier: Apache-2.0 */
/* Member rows come to what the rule says, exactly; what cannot be summed is named. */
#include <string.h>

#include "tests/core/folding.h"
#include "tests/core/run.h"

#define DOLLARS(n) (INT64_C(100) * (n))

/* ---- cases of the formulas' appendix C */

/* TV-28 */
static const struct {
        unsigned int months;
        int64_t paid;
        struct exact counts, off;
} truncated[] = {
        { 12, DOLLARS(8000), { DOLLARS(8104), 1 }, { 0, 1 } },
        { 12, DOLLARS(250000), { DOLLARS(150000), 1 }, { DOLLARS(103250), 1 } },
        { 6, DOLLARS(90000), { DOLLARS(75000), 1 }, { DOLLARS(16170), 1 } },
        { 3, DOLLARS(1000), { DOLLARS(1013), 1 }, { 0, 1 } },
};

static struct members_rule completed_and_truncated(void)
{
        struct members_rule rule = a_year();

        rule.completion = (struct rate) { 1013, 1000 };
        rule.annualise = rule.at_amount = true;
        rule.truncate = DOLLARS(150000);
        return rule;
}

START_TEST(each_member_is_completed_annualised_and_truncated)
{
        const struct members_rule rule = completed_and_truncated();
        const struct member_figures *all;

        empty();
        panel_member(&panel, 1, 1, 0, truncated[_i].months, truncated[_i].paid);
        all = folded(&rule);
        ck_assert(is(all->expenditure, truncated[_i].counts));
        ck_assert(is(all->truncated, truncated[_i].off));
        ck_assert_int_eq(all->member_months, truncated[_i].months);
        ck_assert_int_eq(all->head_count, 1);
}
END_TEST

START_TEST(together_they_cost_so_much_a_person_year)
{
        const struct members_rule rule = completed_and_truncated();
        const struct member_figures *all;
        struct exact years;

        empty();
        for (int i = 0; i < COUNT_OF(truncated); i++)
                panel_member(&panel, 10 + (uint32_t)i, 1, 12 - truncated[i].months,
                             truncated[i].months, truncated[i].paid);
        all = folded(&rule);
        years = exact_ratio(all->member_months, 12);
        ck_assert(is(all->expenditure, cents(23411700)));
        ck_assert(is(all->truncated, cents(DOLLARS(103250 + 16170))));
        ck_assert(is(years, exact_ratio(275, 100)));
        ck_assert(exact_round(exact_div(all->expenditure, years), 1, ROUND_HALF_AWAY) == 8513345);
        ck_assert_int_eq(all->head_count, 4);
}
END_TEST

/* TV-35 */
static const struct band two_bands[] = {
        { DOLLARS(100000), DOLLARS(250000), { 80, 100 }, { 80, 100 } },
        { DOLLARS(250000), MONEY_MAX, { 1, 1 }, { 1, 1 } },
};

static struct members_rule with_stoploss(void)
{
        struct members_rule rule = a_year();

        rule.stoploss = true;
        rule.attach = DOLLARS(100000);
        rule.bands = two_bands;
        rule.band_count = COUNT_OF(two_bands);
        return rule;
}

START_TEST(stop_loss_pays_each_member_by_bands)
{
        const struct members_rule rule = with_stoploss();
        const struct member_figures *all;

        empty();
        panel_member(&panel, 1, 1, 0, 12, DOLLARS(320000));
        all = folded(&rule);
        ck_assert(is(all->stoploss, cents(19000000)));
        ck_assert(is(exact_sub(all->expenditure, all->stoploss), cents(DOLLARS(130000))));
}
END_TEST

static const struct {
        const char *says;
        int64_t paid, pays;
} payouts[] = {
        { "nothing up to the attachment", DOLLARS(100000), 0 },
        { "nothing for a reversal", -DOLLARS(400000), 0 },
        { "a share of the first cents", DOLLARS(100000) + 5, 4 },
        { "the whole first band at its end", DOLLARS(250000), DOLLARS(120000) },
        { "all from there on", DOLLARS(250001), DOLLARS(120001) },
};

START_TEST(stop_loss_at_its_edges)
{
        const struct members_rule rule = with_stoploss();

        empty();
        panel_member(&panel, 1, 1, 0, 3, payouts[_i].paid);
        ck_assert_msg(is(folded(&rule)->stoploss, cents(payouts[_i].pays)), "%s",
                      payouts[_i].says);
}
END_TEST

START_TEST(stop_loss_is_not_paid_for_what_truncation_took_off)
{
        struct members_rule rule = with_stoploss();

        rule.annualise = rule.at_amount = true;
        rule.truncate = DOLLARS(220000);
        empty();
        panel_member(&panel, 1, 1, 0, 12, DOLLARS(900000));
        panel_member(&panel, 2, 1, 0, 6, DOLLARS(900000));
        ck_assert(is(folded(&rule)->expenditure, cents(DOLLARS(330000))));
        ck_assert(is(folded(&rule)->stoploss, cents(DOLLARS(96000 + 8000))));
}
END_TEST

START_TEST(bands_that_begin_before_the_attachment_pay_from_it_on)
{
        struct members_rule rule = with_stoploss();

        rule.attach = DOLLARS(200000);
        empty();
        panel_member(&panel, 1, 1, 0, 12, DOLLARS(320000));
        ck_assert(is(folded(&rule)->stoploss, cents(DOLLARS(40000 + 70000))));
        rule.band_count = 0;
        rule.share = (struct rate) { 1, 3 };
        ck_assert(is(folded(&rule)->stoploss, cents(DOLLARS(40000))));
}
END_TEST

/* ---- who counts, and for what */

START_TEST(a_member_in_two_categories_is_one_person)
{
        struct members_rule rule = a_year();
        const struct member_figures *all;

        rule.annualise = rule.at_amount = true;
        rule.truncate = 1200;
        empty();
        panel_member(&panel, 1, 1, 0, 3, 400);
        panel_member(&panel, 1, 2, 3, 9, 700);
        all = folded(&rule);
        ck_assert_int_eq(all->head_count, 1);
        ck_assert_int_eq(all->member_months, 12);
        ck_assert(is(all->expenditure, cents(1100)));
        ck_assert_int_eq(folded_category(&in_order, 1)->head_count, 1);
        ck_assert_int_eq(folded_category(&in_order, 1)->member_months, 3);
        ck_assert(is(folded_category(&in_order, 1)->expenditure, cents(300)));
        ck_assert(is(folded_category(&in_order, 1)->truncated, cents(100)));
        ck_assert_int_eq(folded_category(&in_order, 2)->member_months, 9);
        ck_assert(is(folded_category(&in_order, 2)->expenditure, cents(700)));
}
END_TEST

START_TEST(a_month_in_two_categories_is_one_month)
{
        struct members_rule rule = a_year();
        const struct member_figures *all;

        empty();
        panel_member(&panel, 1, 1, 0, 2, 10);
        panel_member(&panel, 1, 2, 1, 2, 20);
        panel.rows[1].risk = 2 * RISK_ONE;
        all = folded(&rule);
        ck_assert_int_eq(all->member_months, 3);
        ck_assert(is(all->risk, exact_ratio(5, 4)));
        ck_assert_int_eq(folded_category(&in_order, 1)->member_months, 2);
        ck_assert_int_eq(folded_category(&in_order, 2)->member_months, 2);
}
END_TEST

/* Member 1: four months in two categories. Member 2: three months. */
static const struct {
        uint32_t least;
        int64_t heads, months, paid, heads_1, months_2;
} attributed[] = {
        { 0, 2, 7, 1111, 2, 2 }, { 3, 2, 7, 1111, 2, 2 },  { 4, 1, 4, 11, 1, 2 },
        { 5, 0, 0, 0, 0, 0 },    { 120, 0, 0, 0, 0, 0 },
};

START_TEST(who_has_too_few_months_counts_nowhere)
{
        struct members_rule rule = a_year();
        const struct member_figures *all;

        rule.least_months = attributed[_i].least;
        empty();
        panel_member(&panel, 1, 1, 0, 2, 1);
        panel_member(&panel, 1, 2, 6, 2, 10);
        panel_member(&panel, 2, 1, 4, 3, 1100);
        all = folded(&rule);
        ck_assert_int_eq(all->head_count, attributed[_i].heads);
        ck_assert_int_eq(all->member_months, attributed[_i].months);
        ck_assert(is(all->expenditure, cents(attributed[_i].paid)));
        ck_assert_int_eq(folded_category(&in_order, 1)->head_count, attributed[_i].heads_1);
        ck_assert_int_eq(folded_category(&in_order, 2)->member_months, attributed[_i].months_2);
}
END_TEST

START_TEST(reversals_are_taken_off)
{
        struct members_rule rule = completed_and_truncated();

        empty();
        panel_member(&panel, 1, 1, 0, 12, DOLLARS(200000));
        panel.rows[7].cents = -DOLLARS(100000);
        panel_member(&panel, 2, 1, 0, 1, -DOLLARS(1000));
        ck_assert(is(folded(&rule)->expenditure, cents(DOLLARS(101300 - 1013))));
        ck_assert(is(folded(&rule)->truncated, cents(0)));
}
END_TEST

START_TEST(risk_is_by_member_and_month)
{
        struct members_rule rule = a_year();

        empty();
        panel_member(&panel, 1, 1, 0, 1, 0);
        panel_member(&panel, 2, 1, 0, 3, 0);
        panel.rows[0].risk = 3000000;
        panel.rows[2].risk = 1500001;
        ck_assert(is(folded(&rule)->risk, exact_ratio(6500001, 4000000)));
}
END_TEST

START_TEST(rows_without_a_category_are_in_the_whole)
{
        struct members_rule rule = a_year();

        empty();
        panel_member(&panel, 1, 0, 0, 2, 30);
        panel_member(&panel, 2, 1, 0, 1, 12);
        ck_assert(is(folded(&rule)->expenditure, cents(42)));
        ck_assert_uint_eq(in_order.count, 2);
        ck_assert(is(in_order.figures[1].expenditure, cents(12)));
}
END_TEST

START_TEST(no_rows_come_to_nothing)
{
        struct members_rule rule = completed_and_truncated();

        empty();
        rule.at_percentile = true;
        ck_assert(is(folded(&rule)->expenditure, cents(0)));
        ck_assert(is(in_order.figures[0].risk, cents(0)));
        ck_assert_int_eq(in_order.figures[0].head_count, 0);
        ck_assert_uint_eq(in_order.count, 1);
}
END_TEST

/* ---- what cannot be folded */

static const struct {
        const char *says;
        unsigned int place;     /* among rows of two members, six months each */
        struct panel_row row;
        enum members_answer in_order, any_order;
} faults[] = {
        { "the same month again in the same block", 1, { 1, 0, 1, 0, 0 }, MEMBERS_TWICE,
          MEMBERS_TWICE },
        { "the same month again in another block", 5, { 1, 0, 1, 0, 0 }, MEMBERS_TWICE,
          MEMBERS_TWICE },
        { "the same month again after another member", 9, { 1, 0, 1, 0, 0 }, MEMBERS_UNORDERED,
          MEMBERS_TWICE },
        { "a month after the period", 7, { 2, 12, 1, 0, 0 }, MEMBERS_BAD_MONTH,
          MEMBERS_BAD_MONTH },
        { "a month before the period", 7, { 2, 65535, 1, 0, 0 }, MEMBERS_BAD_MONTH,
          MEMBERS_BAD_MONTH },
        { "a member before the one before", 11, { 1, 9, 1, 0, 0 }, MEMBERS_UNORDERED,
          MEMBERS_OK },
        { "more than money can be", 3, { 1, 3, 1, 0, MONEY_MAX + 1 }, MEMBERS_TOO_MUCH,
          MEMBERS_TOO_MUCH },
        { "together more than money can be", 3, { 1, 3, 1, 0, MONEY_MAX }, MEMBERS_TOO_MUCH,
          MEMBERS_TOO_MUCH },
        { "more than money can be with another member's", 6, { 2, 0, 1, 0, MONEY_MAX },
          MEMBERS_TOO_MUCH, MEMBERS_TOO_MUCH },
        { "more than money can be, taken back", 3, { 1, 3, 1, 0, INT64_MIN }, MEMBERS_TOO_MUCH,
          MEMBERS_TOO_MUCH },
};

START_TEST(what_cannot_be_folded_is_named_with_its_place)
{
        const struct members_rule rule = a_year();
        enum members_answer in = faults[_i].in_order, any = faults[_i].any_order;

        empty();
        panel_member(&panel, 1, 1, 0, 6, 1);
        panel_member(&panel, 2, 1, 0, 6, 1);
        panel.rows[faults[_i].place] = faults[_i].row;
        panel_fold(&panel, &rule, streamed, &in_order);
        panel_fold(&panel, &rule, found, &any_order);
        ck_assert_msg(in_order.answer == in, "%s", faults[_i].says);
        ck_assert_msg(any_order.answer == any, "%s", faults[_i].says);
        ck_assert_uint_eq(in_order.block * streamed.block + in_order.row, faults[_i].place);
        if (any)
                ck_assert_uint_eq(any_order.block * found.block + any_order.row, faults[_i].place);
        ck_assert_uint_gt(strlen(members_answer_says(in)), 10);
}
END_TEST

/* Two of them are zero again in 64 bits. */
START_TEST(amounts_do_not_wrap_around)
{
        const struct members_rule rule = a_year();

        empty();
        panel_member(&panel, 1, 1, 0, 5, 1);
        panel.rows[2].cents = panel.rows[3].cents = INT64_MIN;
        panel_fold(&panel, &rule, streamed, &in_order);
        panel_fold(&panel, &rule, found, &any_order);
        ck_assert_int_eq(in_order.answer, MEMBERS_TOO_MUCH);
        ck_assert_uint_eq(in_order.row, 2);
        ck_assert_int_eq(any_order.answer, MEMBERS_TOO_MUCH);
        ck_assert_uint_eq(any_order.row, 2);
}
END_TEST

START_TEST(a_category_must_be_listed)
{
        static const uint8_t row[MEMBER_ROW_SIZE] = { [16] = 0x88, [17] = 2, [18] = 3 };
        const struct member_rows rows = { 1, row, row + 16, row + 18, row + 19, row + 23 };
        const struct members_rule rule = a_year();
        static struct members_fold fold;
        static uint64_t memory[64];
        static const uint64_t seed[2];
        const uint8_t categories[4] = { 0 };

        for (int order = MEMBERS_IN_ORDER; order <= MEMBERS_IN_ANY_ORDER; order++)
                for (size_t count = 3; count <= 4; count++) {
                        uint32_t at = 0;

                        members_fold_begin(&fold, &rule, (enum members_order)order, memory,
                                           sizeof(memory), seed);
                        ck_assert_int_eq(members_fold_add(&fold, &rows, categories, count, &at),
                                         count == 4 ? MEMBERS_OK : MEMBERS_BAD_CATEGORY);
                        ck_assert_uint_eq(at, count - 3);
                }
}
END_TEST

START_TEST(there_are_only_so_many_categories)
{
        const struct members_rule rule = a_year();
        static struct members_fold fold;
        struct item item = { "a" };
        uint8_t called;

        members_fold_begin(&fold, &rule, MEMBERS_IN_ORDER, NULL, 0, NULL);
        for (unsigned int i = 1; i <= CATEGORIES_MAX; i++) {
                item.text[i % 40] = (char)('a' + i / 40);
                ck_assert(members_fold_category(&fold, &item, &called));
                ck_assert_uint_eq(called, i);
        }
        ck_assert(members_fold_category(&fold, &item, &called));
        ck_assert_uint_eq(called, CATEGORIES_MAX);
        ck_assert(members_fold_category(&fold, &(struct item) { "" }, &called));
        ck_assert_uint_eq(called, MEMBERS_NO_CATEGORY);
        ck_assert(!members_fold_category(&fold, &(struct item) { "more" }, &called));
}
END_TEST

/* ---- at the ends of what there can be */

static const struct band odd_bands[] = {
        { 7, DOLLARS(1000), { 999999999, 1000000000 }, { 999999999, 1000000000 } },
        { DOLLARS(1000), MONEY_MAX, { 1, 1 }, { 1, 1 } },
};

/* A denominator of every kind, everything as long as it may be. */
static struct members_rule longest(bool amount, bool percentile)
{
        struct members_rule rule = a_year();

        rule.months = MEMBERS_MONTHS_MAX;
        rule.completion = (struct rate) { 999999937, 1000000000 };
        rule.annualise = true;
        rule.at_amount = amount;
        rule.truncate = PER_CAPITA_MAX - 1;
        rule.at_percentile = percentile;
        rule.percentile = (struct rate) { 1, 2 };
        rule.stoploss = true;
        rule.attach = 3;
        rule.bands = odd_bands;
        rule.band_count = COUNT_OF(odd_bands);
        return rule;
}

START_TEST(the_longest_figures_fit)
{
        struct members_rule rule = longest(_i & 1, _i & 2);
        struct member_figures expected = { 0 };

        empty();
        panel_member(&panel, 1, 0, 0, 59, MONEY_MAX / 3);
        panel_member(&panel, 2, 0, 0, 60, MONEY_MAX / 3);
        panel_member(&panel, 3, 0, 0, 53, MONEY_MAX / 3);
        for (uint32_t i = 0; i < panel.count; i++)
                panel.rows[i].risk = UINT32_MAX;
        panel_reference(&panel, &rule, 0, &expected);
        ck_assert(figures_equal(folded(&rule), &expected));
}
END_TEST

START_TEST(more_than_money_can_be_is_no_figure)
{
        struct members_rule rule = a_year();

        rule.completion = (struct rate) { 1000000000, 999999999 };
        empty();
        panel_member(&panel, 1, 0, 0, 1, MONEY_MAX);
        panel_fold(&panel, &rule, streamed, &in_order);
        panel_fold(&panel, &rule, found, &any_order);
        ck_assert_int_eq(in_order.answer, MEMBERS_TOO_MUCH);
        ck_assert_int_eq(any_order.answer, MEMBERS_TOO_MUCH);
        rule.completion = (struct rate) { 0, 1 };
        rule.at_amount = rule.annualise = rule.stoploss = true;
        rule.truncate = 1;
        ck_assert(is(folded(&rule)->expenditure, cents(0)));
        ck_assert(is(folded(&rule)->stoploss, cents(0)));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("members fold");

        tcase_add_loop_test(tests, each_member_is_completed_annualised_and_truncated, 0,
                            COUNT_OF(truncated));
        tcase_add_test(tests, together_they_cost_so_much_a_person_year);
        tcase_add_test(tests, stop_loss_pays_each_member_by_bands);
        tcase_add_loop_test(tests, stop_loss_at_its_edges, 0, COUNT_OF(payouts));
        tcase_add_test(tests, stop_loss_is_not_paid_for_what_truncation_took_off);
        tcase_add_test(tests, bands_that_begin_before_the_attachment_pay_from_it_on);
        tcase_add_test(tests, a_member_in_two_categories_is_one_person);
        tcase_add_test(tests, a_month_in_two_categories_is_one_month);
        tcase_add_loop_test(tests, who_has_too_few_months_counts_nowhere, 0,
                            COUNT_OF(attributed));
        tcase_add_test(tests, reversals_are_taken_off);
        tcase_add_test(tests, risk_is_by_member_and_month);
        tcase_add_test(tests, rows_without_a_category_are_in_the_whole);
        tcase_add_test(tests, no_rows_come_to_nothing);
        tcase_add_loop_test(tests, what_cannot_be_folded_is_named_with_its_place, 0,
                            COUNT_OF(faults));
        tcase_add_test(tests, amounts_do_not_wrap_around);
        tcase_add_test(tests, a_category_must_be_listed);
        tcase_add_test(tests, there_are_only_so_many_categories);
        tcase_add_loop_test(tests, the_longest_figures_fit, 0, 4);
        tcase_add_test(tests, more_than_money_can_be_is_no_figure);
        return run_case(tests, "members_fold");
}
