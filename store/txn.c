/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/own.h"
#include "store/mdb.h"
#include "store/summed.h"
#include "store/txn.h"

/* ---- beginning and ending */

static int begin(struct store_env *env, bool writes, struct store_txn **ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        int r;

        if (env->poisoned)
                return -EIO;
        if (writes && env->read_only)
                return -EROFS;

        txn = calloc(1, sizeof(*txn));
        if (!txn)
                return -ENOMEM;
        txn->env = env;
        txn->writes = writes;
        r = mdb_txn_begin(env->mdb, NULL, writes ? 0 : MDB_RDONLY, &txn->mdb);
        if (r) {
                txn->mdb = NULL;
                return from_mdb(r);
        }

        *ret = give(txn);
        return 0;
}

int store_begin_read(struct store_env *env, struct store_txn **ret)
{
        return begin(env, false, ret);
}

int store_begin_write(struct store_env *env, struct store_txn **ret)
{
        return begin(env, true, ret);
}

int store_commit(struct store_txn *txn)
{
        struct store_env *env = txn->env;
        int r;

        assert(txn->writes);

        r = from_mdb(mdb_txn_commit(txn->mdb));
        /* LMDB itself would let the next commit succeed as if nothing had been lost. */
        if (r)
                env->poisoned = true;
        free(txn);
        return r;
}

void store_abort(struct store_txn *txn)
{
        if (!txn)
                return;

        for (enum table table = 0; table < TABLE_COUNT; table++) {
                if (txn->cursors[table])
                        mdb_cursor_close(txn->cursors[table]);
        }
        if (txn->mdb)
                mdb_txn_abort(txn->mdb);
        free(txn);
}

struct store_env *store_env_of(const struct store_txn *txn)
{
        return txn->env;
}

/* ---- rows */

static bool key_fits(enum table table, struct bytes key)
{
        return !table_by_number(table) || key.size == sizeof(uint64_t);
}

int store_get(struct store_txn *txn, enum table table, struct bytes key, struct bytes *ret_value)
{
        MDB_val k = to_val(key), v;
        int r;

        assert(key_fits(table, key));
        if (txn->env->tables[table] == TABLE_ABSENT)
                return -ENOENT;

        r = mdb_get(txn->mdb, txn->env->tables[table], &k, &v);
        return r ? from_mdb(r) : row_value(table, k, v, ret_value);
}

/*
 * Reading, one cursor a table serves all calls, and finds the next row without a descent.
 * Writing, a cursor does not live from call to call, as rows move under it.
 */
static int borrow_cursor(struct store_txn *txn, enum table table, MDB_cursor **ret)
{
        int r;

        if (txn->env->tables[table] == TABLE_ABSENT)
                return MDB_NOTFOUND;
        if (txn->cursors[table]) {
                *ret = txn->cursors[table];
                return 0;
        }
        r = mdb_cursor_open(txn->mdb, txn->env->tables[table], ret);
        if (!r && !txn->writes)
                txn->cursors[table] = *ret;
        return r;
}

static int hand_back(const struct store_txn *txn, enum table table, MDB_cursor *cursor, int r,
                     MDB_val key, MDB_val row, struct bytes *ret_key, struct bytes *ret_value)
{
        if (txn->writes)
                mdb_cursor_close(cursor);
        if (r)
                return from_mdb(r);
        *ret_key = from_val(key);
        return row_value(table, key, row, ret_value);
}

int store_after(struct store_txn *txn, enum table table, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value)
{
        MDB_val k = to_val(key), v = { 0, NULL };
        MDB_cursor *cursor;
        int r;

        assert(key.size == 0 || key_fits(table, key));

        r = borrow_cursor(txn, table, &cursor);
        if (r)
                return from_mdb(r);
        r = mdb_cursor_get(cursor, &k, &v, key.size ? MDB_SET_RANGE : MDB_FIRST);
        if (!r && key.size && bytes_equal(from_val(k), key))
                r = mdb_cursor_get(cursor, &k, &v, MDB_NEXT);
        return hand_back(txn, table, cursor, r, k, v, ret_key, ret_value);
}

int store_last(struct store_txn *txn, enum table table, struct bytes key, struct bytes *ret_key,
               struct bytes *ret_value)
{
        MDB_val k = to_val(key), v = { 0, NULL };
        MDB_cursor *cursor;
        int r;

        assert(key_fits(table, key));

        r = borrow_cursor(txn, table, &cursor);
        if (r)
                return from_mdb(r);
        r = mdb_cursor_get(cursor, &k, &v, MDB_SET_RANGE);
        if (r == MDB_NOTFOUND)
                r = mdb_cursor_get(cursor, &k, &v, MDB_LAST);
        else if (!r && !bytes_equal(from_val(k), key))
                r = mdb_cursor_get(cursor, &k, &v, MDB_PREV);
        return hand_back(txn, table, cursor, r, k, v, ret_key, ret_value);
}

static int put(struct store_txn *txn, enum table table, struct bytes key, MDB_val *value,
               unsigned int flags)
{
        MDB_val k = to_val(key);

        assert(txn->writes);
        assert(key_fits(table, key));

        if (table_only_appends(table))
                flags |= MDB_APPEND;
        return from_mdb(mdb_put(txn->mdb, txn->env->tables[table], &k, value, flags));
}

static int put_row(struct store_txn *txn, enum table table, struct bytes key, struct bytes value,
                   unsigned int flags)
{
        MDB_val v = to_val(value);
        int r;

        if (!table_is_state(table))
                return put(txn, table, key, &v, flags);
        v = (MDB_val) { value.size + SUM_SIZE, NULL };
        r = put(txn, table, key, &v, flags | MDB_RESERVE);
        if (!r)
                summed_write(key, value, v.mv_data);
        return r;
}

int store_put(struct store_txn *txn, enum table table, struct bytes key, struct bytes value)
{
        return put_row(txn, table, key, value, 0);
}

int store_put_new(struct store_txn *txn, enum table table, struct bytes key, struct bytes value)
{
        return put_row(txn, table, key, value, MDB_NOOVERWRITE);
}

int store_reserve(struct store_txn *txn, enum table table, struct bytes key, size_t size,
                  void **ret_room)
{
        MDB_val v = { size, NULL };
        int r;

        assert(!table_is_state(table));
        r = put(txn, table, key, &v, MDB_RESERVE);
        if (r)
                return r;
        *ret_room = v.mv_data;
        return 0;
}

int store_del(struct store_txn *txn, enum table table, struct bytes key)
{
        MDB_val k = to_val(key);

        assert(txn->writes);
        assert(key_fits(table, key));
        return from_mdb(mdb_del(txn->mdb, txn->env->tables[table], &k, NULL));
}

int store_clear(struct store_txn *txn, enum table table)
{
        assert(txn->writes);
        return from_mdb(mdb_drop(txn->mdb, txn->env->tables[table], 0));
}

int store_count(struct store_txn *txn, enum table table, uint64_t *ret)
{
        MDB_stat stat;
        int r;

        *ret = 0;
        if (txn->env->tables[table] == TABLE_ABSENT)
                return 0;
        r = mdb_stat(txn->mdb, txn->env->tables[table], &stat);
        if (r)
                return from_mdb(r);
        *ret = stat.ms_entries;
        return 0;
}
