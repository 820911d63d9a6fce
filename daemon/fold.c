/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a submission does to the state. Below the line: nothing is refused, nothing is decided, no
 * clock is read. The same entries in the same order give the same tables, byte for byte.
 *
 * Folding a log that was given to us is no reason to trust it: what the hub would never have
 * recorded is -EILSEQ here.
 */
#include <errno.h>

#include "core/check.h"
#include "daemon/dispatch.h"
#include "daemon/life.h"
#include "daemon/state_relation.h"
#include "daemon/window.h"

int fold_sequence(struct hub *hub, uint32_t node_no, const struct stream_id *id, uint64_t sequence,
                  const struct entry *entry)
{
        struct stream_state stream;
        uint64_t number;
        int r = state_stream(hub->txn, node_no, id, &stream);

        if (r == -ENOENT) {
                r = state_count(hub->txn, "streams", 1, &number);
                stream.no = (uint32_t)number;
        }
        if (r)
                return r;
        if (sequence != stream.last + 1)
                return -EILSEQ;
        stream.last = sequence;
        r = state_stream_put(hub->txn, node_no, id, &stream);
        return r ? r : state_sequence_put(hub->txn, stream.no, sequence, entry->index);
}

int fold_submission(struct hub *hub, const struct view *view, const struct submission *submission,
                    const struct entry *entry)
{
        int r = fold_sequence(hub, view->node_no, &submission->stream, submission->sequence, entry);

        for (uint32_t i = 0; !r && i < submission->event_count; i++)
                r = handler_of(submission->events[i].kind)->fold(hub, view, submission, i, entry);
        return r;
}

int fold_nothing(struct hub *hub, const struct view *view, const struct submission *submission,
                 uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

static struct contract_state_row contract_row_of(const struct view *view)
{
        const struct view_contract *c = &view->contract;

        return (struct contract_state_row) {
                .no = c->no, .bearer_no = c->bearer.no, .earner_no = c->earner.no, .id = c->id,
                .state = c->state, .version_in_force = c->version_in_force,
                .version_offered = c->version_offered, .version_last = c->version_last,
                .ends = c->ends, .ended = c->ended,
        };
}

/* What is kept of the terms beside the log: what facts and runs under them are judged by. */
static struct view_terms cover_of(const struct terms *terms)
{
        struct view_terms cover = {
                .known = true, .version = terms->version, .standing = terms->standing,
                .applies = terms->applies, .effective = terms->effective,
                .agreement = terms->agreement, .lookback_months = terms->lookback_months,
                .runout_months = terms->runout_months, .reconciling = terms->reconciling,
                .period_count = terms->period_count, .segment_count = terms->segment_count,
        };

        view_note_answered(&cover, terms);
        memcpy(cover.periods, terms->periods, sizeof(cover.periods));
        for (unsigned int i = 0; i < terms->segment_count; i++)
                cover.segments[i] = terms->segments[i].name;
        return cover;
}

static int accepted_add(struct view_terms *terms, enum side side, uint32_t node_no,
                        uint64_t index)
{
        if (terms->accepted_count >= ACCEPTANCES_MAX)
                return -EILSEQ;
        terms->accepted[terms->accepted_count++] =
                (struct view_acceptance) { side, node_no, index };
        return 0;
}

/* The offer's last day no longer matters once it is answered, replaced or the contract ended. */
static int drop_offer_due(struct hub *hub, const struct view_contract *contract)
{
        const struct view_terms *terms = &contract->offered;
        const struct due_state due = {
                .kind = DUE_OFFER_LAPSES, .at = terms->open_until, .a = contract->no,
                .b = terms->version, .index = terms->index,
        };

        return terms->open_until ? state_due_drop(hub->txn, &due) : 0;
}

/* The offer that nobody answered in full is open no longer: another takes its place, or none. */
static int close_offer(struct hub *hub, const struct view_contract *contract,
                       enum terms_state state, const struct entry *entry)
{
        struct view_terms before = contract->offered;
        int r;

        if (!contract->version_offered)
                return 0;
        before.state = state;
        before.closed = entry->index;
        r = state_terms_put(hub->txn, contract->no, &before);
        return r ? r : drop_offer_due(hub, contract);
}

static int number_contract(struct hub *hub, struct contract_state_row *row)
{
        uint64_t number;
        int r = state_count(hub->txn, "contracts", 1, &number);

        row->no = (uint32_t)number;
        row->state = CONTRACT_OFFERED;
        return r;
}

static int fold_offer_due(struct hub *hub, const struct contract_state_row *row,
                          const struct view_terms *terms, const struct entry *entry)
{
        const struct due_state due = {
                .kind = DUE_OFFER_LAPSES, .at = terms->open_until, .a = row->no,
                .b = terms->version, .index = entry->index,
        };

        return terms->open_until ? state_due_put(hub->txn, &due) : 0;
}

int fold_offer(struct hub *hub, const struct view *view, const struct submission *submission,
               uint32_t place, const struct entry *entry)
{
        const struct offer *offer = &submission->events[place].offer;
        struct contract_state_row row = contract_row_of(view);
        struct view_terms terms;
        struct digest digest;
        int r;

        if (!view->events[place].terms)
                return -EILSEQ;
        terms = cover_of(view->events[place].terms);
        r = view->contract.known ? close_offer(hub, &view->contract, TERMS_REPLACED, entry)
                                 : number_contract(hub, &row);
        if (!r)
                r = accepted_add(&terms, view_side(view), view->node_no, entry->index);
        if (r)
                return r;
        hash_spans(hub->hasher, &offer->terms, 1, &digest);
        memcpy(terms.sha256.octets, digest.octets, sizeof(terms.sha256.octets));
        terms.index = entry->index;
        terms.event = place;
        terms.state = offer->relayed.is ? TERMS_RELAYED : TERMS_ON_OFFER;
        terms.open_until = offer->relayed.is ? 0 : offer->open_until;
        row.version_last = terms.version;
        row.version_offered = offer->relayed.is ? 0 : terms.version;
        if (offer->relayed.is) {
                row.version_in_force = terms.version;
                row.state = CONTRACT_RELAYED;
        } else if (row.state == CONTRACT_LAPSED) {
                row.state = CONTRACT_OFFERED;
        }
        r = state_terms_put(hub->txn, row.no, &terms);
        if (!r)
                r = state_contract_put(hub->txn, &row);
        if (!r && offer->relayed.is)
                r = life_set_runout(hub, row.no, entry);
        return r ? r : fold_offer_due(hub, &row, &terms, entry);
}

int fold_acceptance(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry)
{
        struct contract_state_row row = contract_row_of(view);
        struct view_terms terms = view->contract.offered;
        bool both = view_accepted_by_both(&view->contract, &terms, view_side(view));
        int r = accepted_add(&terms, view_side(view), view->node_no, entry->index);

        (void)submission, (void)place;
        if (!r && both) {
                terms.state = TERMS_ACCEPTED;
                row.state = CONTRACT_IN_FORCE;
                row.version_in_force = terms.version;
                row.version_offered = 0;
                r = drop_offer_due(hub, &view->contract);
        }
        if (!r)
                r = state_terms_put(hub->txn, row.no, &terms);
        if (!r)
                r = state_contract_put(hub->txn, &row);
        return r || !both ? r : life_set_runout(hub, row.no, entry);
}

int fold_termination(struct hub *hub, const struct view *view, const struct submission *submission,
                     uint32_t place, const struct entry *entry)
{
        struct contract_state_row row = contract_row_of(view);
        int r = close_offer(hub, &view->contract, TERMS_LAPSED, entry);

        row.state = CONTRACT_TERMINATED;
        row.version_offered = 0;
        row.ends = submission->events[place].termination.effective;
        row.ended = entry->index;
        if (!r)
                r = state_contract_put(hub->txn, &row);
        return r ? r : life_set_runout(hub, row.no, entry);
}

int fold_fact(struct hub *hub, const struct view *view, const struct submission *submission,
              uint32_t place, const struct entry *entry)
{
        const struct fact_event *said = &submission->events[place].fact;
        const struct fact_state state = {
                .fact = {
                        .key = said->key, .value = said->value, .index = entry->index,
                        .event = place, .side = view_fact_side(view, said),
                        .relayed = said->relayed.is,
                },
                .has_supersedes = said->has_supersedes,
                .supersedes = said->supersedes,
                .scope_no = view_fact_scope_no(view, said),
                .document_sha256 = said->relayed.document_sha256,
        };
        int r = window_fold_fact(hub, view, &state, entry);

        if (!r)
                r = state_fact_put(hub->txn, &state);
        return r ? r : window_end_decided(hub, view, &state);
}

int fold_relation(struct hub *hub, const struct view *view, const struct submission *submission,
                  uint32_t place, const struct entry *entry)
{
        return state_relation_put(hub->txn, view->speaking.no, entry->index, place,
                                  &submission->events[place].relation,
                                  view->events[place].other.no);
}

static int delegation_due(struct hub *hub, const struct delegation_state *delegation,
                          enum due_kind kind, bool put)
{
        const struct due_state due = {
                .kind = kind, .a = delegation->from_no, .b = delegation->to_no,
                .at = kind == DUE_DELEGATION_BEGINS ? delegation->from : delegation->until,
                .index = delegation->index,
        };

        return put ? state_due_put(hub->txn, &due) : state_due_drop(hub->txn, &due);
}

/* The moments of a delegation that is taken back or replaced come no more. */
static int drop_delegation(struct hub *hub, uint32_t from_no, uint32_t to_no)
{
        struct delegation_state before;
        int r = state_delegation(hub->txn, from_no, to_no, &before);

        if (r)
                return r == -ENOENT ? 0 : r;
        r = delegation_due(hub, &before, DUE_DELEGATION_BEGINS, false);
        if (!r)
                r = delegation_due(hub, &before, DUE_DELEGATION_ENDS, false);
        return r ? r : state_delegation_del(hub->txn, from_no, to_no);
}

int fold_delegate(struct hub *hub, const struct delegation_state *delegation)
{
        int r = drop_delegation(hub, delegation->from_no, delegation->to_no);

        return r ? r : state_delegation_put(hub->txn, delegation);
}

int fold_delegation(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry)
{
        const struct delegation *said = &submission->events[place].delegation;
        const struct delegation_state delegation = {
                .from_no = view->speaking.no, .to_no = view->events[place].other.no,
                .rights = said->rights, .from = said->from, .until = said->until,
                .index = entry->index,
        };
        int r = fold_delegate(hub, &delegation);

        if (!r)
                r = delegation_due(hub, &delegation, DUE_DELEGATION_BEGINS, true);
        return r ? r : delegation_due(hub, &delegation, DUE_DELEGATION_ENDS, true);
}

int fold_delegation_end(struct hub *hub, const struct view *view,
                        const struct submission *submission, uint32_t place,
                        const struct entry *entry)
{
        (void)submission, (void)entry;
        return drop_delegation(hub, view->speaking.no, view->events[place].other.no);
}

int fold_stream_close(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry)
{
        const struct stream_id *id = &submission->events[place].stream_close.stream;
        struct stream_state stream;
        int r = state_stream(hub->txn, view->node_no, id, &stream);

        (void)entry;
        if (r)
                return r;
        stream.closed = true;
        return state_stream_put(hub->txn, view->node_no, id, &stream);
}
