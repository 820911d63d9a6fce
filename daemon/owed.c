/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/owed.h"

#include <errno.h>
#include <stdlib.h>

#define ROOM_FIRST 32

static int add(struct owed *to, const struct journal_state_row *row, size_t *room)
{
        if (to->count == *room) {
                size_t more = *room ? 2 * *room : ROOM_FIRST;
                void *rows = realloc(to->rows, more * sizeof(*to->rows));

                if (!rows)
                        return -ENOMEM;
                to->rows = rows;
                *room = more;
        }
        to->rows[to->count++] = *row;
        return 0;
}

int owed_read(struct store_txn *txn, uint32_t contract_no, struct owed *ret)
{
        struct journal_state_row row = { .index = 0 };
        size_t room = 0;
        int r;

        *ret = (struct owed) { .rows = NULL };
        r = past_runs(txn, contract_no, &ret->runs);
        while (!r && !(r = state_journal_next(txn, contract_no, row.index, &row)))
                r = add(ret, &row, &room);
        return r == -ENOENT ? 0 : r;
}

void owed_cleanup(struct owed *owed)
{
        past_runs_cleanup(&owed->runs);
        free(owed->rows);
}

const struct run_state *owed_run(const struct owed *owed, uint64_t index)
{
        for (size_t i = 0; i < owed->runs.count; i++)
                if (owed->runs.rows[i].index == index)
                        return &owed->runs.rows[i];
        return NULL;
}

static bool meet(struct period a, struct period b)
{
        return a.from < b.until && b.from < a.until;
}

struct period owed_days(const struct owed *owed, const struct run_state *run, uint64_t cut)
{
        struct period days = run->run.period;
        bool grown = true;

        while (grown) {
                grown = false;
                for (size_t i = 0; i < owed->runs.count; i++) {
                        const struct run_state *other = &owed->runs.rows[i];
                        const struct period period = other->run.period;

                        if (!other->posts || other->statement > cut || !meet(period, days) ||
                            period_within(period, days))
                                continue;
                        days.from = period.from < days.from ? period.from : days.from;
                        days.until = period.until > days.until ? period.until : days.until;
                        grown = true;
                }
        }
        return days;
}

/* What an entry of the books leaves open at @cut, by the bearer. */
static int64_t leaves_open(const struct journal_state_row *row, uint64_t cut)
{
        bool posted = row->state == JOURNAL_POSTED && row->changed <= cut;

        if (row->index > cut || !posted || (row->reversed && row->reversed <= cut))
                return 0;
        if (row->purpose == PURPOSE_SETTLEMENT)
                return row->cents;
        return row->purpose == PURPOSE_PAYMENT ? -row->cents : 0;
}

int64_t owed_open(const struct owed *owed, struct period days, uint64_t cut)
{
        int64_t open = 0;

        for (size_t i = 0; i < owed->count; i++) {
                int64_t cents = leaves_open(&owed->rows[i], cut);
                const struct run_state *run = cents ? owed_run(owed, owed->rows[i].run) : NULL;

                if (run && meet(run->run.period, days))
                        open += cents;
        }
        return open;
}
