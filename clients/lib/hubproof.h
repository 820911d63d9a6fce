/* SPDX-License-Identifier: Apache-2.0 */
/* Believing the hub nothing that does not prove: its records' signatures, its receipts' leaves. */
#ifndef ACCORD_CLIENTS_LIB_HUBPROOF_H
#define ACCORD_CLIENTS_LIB_HUBPROOF_H

#include "clients/lib/error.h"
#include "core/message.h"
#include "proof/hash.h"
#include "proof/sign.h"
#include "proto/arena.h"

/* A value; zeroed is one that was not made yet. */
struct hub_proof {
        struct hasher *hasher;
        struct scratch scratch;         /* for the largest record or submission */
        uint8_t signing_key[32];
        struct hub_id id;               /* derived from the key */
};

/* Returns: 0; FAILED. */
int hub_proof_init(struct hub_proof *proof, const uint8_t signing_key[32],
                   struct accord_error *error);
void hub_proof_free(struct hub_proof *proof);

/* Decodes a SignedRecord into @arena and verifies that it is this hub's. Returns: 0; INTEGRITY. */
int hub_proof_record(struct hub_proof *proof, struct bytes signed_record, struct arena *arena,
                     struct record *ret, struct accord_error *error);

/*
 * Is the receipt for these bytes, as they were sent? The leaf is made again from the entry's header
 * and them; where a proof came along, it must lead from the leaf to the root the hub signed.
 *
 * Returns: 0; INTEGRITY.
 */
int hub_proof_receipt(struct hub_proof *proof, const struct receipt *receipt,
                      struct bytes submission, struct accord_error *error);

#endif
