/* SPDX-License-Identifier: Apache-2.0 */
/* Days, periods and moments, both ways. */
#include "clients/look.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SECOND INT64_C(1000000)
#define DAY (INT64_C(86400) * SECOND)

char *look_time(instant time, char ret[LOOK_MAX])
{
        int64_t day = time / DAY - (time % DAY < 0), rest = time - day * DAY;
        int64_t seconds = rest / SECOND, fraction = rest % SECOND;
        char text[11] = "?", decimals[16] = "";

        if (day >= DATE_FIRST && day <= DATE_LAST)
                date_print((date)day, text);
        if (fraction)
                snprintf(decimals, sizeof(decimals), ".%06" PRId64, fraction);
        snprintf(ret, LOOK_MAX, "%sT%02" PRId64 ":%02" PRId64 ":%02" PRId64 "%sZ", text,
                 seconds / 3600, seconds / 60 % 60, seconds % 60, decimals);
        return ret;
}

char *look_minute(instant time, char ret[LOOK_MAX])
{
        look_time(time, ret);
        ret[strcspn(ret, "T")] = ' ';
        snprintf(ret + 16, LOOK_MAX - 16, " UTC");
        return ret;
}

/* Exactly @count digits; -1 when they are not. */
static int64_t digits(const char *text, size_t count)
{
        int64_t number = 0;

        for (size_t i = 0; i < count; i++) {
                if (text[i] < '0' || text[i] > '9')
                        return -1;
                number = number * 10 + (text[i] - '0');
        }
        return number;
}

/* ".5", ".000123": microseconds, or -1. */
static int64_t fraction_parse(const char *text, size_t size)
{
        int64_t number = digits(text + 1, size - 1);

        if (size < 2 || size > 7 || number < 0)
                return -1;
        for (size_t i = size; i < 7; i++)
                number *= 10;
        return number;
}

bool time_parse(const char *text, instant *ret)
{
        int64_t hour, minute, second, fraction = 0;
        size_t size = strlen(text);
        date day;

        if (size < 10 || !date_parse((struct bytes) { text, 10 }, &day))
                return false;
        *ret = day * DAY;
        if (size == 10)
                return true;
        if (size < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
            text[size - 1] != 'Z')
                return false;
        hour = digits(text + 11, 2);
        minute = digits(text + 14, 2);
        second = digits(text + 17, 2);
        if (size > 20)
                fraction = text[19] == '.' ? fraction_parse(text + 19, size - 20) : -1;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
            fraction < 0)
                return false;
        *ret += ((hour * 60 + minute) * 60 + second) * SECOND + fraction;
        return true;
}

/* The calendar months from @first on: is that the period? */
static bool is_months(struct period period, date first, int months)
{
        return period.from == first && period.until == date_add_months(first, months);
}

char *look_period(struct period period, char ret[LOOK_MAX])
{
        char from[11], through[11];
        int year, month, day;

        date_split(period.from, &year, &month, &day);
        if (is_months(period, date_of(year, 1, 1), 12)) {
                snprintf(ret, LOOK_MAX, "%d", year);
        } else if (day == 1 && month % 3 == 1 && is_months(period, period.from, 3)) {
                snprintf(ret, LOOK_MAX, "%dQ%d", year, month / 3 + 1);
        } else if (day == 1 && is_months(period, period.from, 1)) {
                snprintf(ret, LOOK_MAX, "%d-%02d", year, month);
        } else {
                date_print(period.from, from);
                date_print(period.until - 1, through);
                snprintf(ret, LOOK_MAX, "%s..%s", from, through);
        }
        return ret;
}

static bool months_from(int64_t year, int64_t month, int count, struct period *ret)
{
        if (year < 1900 || year > 2099 || month < 1 || month > 12)
                return false;
        ret->from = date_of((int)year, (int)month, 1);
        ret->until = date_add_months(ret->from, count);
        return true;
}

bool period_parse(const char *text, struct period *ret)
{
        size_t size = strlen(text);

        if (size == 4)
                return months_from(digits(text, 4), 1, 12, ret);
        if (size == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4')
                return months_from(digits(text, 4), 3 * (text[5] - '1') + 1, 3, ret);
        if (size == 7 && text[4] == '-')
                return months_from(digits(text, 4), digits(text + 5, 2), 1, ret);
        if (size != 22 || memcmp(text + 10, "..", 2) != 0 ||
            !date_parse((struct bytes) { text, 10 }, &ret->from) ||
            !date_parse((struct bytes) { text + 12, 10 }, &ret->until))
                return false;
        ret->until++;
        return period_valid(*ret);
}
