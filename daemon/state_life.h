/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has become of statements: their lives, disputes, entries of the books, and the periods whose
 * claims still run out. Readers and writers as in daemon/state.h.
 */
#ifndef ACCORD_DAEMON_STATE_LIFE_H
#define ACCORD_DAEMON_STATE_LIFE_H

#include "core/life.h"
#include "daemon/state.h"

#define CUT_LAST UINT64_MAX             /* all that the log holds */

/* ---- lives: (run, entry that made it so) -> life; every statement has one, if it posts or not */

#define LIFE_ACCEPTANCES_MAX 4

struct life_state {
        uint64_t run;                   /* index of the run */
        uint64_t changed;               /* entry that made it so */
        uint32_t contract_no;
        struct statement_life life;     /* life_held(), life_open(): core/life.h */
        uint32_t line_count;            /* of the statement */
        uint32_t dispute_days;          /* by its terms; 0: the window has no end */
        instant answer_until;           /* of the window that runs; 0: none does */
        uint64_t replaced_by;           /* run; 0: none */
        uint32_t accepted_count;        /* nodes that said so, of both sides */
        struct view_acceptance accepted[LIFE_ACCEPTANCES_MAX];
};

/* As it was at @cut: at that entry or before. -ENOENT: it had no statement then. */
int state_life(struct store_txn *txn, uint64_t run, uint64_t cut, struct life_state *ret);
/* As of the entry @life->changed. */
int state_life_put(struct store_txn *txn, const struct life_state *life);

/* ---- disputes of statements: index -> particulars; (contract, index) for lists */

struct dispute_of_run {
        uint64_t index;                 /* of its entry */
        uint32_t event;                 /* place in it */
        instant time;
        uint32_t contract_no, node_no;  /* who said it */
        enum side side;
        uint64_t run;
        int64_t claims;
        uint64_t ended;                 /* entry; 0: it is open */
        uint64_t closed_by;             /* the same, where a decision did; 0: nobody did */
};

int state_dispute(struct store_txn *txn, uint64_t index, struct dispute_of_run *ret);
int state_dispute_put(struct store_txn *txn, const struct dispute_of_run *dispute);
/* The contract's first dispute above @after, open or not; -ENOENT: no more. */
int state_dispute_next(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                       struct dispute_of_run *ret);
/* The same of those that are open now. */
int state_dispute_open(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                       struct dispute_of_run *ret);

/* ---- entries of the books: (contract, index) -> what has become of them */

struct journal_state_row {
        uint32_t contract_no;
        uint64_t index;
        uint64_t run;
        enum purpose purpose;
        int64_t cents;                  /* above 0: the bearer pays; a reversal takes that back */
        enum journal_state state;
        uint64_t changed;               /* entry that posted or voided it; 0: none has */
        uint64_t reverses, reversed;    /* entries; 0: none */
};

int state_journal(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                  struct journal_state_row *ret);
int state_journal_put(struct store_txn *txn, const struct journal_state_row *row);
/* The contract's first entry above @after; -ENOENT: no more. */
int state_journal_next(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                       struct journal_state_row *ret);

/* ---- periods that are not run out: (contract, period of a run) -> until when */

struct runout_state {
        uint32_t contract_no;
        struct period period;           /* as runs are for: core/timeline.h */
        uint32_t version;               /* of the terms that hold */
        instant at;                     /* the due moment at which the row goes */
        uint64_t index;                 /* entry that set it */
};

/* -ENOENT: a final run may be ordered. */
int state_runout(struct store_txn *txn, uint32_t contract_no, struct period period,
                 struct runout_state *ret);
int state_runout_put(struct store_txn *txn, const struct runout_state *runout);
int state_runout_del(struct store_txn *txn, const struct runout_state *runout);
/* The contract's first row of a period that begins after @after; -ENOENT: no more. */
int state_runout_next(struct store_txn *txn, uint32_t contract_no, date after,
                      struct runout_state *ret);

#endif
