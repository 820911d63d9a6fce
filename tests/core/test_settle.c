/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Worked results of the Shared Savings Program, many of them published payments. Amounts are
 * cents.
 */
#include "tests/core/arrange.h"
#include "tests/core/run.h"

#define NOBODY_SAYS (-1)

/* clang-format off: a case is two lines */
static const struct {
        const char *says;
        struct shape shape;
        int64_t benchmark, savings, people;
        int64_t quality; /* of 10000 */
        int met;         /* the standard: 1 met, 0 failed, 2 the alternative only */
        bool low_revenue, suspended;
        int64_t revenue, relief; /* NOBODY_SAYS */
        int64_t earned;
} cases[] = {
        { "a real near miss: the rate decides unrounded", { .track = ONE_SIDED_50,
          .quality = GATED }, 9840885700, 293518800, 10274, 10000, 1, false, false, -1, -1, 0 },
        { "a gain at the highest rate, sequestered", { .track = ENHANCED, .quality = GATED },
          11524224500, 545171600, 8434, 10000, 1, false, false, -1, -1, 400701126 },
        { "the same paid while sequestration was suspended", { .track = ENHANCED,
          .quality = GATED }, 11524224500, 545171600, 8434, 10000, 1, false, true, -1, -1,
          408878700 },
        { "the limit holds after sequestration", { .track = ONE_SIDED_50, .quality = SCALED },
          12118222500, 3768108100, 12000, 9082, 1, false, false, -1, -1, 1211822250 },
        { "rounded once, at the end", { .track = ONE_SIDED_50, .quality = GATED }, 100030, 10003,
          60000, 10000, 1, false, false, -1, -1, 4901 },
        { "a loss at the floor of the inverse rate, less relief", { .track = ENHANCED,
          .quality = SCALED, .elected = true }, 49142003600, -2187113700, 42228, 9217, 1, false,
          false, -1, 2234000, -872611480 },
        { "a loss with quality failed is at the ceiling", { .track = ENHANCED, .quality = SCALED,
          .elected = true }, 10000000000, -282805400, 60000, 8000, 0, false, false, -1, 279700,
          -211824350 },
        { "the same in whole dollars: half away from zero", { .track = ENHANCED,
          .quality = SCALED, .elected = true, .unit = "dollar" }, 10000000000, -282805400, 60000,
          8000, 0, false, false, -1, 279700, -211824400 },
        { "a loss limited by revenue, then relieved", { .track = FIXED_LOSS_50, .quality = SCALED,
          .elected = true }, 13711049400, -854028100, 15029, 9519, 1, false, false, 2593391250,
          62100, -207409200 },
        { "a loss limited by the benchmark when revenue is large", { .track = FIXED_LOSS_50,
          .quality = SCALED, .elected = true }, 10000000000, -2000000000, 15000, 9519, 1, false,
          false, 99999999999, -1, -400000000 },
        { "level B end to end", { .track = ONE_SIDED_40, .quality = GATED }, 19525425831,
          923303331, 15000, 10000, 1, false, false, -1, -1, 361934906 },
        { "level E end to end", { .track = FIXED_LOSS_50, .quality = GATED }, 19525425831,
          923303331, 15000, 10000, 1, false, false, 2100000000, -1, 452418632 },
        { "ENHANCED end to end", { .track = ENHANCED, .quality = GATED }, 19525425831, 923303331,
          15000, 10000, 1, false, false, -1, -1, 678627948 },
        { "the alternative standard scales the rate", { .track = ENHANCED, .quality = GATED },
          19525425831, 923303331, 15000, 6231, 2, false, false, -1, -1, 422853075 },
        { "neither standard earns nothing", { .track = ENHANCED, .quality = GATED }, 19525425831,
          923303331, 15000, 6231, 0, false, false, -1, -1, 0 },
        { "the mirror loss of level E is limited by revenue", { .track = FIXED_LOSS_50,
          .quality = GATED }, 19525425831, -923303331, 15000, 10000, 1, false, false, 2100000000,
          -1, -168000000 },
        { "the mirror loss of ENHANCED at quality .90", { .track = ENHANCED, .quality = GATED },
          19525425831, -923303331, 15000, 9000, 1, false, false, -1, -1, -369321332 },
        { "at quality .60", { .track = ENHANCED, .quality = GATED }, 19525425831, -923303331,
          15000, 6000, 1, false, false, -1, -1, -507816832 },
        { "at quality .30 the ceiling holds", { .track = ENHANCED, .quality = GATED },
          19525425831, -923303331, 15000, 3000, 1, false, false, -1, -1, -692477498 },
        { "low revenue shares at half below the minimum", { .track = ONE_SIDED_40,
          .quality = GATED, .half_below = true }, 11000000000, 313500000, 10166, 10000, 1, true,
          false, -1, -1, 61446000 },
        { "others share nothing below the minimum", { .track = ONE_SIDED_40, .quality = GATED,
          .half_below = true }, 11000000000, 313500000, 10166, 10000, 1, false, false, -1, -1,
          0 },
        { "nor does low revenue with too few people", { .track = ONE_SIDED_40, .quality = GATED,
          .half_below = true }, 11000000000, 313500000, 4999, 10000, 1, true, false, -1, -1, 0 },
        { "savings of exactly the minimum are shared", { .track = FIXED_LOSS_50, .quality = GATED,
          .elected = true }, 10000000000, 200000000, 15000, 10000, 1, false, false, -1, -1,
          98000000 },
        { "a cent below the minimum they are not", { .track = FIXED_LOSS_50, .quality = GATED,
          .elected = true }, 10000000000, 199999999, 15000, 10000, 1, false, false, -1, -1, 0 },
        { "losses of exactly the minimum are shared", { .track = FIXED_LOSS_50, .quality = GATED,
          .elected = true }, 10000000000, -200000000, 15000, 10000, 1, false, false, 99999999999,
          -1, -60000000 },
        { "a cent short of it they are not", { .track = FIXED_LOSS_50, .quality = GATED,
          .elected = true }, 10000000000, -199999999, 15000, 10000, 1, false, false, 99999999999,
          -1, 0 },
        { "a one-sided earner owes nothing", { .track = ONE_SIDED_50, .quality = GATED },
          10000000000, -3000000000, 15000, 10000, 1, false, false, -1, -1, 0 },
        { "relief beyond the loss leaves nothing", { .track = ENHANCED, .quality = GATED,
          .elected = true }, 10000000000, -300000000, 15000, 10000, 1, false, false, -1,
          900000000, 0 },
        { "no savings, nothing earned", { .track = ENHANCED, .quality = GATED }, 10000000000, 0,
          15000, 10000, 1, false, false, -1, -1, 0 },
        { "Track 2's loss rate has a ceiling of its own", { .track = TRACK_2, .quality = SCALED,
          .elected = true }, 10000000000, -300000000, 15000, 1000, 1, false, false, -1, -1,
          -180000000 },
};
/* clang-format on */

static void facts_of(int i, struct facts *facts)
{
        facts_money(facts, cases[i].benchmark, cases[i].savings, cases[i].people);
        fact_is(facts, FACT_QUALITY_SCORE, cases[i].quality, 10000);
        fact_is(facts, FACT_QUALITY_STANDARD_MET, cases[i].met == 1, 1);
        fact_is(facts, FACT_ALTERNATIVE_STANDARD_MET, cases[i].met == 2, 1);
        fact_is(facts, FACT_LOW_REVENUE, cases[i].low_revenue, 1);
        if (cases[i].revenue != NOBODY_SAYS)
                fact_is(facts, FACT_PARTICIPANT_REVENUE, cases[i].revenue, 1);
        if (cases[i].relief != NOBODY_SAYS)
                fact_is(facts, FACT_DISASTER_RELIEF, cases[i].relief, 1);
}

START_TEST(worked_results)
{
        static struct terms terms;
        static struct faults faults;
        const struct statement *statement;
        struct facts facts;

        arrange_mssp(&terms, cases[_i].shape);
        terms_check(&terms, 0, &faults);
        ck_assert_msg(faults.count == 0, "%s %s", faults.list[0].field, faults.list[0].says);
        facts_of(_i, &facts);
        statement = settled(&terms, &facts, cases[_i].suspended ? SUSPENDED : IN_FORCE);
        ck_assert_msg(statement->status == STATEMENT_CALCULATED, "%s: %s", cases[_i].says,
                      statement->reason.text);
        ck_assert_msg(statement->earned == cases[_i].earned, "%s: %lld", cases[_i].says,
                      (long long)statement->earned);
        ck_assert_int_eq(statement->payable, statement->earned);
        ck_assert_int_eq(statement->reason.text[0], '\0');
}
END_TEST

static const struct {
        int64_t people, millionths; /* of a percent */
} sizes[] = {
        { 152, 25419048 },  { 605, 11463527 },  { 4761, 4030965 },    { 5000, 3900000 },
        { 5999, 3600000 },  { 6000, 3600000 },  { 9039, 3096096 },    { 12640, 2841568 },
        { 15000, 2700000 }, { 20409, 2495910 }, { 49999, 2200000 },   { 55000, 2099990 },
        { 59999, 2000000 }, { 60000, 2000000 }, { 1000000, 2000000 }, { 100, 27400000 },
};

/* Divisor: the last number of the band less its first, so that both ends are met exactly. */
START_TEST(the_minimum_by_size)
{
        static struct terms terms;
        struct facts facts;
        struct exact rate;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        facts_money(&facts, 10000000000, 1, sizes[_i].people);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        rate = line_of(settled(&terms, &facts, IN_FORCE), LINE_MINIMUM_RATE);
        ck_assert_msg(exact_round(exact_mul(rate, exact_of(100000000)), 1, ROUND_HALF_AWAY) ==
                              sizes[_i].millionths,
                      "%lld people", (long long)sizes[_i].people);
}
END_TEST

START_TEST(sequestration_goes_by_the_day_of_payment)
{
        static const struct {
                int year, month, day;
                int64_t earned;
        } days[] = {
                { 2020, 4, 30, 49000000 }, { 2020, 5, 1, 50000000 },  { 2022, 3, 31, 50000000 },
                { 2022, 4, 1, 49500000 },  { 2022, 6, 30, 49500000 }, { 2022, 7, 1, 49000000 },
        };
        static struct terms terms;
        struct facts facts;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        facts_money(&facts, 1000000000, 100000000, 60000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        for (int i = 0; i < COUNT_OF(days); i++)
                ck_assert_int_eq(
                        settled(&terms, &facts, date_of(days[i].year, days[i].month, days[i].day))
                                ->earned,
                        days[i].earned);
}
END_TEST

START_TEST(the_order_of_steps_is_data_and_matters)
{
        static struct terms terms;
        struct facts facts;

        arrange_mssp(
                &terms,
                (struct shape) { .track = ONE_SIDED_50, .quality = SCALED, .limit_first = true });
        facts_money(&facts, 12118222500, 3768108100, 12000);
        fact_is(&facts, FACT_QUALITY_SCORE, 9082, 10000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 1187585805);
}
END_TEST

/* Two years of one advance: what the first leaves, the second recoups. */
START_TEST(advances_are_recouped_and_carried)
{
        static struct terms terms;
        const struct statement *statement;
        struct facts facts;

        arrange_mssp(&terms,
                     (struct shape) { .track = ONE_SIDED_50, .quality = GATED, .advance = true });
        facts_money(&facts, 2000000000, 120000000, 60000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_ADVANCE_BALANCE, 109800000, 1);
        statement = settled(&terms, &facts, SUSPENDED);
        ck_assert_int_eq(statement->earned, 60000000);
        ck_assert_int_eq(statement->payable, 0);
        ck_assert(line_of(statement, LINE_ADVANCE_LEFT).num == 49800000);

        facts.list[1].value.num = 2000000000 - 180000000;
        facts.list[facts.count - 1].value.num = 49800000;
        statement = settled(&terms, &facts, SUSPENDED);
        ck_assert_int_eq(statement->earned, 90000000);
        ck_assert_int_eq(statement->payable, 40200000);
        ck_assert(line_of(statement, LINE_ADVANCE_LEFT).num == 0);
        ck_assert(line_of(statement, LINE_RECOUPED).num == 49800000);
}
END_TEST

START_TEST(what_is_owed_recoups_nothing)
{
        static struct terms terms;
        const struct statement *statement;
        struct facts facts;

        arrange_mssp(&terms, (struct shape) {
                .track = ENHANCED, .quality = GATED, .elected = true, .advance = true });
        facts_money(&facts, 10000000000, -300000000, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 1);
        fact_is(&facts, FACT_ADVANCE_BALANCE, 5000, 1);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->earned, -120000000);
        ck_assert_int_eq(statement->payable, -120000000);
        ck_assert(line_of(statement, LINE_RECOUPED).num == 0);
        ck_assert(line_of(statement, LINE_ADVANCE_LEFT).num == 5000);
}
END_TEST

/* What is recouped is the exact amount, not the rounded one. */
START_TEST(recoupment_is_unrounded)
{
        static struct terms terms;
        const struct statement *statement;
        struct facts facts;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50,
                                              .quality = GATED,
                                              .advance = true,
                                              .unit = "dollar" });
        facts_money(&facts, 100000000, 10000101, 60000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_ADVANCE_BALANCE, 900000000, 1);
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->earned, 4900000);
        ck_assert_int_eq(statement->payable, 0);
        ck_assert(exact_cmp(line_of(statement, LINE_RECOUPED), exact_ratio(490004949, 100)) == 0);
}
END_TEST

START_TEST(a_restatement_differs_by_what_it_changes)
{
        static struct terms terms;
        struct facts facts;
        int64_t posted;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_40, .quality = GATED });
        facts_money(&facts, 19525425831, 923303331, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        posted = settled(&terms, &facts, IN_FORCE)->earned;
        facts.list[1].value.num += 25000000;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned - posted, -9800000);
}
END_TEST

START_TEST(the_guardrail_holds_gains_and_lets_losses_stand)
{
        static struct terms terms;
        struct facts facts;

        arrange_mssp(&terms, (struct shape) { .track = ENHANCED,
                                              .quality = GATED,
                                              .elected = true,
                                              .guardrail = true });
        facts_money(&facts, 10000000000, 300000000, 15000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 1);
        ck_assert_int_gt(settled(&terms, &facts, IN_FORCE)->earned, 0);
        fact_is(&facts, FACT_GUARDRAIL_APPLIES, 1, 1);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 0);
        facts.list[1].value.num = 10000000000 + 300000000;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, -120000000);
}
END_TEST

START_TEST(a_reporting_year_has_the_full_rate)
{
        static struct terms terms;
        struct facts facts;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = SCALED });
        facts_money(&facts, 1000000000, 100000000, 60000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        fact_is(&facts, FACT_QUALITY_REPORTING_ONLY, 1, 1);
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 49000000);
        facts.list[3].value.num = 0;
        ck_assert_int_eq(settled(&terms, &facts, IN_FORCE)->earned, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("settle");

        tcase_add_loop_test(tests, worked_results, 0, COUNT_OF(cases));
        tcase_add_loop_test(tests, the_minimum_by_size, 0, COUNT_OF(sizes));
        tcase_add_test(tests, sequestration_goes_by_the_day_of_payment);
        tcase_add_test(tests, the_order_of_steps_is_data_and_matters);
        tcase_add_test(tests, advances_are_recouped_and_carried);
        tcase_add_test(tests, what_is_owed_recoups_nothing);
        tcase_add_test(tests, recoupment_is_unrounded);
        tcase_add_test(tests, a_restatement_differs_by_what_it_changes);
        tcase_add_test(tests, the_guardrail_holds_gains_and_lets_losses_stand);
        tcase_add_test(tests, a_reporting_year_has_the_full_rate);
        return run_case(tests, "settle");
}
