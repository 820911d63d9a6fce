/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "core/own.h"
#include "store/cursor.h"
#include "store/finding.h"
#include "store/tree.h"
#include "store/verify-inside.h"

/* Walking LOG and LEAF side by side, and TREE where its nodes are wanted too. */
struct walk {
        struct hasher *hasher;
        struct store_cursor *log, *leaf;
        struct store_cursor *tree;      /* NULL: not wanted */
        struct frontier *frontier;      /* grown with every leaf */
        int64_t time;                   /* of the entry before */
        bool any;                       /* there was an entry before */
        struct finding *finding;
};

static int odd(struct walk *walk, enum table table, uint64_t index, const char *says)
{
        return finding_say(walk->finding, table, index, "entry %" PRIu64 ": %s", index, says);
}

/* The next row of a table by number is that of @index. */
static int next_row(struct walk *walk, enum table table, uint64_t index, struct bytes *ret_value)
{
        struct store_cursor *cursor = table == TABLE_LOG ? walk->log : walk->leaf;
        struct bytes key;
        uint64_t number;
        int r;

        r = cursor_next(cursor, &key, ret_value);
        if (r == -ENOENT)
                return odd(walk, table, index, "it is not there");
        if (r)
                return r;
        memcpy(&number, key.data, sizeof(number));
        return number == index ? 0 : odd(walk, table, index, "another stands in its place");
}

static int check_header(struct walk *walk, uint64_t index, struct bytes row)
{
        struct entry_header header;
        int r;

        r = entry_header_read(row, &header);
        if (r == -EPROTONOSUPPORT) {
                odd(walk, TABLE_LOG, index, "it is of a format that this version does not know");
                return r;
        }
        if (r)
                return odd(walk, TABLE_LOG, index, "its header is damaged");
        if (header.index != index)
                return odd(walk, TABLE_LOG, index, "its header is that of another entry");
        if (walk->any && header.time <= walk->time)
                return odd(walk, TABLE_LOG, index, "its time is not after that of the one before");

        walk->time = header.time;
        walk->any = true;
        return 0;
}

static int check_leaf(struct walk *walk, uint64_t index, struct bytes row, struct bytes leaf)
{
        struct digest stored, made;

        if (leaf.size != DIGEST_SIZE)
                return odd(walk, TABLE_LEAF, index, "its leaf is damaged");
        memcpy(stored.octets, leaf.data, DIGEST_SIZE);
        leaf_hash(walk->hasher, &row, 1, &made);
        if (!digest_equal(&stored, &made))
                return odd(walk, TABLE_LOG, index, "its bytes do not hash to its leaf");

        return walk_leaf(walk->tree, walk->frontier, walk->hasher, &made, walk->finding);
}

static int check_entry(struct walk *walk, uint64_t index)
{
        struct bytes row, leaf;
        int r;

        r = next_row(walk, TABLE_LOG, index, &row);
        if (!r)
                r = next_row(walk, TABLE_LEAF, index, &leaf);
        if (!r)
                r = check_header(walk, index, row);
        return r ? r : check_leaf(walk, index, row, leaf);
}

/* Both cursors to just before @first, with the time of the entry there. */
static int start_at(struct walk *walk, struct store_txn *txn, uint64_t first)
{
        uint64_t before = first - 1;
        struct bytes key, value;
        struct log_entry entry;
        int r;

        if (first == 0)
                return 0;

        r = log_read(txn, before, &entry);
        if (r == -ENOENT || r == -EILSEQ)
                return odd(walk, TABLE_LOG, before, "it cannot be read");
        if (!r)
                r = cursor_seek(walk->log, number_key(&before), &key, &value);
        if (!r)
                r = cursor_seek(walk->leaf, number_key(&before), &key, &value);
        if (r == -ENOENT)
                return odd(walk, TABLE_LEAF, before, "its leaf is not there");
        if (r)
                return r;
        walk->time = entry.header.time;
        walk->any = true;
        return 0;
}

static int walk_range(struct walk *walk, struct store_txn *txn, uint64_t first, uint64_t end,
                      verify_progress *progress, void *with)
{
        own(store_cursor) struct store_cursor *log = NULL, *leaf = NULL;
        int r;

        r = cursor_open(txn, TABLE_LOG, NO_BYTES, &log);
        if (!r)
                r = cursor_open(txn, TABLE_LEAF, NO_BYTES, &leaf);
        if (r)
                return r;
        walk->log = log;
        walk->leaf = leaf;

        r = start_at(walk, txn, first);
        for (uint64_t index = first; !r && index < end; index++) {
                r = check_entry(walk, index);
                if (progress && (index + 1) % PROGRESS_EVERY == 0)
                        progress(with, index + 1, end);
        }
        return r;
}

/* The nodes that stand before leaf @first, and the cursor to just before those it completes. */
static int nodes_at(struct walk *walk, struct store_txn *txn, uint64_t first)
{
        uint64_t before = tree_nodes(first);
        struct bytes key, value;
        int r = frontier_at(txn, first, walk->frontier);

        if (!r && before-- > 0)
                r = cursor_seek(walk->tree, number_key(&before), &key, &value);
        return r == -ENOENT || r == -EILSEQ
                       ? finding_say(walk->finding, TABLE_TREE, first,
                                     "the tree over the entries before %" PRIu64
                                     " is not all there", first)
                       : r;
}

int log_verify_range(struct store_txn *txn, struct hasher *hasher, uint64_t first, uint64_t end,
                     struct finding *ret)
{
        own(store_cursor) struct store_cursor *tree = NULL;
        struct frontier frontier = { .size = 0 };
        struct walk walk = { .hasher = hasher, .frontier = &frontier, .finding = ret };
        int r;

        finding_clear(ret);
        if (first >= end)
                return 0;
        r = cursor_open(txn, TABLE_TREE, NO_BYTES, &tree);
        walk.tree = tree;
        if (!r)
                r = nodes_at(&walk, txn, first);
        return r ? r : walk_range(&walk, txn, first, end, NULL, NULL);
}

int log_verify(struct store_txn *txn, verify_progress *progress, void *with, struct finding *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        struct frontier stored, made = { .size = 0 };
        struct walk walk = { .frontier = &made, .finding = ret };
        struct log_tip tip;
        int r;

        finding_clear(ret);
        r = hasher_new(&hasher);
        if (r)
                return r;
        walk.hasher = hasher;

        r = tip_find(txn, &tip, &stored, ret);
        if (!r)
                r = check_count(txn, TABLE_LOG, tip.size, tip.size, ret);
        if (!r)
                r = check_count(txn, TABLE_LEAF, tip.size, tip.size, ret);
        if (!r)
                r = walk_range(&walk, txn, 0, tip.size, progress, with);
        if (!r && walk.any && walk.time != tip.time)
                r = finding_say(ret, TABLE_META, tip.size,
                                "the tip has another time than the last entry");
        if (!r)
                r = check_frontier(&made, hasher, &tip, &stored, ret);
        if (progress)
                progress(with, made.size, tip.size);
        return r;
}
