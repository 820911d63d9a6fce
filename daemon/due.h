/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Moments that pass: what each comes to. A row of the table of due moments is set by a fold and
 * removed by the DUE entry that says that its moment has passed, or by what makes it void before.
 *
 *   kind                    a            b                     index
 *   OFFER_LAPSES            contract     version               entry that offered
 *   DELEGATION_BEGINS/ENDS  from         to                    entry that said it
 *   RUNOUT_ENDS             contract     day the period begins   entry that set it
 *   FACT_WINDOW_ENDS        contract     event                 entry with the figure of record
 *   DISPUTE_WINDOW_ENDS     contract     0                     run
 *   PAYMENT_OVERDUE         contract     0                     run
 *   SUCCESSION              party        0                     entry that announced it
 *   WITNESS_WINDOW_ENDS     contract     0                     run
 *   BALLOT_CLOSES           0            0                     entry with the proposal
 *   CHARTER_BEGINS          version      0                     entry with its proposal
 *   RELEASE                 0            0                     entry that set it
 *   DEPARTURE               party        0                     entry that said it
 */
#ifndef ACCORD_DAEMON_DUE_H
#define ACCORD_DAEMON_DUE_H

#include "daemon/hub_private.h"

/* Writes the state that a passed moment comes to. */
typedef int due_fold_fn(struct hub *hub, const struct due_state *due, const struct entry *entry);
/* Appends the hub records that follow from it. */
typedef int due_follow_fn(struct hub *hub, const struct due_state *due, const struct entry *entry);

due_fold_fn fold_due_succession, fold_due_witness, fold_due_ballot, fold_due_charter,
        fold_due_release, fold_due_departure;
due_fold_fn fold_due_runout, fold_due_fact_window, fold_due_dispute_window, fold_due_payment;
due_follow_fn follow_due_succession;
due_follow_fn follow_due_runout, follow_due_fact_window, follow_due_dispute_window,
        follow_due_payment, follow_due_witness, follow_due_ballot, follow_due_charter,
        follow_due_crosswalk, follow_due_departure;

#endif
