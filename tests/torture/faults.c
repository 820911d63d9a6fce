/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A disk that misbehaves, put before a daemon by LD_PRELOAD. ACCORD_FAULT says how, all of it about
 * files only whose paths begin with one of those in ACCORD_FAULT_UNDER, which colons part:
 *
 *      nosync          LMDB opens with MDB_NOSYNC, and what syncs does nothing
 *      fail:N          the Nth call that writes or syncs, and all after it, does nothing and says
 *                      EIO: the disk is gone
 *      once:N          only the Nth does nothing and says EIO, the next work again: as a kernel
 *                      does that tells of a lost write once
 *      full:N          the Nth that writes, and all after it that do, say ENOSPC
 *      lie:N           the Nth is done, and says EIO all the same
 *      cut-before:N    the power of the file system, ACCORD_FAULT_UNDER itself, goes just before
 *                      the Nth
 *      cut-after:N     and just after it
 *
 * ACCORD_FAULT_DONE names a file that is made when the Nth came.
 */
#undef _FILE_OFFSET_BITS        /* both names of a call are wanted, the one with 64 and the other */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXT4_IOC_SHUTDOWN 0x8004587dU

enum fault { NONE, NOSYNC, FAIL, ONCE, FULL, LIE, CUT_BEFORE, CUT_AFTER };

static const char *const words[] = {
        [NOSYNC] = "nosync", [FAIL] = "fail", [ONCE] = "once", [FULL] = "full",
        [LIE] = "lie", [CUT_BEFORE] = "cut-before", [CUT_AFTER] = "cut-after",
};

static enum fault fault;
static unsigned long number;
static const char *under, *done;
static atomic_ulong count;

__attribute__((constructor)) static void read_environment(void)
{
        const char *text = getenv("ACCORD_FAULT");

        under = getenv("ACCORD_FAULT_UNDER");
        done = getenv("ACCORD_FAULT_DONE");
        if (!text || !under)
                return;
        for (enum fault i = NOSYNC; i <= CUT_AFTER; i++) {
                size_t length = strlen(words[i]);

                if (strncmp(text, words[i], length) == 0 &&
                    (text[length] == '\0' || text[length] == ':')) {
                        fault = i;
                        number = text[length] ? strtoul(text + length + 1, NULL, 10) : 0;
                }
        }
}

static bool concerns(int fd)
{
        char link[64], path[512];
        ssize_t length;

        if (fault == NONE)
                return false;
        snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        length = readlink(link, path, sizeof(path) - 1);
        if (length < 0)
                return false;
        path[length] = '\0';
        for (const char *at = under; *at; at += strspn(at, ":")) {
                size_t size = strcspn(at, ":");

                if (strncmp(path, at, size) == 0)
                        return true;
                at += size;
        }
        return false;
}

static void tell(void)
{
        int fd = done ? open(done, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;

        if (fd >= 0)
                close(fd);
}

/* And whoever the power kept running runs no more. */
static void cut(void)
{
        int fd = open(under, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        unsigned int how = 2;

        if (fd >= 0)
                ioctl(fd, EXT4_IOC_SHUTDOWN, &how);
        raise(SIGKILL);
}

/* True when the call is not to be made. */
static bool before(int fd, bool syncs, bool *ret_last)
{
        unsigned long now;

        *ret_last = false;
        if (!concerns(fd))
                return false;
        if (fault == NOSYNC)
                return syncs;
        if (fault == FULL && syncs)
                return false;
        now = atomic_fetch_add(&count, 1) + 1;
        if (now < number)
                return false;
        if (now == number)
                tell();
        if (now == number && fault == CUT_BEFORE)
                cut();
        *ret_last = now == number;
        return fault == FAIL || fault == FULL || (fault == ONCE && now == number);
}

static long after(long r, bool last)
{
        if (last && fault == CUT_AFTER)
                cut();
        if (!last || fault != LIE)
                return r;
        errno = EIO;
        return -1;
}

/* The function behind ours; ISO C has no conversion for what dlsym() returns. */
static void find_next(const char *name, void *ret_function)
{
        void *found = dlsym(RTLD_NEXT, name);

        memcpy(ret_function, &found, sizeof(found));
}

#define INSTEAD(type, name, syncs, parameters, arguments)                         \
        type name parameters;                                                     \
        type name parameters                                                      \
        {                                                                         \
                static type (*real) parameters;                                   \
                bool last;                                                        \
                                                                                  \
                if (!real)                                                        \
                        find_next(#name, &real);                                  \
                if (before(fd, syncs, &last)) {                                   \
                        errno = fault == FULL ? ENOSPC : EIO;                     \
                        return fault == NOSYNC ? 0 : -1;                          \
                }                                                                 \
                return (type)after(real arguments, last);                         \
        }

INSTEAD(int, fdatasync, true, (int fd), (fd))
INSTEAD(int, fsync, true, (int fd), (fd))
INSTEAD(int, ftruncate64, false, (int fd, off64_t size), (fd, size))
INSTEAD(int, ftruncate, false, (int fd, off_t size), (fd, size))
INSTEAD(ssize_t, pwrite, false, (int fd, const void *data, size_t size, off_t at),
        (fd, data, size, at))
INSTEAD(ssize_t, pwrite64, false, (int fd, const void *data, size_t size, off64_t at),
        (fd, data, size, at))
INSTEAD(ssize_t, pwritev, false, (int fd, const struct iovec *spans, int n, off_t at),
        (fd, spans, n, at))
INSTEAD(ssize_t, writev, false, (int fd, const struct iovec *spans, int n), (fd, spans, n))

int mdb_env_open(MDB_env *env, const char *path, unsigned int flags, mdb_mode_t mode)
{
        static int (*real)(MDB_env *env, const char *path, unsigned int flags, mdb_mode_t mode);

        if (!real)
                find_next("mdb_env_open", &real);
        if (fault == NOSYNC)
                flags |= MDB_NOSYNC;
        return real(env, path, flags, mode);
}
