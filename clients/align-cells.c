/* SPDX-License-Identifier: Apache-2.0 */
/* A payer's contracts held against what most dollars of a measure ask for. */
#include <stdlib.h>
#include <string.h>

#include "clients/align.h"

static const struct align_row *heaviest(const struct align *a, struct align_run run,
                                        uint32_t payer)
{
        const struct align_row *ret = NULL;

        for (uint32_t i = run.from; i < run.until; i++)
                if (a->rows[i].payer == payer && (!ret || a->rows[i].dollars > ret->dollars))
                        ret = &a->rows[i];
        return ret;
}

static int64_t all_of(const struct align *a, uint32_t payer)
{
        return align_dollars_of(a, (struct align_run) { 0, a->row_count }, payer);
}

static bool target_in(const struct align_row *row, const struct align_group *group)
{
        if (row->has_target != group->has_target)
                return false;
        return !row->has_target ||
               (exact_cmp(exact_of_rate(row->target), exact_of_rate(group->from)) >= 0 &&
                exact_cmp(exact_of_rate(row->target), exact_of_rate(group->to)) <= 0);
}

static enum align_agrees by_weight(const struct align_cell *cell, const struct align_measure *m)
{
        struct exact own = cell->weight.value, all = m->share.value;

        if (exact_cmp(exact_mul(own, exact_of(2)), all) < 0)
                return AGREES_LIGHTER;
        return exact_cmp(own, exact_mul(all, exact_of(2))) > 0 ? AGREES_HEAVIER : AGREES_SAME;
}

static enum align_agrees agreement(const struct align_view *view, const struct align_cell *cell,
                                   const struct align_measure *m)
{
        if (!cell->row)
                return AGREES_ABSENT;
        if (view->keys_only)
                return m->payers > 1 ? AGREES_SAME : AGREES_ALONE;
        if (!cell->dollars)
                return AGREES_UNPAID;
        if (m->paying == 1)
                return AGREES_ALONE;
        if (cell->row->key.direction != m->group.direction)
                return AGREES_OTHER_WAY;
        if (!period_equal(cell->row->period, m->group.period))
                return AGREES_OTHER_DAYS;
        return target_in(cell->row, &m->group) ? by_weight(cell, m) : AGREES_OTHER_TARGET;
}

void align_cell_of(const struct align_view *view, struct align_run run, uint32_t payer,
                   const struct align_measure *measure, struct align_cell *ret)
{
        const struct align *a = &view->s->align;

        *ret = (struct align_cell) { .row = heaviest(a, run, payer),
                                     .dollars = align_dollars_of(a, run, payer) };
        ret->weight = align_part(ret->dollars, all_of(a, payer));
        ret->agrees = agreement(view, ret, measure);
}

static const struct {
        const char *word, *says;
} agreements[] = {
        [AGREES_ABSENT] = { "absent", "absent" },
        [AGREES_UNPAID] = { "unpaid", "no dollars" },
        [AGREES_OTHER_WAY] = { "other_direction", "other way" },
        [AGREES_OTHER_DAYS] = { "other_period", "other days" },
        [AGREES_OTHER_TARGET] = { "other_target", "other target" },
        [AGREES_LIGHTER] = { "same_lighter", "same, light" },
        [AGREES_HEAVIER] = { "same_heavier", "same, heavy" },
        [AGREES_SAME] = { "same", "same" },
        [AGREES_ALONE] = { "alone", "alone" },
};

const char *align_agrees_word(enum align_agrees agrees)
{
        return agreements[agrees].word;
}

char *align_cell_says(const struct align_cell *cell, char ret[ALIGN_WORDS_MAX])
{
        char target[ALIGN_WORDS_MAX], weight[ALIGN_WORDS_MAX];
        const char *says = agreements[cell->agrees].says;

        if (!cell->row || !cell->weight.calculable)
                snprintf(ret, ALIGN_WORDS_MAX, "%s", says);
        else if (cell->row->has_target)
                snprintf(ret, ALIGN_WORDS_MAX, "%s; %s; w %s", says,
                         align_target(cell->row, target),
                         align_percent(cell->weight.value, weight));
        else
                snprintf(ret, ALIGN_WORDS_MAX, "%s; w %s", says,
                         align_percent(cell->weight.value, weight));
        return ret;
}

static int64_t dollars_in(const struct align *a, struct align_run run)
{
        int64_t sum = 0;

        for (uint32_t i = run.from; i < run.until; i++)
                sum += a->rows[i].dollars;
        return sum;
}

/* By insertion behind all that have as many dollars: so equal ones stay in order of key. */
size_t align_ranked(const struct align_view *view, struct align_run *ret, size_t room)
{
        const struct align *a = &view->s->align;
        struct align_run run = { 0, 0 };
        size_t count = 0;

        while (count < room && align_next(a, ALIGN_EITHER_WAY, &run)) {
                int64_t dollars = dollars_in(a, run);
                size_t at = count++;

                for (; at > 0 && dollars_in(a, ret[at - 1]) < dollars; at--)
                        ret[at] = ret[at - 1];
                ret[at] = run;
        }
        return count;
}

const struct specification *align_common(const struct align_view *view,
                                         const struct name *concept, const struct measure_key *key)
{
        const struct charter *charter = view->titles.charter;

        for (uint16_t i = 0; charter && i < charter->specification_count; i++) {
                const struct specification *s = &charter->specifications[i];

                if (s->common && (key ? measure_key_equal(&s->is, key)
                                      : name_equal(&s->is.concept, concept)))
                        return s;
        }
        return NULL;
}
