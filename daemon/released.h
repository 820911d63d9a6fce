/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may see an entry's bytes. It is decided for an entry as a whole, by what it is about:
 *
 *   genesis, hub keys, epochs, what is said in the council, results of ballots, releases, moments
 *     for them, that a payer opens a contract
 *                                       everybody
 *   a contract: what is said of it, its runs, statements, entries of the books and changes,
 *     erasures, witnesses, reads by staff, moments that pass for it
 *                                       its sides, whom its terms name to decide, who said it
 *   a party's own: what it says of no contract, what was refused to it, contradictions of its
 *     nodes, its signals, admissions, revocations, reads of it, conflicts, delegations that begin
 *     or end
 *                                       that party
 *   a node's admission and new keys, a succession
 *                                       also who has or had a contract in force with its party:
 *                                       what the node signed can be checked then
 *   all else                            nobody
 *
 * What one may not see looks exactly like what nobody may.
 */
#ifndef ACCORD_DAEMON_RELEASED_H
#define ACCORD_DAEMON_RELEASED_H

#include "daemon/query.h"

/* All empty: nobody's. */
struct concern {
        bool everybody;
        struct contract_id contract;    /* empty: about none */
        struct name parties[2];         /* whose own it is, or who said it of a contract */
        bool keys;                      /* of a node of the first party */
};

/*
 * released_concern() - whom an entry is about
 * @arena: for reading it; as it was afterwards
 *
 * What cannot be read, of a newer format say, is nobody's. Returns: 0; -errno.
 */
int released_concern(struct store_txn *txn, const struct log_entry *entry, struct arena *arena,
                     struct concern *ret);

struct released {
        bool is;
        uint32_t looked_at;             /* contracts, to know that: no more than QUERY_ROWS_MAX */
};

/* May the asking party see it? Returns: 0; -errno. */
int released_to(struct asked *asked, const struct log_entry *entry, struct arena *arena,
                struct released *ret);

#endif
