/* SPDX-License-Identifier: Apache-2.0 */
/* Whose word ends a dispute between others, and what it may see for that. */
#ifndef ACCORD_DAEMON_DECIDE_H
#define ACCORD_DAEMON_DECIDE_H

#include "daemon/hub_private.h"

/*
 * reads_contract() - may @party read what is said of the contract between others?
 *
 * The arbiter whom the terms in force name: facts, terms, matches, statements and disputes, and
 * nothing else. The two sides themselves are not asked about here.
 */
int reads_contract(struct store_txn *txn, const struct contract_state_row *contract,
                   const struct name *party, bool *ret);

/*
 * decided_runs() - a restated run, ordered by the hub itself, for every period that is settled and
 * that @decisions are about: by a figure that its statement has read or its days, or by a dispute
 * @cause: the entry by which they are in force
 */
int decided_runs(struct hub *hub, uint32_t contract_no, const struct decisions *decisions,
                 uint64_t cause);

#endif
