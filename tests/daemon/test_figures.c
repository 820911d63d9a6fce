/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted and told without any socket: commits by the minute, clocks, limits of the log. */
#include <string.h>

#include "daemon/clock.h"
#include "daemon/figures.h"
#include "daemon/log.h"
#include "daemon/stat_json.h"
#include "tests/daemon/run.h"

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)

static struct figures figures;

static void reset(void)
{
        memset(&figures, 0, sizeof(figures));
}

START_TEST(nothing_counted_is_nothing_told)
{
        struct figures_minute minute = figures_minute(&figures, 1000 * SECOND);

        ck_assert_uint_eq(minute.commits, 0);
        ck_assert_uint_eq(minute.p50, 0);
        ck_assert_uint_eq(minute.p99, 0);
}
END_TEST

/* Bounds from above, never more than a quarter of an octave too high. */
START_TEST(a_percentile_is_close_to_what_was_measured)
{
        struct figures_minute minute;

        for (uint64_t us = 1; us <= 1000; us++)
                figures_commit(&figures, 100 * SECOND, us, 1);
        minute = figures_minute(&figures, 100 * SECOND);
        ck_assert_uint_eq(minute.commits, 1000);
        ck_assert_uint_ge(minute.p50, 500);
        ck_assert_uint_le(minute.p50, 625);
        ck_assert_uint_ge(minute.p99, 990);
        ck_assert_uint_le(minute.p99, 1238);
}
END_TEST

START_TEST(one_commit_of_any_length_is_its_own_percentile)
{
        static const uint64_t lengths[] = { 0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 1000, 999999, 9999999 };
        struct figures_minute minute;

        for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
                reset();
                figures_commit(&figures, SECOND, lengths[i], 3);
                minute = figures_minute(&figures, SECOND);
                ck_assert_uint_eq(minute.p50, minute.p99);
                ck_assert_uint_ge(minute.p50, lengths[i]);
                ck_assert_uint_le(minute.p50, lengths[i] + lengths[i] / 4);
        }
        figures_commit(&figures, SECOND, UINT64_MAX, 1);
        ck_assert_uint_gt(figures_minute(&figures, SECOND).p99, 10000000);
}
END_TEST

START_TEST(a_minute_forgets_what_was_before_it)
{
        struct figures_minute minute;

        figures_commit(&figures, 100 * SECOND, 10, 7);
        figures_commit(&figures, 159 * SECOND, 10, 9);
        minute = figures_minute(&figures, 159 * SECOND);
        ck_assert_uint_eq(minute.commits, 2);
        ck_assert_uint_eq(minute.taken, 16);
        ck_assert_uint_eq(minute.largest, 9);
        ck_assert_uint_eq(figures_minute(&figures, 160 * SECOND).commits, 1);
        figures_commit(&figures, 219 * SECOND, 10, 1);
        ck_assert_uint_eq(figures_minute(&figures, 219 * SECOND).commits, 1);
        ck_assert_uint_eq(figures.commits, 3);
}
END_TEST

static const struct {
        const char *says;
        int64_t wall, steady, last_entry;
        bool believed;
} clocks[] = {
        { "both went an hour", 10 * HOUR, HOUR, 9 * HOUR, true },
        { "the wall stands back", 8 * HOUR, HOUR, 9 * HOUR, true },
        { "it jumped half an hour", 9 * HOUR + HOUR / 2, 0, 9 * HOUR, true },
        { "it jumped an hour", 10 * HOUR, 0, 9 * HOUR, true },
        { "it jumped more than an hour", 10 * HOUR + 1, 0, 9 * HOUR, false },
        { "it jumped, and so had the ledger", 19 * HOUR, 0, 18 * HOUR, true },
        { "the ledger is old, and the time has passed", 19 * HOUR, 10 * HOUR, 0, true },
        { "years", 90000 * HOUR, HOUR, 9 * HOUR, false },
};

/* The daemon started at nine by the wall, at nought by the other. */
START_TEST(a_clock_that_jumped_ahead_is_not_believed)
{
        const struct clock clock = { .wall_start = 9 * HOUR, .steady_start = 0 };

        ck_assert_msg(clock_believed(&clock, clocks[_i].wall, clocks[_i].steady,
                                     clocks[_i].last_entry) == clocks[_i].believed,
                      "%s", clocks[_i].says);
}
END_TEST

START_TEST(what_others_can_cause_is_logged_so_many_times_a_minute_for_each)
{
        static struct log log;
        uint32_t withheld;

        for (int i = 0; i < LOG_BURST; i++)
                ck_assert(log_allows(&log, MESSAGE_REFUSED, "acme/one", SECOND, &withheld));
        for (int i = 0; i < 5; i++)
                ck_assert(!log_allows(&log, MESSAGE_REFUSED, "acme/one", SECOND, &withheld));
        ck_assert(log_allows(&log, MESSAGE_REFUSED, "acme/two", SECOND, &withheld));
        ck_assert(log_allows(&log, MESSAGE_TOPIC_REFUSED, "acme/one", SECOND, &withheld));
        ck_assert_uint_eq(withheld, 0);
        ck_assert(log_allows(&log, MESSAGE_REFUSED, "acme/one", SECOND + LOG_WINDOW_US, &withheld));
        ck_assert_uint_eq(withheld, 5);
        ck_assert_uint_eq(log.withheld, 5);
        for (int i = 0; i < 100; i++)
                ck_assert(log_allows(&log, MESSAGE_ADMITTED, NULL, SECOND, &withheld));
}
END_TEST

START_TEST(every_message_has_an_id_of_its_own)
{
        struct log_message a, b;

        for (size_t i = 0; log_message(i, &a); i++) {
                ck_assert_uint_eq(strlen(a.id), 32);
                ck_assert_uint_eq(strspn(a.id, "0123456789abcdef"), 32);
                for (size_t j = 0; j < i; j++) {
                        ck_assert(log_message(j, &b));
                        ck_assert_str_ne(a.id, b.id);
                        ck_assert_str_ne(a.says, b.says);
                }
        }
}
END_TEST

/* Only its shape is looked at here; a parser of JSON takes it in the test of the whole. */
START_TEST(statistics_of_a_hub_that_is_down_are_those_of_its_ledger)
{
        static char text[STAT_JSON_MAX];
        struct sink sink = sink_on(text, sizeof(text) - 1);
        const struct stat_report report = {
                .hub_name = "a \"quoted\"\nname", .now = INT64_C(1700000000123456),
                .ledger = { .entries = 7, .debits_pending = -150, .last_time = -1,
                            .open = { .disputes_open = 3, .held_cents = 450 },
                            .payments_due = 2 },
        };

        ck_assert_int_eq(stat_json(&sink, &report), 0);
        text[sink.size] = '\0';
        ck_assert_ptr_nonnull(strstr(text, "\"schema\":\"accord.stat.v1\""));
        ck_assert_ptr_nonnull(strstr(text, "\"time\":\"2023-11-14T22:13:20.123456Z\""));
        ck_assert_ptr_nonnull(strstr(text, "a \\u0022quoted\\u0022\\u000aname"));
        ck_assert_ptr_nonnull(strstr(text, "\"running\":false"));
        ck_assert_ptr_nonnull(strstr(text, "\"entries\":7"));
        ck_assert_ptr_nonnull(strstr(text, "\"last_time\":null"));
        ck_assert_ptr_nonnull(strstr(text, "\"open\":{\"disputes_open\":3,"));
        ck_assert_ptr_nonnull(strstr(text, "\"held_cents\":450,"));
        ck_assert_ptr_nonnull(strstr(text, ",\"payments_due\":2}"));
        ck_assert_ptr_nonnull(strstr(text, "{\"amount\":\"-1.50\",\"currency\":\"USD\"}"));
        ck_assert_ptr_null(strstr(text, "\"process\""));
        sink = sink_on(text, 100);
        ck_assert_int_lt(stat_json(&sink, &report), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("figures");

        tcase_add_checked_fixture(tests, reset, NULL);
        tcase_add_test(tests, nothing_counted_is_nothing_told);
        tcase_add_test(tests, a_percentile_is_close_to_what_was_measured);
        tcase_add_test(tests, one_commit_of_any_length_is_its_own_percentile);
        tcase_add_test(tests, a_minute_forgets_what_was_before_it);
        tcase_add_loop_test(tests, a_clock_that_jumped_ahead_is_not_believed, 0, COUNT_OF(clocks));
        tcase_add_test(tests, what_others_can_cause_is_logged_so_many_times_a_minute_for_each);
        tcase_add_test(tests, every_message_has_an_id_of_its_own);
        tcase_add_test(tests, statistics_of_a_hub_that_is_down_are_those_of_its_ledger);
        return run_case(tests, "figures", 20);
}
