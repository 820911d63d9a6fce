/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the operator says on the hub's own machine, into the open batch: a part of daemon/hub.h.
 */
#ifndef ACCORD_DAEMON_ORDERS_H
#define ACCORD_DAEMON_ORDERS_H

#include "core/message.h"
#include "proof/keys.h"

struct hub;

/* Each answers 0 with the entry's index; a refusal with *ret_says; -errno. */
int hub_admit_party(struct hub *hub, const struct party_admission *admission, uint64_t *ret_index,
                    const char **ret_says);
int hub_admit_node(struct hub *hub, const struct node_admission *admission, uint64_t *ret_index,
                   const char **ret_says);
int hub_revoke_node(struct hub *hub, const struct node_revocation *revocation, uint64_t *ret_index,
                    const char **ret_says);
/*
 * A party whose people left is to have a new node: told to the party and to the other side of each
 * of its contracts, and in force at @effective (0: after options.succession_wait) unless one of the
 * party's nodes objects.
 */
int hub_announce_succession(struct hub *hub, const struct succession *succession,
                            uint64_t *ret_index, const char **ret_says);
int hub_order_run(struct hub *hub, const struct contract_id *contract,
                  const struct run_request *request, uint64_t *ret_index, const char **ret_says);

/*
 * Rows of the contract's year can be read no more, from the commit on: their key is destroyed then.
 * Refused while a run of the contract has no statement.
 */
int hub_erase_blocks(struct hub *hub, const struct block_erasure *erasure, uint64_t *ret_index,
                     const char **ret_says);

/*
 * The hub signs with another key from the next entry on, and the commit's checkpoint with both.
 * @next: transport and sealing keys are those it has; must outlive the hub. The batch must be
 * committed, or the hub closed.
 */
int hub_rotate_key(struct hub *hub, const struct keys *next, const struct text *reason,
                   uint32_t operator_uid, uint64_t *ret_index, const char **ret_says);

#endif
