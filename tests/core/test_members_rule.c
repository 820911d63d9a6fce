/* SPDX-License-Identifier: Apache-2.0 */
/* What terms ask of member rows. */
#include "core/members_rule.h"
#include "tests/core/arrange.h"
#include "tests/core/run.h"

static struct terms terms;
static struct members_rule rule;

static const char *ruled(void)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };

        return members_rule_of(&terms, year, (struct rate) { 1013, 1000 }, &rule);
}

static struct step *of_members(const char *kind)
{
        struct step *step = with_step(&terms, kind);

        with_word(step, "source", "members");
        return step;
}

START_TEST(every_parameter_is_read)
{
        struct step *step;

        arrange_terms(&terms);
        with_count(of_members("attribute"), "least_months", 3);
        step = of_members("expenditure");
        with_flag(step, "complete", true);
        with_flag(step, "annualise", true);
        with_cents(step, "truncate", 777);
        with_rate(step, "truncate_percentile", 99, 100);
        step = of_members("stop-loss");
        with_cents(step, "attach", 555);
        with_rate(step, "share", 4, 5);
        ck_assert(members_wanted(&terms));
        ck_assert_ptr_null(ruled());
        ck_assert_uint_eq(rule.least_months, 3);
        ck_assert(rule.completion.num == 1013 && rule.completion.den == 1000);
        ck_assert(rule.annualise && rule.at_amount && rule.at_percentile && rule.stoploss);
        ck_assert_int_eq(rule.truncate, 777);
        ck_assert(rule.percentile.num == 99 && rule.percentile.den == 100);
        ck_assert_int_eq(rule.attach, 555);
        ck_assert(rule.share.num == 4 && rule.share.den == 5 && !rule.band_count);
}
END_TEST

START_TEST(what_is_not_asked_for_is_not_done)
{
        arrange_terms(&terms);
        with_flag(of_members("expenditure"), "annualise", false);
        ck_assert_ptr_null(ruled());
        ck_assert(rule.completion.num == 1 && rule.completion.den == 1);
        ck_assert(!rule.annualise && !rule.at_amount && !rule.at_percentile && !rule.stoploss);
        ck_assert_uint_eq(rule.least_months, 0);
        ck_assert_int_eq(members_share_den(&rule), 1);
}
END_TEST

START_TEST(steps_of_reported_facts_ask_for_nothing)
{
        arrange_terms(&terms);
        with_count(with_step(&terms, "attribute"), "least_months", 3);
        with_cents(with_step(&terms, "expenditure"), "truncate", 777);
        with_cents(with_step(&terms, "stop-loss"), "attach", 555);
        ck_assert(!members_wanted(&terms));
        ck_assert_ptr_null(ruled());
        ck_assert(!rule.least_months && !rule.at_amount && !rule.stoploss);
}
END_TEST

START_TEST(each_kind_of_step_alone_wants_rows)
{
        static const char *const kinds[] = { "attribute", "expenditure", "stop-loss" };

        arrange_terms(&terms);
        with_cents(of_members(kinds[_i]), "attach", 1);
        ck_assert(members_wanted(&terms));
}
END_TEST

START_TEST(the_most_months_asked_for_decide)
{
        arrange_terms(&terms);
        with_count(of_members("attribute"), "least_months", 3);
        with_count(of_members("attribute"), "least_months", 6);
        with_count(of_members("attribute"), "least_months", 5);
        of_members("attribute");
        ck_assert_ptr_null(ruled());
        ck_assert_uint_eq(rule.least_months, 6);
}
END_TEST

START_TEST(bands_are_the_terms_own)
{
        struct step *step;

        arrange_terms(&terms);
        with_band(&terms, with_step(&terms, "corridor-gate"), "bands",
                  (struct band) { 1, 2, { 1, 2 }, { 1, 2 } });
        step = of_members("stop-loss");
        with_cents(step, "attach", 100);
        with_band(&terms, step, "bands", (struct band) { 100, 250, { 4, 5 }, { 4, 5 } });
        with_band(&terms, step, "bands", (struct band) { 250, 900, { 1, 3 }, { 1, 3 } });
        ck_assert_ptr_null(ruled());
        ck_assert_uint_eq(rule.band_count, 2);
        ck_assert_ptr_eq(rule.bands, &terms.bands[1]);
        ck_assert_int_eq(members_share_den(&rule), 15);
}
END_TEST

START_TEST(shares_have_a_common_denominator)
{
        struct step *step;

        arrange_terms(&terms);
        step = of_members("stop-loss");
        with_cents(step, "attach", 100);
        with_band(&terms, step, "bands",
                  (struct band) { 100, 250, { 1, 1000000000 }, { 1, 1000000000 } });
        with_band(&terms, step, "bands",
                  (struct band) { 250, 900, { 3, 500000000 }, { 3, 500000000 } });
        ck_assert_ptr_null(ruled());
        ck_assert_int_eq(members_share_den(&rule), 1000000000);
        with_band(&terms, step, "bands", (struct band) { 900, 999, { 1, 3 }, { 1, 3 } });
        ck_assert_ptr_nonnull(ruled());
}
END_TEST

START_TEST(only_one_stop_loss_is_summed)
{
        arrange_terms(&terms);
        with_cents(of_members("stop-loss"), "attach", 1);
        with_cents(with_step(&terms, "stop-loss"), "attach", 2);
        ck_assert_ptr_null(ruled());
        ck_assert_int_eq(rule.attach, 1);
        with_cents(of_members("stop-loss"), "attach", 3);
        ck_assert_ptr_nonnull(ruled());
}
END_TEST

static const struct {
        const char *from, *until;
        unsigned int first, months;     /* 0: cannot be folded */
} periods[] = {
        { "2024-01-01", "2025-01-01", 648, 12 },
        { "2024-07-01", "2024-08-01", 654, 1 },
        { "2024-07-15", "2024-08-02", 654, 2 },
        { "1970-01-01", "1975-01-01", 0, 60 },
        { "2020-01-01", "2025-01-02", 0, 0 },
        { "1969-12-31", "1970-02-01", 0, 0 },
};

START_TEST(the_period_is_calendar_months)
{
        struct period period;
        const char *fault;

        arrange_terms(&terms);
        ck_assert(date_parse((struct bytes) { periods[_i].from, 10 }, &period.from));
        ck_assert(date_parse((struct bytes) { periods[_i].until, 10 }, &period.until));
        fault = members_rule_of(&terms, period, (struct rate) { 1, 1 }, &rule);
        ck_assert_msg(!fault == !!periods[_i].months, "%s", periods[_i].from);
        if (!fault) {
                ck_assert_uint_eq(rule.first_month, periods[_i].first);
                ck_assert_uint_eq(rule.months, periods[_i].months);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("members rule");

        tcase_add_test(tests, every_parameter_is_read);
        tcase_add_test(tests, what_is_not_asked_for_is_not_done);
        tcase_add_test(tests, steps_of_reported_facts_ask_for_nothing);
        tcase_add_loop_test(tests, each_kind_of_step_alone_wants_rows, 0, 3);
        tcase_add_test(tests, the_most_months_asked_for_decide);
        tcase_add_test(tests, bands_are_the_terms_own);
        tcase_add_test(tests, shares_have_a_common_denominator);
        tcase_add_test(tests, only_one_stop_loss_is_summed);
        tcase_add_loop_test(tests, the_period_is_calendar_months, 0, COUNT_OF(periods));
        return run_case(tests, "members_rule");
}
