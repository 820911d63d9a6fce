/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A benchmark from its base years to what is paid: every figure of a worked example, to the digit
 * it is printed with, and what a missing figure makes of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/core/benchmark_case.h"
#include "tests/core/run.h"

static struct terms terms;
static struct facts facts;
static struct faults faults;

#define PEOPLE 15000

static void arrange(struct shape shape)
{
        worked_benchmark(&terms);
        worked_settlement(&terms, shape);
        worked_facts(&facts, PEOPLE);
        faults_reset(&faults);
        terms_check(&terms, 0, &faults);
        ck_assert_msg(faults.count == 0, "%s: %s", faults.list[0].field, faults.list[0].says);
}

static const struct shape plain = { .track = ONE_SIDED_40, .quality = GATED };

static const struct statement *settle_it(void)
{
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 1);
        return settled(&terms, &facts, IN_FORCE);
}

/* ---- the worked example */

static const struct {
        enum line_code code;
        int n;
        const char *of[CATEGORIES];
} columns[] = {
        { LINE_TREND, 0, { "1.0510", "1.0890", "1.0610", "1.0990" } },
        { LINE_TREND, 1, { "1.0255", "1.0445", "1.0305", "1.0495" } },
        { LINE_RESTATED, 0, { "90,032.198020", "12,312.960000", "18,390.666667",
                              "10,990.000000" } },
        { LINE_RESTATED, 1, { "89,057.637255", "12,184.167464", "18,312.885437",
                              "10,760.025253" } },
        { LINE_RESTATED, 2, { "88,000", "11,900", "18,100", "10,600" } },
        { LINE_HISTORICAL, 0, { "88,520.510979", "12,026.546239", "18,192.932298",
                                "10,687.007576" } },
        { LINE_REFERENCE_SHARE, 0, { ".010", ".120", ".090", ".780" } },
        { LINE_REGIONAL, 0, { "86,500", "12,300", "18,000", "11,000" } },
        { LINE_NATIONAL, 0, { "85,000", "12,000", "17,800", "10,900" } },
        { LINE_REGIONAL_UNCAPPED, 0, { "-707.178843", "95.708816", "-67.526304",
                                       "109.547348" } },
        { LINE_ADJUSTMENT_CAP, 0, { "4,250", "600", "890", "545" } },
        { LINE_ADJUSTMENT_FLOOR, 0, { "1,275", "180", "267", "163.5" } },
        { LINE_REGIONAL_ADJUSTMENT, 0, { "-707.178843", "95.708816", "-67.526304",
                                         "109.547348" } },
        { LINE_ADJUSTED, 0, { "87,813.332136", "12,122.255055", "18,125.405994",
                              "10,796.554924" } },
        { LINE_PERIOD_RISK, 0, { "1.040", "1.110", "1.060", "1.045" } },
        { LINE_RISK_RATIO, 0, { "1.009709", "1.047170", "1.019231", "1.045000" } },
        { LINE_RISK_CAPPED, 0, { "1.009709", "1.030000", "1.019231", "1.030000" } },
        { LINE_TWO_WAY, 0, { "1.030500", "1.049500", "1.044500", "1.054500" } },
        { LINE_UPDATE_PROSPECTIVE, 0, { "1.049", "1.052", "1.052", "1.052" } },
        { LINE_THREE_WAY, 0, { "1.036667", "1.050333", "1.047000", "1.053667" } },
        { LINE_UPDATE, 0, { "1.036667", "1.050333", "1.047000", "1.053667" } },
        { LINE_UPDATED, 0, { "91,917.024765", "13,114.376654", "19,342.252533",
                             "11,717.252846" } },
        { LINE_EXPENDITURE_EACH, 0, { "90,500", "12,600", "18,900", "11,050" } },
};

START_TEST(every_printed_figure_of_a_category_is_in_the_statement)
{
        const struct statement *statement;

        arrange(plain);
        statement = settle_it();
        ck_assert_msg(statement->status == STATEMENT_CALCULATED, "%s", statement->reason.text);
        for (size_t k = 0; k < CATEGORIES; k++)
                check_printed(statement, columns[_i].code, categories[k], columns[_i].n,
                              columns[_i].of[k]);
}
END_TEST

static const struct {
        enum line_code code;
        const char *is;
} wholes[] = {
        { LINE_HISTORICAL_ALL, "12,301.620475" },
        { LINE_DIFFERENCE_ALL, "239.379525" },
        { LINE_REGIONAL_WEIGHT, ".35" },
        { LINE_REGIONAL_ALL, "83.782834" },
        { LINE_BENCHMARK_EACH, "13,465.810918" },
        { LINE_EXPENDITURE_EACH, "12,829.050000" },
        { LINE_PERSON_YEARS, "14,500" },
        { LINE_BENCHMARK, "195,254,258.31" },
        { LINE_EXPENDITURE, "186,021,225.00" },
        { LINE_SAVINGS, "9,233,033.31" },
        { LINE_SAVINGS_RATE, ".047287" },       /* 4.728723 % */
        { LINE_MINIMUM_RATE, ".027000" },
        { LINE_MINIMUM_SAVINGS, "5,271,864.974370" },
};

START_TEST(every_printed_figure_of_the_whole_is_in_the_statement)
{
        arrange(plain);
        check_printed(settle_it(), wholes[_i].code, "", 0, wholes[_i].is);
}
END_TEST

static const struct {
        const char *says;
        struct shape shape;
        int64_t quality;        /* of 10000 */
        enum fact_kind standard;
        bool loss;              /* the mirror: benchmark and expenditure change places */
        int64_t revenue;        /* 0: nobody says */
        int64_t earned;
} tracks[] = {
        { "BASIC A and B", { .track = ONE_SIDED_40, .quality = GATED }, 10000,
          FACT_QUALITY_STANDARD_MET, false, 0, 361934906 },
        { "BASIC C to E", { .track = FIXED_LOSS_50, .quality = GATED }, 10000,
          FACT_QUALITY_STANDARD_MET, false, 2100000000, 452418632 },
        { "ENHANCED", { .track = ENHANCED, .quality = GATED }, 10000, FACT_QUALITY_STANDARD_MET,
          false, 0, 678627948 },
        { "ENHANCED by the alternative standard", { .track = ENHANCED, .quality = GATED }, 6231,
          FACT_ALTERNATIVE_STANDARD_MET, false, 0, 422853075 },
        { "the mirror loss of BASIC E", { .track = FIXED_LOSS_50, .quality = GATED }, 10000,
          FACT_QUALITY_STANDARD_MET, true, 2100000000, -168000000 },
        { "the mirror loss of ENHANCED at 90", { .track = ENHANCED, .quality = GATED }, 9000,
          FACT_QUALITY_STANDARD_MET, true, 0, -369321332 },
        { "the mirror loss of ENHANCED at 60", { .track = ENHANCED, .quality = GATED }, 6000,
          FACT_QUALITY_STANDARD_MET, true, 0, -507816832 },
        { "the mirror loss of ENHANCED at 30", { .track = ENHANCED, .quality = GATED }, 3000,
          FACT_QUALITY_STANDARD_MET, true, 0, -692477498 },
};

/* So much more than the benchmark as it was less: in total, for one cannot say so per person. */
static void turn_to_a_loss(void)
{
        struct step *step = step_of(&terms, "expenditure", 0);

        step->param_count = 0;
        fact_is(&facts, FACT_EXPENDITURE, 19525425831 + 923303331, 1);
}

START_TEST(each_track_pays_what_the_example_says)
{
        const struct statement *statement;

        arrange(tracks[_i].shape);
        if (tracks[_i].loss)
                turn_to_a_loss();
        if (tracks[_i].revenue)
                fact_is(&facts, FACT_PARTICIPANT_REVENUE, tracks[_i].revenue, 1);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, tracks[_i].standard == FACT_QUALITY_STANDARD_MET,
                1);
        fact_is(&facts, FACT_ALTERNATIVE_STANDARD_MET,
                tracks[_i].standard == FACT_ALTERNATIVE_STANDARD_MET, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, tracks[_i].quality, 10000);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_msg(statement->status == STATEMENT_CALCULATED, "%s: %s", tracks[_i].says,
                      statement->reason.text);
        ck_assert_msg(statement->earned == tracks[_i].earned, "%s: %" PRId64 ", not %" PRId64,
                      tracks[_i].says, statement->earned, tracks[_i].earned);
}
END_TEST

START_TEST(expenditure_that_rises_later_takes_back_the_difference)
{
        struct step *step;
        int64_t before;

        arrange(plain);
        before = settle_it()->earned;
        step = step_of(&terms, "expenditure", 0);
        step->param_count = 0;
        fact_is(&facts, FACT_EXPENDITURE, 18602122500 + 25000000, 1);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned - before, -9800000);
}
END_TEST

/* ---- other models */

/* A panel's budget per member and month: agreed, at the risk of 2022, grown with its market. */
START_TEST(a_global_budget_is_trended_and_follows_the_risk)
{
        const struct statement *statement;
        struct step *step;

        arrange_terms(&terms);
        step = with_step(&terms, "baseline");
        with_word(step, "source", "terms");
        with_cents(step, "amount", 32000);
        step = with_step(&terms, "risk-update");
        with_count(step, "reference_year", 2022);
        with_word(step, "update", "regional");
        with_step(&terms, "expenditure");
        step = with_step(&terms, "target");
        with_word(step, "unit", "pmpm");
        with_word(step, "source", "baseline");
        with_step(&terms, "savings");
        with_word(with_step(&terms, "corridor-gate"), "minimum", "none");
        with_rate(with_step(&terms, "share"), "up", 56, 100);
        with_step(&terms, "post");
        facts_begin(&facts);
        fact_in(&facts, 2022, FACT_RISK_SCORE, "", 1, 1);
        fact_is(&facts, FACT_RISK_SCORE, 105, 100);
        fact_is(&facts, FACT_TREND_REGIONAL, 104, 100);
        fact_is(&facts, FACT_MEMBER_MONTHS, 100000, 1);
        fact_is(&facts, FACT_EXPENDITURE, 3394400000, 1);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_msg(statement->status == STATEMENT_CALCULATED, "%s", statement->reason.text);
        check_printed(statement, LINE_UPDATED, "", 0, "349.44");
        check_printed(statement, LINE_BENCHMARK, "", 0, "34,944,000");
        ck_assert_int_eq(statement->earned, 56000000);
}
END_TEST

static void hospital_budget(void)
{
        struct step *step;

        arrange_terms(&terms);
        step = with_step(&terms, "baseline");
        with_word(step, "source", "carried");
        with_cents(step, "amount", INT64_C(40000000000));
        for (int i = 0; i < 2; i++) {
                step = with_step(&terms, "adjust");
                with_word(step, "kind", "rate");
                with_rate(step, "rate", i ? 42 : 359, 10000);
        }
        step = with_step(&terms, "adjust");
        with_word(step, "kind", "budget");
        with_word(step, "item", "market-shift");
        with_step(&terms, "expenditure");
        with_word(with_step(&terms, "target"), "unit", "budget");
        with_step(&terms, "savings");
        with_word(with_step(&terms, "corridor-gate"), "minimum", "none");
        with_rate(with_step(&terms, "share"), "up", 1, 1);
        with_step(&terms, "post");
        facts_begin(&facts);
        fact_of(&facts, FACT_BUDGET_ADJUSTMENT, "market-shift", -120000000, 1);
        fact_is(&facts, FACT_EXPENDITURE, 41000000000, 1);
}

START_TEST(a_hospital_s_budget_goes_on_from_year_to_year)
{
        static const char *const budgets[] = { "414,900,312", "430,400,373.18", "446,524,323.91" };
        static struct statement statement;
        struct carried carried[8];
        size_t count = 0;
        const struct run run = run_of_2024(IN_FORCE);

        hospital_budget();
        for (int year = 0; year < 3; year++) {
                settle(&terms, &run,
                       &(struct settle_inputs) { .facts = facts.list,
                                                 .fact_count = facts.count,
                                                 .carried = carried,
                                                 .carried_count = count },
                       &statement);
                ck_assert_msg(statement.status == STATEMENT_CALCULATED, "%s",
                              statement.reason.text);
                check_printed(&statement, LINE_BENCHMARK, "", 0, budgets[year]);
                count = carries_of(&statement, carried, 8);
                ck_assert_uint_ge(count, 1);
                ck_assert_uint_le(count, 8);
        }
}
END_TEST

/* ---- what is missing */

static const struct {
        enum fact_kind kind;
        const char *item;
        int year;
        const char *reason;
} missing[] = {
        { FACT_TREND_REGIONAL, "dis", 2022, "no trend_regional of dis for 2022-01-01 to 2022-12-31"
          ": the bearer has to report it" },
        { FACT_TREND_NATIONAL, "agnd", 2021, "no trend_national of agnd for 2021-01-01" },
        { FACT_NATIONAL_WEIGHT, "", 2023, "no national_weight for 2023-01-01" },
        { FACT_BASE_PER_CAPITA, "esrd", 2023, "no base_per_capita of esrd for 2023-01-01" },
        { FACT_RISK_SCORE, "esrd", 2021, "no risk_score of esrd for 2021-01-01" },
        { FACT_RISK_SCORE, "agdu", 2023, "no risk_score of agdu for 2023-01-01" },
        { FACT_PERSON_YEARS, "dis", 2023, "no person_years of dis for 2023-01-01" },
        { FACT_REGIONAL_PER_CAPITA, "agnd", 0, "no regional_per_capita of agnd for 2024-01-01" },
        { FACT_NATIONAL_PER_CAPITA, "esrd", 0, "no national_per_capita of esrd for 2024-01-01" },
        { FACT_RISK_SCORE, "agnd", 0, "no risk_score of agnd for 2024-01-01" },
        { FACT_TREND_NATIONAL, "esrd", 0, "no trend_national of esrd for 2024-01-01" },
        { FACT_TREND_REGIONAL, "agdu", 0, "no trend_regional of agdu for 2024-01-01" },
        { FACT_TREND_PROSPECTIVE, "dis", 0, "no trend_prospective of dis for 2024-01-01" },
        { FACT_NATIONAL_WEIGHT, "", 0, "no national_weight for 2024-01-01" },
};

START_TEST(a_missing_figure_of_one_category_is_never_zero)
{
        const struct statement *statement;

        arrange(plain);
        drop_fact(&facts, missing[_i].kind, missing[_i].item, missing[_i].year);
        statement = settle_it();
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_msg(strncmp(statement->reason.text, missing[_i].reason,
                              strlen(missing[_i].reason)) == 0,
                      "%s, not %s", statement->reason.text, missing[_i].reason);
        ck_assert(!has_line(statement, LINE_EARNED));
        ck_assert_int_eq(statement->earned, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("benchmark");

        tcase_add_loop_test(tests, every_printed_figure_of_a_category_is_in_the_statement, 0,
                            COUNT_OF(columns));
        tcase_add_loop_test(tests, every_printed_figure_of_the_whole_is_in_the_statement, 0,
                            COUNT_OF(wholes));
        tcase_add_loop_test(tests, each_track_pays_what_the_example_says, 0, COUNT_OF(tracks));
        tcase_add_test(tests, expenditure_that_rises_later_takes_back_the_difference);
        tcase_add_test(tests, a_global_budget_is_trended_and_follows_the_risk);
        tcase_add_test(tests, a_hospital_s_budget_goes_on_from_year_to_year);
        tcase_add_loop_test(tests, a_missing_figure_of_one_category_is_never_zero, 0,
                            COUNT_OF(missing));
        return run_case(tests, "benchmark");
}
