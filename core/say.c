/* SPDX-License-Identifier: Apache-2.0 */
/* Lines, what they hand on, and how a settlement ends early. */
#include <string.h>

#include "core/check.h"
#include "core/sentence.h"
#include "core/saying.h"

uint16_t item_place(struct statement *to, const struct item *item)
{
        if (!item || !item->text[0])
                return 0;
        for (uint16_t i = 0; i < to->item_count; i++)
                if (item_equal(&to->items[i], item))
                        return (uint16_t)(i + 1);
        assert(to->item_count < ITEMS_PER_STATEMENT_MAX);
        to->items[to->item_count++] = *item;
        return to->item_count;
}

static struct held *slot_of(struct working *w, enum feed feed, uint16_t item)
{
        if (!item)
                return &w->whole[feed];
        for (size_t i = 0; i < w->category_count; i++)
                if (w->categories[i] == item)
                        return &w->part[feed][i];
        return NULL;    /* a measure's, a payee's: nobody's to take up */
}

size_t category_add(struct working *w, const struct item *item)
{
        uint16_t place = item_place(w->to, item);
        size_t i = 0;

        assert(place);
        while (i < w->category_count && w->categories[i] != place)
                i++;
        if (i == w->category_count) {
                assert(w->category_count < CATEGORIES_MAX);
                for (enum feed feed = FEED_NONE; feed < FEED_COUNT; feed++)
                        w->part[feed][i].is = false;
                w->categories[w->category_count++] = place;
        }
        return i;
}

struct line *line_add(struct working *w, enum line_code code, const struct item *item,
                      struct exact figure)
{
        struct statement *to = w->to;
        const struct line_info *info = line_info((unsigned int)code);
        uint16_t place = item_place(to, item);
        struct held *slot;

        assert(info);
        assert(to->line_count < LINES_PER_STATEMENT_MAX);
        to->lines[to->line_count] = (struct line) {
                .step = w->place,
                .code = (uint16_t)code,
                .item = place,
                .unit = info->unit,
                .num = figure.num,
                .den = figure.den,
        };
        slot = info->feeds == FEED_NONE ? NULL : slot_of(w, info->feeds, place);
        if (slot)
                *slot = (struct held) { figure, true };
        return &to->lines[to->line_count++];
}

void say_item(struct working *w, enum line_code code, unsigned int form, const struct item *item,
              struct exact figure)
{
        line_add(w, code, item, figure)->form = (uint16_t)form;
}

void say_form(struct working *w, enum line_code code, unsigned int form, struct exact figure)
{
        say_item(w, code, form, NULL, figure);
}

void say(struct working *w, enum line_code code, struct exact figure)
{
        say_item(w, code, 0, NULL, figure);
}

void say_flag(struct working *w, enum line_code code, bool flag)
{
        say(w, code, exact_of(flag));
}

void say_members(struct working *w, enum line_code code, const struct item *item,
                 struct exact figure)
{
        const struct members *members = w->inputs->members;

        assert(members);
        line_add(w, code, item, figure)->members = true;
        w->to->has_members = true;
        w->to->member_rows = members->rows;
        memcpy(w->to->members_digest, members->digest, sizeof(w->to->members_digest));
}

void stop(struct working *w, const char *says)
{
        w->stopped = true;
        w->to->status = STATEMENT_NOT_CALCULABLE;
        sentence_begin(&w->to->reason);
        sentence_add(&w->to->reason, says);
}

static const char *who(enum side side)
{
        switch (side) {
        case SIDE_BEARER:
                return "the bearer has to report it";
        case SIDE_EARNER:
                return "the earner has to report it";
        case SIDE_NEITHER:
                break;
        }
        return "it has to be reported";
}

void say_missing(struct working *w, struct wanted wanted)
{
        struct text *reason = &w->to->reason;

        w->to->status = STATEMENT_NOT_CALCULABLE;
        sentence_begin(reason);
        sentence_add(reason, "no ");
        sentence_add(reason, fact_kind_info((unsigned int)wanted.kind)->name);
        if (wanted.item && wanted.item->text[0]) {
                sentence_add(reason, " of ");
                sentence_add(reason, wanted.item->text);
        }
        sentence_add(reason, " for ");
        sentence_add_period(reason, wanted.period);
        sentence_add(reason, ": ");
        sentence_add(reason, who(terms_of_record(w->terms, wanted.kind)));
}

void leave_open(struct working *w, enum fact_kind kind)
{
        say_missing(w, (struct wanted) { .kind = kind, .period = w->run->period });
        w->open = true;
}
