/* SPDX-License-Identifier: Apache-2.0 */
/* Making proofs; checking them, which others must be able to do alone, is in merkle.c. */
#include <string.h>

#include "core/check.h"
#include "proof/merkle.h"

/* The largest power of two below @count, which is at least 2: where the tree over @count parts. */
static uint64_t split(uint64_t count)
{
        return UINT64_C(1) << (63 - __builtin_clzll(count - 1));
}

static int leaves_node(void *of, unsigned int level, uint64_t at, struct digest *ret)
{
        const struct merkle_leaves *leaves = of;
        struct frontier frontier = { .size = 0 };
        uint64_t count = UINT64_C(1) << level;

        for (uint64_t i = 0; i < count; i++)
                frontier_append(&frontier, leaves->hasher, &leaves->leaves[at * count + i]);
        frontier_root(&frontier, leaves->hasher, ret);
        return 0;
}

struct merkle_nodes merkle_nodes_of(struct merkle_leaves *leaves)
{
        return (struct merkle_nodes) { leaves_node, leaves };
}

int merkle_range(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t begin,
                 uint64_t end, struct digest *ret)
{
        struct digest node;
        bool any = false;
        int r;

        assert(begin < end);

        /* The complete subtrees it is made of, from the smallest, which stands rightmost. */
        for (uint64_t left = end - begin; left > 0; left &= left - 1) {
                unsigned int level = (unsigned int)__builtin_ctzll(left);
                uint64_t first = begin + (left & (left - 1));

                assert(first >> level << level == first);
                r = nodes->node(nodes->of, level, first >> level, &node);
                if (r)
                        return r;
                if (any)
                        node_hash(hasher, &node, ret, ret);
                else
                        *ret = node;
                any = true;
        }
        return 0;
}

/* The recursion of the RFC goes from the root down and proofs from the leaf up. */
static void reverse(struct digest *path, size_t count)
{
        for (size_t i = 0; i < count / 2; i++) {
                struct digest other = path[count - 1 - i];

                path[count - 1 - i] = path[i];
                path[i] = other;
        }
}

/*
 * Walk down to where the tree over [*begin, *end) is the leaf or subtree that ends at @target,
 * noting each sibling passed.
 */
static int descend_once(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t target,
                        uint64_t *begin, uint64_t *end, struct digest *ret_sibling)
{
        uint64_t middle = *begin + split(*end - *begin);
        int r;

        if (target < middle) {
                r = merkle_range(nodes, hasher, middle, *end, ret_sibling);
                *end = middle;
        } else {
                r = merkle_range(nodes, hasher, *begin, middle, ret_sibling);
                *begin = middle;
        }
        return r;
}

int merkle_inclusion(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t index,
                     uint64_t size, struct digest ret_path[MERKLE_PROOF_MAX], size_t *ret_count)
{
        uint64_t begin = 0, end = size;
        size_t count = 0;
        int r;

        assert(index < size);
        assert(size <= MERKLE_SIZE_MAX);

        while (end - begin > 1) {
                r = descend_once(nodes, hasher, index, &begin, &end, &ret_path[count++]);
                if (r)
                        return r;
        }

        reverse(ret_path, count);
        *ret_count = count;
        return 0;
}

int merkle_consistency(const struct merkle_nodes *nodes, struct hasher *hasher, uint64_t first,
                       uint64_t second, struct digest ret_path[MERKLE_PROOF_MAX],
                       size_t *ret_count)
{
        uint64_t begin = 0, end = second;
        size_t count = 0;
        int r;

        assert(first > 0);
        assert(first <= second);
        assert(second <= MERKLE_SIZE_MAX);

        while (end != first) {
                r = descend_once(nodes, hasher, first - 1, &begin, &end, &ret_path[count++]);
                if (r)
                        return r;
        }

        /* The last subtree of the first tree; the verifier has it when it is the whole. */
        if (begin > 0) {
                r = merkle_range(nodes, hasher, begin, end, &ret_path[count++]);
                if (r)
                        return r;
        }

        reverse(ret_path, count);
        *ret_count = count;
        return 0;
}
