/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of a ledger, proved from its bytes. The ledger must not be open in a daemon.
 */
#ifndef ACCORD_DAEMON_REPLAY_H
#define ACCORD_DAEMON_REPLAY_H

#include "daemon/hub.h"

struct replay_report {
        uint64_t entries;               /* looked at */
        uint64_t events;                /* of the submissions among them */
        uint64_t signatures;            /* verified: nodes' and the hub's */
        uint64_t statements;            /* derived again from their cuts */
        uint64_t releases;              /* likewise */
        uint64_t state_rows;            /* compared */
        uint64_t erased;                /* statements on rows erased since: beyond deriving again */
        uint64_t missing;               /* on rows that are not here, as in a backup without them */
        char beyond[256];               /* the runs of both, as far as there is room */
        char finding[256];              /* the first thing that does not hold; "" = all holds */
};

typedef void replay_progress(void *with, uint64_t done, uint64_t of);

/*
 * Leaf hashes from the stored bytes, dense indices, monotone times, the nodes of the tree, the
 * root. 0; -EILSEQ with the finding.
 */
int replay_verify(struct hub *hub, replay_progress *progress, void *with,
                  struct replay_report *report);

/*
 * Folds the log from entry 0 into empty tables in @scratch
 * (a directory made and removed) and compares byte for byte.
 */
int replay_rebuild(struct hub *hub, const char *scratch, replay_progress *progress, void *with,
                   struct replay_report *report);

/*
 * Derives every statement and release again from its cut and compares it with the logged bytes. One
 * that rests on member-level rows which are no longer here is counted apart, and named: that is no
 * failure.
 */
int replay_recompute(struct hub *hub, replay_progress *progress, void *with,
                     struct replay_report *report);

#endif
