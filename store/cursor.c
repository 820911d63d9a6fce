/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/own.h"
#include "store/cursor.h"
#include "store/mdb.h"
#include "store/summed.h"

enum place {
        NOWHERE,        /* as opened */
        BEFORE,         /* the first row */
        ON_ROW,
        PAST,           /* the last row */
};

struct store_cursor {
        MDB_cursor *mdb;        /* NULL: the table is not there */
        enum table table;
        enum place place;
        size_t prefix_size;
        uint8_t prefix[STORE_KEY_MAX];
};

int cursor_open(struct store_txn *txn, enum table table, struct bytes prefix,
                struct store_cursor **ret)
{
        own(store_cursor) struct store_cursor *cursor = NULL;
        int r;

        assert(prefix.size == 0 || !table_by_number(table));
        if (prefix.size > STORE_KEY_MAX)
                return -EINVAL;

        cursor = calloc(1, sizeof(*cursor));
        if (!cursor)
                return -ENOMEM;
        cursor->table = table;
        cursor->prefix_size = prefix.size;
        if (prefix.size)
                memcpy(cursor->prefix, prefix.data, prefix.size);

        if (txn->env->tables[table] != TABLE_ABSENT) {
                r = mdb_cursor_open(txn->mdb, txn->env->tables[table], &cursor->mdb);
                if (r)
                        return from_mdb(r);
        }
        *ret = give(cursor);
        return 0;
}

void cursor_close(struct store_cursor *cursor)
{
        if (!cursor)
                return;
        if (cursor->mdb)
                mdb_cursor_close(cursor->mdb);
        free(cursor);
}

/* What LMDB found is the answer if it has the prefix; else the cursor stands at @otherwise. */
static int answer(struct store_cursor *cursor, int r, MDB_val key, MDB_val row,
                  enum place otherwise, struct bytes *ret_key, struct bytes *ret_value)
{
        if (!r && (key.mv_size < cursor->prefix_size ||
                   memcmp(key.mv_data, cursor->prefix, cursor->prefix_size) != 0))
                r = MDB_NOTFOUND;

        cursor->place = r ? otherwise : ON_ROW;
        if (r)
                return from_mdb(r);
        *ret_key = from_val(key);
        return row_value(cursor->table, key, row, ret_value);
}

/* To the first row at or above @key, which has the prefix or is it; empty: to the first of all. */
static int at_or_above(struct store_cursor *cursor, struct bytes key, struct bytes *ret_key,
                       struct bytes *ret_value)
{
        MDB_val k = to_val(key), v = { 0, NULL };
        int r;

        r = mdb_cursor_get(cursor->mdb, &k, &v, key.size ? MDB_SET_RANGE : MDB_FIRST);
        return answer(cursor, r, k, v, PAST, ret_key, ret_value);
}

int cursor_seek(struct store_cursor *cursor, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value)
{
        struct bytes prefix = { cursor->prefix, cursor->prefix_size };
        size_t common = key.size < prefix.size ? key.size : prefix.size;
        int order = common ? memcmp(key.data, prefix.data, common) : 0;

        if (!cursor->mdb)
                return -ENOENT;
        /* Below the prefix the first row to be found is the first that has it. */
        if (order < 0 || (order == 0 && key.size < prefix.size))
                key = prefix;
        return at_or_above(cursor, key, ret_key, ret_value);
}

int cursor_next(struct store_cursor *cursor, struct bytes *ret_key, struct bytes *ret_value)
{
        struct bytes prefix = { cursor->prefix, cursor->prefix_size };
        MDB_val k, v;
        int r;

        if (!cursor->mdb || cursor->place == PAST)
                return -ENOENT;
        if (cursor->place != ON_ROW)
                return at_or_above(cursor, prefix, ret_key, ret_value);

        r = mdb_cursor_get(cursor->mdb, &k, &v, MDB_NEXT);
        return answer(cursor, r, k, v, PAST, ret_key, ret_value);
}

/* The least key above all that have the prefix: 0 octets when there is none. */
static size_t successor(const struct store_cursor *cursor, uint8_t ret[STORE_KEY_MAX])
{
        size_t size = cursor->prefix_size;

        memcpy(ret, cursor->prefix, size);
        while (size > 0 && ret[size - 1] == 0xff)
                size--;
        if (size > 0)
                ret[size - 1]++;
        return size;
}

static int to_last(struct store_cursor *cursor, struct bytes *ret_key, struct bytes *ret_value)
{
        uint8_t above[STORE_KEY_MAX];
        MDB_val k = { successor(cursor, above), above }, v;
        int r = MDB_NOTFOUND;

        if (k.mv_size)
                r = mdb_cursor_get(cursor->mdb, &k, &v, MDB_SET_RANGE);
        if (!r)
                r = mdb_cursor_get(cursor->mdb, &k, &v, MDB_PREV);
        else if (r == MDB_NOTFOUND)
                r = mdb_cursor_get(cursor->mdb, &k, &v, MDB_LAST);
        return answer(cursor, r, k, v, BEFORE, ret_key, ret_value);
}

int cursor_prev(struct store_cursor *cursor, struct bytes *ret_key, struct bytes *ret_value)
{
        MDB_val k, v;
        int r;

        if (!cursor->mdb || cursor->place == BEFORE)
                return -ENOENT;
        if (cursor->place != ON_ROW)
                return to_last(cursor, ret_key, ret_value);

        r = mdb_cursor_get(cursor->mdb, &k, &v, MDB_PREV);
        return answer(cursor, r, k, v, BEFORE, ret_key, ret_value);
}
