/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Relations between parties, as daemon/state.h has all else: what each said that it is to another,
 * version by version. Of a party, a kind and another party the latest statement at or below the cut
 * counts, also where it takes back what was said before by ending it.
 *
 * A relation is what one party says of itself. That both want it, whoever reads it has to see
 * elsewhere: a network by the months of membership that it attributes to a unit.
 */
#ifndef ACCORD_DAEMON_STATE_RELATION_H
#define ACCORD_DAEMON_STATE_RELATION_H

#include "core/message.h"
#include "store/txn.h"

struct relation_state {
        uint32_t party_no, other_no;
        enum relation_kind kind;
        uint64_t index;                 /* of the entry that says it */
        uint32_t event;                 /* place in it */
        date from, until;               /* until: DATE_NONE = no end yet */
};

/* Of what moment is asked: what had been said by then, of a day. */
struct relation_at {
        uint64_t cut;
        date day;
};

/* Key: party, kind, other party, index, event; and other party, kind, party. */
int state_relation_put(struct store_txn *txn, uint32_t party_no, uint64_t index, uint32_t event,
                       const struct relation *relation, uint32_t other_no);

/* What had been said last of it at @cut; -ENOENT: nothing. */
int state_relation(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                   uint32_t other_no, uint64_t cut, struct relation_state *ret);
/* From its first day until the day before its end. */
bool relation_holds(const struct relation_state *relation, date day);

/* Readers return 0; -ENOENT: no, or no more; -errno. Whether one holds: 0 or -ENOENT. */
int state_related(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                  uint32_t other_no, const struct relation_at *at);
/* The first party above @after to which @party_no is that: the networks it participates in. */
int state_related_next(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                       uint32_t after, const struct relation_at *at, uint32_t *ret_other);
/* The first party above @after that is that to @other_no: the participants of a network. */
int state_relating_next(struct store_txn *txn, uint32_t other_no, enum relation_kind kind,
                        uint32_t after, const struct relation_at *at, uint32_t *ret_party);

/*
 * state_common_owner() - the group of parties that `owns` joins, in either direction and however
 *                        far: one respondent, one contributor
 * @ret_group: the smallest number of its parties; of a party that nobody owns its own
 *
 * Returns: 0; -errno.
 */
int state_common_owner(struct store_txn *txn, uint32_t party_no, const struct relation_at *at,
                       uint32_t *ret_group);

/* The day of an entry, as everything here counts days: in UTC. */
date day_of_instant(instant time);

#endif
