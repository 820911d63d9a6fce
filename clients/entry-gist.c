/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/entry-gist.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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

/* Where a record of a kind has whom and what it is about; 0: nowhere. */
#define AT(where) ((uint16_t)offsetof(struct record, where))
static const struct {
        uint16_t node, party, contract;
} named[] = {
        [ENTRY_REFUSAL] = { .node = AT(refusal.node) },
        [ENTRY_EQUIVOCATION] = { .node = AT(equivocation.node) },
        [ENTRY_PARTY_ADMISSION] = { .party = AT(party_admission.party) },
        [ENTRY_NODE_ADMISSION] = { .node = AT(node_admission.node) },
        [ENTRY_NODE_REVOCATION] = { .node = AT(node_revocation.node) },
        [ENTRY_RUN] = { .contract = AT(run.run.contract) },
        [ENTRY_JOURNAL_ENTRY] = { .contract = AT(journal_entry.contract) },
        [ENTRY_SIGNAL] = { .party = AT(signal.party), .contract = AT(signal.contract) },
        [ENTRY_BLOCK_ERASURE] = { .contract = AT(block_erasure.contract) },
        [ENTRY_JOURNAL_CHANGE] = { .contract = AT(journal_change.contract) },
        [ENTRY_STAFF_READ] = { .party = AT(staff_read.party),
                               .contract = AT(staff_read.contract) },
        [ENTRY_WITNESSED] = { .contract = AT(witnessed.contract) },
        [ENTRY_SUCCESSION] = { .node = AT(succession.node.node) },
        [ENTRY_CONFLICT] = { .party = AT(conflict.party), .contract = AT(conflict.contract) },
};
#undef AT

static void record_gist(struct gist *gist, const struct record *record)
{
        const uint8_t *base = (const uint8_t *)record;
        struct node_path node;
        struct name party;
        struct contract_id contract;

        if (record->kind == ENTRY_STATEMENT)
                put_contract(gist, &record->statement->run.contract);
        if (record->kind >= sizeof(named) / sizeof(named[0]))
                return;
        if (named[record->kind].node) {
                memcpy(&node, base + named[record->kind].node, sizeof(node));
                put_node(gist, &node);
        }
        if (named[record->kind].party) {
                memcpy(&party, base + named[record->kind].party, sizeof(party));
                snprintf(gist->who, sizeof(gist->who), "%s", party.text);
        }
        if (named[record->kind].contract) {
                memcpy(&contract, base + named[record->kind].contract, sizeof(contract));
                put_contract(gist, &contract);
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
