/* SPDX-License-Identifier: Apache-2.0 */
#include "core/block.h"

#include <string.h>

#include "core/check.h"

bool block_cut(struct bytes columns, uint32_t count, struct member_rows *ret)
{
        const uint8_t *at = columns.data;

        *ret = (struct member_rows) { .count = 0 };
        if (count > BLOCK_ROWS_MAX || columns.size != (size_t)count * MEMBER_ROW_SIZE)
                return false;
        if (count == 0)
                return true;
        ret->count = count;
        ret->member = at;
        ret->month = ret->member + (size_t)count * PSEUDONYM_SIZE;
        ret->category = ret->month + (size_t)count * 2;
        ret->risk = ret->category + count;
        ret->cents = ret->risk + (size_t)count * 4;
        return true;
}

int block_month(date day)
{
        int year, month, of_month;

        date_split(day, &year, &month, &of_month);
        return (year - 1970) * 12 + month - 1;
}

/* Below zero: @a comes before @b. */
static int order(const struct member_rows *rows, uint32_t a, uint32_t b)
{
        int r = memcmp(row_member(rows, a), row_member(rows, b), PSEUDONYM_SIZE);

        return r ? r : (int)row_month(rows, a) - (int)row_month(rows, b);
}

static const char *row_fault(const struct member_rows *rows, uint32_t i)
{
        int64_t cents = row_cents(rows, i);

        if (row_risk(rows, i) > ROW_RISK_MAX)
                return "its risk is above a hundred times the average";
        if (cents < -ROW_CENTS_MAX || cents > ROW_CENTS_MAX)
                return "its amount is above a hundred million dollars";
        return NULL;
}

static const char *order_fault(const struct member_rows *rows, uint32_t i)
{
        int r = i ? order(rows, i - 1, i) : -1;

        if (r == 0)
                return "it is of the same member and month as the row before it";
        return r > 0 ? "it comes before the row above it: sort by member, then by month" : NULL;
}

const char *block_rows_fault(const struct block_event *event, const struct member_rows *rows,
                             uint32_t *ret_row)
{
        int first = block_month(event->period.from), last = block_month(event->period.until - 1);
        uint32_t categories = event->category_count ? event->category_count : 1;
        const char *says = NULL;
        int64_t cents = 0;
        uint32_t i;

        for (i = 0; i < rows->count; i++) {
                says = order_fault(rows, i);
                if (!says && (row_month(rows, i) < first || row_month(rows, i) > last))
                        says = "its month is not one of the service period";
                if (!says && row_category(rows, i) >= categories)
                        says = "its category is not one that the block lists";
                if (!says)
                        says = row_fault(rows, i);
                if (says)
                        break;
                cents += row_cents(rows, i);
        }
        *ret_row = i;
        if (!says && cents != event->cents)
                says = "the rows' amounts add up to another sum than the event says";
        return says;
}

/* Whole months from one first of the month to another; days within the month do not count. */
static int months_between(date from, date day)
{
        int months = block_month(day) - block_month(from);
        int year, month, from_day, of_month;

        date_split(from, &year, &month, &from_day);
        date_split(day, &year, &month, &of_month);
        return of_month < from_day ? months - 1 : months;
}

int block_year(struct period agreement, date day)
{
        int months = months_between(agreement.from, day), year, month, of_month;
        int years = months >= 0 ? months / 12 : -((11 - months) / 12);

        date_split(agreement.from, &year, &month, &of_month);
        return year + years;
}

bool terms_have_members_of(const struct terms *terms, const struct item *category)
{
        bool any = false;

        for (uint16_t i = 0; i < terms->step_count; i++) {
                const struct param *named = step_param(&terms->steps[i], "category");

                if (!named || named->type != PARAM_WORD)
                        continue;
                any = true;
                if (bytes_equal(name_bytes(&named->word), item_bytes(category)))
                        return true;
        }
        return !any;
}
