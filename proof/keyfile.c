/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/hex.h"
#include "proof/keyfile.h"
#include "proof/random.h"

#define PATH_SIZE 4096
#define NAMES_MAX 16            /* tried for one that nothing has */

static void fd_cleanup(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

/* ---- writing */

static int write_all(int fd, const char *text, size_t size)
{
        while (size > 0) {
                ssize_t n = write(fd, text, size);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                text += n;
                size -= (size_t)n;
        }
        return 0;
}

static int sync_folder_of(const char *path)
{
        own(fd) int fd = -1;
        char copy[PATH_SIZE];

        memcpy(copy, path, strlen(path) + 1);
        fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0 || fsync(fd) < 0)
                return -errno;
        return 0;
}

/* A name beside @path that nothing else has: what a crash leaves behind is in nobody's way. */
static int name_beside(const char *path, char ret[PATH_SIZE])
{
        uint8_t octets[8];
        char digits[2 * sizeof(octets) + 1];
        int n;

        random_bytes(octets, sizeof(octets));
        hex_print(BYTES_OF(octets), digits);
        n = snprintf(ret, PATH_SIZE, "%s.%s.new", path, digits);
        return n < 0 || n >= PATH_SIZE ? -ENAMETOOLONG : 0;
}

static int write_beside(const char *path, const char *text, size_t size, mode_t mode)
{
        own(fd) int fd = -1;
        int r;

        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
                return -errno;

        r = write_all(fd, text, size);
        if (r)
                return r;
        /* Whatever the umask says. */
        if (fchmod(fd, mode) < 0 || fsync(fd) < 0)
                return -errno;
        return 0;
}

static int write_new(const char *path, const char *text, size_t size, mode_t mode)
{
        char beside[PATH_SIZE];
        int r;

        r = name_beside(path, beside);
        if (r)
                return r;

        r = write_beside(beside, text, size, mode);
        if (r == 0 && renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE) < 0)
                r = -errno;
        if (r) {
                unlink(beside);
                return r;
        }
        return sync_folder_of(path);
}

int keyfile_write_secret(const char *path, struct bytes text)
{
        return write_new(path, text.data, text.size, 0600);
}

int keyfile_write(const char *path, const struct keys *keys)
{
        char text[KEYS_TEXT_MAX];
        int r;

        r = keyfile_write_secret(path, (struct bytes) { text, keys_print(keys, text) });
        secret_wipe(text, sizeof(text));
        return r;
}

int keyfile_write_public(const char *path, const struct public_keys *keys)
{
        char text[KEYS_TEXT_MAX];

        return write_new(path, text, public_keys_print(keys, text), 0644);
}

/* ---- replacing */

int keyfile_replace(const char *path, int64_t now, char *ret_kept, size_t size)
{
        time_t seconds = (time_t)(now / 1000000);
        char next[PATH_SIZE], moment[32], again[16] = "";
        struct tm parts;
        int r = -EEXIST;

        gmtime_r(&seconds, &parts);
        strftime(moment, sizeof(moment), "%Y%m%dT%H%M%SZ", &parts);
        for (int i = 0; r == -EEXIST && i < NAMES_MAX; i++) {
                if (i)
                        snprintf(again, sizeof(again), ".%d", i);
                if (snprintf(ret_kept, size, "%s.until-%s%s", path, moment, again) >= (int)size ||
                    snprintf(next, sizeof(next), "%s.next", path) >= PATH_SIZE)
                        return -ENAMETOOLONG;
                r = link(path, ret_kept) < 0 ? -errno : 0;
        }
        if (!r && rename(next, path) < 0)
                r = -errno;
        return r ? r : sync_folder_of(path);
}

/* ---- who may read it */

/* The kernel's form of an access control list, all little-endian. */
#define ACL_HEAD 4
#define ACL_ENTRY 8
#define ACL_SIZE_MAX (ACL_HEAD + 32 * ACL_ENTRY)

enum acl_tag {
        ACL_TAG_OWNER = 0x01,
        ACL_TAG_USER = 0x02,
        ACL_TAG_MASK = 0x10,
};

static unsigned int le(const uint8_t *at, unsigned int size)
{
        unsigned int value = 0;

        for (unsigned int i = 0; i < size; i++)
                value |= (unsigned int)at[i] << (8 * i);
        return value;
}

/* May anybody but the owner and the caller do anything with the file, by its list? */
static bool list_names_others(const uint8_t *list, size_t size)
{
        for (size_t at = ACL_HEAD; at + ACL_ENTRY <= size; at += ACL_ENTRY) {
                unsigned int tag = le(list + at, 2), permissions = le(list + at + 2, 2);

                if (tag == ACL_TAG_OWNER || tag == ACL_TAG_MASK || permissions == 0)
                        continue;
                if (tag != ACL_TAG_USER || le(list + at + 4, 4) != geteuid())
                        return true;
        }
        return false;
}

/* With a list the group bits of the mode are its mask and say nothing of the group. */
static int check_readers(int fd)
{
        uint8_t list[ACL_SIZE_MAX];
        struct stat status;
        ssize_t size;

        if (fstat(fd, &status) < 0)
                return -errno;
        if (!S_ISREG(status.st_mode))
                return -EBADMSG;
        if ((status.st_mode & 0077) == 0)
                return 0;

        size = fgetxattr(fd, "system.posix_acl_access", list, sizeof(list));
        if (size < ACL_HEAD || status.st_mode & 0007)
                return -EPERM;
        return list_names_others(list, (size_t)size) ? -EPERM : 0;
}

/* ---- reading */

static int read_all(int fd, char *text, size_t room, size_t *ret_size)
{
        size_t size = 0;

        while (size < room) {
                ssize_t n = read(fd, text + size, room - size);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0) {
                        *ret_size = size;
                        return 0;
                }
                size += (size_t)n;
        }
        return -EBADMSG;        /* no key file is that long */
}

int keyfile_load_secret(const char *path, char *text, size_t room, size_t *ret_size)
{
        own(fd) int fd = -1;
        int r;

        /* Not to hang on a pipe of that name. */
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (fd < 0)
                return -errno;
        r = check_readers(fd);
        return r ? r : read_all(fd, text, room, ret_size);
}

int keyfile_load(const char *path, struct keys *ret)
{
        char text[KEYS_TEXT_MAX];
        size_t size = 0;
        int r;

        keys_wipe(ret);
        r = keyfile_load_secret(path, text, sizeof(text), &size);
        if (r == 0)
                r = keys_parse((struct bytes) { text, size }, ret);
        secret_wipe(text, sizeof(text));
        return r;
}

int keyfile_load_public(const char *path, struct public_keys *ret)
{
        own(fd) int fd = -1;
        char text[KEYS_TEXT_MAX];
        size_t size = 0;
        int r;

        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (fd < 0)
                return -errno;
        r = read_all(fd, text, sizeof(text), &size);
        if (r)
                return r;
        return public_keys_parse((struct bytes) { text, size }, ret);
}
