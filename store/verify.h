/* SPDX-License-Identifier: Apache-2.0 */
/* Is it all still there, and as it was? LMDB has no checksums: what is sure is sure by the tree. */
#ifndef ACCORD_STORE_VERIFY_H
#define ACCORD_STORE_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include "proof/hash.h"
#include "store/log.h"
#include "store/txn.h"

#define FINDING_TEXT_MAX 199

/* The first thing that does not hold. */
struct finding {
        enum table table;
        uint64_t index;                         /* of the entry; 0 where it is about none */
        char says[FINDING_TEXT_MAX + 1];        /* "" as long as all holds */
};

/* @done of @of entries or rows; called now and then, and at the end. */
typedef void verify_progress(void *with, uint64_t done, uint64_t of);

/*
 * log_verify() - the whole log of a snapshot, from its stored bytes
 * @progress: may be NULL
 *
 * Every entry is there once, in order, nothing more; headers are their own; times grow; bytes hash
 * to their leaves; the leaves make the frontier and the root of the tip.
 *
 * Returns: 0; -EILSEQ with the finding; -EPROTONOSUPPORT with one, for a newer format; -errno.
 */
int log_verify(struct store_txn *txn, verify_progress *progress, void *with, struct finding *ret);

/*
 * tree_verify() - the tree that is kept, from the leaves that are kept
 *
 * Every inner node is there once, nothing more, and each is what lies under it makes; all of them
 * make the tip. Whether leaves are those of their entries is log_verify()'s. Returns: as that.
 */
int tree_verify(struct store_txn *txn, verify_progress *progress, void *with, struct finding *ret);

/*
 * tip_verify() - what the tip says against the ends of LOG, LEAF and TREE: O(log n) reads
 * @ret_tip: the tip, when it can be read
 */
int tip_verify(struct store_txn *txn, struct hasher *hasher, struct log_tip *ret_tip,
               struct finding *ret);

/*
 * log_verify_range() - entries [@first, @end) only: indices, times, bytes against leaves, and the
 *                      inner nodes that their leaves complete
 *
 * A node stands on those before it, which are believed: done from 0 on in steps it comes to all of
 * them. For a scrub and for the tail. Returns: as log_verify().
 */
int log_verify_range(struct store_txn *txn, struct hasher *hasher, uint64_t first, uint64_t end,
                     struct finding *ret);

/* How far a walk over the state tables is; zeroed: at its beginning. */
struct state_place {
        enum table table;
        size_t key_size;
        uint8_t key[STORE_KEY_MAX];
};

/*
 * state_verify_step() - are the next @most rows of the state tables as they were written?
 * @ret_rows: rows looked at
 *
 * Returns: 0, there are more; -ENOENT, that was all; -EILSEQ with the finding; -errno.
 */
int state_verify_step(struct store_txn *txn, struct state_place *place, uint32_t most,
                      uint64_t *ret_rows, struct finding *ret);

/*
 * state_compare() - are the state tables of two ledgers the same, byte for byte?
 * @ret_rows: rows compared; may be NULL
 *
 * Returns: 0; -EILSEQ with a finding that names the first table and key that differ; -errno.
 */
int state_compare(struct store_txn *a, struct store_txn *b, uint64_t *ret_rows,
                  struct finding *ret);

#endif
