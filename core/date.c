/* SPDX-License-Identifier: Apache-2.0 */
#include "core/date.h"

#include "core/check.h"

/* Days from civil and back: the year is taken to begin in March, so a leap day comes last. */
date date_of(int year, int month, int day)
{
        int shifted = year - (month <= 2);
        int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        int of_era = shifted - era * 400;
        int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

        return era * 146097 + day_of_era - 719468;
}

void date_split(date day, int *ret_year, int *ret_month, int *ret_day)
{
        int shifted = day + 719468;
        int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
        int day_of_era = shifted - era * 146097;
        int leaps = day_of_era / 1460 - day_of_era / 36524 + day_of_era / 146096;
        int of_era = (day_of_era - leaps) / 365;
        int of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
        int month = (5 * of_year + 2) / 153;

        *ret_day = of_year - (153 * month + 2) / 5 + 1;
        *ret_month = month < 10 ? month + 3 : month - 9;
        *ret_year = of_era + era * 400 + (*ret_month <= 2);
}

static int month_length(int year, int month)
{
        int next_year = month == 12 ? year + 1 : year;
        int next_month = month == 12 ? 1 : month + 1;

        return date_of(next_year, next_month, 1) - date_of(year, month, 1);
}

static bool digits(const char *text, int count, int *ret)
{
        *ret = 0;
        for (int i = 0; i < count; i++) {
                if (text[i] < '0' || text[i] > '9')
                        return false;
                *ret = *ret * 10 + (text[i] - '0');
        }
        return true;
}

bool date_parse(struct bytes text, date *ret)
{
        const char *t = text.data;
        int year, month, day;

        *ret = DATE_NONE;
        if (text.size != 10 || t[4] != '-' || t[7] != '-' || !digits(t, 4, &year) ||
            !digits(t + 5, 2, &month) || !digits(t + 8, 2, &day))
                return false;
        if (month < 1 || month > 12 || day < 1 || day > month_length(year, month))
                return false;
        if (!date_valid(date_of(year, month, day)))
                return false;
        *ret = date_of(year, month, day);
        return true;
}

static void put_digits(char *to, int count, int value)
{
        for (int i = count - 1; i >= 0; i--, value /= 10)
                to[i] = (char)('0' + value % 10);
}

void date_print(date day, char ret_text[11])
{
        int year, month, of_month;

        assert(date_valid(day));
        date_split(day, &year, &month, &of_month);
        put_digits(ret_text, 4, year);
        ret_text[4] = '-';
        put_digits(ret_text + 5, 2, month);
        ret_text[7] = '-';
        put_digits(ret_text + 8, 2, of_month);
        ret_text[10] = '\0';
}

date date_add_months(date day, int months)
{
        int year, month, of_month, count, length;

        date_split(day, &year, &month, &of_month);
        count = year * 12 + (month - 1) + months;
        year = count / 12;
        month = count % 12 + 1;
        length = month_length(year, month);
        return date_of(year, month, of_month < length ? of_month : length);
}

bool date_valid(date day)
{
        return day >= DATE_FIRST && day <= DATE_LAST;
}

bool period_valid(struct period period)
{
        return date_valid(period.from) && date_valid(period.until) && period.from < period.until;
}

bool period_within(struct period inner, struct period outer)
{
        return inner.from >= outer.from && inner.until <= outer.until;
}

bool period_equal(struct period a, struct period b)
{
        return a.from == b.from && a.until == b.until;
}

int period_months(struct period period)
{
        int year, month, day, year_until, month_until, day_until;

        if (!period_valid(period))
                return 0;
        date_split(period.from, &year, &month, &day);
        date_split(period.until, &year_until, &month_until, &day_until);
        if (day != 1 || day_until != 1)
                return 0;
        return (year_until - year) * 12 + month_until - month;
}
