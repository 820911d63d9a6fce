/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an amount to what is paid: sequestration, advances and losses that go from year to year,
 * overlaps, least payments and payees.
 */
#include <string.h>

#include "tests/core/run.h"
#include "tests/core/settling.h"

/* All that is saved is earned, all that is lost is owed, of 1,000,000.00. */
static void whole(int64_t saved)
{
        static const char *const kinds[] = { "expenditure", "target", "savings" };

        begin();
        for (int i = 0; i < COUNT_OF(kinds); i++)
                with_step(&terms, kinds[i]);
        with_all_shared(&terms);
        facts_money(&facts, 100000000, saved, 0);
}

static void saves(int64_t saved)
{
        facts.list[1].value.num = 100000000 - saved;
}

/* What one year's statement hands on is what the next reads. */
static struct carried carried[8];
static size_t carried_count;

static const struct statement *next_year(void)
{
        static struct statement statement;
        const struct run run = run_of_2024(IN_FORCE);

        accepted();
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list,
                                         .fact_count = facts.count,
                                         .carried = carried,
                                         .carried_count = carried_count },
               &statement);
        ck_assert_msg(statement.status == STATEMENT_CALCULATED, "%s", statement.reason.text);
        carried_count = carries_of(&statement, carried, COUNT_OF(carried));
        ck_assert_uint_le(carried_count, COUNT_OF(carried));
        return &statement;
}

/* ---- sequestration */

static const struct {
        const char *base, *on;
        int64_t saved, earned;
        bool applies;
} sequestered[] = {
        { "amount", "gain", 10000, 9800, true },      { "amount", "gain", -10000, -10000, false },
        { "amount", "loss", 10000, 10000, false },    { "amount", "loss", -10000, -9800, true },
        { "amount", "both", 10000, 9800, true },      { "amount", "both", -10000, -9800, true },
        { "amount", "both", 0, 0, false },            { "generated", "gain", 10000, 9800, true },
        { "generated", "gain", -10000, -10000, false },
        { "generated", "both", -10000, -9800, true },
        { "generated", "loss", -10000, -9800, true }, { "generated", "both", 0, 0, false },
};

static void sequester(const char *base, const char *on)
{
        struct step *step = with_step(&terms, "sequester"), kept;

        with_word(step, "base", base);
        with_word(step, "on", on);
        with_sequestration(&terms, step);
        if (strcmp(base, "generated") != 0)
                return;
        kept = *step;
        terms.steps[terms.step_count - 1] = terms.steps[terms.step_count - 2];
        terms.steps[terms.step_count - 2] = kept;
}

START_TEST(sequestration_by_sign_before_or_after_the_share)
{
        const struct statement *statement;

        whole(sequestered[_i].saved);
        sequester(sequestered[_i].base, sequestered[_i].on);
        with_step(&terms, "post");
        statement = came();
        ck_assert_int_eq(statement->earned, sequestered[_i].earned);
        is(line_of(statement, LINE_SEQUESTRATION_APPLIES), sequestered[_i].applies, 1);
        is(line_of(statement, LINE_SEQUESTRATION_RATE), sequestered[_i].applies ? 2 : 0, 100);
        for (size_t i = 0; i < statement->line_count; i++)
                if (statement->lines[i].code == LINE_SEQUESTRATION_APPLIES)
                        ck_assert_int_eq(statement->lines[i].form >= 3,
                                         strcmp(sequestered[_i].base, "generated") == 0);
}
END_TEST

START_TEST(sequestration_has_its_places)
{
        whole(1);
        sequester("amount", "gain");
        terms.steps[5].params[0].word = (struct name) { "generated" };
        with_step(&terms, "post");
        refused("share was taken already");
        whole(1);
        sequester("generated", "gain");
        terms.steps[4].params[0].word = (struct name) { "amount" };
        with_step(&terms, "post");
        refused("no amount to work on");
        whole(1);
        sequester("amount", "gain");
        with_step(&terms, "post");
        terms.bands[terms.band_count - 1].from = IN_FORCE + 1;
        stops("says nothing for the day of payment");
}
END_TEST

/* ---- relief and parts of a period say why they do nothing */

START_TEST(relief_is_of_what_is_owed)
{
        whole(5000);
        with_step(&terms, "relief");
        with_step(&terms, "prorate");
        with_step(&terms, "post");
        fact_is(&facts, FACT_DISASTER_RELIEF, 200, 1);
        is(line_of(came(), LINE_RELIEF_APPLIES), 0, 1);
        is(line_of(came(), LINE_PRORATION_APPLIES), 0, 1);
        ck_assert(!has_line(came(), LINE_RELIEF));
        saves(-5000);
        is(line_of(came(), LINE_RELIEF_APPLIES), 1, 1);
        ck_assert_int_eq(came()->earned, -4800);
        saves(-150);
        ck_assert_int_eq(came()->earned, 0);
        facts.count--;
        is(line_of(came(), LINE_RELIEF), 0, 1);
        ck_assert_int_eq(came()->earned, -150);
}
END_TEST

START_TEST(part_of_a_period)
{
        static const struct {
                const char *on;
                int64_t saved, earned;
        } cases[] = {
                { "both", 2000, 1500 }, { "both", -2000, -1500 }, { "gain", 2000, 1500 },
                { "gain", -2000, -2000 }, { "loss", 2000, 2000 }, { "loss", -2000, -1500 },
        };

        for (int i = 0; i < COUNT_OF(cases); i++) {
                struct step *step;

                whole(cases[i].saved);
                step = with_step(&terms, "prorate");
                with_word(step, "on", cases[i].on);
                with_count(step, "of_months", 16);
                with_step(&terms, "post");
                ck_assert_int_eq(came()->earned, cases[i].earned);
                is(line_of(came(), LINE_PRORATION_APPLIES), cases[i].saved != cases[i].earned, 1);
                is(line_of(came(), LINE_MONTHS), 12, 1);
                step->params[1].count = 12;
                ck_assert_int_eq(came()->earned, cases[i].saved);
        }
}
END_TEST

/* ---- advances */

/* 1,098,000.00 advanced; 600,000.00 earned in the first year, 900,000.00 in the second. */
START_TEST(an_advance_over_two_years)
{
        const struct statement *statement;

        whole(60000000);
        with_step(&terms, "advance");
        with_step(&terms, "post");
        carried_count = 0;
        fact_is(&facts, FACT_ADVANCE_BALANCE, 109800000, 1);
        statement = next_year();
        ck_assert_int_eq(statement->earned, 60000000);
        ck_assert_int_eq(statement->payable, 0);
        is(line_of(statement, LINE_ADVANCE_LEFT), 49800000, 1);
        saves(90000000);
        statement = next_year();        /* the balance reported stands behind the one carried */
        is(line_of(statement, LINE_ADVANCE_BALANCE), 49800000, 1);
        ck_assert_int_eq(statement->payable, 40200000);
        is(line_of(statement, LINE_ADVANCE_LEFT), 0, 1);
        statement = next_year();
        ck_assert_int_eq(statement->payable, 90000000);
}
END_TEST

/* What is carried has decimals of a cent; advances and losses go on in cents. */
START_TEST(what_is_carried_is_taken_to_the_cent)
{
        const struct statement *statement;

        whole(1000);
        with_step(&terms, "carry-forward");
        with_step(&terms, "advance");
        with_step(&terms, "post");
        carried[0] = (struct carried) { .what = CARRY_ADVANCE_BALANCE,
                                        .figure = exact_ratio(1004995, 10000) };
        carried[1] = (struct carried) { .what = CARRY_DEFICIT, .figure = exact_ratio(5005, 10) };
        carried_count = 2;
        statement = next_year();
        is(line_of(statement, LINE_DEFICIT_SET_OFF), 501, 1);
        is(line_of(statement, LINE_RECOUPED), 100, 1);
}
END_TEST

START_TEST(advances_paid_and_forgiven_in_the_period)
{
        struct step *step;
        const struct statement *statement;

        whole(1000);
        step = with_step(&terms, "advance");
        with_flag(step, "paid", true);
        with_flag(step, "forgiven", true);
        with_step(&terms, "post");
        carried_count = 0;
        stops("no advance_paid");
        fact_is(&facts, FACT_ADVANCE_PAID, 3000, 1);
        statement = next_year();        /* nothing was advanced before */
        is(line_of(statement, LINE_ADVANCES_OPEN), 3000, 1);
        is(line_of(statement, LINE_ADVANCE_LEFT), 2000, 1);
        fact_is(&facts, FACT_ADVANCE_FORGIVEN, 4500, 1);
        statement = next_year();
        is(line_of(statement, LINE_ADVANCES_OPEN), 500, 1);
        ck_assert_int_eq(statement->payable, 500);
        is(line_of(statement, LINE_ADVANCE_LEFT), 0, 1);
        statement = next_year();        /* more forgiven than there is */
        is(line_of(statement, LINE_ADVANCES_OPEN), 0, 1);
        ck_assert_int_eq(statement->payable, 1000);
}
END_TEST

START_TEST(only_a_part_is_recouped)
{
        const struct statement *statement;

        whole(1000);
        with_rate(with_step(&terms, "advance"), "most", 1, 4);
        with_step(&terms, "post");
        fact_is(&facts, FACT_ADVANCE_BALANCE, 10000, 1);
        statement = came();
        ck_assert_int_eq(statement->earned, 1000);
        ck_assert_int_eq(statement->payable, 750);
        is(line_of(statement, LINE_ADVANCE_LEFT), 9750, 1);
        saves(-1000);
        ck_assert_int_eq(came()->payable, -1000);
        is(line_of(came(), LINE_RECOUPED), 0, 1);
        facts.count--;
        stops("no advance_balance");
}
END_TEST

/* ---- losses that are made good */

START_TEST(losses_are_set_against_later_gains)
{
        static const struct {
                int64_t saved, earned, left;
        } years[] = {
                { 500, 500, 0 },   { -700, 0, 700 },  { -100, 0, 800 },
                { 300, 0, 500 },   { 0, 0, 500 },     { 900, 400, 0 },  { 100, 100, 0 },
        };

        whole(0);
        with_step(&terms, "carry-forward");
        with_step(&terms, "post");
        carried_count = 0;
        for (int i = 0; i < COUNT_OF(years); i++) {
                const struct statement *statement;

                saves(years[i].saved);
                statement = next_year();
                ck_assert_int_eq(statement->earned, years[i].earned);
                is(line_of(statement, LINE_DEFICIT_LEFT), years[i].left, 1);
        }
}
END_TEST

/* A loss is paid, and earlier ones are still made good: of terms that once carried them. */
START_TEST(losses_that_are_paid_are_not_carried)
{
        whole(-700);
        with_word(with_step(&terms, "carry-forward"), "losses", "pay");
        with_step(&terms, "post");
        carried[0] = (struct carried) { .what = CARRY_DEFICIT, .figure = exact_of(250) };
        carried_count = 1;
        ck_assert_int_eq(next_year()->earned, -700);
        saves(600);
        ck_assert_int_eq(next_year()->earned, 350);
        ck_assert_int_eq(next_year()->earned, 600);
}
END_TEST

START_TEST(losses_are_brought_forward_once)
{
        whole(1);
        with_step(&terms, "carry-forward");
        with_step(&terms, "carry-forward");
        with_step(&terms, "post");
        refused("losses were brought forward already");
}
END_TEST

/* ---- overlaps */

static struct step *overlap_at(size_t place, const char *from, const char *sign)
{
        struct step *step;

        whole(5000);
        with_step(&terms, "post");
        for (size_t i = terms.step_count++; i > place; i--)
                terms.steps[i] = terms.steps[i - 1];
        step = &terms.steps[place];
        memset(step, 0, sizeof(*step));
        memcpy(step->kind.text, "overlap", 7);
        step->version = 1;
        with_word(step, "item", "bundles");
        with_word(step, "from", from);
        with_word(step, "sign", sign);
        return step;
}

START_TEST(an_overlap_changes_what_it_is_taken_from)
{
        static const struct {
                const char *from;
                size_t place;
                const char *sign;
                int64_t earned;
        } cases[] = {
                { "amount", 5, "subtract", 4200 },      { "amount", 5, "add", 5800 },
                { "benchmark", 2, "subtract", 4200 },   { "benchmark", 2, "add", 5800 },
                { "expenditure", 2, "subtract", 5800 }, { "expenditure", 2, "add", 4200 },
        };

        for (int i = 0; i < COUNT_OF(cases); i++) {
                overlap_at(cases[i].place, cases[i].from, cases[i].sign);
                ck_assert_int_eq(came()->earned, 5000);
                fact_of(&facts, FACT_OVERLAP_AMOUNT, "bundles", 800, 1);
                ck_assert_int_eq(came()->earned, cases[i].earned);
                facts.list[facts.count - 1].key.kind = FACT_OTHER_AMOUNT;
                ck_assert_int_eq(came()->earned, 5000);
                with_word(&terms.steps[cases[i].place], "kind", "other");
                ck_assert_int_eq(came()->earned, cases[i].earned);
        }
}
END_TEST

START_TEST(an_overlap_may_be_missing)
{
        with_word(overlap_at(5, "amount", "subtract"), "need", "always");
        stops("no overlap_amount of bundles");
        fact_of(&facts, FACT_OVERLAP_AMOUNT, "bundles", -300, 1);
        ck_assert_int_eq(came()->earned, 5300);
        overlap_at(2, "benchmark", "subtract");
        fact_of(&facts, FACT_OVERLAP_AMOUNT, "bundles", 100000000, 1);
        stops("not above zero");
        overlap_at(2, "benchmark", "add");
        fact_of(&facts, FACT_OVERLAP_AMOUNT, "bundles", MONEY_MAX, 1);
        stops("more than money can be");
        overlap_at(5, "benchmark", "add");
        refused("savings stand already");
        overlap_at(2, "amount", "add");
        refused("no amount to work on");
}
END_TEST

/* ---- the least payment */

START_TEST(too_little_is_carried_until_it_is_enough)
{
        static const struct {
                int64_t saved, payable, unpaid; /* -1: nothing left */
        } years[] = {
                { 1000, 1000, -1 }, { 999, 0, 999 },  { 1, 1000, -1 }, { -400, 0, -400 },
                { -599, 0, -999 },  { -1, -1000, -1 }, { 0, 0, 0 },    { 5000, 5000, -1 },
        };

        whole(0);
        with_cents(with_step(&terms, "post"), "least_payment", 1000);
        carried_count = 0;
        for (int i = 0; i < COUNT_OF(years); i++) {
                const struct statement *statement;

                saves(years[i].saved);
                statement = next_year();
                ck_assert_int_eq(statement->earned, years[i].saved);
                ck_assert_int_eq(statement->payable, years[i].payable);
                ck_assert_int_eq(has_line(statement, LINE_UNPAID), years[i].unpaid != -1);
                is(line_of(statement, LINE_LEAST_REACHED), years[i].unpaid == -1, 1);
                if (years[i].unpaid != -1)
                        is(line_of(statement, LINE_UNPAID), years[i].unpaid, 1);
        }
}
END_TEST

/* Later terms without a least payment still pay what was left. */
START_TEST(what_was_left_is_paid_whatever_the_terms)
{
        whole(200);
        with_step(&terms, "post");
        carried[0] = (struct carried) { .what = CARRY_UNPAID, .figure = exact_of(-70) };
        carried_count = 1;
        is(line_of(next_year(), LINE_DUE), 130, 1);
        carried[0] = (struct carried) { .what = CARRY_UNPAID, .figure = exact_ratio(-701, 10) };
        carried_count = 1;
        ck_assert_int_eq(next_year()->payable, 130);
        ck_assert_int_eq(next_year()->payable, 200);
        ck_assert(!has_line(next_year(), LINE_DUE));
}
END_TEST

START_TEST(a_result_beyond_money_is_none)
{
        begin();
        for (int i = 0; i < 20; i++)
                with_cents(with_step(&terms, "fee"), "flat", MONEY_MAX);
        with_step(&terms, "post");
        stops("the result is more than money can be");
}
END_TEST

/* ---- payees */

static void payee(const char *party, int64_t weight)
{
        struct step *step = with_step(&terms, "payee");

        with_word(step, "party", party);
        with_count(step, "weight", weight);
}

START_TEST(payees_get_all_of_it)
{
        for (int64_t saved = -100001; saved <= 100001; saved += 200002) {
                const struct statement *statement;
                int64_t sign = saved < 0 ? -1 : 1;

                whole(saved);
                payee("p4", 50);
                payee("p1", 500);
                payee("p3", 150);
                payee("p2", 300);
                with_step(&terms, "post");
                statement = came();
                is(line_of_item(statement, LINE_PAYEE_SHARE, "p1"), sign * 50001, 1);
                is(line_of_item(statement, LINE_PAYEE_SHARE, "p2"), sign * 30000, 1);
                is(line_of_item(statement, LINE_PAYEE_SHARE, "p3"), sign * 15000, 1);
                is(line_of_item(statement, LINE_PAYEE_SHARE, "p4"), sign * 5000, 1);
                ck_assert_uint_eq(lines_of(statement, LINE_PAYEE_SHARE), 4);
        }
}
END_TEST

/* Payees divide what is paid, after advances; they may be named behind them. */
START_TEST(payees_divide_what_is_paid)
{
        whole(1000);
        with_step(&terms, "advance");
        payee("a", 1);
        payee("b", 1);
        with_step(&terms, "post");
        fact_is(&facts, FACT_ADVANCE_BALANCE, 399, 1);
        is(line_of_item(came(), LINE_PAYEE_SHARE, "a"), 301, 1);
        is(line_of_item(came(), LINE_PAYEE_SHARE, "b"), 300, 1);
        facts.list[facts.count - 1].value.num = 5000;
        is(line_of_item(came(), LINE_PAYEE_SHARE, "a"), 0, 1);
        payee("a", 2);
        refused("posted already");
        terms.steps[terms.step_count - 2] = terms.steps[terms.step_count - 1];
        terms.step_count--;
        refused("that payee is named already");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("pay");

        tcase_add_loop_test(tests, sequestration_by_sign_before_or_after_the_share, 0,
                            COUNT_OF(sequestered));
        tcase_add_test(tests, sequestration_has_its_places);
        tcase_add_test(tests, relief_is_of_what_is_owed);
        tcase_add_test(tests, part_of_a_period);
        tcase_add_test(tests, an_advance_over_two_years);
        tcase_add_test(tests, what_is_carried_is_taken_to_the_cent);
        tcase_add_test(tests, advances_paid_and_forgiven_in_the_period);
        tcase_add_test(tests, only_a_part_is_recouped);
        tcase_add_test(tests, losses_are_set_against_later_gains);
        tcase_add_test(tests, losses_that_are_paid_are_not_carried);
        tcase_add_test(tests, losses_are_brought_forward_once);
        tcase_add_test(tests, an_overlap_changes_what_it_is_taken_from);
        tcase_add_test(tests, an_overlap_may_be_missing);
        tcase_add_test(tests, too_little_is_carried_until_it_is_enough);
        tcase_add_test(tests, what_was_left_is_paid_whatever_the_terms);
        tcase_add_test(tests, a_result_beyond_money_is_none);
        tcase_add_test(tests, payees_get_all_of_it);
        tcase_add_test(tests, payees_divide_what_is_paid);
        return run_case(tests, "pay");
}
