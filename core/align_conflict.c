/* SPDX-License-Identifier: Apache-2.0 */
#include "core/align_conflict.h"

#include "core/arrangement.h"
#include "core/check.h"

struct found {
        const struct align_side *p, *q;
        struct rate tolerance;
        struct align_conflict *list;
        size_t count, room;
};

bool align_conflict_is_note(enum conflict_type type)
{
        return type == CONFLICT_GATE || type == CONFLICT_VOLUME;
}

static const struct name *concept_of(const struct align_conflict *c)
{
        return c->p ? &c->p->key.concept : &c->q->key.concept;
}

static struct align_conflict *known(const struct found *f, const struct align_conflict *c)
{
        for (size_t i = 0; i < f->count && i < f->room; i++)
                if (f->list[i].type == c->type && !f->list[i].p == !c->p &&
                    name_equal(concept_of(&f->list[i]), concept_of(c)))
                        return &f->list[i];
        return NULL;
}

/* A type and concept once: of several pairs of rows the most severe. */
static void add(struct found *f, enum conflict_type type, const struct align_row *p,
                const struct align_row *q)
{
        struct align_conflict c = { .type = type, .p = p, .q = q }, *before;

        if (p && q)
                c.severity = p->dollars < q->dollars ? p->dollars : q->dollars;
        before = known(f, &c);
        if (before) {
                if (c.severity > before->severity)
                        *before = c;
                return;
        }
        if (f->count < f->room)
                f->list[f->count] = c;
        f->count++;
}

bool align_targets_differ(const struct align_row *a, const struct align_row *b,
                          struct rate tolerance)
{
        struct exact apart;

        if (!a->has_target || !b->has_target)
                return false;
        apart = exact_sub(exact_of_rate(a->target), exact_of_rate(b->target));
        if (exact_sign(apart) < 0)
                apart = exact_neg(apart);
        return exact_cmp(apart, exact_of_rate(tolerance)) > 0;
}

static bool has_key(const struct align_side *side, const struct measure_key *key)
{
        for (uint32_t i = 0; i < side->row_count; i++)
                if (measure_key_equal(&side->rows[i].key, key))
                        return true;
        return false;
}

static bool has_concept(const struct align_side *side, const struct name *concept)
{
        for (uint32_t i = 0; i < side->row_count; i++)
                if (name_equal(&side->rows[i].key.concept, concept))
                        return true;
        return false;
}

/* Is either a measure of which the other side has no row? */
static bool specified_apart(const struct found *f, const struct align_row *p,
                            const struct align_row *q)
{
        if (measure_key_equal(&p->key, &q->key))
                return !name_equal(&p->excludes, &q->excludes);
        return !has_key(f->q, &p->key) || !has_key(f->p, &q->key);
}

static void compare_rows(struct found *f, const struct align_row *p, const struct align_row *q)
{
        if (!name_equal(&p->key.concept, &q->key.concept))
                return;
        if (p->key.direction != q->key.direction) {
                add(f, CONFLICT_DIRECTION, p, q);
                return;
        }
        if (measure_key_equal(&p->key, &q->key) && align_targets_differ(p, q, f->tolerance))
                add(f, CONFLICT_TARGET, p, q);
        if (specified_apart(f, p, q))
                add(f, CONFLICT_SPECIFICATION, p, q);
        if (!period_equal(p->period, q->period))
                add(f, CONFLICT_PERIOD, p, q);
}

/* ---- what one side has and the other has not */

static const struct align_row *cost_of(const struct align_side *side)
{
        static const struct name cost = { CONCEPT_TOTAL_COST };

        for (uint32_t i = 0; i < side->row_count; i++)
                if (name_equal(&side->rows[i].key.concept, &cost))
                        return &side->rows[i];
        return NULL;
}

/* Each service is paid for, and nothing for there being fewer. */
static bool rewards_volume(const struct align_side *side)
{
        return side->category <= LAN_2C && !cost_of(side);
}

static void note(struct found *f, const struct align_side *has, const struct align_side *lacks)
{
        const struct align_row *cost = cost_of(has);
        bool of_p = has == f->p;

        for (uint32_t i = 0; i < has->row_count; i++) {
                const struct align_row *row = &has->rows[i];

                if (row->gate && !has_concept(lacks, &row->key.concept))
                        add(f, CONFLICT_GATE, of_p ? row : NULL, of_p ? NULL : row);
        }
        if (cost && rewards_volume(lacks))
                add(f, CONFLICT_VOLUME, of_p ? cost : NULL, of_p ? NULL : cost);
}

size_t align_conflicts(const struct align_side *p, const struct align_side *q,
                       struct rate tolerance, struct align_conflict *ret, size_t room)
{
        struct found found = { .p = p, .q = q, .tolerance = tolerance, .list = ret, .room = room };

        assert(p != q);
        for (uint32_t i = 0; i < p->row_count; i++)
                for (uint32_t j = 0; j < q->row_count; j++)
                        compare_rows(&found, &p->rows[i], &q->rows[j]);
        note(&found, p, q);
        note(&found, q, p);
        return found.count;
}
