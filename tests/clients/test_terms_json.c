/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "clients/template.h"
#include "clients/terms_json.h"
#include "core/community.h"
#include "core/steps.h"
#include "tests/clients/run.h"

static struct terms terms, again;
static struct complaints to;

static const char good[] =
        "{\"schema\": \"accord.terms.v1\", \"contract\": \"plan/clinic/c1\", \"title\": \"A "
        "contract\",\n"
        " \"signed_on\": \"2023-12-01\", \"effective\": \"2024-01-01\", \"applies\": "
        "\"cut_month\",\n"
        " \"standing\": \"binding\", \"lookback_months\": 24, \"runout_months\": 3,\n"
        " \"agreement\": {\"from\": \"2024-01-01\", \"through\": \"2025-12-31\"},\n"
        " \"periods\": [{\"from\": \"2024-01-01\", \"through\": \"2024-12-31\"},\n"
        "               {\"from\": \"2025-01-01\", \"through\": \"2025-12-31\"}],\n"
        " \"segments\": [{\"name\": \"hmo\", \"business\": \"commercial\", \"insured\": false}],\n"
        " \"rules\": [{\"kind\": \"expenditure\", \"of_record\": \"bearer\", \"other\": \"may\",\n"
        "              \"tolerance\": \"100.00\", \"tolerance_share\": \"0.5%\",\n"
        "              \"window_days\": 45, \"materiality\": \"2500.00\"},\n"
        "             {\"kind\": \"member_months\", \"of_record\": \"earner\", \"tolerance\": 5,\n"
        "              \"tolerance_rows\": 12},\n"
        "             {\"kind\": \"quality_score\", \"of_record\": \"bearer\",\n"
        "              \"tolerance\": \"0.5%\"}],\n"
        " \"reconciling\": {\"dispute_days\": 60, \"payment_days\": 30, \"decides\": \"arbiter\",\n"
        "   \"arbiter\": \"board\", \"historical_until\": \"2024-01-01\",\n"
        "   \"witness_days\": 7},\n"
        " \"presupposes\": [{\"capability\": \"care-managers\", \"step\": 7},\n"
        "   {\"capability\": \"registry\"}],\n"
        " \"steps\": [{\"step\": \"expenditure@1\"}, {\"step\": \"target@1\"}, {\"step\": "
        "\"savings@1\"},\n"
        "  {\"step\": \"attribute@1\"},\n"
        "  {\"step\": \"corridor-gate@1\", \"minimum\": \"table\", \"first_dollar\": true, "
        "\"bands\": [\n"
        "    {\"from\": 1, \"through\": 4999, \"at_from\": \"5%\", \"at_through\": \"2%\"},\n"
        "    {\"from\": 5000, \"rate\": \"2%\"}]},\n"
        "  {\"step\": \"share@1\", \"up\": \"1/3\"},\n"
        "  {\"step\": \"sequester@1\", \"on\": \"both\", \"bands\": [{\"from\": \"2020-01-01\", "
        "\"rate\": \"0.02\"}]},\n"
        "  {\"step\": \"fee@1\", \"flat\": {\"amount\": \"12.50\", \"currency\": \"USD\"}, "
        "\"pmpm\": \"2.5\"},\n"
        "  {\"step\": \"measure@1\", \"measure\": \"cbp\", \"scale\": \"table\", "
        "\"most\": \"10\", \"bands\": [\n"
        "    {\"from\": \"0%\", \"to\": \"12.5%\", \"rate\": \"0\"},\n"
        "    {\"from\": \"0.125\", \"to\": \"33.3333333%\", \"at_from\": \"1\", \"at_to\": "
        "\"9.75\"},\n"
        "    {\"from\": \"33.3333333%\", \"rate\": \"10\"}]},\n"
        "  {\"step\": \"stop-loss@1\", \"to\": \"amount\", \"attach\": \"100000\", \"bands\": [\n"
        "    {\"from\": \"100000\", \"to\": \"250000.5\", \"rate\": \"80%\"},\n"
        "    {\"from\": \"250000.50\", \"rate\": \"100%\"}]},\n"
        "  {\"step\": \"post@1\", \"unit\": \"cent\"}]}\n";

START_TEST(terms_are_read)
{
        ck_assert_int_eq(terms_from_json(text_of(good), &terms, &to), 0);
        ck_assert_uint_eq(to.count, 0);
        ck_assert_str_eq(terms.contract.label.text, "c1");
        ck_assert_uint_eq(terms.version, 1);
        ck_assert_int_eq(terms.applies, APPLIES_CUT_MONTH);
        ck_assert_int_eq(terms.agreement.until, date_of(2026, 1, 1));
        ck_assert_uint_eq(terms.period_count, 2);
        ck_assert(!terms.segments[0].insured);
        ck_assert_int_eq(terms.rules[0].tolerance, 10000);
        ck_assert_int_eq(terms.rules[0].tolerance_share.den, 200);
        ck_assert_int_eq(terms.rules[1].tolerance, 5);
        ck_assert_int_eq(terms.rules[1].other, REPORT_NONE);
        ck_assert_uint_eq(terms.rules[0].window_days, 45);
        ck_assert_int_eq(terms.rules[0].materiality, 250000);
        ck_assert_uint_eq(terms.rules[0].tolerance_rows, 0);
        ck_assert_uint_eq(terms.rules[1].tolerance_rows, 12);
        ck_assert_int_eq(terms.rules[2].tolerance, 5000000);    /* billionths */
        ck_assert_uint_eq(terms.step_count, 11);
        ck_assert_uint_eq(terms.band_count, 8);
        ck_assert_int_eq(terms.bands[1].to, COUNT_MAX);
        ck_assert_int_eq(terms.bands[2].to, DATE_LAST);
        ck_assert_int_eq(step_param(&terms.steps[5], "up")->rate.den, 3);
        ck_assert_int_eq(step_param(&terms.steps[7], "flat")->cents, 1250);
        ck_assert_int_eq(step_param(&terms.steps[7], "pmpm")->cents, 250);
}
END_TEST

START_TEST(how_disputes_end_is_read)
{
        const struct reconciling *is = &terms.reconciling;

        ck_assert_int_eq(terms_from_json(text_of(good), &terms, &to), 0);
        ck_assert(is->is);
        ck_assert_uint_eq(is->dispute_days, 60);
        ck_assert_uint_eq(is->payment_days, 30);
        ck_assert_uint_eq(is->witness_days, 7);
        ck_assert_int_eq(is->decides, DECIDER_ARBITER);
        ck_assert_str_eq(is->arbiter.text, "board");
        ck_assert_int_eq(is->historical_until, date_of(2024, 1, 1));
}
END_TEST

START_TEST(what_is_presupposed_is_read)
{
        ck_assert_int_eq(terms_from_json(text_of(good), &terms, &to), 0);
        ck_assert_uint_eq(terms.presupposed_count, 2);
        ck_assert_uint_eq(terms.presupposes[0].kind, CAPABILITY_CARE_MANAGERS);
        ck_assert(terms.presupposes[0].has_step);
        ck_assert_uint_eq(terms.presupposes[0].step, 7);
        ck_assert_uint_eq(terms.presupposes[1].kind, CAPABILITY_REGISTRY);
        ck_assert(!terms.presupposes[1].has_step);
}
END_TEST

START_TEST(ends_of_bands_are_shares_and_money_too)
{
        const struct band *shares = &terms.bands[3], *money = &terms.bands[6];

        ck_assert_int_eq(terms_from_json(text_of(good), &terms, &to), 0);
        ck_assert_int_eq(shares[0].from, 0);
        ck_assert_int_eq(shares[0].to, SHARE_ONE / 8);
        ck_assert_int_eq(shares[1].from, SHARE_ONE / 8);
        ck_assert_int_eq(shares[1].to, 333333333);
        ck_assert_int_eq(shares[1].at_to.num, 39);
        ck_assert_int_eq(shares[1].at_to.den, 4);
        ck_assert_int_eq(shares[2].to, SHARE_MOST);
        ck_assert_int_eq(money[0].from, 10000000);
        ck_assert_int_eq(money[0].to, 25000050);
        ck_assert_int_eq(money[1].to, MONEY_MAX);
}
END_TEST

static char *written(const struct terms *from)
{
        own(json_object) struct json_object *document = NULL;

        ck_assert_int_eq(terms_to_json(from, &document), 0);
        return strdup(json_object_to_json_string_ext(document, JSON_C_TO_STRING_PRETTY));
}

START_TEST(what_is_written_reads_back)
{
        char *first, *second;

        ck_assert_int_eq(terms_from_json(text_of(good), &terms, &to), 0);
        first = written(&terms);
        ck_assert_int_eq(terms_from_json(text_of(first), &again, &to), 0);
        second = written(&again);
        ck_assert_str_eq(first, second);
        ck_assert_ptr_nonnull(strstr(first, "\"to\":\"33.3333333%\""));
        ck_assert_ptr_nonnull(strstr(first, "250000.50"));
        /* Names and numbers alike: padding is zeroed by the reader in both. */
        ck_assert_int_eq(memcmp(&terms, &again, sizeof(terms)), 0);
        free(first);
        free(second);
}
END_TEST

static const struct {
        const char *instead_of, *stands;
        int answer;
        const char *where, *says;
} faults[] = {
        { "accord.terms.v1", "accord.terms.v2", REFUSAL_BAD_VALUE, "/schema",
          "must be \"accord.terms.v1\"" },
        { "\"schema\": \"accord.terms.v1\", ", "", REFUSAL_BAD_VALUE, "/schema", "is missing" },
        { "plan/clinic/c1", "plan/clinic", REFUSAL_BAD_VALUE, "/contract", "three words" },
        { "\"title\": \"A", "\"tittle\": \"A", REFUSAL_BAD_VALUE, "/tittle", "not known here" },
        { "2023-12-01", "2023-13-01", REFUSAL_BAD_VALUE, "/signed_on", "YYYY-MM-DD" },
        { "\"cut_month\"", "\"sometimes\"", REFUSAL_BAD_VALUE, "/applies",
          "next_period, whole_period or cut_month" },
        { "\"binding\"", "true", REFUSAL_BAD_VALUE, "/standing", "text in quotes" },
        { "\"lookback_months\": 24", "\"lookback_months\": 121", REFUSAL_BAD_VALUE,
          "/lookback_months", "within 0 and 120" },
        { "\"lookback_months\": 24", "\"lookback_months\": \"24\"", REFUSAL_BAD_VALUE,
          "/lookback_months", "whole number" },
        { "\"through\": \"2025-12-31\"},\n \"periods\"",
          "\"through\": \"2023-12-31\"},\n \"periods\"", REFUSAL_BAD_VALUE, "/agreement",
          "must end on or after" },
        { "\"through\": \"2024-12-31\"", "\"until\": \"2024-12-31\"", REFUSAL_BAD_VALUE,
          "/periods/0/until", "not known here" },
        { "\"commercial\"", "\"retail\"", REFUSAL_BAD_VALUE, "/segments/0/business", "medicaid" },
        { "\"insured\": false", "\"insured\": 0", REFUSAL_BAD_VALUE, "/segments/0/insured",
          "true or false" },
        { "\"kind\": \"expenditure\"", "\"kind\": \"spending\"", REFUSAL_BAD_VALUE, "/rules/0/kind",
          "no kind of fact" },
        { "\"100.00\"", "100", REFUSAL_BAD_VALUE, "/rules/0/tolerance", "text in quotes" },
        { "\"100.00\"", "\"100.001\"", REFUSAL_BAD_VALUE, "/rules/0/tolerance", "parts of a cent" },
        { "\"window_days\": 45", "\"window_days\": 3661", REFUSAL_BAD_VALUE,
          "/rules/0/window_days", "within 0 and 3660" },
        { "\"2500.00\"", "2500", REFUSAL_BAD_VALUE, "/rules/0/materiality", "text in quotes" },
        { "\"tolerance_rows\": 12", "\"tolerance_rows\": -1", REFUSAL_BAD_VALUE,
          "/rules/1/tolerance_rows", "within 0" },
        { "\"tolerance\": \"0.5%\"", "\"tolerance\": \"1/3\"", REFUSAL_BAD_VALUE,
          "/rules/2/tolerance", "at most nine places" },
        { "\"dispute_days\": 60", "\"disputes\": 60", REFUSAL_BAD_VALUE, "/reconciling/disputes",
          "not known here" },
        { "\"payment_days\": 30", "\"payment_days\": 36600", REFUSAL_BAD_VALUE,
          "/reconciling/payment_days", "within 0 and 3660" },
        { "\"witness_days\": 7", "\"witness_days\": -1", REFUSAL_BAD_VALUE,
          "/reconciling/witness_days", "within 0 and 3660" },
        { "\"decides\": \"arbiter\"", "\"decides\": \"chance\"", REFUSAL_BAD_VALUE,
          "/reconciling/decides", "arbiter or of_record" },
        { "\"board\"", "\"the board\"", REFUSAL_BAD_VALUE, "/reconciling/arbiter", "one word" },
        { "\"historical_until\": \"2024-01-01\"", "\"historical_until\": 2024",
          REFUSAL_BAD_VALUE, "/reconciling/historical_until", "text in quotes" },
        { "\"care-managers\"", "\"helicopters\"", REFUSAL_BAD_VALUE,
          "/presupposes/0/capability", "no capability" },
        { "\"care-managers\"", "\"registry\"", REFUSAL_BAD_VALUE, "/presupposes/kind", "once" },
        { "\"step\": 7}", "\"step\": 11}", REFUSAL_BAD_VALUE, "/presupposes/step",
          "the place of a step" },
        { "\"step\": 7}", "\"stage\": 7}", REFUSAL_BAD_VALUE, "/presupposes/0/stage",
          "not known here" },
        { "share@1", "share@2", REFUSAL_BAD_VALUE, "/steps/5/step", "is no step" },
        { "share@1", "share", REFUSAL_BAD_VALUE, "/steps/5/step", "is no step" },
        { "\"up\": \"1/3\"", "\"ups\": \"1/3\"", REFUSAL_BAD_VALUE, "/steps/5/ups",
          "no parameter of share@1" },
        { "\"up\": \"1/3\"", "\"up\": 1", REFUSAL_BAD_VALUE, "/steps/5/up", "text in quotes" },
        { "\"up\": \"1/3\"", "\"up\": \"0.3333333333\"", REFUSAL_BAD_VALUE, "/steps/5/up",
          "nine decimals" },
        { "\"up\": \"1/3\"", "\"up\": \"4/3\"", REFUSAL_BAD_VALUE, "/steps/5",
          "share parameter up lies outside" },
        { ", \"up\": \"1/3\"", "", REFUSAL_BAD_TERMS, "/steps/5",
          "share parameter up must be given" },
        { "\"on\": \"both\"", "\"on\": \"all\"", REFUSAL_BAD_VALUE, "/steps/6/on",
          "gain|loss|both" },
        { "\"through\": 4999", "\"through\": 5000", REFUSAL_BAD_TERMS, "/steps/4",
          "do not overlap" },
        { "\"at_through\": \"2%\"", "\"rate\": \"2%\"", REFUSAL_BAD_VALUE, "/steps/4/bands/0",
          "not both" },
        { ", \"at_through\": \"2%\"", "", REFUSAL_BAD_VALUE, "/steps/4/bands/0/at_through",
          "is missing" },
        { "\"from\": \"2020-01-01\"", "\"from\": 2020", REFUSAL_BAD_VALUE, "/steps/6/bands/0/from",
          "text in quotes" },
        { "\"to\": \"12.5%\"", "\"through\": \"12.5%\"", REFUSAL_BAD_VALUE,
          "/steps/8/bands/0/through", "not known here" },
        { "\"to\": \"12.5%\"", "\"to\": \"1/3\"", REFUSAL_BAD_VALUE, "/steps/8/bands/0/to",
          "nine decimals" },
        { "\"to\": \"12.5%\"", "\"to\": 12", REFUSAL_BAD_VALUE, "/steps/8/bands/0/to",
          "text in quotes" },
        { "\"from\": \"0%\"", "\"from\": \"-1%\"", REFUSAL_BAD_VALUE, "/steps/8/bands/0/from",
          "at least 0%" },
        { "\"to\": \"12.5%\"", "\"to\": \"10001%\"", REFUSAL_BAD_VALUE, "/steps/8/bands/0/to",
          "at most 10000%" },
        { "\"to\": \"12.5%\"", "\"to\": \"12.6%\"", REFUSAL_BAD_TERMS, "/steps/8",
          "do not overlap" },
        { "\"to\": \"12.5%\"", "\"to\": \"12.4%\"", REFUSAL_BAD_TERMS, "/steps/8",
          "without gaps" },
        { "\"at_to\": \"9.75\"", "\"rate\": \"9.75\"", REFUSAL_BAD_VALUE, "/steps/8/bands/1",
          "at_from and at_to; not both" },
        { "\"to\": \"250000.5\"", "\"to\": \"25000.5%\"", REFUSAL_BAD_VALUE,
          "/steps/9/bands/0/to", "plain decimal" },
        { "\"to\": \"250000.5\"", "\"to\": \"250000.501\"", REFUSAL_BAD_VALUE,
          "/steps/9/bands/0/to", "parts of a cent" },
        { "\"currency\": \"USD\"", "\"currency\": \"EUR\"", REFUSAL_BAD_VALUE,
          "/steps/7/flat/currency", "must be USD" },
        { "  {\"step\": \"attribute@1\"},\n", "", REFUSAL_BAD_TERMS, "/steps/3",
          "corridor-gate needs the head count" },
        { "\"first_dollar\": true", "\"first_dollar\": \"yes\"", REFUSAL_BAD_VALUE,
          "/steps/4/first_dollar", "true or false" },
        { "\"steps\": [", "\"steps\": [[], ", REFUSAL_BAD_VALUE, "/steps/0",
          "must be a step in { }" },
        { "\"runout_months\": 3,", "\"runout_months\": 3.5,", REFUSAL_MALFORMED, "",
          "only whole numbers" },
        { "\"runout_months\": 3,", "\"runout_months\": 3, \"standing\": \"binding\",",
          REFUSAL_MALFORMED, "", "stands twice" },
};

/* @good with one thing in it replaced. */
static char *spoilt(const char *instead_of, const char *stands)
{
        const char *at = strstr(good, instead_of);
        char *text = malloc(sizeof(good) + strlen(stands));

        ck_assert_ptr_nonnull(at);
        memcpy(text, good, (size_t)(at - good));
        strcpy(text + (at - good), stands);
        strcat(text, at + strlen(instead_of));
        return text;
}

START_TEST(what_is_wrong_is_told_with_its_place)
{
        char *text = spoilt(faults[_i].instead_of, faults[_i].stands);

        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(terms_from_json(text_of(text), &terms, &to), faults[_i].answer);
        ck_assert_msg(complained(&to, faults[_i].where, faults[_i].says), "%s: have %s: %s",
                      faults[_i].where, to.list[0].where, to.list[0].says);
        free(text);
}
END_TEST

START_TEST(all_of_it_is_told_at_once)
{
        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(
                terms_from_json(
                        text_of("{\"schema\": \"x\", \"steps\": [{\"step\": \"magic@1\"}]}"),
                        &terms, &to),
                REFUSAL_BAD_VALUE);
        ck_assert(complained(&to, "/schema", "must be"));
        ck_assert(complained(&to, "/contract", "is missing"));
        ck_assert(complained(&to, "/agreement", "is missing"));
        ck_assert(complained(&to, "/standing", "is missing"));
        ck_assert(complained(&to, "/steps/0/step", "is no step"));
        ck_assert_int_eq(terms_from_json(text_of("[]"), &terms, &to), REFUSAL_BAD_VALUE);
}
END_TEST

/*
 * Every template, in every year it is for, makes terms that pass and that read back to themselves.
 */
START_TEST(every_template_makes_terms)
{
        const struct template_info *info;
        int count = 0;

        for (size_t i = 0; (info = template_at(i)); i++)
                for (int year = info->first_year; year <= info->last_year; year++) {
                        own(json_object) struct json_object *document = NULL;

                        memset(&to, 0, sizeof(to));
                        ck_assert_msg(template_example(info->name, year, &terms, &to) == 0,
                                      "%s %d: %s: %s", info->name, year, to.list[0].where,
                                      to.list[0].says);
                        ck_assert_int_eq(terms_to_json(&terms, &document), 0);
                        ck_assert_int_eq(terms_from_document(document, &again, &to), 0);
                        ck_assert_int_eq(memcmp(&terms, &again, sizeof(terms)), 0);
                        count++;
                }
        ck_assert_int_gt(count, 300);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("terms_json");

        tcase_set_timeout(tests, 120);
        tcase_add_test(tests, terms_are_read);
        tcase_add_test(tests, how_disputes_end_is_read);
        tcase_add_test(tests, what_is_presupposed_is_read);
        tcase_add_test(tests, ends_of_bands_are_shares_and_money_too);
        tcase_add_test(tests, what_is_written_reads_back);
        tcase_add_loop_test(tests, what_is_wrong_is_told_with_its_place, 0, COUNT_OF(faults));
        tcase_add_test(tests, all_of_it_is_told_at_once);
        tcase_add_test(tests, every_template_makes_terms);
        return run_case(tests, "terms_json");
}
