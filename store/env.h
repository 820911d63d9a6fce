/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A directory with tables, opened: who may open it, how it is opened, and its backup. Mostly the
 * ledger's; the blocks have another (store/blocks.h), opened in the same way.
 *
 *   DIR/lock                   flock(2): one writer, or any number of readers while there is none
 *   DIR/data.mdb, DIR/lock.mdb LMDB's; a process that has it open must not open and close
 *                              data.mdb besides, not even to read it: that drops LMDB's locks
 *
 * Every commit is on the disk when it returns; there is no other mode.
 */
#ifndef ACCORD_STORE_ENV_H
#define ACCORD_STORE_ENV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/table.h"

struct store_env;

struct store_options {
        const char *directory;
        enum store_home home;   /* whose tables: the ledger's unless said */
        size_t map_size;        /* octets of address space, fixed while open; 0: 1 TiB */
        uint64_t quota;         /* octets the ledger may take; 0: as much as there is */
        uint32_t readers;       /* read transactions at a time; 0: 126 */
        bool create;            /* make directory (0700) and ledger when they are not there */
        bool read_only;         /* for looking while no writer has it */
};

/*
 * store_open() - open a ledger, having first made sure that the disk holds what we are shown
 * @ret: the caller's, to be closed after all its transactions and by the process that opened it
 *
 * With @create an empty ledger is as good as none: whether there is an entry, log_load() says.
 *
 * Returns: 0; -ENOENT when there is no ledger (and it is not to be made); -EWOULDBLOCK when
 * another has it open, this process included; -EREMOTE on a network file system; -EILSEQ when
 * the file is no LMDB file or is damaged so that LMDB notices; -EPROTO when it has a table that
 * we do not know, or was made with other keys in one; -EIO when the disk could not be synced:
 * do not go on; other -errno.
 */
int store_open(const struct store_options *options, struct store_env **ret);

/* NULL is fine. */
void store_close(struct store_env *env);

static inline void store_env_cleanup(struct store_env **env)
{
        store_close(*env);
}

bool store_is_read_only(const struct store_env *env);
uint64_t store_quota(const struct store_env *env);

/*
 * store_copy() - a consistent copy of the open ledger into the new directory @directory
 *
 * Takes as long as the disk needs; entries may be appended meanwhile and are not in the copy,
 * and pages freed meanwhile are not used again until it ends. On the disk when it returns. A
 * copy is a backup only when it was opened and verified. Not within a write transaction.
 *
 * Returns: 0; -EEXIST when @directory exists; -errno, the copy removed.
 */
int store_copy(struct store_env *env, const char *directory);

/* Frees the slots of readers whose process died, in a ledger open for writing; hourly will do. */
int store_check_readers(struct store_env *env, uint32_t *ret_freed);

#endif
