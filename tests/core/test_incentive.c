/* SPDX-License-Identifier: Apache-2.0 */
/* What a contract pays for: points, patients, dollars, what is at stake, what is met next. */
#include <string.h>

#include "core/charter.h"
#include "core/incentive.h"
#include "tests/core/quality_case.h"
#include "tests/core/run.h"

static struct incentive_work work;
static struct incentives came_to;

static const struct incentives *incentives(void)
{
        const struct run run = run_of_2024(IN_FORCE);
        const struct settle_inputs inputs = { .facts = facts.list, .fact_count = facts.count };

        accepted();
        incentives_of(&terms, &run, &inputs, NULL, &work, &came_to);
        return &came_to;
}

static const struct incentive *row(const char *item)
{
        for (size_t i = 0; i < came_to.count; i++)
                if (strcmp(came_to.rows[i].item.text, item) == 0)
                        return &came_to.rows[i];
        ck_abort_msg("no row of '%s'", item);
        return NULL;
}

static void weighs(struct step *step, int64_t weight)
{
        with_count(step, "weight", weight);
}

static void pool_of(int64_t cents)
{
        struct step *fee;

        composite("measures");
        fee = with_step(&terms, "fee");
        with_cents(fee, "flat", cents);
        with_rate(fee, "at_risk", 1, 1);
        with_step(&terms, "post");
}

/* TV-24: blood pressure, breast and colon cancer screening, and diabetes of too few people. */
static void four_measures(int64_t cbp)
{
        begin();
        weighs(linear("cbp", 60, 70), 3);
        weighs(linear("bcs", 70, 80), 1);
        weighs(linear("hbd", 60, 70), 3);
        weighs(linear("col", 60, 72), 1);
        for (int i = 0; i < 4; i++)
                with_count(&terms.steps[i], "least_denominator", 30);
        measured("cbp", cbp, 385);
        measured("bcs", 190, 250);
        measured("hbd", 10, 18);
        measured("col", 324, 480);
        pool_of(25000000);
}

/* ---- a pool of measures */

START_TEST(stakes_of_a_pool_are_its_weights_and_add_up)
{
        four_measures(280);
        ck_assert_int_eq(incentives()->status, STATEMENT_CALCULATED);
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 21125000);
        ck_assert_uint_eq(came_to.count, 4);
        ck_assert_int_eq(came_to.least, 0);
        ck_assert_int_eq(came_to.most, 25000000);
        ck_assert_int_eq(row("cbp")->stake, 15000000);
        ck_assert_int_eq(row("bcs")->stake, 5000000);
        ck_assert_int_eq(row("hbd")->stake, 0);
        ck_assert_int_eq(row("col")->stake, 5000000);
}
END_TEST

/* TV-39, and a point of 3.85 people. What is met next, in points, and what it is worth. */
static const struct {
        int64_t met, patient, point;
        enum edge edge;
        int64_t steps, worth;
} of_cbp[] = {
        { 231, 389610, 1500000, EDGE_BEST, 10, 15000000 },
        { 268, 389611, 584416, EDGE_BEST, 1, 584416 },          /* .6961 */
        { 269, 194805, 194805, EDGE_BEST, 1, 194805 },          /* .6987: the last half patient */
        { 270, 0, 0, EDGE_NONE, 0, 0 },
        { 280, 0, 0, EDGE_NONE, 0, 0 },
        { 200, 0, 0, EDGE_MINIMUM, 9, 1422078 },                /* .5195 + .09 = .6095 */
        { 385, 0, 0, EDGE_NONE, 0, 0 },
};

START_TEST(a_patient_a_point_and_what_is_met_next)
{
        const struct incentive *cbp;

        four_measures(of_cbp[_i].met);
        incentives();
        cbp = row("cbp");
        ck_assert(cbp->has_patient);
        ck_assert_int_eq(cbp->patient, of_cbp[_i].patient);
        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++)
                ck_assert_int_eq(cbp->point[at], of_cbp[_i].point);
        ck_assert_int_eq(cbp->edge, of_cbp[_i].edge);
        ck_assert_int_eq(cbp->edge_steps, of_cbp[_i].steps);
        ck_assert_int_eq(cbp->edge_worth, of_cbp[_i].worth);
        ck_assert_uint_eq(cbp->reachable, (uint64_t)(385 - of_cbp[_i].met));
        ck_assert(!cbp->gate);
        ck_assert(cbp->has_target && cbp->target.num * 10 == cbp->target.den * 7);
}
END_TEST

START_TEST(too_few_people_pay_nothing_and_a_point_makes_them_no_more)
{
        four_measures(280);
        incentives();
        ck_assert(row("hbd")->has_counts);
        ck_assert_uint_eq(row("hbd")->denominator, 18);
        ck_assert_int_eq(row("hbd")->point[FORECAST_CENTRAL], 0);
        ck_assert_int_eq(row("hbd")->edge, EDGE_NONE);
}
END_TEST

START_TEST(where_less_is_better_a_point_is_fewer_people)
{
        begin();
        linear("pcr", 20, 10);
        measured("pcr", 15, 100);
        pool_of(1000000);
        incentives();
        ck_assert_int_eq(row("pcr")->key.direction, DIRECTION_LESS);
        ck_assert_int_eq(row("pcr")->point[FORECAST_CENTRAL], 100000);
        ck_assert_int_eq(row("pcr")->patient, 100000);
        ck_assert_uint_eq(row("pcr")->reachable, 15);
        ck_assert_int_eq(row("pcr")->edge, EDGE_BEST);
        ck_assert_int_eq(row("pcr")->edge_steps, 5);
        ck_assert_int_eq(row("pcr")->stake, 1000000);
}
END_TEST

/* A person is paid for as a whole: a point of 250 is three. */
START_TEST(who_is_paid_for_one_by_one_comes_in_whole_people)
{
        struct step *fee = (begin(), with_step(&terms, "fee"));

        with_cents(fee, "each", 5000);
        with_word(fee, "measure", "gap");
        with_step(&terms, "post");
        measured("gap", 40, 250);
        incentives();
        ck_assert_int_eq(row("gap")->point[FORECAST_CENTRAL], 3 * 5000);
        ck_assert_int_eq(row("gap")->patient, 5000);
        ck_assert_int_eq(row("gap")->stake, 250 * 5000);
        ck_assert_int_eq(row("gap")->edge, EDGE_BEST);
        ck_assert_int_eq(row("gap")->edge_steps, 84);
}
END_TEST

/* The whole's figures are those of its segments added up, and so is its point. */
START_TEST(segments_make_one_panel)
{
        begin();
        linear("cbp", 60, 70);
        terms.segment_count = 2;
        for (size_t i = 0; i < 2; i++) {
                terms.segments[i].name = (struct name) { { (char)('a' + i) } };
                terms.segments[i].business = BUSINESS_MEDICARE;
                measured("cbp", i ? 231 : 0, i ? 285 : 100);
                facts.list[2 * i].key.segment = terms.segments[i].name;
                facts.list[2 * i + 1].key.segment = terms.segments[i].name;
        }
        pool_of(10000000);
        incentives();
        ck_assert_uint_eq(row("cbp")->numerator, 231);
        ck_assert_uint_eq(row("cbp")->denominator, 385);
        ck_assert_int_eq(row("cbp")->point[FORECAST_CENTRAL], 1000000);
        ck_assert_int_eq(came_to.most, 10000000);
}
END_TEST

/* ---- gates */

static struct step *gate(const char *standard)
{
        struct step *step = with_step(&terms, "gate");

        with_word(step, "standard", standard);
        return step;
}

static void end_by_factor(void)
{
        with_cents(with_step(&terms, "fee"), "flat", 1000000);
        with_word(with_step(&terms, "quality-adjust"), "formula", "factor");
        with_step(&terms, "post");
}

START_TEST(a_gate_ahead_is_met_next)
{
        begin();
        linear("cbp", 0, 100);
        measured("cbp", 50, 100);
        composite("measures");
        with_rate(gate("least"), "least", 6, 10);
        end_by_factor();
        incentives();
        ck_assert(row("cbp")->gate);
        ck_assert_int_eq(row("cbp")->point[FORECAST_CENTRAL], 0);
        ck_assert_int_eq(row("cbp")->edge, EDGE_GATE);
        ck_assert_int_eq(row("cbp")->edge_steps, 10);
        ck_assert_int_eq(row("cbp")->edge_worth, 1000000);
        facts.list[0].value.num = 60;
        incentives();
        ck_assert_int_eq(row("cbp")->edge, EDGE_NONE);
}
END_TEST

/* Half is paid before the gate, so that a point is paid for, and more from the gate on. */
START_TEST(a_gate_ahead_is_met_next_though_a_point_is_paid_for)
{
        struct step *step;

        begin();
        linear("cbp", 0, 100);
        measured("cbp", 50, 100);
        composite("measures");
        step = gate("least");
        with_rate(step, "least", 6, 10);
        with_word(step, "failed", "rate");
        with_rate(step, "failed_rate", 1, 2);
        step = with_step(&terms, "fee");
        with_cents(step, "flat", 1000000);
        with_rate(step, "at_risk", 1, 1);
        with_word(with_step(&terms, "quality-adjust"), "formula", "factor");
        with_step(&terms, "post");
        incentives();
        ck_assert_int_eq(row("cbp")->point[FORECAST_CENTRAL], 5000);
        ck_assert_int_eq(row("cbp")->edge, EDGE_GATE);
        ck_assert_int_eq(row("cbp")->edge_steps, 10);
        ck_assert_int_eq(row("cbp")->edge_worth, 350000);
}
END_TEST

/* The first gate opens at 10 % and pays nothing yet; where it pays, another opens or none does. */
START_TEST(a_gate_that_pays_nothing_is_passed_by)
{
        for (int second = 0; second < 2; second++) {
                struct step *step;

                begin();
                linear("cbp", second ? 0 : 79, 100);
                measured("cbp", 5, 100);
                composite("measures");
                step = gate("measure");
                with_word(step, "measure", "cbp");
                with_rate(step, "least", second ? 1 : 0, 10);
                if (second)
                        with_rate(gate("least"), "least", 8, 10);
                step = with_step(&terms, "fee");
                with_cents(step, "flat", 1000000);
                with_rate(step, "at_risk", 1, 1);
                with_word(with_step(&terms, "quality-adjust"), "formula", "factor");
                with_step(&terms, "post");
                incentives();
                ck_assert_int_eq(row("cbp")->edge, second ? EDGE_GATE : EDGE_MINIMUM);
                ck_assert_int_eq(row("cbp")->edge_steps, 75);
                ck_assert_int_eq(row("cbp")->edge_worth, second ? 800000 : 47619);
        }
}
END_TEST

/* Neither moves anything alone, so that they weigh the same; an odd cent falls to the first. */
START_TEST(gates_that_hold_each_other_shut_share_the_range)
{
        static const char *const names[] = { "b", "a" };

        begin();
        for (int i = 0; i < 2; i++) {
                linear(names[i], 0, 100);
                measured(names[i], 0, 100);
        }
        composite("measures");
        for (int i = 0; i < 2; i++) {
                struct step *step = gate("measure");

                with_word(step, "measure", names[i]);
                with_rate(step, "least", 1, 2);
        }
        with_cents(with_step(&terms, "fee"), "flat", 1000001);
        with_word(with_step(&terms, "quality-adjust"), "formula", "factor");
        with_step(&terms, "post");
        incentives();
        ck_assert_int_eq(came_to.most - came_to.least, 1000001);
        ck_assert_int_eq(row("a")->stake, 500001);
        ck_assert_int_eq(row("b")->stake, 500000);
        ck_assert(row("a")->gate && row("b")->gate);
}
END_TEST

START_TEST(a_standard_that_is_reported_is_a_gate_without_points)
{
        begin();
        with_step(&terms, "composite");
        gate("reported");
        end_by_factor();
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 0, 1);
        incentives();
        ck_assert_uint_eq(came_to.count, 1);
        ck_assert(row("")->gate);
        ck_assert_str_eq(row("")->key.concept.text, CONCEPT_QUALITY_SCORE);
        ck_assert_int_eq(row("")->edge, EDGE_GATE);
        ck_assert_int_eq(row("")->edge_worth, 1000000);
        ck_assert_int_eq(row("")->point[FORECAST_CENTRAL], 0);
        ck_assert_int_eq(row("")->stake, 1000000);
}
END_TEST

/* ---- scores */

START_TEST(of_a_score_a_point_is_a_hundredth)
{
        begin();
        with_step(&terms, "composite");
        end_by_quality();
        fact_is(&facts, FACT_QUALITY_SCORE, 995, 1000);
        terms.steps[1].params[0].cents = 1000000;
        incentives();
        ck_assert_int_eq(row("")->of, INCENTIVE_SCORE);
        ck_assert(!row("")->has_patient);
        ck_assert_int_eq(row("")->point[FORECAST_CENTRAL], 5000);      /* no more than all */
        facts.list[0].value = (struct value) { UNIT_RATE, 1, 3 };
        incentives();
        ck_assert_int_eq(row("")->point[FORECAST_CENTRAL], 10000);
        ck_assert_int_eq(row("")->edge_steps, 67);
        ck_assert_int_eq(row("")->edge_worth, 666667);
}
END_TEST

/* From 1 point to 5: a point of the row is 4 hundredths of one. */
START_TEST(of_points_a_point_is_a_hundredth_of_their_span)
{
        struct step *step;

        begin();
        step = composite("points");
        with_rate(step, "lowest", 1, 1);
        with_rate(step, "highest", 5, 1);
        end_by_quality();
        terms.steps[1].params[0].cents = 1000000;
        fact_is(&facts, FACT_QUALITY_POINTS, 3, 1);
        incentives();
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 500000);
        ck_assert_int_eq(row("")->point[FORECAST_CENTRAL], 10000);
        ck_assert_int_eq(row("")->stake, 1000000);
}
END_TEST

/* ---- total cost */

#define BENCHMARK INT64_C(10000000000)
#define PEOPLE 10000

/* One-sided, half shared, of a panel of 10,000: minimum 3.0 %, cap 10 %, sequestered at 2 %. */
static void one_sided(int64_t savings)
{
        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        facts_money(&facts, BENCHMARK, savings, PEOPLE);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        incentives();
}

static const struct incentive *cost_row(void)
{
        for (size_t i = 0; i < came_to.count; i++)
                if (came_to.rows[i].of == INCENTIVE_TOTAL_COST)
                        return &came_to.rows[i];
        ck_abort_msg("no row of total cost");
        return NULL;
}

/* In hundredths of a percent saved. A dollar a member is a hundredth of a percent; 49 % of it. */
static const struct {
        int64_t saved, point;
        enum edge edge;
        int64_t steps, worth;
} costs[] = {
        { 100, 0, EDGE_MINIMUM, 200, 147000000 },
        { 299, 147000000, EDGE_CAP, 1742, 1000000000 },
        { 300, 490000, EDGE_CAP, 1741, 853000000 },
        { 2040, 400000, EDGE_CAP, 1, 400000 },
        { 2100, 0, EDGE_NONE, 0, 0 },
        { -500, 0, EDGE_MINIMUM, 800, 147000000 },
};

START_TEST(of_total_cost_a_dollar_for_each_member)
{
        const struct incentive *cost;

        one_sided(costs[_i].saved * BENCHMARK / 10000);
        cost = cost_row();
        ck_assert_uint_eq(came_to.members, PEOPLE);
        ck_assert_str_eq(cost->key.concept.text, CONCEPT_TOTAL_COST);
        ck_assert_int_eq(cost->point[FORECAST_CENTRAL], costs[_i].point);
        ck_assert_int_eq(cost->edge, costs[_i].edge);
        ck_assert_int_eq(cost->edge_steps, costs[_i].steps);
        ck_assert_int_eq(cost->edge_worth, costs[_i].worth);
        ck_assert(!cost->has_patient && !cost->gate);
}
END_TEST

static void all_shared(int64_t savings)
{
        begin();
        attribute("people", NULL);
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_all_shared(&terms);
        with_step(&terms, "post");
        facts_money(&facts, 1000000, savings, 100);
        incentives();
}

START_TEST(costs_range_a_quarter_and_may_have_no_end)
{
        all_shared(200000);
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 200000);
        ck_assert_int_eq(came_to.least, 0);
        ck_assert_int_eq(came_to.most, 400000);
        ck_assert_int_eq(came_to.rows[0].stake, 400000);
        ck_assert_int_eq(came_to.rows[0].point[FORECAST_CENTRAL], 10000);
        ck_assert_int_eq(came_to.rows[0].edge, EDGE_NONE);
}
END_TEST

START_TEST(who_owes_has_first_to_owe_nothing)
{
        all_shared(-95000);
        ck_assert_int_eq(came_to.rows[0].edge, EDGE_MINIMUM);
        ck_assert_int_eq(came_to.rows[0].edge_steps, 10);
        ck_assert_int_eq(came_to.rows[0].edge_worth, 100000);
}
END_TEST

/* Of amounts by member and month a dollar is a twelfth of one, however many cents that is not. */
START_TEST(a_dollar_is_a_dollar_by_person_year_and_by_month)
{
        static const struct {
                const char *unit, *count;
                enum fact_kind cost, expected, people;
                int64_t counted;
        } units[] = {
                { "per_capita", "person_years", FACT_EXPENDITURE_PER_CAPITA,
                  FACT_BENCHMARK_PER_CAPITA, FACT_PERSON_YEARS, 100 },
                { "pmpm", "member_months", FACT_EXPENDITURE_PMPM, FACT_BENCHMARK_PMPM,
                  FACT_MEMBER_MONTHS, 1200 },
        };

        for (int i = 0; i < COUNT_OF(units); i++) {
                begin();
                attribute(units[i].count, NULL);
                with_word(with_step(&terms, "expenditure"), "unit", units[i].unit);
                with_word(with_step(&terms, "target"), "unit", units[i].unit);
                with_step(&terms, "savings");
                with_all_shared(&terms);
                with_step(&terms, "post");
                fact_is(&facts, units[i].cost, 100000, 1);
                fact_is(&facts, units[i].expected, 110000, 1);
                fact_is(&facts, units[i].people, units[i].counted, 1);
                incentives();
                ck_assert_uint_eq(came_to.members, 100);
                ck_assert_int_eq(came_to.rows[0].point[FORECAST_CENTRAL], 10000);
        }
}
END_TEST

/* A quarter more would be more money than there can be: of that nothing is said. */
START_TEST(what_is_not_calculable_changes_nothing)
{
        begin();
        attribute("person_years", NULL);
        with_word(with_step(&terms, "expenditure"), "unit", "per_capita");
        with_word(with_step(&terms, "target"), "unit", "per_capita");
        with_step(&terms, "savings");
        with_all_shared(&terms);
        with_step(&terms, "post");
        fact_is(&facts, FACT_EXPENDITURE_PER_CAPITA, INT64_C(10000000000), 1);
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, INT64_C(10000001000), 1);
        fact_is(&facts, FACT_PERSON_YEARS, 95000, 1);
        incentives();
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 95000000);
        ck_assert_int_eq(came_to.least, 95000000);
        ck_assert_int_gt(came_to.most, came_to.least);
}
END_TEST

/* A hundredth more would be a longer fraction: it is taken to nine decimals. */
START_TEST(a_score_stays_as_short_as_a_rate_can_be)
{
        begin();
        with_step(&terms, "composite");
        end_by_quality();
        terms.steps[1].params[0].cents = MONEY_MAX;
        fact_is(&facts, FACT_QUALITY_SCORE, 333333333, 999999937);
        incentives();
        ck_assert_int_ne(came_to.earned[FORECAST_CENTRAL] % 1000000, 0);
        ck_assert_int_eq((came_to.earned[FORECAST_CENTRAL] + row("")->point[FORECAST_CENTRAL]) %
                         1000000, 0);
}
END_TEST

/* Eight months: spending is to grow by half, and may be some more or less. */
START_TEST(each_forecast_has_its_own_point)
{
        one_sided(0);
        facts.list[0].value.num = BENCHMARK;
        facts.list[1].value.num = 650000000 * INT64_C(10);
        facts.list[1].key.paid_through = date_of(2024, 8, 31);
        incentives();
        ck_assert_int_eq(came_to.earned[FORECAST_LOW], 0);      /* 0.99, 1.586 % either way */
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 0);
        ck_assert_int_gt(came_to.earned[FORECAST_HIGH], 0);
        ck_assert_int_eq(cost_row()->point[FORECAST_LOW], 0);
        ck_assert_int_eq(cost_row()->point[FORECAST_CENTRAL], 0);
        ck_assert_int_eq(cost_row()->point[FORECAST_HIGH], 490000);
}
END_TEST

/* ---- what cannot be said, and what is as large as it can be */

START_TEST(not_calculable_says_why_and_nothing_else)
{
        four_measures(280);
        facts.count = 1;
        incentives();
        ck_assert_int_eq(came_to.status, STATEMENT_NOT_CALCULABLE);
        ck_assert_msg(strstr(came_to.reason.text, "no measure_denominator of cbp") != NULL, "%s",
                      came_to.reason.text);
        ck_assert_uint_eq(came_to.count, 0);
        ck_assert_int_eq(came_to.most, 0);
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 0);
}
END_TEST

START_TEST(facts_at_their_limits_are_no_more_than_figures_can_be)
{
        begin();
        linear("cbp", 60, 70);
        linear("pcr", 70, 60);
        measured("cbp", 650000000, COUNT_MAX);
        measured("pcr", COUNT_MAX, COUNT_MAX);
        pool_of(MONEY_MAX);
        incentives();
        ck_assert_int_eq(came_to.status, STATEMENT_CALCULATED);
        ck_assert_int_eq(row("cbp")->point[FORECAST_CENTRAL], MONEY_MAX / 20);
        ck_assert_int_eq(came_to.most - came_to.least, MONEY_MAX);
        arrange_mssp(&terms, (struct shape) { .track = ENHANCED, .quality = SCALED });
        facts_money(&facts, MONEY_MAX, 0, COUNT_MAX);
        facts.list[1].value.num = -MONEY_MAX;
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 999999999, 1000000000);
        incentives();
        ck_assert_int_eq(came_to.status, STATEMENT_CALCULATED);
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], MONEY_MAX / 5);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("incentive");

        tcase_add_test(tests, stakes_of_a_pool_are_its_weights_and_add_up);
        tcase_add_loop_test(tests, a_patient_a_point_and_what_is_met_next, 0, COUNT_OF(of_cbp));
        tcase_add_test(tests, too_few_people_pay_nothing_and_a_point_makes_them_no_more);
        tcase_add_test(tests, where_less_is_better_a_point_is_fewer_people);
        tcase_add_test(tests, who_is_paid_for_one_by_one_comes_in_whole_people);
        tcase_add_test(tests, segments_make_one_panel);
        tcase_add_test(tests, a_gate_ahead_is_met_next);
        tcase_add_test(tests, a_gate_ahead_is_met_next_though_a_point_is_paid_for);
        tcase_add_test(tests, a_gate_that_pays_nothing_is_passed_by);
        tcase_add_test(tests, gates_that_hold_each_other_shut_share_the_range);
        tcase_add_test(tests, a_standard_that_is_reported_is_a_gate_without_points);
        tcase_add_test(tests, of_a_score_a_point_is_a_hundredth);
        tcase_add_test(tests, of_points_a_point_is_a_hundredth_of_their_span);
        tcase_add_loop_test(tests, of_total_cost_a_dollar_for_each_member, 0, COUNT_OF(costs));
        tcase_add_test(tests, costs_range_a_quarter_and_may_have_no_end);
        tcase_add_test(tests, who_owes_has_first_to_owe_nothing);
        tcase_add_test(tests, a_dollar_is_a_dollar_by_person_year_and_by_month);
        tcase_add_test(tests, what_is_not_calculable_changes_nothing);
        tcase_add_test(tests, a_score_stays_as_short_as_a_rate_can_be);
        tcase_add_test(tests, each_forecast_has_its_own_point);
        tcase_add_test(tests, not_calculable_says_why_and_nothing_else);
        tcase_add_test(tests, facts_at_their_limits_are_no_more_than_figures_can_be);
        return run_case(tests, "incentive");
}
