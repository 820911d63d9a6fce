/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Believing the hub nothing that does not prove: its records' signatures, by the key that signed at
 * their place in the log, its keys and epochs, its receipts' leaves.
 */
#ifndef ACCORD_CLIENTS_LIB_HUBPROOF_H
#define ACCORD_CLIENTS_LIB_HUBPROOF_H

#include "clients/lib/error.h"
#include "core/message.h"
#include "proof/checkpoint.h"
#include "proof/hash.h"
#include "proof/hubring.h"
#include "proof/sign.h"
#include "proto/arena.h"

/* A value; zeroed is one that was not made yet. */
struct hub_proof {
        struct hasher *hasher;
        struct scratch scratch;         /* for the largest record or submission */
        uint8_t signing_key[32];        /* the first; the hub is named after it */
        struct hub_id id;               /* derived from the key */
        /*
         * What is known of its keys and epochs: nothing (by_record and has_ring false), the origin
         * alone, as a first checkpoint named it, or what the hub's records say.
         */
        bool has_ring, by_record;
        struct hub_ring ring;
};

/* Returns: 0; FAILED. */
int hub_proof_init(struct hub_proof *proof, const uint8_t signing_key[32],
                   struct accord_error *error);
void hub_proof_free(struct hub_proof *proof);

/* The key that signs the record at @index. */
const uint8_t *hub_proof_signer(const struct hub_proof *proof, uint64_t index);

/*
 * Decodes a SignedRecord into @arena and verifies that it is this hub's, by the key of @index.
 * Returns: 0; INTEGRITY.
 */
int hub_proof_record(struct hub_proof *proof, uint64_t index, struct bytes signed_record,
                     struct arena *arena, struct record *ret, struct accord_error *error);

/*
 * A record of the hub's keys and epochs, the next one there is: genesis, hub key or epoch; verified
 * as hub_proof_record(). *ret_epoch: it began one. Returns: 0; INTEGRITY; FAILED.
 */
int hub_proof_ring(struct hub_proof *proof, const struct record_entry *entry, struct arena *arena,
                   bool *ret_epoch, struct accord_error *error);

/* What @from knows of the keys and epochs of the same hub. */
void hub_proof_copy_ring(struct hub_proof *proof, const struct hub_proof *from);

/*
 * A checkpoint of this hub. Where nothing is known of its origin yet the note names it, and whose
 * it is, is settled by the key.
 *
 * Returns: 0; -EBADMSG, -ENOKEY, -EKEYREJECTED as hub_ring_open().
 */
int hub_proof_checkpoint(struct hub_proof *proof, struct bytes note, struct checkpoint *ret,
                         uint32_t *ret_epoch);

/*
 * Is the receipt for these bytes, as they were sent? The leaf is made again from the entry's header
 * and them. Returns: 0; INTEGRITY.
 */
int hub_proof_leaf(struct hub_proof *proof, const struct receipt *receipt, struct bytes submission,
                   struct accord_error *error);

#endif
