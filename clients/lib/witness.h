/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A witness: it asks the hub how its log stands, holds that against all it has seen, remembers it,
 * and only then cosigns (proof/cosignature.h). What it remembers is a store of proofs of its own
 * (proofs.h) in the directory it is given, apart from the outbox's; another witness cannot have it
 * open at the same time, so that one memory never signs twice.
 *
 * A hub that does not show that its newest tree continues the last one is caught: both signed notes
 * are kept as a contradiction, and from then on nothing is cosigned, by a later run neither, until
 * somebody says that so many contradictions have been looked at.
 *
 * The first checkpoint that it ever sees begins its memory.
 */
#ifndef ACCORD_CLIENTS_LIB_WITNESS_H
#define ACCORD_CLIENTS_LIB_WITNESS_H

#include "clients/lib/accord.h"

struct accord_witness;

/*
 * accord_witness_open() - take up a memory, or begin one
 * @session: must outlive it
 * @profile: its node and hub; its directory is where the memory is
 * @looked_at: contradictions that do not keep it from going on
 *
 * Returns: 0; CONFLICT when another witness has the memory; INTEGRITY when it is damaged or of
 * another node or hub; FAILED.
 */
int accord_witness_open(struct accord_witness **ret, struct accord_session *session,
                        const struct accord_profile *profile, uint64_t looked_at,
                        struct accord_error *error);
void accord_witness_close(struct accord_witness *witness);      /* NULL is fine */
void accord_witness_cleanup(struct accord_witness **witness);

struct accord_round {
        uint32_t epoch;
        uint64_t size;                  /* of the newest tree */
        uint64_t before;                /* of the last one it had seen; 0: it is its first */
        uint32_t new_epochs;            /* begun since the last look */
        bool cosigned;                  /* it told the hub */
};

/*
 * accord_witness_round() - look, remember, and cosign
 * @again: though the tree is the one that was cosigned last: a sign of life
 *
 * Returns: 0; UNREACHABLE; INTEGRITY: nothing was cosigned; REFUSED, NOT_PERMITTED when the hub
 * does not take the cosignature, which is remembered all the same; FAILED when the memory cannot be
 * written: nothing was cosigned.
 */
int accord_witness_round(struct accord_witness *witness, bool again, struct accord_round *ret,
                         struct accord_error *error);

/*
 * accord_query_witnesses() - the newest cosignatures that the hub has, as far as they concern the
 * node's party; whether they verify is for proof/cosignature.h. Returns: as the calls of query.h.
 */
typedef int accord_witness_visit(void *with, const struct cosignature *row);
int accord_query_witnesses(struct accord_session *session, accord_witness_visit *visit, void *with,
                           struct accord_error *error);

#endif
