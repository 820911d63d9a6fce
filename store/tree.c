/* SPDX-License-Identifier: Apache-2.0 */
#include "store/tree.h"

#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "store/log.h"

uint64_t tree_nodes(uint64_t size)
{
        return size - (uint64_t)__builtin_popcountll(size);
}

static uint64_t number_of(unsigned int level, uint64_t at)
{
        uint64_t before = ((at + 1) << level) - 1;

        return tree_nodes(before) + level - 1;
}

int tree_append(struct store_txn *txn, struct frontier *frontier, struct hasher *hasher,
                const struct digest *leaf)
{
        uint64_t number = tree_nodes(frontier->size);
        struct digest made[MERKLE_LEVELS];
        size_t count = frontier_append_noting(frontier, hasher, leaf, made);
        int r = 0;

        for (size_t i = 0; !r && i < count; i++, number++)
                r = store_put(txn, TABLE_TREE, number_key(&number), BYTES_OF(made[i].octets));
        return r;
}

int tree_fill(struct store_txn *txn, uint64_t size)
{
        own(hasher) struct hasher *hasher = NULL;
        struct frontier frontier = { .size = 0 };
        struct digest leaf;
        int r = hasher_new(&hasher);

        if (!r)
                r = store_clear(txn, TABLE_TREE);
        for (uint64_t i = 0; !r && i < size; i++) {
                r = log_leaf(txn, i, &leaf);
                if (!r)
                        r = tree_append(txn, &frontier, hasher, &leaf);
        }
        return r == -ENOENT ? -EILSEQ : r;
}

/* What is not there is damage: nobody asks for a node of a tree larger than there is. */
static int node(void *of, unsigned int level, uint64_t at, struct digest *ret)
{
        uint64_t number = level ? number_of(level, at) : 0;
        struct bytes row;
        int r;

        if (level == 0)
                r = log_leaf(of, at, ret);
        else
                r = store_get(of, TABLE_TREE, number_key(&number), &row);
        if (!r && level && row.size != DIGEST_SIZE)
                r = -EILSEQ;
        if (!r && level)
                memcpy(ret->octets, row.data, DIGEST_SIZE);
        return r == -ENOENT ? -EILSEQ : r;
}

struct merkle_nodes tree_source(struct store_txn *txn)
{
        return (struct merkle_nodes) { node, txn };
}

int tree_root(struct store_txn *txn, struct hasher *hasher, uint64_t size, struct digest *ret)
{
        const struct merkle_nodes nodes = tree_source(txn);
        const struct frontier empty = { .size = 0 };

        if (size == 0) {
                frontier_root(&empty, hasher, ret);
                return 0;
        }
        return merkle_range(&nodes, hasher, 0, size, ret);
}
