/* SPDX-License-Identifier: Apache-2.0 */
/* Points of ten for attainment and improvement, as hospitals' value-based purchasing has them. */
#include "tests/core/run.h"
#include "tests/core/quality_case.h"

static void end_measured(void)
{
        composite("measures");
        end_by_quality();
}

static void scores(int64_t num, int64_t den)
{
        is(line_of_item(came(), LINE_MEASURE_SCORE, "a1c"), num, den);
}

static void points_of_ten(enum line_code code, int64_t points)
{
        is(line_of_item(came(), code, "a1c"), points, 1);
}

enum none { NO_BASE = -1 };

static const struct {
        int64_t met, base;              /* percent */
        int64_t attained, improved;     /* points */
        int64_t better;
} tens[] = {
        /* threshold .55, benchmark .90 */
        { 70, 60, 4, 3, 4 },
        { 50, 30, 0, 3, 3 },
        { 90, 30, 10, 9, 10 },
        { 55, 55, 1, 0, 1 },
        { 54, 54, 0, 0, 0 },
        { 89, 30, 9, 9, 9 },
        { 100, 30, 10, 9, 10 },
        { 70, 80, 4, 0, 4 },
        { 95, 90, 10, 0, 10 },          /* who began at the benchmark cannot improve */
        { 95, 97, 10, 0, 10 },
        { 50, 97, 0, 0, 0 },
        { 0, 10, 0, 0, 0 },
        { 63, 60, 3, 1, 3 },            /* 10 * .1 - .5 rounds up */
        { 70, NO_BASE, 4, NO_BASE, 4 },
};

static void hvbp(const char *scale, int i)
{
        struct step *step;

        begin();
        step = measure("a1c", scale);
        with_rate(step, "threshold", 55, 100);
        with_rate(step, "benchmark", 90, 100);
        measured("a1c", tens[i].met, 100);
        if (tens[i].base != NO_BASE)
                fact_of(&facts, FACT_MEASURE_BASELINE_RATE, "a1c", tens[i].base, 100);
        end_measured();
}

START_TEST(attainment_has_points_from_threshold_to_benchmark)
{
        hvbp("attainment", _i);
        points_of_ten(LINE_ATTAINMENT_POINTS, tens[_i].attained);
        scores(tens[_i].attained, 10);
        ck_assert(!has_line(came(), LINE_MEASURE_BASELINE));
}
END_TEST

START_TEST(improvement_has_points_from_where_it_began)
{
        hvbp("improvement", _i);
        if (tens[_i].base == NO_BASE) {
                stops("no measure_baseline_rate of a1c");
                return;
        }
        points_of_ten(LINE_IMPROVEMENT_POINTS, tens[_i].improved);
        scores(tens[_i].improved, 10);
        ck_assert(!has_line(came(), LINE_ATTAINMENT));
}
END_TEST

START_TEST(the_better_of_both_counts)
{
        hvbp("better", _i);
        points_of_ten(LINE_ATTAINMENT_POINTS, tens[_i].attained);
        if (tens[_i].base != NO_BASE)
                points_of_ten(LINE_IMPROVEMENT_POINTS, tens[_i].improved);
        scores(tens[_i].better, 10);
}
END_TEST

START_TEST(points_are_rounded_from_the_exact_figure)
{
        hvbp("better", 0);
        is(line_of(came(), LINE_ATTAINMENT), 3, 7);             /* 9 * 3/7 + .5 = 4.3571 */
        is(line_of(came(), LINE_IMPROVEMENT), 1, 3);            /* 10 / 3 - .5 = 2.8333 */
}
END_TEST

static const struct {
        int64_t met, base;
        int64_t attained, improved;
} inverses[] = {
        /* threshold .30, benchmark .10 */
        { 30, 40, 1, 3 }, { 31, 40, 0, 3 }, { 20, 40, 5, 6 }, { 10, 40, 10, 9 },
        { 5, 40, 10, 9 }, { 35, 30, 0, 0 }, { 8, 10, 10, 0 }, { 8, 5, 10, 0 },
};

START_TEST(less_is_better_where_the_threshold_lies_above)
{
        struct step *step;

        begin();
        step = measure("a1c", "better");
        with_rate(step, "threshold", 30, 100);
        with_rate(step, "benchmark", 10, 100);
        measured("a1c", inverses[_i].met, 100);
        fact_of(&facts, FACT_MEASURE_BASELINE_RATE, "a1c", inverses[_i].base, 100);
        end_measured();
        points_of_ten(LINE_ATTAINMENT_POINTS, inverses[_i].attained);
        points_of_ten(LINE_IMPROVEMENT_POINTS, inverses[_i].improved);
}
END_TEST

static void improving(void)
{
        struct step *step;

        begin();
        step = measure("a1c", "improvement");
        with_rate(step, "benchmark", 90, 100);
        measured("a1c", 70, 100);
        end_measured();
}

START_TEST(improvement_starts_from_the_period_before)
{
        improving();
        carries(CARRY_MEASURE_RATE, "a1c", 3, 5);
        is(line_of_item(came_after(), LINE_MEASURE_BASELINE, "a1c"), 3, 5);
        is(line_of_item(came_after(), LINE_MEASURE_SCORE, "a1c"), 3, 10);
        carries(CARRY_MEASURE_RATE, "bp", 3, 5);
        stops_after("no measure_baseline_rate of a1c");
}
END_TEST

START_TEST(a_baseline_that_is_reported_goes_before_what_is_carried)
{
        improving();
        carries(CARRY_MEASURE_RATE, "a1c", 3, 5);
        fact_of(&facts, FACT_MEASURE_BASELINE_RATE, "a1c", 1, 2);
        is(line_of_item(came_after(), LINE_MEASURE_BASELINE, "a1c"), 1, 2);
        is(line_of_item(came_after(), LINE_MEASURE_SCORE, "a1c"), 5, 10);
}
END_TEST

START_TEST(a_rate_is_handed_on_to_the_next_period)
{
        struct carried list[8];

        improving();
        fact_of(&facts, FACT_MEASURE_BASELINE_RATE, "a1c", 1, 2);
        ck_assert_uint_eq(carries_of(came(), list, 8), 2);
        for (int i = 0; i < 2; i++)
                if (list[i].what == CARRY_MEASURE_RATE) {
                        ck_assert_str_eq(list[i].item.text, "a1c");
                        is(list[i].figure, 7, 10);
                }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("measure_points");

        tcase_add_loop_test(tests, attainment_has_points_from_threshold_to_benchmark, 0,
                            COUNT_OF(tens));
        tcase_add_loop_test(tests, improvement_has_points_from_where_it_began, 0, COUNT_OF(tens));
        tcase_add_loop_test(tests, the_better_of_both_counts, 0, COUNT_OF(tens));
        tcase_add_test(tests, points_are_rounded_from_the_exact_figure);
        tcase_add_loop_test(tests, less_is_better_where_the_threshold_lies_above, 0,
                            COUNT_OF(inverses));
        tcase_add_test(tests, improvement_starts_from_the_period_before);
        tcase_add_test(tests, a_baseline_that_is_reported_goes_before_what_is_carried);
        tcase_add_test(tests, a_rate_is_handed_on_to_the_next_period);
        return run_case(tests, "measure_points");
}
