/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include "store/mdb.h"
#include "store/stat.h"

/*
 * Pages are written anew when a row in them changes, and those of the state are all over the
 * tree; a batch of a few small submissions touches many times its own size.
 */
#define ROOM_FACTOR 4
#define ROOM_RESERVE (UINT64_C(16) << 20)

static int disk_free(const struct store_env *env, uint64_t *ret)
{
        struct statvfs status;

        if (fstatvfs(env->directory, &status) < 0)
                return -errno;
        *ret = (uint64_t)status.f_bavail * status.f_frsize;
        return 0;
}

/* ---- the list of free pages: rows of page numbers, led by their number */

static int count_free(MDB_txn *txn, uint64_t *ret)
{
        MDB_cursor *cursor;
        MDB_val key, value;
        size_t count;
        int r;

        *ret = 0;
        r = mdb_cursor_open(txn, 0, &cursor);
        if (r)
                return from_mdb(r);
        while (!(r = mdb_cursor_get(cursor, &key, &value, MDB_NEXT))) {
                if (value.mv_size < sizeof(count))
                        continue;
                memcpy(&count, value.mv_data, sizeof(count));
                *ret += count;
        }
        mdb_cursor_close(cursor);
        return r == MDB_NOTFOUND ? 0 : from_mdb(r);
}

/* ---- readers, of which LMDB tells in lines "pid thread txnid", "-" for one that rests */

struct readers {
        uint32_t count;
        uint64_t oldest;
};

static int note_reader(const char *line, void *readers_)
{
        struct readers *readers = readers_;
        const char *last;
        char *end;
        uint64_t id;

        last = strrchr(line, ' ');
        if (!last || last[1] < '0' || last[1] > '9')
                return 0;
        id = strtoull(last + 1, &end, 10);
        readers->count++;
        if (id < readers->oldest)
                readers->oldest = id;
        return 0;
}

static int stat_readers(MDB_env *env, uint64_t newest, struct store_stat *ret)
{
        struct readers readers = { .oldest = UINT64_MAX };
        int r;

        r = mdb_reader_list(env, note_reader, &readers);
        if (r < 0)
                return from_mdb(r);
        ret->readers = readers.count;
        ret->oldest_reader = readers.oldest < newest ? newest - readers.oldest : 0;
        return 0;
}

static int stat_env(struct store_env *env, struct store_stat *ret)
{
        MDB_envinfo info;
        MDB_stat stat;
        int r;

        r = mdb_env_info(env->mdb, &info);
        if (!r)
                r = mdb_env_stat(env->mdb, &stat);
        if (r)
                return from_mdb(r);

        ret->page_size = stat.ms_psize;
        ret->map_size = info.me_mapsize;
        ret->used = (info.me_last_pgno + 1) * (uint64_t)stat.ms_psize;
        ret->readers_max = info.me_maxreaders;
        ret->quota = env->quota;
        return stat_readers(env->mdb, info.me_last_txnid, ret);
}

int store_stat(struct store_txn *txn, struct store_stat *ret)
{
        struct frontier frontier;
        int r;

        memset(ret, 0, sizeof(*ret));
        r = log_stored_tip(txn, &ret->tip, &frontier);
        if (!r)
                r = stat_env(txn->env, ret);
        if (!r)
                r = disk_free(txn->env, &ret->disk_free);
        if (!r)
                r = count_free(txn->mdb, &ret->free_pages);
        for (enum table table = 0; !r && table < TABLE_COUNT; table++)
                r = store_count(txn, table, &ret->rows[table]);
        return r;
}

/* ---- room */

uint64_t store_room_for(uint64_t octets)
{
        return octets > (UINT64_MAX - ROOM_RESERVE) / ROOM_FACTOR
                       ? UINT64_MAX
                       : octets * ROOM_FACTOR + ROOM_RESERVE;
}

/* How long the file may get, by the least of what bounds it. */
static int longest(const struct store_env *env, uint64_t map_size, uint64_t *ret)
{
        struct rlimit limit;

        if (getrlimit(RLIMIT_FSIZE, &limit) < 0)
                return -errno;
        *ret = map_size;
        if (env->quota && env->quota < *ret)
                *ret = env->quota;
        if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < *ret)
                *ret = limit.rlim_cur;
        return 0;
}

/*
 * Pages that are free inside the file are not counted on: whether a batch finds them depends on
 * who reads.
 */
int store_room(struct store_env *env, uint64_t octets, bool *ret)
{
        uint64_t need = store_room_for(octets), most = 0, used, on_disk = 0;
        MDB_envinfo info;
        MDB_stat pages;
        int r;

        r = mdb_env_info(env->mdb, &info);
        if (!r)
                r = mdb_env_stat(env->mdb, &pages);
        if (r)
                return from_mdb(r);
        r = disk_free(env, &on_disk);
        if (!r)
                r = longest(env, info.me_mapsize, &most);
        if (r)
                return r;

        used = (info.me_last_pgno + 1) * (uint64_t)pages.ms_psize;
        *ret = need <= on_disk && used <= most && need <= most - used;
        return 0;
}

int store_used(const struct store_env *env, uint64_t *ret)
{
        MDB_envinfo info;
        MDB_stat pages;
        int r = mdb_env_info(env->mdb, &info);

        if (!r)
                r = mdb_env_stat(env->mdb, &pages);
        if (r)
                return from_mdb(r);
        *ret = (info.me_last_pgno + 1) * (uint64_t)pages.ms_psize;
        return 0;
}
