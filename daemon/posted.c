/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/posted.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/own.h"
#include "daemon/past.h"

bool posts(const struct run_state *run)
{
        return run->statement && run->run.kind != RUN_INTERIM && run->binding && !run->relayed &&
               run->status == STATEMENT_CALCULATED;
}

static bool meet(const struct run_state *a, const struct run_state *b)
{
        return a->run.period.from < b->run.period.until && b->run.period.from < a->run.period.until;
}

static int by_statement(const void *a, const void *b)
{
        const struct run_state *one = a, *other = b;

        return (one->statement > other->statement) - (one->statement < other->statement);
}

/* What stands of the first @count runs for days of @run; true when it was ordered after @run. */
static bool stands_for(const struct past_runs *runs, size_t count, const bool *standing,
                       const struct run_state *run, int64_t *ret)
{
        bool overtaken = false;

        *ret = 0;
        for (size_t i = 0; i < count; i++) {
                if (!standing[i] || !meet(&runs->rows[i], run))
                        continue;
                *ret += runs->rows[i].payable;
                overtaken = overtaken || runs->rows[i].index > run->index;
        }
        return overtaken;
}

/* Plays all that was posted, in its order. */
static void play(const struct past_runs *runs, const struct run_state *run, bool *standing)
{
        int64_t cents;

        for (size_t i = 0; i < runs->count; i++) {
                const struct run_state *next = &runs->rows[i];

                if (next->index == run->index || !posts(next) ||
                    stands_for(runs, i, standing, next, &cents))
                        continue;
                for (size_t j = 0; j < i; j++)
                        standing[j] = standing[j] && !meet(&runs->rows[j], next);
                standing[i] = true;
        }
}

int posted_before(struct store_txn *txn, const struct run_state *run, int64_t *ret,
                  bool *ret_overtaken)
{
        own(past_runs) struct past_runs runs;
        bool *standing;
        int r = past_runs(txn, run->contract_no, &runs);

        if (r)
                return r;
        assert(runs.count);             /* this one is among them */
        standing = calloc(runs.count, sizeof(*standing));
        if (!standing)
                return -ENOMEM;
        qsort(runs.rows, runs.count, sizeof(*runs.rows), by_statement);
        play(&runs, run, standing);
        *ret_overtaken = stands_for(&runs, runs.count, standing, run, ret);
        free(standing);
        return 0;
}
