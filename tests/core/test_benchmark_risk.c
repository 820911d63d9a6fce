/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The update to the period at its edges: how much growth of the risk counts, of each category or of
 * all together, and which growth of prices.
 */
#include "tests/core/benchmark_case.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

static const char *const parts[] = { "a", "b" };

static struct step *update(void)
{
        return with_step(&terms, "risk-update");
}

static void base_of(int64_t cents, const char *item)
{
        fact_in(&facts, 2023, FACT_BASE_PER_CAPITA, item, cents, 1);
}

static struct step *base_year(void)
{
        struct step *step = with_step(&terms, "baseline");

        with_count(step, "year", 2023);
        with_rate(step, "weight", 1, 1);
        return step;
}

static void begin_whole(int64_t cents)
{
        begin();
        base_year();
        base_of(cents, "");
}

/* Thousandths: of the reference year and of the period. */
static void risk_is(enum fact_kind kind, const char *item, int64_t then, int64_t now)
{
        fact_in(&facts, 2023, kind, item, then, 1000);
        fact_of(&facts, kind, item, now, 1000);
}

static void cap(struct step *step, int64_t up, int64_t down)
{
        if (up >= 0)
                with_rate(step, "cap_up", up, 1000);
        if (down >= 0)
                with_rate(step, "cap_down", down, 1000);
}

static const struct statement *ended(void)
{
        end();
        return came();
}

/* ---- the risk of one figure */

START_TEST(growth_of_the_risk_counts_up_to_its_caps)
{
        static const struct {
                int64_t then, now, up, down;    /* thousandths; below zero: no cap */
                int64_t decimals;
                const char *capped, *updated;
        } cases[] = {
                { 1000, 1030, 30, -1, 6, "1.03", "103" },       /* the cap itself */
                { 1000, 1031, 30, -1, 6, "1.03", "103" },
                { 1000, 1029, 30, -1, 6, "1.029", "102.90" },
                { 1000, 500, 30, -1, 6, ".5", "50" },           /* decreases are not capped */
                { 1000, 970, 30, 30, 6, ".97", "97" },
                { 1000, 969, 30, 30, 6, ".97", "97" },
                { 1000, 971, 30, 30, 6, ".971", "97.10" },
                { 1000, 500, -1, 30, 6, ".97", "97" },
                { 1000, 5000, -1, 30, 6, "5", "500" },
                { 1000, 5000, -1, -1, 6, "5", "500" },
                { 1000, 5000, 0, 0, 6, "1", "100" },
                { 1000, 1, 0, 0, 6, "1", "100" },
                { 1000, 1, 30, 1000, 6, ".001", ".10" },        /* a floor of zero */
                { 1060, 1110, -1, -1, 6, "1.047170", "104.7170" },
                { 1060, 1110, -1, -1, 2, "1.05", "105" },
                { 2000, 2010, -1, -1, 2, "1.01", "101" },       /* 1.005: away from zero */
                { 2000, 1990, -1, -1, 2, "1", "100" },          /* .995 */
                { 1000, 0, 30, -1, 6, "0", "0" },
        };
        const struct statement *statement;
        struct step *step;

        begin_whole(10000);
        step = update();
        cap(step, cases[_i].up, cases[_i].down);
        with_count(step, "decimals", cases[_i].decimals);
        risk_is(FACT_RISK_SCORE, "", cases[_i].then, cases[_i].now);
        statement = ended();
        check_printed(statement, LINE_RISK_CAPPED, "", 0, cases[_i].capped);
        check_printed(statement, LINE_UPDATED, "", 0, cases[_i].updated);
}
END_TEST

START_TEST(a_cap_beside_demographic_growth_moves_with_it)
{
        static const struct {
                int64_t ages, now;              /* thousandths, of one before */
                const char *capped;
        } cases[] = {
                { 1020, 1050, "1.05" }, { 1020, 1051, "1.05" }, { 1020, 1049, "1.049" },
                { 980, 1050, "1.01" },  { 980, 900, ".95" },    { 1020, 900, ".99" },
                { 0, 1050, ".03" },     { 0, 0, "0" },
        };
        struct step *step;

        begin_whole(10000);
        step = update();
        cap(step, 30, 30);
        with_flag(step, "demographic", true);
        risk_is(FACT_RISK_SCORE, "", 1000, cases[_i].now);
        risk_is(FACT_DEMOGRAPHIC_RISK_SCORE, "", 1000, cases[_i].ages);
        check_printed(ended(), LINE_RISK_CAPPED, "", 0, cases[_i].capped);
}
END_TEST

START_TEST(the_year_of_the_risk_is_the_latest_base_year_or_the_one_given)
{
        struct step *step;

        begin_whole(10000);
        step = update();
        if (_i)
                with_count(step, "reference_year", 2020);
        risk_is(FACT_RISK_SCORE, "", 1000, 1100);
        fact_in(&facts, 2020, FACT_RISK_SCORE, "", 2, 1);
        check_printed(ended(), LINE_UPDATED, "", 0, _i ? "55" : "110");
}
END_TEST

START_TEST(a_reference_year_without_risk_stops)
{
        begin_whole(10000);
        update();
        risk_is(FACT_RISK_SCORE, "", 0, 1000);
        end();
        stops("the risk score of the reference year is zero");
}
END_TEST

START_TEST(growth_beyond_a_thousandfold_stops)
{
        begin_whole(10000);
        update();
        fact_in(&facts, 2023, FACT_RISK_SCORE, "", 1, 1000);
        fact_of(&facts, FACT_RISK_SCORE, "", _i ? 1001 : 1000, 1000);
        end();
        if (_i)
                stops("growth, or a ratio of risk scores, is more than a thousandfold");
        else
                check_printed(came(), LINE_UPDATED, "", 0, "100,000");
}
END_TEST

/* ---- all categories together */

struct together {
        const char *mix, *beyond;
        int64_t years[2];
        int64_t risk[2], ages[2];       /* thousandths, of one before; ages 0: not beside them */
        const char *all, *capped[2];
};

static const struct together togethers[] = {
        /* Baselines are 100 and 300 dollars; the cap is 3, the floor 2 hundredths. */
        { "people", "each", { 1, 1 }, { 1060, 1000 }, { 0, 0 }, "1.03", { "1.06", "1" } },
        { "people", "each", { 1, 1 }, { 1060, 1002 }, { 0, 0 }, "1.031", { "1.03", "1.002" } },
        { "people", "scaled", { 1, 1 }, { 1060, 1002 }, { 0, 0 }, "1.031",
          { "1.058972", "1.001028" } },
        { "people", "scaled", { 1, 1 }, { 1060, 1060 }, { 0, 0 }, "1.06", { "1.03", "1.03" } },
        { "people", "each", { 1, 3 }, { 1060, 1002 }, { 0, 0 }, "1.0165", { "1.06", "1.002" } },
        { "people", "each", { 3, 1 }, { 1060, 1002 }, { 0, 0 }, "1.0455", { "1.03", "1.002" } },
        { "people", "each", { 0, 7 }, { 9000, 1030 }, { 0, 0 }, "1.03", { "9", "1.03" } },
        { "people", "each", { 1, 0 }, { 9000, 1030 }, { 0, 0 }, "9", { "1.03", "1.03" } },
        { "dollars", "each", { 1, 1 }, { 1060, 1002 }, { 0, 0 }, "1.0165", { "1.06", "1.002" } },
        { "dollars", "each", { 3, 1 }, { 1060, 1002 }, { 0, 0 }, "1.031", { "1.03", "1.002" } },
        { "people", "each", { 1, 1 }, { 980, 980 }, { 0, 0 }, ".98", { ".98", ".98" } },
        { "people", "each", { 1, 1 }, { 1000, 958 }, { 0, 0 }, ".979", { "1", ".98" } },
        { "people", "scaled", { 1, 1 }, { 1000, 958 }, { 0, 0 }, ".979",
          { "1.001021", ".958979" } },
        { "people", "each", { 1, 1 }, { 1060, 1040 }, { 1010, 1030 }, "1.05", { "1.06", "1.04" } },
        { "people", "each", { 1, 1 }, { 1061, 1040 }, { 1010, 1030 }, "1.0505",
          { "1.05", "1.04" } },
        { "people", "each", { 1, 1 }, { 1000, 950 }, { 1000, 1000 }, ".975", { "1", ".98" } },
};

static struct step *begin_together(const struct together *one)
{
        struct step *step;

        begin();
        for (int i = 0; i < 2; i++) {
                attribute("person_years", parts[i]);
                fact_of(&facts, FACT_PERSON_YEARS, parts[i], one->years[i], 1);
                base_of(10000 + i * 20000, parts[i]);
                risk_is(FACT_RISK_SCORE, parts[i], 1000, one->risk[i]);
                if (one->ages[0])
                        risk_is(FACT_DEMOGRAPHIC_RISK_SCORE, parts[i], 1000, one->ages[i]);
        }
        with_word(base_year(), "by", "category");
        step = update();
        with_word(step, "by", "category");
        with_word(step, "scope", "aggregate");
        with_word(step, "mix", one->mix);
        with_word(step, "beyond", one->beyond);
        with_flag(step, "demographic", one->ages[0] != 0);
        cap(step, 30, 20);
        return step;
}

START_TEST(categories_are_capped_only_where_all_together_exceed_it)
{
        const struct together *one = &togethers[_i];
        const struct statement *statement;

        begin_together(one);
        statement = ended();
        check_printed(statement, LINE_RISK_RATIO_ALL, "", 0, one->all);
        for (int i = 0; i < 2; i++)
                check_printed(statement, LINE_RISK_CAPPED, parts[i], 0, one->capped[i]);
}
END_TEST

START_TEST(categories_apart_have_caps_of_their_own)
{
        const struct statement *statement;
        struct step *step = begin_together(&togethers[14]);

        param_of(step, "scope")->word = (struct name) { "category" };
        statement = ended();
        check_printed(statement, LINE_RISK_CAPPED, "a", 0, "1.04");     /* 1.01 and 3 hundredths */
        check_printed(statement, LINE_RISK_CAPPED, "b", 0, "1.04");
        ck_assert(!has_line(statement, LINE_RISK_RATIO_ALL));
}
END_TEST

START_TEST(categories_without_people_weigh_nothing)
{
        static const struct together nobody = {
                "people", "each", { 0, 0 }, { 1060, 1000 }, { 0, 0 }, NULL, { NULL, NULL }
        };

        begin_together(&nobody);
        end();
        stops("the categories weigh nothing together: no people, or no baseline");
}
END_TEST

START_TEST(risk_of_zero_cannot_be_scaled_up)
{
        static const struct together none = {
                "people", "scaled", { 1, 1 }, { 0, 0 }, { 0, 0 }, NULL, { NULL, NULL }
        };

        begin_together(&none);
        end();
        stops("the risk of all categories together is zero: it cannot be scaled");
}
END_TEST

START_TEST(people_counted_before_are_not_asked_for_again)
{
        const struct statement *statement;

        begin_together(&togethers[0]);
        statement = ended();
        ck_assert_uint_eq(lines_of(statement, LINE_PERSON_YEARS), 2);
        /* And where nobody counted them, they are taken here. */
        begin_together(&togethers[0]);
        for (int i = 0; i < 2; i++)
                param_of(step_of(&terms, "attribute", (size_t)i), "count")->word =
                        (struct name) { "people" };
        fact_of(&facts, FACT_HEAD_COUNT, "a", 1, 1);
        fact_of(&facts, FACT_HEAD_COUNT, "b", 1, 1);
        statement = ended();
        ck_assert_uint_eq(lines_of(statement, LINE_PERSON_YEARS), 2);
        check_printed(statement, LINE_RISK_RATIO_ALL, "", 0, "1.03");
}
END_TEST

/* ---- prices */

static struct step *begin_prices(const char *kind)
{
        struct step *step;

        begin_whole(10000);
        step = update();
        with_flag(step, "risk", false);
        with_word(step, "update", kind);
        with_rate(step, "rate", 7, 100);
        fact_is(&facts, FACT_TREND_NATIONAL, 11, 10);
        fact_is(&facts, FACT_TREND_REGIONAL, 13, 10);
        fact_is(&facts, FACT_TREND_PROSPECTIVE, 20, 10);
        return step;
}

START_TEST(each_update_takes_its_own_growth)
{
        static const struct {
                const char *kind;
                int64_t weight;         /* of 10 */
                int64_t set;            /* the weight of what was set before, of 3 */
                const char *factor;
        } cases[] = {
                { "national", 0, 0, "1.1" },    { "regional", 10, 0, "1.3" },
                { "blend", 0, 0, "1.3" },       { "blend", 10, 0, "1.1" },
                { "blend", 3, 0, "1.24" },      { "rate", 0, 0, "1.07" },
                { "three_way", 3, 0, "1.24" },  { "three_way", 3, 3, "2" },
                { "three_way", 3, 1, "1.493333" },
        };
        struct step *step = begin_prices(cases[_i].kind);

        with_rate(step, "prospective_weight", cases[_i].set, 3);
        fact_is(&facts, FACT_NATIONAL_WEIGHT, cases[_i].weight, 10);
        check_printed(ended(), LINE_UPDATE, "", 0, cases[_i].factor);
}
END_TEST

START_TEST(a_guardrail_holds_the_three_way_factor_to_the_two_way_one)
{
        static const struct {
                int64_t set;            /* thousandths; the two-way factor is 1.2 */
                int64_t up, down;       /* thousandths; below zero: none */
                const char *factor;
        } cases[] = {
                /* Half and half. */
                { 1230, 15, 10, "1.215" },      /* the edge itself */
                { 1232, 15, 10, "1.215" },
                { 1228, 15, 10, "1.214" },
                { 1180, 15, 10, "1.19" },
                { 1178, 15, 10, "1.19" },
                { 1182, 15, 10, "1.191" },
                { 2000, -1, 10, "1.6" },
                { 400, -1, 10, "1.19" },
                { 400, 15, -1, ".8" },
                { 2000, 15, -1, "1.215" },
                { 2000, 0, 0, "1.2" },
                { 400, 0, 0, "1.2" },
        };
        struct step *step = begin_prices("three_way");

        with_rate(step, "prospective_weight", 1, 2);
        if (cases[_i].up >= 0)
                with_rate(step, "guardrail_up", cases[_i].up, 1000);
        if (cases[_i].down >= 0)
                with_rate(step, "guardrail_down", cases[_i].down, 1000);
        fact_is(&facts, FACT_NATIONAL_WEIGHT, 1, 2);
        fact_at(&facts, FACT_TREND_PROSPECTIVE, "", 0)->value =
                (struct value) { UNIT_RATE, cases[_i].set, 1000 };
        check_printed(ended(), LINE_UPDATE, "", 0, cases[_i].factor);
}
END_TEST

START_TEST(two_way_is_rounded_before_it_goes_into_three_way)
{
        struct step *step = begin_prices("three_way");
        const struct statement *statement;

        with_rate(step, "prospective_weight", 1, 2);
        with_count(step, "decimals", 2);
        fact_is(&facts, FACT_NATIONAL_WEIGHT, 1, 1);
        fact_at(&facts, FACT_TREND_NATIONAL, "", 0)->value =
                (struct value) { UNIT_RATE, 1045, 1000 };
        fact_at(&facts, FACT_TREND_PROSPECTIVE, "", 0)->value =
                (struct value) { UNIT_RATE, 106, 100 };
        statement = ended();
        check_printed(statement, LINE_TWO_WAY, "", 0, "1.05");
        check_printed(statement, LINE_THREE_WAY, "", 0, "1.06");        /* 1.055; not 1.0525 */
}
END_TEST

START_TEST(risk_and_prices_go_into_one_product_that_is_rounded_once)
{
        const struct statement *statement;
        struct step *step;

        /* 0.33 x 1.5 x 1.01 = .49995, not .495 -> .50 x 1.01 = .505 -> .51 */
        begin_whole(33);
        step = update();
        with_count(step, "decimals", 2);
        with_word(step, "update", "rate");
        with_rate(step, "rate", 1, 100);
        risk_is(FACT_RISK_SCORE, "", 1000, 1500);
        statement = ended();
        check_printed(statement, LINE_UPDATED, "", 0, ".50");
}
END_TEST

START_TEST(an_update_may_leave_the_risk_alone)
{
        const struct statement *statement;

        begin_prices("rate");
        statement = ended();
        check_printed(statement, LINE_UPDATED, "", 0, "107");
        ck_assert(!has_line(statement, LINE_RISK_RATIO));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("benchmark_risk");

        tcase_add_loop_test(tests, growth_of_the_risk_counts_up_to_its_caps, 0, 18);
        tcase_add_loop_test(tests, a_cap_beside_demographic_growth_moves_with_it, 0, 8);
        tcase_add_loop_test(tests, the_year_of_the_risk_is_the_latest_base_year_or_the_one_given,
                            0, 2);
        tcase_add_test(tests, a_reference_year_without_risk_stops);
        tcase_add_loop_test(tests, growth_beyond_a_thousandfold_stops, 0, 2);
        tcase_add_loop_test(tests, categories_are_capped_only_where_all_together_exceed_it, 0,
                            COUNT_OF(togethers));
        tcase_add_test(tests, categories_apart_have_caps_of_their_own);
        tcase_add_test(tests, categories_without_people_weigh_nothing);
        tcase_add_test(tests, risk_of_zero_cannot_be_scaled_up);
        tcase_add_test(tests, people_counted_before_are_not_asked_for_again);
        tcase_add_loop_test(tests, each_update_takes_its_own_growth, 0, 9);
        tcase_add_loop_test(tests, a_guardrail_holds_the_three_way_factor_to_the_two_way_one, 0,
                            12);
        tcase_add_test(tests, two_way_is_rounded_before_it_goes_into_three_way);
        tcase_add_test(tests, risk_and_prices_go_into_one_product_that_is_rounded_once);
        tcase_add_test(tests, an_update_may_leave_the_risk_alone);
        return run_case(tests, "benchmark_risk");
}
