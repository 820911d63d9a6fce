/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much is open: counters kept beside the rows that they count, so that they can be told every
 * second without a walk. Each is told what a row was (NULL: there was none) and what it becomes.
 * Returns: 0 or -errno.
 */
#ifndef ACCORD_DAEMON_TALLY_H
#define ACCORD_DAEMON_TALLY_H

#include "daemon/state_decided.h"
#include "daemon/state_life.h"

/* name of the counter, member of struct tally, what it counts */
#define TALLIES(X)                                                                               \
        X("disputes-open", disputes_open, "disputes of statements")                              \
        X("resolutions-open", resolutions_open, "resolutions that the other side has not signed") \
        X("statements-awaiting", statements_awaiting, "statements to be accepted or disputed")   \
        X("settlements-pending", settlements_pending, "settlement entries that are pending")     \
        X("settlement-cents-pending", pending_cents, "what they come to, either way")            \
        X("settlement-cents-posted", posted_cents, "posted for settlements, either way")         \
        X("holds", holds, "entries that are held in dispute")                                    \
        X("hold-cents", held_cents, "what they come to")                                         \
        X("payments-cleared", payments_cleared, "entries of payments both sides say alike")      \
        X("payment-cents", paid_cents, "what they come to")

struct tally {
#define X(name, member, says) uint64_t member;
        TALLIES(X)
#undef X
};

int tally_dispute(struct store_txn *txn, const struct dispute_of_run *before,
                  const struct dispute_of_run *after);
int tally_proposal(struct store_txn *txn, const struct proposal_state *before,
                   const struct proposal_state *after);
int tally_life(struct store_txn *txn, const struct life_state *before,
               const struct life_state *after);
int tally_journal(struct store_txn *txn, const struct journal_state_row *before,
                  const struct journal_state_row *after);

int tally_read(struct store_txn *txn, struct tally *ret);

#endif
