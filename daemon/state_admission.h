/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beside the rows of daemon/state.h: what a party was admitted as, admission by admission, where
 * its row has the last one; whose a key is or was; which numbers were used twice.
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

/* Written with a node's row, and never taken away. -ENOENT: it is nobody's and never was. */
int state_key_node(struct store_txn *txn, const uint8_t key[32], uint32_t *ret_no);

/* (stream number, sequence) -> index of the entry that shows it was used twice */
int state_evidence(struct store_txn *txn, uint32_t stream_no, uint64_t sequence,
                   uint64_t *ret_index);
int state_evidence_put(struct store_txn *txn, uint32_t stream_no, uint64_t sequence,
                       uint64_t index);

#endif
