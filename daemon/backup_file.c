/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/backup_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/hub_private.h"
#include "daemon/prove.h"
#include "store/folder.h"

#define COPY_PIECE ((size_t)1 << 30)

/* ---- files */

void backup_discard(const char *directory)
{
        static const char *const names[] = { "data.mdb", "lock.mdb", "lock" };
        char path[BACKUP_PATH_MAX];

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
                snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
                unlink(path);
        }
        rmdir(directory);
}

static int sync_folder(const char *path)
{
        own(fd) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

static int write_file(const char *path, struct bytes bytes)
{
        own(fd) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

        if (fd < 0)
                return -errno;
        if (write(fd, bytes.data, bytes.size) != (ssize_t)bytes.size)
                return -EIO;
        return fsync(fd) < 0 ? -errno : 0;
}

static int copy_file(const char *from, const char *to)
{
        own(fd) int in = open(from, O_RDONLY | O_CLOEXEC);
        own(fd) int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        ssize_t count;

        if (in < 0 || out < 0)
                return -errno;
        while ((count = copy_file_range(in, NULL, out, NULL, COPY_PIECE, 0)) > 0)
                ;
        return count < 0 || fsync(out) < 0 ? -errno : 0;
}

int backup_unpack(const char *file, const char *directory)
{
        char data[BACKUP_PATH_MAX];
        int r;

        if (snprintf(data, sizeof(data), "%s/data.mdb", directory) >= (int)sizeof(data))
                return -ENAMETOOLONG;
        r = folder_make(directory);
        if (r)
                return r;
        r = copy_file(file, data);
        if (!r)
                r = sync_folder(directory);
        if (r)
                backup_discard(directory);
        return r;
}

/* ---- proving */

static void take_tree(const struct hub *hub, struct backup_made *ret)
{
        const struct hub_checkpoint *checkpoint = &hub->checkpoint;
        const struct log_tip tip = log_tip(hub->log);

        ret->tree = (struct checkpoint) { tip.size, tip.root };
        memcpy(ret->note, checkpoint->note, checkpoint->note_size);
        ret->note_size = checkpoint->note_size;
}

/* What it would have to show for @guard: its root where that was. */
static int take_ledger(const struct hub *hub, const struct guard_mark *guard,
                       struct guard_ledger *ret)
{
        struct guard_mark mark;

        hub_mark(hub, &mark);
        *ret = (struct guard_ledger) {
                .genesis = mark.genesis, .epoch = mark.epoch, .size = mark.size,
        };
        return guard && guard->size <= mark.size ? hub_root_at(hub, guard->size, &ret->root) : 0;
}

static int prove_hub(const char *directory, const struct guard_mark *guard,
                       struct replay_report *report, struct guard_ledger *ret_ledger,
                       struct backup_made *ret)
{
        const struct hub_options options = { .directory = directory, .read_only = true };
        own(hub) struct hub *hub = NULL;
        int r = hub_open(&hub, &options);

        if (!r)
                r = prove_checkpoint(hub, report);
        if (!r)
                r = prove_state(hub, report);
        if (!r)
                r = prove_books(hub, NULL, NULL, report);
        if (!r)
                r = take_ledger(hub, guard, ret_ledger);
        if (!r)
                take_tree(hub, ret);
        return r;
}

int backup_prove(const char *directory, const struct guard_mark *guard, replay_progress *progress,
                 void *with, struct guard_ledger *ret_ledger, struct backup_made *ret)
{
        struct replay_report report = { .entries = 0 };
        int r = prove_log(directory, progress, with, &report);

        if (!r)
                r = prove_tree(directory, NULL, NULL, &report);
        if (!r)
                r = prove_hub(directory, guard, &report, ret_ledger, ret);
        if (r == -EILSEQ)
                snprintf(ret->says, sizeof(ret->says), "%s",
                         *report.finding ? report.finding : "it does not prove");
        return r;
}

/* ---- making */

static int folder_of(const struct hub *hub, const char *folder, char ret[BACKUP_PATH_MAX])
{
        int length = folder && *folder
                             ? snprintf(ret, BACKUP_PATH_MAX, "%s", folder)
                             : snprintf(ret, BACKUP_PATH_MAX, "%s.backup", hub->options.directory);
        int r;

        /* Room for the names below it. */
        if (length < 0 || length >= BACKUP_PATH_MAX - 128)
                return -ENAMETOOLONG;
        r = folder_make(ret);
        return r == -EEXIST ? 0 : r;
}

/* Out of the directory that was proved, to where it has its name. */
static int name_it(const char *folder, const char *copy, struct backup_made *made)
{
        char data[BACKUP_PATH_MAX], note[BACKUP_PATH_MAX];
        int r = 0;

        snprintf(data, sizeof(data), "%.*s/data.mdb", BACKUP_PATH_MAX - 16, copy);
        snprintf(made->path, sizeof(made->path), "%.*s/ledger-%" PRIu64, BACKUP_PATH_MAX - 64,
                 folder, made->tree.size);
        snprintf(note, sizeof(note), "%.*s.checkpoint", BACKUP_PATH_MAX - 16, made->path);
        if (made->note_size)
                r = write_file(note, (struct bytes) { made->note, made->note_size });
        if (!r && rename(data, made->path) < 0)
                r = -errno;
        return r ? r : sync_folder(folder);
}

int backup_make(const struct hub *hub, const char *folder, struct backup_made *ret)
{
        char where[BACKUP_PATH_MAX], copy[BACKUP_PATH_MAX];
        struct guard_ledger ledger;
        int r;

        *ret = (struct backup_made) { .note_size = 0 };
        r = folder_of(hub, folder, where);
        if (r)
                return r;
        snprintf(copy, sizeof(copy), "%.*s/copying", BACKUP_PATH_MAX - 16, where);
        backup_discard(copy);           /* of one that was cut short */
        r = store_copy(hub->env, copy);
        if (r)
                return r;
        r = backup_prove(copy, NULL, NULL, NULL, &ledger, ret);
        if (!r)
                r = name_it(where, copy, ret);
        backup_discard(copy);
        return r;
}
