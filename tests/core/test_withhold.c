/* SPDX-License-Identifier: Apache-2.0 */
/* What the bearer keeps of the benchmark, and what it holds back until it is earned. */
#include "core/steps.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

#define DOLLARS(n) (INT64_C(100) * (n))

/* A benchmark, and a quality score as reported. */
static void expected_to_cost(int64_t cents, int64_t quality, int64_t of)
{
        begin();
        with_step(&terms, "target");
        with_step(&terms, "composite");
        fact_is(&facts, FACT_BENCHMARK, cents, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, quality, of);
}

static struct step *withhold(int64_t num, int64_t den)
{
        struct step *step = with_step(&terms, "withhold");

        with_rate(step, "rate", num, den);
        return step;
}

static void spent(int64_t cents)
{
        with_step(&terms, "expenditure");
        with_step(&terms, "savings");
        fact_is(&facts, FACT_EXPENDITURE, cents, 1);
}

/* ---- discount */

START_TEST(a_discount_lowers_the_benchmark_to_the_cent)
{
        static const struct {
                int64_t benchmark, num, den, left;
        } discounts[] = {
                { DOLLARS(100000000), 3, 100, DOLLARS(97000000) },
                { 101, 1, 2, 51 },
                { 101, 0, 1, 101 },
                { 100, 1, 3, 67 },
                { MONEY_MAX, 999999937, 1000000000, 63000000 },
        };

        for (int i = 0; i < COUNT_OF(discounts); i++) {
                expected_to_cost(discounts[i].benchmark, 1, 1);
                with_rate(with_step(&terms, "discount"), "rate", discounts[i].num,
                          discounts[i].den);
                end();
                is(line_of(came(), LINE_DISCOUNTED), discounts[i].left, 1);
                is(line_of(came(), LINE_DISCOUNT_RATE), discounts[i].num, discounts[i].den);
        }
}
END_TEST

/* Joint replacement: 25,000 an episode, 120 of them; 3 %, good 2 %, excellent 1.5 %. */
#define GOOD INT64_C(345000000)         /* 6.9 of 20 points */
#define EXCELLENT INT64_C(750000000)

static void replacements(int64_t score)
{
        struct step *step;

        begin();
        with_word(with_step(&terms, "target"), "unit", "episode");
        with_step(&terms, "composite");
        step = with_step(&terms, "discount");
        with_band(&terms, step, "bands", (struct band) { 0, GOOD, { 3, 100 }, { 3, 100 } });
        with_band(&terms, step, "bands",
                  (struct band) { GOOD, EXCELLENT, { 2, 100 }, { 2, 100 } });
        with_band(&terms, step, "bands",
                  (struct band) { EXCELLENT, SHARE_ONE, { 3, 200 }, { 3, 200 } });
        fact_is(&facts, FACT_EPISODES, 120, 1);
        fact_is(&facts, FACT_EPISODE_PRICE, 2500000, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, score, 1000);
}

START_TEST(quality_decides_the_discount_at_the_very_edge)
{
        static const struct {
                int64_t score;          /* thousandths */
                int64_t left;
        } scores[] = {
                { 0, DOLLARS(2910000) }, { 344, DOLLARS(2910000) }, { 345, DOLLARS(2940000) },
                { 749, DOLLARS(2940000) }, { 750, DOLLARS(2955000) }, { 1000, DOLLARS(2955000) },
        };

        for (int i = 0; i < COUNT_OF(scores); i++) {
                replacements(scores[i].score);
                end();
                is(line_of(came(), LINE_DISCOUNTED), scores[i].left, 1);
        }
}
END_TEST

START_TEST(excellent_episodes_save_what_is_published)
{
        replacements(900);
        spent(DOLLARS(2640000));
        end();
        is(line_of(came(), LINE_SAVINGS), DOLLARS(315000), 1);
}
END_TEST

START_TEST(a_discount_is_taken_off_each_category)
{
        begin();
        with_word(with_step(&terms, "target"), "category", "a");
        with_word(with_step(&terms, "target"), "category", "b");
        with_rate(with_step(&terms, "discount"), "rate", 1, 10);
        fact_of(&facts, FACT_BENCHMARK, "a", 105, 1);
        fact_of(&facts, FACT_BENCHMARK, "b", 100, 1);
        spent(0);
        end();
        is(line_of_item(came(), LINE_DISCOUNTED, "a"), 95, 1);
        is(line_of_item(came(), LINE_DISCOUNTED, ""), 185, 1);
        is(line_of(came(), LINE_SAVINGS), 185, 1);
}
END_TEST

START_TEST(all_of_it_kept_leaves_nothing_to_save_against)
{
        expected_to_cost(100, 1, 1);
        with_rate(with_step(&terms, "discount"), "rate", 1, 1);
        spent(0);
        end();
        stops("the benchmark is not above zero");
}
END_TEST

/* ---- withhold */

static const struct {
        int64_t discount;               /* hundredths */
        int64_t withheld, earned, benchmark, savings;
} reach[] = {
        { 3, DOLLARS(1940000), DOLLARS(1552000), DOLLARS(96612000), DOLLARS(8612000) },
        { 0, DOLLARS(2000000), DOLLARS(1600000), DOLLARS(99600000), DOLLARS(11600000) },
};

/* 100 million, of which 88 are spent; withhold 2 %, quality 0.80. */
START_TEST(global_and_professional_as_published)
{
        expected_to_cost(DOLLARS(100000000), 4, 5);
        if (reach[_i].discount)
                with_rate(with_step(&terms, "discount"), "rate", reach[_i].discount, 100);
        withhold(1, 50);
        spent(DOLLARS(88000000));
        end();
        is(line_of(came(), LINE_WITHHELD), reach[_i].withheld, 1);
        is(line_of(came(), LINE_EARNED_BACK), reach[_i].earned, 1);
        is(line_of(came(), LINE_AFTER_WITHHOLD), reach[_i].benchmark, 1);
        is(line_of(came(), LINE_SAVINGS), reach[_i].savings, 1);
        is(line_of(came(), LINE_SAVINGS_RATE), reach[_i].savings, reach[_i].benchmark);
}
END_TEST

START_TEST(a_capitation_gives_back_what_quality_earned)
{
        begin();
        with_word(with_step(&terms, "target"), "unit", "pmpm");
        with_step(&terms, "composite");
        with_word(withhold(1, 20), "from", "payment");
        with_step(&terms, "post");
        fact_is(&facts, FACT_BENCHMARK_PMPM, 41237, 1);
        fact_is(&facts, FACT_MEMBER_MONTHS, 14400, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 17, 20);
        is(line_of(came(), LINE_BENCHMARK), 593812800, 1);
        is(line_of(came(), LINE_WITHHELD), 29690640, 1);
        is(line_of(came(), LINE_PAID_BEFORE), 564122160, 1);
        ck_assert_int_eq(came()->payable, 25237044);
        ck_assert(!has_line(came(), LINE_AFTER_WITHHOLD));
}
END_TEST

/* 10 % of a budget of 50 patients at 20,100. */
START_TEST(a_case_rate_gives_back_what_the_score_earned)
{
        begin();
        with_word(with_step(&terms, "target"), "unit", "episode");
        with_step(&terms, "composite");
        with_word(withhold(1, 10), "from", "payment");
        with_step(&terms, "post");
        fact_is(&facts, FACT_EPISODE_PRICE, DOLLARS(20100), 1);
        fact_is(&facts, FACT_EPISODES, 50, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 84, 100);
        is(line_of(came(), LINE_WITHHELD), 10050000, 1);
        ck_assert_int_eq(came()->payable, 8442000);
}
END_TEST

START_TEST(of_reported_payments)
{
        begin();
        with_word(withhold(1, 8), "base", "reported");
        with_word(&terms.steps[0], "from", "payment");
        with_word(&terms.steps[0], "earnback", "none");
        with_step(&terms, "post");
        stops("no fee_base for");
        fact_is(&facts, FACT_FEE_BASE, 1001, 1);
        is(line_of(came(), LINE_WITHHELD), 125, 1);
        is(line_of(came(), LINE_PAID_BEFORE), 876, 1);
        is(line_of(came(), LINE_EARNED_BACK), 0, 1);
        ck_assert_int_eq(came()->payable, 0);
}
END_TEST

START_TEST(who_stays_earns_all_of_it_back)
{
        static const struct {
                int retained;           /* -1: nobody said so */
                int64_t left;
        } stays[] = { { -1, 98 }, { 0, 98 }, { 1, 100 } };

        expected_to_cost(100, 0, 1);
        with_word(withhold(1, 50), "earnback", "retention");
        end();
        if (stays[_i].retained >= 0)
                fact_is(&facts, FACT_RETAINED, stays[_i].retained, 1);
        is(line_of(came(), LINE_AFTER_WITHHOLD), stays[_i].left, 1);
}
END_TEST

START_TEST(both_roundings_are_to_the_cent)
{
        expected_to_cost(101, 1, 4);
        withhold(1, 2);
        end();
        is(line_of(came(), LINE_WITHHELD), 51, 1);
        is(line_of(came(), LINE_EARNED_BACK), 13, 1);
        is(line_of(came(), LINE_AFTER_WITHHOLD), 63, 1);
}
END_TEST

START_TEST(a_score_nobody_said_is_missed)
{
        expected_to_cost(101, 1, 3);
        withhold(1, 2);
        end();
        facts.count--;
        stops("no quality_score for");
}
END_TEST

START_TEST(no_more_is_held_back_than_there_is)
{
        expected_to_cost(100, 0, 1);
        with_word(withhold(1, 1), "base", "reported");
        end();
        fact_is(&facts, FACT_FEE_BASE, 101, 1);
        stops("more is held back than the benchmark comes to");
        facts.list[2].value.num = 100;
        is(line_of(came(), LINE_AFTER_WITHHOLD), 0, 1);
}
END_TEST

/* ---- refused */

START_TEST(discounts_and_withholds_that_make_no_sense)
{
        begin();
        with_step(&terms, "target");
        with_step(&terms, "discount");
        end();
        refused("give either rate or bands");
        with_rate(&terms.steps[1], "rate", 1, 2);
        accepted();
        with_band(&terms, &terms.steps[1], "bands",
                  (struct band) { 0, SHARE_ONE, { 1, 1 }, { 1, 1 } });
        refused("give either rate or bands");
        terms.steps[1].params[0] = terms.steps[1].params[1];
        terms.steps[1].param_count = 1;
        refused("needs the quality score");
        expected_to_cost(1, 1, 1);
        with_band(&terms, with_step(&terms, "discount"), "bands",
                  (struct band) { 1, SHARE_ONE, { 1, 1 }, { 1, 1 } });
        end();
        refused("leave no quality score out");
        terms.bands[0].from = 0;
        accepted();
}
END_TEST

START_TEST(each_stands_where_it_can_be_reckoned)
{
        static const struct {
                const char *base, *from, *earnback, *says;
        } cases[] = {
                { "benchmark", "payment", "none", "needs the benchmark" },
                { "reported", "benchmark", "none", "needs the benchmark" },
                { "reported", "payment", "quality", "needs the quality score" },
        };
        struct step *step;

        begin();
        step = withhold(1, 2);
        with_word(step, "base", cases[_i].base);
        with_word(step, "from", cases[_i].from);
        with_word(step, "earnback", cases[_i].earnback);
        end();
        refused(cases[_i].says);
}
END_TEST

START_TEST(the_benchmark_stands_once_savings_were_taken)
{
        expected_to_cost(100, 1, 1);
        spent(1);
        if (_i)
                withhold(1, 2);
        else
                with_rate(with_step(&terms, "discount"), "rate", 1, 2);
        end();
        refused("the savings stand already");
        if (_i) {
                with_word(&terms.steps[4], "from", "payment");
                accepted();
        }
}
END_TEST

START_TEST(only_what_is_paid_now_is_an_amount)
{
        expected_to_cost(100, 1, 1);
        withhold(1, 2);
        with_step(&terms, "post");
        refused("has no amount to work on");
        with_word(&terms.steps[2], "from", "payment");
        accepted();
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("withhold");

        tcase_add_test(tests, a_discount_lowers_the_benchmark_to_the_cent);
        tcase_add_test(tests, quality_decides_the_discount_at_the_very_edge);
        tcase_add_test(tests, excellent_episodes_save_what_is_published);
        tcase_add_test(tests, a_discount_is_taken_off_each_category);
        tcase_add_test(tests, all_of_it_kept_leaves_nothing_to_save_against);
        tcase_add_loop_test(tests, global_and_professional_as_published, 0, COUNT_OF(reach));
        tcase_add_test(tests, a_capitation_gives_back_what_quality_earned);
        tcase_add_test(tests, a_case_rate_gives_back_what_the_score_earned);
        tcase_add_test(tests, of_reported_payments);
        tcase_add_loop_test(tests, who_stays_earns_all_of_it_back, 0, 3);
        tcase_add_test(tests, both_roundings_are_to_the_cent);
        tcase_add_test(tests, a_score_nobody_said_is_missed);
        tcase_add_test(tests, no_more_is_held_back_than_there_is);
        tcase_add_test(tests, discounts_and_withholds_that_make_no_sense);
        tcase_add_loop_test(tests, each_stands_where_it_can_be_reckoned, 0, 3);
        tcase_add_loop_test(tests, the_benchmark_stands_once_savings_were_taken, 0, 2);
        tcase_add_test(tests, only_what_is_paid_now_is_an_amount);
        return run_case(tests, "withhold");
}
