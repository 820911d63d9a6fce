/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/entry-gist.h"

#include <stdio.h>

#include "proto/wire.h"

const struct word entry_kind_words[] = {
#define X(name, number, word) { word, number },
        ENTRY_KINDS(X)
#undef X
        { NULL, 0 },
};

static void put_node(struct gist *gist, const struct node_path *node)
{
        snprintf(gist->who, sizeof(gist->who), "%s/%s", node->party.text, node->node.text);
}

static void put_contract(struct gist *gist, const struct contract_id *contract)
{
        if (!contract_id_empty(contract))
                contract_id_print(contract, gist->contract);
}

static void record_gist(struct gist *gist, const struct record *record)
{
        switch (record->kind) {
        case ENTRY_REFUSAL:
                put_node(gist, &record->refusal.node);
                break;
        case ENTRY_EQUIVOCATION:
                put_node(gist, &record->equivocation.node);
                break;
        case ENTRY_PARTY_ADMISSION:
                snprintf(gist->who, sizeof(gist->who), "%s", record->party_admission.party.text);
                break;
        case ENTRY_NODE_ADMISSION:
                put_node(gist, &record->node_admission.node);
                break;
        case ENTRY_NODE_REVOCATION:
                put_node(gist, &record->node_revocation.node);
                break;
        case ENTRY_RUN:
                put_contract(gist, &record->run.run.contract);
                break;
        case ENTRY_STATEMENT:
                put_contract(gist, &record->statement->run.contract);
                break;
        case ENTRY_JOURNAL_ENTRY:
                put_contract(gist, &record->journal_entry.contract);
                break;
        case ENTRY_SIGNAL:
                snprintf(gist->who, sizeof(gist->who), "%s", record->signal.party.text);
                put_contract(gist, &record->signal.contract);
                break;
        case ENTRY_BLOCK_ERASURE:
                put_contract(gist, &record->block_erasure.contract);
                break;
        case ENTRY_JOURNAL_CHANGE:
                put_contract(gist, &record->journal_change.contract);
                break;
        case ENTRY_STAFF_READ:
                snprintf(gist->who, sizeof(gist->who), "%s", record->staff_read.party.text);
                put_contract(gist, &record->staff_read.contract);
                break;
        case ENTRY_WITNESSED:
                put_contract(gist, &record->witnessed.contract);
                break;
        case ENTRY_SUCCESSION:
                put_node(gist, &record->succession.node.node);
                break;
        case ENTRY_CONFLICT:
                snprintf(gist->who, sizeof(gist->who), "%s", record->conflict.party.text);
                put_contract(gist, &record->conflict.contract);
                break;
        case ENTRY_GENESIS:
        case ENTRY_SUBMISSION:
        case ENTRY_DUE:
        case ENTRY_HUB_KEY:
        case ENTRY_EPOCH:
        case ENTRY_BALLOT_RESULT:
        case ENTRY_RELEASE:
                break;
        }
}

void read_gist(struct arena *arena, uint32_t kind, struct bytes bytes, struct gist *ret)
{
        struct submission submission;
        struct record record;
        struct fault fault;

        *ret = (struct gist) { 0 };
        arena_reset(arena);
        if (kind != ENTRY_SUBMISSION) {
                if (!wire_read_record(bytes, arena, &record, &fault))
                        record_gist(ret, &record);
                return;
        }
        if (wire_read_submission(bytes, arena, &submission, &fault))
                return;
        put_node(ret, &submission.sender);
        put_contract(ret, &submission.contract);
        ret->events = submission.event_count;
}
