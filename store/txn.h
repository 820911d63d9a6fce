/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transactions, and rows by key. A read transaction sees the ledger as it was when it began; a
 * write transaction sees what it wrote; there is one writer at a time.
 *
 * Spans returned lie in the map: valid until their transaction ends and, in a write transaction,
 * until its next put or del. Keys and values handed in are copied.
 *
 * A write transaction belongs to the thread that began it. A read transaction may go from thread to
 * thread, in one at a time; while it lives, pages freed after it began are not used again, so
 * it must be short.
 *
 * Errors of all calls: -EILSEQ damage that LMDB noticed, or a state row that is not as it was
 * written; -ENOSPC the map is full, which store_room() prevents; -EINVAL an empty key or one longer
 * than STORE_KEY_MAX; -EIO. After an error other than -ENOENT and -EEXIST a write transaction is
 * spoilt: abort it.
 */
#ifndef ACCORD_STORE_TXN_H
#define ACCORD_STORE_TXN_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "store/env.h"
#include "store/table.h"

struct store_txn;

/* Returns: 0; -EAGAIN when all reader slots are taken; -ENOMEM; -errno. */
int store_begin_read(struct store_env *env, struct store_txn **ret);

/* Waits for a writer in another thread. Returns: 0; -EROFS when opened to read; -errno. */
int store_begin_write(struct store_env *env, struct store_txn **ret);

/*
 * store_commit() - make all of it durable and visible, or learn that nobody knows
 * @txn: a write transaction; gone in any case
 *
 * When this fails, what was written may or may not be there after a crash, and no later commit
 * or sync can tell: nothing may be answered to anybody, neither yes nor no. Leave the process at
 * once, without another call to store/; the next start finds out.
 *
 * Returns: 0 when it is on the disk; -errno when the outcome is unknown.
 */
int store_commit(struct store_txn *txn);

/* Drop what was written, or end reading. NULL is fine. */
void store_abort(struct store_txn *txn);

static inline void store_txn_cleanup(struct store_txn **txn)
{
        store_abort(*txn);
}

struct store_env *store_env_of(const struct store_txn *txn);

/* Returns: 0; -ENOENT when there is no such row. A row may be empty; its data is never NULL. */
int store_get(struct store_txn *txn, enum table table, struct bytes key, struct bytes *ret_value);

/* The first row whose key is above @key; from the start when @key is empty. -ENOENT: none. */
int store_after(struct store_txn *txn, enum table table, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value);

/* The last row whose key is @key or below it. -ENOENT: none. */
int store_last(struct store_txn *txn, enum table table, struct bytes key, struct bytes *ret_key,
               struct bytes *ret_value);

/*
 * Write the row, over the one that is there. In an APPEND table the key must be above all others:
 * else -EEXIST.
 */
int store_put(struct store_txn *txn, enum table table, struct bytes key, struct bytes value);

/* Write the row if there is none of that key. Returns: 0; -EEXIST, nothing changed. */
int store_put_new(struct store_txn *txn, enum table table, struct bytes key, struct bytes value);

/*
 * store_reserve() - as store_put(), but the caller writes the value where it will lie; not for
 *                   state tables, whose rows end in a checksum
 * @ret_room: @size octets to be filled before any other call with @txn
 */
int store_reserve(struct store_txn *txn, enum table table, struct bytes key, size_t size,
                  void **ret_room);

/* Returns: 0; -ENOENT when there is no such row. */
int store_del(struct store_txn *txn, enum table table, struct bytes key);

/* Drop all rows of a table; for making state again. */
int store_clear(struct store_txn *txn, enum table table);

/* Returns: 0, with the number of rows. */
int store_count(struct store_txn *txn, enum table table, uint64_t *ret);

#endif
