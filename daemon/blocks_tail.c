/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the last entries: what a disk that lied about its last writes would have lost. */
#include <errno.h>

#include "daemon/blocks.h"
#include "daemon/hub_private.h"

#define TAIL_OCTETS (UINT64_C(64) << 20)        /* of rows; a batch brings far fewer */

struct tail {
        struct store_txn *txn;
        struct block_reader *reader;
        struct arena *arena;
        uint64_t octets, lost;
};

/* Whichever side says it there. */
static int find(struct tail *tail, uint32_t contract_no, const struct block_event *block,
                uint64_t index, struct block_state *ret)
{
        int r = state_block(tail->txn, contract_no, SIDE_BEARER, block, index, ret);

        return r == -ENOENT ? state_block(tail->txn, contract_no, SIDE_EARNER, block, index, ret)
                            : r;
}

/* Opened, not only found: what is closed under the digest of the entry is what came with it. */
static int prove_one(struct tail *tail, uint32_t contract_no, const struct block_event *block,
                     uint64_t index)
{
        enum block_keeping keeping = BLOCK_KEPT;
        struct block_state state;
        struct bytes columns = { NULL, 0 };
        struct block_id id;
        int r = find(tail, contract_no, block, index, &state);

        if (!r)
                r = blocks_keeping(tail->txn, tail->reader, &state, &keeping);
        if (r || keeping == BLOCK_ERASED)
                return r;
        id = block_id_of(&state);
        r = block_reader_get(tail->reader, &id, &columns);
        tail->octets += columns.size;
        if (r == -ENOENT || r == -EILSEQ)
                tail->lost++;
        return r == -ENOENT || r == -EILSEQ ? 0 : r;
}

static int prove_entry(struct tail *tail, uint64_t index)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        uint32_t contract_no;
        int r = log_read(tail->txn, index, &entry);

        if (r || entry.header.kind != ENTRY_SUBMISSION)
                return r;
        arena_reset(tail->arena);
        r = wire_read_submission(entry.bytes, tail->arena, &submission, &fault);
        if (!r)
                r = state_contract_no(tail->txn, &submission.contract, &contract_no);
        if (r)          /* about no contract: no rows either */
                return r == -ENOENT ? 0 : r < 0 ? r : -EILSEQ;
        for (uint32_t i = 0; !r && i < submission.event_count; i++)
                if (submission.events[i].kind == EVENT_BLOCK && submission.events[i].block.rows)
                        r = prove_one(tail, contract_no, &submission.events[i].block, index);
        return r == -ENOENT ? -EILSEQ : r;
}

int hub_prove_blocks(struct hub *hub, uint64_t *ret_lost)
{
        own(store_txn) struct store_txn *txn = NULL;
        own(block_reader) struct block_reader *reader = NULL;
        struct tail tail = { .arena = &hub->arena };
        uint64_t index = log_tip(hub->log).size;
        uint64_t first = index > LOG_TAIL ? index - LOG_TAIL : 0;
        int r = store_begin_read(hub->env, &txn);

        *ret_lost = 0;
        if (!r)
                r = block_reader_open(hub->blocks, BLOCK_SIZE_MAX, false, &reader);
        tail.txn = txn;
        tail.reader = reader;
        while (!r && index > first && tail.octets < TAIL_OCTETS)
                r = prove_entry(&tail, --index);
        *ret_lost = tail.lost;
        return r;
}
