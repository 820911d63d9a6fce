/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/cli.h"

void file_cleanup(struct file *file)
{
        free(file->data);
}

/* Reads until the end, whatever the file is: a pipe has no size. */
static int read_all(int fd, size_t most, struct file *ret)
{
        size_t room = 0;

        for (;;) {
                ssize_t got;

                if (ret->size + 1 >= room) {
                        char *more = realloc(ret->data, room = room ? 2 * room : 65536);

                        if (!more)
                                return -ENOMEM;
                        ret->data = more;
                }
                got = read(fd, ret->data + ret->size, room - ret->size - 1);
                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        return -errno;
                if (got == 0)
                        break;
                ret->size += (size_t)got;
                if (ret->size > most)
                        return -EFBIG;
        }
        ret->data[ret->size] = '\0';
        return 0;
}

enum exit_code file_read(const char *path, size_t most, struct file *ret)
{
        int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
        int r;

        if (fd < 0 && errno == ENOENT) {
                say_error("there is no file %s", path);
                return EXIT_ABSENT;
        }
        if (fd < 0)
                return say_failure(-errno, "%s", path);
        r = read_all(fd, most, ret);
        if (fd != STDIN_FILENO)
                close(fd);
        if (r == -EFBIG) {
                say_error("%s is larger than %zu bytes", path, most);
                return EXIT_REFUSED;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

static int write_all(int fd, struct bytes bytes)
{
        const char *data = bytes.data;

        for (size_t done = 0; done < bytes.size;) {
                ssize_t put = write(fd, data + done, bytes.size - done);

                if (put < 0 && errno != EINTR)
                        return -errno;
                if (put > 0)
                        done += (size_t)put;
        }
        return fsync(fd) ? -errno : 0;
}

enum exit_code file_write_new(const char *path, struct bytes bytes)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), r;

        if (fd < 0 && errno == EEXIST) {
                say_error("%s is there already, and is left alone", path);
                return EXIT_CONFLICT;
        }
        if (fd < 0)
                return say_failure(-errno, "%s", path);
        r = write_all(fd, bytes);
        if (close(fd) && !r)
                r = -errno;
        if (r)
                unlink(path);
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

/* A name lasts when its directory is on the disk. */
static int sync_parent(const char *path)
{
        const char *end = strrchr(path, '/');
        char *parent = end ? strndup(path, end == path ? 1 : (size_t)(end - path)) : strdup(".");
        int fd, r;

        if (!parent)
                return -ENOMEM;
        fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        free(parent);
        if (fd < 0)
                return -errno;
        r = fsync(fd) ? -errno : 0;
        close(fd);
        return r;
}

int file_replace(const char *path, struct bytes bytes)
{
        char *other = NULL;
        int fd, r;

        if (asprintf(&other, "%s.new", path) < 0)
                return -ENOMEM;
        fd = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        r = fd < 0 ? -errno : write_all(fd, bytes);
        if (fd >= 0 && close(fd) && !r)
                r = -errno;
        if (!r && rename(other, path))
                r = -errno;
        if (r)
                unlink(other);
        free(other);
        return r ? r : sync_parent(path);
}
