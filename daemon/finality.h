/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a statement is final. Where its terms ask for witnesses (reconciling.witness_days), a final
 * or restated statement that posts is awaited from its entry on, until
 *
 *      a witness of either side has cosigned a tree with the statement in it   WITNESSING_SEEN
 *      witness_days have passed                                                WITNESSING_WITHOUT
 *      another statement takes its place, which then waits itself              WITNESSING_NONE
 *
 * Each side's first witness is a WITNESSED entry with the note it signed; the end by time is a DUE
 * entry. What comes after the end changes nothing: final is final.
 *
 * Who counts for a side: a node of the side's own party, or of a party that this party lets act for
 * it, by a delegation in force with the right to read; nobody for both sides, and nobody who is a
 * side for the other. Not whom the operator says to be a payer or a provider: a witness is there so
 * that the hub need not be believed, and who is admitted as what is the hub's word.
 *
 * Money does not wait. A statement is posted when both accept it or its window ends, witnesses or
 * not: a dead witness must not hold up a payment, and what was posted can be made right by a
 * restated run. What waits is the word "final".
 */
#ifndef ACCORD_DAEMON_FINALITY_H
#define ACCORD_DAEMON_FINALITY_H

#include "daemon/hub_private.h"
#include "daemon/state_witness.h"

#define WITNESSED_PER_COSIGN_MAX 64     /* what is more is said at its next cosignature */

/* ---- within the fold of a statement */

/* @days: of its terms; 0: it asks for none. */
int finality_issued(struct hub *hub, const struct run_state *run, uint32_t days,
                    const struct entry *entry);
/* Another has its days from @entry on. */
int finality_replaced(struct hub *hub, uint64_t run, const struct entry *entry);

/* ---- following a cosignature: WITNESSED entries, and word of what they make final */

int finality_cosigned(struct hub *hub, const struct directory_node *witness,
                      const struct cosignature *cosignature);

/* ---- for answers */

/* As of @cut. WITNESSING_NONE also where there is nothing to tell. @ret_sides: SIDE_BIT()s. */
int finality_at(struct store_txn *txn, uint64_t run, uint64_t cut, enum witnessing *ret,
                uint32_t *ret_sides);

/*
 * May @to_no see with the eyes of @from_no: a delegation in force with the right to read.
 * 0; -ENOENT: it may not.
 */
int finality_acts_for(struct store_txn *txn, uint32_t from_no, uint32_t to_no);

#endif
