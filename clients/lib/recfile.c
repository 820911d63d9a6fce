/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/recfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "clients/lib/crc32.h"
#include "core/check.h"
#include "core/own.h"
#include "core/octets.h"

#define SPANS_MAX 6

static const char magic[RECFILE_FIRST + 1] = "accout1\n";

struct recfile {
        int fd;
        char *path;             /* NULL: in memory */
        uint64_t size;          /* end of the last whole record */
        uint64_t synced;        /* what of it is on the disk */
        bool broken;            /* a sync failed: takes nothing more */
};

void recfile_buffer_free(struct recfile_buffer *buffer)
{
        free(buffer->data);
        *buffer = (struct recfile_buffer) { 0 };
}

void recfile_close(struct recfile *file)
{
        if (!file)
                return;
        if (file->fd >= 0)
                close(file->fd);
        free(file->path);
        free(file);
}

void recfile_cleanup(struct recfile **file)
{
        recfile_close(*file);
}

static int sync_directory(const char *path)
{
        char copy[4096];
        int fd, r = 0;

        if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
                return -ENAMETOOLONG;
        fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        if (fsync(fd))
                r = -errno;
        close(fd);
        return r;
}

static int open_file(struct recfile *file, enum recfile_mode mode)
{
        if (!file->path)
                file->fd = memfd_create("outbox", MFD_CLOEXEC);
        else if (mode == RECFILE_READ)
                file->fd = open(file->path, O_RDONLY | O_CLOEXEC);
        else
                file->fd = open(file->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        return file->fd < 0 ? -errno : 0;
}

/*
 * Locked, and still the file of that name: the one who had it may have put a new one in its
 * place while we waited at the old one.
 */
static int lock_file(struct recfile *file, bool *ret_ours)
{
        struct stat ours, theirs;

        if (flock(file->fd, LOCK_EX | LOCK_NB))
                return -errno;
        *ret_ours = !fstat(file->fd, &ours) && !stat(file->path, &theirs) &&
                    ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
        return 0;
}

static int open_locked(struct recfile *file)
{
        bool ours = false;
        int r;

        for (int i = 0; i < 10; i++) {
                r = open_file(file, RECFILE_WRITE);
                if (r)
                        return r;
                if (!file->path)
                        return 0;
                r = lock_file(file, &ours);
                if (r || ours)
                        return r;
                close(file->fd);
                file->fd = -1;
        }
        return -EWOULDBLOCK;
}

/* A file shorter than its own name was being made when something ended us. */
static int check_magic(struct recfile *file, enum recfile_mode mode)
{
        char found[RECFILE_FIRST];
        struct stat status;
        ssize_t n;

        if (fstat(file->fd, &status))
                return -errno;
        if (!S_ISREG(status.st_mode))
                return -EBADMSG;
        file->size = file->synced = (uint64_t)status.st_size;

        n = pread(file->fd, found, sizeof(found), 0);
        if (n < 0)
                return -errno;
        if (memcmp(found, magic, (size_t)n))
                return -EBADMSG;
        if (n == RECFILE_FIRST)
                return 0;
        if (mode == RECFILE_READ)
                return -ENOENT;
        if (pwrite(file->fd, magic, RECFILE_FIRST, 0) != RECFILE_FIRST)
                return -EIO;
        file->size = file->synced = RECFILE_FIRST;
        return file->path ? sync_directory(file->path) : 0;
}

int recfile_open(struct recfile **ret, const char *path, enum recfile_mode mode)
{
        own(recfile) struct recfile *file = calloc(1, sizeof(*file));
        int r;

        if (!file)
                return -ENOMEM;
        file->fd = -1;
        if (path) {
                file->path = strdup(path);
                if (!file->path)
                        return -ENOMEM;
        }

        r = mode == RECFILE_READ ? open_file(file, mode) : open_locked(file);
        if (r)
                return r;
        r = check_magic(file, mode);
        if (r)
                return r;

        /* What a killed process left in the cache must be on the disk before it is believed. */
        if (mode == RECFILE_WRITE) {
                r = recfile_sync(file);
                if (r)
                        return r;
        }
        *ret = give(file);
        return 0;
}

int recfile_identity(const struct recfile *file, struct recfile_identity *ret)
{
        struct statx status;

        *ret = (struct recfile_identity) { 0 };
        if (!file->path)
                return 0;
        if (statx(file->fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &status))
                return -errno;
        ret->inode = status.stx_ino;
        if (status.stx_mask & STATX_BTIME)
                ret->born = (uint64_t)status.stx_btime.tv_sec * 1000000000u +
                            status.stx_btime.tv_nsec;
        return 0;
}

uint64_t recfile_size(const struct recfile *file)
{
        return file->size;
}

static int read_all(int fd, void *data, size_t size, uint64_t at)
{
        uint8_t *to = data;

        while (size > 0) {
                ssize_t n = pread(fd, to, size, (off_t)at);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        return -EBADMSG;
                to += n;
                at += (uint64_t)n;
                size -= (size_t)n;
        }
        return 0;
}

static int buffer_room(struct recfile_buffer *buffer, size_t size)
{
        uint8_t *data;

        if (size <= buffer->capacity)
                return 0;
        data = realloc(buffer->data, size);
        if (!data)
                return -ENOMEM;
        buffer->data = data;
        buffer->capacity = size;
        return 0;
}

int recfile_read(const struct recfile *file, uint64_t at, struct recfile_buffer *buffer,
                 struct record_at *ret)
{
        uint8_t header[RECFILE_HEADER];
        struct bytes content;
        uint32_t length;
        int r;

        if (at == file->size)
                return -ENODATA;
        if (at + RECFILE_HEADER > file->size)
                return -EBADMSG;
        r = read_all(file->fd, header, sizeof(header), at);
        if (r)
                return r;

        length = get_u32(header);
        if (length > RECFILE_CONTENT_MAX || at + RECFILE_HEADER + length > file->size)
                return -EBADMSG;
        r = buffer_room(buffer, length);
        if (r)
                return r;
        r = read_all(file->fd, buffer->data, length, at + RECFILE_HEADER);
        if (r)
                return r;

        content = (struct bytes) { buffer->data, length };
        if (crc32_of(crc32_of(0, (struct bytes) { header + 8, 4 }), content) != get_u32(header + 4))
                return -EBADMSG;
        *ret = (struct record_at) { .type = get_u32(header + 8), .content = content, .at = at,
                                    .next = at + RECFILE_HEADER + length };
        return 0;
}

static int keep_torn(const struct recfile *file, uint64_t at)
{
        char path[4096], block[4096];
        int to, r = 0;

        if (snprintf(path, sizeof(path), "%s.torn", file->path) >= (int)sizeof(path))
                return -ENAMETOOLONG;
        to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (to < 0)
                return -errno;

        while (at < file->size && !r) {
                size_t size = file->size - at < sizeof(block) ? file->size - at : sizeof(block);

                r = read_all(file->fd, block, size, at);
                if (!r && write(to, block, size) != (ssize_t)size)
                        r = -EIO;
                at += size;
        }
        if (!r && fsync(to))
                r = -errno;
        close(to);
        return r;
}

int recfile_cut(struct recfile *file, uint64_t at)
{
        int r;

        assert(at >= RECFILE_FIRST);
        assert(at <= file->size);
        if (file->path) {
                r = keep_torn(file, at);
                if (r)
                        return r;
        }
        if (ftruncate(file->fd, (off_t)at))
                return -errno;
        file->size = at;
        file->synced = at;
        return recfile_sync(file);
}

static int write_all(int fd, struct iovec *parts, int count, uint64_t at)
{
        while (count > 0) {
                ssize_t n = pwritev(fd, parts, count, (off_t)at);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                at += (uint64_t)n;
                while (count > 0 && (size_t)n >= parts->iov_len) {
                        n -= (ssize_t)parts->iov_len;
                        parts++;
                        count--;
                }
                if (count > 0) {
                        parts->iov_base = (uint8_t *)parts->iov_base + n;
                        parts->iov_len -= (size_t)n;
                }
        }
        return 0;
}

int recfile_append(struct recfile *file, uint32_t type, const struct bytes *spans, size_t count,
                   uint64_t *ret_at)
{
        uint8_t header[RECFILE_HEADER];
        struct iovec parts[SPANS_MAX + 1] = { { header, sizeof(header) } };
        size_t length = 0;
        uint32_t crc;
        int r;

        assert(count <= SPANS_MAX);
        if (file->broken)
                return -EIO;

        put_u32(header + 8, type);
        crc = crc32_of(0, (struct bytes) { header + 8, 4 });
        for (size_t i = 0; i < count; i++) {
                crc = crc32_of(crc, spans[i]);
                length += spans[i].size;
                parts[i + 1].iov_base = (void *)(uintptr_t)spans[i].data;
                parts[i + 1].iov_len = spans[i].size;
        }
        assert(length <= RECFILE_CONTENT_MAX);
        put_u32(header, (uint32_t)length);
        put_u32(header + 4, crc);

        r = write_all(file->fd, parts, (int)count + 1, file->size);
        if (r) {
                if (ftruncate(file->fd, (off_t)file->size))
                        file->broken = true;
                return r;
        }
        if (ret_at)
                *ret_at = file->size;
        file->size += RECFILE_HEADER + length;
        return 0;
}

int recfile_sync(struct recfile *file)
{
        int r;

        if (file->broken)
                return -EIO;
        if (!file->path)
                return 0;
        if (!fdatasync(file->fd)) {
                file->synced = file->size;
                return 0;
        }

        /* Take back what may be in the cache only, lest the next open believes it. */
        r = -errno;
        file->broken = true;
        if (ftruncate(file->fd, (off_t)file->synced))
                return r;
        file->size = file->synced;
        return r;
}

void recfile_forget(struct recfile *file, uint64_t at)
{
        if (file->path || at <= RECFILE_FIRST)
                return;
        (void)fallocate(file->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, RECFILE_FIRST,
                        (off_t)(at - RECFILE_FIRST));
}

int recfile_renew(const struct recfile *file, struct recfile **ret_new)
{
        char path[4096];

        if (snprintf(path, sizeof(path), "%s.new", file->path) >= (int)sizeof(path))
                return -ENAMETOOLONG;
        if (unlink(path) && errno != ENOENT)
                return -errno;
        return recfile_open(ret_new, path, RECFILE_WRITE);
}

int recfile_replace(struct recfile *file, struct recfile *new_file)
{
        int r;

        r = recfile_sync(new_file);
        if (r)
                return r;
        if (rename(new_file->path, file->path))
                return -errno;
        free(new_file->path);
        new_file->path = give(file->path);
        recfile_close(file);

        /* It is in place; if that may not last, nothing more must be entrusted to it. */
        if (sync_directory(new_file->path))
                new_file->broken = true;
        return 0;
}
