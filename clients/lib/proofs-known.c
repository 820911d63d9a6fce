/* SPDX-License-Identifier: Apache-2.0 */
/* What of the store is held in memory: which trees and leaves are known, and what of them holds. */
#include "clients/lib/proofs-inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FORGET_STEP (1024u * 1024u)     /* octets given back at once, in memory */

/* An epoch's index is the size that was kept of all before it: what is above is void. */
static uint64_t kept_of(const struct accord_proofs *proofs, uint32_t epoch)
{
        const struct hub_ring *ring = &proofs->proof.ring;
        uint64_t kept = UINT64_MAX;

        for (uint32_t i = 0; proofs->proof.has_ring && i < ring->epoch_count; i++)
                if (ring->epochs[i].number > epoch && ring->epochs[i].index < kept)
                        kept = ring->epochs[i].index;
        return kept;
}

bool tree_is_void(const struct accord_proofs *proofs, struct accord_tree tree)
{
        return tree.size > kept_of(proofs, tree.epoch);
}

bool leaf_is_void(const struct accord_proofs *proofs, uint32_t epoch, uint64_t index)
{
        return index >= kept_of(proofs, epoch);
}

/* ---- trees */

static int order(uint32_t epoch_a, uint64_t a, uint32_t epoch_b, uint64_t b)
{
        if (epoch_a != epoch_b)
                return epoch_a < epoch_b ? -1 : 1;
        return a < b ? -1 : a > b;
}

/* The first that is not before @tree. */
static size_t tree_place(const struct accord_proofs *proofs, struct accord_tree tree)
{
        size_t low = 0, high = proofs->tree_count;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                const struct accord_tree *at = &proofs->trees[middle].tree;

                if (order(at->epoch, at->size, tree.epoch, tree.size) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static bool same_tree(struct accord_tree a, struct accord_tree b)
{
        return a.epoch == b.epoch && a.size == b.size;
}

struct known_tree *known_find(struct accord_proofs *proofs, struct accord_tree tree)
{
        size_t at = tree_place(proofs, tree);

        if (at == proofs->tree_count || !same_tree(proofs->trees[at].tree, tree))
                return NULL;
        return &proofs->trees[at];
}

struct known_tree *known_add(struct accord_proofs *proofs, const struct known_tree *tree)
{
        size_t at = tree_place(proofs, tree->tree);

        if (proofs->tree_count == proofs->tree_room) {
                size_t room = proofs->tree_room ? 2 * proofs->tree_room : 64;
                struct known_tree *list = reallocarray(proofs->trees, room, sizeof(*list));

                if (!list)
                        return NULL;
                proofs->trees = list;
                proofs->tree_room = room;
        }
        memmove(&proofs->trees[at + 1], &proofs->trees[at],
                (proofs->tree_count - at) * sizeof(*tree));
        proofs->trees[at] = *tree;
        proofs->tree_count++;
        known_begin(proofs);
        return &proofs->trees[at];
}

void known_join(struct accord_proofs *proofs, struct known_tree *first, struct known_tree *second)
{
        proofs->counted = false;
        first->joined = second->joined = first->joined || second->joined;
}

struct known_tree *known_last(struct accord_proofs *proofs)
{
        for (size_t i = proofs->tree_count; i-- > 0; )
                if (proofs->trees[i].joined && !tree_is_void(proofs, proofs->trees[i].tree))
                        return &proofs->trees[i];
        return NULL;
}

void known_begin(struct accord_proofs *proofs)
{
        proofs->counted = false;
        if (known_last(proofs))
                return;
        for (size_t i = 0; i < proofs->tree_count; i++) {
                struct known_tree *tree = &proofs->trees[i];

                if (tree_is_void(proofs, tree->tree) || tree->contradicted)
                        continue;
                tree->joined = true;
                return;
        }
}

void known_forget(struct accord_proofs *proofs)
{
        const struct known_tree *last = known_last(proofs);
        struct accord_tree kept = last ? last->tree : (struct accord_tree) { 0 };
        uint64_t first = recfile_size(proofs->file);
        size_t left = 0;

        for (size_t i = 0; i < proofs->tree_count; i++) {
                if (proofs->trees[i].joined && !same_tree(proofs->trees[i].tree, kept))
                        continue;
                if (proofs->trees[i].place < first)
                        first = proofs->trees[i].place;
                proofs->trees[left++] = proofs->trees[i];
        }
        proofs->tree_count = left;
        if (first - proofs->visit_from < FORGET_STEP)
                return;
        recfile_forget(proofs->file, first);
        proofs->visit_from = first;
}

uint32_t proofs_waiting(const struct accord_proofs *proofs, struct accord_tree *ret, uint32_t most)
{
        uint32_t count = 0;

        for (size_t i = 0; i < proofs->tree_count && count < most; i++) {
                const struct known_tree *tree = &proofs->trees[i];

                if (tree->joined || tree->contradicted || tree_is_void(proofs, tree->tree))
                        continue;
                if (ret)
                        ret[count] = tree->tree;
                count++;
        }
        return count;
}

uint32_t proofs_waiting_count(struct accord_proofs *proofs)
{
        if (!proofs->counted)
                proofs->waiting = proofs_waiting(proofs, NULL, UINT32_MAX);
        proofs->counted = true;
        return proofs->waiting;
}

/* ---- leaves */

struct known_leaf *leaf_find(struct accord_proofs *proofs, uint32_t epoch, uint64_t index,
                             bool *ret_there)
{
        size_t low = 0, high = proofs->leaf_count;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                const struct known_leaf *at = &proofs->leaves[middle];

                if (order(at->epoch, at->index, epoch, index) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        *ret_there = low < proofs->leaf_count && proofs->leaves[low].epoch == epoch &&
                     proofs->leaves[low].index == index;
        return proofs->leaves ? &proofs->leaves[low] : NULL;
}

int leaf_add(struct accord_proofs *proofs, struct known_leaf *at, const struct known_leaf *leaf)
{
        size_t place = at ? (size_t)(at - proofs->leaves) : 0;

        if (proofs->leaf_count == proofs->leaf_room) {
                size_t room = proofs->leaf_room ? 2 * proofs->leaf_room : 256;
                struct known_leaf *list = reallocarray(proofs->leaves, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                proofs->leaves = list;
                proofs->leaf_room = room;
        }
        memmove(&proofs->leaves[place + 1], &proofs->leaves[place],
                (proofs->leaf_count - place) * sizeof(*leaf));
        proofs->leaves[place] = *leaf;
        proofs->leaf_count++;
        return 0;
}
