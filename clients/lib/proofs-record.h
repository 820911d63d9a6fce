/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a proof store: what is in them, and their octets. Inside the library only. */
#ifndef ACCORD_CLIENTS_LIB_PROOFS_RECORD_H
#define ACCORD_CLIENTS_LIB_PROOFS_RECORD_H

#include <stdbool.h>

#include "clients/lib/proofs.h"
#include "clients/lib/recfile.h"
#include "core/check.h"
#include "proof/merkle.h"

#define PROOFS_FORMAT 1u

/*
 * Numbers are the file's format; no outbox has a record of them. The first record behind a sync has
 * PROOF_AFTER_SYNC beside its number: what lies before it was on the disk, so where it cannot be
 * read it is no torn end.
 */
enum proof_record {
        PROOF_HEAD = 32,
        PROOF_SEEN = 33,
        PROOF_RECEIPT = 34,
        PROOF_PATH = 35,
        PROOF_RING = 36,
        PROOF_CONTRADICTION = 37,
};
#define PROOF_AFTER_SYNC 0x10000u

struct proof_head {
        struct hub_id hub;
        uint8_t signing_key[32];        /* the hub's first */
        struct node_path node;
};

/* Hashes as they lie in a record: nothing needs to be aligned for them. */
static_assert(sizeof(struct digest) == DIGEST_SIZE, "hashes are octets");
static_assert(sizeof(struct sha256) == DIGEST_SIZE, "hashes are octets");

/* Each appends one record of @type, flags and all. Returns: 0; -errno. */
int put_proof_head(struct recfile *file, uint32_t flags, const struct proof_head *head);
int put_proof_seen(struct recfile *file, uint32_t flags, const struct accord_seen *seen,
                   uint64_t *ret_at);
int put_proof_receipt(struct recfile *file, uint32_t flags,
                      const struct accord_kept_receipt *receipt);
int put_proof_path(struct recfile *file, uint32_t flags, const struct accord_kept_path *path);
int put_proof_ring(struct recfile *file, uint32_t flags, const struct record_entry *entry);
int put_proof_contradiction(struct recfile *file, uint32_t flags,
                            const struct accord_contradiction *contradiction);

/* False when the content is not of that shape. Spans and lists point into it. */
bool get_proof_head(struct bytes content, struct proof_head *ret);
bool get_proof_seen(struct bytes content, struct accord_seen *ret);
bool get_proof_receipt(struct bytes content, struct accord_kept_receipt *ret);
bool get_proof_path(struct bytes content, struct accord_kept_path *ret);
bool get_proof_ring(struct bytes content, struct record_entry *ret);
bool get_proof_contradiction(struct bytes content, struct accord_contradiction *ret);

#endif
