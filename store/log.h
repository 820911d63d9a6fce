/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The append-only log: entry i is row i of LOG (header and bytes) and of LEAF (its leaf digest);
 * the inner nodes of the tree over the leaves are in TREE (store/tree.h).
 * The tip (size, root, last time, frontier) is kept in META and in memory; the two must agree.
 *
 * One write transaction, one batch:
 *
 *      store_begin_write(env, &txn)
 *      log_begin(log, txn)             the stored tip is the one in memory, or -EILSEQ
 *      log_append(log, txn, ...)       any number; staged
 *      log_prepare_commit(log, txn)    proves them from what is written, and writes the tip
 *      store_commit(give(txn))         0: log_committed(log); else leave the process
 *      store_abort(give(txn))          instead: log_aborted(log)
 *
 * What is in memory moves on in log_committed() only. Appending does not allocate.
 *
 * A struct store_log belongs to the writing thread; calls that take none need only their
 * transaction.
 */
#ifndef ACCORD_STORE_LOG_H
#define ACCORD_STORE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "proof/entry.h"
#include "proof/hash.h"
#include "proof/merkle.h"
#include "store/txn.h"

struct store_log;

struct log_tip {
        uint64_t size;          /* entries */
        int64_t time;           /* of the last; 0 when there is none */
        struct digest root;
};

struct log_entry {
        struct entry_header header;
        struct bytes bytes;     /* after the header; in the map */
};

#define LOG_TAIL 4096           /* entries that a start should prove */

/*
 * log_load() - take up the log where it ends, having proved its tail
 * @tail: entries from the end whose bytes are hashed again; LOG_TAIL, or UINT64_MAX for all
 *
 * Checked: the tip is well formed; LOG, LEAF and TREE end where it says; the last @tail entries
 * hash to their leaves, and these to their nodes, with dense indices and growing times; the
 * frontier agrees with the leaves of the tail and gives the root. An empty ledger loads as a log of
 * size 0.
 *
 * Returns: 0; -EILSEQ when any of that does not hold; -ESTALE when the ledger is from before there
 * was a TREE: log_upgrade() makes it; -EPROTONOSUPPORT when the tip or an entry is of a newer
 * format; -ENOMEM; -errno.
 */
int log_load(struct store_txn *txn, uint64_t tail, struct store_log **ret);

/* Makes what an older ledger lacks; nothing to do for others. Returns: 0; -EILSEQ; -errno. */
int log_upgrade(struct store_env *env);

/* NULL is fine. */
void log_free(struct store_log *log);

static inline void store_log_cleanup(struct store_log **log)
{
        log_free(*log);
}

/* As of the last commit. */
struct log_tip log_tip(const struct store_log *log);
const struct frontier *log_frontier(const struct store_log *log);

/* The time an entry would get at @now: @now, or just after the last one, staged ones included. */
int64_t log_time(const struct store_log *log, int64_t now);

/* Returns: 0; -EILSEQ when the stored tip is not that in memory: somebody else wrote. */
int log_begin(struct store_log *log, struct store_txn *txn);

/*
 * log_append() - the next entry: @spans, one after the other as if they were one
 * @kind:       the caller's, 1..255
 * @now:        microseconds since the epoch; the entry's time is log_time()
 * @ret_header: with its index and time
 *
 * Returns: 0; -ENOSPC; -errno: abort. -EMSGSIZE when it is longer than ENTRY_LENGTH_MAX.
 */
int log_append(struct store_log *log, struct store_txn *txn, uint8_t kind, int64_t now,
               const struct bytes *spans, size_t count, struct entry_header *ret_header);

/* Entries appended since log_begin(). */
uint64_t log_staged(const struct store_log *log);

/*
 * log_prepare_commit() - write the tip that the commit will make true
 * @ret_tip: the tip as it will be; may be NULL
 *
 * Before that, every staged entry is read back as it is written and hashed once more, its leaf is
 * held against the stored one, and the tree grown from these must have the root of the one grown
 * while appending: what the hub signs next was made twice.
 *
 * Returns: 0; -EILSEQ when both do not agree: abort, and do not go on; -errno.
 */
int log_prepare_commit(struct store_log *log, struct store_txn *txn, struct log_tip *ret_tip);
void log_committed(struct store_log *log);
void log_aborted(struct store_log *log);

/* ---- reading; also what is staged, in its own transaction */

/* Returns: 0; -ENOENT when there is no such entry; -EILSEQ when its header is not its own. */
int log_read(struct store_txn *txn, uint64_t index, struct log_entry *ret);

/*
 * The same, and its bytes hash to its leaf: what is said to anybody is read so. @hasher: NULL for
 * one of its own, in any thread. Returns also: -EILSEQ when they do not.
 */
int log_read_proved(struct store_txn *txn, struct hasher *hasher, uint64_t index,
                    struct log_entry *ret);

/* Returns: 0; -ENOENT. */
int log_leaf(struct store_txn *txn, uint64_t index, struct digest *ret);

/* The tip stored in this snapshot; size 0 for an empty ledger. Returns: 0; as log_load(). */
int log_stored_tip(struct store_txn *txn, struct log_tip *ret, struct frontier *ret_frontier);

#endif
