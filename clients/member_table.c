/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/member_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/csv_rows.h"
#include "clients/figure.h"
#include "core/check.h"
#include "proof/keys.h"

static const struct csv_column columns[] = {
        { "member", true }, { "month", true }, { "category", false },
        { "risk", false }, { "allowed", true }, { NULL, false }
};

struct reading {
        const struct member_key *key;
        struct period period;
        struct member_table *table;
        struct complaints *to;
        bool bad;
        bool has_risk;
        struct { char number[64]; size_t size; uint8_t member[PSEUDONYM_SIZE]; } last;
};

void member_table_cleanup(struct member_table *table)
{
        free(table->rows);
}

/* ---- a row */

static bool wrong(struct reading *reading, const struct csv_row *row, const char *column,
                  const char *says)
{
        complaints_add_at(reading->to, row->line, 0, column, "%s", says);
        reading->bad = true;
        return false;
}

/* Rows of a member mostly lie together: a pseudonym is made once for them. */
static bool read_member(struct reading *reading, const struct csv_row *row, struct member_row *ret)
{
        struct bytes number = csv_field(row, "member");

        if (number.size == 0)
                return wrong(reading, row, "member", "is empty");
        if (number.size > sizeof(reading->last.number))
                return wrong(reading, row, "member", "is longer than 64 characters");
        if (number.size != reading->last.size ||
            memcmp(number.data, reading->last.number, number.size) != 0) {
                memcpy(reading->last.number, number.data, number.size);
                reading->last.size = number.size;
                pseudonym_make(reading->key, number, reading->last.member);
        }
        memcpy(ret->member, reading->last.member, PSEUDONYM_SIZE);
        return true;
}

static bool read_month(struct reading *reading, const struct csv_row *row, struct member_row *ret)
{
        struct bytes text = csv_field(row, "month");
        char whole[11] = "";
        int month;
        date day;

        if (text.size == 7) {
                memcpy(whole, text.data, 7);
                memcpy(whole + 7, "-01", 4);
        }
        if (!date_parse((struct bytes) { whole, strlen(whole) }, &day))
                return wrong(reading, row, "month", "is no month: 2025-03");
        month = block_month(day);
        if (month < block_month(reading->period.from) ||
            month > block_month(reading->period.until - 1) || month < 0)
                return wrong(reading, row, "month", "is not one of --period");
        ret->month = (uint16_t)month;
        return true;
}

/* In order of appearance; sorted by name when all are known. */
static bool read_category(struct reading *reading, const struct csv_row *row,
                          struct member_row *ret)
{
        struct member_table *table = reading->table;
        struct bytes text = csv_field(row, "category");
        struct item item;
        uint32_t i = 0;

        if (!csv_has(row->header, "category"))
                return true;
        if (text.size == 0 || !item_parse(text, &item))
                return wrong(reading, row, "category",
                             "is no name: a-z 0-9 - . _ / :, at most 47 characters");
        while (i < table->category_count && !item_equal(&table->categories[i], &item))
                i++;
        if (i == CATEGORIES_MAX)
                return wrong(reading, row, "category", "is one too many: a file has at most 64");
        if (i == table->category_count)
                table->categories[table->category_count++] = item;
        ret->category = (uint8_t)i;
        return true;
}

static bool read_risk(struct reading *reading, const struct csv_row *row, struct member_row *ret)
{
        struct rate rate;
        const char *says;

        ret->risk = RISK_ONE;
        if (!reading->has_risk)
                return true;
        says = rate_parse(csv_field(row, "risk"), &rate);
        if (says)
                return wrong(reading, row, "risk", says);
        if (rate.num < 0 || rate.num / rate.den > ROW_RISK_MAX / RISK_ONE ||
            (wide)rate.num * RISK_ONE > (wide)ROW_RISK_MAX * rate.den)
                return wrong(reading, row, "risk", "must be from 0 to 100");
        if ((wide)rate.num * RISK_ONE % rate.den != 0)
                return wrong(reading, row, "risk", "has more than six decimals");
        ret->risk = (uint32_t)((wide)rate.num * RISK_ONE / rate.den);
        return true;
}

static bool read_allowed(struct reading *reading, const struct csv_row *row, struct member_row *ret)
{
        const char *says = money_parse(csv_field(row, "allowed"), &ret->cents);

        if (says)
                return wrong(reading, row, "allowed", says);
        if (ret->cents < -ROW_CENTS_MAX || ret->cents > ROW_CENTS_MAX)
                return wrong(reading, row, "allowed", "is beyond a hundred million dollars");
        return true;
}

/* ---- the file */

static int add(struct member_table *table, const struct member_row *row)
{
        if (table->count == table->room) {
                size_t room = table->room ? 2 * table->room : 4096;
                struct member_row *rows = reallocarray(table->rows, room, sizeof(*rows));

                if (!rows)
                        return -ENOMEM;
                table->rows = rows;
                table->room = room;
        }
        table->rows[table->count++] = *row;
        return 0;
}

static int on_row(const struct csv_row *row, void *data)
{
        struct reading *reading = data;
        struct member_row one = { .line = (uint32_t)row->line };

        if (!row->header) {
                reading->has_risk = csv_has(row, "risk");
                return csv_header(row, columns, reading->to);
        }
        if (reading->table->count == MEMBER_ROWS_MAX) {
                wrong(reading, row, "", "is one row too many for one file");
                return REFUSAL_BAD_VALUE;
        }
        if (!read_member(reading, row, &one) || !read_month(reading, row, &one) ||
            !read_category(reading, row, &one) || !read_risk(reading, row, &one) ||
            !read_allowed(reading, row, &one))
                return 0;
        return add(reading->table, &one);
}

/* ---- in order */

static int by_name(const void *a, const void *b)
{
        return strcmp(((const struct item *)a)->text, ((const struct item *)b)->text);
}

/* Names in order, whatever order they came in, so that two who cut the same file agree. */
static void sort_categories(struct member_table *table)
{
        struct item came[CATEGORIES_MAX];
        uint8_t place[CATEGORIES_MAX] = { 0 };

        memcpy(came, table->categories, sizeof(came));
        qsort(table->categories, table->category_count, sizeof(came[0]), by_name);
        for (uint32_t i = 0; i < table->category_count; i++)
                while (!item_equal(&table->categories[place[i]], &came[i]))
                        place[i]++;
        for (size_t i = 0; i < table->count; i++)
                table->rows[i].category = place[table->rows[i].category];
}

static int by_member(const void *a_, const void *b_)
{
        const struct member_row *a = a_, *b = b_;
        int r = memcmp(a->member, b->member, PSEUDONYM_SIZE);

        if (r || a->month != b->month)
                return r ? r : a->month < b->month ? -1 : 1;
        return (a->line > b->line) - (a->line < b->line);
}

static void find_twice(struct reading *reading)
{
        const struct member_table *table = reading->table;

        for (size_t i = 1; i < table->count; i++) {
                const struct member_row *a = &table->rows[i - 1], *b = &table->rows[i];

                if (memcmp(a->member, b->member, PSEUDONYM_SIZE) != 0 || a->month != b->month)
                        continue;
                complaints_add_at(reading->to, b->line, 0, "member",
                                  "has a row for this month in line %u already: add them up",
                                  a->line);
                reading->bad = true;
        }
}

int member_table_read(struct bytes text, const struct member_key *key, struct period period,
                      struct member_table *ret, struct complaints *to)
{
        struct reading reading = { .key = key, .period = period, .table = ret, .to = to };
        int r;

        if (text.size == 0) {
                complaints_add(to, "", "the file is empty: it begins with member,month,allowed");
                return REFUSAL_MALFORMED;
        }
        r = csv_rows(text, on_row, &reading, to);
        secret_wipe(&reading.last, sizeof(reading.last));
        if (r)
                return r;
        sort_categories(ret);
        if (ret->count)
                qsort(ret->rows, ret->count, sizeof(*ret->rows), by_member);
        find_twice(&reading);
        return reading.bad ? REFUSAL_BAD_VALUE : 0;
}

/* ---- blocks */

uint32_t member_table_blocks(const struct member_table *table)
{
        return (uint32_t)((table->count + BLOCK_ROWS_MAX - 1) / BLOCK_ROWS_MAX);
}

static void put(uint8_t *to, uint64_t value, unsigned int octets)
{
        for (unsigned int i = 0; i < octets; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

void member_table_block(const struct member_table *table, uint32_t number, uint8_t *to,
                        struct block_event *ret)
{
        size_t first = (size_t)(number - 1) * BLOCK_ROWS_MAX, left = table->count - first;
        uint32_t count = left < BLOCK_ROWS_MAX ? (uint32_t)left : BLOCK_ROWS_MAX;
        uint8_t *month = to + (size_t)count * PSEUDONYM_SIZE, *category = month + (size_t)2 * count;
        uint8_t *risk = category + count, *cents = risk + (size_t)4 * count;

        assert(number >= 1 && first < table->count);
        *ret = (struct block_event) {
                .number = number, .rows = count, .paid_through = DATE_NONE,
                .category_count = table->category_count, .categories = table->categories,
                .columns = { to, (size_t)count * MEMBER_ROW_SIZE },
        };
        for (uint32_t i = 0; i < count; i++) {
                const struct member_row *row = &table->rows[first + i];

                memcpy(to + (size_t)i * PSEUDONYM_SIZE, row->member, PSEUDONYM_SIZE);
                put(month + (size_t)2 * i, row->month, 2);
                category[i] = row->category;
                put(risk + (size_t)4 * i, row->risk, 4);
                put(cents + (size_t)8 * i, (uint64_t)row->cents, 8);
                ret->cents += row->cents;
        }
}
