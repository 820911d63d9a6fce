/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What witnesses have seen. Readers and writers as in daemon/state.h.
 *
 * Two kinds of rows. Which statements wait, and how that ended, is a fold of the log. The newest
 * cosignature of each witness is not: it is signed by the witness, so it proves itself, comes every
 * few seconds, and what must last of it is said in a WITNESSED entry. An entry for each would make
 * the log grow by being looked at.
 */
#ifndef ACCORD_DAEMON_STATE_WITNESS_H
#define ACCORD_DAEMON_STATE_WITNESS_H

#include "daemon/state.h"

/* ---- statements that wait, or waited: run -> how; those that still do: statement -> run */

struct witnessing_state {
        uint64_t run, statement;        /* indices */
        uint32_t contract_no;
        instant until;                  /* the due moment by which it is final without */
        uint64_t seen[2];               /* WITNESSED entry of bearer's, earner's witness; 0: none */
        uint64_t ended;                 /* entry by which it waits no more; 0: it does */
        enum witnessing as;             /* how it ended; WITNESSING_NONE: it was replaced */
};

/* -ENOENT: it asked for no witnesses. */
int state_witnessing(struct store_txn *txn, uint64_t run, struct witnessing_state *ret);
int state_witnessing_put(struct store_txn *txn, const struct witnessing_state *row);
/* The first that waits, of a statement behind @after; -ENOENT: no more. */
int state_awaited_next(struct store_txn *txn, uint64_t after, struct witnessing_state *ret);

/* ---- the newest cosignature of each witness: by name, which no other node ever has -> note */

#define COSIGNED_NOTE_MAX 1536u         /* a checkpoint with two lines of the hub's, and its own */

struct cosigned_row {
        struct node_path node;
        uint64_t size;                  /* of the tree */
        int64_t seconds;                /* by the witness's clock */
        struct bytes note;              /* lasts as long as the transaction */
};

int state_cosigned(struct store_txn *txn, const struct node_path *node, struct cosigned_row *ret);
int state_cosigned_put(struct store_txn *txn, const struct cosigned_row *row);
/* The first behind @after, which may be empty; -ENOENT: no more. */
int state_cosigned_next(struct store_txn *txn, const struct node_path *after,
                        struct cosigned_row *ret);

#endif
