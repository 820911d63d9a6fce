/* SPDX-License-Identifier: Apache-2.0 */
/* Fees of every kind: by months, by people, of a base; what is at risk, what was paid before. */
#include <string.h>

#include "core/inputs.h"
#include "core/steps.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

static struct step *fee(void)
{
        return with_step(&terms, "fee");
}

/* ---- paid ahead, and part of it lost */

static void paid_ahead(const char *measure)
{
        struct step *step = fee();

        with_cents(step, "pmpm", 125);
        with_rate(step, "at_risk", 1, 1);
        with_word(step, "by", "measure");
        with_word(step, "measure_score", measure);
        with_word(step, "prepaid", "all");
}

/* 500 people for a year: 7,500.00 for quality, of which 80 %, and for use, of which 50 %. */
START_TEST(what_was_paid_ahead_is_paid_back)
{
        const struct statement *statement;

        begin();
        paid_ahead("quality");
        paid_ahead("use");
        with_step(&terms, "post");
        fact_is(&facts, FACT_MEMBER_MONTHS, 6000, 1);
        fact_of(&facts, FACT_MEASURE_SCORE, "quality", 4, 5);
        fact_of(&facts, FACT_MEASURE_SCORE, "use", 1, 2);
        statement = came();
        ck_assert_int_eq(statement->earned, -525000);
        is(line_of(statement, LINE_FEE_PREPAID), 750000, 1);
        is(line_of_item(statement, LINE_FEE_SCORE, "use"), 1, 2);
        facts.count--;
        stops("no measure_score of use");
}
END_TEST

/* A part of care that was paid as claimed: nothing is left to settle. */
START_TEST(plain_fee_for_service)
{
        struct step *step;

        begin();
        with_step(&terms, "expenditure");
        step = fee();
        with_rate(step, "share", 1, 1);
        with_word(step, "base", "expenditure");
        with_word(step, "prepaid", "all");
        with_step(&terms, "post");
        fact_is(&facts, FACT_EXPENDITURE, 123456789, 1);
        ck_assert_int_eq(came()->earned, 0);
        is(line_of(came(), LINE_FEE), 123456789, 1);
        facts.list[0].value.num = -5;
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

START_TEST(what_was_paid_before_may_be_reported)
{
        struct step *step;

        begin();
        step = fee();
        with_cents(step, "flat", 1000);
        with_word(step, "prepaid", "reported");
        step = fee();
        with_cents(step, "flat", 2000);
        with_word(step, "category", "visits");
        with_word(step, "prepaid", "reported");
        with_step(&terms, "post");
        fact_is(&facts, FACT_FEE_PAID, 300, 1);
        stops("no fee_paid of visits");
        fact_of(&facts, FACT_FEE_PAID, "visits", 5000, 1);
        ck_assert_int_eq(came()->earned, 1000 - 300 + 2000 - 5000);
}
END_TEST

/* ---- by a table of the score */

static void adjusted(int64_t score)
{
        struct step *step;

        begin();
        with_step(&terms, "composite");
        step = fee();
        with_cents(step, "flat", 30000000);
        with_rate(step, "at_risk", 1, 1);
        with_word(step, "by", "table");
        with_band(&terms, step, "bands",
                  (struct band) { 0, SHARE_ONE / 2, { -1, 10 }, { -1, 10 } });
        with_band(&terms, step, "bands",
                  (struct band) { SHARE_ONE / 2, SHARE_ONE * 4 / 5, { 0, 1 }, { 3, 10 } });
        with_band(&terms, step, "bands",
                  (struct band) { SHARE_ONE * 4 / 5, SHARE_ONE, { 34, 100 }, { 34, 100 } });
        with_step(&terms, "post");
        fact_is(&facts, FACT_QUALITY_SCORE, score, 1000);
}

START_TEST(a_table_says_what_a_score_earns)
{
        static const struct {
                int64_t score, earned;
        } cases[] = {
                { 900, 10200000 }, { 800, 10200000 }, { 1000, 10200000 }, { 100, -3000000 },
                { 499, -3000000 }, { 500, 0 },        { 600, 3000000 },   { 799, 8970000 },
        };

        for (int i = 0; i < COUNT_OF(cases); i++) {
                adjusted(cases[i].score);
                ck_assert_int_eq(came()->earned, cases[i].earned);
        }
        adjusted(600);
        terms.steps[1].params[1].rate = (struct rate) { 1, 3 };
        ck_assert_int_eq(came()->earned, 21000000);     /* two thirds, and 10 % of the third */
        adjusted(500);
        terms.bands[1].from += SHARE_ONE / 10;
        stops("says nothing for this score");
}
END_TEST

/* The factor is taken to nine decimals: a third of a seventh. */
START_TEST(a_factor_on_a_line_has_nine_decimals)
{
        adjusted(600);
        terms.bands[1].at_to = (struct rate) { 1, 7 };
        is(line_of(came(), LINE_FEE_FACTOR), 47619048, 1000000000);
}
END_TEST

/* ---- a measure's score */

static void by_measure(int64_t met, int64_t eligible)
{
        struct step *step;

        begin();
        step = with_step(&terms, "measure");
        with_word(step, "measure", "cbp");
        with_rate(step, "worst", 3, 5);
        with_rate(step, "best", 7, 10);
        with_count(step, "least_denominator", 30);
        step = with_step(&terms, "measure");
        with_word(step, "measure", "hbd");
        with_rate(step, "worst", 0, 1);
        with_rate(step, "best", 1, 1);
        step = fee();
        with_cents(step, "flat", 1000);
        with_rate(step, "at_risk", 1, 2);
        with_word(step, "by", "measure");
        with_word(step, "measure_score", "cbp");
        with_step(&terms, "post");
        fact_of(&facts, FACT_MEASURE_NUMERATOR, "cbp", met, 1);
        fact_of(&facts, FACT_MEASURE_DENOMINATOR, "cbp", eligible, 1);
        fact_of(&facts, FACT_MEASURE_NUMERATOR, "hbd", 1, 1);
        fact_of(&facts, FACT_MEASURE_DENOMINATOR, "hbd", 1, 1);
}

START_TEST(a_measure_that_was_scored_decides)
{
        by_measure(64, 100);
        ck_assert_int_eq(came()->earned, 700);
        fact_of(&facts, FACT_MEASURE_SCORE, "cbp", 1, 1);       /* scored here, so not asked for */
        ck_assert_int_eq(came()->earned, 700);
        by_measure(20, 29);
        stops("no measure_score of cbp");
        fact_of(&facts, FACT_MEASURE_SCORE, "cbp", 1, 5);
        ck_assert_int_eq(came()->earned, 600);
}
END_TEST

/* ---- what it is made of */

START_TEST(tiers_have_months_of_their_own)
{
        static const char *const tiers[] = { "low", "middle", "high" };
        static const int64_t each[] = { 600, 800, 1600 }, months[] = { 1200, 600, 100 };
        const struct statement *statement;

        begin();
        for (int i = 0; i < 3; i++) {
                struct step *step = fee();

                with_cents(step, "pmpm", each[i]);
                with_word(step, "category", tiers[i]);
                fact_of(&facts, FACT_MEMBER_MONTHS, tiers[i], months[i], 1);
        }
        with_cents(fee(), "pmpm", 1);
        fact_is(&facts, FACT_MEMBER_MONTHS, 7, 1);
        with_step(&terms, "post");
        statement = came();
        ck_assert_int_eq(statement->earned, 720000 + 480000 + 160000 + 7);
        is(line_of_item(statement, LINE_MONTHS_OF_CATEGORY, "middle"), 600, 1);
        ck_assert_uint_eq(lines_of(statement, LINE_MEMBER_MONTHS), 1);
        facts.count -= 2;
        stops("no member_months of high");
}
END_TEST

/* A tier is a name of member months, no part of the people: nothing is asked for by tier. */
START_TEST(a_tier_is_no_category)
{
        static struct input inputs[INPUTS_MAX];
        struct step *step;

        begin();
        step = fee();
        with_cents(step, "pmpm", 100);
        with_word(step, "category", "low");
        with_word(with_step(&terms, "expenditure"), "by", "category");
        with_step(&terms, "post");
        refused("no step before it says a category");
        begin();
        attribute("people", "aged");
        step = fee();
        with_cents(step, "pmpm", 100);
        with_word(step, "category", "low");
        with_word(with_step(&terms, "expenditure"), "by", "category");
        with_step(&terms, "post");
        accepted();
        ck_assert_uint_eq(terms_inputs(&terms, inputs), 3);
        ck_assert_int_eq(inputs[2].kind, FACT_EXPENDITURE);
        ck_assert_str_eq(inputs[2].item.text, "aged");
}
END_TEST

START_TEST(people_who_met_a_measure_are_paid_for)
{
        struct step *step;

        begin();
        step = fee();
        with_cents(step, "flat", 10000);
        with_cents(step, "each", 2500);
        with_word(step, "measure", "eye-exam");
        with_step(&terms, "post");
        stops("no measure_numerator of eye-exam");
        fact_of(&facts, FACT_MEASURE_NUMERATOR, "eye-exam", 41, 1);
        ck_assert_int_eq(came()->earned, 10000 + 41 * 2500);
}
END_TEST

static void of_base(const char *base)
{
        struct step *step;

        begin();
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        step = fee();
        with_rate(step, "share", 1, 8);
        with_word(step, "base", base);
        with_step(&terms, "post");
        facts_money(&facts, 1000004, 4, 0);
        fact_is(&facts, FACT_PARTICIPANT_REVENUE, 2000000, 1);
        fact_is(&facts, FACT_PREMIUM_REVENUE, 3000000, 1);
        fact_is(&facts, FACT_FEE_BASE, 4000000, 1);
}

START_TEST(a_part_of_any_base)
{
        static const struct {
                const char *base, *missing;
                int64_t earned;
        } cases[] = {
                { "benchmark", NULL, 125001 },          /* 125,000.5 */
                { "expenditure", NULL, 125000 },
                { "revenue", "no participant_revenue", 250000 },
                { "premium", "no premium_revenue", 375000 },
                { "reported", "no fee_base", 500000 },
                { "upstream", "no upstream_amount", 0 },
        };

        for (int i = 0; i < COUNT_OF(cases); i++) {
                of_base(cases[i].base);
                if (cases[i].earned)
                        ck_assert_int_eq(came()->earned, cases[i].earned);
                facts.count -= 3;
                if (cases[i].missing)
                        stops(cases[i].missing);
        }
        of_base("reported");
        with_word(&terms.steps[2], "category", "drugs");
        stops("no fee_base of drugs");
        fact_of(&facts, FACT_FEE_BASE, "drugs", 80, 1);
        ck_assert_int_eq(came()->earned, 10);
}
END_TEST

START_TEST(amounts_of_other_contracts_are_passed_on)
{
        const struct statement *statement;

        of_base("upstream");
        fact_of(&facts, FACT_UPSTREAM_AMOUNT, "1234:earned", 4000, 1);
        fact_of(&facts, FACT_UPSTREAM_AMOUNT, "1290:earned", -800, 1);
        statement = came();
        ck_assert_int_eq(statement->earned, 400);
        is(line_of_item(statement, LINE_UPSTREAM, "1290:earned"), -800, 1);
        is(line_of(statement, LINE_FEE_BASE), 3200, 1);
        fact_is(&facts, FACT_UPSTREAM_AMOUNT, 5, 1);
        stops("does not say of which statement");
        of_base("upstream");
        for (int i = 0; i <= STOPLOSS_CLAIMS_MAX; i++)
                fact_of(&facts, FACT_UPSTREAM_AMOUNT,
                        (char[]) { 'a', (char)('a' + i / 26), (char)('a' + i % 26), '\0' }, 80, 1);
        stops("more amounts of other contracts");
        facts.count--;
        ck_assert_int_eq(came()->earned, 10 * STOPLOSS_CLAIMS_MAX);
}
END_TEST

/* Each part to the cent, and what is earned of all once more. */
START_TEST(a_fee_of_several_parts)
{
        struct step *step;

        begin();
        with_step(&terms, "composite");
        step = fee();
        with_cents(step, "flat", 100);
        with_cents(step, "pmpm", 3);
        with_cents(step, "each", 7);
        with_word(step, "measure", "m");
        with_rate(step, "share", 1, 3);
        with_word(step, "base", "reported");
        with_rate(step, "at_risk", 1, 2);
        with_step(&terms, "post");
        fact_is(&facts, FACT_MEMBER_MONTHS, 10, 1);
        fact_of(&facts, FACT_MEASURE_NUMERATOR, "m", 10, 1);
        fact_is(&facts, FACT_FEE_BASE, 200, 1);         /* 66.67: 67 */
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 2);
        is(line_of(came(), LINE_FEE_DUE), 267, 1);
        ck_assert_int_eq(came()->earned, 200);          /* 267 x 3/4 = 200.25 */
}
END_TEST

/* ---- what does not fit */

static void nothing(void)
{
        fee();
}
static void only_pmpm_of_a_category(void)
{
        with_word(fee(), "category", "a");
}
static void each_of_no_measure(void)
{
        with_cents(fee(), "each", 1);
}
static void measure_for_nothing(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_word(step, "measure", "m");
}
static void share_of_nothing(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_rate(step, "share", 1, 2);
}
static void base_for_nothing(void)
{
        with_word(fee(), "base", "premium");
}
static void base_not_there(void)
{
        struct step *step = fee();

        with_word(step, "base", "benchmark");
        with_rate(step, "share", 1, 2);
}
static void table_of_nothing_at_risk(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_word(step, "by", "measure");
        with_word(step, "measure_score", "m");
}
static void measure_beside_quality(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_word(step, "measure_score", "m");
}
static void table_beside_quality(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_band(&terms, step, "bands", (struct band) { 0, SHARE_ONE, { 1, 1 }, { 1, 1 } });
}
static void no_table(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_rate(step, "at_risk", 1, 2);
        with_word(step, "by", "table");
}
static void risk_without_quality(void)
{
        struct step *step = fee();

        with_cents(step, "flat", 1);
        with_rate(step, "at_risk", 1, 2);
}
static void table_without_quality(void)
{
        no_table();
        with_band(&terms, &terms.steps[0], "bands",
                  (struct band) { 0, SHARE_ONE, { 1, 1 }, { 1, 1 } });
}

static const struct {
        void (*spoil)(void);
        const char *says;
} spoilt[] = {
        { nothing, "is no fee" },
        { only_pmpm_of_a_category, "is no fee" },
        { each_of_no_measure, "people who met a measure" },
        { measure_for_nothing, "people who met a measure" },
        { share_of_nothing, "share is a part of a base" },
        { base_for_nothing, "share is a part of a base" },
        { base_not_there, "needs the benchmark" },
        { table_of_nothing_at_risk, "nothing of the fee is at risk" },
        { measure_beside_quality, "where by is measure" },
        { table_beside_quality, "where by is table" },
        { no_table, "parameter bands must be given" },
        { risk_without_quality, "needs the quality score" },
        { table_without_quality, "needs the quality score" },
};

START_TEST(what_does_not_fit_is_refused)
{
        begin();
        spoilt[_i].spoil();
        with_step(&terms, "post");
        refused(spoilt[_i].says);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("fee");

        tcase_add_test(tests, what_was_paid_ahead_is_paid_back);
        tcase_add_test(tests, plain_fee_for_service);
        tcase_add_test(tests, what_was_paid_before_may_be_reported);
        tcase_add_test(tests, a_table_says_what_a_score_earns);
        tcase_add_test(tests, a_factor_on_a_line_has_nine_decimals);
        tcase_add_test(tests, a_measure_that_was_scored_decides);
        tcase_add_test(tests, tiers_have_months_of_their_own);
        tcase_add_test(tests, a_tier_is_no_category);
        tcase_add_test(tests, people_who_met_a_measure_are_paid_for);
        tcase_add_test(tests, a_part_of_any_base);
        tcase_add_test(tests, amounts_of_other_contracts_are_passed_on);
        tcase_add_test(tests, a_fee_of_several_parts);
        tcase_add_loop_test(tests, what_does_not_fit_is_refused, 0, COUNT_OF(spoilt));
        return run_case(tests, "fee");
}
