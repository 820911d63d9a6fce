/* SPDX-License-Identifier: Apache-2.0 */
/* The quality score: of measures, of domains, of points, with a bonus, and where it fails. */
#include "tests/core/run.h"
#include "tests/core/quality_case.h"

static void score_is(int64_t num, int64_t den)
{
        is(line_of(came(), LINE_QUALITY_SCORE), num, den);
}

static void weighs(struct step *step, int64_t weight)
{
        with_count(step, "weight", weight);
}

/* ---- of measures */

/* Blood pressure, breast and colon cancer screening, and diabetes of too few people. */
static void four_measures(void)
{
        begin();
        weighs(linear("cbp", 60, 70), 3);
        weighs(linear("bcs", 70, 80), 1);
        weighs(linear("hbd", 60, 70), 3);
        weighs(linear("col", 60, 72), 1);
        for (int i = 0; i < 4; i++)
                with_count(&terms.steps[i], "least_denominator", 30);
        measured("cbp", 280, 385);
        measured("bcs", 190, 250);
        measured("hbd", 10, 18);
        measured("col", 324, 480);
        composite("measures");
}

static void pool_of(int64_t dollars)
{
        struct step *fee = with_step(&terms, "fee");

        with_cents(fee, "flat", 100 * dollars);
        with_rate(fee, "at_risk", 1, 1);
        with_step(&terms, "post");
}

START_TEST(what_is_not_scored_weighs_nothing)
{
        four_measures();
        pool_of(250000);
        score_is(845, 1000);
        ck_assert_int_eq(came()->earned, 21125000);
        is(line_of_item(came(), LINE_MEASURE_LEFT_OUT, "hbd"), 18, 1);
        ck_assert_uint_eq(lines_of(came(), LINE_MEASURE_WEIGHT), 3);
}
END_TEST

START_TEST(one_more_person_is_worth_what_the_band_makes_of_it)
{
        int64_t before;

        four_measures();
        pool_of(250000);
        facts.list[0].value.num = 231;          /* 60 %: the band begins */
        before = came()->earned;
        for (facts.list[0].value.num++; facts.list[0].value.num <= 269; facts.list[0].value.num++) {
                int64_t more = came()->earned - before;

                ck_assert(more == 389610 || more == 389611);    /* 389610.39 of a cent's rounding */
                before += more;
        }
        facts.list[0].value.num = 280;          /* beyond it */
        before = came()->earned;
        facts.list[0].value.num++;
        ck_assert_int_eq(came()->earned, before);
}
END_TEST

START_TEST(without_a_measure_scored_there_is_no_score)
{
        begin();
        linear("cbp", 60, 70);
        measured("cbp", 0, 0);
        composite("measures");
        end_by_quality();
        stops("no measure has enough people");
}
END_TEST

START_TEST(a_reported_score_is_read_where_it_matters)
{
        begin();
        with_step(&terms, "composite");
        end();
        ck_assert(!has_line(came(), LINE_QUALITY_SCORE));
        begin();
        with_step(&terms, "composite");
        end_by_quality();
        stops("no quality_score");
        fact_is(&facts, FACT_QUALITY_SCORE, 4, 5);
        score_is(4, 5);
        ck_assert_int_eq(came()->earned, 80);
}
END_TEST

/* Points of 1 to 5 in the contract, 0 below the first gate: .2 to 1 as parts of 5. */
START_TEST(a_mean_may_be_scaled_between_its_lowest_and_its_highest)
{
        static const struct {
                int64_t mean, num, den; /* thousandths of 5 points */
        } means[] = { { 680, 3, 5 }, { 200, 0, 1 }, { 100, 0, 1 }, { 0, 0, 1 }, { 1000, 1, 1 } };

        for (int i = 0; i < COUNT_OF(means); i++) {
                begin();
                measure("agg", "reported");
                fact_of(&facts, FACT_MEASURE_SCORE, "agg", means[i].mean, 1000);
                with_rate(composite("measures"), "lowest", 1, 5);
                end_by_quality();
                is(line_of(came(), LINE_QUALITY_MEAN), means[i].mean, 1000);
                score_is(means[i].num, means[i].den);
        }
}
END_TEST

/* ---- of points */

static const struct {
        int64_t points, num, den;       /* hundredths */
} points[] = {
        { 340, 3, 5 }, { 100, 0, 1 }, { 99, 0, 1 }, { 0, 0, 1 }, { 500, 1, 1 }, { 501, 1, 1 },
        { 333, 233, 400 },
};

static struct step *aqc(int64_t hundredths)
{
        struct step *step;

        begin();
        step = composite("points");
        with_rate(step, "lowest", 1, 1);
        with_rate(step, "highest", 5, 1);
        fact_is(&facts, FACT_QUALITY_POINTS, hundredths, 100);
        return step;
}

START_TEST(points_lie_between_their_lowest_and_their_highest)
{
        aqc(points[_i].points);
        end_by_quality();
        score_is(points[_i].num, points[_i].den);
}
END_TEST

START_TEST(points_must_be_reported)
{
        aqc(340);
        end_by_quality();
        facts.count = 0;
        stops("no quality_points");
}
END_TEST

/* 20 % to 80 % of the surplus by quality; of the deficit what is left of one. */
START_TEST(points_decide_the_share_of_surplus_and_deficit)
{
        for (int sign = 1; sign >= -1; sign -= 2) {
                struct step *step;

                facts_begin(&facts);
                arrange_terms(&terms);
                step = composite("points");
                with_rate(step, "lowest", 1, 1);
                with_rate(step, "highest", 5, 1);
                with_step(&terms, "expenditure");
                with_step(&terms, "target");
                with_step(&terms, "savings");
                step = with_step(&terms, "corridor-gate");
                with_word(step, "minimum", "none");
                with_word(step, "losses", "all");
                step = with_step(&terms, "share");
                with_word(step, "gain", "quality");
                with_rate(step, "up_low", 1, 5);
                with_rate(step, "up_high", 4, 5);
                with_word(step, "down", "complement");
                with_step(&terms, "post");
                facts_money(&facts, 4800000000, sign * 144000000, 1);
                fact_is(&facts, FACT_QUALITY_POINTS, 34, 10);
                ck_assert_int_eq(came()->earned, sign > 0 ? 80640000 : -63360000);
        }
}
END_TEST

/* ---- a bonus */

static const struct {
        int64_t points, bonus, most;    /* thousandths; most 0: not given */
        int64_t num, den;
} bonuses[] = {
        { 500, 100, 0, 3, 5 },   { 500, 100, 50, 11, 20 }, { 500, 49, 50, 549, 1000 },
        { 950, 100, 100, 1, 1 }, { 500, 0, 50, 1, 2 },     { 1000, 1, 100, 1, 1 },
};

START_TEST(a_bonus_adds_what_it_may_and_no_more_than_all)
{
        struct step *step;

        begin();
        step = composite("points");
        with_rate(step, "highest", 1, 1);
        with_flag(step, "bonus", true);
        if (bonuses[_i].most)
                with_rate(step, "bonus_most", bonuses[_i].most, 1000);
        fact_is(&facts, FACT_QUALITY_POINTS, bonuses[_i].points, 1000);
        end_by_quality();
        score_is(bonuses[_i].points, 1000);     /* nobody reported one */
        ck_assert(!has_line(came(), LINE_QUALITY_BASE));
        fact_is(&facts, FACT_QUALITY_BONUS, bonuses[_i].bonus, 1000);
        score_is(bonuses[_i].num, bonuses[_i].den);
        is(line_of(came(), LINE_QUALITY_BASE), bonuses[_i].points, 1000);
}
END_TEST

START_TEST(without_leave_a_bonus_is_not_read)
{
        aqc(340);
        end_by_quality();
        fact_is(&facts, FACT_QUALITY_BONUS, 1, 10);
        score_is(3, 5);
        ck_assert_uint_eq(came()->fact_count, 1);
}
END_TEST

START_TEST(a_score_with_a_bonus_has_nine_decimals)
{
        struct step *step;

        begin();
        step = composite("points");
        with_rate(step, "highest", 3, 1);
        with_flag(step, "bonus", true);
        fact_is(&facts, FACT_QUALITY_POINTS, 1, 1);
        fact_is(&facts, FACT_QUALITY_BONUS, 1, 100);
        end_by_quality();
        score_is(343333333, 1000000000);
}
END_TEST

/* ---- of domains */

static struct step *in_domain(const char *name, const char *domain_name, int64_t met)
{
        struct step *step = linear(name, 0, 100);

        with_word(step, "domain", domain_name);
        measured(name, met, 100);
        return step;
}

/* Clinical .8 and .5 by 3 to 1, safety .4, cost nothing reported: 2 to 1 to 1. */
static void three_domains(void)
{
        begin();
        weighs(in_domain("mort", "clinical", 80), 3);
        in_domain("comp", "clinical", 50);
        in_domain("fall", "safety", 40);
        with_word(in_domain("mspb", "cost", 0), "missing", "drop");
        facts.count -= 2;
        domain("clinical", 2);
        domain("safety", 1);
        domain("cost", 1);
}

START_TEST(domains_have_weights_of_their_own)
{
        three_domains();
        composite("domains");
        end_by_quality();
        is(line_of_item(came(), LINE_DOMAIN_SCORE, "clinical"), 29, 40);
        is(line_of_item(came(), LINE_DOMAIN_SCORE, "safety"), 2, 5);
        is(line_of_item(came(), LINE_DOMAIN_LEFT_OUT, "cost"), 1, 1);
        score_is(37, 60);
        is(line_of(came(), LINE_QUALITY_MEAN), 37, 60);
}
END_TEST

START_TEST(a_domains_score_has_nine_decimals)
{
        begin();
        in_domain("a", "one", 50);
        weighs(in_domain("b", "one", 100), 2);
        in_domain("c", "other", 0);
        domain("one", 0);
        domain("other", 0);
        composite("domains");
        end_by_quality();
        is(line_of_item(came(), LINE_DOMAIN_SCORE, "one"), 833333333, 1000000000);
        score_is(833333333, 2000000000);
}
END_TEST

START_TEST(measures_make_the_whole_whatever_domain_they_are_of)
{
        three_domains();
        composite("measures");
        end_by_quality();
        score_is(33, 50);
}
END_TEST

START_TEST(without_a_domain_scored_there_is_no_score)
{
        begin();
        with_word(in_domain("mspb", "cost", 0), "missing", "drop");
        facts.count = 0;
        domain("cost", 1);
        composite("domains");
        end_by_quality();
        stops("no domain has a measure");
}
END_TEST

START_TEST(a_domain_of_too_few_measures_scores_nothing)
{
        three_domains();
        with_count(&terms.steps[4], "least_measures", 2);
        with_count(&terms.steps[5], "least_measures", 2);
        with_count(&terms.steps[6], "least_measures", 1);
        composite("domains");
        end_by_quality();
        is(line_of_item(came(), LINE_MEASURES_SCORED, "clinical"), 2, 1);
        is(line_of_item(came(), LINE_QUALITY_FAILED, "clinical"), 0, 1);
        is(line_of_item(came(), LINE_MEASURES_SCORED, "safety"), 1, 1);
        is(line_of_item(came(), LINE_QUALITY_FAILED, "safety"), 1, 1);
        is(line_of_item(came(), LINE_DOMAIN_SCORE, "safety"), 0, 1);
        is(line_of_item(came(), LINE_MEASURES_SCORED, "cost"), 0, 1);
        is(line_of_item(came(), LINE_DOMAIN_SCORE, "cost"), 0, 1);
        score_is(29, 80);
}
END_TEST

START_TEST(a_score_that_stands_in_counts_in_its_domain_but_not_as_scored)
{
        begin();
        in_domain("a", "one", 50);
        with_word(in_domain("b", "one", 0), "missing", "neutral");
        with_rate(&terms.steps[1], "neutral", 1, 1);
        facts.count -= 2;
        with_count(domain("one", 1), "least_measures", 1);
        composite("domains");
        end_by_quality();
        is(line_of_item(came(), LINE_MEASURES_SCORED, "one"), 1, 1);
        score_is(3, 4);
        terms.steps[2].params[3].count = 2;
        score_is(0, 1);
}
END_TEST

/* ---- too few measures */

START_TEST(with_too_few_measures_quality_fails)
{
        four_measures();
        with_count(&terms.steps[4], "least_measures", 3);
        end_by_quality();
        score_is(845, 1000);
        is(line_of(came(), LINE_MEASURES_SCORED), 3, 1);
        is(line_of(came(), LINE_QUALITY_FAILED), 0, 1);
        terms.steps[4].params[1].count = 4;
        score_is(0, 1);
        is(line_of(came(), LINE_QUALITY_FAILED), 1, 1);
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

static void failing(const char *met, bool reporting)
{
        struct step *step;

        begin();
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_word(linear("cbp", 60, 70), "missing", "drop");
        with_count(composite("measures"), "least_measures", 1);
        step = with_step(&terms, "gate");
        with_word(step, "standard", "none");
        with_word(step, "met", met);
        with_flag(step, "reporting", reporting);
        step = with_step(&terms, "corridor-gate");
        with_word(step, "minimum", "none");
        with_word(step, "losses", "all");
        step = with_step(&terms, "share");
        with_rate(step, "up", 3, 4);
        with_word(step, "down", "inverse");
        with_rate(step, "down_floor", 2, 5);
        with_rate(step, "down_ceiling", 3, 4);
        with_step(&terms, "post");
}

START_TEST(failed_quality_has_the_highest_loss_rate)
{
        failing("full", false);
        facts_money(&facts, 100000, -10000, 1);
        ck_assert_int_eq(came()->earned, -7500);
        measured("cbp", 70, 100);
        ck_assert_int_eq(came()->earned, -4000);
}
END_TEST

/* A year that pays for reporting pays for what was reported. */
START_TEST(a_year_of_reporting_does_not_heal_failed_quality)
{
        for (int sign = -1; sign <= 1; sign += 2) {
                failing("scaled", true);
                facts_money(&facts, 100000, sign * 10000, 1);
                fact_is(&facts, FACT_QUALITY_REPORTING_ONLY, 1, 1);
                ck_assert_int_eq(came()->earned, sign > 0 ? 0 : -7500);
                measured("cbp", 60, 100);
                ck_assert_int_eq(came()->earned, sign > 0 ? 7500 : -4000);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("composite");

        tcase_add_test(tests, what_is_not_scored_weighs_nothing);
        tcase_add_test(tests, one_more_person_is_worth_what_the_band_makes_of_it);
        tcase_add_test(tests, without_a_measure_scored_there_is_no_score);
        tcase_add_test(tests, a_reported_score_is_read_where_it_matters);
        tcase_add_test(tests, a_mean_may_be_scaled_between_its_lowest_and_its_highest);
        tcase_add_loop_test(tests, points_lie_between_their_lowest_and_their_highest, 0,
                            COUNT_OF(points));
        tcase_add_test(tests, points_must_be_reported);
        tcase_add_test(tests, points_decide_the_share_of_surplus_and_deficit);
        tcase_add_loop_test(tests, a_bonus_adds_what_it_may_and_no_more_than_all, 0,
                            COUNT_OF(bonuses));
        tcase_add_test(tests, without_leave_a_bonus_is_not_read);
        tcase_add_test(tests, a_score_with_a_bonus_has_nine_decimals);
        tcase_add_test(tests, domains_have_weights_of_their_own);
        tcase_add_test(tests, a_domains_score_has_nine_decimals);
        tcase_add_test(tests, measures_make_the_whole_whatever_domain_they_are_of);
        tcase_add_test(tests, without_a_domain_scored_there_is_no_score);
        tcase_add_test(tests, a_domain_of_too_few_measures_scores_nothing);
        tcase_add_test(tests, a_score_that_stands_in_counts_in_its_domain_but_not_as_scored);
        tcase_add_test(tests, with_too_few_measures_quality_fails);
        tcase_add_test(tests, failed_quality_has_the_highest_loss_rate);
        tcase_add_test(tests, a_year_of_reporting_does_not_heal_failed_quality);
        return run_case(tests, "composite");
}
