/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hub's word on how the log stands: one signed note for each commit that adds to it, kept in
 * the transaction that it is about. It is over what log_prepare_commit() has made twice.
 */
#ifndef ACCORD_DAEMON_CHECKPOINT_H
#define ACCORD_DAEMON_CHECKPOINT_H

#include "daemon/hub_private.h"

/* As the ledger has it. 0; -EILSEQ; -errno. */
int checkpoint_take_up(struct hub *hub, struct store_txn *txn);
/* Signs one, in memory, where the ledger has none. */
void checkpoint_make_up(struct hub *hub);

/* What is kept is the hub's, and of the tip; older ledgers have none. 0; -EILSEQ; -errno. */
int checkpoint_check(const struct hub *hub, struct store_txn *txn);

/*
 * checkpoint_stage() - sign the tip that the open batch comes to, and write it beside it
 *
 * Nothing to do without keys, or when the batch added nothing.
 */
int checkpoint_stage(struct hub *hub, const struct log_tip *tip);
void checkpoint_committed(struct hub *hub);

/* What receipts of the open batch are proved against: staged, else the last. */
const struct hub_checkpoint *checkpoint_now(const struct hub *hub);

/* What answers tell of: the last that is committed. */
const struct hub_checkpoint *checkpoint_told(const struct hub *hub);

/* The note as bytes; empty where there is none. */
static inline struct bytes checkpoint_note(const struct hub_checkpoint *checkpoint)
{
        return (struct bytes) { checkpoint->note, checkpoint->note_size };
}

#endif
