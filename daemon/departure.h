/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parties that leave. A row of table DEPARTURE is u32 party; it says so once and for good: who
 * comes back is admitted under a name of its own.
 */
#ifndef ACCORD_DAEMON_DEPARTURE_H
#define ACCORD_DAEMON_DEPARTURE_H

#include "daemon/state.h"

struct departure_state {
        uint32_t party_no;
        uint64_t index;                 /* entry that said it */
        instant at;                     /* when it takes effect */
        uint32_t into_no;               /* who goes on in its place; 0: nobody */
        uint64_t left;                  /* entry by which it took effect; 0: not yet */
};

int state_departure(struct store_txn *txn, uint32_t party_no, struct departure_state *ret);

/* Has it taken effect? One that never said it has not. Returns 0; -errno. */
int departure_left(struct store_txn *txn, uint32_t party_no, bool *ret);
/* Had it at that cut of the log? */
int departure_left_at(struct store_txn *txn, uint32_t party_no, uint64_t cut, bool *ret);

#endif
