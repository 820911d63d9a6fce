/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms whose benchmark makes no sense are refused, each with its reason; and those that do are
 * asked for exactly what they read.
 */
#include <stdio.h>
#include <string.h>

#include "core/inputs.h"
#include "tests/core/benchmark_case.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

static struct step *year_step(size_t n)
{
        return step_of(&terms, "baseline", n);
}

static struct step *region(void)
{
        return step_of(&terms, "adjust", 0);
}

static struct step *update(void)
{
        return step_of(&terms, "risk-update", 0);
}

static void word_is(struct step *step, const char *name, const char *word)
{
        struct name value = { "" };

        memcpy(value.text, word, strlen(word));
        if (step_param(step, name))
                param_of(step, name)->word = value;
        else
                with_word(step, name, word);
}

/* A step put in before the n-th of the kind; itself. */
static struct step *before(const char *kind, size_t n, const char *made)
{
        struct step *at = step_of(&terms, kind, n);

        memmove(at + 1, at, (size_t)(terms.steps + terms.step_count - at) * sizeof(*at));
        terms.step_count++;
        memset(at, 0, sizeof(*at));
        memcpy(at->kind.text, made, strlen(made));
        at->version = 1;
        return at;
}

static struct step *adjust_before(const char *kind, size_t n, const char *what)
{
        struct step *step = before(kind, n, "adjust");

        with_word(step, "by", "category");
        with_word(step, "kind", what);
        return step;
}

/* ---- one fault each */

static void year_twice(void)
{
        param_of(year_step(1), "year")->count = 2021;
}

static void year_of_the_period(void)
{
        param_of(year_step(2), "year")->count = 2024;
}

static void drop_param(struct step *step, const char *name)
{
        *param_of(step, name) = step->params[step->param_count - 1];
        step->param_count--;
}

static void no_year(void)
{
        drop_param(year_step(1), "year");
}

static void no_weight(void)
{
        drop_param(year_step(1), "weight");
}

static void weights_short(void)
{
        param_of(year_step(0), "weight")->rate = (struct rate) { 99999999, 1000000000 };
}

static void weights_long(void)
{
        param_of(year_step(0), "weight")->rate = (struct rate) { 11, 100 };
}

static void weights_without_end(void)
{
        param_of(year_step(0), "weight")->rate = (struct rate) { 1, 999999937 };
        param_of(year_step(1), "weight")->rate = (struct rate) { 1, 999999929 };
}

static void reference_trended(void)
{
        word_is(year_step(2), "trend", "national");
}

static void one_year_whole(void)
{
        word_is(year_step(1), "by", "whole");
}

static void other_source(void)
{
        word_is(year_step(1), "source", "reported");
}

static void year_of_one_category(void)
{
        word_is(year_step(1), "category", "esrd");
}

static void weightless_between(void)
{
        struct step *step = year_step(1);

        word_is(step, "source", "carried");
        drop_param(step, "year");
        drop_param(step, "weight");
}

static void base_after_adjustment(void)
{
        struct step *step = before("target", 0, "baseline");

        with_word(step, "by", "category");
        with_count(step, "year", 2020);
        with_rate(step, "weight", 0, 1);
}

static void no_baseline(void)
{
        for (int i = 0; i < 3; i++)
                drop_step(&terms, "baseline", 0);
}

static void no_categories(void)
{
        for (int i = 0; i < CATEGORIES; i++)
                drop_step(&terms, "attribute", 1);
}

static void whole_region(void)
{
        word_is(region(), "by", "whole");
}

static void region_without_weight(void)
{
        drop_param(region(), "weight");
}

static void region_twice(void)
{
        struct step *step = adjust_before("risk-update", 0, "regional");

        with_rate(step, "weight", 1, 2);
        with_rate(step, "weight_dearer", 1, 2);
}

static void region_after_update(void)
{
        struct step *step = adjust_before("target", 0, "regional");

        drop_step(&terms, "adjust", 0);
        step = region();
        with_rate(step, "weight", 1, 2);
        with_rate(step, "weight_dearer", 1, 2);
}

static void candidate_for_nobody(void)
{
        with_word(region(), "apply", "candidate");
}

static void choice_of_nothing(void)
{
        adjust_before("risk-update", 0, "choose");
}

static void offset_without_region(void)
{
        struct step *step = adjust_before("risk-update", 0, "per_capita");

        with_word(step, "apply", "candidate");
        step = adjust_before("risk-update", 0, "choose");
        with_word(step, "choose", "offset");
}

static void two_of_a_kind(void)
{
        for (int i = 0; i < 2; i++)
                with_word(adjust_before("risk-update", 0, "per_capita"), "apply", "candidate");
        adjust_before("risk-update", 0, "choose");
}

static void rate_as_candidate(void)
{
        struct step *step = adjust_before("risk-update", 0, "rate");

        with_rate(step, "rate", 1, 100);
        with_word(step, "apply", "candidate");
        adjust_before("risk-update", 0, "choose");
}

static void choice_with_floor(void)
{
        with_word(region(), "apply", "candidate");
        with_rate(adjust_before("risk-update", 0, "choose"), "cap_down", 1, 100);
}

static void capped_rate(void)
{
        struct step *step = adjust_before("risk-update", 0, "rate");

        with_rate(step, "rate", 1, 100);
        with_rate(step, "cap_up", 1, 100);
}

static void budget_by_category(void)
{
        with_word(adjust_before("risk-update", 0, "budget"), "item", "shift");
}

static void prior_without_scale(void)
{
        adjust_before("risk-update", 0, "prior_savings");
}

/* Amounts of the terms instead of base years. */
static struct step *amounts(void)
{
        struct step *step;

        no_baseline();
        step = before("adjust", 0, "baseline");
        with_word(step, "by", "category");
        with_word(step, "source", "terms");
        with_cents(step, "amount", 1000000);
        return step;
}

static void region_of_amounts(void)
{
        amounts();
}

static void prior_of_amounts(void)
{
        amounts();
        drop_step(&terms, "adjust", 0);
        with_rate(adjust_before("risk-update", 0, "prior_savings"), "scale", 1, 2);
}

static void risk_of_amounts(void)
{
        amounts();
        drop_step(&terms, "adjust", 0);
}

static void amount_at_a_risk(void)
{
        with_flag(amounts(), "risk", true);
}

static void amount_twice(void)
{
        struct step *step;

        amounts();
        step = before("adjust", 0, "baseline");
        *step = *year_step(0);
}

static void category_twice(void)
{
        struct step *step;

        with_word(amounts(), "category", "esrd");
        step = before("adjust", 0, "baseline");
        *step = *year_step(0);
}

static void category_beside_all(void)
{
        struct step *step;

        amounts();
        step = before("adjust", 0, "baseline");
        *step = *year_step(0);
        with_word(step, "category", "esrd");
}

static void category_of_reports(void)
{
        struct step *step = amounts();

        with_word(step, "category", "esrd");
        word_is(step, "source", "reported");
}

static void update_twice(void)
{
        struct step *step = before("target", 0, "risk-update");

        *step = *update();
}

static void update_of_nothing(void)
{
        with_flag(update(), "risk", false);
        word_is(update(), "update", "none");
}

static void caps_without_risk(void)
{
        with_flag(update(), "risk", false);
}

static void aggregate_without_cap(void)
{
        struct step *step = update();

        with_word(step, "scope", "aggregate");
        drop_param(step, "cap_up");
}

static void whole_update(void)
{
        word_is(update(), "by", "whole");
}

static void guardrail_of_a_blend(void)
{
        word_is(update(), "update", "blend");
        with_rate(update(), "guardrail_up", 1, 100);
}

static void aggregate_of_one(void)
{
        struct step *step;

        for (size_t i = 0; i < 3; i++)
                word_is(year_step(i), "by", "whole");
        word_is(region(), "by", "whole");
        step = update();
        word_is(step, "by", "whole");
        with_word(step, "scope", "aggregate");
}

static void baseline_after_target(void)
{
        struct step step = *update();

        drop_step(&terms, "risk-update", 0);
        *before("savings", 0, "risk-update") = step;
}

static void category_between_years(void)
{
        with_word(before("baseline", 1, "attribute"), "category", "late");
}

static void category_behind_years(void)
{
        with_word(before("risk-update", 0, "attribute"), "category", "late");
}

static void named_like_a_category(void)
{
        with_word(adjust_before("risk-update", 0, "per_capita"), "item", "agdu");
}

static const struct {
        void (*spoil)(void);
        const char *says;
} faulty[] = {
        { category_between_years, "it has no baseline" },
        { category_behind_years, "it has no baseline" },
        { named_like_a_category, "the adjustment is named like a category" },
        { year_twice, "takes a base year that another step takes already" },
        { year_of_the_period, "a base year ends before the last performance period begins" },
        { no_year, "parameter year must be given where source is base_year" },
        { no_weight, "parameter weight must be given where source is base_year" },
        { weights_short, "the weights of the base years do not add up to one" },
        { weights_long, "the weights of the base years do not add up to one" },
        { weights_without_end, "have no short common denominator" },
        { reference_trended, "it has no trend" },
        { one_year_whole, "is by category where the other baseline steps are not, or they are" },
        { other_source, "all baseline steps take the same source" },
        { weightless_between, "all baseline steps take the same source" },
        { year_of_one_category, "category is for amounts of the terms" },
        { base_after_adjustment, "comes too late: the baseline was adjusted already" },
        { no_baseline, "needs a baseline, and no baseline step comes before it" },
        { no_categories, "is by category, and no step before it says a category" },
        { whole_region, "is by category where the baseline is not, or the baseline is" },
        { region_without_weight, "parameter weight must be given where kind is regional" },
        { region_twice, "there is an adjustment of that kind already" },
        { region_after_update, "comes too late: the baseline was updated already" },
        { candidate_for_nobody, "is an alternative, and no step behind it chooses" },
        { choice_of_nothing, "has nothing to choose from: no step before it is a candidate" },
        { offset_without_region, "sets alternatives against the regional one, and there is none" },
        { two_of_a_kind, "there is an alternative of that kind already" },
        { rate_as_candidate, "is no alternative" },
        { choice_with_floor, "what is chosen has no cap_down" },
        { capped_rate, "caps hold amounts per person-year" },
        { budget_by_category, "an adjustment of a budget is of the whole" },
        { prior_without_scale, "parameter scale must be given where kind is prior_savings" },
        { region_of_amounts, "needs base years: categories' shares are those of the latest" },
        { prior_of_amounts, "needs base years: savings before are those of the base years" },
        { risk_of_amounts, "needs base years, or a reference_year" },
        { amount_at_a_risk, "risk restates base years: an amount has no year of its own" },
        { amount_twice, "comes too late: the baseline stands already" },
        { category_twice, "comes too late: that category has a baseline already" },
        { category_beside_all, "comes too late: that category has a baseline already" },
        { category_of_reports, "category is for amounts of the terms by category" },
        { update_twice, "comes too late: the baseline was updated already" },
        { update_of_nothing, "changes nothing: give risk or update" },
        { caps_without_risk, "caps hold the risk, and risk is false" },
        { aggregate_without_cap, "has no cap: give cap_up or cap_down" },
        { whole_update, "is by category where the baseline is not, or the baseline is" },
        { guardrail_of_a_blend, "a guardrail holds a three-way update, and it is another" },
        { aggregate_of_one, "holds all categories together, and the baseline is one figure" },
        { baseline_after_target, "comes too late: the benchmark stands already" },
};

static void arrange(void)
{
        worked_benchmark(&terms);
        worked_settlement(&terms, (struct shape) { .track = ONE_SIDED_40, .quality = GATED });
        worked_facts(&facts, 15000);
}

START_TEST(what_makes_no_sense_is_refused_with_its_reason)
{
        arrange();
        accepted();
        faulty[_i].spoil();
        refused(faulty[_i].says);
}
END_TEST

START_TEST(categories_that_others_need_may_come_later)
{
        arrange();
        with_word(before("post", 0, "fee"), "category", "tier");
        with_cents(step_of(&terms, "fee", 0), "pmpm", 100);
        accepted();
        /* Said before already: nothing new. */
        arrange();
        with_word(before("risk-update", 0, "attribute"), "category", "dis");
        accepted();
}
END_TEST

/* ---- how much there may be */

static void many_categories(size_t count)
{
        struct step *step;

        arrange();
        for (size_t i = 0; i < count - CATEGORIES; i++) {
                char name[24];

                snprintf(name, sizeof(name), "k%zu", i);
                step = before("expenditure", 0, "attribute");
                with_word(step, "category", name);
                with_word(step, "count", "person_years");
        }
}

START_TEST(more_categories_than_a_statement_has_lines_for_are_refused)
{
        many_categories(12);
        accepted();
        many_categories(40);
        refused("more lines than there is room for");
}
END_TEST

START_TEST(weights_of_nine_decimals_fit)
{
        arrange();
        param_of(year_step(0), "weight")->rate = (struct rate) { 333333333, 1000000000 };
        param_of(year_step(1), "weight")->rate = (struct rate) { 333333333, 1000000000 };
        param_of(year_step(2), "weight")->rate = (struct rate) { 333333334, 1000000000 };
        accepted();
        for (size_t i = 0; i < 3; i++)
                param_of(year_step(i), "weight")->rate = (struct rate) { 1, 3 };
        accepted();
        /* One less a 1024th and a 59049th. */
        param_of(year_step(0), "weight")->rate = (struct rate) { 1, 1024 };
        param_of(year_step(1), "weight")->rate = (struct rate) { 1, 59049 };
        param_of(year_step(2), "weight")->rate = (struct rate) { 60406103, 60466176 };
        accepted();
}
END_TEST

/* ---- what is asked for */

static size_t asked_so(enum read_need need, enum fact_kind kind, const char *item, int year)
{
        static struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(&terms, inputs), found = 0;

        ck_assert_uint_le(count, INPUTS_MAX);
        for (size_t i = 0; i < count; i++)
                found += inputs[i].kind == kind && strcmp(inputs[i].item.text, item) == 0 &&
                         inputs[i].year == year && inputs[i].need == need;
        return found;
}

static size_t asked(enum fact_kind kind, const char *item, int year)
{
        return asked_so(READ_ALWAYS, kind, item, year);
}

START_TEST(terms_are_asked_for_the_figures_of_each_base_year_and_category)
{
        arrange();
        for (size_t k = 0; k < CATEGORIES; k++) {
                for (int year = 2021; year <= 2023; year++) {
                        ck_assert_uint_eq(asked(FACT_BASE_PER_CAPITA, categories[k], year), 1);
                        ck_assert_uint_eq(asked(FACT_RISK_SCORE, categories[k], year), 1);
                        ck_assert_uint_eq(asked(FACT_TREND_REGIONAL, categories[k], year),
                                          year < 2023);
                }
                ck_assert_uint_eq(asked(FACT_PERSON_YEARS, categories[k], 2023), 1);
                ck_assert_uint_eq(asked(FACT_PERSON_YEARS, categories[k], 2022), 0);
                ck_assert_uint_eq(asked(FACT_REGIONAL_PER_CAPITA, categories[k], 0), 1);
                ck_assert_uint_eq(asked(FACT_NATIONAL_PER_CAPITA, categories[k], 0), 1);
                ck_assert_uint_eq(asked(FACT_RISK_SCORE, categories[k], 0), 1);
                ck_assert_uint_eq(asked(FACT_TREND_PROSPECTIVE, categories[k], 0), 1);
                ck_assert_uint_eq(asked(FACT_DEMOGRAPHIC_RISK_SCORE, categories[k], 0), 0);
        }
        ck_assert_uint_eq(asked(FACT_NATIONAL_WEIGHT, "", 2023), 1);
        ck_assert_uint_eq(asked(FACT_NATIONAL_WEIGHT, "", 0), 1);
        ck_assert_uint_eq(asked(FACT_NATIONAL_WEIGHT, "", 2022), 0);
        ck_assert_uint_eq(asked_so(READ_IF_SO, FACT_NATIONAL_WEIGHT, "dis", 2023), 1);
        ck_assert_uint_eq(asked_so(READ_IF_SO, FACT_NATIONAL_WEIGHT, "dis", 2022), 0);
        ck_assert_uint_eq(asked_so(READ_IF_SO, FACT_NATIONAL_WEIGHT, "dis", 0), 1);
        ck_assert_uint_eq(asked(FACT_BASE_PER_CAPITA, "", 2023), 0);
}
END_TEST

START_TEST(without_caps_nothing_national_is_asked_for)
{
        arrange();
        param_of(region(), "cap_up")->rate = (struct rate) { 0, 1 };
        param_of(region(), "cap_down")->rate = (struct rate) { 0, 1 };
        ck_assert_uint_eq(asked(FACT_NATIONAL_PER_CAPITA, "esrd", 0), 0);
        param_of(region(), "cap_down")->rate = (struct rate) { 1, 100 };
        ck_assert_uint_eq(asked(FACT_NATIONAL_PER_CAPITA, "esrd", 0), 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("benchmark_door");

        tcase_add_loop_test(tests, what_makes_no_sense_is_refused_with_its_reason, 0,
                            COUNT_OF(faulty));
        tcase_add_test(tests, categories_that_others_need_may_come_later);
        tcase_add_test(tests, more_categories_than_a_statement_has_lines_for_are_refused);
        tcase_add_test(tests, weights_of_nine_decimals_fit);
        tcase_add_test(tests, terms_are_asked_for_the_figures_of_each_base_year_and_category);
        tcase_add_test(tests, without_caps_nothing_national_is_asked_for);
        return run_case(tests, "benchmark_door");
}
