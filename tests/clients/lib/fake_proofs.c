/* SPDX-License-Identifier: Apache-2.0 */
/* The fake hub's tree: receipts that prove, and answers to who asks whether it goes on. */
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "tests/clients/lib/fake_inside.h"
#include "tests/clients/lib/history.h"
#include "tests/clients/lib/run.h"

void fake_add_proof(struct fake_hub *hub, struct receipt *receipt)
{
        static struct sha256 path[MERKLE_PROOF_MAX];
        static char note[CHECKPOINT_MAX];
        struct receipt proved;

        ck_assert_uint_lt(receipt->index, HISTORY_MAX);
        memcpy(hub->history->leaves[receipt->index].octets, receipt->leaf.octets, DIGEST_SIZE);
        proved = history_receipt(hub->history, receipt->index, receipt->index + 1, note, path);
        receipt->has_proof = true;
        receipt->tree_size = proved.tree_size;
        receipt->proof = path;
        receipt->proof_count = proved.proof_count;
        receipt->checkpoint = proved.checkpoint;
}

static void answer_keys(struct fake_hub *hub, struct answer *answer)
{
        hub->ring[0] = history_genesis(hub->history, hub->ring_room[0]);
        answer->records = hub->ring;
        answer->record_count = hub->ring[1].record.size ? 2 : 1;
}

static void refuse(struct answer *answer)
{
        answer->refused = true;
        answer->fault = (struct wire_fault) { .code = REFUSAL_NO_SUCH_THING,
                                              .event = REFUSAL_WHOLE };
}

bool fake_answer_proof(struct fake_hub *hub, const struct query *query, struct answer *answer)
{
        static struct sha256 paths[64][MERKLE_PROOF_MAX];
        static struct path grow[64];
        static struct proof_answer proof;
        static char note[CHECKPOINT_MAX];

        if (query->kind == QUERY_KEYS) {
                answer_keys(hub, answer);
                return true;
        }
        if (hub->mute)
                return false;
        ck_assert_uint_le(query->grow_count, 64);
        proof = (struct proof_answer) { .size = hub->log_size, .grow = grow,
                                        .grow_count = query->grow_count };
        proof.checkpoint = history_note(hub->history, hub->log_size, note);
        for (uint32_t i = 0; i < query->grow_count; i++) {
                if (query->grow[i].at > hub->log_size) {
                        refuse(answer);
                        return true;
                }
                grow[i] = (struct path) { .at = query->grow[i].at, .proof = paths[i] };
                grow[i].proof_count = history_path(hub->history, grow[i].at, hub->log_size,
                                                   paths[i]);
        }
        answer->proof = &proof;
        return true;
}

/* Each entry but the genesis is a submission with one fact. */
void fake_lose(struct fake_hub *hub)
{
        hub->ring[1] = history_epoch(hub->history, 2, hub->kept, hub->log_size,
                                     hub->ring_room[1]);
        while (hub->entry_count > hub->kept - 1)
                free((void *)(uintptr_t)hub->entries[--hub->entry_count].answer.data);
        hub->number_count = hub->entry_count;
        strcat(hub->history->origin, "/2");
        history_change(hub->history, hub->kept, 5);
        hub->log_size = hub->kept + 1;
        zmq_close(hub->intake);
        fake_open_intake(hub);
}
