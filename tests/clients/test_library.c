/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every template of the library: it can be filled in for its first and its last year, it is the
 * kind of payment that its programme is, and it settles.
 */
#include "clients/risk/assume.h"
#include "clients/template.h"
#include "core/arrangement.h"
#include "core/statement.h"
#include "tests/clients/run.h"

static struct terms terms;
static struct complaints to;
static struct statement statement;
static struct fact facts[INPUTS_MAX];

/* As the HCP-LAN and CMS say of the programme, and the payment streams of a contract like it. */
static const struct {
        const char *name, *category, *streams;
} kinds[] = {
        { "mssp-track-1", "3A", "ssp" },
        { "mssp-track-1-plus", "3B", "ssl" },
        { "mssp-track-2", "3B", "ssl" },
        { "mssp-track-3", "3B", "ssl" },
        { "mssp-basic-a", "3A", "ssp" },
        { "mssp-basic-b", "3A", "ssp" },
        { "mssp-basic-c", "3B", "ssl" },
        { "mssp-basic-d", "3B", "ssl" },
        { "mssp-basic-e", "3B", "ssl" },
        { "mssp-enhanced", "3B", "ssl" },
        { "commercial-shared-savings", "3A", "ssp" },
        { "commercial-two-sided", "3B", "ssl" },
        { "medicaid-aco", "3A", "ssp ccf" },
        { "care-management-fee", "2A", "ccf" },
        { "pay-for-performance", "2C", "p4p" },
        { "ma-percent-of-premium", "3B", "ssl" },
        { "ma-full-risk", "4B", "pcpcp" },
        { "capitation", "4B", "pcpcp" },
        { "capitation-primary-care", "4A", "pcpcp" },
        { "pcmh", "2C", "ccf-with-risk p4p" },
        { "cpc-plus-1", "2C", "ccf-with-risk p4p" },
        { "cpc-plus-2", "2C", "ccf-with-risk p4p" },
        { "pcf", "2C", "p4p" },
        { "pooled-practices", "3A", "ssp" },
        { "pooled-payers", "3A", "ssp" },
        { "cpc-classic", "3A", "ssp" },
        { "p4p-linear", "2C", "p4p" },
        { "p4p-ladder", "2C", "p4p" },
        { "p4p-deciles", "2C", "p4p" },
        { "p4p-value-based-purchasing", "2C", "p4p" },
        { "p4p-relative", "2C", "p4p" },
        { "p4p-gaps", "2C", "p4p" },
        { "pay-for-reporting", "2B", "p4r" },
        { "md-gbr", "4B", "tcoc" },
        { "md-mpa", "3B", "ssl" },
        { "vt-aco-medicare", "3B", "ssl" },
        { "vt-aco-medicaid", "3B", "ssl" },
        { "vt-aco-commercial", "3B", "ssl" },
        { "aqc", "4B", "pcpcp" },
        { "pa-rural-health", "4N", "tcoc" },
        { "fee-for-service", "1", "" },
        { "practice-part", "2C", "p4p" },
        { "commercial-tcoc-trend", "3B", "ssl" },
        { "reach-global", "3B", "ssl" },
        { "reach-professional", "3B", "ssl" },
        { "lead-global", "3B", "ssl" },
        { "lead-professional", "3B", "ssl" },
        { "kcc-professional", "3B", "ssl" },
        { "kcc-global", "3B", "ssl" },
        { "kcc-graduated-2", "3B", "ssl" },
        { "cjr", "3B", "eoc" },
        { "bpci-advanced", "3B", "eoc" },
        { "team-1", "3A", "eoc" },
        { "team-2", "3B", "eoc" },
        { "team-3", "3B", "eoc" },
        { "case-rate", "3B", "eoc" },
};

static const char *streams_of(const struct arrangement *is)
{
        static char text[128];

        text[0] = '\0';
        for (size_t i = 0; i < is->stream_count; i++)
                if (is->streams[i].code)
                        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s",
                                 text[0] ? " " : "", is->streams[i].code);
        return text;
}

static void fill(const struct template_info *info, int year)
{
        memset(&to, 0, sizeof(to));
        ck_assert_msg(template_example(info->name, year, &terms, &to) == 0, "%s %d: %s: %s",
                      info->name, year, to.list[0].where, to.list[0].says);
}

START_TEST(every_template_is_the_kind_of_payment_its_programme_is)
{
        const struct template_info *info = template_at((size_t)_i);
        struct arrangement is;
        size_t at = 0;

        while (at < (size_t)COUNT_OF(kinds) && strcmp(kinds[at].name, info->name) != 0)
                at++;
        ck_assert_msg(at < (size_t)COUNT_OF(kinds), "%s is in no row of this test", info->name);
        fill(info, info->last_year);
        arrangement_of(&terms, false, &is);
        ck_assert_str_eq(lan_category_word(is.category), kinds[at].category);
        ck_assert_str_eq(streams_of(&is), kinds[at].streams);
}
END_TEST

static void settles(const struct template_info *info, int year)
{
        const struct assumptions usual = ASSUMPTIONS_USUAL;
        struct run run = { .kind = RUN_PREVIEW, .number = 1 };
        struct settle_inputs inputs = { .facts = facts };

        fill(info, year);
        run.contract = terms.contract;
        run.period = terms.periods[0];
        run.payment = date_add_months(run.period.until, 9);
        inputs.fact_count = assume_facts(&terms, run.period, &usual, facts);
        settle(&terms, &run, &inputs, &statement);
        ck_assert_msg(statement.status == STATEMENT_CALCULATED, "%s %d: %s", info->name, year,
                      statement.reason.text);
        ck_assert_uint_gt(statement.line_count, 0);
}

START_TEST(every_template_settles_in_its_first_year_and_its_last)
{
        const struct template_info *info = template_at((size_t)_i);

        settles(info, info->first_year);
        settles(info, info->last_year);
}
END_TEST

/* ---- what the category hangs on */

static void use(const char *name, int year, const char *key, const char *word)
{
        struct template_setting settings[] = { { "bearer", "a" }, { "earner", "b" },
                                               { key, word } };

        memset(&to, 0, sizeof(to));
        ck_assert_msg(template_terms(name, year, settings, key ? 3 : 2, &terms, &to) == 0,
                      "%s: %s", to.list[0].where, to.list[0].says);
}

static const struct {
        const char *says, *name, *key, *word;
        int year;
        bool same_owner;
        const char *category;
} changes[] = {
        { "total care capitation is a population-based payment", "reach-global", "capitation",
          "total", 2024, false, "4B" },
        { "paid in advance to one's own", "ma-full-risk", NULL, NULL, 2024, true, "4C" },
        { "savings shared with one's own stay shared savings", "mssp-basic-e", NULL, NULL, 2024,
          true, "3B" },
        { "a fee at the risk of quality pays for performance", "care-management-fee", "at_risk",
          "20%", 2024, false, "2C" },
        { "from the historical benchmark on it is the same", "mssp-enhanced", "benchmark",
          "history", 2025, false, "3B" },
};

START_TEST(the_category_follows_from_the_steps)
{
        struct arrangement is;

        use(changes[_i].name, changes[_i].year, changes[_i].key, changes[_i].word);
        arrangement_of(&terms, changes[_i].same_owner, &is);
        ck_assert_msg(strcmp(lan_category_word(is.category), changes[_i].category) == 0,
                      "%s: %s", changes[_i].says, lan_category_word(is.category));
}
END_TEST

static struct param *param_of(struct step *step, const char *name)
{
        for (size_t i = 0; i < step->param_count; i++)
                if (strcmp(step->params[i].name.text, name) == 0)
                        return &step->params[i];
        ck_abort_msg("no parameter %s", name);
        return NULL;
}

static void drop(const char *kind)
{
        for (size_t i = 0; i < terms.step_count; i++)
                if (strcmp(terms.steps[i].kind.text, kind) == 0) {
                        memmove(&terms.steps[i], &terms.steps[i + 1],
                                (--terms.step_count - i) * sizeof(terms.steps[0]));
                        i--;
                }
}

static enum lan_category category(void)
{
        struct arrangement is;

        arrangement_of(&terms, false, &is);
        return is.category;
}

START_TEST(without_a_link_to_quality_it_is_a_category_n)
{
        use("mssp-basic-e", 2024, NULL, NULL);
        drop("gate");
        ck_assert_int_eq(category(), LAN_3N);
        use("capitation", 2024, NULL, NULL);
        memcpy(param_of(&terms.steps[4], "earnback")->word.text, "none\0\0\0", 8);
        ck_assert_int_eq(category(), LAN_4N);
}
END_TEST

START_TEST(losses_that_are_not_owed_are_no_downside)
{
        use("mssp-basic-e", 2024, NULL, NULL);
        for (size_t i = 0; i < terms.step_count; i++)
                if (strcmp(terms.steps[i].kind.text, "corridor-gate") == 0)
                        memcpy(param_of(&terms.steps[i], "losses")->word.text, "none", 5);
        ck_assert_int_eq(category(), LAN_3A);
}
END_TEST

START_TEST(lists_repeat_a_step_for_each_element)
{
        static const char *const cells[] = { "adult", "child", "senior" };
        size_t found = 0;

        use("capitation", 2024, "cells", "adult:412.37,child:180.25,senior:905.00");
        for (size_t i = 0; i < terms.step_count; i++) {
                if (strcmp(terms.steps[i].kind.text, "target") != 0)
                        continue;
                ck_assert_str_eq(param_of(&terms.steps[i], "category")->word.text, cells[found]);
                found++;
        }
        ck_assert_uint_eq(found, 3);
        ck_assert_int_eq(param_of(&terms.steps[5], "amount")->cents, 18025);
}
END_TEST

START_TEST(base_years_are_those_before_the_agreement)
{
        int64_t year = 2022;

        use("mssp-basic-e", 2025, "benchmark", "history");
        for (size_t i = 0; i < terms.step_count; i++)
                if (strcmp(terms.steps[i].kind.text, "baseline") == 0)
                        ck_assert_int_eq(param_of(&terms.steps[i], "year")->count, year++);
        ck_assert_int_eq(year, 2025);
}
END_TEST

static void has_source(void *with, const struct template_figure *figure)
{
        size_t *count = with;

        ck_assert_msg(figure->source[0], "%s has no source", figure->name);
        ck_assert_msg(figure->value[0], "%s has no value", figure->name);
        (*count)++;
}

START_TEST(every_figure_says_where_it_comes_from)
{
        const struct template_info *info = template_at((size_t)_i);
        size_t count = 0;

        ck_assert_int_eq(template_figures(info->name, info->last_year, has_source, &count, &to), 0);
        ck_assert_msg(count > 0 || strcmp(info->family, "medicaid") == 0 ||
                              strcmp(info->family, "commercial") == 0,
                      "%s shows no figure", info->name);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("library");
        int templates = 0;

        while (template_at((size_t)templates))
                templates++;
        tcase_add_loop_test(tests, every_template_is_the_kind_of_payment_its_programme_is, 0,
                            templates);
        tcase_add_loop_test(tests, every_template_settles_in_its_first_year_and_its_last, 0,
                            templates);
        tcase_add_loop_test(tests, every_figure_says_where_it_comes_from, 0, templates);
        tcase_add_loop_test(tests, the_category_follows_from_the_steps, 0, COUNT_OF(changes));
        tcase_add_test(tests, without_a_link_to_quality_it_is_a_category_n);
        tcase_add_test(tests, losses_that_are_not_owed_are_no_downside);
        tcase_add_test(tests, lists_repeat_a_step_for_each_element);
        tcase_add_test(tests, base_years_are_those_before_the_agreement);
        return run_case(tests, "library");
}
