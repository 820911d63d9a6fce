/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How figures look to a person: "$ 4,007,011.00", "2.5 %", "10,274". Programs get those of
 * clients/figure.h.
 */
#ifndef ACCORD_CLIENTS_LOOK_H
#define ACCORD_CLIENTS_LOOK_H

#include "core/exact.h"
#include "core/fact.h"
#include "core/message.h"

#define LOOK_MAX 160

/* Each writes into @ret and returns it. */
char *look_money(int64_t cents, char ret[LOOK_MAX]);            /* "-$ 1,234.56" */
char *look_count(int64_t count, char ret[LOOK_MAX]);            /* "10,274" */
/* As few decimals as say it exactly, else rounded to four and marked: "50 %", "≈ 48.1235 %". */
char *look_rate(struct exact rate, char ret[LOOK_MAX]);
/* Money to as many decimals of a cent as say it, up to four, else as look_figure(). */
char *look_money_finely(struct exact cents, char ret[LOOK_MAX]);
/* A rate that is no share: "1.0432", "9,876.5"; six decimals where it goes on. */
char *look_number(struct exact number, char ret[LOOK_MAX]);
/* A figure by its unit. One that its unit cannot show exactly is rounded and marked with "≈". */
char *look_figure(struct exact figure, enum unit unit, char ret[LOOK_MAX]);
/*
 * The exact fraction "123/7" of a figure that look_figure() marks; "" for any other. Cents count
 * cents.
 */
char *look_exactly(struct exact figure, enum unit unit, char ret[LOOK_MAX]);
/* Does the text stand for a figure that it had to round? */
bool look_is_rounded(const char *text);
/* For programs: money "1234.56" (rounded to the cent), else a decimal or a fraction, exactly. */
char *look_plain(struct exact figure, enum unit unit, char ret[LOOK_MAX]);
/* "-123/7", "5": the figure itself; cents count cents. */
char *look_fraction(struct exact figure, char ret[LOOK_MAX]);

/* "2026-01-31T08:15:00.123456Z"; without the fraction when there is none. */
char *look_time(instant time, char ret[LOOK_MAX]);
/* "2026-01-31 08:15 UTC", for sentences; what is left of the minute is left out. */
char *look_minute(instant time, char ret[LOOK_MAX]);
/* "2025", "2025Q3", "2025-07", else "2025-01-01..2025-10-31", both days included. */
char *look_period(struct period period, char ret[LOOK_MAX]);

/* What look_period() prints, and days. False when it is none of these. */
bool period_parse(const char *text, struct period *ret);
/* What look_time() prints, or a day: its first moment. */
bool time_parse(const char *text, instant *ret);

#endif
