/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run computed: the terms and facts as they stood at the cut, and nothing else. So a run gives
 * the same statement whenever, wherever and however often it is computed.
 */
#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "daemon/members.h"
#include "daemon/past.h"
#include "daemon/upstream.h"

#define FACTS_FIRST 256

struct collection {
        uint64_t cut;
        struct fact *facts;
        size_t count, room;
};

static void collection_cleanup(struct collection *collection)
{
        free(collection->facts);
}

static bool same_key(const struct fact *a, const struct fact *b)
{
        return a->side == b->side && fact_key_equal(&a->key, &b->key);
}

/*
 * Versions of a key come in order of index:
 * each one at or below the cut takes the place of the one before.
 */
static int collect(void *with, const struct fact_state *state, struct bytes key)
{
        struct collection *c = with;

        (void)key;
        if (state->fact.index > c->cut)
                return 0;
        if (c->count && same_key(&c->facts[c->count - 1], &state->fact)) {
                c->facts[c->count - 1] = state->fact;
                return 0;
        }
        if (c->count == c->room) {
                size_t room = c->room ? 2 * c->room : FACTS_FIRST;
                struct fact *more = realloc(c->facts, room * sizeof(*more));

                if (!more)
                        return -ENOMEM;
                c->facts = more;
                c->room = room;
        }
        c->facts[c->count++] = state->fact;
        return 0;
}

/* The terms' own bytes are in the log, inside the offer, as they were offered. */
static int terms_load(struct store_txn *txn, const struct view_terms *view, struct arena *arena,
                      struct terms *ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read(txn, view->index, &entry);

        if (!r)
                r = wire_read_submission(entry.bytes, arena, &submission, &fault);
        if (!r && view->event < submission.event_count)
                r = wire_read_terms(submission.events[view->event].offer.terms, ret, &fault);
        return r > 0 ? -EILSEQ : r;
}

/* What a run reads. */
struct sources {
        struct view_terms view;         /* of the terms */
        struct terms *terms;
        struct collection facts;
        struct carried carried[CARRIED_PER_STATEMENT_MAX];
        size_t carried_count;
        bool carries_relayed;           /* what is carried was a forecast */
        struct members_work members;
};

static void sources_cleanup(struct sources *sources)
{
        collection_cleanup(&sources->facts);
        members_work_cleanup(&sources->members);
        free(sources->terms);
}

/* Figures of the period before, as its statement that counts at the cut hands them on. */
static int load_carried(struct store_txn *txn, const struct run *run, uint32_t contract_no,
                        struct arena *arena, struct sources *to)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        own(past_runs) struct past_runs runs = { .rows = NULL };
        const struct run_state *from;
        struct statement *statement;
        int r = past_terms(txn, contract_no, &terms);

        if (!r)
                r = past_runs(txn, contract_no, &runs);
        if (r)
                return r;
        from = past_carrier(&terms, &runs, run->period.from, run->cut);
        if (!from)
                return 0;
        r = past_statement(txn, from, arena, &statement);
        if (r)
                return r;
        to->carried_count = carries_of(statement, to->carried, CARRIED_PER_STATEMENT_MAX);
        if (to->carried_count > CARRIED_PER_STATEMENT_MAX)
                to->carried_count = CARRIED_PER_STATEMENT_MAX;
        to->carries_relayed = from->relayed;
        return 0;
}

static struct settle_inputs inputs_of(const struct sources *from)
{
        return (struct settle_inputs) {
                .facts = from->facts.facts, .fact_count = from->facts.count,
                .carried = from->carried, .carried_count = from->carried_count,
                .members = from->members.is ? &from->members.members : NULL,
        };
}

static int load(const struct reading *by, const struct run *run, uint32_t contract_no,
                uint32_t version, struct sources *to)
{
        own(arena) struct arena arena = { 0 };
        struct store_txn *txn = by->txn;
        struct settle_inputs inputs;
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        to->facts.cut = run->cut;
        to->terms = malloc(sizeof(*to->terms));
        if (!to->terms)
                return -ENOMEM;
        if (!r)
                r = state_terms(txn, contract_no, version, &to->view);
        if (!r)
                r = terms_load(txn, &to->view, &arena, to->terms);
        if (!r)
                r = state_facts(txn, SCOPE_CONTRACT, contract_no, (struct bytes) { 0 }, collect,
                                &to->facts);
        if (!r)
                r = upstream_latest(txn, run->period, to->facts.facts, &to->facts.count);
        arena_reset(&arena);
        if (!r)
                r = load_carried(txn, run, contract_no, &arena, to);
        inputs = inputs_of(to);
        return r ? r : members_gather(by, to->terms, run, contract_no, &inputs, &to->members);
}

/* What stopped the steps for want of rows has a reason of its own. */
static void say_lack(const struct members_work *members, struct statement *ret)
{
        if (!members->lacks || ret->status != STATEMENT_NOT_CALCULABLE)
                return;
        memset(&ret->reason, 0, sizeof(ret->reason));
        memcpy(ret->reason.text, members->lacks, strnlen(members->lacks, TEXT_MAX_LENGTH));
}

static void settle_from(const struct run *run, const struct sources *from, struct statement *ret)
{
        const struct settle_inputs inputs = inputs_of(from);

        settle(from->terms, run, &inputs, ret);
        say_lack(&from->members, ret);
        ret->relayed |= from->view.state == TERMS_RELAYED ||
                        (from->carries_relayed && ret->carried_count > 0);
        ret->terms_index = from->view.index;
        memcpy(ret->terms_digest, from->view.sha256.octets, sizeof(ret->terms_digest));
}

static void not_calculable(const struct run *run, const struct timeline *timeline,
                           struct statement *ret)
{
        memset(ret, 0, sizeof(*ret));
        ret->run = *run;
        ret->status = STATEMENT_NOT_CALCULABLE;
        ret->standing = STANDING_SHADOW;
        timeline_refuse(timeline, run->period, &ret->reason);
}

int compute_by(const struct reading *by, const struct run *run, uint32_t contract_no,
               uint32_t version, struct statement *ret)
{
        own(sources) struct sources sources = { .terms = NULL };
        int r = load(by, run, contract_no, version, &sources);

        if (!r)
                settle_from(run, &sources, ret);
        return r == -ENOENT ? -EILSEQ : r;
}

int compute_run(const struct reading *by, const struct run *run, uint32_t contract_no,
                struct statement *ret)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        struct timeline timeline;
        struct part part;
        int r = past_terms(by->txn, contract_no, &terms);

        if (r)
                return r;
        timeline = past_timeline(&terms, run->cut);
        if (timeline_part(&timeline, run->period, &part))
                return compute_by(by, run, contract_no, part.version, ret);
        not_calculable(run, &timeline, ret);
        return 0;
}

int hub_next_run(const struct hub *hub, uint64_t after, uint64_t *ret_run)
{
        own(store_txn) struct store_txn *txn = NULL;
        int r = store_begin_read(hub->env, &txn);

        return r ? r : state_run_pending(txn, after, ret_run);
}

int hub_compute(const struct hub *hub, uint64_t index, struct statement *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct reading by = { .hub = hub };
        struct run_state state;
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = state_run(txn, index, &state);
        by.txn = txn;
        return r ? r : compute_run(&by, &state.run, state.contract_no, ret);
}
