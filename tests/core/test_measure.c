/* SPDX-License-Identifier: Apache-2.0 */
/* One measure by every scale, at its edges; and what stands for one that is not scored. */
#include "tests/core/run.h"
#include "tests/core/quality_case.h"

#define PERCENT (SHARE_ONE / 100)

static void end_measured(void)
{
        composite("measures");
        end_by_quality();
}

static void scores(int64_t num, int64_t den)
{
        is(line_of_item(came(), LINE_MEASURE_SCORE, "a1c"), num, den);
}

/* ---- on a line */

static const struct {
        int64_t worst, best;    /* percent */
        int64_t met, eligible;
        int64_t num, den;
} lines[] = {
        { 60, 70, 280, 385, 1, 1 },
        { 70, 80, 190, 250, 3, 5 },
        { 60, 72, 324, 480, 5, 8 },
        { 60, 70, 60, 100, 0, 1 },
        { 60, 70, 59, 100, 0, 1 },
        { 60, 70, 70, 100, 1, 1 },
        { 60, 70, 69, 100, 9, 10 },
        { 0, 100, 1, 3, 333333333, 1000000000 },
        { 0, 100, 2, 3, 666666667, 1000000000 },
        { 30, 10, 20, 100, 1, 2 },      /* less is better */
        { 30, 10, 10, 100, 1, 1 },
        { 30, 10, 9, 100, 1, 1 },
        { 30, 10, 30, 100, 0, 1 },
        { 30, 10, 31, 100, 0, 1 },
        { 30, 10, 0, 100, 1, 1 },
};

START_TEST(a_rate_scores_by_how_far_it_lies_on_the_line)
{
        begin();
        linear("a1c", lines[_i].worst, lines[_i].best);
        measured("a1c", lines[_i].met, lines[_i].eligible);
        end_measured();
        scores(lines[_i].num, lines[_i].den);
}
END_TEST

START_TEST(more_met_than_eligible_is_not_calculable)
{
        begin();
        linear("a1c", 60, 70);
        measured("a1c", 101, 100);
        end_measured();
        stops("more people met a measure");
}
END_TEST

/* ---- by a table */

/* Deciles from one percentage on with partial credit: X + (q - a) / (b - a) for decile X. */
static void decile_measure(void)
{
        static const int64_t ends[] = { 0, 10, 22, 33, 41, 50, 58, 65, 74, 88 };
        struct step *step = measure("a1c", "table");

        with_rate(step, "most", 10, 1);
        with_band(&terms, step, "bands",
                  (struct band) { 0, ends[1] * PERCENT, { 0, 1 }, { 0, 1 } });
        for (int64_t x = 1; x < 9; x++)
                with_band(&terms, step, "bands",
                          (struct band) { ends[x] * PERCENT, ends[x + 1] * PERCENT, { x, 1 },
                                          { x + 1, 1 } });
        with_band(&terms, step, "bands",
                  (struct band) { ends[9] * PERCENT, SHARE_ONE, { 10, 1 }, { 10, 1 } });
}

static const struct {
        int64_t met;            /* of 1000 */
        int64_t num, den;       /* points */
} deciles[] = {
        { 0, 0, 1 },    { 99, 0, 1 },     { 100, 1, 1 },  { 160, 3, 2 },  { 219, 239, 120 },
        { 220, 2, 1 },  { 739, 719, 90 }, { 740, 8, 1 },  { 810, 17, 2 }, { 879, 1259, 140 },
        { 880, 10, 1 }, { 999, 10, 1 },   { 1000, 10, 1 },
};

START_TEST(a_decile_has_its_points_and_credit_within_it)
{
        begin();
        decile_measure();
        measured("a1c", deciles[_i].met, 1000);
        end_measured();
        is(line_of(came(), LINE_MEASURE_POINTS), deciles[_i].num, deciles[_i].den);
        is(line_of(came(), LINE_MEASURE_SCORE), (int64_t)(deciles[_i].num * 100000000 * 2 /
                                                          deciles[_i].den + 1) / 2, 1000000000);
}
END_TEST

/* The ladder of the ESRD treatment choices model: 2 points from the 90th percentile on. */
static void ladder(struct step *step)
{
        static const struct band steps[] = {
                { 0, 30 * PERCENT, { 0, 1 }, { 0, 1 } },
                { 30 * PERCENT, 50 * PERCENT, { 1, 2 }, { 1, 2 } },
                { 50 * PERCENT, 75 * PERCENT, { 1, 1 }, { 1, 1 } },
                { 75 * PERCENT, 90 * PERCENT, { 3, 2 }, { 3, 2 } },
                { 90 * PERCENT, SHARE_ONE, { 2, 1 }, { 2, 1 } },
        };

        with_rate(step, "most", 2, 1);
        for (int i = 0; i < COUNT_OF(steps); i++)
                with_band(&terms, step, "bands", steps[i]);
}

static const struct {
        int64_t met, quarters;  /* of 1000; of the score */
} rungs[] = {
        { 0, 0 },   { 299, 0 }, { 300, 1 }, { 499, 1 }, { 500, 2 },
        { 749, 2 }, { 750, 3 }, { 899, 3 }, { 900, 4 }, { 1000, 4 },
};

START_TEST(a_ladder_gives_the_highest_step_reached)
{
        begin();
        ladder(measure("a1c", "table"));
        measured("a1c", rungs[_i].met, 1000);
        end_measured();
        scores(rungs[_i].quarters, 4);
}
END_TEST

/* Five gates, 1 to 5 on the line between the first and the last, nothing below the first. */
START_TEST(gates_of_a_quality_contract)
{
        static const struct {
                int64_t met, num, den;
        } rates[] = {
                { 599, 0, 1 }, { 600, 1, 1 }, { 700, 3, 1 }, { 799, 249, 50 }, { 800, 5, 1 },
        };

        for (int i = 0; i < COUNT_OF(rates); i++) {
                struct step *step;

                begin();
                step = measure("a1c", "table");
                with_rate(step, "most", 5, 1);
                with_band(&terms, step, "bands",
                          (struct band) { 0, 60 * PERCENT, { 0, 1 }, { 0, 1 } });
                with_band(&terms, step, "bands",
                          (struct band) { 60 * PERCENT, 80 * PERCENT, { 1, 1 }, { 5, 1 } });
                with_band(&terms, step, "bands",
                          (struct band) { 80 * PERCENT, SHARE_MOST, { 5, 1 }, { 5, 1 } });
                measured("a1c", rates[i].met, 1000);
                end_measured();
                is(line_of(came(), LINE_MEASURE_POINTS), rates[i].num, rates[i].den);
                scores(rates[i].num, rates[i].den * 5);
        }
}
END_TEST

START_TEST(a_table_of_an_inverse_measure_falls)
{
        struct step *step;

        begin();
        step = measure("a1c", "table");
        with_rate(step, "most", 10, 1);
        with_band(&terms, step, "bands", (struct band) { 0, 10 * PERCENT, { 10, 1 }, { 10, 1 } });
        with_band(&terms, step, "bands",
                  (struct band) { 10 * PERCENT, SHARE_ONE, { 10, 1 }, { 1, 1 } });
        measured("a1c", 55, 100);
        end_measured();
        scores(55, 100);
}
END_TEST

/* ---- rank, as reported */

static void ranked(int64_t peers, int64_t below, int64_t equal)
{
        fact_of(&facts, FACT_PEERS, "a1c", peers, 1);
        fact_of(&facts, FACT_PEERS_BELOW, "a1c", below, 1);
        fact_of(&facts, FACT_PEERS_EQUAL, "a1c", equal, 1);
}

static const struct {
        int64_t peers, below, equal, num, den;
} ranks[] = {
        { 10, 0, 1, 1, 20 },    { 10, 9, 1, 19, 20 }, { 10, 0, 10, 1, 2 },  { 10, 4, 2, 1, 2 },
        { 10, 10, 0, 1, 1 },    { 10, 0, 0, 0, 1 },
        { 3, 1, 1, 1, 2 },      { 3, 0, 1, 166666667, 1000000000 },
};

START_TEST(rank_among_peers_is_in_the_middle_of_ties)
{
        begin();
        measure("a1c", "relative");
        ranked(ranks[_i].peers, ranks[_i].below, ranks[_i].equal);
        end_measured();
        scores(ranks[_i].num, ranks[_i].den);
}
END_TEST

START_TEST(a_rank_may_have_points_by_a_table)
{
        begin();
        ladder(measure("a1c", "relative"));
        ranked(10, 8, 2);
        end_measured();
        is(line_of(came(), LINE_MEASURE_PERCENTILE), 9, 10);
        is(line_of(came(), LINE_MEASURE_POINTS), 2, 1);
        scores(1, 1);
}
END_TEST

START_TEST(more_ranked_than_there_are_is_not_calculable)
{
        begin();
        measure("a1c", "relative");
        ranked(10, 8, 3);
        end_measured();
        stops("more peers did worse");
}
END_TEST

START_TEST(without_peers_there_is_no_rank)
{
        begin();
        with_word(measure("a1c", "relative"), "few", "zero");
        ranked(0, 0, 0);
        end_measured();
        is(line_of(came(), LINE_MEASURE_LEFT_OUT), 0, 1);
        is(line_of(came(), LINE_QUALITY_SCORE), 0, 1);
}
END_TEST

START_TEST(a_reported_score_is_taken_to_nine_decimals)
{
        begin();
        measure("a1c", "reported");
        fact_of(&facts, FACT_MEASURE_SCORE, "a1c", 2, 3);
        end_measured();
        scores(666666667, 1000000000);
        ck_assert(!has_line(came(), LINE_MEASURE_ELIGIBLE));
}
END_TEST

START_TEST(a_reported_score_of_too_few_people_is_left_out)
{
        begin();
        with_count(measure("a1c", "reported"), "least_denominator", 30);
        with_word(&terms.steps[0], "few", "zero");
        fact_of(&facts, FACT_MEASURE_SCORE, "a1c", 2, 3);
        end_measured();
        stops("no measure_denominator of a1c");
        fact_of(&facts, FACT_MEASURE_DENOMINATOR, "a1c", 29, 1);
        ck_assert(!has_line(came(), LINE_MEASURE_SCORE));
        is(line_of(came(), LINE_QUALITY_SCORE), 0, 1);
        facts.list[1].value.num = 30;
        scores(666666667, 1000000000);
}
END_TEST

/* ---- too few, not reported */

static const struct {
        const char *word;
        bool counts;
        int64_t num, den;       /* of a weight of 3 to one of 1 that scores 1 */
} rules[] = {
        { "drop", false, 1, 1 },
        { "zero", true, 1, 4 },
        { "neutral", true, 7, 10 },
};

/* The neutral score is .6. */
static struct step *beside_another(void)
{
        struct step *step;

        begin();
        linear("bp", 60, 70);
        measured("bp", 80, 100);
        step = linear("a1c", 60, 70);
        with_count(step, "weight", 3);
        with_rate(step, "neutral", 3, 5);
        return step;
}

START_TEST(a_measure_of_too_few_people_goes_by_its_rule)
{
        struct step *step = beside_another();

        with_count(step, "least_denominator", 30);
        with_word(step, "few", rules[_i].word);
        measured("a1c", 18, 29);
        end_measured();
        is(line_of_item(came(), LINE_MEASURE_LEFT_OUT, "a1c"), 29, 1);
        is(line_of(came(), LINE_QUALITY_SCORE), rules[_i].num, rules[_i].den);
        ck_assert_uint_eq(lines_of(came(), LINE_MEASURE_ASSUMED), rules[_i].counts);
        ck_assert_uint_eq(lines_of(came(), LINE_MEASURE_SCORE), 1);
        ck_assert(!has_line(came(), LINE_MEASURE_MISSING));
        facts.list[3].value.num = 30;
        ck_assert(!has_line(came(), LINE_MEASURE_LEFT_OUT));
        is(line_of_item(came(), LINE_MEASURE_SCORE, "a1c"), 0, 1);
}
END_TEST

START_TEST(a_measure_of_nobody_is_too_few)
{
        with_word(beside_another(), "few", rules[_i].word);
        measured("a1c", 0, 0);
        end_measured();
        is(line_of(came(), LINE_QUALITY_SCORE), rules[_i].num, rules[_i].den);
}
END_TEST

START_TEST(a_measure_that_is_not_reported_goes_by_its_rule)
{
        struct step *step = beside_another();

        with_word(step, "missing", rules[_i].word);
        with_word(step, "few", "zero");         /* which has nothing to do with it */
        if (_i == 1)
                fact_of(&facts, FACT_MEASURE_NUMERATOR, "a1c", 5, 1);   /* half of it is none */
        end_measured();
        is(line_of_item(came(), LINE_MEASURE_MISSING, "a1c"), 1, 1);
        is(line_of(came(), LINE_QUALITY_SCORE), rules[_i].num, rules[_i].den);
        ck_assert_uint_eq(lines_of(came(), LINE_MEASURE_ASSUMED), rules[_i].counts);
}
END_TEST

START_TEST(without_a_rule_a_measure_not_reported_stops)
{
        beside_another();
        end_measured();
        stops("no measure_numerator of a1c");
        fact_of(&facts, FACT_MEASURE_NUMERATOR, "a1c", 5, 1);
        stops("no measure_denominator of a1c");
}
END_TEST

START_TEST(every_scale_can_do_without_its_facts)
{
        static const char *const scales[] = { "linear",      "table",  "attainment",
                                              "improvement", "better", "relative", "reported" };
        struct step *step;

        begin();
        linear("bp", 60, 70);
        measured("bp", 80, 100);
        step = measure("a1c", scales[_i]);
        with_word(step, "missing", "zero");
        with_rate(step, "worst", 1, 10);
        with_rate(step, "best", 9, 10);
        with_rate(step, "threshold", 1, 10);
        with_rate(step, "benchmark", 9, 10);
        ladder(step);
        end_measured();
        is(line_of(came(), LINE_QUALITY_SCORE), 1, 2);
        is(line_of_item(came(), LINE_MEASURE_MISSING, "a1c"), 1, 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("measure");

        tcase_add_loop_test(tests, a_rate_scores_by_how_far_it_lies_on_the_line, 0,
                            COUNT_OF(lines));
        tcase_add_test(tests, more_met_than_eligible_is_not_calculable);
        tcase_add_loop_test(tests, a_decile_has_its_points_and_credit_within_it, 0,
                            COUNT_OF(deciles));
        tcase_add_loop_test(tests, a_ladder_gives_the_highest_step_reached, 0, COUNT_OF(rungs));
        tcase_add_test(tests, gates_of_a_quality_contract);
        tcase_add_test(tests, a_table_of_an_inverse_measure_falls);
        tcase_add_loop_test(tests, rank_among_peers_is_in_the_middle_of_ties, 0, COUNT_OF(ranks));
        tcase_add_test(tests, a_rank_may_have_points_by_a_table);
        tcase_add_test(tests, more_ranked_than_there_are_is_not_calculable);
        tcase_add_test(tests, without_peers_there_is_no_rank);
        tcase_add_test(tests, a_reported_score_is_taken_to_nine_decimals);
        tcase_add_test(tests, a_reported_score_of_too_few_people_is_left_out);
        tcase_add_loop_test(tests, a_measure_of_too_few_people_goes_by_its_rule, 0,
                            COUNT_OF(rules));
        tcase_add_loop_test(tests, a_measure_of_nobody_is_too_few, 0, COUNT_OF(rules));
        tcase_add_loop_test(tests, a_measure_that_is_not_reported_goes_by_its_rule, 0,
                            COUNT_OF(rules));
        tcase_add_test(tests, without_a_rule_a_measure_not_reported_stops);
        tcase_add_loop_test(tests, every_scale_can_do_without_its_facts, 0, 7);
        return run_case(tests, "measure");
}
