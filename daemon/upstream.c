/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/upstream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/upstream.h"

#define REPLACED UINT64_MAX             /* an index that no entry has */

/* A fact, and the run that it is an amount of. */
struct stated {
        const struct fact *fact;
        uint32_t contract_no;
        struct period period;           /* of the run */
        uint64_t run;
};

static int sign(int64_t a, int64_t b)
{
        return (a > b) - (a < b);
}

/* What replaces each other: by the same side, for the same segment, of one contract and period. */
static int by_source(const struct stated *a, const struct stated *b)
{
        int r = sign(a->fact->side, b->fact->side);

        if (!r)
                r = memcmp(&a->fact->key.segment, &b->fact->key.segment, sizeof(struct name));
        if (!r)
                r = sign(a->contract_no, b->contract_no);
        if (!r)
                r = sign(a->period.from, b->period.from);
        return r ? r : sign(a->period.until, b->period.until);
}

/* Of one source the last run first. */
static int by_source_and_run(const void *a, const void *b)
{
        const struct stated *one = a, *other = b;
        int r = by_source(one, other);

        return r ? r : (one->run < other->run) - (one->run > other->run);
}

static bool is_stated(const struct fact *fact, struct period period, struct upstream *ret)
{
        return fact->key.kind == FACT_UPSTREAM_AMOUNT && period_equal(fact->key.period, period) &&
               upstream_parse(&fact->key.item, ret);
}

static int find(struct store_txn *txn, struct period period, const struct fact *facts, size_t count,
                struct stated *ret, size_t *ret_count)
{
        struct upstream upstream;
        struct run_state run;
        int r;

        *ret_count = 0;
        for (size_t i = 0; i < count; i++) {
                if (!is_stated(&facts[i], period, &upstream))
                        continue;
                r = state_run(txn, upstream.run, &run);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                ret[(*ret_count)++] = (struct stated) {
                        &facts[i], run.contract_no, run.run.period, upstream.run,
                };
        }
        return 0;
}

static size_t count_stated(struct period period, const struct fact *facts, size_t count)
{
        struct upstream upstream;
        size_t found = 0;

        for (size_t i = 0; i < count; i++)
                found += is_stated(&facts[i], period, &upstream);
        return found;
}

static void mark(struct fact *facts, const struct stated *stated, size_t count)
{
        uint64_t last = 0;

        for (size_t i = 0; i < count; i++) {
                if (i == 0 || by_source(&stated[i - 1], &stated[i]) != 0)
                        last = stated[i].run;
                if (stated[i].run != last)
                        facts[stated[i].fact - facts].index = REPLACED;
        }
}

int upstream_latest(struct store_txn *txn, struct period period, struct fact *facts, size_t *count)
{
        size_t found = count_stated(period, facts, *count), kept = 0;
        struct stated *stated;
        int r;

        if (found < 2)
                return 0;
        stated = calloc(found, sizeof(*stated));
        if (!stated)
                return -ENOMEM;
        r = find(txn, period, facts, *count, stated, &found);
        if (!r) {
                qsort(stated, found, sizeof(*stated), by_source_and_run);
                mark(facts, stated, found);
                for (size_t i = 0; i < *count; i++)
                        if (facts[i].index != REPLACED)
                                facts[kept++] = facts[i];
                *count = kept;
        }
        free(stated);
        return r;
}
