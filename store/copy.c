/* SPDX-License-Identifier: Apache-2.0 */
/* The backup: LMDB's own copy of one snapshot, made safe on the disk. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/own.h"
#include "store/env.h"
#include "store/folder.h"
#include "store/mdb.h"

static int copy_into(struct store_env *env, int folder)
{
        own(fd) int fd = -1;
        int r;

        fd = openat(folder, "data.mdb", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return -errno;
        /* Not the compacting copy: it fails on a ledger that has once lost track of a page. */
        r = from_mdb(mdb_env_copyfd2(env->mdb, fd, 0));
        if (r)
                return r;
        if (fsync(fd) < 0 || fsync(folder) < 0)
                return -errno;
        return 0;
}

int store_copy(struct store_env *env, const char *directory)
{
        own(fd) int folder = -1;
        int r;

        r = folder_make(directory);
        if (r)
                return r;
        folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        r = folder < 0 ? -errno : copy_into(env, folder);
        if (r) {
                unlinkat(folder, "data.mdb", 0);
                rmdir(directory);
        }
        return r;
}
