/* SPDX-License-Identifier: Apache-2.0 */
/* What care was expected to cost, what the bearer keeps of it, and what was saved. */
#include <string.h>

#include "tests/core/run.h"
#include "tests/core/settling.h"

static struct step *target(const char *unit, const char *source)
{
        struct step *step = with_step(&terms, "target");

        with_word(step, "unit", unit);
        if (source)
                with_word(step, "source", source);
        return step;
}

static void benchmark_is(int64_t cents)
{
        is(line_of_item(came(), LINE_BENCHMARK, ""), cents, 1);
}

/* ---- units and sources, of the whole */

static const struct {
        const char *unit;
        enum fact_kind each, volume;
        int64_t cents, num, den, total;
} priced[] = {
        { "per_capita", FACT_BENCHMARK_PER_CAPITA, FACT_PERSON_YEARS, 1346581, 29001, 2,
          19526097791 },
        { "pmpm", FACT_BENCHMARK_PMPM, FACT_MEMBER_MONTHS, 41237, 14400, 1, 593812800 },
        { "episode", FACT_EPISODE_PRICE, FACT_EPISODES, 2462500, 120, 1, 295500000 },
};

START_TEST(a_reported_amount_for_each_times_how_many)
{
        begin();
        target(priced[_i].unit, NULL);
        end();
        fact_is(&facts, priced[_i].each, priced[_i].cents, 1);
        fact_is(&facts, priced[_i].volume, priced[_i].num, priced[_i].den);
        benchmark_is(priced[_i].total);
}
END_TEST

START_TEST(an_amount_of_the_terms_times_how_many)
{
        begin();
        with_cents(target(priced[_i].unit, "terms"), "amount", priced[_i].cents);
        end();
        fact_is(&facts, priced[_i].volume, priced[_i].num, priced[_i].den);
        benchmark_is(priced[_i].total);
}
END_TEST

START_TEST(the_baseline_times_how_many)
{
        begin();
        with_word(with_step(&terms, "baseline"), "source", "reported");
        target(priced[_i].unit, "baseline");
        end();
        fact_is(&facts, FACT_BASELINE_PER_CAPITA, priced[_i].cents, 1);
        fact_is(&facts, priced[_i].volume, priced[_i].num, priced[_i].den);
        benchmark_is(priced[_i].total);
}
END_TEST

START_TEST(what_was_counted_before_is_not_asked_for_again)
{
        static const char *const counts[] = { "person_years", "member_months", "episodes" };

        begin();
        attribute(counts[_i], NULL);
        target(priced[_i].unit, NULL);
        end();
        fact_is(&facts, priced[_i].each, priced[_i].cents, 1);
        fact_is(&facts, priced[_i].volume, priced[_i].num, priced[_i].den);
        benchmark_is(priced[_i].total);
        ck_assert_uint_eq(came()->fact_count, 2);
}
END_TEST

START_TEST(a_risk_score_multiplies_the_amount_for_each)
{
        begin();
        with_flag(target(priced[_i].unit, NULL), "risk", true);
        with_count(&terms.steps[0], "decimals", 3);
        end();
        fact_is(&facts, priced[_i].each, 1001, 1);
        fact_is(&facts, priced[_i].volume, 1000, 1);
        fact_is(&facts, FACT_RISK_SCORE, 10333, 10000);
        /* 1034.3333 cents, to a tenth of one. */
        benchmark_is(1034300);
        is(line_of(came(), LINE_TARGET_RISK), 10333, 10000);
}
END_TEST

START_TEST(totals_reported_given_or_of_the_premium)
{
        begin();
        target("total", "terms");
        with_cents(&terms.steps[0], "amount", 4800000);
        end();
        benchmark_is(4800000);
        begin();
        with_rate(target("premium", NULL), "rate", 17, 20);
        end();
        fact_is(&facts, FACT_PREMIUM_REVENUE, 1001, 1);
        benchmark_is(851);
        begin();
        target("total", NULL);
        end();
        fact_is(&facts, FACT_BENCHMARK, 123, 1);
        benchmark_is(123);
        with_flag(&terms.steps[0], "risk", true);
        fact_is(&facts, FACT_RISK_SCORE, 3, 2);
        benchmark_is(185);
}
END_TEST

START_TEST(a_budget_is_the_baseline_itself)
{
        begin();
        with_word(with_step(&terms, "baseline"), "source", "terms");
        with_cents(&terms.steps[0], "amount", 4000001);
        target("budget", NULL);
        end();
        benchmark_is(4000001);
        with_flag(&terms.steps[1], "risk", true);
        fact_is(&facts, FACT_RISK_SCORE, 3, 2);
        benchmark_is(6000002);
}
END_TEST

START_TEST(how_care_is_paid_changes_no_number)
{
        begin();
        with_word(target("total", NULL), "paid", _i ? "prospective" : "retrospective");
        with_flag(&terms.steps[0], "condition", _i);
        end();
        fact_is(&facts, FACT_BENCHMARK, 123, 1);
        benchmark_is(123);
}
END_TEST

START_TEST(a_benchmark_of_zero_is_not_calculable)
{
        begin();
        target(_i ? "premium" : "total", NULL);
        if (_i)
                with_rate(&terms.steps[0], "rate", 0, 1);
        end();
        fact_is(&facts, _i ? FACT_PREMIUM_REVENUE : FACT_BENCHMARK, _i, 1);
        stops("the benchmark is zero: no rate of savings can be taken of it");
}
END_TEST

/* ---- by category */

static void two_categories(const char *count)
{
        begin();
        attribute(count, "a");
        attribute(count, "b");
}

static void by_category(const char *unit, const char *source)
{
        with_word(target(unit, source), "by", "category");
        end();
}

START_TEST(categories_per_capita_weigh_by_their_years)
{
        two_categories("person_years");
        by_category("per_capita", NULL);
        fact_of(&facts, FACT_PERSON_YEARS, "a", 200000, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 100000, 1);
        fact_of(&facts, FACT_BENCHMARK_PER_CAPITA, "a", 100, 1);
        fact_of(&facts, FACT_BENCHMARK_PER_CAPITA, "b", 200, 1);
        is(line_of_item(came(), LINE_BENCHMARK_EACH, ""), 1333333, 10000);
        is(line_of_item(came(), LINE_BENCHMARK, "a"), 20000000, 1);
        benchmark_is(39999990);
}
END_TEST

static const struct {
        const char *unit, *count;
        enum fact_kind each, volume;
} summed[] = {
        { "pmpm", "member_months", FACT_BENCHMARK_PMPM, FACT_MEMBER_MONTHS },
        { "episode", "episodes", FACT_EPISODE_PRICE, FACT_EPISODES },
};

START_TEST(cells_of_categories_add_up)
{
        two_categories(summed[_i].count);
        by_category(summed[_i].unit, NULL);
        fact_of(&facts, summed[_i].volume, "a", 3, 1);
        fact_of(&facts, summed[_i].volume, "b", 7, 1);
        fact_of(&facts, summed[_i].each, "a", 1000, 1);
        fact_of(&facts, summed[_i].each, "b", 11, 1);
        is(line_of_item(came(), LINE_BENCHMARK, "b"), 77, 1);
        benchmark_is(3077);
}
END_TEST

START_TEST(totals_of_categories_add_up_each_at_its_risk)
{
        two_categories("people");
        by_category("total", NULL);
        with_flag(&terms.steps[2], "risk", true);
        fact_of(&facts, FACT_HEAD_COUNT, "a", 3, 1);
        fact_of(&facts, FACT_HEAD_COUNT, "b", 7, 1);
        fact_of(&facts, FACT_BENCHMARK, "a", 1001, 1);
        fact_of(&facts, FACT_BENCHMARK, "b", 50, 1);
        fact_of(&facts, FACT_RISK_SCORE, "a", 1, 2);
        fact_of(&facts, FACT_RISK_SCORE, "b", 2, 1);
        is(line_of_item(came(), LINE_BENCHMARK, "a"), 501, 1);
        benchmark_is(601);
}
END_TEST

START_TEST(a_baseline_of_each_category_is_its_target)
{
        two_categories("person_years");
        with_word(with_step(&terms, "baseline"), "source", "reported");
        with_word(&terms.steps[2], "by", "category");
        by_category("per_capita", "baseline");
        fact_of(&facts, FACT_PERSON_YEARS, "a", 1, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 2, 1);
        fact_of(&facts, FACT_BASELINE_PER_CAPITA, "a", 900, 1);
        fact_of(&facts, FACT_BASELINE_PER_CAPITA, "b", 600, 1);
        is(line_of_item(came(), LINE_BENCHMARK, "b"), 1200, 1);
        benchmark_is(2100);
}
END_TEST

START_TEST(one_baseline_holds_for_categories_that_have_none)
{
        two_categories("person_years");
        with_word(with_step(&terms, "baseline"), "source", "reported");
        by_category("per_capita", "baseline");
        fact_of(&facts, FACT_PERSON_YEARS, "a", 1, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 2, 1);
        fact_is(&facts, FACT_BASELINE_PER_CAPITA, 900, 1);
        benchmark_is(2700);
}
END_TEST

START_TEST(a_category_without_a_figure_stops_the_whole)
{
        two_categories("person_years");
        by_category("per_capita", NULL);
        fact_of(&facts, FACT_PERSON_YEARS, "a", 1, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 2, 1);
        fact_of(&facts, FACT_BENCHMARK_PER_CAPITA, "a", 900, 1);
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, 900, 1);
        stops("no benchmark_per_capita of b for 2024-01-01 to 2024-12-31: the bearer has to");
}
END_TEST

/* Cells with a target step each: every step says its own and the whole so far. */
START_TEST(cells_with_a_step_each_add_up)
{
        static const char *const cells[] = { "child", "adult", "senior" };

        begin();
        for (int i = 0; i < COUNT_OF(cells); i++) {
                struct step *step = target("pmpm", "terms");

                with_word(step, "category", cells[i]);
                with_cents(step, "amount", 1000 * (i + 1));
                fact_of(&facts, FACT_MEMBER_MONTHS, cells[i], i == 0 ? 0 : 10, 1);
        }
        end();
        is(line_of_item(came(), LINE_BENCHMARK, "child"), 0, 1);
        is(line_of_item(came(), LINE_BENCHMARK, "senior"), 30000, 1);
        ck_assert_uint_eq(lines_of(came(), LINE_BENCHMARK), 6);
        benchmark_is(50000);
}
END_TEST

START_TEST(cells_may_differ_in_what_they_are_priced_by)
{
        begin();
        with_word(target("episode", NULL), "category", "hip");
        with_word(target("total", NULL), "category", "rest");
        end();
        fact_of(&facts, FACT_EPISODES, "hip", 2, 1);
        fact_of(&facts, FACT_EPISODE_PRICE, "hip", 500, 1);
        fact_of(&facts, FACT_BENCHMARK, "rest", 7, 1);
        benchmark_is(1007);
}
END_TEST

/* ---- no more than money can be */

START_TEST(a_target_beyond_money_is_not_calculable)
{
        begin();
        target("per_capita", NULL);
        end();
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, MONEY_MAX, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 1000000000, 1);
        stops("the amount per person-year times the person-years is more than money can be");
        begin();
        with_flag(target("total", NULL), "risk", true);
        end();
        fact_is(&facts, FACT_BENCHMARK, MONEY_MAX, 1);
        fact_is(&facts, FACT_RISK_SCORE, 100, 1);
        stops("the benchmark times the risk score is more than money can be");
        facts.list[1].value.num = 1;
        benchmark_is(MONEY_MAX);
        begin();
        with_flag(target("per_capita", NULL), "risk", true);
        end();
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, PER_CAPITA_MAX + 1, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 1, 1);
        fact_is(&facts, FACT_RISK_SCORE, 999999937, 1000000000);
        stops("more than an amount per person can be");
        facts.list[0].value.num = PER_CAPITA_MAX;
        benchmark_is(9999999370);
}
END_TEST

START_TEST(all_categories_within_what_money_can_be)
{
        two_categories("people");
        by_category("total", NULL);
        fact_of(&facts, FACT_HEAD_COUNT, "a", 3, 1);
        fact_of(&facts, FACT_HEAD_COUNT, "b", 7, 1);
        fact_of(&facts, FACT_BENCHMARK, "a", MONEY_MAX, 1);
        fact_of(&facts, FACT_BENCHMARK, "b", 1, 1);
        stops("the benchmark of all categories is more than money can be");
        facts.list[3].value.num = 0;
        benchmark_is(MONEY_MAX);
}
END_TEST

/* The longest figures there are, in every place at once: nothing may get longer than 128 bits. */
START_TEST(the_longest_figures_fit)
{
        static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

        begin();
        for (int i = 0; i < COUNT_OF(names); i++) {
                attribute("person_years", names[i]);
                fact_of(&facts, FACT_PERSON_YEARS, names[i], 999999937, 999999893 - 2 * i);
                fact_of(&facts, FACT_BENCHMARK_PER_CAPITA, names[i], PER_CAPITA_MAX - i, 1);
                fact_of(&facts, FACT_RISK_SCORE, names[i], 999999937 - i, 10000019);
                fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, names[i], MONEY_MAX / 10 - i, 1);
        }
        with_word(with_step(&terms, "expenditure"), "unit", "per_capita");
        with_word(&terms.steps[8], "by", "category");
        with_count(&terms.steps[8], "decimals", 9);
        with_flag(target("per_capita", NULL), "risk", true);
        with_word(&terms.steps[9], "by", "category");
        with_count(&terms.steps[9], "decimals", 9);
        with_step(&terms, "savings");
        end();
        ck_assert_uint_eq(lines_of(came(), LINE_SAVINGS), COUNT_OF(names) + 1);
}
END_TEST

/* ---- savings */

START_TEST(savings_of_each_category_that_both_sides_have)
{
        two_categories("people");
        attribute("people", "c");
        with_word(with_step(&terms, "expenditure"), "by", "category");
        with_word(target("total", NULL), "category", "a");
        with_word(target("total", NULL), "category", "b");
        with_step(&terms, "savings");
        end();
        for (int i = 0; i < 3; i++) {
                static const char *const names[] = { "a", "b", "c" };

                fact_of(&facts, FACT_HEAD_COUNT, names[i], 1, 1);
                fact_of(&facts, FACT_EXPENDITURE, names[i], 100, 1);
        }
        fact_of(&facts, FACT_BENCHMARK, "a", 172, 1);
        fact_of(&facts, FACT_BENCHMARK, "b", 64, 1);
        is(line_of_item(came(), LINE_SAVINGS, "a"), 72, 1);
        is(line_of_item(came(), LINE_SAVINGS, "b"), -36, 1);
        is(line_of_item(came(), LINE_SAVINGS, ""), -64, 1);
        is(line_of(came(), LINE_SAVINGS_RATE), -64, 236);
        ck_assert_uint_eq(lines_of(came(), LINE_SAVINGS), 3);
}
END_TEST

START_TEST(nothing_is_saved_against_no_benchmark)
{
        begin();
        with_word(target("total", NULL), "category", "a");
        with_step(&terms, "expenditure");
        with_step(&terms, "savings");
        end();
        fact_of(&facts, FACT_BENCHMARK, "a", 0, 1);
        fact_is(&facts, FACT_EXPENDITURE, 1, 1);
        stops("the benchmark is not above zero");
}
END_TEST

/* ---- refused */

static struct step *at(size_t place)
{
        return &terms.steps[place];
}

START_TEST(targets_that_make_no_sense)
{
        begin();
        target("total", "baseline");
        end();
        refused("the baseline as a total is unit budget");
        begin();
        with_cents(target("total", NULL), "amount", 1);
        end();
        refused("amount is for a target whose source is terms");
        begin();
        with_rate(target("total", NULL), "rate", 1, 1);
        end();
        refused("rate is for a target whose unit is premium");
        begin();
        target("premium", NULL);
        end();
        refused("rate must be given where unit is premium");
        with_rate(at(0), "rate", 1, 1);
        accepted();
        with_word(at(0), "source", "terms");
        with_cents(at(0), "amount", 1);
        refused("the premium is reported");
        begin();
        target("pmpm", "terms");
        end();
        refused("amount must be given where source is terms");
        with_cents(at(0), "amount", PMPM_MAX);
        accepted();
        at(0)->params[2].cents = PMPM_MAX + 1;
        refused("amount is more than one person, month or episode can cost");
        at(0)->params[0].word = (struct name) { "episode" };
        accepted();
        at(0)->params[2].cents = PER_CAPITA_MAX + 1;
        refused("amount is more than one person, month or episode can cost");
}
END_TEST

START_TEST(a_baseline_is_there_before_it_is_a_target)
{
        begin();
        target(_i ? "budget" : "pmpm", _i ? NULL : "baseline");
        end();
        refused("needs a baseline");
}
END_TEST

START_TEST(a_budget_is_nothing_else)
{
        begin();
        with_word(with_step(&terms, "baseline"), "source", "reported");
        target("budget", "baseline");
        end();
        accepted();
        at(1)->params[1].word = (struct name) { "reported" };
        refused("a budget is the baseline: give no other source");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("target");

        tcase_add_loop_test(tests, a_reported_amount_for_each_times_how_many, 0, COUNT_OF(priced));
        tcase_add_loop_test(tests, an_amount_of_the_terms_times_how_many, 0, COUNT_OF(priced));
        tcase_add_loop_test(tests, the_baseline_times_how_many, 0, COUNT_OF(priced));
        tcase_add_loop_test(tests, what_was_counted_before_is_not_asked_for_again, 0,
                            COUNT_OF(priced));
        tcase_add_loop_test(tests, a_risk_score_multiplies_the_amount_for_each, 0,
                            COUNT_OF(priced));
        tcase_add_test(tests, totals_reported_given_or_of_the_premium);
        tcase_add_test(tests, a_budget_is_the_baseline_itself);
        tcase_add_loop_test(tests, how_care_is_paid_changes_no_number, 0, 2);
        tcase_add_loop_test(tests, a_benchmark_of_zero_is_not_calculable, 0, 2);
        tcase_add_test(tests, categories_per_capita_weigh_by_their_years);
        tcase_add_loop_test(tests, cells_of_categories_add_up, 0, COUNT_OF(summed));
        tcase_add_test(tests, totals_of_categories_add_up_each_at_its_risk);
        tcase_add_test(tests, a_baseline_of_each_category_is_its_target);
        tcase_add_test(tests, one_baseline_holds_for_categories_that_have_none);
        tcase_add_test(tests, a_category_without_a_figure_stops_the_whole);
        tcase_add_test(tests, cells_with_a_step_each_add_up);
        tcase_add_test(tests, cells_may_differ_in_what_they_are_priced_by);
        tcase_add_test(tests, a_target_beyond_money_is_not_calculable);
        tcase_add_test(tests, all_categories_within_what_money_can_be);
        tcase_add_test(tests, the_longest_figures_fit);
        tcase_add_test(tests, savings_of_each_category_that_both_sides_have);
        tcase_add_test(tests, nothing_is_saved_against_no_benchmark);
        tcase_add_test(tests, targets_that_make_no_sense);
        tcase_add_loop_test(tests, a_baseline_is_there_before_it_is_a_target, 0, 2);
        tcase_add_test(tests, a_budget_is_nothing_else);
        return run_case(tests, "target");
}
