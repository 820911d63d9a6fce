/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The council's state: charters, ballots, votes. All of it is everybody's to see.
 *
 *   CHARTER  u32 version                 what was passed: which ballot, and since when it holds
 *   BALLOT   1, u64 index                a ballot, with the charter's bytes at its end
 *            2, u32 party                what one node of a party has proposed, where two must
 *            3, u32 party, u64 index     ballots of a party that are open
 *   VOTE     u64 ballot, name            what the party votes, and what waits for its second node
 *
 * A struct charter is some 100 KiB: allocate it. Readers and writers as in daemon/state.h.
 */
#ifndef ACCORD_DAEMON_COUNCIL_H
#define ACCORD_DAEMON_COUNCIL_H

#include "core/charter.h"
#include "daemon/state.h"

struct hub;

/*
 * council_charter() - the charter in force at a cut of the log
 * @cut: the last entry that counts; UINT64_MAX: the log as it is
 *
 * Returns: 0; -ENOENT when none is; -EILSEQ; -errno.
 */
int council_charter(struct store_txn *txn, uint64_t cut, struct charter *ret);

/* ---- charters that were passed */

struct charter_state {
        uint32_t version;
        uint64_t ballot;
        uint64_t since;                 /* entry by which it took effect; 0: not yet */
};

int state_charter(struct store_txn *txn, uint32_t version, struct charter_state *ret);
int state_charter_put(struct store_txn *txn, const struct charter_state *charter);
/* The one in force at @cut. */
int state_charter_at(struct store_txn *txn, uint64_t cut, struct charter_state *ret);

/* ---- ballots */

struct ballot_state {
        uint64_t index;                 /* entry with the proposal */
        instant time;
        struct name by;
        uint32_t party_no, node_no;
        uint32_t version;
        struct sha256 sha256;           /* of the charter's bytes */
        instant closes;
        date effective;
        uint64_t result;                /* entry that says it; 0: it is open */
        struct bytes says, charter;     /* in the map: valid until the next row is written */
};

int state_ballot(struct store_txn *txn, uint64_t index, struct ballot_state *ret);
int state_ballot_put(struct store_txn *txn, const struct ballot_state *ballot);
/* The last ballot whose index is below @before. */
int state_ballot_before(struct store_txn *txn, uint64_t before, struct ballot_state *ret);
/* What one node of the party has proposed and no second one yet. */
int state_proposed(struct store_txn *txn, uint32_t party_no, struct ballot_state *ret);
int state_proposed_put(struct store_txn *txn, const struct ballot_state *ballot);
int state_proposed_del(struct store_txn *txn, uint32_t party_no);
/* How many ballots of the party are open; counts no further than BALLOTS_OPEN_MAX. */
int state_ballots_open(struct store_txn *txn, uint32_t party_no, unsigned int *ret);

/* The charter of a ballot, which was read before: -EILSEQ when it no longer can be. */
int ballot_charter(const struct ballot_state *ballot, struct charter *ret);

/* ---- votes */

struct vote_state {
        struct name party;
        enum choice choice;             /* 0: none that counts */
        uint64_t index;                 /* entry by which it counts */
        enum choice asked;              /* by one node, where two must; 0: nothing waits */
        uint32_t asked_by;              /* that node */
};

int state_vote(struct store_txn *txn, uint64_t ballot, const struct name *party,
               struct vote_state *ret);
int state_vote_put(struct store_txn *txn, uint64_t ballot, const struct vote_state *vote);
/* The first vote of the ballot by a party whose name is above @after. */
int state_vote_next(struct store_txn *txn, uint64_t ballot, const struct name *after,
                    struct vote_state *ret);

/* ---- whom it is told */

/* The same signal to every party that is present and has not left. */
int tell_members(struct hub *hub, const struct signal *said);

#endif
