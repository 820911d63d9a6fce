/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_all(int fd, struct bytes text)
{
        const char *at = text.data;
        size_t left = text.size;

        while (left > 0) {
                ssize_t done = write(fd, at, left);

                if (done < 0 && errno != EINTR)
                        return -errno;
                at += done > 0 ? done : 0;
                left -= done > 0 ? (size_t)done : 0;
        }
        return 0;
}

int snapshot_write(const char *directory, const char *name, struct bytes text)
{
        char path[PATH_MAX], fresh[PATH_MAX];
        int fd, r;

        snprintf(path, sizeof(path), "%s/%s", directory, name);
        snprintf(fresh, sizeof(fresh), "%s/.%s.new", directory, name);
        fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (fd < 0)
                return -errno;
        r = fchmod(fd, 0644) < 0 ? -errno : write_all(fd, text);        /* whatever the umask is */
        if (close(fd) < 0 && !r)
                r = -errno;
        if (!r && rename(fresh, path) < 0)
                r = -errno;
        if (r)
                unlink(fresh);
        return r;
}

void snapshot_remove(const char *directory, const char *name)
{
        char path[PATH_MAX];

        snprintf(path, sizeof(path), "%s/%s", directory, name);
        unlink(path);
}

uint64_t snapshot_rss(void)
{
        FILE *file = fopen("/proc/self/statm", "re");
        uint64_t pages = 0;

        if (!file)
                return 0;
        if (fscanf(file, "%*u %" SCNu64, &pages) != 1)
                pages = 0;
        fclose(file);
        return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}
