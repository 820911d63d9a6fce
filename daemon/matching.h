/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What core/match.h takes, out of the state: both sides' facts, what was decided, and which windows
 * are over. All as of a cut.
 */
#ifndef ACCORD_DAEMON_MATCHING_H
#define ACCORD_DAEMON_MATCHING_H

#include "daemon/state_decided.h"

/* Of a whole contract. Owns its rows; a value: own(matching) struct matching m = { 0 }; */
struct matching {
        uint64_t cut;
        struct fact *facts;             /* current ones, both sides, in order of key */
        size_t fact_count, fact_room;
        struct fact *decided;           /* those that hold, one of a thing */
        size_t decided_count, decided_room;
        struct window_over *over;
        size_t over_count, over_room;
        struct match *matches;          /* by matching_make(): they point to the rest */
        size_t count;
};

int matching_load(struct store_txn *txn, uint32_t contract_no, uint64_t cut,
                  struct matching *ret);
/* By the rules of @terms, which must outlast @matching. */
int matching_make(const struct terms *terms, struct matching *matching);
struct match_inputs matching_inputs(const struct matching *matching);
void matching_cleanup(struct matching *matching);

/* Of one thing. It points into itself: not to be copied. */
struct thing {
        struct fact said[2];
        struct fact decided;
        struct window_over over;
        struct match match;
        bool is;                        /* a side has said something of it */
};

/* @key: paid_through does not count. */
int matching_thing(struct store_txn *txn, uint32_t contract_no, const struct terms *terms,
                   const struct fact_key *key, uint64_t cut, struct thing *ret);

#endif
