/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a party was admitted as, admission by admission: beside its row in daemon/state.h, which has
 * the last one. Written with that row.
 */
#ifndef ACCORD_DAEMON_STATE_ADMISSION_H
#define ACCORD_DAEMON_STATE_ADMISSION_H

#include "daemon/state.h"

struct party_asks {
        bool present;
        uint32_t two_nodes_for;         /* rights */
};

/* As it was last admitted at @cut: -ENOENT before it was. */
int state_party_asks(struct store_txn *txn, uint32_t no, uint64_t cut, struct party_asks *ret);

#endif
