/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of member-level rows in the hub: what comes beside a submission is checked and kept, what
 * is current is found, what is to be erased is erased. The rows never enter the log or the state.
 */
#ifndef ACCORD_DAEMON_BLOCKS_H
#define ACCORD_DAEMON_BLOCKS_H

#include "daemon/compute.h"
#include "daemon/state_block.h"
#include "store/blocks.h"

/* ---- opening */

/*
 * Opens what belongs to the ledger. Opened to read it may be missing: then there are no rows to be
 * had. Returns: 0; -errno as block_store_open().
 */
int blocks_open(struct hub *hub);
/* Makes it agree with the log: rows and keys go that an entry has erased, or that have no entry. */
int blocks_sweep(struct hub *hub);

/* ---- on the way of a submission */

/*
 * Did the rows come along, and are they what was signed? Adds what is wrong to hub->faults.
 * Returns 0 or a refusal that leaves the number free: the same submission may come whole.
 */
int blocks_check(struct hub *hub, const struct submission *submission);

/* Keeps them for the entry that says them. */
int blocks_keep(struct hub *hub, const struct view *view, const struct submission *submission,
                const struct entry *entry);

/*
 * The submission has come again, and is the entry @index: rows of it that were lost are kept anew.
 */
int blocks_keep_again(struct hub *hub, const struct submission *submission, uint64_t index);

/* ---- after the commit */

/* Destroys the keys of what the batch erased. What fails here is done at the next start. */
int blocks_committed(struct hub *hub);

/* ---- reading, in any thread */

/* Of the block that a row of state is about. */
struct block_id block_id_of(const struct block_state *block);

/* @reader: NULL when the hub has none. Returns 0 or -errno. */
int blocks_keeping(struct store_txn *txn, struct block_reader *reader,
                   const struct block_state *block, enum block_keeping *ret);

/* The event as it stands in the log, categories and all; read into @arena. 0 or -errno. */
int blocks_event(struct store_txn *txn, const struct block_state *block, struct arena *arena,
                 const struct block_event **ret);

/* The current blocks of a contract's side and period at a cut, in order: segment, number. */
struct block_set {
        struct block_state *list;       /* the caller's, to be freed; without rows: left out */
        size_t count, room;
        uint64_t cut;
        uint64_t rows;                  /* of all of them */
        uint64_t first, last;           /* entries; 0: there is no block */
        uint64_t erased;                /* by this entry, at or before the cut; 0: none is */
        bool mixed;                     /* of several generations of the pseudonyms' key */
};

int block_set_find(struct store_txn *txn, uint32_t contract_no, enum side side,
                   struct period period, uint64_t cut, struct block_set *ret);
void block_set_cleanup(struct block_set *set);

/* SHA-256 over the blocks' digests, in order of entry and place. 0; -ENOMEM. */
int block_set_digest(const struct block_set *set, struct hasher *hasher, uint8_t ret[32]);

/*
 * block_set_each() - the rows, block after block, in order
 * @each: gets the event as the log has it; another answer than 0 ends it and is the answer
 *
 * Returns: 0; -ENOENT when a block cannot be read because it is lost or erased; -EILSEQ when one
 * is not what was kept; -errno.
 */
typedef int block_rows_fn(void *with, const struct block_event *event,
                          const struct member_rows *rows);
int block_set_each(const struct reading *by, const struct block_set *set, block_rows_fn *each,
                   void *with);

/* Was any of them erased since the cut? 0 or -errno. */
int block_set_erased_since(struct store_txn *txn, const struct block_set *set, bool *ret);

#endif
