/* SPDX-License-Identifier: Apache-2.0 */
/* What a hub record does to the state: it is applied as said, never derived again here. */
#include <errno.h>

#include "core/check.h"
#include "daemon/dispatch.h"
#include "daemon/life.h"
#include "daemon/ring.h"
#include "daemon/state_admission.h"

static int fold_refusal(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct refusal_record *refusal = &record->refusal;
        const struct directory_node *node = directory_by_path(hub->directory, &refusal->node);
        uint64_t count;
        int r = node ? 0 : -EILSEQ;

        if (!r)
                r = fold_sequence(hub, node->state.no, &refusal->stream, refusal->sequence, entry);
        return r ? r : state_count(hub->txn, "refusals", 1, &count);
}

static int fold_equivocation(struct hub *hub, const struct record *record,
                             const struct entry *entry)
{
        const struct equivocation *e = &record->equivocation;
        const struct directory_node *node = directory_by_path(hub->directory, &e->node);
        struct stream_state stream;
        int r = node ? 0 : -EILSEQ;

        if (!r)
                r = state_stream(hub->txn, node->state.no, &e->stream, &stream);
        return r ? r : state_evidence_put(hub->txn, stream.no, e->sequence, entry->index);
}

static int fold_party(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct party_admission *a = &record->party_admission;
        struct party_state state;
        uint64_t number;
        int r = state_party(hub->txn, &a->party, &state);

        if (r == -ENOENT) {
                r = state_count(hub->txn, "parties", 1, &number);
                state.party.no = (uint32_t)number;
        }
        if (r)
                return r;
        state.party.name = a->party;
        state.party.present = a->present;
        state.party.two_nodes_for = a->two_nodes_for;
        state.party.role_count = a->role_count;
        memcpy(state.party.roles, a->roles, sizeof(state.party.roles));
        state.title = a->title;
        state.index = entry->index;
        state.operator_uid = a->operator_uid;
        return state_party_put(hub->txn, &state);
}

int fold_put_node(struct hub *hub, const struct node_state *node)
{
        int r = state_node_put(hub->txn, node);

        if (r)
                return r;
        hub->directory_changed = true;
        return directory_put(hub->directory, node,
                             hub->options.keys ? hub->options.keys->secret.sealing : NULL);
}

int fold_admit(struct hub *hub, const struct node_admission *a, uint64_t keys_index,
               const struct entry *entry)
{
        struct node_state node = {
                .path = a->node, .rights = a->rights, .operator_uid = a->operator_uid,
                .admitted = entry->index,
        };
        struct party_state party;
        uint64_t number;
        int r = state_party(hub->txn, &a->node.party, &party);

        if (!r)
                r = state_count(hub->txn, "nodes", 1, &number);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        node.no = (uint32_t)number;
        node.party_no = party.party.no;
        memcpy(node.transport_key, a->transport_key, sizeof(node.transport_key));
        memcpy(node.signing_key, a->signing_key, sizeof(node.signing_key));
        memcpy(node.sealing_key, a->sealing_key, sizeof(node.sealing_key));
        r = state_node_keys_put(hub->txn, node.no, keys_index);
        return r ? r : fold_put_node(hub, &node);
}

static int fold_node(struct hub *hub, const struct record *record, const struct entry *entry)
{
        return fold_admit(hub, &record->node_admission, entry->index, entry);
}

static int fold_revocation(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct directory_node *known =
                directory_by_path(hub->directory, &record->node_revocation.node);
        struct node_state node;

        if (!known)
                return -EILSEQ;
        node = known->state;
        node.revoked = entry->index;
        return fold_put_node(hub, &node);
}

static int fold_run(struct hub *hub, const struct record *record, const struct entry *entry)
{
        struct run_state state = {
                .index = entry->index, .run = record->run.run, .cause = record->run.cause,
        };
        int r = state_contract_no(hub->txn, &state.run.contract, &state.contract_no);

        return r ? r : state_run_put(hub->txn, &state);
}

static int fold_statement(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct statement *s = record->statement;
        struct run_state state;
        uint64_t count;
        int r = state_run(hub->txn, s->run.cut, &state);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        state.statement = entry->index;
        state.statement_time = entry->time;
        state.status = s->status;
        state.earned = s->earned;
        state.payable = s->payable;
        state.relayed = s->relayed;
        state.binding = s->standing == STANDING_BINDING;
        state.terms_version = s->terms_version;
        r = life_issue(hub, &state, s, entry);
        if (!r)
                r = state_run_put(hub->txn, &state);
        if (!r)
                r = state_run_settled(hub->txn, state.index);
        return r ? r : state_count(hub->txn, "statements", 1, &count);
}

static int fold_signal(struct hub *hub, const struct record *record, const struct entry *entry)
{
        struct party_state party;
        int r = state_party(hub->txn, &record->signal.party, &party);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        return state_signal_put(hub->txn, party.party.no, record->signal.number, entry->index);
}

static int fold_genesis(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record;
        return entry->index == 0 ? 0 : -EILSEQ;
}

/* A submission is folded by its events; every other entry by its row here. */
static fold_record_fn *const folds[] = {
        [ENTRY_GENESIS] = fold_genesis,
        [ENTRY_REFUSAL] = fold_refusal,
        [ENTRY_EQUIVOCATION] = fold_equivocation,
        [ENTRY_PARTY_ADMISSION] = fold_party,
        [ENTRY_NODE_ADMISSION] = fold_node,
        [ENTRY_NODE_REVOCATION] = fold_revocation,
        [ENTRY_RUN] = fold_run,
        [ENTRY_STATEMENT] = fold_statement,
        [ENTRY_JOURNAL_ENTRY] = fold_journal,
        [ENTRY_SIGNAL] = fold_signal,
        [ENTRY_DUE] = fold_due,
        [ENTRY_BLOCK_ERASURE] = fold_erasure,
        [ENTRY_JOURNAL_CHANGE] = fold_journal_change,
        [ENTRY_HUB_KEY] = fold_hub_key,
        [ENTRY_EPOCH] = fold_epoch,
        [ENTRY_STAFF_READ] = fold_staff_read,
        [ENTRY_WITNESSED] = fold_witnessed,
        [ENTRY_SUCCESSION] = fold_succession,
        [ENTRY_BALLOT_RESULT] = fold_ballot_result,
        [ENTRY_RELEASE] = fold_release,
        [ENTRY_CONFLICT] = fold_conflict,
};

static_assert(sizeof(folds) / sizeof(folds[0]) == ENTRY_KIND_LAST + 1, "an entry has no fold");

int fold_record(struct hub *hub, const struct record *record, const struct entry *entry)
{
        assert(record->kind <= ENTRY_KIND_LAST);
        assert(folds[record->kind]);
        return folds[record->kind](hub, record, entry);
}
