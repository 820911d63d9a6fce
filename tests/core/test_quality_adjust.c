/* SPDX-License-Identifier: Apache-2.0 */
/* What quality does to an amount, by every formula; and what it can be multiplied with. */
#include "tests/core/run.h"
#include "tests/core/quality_case.h"

#define PERCENT (SHARE_ONE / 100)

/* All savings and all losses of a benchmark. */
static void difference(int64_t benchmark, int64_t savings)
{
        begin();
        with_step(&terms, "composite");
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_all_shared(&terms);
        facts_money(&facts, benchmark, savings, 1);
}

static struct step *adjust(const char *formula)
{
        struct step *step = with_step(&terms, "quality-adjust");

        if (formula)
                with_word(step, "formula", formula);
        return step;
}

static void earns(int64_t cents)
{
        ck_assert_int_eq(came()->earned, cents);
}

/* ---- of what quality lacks */

static void limited(void)
{
        struct step *step = with_step(&terms, "limit");

        with_rate(step, "gain", 1, 5);
        with_rate(step, "loss", 1, 5);
}

static void cqs(bool limit_first, int64_t savings)
{
        struct step *step;

        difference(232800000, savings);
        if (limit_first)
                limited();
        step = adjust(NULL);
        with_rate(step, "most_gain", 1, 10);
        with_rate(step, "most_loss", 1, 10);
        if (!limit_first)
                limited();
        with_step(&terms, "post");
        fact_is(&facts, FACT_QUALITY_SCORE, 7, 10);
}

static const struct {
        int64_t savings, adjusted, earned, limit_first;
} bundles[] = {
        { 22800000, 22116000, 22116000, 22116000 },
        { 52800000, 51216000, 46560000, 45163200 },
        { -17200000, -15996000, -15996000, -15996000 },
        { -67200000, -62496000, -46560000, -43300800 },
};

START_TEST(a_gain_loses_what_quality_lacks_and_a_loss_what_it_has)
{
        cqs(false, bundles[_i].savings);
        earns(bundles[_i].earned);
        is(line_of(came(), LINE_QUALITY_ADJUSTED), bundles[_i].adjusted, 1);
        cqs(true, bundles[_i].savings);
        earns(bundles[_i].limit_first);
}
END_TEST

START_TEST(gains_and_losses_have_their_own_parts)
{
        for (int sign = -1; sign <= 1; sign += 2) {
                struct step *step;

                difference(1000000, sign * 10000);
                step = adjust("amount");
                with_rate(step, sign > 0 ? "most_loss" : "most_gain", 15, 100);
                with_step(&terms, "post");
                fact_is(&facts, FACT_QUALITY_SCORE, 1, 5);
                earns(sign * 10000);
                with_rate(step, sign > 0 ? "most_gain" : "most_loss", 15, 100);
                earns(sign > 0 ? 8800 : -9700);
        }
}
END_TEST

START_TEST(the_score_must_be_known_where_there_is_an_amount)
{
        cqs(false, 22800000);
        facts.count--;
        stops("no quality_score");
        cqs(false, 0);
        facts.count--;
        earns(0);
        ck_assert(!has_line(came(), LINE_QUALITY_MULTIPLIER));
}
END_TEST

/* ---- as reported */

START_TEST(a_reported_adjustment_changes_what_revenue_is_at_stake)
{
        for (int sign = -1; sign <= 1; sign += 2) {
                struct step *step;

                begin();
                with_step(&terms, "expenditure");
                with_step(&terms, "target");
                with_step(&terms, "savings");
                step = with_step(&terms, "corridor-gate");
                with_word(step, "minimum", "none");
                with_word(step, "losses", "all");
                step = with_step(&terms, "share");
                with_word(step, "of", "rate");
                with_rate(step, "full_at", 3, 100);
                with_rate(step, "most", 1, 100);
                with_rate(step, "up", 1, 1);
                with_word(step, "down", "fixed");
                with_rate(step, "down_rate", 1, 1);
                adjust("multiplier");
                with_step(&terms, "post");
                facts_money(&facts, 1200000, sign * 30000, 1);
                fact_is(&facts, FACT_PARTICIPANT_REVENUE, INT64_C(8000000000), 1);
                stops("no quality_adjustment");
                fact_is(&facts, FACT_QUALITY_ADJUSTMENT, 25, 1000);
                earns(sign * 68333333);
                facts.list[4].value.num = -1000;
                earns(0);
        }
}
END_TEST

START_TEST(a_changed_amount_has_nine_decimals_of_a_cent)
{
        difference(1000000, 10000);
        adjust("multiplier");
        with_step(&terms, "post");
        fact_is(&facts, FACT_QUALITY_ADJUSTMENT, 1, 3);
        is(line_of(came(), LINE_QUALITY_MULTIPLIER), 4, 3);
        is(line_of(came(), LINE_QUALITY_ADJUSTED), 13333333333333, 1000000000);
        facts.list[3].value = (struct value) { UNIT_RATE, -1, 3 };
        is(line_of(came(), LINE_QUALITY_ADJUSTED), 6666666666667, 1000000000);
}
END_TEST

START_TEST(more_than_money_can_be_is_not_calculable)
{
        difference(MONEY_MAX, MONEY_MAX);
        for (int i = 0; i < 5; i++)
                adjust("multiplier");
        with_step(&terms, "post");
        fact_is(&facts, FACT_QUALITY_ADJUSTMENT, 1, 1);
        stops("the amount that quality changes is more than money can be");
}
END_TEST

/* ---- by a table */

static void pba(struct step *step)
{
        static const struct band bands[] = {
                { 0, 20 * PERCENT, { -1, 10 }, { -1, 10 } },
                { 20 * PERCENT, 80 * PERCENT, { 0, 1 }, { 3, 10 } },
                { 80 * PERCENT, SHARE_ONE, { 34, 100 }, { 34, 100 } },
        };

        for (int i = 0; i < COUNT_OF(bands); i++)
                with_band(&terms, step, "bands", bands[i]);
}

static const struct {
        int64_t score, earned;          /* thousandths; of 300,000.00 */
} tables[] = {
        { 0, 27000000 },   { 199, 27000000 }, { 200, 30000000 },
        { 500, 34500000 }, { 800, 40200000 }, { 1000, 40200000 },
};

START_TEST(a_table_has_a_change_for_every_score)
{
        begin();
        with_step(&terms, "composite");
        with_cents(with_step(&terms, "fee"), "flat", 30000000);
        pba(adjust("table"));
        with_step(&terms, "post");
        fact_is(&facts, FACT_QUALITY_SCORE, tables[_i].score, 1000);
        earns(tables[_i].earned);
}
END_TEST

/* ---- by the gates */

START_TEST(what_the_gates_let_through_holds_for_a_fee_too)
{
        struct step *step;

        begin();
        with_step(&terms, "composite");
        with_cents(with_step(&terms, "fee"), "flat", 1000);
        step = with_step(&terms, "gate");
        with_word(step, "standard", "least");
        with_rate(step, "least", 1, 2);
        with_word(step, "met", "scaled");
        with_word(adjust("factor"), "on", "gain");
        with_step(&terms, "post");
        fact_is(&facts, FACT_QUALITY_SCORE, 4, 5);
        earns(800);
        facts.list[0].value.num = 2;
        earns(0);
}
END_TEST

START_TEST(a_gate_that_waits_for_a_score_stops)
{
        begin();
        with_step(&terms, "composite");
        with_cents(with_step(&terms, "fee"), "flat", 1000);
        with_word(with_step(&terms, "gate"), "standard", "none");
        with_word(&terms.steps[2], "met", "scaled");
        adjust("factor");
        with_step(&terms, "post");
        stops("no quality_score");
}
END_TEST

START_TEST(only_gains_or_only_losses_change)
{
        static const struct {
                const char *on;
                int64_t gain, loss;
        } on[] = { { "both", 5000, -5000 }, { "gain", 5000, -10000 }, { "loss", 10000, -5000 } };

        for (int i = 0; i < COUNT_OF(on); i++)
                for (int sign = -1; sign <= 1; sign += 2) {
                        difference(1000000, sign * 10000);
                        with_word(adjust("multiplier"), "on", on[i].on);
                        with_step(&terms, "post");
                        fact_is(&facts, FACT_QUALITY_ADJUSTMENT, -1, 2);
                        earns(sign > 0 ? on[i].gain : on[i].loss);
                }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("quality_adjust");

        tcase_add_loop_test(tests, a_gain_loses_what_quality_lacks_and_a_loss_what_it_has, 0,
                            COUNT_OF(bundles));
        tcase_add_test(tests, gains_and_losses_have_their_own_parts);
        tcase_add_test(tests, the_score_must_be_known_where_there_is_an_amount);
        tcase_add_test(tests, a_reported_adjustment_changes_what_revenue_is_at_stake);
        tcase_add_test(tests, a_changed_amount_has_nine_decimals_of_a_cent);
        tcase_add_test(tests, more_than_money_can_be_is_not_calculable);
        tcase_add_loop_test(tests, a_table_has_a_change_for_every_score, 0, COUNT_OF(tables));
        tcase_add_test(tests, what_the_gates_let_through_holds_for_a_fee_too);
        tcase_add_test(tests, a_gate_that_waits_for_a_score_stops);
        tcase_add_test(tests, only_gains_or_only_losses_change);
        return run_case(tests, "quality_adjust");
}
