/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which savings are shared and at which rate: corridors, rates by quality, credibility, minimum
 * rates. Amounts are cents.
 */
#include "core/steps.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

#define PERCENT (SHARE_ONE / 100)

/* What care cost, what it was expected to cost, and the savings. */
static void savings(int64_t benchmark, int64_t saved, int64_t people)
{
        static const char *const kinds[] = { "attribute", "expenditure", "target", "savings" };

        begin();
        for (int i = 0; i < COUNT_OF(kinds); i++)
                with_step(&terms, kinds[i]);
        facts_money(&facts, benchmark, saved, people);
}

/* All savings and losses are shared. */
static void open_gate(void)
{
        struct step *gate = with_step(&terms, "corridor-gate");

        with_word(gate, "minimum", "none");
        with_word(gate, "losses", "all");
}

static void two_sided(int64_t up, int64_t down)
{
        struct step *share = with_step(&terms, "share");

        with_rate(share, "up", up, 100);
        with_word(share, "down", "fixed");
        with_rate(share, "down_rate", down, 100);
}

/* ---- corridors */

struct corridor {
        int64_t from, to, rate; /* percent */
};

static const struct corridor global[] = {
        { 0, 25, 100 }, { 25, 35, 50 }, { 35, 50, 25 }, { 50, 100, 10 },
};
static const struct corridor professional[] = {
        { 0, 5, 50 }, { 5, 10, 35 }, { 10, 15, 15 }, { 15, 100, 5 },
};

static void with_corridors(struct step *share, const char *name, const struct corridor *list)
{
        for (int i = 0; i < 4; i++)
                with_band(&terms, share, name,
                          (struct band) { list[i].from * PERCENT, list[i].to * PERCENT,
                                          { list[i].rate, 100 }, { list[i].rate, 100 } });
}

static void corridors(const struct corridor *list)
{
        struct step *share;

        open_gate();
        share = with_step(&terms, "share");
        with_word(share, "gain", "bands");
        with_corridors(share, "up_bands", list);
        with_word(share, "down", "bands");
        with_corridors(share, "down_bands", list);
}

/* An expected cost of 100,000,000.00, discounted, two percent of it held back, 80 % earned back. */
static void reach(int64_t discount, const struct corridor *list)
{
        struct step *step;

        begin();
        with_step(&terms, "composite");
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        if (discount)
                with_rate(with_step(&terms, "discount"), "rate", discount, 100);
        step = with_step(&terms, "withhold");
        with_rate(step, "rate", 2, 100);
        with_step(&terms, "savings");
        corridors(list);
        with_sequestration(&terms, with_step(&terms, "sequester"));
        with_step(&terms, "post");
        facts_money(&facts, 10000000000, 1200000000, 0);
        fact_is(&facts, FACT_QUALITY_SCORE, 4, 5);
}

START_TEST(corridors_of_a_discounted_benchmark)
{
        const struct statement *statement;

        reach(3, global);
        statement = came();
        is(line_of(statement, LINE_GENERATED), 861200000, 1);
        is(line_of(statement, LINE_BANDED), 861200000, 1);
        ck_assert_int_eq(statement->earned, 843976000);
        reach(0, professional);
        statement = came();
        is(line_of(statement, LINE_GENERATED), 1160000000, 1);
        is(line_of(statement, LINE_BANDED), 447900000, 1);
        ck_assert_int_eq(statement->earned, 438942000);
}
END_TEST

static const struct {
        const char *says;
        const struct corridor *list;
        int64_t saved, earned;
} corridor_cases[] = {
        { "a loss of 22 % in four corridors", professional, -2200000000, -535000000 },
        { "a gain of 55 %", global, 5500000000, 3425000000 },
        { "nothing", global, 0, 0 },
        { "one cent", global, 1, 1 },
        { "one cent owed", global, -1, -1 },
        { "to the end of the first", professional, 500000000, 250000000 },
        { "and twenty cents beyond", professional, 500000020, 250000007 },
        { "to the end of the last", global, 10000000000, 3875000000 },
        { "what no corridor holds counts nothing", global, -10000000100, -3875000000 },
};

START_TEST(each_corridor_counts_at_its_rate)
{
        const struct statement *statement;

        savings(10000000000, corridor_cases[_i].saved, 0);
        corridors(corridor_cases[_i].list);
        with_step(&terms, "post");
        statement = came();
        ck_assert_msg(statement->earned == corridor_cases[_i].earned, "%s: %lld",
                      corridor_cases[_i].says, (long long)statement->earned);
        ck_assert_int_eq(has_line(statement, LINE_SHARE_RATE), corridor_cases[_i].saved >= 0);
        ck_assert_int_eq(has_line(statement, LINE_LOSS_RATE), corridor_cases[_i].saved < 0);
}
END_TEST

/* 3 % of 120,000,000.00 at 80 %: a corridor that ends, or a limit before the share. */
static const struct {
        int64_t saved, earned;
} ending[] = { { 300000000, 240000000 },   { 700000000, 288000000 },   { 360000000, 288000000 },
               { -500000000, -288000000 }, { -360000001, -288000000 }, { -360000000, -288000000 } };

static void corridor_as_bands(void)
{
        const struct band band = { 0, 3 * PERCENT, { 4, 5 }, { 4, 5 } };
        struct step *share = with_step(&terms, "share");

        with_word(share, "gain", "bands");
        with_band(&terms, share, "up_bands", band);
        with_word(share, "down", "bands");
        with_band(&terms, share, "down_bands", band);
}

static void corridor_as_limit(void)
{
        struct step *limit = with_step(&terms, "limit");

        with_word(limit, "on", "generated");
        with_rate(limit, "gain", 3, 100);
        with_rate(limit, "loss", 3, 100);
        two_sided(80, 80);
}

START_TEST(a_corridor_that_ends)
{
        for (int way = 0; way < 2; way++) {
                savings(12000000000, ending[_i].saved, 0);
                open_gate();
                if (way)
                        corridor_as_limit();
                else
                        corridor_as_bands();
                with_step(&terms, "post");
                ck_assert_int_eq(came()->earned, ending[_i].earned);
        }
}
END_TEST

/* ---- rates by quality */

static void by_quality(int64_t saved, const char *down)
{
        struct step *share;

        savings(4800000000, saved, 0);
        open_gate();
        with_step(&terms, "composite");
        share = with_step(&terms, "share");
        with_word(share, "gain", "quality");
        with_rate(share, "up_low", 1, 5);
        with_rate(share, "up_high", 4, 5);
        with_word(share, "down", down);
        with_step(&terms, "post");
}

START_TEST(quality_decides_the_shares_of_gain_and_loss)
{
        by_quality(144000000, "complement");
        fact_is(&facts, FACT_QUALITY_SCORE, 3, 5);      /* 3.4 on a scale of 1 to 5 */
        is(line_of(came(), LINE_SHARE_RATE), 56, 100);
        ck_assert_int_eq(came()->earned, 80640000);
        by_quality(-144000000, "complement");
        fact_is(&facts, FACT_QUALITY_SCORE, 3, 5);
        is(line_of(came(), LINE_LOSS_RATE), 44, 100);
        ck_assert_int_eq(came()->earned, -63360000);
}
END_TEST

START_TEST(a_loss_rate_of_its_own_by_quality)
{
        by_quality(-144000000, "quality");
        refused("down_low must be given");
        with_rate(&terms.steps[6], "down_low", 9, 10);
        with_rate(&terms.steps[6], "down_high", 3, 10);
        fact_is(&facts, FACT_QUALITY_SCORE, 1, 2);
        is(line_of(came(), LINE_LOSS_RATE), 6, 10);
        ck_assert_int_eq(came()->earned, -86400000);
}
END_TEST

START_TEST(a_score_is_missed_only_where_it_matters)
{
        by_quality(144000000, "complement");
        stops("no quality_score");
        by_quality(-1, "complement");
        stops("no quality_score");
        by_quality(0, "complement");
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

/* ---- the part of revenue that the rate of savings puts at stake */

static void of_revenue(int64_t cost)
{
        struct step *step;

        begin();
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        open_gate();
        step = with_step(&terms, "share");
        with_word(step, "of", "rate");
        with_rate(step, "full_at", 3, 100);
        with_rate(step, "most", 1, 100);
        with_rate(step, "up", 1, 1);
        with_word(step, "down", "fixed");
        with_rate(step, "down_rate", 1, 1);
        with_word(with_step(&terms, "quality-adjust"), "formula", "multiplier");
        step = with_step(&terms, "limit");
        with_word(step, "base", "revenue");
        with_rate(step, "gain", 1, 100);
        with_rate(step, "loss", 1, 100);
        with_step(&terms, "post");
        facts_begin(&facts);
        fact_is(&facts, FACT_BENCHMARK, 1200000, 1);
        fact_is(&facts, FACT_EXPENDITURE, cost, 1);
        fact_is(&facts, FACT_PARTICIPANT_REVENUE, 8000000000, 1);
        fact_is(&facts, FACT_QUALITY_ADJUSTMENT, 25, 1000);
}

START_TEST(a_rate_of_savings_is_a_part_of_revenue)
{
        const struct statement *statement;

        of_revenue(1170000);
        statement = came();
        is(line_of(statement, LINE_AT_STAKE), 666666666667, 10000);
        ck_assert_int_eq(statement->earned, 68333333);
        of_revenue(1230000);
        ck_assert_int_eq(came()->earned, -68333333);
        of_revenue(1080000);
        ck_assert_int_eq(came()->earned, 80000000);
        of_revenue(1400000);
        ck_assert_int_eq(came()->earned, -80000000);
        of_revenue(1200000);
        facts.list[2].key.kind = FACT_FEE_PAID;         /* nobody asks for it */
        ck_assert_int_eq(came()->earned, 0);
        of_revenue(1170000);
        facts.list[2].key.kind = FACT_FEE_PAID;
        stops("no participant_revenue");
        of_revenue(1230000);
        terms.steps[4].params[4].word = (struct name) { "none" };       /* nor is a loss */
        terms.steps[6].param_count = 0;
        with_rate(&terms.steps[6], "gain", 1, 100);
        facts.list[2].key.kind = FACT_FEE_PAID;
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

/* ---- credibility */

static struct step *credible(int64_t people, const char *method)
{
        struct step *step;

        savings(500000000, 30000000, people);
        step = with_step(&terms, "credibility");
        with_word(step, "method", method);
        with_rate(step, "full", 305499, 100);
        with_rate(step, "k", 441, 1);
        open_gate();
        two_sided(100, 100);
        with_step(&terms, "post");
        return step;
}

START_TEST(a_small_panel_is_trusted_only_so_far)
{
        const struct statement *statement;

        with_rate(credible(600, "limited"), "complement", 1, 100);
        statement = came();
        is(line_of(statement, LINE_CREDIBILITY), 443170, 1000000);
        is(line_of(statement, LINE_CREDITED_RATE), 3215850, 100000000);
        ck_assert_int_eq(statement->earned, 16079250);
        with_rate(credible(3054, "limited"), "complement", 1, 100);
        is(line_of(came(), LINE_CREDIBILITY), 999837, 1000000);
        with_rate(credible(3055, "limited"), "complement", 1, 100);
        is(line_of(came(), LINE_CREDIBILITY), 1, 1);
        ck_assert_int_eq(came()->earned, 30000000);
        with_rate(credible(0, "limited"), "complement", -1, 100);
        ck_assert_int_eq(came()->earned, -5000000);
}
END_TEST

START_TEST(credibility_by_the_variance_between_providers)
{
        with_rate(credible(600, "buhlmann"), "complement", 0, 1);
        is(line_of(came(), LINE_CREDIBILITY), 576368876, 1000000000);
        ck_assert_int_eq(came()->earned, 17291066);
}
END_TEST

START_TEST(the_complement_may_be_reported)
{
        with_word(credible(600, "limited"), "complement_item", "region");
        stops("no reference_rate of region");
        fact_of(&facts, FACT_REFERENCE_RATE, "region", 1, 100)->side = SIDE_NEITHER;
        ck_assert_int_eq(came()->earned, 16079250);
        facts.list[facts.count - 1].value.num = 1000;
        facts.list[facts.count - 1].value.den = 1;
        facts.list[0].value.num = MONEY_MAX;
        facts.list[1].value.num = MONEY_MAX;
        stops("credited savings are more than money can be");
        credible(600, "limited");
        refused("one of the two");
        with_rate(&terms.steps[4], "complement", 1, 100);
        with_word(&terms.steps[4], "complement_item", "region");
        refused("one of the two");
}
END_TEST

/* ---- minimum rates */

static struct step *gate_of(const char *minimum, int64_t saved, int64_t people)
{
        struct step *gate;

        savings(10000000000, saved, people);
        gate = with_step(&terms, "corridor-gate");
        with_word(gate, "minimum", minimum);
        with_word(gate, "losses", "same");
        two_sided(50, 30);
        with_step(&terms, "post");
        return gate;
}

static void interval(int64_t saved, int64_t people)
{
        struct step *gate = gate_of("interval", saved, people);

        with_rate(gate, "z", 1645, 1000);
        with_rate(gate, "cv", 167, 100);
}

START_TEST(a_minimum_from_an_interval)
{
        interval(388500000, 5000);
        is(line_of(came(), LINE_MINIMUM_RATE), 38850, 1000000);
        ck_assert_int_eq(came()->earned, 194250000);
        interval(388499999, 5000);
        ck_assert_int_eq(came()->earned, 0);
        interval(-388500000, 5000);
        ck_assert_int_eq(came()->earned, -116550000);
        interval(1, 500);
        is(line_of(came(), LINE_MINIMUM_RATE), 122856, 1000000);
        interval(1, 1);
        is(line_of(came(), LINE_MINIMUM_RATE), 2747150, 1000000);
        interval(1, 0);
        stops("without people");
}
END_TEST

static struct step *elected(int64_t people)
{
        struct step *gate = gate_of("elected", 200000000, people);

        with_word(gate, "election", "msr");
        return gate;
}

START_TEST(a_minimum_that_the_earner_chose)
{
        elected(15000);
        stops("no election of msr");
        fact_of(&facts, FACT_ELECTION, "msr", 1, 50);
        is(line_of(came(), LINE_MINIMUM_RATE), 1, 50);
        ck_assert_int_eq(came()->earned, 100000000);
        facts.list[facts.count - 1].value = (struct value) { UNIT_RATE, 201, 10000 };
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

START_TEST(a_choice_is_carried_and_a_later_one_holds)
{
        static struct statement statement;
        const struct run run = run_of_2024(IN_FORCE);
        struct carried carried = { .what = CARRY_ELECTION, .item = { "msr" },
                                   .figure = exact_ratio(1, 50), .run = 7 };
        struct settle_inputs in = { .carried = &carried, .carried_count = 1 };
        struct carried on[4];

        elected(15000);
        accepted();
        in.facts = facts.list;
        in.fact_count = facts.count;
        settle(&terms, &run, &in, &statement);
        ck_assert_int_eq(statement.earned, 100000000);
        ck_assert_uint_eq(statement.carried[0].run, 7);
        ck_assert_uint_eq(carries_of(&statement, on, COUNT_OF(on)), 2);
        ck_assert_int_eq(on[1].what, CARRY_ELECTION);
        ck_assert_str_eq(on[1].item.text, "msr");
        is(on[1].figure, 1, 50);
        fact_of(&facts, FACT_ELECTION, "msr", 3, 100);
        in.fact_count = facts.count;
        settle(&terms, &run, &in, &statement);
        ck_assert_int_eq(statement.earned, 0);
}
END_TEST

START_TEST(size_governs_a_choice_too)
{
        struct step *gate = elected(4999);

        with_count(gate, "flat_least_panel", 5000);
        with_size_table(&terms, gate);
        is(line_of(came(), LINE_MINIMUM_RATE), 39, 1000);
        is(line_of(came(), LINE_SIZE_GOVERNS), 1, 1);
        gate = elected(5000);
        with_count(gate, "flat_least_panel", 5000);
        with_size_table(&terms, gate);
        fact_of(&facts, FACT_ELECTION, "msr", 1, 50);
        is(line_of(came(), LINE_MINIMUM_RATE), 1, 50);
        is(line_of(came(), LINE_SIZE_GOVERNS), 0, 1);
}
END_TEST

START_TEST(a_table_says_nothing_for_some_sizes)
{
        struct step *gate = gate_of("table", 1, 99);

        with_size_table(&terms, gate);
        stops("says nothing for so many people");
}
END_TEST

/* ---- why a branch was not taken */

static void below(const char *who, int64_t people)
{
        struct step *gate;

        savings(10000000000, 100000000, people);
        gate = with_step(&terms, "corridor-gate");
        with_word(gate, "minimum", "flat");
        with_rate(gate, "rate", 1, 50);
        with_word(gate, "below", who);
        with_rate(gate, "below_fraction", 1, 2);
        with_count(gate, "below_least_panel", 5000);
        two_sided(50, 30);
        with_step(&terms, "post");
}

START_TEST(a_statement_says_why_nothing_is_shared)
{
        below("low_revenue", 4999);
        is(line_of(came(), LINE_PANEL_BELOW), 0, 1);
        is(line_of(came(), LINE_REDUCED), 0, 1);
        ck_assert_int_eq(came()->earned, 0);
        below("low_revenue", 5000);
        stops("no low_revenue");
        fact_is(&facts, FACT_LOW_REVENUE, 0, 1);
        is(line_of(came(), LINE_PANEL_BELOW), 1, 1);
        is(line_of(came(), LINE_REDUCED), 0, 1);
        ck_assert_int_eq(came()->earned, 0);
        facts.list[facts.count - 1].value.num = 1;
        is(line_of(came(), LINE_REDUCED_FRACTION), 1, 2);
        ck_assert_int_eq(came()->earned, 25000000);
        below("reported", 5000);
        is(line_of(came(), LINE_REDUCED), 0, 1);
        fact_is(&facts, FACT_REDUCED_SHARING, 1, 1);
        is(line_of(came(), LINE_REDUCED), 1, 1);
        ck_assert_int_eq(came()->earned, 25000000);
        gate_of("none", -1, 0);
        terms.steps[4].params[1].word = (struct name) { "none" };
        is(line_of(came(), LINE_LOSSES_SHARED), 0, 1);
        is(line_of(came(), LINE_GENERATED), 0, 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("share");

        tcase_add_test(tests, corridors_of_a_discounted_benchmark);
        tcase_add_loop_test(tests, each_corridor_counts_at_its_rate, 0, COUNT_OF(corridor_cases));
        tcase_add_loop_test(tests, a_corridor_that_ends, 0, COUNT_OF(ending));
        tcase_add_test(tests, quality_decides_the_shares_of_gain_and_loss);
        tcase_add_test(tests, a_loss_rate_of_its_own_by_quality);
        tcase_add_test(tests, a_score_is_missed_only_where_it_matters);
        tcase_add_test(tests, a_rate_of_savings_is_a_part_of_revenue);
        tcase_add_test(tests, a_small_panel_is_trusted_only_so_far);
        tcase_add_test(tests, credibility_by_the_variance_between_providers);
        tcase_add_test(tests, the_complement_may_be_reported);
        tcase_add_test(tests, a_minimum_from_an_interval);
        tcase_add_test(tests, a_minimum_that_the_earner_chose);
        tcase_add_test(tests, a_choice_is_carried_and_a_later_one_holds);
        tcase_add_test(tests, size_governs_a_choice_too);
        tcase_add_test(tests, a_table_says_nothing_for_some_sizes);
        tcase_add_test(tests, a_statement_says_why_nothing_is_shared);
        return run_case(tests, "share");
}
