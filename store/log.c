/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/own.h"
#include "store/log.h"
#include "store/tip.h"
#include "store/tree.h"
#include "store/verify.h"

struct store_log {
        struct hasher *hasher;
        struct log_tip tip;             /* as of the last commit */
        struct frontier frontier;
        bool open;                      /* between log_begin() and its end */
        struct log_tip staged_tip;      /* root only after log_prepare_commit() */
        struct frontier staged;
};

/* ---- taking it up */

/* From before there was a TREE: an empty one, where nodes ought to be. */
static int check_tree(struct store_txn *txn, uint64_t size)
{
        uint64_t rows;
        int r = store_count(txn, TABLE_TREE, &rows);

        return !r && rows == 0 && tree_nodes(size) > 0 ? -ESTALE : r;
}

/* The table holds the rows 0 to size - 1, as far as its ends tell. */
static int check_end(struct store_txn *txn, enum table table, uint64_t size)
{
        struct bytes key, value;
        uint64_t rows, last, most = UINT64_MAX;
        int r;

        r = store_count(txn, table, &rows);
        if (r)
                return r;
        if (rows != size)
                return -EILSEQ;
        if (size == 0)
                return 0;

        r = store_last(txn, table, number_key(&most), &key, &value);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        memcpy(&last, key.data, sizeof(last));
        return last == size - 1 ? 0 : -EILSEQ;
}

/* The subtree of the frontier at @level, made again from its leaves. */
static int check_subtree(struct store_txn *txn, struct store_log *log, unsigned int level,
                         uint64_t first)
{
        struct frontier subtree = { .size = 0 };
        struct digest leaf;
        int r;

        for (uint64_t i = 0; i < UINT64_C(1) << level; i++) {
                r = log_leaf(txn, first + i, &leaf);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                frontier_append(&subtree, log->hasher, &leaf);
        }
        return digest_equal(&subtree.nodes[level], &log->frontier.nodes[level]) ? 0 : -EILSEQ;
}

/* The root, and those subtrees of the frontier that lie in the tail. */
static int check_frontier(struct store_txn *txn, struct store_log *log, uint64_t tail_first)
{
        uint64_t end = log->tip.size;
        struct digest root;
        int r;

        frontier_root(&log->frontier, log->hasher, &root);
        if (!digest_equal(&root, &log->tip.root))
                return -EILSEQ;

        for (unsigned int level = 0; level < MERKLE_LEVELS; level++) {
                if (!(log->tip.size >> level & 1))
                        continue;
                end -= UINT64_C(1) << level;
                if (end < tail_first)
                        break;
                r = check_subtree(txn, log, level, end);
                if (r)
                        return r;
        }
        return 0;
}

static int check_last_time(struct store_txn *txn, const struct log_tip *tip)
{
        struct log_entry last;
        int r;

        if (tip->size == 0)
                return 0;
        r = log_read(txn, tip->size - 1, &last);
        if (r)
                return r;
        return last.header.time == tip->time ? 0 : -EILSEQ;
}

static int prove_tail(struct store_txn *txn, struct store_log *log, uint64_t tail)
{
        uint64_t size = log->tip.size, first = size > tail ? size - tail : 0;
        struct finding finding;
        int r;

        r = check_tree(txn, size);
        if (!r)
                r = check_end(txn, TABLE_LOG, size);
        if (!r)
                r = check_end(txn, TABLE_LEAF, size);
        if (!r)
                r = check_end(txn, TABLE_TREE, tree_nodes(size));
        if (!r)
                r = log_verify_range(txn, log->hasher, first, size, &finding);
        if (!r)
                r = check_last_time(txn, &log->tip);
        if (!r)
                r = check_frontier(txn, log, first);
        return r;
}

int log_load(struct store_txn *txn, uint64_t tail, struct store_log **ret)
{
        own(store_log) struct store_log *log = NULL;
        int r;

        log = calloc(1, sizeof(*log));
        if (!log)
                return -ENOMEM;
        r = hasher_new(&log->hasher);
        if (!r)
                r = log_stored_tip(txn, &log->tip, &log->frontier);
        if (!r && log->tip.size == 0)
                frontier_root(&log->frontier, log->hasher, &log->tip.root);
        if (!r)
                r = prove_tail(txn, log, tail);
        if (r)
                return r;

        *ret = give(log);
        return 0;
}

static int fill_tree(struct store_txn *txn)
{
        struct frontier frontier;
        struct log_tip tip;
        int r = log_stored_tip(txn, &tip, &frontier);

        if (!r)
                r = check_tree(txn, tip.size);
        return r == -ESTALE ? tree_fill(txn, tip.size) : r;
}

int log_upgrade(struct store_env *env)
{
        own(store_txn) struct store_txn *txn = NULL;
        int r = store_begin_write(env, &txn);

        if (!r)
                r = fill_tree(txn);
        return r ? r : store_commit(give(txn));
}

void log_free(struct store_log *log)
{
        if (!log)
                return;

        hasher_free(log->hasher);
        free(log);
}

/* ---- as it stands */

struct log_tip log_tip(const struct store_log *log)
{
        return log->tip;
}

const struct frontier *log_frontier(const struct store_log *log)
{
        return &log->frontier;
}

int64_t log_time(const struct store_log *log, int64_t now)
{
        const struct log_tip *tip = log->open ? &log->staged_tip : &log->tip;

        return tip->size > 0 && now <= tip->time ? tip->time + 1 : now;
}

uint64_t log_staged(const struct store_log *log)
{
        return log->open ? log->staged.size - log->frontier.size : 0;
}

/* ---- writing */

int log_begin(struct store_log *log, struct store_txn *txn)
{
        uint8_t record[TIP_RECORD_MAX];
        struct bytes stored;
        int r;

        assert(!log->open);

        r = store_get(txn, TABLE_META, tip_key, &stored);
        if (r == -ENOENT && log->tip.size == 0)
                r = 0;
        else if (!r && !bytes_equal(stored, tip_write(&log->tip, &log->frontier, record)))
                r = -EILSEQ;
        if (r)
                return r == -ENOENT ? -EILSEQ : r;

        log->staged_tip = log->tip;
        log->staged = log->frontier;
        log->open = true;
        return 0;
}

static size_t size_of(const struct bytes *spans, size_t count)
{
        size_t size = 0;

        for (size_t i = 0; i < count; i++)
                size += spans[i].size;
        return size;
}

/* Header and bytes go straight to where they will lie. */
static int write_entry(struct store_txn *txn, const struct entry_header *header,
                       const struct bytes *spans, size_t count, struct bytes *ret_written)
{
        size_t size = ENTRY_HEADER_SIZE + (size_t)header->length;
        void *room;
        uint8_t *at;
        int r;

        r = store_reserve(txn, TABLE_LOG, number_key(&header->index), size, &room);
        if (r)
                return r;
        entry_header_write(header, room);
        at = (uint8_t *)room + ENTRY_HEADER_SIZE;
        for (size_t i = 0; i < count; i++) {
                if (spans[i].size)
                        memcpy(at, spans[i].data, spans[i].size);
                at += spans[i].size;
        }
        *ret_written = (struct bytes) { room, size };
        return 0;
}

int log_append(struct store_log *log, struct store_txn *txn, uint8_t kind, int64_t now,
               const struct bytes *spans, size_t count, struct entry_header *ret_header)
{
        struct entry_header header = { .kind = kind, .index = log->staged.size };
        size_t size = size_of(spans, count);
        struct digest leaf;
        struct bytes written;
        int r;

        assert(log->open);
        assert(kind > 0);

        if (size > ENTRY_LENGTH_MAX)
                return -EMSGSIZE;
        header.length = (uint32_t)size;
        header.time = log_time(log, now);

        r = write_entry(txn, &header, spans, count, &written);
        if (r)
                return r;
        /* Over what was written, not over what was meant to be. */
        leaf_hash(log->hasher, &written, 1, &leaf);
        r = store_put(txn, TABLE_LEAF, number_key(&header.index), BYTES_OF(leaf.octets));
        if (!r)
                r = tree_append(txn, &log->staged, log->hasher, &leaf);
        if (r)
                return r;

        log->staged_tip.size = log->staged.size;
        log->staged_tip.time = header.time;
        *ret_header = header;
        return 0;
}

/* The root of the staged tree, made again from the entries as they are written. */
static int prove_staged(struct store_log *log, struct store_txn *txn)
{
        struct frontier again = log->frontier;
        struct log_entry entry;
        struct digest leaf, root;
        int r;

        for (uint64_t index = again.size; index < log->staged.size; index++) {
                r = log_read_proved(txn, log->hasher, index, &entry);
                if (!r)
                        r = log_leaf(txn, index, &leaf);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                frontier_append(&again, log->hasher, &leaf);
        }
        frontier_root(&again, log->hasher, &root);
        return digest_equal(&root, &log->staged_tip.root) ? 0 : -EILSEQ;
}

int log_prepare_commit(struct store_log *log, struct store_txn *txn, struct log_tip *ret_tip)
{
        uint8_t record[TIP_RECORD_MAX];
        int r;

        assert(log->open);

        frontier_root(&log->staged, log->hasher, &log->staged_tip.root);
        r = prove_staged(log, txn);
        if (!r && log->staged.size != log->frontier.size)
                r = store_put(txn, TABLE_META, tip_key,
                              tip_write(&log->staged_tip, &log->staged, record));
        if (!r && ret_tip)
                *ret_tip = log->staged_tip;
        return r;
}

void log_committed(struct store_log *log)
{
        assert(log->open);

        log->tip = log->staged_tip;
        log->frontier = log->staged;
        log->open = false;
}

void log_aborted(struct store_log *log)
{
        log->open = false;
}
