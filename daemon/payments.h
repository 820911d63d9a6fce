/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payments within the hub: core/payments_match.h decides what has become of one, this carries it
 * out. What both sides say alike, and is owed, clears by entries of the books, posted at once; what
 * a later version of either side takes back is reversed by entries, and matched anew.
 */
#ifndef ACCORD_DAEMON_PAYMENTS_H
#define ACCORD_DAEMON_PAYMENTS_H

#include "core/payments_match.h"
#include "daemon/hub_private.h"
#include "daemon/owed.h"
#include "daemon/state_payment.h"

/* ---- folds: for use within the folds of the books */

/* An entry of the books of @row->contract_no that books a payment, or takes one back. */
int payments_fold_entry(struct hub *hub, uint32_t contract_no, const struct journal_entry *said,
                        const struct entry *entry);
/* A settlement entry of @run is posted, at once or by a change: from when on it is overdue. */
int payments_fold_posted(struct hub *hub, uint64_t run, const struct entry *entry);

/* ---- following: appends */

/*
 * What both sides say alike and has not cleared yet, matched anew, in order of who pays and trace:
 * for after more was posted.
 */
int payments_again(struct hub *hub, uint32_t contract_no, uint64_t cause);

/* ---- reading */

/* What both sides say of one payment at a cut. */
struct payment_pair {
        struct payment_key key;
        bool has_sent, has_received;
        struct payment_version sent, received;
        uint64_t entry;                 /* the first of the books that it made; 0: none in force */
};

int payment_pair(struct store_txn *txn, const struct payment_key *key, uint64_t cut,
                 struct payment_pair *ret);

/*
 * What has become of it at @cut. What it has cleared is judged by what was open then, not by what
 * is left since.
 */
void payment_outcome(const struct owed *owed, const struct payment_pair *pair, uint64_t cut,
                     struct payment_outcome *ret);

/*
 * payments_of() - rows for an answer
 * @as_of:    the log up to and including that entry
 * @after:    where to go on: what *ret_next was; empty: from the start
 * @rows:     room for @most of them; spans lie in hub->arena
 * @ret_next: empty: there are no more
 *
 * Returns: 0; -ENOENT when @after is no such place; -errno.
 */
int payments_of(struct hub *hub, uint32_t contract_no, uint64_t as_of, struct bytes after,
                struct payment_row *rows, uint32_t most, uint32_t *ret_count,
                struct bytes *ret_next);

#endif
