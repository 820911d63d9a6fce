/* SPDX-License-Identifier: Apache-2.0 */
#include "core/match.h"

#include <string.h>

#include "core/exact.h"

#define BILLION INT64_C(1000000000)     /* what the tolerance of a rate counts */

const struct fact_rule *terms_rule(const struct terms *terms, enum fact_kind kind)
{
        for (size_t i = 0; i < terms->rule_count; i++)
                if (terms->rules[i].kind == kind)
                        return &terms->rules[i];
        return NULL;
}

/* ---- which facts are of the same thing */

static int by_number(int64_t a, int64_t b)
{
        return (a > b) - (a < b);
}

static int by_thing(const struct fact_key *a, const struct fact_key *b)
{
        int r = by_number(a->kind, b->kind);

        if (!r)
                r = memcmp(a->segment.text, b->segment.text, sizeof(a->segment.text));
        if (!r)
                r = memcmp(a->item.text, b->item.text, sizeof(a->item.text));
        if (!r)
                r = by_number(a->period.from, b->period.from);
        return r ? r : by_number(a->period.until, b->period.until);
}

/* Claims paid through a later day tell more; else what was said last. Above zero: @a counts. */
static int by_age(const struct fact *a, const struct fact *b)
{
        if (a->key.paid_through != b->key.paid_through)
                return a->key.paid_through > b->key.paid_through ? 1 : -1;
        if (a->index != b->index)
                return a->index > b->index ? 1 : -1;
        return by_number(a->event, b->event);
}

static const struct fact *fact_of(const struct match *match)
{
        return match->bearer ? match->bearer : match->earner;
}

/* Rows of one fact each: by thing, of one thing the facts that count first. */
static int by_row(const struct match *a, const struct match *b)
{
        const struct fact *x = fact_of(a), *y = fact_of(b);
        int r = by_thing(&x->key, &y->key);

        if (!r)
                r = by_age(y, x);
        return r ? r : by_number(x->side, y->side);
}

static void sift(struct match *rows, size_t top, size_t count)
{
        const struct match row = rows[top];
        size_t child;

        while ((child = 2 * top + 1) < count) {
                if (child + 1 < count && by_row(&rows[child], &rows[child + 1]) < 0)
                        child++;
                if (by_row(&row, &rows[child]) >= 0)
                        break;
                rows[top] = rows[child];
                top = child;
        }
        rows[top] = row;
}

/* A heap's sort: in place, and no order of the facts makes it slow. */
static void sort(struct match *rows, size_t count)
{
        for (size_t i = count / 2; i-- > 0;)
                sift(rows, i, count);
        for (size_t end = count; end-- > 1;) {
                const struct match last = rows[end];

                rows[end] = rows[0];
                rows[0] = last;
                sift(rows, 0, end);
        }
}

static bool is_of_a_side(const struct fact *fact)
{
        return fact->key.scope == SCOPE_CONTRACT && fact->side != SIDE_NEITHER;
}

static size_t lay_out(const struct match_inputs *in, struct match *ret)
{
        size_t count = 0;

        for (size_t i = 0; i < in->fact_count; i++) {
                const struct fact *fact = &in->facts[i];

                if (!is_of_a_side(fact))
                        continue;
                ret[count++] = (struct match) {
                        .bearer = fact->side == SIDE_BEARER ? fact : NULL,
                        .earner = fact->side == SIDE_EARNER ? fact : NULL,
                };
        }
        return count;
}

/* Rows of one thing into one: of each side the first, which is the one that counts. */
static size_t fold(struct match *rows, size_t count)
{
        size_t kept = 0;

        for (size_t i = 0; i < count; i++) {
                const struct match row = rows[i];

                if (!kept || by_thing(&fact_of(&rows[kept - 1])->key, &fact_of(&row)->key) != 0) {
                        rows[kept++] = row;
                        continue;
                }
                if (!rows[kept - 1].bearer)
                        rows[kept - 1].bearer = row.bearer;
                if (!rows[kept - 1].earner)
                        rows[kept - 1].earner = row.earner;
        }
        return kept;
}

/* ---- how far apart they are */

static wide magnitude(wide a)
{
        return a < 0 ? -a : a;
}

/*
 * Values are no longer than MONEY_MAX / 1 or RATE_PART_MAX / RATE_PART_MAX, so that no product here
 * is beyond 2 * 10^36.
 */
static wide apart(const struct value *a, const struct value *b)
{
        return magnitude((wide)a->num * b->den - (wide)b->num * a->den);
}

static bool value_equal(const struct value *a, const struct value *b)
{
        return apart(a, b) == 0;
}

static bool within(const struct fact_rule *rule, const struct value *record,
                   const struct value *other)
{
        const wide by = apart(record, other), over = (wide)record->den * other->den;
        const struct rate share = rule->tolerance_share;

        if (record->unit == UNIT_FLAG)
                return false;
        if (by * (record->unit == UNIT_RATE ? BILLION : 1) <= rule->tolerance * over)
                return true;
        return share.num > 0 &&
               by * share.den <= share.num * magnitude(record->num) * (wide)other->den;
}

const struct fact *match_of_record(const struct match *match)
{
        switch (match->of_record) {
        case SIDE_BEARER:
                return match->bearer;
        case SIDE_EARNER:
                return match->earner;
        default:
                if (!match->bearer || !match->earner)
                        return fact_of(match);
                return by_age(match->bearer, match->earner) > 0 ? match->bearer : match->earner;
        }
}

/* What is held against the fact of record, if the side was there to say it. */
static const struct fact *answer(const struct match *match)
{
        const struct fact *record = match_of_record(match);
        const struct fact *other = record == match->bearer ? match->earner : match->bearer;

        return other && !other->relayed ? other : NULL;
}

static enum match_result one_sided(const struct match *match)
{
        const struct fact *bearer = match->bearer, *earner = match->earner;

        if (!bearer || !earner)
                return bearer ? MATCH_BEARER_ONLY : MATCH_EARNER_ONLY;
        return bearer->relayed ? MATCH_EARNER_ONLY : MATCH_BEARER_ONLY;
}

static bool both_said(const struct match *match)
{
        return match->bearer && match->earner && !match->bearer->relayed && !match->earner->relayed;
}

static bool same_day(const struct fact *a, const struct fact *b)
{
        return a->key.paid_through == b->key.paid_through || a->key.paid_through == DATE_NONE ||
               b->key.paid_through == DATE_NONE;
}

static enum match_result result_of(const struct match *match)
{
        const struct fact *record = match_of_record(match);
        bool equal;

        if (match->decided)
                return MATCH_DECIDED;
        if (!both_said(match))
                return one_sided(match);
        equal = value_equal(&match->bearer->value, &match->earner->value);
        if (equal && same_day(match->bearer, match->earner))
                return MATCH_AGREED;
        if (equal || (match->rule && within(match->rule, &record->value, &answer(match)->value)))
                return MATCH_WITHIN;
        return MATCH_DISPUTED;
}

/* ---- what was decided, and which windows are over */

/* Where the key stands among the matches, which are sorted by it; @count: nobody says it. */
static size_t find(const struct match *matches, size_t count, const struct fact_key *key)
{
        size_t low = 0, high = count;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (by_thing(&fact_of(&matches[middle])->key, key) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < count && by_thing(&fact_of(&matches[low])->key, key) == 0 ? low : count;
}

static bool decided_later(const struct fact *a, const struct fact *b)
{
        return a->index != b->index ? a->index > b->index : a->event > b->event;
}

/* Both have said the same value after it. */
static bool at_its_end(const struct match *match, const struct fact *decided)
{
        return both_said(match) && match->bearer->index > decided->index &&
               match->earner->index > decided->index &&
               value_equal(&match->bearer->value, &match->earner->value);
}

static void attach_decided(const struct match_inputs *in, struct match *matches, size_t count)
{
        for (size_t i = 0; i < in->decided_count; i++) {
                const struct fact *decided = &in->decided[i];
                size_t at = find(matches, count, &decided->key);

                if (at < count && (!matches[at].decided ||
                                   decided_later(decided, matches[at].decided)))
                        matches[at].decided = decided;
        }
        for (size_t i = 0; i < count; i++)
                if (matches[i].decided && at_its_end(&matches[i], matches[i].decided))
                        matches[i].decided = NULL;
}

static bool before(const struct window_over *over, const struct fact *fact)
{
        return over->index != fact->index ? over->index < fact->index : over->event < fact->event;
}

/* NULL: it is open, or there is none. */
static const struct window_over *window_of(const struct match_inputs *in, const struct fact *fact)
{
        size_t low = 0, high = in->over_count;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (before(&in->over[middle], fact))
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < in->over_count && in->over[low].index == fact->index &&
                               in->over[low].event == fact->event
                       ? &in->over[low]
                       : NULL;
}

static void attach_window(const struct match_inputs *in, struct match *match)
{
        const struct fact *record = match_of_record(match), *other = answer(match);
        const struct window_over *over = record ? window_of(in, record) : NULL;

        if (!over || over->answered)
                return;
        match->late = other && other->index > over->by;
        match->window_over = !other || match->late;
}

size_t match_all(const struct terms *terms, const struct match_inputs *inputs, struct match *ret)
{
        size_t count = lay_out(inputs, ret);

        sort(ret, count);
        count = fold(ret, count);
        attach_decided(inputs, ret, count);
        for (size_t i = 0; i < count; i++) {
                enum fact_kind kind = fact_of(&ret[i])->key.kind;

                ret[i].rule = terms_rule(terms, kind);
                ret[i].of_record = terms_of_record(terms, kind);
                ret[i].result = result_of(&ret[i]);
                attach_window(inputs, &ret[i]);
        }
        return count;
}

bool match_holds(const struct match *match)
{
        return match->result == MATCH_DISPUTED && match->rule &&
               match->rule->other != REPORT_NONE && !match->late;
}

/* ---- what a settlement takes */

static const struct fact *chosen(const struct match *match, enum side side)
{
        if (match->decided)
                return match->decided;
        if (side != SIDE_NEITHER && match_holds(match))
                return side == SIDE_BEARER ? match->bearer : match->earner;
        return match_of_record(match);
}

static void put(struct fact *ret, const struct fact *fact, enum side of_record)
{
        *ret = *fact;
        if (of_record != SIDE_NEITHER)
                ret->side = of_record;
}

/* Decided of what no side says any more; by the last of its key. */
static bool stands_alone(const struct match_inputs *in, size_t place, const struct match *matches,
                         size_t count)
{
        const struct fact *decided = &in->decided[place];

        if (find(matches, count, &decided->key) < count)
                return false;
        for (size_t i = 0; i < in->decided_count; i++)
                if (by_thing(&in->decided[i].key, &decided->key) == 0 &&
                    decided_later(&in->decided[i], decided))
                        return false;
        return true;
}

size_t match_choose(const struct terms *terms, const struct match_inputs *inputs,
                    const struct match *matches, size_t count, enum side side, struct fact *ret)
{
        size_t taken = 0;

        for (size_t i = 0; i < count; i++) {
                const struct fact *fact = chosen(&matches[i], side);

                if (fact)
                        put(&ret[taken++], fact, matches[i].of_record);
        }
        for (size_t i = 0; i < inputs->decided_count; i++)
                if (stands_alone(inputs, i, matches, count))
                        put(&ret[taken++], &inputs->decided[i],
                            terms_of_record(terms, inputs->decided[i].key.kind));
        for (size_t i = 0; i < inputs->fact_count; i++)
                if (!is_of_a_side(&inputs->facts[i]))
                        ret[taken++] = inputs->facts[i];
        return taken;
}
