/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of store/ share and nobody else includes: LMDB behind the handles. */
#ifndef ACCORD_STORE_MDB_H
#define ACCORD_STORE_MDB_H

#include <lmdb.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "store/table.h"

#define TABLE_ABSENT 0          /* LMDB keeps handle 0 for its list of free pages */

struct store_env {
        MDB_env *mdb;
        MDB_dbi tables[TABLE_COUNT];    /* TABLE_ABSENT: at home elsewhere, or not there to read */
        int directory, lock;            /* descriptors; -1: none */
        uint64_t quota;
        enum store_home home;
        bool read_only;
        bool poisoned;                  /* a commit failed: nobody knows what is on the disk */
};

struct store_txn {
        struct store_env *env;
        MDB_txn *mdb;
        bool writes;
        MDB_cursor *cursors[TABLE_COUNT];       /* of a read transaction, opened when first used */
};

/* LMDB's answer as 0 or -errno. */
int from_mdb(int r);

static inline MDB_val to_val(struct bytes bytes)
{
        return (MDB_val) { bytes.size, (void *)bytes.data };
}

static inline struct bytes from_val(MDB_val val)
{
        return (struct bytes) { val.mv_data, val.mv_size };
}

#endif
