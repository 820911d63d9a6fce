/* SPDX-License-Identifier: Apache-2.0 */
/* Figures, periods and moments: as people see them, and back. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "clients/cli.h"
#include "clients/look.h"
#include "clients/page.h"

#define MOST (((wide)1 << 126) - 1 + ((wide)1 << 126))
#define APPROXIMATELY "\xe2\x89\x88 "

static const struct {
        const char *says;
        enum unit unit;
        wide num, den;
        const char *look, *plain;
} figures[] = {
        { "money has separators and cents", UNIT_CENTS, 400701100, 1, "$ 4,007,011.00",
          "4007011.00" },
        { "a loss has its sign before the unit", UNIT_CENTS, -5, 1, "-$ 0.05", "-0.05" },
        { "nothing is nothing", UNIT_CENTS, 0, 1, "$ 0.00", "0.00" },
        { "a fraction of a cent is rounded and marked", UNIT_CENTS, 1001, 2,
          APPROXIMATELY "$ 5.01", "5.01" },
        { "half a cent goes away from zero", UNIT_CENTS, -1, 2, APPROXIMATELY "-$ 0.01", "-0.01" },
        { "the most there can be", UNIT_CENTS, MOST, 1,
          "$ 1,701,411,834,604,692,317,316,873,037,158,841,057.27",
          "1701411834604692317316873037158841057.27" },
        { "a rate is a percentage", UNIT_RATE, 1, 2, "50 %", "0.5" },
        { "a rate keeps the decimals it has", UNIT_RATE, 9217, 10000, "92.17 %", "0.9217" },
        { "a rate that decimals cannot say is marked", UNIT_RATE, 1, 3,
          APPROXIMATELY "33.3333 %", "1/3" },
        { "and rounded, not cut", UNIT_RATE, 2, 3, APPROXIMATELY "66.6667 %", "2/3" },
        { "nines carry over", UNIT_RATE, 99999999, 100000001, APPROXIMATELY "100.0000 %",
          "99999999/100000001" },
        { "a negative rate", UNIT_RATE, -1, 8, "-12.5 %", "-0.125" },
        { "a rate of nearly 128 bits", UNIT_RATE, MOST - 1, MOST, APPROXIMATELY "100.0000 %",
          "170141183460469231731687303715884105726/170141183460469231731687303715884105727" },
        { "a count has separators", UNIT_COUNT, 1234567, 1, "1,234,567", "1234567" },
        { "person-years have decimals", UNIT_COUNT, 41, 4, "10.25", "10.25" },
        { "a flag", UNIT_FLAG, 1, 1, "yes", "yes" },
        { "a day", UNIT_DATE, 20376, 1, "2025-10-15", "2025-10-15" },
        { "no day at all", UNIT_DATE, 1, 7, "?", "?" },
};

START_TEST(figure)
{
        const struct exact exact = { figures[_i].num, figures[_i].den };
        char text[LOOK_MAX];

        ck_assert_msg(strcmp(look_figure(exact, figures[_i].unit, text), figures[_i].look) == 0,
                      "%s: %s", figures[_i].says, text);
        ck_assert_msg(strcmp(look_plain(exact, figures[_i].unit, text), figures[_i].plain) == 0,
                      "%s: %s", figures[_i].says, text);
}
END_TEST

START_TEST(what_is_marked_has_its_fraction)
{
        char text[LOOK_MAX];

        ck_assert_str_eq(look_exactly((struct exact) { 1000, 3 }, UNIT_CENTS, text),
                         "1,000/3 cents");
        ck_assert_str_eq(look_exactly((struct exact) { -2, 3 }, UNIT_RATE, text), "-2/3");
        ck_assert_str_eq(look_exactly((struct exact) { 1, 2 }, UNIT_RATE, text), "");
}
END_TEST

/* from, until: days as date_of() takes them; the text is what it looks like, and reads back. */
static const struct {
        const char *text;
        int from[3], until[3];
} periods[] = {
        { "2025", { 2025, 1, 1 }, { 2026, 1, 1 } },
        { "2024Q1", { 2024, 1, 1 }, { 2024, 4, 1 } },
        { "2025Q4", { 2025, 10, 1 }, { 2026, 1, 1 } },
        { "2024-02", { 2024, 2, 1 }, { 2024, 3, 1 } },
        { "2025-12", { 2025, 12, 1 }, { 2026, 1, 1 } },
        { "2025-01-01..2025-10-31", { 2025, 1, 1 }, { 2025, 11, 1 } },
        { "2025-02-28..2025-02-28", { 2025, 2, 28 }, { 2025, 3, 1 } },
};

START_TEST(period)
{
        const int *from = periods[_i].from, *until = periods[_i].until;
        const struct period want = { date_of(from[0], from[1], from[2]),
                                     date_of(until[0], until[1], until[2]) };
        struct period read = { 0 };
        char text[LOOK_MAX];

        ck_assert(period_parse(periods[_i].text, &read));
        ck_assert(period_equal(read, want));
        ck_assert_str_eq(look_period(want, text), periods[_i].text);
}
END_TEST

static const char *const no_periods[] = {
        "", "25", "2025Q5", "2025Q0", "2025-13", "2025-00", "2025-1", "1899", "2025-01-01",
        "2025-01-02..2025-01-01", "2025-02-29..2025-03-01", "2025Q1x", "2025-01-01..2025-10-311",
};

START_TEST(no_period)
{
        struct period read;

        ck_assert_msg(!period_parse(no_periods[_i], &read), "%s", no_periods[_i]);
}
END_TEST

START_TEST(moments_read_back)
{
        static const char *const texts[] = {
                "2025-01-31T08:15:00Z", "1970-01-01T00:00:00.000001Z", "1969-12-31T23:59:59Z",
                "2100-12-31T23:59:59.999999Z",
        };
        char text[LOOK_MAX];
        instant time;

        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
                ck_assert(time_parse(texts[i], &time));
                ck_assert_str_eq(look_time(time, text), texts[i]);
        }
        ck_assert(time_parse("2025-01-31", &time));
        ck_assert_str_eq(look_time(time, text), "2025-01-31T00:00:00Z");
        ck_assert(time_parse("2025-01-31T08:15:00.5Z", &time));
        ck_assert_str_eq(look_time(time, text), "2025-01-31T08:15:00.500000Z");
}
END_TEST

static const char *const no_moments[] = {
        "", "2025", "2025-01-31T", "2025-01-31T08:15:00", "2025-01-31T24:00:00Z",
        "2025-01-31T08:60:00Z", "2025-01-31 08:15:00Z", "2025-01-31T08:15:00.Z",
        "2025-01-31T08:15:00.1234567Z", "2025-01-31T08:15:00+01:00", "2025-02-30",
};

START_TEST(no_moment)
{
        instant time;

        ck_assert_msg(!time_parse(no_moments[_i], &time), "%s", no_moments[_i]);
}
END_TEST

START_TEST(durations)
{
        ck_assert_int_eq(duration_parse("5s"), 5000);
        ck_assert_int_eq(duration_parse("500ms"), 500);
        ck_assert_int_eq(duration_parse("2m"), 120000);
        ck_assert_int_eq(duration_parse("3"), 3000);
        ck_assert_int_eq(duration_parse("-1s"), -1);
        ck_assert_int_eq(duration_parse("s"), -1);
        ck_assert_int_eq(duration_parse("5h"), -1);
        ck_assert_int_eq(duration_parse("99999999999999999999s"), -1);
}
END_TEST

START_TEST(others_words_do_not_drive_the_terminal)
{
        char text[] = "a\x1b[2Jb\x7f" "c\xc2\x9b" "d \xc3\xa9\n";

        ck_assert_str_eq(make_harmless(text), "a?[2Jb?c??d \xc3\xa9\n");
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("look");
        TCase *tests = tcase_create("look");
        SRunner *runner;
        int failed;

        tcase_add_loop_test(tests, figure, 0, sizeof(figures) / sizeof(figures[0]));
        tcase_add_test(tests, what_is_marked_has_its_fraction);
        tcase_add_loop_test(tests, period, 0, sizeof(periods) / sizeof(periods[0]));
        tcase_add_loop_test(tests, no_period, 0, sizeof(no_periods) / sizeof(no_periods[0]));
        tcase_add_test(tests, moments_read_back);
        tcase_add_loop_test(tests, no_moment, 0, sizeof(no_moments) / sizeof(no_moments[0]));
        tcase_add_test(tests, durations);
        tcase_add_test(tests, others_words_do_not_drive_the_terminal);
        suite_add_tcase(suite, tests);
        runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
