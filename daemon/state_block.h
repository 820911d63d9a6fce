/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of blocks, as daemon/state.h has that of all else: what was said of each, version by
 * version, and what was erased. The rows of a block are no state: store/blocks.h has them.
 */
#ifndef ACCORD_DAEMON_STATE_BLOCK_H
#define ACCORD_DAEMON_STATE_BLOCK_H

#include "core/message.h"
#include "store/txn.h"

struct block_state {
        uint32_t contract_no;
        enum side side;
        uint64_t index;                 /* of the entry that says it */
        uint32_t event;                 /* place in it */
        uint32_t year;                  /* block_year(): what is erased together */
        struct block_event block;       /* without categories and columns */
};

/* Key: contract, side, period, segment, number, index. */
int state_block_put(struct store_txn *txn, const struct block_state *block);
/* What entry @index says of that number: -ENOENT when it says nothing. */
int state_block(struct store_txn *txn, uint32_t contract_no, enum side side,
                const struct block_event *block, uint64_t index, struct block_state *ret);
/* The version of that number in force at @cut: -ENOENT when there is none. */
int state_block_current(struct store_txn *txn, uint32_t contract_no, enum side side,
                        const struct block_event *block, uint64_t cut, uint64_t *ret_index);

typedef int block_visit(void *with, const struct block_state *block, struct bytes key);

/*
 * All blocks of a contract in order of the key, versions in order of index. @after: a key to go on
 * behind; empty: from the start. A visitor's answer other than 0 ends the walk.
 */
int state_blocks(struct store_txn *txn, uint32_t contract_no, struct bytes after,
                 block_visit *visit, void *with);
/* Those of one side and service period. */
int state_blocks_of(struct store_txn *txn, uint32_t contract_no, enum side side,
                    struct period period, block_visit *visit, void *with);

/* Blocks of that contract and year, in entries before @index, can no longer be read. */
int state_block_erase(struct store_txn *txn, uint32_t contract_no, uint32_t year, uint64_t index);
/* The last such index at or below @cut; 0: nothing was erased. */
int state_block_erased(struct store_txn *txn, uint32_t contract_no, uint32_t year, uint64_t cut,
                       uint64_t *ret);

#endif
