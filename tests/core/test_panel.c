/* SPDX-License-Identifier: Apache-2.0 */
/* What people are counted as, and what their care cost. */
#include "tests/core/run.h"
#include "tests/core/settling.h"

/* ---- attribute */

struct counting {
        const char *count;
        enum fact_kind kind;
        enum line_code line;
};

static const struct counting countings[] = {
        { "people", FACT_HEAD_COUNT, LINE_HEAD_COUNT },
        { "person_years", FACT_PERSON_YEARS, LINE_PERSON_YEARS },
        { "member_months", FACT_MEMBER_MONTHS, LINE_MONTHS_ATTRIBUTED },
        { "episodes", FACT_EPISODES, LINE_EPISODES },
};

START_TEST(what_is_counted_of_the_whole_is_as_reported)
{
        begin();
        attribute(countings[_i].count, NULL);
        end();
        fact_is(&facts, countings[_i].kind, 12345, 1);
        is(line_of(came(), countings[_i].line), 12345, 1);
}
END_TEST

START_TEST(categories_are_counted_one_by_one_and_summed)
{
        begin();
        attribute(countings[_i].count, "aged");
        attribute(countings[_i].count, "esrd");
        with_word(attribute(countings[_i].count, NULL), "source", "categories");
        end();
        fact_of(&facts, countings[_i].kind, "aged", 700, 1);
        fact_of(&facts, countings[_i].kind, "esrd", 41, 1);
        is(line_of_item(came(), countings[_i].line, "aged"), 700, 1);
        is(line_of_item(came(), countings[_i].line, "esrd"), 41, 1);
        is(line_of_item(came(), countings[_i].line, ""), 741, 1);
}
END_TEST

START_TEST(a_sum_takes_only_what_was_counted_its_way)
{
        begin();
        attribute("people", "aged");
        attribute("member_months", "esrd");
        with_word(attribute("people", NULL), "source", "categories");
        end();
        fact_of(&facts, FACT_HEAD_COUNT, "aged", 700, 1);
        fact_of(&facts, FACT_MEMBER_MONTHS, "esrd", 41, 1);
        is(line_of_item(came(), LINE_HEAD_COUNT, ""), 700, 1);
}
END_TEST

START_TEST(years_of_a_category_are_taken_to_six_decimals)
{
        begin();
        attribute("person_years", "aged");
        attribute("person_years", "esrd");
        with_word(attribute("person_years", NULL), "source", "categories");
        end();
        fact_of(&facts, FACT_PERSON_YEARS, "aged", 100, 3);
        fact_of(&facts, FACT_PERSON_YEARS, "esrd", 1, 2000000);
        is(line_of_item(came(), LINE_YEARS_REPORTED, "aged"), 100, 3);
        is(line_of_item(came(), LINE_PERSON_YEARS, "aged"), 33333333, 1000000);
        is(line_of_item(came(), LINE_PERSON_YEARS, "esrd"), 1, 1000000);
        is(line_of_item(came(), LINE_PERSON_YEARS, ""), 33333334, 1000000);
}
END_TEST

START_TEST(years_of_the_whole_stay_as_they_are)
{
        begin();
        attribute("person_years", NULL);
        end();
        fact_is(&facts, FACT_PERSON_YEARS, 100, 3);
        is(line_of(came(), LINE_PERSON_YEARS), 100, 3);
        ck_assert(!has_line(came(), LINE_YEARS_REPORTED));
}
END_TEST

START_TEST(a_category_nobody_counted_stops_with_its_name)
{
        begin();
        attribute("people", "aged");
        end();
        fact_is(&facts, FACT_HEAD_COUNT, 700, 1);
        stops("no head_count of aged for 2024-01-01 to 2024-12-31: the bearer has to report it");
}
END_TEST

START_TEST(the_method_changes_no_number)
{
        static const char *const methods[] = { "unsaid", "prospective", "retrospective",
                                               "voluntary", "geographic", "episode_trigger" };

        begin();
        with_word(attribute("people", NULL), "method", methods[_i]);
        end();
        fact_is(&facts, FACT_HEAD_COUNT, 9, 1);
        is(line_of(came(), LINE_HEAD_COUNT), 9, 1);
}
END_TEST

/* ---- expenditure */

static struct step *expenditure(const char *unit, const char *by)
{
        struct step *step = with_step(&terms, "expenditure");

        with_word(step, "unit", unit);
        with_word(step, "by", by);
        return step;
}

START_TEST(truncated_and_completed_cost_times_person_years)
{
        /* 234,117.00 over 2.75 years: 85,133.4545..., reported to the cent. */
        begin();
        expenditure("per_capita", "whole");
        end();
        fact_is(&facts, FACT_EXPENDITURE_PER_CAPITA, 8513345, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 11, 4);
        is(line_of(came(), LINE_EXPENDITURE), 23411699, 1);
}
END_TEST

START_TEST(counted_years_are_taken_and_not_asked_for_again)
{
        begin();
        attribute("person_years", "a");
        with_word(attribute("person_years", NULL), "source", "categories");
        expenditure("per_capita", "whole");
        end();
        fact_of(&facts, FACT_PERSON_YEARS, "a", 12, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 99, 1);
        fact_is(&facts, FACT_EXPENDITURE_PER_CAPITA, 100, 1);
        is(line_of(came(), LINE_EXPENDITURE), 1200, 1);
}
END_TEST

START_TEST(per_member_and_month_times_months)
{
        begin();
        expenditure("pmpm", "whole");
        end();
        fact_is(&facts, FACT_EXPENDITURE_PMPM, -41237, 1);
        fact_is(&facts, FACT_MEMBER_MONTHS, 14400, 1);
        is(line_of(came(), LINE_EXPENDITURE), -593812800, 1);
}
END_TEST

/* Dollars per person of the worked example, by its shares of 14,500 person-years. */
static const struct {
        const char *category;
        int64_t share;          /* thousandths */
        int64_t cost;           /* dollars */
} worked[] = {
        { "esrd", 11, 90500 }, { "disabled", 118, 12600 },
        { "dual", 92, 18900 }, { "aged", 779, 11050 },
};

static void worked_example(void)
{
        begin();
        for (int i = 0; i < COUNT_OF(worked); i++) {
                attribute("people", worked[i].category);
                fact_of(&facts, FACT_HEAD_COUNT, worked[i].category, 1, 1);
                fact_of(&facts, FACT_PERSON_YEARS, worked[i].category, 145 * worked[i].share, 10);
                fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, worked[i].category,
                        100 * worked[i].cost, 1);
        }
}

START_TEST(categories_per_capita_weigh_by_their_years)
{
        worked_example();
        expenditure("per_capita", "category");
        end();
        is(line_of_item(came(), LINE_EXPENDITURE_EACH, ""), 1282905, 1);
        is(line_of_item(came(), LINE_PERSON_YEARS, ""), 14500, 1);
        is(line_of_item(came(), LINE_EXPENDITURE, ""), 18602122500, 1);
        is(line_of_item(came(), LINE_EXPENDITURE, "esrd"), 1443475000, 1);
}
END_TEST

/* Two of three categories' years at 1.00 and one at 2.00: 1.33..., rounded before it is a total. */
static const struct {
        int decimals;
        int64_t each, of, total;        /* each: of so many parts of a cent */
} roundings[] = {
        { 2, 133, 1, 39900000 },
        { 3, 1333, 10, 39990000 },
        { 6, 1333333, 10000, 39999990 },
        { 9, 1333333333, 10000000, 40000000 },
};

START_TEST(a_mean_is_rounded_to_decimals_of_a_dollar)
{
        begin();
        attribute("person_years", "a");
        attribute("person_years", "b");
        with_count(expenditure("per_capita", "category"), "decimals", roundings[_i].decimals);
        end();
        fact_of(&facts, FACT_PERSON_YEARS, "a", 200000, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 100000, 1);
        fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, "a", 100, 1);
        fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, "b", 200, 1);
        is(line_of_item(came(), LINE_EXPENDITURE_EACH, ""), roundings[_i].each, roundings[_i].of);
        is(line_of_item(came(), LINE_EXPENDITURE, ""), roundings[_i].total, 1);
}
END_TEST

/* The weights are the categories' years, the total is by the whole's, where both are known. */
START_TEST(years_of_the_whole_make_the_total)
{
        begin();
        attribute("person_years", "a");
        attribute("person_years", "b");
        attribute("person_years", NULL);
        expenditure("per_capita", "category");
        end();
        fact_of(&facts, FACT_PERSON_YEARS, "a", 1, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 1, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 3, 1);
        fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, "a", 100, 1);
        fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, "b", 300, 1);
        is(line_of_item(came(), LINE_EXPENDITURE, ""), 600, 1);
}
END_TEST

START_TEST(categories_without_years_cannot_be_weighed)
{
        begin();
        attribute("person_years", "a");
        expenditure("per_capita", "category");
        end();
        fact_of(&facts, FACT_PERSON_YEARS, "a", 0, 1);
        fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, "a", 100, 1);
        stops("the categories have no person-years");
}
END_TEST

START_TEST(totals_of_categories_add_up)
{
        begin();
        attribute("people", "a");
        attribute("people", "b");
        expenditure("total", "category");
        end();
        fact_of(&facts, FACT_HEAD_COUNT, "a", 1, 1);
        fact_of(&facts, FACT_HEAD_COUNT, "b", 1, 1);
        fact_of(&facts, FACT_EXPENDITURE, "a", 1000, 1);
        fact_of(&facts, FACT_EXPENDITURE, "b", -1, 1);
        is(line_of_item(came(), LINE_EXPENDITURE, ""), 999, 1);
        is(line_of_item(came(), LINE_EXPENDITURE, "b"), -1, 1);
}
END_TEST

START_TEST(months_of_categories_add_up_to_the_cent)
{
        begin();
        attribute("member_months", "a");
        attribute("member_months", "b");
        expenditure("pmpm", "category");
        end();
        fact_of(&facts, FACT_MEMBER_MONTHS, "a", 7, 1);
        fact_of(&facts, FACT_MEMBER_MONTHS, "b", 5, 1);
        fact_of(&facts, FACT_EXPENDITURE_PMPM, "a", 300, 1);
        fact_of(&facts, FACT_EXPENDITURE_PMPM, "b", 1001, 1);
        is(line_of_item(came(), LINE_EXPENDITURE, ""), 7105, 1);
}
END_TEST

START_TEST(a_category_without_a_figure_stops_the_whole)
{
        worked_example();
        expenditure("per_capita", "category");
        end();
        facts.count--;
        stops("no expenditure_per_capita of aged for");
}
END_TEST

static const struct {
        int64_t each, years, parts;
        bool fits;
} most[] = {
        { MONEY_MAX, 1, 1, true },
        { MONEY_MAX, 2, 1, false },
        { -MONEY_MAX, 1, 1, true },
        { -MONEY_MAX, 2, 1, false },
        { MONEY_MAX / 1000, 1000, 1, true },
        { MONEY_MAX / 1000 + 1, 1000, 1, false },
        { MONEY_MAX, 1000000, 1000000, true },
        { MONEY_MAX, 1000000, 999999, false },
        { MONEY_MAX, 1000000000, 1, false },
};

START_TEST(no_more_than_money_can_be)
{
        for (int category = 0; category < 2; category++) {
                begin();
                if (category)
                        attribute("person_years", "a");
                expenditure("per_capita", category ? "category" : "whole");
                end();
                fact_of(&facts, FACT_PERSON_YEARS, category ? "a" : "", most[_i].years,
                        most[_i].parts);
                fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, category ? "a" : "", most[_i].each,
                        1);
                if (most[_i].fits)
                        came();
                else
                        stops("more than money can be");
        }
}
END_TEST

START_TEST(no_more_than_money_can_be_in_all)
{
        begin();
        attribute("people", "a");
        attribute("people", "b");
        expenditure("total", "category");
        end();
        fact_of(&facts, FACT_HEAD_COUNT, "a", 1, 1);
        fact_of(&facts, FACT_HEAD_COUNT, "b", 1, 1);
        fact_of(&facts, FACT_EXPENDITURE, "a", MONEY_MAX, 1);
        fact_of(&facts, FACT_EXPENDITURE, "b", 1, 1);
        stops("of all categories is more than money can be");
        facts.list[facts.count - 1].value.num = 0;
        is(line_of(came(), LINE_EXPENDITURE), MONEY_MAX, 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("panel");

        tcase_add_loop_test(tests, what_is_counted_of_the_whole_is_as_reported, 0,
                            COUNT_OF(countings));
        tcase_add_loop_test(tests, categories_are_counted_one_by_one_and_summed, 0,
                            COUNT_OF(countings));
        tcase_add_test(tests, a_sum_takes_only_what_was_counted_its_way);
        tcase_add_test(tests, years_of_a_category_are_taken_to_six_decimals);
        tcase_add_test(tests, years_of_the_whole_stay_as_they_are);
        tcase_add_test(tests, a_category_nobody_counted_stops_with_its_name);
        tcase_add_loop_test(tests, the_method_changes_no_number, 0, 6);
        tcase_add_test(tests, truncated_and_completed_cost_times_person_years);
        tcase_add_test(tests, counted_years_are_taken_and_not_asked_for_again);
        tcase_add_test(tests, per_member_and_month_times_months);
        tcase_add_test(tests, categories_per_capita_weigh_by_their_years);
        tcase_add_loop_test(tests, a_mean_is_rounded_to_decimals_of_a_dollar, 0,
                            COUNT_OF(roundings));
        tcase_add_test(tests, years_of_the_whole_make_the_total);
        tcase_add_test(tests, categories_without_years_cannot_be_weighed);
        tcase_add_test(tests, totals_of_categories_add_up);
        tcase_add_test(tests, months_of_categories_add_up_to_the_cent);
        tcase_add_test(tests, a_category_without_a_figure_stops_the_whole);
        tcase_add_loop_test(tests, no_more_than_money_can_be, 0, COUNT_OF(most));
        tcase_add_test(tests, no_more_than_money_can_be_in_all);
        return run_case(tests, "panel");
}
