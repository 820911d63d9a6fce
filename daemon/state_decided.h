/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was proposed and decided about facts that the sides do not agree on, and how long a side has
 * to answer the other. Readers and writers as in daemon/state.h.
 */
#ifndef ACCORD_DAEMON_STATE_DECIDED_H
#define ACCORD_DAEMON_STATE_DECIDED_H

#include "core/match.h"
#include "core/recon.h"
#include "core/view_decide.h"
#include "daemon/state.h"

/* ---- decided facts: (contract, thing, entry by which it is in force) */

struct decided_state {
        /*
         * .decided is set; .index is of the entry by which it is in force, .event its place among
         * the facts decided by that; no side, not relayed, not paid through any day.
         */
        struct fact fact;
        uint32_t contract_no;
        uint64_t ended;                 /* entry by which both had said the same; 0: it holds */
};

int state_decided_put(struct store_txn *txn, const struct decided_state *decided);
/* What was decided last of the thing, at or before @cut. -ENOENT: nothing. */
int state_decided_last(struct store_txn *txn, uint32_t contract_no, const struct fact_key *key,
                       uint64_t cut, struct decided_state *ret);
int state_decided_any(struct store_txn *txn, uint32_t contract_no, bool *ret);
/* In order of thing, of one thing in order of index. */
int state_decided_each(struct store_txn *txn, uint32_t contract_no,
                       int (*visit)(void *with, const struct decided_state *decided), void *with);

/* ---- windows of facts of record: (contract, index, event), while nobody has answered */

struct window_state {
        uint32_t contract_no;
        uint64_t index;                 /* of the fact of record */
        uint32_t event;
        instant until;
        uint64_t by;                    /* the DUE entry by which it was over; 0: it is open */
        enum side of_record;
        enum fact_kind kind;
        struct name segment;
        struct item item;
        struct period period;
};

int state_window(struct store_txn *txn, uint32_t contract_no, uint64_t index, uint32_t event,
                 struct window_state *ret);
int state_window_put(struct store_txn *txn, const struct window_state *window);
/* With its due moment; nothing when there is no such window, or it is over. */
int state_window_drop(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                      uint32_t event);
/* In order of index and event. */
int state_window_each(struct store_txn *txn, uint32_t contract_no,
                      int (*visit)(void *with, const struct window_state *window), void *with);
struct due_state window_due(const struct window_state *window);

/* ---- resolutions and determinations: (contract, index of the entry) */

struct proposal_state {
        uint32_t contract_no;
        uint64_t index;
        enum dispute_what what;         /* resolution or determination */
        uint32_t party_no;              /* whose it is */
        enum side side;                 /* of that; neither: an arbiter */
        enum dispute_state state;       /* open, in force; one that was overtaken stays open */
        struct sha256 sha256;           /* of its decisions */
        uint64_t ended;                 /* entry by which it is in force; 0: it is not */
        uint32_t signed_count;          /* nodes, who said it first */
        struct view_acceptance signed_by[DECISION_SIGNERS_MAX];
};

int state_proposal(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                   struct proposal_state *ret);
int state_proposal_put(struct store_txn *txn, const struct proposal_state *proposal);
/* The contract's first above @after; -ENOENT: no more. */
int state_proposal_next(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                        struct proposal_state *ret);

#endif
