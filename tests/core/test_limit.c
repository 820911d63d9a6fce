/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The most that can be earned or owed, of every base; and which parameters of the steps that share
 * do not fit each other.
 */
#include <string.h>

#include "core/steps.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

static struct step *limit;

/* An expected cost of 1,000,000.00, all savings and losses the earner's, and a limit. */
static void shared(int64_t saved)
{
        static const char *const kinds[] = { "expenditure", "target", "savings" };

        begin();
        for (int i = 0; i < COUNT_OF(kinds); i++)
                with_step(&terms, kinds[i]);
        with_all_shared(&terms);
        limit = with_step(&terms, "limit");
        with_step(&terms, "post");
        facts_money(&facts, 100000000, saved, 0);
}

static void limited(const char *base, int64_t saved)
{
        shared(saved);
        with_word(limit, "base", base);
        with_rate(limit, "gain", 1, 10);
        with_rate(limit, "loss", 1, 20);
        fact_is(&facts, FACT_PARTICIPANT_REVENUE, 50000000, 1);
        fact_is(&facts, FACT_PREMIUM_REVENUE, 70000000, 1);
}

/* clang-format off: a case a line */
static const struct {
        const char *base;
        int64_t saved, earned;
} cases[] = {
        { "benchmark", 10000000, 10000000 },    { "benchmark", 10000001, 10000000 },
        { "benchmark", 9999999, 9999999 },      { "benchmark", -5000000, -5000000 },
        { "benchmark", -5000001, -5000000 },    { "benchmark", 0, 0 },
        { "revenue", 5000000, 5000000 },        { "revenue", 5000001, 5000000 },
        { "revenue", -2500000, -2500000 },      { "revenue", -2500001, -2500000 },
        { "premium", 7000000, 7000000 },        { "premium", 7000001, 7000000 },
        { "premium", -3500000, -3500000 },      { "premium", -3500001, -3500000 },
        { "expenditure", 9090909, 9090909 },    { "expenditure", 9090910, 9090909 },
        { "expenditure", -5263158, -5263158 },  { "expenditure", -5263159, -5263158 },
        { "expenditure", 100000100, 0 },
};
/* clang-format on */

START_TEST(no_limit_is_passed)
{
        const struct statement *statement;

        limited(cases[_i].base, cases[_i].saved);
        statement = came();
        ck_assert_msg(statement->earned == cases[_i].earned, "%s %lld: %lld", cases[_i].base,
                      (long long)cases[_i].saved, (long long)statement->earned);
}
END_TEST

START_TEST(a_limit_in_money)
{
        static const int64_t saved[] = { 600000, 600001, -400000, -400001 };
        static const int64_t earned[] = { 600000, 600000, -400000, -400000 };

        for (int i = 0; i < COUNT_OF(saved); i++) {
                shared(saved[i]);
                with_word(limit, "base", "fixed");
                with_cents(limit, "gain_cents", 600000);
                with_cents(limit, "loss_cents", 400000);
                ck_assert_int_eq(came()->earned, earned[i]);
        }
        shared(-1);
        with_word(limit, "base", "fixed");
        with_cents(limit, "loss_cents", 0);
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

/* By which of its formulas the last line of that code was made. */
static int form_of(const struct statement *statement, enum line_code code)
{
        int form = -1;

        for (size_t i = 0; i < statement->line_count; i++)
                if (statement->lines[i].code == code)
                        form = statement->lines[i].form;
        return form;
}

START_TEST(of_two_limits_the_lesser_holds)
{
        static const struct {
                const char *base;
                int64_t revenue, earned;
                int form;
        } pairs[] = {
                { "benchmark", 40000000, -3200000, 4 }, { "benchmark", 99999999, -5000000, 4 },
                { "premium", 40000000, -3200000, 6 },   { "premium", 99999999, -3500000, 6 },
        };

        for (int i = 0; i < COUNT_OF(pairs); i++) {
                limited(pairs[i].base, -90000000);
                with_word(limit, "revenue", "always");
                with_rate(limit, "revenue_rate", 2, 25);
                facts.list[facts.count - 2].value.num = pairs[i].revenue;
                ck_assert_int_eq(came()->earned, pairs[i].earned);
                ck_assert_int_eq(form_of(came(), LINE_LIMITED), pairs[i].form);
        }
        limited("benchmark", -90000000);
        with_word(limit, "revenue", "reported");
        with_rate(limit, "revenue_rate", 2, 25);
        ck_assert_int_eq(came()->earned, -5000000);
        fact_is(&facts, FACT_REVENUE_LIMIT_APPLIES, 1, 1);
        ck_assert_int_eq(came()->earned, -4000000);
}
END_TEST

/* What would be earned or owed is said, and nothing posts. */
START_TEST(a_base_that_is_missing_leaves_the_limit_open)
{
        static const char *const bases[] = { "revenue", "premium" };

        for (int i = 0; i < COUNT_OF(bases); i++)
                for (int64_t saved = -9000000; saved <= 9000000; saved += 18000000) {
                        const struct statement *statement;

                        limited(bases[i], saved);
                        facts.count -= 2;
                        stops(i ? "no premium_revenue" : "no participant_revenue");
                        statement = settled(&terms, &facts, IN_FORCE);
                        is(line_of(statement, LINE_AT_MOST), saved, 1);
                        ck_assert_int_eq(statement->earned, 0);
                        ck_assert(!has_line(statement, LINE_PAYABLE));
                }
        limited("revenue", 0);
        facts.count -= 2;
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

START_TEST(one_side_may_be_without_a_limit)
{
        shared(90000000);
        with_rate(limit, "loss", 1, 20);
        ck_assert_int_eq(came()->earned, 90000000);
        shared(-90000000);
        with_rate(limit, "gain", 1, 20);
        ck_assert_int_eq(came()->earned, -90000000);
}
END_TEST

/* Savings and losses before they are shared: half of what is left. */
START_TEST(savings_are_limited_before_the_share)
{
        static const int64_t saved[] = { 3000000, 3000001, -2000000, -2000001, 5 };
        static const int64_t earned[] = { 1500000, 1500000, -1000000, -1000000, 3 };

        for (int i = 0; i < COUNT_OF(saved); i++) {
                struct step kept;

                shared(saved[i]);
                with_word(limit, "on", "generated");
                with_rate(limit, "gain", 3, 100);
                with_rate(limit, "loss", 2, 100);
                kept = terms.steps[4];
                kept.params[0].rate.den = kept.params[2].rate.den = 2;
                terms.steps[4] = *limit;
                terms.steps[5] = kept;
                ck_assert_int_eq(came()->earned, earned[i]);
        }
        shared(5);
        with_word(limit, "on", "generated");
        with_rate(limit, "gain", 3, 100);
        refused("share was taken already");
}
END_TEST

/* ---- what does not fit */

static struct step *step_of(const char *kind)
{
        for (size_t i = 0; i < terms.step_count; i++)
                if (strcmp(terms.steps[i].kind.text, kind) == 0)
                        return &terms.steps[i];
        ck_abort_msg("there is no step %s", kind);
        return NULL;
}

static struct step *share_anew(void)
{
        struct step *share;

        shared(1);
        with_rate(limit, "gain", 1, 2);
        share = step_of("share");
        memset(share->params, 0, sizeof(share->params));
        share->param_count = 0;
        return share;
}

static void band(struct step *step, const char *name, int64_t to)
{
        with_band(&terms, step, name, (struct band) { 0, SHARE_ONE, { 2, 4 }, { to, 4 } });
}

static void no_up(void)
{
        share_anew();
}
static void no_up_bands(void)
{
        with_word(share_anew(), "gain", "bands");
}
static void sloped_bands(void)
{
        struct step *share = share_anew();

        with_word(share, "gain", "bands");
        band(share, "up_bands", 1);
}
static void sloped_down_bands(void)
{
        struct step *share = share_anew();

        with_rate(share, "up", 1, 2);
        with_word(share, "down", "bands");
        band(share, "down_bands", 1);
}
static void no_high(void)
{
        struct step *share = share_anew();

        with_word(share, "gain", "quality");
        with_rate(share, "up_low", 1, 2);
}
static void quality_of_nobody(void)
{
        struct step *share = share_anew();

        with_word(share, "gain", "quality");
        with_rate(share, "up_low", 1, 2);
        with_rate(share, "up_high", 1, 2);
}
static void complement_of_a_rate(void)
{
        struct step *share = share_anew();

        with_rate(share, "up", 1, 2);
        with_word(share, "down", "complement");
}
static void inverse_of_bands(void)
{
        struct step *share = share_anew();

        with_word(share, "gain", "bands");
        band(share, "up_bands", 2);
        with_word(share, "down", "inverse");
}
static void stake_without_most(void)
{
        struct step *share = share_anew();

        with_rate(share, "up", 1, 2);
        with_word(share, "of", "rate");
        with_rate(share, "full_at", 1, 2);
}
static void stake_at_nothing(void)
{
        struct step *share = share_anew();

        with_rate(share, "up", 1, 2);
        with_word(share, "of", "rate");
        with_rate(share, "full_at", 0, 1);
        with_rate(share, "most", 1, 2);
}
static void stake_in_bands(void)
{
        struct step *share = share_anew();

        with_word(share, "gain", "bands");
        band(share, "up_bands", 2);
        with_word(share, "of", "rate");
        with_rate(share, "full_at", 1, 2);
        with_rate(share, "most", 1, 2);
}
static void no_limit(void)
{
        shared(1);
}
static void fixed_rate(void)
{
        shared(1);
        with_word(limit, "base", "fixed");
        with_rate(limit, "gain", 1, 2);
}
static void cents_of_a_base(void)
{
        shared(1);
        with_cents(limit, "gain_cents", 1);
}
static void revenue_twice(void)
{
        shared(1);
        with_word(limit, "base", "revenue");
        with_rate(limit, "loss", 1, 2);
        with_word(limit, "revenue", "always");
        with_rate(limit, "revenue_rate", 1, 2);
}
static void no_election(void)
{
        no_limit();
        with_rate(limit, "gain", 1, 2);
        step_of("corridor-gate")->params[0].word = (struct name) { "elected" };
}
static void interval_without_people(void)
{
        no_limit();
        with_rate(limit, "gain", 1, 2);
        step_of("corridor-gate")->params[0].word = (struct name) { "interval" };
        with_rate(step_of("corridor-gate"), "z", 2, 1);
        with_rate(step_of("corridor-gate"), "cv", 2, 1);
}
static void credit_after_the_gate(void)
{
        struct step post, *step;

        no_limit();
        with_rate(limit, "gain", 1, 2);
        post = terms.steps[--terms.step_count];
        step = with_step(&terms, "credibility");
        with_rate(step, "full", 3000, 1);
        with_rate(step, "complement", 0, 1);
        terms.steps[terms.step_count++] = post;
}
static void base_of_nothing(void)
{
        begin();
        with_cents(with_step(&terms, "fee"), "flat", 1);
        limit = with_step(&terms, "limit");
        with_rate(limit, "gain", 1, 2);
        with_step(&terms, "post");
}
static void base_of_no_cost(void)
{
        base_of_nothing();
        with_word(limit, "base", "expenditure");
}

static const struct {
        void (*spoil)(void);
        const char *says;
} spoilt[] = {
        { no_up, "parameter up must be given where gain is rate" },
        { no_up_bands, "parameter up_bands must be given" },
        { sloped_bands, "has one rate" },
        { sloped_down_bands, "has one rate" },
        { no_high, "parameter up_high must be given" },
        { quality_of_nobody, "needs the quality score" },
        { complement_of_a_rate, "parameter up_low must be given" },
        { inverse_of_bands, "parameter up must be given where down is inverse" },
        { stake_without_most, "parameter most must be given" },
        { stake_at_nothing, "full_at is above zero" },
        { stake_in_bands, "at stake of revenue has one rate" },
        { no_limit, "limits nothing" },
        { fixed_rate, "a fixed limit is in money" },
        { cents_of_a_base, "where base is fixed" },
        { revenue_twice, "of the revenue already" },
        { no_election, "parameter election must be given" },
        { interval_without_people, "needs the head count" },
        { credit_after_the_gate, "decided already what is shared" },
        { base_of_nothing, "needs the benchmark" },
        { base_of_no_cost, "needs the expenditure" },
};

START_TEST(what_does_not_fit_is_refused)
{
        spoilt[_i].spoil();
        refused(spoilt[_i].says);
}
END_TEST

/* ---- figures that would get too long */

#define LONG 999999937, 1000000000

/* Savings, a gate, and a share at a long rate, before a long sequestration. */
static void long_share(void)
{
        struct step *share = share_anew(), *sequester;

        with_rate(share, "up", LONG);
        terms.step_count -= 2;
        sequester = with_step(&terms, "sequester");
        with_band(&terms, sequester, "bands",
                  (struct band) { DATE_FIRST, DATE_LAST, { 1, 999999937 }, { 1, 999999937 } });
        with_step(&terms, "post");
}
static void long_after_the_minimum(void)
{
        long_share();
        step_of("corridor-gate")->params[0].word = (struct name) { "flat" };
        with_rate(step_of("corridor-gate"), "rate", LONG);
        with_flag(step_of("corridor-gate"), "first_dollar", false);
}
static void long_limit(void)
{
        struct step *step;

        begin();
        with_step(&terms, "target");
        with_cents(with_step(&terms, "fee"), "flat", 1);
        with_rate(with_step(&terms, "limit"), "gain", LONG);
        step = with_step(&terms, "sequester");
        with_band(&terms, step, "bands",
                  (struct band) { DATE_FIRST, DATE_LAST, { 1, 999999937 }, { 1, 999999937 } });
        with_step(&terms, "prorate");
        with_step(&terms, "post");
}
static void long_stake(void)
{
        struct step *share = share_anew(), kept[3];

        with_rate(share, "up", LONG);
        with_word(share, "of", "rate");
        with_rate(share, "full_at", 1, 2);
        with_rate(share, "most", 1, 2);
        memcpy(kept, &terms.steps[4], sizeof(kept));
        terms.step_count = 4;
        with_step(&terms, "composite");
        with_word(with_step(&terms, "gate"), "met", "scaled");
        memcpy(&terms.steps[6], kept, sizeof(kept));
        terms.step_count = 9;
}
static void long_credit(void)
{
        struct step kept[4], *step;

        long_share();
        memcpy(kept, &terms.steps[3], sizeof(kept));
        terms.step_count = 3;
        with_step(&terms, "attribute");
        step = with_step(&terms, "credibility");
        with_rate(step, "full", 3000, 1);
        with_rate(step, "complement", 0, 1);
        memcpy(&terms.steps[5], kept, sizeof(kept));
        terms.step_count = 9;
        terms.steps[8] = terms.steps[7];
        terms.steps[7] = (struct step) { .kind = { "prorate" }, .version = 1 };
        terms.steps[9] = (struct step) { .kind = { "post" }, .version = 1 };
        terms.step_count = 10;
}
static void long_fee(void)
{
        struct step *fee;

        begin();
        with_step(&terms, "composite");
        fee = with_step(&terms, "fee");
        with_cents(fee, "flat", MONEY_MAX);
        with_rate(fee, "at_risk", LONG);
        with_word(fee, "by", "table");
        band(fee, "bands", 2);
        with_step(&terms, "post");
}

static const struct {
        void (*spoil)(void);
        const char *field;
} lengths[] = {
        { long_after_the_minimum, "terms.steps[5]" },
        { long_limit, "terms.steps[4]" },
        { long_stake, "terms.steps[6]" },
        { long_credit, "terms.steps[8]" },
        { long_fee, "terms.steps[1]" },
};

START_TEST(what_could_get_too_long_is_refused)
{
        lengths[_i].spoil();
        check();
        ck_assert_msg(code_of(lengths[_i].field, "longer than 128 bits") == REFUSAL_BAD_TERMS,
                      "%s: %s", faults.count ? faults.list[0].field : "accepted",
                      faults.count ? faults.list[0].says : "");
}
END_TEST

/* Only of a revenue, or of no base at all: no benchmark is asked for. */
START_TEST(a_limit_asks_only_for_its_own_base)
{
        base_of_nothing();
        with_word(limit, "base", "premium");
        accepted();
        begin();
        with_cents(with_step(&terms, "fee"), "flat", 700);
        limit = with_step(&terms, "limit");
        with_word(limit, "base", "fixed");
        with_cents(limit, "gain_cents", 600);
        with_step(&terms, "post");
        ck_assert_int_eq(came()->earned, 600);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("limit");

        tcase_add_loop_test(tests, no_limit_is_passed, 0, COUNT_OF(cases));
        tcase_add_test(tests, a_limit_in_money);
        tcase_add_test(tests, of_two_limits_the_lesser_holds);
        tcase_add_test(tests, a_base_that_is_missing_leaves_the_limit_open);
        tcase_add_test(tests, one_side_may_be_without_a_limit);
        tcase_add_test(tests, savings_are_limited_before_the_share);
        tcase_add_loop_test(tests, what_does_not_fit_is_refused, 0, COUNT_OF(spoilt));
        tcase_add_loop_test(tests, what_could_get_too_long_is_refused, 0, COUNT_OF(lengths));
        tcase_add_test(tests, a_limit_asks_only_for_its_own_base);
        return run_case(tests, "limit");
}
