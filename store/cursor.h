/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking a table, or the rows whose keys begin with a prefix: what is outside it does not exist.
 *
 *      own(store_cursor) struct store_cursor *cursor = NULL;
 *      struct bytes key, value;
 *
 *      r = cursor_open(txn, TABLE_FACT, prefix, &cursor);
 *      while (!r && !(r = cursor_next(cursor, &key, &value)))
 *              ...
 *      if (r != -ENOENT)
 *              return r;
 *
 * A cursor ends before its transaction; rows must not be written between two of its calls.
 * All calls return 0, -ENOENT when there is no such row, or -errno as in store/txn.h.
 */
#ifndef ACCORD_STORE_CURSOR_H
#define ACCORD_STORE_CURSOR_H

#include "core/bytes.h"
#include "store/txn.h"

struct store_cursor;

/* @prefix: copied; empty for the whole table, which it must be for one with NUMBER keys. */
int cursor_open(struct store_txn *txn, enum table table, struct bytes prefix,
                struct store_cursor **ret);
void cursor_close(struct store_cursor *cursor);

static inline void store_cursor_cleanup(struct store_cursor **cursor)
{
        cursor_close(*cursor);
}

/* To the first row at or above @key; -ENOENT leaves it past the end. */
int cursor_seek(struct store_cursor *cursor, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value);

/* One row on; to the first when it stands nowhere yet. */
int cursor_next(struct store_cursor *cursor, struct bytes *ret_key, struct bytes *ret_value);

/* One row back; to the last when it stands nowhere yet or past the end. */
int cursor_prev(struct store_cursor *cursor, struct bytes *ret_key, struct bytes *ret_value);

#endif
