/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/import-row.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/figure.h"

struct reading {
        struct import *import;
        const struct csv_row *row;
        enum row_fate fate;
};

static bool wrong(struct reading *reading, enum map_column column, const char *says)
{
        rejects_row(reading->import->rejects, reading->row,
                    reading->import->map->columns[column], says);
        reading->fate = ROW_REJECTED;
        return false;
}

static struct bytes field(const struct reading *reading, enum map_column column)
{
        return csv_map_field(reading->import->map, reading->row, column);
}

/* ---- what rows of members have */

/* Rows of a member mostly lie together: a pseudonym is made once for them. */
static bool read_member(struct reading *reading, uint8_t ret[PSEUDONYM_SIZE])
{
        struct import *import = reading->import;
        struct bytes number = field(reading, MAP_MEMBER);

        if (number.size == 0)
                return wrong(reading, MAP_MEMBER, "is empty");
        if (number.size > sizeof(import->last.number))
                return wrong(reading, MAP_MEMBER, "is longer than 64 characters");
        if (number.size != import->last.size ||
            memcmp(number.data, import->last.number, number.size) != 0) {
                memcpy(import->last.number, number.data, number.size);
                import->last.size = number.size;
                pseudonym_make(import->key, number, import->last.member);
        }
        memcpy(ret, import->last.member, PSEUDONYM_SIZE);
        return true;
}

static bool read_category(struct reading *reading, uint8_t *ret)
{
        struct member_table *table = &reading->import->table;
        const struct csv_map *map = reading->import->map;
        struct item item;
        const char *says;
        uint32_t i = 0;

        *ret = 0;
        if (!*map->columns[MAP_CATEGORY])
                return true;
        says = csv_map_word(&map->categories, field(reading, MAP_CATEGORY), &item);
        if (says)
                return wrong(reading, MAP_CATEGORY, says);
        while (i < table->category_count && !item_equal(&table->categories[i], &item))
                i++;
        if (i == CATEGORIES_MAX)
                return wrong(reading, MAP_CATEGORY, "is one too many: at most 64");
        if (i == table->category_count)
                table->categories[table->category_count++] = item;
        *ret = (uint8_t)i;
        return true;
}

static bool read_risk(struct reading *reading, uint32_t *ret)
{
        const struct csv_map *map = reading->import->map;
        struct rate rate;
        const char *says;

        *ret = RISK_ONE;
        if (!*map->columns[MAP_RISK])
                return true;
        says = rate_parse(field(reading, MAP_RISK), &rate);
        if (says)
                return wrong(reading, MAP_RISK, says);
        if (rate.num < 0 || (wide)rate.num * RISK_ONE > (wide)ROW_RISK_MAX * rate.den)
                return wrong(reading, MAP_RISK, "must be from 0 to 100");
        if ((wide)rate.num * RISK_ONE % rate.den != 0)
                return wrong(reading, MAP_RISK, "has more than six decimals");
        *ret = (uint32_t)((wide)rate.num * RISK_ONE / rate.den);
        return true;
}

static bool read_day(struct reading *reading, enum map_column column, date *ret)
{
        struct bytes text = field(reading, column);
        const char *says = text.size ? csv_map_day(reading->import->map, text, ret) : "is empty";

        return says ? wrong(reading, column, says) : true;
}

/* ---- claims */

static bool read_claim(struct reading *reading, struct member_row *ret, bool *ret_has_amount)
{
        struct import *import = reading->import;
        const struct csv_map *map = import->map;
        const char *says = csv_map_money(map, field(reading, MAP_AMOUNT), &ret->cents);
        date day = DATE_NONE;
        bool good;

        *ret_has_amount = !says;
        if (!says && (ret->cents < -ROW_CENTS_MAX || ret->cents > ROW_CENTS_MAX))
                says = "is beyond a hundred million dollars";
        good = says ? wrong(reading, MAP_AMOUNT, says) : true;
        good = good && read_member(reading, ret->member) &&
               read_day(reading, *map->columns[MAP_DAY] ? MAP_DAY : MAP_MONTH, &day) &&
               read_category(reading, &ret->category) && read_risk(reading, &ret->risk);
        if (!good)
                return false;
        if (day < import->period.from || day >= import->period.until) {
                reading->fate = ROW_OUTSIDE;
                return false;
        }
        ret->month = (uint16_t)block_month(day);
        ret->line = (uint32_t)reading->row->line;
        return true;
}

static int add_row(struct member_table *table, const struct member_row *row)
{
        if (table->count == table->room) {
                size_t room = table->room ? table->room + table->room / 2 : 4096;
                struct member_row *rows = reallocarray(table->rows, room, sizeof(*rows));

                if (!rows)
                        return -ENOMEM;
                table->rows = rows;
                table->room = room;
        }
        if (table->count == IMPORT_ROWS_MAX)
                return -E2BIG;
        table->rows[table->count++] = *row;
        return 0;
}

int import_claim(struct import *import, const struct csv_row *row, enum row_fate *ret)
{
        struct reading reading = { import, row, ROW_TAKEN };
        struct member_row one = { .cents = 0 };
        bool has_amount = false;
        int r = 0;

        if (read_claim(&reading, &one, &has_amount))
                r = add_row(&import->table, &one);
        if (reading.fate == ROW_TAKEN)
                import->totals.cents += one.cents;
        else if (reading.fate == ROW_REJECTED && has_amount)
                import->totals.rejected_cents += one.cents;
        *ret = reading.fate;
        return r;
}

/* ---- enrolment */

/* The month by its place in the period. */
static bool counts(const struct import *import, int month, date from, date last)
{
        const date first = import->firsts[month];
        const date on = import->map->rule == MONTH_FIFTEENTH ? first + 14 : first;

        if (import->map->rule == MONTH_ANY)
                return from < import->firsts[month + 1] && last >= first;
        return from <= on && last >= on;
}

static uint64_t months_of(const struct import *import, date from, date last)
{
        uint64_t months = 0;

        if (from < import->period.from)
                from = import->period.from;
        if (last >= import->period.until)
                last = import->period.until - 1;
        for (int month = 0; month < import->month_count; month++)
                if (counts(import, month, from, last))
                        months |= UINT64_C(1) << month;
        return months;
}

/* No last day: enrolled still. */
static bool read_months(struct reading *reading, uint64_t *ret)
{
        const struct import *import = reading->import;
        const struct csv_map *map = import->map;
        date from = DATE_NONE, last = import->period.until - 1;

        if (*map->columns[MAP_MONTH]) {
                if (!read_day(reading, MAP_MONTH, &from))
                        return false;
                *ret = from < import->period.from || from > last ? 0 :
                       UINT64_C(1) << (block_month(from) - block_month(import->period.from));
                return true;
        }
        if (!read_day(reading, MAP_FROM, &from))
                return false;
        if (field(reading, MAP_THROUGH).size && !read_day(reading, MAP_THROUGH, &last))
                return false;
        if (last < from && field(reading, MAP_THROUGH).size)
                return wrong(reading, MAP_THROUGH, "is before its first day");
        *ret = last < from ? 0 : months_of(import, from, last);
        return true;
}

static int add_span(struct import *import, const struct import_span *span)
{
        if (import->span_count == import->span_room) {
                size_t room = import->span_room ? import->span_room + import->span_room / 2 : 4096;
                struct import_span *spans = reallocarray(import->spans, room, sizeof(*spans));

                if (!spans)
                        return -ENOMEM;
                import->spans = spans;
                import->span_room = room;
        }
        if (import->span_count == IMPORT_ROWS_MAX)
                return -E2BIG;
        import->spans[import->span_count++] = *span;
        return 0;
}

int import_enrolment(struct import *import, const struct csv_row *row, enum row_fate *ret)
{
        struct reading reading = { import, row, ROW_TAKEN };
        struct import_span span;
        int r = 0;

        memset(&span, 0, sizeof(span));
        span.line = (uint32_t)row->line;
        if (read_member(&reading, span.member) && read_months(&reading, &span.months) &&
            read_category(&reading, &span.category) && read_risk(&reading, &span.risk)) {
                if (span.months == 0)
                        reading.fate = ROW_OUTSIDE;
                else
                        r = add_span(import, &span);
        }
        *ret = reading.fate;
        return r;
}

/* ---- measures */

static struct import_measure *measure_of(struct import *import, const struct item *key)
{
        for (size_t i = 0; i < import->measure_count; i++)
                if (item_equal(&import->measures[i].key, key))
                        return &import->measures[i];
        if (import->measure_count == CATEGORIES_MAX)
                return NULL;
        if (!import->measures)
                import->measures = calloc(CATEGORIES_MAX, sizeof(*import->measures));
        if (!import->measures)
                return NULL;
        import->measures[import->measure_count].key = *key;
        return &import->measures[import->measure_count++];
}

static bool read_count(struct reading *reading, enum map_column column, int64_t *ret)
{
        const char *says = count_parse(field(reading, column), ret);

        if (!says && (*ret < 0 || *ret > COUNT_MAX))
                says = "is no count that there could be";
        return says ? wrong(reading, column, says) : true;
}

int import_measure(struct import *import, const struct csv_row *row, enum row_fate *ret)
{
        struct reading reading = { import, row, ROW_TAKEN };
        int64_t numerator = 0, denominator = 0;
        struct import_measure *measure;
        struct item key;
        const char *says = csv_map_word(&import->map->measures, field(&reading, MAP_MEASURE), &key);

        if (says)
                wrong(&reading, MAP_MEASURE, says);
        else if (read_count(&reading, MAP_NUMERATOR, &numerator) &&
                 read_count(&reading, MAP_DENOMINATOR, &denominator)) {
                measure = measure_of(import, &key);
                if (numerator > denominator)
                        wrong(&reading, MAP_NUMERATOR, "is more than its denominator");
                else if (!measure)
                        wrong(&reading, MAP_MEASURE, "is one too many: at most 64");
                else if (measure->denominator > COUNT_MAX - denominator)
                        wrong(&reading, MAP_DENOMINATOR, "adds up to more than there could be");
                else {
                        measure->numerator += numerator;
                        measure->denominator += denominator;
                        import->totals.merged += measure->rows++ > 0;
                }
        }
        *ret = reading.fate;
        return 0;
}
