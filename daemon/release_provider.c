/* SPDX-License-Identifier: Apache-2.0 */
/* One provider's payers side by side: core/align over what they pay for. */
#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "daemon/release_figures.h"

/* Payers of the provider, each once, and their rows. */
struct side_by_side {
        struct align align;
        struct align_payer *payers;
        uint32_t *groups;               /* whose each payer is */
        struct align_row *rows;
        const struct gathered *from;
};

static void side_by_side_cleanup(struct side_by_side *s)
{
        free(s->payers);
        free(s->groups);
        free(s->rows);
}

static uint32_t payer_place(struct side_by_side *s, uint32_t group)
{
        uint32_t place = 0;

        while (place < s->align.payer_count && s->groups[place] != group)
                place++;
        if (place == s->align.payer_count) {
                s->groups[place] = group;
                s->payers[place] = (struct align_payer) { .has_revenue = false };
                s->align.payer_count++;
        }
        return place;
}

static int make_room(struct side_by_side *s, const struct gathered *from, uint32_t provider)
{
        size_t contracts = 0, rows = 0;

        for (size_t i = 0; i < from->count; i++)
                if (from->contracts[i].provider == provider) {
                        contracts++;
                        rows += from->contracts[i].row_count;
                }
        s->payers = calloc(contracts + 1, sizeof(*s->payers));
        s->groups = calloc(contracts + 1, sizeof(*s->groups));
        s->rows = calloc(rows + 1, sizeof(*s->rows));
        return s->payers && s->groups && s->rows ? 0 : -ENOMEM;
}

static int put_side_by_side(const struct gathered *from, uint32_t provider,
                            struct side_by_side *s, struct provider_figures *is)
{
        int r = make_room(s, from, provider);

        for (size_t i = 0; !r && i < from->count; i++) {
                const struct counted *one = &from->contracts[i];
                struct align_payer *payer;
                uint32_t place;

                if (one->provider != provider)
                        continue;
                place = payer_place(s, one->payer);
                payer = &s->payers[place];
                payer->has_revenue |= one->has_revenue;
                payer->revenue += one->revenue;
                is->revenue += one->revenue;
                is->members += one->members;
                for (size_t j = 0; j < one->row_count; j++) {
                        s->rows[s->align.row_count] = from->rows[one->first_row + j];
                        s->rows[s->align.row_count++].payer = place;
                }
        }
        s->align.payers = s->payers;
        s->align.rows = s->rows;
        s->align.tolerance = align_tolerance;
        return r;
}

static int64_t nano_of(const struct align_index *index)
{
        struct exact nano;

        if (!index->calculable || !exact_mul_decimals(index->value, exact_of(NANO), 0, &nano))
                return -1;
        return (int64_t)nano.num;
}

/* ---- what of each row is so */

static bool in_group(const struct align_row *row, const struct align_group *group)
{
        if (row->key.direction != group->direction || !period_equal(row->period, group->period) ||
            row->has_target != group->has_target)
                return false;
        return !row->has_target ||
               (exact_cmp(exact_of_rate(row->target), exact_of_rate(group->from)) >= 0 &&
                exact_cmp(exact_of_rate(row->target), exact_of_rate(group->to)) <= 0);
}

uint64_t mark_of(uint64_t before, const void *data, size_t size)
{
        const uint8_t *octets = data;

        for (size_t i = 0; i < size; i++)       /* FNV-1a */
                before = (before ^ octets[i]) * UINT64_C(0x100000001b3);
        return before;
}

static uint64_t mark_of_row(const struct align_row *row)
{
        const int64_t numbers[] = { row->key.direction, row->period.from, row->period.until,
                                    row->has_target, row->target.num, row->target.den,
                                    row->dollars };
        uint64_t mark = mark_of(UINT64_C(0xcbf29ce484222325), numbers, sizeof(numbers));

        mark = mark_of(mark, row->key.concept.text, sizeof(row->key.concept.text));
        mark = mark_of(mark, row->key.version.text, sizeof(row->key.version.text));
        return mark_of(mark, row->key.population.text, sizeof(row->key.population.text));
}

/* In the order of the rows, as core/align has put them. */
static int add_stakes(const struct side_by_side *s, struct sides *to)
{
        for (uint32_t i = 0; i < s->align.row_count; i++) {
                const struct align_row *row = &s->rows[i];
                const struct counted *contract = &s->from->contracts[row->contract];
                int r = release_grow((void **)&to->stakes, to->stake_count, &to->stake_room,
                                     sizeof(*to->stakes));

                if (r)
                        return r;
                to->stakes[to->stake_count++] = (struct stake) {
                        .payer = contract->payer, .provider = contract->provider,
                        .bearer_no = contract->bearer_no, .earner_no = contract->earner_no,
                        .programme = contract->programme, .key = row->key,
                        .dollars = row->dollars, .mark = mark_of_row(row),
                };
        }
        return 0;
}

static void mark_shared(const struct side_by_side *s, struct stake *stakes)
{
        struct align_run run = { 0, 0 };
        struct align_measure measure;

        while (align_next(&s->align, ALIGN_KEY, &run)) {
                align_measure(&s->align, run, &measure);
                for (uint32_t i = run.from; i < run.until; i++)
                        stakes[i].shared = measure.paying > 1;
        }
}

static void mark_groups(const struct side_by_side *s, const struct charter *charter,
                        struct stake *stakes)
{
        const struct exact least = exact_of_rate(charter->thresholds.is
                                                         ? charter->thresholds.dominant
                                                         : (struct rate) { 1, 1 });
        struct align_run run = { 0, 0 };
        struct align_measure measure;

        while (align_next(&s->align, ALIGN_EITHER_WAY, &run)) {
                align_measure(&s->align, run, &measure);
                for (uint32_t i = run.from; i < run.until; i++) {
                        stakes[i].outside = !in_group(&s->rows[i], &measure.group);
                        stakes[i].aligned = measure.dominant.calculable &&
                                            exact_cmp(measure.dominant.value, least) >= 0;
                }
        }
}

static void say_all_source(const struct gathered *from, struct provider_figures *is)
{
        is->knows_all_source = true;
        for (size_t i = 0; i < from->revenue_count; i++) {
                if (from->revenue[i].provider != is->provider)
                        continue;
                is->knows_all_source &= from->revenue[i].known;
                is->all_source += from->revenue[i].cents;
        }
        is->knows_all_source &= is->all_source >= is->revenue && is->all_source > 0;
}

static void say_indices(const struct side_by_side *s, const struct charter *charter,
                        struct provider_figures *is)
{
        struct align_index index = align_alignment(&s->align, ALIGN_KEY);

        is->dollars = align_dollars(&s->align);
        is->alignment = nano_of(&index);
        index = align_shared(&s->align);
        is->shared = nano_of(&index);
        index = align_conflict_share(&s->align);
        is->conflict = nano_of(&index);
        if (!charter->thresholds.is)
                return;
        index = align_dominant_dollars(&s->align, charter->thresholds.dominant);
        is->aligned = nano_of(&index);
}

static int add_provider(const struct gathered *from, const struct release_at *at,
                        uint32_t provider, struct sides *to)
{
        own(side_by_side) struct side_by_side s = { .from = from };
        struct provider_figures is = {
                .provider = provider, .alignment = -1, .shared = -1, .conflict = -1, .aligned = -1,
        };
        size_t first = to->stake_count;
        int r = put_side_by_side(from, provider, &s, &is);

        if (r)
                return r;
        say_all_source(from, &is);
        if (!align_prepare(&s.align)) {         /* else its figures are beyond all bounds */
                r = add_stakes(&s, to);
                if (r)
                        return r;
                say_indices(&s, at->charter, &is);
                if (s.align.row_count) {
                        mark_shared(&s, to->stakes + first);
                        mark_groups(&s, at->charter, to->stakes + first);
                }
        }
        r = release_grow((void **)&to->providers, to->count, &to->room, sizeof(*to->providers));
        if (!r)
                to->providers[to->count++] = is;
        return r;
}

const struct provider_figures *sides_of(const struct sides *sides, uint32_t provider)
{
        for (size_t i = 0; i < sides->count; i++)
                if (sides->providers[i].provider == provider)
                        return &sides->providers[i];
        return NULL;
}

int release_sides(const struct gathered *from, const struct release_at *at, struct sides *ret)
{
        int r = 0;

        *ret = (struct sides) { .count = 0 };
        for (size_t i = 0; !r && i < from->count; i++)
                if (!sides_of(ret, from->contracts[i].provider))
                        r = add_provider(from, at, from->contracts[i].provider, ret);
        return r;
}

void sides_cleanup(struct sides *sides)
{
        free(sides->providers);
        free(sides->stakes);
}

/* ---- by what is public alone */

static int put_open(const struct gathered *from, const struct name *earner, struct side_by_side *s)
{
        s->payers = calloc(from->open_count + 1, sizeof(*s->payers));
        s->groups = calloc(from->open_count + 1, sizeof(*s->groups));
        s->rows = calloc(from->open_count + 1, sizeof(*s->rows));
        if (!s->payers || !s->groups || !s->rows)
                return -ENOMEM;
        for (size_t i = 0; i < from->open_count; i++)
                if (name_equal(&from->open[i].earner, earner))
                        s->rows[s->align.row_count++] = (struct align_row) {
                                .payer = payer_place(s, from->open[i].payer),
                                .key = from->open[i].key,
                        };
        s->align.payers = s->payers;
        s->align.rows = s->rows;
        s->align.tolerance = align_tolerance;
        return 0;
}

int open_alignment(const struct gathered *from, const struct name *earner, int64_t *ret)
{
        own(side_by_side) struct side_by_side s = { .payers = NULL };
        wide sum = 0;
        int64_t pairs = 0;
        int r = put_open(from, earner, &s);

        *ret = -1;
        if (r || align_prepare(&s.align))
                return r;
        for (uint32_t p = 0; p < s.align.payer_count; p++)
                for (uint32_t q = p + 1; q < s.align.payer_count; q++) {
                        struct align_index index = align_jaccard(&s.align, ALIGN_KEY, p, q);

                        sum += index.calculable ? nano_of(&index) : 0;
                        pairs += index.calculable;
                }
        if (pairs)
                *ret = (int64_t)(sum / pairs);
        return 0;
}
