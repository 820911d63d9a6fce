/* SPDX-License-Identifier: Apache-2.0 */
/* The tree and the tip: each node is what lies under it makes, the tip what all of them make. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "core/own.h"
#include "store/finding.h"
#include "store/tree.h"
#include "store/verify-inside.h"

int tip_find(struct store_txn *txn, struct log_tip *ret, struct frontier *ret_stored,
             struct finding *ret_finding)
{
        int r = log_stored_tip(txn, ret, ret_stored);

        if (r == -EILSEQ || r == -EPROTONOSUPPORT)
                finding_say(ret_finding, TABLE_META, 0, "the tip cannot be read");
        return r;
}

int check_count(struct store_txn *txn, enum table table, uint64_t size, uint64_t rows,
                struct finding *ret)
{
        uint64_t there;
        int r = store_count(txn, table, &there);

        if (r || there == rows)
                return r;
        if (rows == size)
                return finding_say(ret, table, size,
                                   "the tip says %" PRIu64 " entries, %s has %" PRIu64, size,
                                   table_name(table), there);
        return finding_say(ret, table, size,
                           "%" PRIu64 " entries make %" PRIu64 " nodes, %s has %" PRIu64, size,
                           rows, table_name(table), there);
}

int check_frontier(const struct frontier *made, struct hasher *hasher, const struct log_tip *tip,
                   const struct frontier *stored, struct finding *ret)
{
        uint8_t first[FRONTIER_WRITTEN_MAX], second[FRONTIER_WRITTEN_MAX];
        struct bytes a = { first, frontier_write(stored, first) };
        struct bytes b = { second, frontier_write(made, second) };
        struct digest root;

        if (!bytes_equal(a, b))
                return finding_say(ret, TABLE_META, tip->size,
                                   "the leaves do not make the frontier of the tip");
        frontier_root(made, hasher, &root);
        if (tip->size > 0 && !digest_equal(&root, &tip->root))
                return finding_say(ret, TABLE_META, tip->size,
                                   "the leaves do not make the root of the tip");
        return 0;
}

/* @level: of the node over the leaves up to @last, the last of them included. */
static int check_node(struct store_cursor *tree, uint64_t number, unsigned int level, uint64_t last,
                      const struct digest *made, struct finding *ret)
{
        uint64_t begin = last + 1 - (UINT64_C(1) << level), stored;
        const char *says = NULL;
        struct bytes key, row;
        int r = cursor_next(tree, &key, &row);

        if (r && r != -ENOENT)
                return r;
        if (r) {
                says = "it is not there";
        } else {
                memcpy(&stored, key.data, sizeof(stored));
                if (stored != number)
                        says = "another stands in its place";
                else if (row.size != DIGEST_SIZE || memcmp(row.data, made->octets, DIGEST_SIZE))
                        says = "it is not what they make";
        }
        return says ? finding_say(ret, TABLE_TREE, last,
                                  "the node over entries %" PRIu64 " to %" PRIu64 ": %s", begin,
                                  last, says)
                    : 0;
}

int walk_leaf(struct store_cursor *tree, struct frontier *frontier, struct hasher *hasher,
              const struct digest *leaf, struct finding *ret)
{
        uint64_t last = frontier->size, number = tree_nodes(last);
        struct digest made[MERKLE_LEVELS];
        size_t count = frontier_append_noting(frontier, hasher, leaf, made);
        int r = 0;

        for (size_t i = 0; tree && !r && i < count; i++)
                r = check_node(tree, number + i, (unsigned int)i + 1, last, &made[i], ret);
        return r;
}

int frontier_at(struct store_txn *txn, uint64_t size, struct frontier *ret)
{
        const struct merkle_nodes nodes = tree_source(txn);
        int r = 0;

        *ret = (struct frontier) { .size = size };
        for (unsigned int level = 0; !r && level < MERKLE_LEVELS; level++)
                if (size >> level & 1)
                        r = nodes.node(nodes.of, level, (size >> level) - 1, &ret->nodes[level]);
        return r;
}

/* The next leaf, and what it completes. */
static int next_leaf(struct store_cursor *leaves, struct store_cursor *tree,
                     struct frontier *frontier, struct hasher *hasher, struct finding *ret)
{
        uint64_t index = frontier->size, number;
        struct bytes key, row;
        struct digest leaf;
        int r = cursor_next(leaves, &key, &row);

        if (r && r != -ENOENT)
                return r;
        if (!r)
                memcpy(&number, key.data, sizeof(number));
        if (r || number != index || row.size != DIGEST_SIZE)
                return finding_say(ret, TABLE_LEAF, index, "entry %" PRIu64 ": its leaf is %s",
                                   index, !r && number == index ? "damaged" : "not there");
        memcpy(leaf.octets, row.data, DIGEST_SIZE);
        return walk_leaf(tree, frontier, hasher, &leaf, ret);
}

static int walk_tree(struct store_txn *txn, struct hasher *hasher, struct frontier *made,
                     uint64_t size, verify_progress *progress, void *with, struct finding *ret)
{
        own(store_cursor) struct store_cursor *leaves = NULL, *tree = NULL;
        int r = cursor_open(txn, TABLE_LEAF, NO_BYTES, &leaves);

        if (!r)
                r = cursor_open(txn, TABLE_TREE, NO_BYTES, &tree);
        while (!r && made->size < size) {
                r = next_leaf(leaves, tree, made, hasher, ret);
                if (progress && made->size % PROGRESS_EVERY == 0)
                        progress(with, made->size, size);
        }
        return r;
}

int tree_verify(struct store_txn *txn, verify_progress *progress, void *with, struct finding *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        struct frontier stored, made = { .size = 0 };
        struct log_tip tip = { .size = 0 };
        int r = hasher_new(&hasher);

        finding_clear(ret);
        if (!r)
                r = tip_find(txn, &tip, &stored, ret);
        if (!r)
                r = check_count(txn, TABLE_LEAF, tip.size, tip.size, ret);
        if (!r)
                r = check_count(txn, TABLE_TREE, tip.size, tree_nodes(tip.size), ret);
        if (!r)
                r = walk_tree(txn, hasher, &made, tip.size, progress, with, ret);
        if (!r)
                r = check_frontier(&made, hasher, &tip, &stored, ret);
        if (progress)
                progress(with, made.size, tip.size);
        return r;
}

int tip_verify(struct store_txn *txn, struct hasher *hasher, struct log_tip *ret_tip,
               struct finding *ret)
{
        struct frontier stored, made;
        int r;

        finding_clear(ret);
        r = tip_find(txn, ret_tip, &stored, ret);
        if (!r)
                r = check_count(txn, TABLE_LOG, ret_tip->size, ret_tip->size, ret);
        if (!r)
                r = check_count(txn, TABLE_LEAF, ret_tip->size, ret_tip->size, ret);
        if (!r)
                r = check_count(txn, TABLE_TREE, ret_tip->size, tree_nodes(ret_tip->size), ret);
        if (!r)
                r = frontier_at(txn, ret_tip->size, &made);
        if (r == -EILSEQ && !ret->says[0])
                finding_say(ret, TABLE_TREE, ret_tip->size, "a node that the tip stands on is "
                            "not there");
        return r ? r : check_frontier(&made, hasher, ret_tip, &stored, ret);
}
