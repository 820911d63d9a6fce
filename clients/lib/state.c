/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proof/hex.h"

#define TEXT_MAX 512
#define FORM "accord-state v1\nhub %s\nnode %s/%s\nlast-signal "

/* All lines but the number, which ends the text. */
static int print_front(const struct state *state, char text[TEXT_MAX])
{
        char hub[2 * sizeof(state->hub.octets) + 1];

        hex_print((struct bytes) { state->hub.octets, sizeof(state->hub.octets) }, hub);
        return snprintf(text, TEXT_MAX, FORM, hub, state->node.party.text, state->node.node.text);
}

static int read_number(const char *text, uint64_t *ret)
{
        uint64_t number = 0;

        if (*text == '\n')
                return -EBADMSG;
        for (; *text >= '0' && *text <= '9'; text++) {
                if (number > (UINT64_MAX - 9) / 10)
                        return -EBADMSG;
                number = number * 10 + (uint64_t)(*text - '0');
        }
        if (strcmp(text, "\n"))
                return -EBADMSG;
        *ret = number;
        return 0;
}

static int read_file(const char *path, char text[TEXT_MAX])
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t n;
        int r;

        if (fd < 0)
                return -errno;
        n = read(fd, text, TEXT_MAX - 1);
        r = n < 0 ? -errno : 0;
        close(fd);
        text[n < 0 ? 0 : n] = '\0';
        return r;
}

int state_load(const char *directory, struct state *ret)
{
        char path[4096], text[TEXT_MAX], front[TEXT_MAX];
        int length = print_front(ret, front), r;

        ret->last_signal = 0;
        if (snprintf(path, sizeof(path), "%s/state", directory) >= (int)sizeof(path))
                return -ENAMETOOLONG;
        r = read_file(path, text);
        if (r)
                return r == -ENOENT ? 0 : r;
        if (strncmp(text, "accord-state v1\n", 16))
                return -EBADMSG;
        if (strncmp(text, front, (size_t)length))
                return -EKEYREJECTED;
        return read_number(text + length, &ret->last_signal);
}

static int sync_directory(const char *directory)
{
        int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;

        if (fd < 0)
                return -errno;
        if (fsync(fd))
                r = -errno;
        close(fd);
        return r;
}

static int write_file(const char *path, const char *text, size_t length)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), r = 0;

        if (fd < 0)
                return -errno;
        if (write(fd, text, length) != (ssize_t)length)
                r = errno ? -errno : -EIO;
        else if (fsync(fd))
                r = -errno;
        close(fd);
        return r;
}

int state_keep(const char *directory, const struct state *state)
{
        char path[4096], new_path[4096], text[TEXT_MAX];
        int length = print_front(state, text), r;

        length += snprintf(text + length, TEXT_MAX - (size_t)length, "%" PRIu64 "\n",
                           state->last_signal);
        if (snprintf(path, sizeof(path), "%s/state", directory) >= (int)sizeof(path) ||
            snprintf(new_path, sizeof(new_path), "%s/state.new", directory) >=
                    (int)sizeof(new_path))
                return -ENAMETOOLONG;
        if (mkdir(directory, 0700) && errno != EEXIST)
                return -errno;
        errno = 0;
        r = write_file(new_path, text, (size_t)length);
        if (r)
                return r;
        if (rename(new_path, path))
                return -errno;
        return sync_directory(directory);
}
