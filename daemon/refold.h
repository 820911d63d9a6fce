/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry of the log folded again, through the same decoding, gathering and folding as when it
 * came; and the state tables made anew from the whole log.
 */
#ifndef ACCORD_DAEMON_REFOLD_H
#define ACCORD_DAEMON_REFOLD_H

#include "daemon/hub_private.h"

/* Counts up with every change of a table's rows in state_*.c or of what a fold writes. */
#define STATE_FORMAT 6u

/*
 * refold() - fold the entry into the open batch of @hub, having proved its signature
 * @ret_says: what is wrong with it, a static sentence; set with -EILSEQ
 */
int refold(struct hub *hub, const struct log_row *row, const char **ret_says);

/* Notes in the open batch that the tables are of this format. */
int refold_note_format(struct hub *hub);

/*
 * refold_if_older() - tables of an older format are made anew from the log, in one transaction
 *
 * Returns: 0; -EPROTO when they are of a newer format; -ESTALE when they would have to be made anew
 * and the ledger is open to read only; -EILSEQ when the log cannot be folded; -errno.
 */
int refold_if_older(struct hub *hub);

#endif
