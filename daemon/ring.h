/* SPDX-License-Identifier: Apache-2.0 */
/*
 * By which key and under which origin the hub signs, as its log says it: proof/hubring.h, filled
 * from the genesis and the records that stand in the table HUB_RECORD; and the rows of that table.
 *
 * What the hub signs with is hub->options.keys. Every record and checkpoint is by that key, and
 * hub_open() has held it against the ring; with a previous key, checkpoints bear its line as well.
 */
#ifndef ACCORD_DAEMON_RING_H
#define ACCORD_DAEMON_RING_H

#include "daemon/hub_private.h"

/* From the genesis alone. 0; -EILSEQ. */
int ring_begin(struct hub *hub, struct bytes origin, const uint8_t signing_key[32]);
/* What the table has behind the genesis. 0; -EILSEQ; -errno. */
int ring_take_up(struct hub *hub, struct store_txn *txn);
/* As another hub's genesis left it: for replay. */
void ring_begin_as(struct hub *hub, const struct hub *of);
/* As the last commit left it, after a batch that was dropped. */
void ring_restore(struct hub *hub);

/*
 * ring_fold() - a record that names the next key or begins an epoch: into ring and table
 *
 * Returns: 0; -EILSEQ when the hub would never have said it; -errno.
 */
int ring_fold(struct hub *hub, const struct record *record, const struct entry *entry);

/* Names hub->note_key and hub->previous_key after keys that were put into hub->options. */
int ring_name_keys(struct hub *hub);

/* 0; -EKEYREJECTED: the keys are not those it signs with now; -EKEYREVOKED: not a former one. */
int ring_check_keys(const struct hub *hub);

/* Who signs the entry at @index. */
const uint8_t *ring_signer(const struct hub *hub, uint64_t index);

/* The first record of the table behind @after. 0; -ENOENT: no more. */
int state_hub_record_next(struct store_txn *txn, uint64_t after, uint64_t *ret_index);

/* ---- where the keys of nodes stand: (node, index of its admission or of a rotation) */

int state_node_keys_put(struct store_txn *txn, uint32_t node_no, uint64_t index);
/* The first behind @after; -ENOENT: no more. */
int state_node_keys_next(struct store_txn *txn, uint32_t node_no, uint64_t after,
                         uint64_t *ret_index);

#endif
