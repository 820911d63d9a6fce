/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Contracts played through, held against a published run of 20,000 trials of the same two contracts
 * by other code: both sides err, so they agree within four of their errors taken together.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "clients/risk/draw.h"
#include "clients/risk/picture.h"
#include "clients/risk/risk.h"
#include "clients/template.h"
#include "tests/clients/run.h"

#define TRIALS 5000
#define BENCHMARK INT64_C(1000000000000)

static struct terms terms;
static struct complaints to;
static struct fact facts[5];
static int64_t payments[TRIALS];

static const struct template_setting one_sided[] = { { "bearer", "cms" }, { "earner", "aco" } };
static const struct template_setting two_sided[] = {
        { "bearer", "cms" }, { "earner", "aco" }, { "msr", "2%" }, { "flat_least_panel", "0" },
};

static struct fact fact_of(enum fact_kind kind, int64_t num)
{
        return (struct fact) {
                .key = { .scope = SCOPE_CONTRACT, .kind = kind, .period = terms.periods[0],
                         .paid_through = DATE_NONE },
                .value = { fact_kind_info((unsigned int)kind)->unit, num, 1 },
                .side = terms_of_record(&terms, kind),
        };
}

static struct risk_case case_of(bool losses, int64_t panel, double saving)
{
        int r = losses ? template_terms("mssp-basic-e", 2021, two_sided, 4, &terms, &to)
                       : template_terms("mssp-basic-a", 2021, one_sided, 2, &terms, &to);

        ck_assert_int_eq(r, 0);
        facts[0] = fact_of(FACT_HEAD_COUNT, panel);
        facts[1] = fact_of(FACT_BENCHMARK, BENCHMARK);
        facts[2] = fact_of(FACT_EXPENDITURE, BENCHMARK);
        facts[3] = fact_of(FACT_QUALITY_STANDARD_MET, 1);
        /* So much that the limit of revenue never holds. */
        facts[4] = fact_of(FACT_PARTICIPANT_REVENUE, BENCHMARK);
        return (struct risk_case) {
                .terms = &terms,
                .run = { .contract = terms.contract, .period = terms.periods[0],
                         .kind = RUN_PREVIEW, .number = 1, .payment = date_of(2022, 10, 1) },
                .facts = facts, .fact_count = 5, .panel = panel,
                .has_saving = true, .saving = saving,
        };
}

static void play(const struct risk_case *c, uint64_t seed, uint32_t trials,
                 struct risk_result *ret)
{
        const struct risk_model model = { seed, trials, 2.3, 0.99, 0.01 };
        char reason[TEXT_MAX_LENGTH + 1];

        ck_assert_int_eq(risk_play(&model, c, 0, payments, reason, NULL, NULL), 0);
        if (ret)
                risk_sum_up(payments, trials, ret);
}

/* Probabilities, and amounts as percent of the benchmark; NAN: not published. */
static const struct {
        bool losses;
        int64_t panel;
        double saving, gains, mean, owes, low, tail;
} published[] = {
        { false, 300, 0, .0129, .112, 0, NAN, NAN },
        { false, 3000, 0, .0547, .134, 0, NAN, NAN },
        { false, 20000, 0, .0455, .056, 0, NAN, NAN },
        { false, 600, .03, .0917, .509, 0, NAN, NAN },
        { false, 10000, .03, .4994, .874, 0, NAN, NAN },
        { true, 300, 0, .4346, .845, .3991, -4.00, -4.00 },
        { true, 600, 0, .3926, .512, .3696, -3.41, -3.86 },
        { true, 5000, 0, .2158, .153, .2021, -1.20, -1.53 },
        { true, 10000, 0, .1463, .079, .1477, -0.95, -1.19 },
        { true, 600, .03, .5744, 1.716, .2137, -2.41, NAN },
        /* Owing is nearly one in twenty here: the percentile is nothing, or jumps to 2 %. */
        { true, 3000, .03, .6421, 1.473, .0467, NAN, NAN },
        { true, 20000, .03, .7500, 1.324, .0004, 0, NAN },
};

/* Theirs is half our error: four times as many trials of the same contract. */
static void agrees(const char *what, double percent, struct estimate ours, double rounding)
{
        double error = sqrt(1.25) * ours.error + rounding;

        if (!isnan(percent))
                ck_assert_msg(fabs(percent - ours.figure) <= 4 * error, "%s: %f, published %f",
                              what, ours.figure, percent);
}

static struct estimate as_percent(struct estimate cents)
{
        return (struct estimate) { 100 * cents.figure / (double)BENCHMARK,
                                   100 * cents.error / (double)BENCHMARK };
}

START_TEST(the_figures_agree_with_those_published)
{
        const struct risk_case c = case_of(published[_i].losses, published[_i].panel,
                                           published[_i].saving);
        struct risk_result result;

        play(&c, 42, TRIALS, &result);
        agrees("gains", published[_i].gains, result.gains, .0001);
        agrees("owes", published[_i].owes, result.owes, .0001);
        agrees("mean", published[_i].mean, as_percent(result.mean), .001);
        agrees("p5", published[_i].low, as_percent(result.low), .01);
        agrees("worst 5 %", published[_i].tail, as_percent(result.tail), .01);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_payments_and_another_others)
{
        const struct risk_case c = case_of(true, 600, 0);
        int64_t *first = calloc(200, sizeof(*first));

        ck_assert_ptr_nonnull(first);
        play(&c, 7, 200, NULL);
        memcpy(first, payments, 200 * sizeof(*first));
        play(&c, 7, 200, NULL);
        ck_assert_mem_eq(first, payments, 200 * sizeof(*first));
        play(&c, 8, 200, NULL);
        ck_assert_mem_ne(first, payments, 200 * sizeof(*first));
        free(first);
}
END_TEST

START_TEST(a_members_cost_has_the_moments_that_were_published)
{
        struct member_cost cost;

        member_cost_begin(&cost, 2.3, 0.99);
        ck_assert_double_eq_tol(cost.most, 9.349, 0.001);
        ck_assert_double_eq_tol(cost.cv, 1.604, 0.001);
        member_cost_begin(&cost, 2.3, 1);
        ck_assert_double_eq_tol(cost.cv, 2.3, 1e-12);
        ck_assert_double_eq_tol(cost.mean, 1, 1e-12);
}
END_TEST

START_TEST(a_panel_drawn_member_by_member_spreads_as_one_drawn_at_once)
{
        struct member_cost cost;
        double sum = 0, squares = 0, panel;
        struct draw draw;

        member_cost_begin(&cost, 2.3, 0.99);
        draw_seed(&draw, 1);
        for (int i = 0; i < 4000; i++) {
                panel = draw_panel(&draw, &cost, 400);
                sum += panel;
                squares += panel * panel;
        }
        sum /= 4000;
        ck_assert_double_eq_tol(sum, 1, 4 * 1.604 / 20 / sqrt(4000));
        ck_assert_double_eq_tol(sqrt(squares / 4000 - sum * sum), 1.604 / 20, 0.004);
}
END_TEST

START_TEST(people_drawn_one_by_one_and_at_once_have_the_same_mean)
{
        double few = 0, many = 0;
        struct draw draw;

        draw_seed(&draw, 3);
        for (int i = 0; i < 4000; i++) {
                few += (double)draw_binomial(&draw, 100, 0.7);
                many += (double)draw_binomial(&draw, 1000, 0.7);
        }
        ck_assert_double_eq_tol(few / 4000, 70, 0.4);
        ck_assert_double_eq_tol(many / 4000, 700, 1.2);
        ck_assert_int_eq(draw_binomial(&draw, 50, 1), 50);
        ck_assert_int_eq(draw_binomial(&draw, 5000, 0), 0);
}
END_TEST

START_TEST(the_most_that_can_be_owed_is_the_limit)
{
        struct risk_case c = case_of(true, 10000, 0);
        int64_t most;

        ck_assert(risk_worst(&c, &most));
        ck_assert_int_eq(most, BENCHMARK / 25);
        c = case_of(false, 10000, 0);
        ck_assert(risk_worst(&c, &most));
        ck_assert_int_eq(most, 0);
}
END_TEST

START_TEST(losses_that_nothing_limits_are_said_to_be_so)
{
        struct risk_case c = case_of(true, 10000, 0);
        int64_t most;

        for (size_t i = 0; i < terms.step_count; i++)
                if (strcmp(terms.steps[i].kind.text, "limit") == 0)
                        memmove(&terms.steps[i], &terms.steps[i + 1],
                                (--terms.step_count - i) * sizeof(terms.steps[0]));
        ck_assert(!risk_worst(&c, &most));
}
END_TEST

START_TEST(what_is_missing_is_named)
{
        const struct risk_model model = { 1, 100, 2.3, 0.99, 0.01 };
        struct risk_case c = case_of(true, 10000, 0);
        char reason[TEXT_MAX_LENGTH + 1] = "";

        c.fact_count = 2;
        ck_assert_int_eq(risk_play(&model, &c, 0, payments, reason, NULL, NULL), -EDOM);
        ck_assert_ptr_nonnull(strstr(reason, "no expenditure"));
}
END_TEST

START_TEST(bars_hold_every_payment_once_and_nothing_paid_is_one_of_them)
{
        static const int64_t sorted[] = { -500, -401, -400, -100, -1, 0, 0, 0, 1, 250, 777, 1000 };
        struct bar bars[BARS_MAX];
        size_t count = bars_of(sorted, 12, bars), sum = 0, nothing = 0;

        for (size_t i = 0; i < count; i++) {
                sum += bars[i].count;
                if (bars[i].from == bars[i].until)
                        nothing = bars[i].count;
                ck_assert_int_le(bars[i].from, bars[i].until);
                if (i)
                        ck_assert_int_eq(bars[i].from, bars[i - 1].until);
        }
        ck_assert_uint_eq(sum, 12);
        ck_assert_uint_eq(nothing, 3);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("risk");

        tcase_set_timeout(tests, 120);
        tcase_add_loop_test(tests, the_figures_agree_with_those_published, 0,
                            COUNT_OF(published));
        tcase_add_test(tests, the_same_seed_gives_the_same_payments_and_another_others);
        tcase_add_test(tests, a_members_cost_has_the_moments_that_were_published);
        tcase_add_test(tests, a_panel_drawn_member_by_member_spreads_as_one_drawn_at_once);
        tcase_add_test(tests, people_drawn_one_by_one_and_at_once_have_the_same_mean);
        tcase_add_test(tests, the_most_that_can_be_owed_is_the_limit);
        tcase_add_test(tests, losses_that_nothing_limits_are_said_to_be_so);
        tcase_add_test(tests, what_is_missing_is_named);
        tcase_add_test(tests, bars_hold_every_payment_once_and_nothing_paid_is_one_of_them);
        return run_case(tests, "risk");
}
