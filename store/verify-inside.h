/* SPDX-License-Identifier: Apache-2.0 */
/* What store/verify.c and store/verify-tree.c share. */
#ifndef ACCORD_STORE_VERIFY_INSIDE_H
#define ACCORD_STORE_VERIFY_INSIDE_H

#include "proof/merkle.h"
#include "store/cursor.h"
#include "store/verify.h"

#define PROGRESS_EVERY 8192     /* entries */
#define NO_BYTES ((struct bytes) { NULL, 0 })

/* The tip as it is stored. Returns: 0; -EILSEQ, -EPROTONOSUPPORT with a finding; -errno. */
int tip_find(struct store_txn *txn, struct log_tip *ret, struct frontier *ret_stored,
             struct finding *ret_finding);

/* Has the table the rows that a tip of @size entries says it has? */
int check_count(struct store_txn *txn, enum table table, uint64_t size, uint64_t rows,
                struct finding *ret);

/* What was made from the leaves is what the tip says. */
int check_frontier(const struct frontier *made, struct hasher *hasher, const struct log_tip *tip,
                   const struct frontier *stored, struct finding *ret);

/*
 * The next leaf into the frontier; with @tree (may be NULL) the nodes that it completes are held
 * against the next rows there.
 */
int walk_leaf(struct store_cursor *tree, struct frontier *frontier, struct hasher *hasher,
              const struct digest *leaf, struct finding *ret);

/* The frontier over the first @size leaves, out of LEAF and TREE. -EILSEQ: something is missing. */
int frontier_at(struct store_txn *txn, uint64_t size, struct frontier *ret);

#endif
