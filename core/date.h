/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Civil days as values: days since 1970-01-01 in the proleptic Gregorian calendar.
 * No time zone, no clock.
 */
#ifndef ACCORD_CORE_DATE_H
#define ACCORD_CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

typedef int32_t date;           /* days since 1970-01-01 */

#define DATE_NONE INT32_MIN
#define DATE_FIRST (-25567)     /* 1900-01-01 */
#define DATE_LAST 47846         /* 2100-12-31 */

struct period {
        date from;      /* the first day */
        date until;     /* the day after the last */
};

/* YYYY-MM-DD, a day that exists, within DATE_FIRST..DATE_LAST. */
bool date_parse(struct bytes text, date *ret);
void date_print(date day, char ret_text[11]);
date date_of(int year, int month, int day);
void date_split(date day, int *ret_year, int *ret_month, int *ret_day);

/* @day moved by whole months; a day the month has not becomes its last. */
date date_add_months(date day, int months);

bool date_valid(date day);
bool period_valid(struct period period);                /* both valid, not empty */
bool period_within(struct period inner, struct period outer);
bool period_equal(struct period a, struct period b);
/*
 * Whole calendar months from the first day to the day after the last;
 * 0 when it is not whole months.
 */
int period_months(struct period period);

#endif
