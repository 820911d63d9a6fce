/* SPDX-License-Identifier: Apache-2.0 */
/* accordd --recover: a hub whose ledger lost its end goes on, in a new epoch that says so. */
#ifndef ACCORD_DAEMON_RECOVER_H
#define ACCORD_DAEMON_RECOVER_H

#include <stdbool.h>
#include <stddef.h>

#define RECOVER_CHECKPOINTS_MAX 32

struct daemon;

struct recover {
        const char *because;            /* what happened, for the record */
        const char *checkpoints[RECOVER_CHECKPOINTS_MAX];       /* files: signed notes */
        size_t count;
        bool no_checkpoint;             /* nobody has one */
};

/*
 * recover_run() - judge the ledger, prove all of it, begin an epoch, make a new guard
 *
 * Nothing is done where the ledger fits its guard, contradicts what the hub has signed, or does not
 * prove. The old guard is kept as FILE.epoch-N. What was cut short is finished when it is run
 * again.
 *
 * Returns: the exit status.
 */
int recover_run(struct daemon *daemon, const struct recover *recover);

#endif
