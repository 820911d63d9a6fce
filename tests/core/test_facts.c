/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts a settlement takes, what it says when they are missing, and what it notes as used. */
#include <string.h>

#include "tests/core/arrange.h"
#include "tests/core/run.h"

static struct terms terms;
static struct facts facts;

static void simple(void)
{
        arrange_mssp(&terms,
                     (struct shape) { .track = FIXED_LOSS_50, .quality = GATED, .elected = true });
        facts_money(&facts, 10000000000, 300000000, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
}

static void forget(enum fact_kind kind)
{
        size_t kept = 0;

        for (size_t i = 0; i < facts.count; i++)
                if (facts.list[i].key.kind != kind)
                        facts.list[kept++] = facts.list[i];
        facts.count = kept;
}

static const struct {
        enum fact_kind kind;
        const char *reason;
} missing[] = {
        { FACT_HEAD_COUNT,
          "no head_count for 2024-01-01 to 2024-12-31: the bearer has to report it" },
        { FACT_EXPENDITURE,
          "no expenditure for 2024-01-01 to 2024-12-31: the bearer has to report it" },
        { FACT_BENCHMARK,
          "no benchmark for 2024-01-01 to 2024-12-31: the bearer has to report it" },
        { FACT_QUALITY_STANDARD_MET,
          "no quality_standard_met for 2024-01-01 to 2024-12-31: the bearer has to report it" },
};

START_TEST(what_is_missing_is_named)
{
        const struct statement *statement;

        simple();
        forget(missing[_i].kind);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_str_eq(statement->reason.text, missing[_i].reason);
        ck_assert_int_eq(statement->earned, 0);
        ck_assert_int_eq(statement->payable, 0);
        ck_assert(!has_line(statement, LINE_EARNED));
}
END_TEST

START_TEST(who_owes_a_fact_is_by_the_terms)
{
        simple();
        terms.rules[0] = (struct fact_rule) {
                .kind = FACT_EXPENDITURE, .of_record = SIDE_EARNER, .other = REPORT_NONE,
                .tolerance_share = { 0, 1 },
        };
        terms.rule_count = 1;
        ck_assert_str_eq(
                settled(&terms, &facts, IN_FORCE)->reason.text,
                "no expenditure for 2024-01-01 to 2024-12-31: the earner has to report it");
        facts.list[1].side = SIDE_EARNER;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->status, STATEMENT_CALCULATED);
}
END_TEST

START_TEST(a_benchmark_of_zero_is_not_divided_by)
{
        const struct statement *statement;

        simple();
        facts.list[0].value.num = 0;
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(statement->reason.text, "benchmark is zero"));
}
END_TEST

START_TEST(a_missing_limit_leaves_the_amount_open)
{
        const struct statement *statement;

        simple();
        facts.list[1].value.num = 10000000000 + 854028100;
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_str_eq(
                statement->reason.text,
                "no participant_revenue for 2024-01-01 to 2024-12-31: the bearer has to report it");
        ck_assert_int_eq(statement->earned, 0);
        ck_assert(line_of(statement, LINE_AT_MOST).num == -256208430);
        ck_assert(!has_line(statement, LINE_EARNED));
        fact_is(&facts, FACT_PARTICIPANT_REVENUE, 2593391250, 1);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->status, STATEMENT_CALCULATED);
        ck_assert_int_eq(statement->earned, -207471300);
        ck_assert(!has_line(statement, LINE_AT_MOST));
}
END_TEST

START_TEST(a_score_is_missed_only_where_it_matters)
{
        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = SCALED });
        facts_money(&facts, 10000000000, 100, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->status, STATEMENT_CALCULATED);
        facts.list[1].value.num = 9000000000;
        ck_assert_str_eq(
                settled(&terms, &facts, IN_FORCE)->reason.text,
                "no quality_score for 2024-01-01 to 2024-12-31: the bearer has to report it");
}
END_TEST

START_TEST(a_run_without_a_payment_date_is_not_calculable)
{
        simple();
        ck_assert_ptr_nonnull(
                strstr(settled(&terms, &facts, DATE_NONE)->reason.text, "day of payment"));
}
END_TEST

START_TEST(too_few_people_for_the_table)
{
        const struct statement *statement;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        facts_money(&facts, 10000000000, 300000000, 99);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(statement->reason.text, "says nothing for so many people"));
}
END_TEST

START_TEST(the_latest_paid_through_is_taken)
{
        struct fact *fact;

        simple();
        facts.list[1].key.paid_through = date_of(2025, 3, 31);
        fact = fact_is(&facts, FACT_EXPENDITURE, 9000000000, 1);
        fact->key.paid_through = date_of(2024, 12, 31);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 147000000);
        facts.list[1].key.paid_through = date_of(2024, 9, 30);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 490000000);
}
END_TEST

START_TEST(facts_of_others_are_let_be)
{
        struct fact *fact;

        simple();
        fact = fact_is(&facts, FACT_EXPENDITURE, 1, 1);
        fact->side = SIDE_EARNER;
        fact = fact_is(&facts, FACT_EXPENDITURE, 2, 1);
        fact->key.period.from = date_of(2024, 2, 1);
        fact = fact_is(&facts, FACT_EXPENDITURE, 3, 1);
        fact->key.item.text[0] = 'x';
        fact = fact_is(&facts, FACT_EXPENDITURE, 4, 1);
        fact->key.segment.text[0] = 'x';
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 147000000);
}
END_TEST

/* The contract as a whole when it is said, else all of its segments together, else nothing. */
/* Of whichever side it stands, and whatever was said later or of later claims. */
START_TEST(what_was_decided_comes_first)
{
        static const enum side sides[] = { SIDE_BEARER, SIDE_EARNER, SIDE_NEITHER };
        const struct statement *statement;
        struct fact *decided;

        simple();
        facts.list[1].index = 1000;
        facts.list[1].key.paid_through = date_of(2025, 3, 31);
        decided = fact_is(&facts, FACT_EXPENDITURE, 9600000000, 1);
        decided->decided = true;
        decided->side = sides[_i];
        decided->index = 900;
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert(line_of(statement, LINE_EXPENDITURE).num == 9600000000);
        for (size_t i = 0; i < statement->fact_count; i++)
                ck_assert_int_eq(statement->facts[i].decided,
                                 statement->facts[i].kind == FACT_EXPENDITURE);
}
END_TEST

START_TEST(segments_add_up)
{
        struct fact *fact;

        simple();
        terms.segment_count = 2;
        memcpy(terms.segments[0].name.text, "hmo", 3);
        memcpy(terms.segments[1].name.text, "ppo", 3);
        forget(FACT_EXPENDITURE);
        fact = fact_is(&facts, FACT_EXPENDITURE, 4000000000, 1);
        fact->key.segment = terms.segments[0].name;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->status, STATEMENT_NOT_CALCULABLE);
        fact = fact_is(&facts, FACT_EXPENDITURE, 5700000000, 1);
        fact->key.segment = terms.segments[1].name;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 147000000);
        fact_is(&facts, FACT_EXPENDITURE, 9000000000, 1);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 490000000);
}
END_TEST

START_TEST(used_facts_are_noted_once)
{
        const struct statement *statement;

        simple();
        facts.list[2].relayed = true;
        fact_is(&facts, FACT_MEMBER_MONTHS, 5, 1);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_uint_eq(statement->fact_count, 4);
        ck_assert(statement->relayed);
        ck_assert_int_eq(statement->facts[0].kind, FACT_HEAD_COUNT);
        ck_assert_uint_eq(statement->facts[0].index, 102);
        ck_assert_int_eq(statement->facts[1].kind, FACT_EXPENDITURE);
        ck_assert_int_eq(statement->facts[1].value.num, 9700000000);
        ck_assert_int_eq(statement->facts[3].kind, FACT_QUALITY_STANDARD_MET);
        facts.list[2].relayed = false;
        ck_assert(!settled(&terms, &facts, IN_FORCE)->relayed);
}
END_TEST

START_TEST(amounts_per_person_year_make_totals_to_the_cent)
{
        struct step *step;

        arrange_terms(&terms);
        with_word(with_step(&terms, "expenditure"), "unit", "per_capita");
        with_word(with_step(&terms, "target"), "unit", "per_capita");
        with_step(&terms, "savings");
        with_word(with_step(&terms, "corridor-gate"), "minimum", "none");
        step = with_step(&terms, "share");
        with_rate(step, "up", 1, 1);
        with_step(&terms, "post");
        facts_begin(&facts);
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, 1346581, 1);
        fact_is(&facts, FACT_EXPENDITURE_PER_CAPITA, 1282905, 1);
        fact_is(&facts, FACT_PERSON_YEARS, 14500001, 1000);
        /* 19525437969.581 and 18602123782.905 */
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 19525425847 - 18602123783);
        facts.list[2].value = (struct value) { UNIT_RATE, 1000000000, 1 };
        facts.list[0].value.num = MONEY_MAX;
        ck_assert_ptr_nonnull(
                strstr(settled(&terms, &facts, IN_FORCE)->reason.text, "more than money can be"));
}
END_TEST

static const struct {
        enum fact_kind kind;
        struct value value;
        bool good;
} values[] = {
        { FACT_EXPENDITURE, { UNIT_CENTS, -MONEY_MAX, 1 }, true },
        { FACT_EXPENDITURE, { UNIT_CENTS, -MONEY_MAX - 1, 1 }, false },
        { FACT_EXPENDITURE, { UNIT_CENTS, MONEY_MAX + 1, 1 }, false },
        { FACT_EXPENDITURE, { UNIT_COUNT, 1, 1 }, false },
        { FACT_EXPENDITURE, { UNIT_CENTS, 1, 2 }, false },
        { FACT_BENCHMARK, { UNIT_CENTS, -1, 1 }, false },
        { FACT_HEAD_COUNT, { UNIT_COUNT, COUNT_MAX, 1 }, true },
        { FACT_HEAD_COUNT, { UNIT_COUNT, -1, 1 }, false },
        { FACT_QUALITY_SCORE, { UNIT_RATE, 1, 1 }, true },
        { FACT_QUALITY_SCORE, { UNIT_RATE, 1000000000, 1000000000 }, true },
        { FACT_QUALITY_SCORE, { UNIT_RATE, 3, 2 }, false },
        { FACT_QUALITY_SCORE, { UNIT_RATE, -1, 2 }, false },
        { FACT_QUALITY_SCORE, { UNIT_RATE, 1, 0 }, false },
        { FACT_QUALITY_SCORE, { UNIT_RATE, 1, -2 }, false },
        { FACT_QUALITY_SCORE, { UNIT_RATE, 1, 1000000001 }, false },
        { FACT_QUALITY_STANDARD_MET, { UNIT_FLAG, 2, 1 }, false },
        { FACT_REFERENCE_RATE, { UNIT_RATE, -1000, 1 }, true },
        { FACT_REFERENCE_RATE, { UNIT_RATE, -1001, 1 }, false },
        { (enum fact_kind)0, { UNIT_RATE, 0, 1 }, false },
};

START_TEST(values_stay_within_their_kind)
{
        ck_assert_msg(!fact_value_fault(values[_i].kind, &values[_i].value) == values[_i].good,
                      "value %d", _i);
}
END_TEST

START_TEST(kinds_are_found_by_number_and_name)
{
        const struct fact_kind_info *info;

        for (size_t i = 0; (info = fact_kind_at(i)); i++) {
                ck_assert_ptr_eq(fact_kind_info((unsigned int)info->kind), info);
                ck_assert_ptr_eq(
                        fact_kind_by_name((struct bytes) { info->name, strlen(info->name) }), info);
                ck_assert_int_gt(info->scopes, 0);
                if (i)
                        ck_assert_int_gt(info->kind, fact_kind_at(i - 1)->kind);
        }
        ck_assert_ptr_null(fact_kind_info(0));
        ck_assert_ptr_null(fact_kind_info(4000000000u));
        ck_assert_ptr_null(fact_kind_by_name((struct bytes) { "HEAD_COUNT", 10 }));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("facts");

        tcase_add_loop_test(tests, what_is_missing_is_named, 0, COUNT_OF(missing));
        tcase_add_test(tests, who_owes_a_fact_is_by_the_terms);
        tcase_add_test(tests, a_benchmark_of_zero_is_not_divided_by);
        tcase_add_test(tests, a_missing_limit_leaves_the_amount_open);
        tcase_add_test(tests, a_score_is_missed_only_where_it_matters);
        tcase_add_test(tests, a_run_without_a_payment_date_is_not_calculable);
        tcase_add_test(tests, too_few_people_for_the_table);
        tcase_add_test(tests, the_latest_paid_through_is_taken);
        tcase_add_test(tests, facts_of_others_are_let_be);
        tcase_add_loop_test(tests, what_was_decided_comes_first, 0, 3);
        tcase_add_test(tests, segments_add_up);
        tcase_add_test(tests, used_facts_are_noted_once);
        tcase_add_test(tests, amounts_per_person_year_make_totals_to_the_cent);
        tcase_add_loop_test(tests, values_stay_within_their_kind, 0, COUNT_OF(values));
        tcase_add_test(tests, kinds_are_found_by_number_and_name);
        return run_case(tests, "facts");
}
