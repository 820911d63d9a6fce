/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What parties say of themselves, version by version: what of a contract is public, how a payer's
 * benefits treat a provider, what a provider has to care with. Of each the latest statement at or
 * below the cut counts. Readers and writers as in daemon/state.h.
 *
 *   PUBLICATION  u32 contract, u64 index, u32 event
 *   BENEFIT      u32 payer, u32 provider, word service, u64 index, u32 event
 *   BENEFIT_OF   u32 provider, u32 payer
 *   CAPABILITY   u32 party, u8 kind, u64 index, u32 event
 */
#ifndef ACCORD_DAEMON_COMMUNITY_H
#define ACCORD_DAEMON_COMMUNITY_H

#include "core/arrangement.h"
#include "core/benefit.h"
#include "core/charter.h"
#include "core/incentive_signal.h"
#include "daemon/row.h"
#include "daemon/state.h"

struct hub;

/* ---- for whoever wants to know */

/* What of the contract is public at @cut by its bearer's word; nothing where it said nothing. */
int community_publication(struct store_txn *txn, uint32_t contract_no, uint64_t cut,
                          struct publication *ret);
/*
 * community_public() - the same with what the charter says: all of an absent payer it names
 * @charter: may be NULL
 */
int community_public(struct store_txn *txn, const struct contract_state_row *contract,
                     const struct charter *charter, uint64_t cut, struct publication *ret);

/*
 * community_has() - does the party say that it has something on @day, as of @cut?
 * @ret_count: how many; 0: not said
 */
int community_has(struct store_txn *txn, uint32_t party_no, enum capability_kind kind, date day,
                  uint64_t cut, enum capability_said *ret, uint64_t *ret_count);

/*
 * community_terms() - terms as they were offered; some 100 KiB
 * The hub's arena is as it was afterwards.
 */
int community_terms(struct hub *hub, uint32_t contract_no, uint32_t version, struct terms *ret);

/* Its terms hold on @day: both signed them, or they are relayed, and nothing has ended them. */
bool community_holds(const struct contract_state_row *contract, const struct view_terms *terms,
                     date day);

/* ---- rows */

int state_publication_put(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                          uint32_t event, const struct publication *publication);

struct benefit_state {
        uint32_t payer_no, provider_no;
        uint64_t index;
        uint32_t event;
        struct benefit benefit;         /* without the provider's name when read */
};

int state_benefit_put(struct store_txn *txn, const struct benefit_state *benefit);
/* The first row behind @after that begins with @prefix; its key into @ret_key. */
int state_benefit_next(struct store_txn *txn, const struct row *after, struct bytes prefix,
                       struct benefit_state *ret, struct row *ret_key);
/* What the payer had said last of that provider and service. */
int state_benefit(struct store_txn *txn, uint32_t payer_no, uint32_t provider_no,
                  const struct name *service, uint64_t cut, struct benefit_state *ret);
/* The first payer above @after that said something of the provider. */
int state_benefit_payer(struct store_txn *txn, uint32_t provider_no, uint32_t after,
                        uint32_t *ret);

struct capability_state {
        uint32_t party_no;
        uint64_t index;
        uint32_t event;
        struct capability capability;   /* says: in the map, until the next row is written */
};

int state_capability_put(struct store_txn *txn, const struct capability_state *capability);
int state_capability(struct store_txn *txn, uint32_t party_no, enum capability_kind kind,
                     uint64_t cut, struct capability_state *ret);
/* The party's first behind @after, which may be empty. */
int state_capability_next(struct store_txn *txn, uint32_t party_no, const struct row *after,
                          struct capability_state *ret, struct row *ret_key);

/* ---- benefits against contracts */

/*
 * community_contradicts() - what of a benefit does not go together with the payer's contracts
 * @payer: its name; the provider's is in @benefit
 * @day: contracts that hold then
 */
int community_contradicts(struct hub *hub, const struct name *payer, uint32_t payer_no,
                          const struct benefit *benefit, date day, uint64_t cut,
                          enum benefit_finding *ret_finding, struct text *ret);
/* A contract came into force: the bearer is told of its benefits that it contradicts. */
int community_follow_terms(struct hub *hub, const struct view_contract *contract, uint64_t cause,
                           date day);

#endif
