/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps beside the Shared Savings Program's, and the tables of steps, parameters and lines
 * themselves.
 */
#include <string.h>

#include "core/inputs.h"
#include "core/steps.h"
#include "tests/core/arrange.h"
#include "tests/core/run.h"

static struct terms terms;
static struct facts facts;

static void measure(const char *key, int64_t weight, struct rate worst, struct rate best)
{
        struct step *step = with_step(&terms, "measure");

        with_word(step, "measure", key);
        with_count(step, "weight", weight);
        with_rate(step, "worst", worst.num, worst.den);
        with_rate(step, "best", best.num, best.den);
        with_count(step, "least_denominator", 30);
}

static void result(const char *key, int64_t met, int64_t eligible)
{
        struct fact *fact = fact_is(&facts, FACT_MEASURE_NUMERATOR, met, 1);

        memcpy(fact->key.item.text, key, strlen(key));
        fact = fact_is(&facts, FACT_MEASURE_DENOMINATOR, eligible, 1);
        memcpy(fact->key.item.text, key, strlen(key));
}

/* A pool of 250,000.00 on four measures, of which one has too few people. */
static void pool(void)
{
        struct step *step;

        arrange_terms(&terms);
        measure("cbp", 3, (struct rate) { 3, 5 }, (struct rate) { 7, 10 });
        measure("bcs", 1, (struct rate) { 7, 10 }, (struct rate) { 4, 5 });
        measure("hbd", 3, (struct rate) { 3, 10 }, (struct rate) { 1, 5 });
        measure("col", 1, (struct rate) { 3, 5 }, (struct rate) { 18, 25 });
        with_word(with_step(&terms, "composite"), "source", "measures");
        step = with_step(&terms, "fee");
        with_cents(step, "flat", 25000000);
        with_rate(step, "at_risk", 1, 1);
        with_step(&terms, "post");
        facts_begin(&facts);
        result("cbp", 280, 385);
        result("bcs", 190, 250);
        result("hbd", 3, 18);
        result("col", 324, 480);
}

START_TEST(a_measure_with_too_few_people_is_left_out)
{
        const struct statement *statement;

        pool();
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->earned, 21125000);
        ck_assert(exact_cmp(line_of(statement, LINE_QUALITY_SCORE), exact_ratio(845, 1000)) == 0);
        ck_assert(line_of(statement, LINE_MEASURE_LEFT_OUT).num == 18);
}
END_TEST

/* What one more patient is worth: inside the band 3,896.10, beyond its best rate nothing. */
START_TEST(one_patient_more)
{
        int64_t before;

        pool();
        facts.list[0].value.num = 231;
        before = settled(&terms, &facts, IN_FORCE)->earned;
        facts.list[0].value.num = 232;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned - before, 389610);
        facts.list[0].value.num = 280;
        before = settled(&terms, &facts, IN_FORCE)->earned;
        facts.list[0].value.num = 281;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, before);
}
END_TEST

START_TEST(less_is_better_when_best_lies_below_worst)
{
        pool();
        facts.list[4].value.num = 100;
        facts.list[5].value.num = 400;
        ck_assert(exact_cmp(line_of(settled(&terms, &facts, IN_FORCE), LINE_QUALITY_SCORE),
                            exact_ratio(5725, 8000)) == 0);
}
END_TEST

START_TEST(impossible_measures_are_not_calculable)
{
        pool();
        facts.list[0].value.num = 386;
        ck_assert_ptr_nonnull(
                strstr(settled(&terms, &facts, IN_FORCE)->reason.text, "more people met"));
        pool();
        for (int i = 1; i < 8; i += 2)
                facts.list[i].value.num = facts.list[i - 1].value.num = 0;
        ck_assert_ptr_nonnull(
                strstr(settled(&terms, &facts, IN_FORCE)->reason.text, "no measure has enough"));
        pool();
        facts.count--;
        ck_assert_str_eq(settled(&terms, &facts, IN_FORCE)->reason.text,
                         "no measure_denominator of col for 2024-01-01 to 2024-12-31: the earner "
                         "has to report it");
}
END_TEST

START_TEST(fees_per_member_and_month)
{
        struct step *step;

        arrange_terms(&terms);
        with_step(&terms, "composite");
        step = with_step(&terms, "fee");
        with_cents(step, "pmpm", 250);
        with_rate(step, "at_risk", 1, 4);
        step = with_step(&terms, "fee");
        with_cents(step, "flat", 1000);
        with_step(&terms, "post");
        facts_begin(&facts);
        fact_is(&facts, FACT_MEMBER_MONTHS, 6001, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 2);
        /* 15,002.50 at 7/8 = 13,127.1875, to the cent, and 10.00 */
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 1312719 + 1000);
        facts.count = 1;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->status, STATEMENT_NOT_CALCULABLE);
}
END_TEST

/* 4,000,000.00 owed; half the months for 18% of the people; then half a year. */
START_TEST(relief_by_shares_and_part_of_a_period)
{
        static struct statement statement;
        struct run run = run_of_2024(IN_FORCE);

        arrange_terms(&terms);
        terms.periods[0].until = date_of(2024, 7, 1);
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_all_shared(&terms);
        with_word(with_step(&terms, "relief"), "basis", "share");
        with_step(&terms, "prorate");
        with_step(&terms, "post");
        facts_money(&facts, 4000000000, -400000000, 0);
        fact_is(&facts, FACT_DISASTER_MONTHS_SHARE, 6, 12);
        fact_is(&facts, FACT_DISASTER_MEMBER_SHARE, 18, 100);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, -364000000);

        run.period.until = date_of(2024, 7, 1);
        for (size_t i = 0; i < facts.count; i++)
                facts.list[i].key.period = run.period;
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list, .fact_count = facts.count },
               &statement);
        ck_assert_int_eq(statement.earned, -182000000);

        run.period.until = date_of(2024, 7, 2);
        for (size_t i = 0; i < facts.count; i++)
                facts.list[i].key.period = run.period;
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list, .fact_count = facts.count },
               &statement);
        ck_assert_str_eq(statement.reason.text, "the period is not a number of whole months");
}
END_TEST

/* A full year's relief counts for the months of a half year. */
START_TEST(relief_in_money_is_for_a_year)
{
        static struct statement statement;
        struct run run = run_of_2024(IN_FORCE);

        arrange_mssp(&terms,
                     (struct shape) { .track = ENHANCED, .quality = SCALED, .elected = true });
        facts_money(&facts, 10000000000, -1000000000, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 1);
        fact_is(&facts, FACT_DISASTER_RELIEF, 100000001, 1);
        run.period.until = date_of(2024, 7, 1);
        for (size_t i = 0; i < facts.count; i++)
                facts.list[i].key.period = run.period;
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list, .fact_count = facts.count },
               &statement);
        ck_assert_int_eq(statement.earned, -400000000 + 50000000);
}
END_TEST

START_TEST(only_what_lies_beyond_the_minimum)
{
        struct step *step;

        arrange_terms(&terms);
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        step = with_step(&terms, "corridor-gate");
        with_word(step, "minimum", "flat");
        with_rate(step, "rate", 1, 50);
        with_word(step, "losses", "own");
        with_rate(step, "loss_rate", 1, 20);
        with_flag(step, "first_dollar", false);
        step = with_step(&terms, "share");
        with_rate(step, "up", 1, 1);
        with_word(step, "down", "fixed");
        with_rate(step, "down_rate", 1, 1);
        with_step(&terms, "post");
        facts_money(&facts, 100000, 5000, 0);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 3000);
        facts.list[1].value.num = 104999;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 0);
        facts.list[1].value.num = 107000;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, -2000);
}
END_TEST

START_TEST(a_chosen_rate_gives_way_to_size_below_a_panel)
{
        arrange_mssp(&terms,
                     (struct shape) { .track = ENHANCED, .quality = GATED, .elected = true });
        with_count(&terms.steps[4], "flat_least_panel", 5000);
        facts_money(&facts, 10000000000, 300000000, 4999);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        ck_assert(exact_cmp(line_of(settled(&terms, &facts, IN_FORCE), LINE_MINIMUM_RATE),
                            exact_ratio(39, 1000)) == 0);
        facts.list[2].value.num = 5000;
        ck_assert(exact_cmp(line_of(settled(&terms, &facts, IN_FORCE), LINE_MINIMUM_RATE),
                            exact_ratio(1, 50)) == 0);
}
END_TEST

START_TEST(rounding_is_an_argument)
{
        /* 40% of a loss of 3.75 is 1.50 owed, of 6.25 it is 2.50; in whole dollars. */
        static const struct {
                const char *mode;
                int64_t odd, even;
        } modes[] = {
                { "half_away", -200, -300 },
                { "half_up", -100, -200 },
                { "half_even", -200, -200 },
                { "toward_zero", -100, -200 },
        };

        for (int i = 0; i < COUNT_OF(modes); i++) {
                struct step *post;

                arrange_mssp(&terms, (struct shape) {
                        .track = ENHANCED, .quality = GATED, .elected = true });
                post = &terms.steps[terms.step_count - 1];
                post->param_count = 0;
                with_word(post, "unit", "dollar");
                if (i > 0)
                        with_word(post, "rounding", modes[i].mode);
                facts_money(&facts, 10000, -375, 15000);
                fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
                fact_is(&facts, FACT_QUALITY_SCORE, 1, 1);
                ck_assert_msg(settled(&terms, &facts, IN_FORCE)->earned == modes[i].odd, "%s",
                              modes[i].mode);
                facts.list[1].value.num = 10625;
                ck_assert_msg(settled(&terms, &facts, IN_FORCE)->earned == modes[i].even, "%s",
                              modes[i].mode);
        }
}
END_TEST

START_TEST(every_line_has_a_clause_and_a_meaning)
{
        const struct line_info *info;

        for (size_t i = 0; (info = line_at(i)); i++) {
                ck_assert_ptr_eq(line_info((unsigned int)info->code), info);
                ck_assert_uint_gt(strlen(info->clause), 5);
                ck_assert_uint_gt(strlen(info->says), 5);
                for (size_t j = 0; j < i; j++)
                        ck_assert_str_ne(info->name, line_at(j)->name);
        }
        ck_assert_ptr_null(line_info(0));
}
END_TEST

START_TEST(every_step_has_a_clause_and_fits_its_parameters)
{
        const struct step_info *info;
        const struct param_info *param;

        for (size_t i = 0; (info = step_at(i)); i++) {
                size_t count = 0;

                ck_assert_uint_gt(strlen(info->clause), 5);
                ck_assert_uint_eq(info->code, i);
                for (size_t j = 0; (param = param_at(j)); j++)
                        count += param->step == info->code;
                ck_assert_uint_le(count, PARAMS_PER_STEP_MAX);
        }
        for (size_t i = 0; (param = param_at(i)); i++) {
                ck_assert_ptr_eq(param_info(param->step, param->name), param);
                ck_assert_uint_gt(strlen(param->says), 5);
                ck_assert_int_eq(param->type == PARAM_BANDS, param->axis != AXIS_NONE);
        }
}
END_TEST

static bool has_input(const struct input *inputs, size_t count, enum fact_kind kind,
                      enum read_need need)
{
        for (size_t i = 0; i < count; i++)
                if (inputs[i].kind == kind)
                        return inputs[i].need == need;
        return false;
}

START_TEST(what_terms_read_is_known_before)
{
        struct input inputs[INPUTS_MAX];
        size_t count;

        arrange_mssp(
                &terms,
                (struct shape) { .track = FIXED_LOSS_50, .quality = GATED, .half_below = true });
        terms.rules[0] = (struct fact_rule) {
                .kind = FACT_EXPENDITURE, .of_record = SIDE_EARNER, .other = REPORT_MUST,
                .tolerance_share = { 0, 1 },
        };
        terms.rule_count = 1;
        count = terms_inputs(&terms, inputs);
        ck_assert(has_input(inputs, count, FACT_HEAD_COUNT, READ_ALWAYS));
        ck_assert(has_input(inputs, count, FACT_LOW_REVENUE, READ_WHEN_IT_MATTERS));
        ck_assert(has_input(inputs, count, FACT_PARTICIPANT_REVENUE, READ_WHEN_IT_MATTERS));
        ck_assert(has_input(inputs, count, FACT_DISASTER_RELIEF, READ_IF_SO));
        ck_assert(!has_input(inputs, count, FACT_ADVANCE_BALANCE, READ_ALWAYS));
        ck_assert(!has_input(inputs, count, FACT_REVENUE_LIMIT_APPLIES, READ_IF_SO));
        ck_assert(!has_input(inputs, count, FACT_EXPENDITURE_PER_CAPITA, READ_ALWAYS));
        ck_assert_int_eq(inputs[0].of_record, SIDE_BEARER);
        ck_assert_int_eq(inputs[1].kind, FACT_EXPENDITURE);
        ck_assert_int_eq(inputs[1].of_record, SIDE_EARNER);
        ck_assert_int_eq(inputs[1].other, REPORT_MUST);
        pool();
        count = terms_inputs(&terms, inputs);
        ck_assert_uint_eq(count, 8);
        ck_assert_str_eq(inputs[2].item.text, "bcs");
        ck_assert_uint_eq(inputs[2].step, 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("steps");

        tcase_add_test(tests, a_measure_with_too_few_people_is_left_out);
        tcase_add_test(tests, one_patient_more);
        tcase_add_test(tests, less_is_better_when_best_lies_below_worst);
        tcase_add_test(tests, impossible_measures_are_not_calculable);
        tcase_add_test(tests, fees_per_member_and_month);
        tcase_add_test(tests, relief_by_shares_and_part_of_a_period);
        tcase_add_test(tests, relief_in_money_is_for_a_year);
        tcase_add_test(tests, only_what_lies_beyond_the_minimum);
        tcase_add_test(tests, a_chosen_rate_gives_way_to_size_below_a_panel);
        tcase_add_test(tests, rounding_is_an_argument);
        tcase_add_test(tests, every_line_has_a_clause_and_a_meaning);
        tcase_add_test(tests, every_step_has_a_clause_and_fits_its_parameters);
        tcase_add_test(tests, what_terms_read_is_known_before);
        return run_case(tests, "steps");
}
