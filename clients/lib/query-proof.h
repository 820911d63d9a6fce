/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking for that by which the hub is checked: a part of clients/lib/query.h. What it answers is
 * handed on as it came: that paths lead to the root, that the checkpoint is the hub's and bytes are
 * those of their leaf, is for hubproof.h.
 */
#ifndef ACCORD_CLIENTS_LIB_QUERY_PROOF_H
#define ACCORD_CLIENTS_LIB_QUERY_PROOF_H

#include "clients/lib/error.h"
#include "core/message.h"

struct accord_session;

struct accord_prove {
        const struct place_at *include; /* indices whose inclusion is asked */
        uint32_t include_count;         /* at most WIRE_PROOFS_MAX */
        const struct place_at *grow;    /* sizes above 0 that the tree is to continue */
        uint32_t grow_count;            /* the same */
        uint64_t size;                  /* of the tree; 0: the newest, with its checkpoint */
};

/* A path for each, in that order. @ret is valid until the session's next call. */
int accord_query_proof(struct accord_session *session, const struct accord_prove *prove,
                       const struct proof_answer **ret, struct accord_error *error);

/*
 * Entries by index, in that order, over as many answers as it takes: with bytes where the party may
 * read them, the leaf in any case, the path and what it leads to. Several answers may be proved
 * against several trees.
 */
typedef int accord_entry_visit(void *with, const struct entry_row *row, const struct path *path,
                               const struct proof_answer *proof);
int accord_query_entries(struct accord_session *session, const struct place_at *entries,
                         uint32_t count, accord_entry_visit *visit, void *with,
                         struct accord_error *error);

/* Leaf hashes of [@from, @until), some at a time. NO_SUCH_THING where there are not so many. */
typedef int accord_leaves_visit(void *with, const struct leaves *leaves);
int accord_query_leaves(struct accord_session *session, uint64_t from, uint64_t until,
                        accord_leaves_visit *visit, void *with, struct accord_error *error);

#endif
