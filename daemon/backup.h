/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of the ledger while the hub works: made and proved in a thread of its own, one at a time,
 * so that it holds nobody up.
 */
#ifndef ACCORD_DAEMON_BACKUP_H
#define ACCORD_DAEMON_BACKUP_H

#include <stdint.h>

#include "daemon/backup_file.h"

struct backup;
struct event_base;

struct backup_result {
        uint64_t session;               /* of who asked */
        int status;                     /* 0; -EILSEQ; -errno: of backup_make() */
        struct backup_made made;
};

/* @done: called from the loop. @folder: copied. 0; -errno. */
int backup_open(struct backup **ret, struct event_base *base, const struct hub *hub,
                const char *folder, void (*done)(void *with, const struct backup_result *result),
                void *with);
/* Waits for a copy that is being made. NULL is fine. */
void backup_stop(struct backup *backup);

/* 0: it is begun, and @done will be called; -EBUSY: another is being made; -errno. */
int backup_begin(struct backup *backup, uint64_t session);

#endif
