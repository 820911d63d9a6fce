/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stddef.h>

#include "store/mdb.h"

static const struct {
        int mdb, error;
} answers[] = {
        { MDB_KEYEXIST, EEXIST },
        { MDB_NOTFOUND, ENOENT },
        { MDB_PAGE_NOTFOUND, EILSEQ },
        { MDB_CORRUPTED, EILSEQ },
        { MDB_PANIC, EIO },
        { MDB_VERSION_MISMATCH, EILSEQ },
        { MDB_INVALID, EILSEQ },
        { MDB_MAP_FULL, ENOSPC },
        { MDB_DBS_FULL, ENFILE },
        { MDB_READERS_FULL, EAGAIN },
        { MDB_TXN_FULL, E2BIG },
        { MDB_CURSOR_FULL, EILSEQ },
        { MDB_PAGE_FULL, EILSEQ },
        { MDB_MAP_RESIZED, ESTALE },
        { MDB_INCOMPATIBLE, EPROTO },
        { MDB_BAD_RSLOT, EBUSY },
        { MDB_BAD_TXN, EIO },
        { MDB_BAD_VALSIZE, EINVAL },
        { MDB_BAD_DBI, EPROTO },
};

int from_mdb(int r)
{
        if (r >= 0)
                return -r;
        for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
                if (answers[i].mdb == r)
                        return -answers[i].error;
        }
        return -EIO;
}
