/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing; the order of the steps in store_open() is what it is for. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/own.h"
#include "store/damage.h"
#include "store/env.h"
#include "store/folder.h"
#include "store/mdb.h"
#include "store/schema.h"

#define MAP_SIZE_DEFAULT ((size_t)1 << 40)
#define READERS_DEFAULT 126

/* LMDB's locks and its map need one kernel to see all of it. */
static int check_local(int folder)
{
        static const uint32_t remote[] = {
                NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC,
                V9FS_MAGIC,      CEPH_SUPER_MAGIC, AFS_SUPER_MAGIC, CODA_SUPER_MAGIC,
        };
        struct statfs status;

        if (fstatfs(folder, &status) < 0)
                return -errno;
        for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]); i++) {
                if ((uint32_t)status.f_type == remote[i])
                        return -EREMOTE;
        }
        return 0;
}

static int check_there(const struct store_env *env, bool create)
{
        struct stat status;

        if (fstatat(env->directory, "data.mdb", &status, 0) < 0)
                return errno == ENOENT && create && !env->read_only ? 0 : -errno;
        return 0;
}

static int take_lock(struct store_env *env)
{
        int access = env->read_only ? O_RDONLY : O_RDWR;

        env->lock = openat(env->directory, "lock", access | O_CREAT | O_CLOEXEC, 0600);
        /* On a medium that cannot be written there is no writer to keep out. */
        if (env->lock < 0 && errno == EROFS && env->read_only)
                return 0;
        if (env->lock < 0)
                return -errno;
        if (flock(env->lock, (env->read_only ? LOCK_SH : LOCK_EX) | LOCK_NB) < 0)
                return -errno;
        return 0;
}

/*
 * After a failed write the page cache may show what the disk does not hold, and the kernel says
 * so once. So push out what there is, then forget it, and read what is really there.
 */
static int settle_file(const struct store_env *env)
{
        own(fd) int fd = openat(env->directory, "data.mdb", O_RDONLY | O_CLOEXEC);

        if (fd < 0)
                return errno == ENOENT ? 0 : -errno;
        if (fsync(fd) < 0)
                return env->read_only && errno == EROFS ? 0 : -errno;
        return -posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

static int open_mdb(struct store_env *env, const struct store_options *options)
{
        /* Who has it to read goes through it from end to end; the hub goes here and there. */
        unsigned int flags = MDB_NOTLS | (env->read_only ? MDB_RDONLY : MDB_NORDAHEAD);
        int dead = 0, r;

        r = mdb_env_create(&env->mdb);
        if (!r)
                r = mdb_env_set_maxdbs(env->mdb, TABLE_COUNT);
        if (!r)
                r = mdb_env_set_mapsize(env->mdb, options->map_size ? options->map_size
                                                                    : MAP_SIZE_DEFAULT);
        if (!r)
                r = mdb_env_set_maxreaders(env->mdb, options->readers ? options->readers
                                                                      : READERS_DEFAULT);
        if (!r)
                r = mdb_env_open(env->mdb, options->directory, flags, 0600);
        if (r)
                return from_mdb(r);
        r = damage_watch(env);
        return r ? r : from_mdb(mdb_reader_check(env->mdb, &dead));
}

static int open_folder(struct store_env *env, const struct store_options *options)
{
        int r;

        if (options->create && !options->read_only) {
                r = folder_make(options->directory);
                if (r && r != -EEXIST)
                        return r;
        }
        env->directory = open(options->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return env->directory < 0 ? -errno : 0;
}

int store_open(const struct store_options *options, struct store_env **ret)
{
        own(store_env) struct store_env *env = NULL;
        int r;

        env = calloc(1, sizeof(*env));
        if (!env)
                return -ENOMEM;
        env->directory = env->lock = -1;
        env->quota = options->quota;
        env->home = options->home;
        env->read_only = options->read_only;

        r = open_folder(env, options);
        if (!r)
                r = check_local(env->directory);
        if (!r)
                r = check_there(env, options->create);
        if (!r)
                r = take_lock(env);
        if (!r)
                r = settle_file(env);
        if (!r)
                r = open_mdb(env, options);
        if (!r)
                r = schema_open(env);
        /* The names of what was just made must not be lost either. */
        if (!r && !env->read_only && fsync(env->directory) < 0)
                r = -errno;
        if (r)
                return r;

        *ret = give(env);
        return 0;
}

void store_close(struct store_env *env)
{
        if (!env)
                return;

        damage_unwatch(env);
        if (env->mdb)
                mdb_env_close(env->mdb);
        if (env->lock >= 0)
                close(env->lock);       /* last: only now may another come */
        if (env->directory >= 0)
                close(env->directory);
        free(env);
}

bool store_is_read_only(const struct store_env *env)
{
        return env->read_only;
}

uint64_t store_quota(const struct store_env *env)
{
        return env->quota;
}

int store_check_readers(struct store_env *env, uint32_t *ret_freed)
{
        int dead = 0, r;

        r = mdb_reader_check(env->mdb, &dead);
        *ret_freed = (uint32_t)dead;
        return from_mdb(r);
}
