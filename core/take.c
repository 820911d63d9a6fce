/* SPDX-License-Identifier: Apache-2.0 */
/* What comes in from outside the terms: facts of record, figures carried, member rows. */
#include <string.h>

#include "core/check.h"
#include "core/saying.h"

/* What was decided; then claims paid through a later day, which tell more; then what came last. */
static bool newer(const struct fact *a, const struct fact *b)
{
        if (a->decided != b->decided)
                return a->decided;
        if (a->key.paid_through != b->key.paid_through)
                return a->key.paid_through > b->key.paid_through;
        if (a->index != b->index)
                return a->index > b->index;
        return a->event > b->event;
}

static bool is_it(enum side side, const struct fact *fact, const struct wanted *wanted,
                  const struct name *segment)
{
        return fact->key.kind == wanted->kind &&
               (side == SIDE_NEITHER || fact->side == side || fact->decided) &&
               period_equal(fact->key.period, wanted->period) &&
               name_equal(&fact->key.segment, segment) &&
               item_equal(&fact->key.item, wanted->item);
}

static const struct fact *find_of_record(const struct terms *terms,
                                         const struct settle_inputs *in, struct wanted wanted,
                                         const struct name *segment)
{
        const enum side side = terms_of_record(terms, wanted.kind);
        const struct fact *found = NULL;

        for (size_t i = 0; i < in->fact_count; i++)
                if (is_it(side, &in->facts[i], &wanted, segment) &&
                    (!found || newer(&in->facts[i], found)))
                        found = &in->facts[i];
        return found;
}

const struct fact *settle_fact_of(const struct terms *terms, const struct settle_inputs *inputs,
                                  enum fact_kind kind, const struct item *item,
                                  struct period period)
{
        static const struct name whole;

        return find_of_record(terms, inputs, (struct wanted) { kind, item, period }, &whole);
}

const struct fact *settle_fact(const struct terms *terms, const struct settle_inputs *inputs,
                               enum fact_kind kind, struct period period)
{
        static const struct item total;

        return settle_fact_of(terms, inputs, kind, &total, period);
}

bool settle_reads(const struct terms *terms, const struct settle_inputs *inputs,
                  const struct fact *fact)
{
        const struct wanted wanted = { fact->key.kind, &fact->key.item, fact->key.period };

        return find_of_record(terms, inputs, wanted, &fact->key.segment) == fact;
}

static const struct fact *of_record(const struct working *w, struct wanted wanted,
                                    const struct name *segment)
{
        return find_of_record(w->terms, w->inputs, wanted, segment);
}

/* Its place in the statement: a fact is named once, however many lines read it. */
static uint16_t note_use(struct working *w, const struct fact *fact)
{
        struct statement *to = w->to;

        for (uint16_t i = 0; i < to->fact_count; i++)
                if (to->facts[i].index == fact->index && to->facts[i].event == fact->event)
                        return i;
        assert(to->fact_count < FACTS_PER_STATEMENT_MAX);
        to->relayed = to->relayed || fact->relayed;
        to->facts[to->fact_count] = (struct used_fact) {
                .index = fact->index,
                .event = fact->event,
                .kind = fact->key.kind,
                .side = fact->side,
                .relayed = fact->relayed,
                .decided = fact->decided,
                .item = fact->key.item,
                .period = fact->key.period,
                .value = fact->value,
        };
        return to->fact_count++;
}

/* All segments of the terms, or nothing: a sum that lacks one would be a guess. */
static size_t of_segments(const struct terms *terms, const struct settle_inputs *inputs,
                          struct wanted wanted, const struct fact *ret[SEGMENTS_MAX])
{
        size_t count = terms->segment_count;

        assert(count <= SEGMENTS_MAX);
        if (!fact_kind_adds_up(wanted.kind))
                return 0;
        for (size_t i = 0; i < count; i++) {
                ret[i] = find_of_record(terms, inputs, wanted, &terms->segments[i].name);
                if (!ret[i])
                        return 0;
        }
        return count;
}

size_t settle_facts(const struct terms *terms, const struct settle_inputs *inputs,
                    struct wanted wanted, const struct fact *ret[SEGMENTS_MAX])
{
        static const struct name whole;

        ret[0] = find_of_record(terms, inputs, wanted, &whole);
        return ret[0] ? 1 : of_segments(terms, inputs, wanted, ret);
}

static struct wanted spelled_out(const struct working *w, struct wanted wanted)
{
        static const struct item total;

        if (!wanted.item)
                wanted.item = &total;
        if (wanted.period.from == wanted.period.until)
                wanted.period = w->run->period;
        return wanted;
}

/*
 * The line with its facts. Those of segments are always read together, so that they stand together
 * from the first time on.
 */
static struct exact say_taken(struct working *w, enum line_code code, const struct item *item,
                              const struct fact *const *found, size_t count)
{
        struct exact sum = exact_of(0);
        uint16_t first = 0;
        struct line *line;

        for (size_t i = 0; i < count; i++) {
                uint16_t place = note_use(w, found[i]);

                first = i ? first : place;
                assert(place == first + i);
                sum = exact_add(sum, exact_of_value(&found[i]->value));
        }
        line = line_add(w, code, item, sum);
        line->fact = first;
        line->facts = (uint16_t)count;
        return sum;
}

bool take_if(struct working *w, enum line_code code, struct wanted wanted, struct exact *ret)
{
        const struct wanted whole = spelled_out(w, wanted);
        const struct fact *found[SEGMENTS_MAX];
        size_t count = settle_facts(w->terms, w->inputs, whole, found);

        *ret = exact_of(0);
        if (count)
                *ret = say_taken(w, code, whole.item, found, count);
        return count > 0;
}

bool take(struct working *w, enum line_code code, struct wanted wanted, struct exact *ret)
{
        if (take_if(w, code, wanted, ret))
                return true;
        say_missing(w, spelled_out(w, wanted));
        w->stopped = true;
        return false;
}

bool take_flag(struct working *w, enum line_code code, enum fact_kind kind)
{
        struct exact flag;

        return take_if(w, code, (struct wanted) { .kind = kind }, &flag) && exact_sign(flag) > 0;
}

/* By item, and so the same in whatever order the facts are. */
static void insert(const struct fact **list, size_t count, const struct fact *fact)
{
        while (count && strcmp(list[count - 1]->key.item.text, fact->key.item.text) > 0) {
                list[count] = list[count - 1];
                count--;
        }
        list[count] = fact;
}

size_t find_all(const struct working *w, enum fact_kind kind, const struct fact **ret, size_t room)
{
        static const struct name whole;
        const struct settle_inputs *in = w->inputs;
        size_t count = 0;

        for (size_t i = 0; i < in->fact_count; i++) {
                const struct wanted wanted = { kind, &in->facts[i].key.item, w->run->period };

                if (of_record(w, wanted, &whole) != &in->facts[i])
                        continue;
                if (count < room)
                        insert(ret, count, &in->facts[i]);
                count++;
        }
        return count;
}

struct exact take_found(struct working *w, enum line_code code, const struct fact *fact)
{
        return say_taken(w, code, &fact->key.item, &fact, 1);
}

static bool same_carried(const struct carried *a, enum carry what, const struct item *item)
{
        return a->what == what && item_equal(&a->item, item);
}

/* Its place in the statement, from 1: a figure is named once, however many lines read it. */
static uint16_t note_carried(struct working *w, const struct carried *carried)
{
        struct statement *to = w->to;

        for (uint16_t i = 0; i < to->carried_count; i++)
                if (same_carried(&to->carried[i], carried->what, &carried->item))
                        return (uint16_t)(i + 1);
        assert(to->carried_count < CARRIED_PER_STATEMENT_MAX);
        to->carried[to->carried_count++] = *carried;
        return to->carried_count;
}

bool take_carried(struct working *w, enum line_code code, enum carry what, const struct item *item,
                  struct exact *ret)
{
        static const struct item none;

        *ret = exact_of(0);
        for (size_t i = 0; i < w->inputs->carried_count; i++) {
                const struct carried *carried = &w->inputs->carried[i];

                if (!same_carried(carried, what, item ? item : &none))
                        continue;
                *ret = carried->figure;
                line_add(w, code, item, *ret)->carried = note_carried(w, carried);
                return true;
        }
        return false;
}

const struct member_figures *member_figures(const struct working *w, const struct item *category)
{
        static const struct item all;
        const struct members *members = w->inputs->members;

        for (size_t i = 0; members && i < members->count; i++)
                if (item_equal(&members->figures[i].item, category ? category : &all))
                        return &members->figures[i];
        return NULL;
}

bool have_quality(struct working *w, struct exact *ret)
{
        *ret = held(w, FEED_QUALITY);
        return is_held(w, FEED_QUALITY) ||
               take_if(w, LINE_QUALITY_SCORE, (struct wanted) { .kind = FACT_QUALITY_SCORE }, ret);
}

bool need_quality(struct working *w, struct exact *ret)
{
        return have_quality(w, ret) ||
               take(w, LINE_QUALITY_SCORE, (struct wanted) { .kind = FACT_QUALITY_SCORE }, ret);
}
