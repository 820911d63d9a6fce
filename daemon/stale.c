/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/stale.h"

#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "core/query.h"
#include "core/upstream.h"
#include "daemon/blocks.h"
#include "daemon/state_decided.h"

#define MADE_AGAIN_MAX 32u              /* runs, for one question */

/* The last entry with a fact for a period that begins before the day: by the runs' last days. */
struct lately {
        date until;
        uint64_t index;
};

/* A fact that is the figure of a statement which was restated since. */
struct outdated {
        struct period period;
        uint64_t index;
        uint32_t event;
};

struct stale {
        struct reading by;
        struct store_txn *txn;          /* of that */
        struct name party;
        uint64_t cut;                   /* what came after it does not count */
        unsigned int made_again;
        struct arena arena;
        struct statement *now;

        uint32_t contract_no;           /* 0: of none yet */
        struct past_terms terms;
        struct past_runs runs;
        struct lately *lately;
        struct outdated *outdated;
        size_t outdated_count;
        uint64_t asked_after;           /* the run that was_restated() looked at last */
        bool restated;
};

int stale_new(struct stale **ret, const struct reading *by, const struct name *party,
              uint64_t cut)
{
        struct stale *stale = calloc(1, sizeof(*stale));

        *ret = stale;
        if (!stale)
                return -ENOMEM;
        stale->by = *by;
        stale->txn = by->txn;
        stale->party = *party;
        stale->cut = cut;
        return 0;
}

static void forget(struct stale *stale)
{
        past_terms_cleanup(&stale->terms);
        past_runs_cleanup(&stale->runs);
        free(stale->lately);
        free(stale->outdated);
        stale->terms = (struct past_terms) { .terms = NULL };
        stale->runs = (struct past_runs) { .rows = NULL };
        stale->lately = NULL;
        stale->outdated = NULL;
        stale->outdated_count = 0;
        stale->contract_no = 0;
}

void stale_free(struct stale *stale)
{
        if (!stale)
                return;
        forget(stale);
        arena_free(&stale->arena);
        free(stale->now);
        free(stale);
}

void stale_cleanup(struct stale **stale)
{
        stale_free(*stale);
}

/* ---- what is known of a contract */

static int by_day(const void *a, const void *b)
{
        const struct lately *one = a, *other = b;

        return (one->until > other->until) - (one->until < other->until);
}

static int make_lately(struct stale *stale)
{
        const struct past_runs *runs = &stale->runs;

        stale->lately = calloc(runs->count + 1, sizeof(*stale->lately));
        if (!stale->lately)
                return -ENOMEM;
        for (size_t i = 0; i < runs->count; i++)
                stale->lately[i].until = runs->rows[i].run.period.until;
        qsort(stale->lately, runs->count, sizeof(*stale->lately), by_day);
        return 0;
}

/* The first row whose day is after @day; behind the last: none. */
static struct lately *lately_after(const struct stale *stale, date day)
{
        size_t least = 0, most = stale->runs.count;

        while (least < most) {
                size_t middle = (least + most) / 2;

                if (stale->lately[middle].until > day)
                        most = middle;
                else
                        least = middle + 1;
        }
        return &stale->lately[least];
}

static void note_lately(struct stale *stale, date from, uint64_t index)
{
        struct lately *row = lately_after(stale, from);

        if (index > row->index)
                row->index = index;
}

/* What lies before a day lies before every later one. */
static void end_lately(struct stale *stale)
{
        for (size_t i = 1; i < stale->runs.count; i++)
                if (stale->lately[i].index < stale->lately[i - 1].index)
                        stale->lately[i].index = stale->lately[i - 1].index;
}

/* Another statement counts now for what @run was for; as far as the party may know. */
static int was_restated(struct stale *stale, uint64_t index, bool *ret)
{
        own(past_runs) struct past_runs runs = { .rows = NULL };
        const struct run_state *counts;
        struct run_state run;
        int r = state_run(stale->txn, index, &run);

        *ret = false;
        if (r)
                return r == -ENOENT ? 0 : r;
        if (!name_equal(&stale->party, &run.run.contract.bearer) &&
            !name_equal(&stale->party, &run.run.contract.earner))
                return 0;
        r = past_runs(stale->txn, run.contract_no, &runs);
        counts = r ? NULL : past_counts(&runs, run.run.period, stale->cut);
        *ret = counts && counts->index != index;
        return r;
}

static int add_outdated(struct stale *stale, const struct fact *fact)
{
        struct upstream upstream;
        struct outdated *more;
        int r;

        if (!upstream_parse(&fact->key.item, &upstream))
                return 0;
        if (upstream.run != stale->asked_after) {
                r = was_restated(stale, upstream.run, &stale->restated);
                if (r)
                        return r;
                stale->asked_after = upstream.run;
        }
        if (!stale->restated)
                return 0;
        more = realloc(stale->outdated, (stale->outdated_count + 1) * sizeof(*more));
        if (!more)
                return -ENOMEM;
        stale->outdated = more;
        more[stale->outdated_count++] =
                (struct outdated) { fact->key.period, fact->index, fact->event };
        return 0;
}

static int look_at(void *with, const struct fact_state *state, struct bytes key)
{
        const struct stale *stale = with;

        (void)key;
        if (state->fact.index > stale->cut)
                return 0;
        note_lately(with, state->fact.key.period.from, state->fact.index);
        return state->fact.key.kind == FACT_UPSTREAM_AMOUNT ? add_outdated(with, &state->fact) : 0;
}

static int look_at_decided(void *with, const struct decided_state *decided)
{
        const struct stale *stale = with;

        if (decided->fact.index <= stale->cut)
                note_lately(with, decided->fact.key.period.from, decided->fact.index);
        return 0;
}

static int look_at_block(void *with, const struct block_state *block, struct bytes key)
{
        const struct stale *stale = with;

        (void)key;
        if (block->index <= stale->cut)
                note_lately(with, block->block.period.from, block->index);
        return 0;
}

static int get_to_know(struct stale *stale, uint32_t contract_no)
{
        int r;

        if (stale->contract_no == contract_no)
                return 0;
        forget(stale);
        r = past_terms(stale->txn, contract_no, &stale->terms);
        if (!r)
                r = past_runs(stale->txn, contract_no, &stale->runs);
        if (!r)
                r = make_lately(stale);
        if (!r)
                r = state_facts(stale->txn, SCOPE_CONTRACT, contract_no, (struct bytes) { 0 },
                                look_at, stale);
        if (!r)
                r = state_decided_each(stale->txn, contract_no, look_at_decided, stale);
        if (!r)
                r = state_blocks(stale->txn, contract_no, (struct bytes) { NULL, 0 },
                                 look_at_block, stale);
        if (r)
                return r;
        end_lately(stale);
        stale->contract_no = contract_no;
        return 0;
}

/* ---- is there anything it could be stale by? */

/* Facts of its own period and of earlier ones, base years, came after it. */
static bool has_later_facts(const struct stale *stale, const struct run_state *run)
{
        return lately_after(stale, run->run.period.until - 1)->index > run->index;
}

static bool has_another_carrier(const struct stale *stale, const struct run_state *run)
{
        const date from = run->run.period.from;

        return past_carrier(&stale->terms, &stale->runs, from, run->index) !=
               past_carrier(&stale->terms, &stale->runs, from, stale->cut);
}

static bool has_outdated(const struct stale *stale, const struct run_state *run)
{
        for (size_t i = 0; i < stale->outdated_count; i++)
                if (stale->outdated[i].index <= run->index &&
                    period_equal(stale->outdated[i].period, run->run.period))
                        return true;
        return false;
}

/* ---- made again, as of the cut, by the terms it was made by */

static bool same_said(const struct said_value *a, const struct said_value *b)
{
        return a->index == b->index && a->event == b->event;
}

/*
 * Other facts are in dispute: a side has said something else since, which need not be among the
 * facts that the statement would follow, or it was decided.
 */
static bool disputes_other(const struct statement *then, const struct statement *now)
{
        if (then->has_versions != now->has_versions || then->basis != now->basis ||
            then->disputed_count != now->disputed_count ||
            then->disputed_more != now->disputed_more)
                return true;
        for (size_t i = 0; i < now->disputed_count; i++)
                if (!same_said(&then->disputed[i].bearer, &now->disputed[i].bearer) ||
                    !same_said(&then->disputed[i].earner, &now->disputed[i].earner))
                        return true;
        return false;
}

/* @later_rows: there are some; what counts where they could not be read now. */
static bool reads_later(const struct statement *then, const struct statement *now, bool later_rows)
{
        for (size_t i = 0; i < now->fact_count; i++)
                if (now->facts[i].index > then->run.cut)
                        return true;
        if (disputes_other(then, now))
                return true;
        if (!now->has_members)
                return later_rows;
        return !then->has_members || memcmp(now->members_digest, then->members_digest,
                                            sizeof(now->members_digest)) != 0;
}

struct rows_since {
        struct store_txn *txn;
        uint64_t since, until;          /* after the one, not after the other */
};

/* Of what was erased nobody makes another statement: that came later is not said. */
static int came_later(void *with, const struct block_state *block, struct bytes key)
{
        const struct rows_since *since = with;
        uint64_t erased;
        int r;

        (void)key;
        if (block->index <= since->since || block->index > since->until)
                return 0;
        r = state_block_erased(since->txn, block->contract_no, block->year, since->until, &erased);
        return r ? r : erased < block->index;
}

/* 1: rows of the period came after the cut, by either side. */
static int find_later_rows(const struct stale *stale, const struct run_state *run)
{
        struct rows_since since = { stale->txn, run->index, stale->cut };
        int r = state_blocks_of(stale->txn, run->contract_no, SIDE_BEARER, run->run.period,
                                came_later, &since);

        return r ? r : state_blocks_of(stale->txn, run->contract_no, SIDE_EARNER,
                                       run->run.period, came_later, &since);
}

static bool carries_other(const struct statement *then, const struct statement *now)
{
        if (now->carried_count != then->carried_count)
                return true;
        for (size_t i = 0; i < now->carried_count; i++)
                if (now->carried[i].what != then->carried[i].what ||
                    now->carried[i].run != then->carried[i].run ||
                    !item_equal(&now->carried[i].item, &then->carried[i].item))
                        return true;
        return false;
}

static bool read_outdated(const struct stale *stale, const struct statement *then)
{
        for (size_t i = 0; i < then->fact_count; i++)
                for (size_t j = 0; j < stale->outdated_count; j++)
                        if (then->facts[i].index == stale->outdated[j].index &&
                            then->facts[i].event == stale->outdated[j].event)
                                return true;
        return false;
}

static int make_room(struct stale *stale)
{
        if (!stale->now)
                stale->now = calloc(1, sizeof(*stale->now));
        if (!stale->now)
                return -ENOMEM;
        if (!stale->arena.data)
                return arena_new(&stale->arena, WIRE_ARENA_SIZE);
        arena_reset(&stale->arena);
        return 0;
}

static int make_again(struct stale *stale, const struct run_state *state, uint32_t *ret)
{
        struct run run = state->run;
        struct statement *then;
        int r = make_room(stale), later_rows = 0;

        if (!r)
                r = past_statement(stale->txn, state, &stale->arena, &then);
        run.cut = stale->cut;
        if (!r)
                r = compute_by(&stale->by, &run, state->contract_no, state->terms_version,
                               stale->now);
        if (!r)
                r = later_rows = find_later_rows(stale, state);
        if (r < 0)
                return r;
        if (reads_later(then, stale->now, later_rows))
                *ret |= STALE_FACTS;
        if (carries_other(then, stale->now))
                *ret |= STALE_CARRY;
        if (read_outdated(stale, then))
                *ret |= STALE_UPSTREAM;
        return 0;
}

int stale_of(struct stale *stale, const struct run_state *run, uint32_t *ret)
{
        struct timeline timeline;
        struct part part;
        int r = get_to_know(stale, run->contract_no);

        *ret = 0;
        if (r)
                return r;
        timeline = past_timeline(&stale->terms, stale->cut);
        if (!timeline_part(&timeline, run->run.period, &part)) {
                *ret = run->terms_version ? STALE_TERMS : 0;    /* no run is for this period now */
                return 0;
        }
        if (part.version != run->terms_version)
                *ret |= STALE_TERMS;
        if (!run->terms_version || (!has_later_facts(stale, run) &&
                                    !has_another_carrier(stale, run) && !has_outdated(stale, run)))
                return 0;
        if (stale->made_again == MADE_AGAIN_MAX)
                return 1;
        stale->made_again++;
        return make_again(stale, run, ret);
}
