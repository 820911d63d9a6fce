/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each rule of the benchmark at its edges: where a figure is rounded and how, which sign decides,
 * what a cap lets through, and what stops a settlement.
 */
#include <inttypes.h>
#include <string.h>

#include "tests/core/benchmark_case.h"
#include "tests/core/run.h"

static struct terms terms;
static struct facts facts;
static struct faults faults;
static struct carried carried;

/* ---- terms and facts, tersely */

static void begin(void)
{
        arrange_terms(&terms);
        facts_begin(&facts);
        memset(&carried, 0, sizeof(carried));
}

static void count_category(const char *category)
{
        struct step *step = with_step(&terms, "attribute");

        with_word(step, "category", category);
        with_word(step, "count", "person_years");
}

/* The benchmark needs no settlement of its own to be looked at. */
static const struct statement *settle_it(void)
{
        static struct statement statement;
        const struct run run = run_of_2024(IN_FORCE);

        with_cents(with_step(&terms, "fee"), "flat", 100);
        with_step(&terms, "post");
        faults_reset(&faults);
        terms_check(&terms, 0, &faults);
        ck_assert_msg(faults.count == 0, "%s: %s", faults.list[0].field, faults.list[0].says);
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list,
                                         .fact_count = facts.count,
                                         .carried = &carried,
                                         .carried_count = carried.what ? 1 : 0 },
               &statement);
        return &statement;
}

static void check_stops(const char *reason)
{
        const struct statement *statement = settle_it();

        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_msg(strcmp(statement->reason.text, reason) == 0, "%s", statement->reason.text);
}

static struct step *base_year(int year, int64_t weight, int64_t of)
{
        struct step *step = with_step(&terms, "baseline");

        with_count(step, "year", year);
        with_rate(step, "weight", weight, of);
        return step;
}

static void base_cents(int year, const char *item, int64_t cents)
{
        fact_in(&facts, year, FACT_BASE_PER_CAPITA, item, cents, 1);
}

static struct step *amount_of(int64_t cents)
{
        struct step *step = with_step(&terms, "baseline");

        with_word(step, "source", "terms");
        with_cents(step, "amount", cents);
        return step;
}

/* ---- base years */

START_TEST(growth_is_rounded_before_it_is_used_and_ties_go_away_from_zero)
{
        static const struct {
                int64_t growth, of;
                int64_t decimals;
                const char *trend, *restated;
        } cases[] = {
                { 5, 1000, 2, "1.01", "1.01" },
                { 5, 1000, 3, "1.005", "1.005" },
                { 4999999, 1000000000, 2, "1.00", "1.00" },
                { 1, 3, 6, "1.333333", "1.333333" },
                { 1, 3, 2, "1.33", "1.33" },
                { -5, 1000, 2, "1.00", "1.00" },        /* .995 */
                { -1, 1, 2, "0", "0" },
        };
        const struct statement *statement;
        struct step *step;

        begin();
        step = base_year(2022, 1, 2);
        with_word(step, "trend", "rate");
        with_rate(step, "rate", cases[_i].growth, cases[_i].of);
        with_count(step, "decimals", cases[_i].decimals);
        base_year(2023, 1, 2);
        base_cents(2022, "", 100);
        base_cents(2023, "", 0);
        statement = settle_it();
        check_printed(statement, LINE_TREND, "", 0, cases[_i].trend);
        check_printed(statement, LINE_RESTATED, "", 0, cases[_i].restated);
}
END_TEST

START_TEST(base_years_are_rounded_one_by_one_and_then_together)
{
        static const struct {
                int64_t first, second, weight, of, decimals;
                const char *is;
        } cases[] = {
                { 100, 101, 1, 2, 2, "1.01" },          /* 1.005 */
                { 100, 101, 1, 2, 3, "1.005" },
                { 100, 200, 1, 3, 6, "1.666667" },
                { 100, 200, 1, 3, 2, "1.67" },
                { 100, 0, 1, 1000000000, 9, "0" },      /* a billionth of a dollar, rounded */
                { 0, 0, 1, 2, 6, "0" },
                { PER_CAPITA_MAX, PER_CAPITA_MAX, 1, 1000000000, 9, "100,000,000" },
        };
        struct step *last;

        begin();
        base_year(2022, cases[_i].weight, cases[_i].of);
        last = base_year(2023, cases[_i].of - cases[_i].weight, cases[_i].of);
        with_count(last, "decimals", cases[_i].decimals);
        base_cents(2022, "", cases[_i].first);
        base_cents(2023, "", cases[_i].second);
        check_printed(settle_it(), LINE_HISTORICAL, "", 0, cases[_i].is);
}
END_TEST

START_TEST(a_base_year_is_brought_to_the_risk_of_the_latest)
{
        static const struct {
                int64_t then, now, decimals;
                const char *is;
        } cases[] = {
                { 1010, 1030, 6, "101.980198" },        /* 100 x 1.03 / 1.01 */
                { 1010, 1030, 9, "101.980198" },
                { 1010, 1030, 2, "101.98" },
                { 1030, 1010, 6, "98.058252" },
                { 1000, 1000, 6, "100" },
                { 3000, 1000, 6, "33.333333" },
                { 1000, 0, 6, "0" },
        };
        struct step *first;

        begin();
        first = base_year(2022, 1, 2);
        with_flag(first, "risk", true);
        with_count(first, "decimals", cases[_i].decimals);
        with_flag(base_year(2023, 1, 2), "risk", true);
        base_cents(2022, "", 10000);
        base_cents(2023, "", 10000);
        fact_in(&facts, 2022, FACT_RISK_SCORE, "", cases[_i].then, 1000);
        fact_in(&facts, 2023, FACT_RISK_SCORE, "", cases[_i].now, 1000);
        check_printed(settle_it(), LINE_RESTATED, "", 0, cases[_i].is);
}
END_TEST

START_TEST(the_latest_base_year_has_its_own_risk_already)
{
        begin();
        with_flag(base_year(2023, 1, 1), "risk", true);
        base_cents(2023, "", 10000);
        fact_in(&facts, 2023, FACT_RISK_SCORE, "", 0, 1);
        check_printed(settle_it(), LINE_HISTORICAL, "", 0, "100");
}
END_TEST

static void grow_2022(const char *trend)
{
        begin();
        with_word(base_year(2022, 1, 2), "trend", trend);
        base_year(2023, 1, 2);
        base_cents(2022, "", 10000);
        base_cents(2023, "", 10000);
        fact_in(&facts, 2022, FACT_TREND_NATIONAL, "", 11, 10);
        fact_in(&facts, 2022, FACT_TREND_REGIONAL, "", 13, 10);
}

START_TEST(each_kind_of_growth_takes_its_own_fact)
{
        static const struct {
                const char *trend;
                int64_t weight;         /* of 10 */
                const char *is;
        } cases[] = {
                { "none", 0, "100" },   { "national", 0, "110" }, { "regional", 0, "130" },
                { "blend", 0, "130" },  { "blend", 10, "110" },   { "blend", 3, "124" },
        };

        grow_2022(cases[_i].trend);
        fact_in(&facts, 2023, FACT_NATIONAL_WEIGHT, "", cases[_i].weight, 10);
        /* Of other years, and of the period: not asked for. */
        fact_in(&facts, 2022, FACT_NATIONAL_WEIGHT, "", 1, 2);
        fact_is(&facts, FACT_NATIONAL_WEIGHT, 1, 2);
        fact_is(&facts, FACT_TREND_NATIONAL, 9, 1);
        check_printed(settle_it(), LINE_RESTATED, "", 0, cases[_i].is);
}
END_TEST

START_TEST(a_category_has_its_own_weight_of_the_national_if_one_is_said)
{
        const struct statement *statement;

        begin();
        count_category("a");
        count_category("b");
        fact_of(&facts, FACT_PERSON_YEARS, "a", 1, 1);
        fact_of(&facts, FACT_PERSON_YEARS, "b", 1, 1);
        for (int i = 0; i < 2; i++) {
                struct step *step = base_year(2022 + i, 1, 2);

                with_word(step, "by", "category");
                if (i == 0)
                        with_word(step, "trend", "blend");
                base_cents(2022 + i, "a", 10000);
                base_cents(2022 + i, "b", 10000);
        }
        fact_in(&facts, 2022, FACT_TREND_NATIONAL, "a", 11, 10);
        fact_in(&facts, 2022, FACT_TREND_REGIONAL, "a", 13, 10);
        fact_in(&facts, 2022, FACT_TREND_NATIONAL, "b", 11, 10);
        fact_in(&facts, 2022, FACT_TREND_REGIONAL, "b", 13, 10);
        fact_in(&facts, 2023, FACT_NATIONAL_WEIGHT, "a", 1, 1);
        fact_in(&facts, 2023, FACT_NATIONAL_WEIGHT, "", 0, 1);
        statement = settle_it();
        check_printed(statement, LINE_RESTATED, "a", 0, "110");
        check_printed(statement, LINE_RESTATED, "b", 0, "130");
}
END_TEST

START_TEST(a_risk_score_of_zero_is_no_divisor)
{
        begin();
        with_flag(base_year(2022, 1, 2), "risk", true);
        base_year(2023, 1, 2);
        base_cents(2022, "", 10000);
        base_cents(2023, "", 10000);
        fact_in(&facts, 2022, FACT_RISK_SCORE, "", 0, 1);
        fact_in(&facts, 2023, FACT_RISK_SCORE, "", 1, 1);
        check_stops("the risk score of a base year is zero");
}
END_TEST

START_TEST(what_no_amount_can_be_stops_instead_of_being_wrong)
{
        begin();
        with_flag(base_year(2022, 1, 2), "risk", true);
        base_year(2023, 1, 2);
        base_cents(2022, "", PER_CAPITA_MAX);
        base_cents(2023, "", 10000);
        fact_in(&facts, 2022, FACT_RISK_SCORE, "", 1, 1000000000);
        fact_in(&facts, 2023, FACT_RISK_SCORE, "", 100, 1);
        check_stops("an amount of the benchmark is more than money can be");
}
END_TEST

/* ---- amounts and budgets */

START_TEST(an_agreed_amount_grows_to_the_period)
{
        static const struct {
                const char *trend, *is;
        } cases[] = {
                { "none", "100" },      { "rate", "103" },     { "national", "110" },
                { "regional", "130" },  { "blend", "115" },
        };
        struct step *step;

        begin();
        step = amount_of(10000);
        with_word(step, "trend", cases[_i].trend);
        with_rate(step, "rate", 3, 100);
        fact_is(&facts, FACT_TREND_NATIONAL, 11, 10);
        fact_is(&facts, FACT_TREND_REGIONAL, 13, 10);
        fact_is(&facts, FACT_NATIONAL_WEIGHT, 3, 4);
        with_rate(with_step(&terms, "adjust"), "rate", 0, 1);
        with_word(&terms.steps[1], "kind", "rate");
        check_printed(settle_it(), LINE_ADJUSTED, "", 0, cases[_i].is);
}
END_TEST

START_TEST(each_category_may_have_an_amount_of_its_own)
{
        const struct statement *statement;
        struct step *step;

        begin();
        for (int i = 0; i < 2; i++) {
                step = amount_of(10000 + i * 10000);
                with_word(step, "by", "category");
                with_word(step, "category", i ? "b" : "a");
        }
        step = with_step(&terms, "risk-update");
        with_word(step, "by", "category");
        with_flag(step, "risk", false);
        with_word(step, "update", "regional");
        fact_of(&facts, FACT_TREND_REGIONAL, "a", 11, 10);
        fact_of(&facts, FACT_TREND_REGIONAL, "b", 12, 10);
        statement = settle_it();
        check_printed(statement, LINE_UPDATED, "a", 0, "110");
        check_printed(statement, LINE_UPDATED, "b", 0, "240");
}
END_TEST

START_TEST(a_category_without_a_baseline_is_not_one_of_zero)
{
        struct step *step;

        begin();
        count_category("c");
        fact_of(&facts, FACT_PERSON_YEARS, "c", 1, 1);
        step = amount_of(10000);
        with_word(step, "by", "category");
        with_word(step, "category", "a");
        step = with_step(&terms, "adjust");
        with_word(step, "kind", "rate");
        with_word(step, "by", "category");
        with_rate(step, "rate", 0, 1);
        check_stops("a category has no baseline");
}
END_TEST

/* A hospital's budget: last year's, with this year's update and growth, and shifts. */
static void arrange_budget(void)
{
        static const char *const items[] = { "market-shift", "quality", "reversal" };
        struct step *step;

        begin();
        with_word(with_step(&terms, "baseline"), "source", "carried");
        step = with_step(&terms, "adjust");
        with_word(step, "kind", "reference");
        with_word(step, "item", "update");
        step = with_step(&terms, "adjust");
        with_word(step, "kind", "rate");
        with_rate(step, "rate", 42, 10000);
        for (size_t i = 0; i < 3; i++) {
                step = with_step(&terms, "adjust");
                with_word(step, "kind", "budget");
                with_word(step, "item", items[i]);
        }
        fact_of(&facts, FACT_REFERENCE_RATE, "update", 359, 10000)->key.scope = SCOPE_COMMUNITY;
        fact_of(&facts, FACT_BUDGET_ADJUSTMENT, "market-shift", -120000000, 1);
        fact_of(&facts, FACT_BUDGET_ADJUSTMENT, "quality", 45000050, 1);
        fact_of(&facts, FACT_BUDGET_ADJUSTMENT, "reversal", -50, 1);
}

static void carry_budget(wide num, wide den)
{
        carried = (struct carried) { .what = CARRY_BUDGET, .figure = exact_ratio(num, den) };
}

START_TEST(a_budget_goes_on_from_the_one_before)
{
        const struct statement *statement;

        arrange_budget();
        carry_budget(INT64_C(40000000000), 1);
        statement = settle_it();
        check_printed(statement, LINE_BASELINE_CARRIED, "", 0, "400,000,000");
        check_printed(statement, LINE_ADJUSTED, "", 0, "414,360,000");
        check_printed(statement, LINE_ADJUSTED, "", 1, "416,100,312");
        check_printed(statement, LINE_ADJUSTED, "", 2, "414,900,312");
        check_printed(statement, LINE_ADJUSTED, "", 3, "415,350,312.50");
        check_printed(statement, LINE_ADJUSTED, "", 4, "415,350,312.00");
}
END_TEST

START_TEST(the_first_budget_is_the_terms_or_else_a_report)
{
        const struct statement *statement;

        arrange_budget();
        if (_i == 0)
                with_cents(&terms.steps[0], "amount", INT64_C(30000000000));
        fact_is(&facts, FACT_BASELINE_PER_CAPITA, INT64_C(20000000000), 1);
        statement = settle_it();
        check_printed(statement, _i ? LINE_BASELINE_REPORTED : LINE_BASELINE_AGREED, "", 0,
                      _i ? "200,000,000" : "300,000,000");
}
END_TEST

START_TEST(a_budget_below_zero_or_beyond_money_stops)
{
        arrange_budget();
        if (_i == 0)
                carry_budget(100000, 1);
        else
                carry_budget(_i == 1 ? -1 : (wide)MONEY_MAX + 1, 1);
        check_stops(_i ? "the budget of the period before is no amount"
                       : "the baseline is below zero, or more than money can be");
}
END_TEST

START_TEST(a_rate_that_was_not_reported_or_a_shift_stops)
{
        arrange_budget();
        carry_budget(INT64_C(40000000000), 1);
        drop_fact(&facts, FACT_BUDGET_ADJUSTMENT, "quality", 0);
        check_stops("no budget_adjustment of quality for 2024-01-01 to 2024-12-31: the bearer has "
                    "to report it");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("benchmark_rules");

        tcase_add_loop_test(tests, growth_is_rounded_before_it_is_used_and_ties_go_away_from_zero,
                            0, 7);
        tcase_add_loop_test(tests, base_years_are_rounded_one_by_one_and_then_together, 0, 7);
        tcase_add_loop_test(tests, a_base_year_is_brought_to_the_risk_of_the_latest, 0, 7);
        tcase_add_test(tests, the_latest_base_year_has_its_own_risk_already);
        tcase_add_loop_test(tests, each_kind_of_growth_takes_its_own_fact, 0, 6);
        tcase_add_test(tests, a_category_has_its_own_weight_of_the_national_if_one_is_said);
        tcase_add_test(tests, a_risk_score_of_zero_is_no_divisor);
        tcase_add_test(tests, what_no_amount_can_be_stops_instead_of_being_wrong);
        tcase_add_loop_test(tests, an_agreed_amount_grows_to_the_period, 0, 5);
        tcase_add_test(tests, each_category_may_have_an_amount_of_its_own);
        tcase_add_test(tests, a_category_without_a_baseline_is_not_one_of_zero);
        tcase_add_test(tests, a_budget_goes_on_from_the_one_before);
        tcase_add_loop_test(tests, the_first_budget_is_the_terms_or_else_a_report, 0, 2);
        tcase_add_loop_test(tests, a_budget_below_zero_or_beyond_money_stops, 0, 3);
        tcase_add_test(tests, a_rate_that_was_not_reported_or_a_shift_stops);
        return run_case(tests, "benchmark_rules");
}
