/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Releases, as daemon/state.h has all else: which are due, and which have been said. Said in order
 * of number, so that what waits is what comes after the last one.
 */
#ifndef ACCORD_DAEMON_STATE_RELEASE_H
#define ACCORD_DAEMON_STATE_RELEASE_H

#include "core/date.h"
#include "core/moment.h"
#include "store/txn.h"

struct release_state {
        uint32_t number;                /* 1, 2, ... */
        uint64_t cut;                   /* the DUE entry that ordered it */
        date day;                       /* of the calendar */
        uint64_t said;                  /* entry that says it; 0: not yet */
};

/* Releases as a whole. */
struct releases_state {
        uint32_t ordered, said;         /* numbers of the last */
        instant next;                   /* when the next is due, as it was set; 0: none is */
        uint64_t next_set;              /* by which entry */
};

int state_release(struct store_txn *txn, uint32_t number, struct release_state *ret);
int state_release_put(struct store_txn *txn, const struct release_state *release);

/* No such row is no answer here: before the first, it is zeros. */
int state_releases(struct store_txn *txn, struct releases_state *ret);
int state_releases_put(struct store_txn *txn, const struct releases_state *releases);

#endif
