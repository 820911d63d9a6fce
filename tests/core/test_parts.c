/* SPDX-License-Identifier: Apache-2.0 */
/* Categories over several steps, what terms read, and what a statement has room for. */
#include <stdio.h>
#include <string.h>

#include "core/inputs.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

static struct input inputs[INPUTS_MAX];

/* The input of that kind, item and year, or NULL. */
static const struct input *input_of(enum fact_kind kind, const char *item, int year)
{
        size_t count = terms_inputs(&terms, inputs);
        const struct input *found = NULL;

        for (size_t i = 0; i < count; i++)
                if (inputs[i].kind == kind && inputs[i].year == year &&
                    strcmp(inputs[i].item.text, item) == 0) {
                        ck_assert_msg(!found, "twice");
                        found = &inputs[i];
                }
        return found;
}

static size_t inputs_of(enum fact_kind kind)
{
        size_t count = terms_inputs(&terms, inputs), found = 0;

        for (size_t i = 0; i < count; i++)
                found += inputs[i].kind == kind;
        return found;
}

static struct step *by_category(const char *kind, const char *unit)
{
        struct step *step = with_step(&terms, kind);

        with_word(step, "unit", unit);
        with_word(step, "by", "category");
        return step;
}

/* ---- what is read */

START_TEST(each_category_is_read_once)
{
        begin();
        attribute("people", "a");
        attribute("person_years", "b");
        by_category("expenditure", "per_capita");
        by_category("target", "per_capita");
        end();
        accepted();
        ck_assert_ptr_nonnull(input_of(FACT_EXPENDITURE_PER_CAPITA, "a", 0));
        ck_assert_ptr_nonnull(input_of(FACT_EXPENDITURE_PER_CAPITA, "b", 0));
        ck_assert_ptr_nonnull(input_of(FACT_BENCHMARK_PER_CAPITA, "b", 0));
        ck_assert_ptr_nonnull(input_of(FACT_PERSON_YEARS, "a", 0));
        ck_assert_int_eq(input_of(FACT_PERSON_YEARS, "a", 0)->step, 2);
        ck_assert_int_eq(input_of(FACT_PERSON_YEARS, "b", 0)->step, 1);
        ck_assert_uint_eq(inputs_of(FACT_PERSON_YEARS), 2);
        ck_assert_uint_eq(terms_inputs(&terms, inputs), 7);
}
END_TEST

START_TEST(what_was_summed_is_not_read)
{
        begin();
        attribute("person_years", "a");
        with_word(attribute("person_years", NULL), "source", "categories");
        with_word(with_step(&terms, "expenditure"), "unit", "per_capita");
        end();
        accepted();
        ck_assert_ptr_null(input_of(FACT_PERSON_YEARS, "", 0));
        ck_assert_ptr_nonnull(input_of(FACT_PERSON_YEARS, "a", 0));
        terms.steps[1].params[0].word = (struct name) { "member_months" };
        refused("sums categories, and no step before it counts one in this way");
        ck_assert_ptr_nonnull(input_of(FACT_PERSON_YEARS, "", 0));
}
END_TEST

START_TEST(a_category_said_later_is_not_read_before)
{
        begin();
        attribute("people", "a");
        by_category("expenditure", "total");
        attribute("people", "b");
        end();
        accepted();
        ck_assert_ptr_nonnull(input_of(FACT_EXPENDITURE, "a", 0));
        ck_assert_ptr_null(input_of(FACT_EXPENDITURE, "b", 0));
}
END_TEST

START_TEST(a_step_of_one_category_reads_its_own)
{
        begin();
        with_word(with_step(&terms, "target"), "category", "child");
        with_word(&terms.steps[0], "unit", "pmpm");
        with_flag(&terms.steps[0], "risk", true);
        end();
        accepted();
        ck_assert_ptr_nonnull(input_of(FACT_BENCHMARK_PMPM, "child", 0));
        ck_assert_ptr_nonnull(input_of(FACT_MEMBER_MONTHS, "child", 0));
        ck_assert_ptr_nonnull(input_of(FACT_RISK_SCORE, "child", 0));
        ck_assert_uint_eq(terms_inputs(&terms, inputs), 3);
}
END_TEST

START_TEST(member_rows_take_the_place_of_facts)
{
        begin();
        with_word(attribute("people", "a"), "source", "members");
        with_word(by_category("expenditure", "per_capita"), "source", "members");
        end();
        accepted();
        ck_assert_uint_eq(terms_inputs(&terms, inputs), 0);
        with_flag(&terms.steps[1], "complete", true);
        ck_assert_ptr_nonnull(input_of(FACT_COMPLETION_FACTOR, "", 0));
        ck_assert_uint_eq(terms_inputs(&terms, inputs), 1);
}
END_TEST

START_TEST(claims_are_read_whatever_they_are_called)
{
        begin();
        with_cents(with_step(&terms, "stop-loss"), "attach", 1);
        with_rate(&terms.steps[0], "share", 1, 1);
        with_word(&terms.steps[0], "to", "amount");
        end();
        accepted();
        ck_assert(input_of(FACT_STOPLOSS_CLAIM, "", 0)->many);
        ck_assert_int_eq(input_of(FACT_STOPLOSS_CLAIM, "", 0)->need, READ_IF_SO);
}
END_TEST

START_TEST(base_years_are_calendar_years)
{
        ck_assert_int_eq(calendar_year(2021).from, date_of(2021, 1, 1));
        ck_assert_int_eq(calendar_year(2021).until, date_of(2022, 1, 1));
        begin();
        ck_assert_int_eq(last_base_year(&terms), 0);
        for (int year = 2023; year > 2020; year--) {
                with_count(with_step(&terms, "baseline"), "year", year);
                with_rate(&terms.steps[2023 - year], "weight", 1, 3);
        }
        with_word(with_step(&terms, "baseline"), "source", "reported");
        with_count(&terms.steps[3], "year", 2050);
        ck_assert_int_eq(last_base_year(&terms), 2023);
        ck_assert_ptr_nonnull(input_of(FACT_BASE_PER_CAPITA, "", 2021));
        ck_assert_ptr_nonnull(input_of(FACT_BASE_PER_CAPITA, "", 2023));
        ck_assert_ptr_null(input_of(FACT_BASE_PER_CAPITA, "", 2050));
        ck_assert_ptr_null(input_of(FACT_BASE_PER_CAPITA, "", 0));
}
END_TEST

START_TEST(facts_of_a_base_year_can_be_admitted)
{
        begin();
        with_count(with_step(&terms, "baseline"), "year", 2021);
        with_rate(&terms.steps[0], "weight", 1, 1);
        end();
        terms.lookback_months = 36;
        accepted();
        terms.lookback_months = 35;
        check();
        ck_assert_int_eq(code_of("terms.lookback_months", "do not reach back to the base years"),
                         REFUSAL_BAD_TERMS);
}
END_TEST

START_TEST(what_is_carried_is_named_once_however_often_it_is_read)
{
        const struct carried score = { .what = CARRY_QUALITY_SCORE, .figure = { 1, 2 } };
        const struct run run = run_of_2024(IN_FORCE);
        static struct statement statement;

        begin();
        for (int i = 0; i < 2; i++) {
                with_word(with_step(&terms, "gate"), "standard", "carried");
                with_rate(&terms.steps[i], "least", 1, 2);
        }
        end();
        accepted();
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list,
                                         .fact_count = facts.count,
                                         .carried = &score,
                                         .carried_count = 1 },
               &statement);
        ck_assert_msg(statement.status == STATEMENT_CALCULATED, "%s", statement.reason.text);
        ck_assert_uint_eq(statement.carried_count, 1);
        ck_assert_uint_eq(statement.lines[0].carried, 1);
}
END_TEST

/* ---- categories that are doubled, or lacking */

START_TEST(nothing_is_counted_twice)
{
        static const char *const categories[] = { NULL, "a" };

        begin();
        attribute("people", categories[_i]);
        attribute("member_months", categories[_i]);
        attribute("people", "b");
        end();
        accepted();
        terms.steps[1].param_count = 0;
        if (categories[_i])
                with_word(&terms.steps[1], "category", categories[_i]);
        refused("the people are counted already");
}
END_TEST

START_TEST(no_category_has_two_targets)
{
        begin();
        with_word(with_step(&terms, "target"), "category", "a");
        with_word(with_step(&terms, "target"), "category", "b");
        end();
        accepted();
        terms.steps[1].params[0].word = (struct name) { "a" };
        refused("the benchmark of that category stands already");
        terms.steps[1].param_count = 0;
        refused("the benchmark stands already");
        with_word(&terms.steps[1], "category", "b");
        terms.steps[0].param_count = 0;
        refused("the benchmark stands already");
        terms.steps[1].param_count = 0;
        refused("the benchmark stands already");
}
END_TEST

START_TEST(by_category_there_are_categories)
{
        static const char *const kinds[] = { "expenditure", "target" };

        begin();
        by_category(kinds[_i], "total");
        attribute("people", "a");
        end();
        refused("is by category, and no step before it says a category");
        terms.steps[2] = terms.steps[0];
        terms.steps[0] = terms.steps[1];
        terms.steps[1] = terms.steps[2];
        with_cents(&terms.steps[2], "flat", 1);
        begin();
        attribute("people", "a");
        by_category(kinds[_i], "total");
        end();
        accepted();
}
END_TEST

START_TEST(a_sum_is_of_categories_and_has_none)
{
        begin();
        attribute("people", "a");
        with_word(attribute("people", "b"), "source", "categories");
        end();
        refused("give no category");
}
END_TEST

START_TEST(one_category_or_all_of_them)
{
        begin();
        attribute("people", "a");
        with_word(by_category("target", "total"), "category", "a");
        end();
        refused("is of one category, or by category: not both");
}
END_TEST

static void only_of_member_rows(const char *kind, const char *name)
{
        struct step *step;

        begin();
        step = with_step(&terms, kind);
        if (strcmp(name, "least_months") == 0)
                with_count(step, name, 3);
        else if (strcmp(name, "truncate") == 0)
                with_cents(step, name, 1);
        else if (strcmp(name, "truncate_percentile") == 0)
                with_rate(step, name, 99, 100);
        else
                with_flag(step, name, true);
        end();
        refused("of member rows");
        with_word(step, "source", "members");
        accepted();
}

START_TEST(what_is_done_with_member_rows_needs_them)
{
        only_of_member_rows("attribute", "least_months");
        only_of_member_rows("expenditure", "complete");
        only_of_member_rows("expenditure", "annualise");
        only_of_member_rows("expenditure", "truncate");
        only_of_member_rows("expenditure", "truncate_percentile");
        begin();
        with_word(attribute("episodes", NULL), "source", "members");
        end();
        refused("member rows have no episodes");
}
END_TEST

/* What needs the head count needs that of all people. */
START_TEST(a_part_of_the_people_is_not_the_panel)
{
        good();
        with_word(&terms.steps[0], "category", "aged");
        with_count(&terms.steps[4], "flat_least_panel", 5);
        refused("needs the head count");
        terms.steps[0].param_count = 0;
        accepted();
        with_word(&terms.steps[0], "count", "person_years");
        refused("needs the head count");
}
END_TEST

START_TEST(member_rows_are_summed_for_one_stop_loss)
{
        begin();
        for (int i = 0; i < 2; i++) {
                with_cents(with_step(&terms, "stop-loss"), "attach", 1);
                with_rate(&terms.steps[i], "share", 1, 999999937);
                with_word(&terms.steps[i], "to", "amount");
                with_word(&terms.steps[i], "source", i ? "members" : "reported");
        }
        end();
        accepted();
        terms.steps[0].params[3].word = (struct name) { "members" };
        refused("member rows are summed for one stop-loss step");
        terms.steps[0].params[3].word = (struct name) { "reported" };
        terms.periods[0].until = date_of(2029, 2, 1);
        terms.agreement.until = date_of(2029, 2, 1);
        refused("member rows are of a period of one to sixty months");
}
END_TEST

/* ---- room */

static void categories(int count)
{
        begin();
        for (int i = 0; i < count; i++) {
                char name[16];

                snprintf(name, sizeof(name), "c%d", i);
                attribute("people", name);
        }
}

START_TEST(as_many_categories_as_there_is_room_for)
{
        categories(CATEGORIES_MAX);
        by_category("expenditure", "per_capita");
        by_category("target", "per_capita");
        with_step(&terms, "savings");
        end();
        accepted();
        ck_assert_uint_eq(terms_inputs(&terms, inputs), 4 * CATEGORIES_MAX);
        categories(CATEGORIES_MAX + 1);
        end();
        refused("say at most 64 categories");
}
END_TEST

/* As many as are said, in the worst case, are found in the statement. */
START_TEST(a_statement_of_many_categories_holds_its_lines)
{
        const struct statement *statement;

        categories(CATEGORIES_MAX);
        by_category("expenditure", "per_capita");
        with_flag(by_category("target", "per_capita"), "risk", true);
        with_step(&terms, "savings");
        end();
        for (int i = 0; i < CATEGORIES_MAX; i++) {
                char name[16];

                snprintf(name, sizeof(name), "c%d", i);
                fact_of(&facts, FACT_HEAD_COUNT, name, 1, 1);
                fact_of(&facts, FACT_PERSON_YEARS, name, 999 + i, 1000);
                fact_of(&facts, FACT_EXPENDITURE_PER_CAPITA, name, 100, 1);
                fact_of(&facts, FACT_BENCHMARK_PER_CAPITA, name, 101, 1);
                fact_of(&facts, FACT_RISK_SCORE, name, 1, 1);
        }
        statement = came();
        ck_assert_uint_eq(statement->fact_count, 5 * CATEGORIES_MAX);
        ck_assert_uint_eq(statement->item_count, CATEGORIES_MAX);
        ck_assert_uint_eq(lines_of(statement, LINE_SAVINGS), CATEGORIES_MAX + 1);
}
END_TEST

START_TEST(more_lines_than_a_statement_holds)
{
        categories(CATEGORIES_MAX);
        with_word(by_category("expenditure", "per_capita"), "source", "members");
        with_flag(by_category("target", "per_capita"), "risk", true);
        with_step(&terms, "savings");
        end();
        refused("more lines than there is room for");
        begin();
        for (int i = 0; i < 2; i++) {
                with_cents(with_step(&terms, "stop-loss"), "attach", 1);
                with_rate(&terms.steps[i], "share", 1, 1);
                with_word(&terms.steps[i], "to", "amount");
        }
        end();
        refused("more lines than there is room for");
        with_word(&terms.steps[1], "source", "members");
        accepted();
}
END_TEST

static void segments(int count)
{
        for (int i = 0; i < count; i++) {
                terms.segments[i].name = (struct name) { { (char)('a' + i) } };
                terms.segments[i].business = BUSINESS_OTHER;
        }
        terms.segment_count = (uint16_t)count;
}

START_TEST(facts_of_segments_are_counted_where_they_add_up)
{
        categories(40);
        by_category("expenditure", "total");
        by_category("target", "total");
        end();
        segments(8);
        accepted();
        segments(9);
        refused("read more facts, over all segments, than a statement can name");
        categories(40);
        by_category("expenditure", "per_capita");
        by_category("target", "per_capita");
        end();
        segments(16);
        accepted();
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("parts");

        tcase_add_test(tests, each_category_is_read_once);
        tcase_add_test(tests, what_was_summed_is_not_read);
        tcase_add_test(tests, a_category_said_later_is_not_read_before);
        tcase_add_test(tests, a_step_of_one_category_reads_its_own);
        tcase_add_test(tests, member_rows_take_the_place_of_facts);
        tcase_add_test(tests, claims_are_read_whatever_they_are_called);
        tcase_add_test(tests, base_years_are_calendar_years);
        tcase_add_test(tests, facts_of_a_base_year_can_be_admitted);
        tcase_add_test(tests, what_is_carried_is_named_once_however_often_it_is_read);
        tcase_add_loop_test(tests, nothing_is_counted_twice, 0, 2);
        tcase_add_test(tests, no_category_has_two_targets);
        tcase_add_loop_test(tests, by_category_there_are_categories, 0, 2);
        tcase_add_test(tests, a_sum_is_of_categories_and_has_none);
        tcase_add_test(tests, one_category_or_all_of_them);
        tcase_add_test(tests, what_is_done_with_member_rows_needs_them);
        tcase_add_test(tests, member_rows_are_summed_for_one_stop_loss);
        tcase_add_test(tests, a_part_of_the_people_is_not_the_panel);
        tcase_add_test(tests, as_many_categories_as_there_is_room_for);
        tcase_add_test(tests, a_statement_of_many_categories_holds_its_lines);
        tcase_add_test(tests, more_lines_than_a_statement_holds);
        tcase_add_test(tests, facts_of_segments_are_counted_where_they_add_up);
        return run_case(tests, "parts");
}
