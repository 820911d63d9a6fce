/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Contracts of one provider that do not go together, by formula F8 on what their terms say: what
 * they come to in dollars is the client's to compute. When terms come into force, are relayed,
 * replaced or ended, the contract is compared with the provider's others, and all are when a
 * charter takes effect; what is new and what is gone is a CONFLICT record and a signal, to the
 * provider alone. A contract has ended when its termination was said; that an agreement has run out
 * is seen at the next change.
 *
 *   CONFLICT  u32 provider, u32 contract, u32 against, u8 type, word concept
 */
#ifndef ACCORD_DAEMON_CONFLICTS_H
#define ACCORD_DAEMON_CONFLICTS_H

#include "daemon/hub_private.h"
#include "daemon/row.h"

/* Of one provider are looked at, and told of one change, at most: the rest at the next. */
#define CONFLICT_CONTRACTS_MAX 64u
#define CONFLICTS_PER_CHANGE_MAX 256u
#define CONFLICTS_PER_CHARTER_MAX 4096u /* of a charter, whose crosswalk says what is the same */

/*
 * conflicts_follow() - compares the contract with the provider's others, as they are now
 * @cause: entry by which it changed
 */
int conflicts_follow(struct hub *hub, const struct contract_id *id, const struct entry *cause);

/* The provider's first behind @after, which may be empty; -ENOENT: no more. */
int state_conflict_next(struct store_txn *txn, uint32_t provider_no, const struct row *after,
                        struct conflict_row *ret, struct row *ret_key);

#endif
