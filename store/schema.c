/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "store/schema.h"

static bool known(const struct store_env *env, MDB_val name)
{
        for (enum table table = 0; table < TABLE_COUNT; table++) {
                if (table_home(table) == env->home &&
                    name.mv_size == strlen(table_name(table)) &&
                    memcmp(name.mv_data, table_name(table), name.mv_size) == 0)
                        return true;
        }
        return false;
}

/* A table of a newer version would not be kept in step with the log by us. */
static int refuse_strangers(const struct store_env *env, MDB_txn *txn)
{
        MDB_cursor *cursor;
        MDB_val name, value;
        MDB_dbi names;
        int r;

        r = mdb_dbi_open(txn, NULL, 0, &names);
        if (!r)
                r = mdb_cursor_open(txn, names, &cursor);
        if (r)
                return from_mdb(r);

        while (!(r = mdb_cursor_get(cursor, &name, &value, MDB_NEXT))) {
                if (!known(env, name)) {
                        mdb_cursor_close(cursor);
                        return -EPROTO;
                }
        }
        mdb_cursor_close(cursor);
        return r == MDB_NOTFOUND ? 0 : from_mdb(r);
}

static int open_table(const struct store_env *env, MDB_txn *txn, enum table table, MDB_dbi *ret)
{
        unsigned int keys = table_by_number(table) ? MDB_INTEGERKEY : 0, found = 0;
        int r;

        *ret = TABLE_ABSENT;
        if (table_home(table) != env->home)
                return 0;
        r = mdb_dbi_open(txn, table_name(table), keys | (env->read_only ? 0 : MDB_CREATE), ret);
        if (r == MDB_NOTFOUND && env->read_only) {
                *ret = TABLE_ABSENT;
                return 0;
        }
        if (!r)
                r = mdb_dbi_flags(txn, *ret, &found);
        if (!r && found != keys)
                return -EPROTO;
        return from_mdb(r);
}

int schema_open(struct store_env *env)
{
        MDB_txn *txn;
        int r;

        r = from_mdb(mdb_txn_begin(env->mdb, NULL, env->read_only ? MDB_RDONLY : 0, &txn));
        if (r)
                return r;

        r = refuse_strangers(env, txn);
        for (enum table table = 0; !r && table < TABLE_COUNT; table++)
                r = open_table(env, txn, table, &env->tables[table]);
        if (r) {
                mdb_txn_abort(txn);
                return r;
        }
        /* Only after a commit do the handles outlive the transaction, a reading one too. */
        return from_mdb(mdb_txn_commit(txn));
}
