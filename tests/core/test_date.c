/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/date.h"
#include "tests/core/run.h"

static struct bytes text(const char *t)
{
        return (struct bytes) { t, strlen(t) };
}

START_TEST(every_day_goes_there_and_back)
{
        int year, month, of_month, last = 0;

        for (date day = DATE_FIRST; day <= DATE_LAST; day++) {
                char printed[11];
                date parsed;

                date_split(day, &year, &month, &of_month);
                ck_assert_int_eq(date_of(year, month, of_month), day);
                date_print(day, printed);
                ck_assert(date_parse(text(printed), &parsed));
                ck_assert_int_eq(parsed, day);
                if (of_month != 1)
                        ck_assert_int_eq(of_month, last + 1);
                last = of_month;
        }
        ck_assert_int_eq(date_of(1970, 1, 1), 0);
        ck_assert_int_eq(date_of(2000, 3, 1), 11017);
}
END_TEST

static const struct {
        const char *says, *text;
        bool good;
} texts[] = {
        { "a day", "2024-12-31", true },
        { "a leap day", "2024-02-29", true },
        { "a leap day of a century that has one", "2000-02-29", true },
        { "a leap day of a century that has none", "1900-02-29", false },
        { "a leap day of another year", "2023-02-29", false },
        { "the first day there is", "1900-01-01", true },
        { "the last day there is", "2100-12-31", true },
        { "a day too early", "1899-12-31", false },
        { "a day too late", "2101-01-01", false },
        { "month zero", "2024-00-10", false },
        { "month thirteen", "2024-13-10", false },
        { "day zero", "2024-01-00", false },
        { "the 31st of a short month", "2024-04-31", false },
        { "slashes", "2024/01/01", false },
        { "no leading zeros", "2024-1-1", false },
        { "something behind it", "2024-01-01 ", false },
        { "nothing", "", false },
        { "letters", "2o24-01-01", false },
        { "a sign", "-024-01-01", false },
};

START_TEST(days_parse)
{
        date day = 1;

        ck_assert_msg(date_parse(text(texts[_i].text), &day) == texts[_i].good, "%s",
                      texts[_i].says);
        if (!texts[_i].good)
                ck_assert_int_eq(day, DATE_NONE);
}
END_TEST

START_TEST(months_are_added_and_counted)
{
        const date first = date_of(2024, 1, 1);

        ck_assert_int_eq(date_add_months(date_of(2024, 1, 31), 1), date_of(2024, 2, 29));
        ck_assert_int_eq(date_add_months(date_of(2024, 1, 31), -2), date_of(2023, 11, 30));
        ck_assert_int_eq(date_add_months(first, 12), date_of(2025, 1, 1));
        ck_assert_int_eq(date_add_months(first, -1), date_of(2023, 12, 1));
        ck_assert_int_eq(period_months((struct period) { first, date_of(2025, 1, 1) }), 12);
        ck_assert_int_eq(
                period_months((struct period) { date_of(2023, 7, 1), date_of(2024, 1, 1) }), 6);
        ck_assert_int_eq(period_months((struct period) { first, date_of(2024, 12, 31) }), 0);
        ck_assert_int_eq(period_months((struct period) { first + 1, date_of(2025, 1, 1) }), 0);
        ck_assert_int_eq(period_months((struct period) { first, first }), 0);
}
END_TEST

START_TEST(periods_are_half_open)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };
        const struct period june = { date_of(2024, 6, 1), date_of(2024, 7, 1) };

        ck_assert(period_within(june, year));
        ck_assert(period_within(year, year));
        ck_assert(!period_within(year, june));
        ck_assert(period_equal(year, year));
        ck_assert(!period_equal(year, june));
        ck_assert(!period_valid((struct period) { june.from, june.from }));
        ck_assert(!period_valid((struct period) { DATE_NONE, june.from }));
        ck_assert(!period_valid((struct period) { june.from, DATE_LAST + 1 }));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("date");

        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, every_day_goes_there_and_back);
        tcase_add_loop_test(tests, days_parse, 0, COUNT_OF(texts));
        tcase_add_test(tests, months_are_added_and_counted);
        tcase_add_test(tests, periods_are_half_open);
        return run_case(tests, "date");
}
