/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/waterfall.h"

#include <string.h>

#include "core/lines.h"

const char *waterfall_title(bool second)
{
        return second ? "From the savings to the payment" : "What was expected, and what it cost";
}

/* To the nearest cent; a figure beyond 64 bits is as long as a bar can be. */
static int64_t cents(const struct line *line)
{
        wide size = line->num < 0 ? -line->num : line->num, most = INT64_MAX / 4;
        wide rounded = size / line->den + (size % line->den >= line->den - size % line->den);

        rounded = rounded > most ? most : rounded;
        return (int64_t)(line->num < 0 ? -rounded : rounded);
}

static void add(struct waterfall *w, const char *name, size_t line, enum bar_kind kind,
                int64_t from, int64_t to)
{
        struct waterfall_bar *bar = &w->bars[w->count];

        if (w->count == WATERFALL_BARS_MAX)
                return;
        *bar = (struct waterfall_bar) { .line = line, .kind = kind, .from = from, .to = to };
        snprintf(bar->name, sizeof(bar->name), "%s", name);
        w->count++;
}

static void change(struct waterfall *w, const char *name, size_t line, int64_t from, int64_t to)
{
        add(w, name, line, to > from ? BAR_RISE : to < from ? BAR_FALL : BAR_SAME, from, to);
}

static enum feed feed_of(const struct statement *s, size_t place)
{
        const struct line_info *info = line_info(s->lines[place].code);

        return info && !s->lines[place].item ? info->feeds : FEED_NONE;
}

/* The last line that hands on @feed for the whole; false when there is none. */
static bool last_of(const struct statement *s, enum feed feed, size_t *ret)
{
        for (size_t i = s->line_count; i > 0; i--)
                if (feed_of(s, i - 1) == feed) {
                        *ret = i - 1;
                        return true;
                }
        return false;
}

static bool line_of(const struct statement *s, enum line_code code, size_t *ret)
{
        for (size_t i = s->line_count; i > 0; i--)
                if (s->lines[i - 1].code == (uint16_t)code && !s->lines[i - 1].item) {
                        *ret = i - 1;
                        return true;
                }
        return false;
}

static const char *step_name(const struct statement *s, const struct terms *terms, size_t place)
{
        uint16_t step = s->lines[place].step;

        return step < terms->step_count ? terms->steps[step].kind.text : "unknown";
}

/* The first figure handed on as @feed from nothing, the others as what they change. */
static void add_levels(struct waterfall *w, const struct statement *s, const struct terms *terms,
                       enum feed feed, const char *name)
{
        bool begun = false;
        int64_t before = 0;
        size_t last = 0;

        for (size_t i = 0; i < s->line_count; i++) {
                if (feed_of(s, i) != feed)
                        continue;
                if (!begun)
                        add(w, name, i, BAR_LEVEL, 0, cents(&s->lines[i]));
                else if (cents(&s->lines[i]) != before)
                        change(w, step_name(s, terms, i), i, before, cents(&s->lines[i]));
                before = cents(&s->lines[i]);
                last = i;
                begun = true;
        }
        if (begun && w->count && w->bars[w->count - 1].kind != BAR_LEVEL)
                add(w, name, last, BAR_LEVEL, 0, before);
}

/* Expected less spent, between the two. */
static void add_first(struct waterfall *w, const struct statement *s, const struct terms *terms)
{
        size_t benchmark, expenditure, savings;
        int64_t expected, spent;

        if (!last_of(s, FEED_BENCHMARK, &benchmark) || !last_of(s, FEED_EXPENDITURE, &expenditure))
                return;
        add_levels(w, s, terms, FEED_BENCHMARK, "benchmark");
        add_levels(w, s, terms, FEED_EXPENDITURE, "expenditure");
        expected = cents(&s->lines[benchmark]);
        spent = cents(&s->lines[expenditure]);
        if (line_of(s, LINE_SAVINGS, &savings))
                change(w, spent <= expected ? "savings" : "losses", savings, spent, expected);
}

/* The steps whose answer is of interest even where they change nothing. */
static bool always_shown(const char *step)
{
        return strcmp(step, "limit") == 0 || strcmp(step, "share") == 0;
}

static void add_amounts(struct waterfall *w, const struct statement *s, const struct terms *terms,
                        int64_t generated)
{
        int64_t before = 0;
        bool begun = false;

        for (size_t i = 0; i < s->line_count; i++) {
                const char *step = step_name(s, terms, i);
                int64_t now = cents(&s->lines[i]);

                if (feed_of(s, i) != FEED_AMOUNT)
                        continue;
                if (!begun && strcmp(step, "share") == 0)
                        change(w, step, i, generated, now);
                else if (!begun)
                        add(w, step, i, BAR_LEVEL, 0, now);
                else if (now != before || always_shown(step))
                        change(w, step, i, before, now);
                before = now;
                begun = true;
        }
}

static void add_paid(struct waterfall *w, const struct statement *s)
{
        size_t recouped, paid, amount;

        if (!last_of(s, FEED_AMOUNT, &amount))
                return;
        if (last_of(s, FEED_RECOUPED, &recouped) && s->lines[recouped].num)
                change(w, "advances", recouped, cents(&s->lines[amount]),
                       cents(&s->lines[amount]) - cents(&s->lines[recouped]));
        if (line_of(s, LINE_PAYABLE, &paid))
                add(w, s->lines[paid].num < 0 ? "owed" : "paid", paid, BAR_LEVEL, 0,
                    cents(&s->lines[paid]));
}

void waterfall_make(const struct statement *s, const struct terms *terms, struct waterfall *ret)
{
        size_t savings, generated;
        int64_t shared = 0;

        ret->count = 0;
        add_first(ret, s, terms);
        ret->split = ret->count;
        if (last_of(s, FEED_SAVINGS, &savings)) {
                shared = cents(&s->lines[savings]);
                add_levels(ret, s, terms, FEED_SAVINGS, shared < 0 ? "losses" : "savings");
        }
        if (last_of(s, FEED_GENERATED, &generated)) {
                change(ret, "gates", generated, shared, cents(&s->lines[generated]));
                shared = cents(&s->lines[generated]);
        }
        add_amounts(ret, s, terms, shared);
        add_paid(ret, s);
}
