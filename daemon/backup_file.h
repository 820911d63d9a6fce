/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies of a ledger: one file, the image that LMDB makes of one snapshot, with the hub's
 * checkpoint in it and beside it as text (FILE.checkpoint). One that was not opened again and
 * proved whole is none. Member-level rows are not in it: what is erased must not live on in copies.
 */
#ifndef ACCORD_DAEMON_BACKUP_FILE_H
#define ACCORD_DAEMON_BACKUP_FILE_H

#include <sys/types.h>

#include "daemon/hub.h"
#include "daemon/replay.h"

#define BACKUP_PATH_MAX 4096

struct backup_made {
        char path[BACKUP_PATH_MAX];
        struct checkpoint tree;
        size_t note_size;               /* 0: it has no checkpoint yet */
        char note[CHECKPOINT_MAX];
        char says[256];                 /* what is wrong, where something is */
};

/*
 * backup_make() - copy, prove, and give it its name: FOLDER/ledger-SIZE
 * @folder: NULL, "": the ledger's directory with .backup added; made (0700)
 *
 * In any thread, beside batches; pages freed meanwhile are not used again until the copy is made.
 * A copy of the same size is replaced. On the disk when it returns.
 * Returns: 0; -EILSEQ when the copy does not prove, with a sentence; -errno.
 */
int backup_make(const struct hub *hub, const char *folder, struct backup_made *ret);

/*
 * backup_prove() - is the ledger in @directory whole? Log, tree, checkpoint, books
 * @guard:      what it will be held against; NULL: nothing
 * @ret_ledger: what it has to show for that
 *
 * Returns: 0, with its tree and checkpoint in @ret; -EILSEQ with a sentence; -errno.
 */
int backup_prove(const char *directory, const struct guard_mark *guard, replay_progress *progress,
                 void *with, struct guard_ledger *ret_ledger, struct backup_made *ret);

/*
 * backup_unpack() - the copy in @file as the ledger of a new directory @directory, not proved yet
 *
 * On the disk when it returns; mode 0600. Returns: 0; -EEXIST; -ENOENT; -errno.
 */
int backup_unpack(const char *file, const char *directory);

/* Takes such a directory away again, with what LMDB left in it. */
void backup_discard(const char *directory);

#endif
