/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inner nodes of the tree over the log, kept beside its leaves, so that a proof takes O(log n)
 * reads. A node is the root of a complete subtree, is written once, with the leaf that completes
 * it, and never changes; the table grows at its end as the log does.
 *
 * Number of the node of @level (1 and above) over the leaves at * 2^level and on: with n leaves
 * before the last one under it there are n - popcount(n) nodes before its lowest companion, and
 * those that one leaf completes stand from the lowest up.
 */
#ifndef ACCORD_STORE_TREE_H
#define ACCORD_STORE_TREE_H

#include "proof/merkle.h"
#include "store/txn.h"

/* Inner nodes that a tree of @size leaves has kept. */
uint64_t tree_nodes(uint64_t size);

/*
 * tree_append() - the next leaf: into the frontier, and the nodes it completes into the table
 *
 * Returns: 0; -EEXIST when the table does not end where the frontier does; as store_put().
 */
int tree_append(struct store_txn *txn, struct frontier *frontier, struct hasher *hasher,
                const struct digest *leaf);

/*
 * tree_fill() - make the table again from the leaves, for a ledger from before there was one
 *
 * Within a write transaction. Returns: 0; -EILSEQ when a leaf is missing; -errno.
 */
int tree_fill(struct store_txn *txn, uint64_t size);

/* The leaves and nodes of a snapshot as a source of proofs; @txn must outlive it. */
struct merkle_nodes tree_source(struct store_txn *txn);

/*
 * tree_root() - the root of the tree over the first @size leaves, from what is kept
 *
 * Returns: 0; -EILSEQ when a node is missing; -errno.
 */
int tree_root(struct store_txn *txn, struct hasher *hasher, uint64_t size, struct digest *ret);

#endif
