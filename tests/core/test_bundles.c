/* SPDX-License-Identifier: Apache-2.0 */
/* Episodes of care: price by volume, what quality makes of gain and loss, limits. Cents. */
#include "tests/core/run.h"
#include "tests/core/settling.h"

static const struct {
        const char *says;
        int64_t price, episodes, discount; /* thousandths */
        int64_t cost;
        int64_t quality, at_risk;        /* hundredths */
        int64_t gain, loss;              /* the limits, in percent */
        int64_t earned;
} bundles[] = {
        { "joints, excellent: the limit of 5 %", 2500000, 120, 15, 264000000, 100, 0, 5, 0,
          14775000 },
        { "in the fourth year the limit does not bind", 2500000, 120, 15, 264000000, 100, 0, 20, 20,
          31500000 },
        { "good: a larger discount", 2500000, 120, 20, 264000000, 100, 0, 5, 0, 14700000 },
        { "acceptable", 2500000, 120, 30, 264000000, 100, 0, 5, 0, 14550000 },
        { "a loss in the first year", 2500000, 120, 15, 330000000, 100, 0, 5, 0, 0 },
        { "in the second", 2500000, 120, 15, 330000000, 100, 0, 5, 5, -14775000 },
        { "in the third", 2500000, 120, 15, 330000000, 100, 0, 10, 10, -29550000 },
        { "in the fourth", 2500000, 120, 15, 330000000, 100, 0, 20, 20, -34500000 },
        { "a rural hospital in the second", 2500000, 120, 15, 330000000, 100, 0, 5, 3, -8865000 },
        { "quality takes of a gain", 3000000, 80, 30, 210000000, 70, 10, 20, 20, 22116000 },
        { "and the limit holds after it", 3000000, 80, 30, 180000000, 70, 10, 20, 20, 46560000 },
        { "quality makes good some of a loss", 3000000, 80, 30, 250000000, 70, 10, 20, 20,
          -15996000 },
        { "and the limit holds after it too", 3000000, 80, 30, 300000000, 70, 10, 20, 20,
          -46560000 },
};

static void bundle(int i)
{
        struct step *step;

        begin();
        with_step(&terms, "composite");
        with_word(with_step(&terms, "attribute"), "count", "episodes");
        with_step(&terms, "expenditure");
        step = with_step(&terms, "target");
        with_word(step, "unit", "episode");
        with_word(step, "source", "terms");
        with_cents(step, "amount", bundles[i].price);
        with_rate(with_step(&terms, "discount"), "rate", bundles[i].discount, 1000);
        with_step(&terms, "savings");
        with_all_shared(&terms);
        step = with_step(&terms, "quality-adjust");
        with_rate(step, "most_gain", bundles[i].at_risk, 100);
        with_rate(step, "most_loss", bundles[i].at_risk, 100);
        step = with_step(&terms, "limit");
        with_rate(step, "gain", bundles[i].gain, 100);
        with_rate(step, "loss", bundles[i].loss, 100);
        with_step(&terms, "post");
        fact_is(&facts, FACT_EPISODES, bundles[i].episodes, 1);
        fact_is(&facts, FACT_EXPENDITURE, bundles[i].cost, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, bundles[i].quality, 100);
}

START_TEST(episodes_are_settled_within_limits)
{
        const struct statement *statement;

        bundle(_i);
        statement = came();
        ck_assert_msg(statement->earned == bundles[_i].earned, "%s: %lld", bundles[_i].says,
                      (long long)statement->earned);
}
END_TEST

START_TEST(the_limit_may_come_before_quality)
{
        struct step kept;

        bundle(10);
        kept = terms.steps[8];
        terms.steps[8] = terms.steps[9];
        terms.steps[9] = kept;
        ck_assert_int_eq(came()->earned, 45163200);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("bundles");

        tcase_add_loop_test(tests, episodes_are_settled_within_limits, 0, COUNT_OF(bundles));
        tcase_add_test(tests, the_limit_may_come_before_quality);
        return run_case(tests, "bundles");
}
