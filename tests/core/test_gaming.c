/* SPDX-License-Identifier: Apache-2.0 */
/* What a contract would pay for what nobody should be paid for. */
#include <string.h>

#include "core/incentive.h"
#include "tests/core/quality_case.h"
#include "tests/core/run.h"

static struct incentive_work work;
static struct gaming_exposure list[INCENTIVES_MAX];
static size_t count;

static void expose(const struct members *members)
{
        const struct run run = run_of_2024(IN_FORCE);
        const struct settle_inputs inputs = { .facts = facts.list, .fact_count = facts.count,
                                              .members = members };

        accepted();
        count = gaming_exposures(&terms, &run, &inputs, &work, list);
}

static const struct gaming_exposure *of(enum gaming what, const char *item)
{
        for (size_t i = 0; i < count; i++)
                if (list[i].what == what && strcmp(list[i].item.text, item) == 0)
                        return &list[i];
        ck_abort_msg("no exposure %d of '%s'", (int)what, item);
        return NULL;
}

static void pays(enum gaming what, const char *item, int64_t cents)
{
        ck_assert(of(what, item)->calculable);
        ck_assert_int_eq(of(what, item)->cents, cents);
}

/* 10,000 people, $ 12,000 expected and $ 11,400 spent of each: 49 % of $ 600 is lost with one. */
START_TEST(a_costly_member_who_leaves_is_a_gain)
{
        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        facts_money(&facts, INT64_C(12000000000), 600000000, 10000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        expose(NULL);
        pays(GAMING_REMOVE_MEMBER, "", -29400);
        pays(GAMING_REMOVE_COSTLY, "", 49 * (5 * 11400 - 12000));
        pays(GAMING_CODE_HIGHER, "", 0);
        ck_assert_uint_eq(count, 3);
}
END_TEST

/* Of 10,001 people the minimum is 2.99994 %, of 10,000 it is 3 %. */
START_TEST(one_member_less_may_raise_the_minimum)
{
        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        facts_money(&facts, INT64_C(10001000000), 300025000, 10001);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        expose(NULL);
        pays(GAMING_REMOVE_MEMBER, "", -147012250);
}
END_TEST

START_TEST(where_nobody_counts_the_people_it_is_not_known)
{
        begin();
        linear("cbp", 60, 70);
        measured("cbp", 231, 385);
        composite("measures");
        end_by_quality();
        expose(NULL);
        ck_assert(!of(GAMING_REMOVE_MEMBER, "")->calculable);
        ck_assert(!of(GAMING_REMOVE_COSTLY, "")->calculable);
        ck_assert_int_eq(of(GAMING_REMOVE_COSTLY, "")->cents, 0);
}
END_TEST

/* 231 / 384 is 0.15625 of a point of 60..70 %; 15 / 100 without one is 14 / 99. */
START_TEST(who_does_not_meet_a_measure_is_worth_excluding)
{
        begin();
        linear("cbp", 60, 70);
        measured("cbp", 231, 385);
        linear("pcr", 20, 10);
        measured("pcr", 15, 100);
        linear("all", 60, 70);
        measured("all", 385, 385);
        composite("measures");
        with_cents(with_step(&terms, "fee"), "flat", 30000000);
        with_rate(&terms.steps[4], "at_risk", 1, 1);
        with_step(&terms, "post");
        expose(NULL);
        pays(GAMING_EXCLUDE_PATIENT, "cbp", 156250);
        pays(GAMING_EXCLUDE_PATIENT, "pcr", 858586);    /* 1 - 4.1414 / 10, before 1 - 5 / 10 */
        pays(GAMING_EXCLUDE_PATIENT, "all", 0);         /* everybody meets it */
}
END_TEST

/* What is expected of each rises by a hundredth, and half of that is shared. */
START_TEST(a_higher_risk_is_worth_coding)
{
        struct step *step;

        begin();
        attribute("person_years", NULL);
        with_word(with_step(&terms, "expenditure"), "unit", "per_capita");
        step = with_step(&terms, "target");
        with_word(step, "unit", "per_capita");
        with_flag(step, "risk", true);
        with_step(&terms, "savings");
        with_all_shared(&terms);
        with_step(&terms, "post");
        fact_is(&facts, FACT_PERSON_YEARS, 1000, 1);
        fact_is(&facts, FACT_EXPENDITURE_PER_CAPITA, 1000000, 1);
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, 1000000, 1);
        fact_is(&facts, FACT_RISK_SCORE, 11, 10);
        expose(NULL);
        pays(GAMING_CODE_HIGHER, "", 11000 * 1000);
        /* The others cost as much on average, and 1.1 million is expected of each. */
        pays(GAMING_REMOVE_MEMBER, "", -100000);
        /* (1000 - 5) / 999 of it: 4004 cents less of each, to the cent. */
        pays(GAMING_REMOVE_COSTLY, "", 999 * (100000 + 4004) - 1000 * 100000);
}
END_TEST

START_TEST(a_member_of_rows_leaves_with_its_months)
{
        static struct member_figures figures[1];
        const struct members members = { .figures = figures, .count = 1, .rows = 9 };
        struct step *step;

        begin();
        with_word(attribute("person_years", NULL), "source", "members");
        step = with_step(&terms, "expenditure");
        with_word(step, "source", "members");
        step = with_step(&terms, "target");
        with_word(step, "unit", "per_capita");
        with_step(&terms, "savings");
        with_all_shared(&terms);
        with_step(&terms, "post");
        figures[0] = (struct member_figures) {
                .head_count = 100, .member_months = 1200, .expenditure = exact_of(100000000),
                .truncated = exact_of(0), .stoploss = exact_of(0), .risk = exact_of(1),
        };
        fact_is(&facts, FACT_BENCHMARK_PER_CAPITA, 1100000, 1);
        expose(&members);
        pays(GAMING_REMOVE_MEMBER, "", -100000);
        pays(GAMING_REMOVE_COSTLY, "", 5 * 1000000 - 1100000);
}
END_TEST

START_TEST(what_is_not_calculable_has_no_exposure)
{
        begin();
        linear("cbp", 60, 70);
        composite("measures");
        end_by_quality();
        expose(NULL);
        ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(each_is_said_in_words)
{
        for (enum gaming what = 0; what < GAMING_COUNT; what++)
                ck_assert_uint_gt(strlen(gaming_says(what)), 20);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("gaming");

        tcase_add_test(tests, a_costly_member_who_leaves_is_a_gain);
        tcase_add_test(tests, one_member_less_may_raise_the_minimum);
        tcase_add_test(tests, where_nobody_counts_the_people_it_is_not_known);
        tcase_add_test(tests, who_does_not_meet_a_measure_is_worth_excluding);
        tcase_add_test(tests, a_higher_risk_is_worth_coding);
        tcase_add_test(tests, a_member_of_rows_leaves_with_its_months);
        tcase_add_test(tests, what_is_not_calculable_has_no_exposure);
        tcase_add_test(tests, each_is_said_in_words);
        return run_case(tests, "gaming");
}
