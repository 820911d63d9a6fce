/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "clients/report_json.h"
#include "clients/template.h"
#include "tests/clients/run.h"

static struct complaints to;
static struct report report;

static const char good[] =
        "{\"schema\": \"accord.report.v1\", \"contract\": \"plan/clinic/c1\", \"segment\": "
        "\"hmo\",\n"
        " \"period\": {\"from\": \"2024-01-01\", \"through\": \"2024-12-31\"}, \"paid_through\": "
        "\"2025-03-31\",\n"
        " \"figures\": [\n"
        "  {\"kind\": \"expenditure\", \"value\": \"-12.50\"},\n"
        "  {\"kind\": \"head_count\", \"value\": 15000, \"supersedes\": 42, \"says\": \"a "
        "note\"},\n"
        "  {\"kind\": \"quality_standard_met\", \"value\": true, \"segment\": \"\"},\n"
        "  {\"kind\": \"measure_numerator\", \"item\": \"cbp\", \"value\": \"280\", "
        "\"paid_through\": \"\",\n"
        "   \"period\": {\"from\": \"2024-01-01\", \"through\": \"2024-06-30\"}},\n"
        "  {\"kind\": \"all_source_revenue\", \"value\": \"5\", \"segment\": \"\"}]}\n";

START_TEST(a_report_in_json)
{
        const struct fact_event *f;

        ck_assert_int_eq(report_from_text(text_of(good), &report, &to), 0);
        ck_assert_uint_eq(report.rejected, 0);
        ck_assert_uint_eq(report.count, 5);
        ck_assert_str_eq(report.contract.label.text, "c1");
        f = report.figures;
        ck_assert_int_eq(f[0].key.kind, FACT_EXPENDITURE);
        ck_assert_int_eq(f[0].value.num, -1250);
        ck_assert_str_eq(f[0].key.segment.text, "hmo");
        ck_assert_int_eq(f[0].key.period.until, date_of(2025, 1, 1));
        ck_assert_int_eq(f[0].key.paid_through, date_of(2025, 3, 31));
        ck_assert(!f[0].has_supersedes);
        ck_assert_int_eq(f[1].value.num, 15000);
        ck_assert_uint_eq(f[1].supersedes, 42);
        ck_assert_int_eq(f[2].value.num, 1);
        ck_assert_str_eq(f[2].key.segment.text, "");
        ck_assert_str_eq(f[3].key.item.text, "cbp");
        ck_assert_int_eq(f[3].key.paid_through, DATE_NONE);
        ck_assert_int_eq(f[3].key.period.until, date_of(2024, 7, 1));
        ck_assert_int_eq(f[4].key.scope, SCOPE_PARTY);
        report_free(&report);
}
END_TEST

static const struct {
        const char *figure, *where, *says;
} wrong_figures[] = {
        { "{\"kind\": \"expenditure\", \"value\": \"\"}", "/figures/0/value", "is empty" },
        { "{\"kind\": \"expenditure\"}", "/figures/0/value", "is missing" },
        { "{\"kind\": \"expenditure\", \"value\": \"1.234\"}", "/figures/0/value",
          "parts of a cent" },
        { "{\"kind\": \"expenditure\", \"value\": true}", "/figures/0/value", "no plain decimal" },
        { "{\"kind\": \"spending\", \"value\": \"1\"}", "/figures/0/kind", "no kind of fact" },
        { "{\"value\": \"1\"}", "/figures/0/kind", "is missing" },
        { "{\"kind\": \"quality_score\", \"value\": \"1.5\"}", "/figures/0/value",
          "above the most" },
        { "{\"kind\": \"benchmark\", \"value\": \"-1\"}", "/figures/0/value", "below the least" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"item\": \"A b\"}", "/figures/0/item",
          "one word" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"segment\": \"A\"}", "/figures/0/segment",
          "one word" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"paid_through\": \"soon\"}",
          "/figures/0/paid_through", "a day" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"supersedes\": \"x\"}",
          "/figures/0/supersedes", "the log entry" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"supersedes\": -1}",
          "/figures/0/supersedes", "the log entry" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"amount\": 1}", "/figures/0/amount",
          "not known here" },
        { "{\"kind\": \"benchmark\", \"value\": \"1\", \"period\": {\"from\": \"2024-01-01\", "
          "\"through\": \"2023-12-30\"}}",
          "/figures/0/through", "on or after" },
        { "7", "/figures/0", "must be an object" },
};

START_TEST(bad_figures_are_rejected_and_good_ones_kept)
{
        char text[1024];

        memset(&to, 0, sizeof(to));
        snprintf(text, sizeof(text),
                 "{\"schema\": \"accord.report.v1\", \"period\": {\"from\": \"2024-01-01\", "
                 "\"through\": \"2024-12-31\"},"
                 " \"figures\": [%s, {\"kind\": \"head_count\", \"value\": \"7\"}]}",
                 wrong_figures[_i].figure);
        ck_assert_int_eq(report_from_text(text_of(text), &report, &to), 0);
        ck_assert_uint_eq(report.rejected, 1);
        ck_assert_uint_eq(report.count, 1);
        ck_assert_uint_eq(report.lines[0], 2);
        ck_assert_int_eq(report.figures[0].key.kind, FACT_HEAD_COUNT);
        ck_assert_msg(complained(&to, wrong_figures[_i].where, wrong_figures[_i].says),
                      "have %s: %s", to.list[0].where, to.list[0].says);
        report_free(&report);
}
END_TEST

static const char *const no_reports[] = {
        "",
        "{}",
        "{\"schema\": \"accord.report.v1\"}",
        "{\"schema\": \"accord.terms.v1\", \"figures\": []}",
        "{\"schema\": \"accord.report.v1\", \"figures\": {}}",
        "{\"schema\": \"accord.report.v1\", \"contract\": \"x\", \"figures\": []}",
        "{\"schema\": \"accord.report.v1\", \"figures\": [], \"more\": 1}",
        "{\"schema\": \"accord.report.v1\", \"figures\": [0.5]}",
        "kind,from\nx,y\n",
        "kind,from,through,value,price\n",
        "kind,from,through,value\n\"a\"b,c,d,e\n",
        "kind,from,through,value\n\"open,c,d,e\n",
};

START_TEST(what_is_no_report_is_refused)
{
        memset(&to, 0, sizeof(to));
        ck_assert_msg(report_from_text(text_of(no_reports[_i]), &report, &to) == REFUSAL_MALFORMED,
                      "%s", no_reports[_i]);
        ck_assert_uint_gt(to.count, 0);
        report_free(&report);
}
END_TEST

START_TEST(a_report_in_csv)
{
        static const char csv[] =
                "\xef\xbb\xbf"
                "contract,segment,kind,item,from,through,paid_through,value,supersedes\r\n"
                "plan/clinic/c1,,expenditure,,2024-01-01,2024-12-31,2025-03-31,\"1234.56\",\r\n"
                "\r\n"
                ",,quality_score,,2024-01-01,2024-12-31,,92.17%,7\r\n"
                "plan/clinic/c2,,head_count,,2024-01-01,2024-12-31,,5,\r\n"
                ",hmo,head_count,,2024-01-01,2024-12-31,,5.5,\r\n"
                ",,head_count,\"a\nb\",2024-01-01,2024-12-31,,5,\r\n"
                ",,head_count,,2024-01-01,2024-12-31,,6\r\n";

        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(report_from_text(text_of(csv), &report, &to), 0);
        ck_assert_uint_eq(report.count, 3);
        ck_assert_uint_eq(report.rejected, 3);
        ck_assert_str_eq(report.contract.label.text, "c1");
        ck_assert_int_eq(report.figures[0].value.num, 123456);
        ck_assert_int_eq(report.figures[1].value.num, 9217);
        ck_assert_uint_eq(report.figures[1].supersedes, 7);
        ck_assert_uint_eq(report.lines[1], 4);
        ck_assert_uint_eq(report.lines[2], 9);
        ck_assert(complained(&to, "contract", "another contract"));
        ck_assert_uint_eq(to.list[0].line, 5);
        ck_assert(complained(&to, "value", "whole number"));
        ck_assert_uint_eq(to.list[1].line, 6);
        ck_assert(complained(&to, "item", "one word"));
        ck_assert_uint_eq(to.list[2].line, 7);
        report_free(&report);
}
END_TEST

START_TEST(a_row_too_wide_spoils_the_file)
{
        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(report_from_text(text_of("kind,from,through,value\n"
                                                  "head_count,2024-01-01,2024-12-31,5,6\n"
                                                  "head_count,2024-01-01,2024-12-31,5\n"),
                                          &report, &to),
                         REFUSAL_MALFORMED);
        ck_assert_uint_eq(to.count, 1);
        ck_assert_uint_eq(to.list[0].line, 2);
        report_free(&report);
        ck_assert_int_eq(report_from_csv((struct bytes) { "kind\0", 5 }, &report, &to),
                         REFUSAL_MALFORMED);
        report_free(&report);
}
END_TEST

/* What the template asks a side for, filled in, is a report. */
START_TEST(an_empty_report_asks_for_what_is_read)
{
        static const struct template_setting settings[] = { { "bearer", "plan" },
                                                            { "earner", "clinic" } };
        static struct terms terms;
        own(json_object) struct json_object *document = NULL;
        const char *text;
        char csv[4096] = "";
        FILE *stream = fmemopen(csv, sizeof(csv) - 1, "w");

        ck_assert_int_eq(
                template_terms("commercial-shared-savings", 2024, settings, 2, &terms, &to), 0);
        ck_assert_int_eq(report_template_json(&terms, terms.periods[0], SIDE_EARNER, &document), 0);
        text = json_object_to_json_string(document);
        ck_assert_ptr_nonnull(strstr(text, "\"measure_numerator\""));
        ck_assert_ptr_nonnull(strstr(text, "\"head_count\"")); /* both sides must report it */
        ck_assert_ptr_null(strstr(text, "\"benchmark\""));
        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(report_from_text(text_of(text), &report, &to), 0);
        ck_assert_uint_eq(report.count, 0);
        ck_assert_uint_eq(report.rejected, 9);
        ck_assert(complained(&to, "/figures/0/value", "is empty"));
        report_free(&report);

        ck_assert_int_eq(report_template_csv(&terms, terms.periods[0], SIDE_EARNER, stream), 0);
        fclose(stream);
        ck_assert_int_eq(strncmp(csv, report_csv_header(), strlen(report_csv_header())), 0);
        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(report_from_text(text_of(csv), &report, &to), 0);
        ck_assert_uint_eq(report.rejected, 9);
        report_free(&report);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("report");

        tcase_add_test(tests, a_report_in_json);
        tcase_add_loop_test(tests, bad_figures_are_rejected_and_good_ones_kept, 0,
                            COUNT_OF(wrong_figures));
        tcase_add_loop_test(tests, what_is_no_report_is_refused, 0, COUNT_OF(no_reports));
        tcase_add_test(tests, a_report_in_csv);
        tcase_add_test(tests, a_row_too_wide_spoils_the_file);
        tcase_add_test(tests, an_empty_report_asks_for_what_is_read);
        return run_case(tests, "report");
}
