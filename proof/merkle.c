/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/check.h"
#include "proof/merkle.h"

size_t frontier_append_noting(struct frontier *frontier, struct hasher *hasher,
                              const struct digest *leaf, struct digest ret_made[MERKLE_LEVELS])
{
        struct digest node = *leaf;
        unsigned int level = 0;

        assert(frontier->size < MERKLE_SIZE_MAX);

        for (; frontier->size >> level & 1; level++) {
                node_hash(hasher, &frontier->nodes[level], &node, &node);
                ret_made[level] = node;
        }

        frontier->nodes[level] = node;
        frontier->size++;
        return level;
}

void frontier_append(struct frontier *frontier, struct hasher *hasher, const struct digest *leaf)
{
        struct digest made[MERKLE_LEVELS];

        frontier_append_noting(frontier, hasher, leaf, made);
}

void frontier_root(const struct frontier *frontier, struct hasher *hasher, struct digest *ret)
{
        struct digest root;
        bool any = false;

        if (frontier->size == 0) {
                hash_spans(hasher, NULL, 0, ret);
                return;
        }

        for (unsigned int level = 0; level < MERKLE_LEVELS; level++) {
                if (!(frontier->size >> level & 1))
                        continue;
                if (any)
                        node_hash(hasher, &frontier->nodes[level], &root, &root);
                else
                        root = frontier->nodes[level];
                any = true;
        }
        *ret = root;
}

size_t frontier_write(const struct frontier *frontier, uint8_t ret[FRONTIER_WRITTEN_MAX])
{
        size_t used = 8;

        for (unsigned int i = 0; i < 8; i++)
                ret[i] = (uint8_t)(frontier->size >> (56 - 8 * i));

        for (unsigned int level = MERKLE_LEVELS; level-- > 0;) {
                if (!(frontier->size >> level & 1))
                        continue;
                memcpy(ret + used, frontier->nodes[level].octets, DIGEST_SIZE);
                used += DIGEST_SIZE;
        }
        return used;
}

bool frontier_read(struct bytes written, struct frontier *ret)
{
        const uint8_t *at = written.data;
        size_t left = written.size;
        uint64_t size = 0;

        memset(ret, 0, sizeof(*ret));
        if (left < 8)
                return false;
        for (unsigned int i = 0; i < 8; i++)
                size = size << 8 | *at++;
        left -= 8;
        if (size > MERKLE_SIZE_MAX || left != (size_t)__builtin_popcountll(size) * DIGEST_SIZE)
                return false;

        ret->size = size;
        for (unsigned int level = MERKLE_LEVELS; level-- > 0;) {
                if (!(size >> level & 1))
                        continue;
                memcpy(ret->nodes[level].octets, at, DIGEST_SIZE);
                at += DIGEST_SIZE;
        }
        return true;
}

/* Above an unpaired right edge there is nothing to hash until the path joins from the right. */
static void skip_promoted(uint64_t *at, uint64_t *last)
{
        while (!(*at & 1) && *at) {
                *at >>= 1;
                *last >>= 1;
        }
}

bool merkle_includes(struct hasher *hasher, const struct digest *root, uint64_t size,
                     const struct digest *leaf, uint64_t index, const struct digest *path,
                     size_t count)
{
        struct digest node = *leaf;
        uint64_t at = index, last = size - 1;

        if (index >= size || count > MERKLE_PROOF_MAX)
                return false;

        for (size_t i = 0; i < count; i++) {
                if (last == 0)
                        return false;
                if (at & 1 || at == last) {
                        node_hash(hasher, &path[i], &node, &node);
                        skip_promoted(&at, &last);
                } else {
                        node_hash(hasher, &node, &path[i], &node);
                }
                at >>= 1;
                last >>= 1;
        }
        return last == 0 && digest_equal(&node, root);
}

/* The proof proper, for 0 < first < second: rebuild both roots from the same digests. */
static bool rebuild_both(struct hasher *hasher, const struct digest *first_root,
                         const struct digest *second_root, uint64_t at, uint64_t last,
                         const struct digest *start, const struct digest *path, size_t count)
{
        struct digest old = *start, new = *start;

        for (size_t i = 0; i < count; i++) {
                if (last == 0)
                        return false;
                if (at & 1 || at == last) {
                        node_hash(hasher, &path[i], &old, &old);
                        node_hash(hasher, &path[i], &new, &new);
                        skip_promoted(&at, &last);
                } else {
                        node_hash(hasher, &new, &path[i], &new);
                }
                at >>= 1;
                last >>= 1;
        }
        return last == 0 && digest_equal(&old, first_root) && digest_equal(&new, second_root);
}

bool merkle_continues(struct hasher *hasher, const struct digest *first_root, uint64_t first,
                      const struct digest *second_root, uint64_t second,
                      const struct digest *path, size_t count)
{
        uint64_t at = first - 1, last = second - 1;

        if (first == 0 || first > second || count > MERKLE_PROOF_MAX)
                return false;
        if (first == second)
                return count == 0 && digest_equal(first_root, second_root);

        while (at & 1) {
                at >>= 1;
                last >>= 1;
        }

        /* A first tree that is complete is a node of the second: its root begins the proof. */
        if ((first & (first - 1)) == 0)
                return rebuild_both(hasher, first_root, second_root, at, last, first_root, path,
                                    count);
        if (count == 0)
                return false;
        return rebuild_both(hasher, first_root, second_root, at, last, path, path + 1, count - 1);
}
