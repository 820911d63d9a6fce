/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run computed: the terms and facts as they stood at the cut, and nothing else. So a run gives
 * the same statement whenever, wherever and however often it is computed.
 */
#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/hub_private.h"

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

/* In force at the cut: countersigned, or relayed, at or before it. */
static bool stands(const struct view_terms *terms, uint64_t cut)
{
        if (terms->state == TERMS_RELAYED)
                return terms->index <= cut;
        return terms->state == TERMS_ACCEPTED &&
               terms->accepted[terms->accepted_count - 1].index <= cut;
}

static bool covers(const struct view_terms *terms, struct period period)
{
        if (!period_within(period, terms->agreement))
                return false;
        if (terms->applies == APPLIES_WHOLE_PERIOD)
                return terms->effective < period.until;
        return terms->effective <= period.from;
}

/* The newest version that stands and covers the period. -ENOENT: none does. */
static int terms_for(struct store_txn *txn, uint32_t contract_no, const struct run *run,
                     struct view_terms *ret)
{
        struct contract_state_row row;
        int r = state_contract(txn, contract_no, &row);

        for (uint32_t version = r ? 0 : row.version_last; version > 0; version--) {
                r = state_terms(txn, contract_no, version, ret);
                if (r)
                        return r;
                if (stands(ret, run->cut) && covers(ret, run->period))
                        return 0;
        }
        return r ? r : -ENOENT;
}

/* The terms' own bytes are in the log, inside the offer, as they were offered. */
static int terms_load(struct store_txn *txn, const struct view_terms *view, struct terms *ret)
{
        struct submission submission;
        struct log_entry entry;
        struct arena arena = { 0 };
        struct fault fault;
        int r = log_read(txn, view->index, &entry);

        if (!r)
                r = arena_new(&arena, WIRE_ARENA_SIZE);
        if (!r)
                r = wire_read_submission(entry.bytes, &arena, &submission, &fault);
        if (!r && view->event < submission.event_count)
                r = wire_read_terms(submission.events[view->event].offer.terms, ret, &fault);
        arena_free(&arena);
        return r > 0 ? -EILSEQ : r;
}

static void not_calculable(const struct run *run, const char *reason, struct statement *ret)
{
        memset(ret, 0, sizeof(*ret));
        ret->run = *run;
        ret->status = STATEMENT_NOT_CALCULABLE;
        ret->standing = STANDING_SHADOW;
        memcpy(ret->reason.text, reason, strnlen(reason, TEXT_MAX_LENGTH));
}

static int settle_under(struct store_txn *txn, const struct run *run, uint32_t contract_no,
                        const struct view_terms *view, struct terms *terms,
                        struct statement *ret)
{
        __attribute__((cleanup(collection_cleanup))) struct collection facts = { .cut = run->cut };
        int r = terms_load(txn, view, terms);

        if (!r)
                r = state_facts(txn, SCOPE_CONTRACT, contract_no, (struct bytes) { 0 }, collect,
                                &facts);
        if (r)
                return r;
        settle(terms, run,
               &(struct settle_inputs) { .facts = facts.facts, .fact_count = facts.count }, ret);
        ret->relayed |= view->state == TERMS_RELAYED;
        ret->terms_index = view->index;
        memcpy(ret->terms_digest, view->sha256.octets, sizeof(ret->terms_digest));
        return 0;
}

int compute_run(struct store_txn *txn, const struct run *run, uint32_t contract_no,
                struct statement *ret)
{
        struct view_terms view;
        struct terms *terms;
        int r = terms_for(txn, contract_no, run, &view);

        if (r == -ENOENT) {
                not_calculable(run, "no terms that both sides signed cover the period", ret);
                return 0;
        }
        if (r)
                return r;
        terms = malloc(sizeof(*terms));
        if (!terms)
                return -ENOMEM;
        r = settle_under(txn, run, contract_no, &view, terms, ret);
        free(terms);
        return r;
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
        struct run_state state;
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = state_run(txn, index, &state);
        return r ? r : compute_run(txn, &state.run, state.contract_no, ret);
}
