/* SPDX-License-Identifier: Apache-2.0 */
/* The guard's file: two sectors, of which the newer counts and the older is written next. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/check.h"
#include "core/own.h"
#include "store/folder.h"
#include "store/guard.h"

struct guard {
        int fd;                         /* O_DSYNC, and locked */
        struct hasher *hasher;
        bool known;                     /* a sector was good */
        struct guard_mark last;
        unsigned int place;             /* of the sector that holds it: 0 or 1 */
        unsigned int damaged;
        uint8_t sector[GUARD_SECTOR_SIZE];
};

/* ---- making it */

/* 0; -errno. The folder that @path lies in, made when it alone is missing. */
static int open_folder(const char *path, int *ret)
{
        char copy[PATH_MAX];
        const char *folder;
        int r;

        if ((size_t)snprintf(copy, sizeof(copy), "%s", path) >= sizeof(copy))
                return -ENAMETOOLONG;
        folder = dirname(copy);
        r = folder_make(folder);
        if (r && r != -EEXIST)
                return r;
        *ret = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return *ret < 0 ? -errno : 0;
}

static int fill(int fd, const struct guard_mark *first)
{
        own(hasher) struct hasher *hasher = NULL;
        struct guard_mark mark = *first;
        uint8_t both[GUARD_SIZE];
        ssize_t n;
        int r = hasher_new(&hasher);

        if (r)
                return r;
        mark.number = 1;
        guard_print(hasher, &mark, both);
        mark.number = 2;
        guard_print(hasher, &mark, both + GUARD_SECTOR_SIZE);
        n = pwrite(fd, both, sizeof(both), 0);
        if (n < 0)
                return -errno;
        if (n != GUARD_SIZE)
                return -ENOSPC;
        return fsync(fd) < 0 ? -errno : 0;
}

/* The file under another name, whole, to be given its own name in one step. */
static int prepare(const char *path, const struct guard_mark *first, char ret_fresh[PATH_MAX])
{
        own(fd) int fd = -1;

        if ((size_t)snprintf(ret_fresh, PATH_MAX, "%s.new", path) >= PATH_MAX)
                return -ENAMETOOLONG;
        if (unlink(ret_fresh) < 0 && errno != ENOENT)
                return -errno;
        fd = open(ret_fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        return fd < 0 ? -errno : fill(fd, first);
}

int guard_create(const char *path, const struct guard_mark *first)
{
        own(fd) int folder = -1;
        char fresh[PATH_MAX];
        int r = open_folder(path, &folder);

        if (!r)
                r = prepare(path, first, fresh);
        if (r)
                return r;
        if (link(fresh, path) < 0)
                r = -errno;
        if (unlink(fresh) < 0 && !r)
                r = -errno;
        if (!r && fsync(folder) < 0)
                r = -errno;
        return r;
}

/* It was kept already when something ended us. */
static bool same_file(const char *a, const char *b)
{
        struct stat first, second;

        return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_ino == second.st_ino &&
               first.st_dev == second.st_dev;
}

int guard_replace(const char *path, const char *kept, const struct guard_mark *first)
{
        own(fd) int folder = -1;
        char fresh[PATH_MAX];
        int r = open_folder(path, &folder);

        if (!r)
                r = prepare(path, first, fresh);
        if (!r && kept && !same_file(path, kept) && link(path, kept) < 0 && errno != ENOENT)
                r = -errno;
        if (!r && rename(fresh, path) < 0)
                r = -errno;
        if (!r && fsync(folder) < 0)
                r = -errno;
        return r;
}

/* ---- opening */

/* After a failed write the cache may show what the disk does not hold: see store/env.c. */
static int settle(int fd)
{
        if (fsync(fd) < 0)
                return -errno;
        return -posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

static int read_sector(struct guard *guard, unsigned int place)
{
        struct guard_mark mark;
        ssize_t n = pread(guard->fd, guard->sector, GUARD_SECTOR_SIZE,
                          (off_t)place * GUARD_SECTOR_SIZE);

        if (n < 0 && errno != EIO)
                return -errno;
        if (n != GUARD_SECTOR_SIZE || !guard_parse(guard->hasher, guard->sector, &mark)) {
                guard->damaged++;
                return 0;
        }
        if (guard->known && mark.number < guard->last.number)
                return 0;
        guard->known = true;
        guard->last = mark;
        guard->place = place;
        return 0;
}

int guard_open(const char *path, struct guard **ret)
{
        own(guard) struct guard *guard = calloc(1, sizeof(*guard));
        int r;

        if (!guard)
                return -ENOMEM;
        guard->fd = open(path, O_RDWR | O_DSYNC | O_CLOEXEC);
        if (guard->fd < 0)
                return -errno;
        if (flock(guard->fd, LOCK_EX | LOCK_NB) < 0)
                return -errno;
        r = settle(guard->fd);
        if (!r)
                r = hasher_new(&guard->hasher);
        for (unsigned int place = 0; !r && place < 2; place++)
                r = read_sector(guard, place);
        if (!r)
                *ret = give(guard);
        return r;
}

void guard_close(struct guard *guard)
{
        if (!guard)
                return;
        if (guard->fd >= 0)
                close(guard->fd);
        hasher_free(guard->hasher);
        free(guard);
}

const struct guard_mark *guard_last(const struct guard *guard)
{
        return guard->known ? &guard->last : NULL;
}

unsigned int guard_damaged(const struct guard *guard)
{
        return guard->damaged;
}

/* ---- writing */

static int write_older(struct guard *guard, const struct guard_mark *mark)
{
        unsigned int place = 1 - guard->place;
        ssize_t n;

        guard_print(guard->hasher, mark, guard->sector);
        n = pwrite(guard->fd, guard->sector, GUARD_SECTOR_SIZE, (off_t)place * GUARD_SECTOR_SIZE);
        if (n < 0)
                return -errno;
        if (n != GUARD_SECTOR_SIZE)
                return -EIO;
        guard->place = place;
        guard->last = *mark;
        return 0;
}

int guard_write(struct guard *guard, const struct guard_mark *mark)
{
        struct guard_mark next = *mark;

        assert(guard->known);
        assert(digest_equal(&mark->genesis, &guard->last.genesis));
        assert(mark->size >= guard->last.size && mark->epoch >= guard->last.epoch);
        if (guard->last.condemned)
                return -EPERM;
        next.number = guard->last.number + 1;
        next.condemned = false;
        memset(next.says, 0, sizeof(next.says));
        return write_older(guard, &next);
}

static int write_both(struct guard *guard, struct guard_mark *mark)
{
        int r = 0;

        for (unsigned int i = 0; !r && i < 2; i++) {
                mark->number++;
                r = write_older(guard, mark);
        }
        return r;
}

int guard_condemn(struct guard *guard, const char *says)
{
        struct guard_mark mark = guard->last;

        if (!guard->known)
                return -EIO;
        if (mark.condemned)
                return 0;
        mark.condemned = true;
        memset(mark.says, 0, sizeof(mark.says));
        snprintf(mark.says, sizeof(mark.says), "%s", says);
        return write_both(guard, &mark);
}

int guard_lift(struct guard *guard)
{
        struct guard_mark mark = guard->last;

        if (!guard->known)
                return -EIO;
        mark.condemned = false;
        memset(mark.says, 0, sizeof(mark.says));
        return write_both(guard, &mark);
}
