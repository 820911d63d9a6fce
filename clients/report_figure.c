/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/report_figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/figure.h"
#include "core/check.h"

/* Where a complaint points: a line of a CSV or a JSON pointer, and the column. */
struct spot {
        size_t line;
        const char *where;
        struct complaints *to;
        int r;
};

static void wrong(struct spot *spot, const char *column, const char *says)
{
        char where[160];

        snprintf(where, sizeof(where), "%s%s%s", spot->where, *spot->where ? "/" : "", column);
        spot->r = complaints_add_at(spot->to, spot->line, 0, where, "%s", says);
}

static void read_kind(struct spot *spot, const struct figure_text *text, struct fact_event *ret)
{
        const struct fact_kind_info *info = fact_kind_by_name(text->kind);
        const char *fault;

        if (!info) {
                wrong(spot, "kind", "is no kind of fact: docs/RULES.md lists them");
                return;
        }
        ret->key.kind = info->kind;
        ret->key.scope = info->scopes & SCOPE_BIT(SCOPE_CONTRACT) ? SCOPE_CONTRACT : SCOPE_PARTY;
        fault = value_parse(info->kind, text->value, &ret->value);
        if (text->value.size == 0)
                fault = "is empty: write the figure, or take the row out";
        if (fault)
                wrong(spot, "value", fault);
}

static void read_day(struct spot *spot, const char *column, struct bytes text, date *ret)
{
        if (!date_parse(text, ret))
                wrong(spot, column, "must be a day as YYYY-MM-DD");
}

static void read_days(struct spot *spot, const struct figure_text *text, struct fact_key *key)
{
        date last = DATE_NONE;

        read_day(spot, "from", text->from, &key->period.from);
        read_day(spot, "through", text->through, &last);
        key->paid_through = DATE_NONE;
        if (text->paid_through.size)
                read_day(spot, "paid_through", text->paid_through, &key->paid_through);
        if (key->period.from == DATE_NONE || last == DATE_NONE)
                return;
        key->period.until = last + 1;
        if (!period_valid(key->period))
                wrong(spot, "through", "must be on or after the first day, before 2100-12-31");
}

static void read_supersedes(struct spot *spot, struct bytes text, struct fact_event *ret)
{
        int64_t index = 0;

        if (text.size == 0)
                return;
        if (count_parse(text, &index) || index < 0) {
                wrong(spot, "supersedes", "must be the number of the log entry that it replaces");
                return;
        }
        ret->has_supersedes = true;
        ret->supersedes = (uint64_t)index;
}

int figure_read(const struct figure_text *text, struct fact_event *ret, size_t line,
                const char *where, struct complaints *to)
{
        struct spot spot = { .line = line, .where = where, .to = to };

        memset(ret, 0, sizeof(*ret));
        read_kind(&spot, text, ret);
        read_days(&spot, text, &ret->key);
        if (!item_parse(text->item, &ret->key.item))
                wrong(&spot, "item",
                      "must be one word of a-z, 0-9, '-', '.', '_', '/', ':', at most 47 "
                      "characters");
        if (text->segment.size && !name_parse(text->segment, &ret->key.segment))
                wrong(&spot, "segment",
                      "must be one word of a-z, 0-9, '-', '.', '_', at most 31 characters");
        read_supersedes(&spot, text->supersedes, ret);
        return spot.r;
}

int report_add(struct report *report, const struct fact_event *figure, size_t line)
{
        if (report->count == report->room) {
                size_t room = report->room ? report->room * 2 : 32;
                struct fact_event *figures = reallocarray(report->figures, room, sizeof(*figures));
                size_t *lines;

                if (!figures)
                        return -ENOMEM;
                report->figures = figures;
                lines = reallocarray(report->lines, room, sizeof(*lines));
                if (!lines)
                        return -ENOMEM;
                report->lines = lines;
                report->room = room;
        }
        report->figures[report->count] = *figure;
        report->lines[report->count++] = line;
        return 0;
}

void report_free(struct report *report)
{
        free(report->figures);
        free(report->lines);
        memset(report, 0, sizeof(*report));
}
