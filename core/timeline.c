/* SPDX-License-Identifier: Apache-2.0 */
#include "core/timeline.h"

#include "core/check.h"
#include "core/sentence.h"

#define PARTS_NAMED 5

static date month_of(date day)
{
        int year, month, of_month;

        date_split(day, &year, &month, &of_month);
        return day - (of_month - 1);
}

static date later(date a, date b)
{
        return a > b ? a : b;
}

static date earlier(date a, date b)
{
        return a < b ? a : b;
}

/* What the terms hold of one of their periods, were there no newer ones; false: nothing. */
static bool held_of(const struct timeline *timeline, const struct dated_terms *terms,
                    struct period period, struct period *ret)
{
        *ret = period;
        if (timeline->ends != DATE_NONE)
                ret->until = earlier(period.until, timeline->ends);
        switch (terms->applies) {
        case APPLIES_NEXT_PERIOD:
                if (terms->effective > period.from)
                        return false;
                break;
        case APPLIES_WHOLE_PERIOD:
                if (terms->effective >= period.until)
                        return false;
                break;
        case APPLIES_CUT_MONTH:
                ret->from = later(period.from, month_of(terms->effective));
                break;
        }
        return ret->from < ret->until;
}

/* Walks what each version holds; the newest last. */
struct walk {
        const struct timeline *timeline;
        size_t at;                      /* version */
        unsigned int place;             /* of its period */
        struct period held, whole;      /* in hand */
};

static bool walk_on(struct walk *walk)
{
        while (walk->at < walk->timeline->count) {
                const struct dated_terms *terms = &walk->timeline->terms[walk->at];

                assert(terms->period_count <= PERIODS_MAX);
                if (walk->place == terms->period_count) {
                        walk->at++;
                        walk->place = 0;
                        continue;
                }
                walk->whole = terms->periods[walk->place++];
                if (held_of(walk->timeline, terms, walk->whole, &walk->held))
                        return true;
        }
        return false;
}

static bool contains(struct period period, date day)
{
        return period.from <= day && day < period.until;
}

/* The part that @day lies in. */
static bool part_at(const struct timeline *timeline, date day, struct part *ret)
{
        struct walk walk = { .timeline = timeline };
        size_t holder = 0;
        bool found = false;

        while (walk_on(&walk)) {
                if (!contains(walk.held, day))
                        continue;
                found = true;
                holder = walk.at;
                *ret = (struct part) { walk.held, walk.whole, timeline->terms[holder].version };
        }
        if (!found)
                return false;
        walk = (struct walk) { .timeline = timeline, .at = holder + 1 };
        while (walk_on(&walk)) {        /* newer terms hold before it or after it */
                if (walk.held.until <= day)
                        ret->period.from = later(ret->period.from, walk.held.until);
                else
                        ret->period.until = earlier(ret->period.until, walk.held.from);
        }
        return true;
}

bool timeline_part(const struct timeline *timeline, struct period period, struct part *ret)
{
        return part_at(timeline, period.from, ret) && period_equal(ret->period, period);
}

bool timeline_from(const struct timeline *timeline, date day, struct part *ret)
{
        struct walk walk = { .timeline = timeline };
        date first = DATE_NONE;

        while (walk_on(&walk)) {
                date from = later(walk.held.from, day);

                if (from < walk.held.until && (first == DATE_NONE || from < first))
                        first = from;
        }
        return first != DATE_NONE && part_at(timeline, first, ret);
}

bool timeline_before(const struct timeline *timeline, date day, struct part *ret)
{
        struct walk walk = { .timeline = timeline };
        date last = DATE_NONE;

        while (walk_on(&walk))
                if (walk.held.from < day)
                        last = later(last, earlier(walk.held.until, day) - 1);
        return last != DATE_NONE && part_at(timeline, last, ret) && ret->period.until <= day;
}

void timeline_refuse(const struct timeline *timeline, struct period period, struct text *ret)
{
        struct text parts;
        struct part part;
        date day = period.from;
        bool cut = false;

        sentence_begin(&parts);
        for (int named = 0; timeline_from(timeline, day, &part); named++) {
                if (part.period.from >= period.until)
                        break;
                cut = cut || period_equal(part.whole, period);
                sentence_add(&parts, named == 0 ? ": run " : named < PARTS_NAMED ? ", " : " ...");
                if (named == PARTS_NAMED)
                        break;
                sentence_add_period(&parts, part.period);
                day = part.period.until;
        }
        sentence_begin(ret);
        sentence_add(ret, cut ? "the same terms do not hold for all of it"
                              : "it is not one of the terms' performance periods");
        sentence_add(ret, parts.text);
}
