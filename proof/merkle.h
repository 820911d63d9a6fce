/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of RFC 6962 section 2.1 over the entries of the log: its frontier (all that is needed
 * to append), the proofs that an entry is in it and that one tree continues another, and how to
 * check them. Pure: no I/O, no clock, no allocation.
 *
 * A tree of n leaves: n = 0 has the root SHA-256(""); an odd node is promoted, never doubled.
 */
#ifndef ACCORD_PROOF_MERKLE_H
#define ACCORD_PROOF_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "proof/hash.h"

#define MERKLE_LEVELS 64
#define MERKLE_PROOF_MAX 64                     /* digests in the longest proof */
#define MERKLE_SIZE_MAX (UINT64_MAX >> 1)       /* leaves */

/*
 * The roots of the complete subtrees at the right edge: nodes[i] is that of the subtree of 2^i
 * leaves, and means something only where bit i of size is set. A value: copy it to stage it.
 */
struct frontier {
        uint64_t size;
        struct digest nodes[MERKLE_LEVELS];
};

/* A frontier zeroed is the empty tree. */
void frontier_append(struct frontier *frontier, struct hasher *hasher, const struct digest *leaf);
/*
 * The same, and the inner nodes that the leaf completes, from the lowest up: what is written down
 * where the tree is kept. Returns: how many.
 */
size_t frontier_append_noting(struct frontier *frontier, struct hasher *hasher,
                              const struct digest *leaf, struct digest ret_made[MERKLE_LEVELS]);
void frontier_root(const struct frontier *frontier, struct hasher *hasher, struct digest *ret);

/* Written: u64 size, big-endian, then the digests that it implies, largest subtree first. */
#define FRONTIER_WRITTEN_MAX (8 + MERKLE_LEVELS * DIGEST_SIZE)

/* Returns: the number of octets written. */
size_t frontier_write(const struct frontier *frontier, uint8_t ret[FRONTIER_WRITTEN_MAX]);

/* False, leaving *ret the empty tree, when it is not exactly the written form of a frontier. */
bool frontier_read(struct bytes written, struct frontier *ret);

/*
 * Where proofs take their nodes from: node(of, level, at, ret) gives the root of the complete
 * subtree over the leaves at * 2^level up to, not including, (at + 1) * 2^level.
 * It answers 0 or -errno, which is passed on.
 */
struct merkle_nodes {
        int (*node)(void *of, unsigned int level, uint64_t at, struct digest *ret);
        void *of;
};

/* The leaf digests in memory as such a source: every inner node is computed anew. */
struct merkle_leaves {
        struct hasher *hasher;
        const struct digest *leaves;
};

struct merkle_nodes merkle_nodes_of(struct merkle_leaves *leaves);

/*
 * merkle_range() - the root over the leaves [@begin, @end), as they stand inside a larger tree
 * @begin: a multiple of the smallest power of two not below @end - @begin; 0 always is
 *
 * Returns: 0; what the source answered.
 */
int merkle_range(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t begin,
                 uint64_t end, struct digest *ret);

/*
 * merkle_inclusion() - the path from leaf @index to the root of the tree of @size leaves
 * @ret_path: the digests, from the leaf upward
 *
 * Asserts that index < size <= MERKLE_SIZE_MAX. Returns: 0; what the source answered.
 */
int merkle_inclusion(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t index,
                     uint64_t size, struct digest ret_path[MERKLE_PROOF_MAX], size_t *ret_count);

/*
 * merkle_consistency() - the proof that the tree of @second leaves continues that of @first
 *
 * Empty when they are the same. Asserts that 0 < first <= second <= MERKLE_SIZE_MAX.
 * Returns: 0; what the source answered.
 */
int merkle_consistency(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t first,
                       uint64_t second, struct digest ret_path[MERKLE_PROOF_MAX],
                       size_t *ret_count);

/* RFC 9162 section 2.1.3.2; any input is fine, what is not a proof is just false. */
bool merkle_includes(struct hasher *hasher, const struct digest *root, uint64_t size,
                     const struct digest *leaf, uint64_t index, const struct digest *path,
                     size_t count);

/*
 * RFC 9162 section 2.1.4.2; any input is fine. A tree of no leaves is consistent with nothing
 * here: every tree continues it, so a proof of it would mean nothing.
 */
bool merkle_continues(struct hasher *hasher, const struct digest *first_root, uint64_t first,
                      const struct digest *second_root, uint64_t second,
                      const struct digest *path, size_t count);

#endif
