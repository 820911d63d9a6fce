/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/past.h"

#include <errno.h>
#include <stdlib.h>

#include "proto/wire.h"
#include "store/log.h"

#define ROOM_FIRST 16

/* Room for one more of @size; -ENOMEM leaves what is there. */
static int grow(void **rows, size_t count, size_t *room, size_t size)
{
        size_t more = *room ? 2 * *room : ROOM_FIRST;
        void *grown;

        if (count < *room)
                return 0;
        grown = realloc(*rows, more * size);
        if (!grown)
                return -ENOMEM;
        *rows = grown;
        *room = more;
        return 0;
}

/* The entry by which both had signed, or they were relayed; 0: they never held. */
static uint64_t stands_since(const struct view_terms *terms)
{
        if (terms->state == TERMS_RELAYED)
                return terms->index;
        if (terms->state == TERMS_ACCEPTED && terms->accepted_count)
                return terms->accepted[terms->accepted_count - 1].index;
        return 0;
}

static struct dated_terms dated(const struct view_terms *terms)
{
        struct dated_terms dated = {
                .version = terms->version, .applies = terms->applies,
                .effective = terms->effective, .period_count = terms->period_count,
        };

        memcpy(dated.periods, terms->periods, sizeof(dated.periods));
        return dated;
}

static int add(struct past_terms *to, const struct view_terms *terms, size_t room[2])
{
        uint64_t since = stands_since(terms);
        int r;

        if (!since)
                return 0;
        r = grow((void **)&to->terms, to->count, &room[0], sizeof(*to->terms));
        if (!r)
                r = grow((void **)&to->since, to->count, &room[1], sizeof(*to->since));
        if (r)
                return r;
        to->terms[to->count] = dated(terms);
        to->since[to->count++] = since;
        return 0;
}

int past_terms(struct store_txn *txn, uint32_t contract_no, struct past_terms *ret)
{
        struct contract_state_row row;
        struct view_terms terms;
        size_t room[2] = { 0, 0 };
        int r = state_contract(txn, contract_no, &row);

        *ret = (struct past_terms) { .ends = row.ends, .ended = row.ended };
        for (uint32_t version = 1; !r && version <= row.version_last; version++) {
                r = state_terms(txn, contract_no, version, &terms);
                if (!r)
                        r = add(ret, &terms, room);
        }
        return r == -ENOENT ? -EILSEQ : r;
}

void past_terms_cleanup(struct past_terms *terms)
{
        free(terms->terms);
        free(terms->since);
}

/* Each version is offered after the one before was accepted: they came to stand in order. */
struct timeline past_timeline(const struct past_terms *terms, uint64_t cut)
{
        struct timeline timeline = {
                .terms = terms->terms, .count = terms->count,
                .ends = terms->ended && terms->ended <= cut ? terms->ends : DATE_NONE,
        };

        while (timeline.count && terms->since[timeline.count - 1] > cut)
                timeline.count--;
        return timeline;
}

int past_runs(struct store_txn *txn, uint32_t contract_no, struct past_runs *ret)
{
        size_t room = 0;
        uint64_t at = 0;
        int r;

        *ret = (struct past_runs) { .rows = NULL };
        while (!(r = state_run_next(txn, contract_no, at, &at))) {
                r = grow((void **)&ret->rows, ret->count, &room, sizeof(*ret->rows));
                if (!r)
                        r = state_run(txn, at, &ret->rows[ret->count]);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                ret->count++;
        }
        return r == -ENOENT ? 0 : r;
}

void past_runs_cleanup(struct past_runs *runs)
{
        free(runs->rows);
}

const struct run_state *past_counts(const struct past_runs *runs, struct period period,
                                    uint64_t cut)
{
        const struct run_state *found = NULL;

        for (size_t i = 0; i < runs->count; i++) {
                const struct run_state *run = &runs->rows[i];

                if (!run->statement || run->statement > cut ||
                    run->status != STATEMENT_CALCULATED || !period_equal(run->run.period, period))
                        continue;
                if (!found || run->run.kind != RUN_INTERIM || found->run.kind == RUN_INTERIM)
                        found = run;
        }
        return found;
}

const struct run_state *past_carrier(const struct past_terms *terms, const struct past_runs *runs,
                                     date day, uint64_t cut)
{
        const struct timeline timeline = past_timeline(terms, cut);
        struct part before;

        return timeline_before(&timeline, day, &before) ? past_counts(runs, before.period, cut)
                                                        : NULL;
}

int past_statement(struct store_txn *txn, const struct run_state *run, struct arena *arena,
                   struct statement **ret)
{
        struct log_entry entry;
        struct record record;
        struct fault fault;
        int r = log_read_proved(txn, NULL, run->statement, &entry);

        if (!r)
                r = wire_read_record(entry.bytes, arena, &record, &fault);
        if (r || record.kind != ENTRY_STATEMENT)
                return r < 0 && r != -ENOENT ? r : -EILSEQ;
        *ret = record.statement;
        return 0;
}
