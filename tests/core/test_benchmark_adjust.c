/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adjustments of a baseline, each at its edges: which weight the region gets, what caps let
 * through, what savings before count for, and which of several alternatives holds.
 */
#include <string.h>

#include "tests/core/benchmark_case.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

static const char *const parts[] = { "a", "b" };

static struct step *adjust(const char *kind)
{
        struct step *step = with_step(&terms, "adjust");

        with_word(step, "kind", kind);
        return step;
}

static struct step *by_category(struct step *step)
{
        with_word(step, "by", "category");
        return step;
}

static void base_year(int year, int64_t weight, int64_t of)
{
        struct step *step = with_step(&terms, "baseline");

        with_count(step, "year", year);
        with_rate(step, "weight", weight, of);
}

/* One base year, one figure: so many cents. */
static void begin_whole(int64_t cents)
{
        begin();
        base_year(2023, 1, 1);
        fact_in(&facts, 2023, FACT_BASE_PER_CAPITA, "", cents, 1);
}

/* Two categories of so many people and cents in the one base year. */
static void begin_parts(const int64_t *years, const int64_t *cents)
{
        begin();
        for (int i = 0; i < 2; i++) {
                attribute("person_years", parts[i]);
                fact_of(&facts, FACT_PERSON_YEARS, parts[i], 1, 1);
                fact_in(&facts, 2023, FACT_PERSON_YEARS, parts[i], years[i], 1);
                fact_in(&facts, 2023, FACT_BASE_PER_CAPITA, parts[i], cents[i], 1);
        }
        base_year(2023, 1, 1);
        by_category(&terms.steps[terms.step_count - 1]);
}

static struct step *regional(int64_t weight, int64_t dearer)
{
        struct step *step = adjust("regional");

        with_rate(step, "weight", weight, 100);
        with_rate(step, "weight_dearer", dearer, 100);
        return step;
}

static const struct statement *ended(void)
{
        end();
        return came();
}

/* ---- the region */

START_TEST(the_sign_of_the_whole_difference_decides_the_weight)
{
        static const struct {
                int64_t baseline, region;
                const char *weight, *adjusted;
        } cases[] = {
                { 10000, 11000, ".35", "103.50" },
                { 10000, 10000, ".35", "100" },         /* as dear: not dearer */
                { 10000, 9999, ".15", "99.9985" },
                { 10000, 9000, ".15", "98.50" },
                { 10000, 0, ".15", "85" },
                { 0, 10000, ".35", "35" },
        };
        const struct statement *statement;

        begin_whole(cases[_i].baseline);
        regional(35, 15);
        fact_is(&facts, FACT_REGIONAL_PER_CAPITA, cases[_i].region, 1);
        statement = ended();
        check_printed(statement, LINE_REGIONAL_WEIGHT, "", 0, cases[_i].weight);
        check_printed(statement, LINE_ADJUSTED, "", 0, cases[_i].adjusted);
        ck_assert(!has_line(statement, LINE_REFERENCE_ALL));
}
END_TEST

START_TEST(categories_decide_together_and_by_their_people)
{
        static const struct {
                int64_t years[2], region[2];
                const char *weight, *adjusted[2], *all;
        } cases[] = {
                /* Baselines are 100 and 200 dollars. */
                { { 50, 50 }, { 11000, 19500 }, ".50", { "105", "197.50" }, "2.5" },
                { { 10, 90 }, { 11000, 19500 }, ".20", { "102", "199" }, "-3.5" },
                { { 1, 2 }, { 11000, 19500 }, ".50", { "105", "197.50" }, "0" },
                { { 0, 1 }, { 11000, 19500 }, ".20", { "102", "199" }, "-5" },
                { { 7, 0 }, { 11000, 19500 }, ".50", { "105", "197.50" }, "10" },
                { { 1, 999999999 }, { 11000, 20000 }, ".50", { "105", "200" }, "0" },
        };
        static const int64_t cents[] = { 10000, 20000 };
        const struct statement *statement;

        begin_parts(cases[_i].years, cents);
        by_category(regional(50, 20));
        for (int i = 0; i < 2; i++)
                fact_of(&facts, FACT_REGIONAL_PER_CAPITA, parts[i], cases[_i].region[i], 1);
        statement = ended();
        check_printed(statement, LINE_REGIONAL_WEIGHT, "", 0, cases[_i].weight);
        for (int i = 0; i < 2; i++)
                check_printed(statement, LINE_ADJUSTED, parts[i], 0, cases[_i].adjusted[i]);
        check_printed(statement, LINE_DIFFERENCE_ALL, "", 0, cases[_i].all);
}
END_TEST

/* So near to nothing that a share rounded to nine decimals would turn the sign. */
START_TEST(the_sign_is_that_of_the_exact_difference)
{
        static const int64_t years[] = { 1, 2 }, cents[] = { 300000002, 300000000 };

        begin_parts(years, cents);
        by_category(regional(50, 20));
        fact_of(&facts, FACT_REGIONAL_PER_CAPITA, "a", 0, 1);
        fact_of(&facts, FACT_REGIONAL_PER_CAPITA, "b", 450000000, 1);
        /* -300000002 and 2 x 150000000: two cents short. */
        check_printed(ended(), LINE_REGIONAL_WEIGHT, "", 0, ".20");
}
END_TEST

START_TEST(a_reference_year_without_people_has_no_shares)
{
        static const int64_t years[] = { 0, 0 }, cents[] = { 10000, 20000 };

        begin_parts(years, cents);
        by_category(regional(50, 20));
        end();
        stops("there are no person-years in the reference year");
}
END_TEST

START_TEST(caps_are_shares_of_the_national_amount)
{
        static const struct {
                int64_t region;
                const char *up, *down;  /* of a thousand; NULL: not given */
                const char *is;
        } cases[] = {
                /* The baseline is 100, the national amount 80 dollars; all of the difference. */
                { 10400, "50", "15", "104" },           /* the cap itself */
                { 10401, "50", "15", "104" },
                { 10399, "50", "15", "103.99" },
                { 9880, "50", "15", "98.80" },
                { 9879, "50", "15", "98.80" },
                { 9881, "50", "15", "98.81" },
                { 20000, "50", NULL, "104" },
                { 5000, "50", NULL, "50" },
                { 5000, NULL, "15", "98.80" },
                { 20000, NULL, "15", "200" },
                { 20000, NULL, NULL, "200" },
                { 20000, "0", "0", "100" },
                { 5000, "0", "0", "100" },
                { 5000, "50", "0", "100" },
                { 20000, "0", "15", "100" },
        };
        struct step *step;

        begin_whole(10000);
        step = regional(100, 100);
        if (cases[_i].up)
                with_rate(step, "cap_up", atoi(cases[_i].up), 1000);
        if (cases[_i].down)
                with_rate(step, "cap_down", atoi(cases[_i].down), 1000);
        fact_is(&facts, FACT_REGIONAL_PER_CAPITA, cases[_i].region, 1);
        if ((cases[_i].up && atoi(cases[_i].up)) || (cases[_i].down && atoi(cases[_i].down)))
                fact_is(&facts, FACT_NATIONAL_PER_CAPITA, 8000, 1);
        check_printed(ended(), LINE_ADJUSTED, "", 0, cases[_i].is);
}
END_TEST

START_TEST(an_adjustment_and_its_cap_are_rounded_halves_away_from_zero)
{
        static const struct {
                int64_t region, decimals;
                const char *uncapped, *cap;
        } cases[] = {
                { 10001, 2, ".01", "1.01" },            /* half a cent, and 100.5 cents */
                { 10001, 3, ".005", "1.005" },
                { 9999, 2, "-.01", "1.01" },
                { 9999, 3, "-.005", "1.005" },
                { 10003, 2, ".02", "1.01" },
        };
        const struct statement *statement;
        struct step *step;

        begin_whole(10000);
        step = regional(50, 50);
        with_rate(step, "cap_up", 1, 2);
        with_count(step, "decimals", cases[_i].decimals);
        fact_is(&facts, FACT_REGIONAL_PER_CAPITA, cases[_i].region, 1);
        fact_is(&facts, FACT_NATIONAL_PER_CAPITA, 201, 1);
        statement = ended();
        check_printed(statement, LINE_REGIONAL_UNCAPPED, "", 0, cases[_i].uncapped);
        check_printed(statement, LINE_ADJUSTMENT_CAP, "", 0, cases[_i].cap);
}
END_TEST

/* ---- savings before */

#define NOT_SAID INT64_MIN

START_TEST(savings_before_count_in_the_mean_of_all_base_years)
{
        static const struct {
                int64_t years[3];               /* cents; not said: none */
                int64_t part;                   /* of 100; not said: all */
                int64_t national;               /* 5 % of it is the cap; not said: no cap */
                const char *mean, *adjustment;
        } cases[] = {
                { { 3000, 3000, 3000 }, NOT_SAID, NOT_SAID, "30", "15" },
                { { 3000, NOT_SAID, NOT_SAID }, NOT_SAID, NOT_SAID, "10", "5" },
                { { 3000, NOT_SAID, 3000 }, 50, NOT_SAID, "20", "5" },
                { { 100, 0, 0 }, NOT_SAID, NOT_SAID, ".333333", ".166667" },
                { { -3000, 1000, 1000 }, NOT_SAID, NOT_SAID, "-3.333333", "0" },
                { { -3000, 1500, 1500 }, NOT_SAID, NOT_SAID, "0", "0" },
                { { -3000, 6000, NOT_SAID }, NOT_SAID, NOT_SAID, "10", "5" },
                { { NOT_SAID, NOT_SAID, NOT_SAID }, NOT_SAID, NOT_SAID, "0", "0" },
                { { 3000, 3000, 3000 }, NOT_SAID, 30000, "30", "15" },
                { { 3000, 3000, 3000 }, NOT_SAID, 29999, "30", "14.9995" },
                { { 3000, 3000, 3000 }, 0, NOT_SAID, "30", "0" },
        };
        const struct statement *statement;
        struct step *step;

        begin();
        for (int i = 0; i < 3; i++) {
                base_year(2021 + i, 1, 3);
                fact_in(&facts, 2021 + i, FACT_BASE_PER_CAPITA, "", 10000, 1);
                if (cases[_i].years[i] != NOT_SAID)
                        fact_in(&facts, 2021 + i, FACT_PRIOR_SAVINGS_PER_CAPITA, "",
                                cases[_i].years[i], 1);
        }
        step = adjust("prior_savings");
        with_rate(step, "scale", 1, 2);
        if (cases[_i].part != NOT_SAID)
                fact_is(&facts, FACT_PRIOR_SAVINGS_PART, cases[_i].part, 100);
        if (cases[_i].national != NOT_SAID) {
                with_rate(step, "cap_up", 5, 100);
                fact_is(&facts, FACT_NATIONAL_PER_CAPITA, cases[_i].national, 1);
        }
        statement = ended();
        check_printed(statement, LINE_PRIOR_MEAN, "", 0, cases[_i].mean);
        check_printed(statement, LINE_PRIOR_ADJUSTMENT, "", 0, cases[_i].adjustment);
        check_printed(statement, LINE_BASE_YEARS, "", 2, "3");
}
END_TEST

START_TEST(savings_before_are_rounded_once)
{
        struct step *step;

        /* .5 x 33.33/3 is 5.555: the mean is not rounded before it is halved. */
        begin();
        for (int i = 0; i < 3; i++) {
                base_year(2021 + i, 1, 3);
                fact_in(&facts, 2021 + i, FACT_BASE_PER_CAPITA, "", 10000, 1);
        }
        fact_in(&facts, 2021, FACT_PRIOR_SAVINGS_PER_CAPITA, "", 1000000, 1);
        step = adjust("prior_savings");
        with_rate(step, "scale", 1, 2);
        with_count(step, "decimals", 2);
        check_printed(ended(), LINE_PRIOR_ADJUSTMENT, "", 0, "1,666.67");
}
END_TEST

/* ---- other amounts, rates */

START_TEST(an_amount_per_person_is_added_to_each_category)
{
        static const int64_t years[] = { 1, 1 }, cents[] = { 10000, 20000 };
        const struct statement *statement;
        struct step *step;

        begin_parts(years, cents);
        step = by_category(adjust("per_capita"));
        if (_i == 0) {
                with_word(step, "item", "equity");
                fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "equity", 700, 1);
        }
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "a", -500, 1);
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "b", 250, 1);
        statement = ended();
        check_printed(statement, LINE_ADJUSTED, "a", 0, _i ? "95" : "107");
        check_printed(statement, LINE_ADJUSTED, "b", 0, _i ? "202.50" : "207");
}
END_TEST

START_TEST(a_rate_changes_the_baseline_as_it_stands)
{
        const struct statement *statement;
        struct step *step;

        begin_whole(10000);
        with_rate(adjust("rate"), "rate", 1, 10);
        step = adjust("per_capita");
        with_word(step, "item", "more");
        with_rate(adjust("rate"), "rate", -1, 2);
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "more", 1000, 1);
        statement = ended();
        check_printed(statement, LINE_ADJUSTED, "", 0, "110");
        check_printed(statement, LINE_ADJUSTED, "", 1, "120");
        check_printed(statement, LINE_ADJUSTED, "", 2, "60");
}
END_TEST

START_TEST(a_baseline_never_falls_below_zero)
{
        begin_whole(10000);
        with_word(adjust("per_capita"), "item", "less");
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "less", _i ? -10001 : -10000, 1);
        end();
        if (_i)
                stops("the baseline is below zero, or more than money can be");
        else
                check_printed(came(), LINE_ADJUSTED, "", 0, "0");
}
END_TEST

/* ---- alternatives */

static const struct alternatives {
        const char *choose;
        int64_t region, prior, other;   /* cents; not said: no such alternative */
        const char *is;
} choices[] = {
        { "max", 500, 300, NOT_SAID, "5" },
        { "max", 300, 500, NOT_SAID, "5" },
        { "max", 300, 300, NOT_SAID, "3" },
        { "max", -300, 200, NOT_SAID, "2" },
        { "max", -300, 0, NOT_SAID, "0" },
        { "max", -300, NOT_SAID, NOT_SAID, "-3" },
        { "max", 100, 200, 900, "9" },
        { "max", -100, 0, -900, "0" },
        { "sum", 500, 300, NOT_SAID, "8" },
        { "sum", -300, 200, 50, "-.50" },
        { "sum", 0, 0, 0, "0" },
        { "first", 500, 900, NOT_SAID, "5" },
        { "first", 0, 900, 100, "9" },
        { "first", 0, 0, -100, "-1" },
        { "first", 0, 0, NOT_SAID, "0" },
        { "first", -300, 900, NOT_SAID, "-3" },
        { "offset", 500, 300, NOT_SAID, "5" },
        { "offset", 300, 500, NOT_SAID, "5" },
        { "offset", 0, 500, NOT_SAID, "5" },
        { "offset", -300, 500, NOT_SAID, "2" },
        { "offset", -300, 200, NOT_SAID, "-1" },
        { "offset", -300, 0, NOT_SAID, "-3" },
        { "offset", -300, 200, 700, "4" },
        { "offset", -300, 800, 700, "5" },
        { "offset", -300, NOT_SAID, -100, "-3" },
        { "offset", -300, NOT_SAID, NOT_SAID, "-3" },
        { "offset", 300, 800, 900, "9" },
};

/* All of the difference, all of the savings, and what is reported. */
static void say_alternatives(const struct alternatives *one, bool of_parts)
{
        struct step *step;

        if (one->region != NOT_SAID) {
                step = regional(100, 100);
                with_word(step, "apply", "candidate");
                if (of_parts)
                        by_category(step);
        }
        if (one->prior != NOT_SAID) {
                step = adjust("prior_savings");
                with_word(step, "apply", "candidate");
                with_rate(step, "scale", 1, 1);
                fact_in(&facts, 2023, FACT_PRIOR_SAVINGS_PER_CAPITA, "", one->prior, 1);
                if (of_parts)
                        by_category(step);
        }
        if (one->other != NOT_SAID) {
                step = adjust("per_capita");
                with_word(step, "apply", "candidate");
                with_word(step, "item", "equity");
                fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "equity", one->other, 1);
                if (of_parts)
                        by_category(step);
        }
}

START_TEST(one_choice_is_made_among_the_alternatives)
{
        const struct alternatives *one = &choices[_i];
        const struct statement *statement;

        begin_whole(10000);
        say_alternatives(one, false);
        with_word(adjust("choose"), "choose", one->choose);
        fact_is(&facts, FACT_REGIONAL_PER_CAPITA, 10000 + one->region, 1);
        statement = ended();
        check_printed(statement, LINE_CHOSEN, "", (int)lines_of(statement, LINE_CHOSEN) - 1,
                      one->is);
        ck_assert_uint_eq(lines_of(statement, LINE_ADJUSTED), 1);
        is(exact_sub(line_of(statement, LINE_ADJUSTED), line_of(statement, LINE_CHOSEN)), 10000, 1);
}
END_TEST

/* The same where each category's region differs, and only the mean is what the case says. */
START_TEST(categories_choose_by_what_all_come_to)
{
        static const int64_t years[] = { 1, 1 }, cents[] = { 10000, 20000 };
        const struct alternatives *one = &choices[_i];
        const struct statement *statement;

        begin_parts(years, cents);
        say_alternatives(one, true);
        with_word(by_category(adjust("choose")), "choose", one->choose);
        fact_of(&facts, FACT_REGIONAL_PER_CAPITA, "a", 10000 + one->region - 7000, 1);
        fact_of(&facts, FACT_REGIONAL_PER_CAPITA, "b", 20000 + one->region + 7000, 1);
        statement = ended();
        check_printed(statement, LINE_CHOSEN_ALL, "", 0, one->is);
        ck_assert_uint_eq(lines_of(statement, LINE_ADJUSTED), 2);
}
END_TEST

/*
 * Alternatives that come to the same together, but not for each: the first of the terms holds, and
 * a region that is neither dearer nor cheaper is not set against anything.
 */
START_TEST(of_alternatives_that_come_to_the_same_the_first_holds)
{
        static const struct {
                const char *choose;
                int64_t region, prior;
                const char *of[2];
        } cases[] = {
                { "max", 500, 500, { "-65", "75" } },
                { "max", 499, 500, { "5", "5" } },
                { "offset", 500, 500, { "-65", "75" } },
                { "offset", 0, 500, { "5", "5" } },
                { "offset", 0, 0, { "-70", "70" } },
                { "offset", -100, 500, { "-66", "74" } },
        };
        static const int64_t years[] = { 1, 1 }, cents[] = { 10000, 20000 };
        const struct alternatives one = { .region = cases[_i].region, .prior = cases[_i].prior,
                                          .other = NOT_SAID };
        const struct statement *statement;

        begin_parts(years, cents);
        say_alternatives(&one, true);
        with_word(by_category(adjust("choose")), "choose", cases[_i].choose);
        fact_of(&facts, FACT_REGIONAL_PER_CAPITA, "a", 10000 + one.region - 7000, 1);
        fact_of(&facts, FACT_REGIONAL_PER_CAPITA, "b", 20000 + one.region + 7000, 1);
        statement = ended();
        for (int i = 0; i < 2; i++)
                is(line_of_item(statement, LINE_CHOSEN, parts[i]), 100 * atoi(cases[_i].of[i]), 1);
}
END_TEST

START_TEST(what_is_chosen_is_capped_once)
{
        static const struct {
                const char *choose;
                int64_t region, prior;
                const char *is;
        } cases[] = {
                /* 5 % of 80 dollars. */
                { "sum", 300, 300, "4" },
                { "sum", 200, 200, "4" },
                { "sum", 200, 199, "3.99" },
                { "max", 401, 100, "4" },
                { "offset", -100, 600, "4" },
                { "offset", -300, 600, "3" },
                { "offset", -900, 100, "-8" },
        };
        const struct alternatives one = { .region = cases[_i].region, .prior = cases[_i].prior,
                                          .other = NOT_SAID };
        const struct statement *statement;
        struct step *step;

        begin_whole(10000);
        say_alternatives(&one, false);
        step = adjust("choose");
        with_word(step, "choose", cases[_i].choose);
        with_rate(step, "cap_up", 5, 100);
        fact_is(&facts, FACT_REGIONAL_PER_CAPITA, 10000 + one.region, 1);
        fact_is(&facts, FACT_NATIONAL_PER_CAPITA, 8000, 1);
        statement = ended();
        check_printed(statement, LINE_CHOSEN, "", (int)lines_of(statement, LINE_CHOSEN) - 1,
                      cases[_i].is);
        is(exact_sub(line_of(statement, LINE_ADJUSTED), line_of(statement, LINE_CHOSEN)), 10000, 1);
}
END_TEST

START_TEST(an_alternative_alone_changes_nothing)
{
        const struct statement *statement;
        struct step *step;

        begin_whole(10000);
        step = regional(100, 100);
        with_word(step, "apply", "candidate");
        step = adjust("per_capita");
        with_word(step, "item", "first");
        with_word(adjust("choose"), "choose", "max");
        fact_is(&facts, FACT_REGIONAL_PER_CAPITA, 11000, 1);
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "first", 100, 1);
        statement = ended();
        /* What holds now is added at once; the choice is added to that. */
        check_printed(statement, LINE_ADJUSTED, "", 0, "101");
        check_printed(statement, LINE_ADJUSTED, "", 1, "111");
}
END_TEST

START_TEST(a_second_choice_is_among_later_alternatives)
{
        const struct statement *statement;
        struct step *step;

        begin_whole(10000);
        for (int i = 0; i < 2; i++) {
                step = adjust("per_capita");
                with_word(step, "item", i ? "second" : "first");
                with_word(step, "apply", "candidate");
                with_word(adjust("choose"), "choose", "sum");
        }
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "first", 100, 1);
        fact_of(&facts, FACT_ADJUSTMENT_PER_CAPITA, "second", 200, 1);
        statement = ended();
        check_printed(statement, LINE_ADJUSTED, "", 0, "101");
        check_printed(statement, LINE_ADJUSTED, "", 1, "103");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("benchmark_adjust");

        tcase_add_loop_test(tests, the_sign_of_the_whole_difference_decides_the_weight, 0, 6);
        tcase_add_loop_test(tests, categories_decide_together_and_by_their_people, 0, 6);
        tcase_add_test(tests, the_sign_is_that_of_the_exact_difference);
        tcase_add_test(tests, a_reference_year_without_people_has_no_shares);
        tcase_add_loop_test(tests, caps_are_shares_of_the_national_amount, 0, 15);
        tcase_add_loop_test(tests, an_adjustment_and_its_cap_are_rounded_halves_away_from_zero, 0,
                            5);
        tcase_add_loop_test(tests, savings_before_count_in_the_mean_of_all_base_years, 0, 11);
        tcase_add_test(tests, savings_before_are_rounded_once);
        tcase_add_loop_test(tests, an_amount_per_person_is_added_to_each_category, 0, 2);
        tcase_add_test(tests, a_rate_changes_the_baseline_as_it_stands);
        tcase_add_loop_test(tests, a_baseline_never_falls_below_zero, 0, 2);
        tcase_add_loop_test(tests, one_choice_is_made_among_the_alternatives, 0, COUNT_OF(choices));
        tcase_add_loop_test(tests, categories_choose_by_what_all_come_to, 0, COUNT_OF(choices));
        tcase_add_loop_test(tests, of_alternatives_that_come_to_the_same_the_first_holds, 0, 6);
        tcase_add_loop_test(tests, what_is_chosen_is_capped_once, 0, 7);
        tcase_add_test(tests, an_alternative_alone_changes_nothing);
        tcase_add_test(tests, a_second_choice_is_among_later_alternatives);
        return run_case(tests, "benchmark_adjust");
}
