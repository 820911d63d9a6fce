/* SPDX-License-Identifier: Apache-2.0 */
/* What the facts so far would be at the end of the period, at worst, most likely and at best. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/forecast.h"
#include "tests/core/quality_case.h"
#include "tests/core/run.h"

static struct forecast_facts forecasts[FORECAST_COUNT];
static struct forecast_basis basis;
static struct members members;

static int forecast(void)
{
        const struct run run = run_of_2024(IN_FORCE);
        const struct settle_inputs inputs = {
                .facts = facts.list, .fact_count = facts.count,
                .members = members.count ? &members : NULL,
        };

        return forecast_facts(&terms, &run, &inputs, forecasts, &basis);
}

static void start(void)
{
        begin();
        members.count = 0;
}

static const struct fact *found(enum forecast at, enum fact_kind kind)
{
        for (size_t i = 0; i < forecasts[at].count; i++)
                if (forecasts[at].facts[i].key.kind == kind)
                        return &forecasts[at].facts[i];
        return NULL;
}

static int64_t value(enum forecast at, enum fact_kind kind)
{
        const struct fact *fact = found(at, kind);

        ck_assert_ptr_nonnull(fact);
        return fact->value.num;
}

static void are(enum fact_kind kind, int64_t low, int64_t central, int64_t high)
{
        ck_assert_int_eq(value(FORECAST_LOW, kind), low);
        ck_assert_int_eq(value(FORECAST_CENTRAL, kind), central);
        ck_assert_int_eq(value(FORECAST_HIGH, kind), high);
}

#define END_OF_AUGUST date_of(2024, 8, 31)

/* ---- growth */

/* Of a leap year. Nobody counts the people, so that costs have no width. */
static const struct {
        int year, month, day;   /* paid through */
        int64_t so_far, all;
        bool whole;
} growths[] = {
        { 2024, 8, 31, 800000, 1200000, false },        /* eight months of twelve */
        { 2024, 6, 30, 500001, 1000002, false },
        { 2024, 8, 15, 228000, 366000, false },         /* 228 days of 366 */
        { 2024, 1, 1, 1000, 366000, false },
        { 2024, 12, 30, 365000, 366000, false },
        { 2024, 12, 31, 800000, 800000, true },
        { 2025, 3, 31, 800000, 800000, true },          /* run-out */
        { 2023, 12, 31, 800000, 800000, true },         /* not of this period: says nothing */
        { 2024, 8, 31, -800000, -1200000, false },
        { 2024, 8, 31, MONEY_MAX, MONEY_MAX, false },
};

START_TEST(what_grows_is_divided_by_what_is_seen)
{
        struct fact *fact;

        start();
        fact = fact_is(&facts, FACT_EXPENDITURE, growths[_i].so_far, 1);
        fact->key.paid_through = date_of(growths[_i].year, growths[_i].month, growths[_i].day);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_EXPENDITURE, growths[_i].all, growths[_i].all, growths[_i].all);
        ck_assert_int_eq(basis.whole, growths[_i].whole);
        if (!growths[_i].whole)
                ck_assert_int_eq(basis.paid_through, fact->key.paid_through);
}
END_TEST

START_TEST(what_does_not_grow_or_does_not_say_how_far_it_reaches_stays)
{
        start();
        fact_is(&facts, FACT_HEAD_COUNT, 100, 1)->key.paid_through = END_OF_AUGUST;
        fact_is(&facts, FACT_RISK_SCORE, 11, 10)->key.paid_through = END_OF_AUGUST;
        fact_is(&facts, FACT_QUALITY_SCORE, 9, 10)->key.paid_through = END_OF_AUGUST;
        fact_is(&facts, FACT_BENCHMARK, 5000, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 66666, 1000)->key.paid_through = END_OF_AUGUST;
        ck_assert_int_eq(forecast(), 0);
        are(FACT_HEAD_COUNT, 100, 100, 100);
        are(FACT_RISK_SCORE, 11, 11, 11);
        are(FACT_QUALITY_SCORE, 9, 9, 9);
        are(FACT_BENCHMARK, 5000, 5000, 5000);
        are(FACT_PERSON_YEARS, 99999, 99999, 99999);
        ck_assert(!basis.whole);
}
END_TEST

START_TEST(nothing_that_grows_is_no_forecast)
{
        start();
        fact_is(&facts, FACT_HEAD_COUNT, 100, 1);
        measured("cbp", 50, 100);
        ck_assert_int_eq(forecast(), 0);
        ck_assert(basis.whole);
        ck_assert_int_eq(basis.paid_through, DATE_NONE);
        are(FACT_MEASURE_NUMERATOR, 50, 50, 50);
}
END_TEST

START_TEST(it_rests_on_the_earliest_day)
{
        start();
        fact_is(&facts, FACT_EXPENDITURE, 100, 1)->key.paid_through = date_of(2024, 9, 30);
        fact_is(&facts, FACT_MEMBER_MONTHS, 100, 1)->key.paid_through = END_OF_AUGUST;
        ck_assert_int_eq(forecast(), 0);
        ck_assert_int_eq(basis.paid_through, END_OF_AUGUST);
}
END_TEST

/* ---- half widths */

/*
 * 1.645 * 1.67 * sqrt(1/3 / 100) = 0.158606 of 12,000,000; of people, 1.645 * sqrt(24 / 3), cut
 * off.
 */
START_TEST(low_is_worse_and_high_is_better)
{
        start();
        linear("cbp", 60, 70);
        fact_is(&facts, FACT_EXPENDITURE, 8000000, 1)->key.paid_through = END_OF_AUGUST;
        fact_is(&facts, FACT_HEAD_COUNT, 100, 1);
        measured("cbp", 60, 100);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_EXPENDITURE, 13903272, 12000000, 10096728);
        are(FACT_MEASURE_NUMERATOR, 56, 60, 64);
        are(FACT_MEASURE_DENOMINATOR, 100, 100, 100);
        terms.step_count = 0;
        linear("cbp", 70, 60);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_MEASURE_NUMERATOR, 64, 60, 56);
}
END_TEST

START_TEST(a_measure_that_is_seen_whole_has_no_width)
{
        start();
        linear("cbp", 60, 70);
        fact_is(&facts, FACT_EXPENDITURE, 8000000, 1)->key.paid_through = END_OF_AUGUST;
        measured("cbp", 60, 100);
        facts.list[1].key.paid_through = date_of(2024, 12, 31);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_MEASURE_NUMERATOR, 60, 60, 60);
}
END_TEST

START_TEST(people_of_nobody_knows_how_many_have_no_width)
{
        start();
        fact_is(&facts, FACT_EXPENDITURE, 8000000, 1)->key.paid_through = END_OF_AUGUST;
        fact_of(&facts, FACT_MEASURE_NUMERATOR, "gap", 60, 1);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_MEASURE_NUMERATOR, 60, 60, 60);
        are(FACT_EXPENDITURE, 12000000, 12000000, 12000000);
}
END_TEST

START_TEST(rates_stay_between_nobody_and_everybody)
{
        start();
        linear("cbp", 60, 70);
        fact_is(&facts, FACT_EXPENDITURE, 1, 1)->key.paid_through = date_of(2024, 1, 31);
        measured("cbp", 1, 4);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_MEASURE_NUMERATOR, 0, 1, 2);
        facts.list[1].value.num = 4;
        ck_assert_int_eq(forecast(), 0);
        are(FACT_MEASURE_NUMERATOR, 4, 4, 4);
}
END_TEST

START_TEST(costs_for_each_are_as_wide_as_their_total)
{
        start();
        fact_is(&facts, FACT_EXPENDITURE_PER_CAPITA, 1000000, 1)->key.paid_through = END_OF_AUGUST;
        fact_is(&facts, FACT_PERSON_YEARS, 100, 1);
        ck_assert_int_eq(forecast(), 0);
        are(FACT_EXPENDITURE_PER_CAPITA, 1158606, 1000000, 841394);
}
END_TEST

/* ---- which facts */

START_TEST(only_what_a_settlement_reads_is_taken)
{
        struct fact *other;

        start();
        fact_is(&facts, FACT_EXPENDITURE, 700, 1)->key.paid_through = date_of(2024, 6, 30);
        fact_is(&facts, FACT_EXPENDITURE, 900, 1)->key.paid_through = date_of(2024, 9, 30);
        other = fact_is(&facts, FACT_EXPENDITURE, 1, 1);
        other->side = SIDE_EARNER;
        other->key.paid_through = date_of(2024, 12, 31);
        fact_in(&facts, 2022, FACT_BASE_PER_CAPITA, "", 5, 1);
        fact_in(&facts, 2021, FACT_EXPENDITURE, "", 5, 1);
        ck_assert_int_eq(forecast(), 0);
        ck_assert_uint_eq(forecasts[FORECAST_CENTRAL].count, 1);
        are(FACT_EXPENDITURE, 1200, 1200, 1200);
        with_count(with_step(&terms, "baseline"), "year", 2022);
        ck_assert_int_eq(forecast(), 0);
        ck_assert_uint_eq(forecasts[FORECAST_CENTRAL].count, 2);
        are(FACT_BASE_PER_CAPITA, 5, 5, 5);
}
END_TEST

START_TEST(member_rows_reach_as_far_as_their_completion_factor)
{
        static struct member_figures figures[1];

        start();
        figures[0] = (struct member_figures) {
                .head_count = 50, .member_months = 400, .expenditure = exact_ratio(16000001, 2),
                .truncated = exact_of(200), .stoploss = exact_of(100), .risk = exact_of(1),
        };
        members = (struct members) { .figures = figures, .count = 1 };
        fact_is(&facts, FACT_COMPLETION_FACTOR, 11, 10)->key.paid_through = END_OF_AUGUST;
        ck_assert_int_eq(forecast(), 0);
        ck_assert_int_eq(forecasts[FORECAST_CENTRAL].figures[0].member_months, 600);
        ck_assert_int_eq(forecasts[FORECAST_CENTRAL].figures[0].head_count, 50);
        ck_assert(exact_cmp(forecasts[FORECAST_CENTRAL].figures[0].expenditure,
                            exact_of(12000002)) == 0);
        ck_assert(exact_cmp(forecasts[FORECAST_CENTRAL].figures[0].truncated, exact_of(300)) == 0);
        /* 50 person-years: 1.645 * 1.67 * sqrt(1/3 / 50) = 0.224303 */
        ck_assert(exact_cmp(forecasts[FORECAST_LOW].figures[0].expenditure,
                            exact_of(12000002 + 2691636)) == 0);
        ck_assert(exact_cmp(forecasts[FORECAST_HIGH].figures[0].expenditure,
                            exact_of(12000002 - 2691636)) == 0);
}
END_TEST

START_TEST(more_than_a_statement_can_read_is_too_much)
{
        static struct fact many[FORECAST_FACTS_MAX + 1];
        const struct run run = run_of_2024(IN_FORCE);
        const struct settle_inputs inputs = { .facts = many,
                                              .fact_count = FORECAST_FACTS_MAX + 1 };

        start();
        for (int i = 0; i <= FORECAST_FACTS_MAX; i++) {
                char item[16];

                snprintf(item, sizeof(item), "m%d", i);
                many[i] = *fact_of(&facts, FACT_MEASURE_NUMERATOR, item, i, 1);
                many[i].index = 1000 + (uint64_t)i;
                facts.count = 0;
        }
        ck_assert_int_eq(forecast_facts(&terms, &run, &inputs, forecasts, &basis), -E2BIG);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("forecast");

        tcase_add_loop_test(tests, what_grows_is_divided_by_what_is_seen, 0, COUNT_OF(growths));
        tcase_add_test(tests, what_does_not_grow_or_does_not_say_how_far_it_reaches_stays);
        tcase_add_test(tests, nothing_that_grows_is_no_forecast);
        tcase_add_test(tests, it_rests_on_the_earliest_day);
        tcase_add_test(tests, low_is_worse_and_high_is_better);
        tcase_add_test(tests, a_measure_that_is_seen_whole_has_no_width);
        tcase_add_test(tests, people_of_nobody_knows_how_many_have_no_width);
        tcase_add_test(tests, rates_stay_between_nobody_and_everybody);
        tcase_add_test(tests, costs_for_each_are_as_wide_as_their_total);
        tcase_add_test(tests, only_what_a_settlement_reads_is_taken);
        tcase_add_test(tests, member_rows_reach_as_far_as_their_completion_factor);
        tcase_add_test(tests, more_than_a_statement_can_read_is_too_much);
        return run_case(tests, "forecast");
}
