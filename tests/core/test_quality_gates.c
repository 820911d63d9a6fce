/* SPDX-License-Identifier: Apache-2.0 */
/* What part of the sharing rate gets through: every standard, what each earns, several gates. */
#include <stdio.h>

#include "tests/core/run.h"
#include "tests/core/quality_case.h"

/* Savings of a thousand dollars, all of them shared. */
static void sharing(void)
{
        begin();
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_word(with_step(&terms, "corridor-gate"), "minimum", "none");
        facts_money(&facts, 10000000, 100000, 1);
}

static struct step *gate(const char *standard)
{
        struct step *step = with_step(&terms, "gate");

        with_word(step, "standard", standard);
        return step;
}

static void end_sharing(void)
{
        with_rate(with_step(&terms, "share"), "up", 1, 1);
        with_step(&terms, "post");
}

static void earns(int64_t cents)
{
        ck_assert_int_eq(came()->earned, cents);
}

static void met_is(bool met)
{
        is(line_of(came(), LINE_STANDARD_MET), met, 1);
        earns(met ? 100000 : 0);
}

/* ---- standards */

START_TEST(a_reported_standard_lets_all_through_or_nothing)
{
        sharing();
        with_step(&terms, "composite");
        gate("reported");
        end_sharing();
        stops("no quality_standard_met");
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        met_is(true);
        facts.list[facts.count - 1].value.num = 0;
        met_is(false);
}
END_TEST

START_TEST(a_least_score_is_reached_at_its_edge)
{
        static const int64_t scores[] = { 699999999, 700000000, 700000001 };

        for (int i = 0; i < 3; i++) {
                sharing();
                with_step(&terms, "composite");
                with_rate(gate("least"), "least", 7, 10);
                end_sharing();
                fact_is(&facts, FACT_QUALITY_SCORE, scores[i], 1000000000);
                met_is(i > 0);
        }
}
END_TEST

static void gated_by_measure(int64_t met, int64_t eligible)
{
        struct step *step;

        sharing();
        step = linear("a1c", 0, 100);
        with_count(step, "least_denominator", 30);
        measured("a1c", met, eligible);
        step = gate("measure");
        with_word(step, "measure", "a1c");
        with_rate(step, "least", 2, 5);
        end_sharing();
}

START_TEST(one_measure_decides)
{
        gated_by_measure(40, 100);
        met_is(true);
        is(line_of_item(came(), LINE_STANDARD_MET, "a1c"), 1, 1);
        gated_by_measure(39, 100);
        met_is(false);
}
END_TEST

START_TEST(a_measure_not_scored_does_not_meet_a_standard)
{
        gated_by_measure(29, 29);
        met_is(false);
        terms.steps[5].params[2].rate.num = 0;  /* however little is asked */
        met_is(false);
        gated_by_measure(30, 30);
        met_is(true);
}
END_TEST

START_TEST(a_score_that_stands_in_meets_a_standard)
{
        for (int neutral = 39; neutral <= 40; neutral++) {
                gated_by_measure(0, 0);
                with_word(&terms.steps[4], "few", "neutral");
                with_rate(&terms.steps[4], "neutral", neutral, 100);
                met_is(neutral == 40);
        }
}
END_TEST

START_TEST(so_many_measures_must_be_scored)
{
        for (int64_t least = 1; least <= 3; least++) {
                sharing();
                linear("a", 0, 100);
                linear("b", 0, 100);
                with_word(linear("c", 0, 100), "missing", "zero");
                measured("a", 0, 100);
                measured("b", 1, 100);
                with_count(gate("scored"), "least_count", least);
                end_sharing();
                is(line_of(came(), LINE_MEASURES_SCORED), 2, 1);
                met_is(least <= 2);
        }
}
END_TEST

START_TEST(no_measure_scored_is_counted_too)
{
        sharing();
        with_word(linear("a", 0, 100), "missing", "drop");
        with_count(gate("scored"), "least_count", 1);
        end_sharing();
        is(line_of(came(), LINE_MEASURES_SCORED), 0, 1);
        met_is(false);
}
END_TEST

static const struct {
        int64_t base, current, rate, years;     /* cents; rate in ten-thousandths */
        bool met;
} growths[] = {
        { 700000, 830000, 350, 5, true },       /* 8,313.80 is allowed */
        { 700000, 831380, 350, 5, true },
        { 700000, 831381, 350, 5, false },
        { 700000, 832000, 350, 5, false },
        { 700000, 832000, 430, 5, true },
        { 700000, 864011, 430, 5, true },
        { 700000, 864012, 430, 5, false },
        { 10000, 10350, 350, 1, true },
        { 10000, 10351, 350, 1, false },
        { 10000, 10712, 350, 2, true },         /* 107.1225 */
        { 10000, 10713, 350, 2, false },
        { 1, MONEY_MAX, 10000, 5, false },
        { MONEY_MAX, 1, 1, 5, true },
        { MONEY_MAX / 32, MONEY_MAX, 10000, 5, true },
        { 10000, 10000, 0, 5, true },
        { 10000, 10001, 0, 5, false },
        { 10000, -500, 0, 1, true },
};

static void growing(int64_t rate, int64_t years, int64_t base, int64_t current)
{
        struct step *step;

        sharing();
        step = gate("growth");
        with_rate(step, "rate", rate, 10000);
        if (years > 1)
                with_count(step, "years", years);
        end_sharing();
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-base", base, 1);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-current", current, 1);
}

START_TEST(growth_is_held_to_a_rate_a_year)
{
        growing(growths[_i].rate, growths[_i].years, growths[_i].base, growths[_i].current);
        is(line_of(came(), LINE_GROWTH), growths[_i].current, growths[_i].base);
        met_is(growths[_i].met);
}
END_TEST

START_TEST(growth_needs_both_amounts_and_a_base)
{
        growing(350, 5, 0, 100);
        stops("an amount above zero");
        growing(350, 5, -5, 100);
        stops("an amount above zero");
        growing(350, 5, 100, 100);
        facts.count--;
        stops("no reference_amount of growth-current");
        facts.count--;
        stops("no reference_amount of growth-base");
}
END_TEST

static void gated_by_last_year(const char *first)
{
        struct step *step;

        sharing();
        step = gate("carried");
        with_rate(step, "least", 7, 10);
        if (first)
                with_word(step, "first", first);
        end_sharing();
}

START_TEST(the_score_of_the_period_before_decides)
{
        gated_by_last_year(NULL);
        carries(CARRY_QUALITY_SCORE, NULL, 7, 10);
        ck_assert_int_eq(came_after()->earned, 100000);
        carries(CARRY_QUALITY_SCORE, NULL, 69, 100);
        ck_assert_int_eq(came_after()->earned, 0);
        is(line_of(came_after(), LINE_QUALITY_BEFORE), 69, 100);
        stops("no period before hands on a quality score");
        gated_by_last_year("met");
        met_is(true);
        gated_by_last_year("failed");
        met_is(false);
}
END_TEST

/* ---- what a standard earns */

START_TEST(the_alternative_standard_scales_the_rate_by_the_score)
{
        struct shape shape = { .track = ENHANCED, .quality = GATED };

        arrange_mssp(&terms, shape);
        facts_money(&facts, INT64_C(19525425831), 923303331, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 0, 1);
        earns(0);
        fact_is(&facts, FACT_ALTERNATIVE_STANDARD_MET, 1, 1);
        stops("no quality_score");
        fact_is(&facts, FACT_QUALITY_SCORE, 6231, 10000);
        earns(422853075);
        is(line_of(came(), LINE_SHARE_RATE), 467325, 1000000);
        facts.list[3].value.num = 1;            /* met after all: the highest rate */
        earns(678627948);
}
END_TEST

START_TEST(a_standard_that_is_met_may_earn_the_score)
{
        sharing();
        with_step(&terms, "composite");
        with_word(gate("none"), "met", "scaled");
        end_sharing();
        fact_is(&facts, FACT_QUALITY_SCORE, 2, 5);
        earns(40000);
        facts.count--;
        stops("no quality_score");
}
END_TEST

START_TEST(a_standard_that_is_not_met_may_earn_a_part)
{
        struct step *step;

        sharing();
        with_step(&terms, "composite");
        step = gate("reported");
        with_word(step, "failed", "rate");
        with_rate(step, "failed_rate", 1, 4);
        end_sharing();
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 0, 1);
        earns(25000);
        facts.list[3].value.num = 1;
        earns(100000);
}
END_TEST

START_TEST(a_year_of_reporting_counts_as_full)
{
        struct step *step;

        sharing();
        with_step(&terms, "composite");
        step = gate("reported");
        with_word(step, "met", "scaled");
        with_flag(step, "reporting", true);
        end_sharing();
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 5);
        earns(20000);
        fact_is(&facts, FACT_QUALITY_REPORTING_ONLY, 1, 1);
        earns(100000);
        is(line_of(came(), LINE_QUALITY_SCORE), 1, 1);
        facts.list[3].value.num = 0;
        earns(0);
}
END_TEST

/* ---- several */

/* A score of .8 of which two gates want their parts, and growth of 2 % held to 3. */
static void three_gates(void)
{
        struct step *step;

        sharing();
        with_step(&terms, "composite");
        step = gate("least");
        with_rate(step, "least", 1, 2);
        with_word(step, "met", "scaled");
        step = gate("growth");
        with_rate(step, "rate", 3, 100);
        with_word(step, "failed", "rate");
        with_rate(step, "failed_rate", 1, 2);
        gate("reported");
        end_sharing();
        fact_is(&facts, FACT_QUALITY_SCORE, 4, 5);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-base", 10000, 1);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-current", 10200, 1);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
}

START_TEST(what_gets_through_one_gate_comes_to_the_next)
{
        three_gates();
        earns(80000);
        ck_assert_uint_eq(lines_of(came(), LINE_QUALITY_FACTOR), 3);
        facts.list[5].value.num = 10400;        /* grew too fast: half */
        earns(40000);
        facts.list[6].value.num = 0;            /* nothing, whatever came before */
        earns(0);
        facts.list[6].value.num = 1;
        facts.list[3].value.num = 2;            /* a score of .4 */
        earns(0);
}
END_TEST

START_TEST(two_gates_by_the_score_take_their_part_each)
{
        sharing();
        with_step(&terms, "composite");
        with_word(gate("none"), "met", "scaled");
        with_word(gate("none"), "met", "scaled");
        end_sharing();
        fact_is(&facts, FACT_QUALITY_SCORE, 4, 5);
        earns(64000);
}
END_TEST

START_TEST(a_score_that_decides_nothing_is_not_missed)
{
        for (int first = 0; first < 2; first++) {
                sharing();
                with_step(&terms, "composite");
                if (first)
                        gate("reported");
                with_word(gate("none"), "met", "scaled");
                if (!first)
                        gate("reported");
                end_sharing();
                fact_is(&facts, FACT_QUALITY_STANDARD_MET, 0, 1);
                earns(0);
                is(line_of(came(), LINE_QUALITY_FACTOR), 0, 1);
                facts.list[3].value.num = 1;
                stops("no quality_score");
        }
}
END_TEST

/* A loss: which gates that fail have failed in quality? */
static int64_t loss_with(const char *standard)
{
        struct step *step;

        begin();
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        step = with_step(&terms, "corridor-gate");
        with_word(step, "minimum", "none");
        with_word(step, "losses", "all");
        with_step(&terms, "composite");
        step = gate(standard);
        with_rate(step, "rate", 0, 1);
        gate("none");
        step = with_step(&terms, "share");
        with_rate(step, "up", 1, 2);
        with_word(step, "down", "inverse");
        with_step(&terms, "post");
        facts_money(&facts, 100000, -1000, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 1);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 0, 1);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-base", 10000, 1);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-current", 10200, 1);
        return came()->earned;
}

START_TEST(growing_too_fast_is_no_failure_of_quality)
{
        ck_assert_int_eq(loss_with("reported"), -1000);
        ck_assert_int_eq(loss_with("growth"), -500);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("quality_gates");

        tcase_add_test(tests, a_reported_standard_lets_all_through_or_nothing);
        tcase_add_test(tests, a_least_score_is_reached_at_its_edge);
        tcase_add_test(tests, one_measure_decides);
        tcase_add_test(tests, a_measure_not_scored_does_not_meet_a_standard);
        tcase_add_test(tests, a_score_that_stands_in_meets_a_standard);
        tcase_add_test(tests, so_many_measures_must_be_scored);
        tcase_add_test(tests, no_measure_scored_is_counted_too);
        tcase_add_loop_test(tests, growth_is_held_to_a_rate_a_year, 0, COUNT_OF(growths));
        tcase_add_test(tests, growth_needs_both_amounts_and_a_base);
        tcase_add_test(tests, the_score_of_the_period_before_decides);
        tcase_add_test(tests, the_alternative_standard_scales_the_rate_by_the_score);
        tcase_add_test(tests, a_standard_that_is_met_may_earn_the_score);
        tcase_add_test(tests, a_standard_that_is_not_met_may_earn_a_part);
        tcase_add_test(tests, a_year_of_reporting_counts_as_full);
        tcase_add_test(tests, what_gets_through_one_gate_comes_to_the_next);
        tcase_add_test(tests, two_gates_by_the_score_take_their_part_each);
        tcase_add_test(tests, a_score_that_decides_nothing_is_not_missed);
        tcase_add_test(tests, growing_too_fast_is_no_failure_of_quality);
        return run_case(tests, "quality_gates");
}
