/* SPDX-License-Identifier: Apache-2.0 */
#include "core/align.h"

#include <string.h>

#include "core/align_inside.h"
#include "core/check.h"

#define MILLION 1000000
#define TARGET_PART_MAX ((int64_t)1 << 61)      /* two such, multiplied and added, fit a wide */

const struct rate align_tolerance = { 1, 50 };

/* ---- order */

static int compare_keys(const struct measure_key *a, const struct measure_key *b)
{
        int order = strcmp(a->concept.text, b->concept.text);

        if (!order)
                order = strcmp(a->version.text, b->version.text);
        if (!order)
                order = strcmp(a->population.text, b->population.text);
        return order ? order : (int)a->direction - (int)b->direction;
}

static bool is_before(const struct align_row *a, const struct align_row *b)
{
        int order = compare_keys(&a->key, &b->key);

        if (!order)
                order = (a->payer > b->payer) - (a->payer < b->payer);
        if (!order)
                order = (a->contract > b->contract) - (a->contract < b->contract);
        return order < 0;
}

static void swap(struct align_row *a, struct align_row *b)
{
        struct align_row kept = *a;

        *a = *b;
        *b = kept;
}

static void sift(struct align_row *rows, uint32_t at, uint32_t count)
{
        for (;;) {
                uint32_t largest = at, child = 2 * at + 1;

                if (child < count && is_before(&rows[largest], &rows[child]))
                        largest = child;
                if (child + 1 < count && is_before(&rows[largest], &rows[child + 1]))
                        largest = child + 1;
                if (largest == at)
                        return;
                swap(&rows[at], &rows[largest]);
                at = largest;
        }
}

/* A heap: in place, and never slow. */
static void put_in_order(struct align_row *rows, uint32_t count)
{
        for (uint32_t i = count / 2; i-- > 0;)
                sift(rows, i, count);
        for (uint32_t end = count; end > 1; end--) {
                swap(&rows[0], &rows[end - 1]);
                sift(rows, 0, end - 1);
        }
}

/* ---- what figures may be */

static bool adds_up(int64_t *sum, int64_t amount)
{
        return amount >= 0 && amount <= ALIGN_TOTAL_MAX - *sum && (*sum += amount, true);
}

static bool target_fits(const struct align_row *row)
{
        const struct rate *t = &row->target;

        return !row->has_target || (t->den > 0 && t->den <= TARGET_PART_MAX &&
                                    t->num >= -TARGET_PART_MAX && t->num <= TARGET_PART_MAX);
}

static bool points_fit(const struct align_row *row)
{
        for (size_t i = 0; i < 3; i++)
                if (row->point[i] > MONEY_MAX || row->point[i] < -MONEY_MAX)
                        return false;
        return true;
}

const char *align_prepare(struct align *a)
{
        int64_t revenue = 0, dollars = 0;

        assert(a->tolerance.num >= 0);
        assert(a->tolerance.den > 0);
        for (uint32_t i = 0; i < a->payer_count; i++)
                if (a->payers[i].has_revenue && !adds_up(&revenue, a->payers[i].revenue))
                        return "a payer's revenue is below zero, or all together is too much";
        for (uint32_t i = 0; i < a->row_count; i++) {
                assert(a->rows[i].payer < a->payer_count);
                if (!adds_up(&dollars, a->rows[i].dollars) || !points_fit(&a->rows[i]))
                        return "dollars at stake are below zero, or all together are too much";
                if (!target_fits(&a->rows[i]))
                        return "a target is no rate";
        }
        put_in_order(a->rows, a->row_count);
        return NULL;
}

/* ---- what the others stand on */

static bool same_measure(const struct measure_key *a, const struct measure_key *b,
                         enum align_level level)
{
        if (!name_equal(&a->concept, &b->concept))
                return false;
        if (level == ALIGN_CONCEPT)
                return true;
        if (!name_equal(&a->version, &b->version) || !name_equal(&a->population, &b->population))
                return false;
        return level == ALIGN_EITHER_WAY || a->direction == b->direction;
}

bool align_next(const struct align *a, enum align_level level, struct align_run *run)
{
        uint32_t from = run->until, until = from;

        while (until < a->row_count &&
               same_measure(&a->rows[from].key, &a->rows[until].key, level))
                until++;
        *run = (struct align_run) { from, until };
        return until > from;
}

int64_t align_dollars_of(const struct align *a, struct align_run run, uint32_t payer)
{
        int64_t sum = 0;

        for (uint32_t i = run.from; i < run.until; i++)
                sum += a->rows[i].payer == payer ? a->rows[i].dollars : 0;
        return sum;
}

int64_t align_dollars(const struct align *a)
{
        int64_t sum = 0;

        for (uint32_t i = 0; i < a->row_count; i++)
                sum += a->rows[i].dollars;
        return sum;
}

wide align_total_of(const struct align *a, uint32_t payer)
{
        return align_dollars_of(a, (struct align_run) { 0, a->row_count }, payer);
}

struct align_index align_is(wide part, wide whole)
{
        assert(part >= 0);
        assert(whole > 0);
        assert(part <= whole);
        return (struct align_index) { .calculable = true, .value = exact_ratio(part, whole) };
}

struct align_index align_is_not(const char *reason)
{
        return (struct align_index) { .value = exact_of(0), .reason = reason };
}

int64_t align_ppm(const struct align_index *index)
{
        struct exact millionths;
        bool fits = exact_mul_decimals(index->value, exact_of(MILLION), 0, &millionths);

        assert(fits);
        return (int64_t)millionths.num;
}
