/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/hubproof.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/fail.h"
#include "clients/lib/hubid.h"
#include "clients/lib/octets.h"
#include "proof/checkpoint.h"
#include "proof/merkle.h"
#include "proof/setup.h"
#include "proto/wire.h"

#define ENTRY_HEADER 24

int hub_proof_init(struct hub_proof *proof, const uint8_t signing_key[32],
                   struct accord_error *error)
{
        int r;

        *proof = (struct hub_proof) { 0 };
        r = proof_setup();
        if (!r)
                r = hasher_new(&proof->hasher);
        if (r)
                return fail_errno(error, r, "cannot make ready to verify");

        proof->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_RECORD_MAX);
        proof->scratch.data = malloc(proof->scratch.size);
        if (!proof->scratch.data) {
                hub_proof_free(proof);
                return fail_with(error, ACCORD_FAILED, "out of memory");
        }
        memcpy(proof->signing_key, signing_key, sizeof(proof->signing_key));
        proof->id = hub_id_derive(proof->hasher, signing_key);
        return 0;
}

void hub_proof_free(struct hub_proof *proof)
{
        hasher_free(proof->hasher);
        free(proof->scratch.data);
        *proof = (struct hub_proof) { 0 };
}

int hub_proof_record(struct hub_proof *proof, struct bytes signed_record, struct arena *arena,
                     struct record *ret, struct accord_error *error)
{
        struct signature signature;
        struct fault fault;
        int r;

        r = wire_read_record(signed_record, arena, ret, &fault);
        if (r < 0)
                return fail_errno(error, r, "cannot read a record of the hub");
        if (r > 0)
                return fail_with(error, ACCORD_INTEGRITY, "a record of the hub does not parse: %s",
                                 fault.says);
        if (ret->signature.size != SIGNATURE_SIZE ||
            memcmp(ret->hub.octets, proof->id.octets, sizeof(proof->id.octets)))
                return fail_with(error, ACCORD_INTEGRITY, "a record is not of this hub");

        memcpy(signature.octets, ret->signature.data, SIGNATURE_SIZE);
        r = sign_verify(DOMAIN_HUB, &ret->body, 1, proof->signing_key, &signature,
                        proof->scratch);
        if (r)
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the hub's signature on a record does not verify");
        return 0;
}

/* The head that the log puts before what it keeps: part of the leaf. */
static void entry_header(const struct receipt *receipt, size_t length,
                         uint8_t ret[ENTRY_HEADER])
{
        memset(ret, 0, ENTRY_HEADER);
        ret[0] = (uint8_t)receipt->entry_format;
        ret[1] = (uint8_t)receipt->entry_kind;
        put_u32(ret + 4, (uint32_t)length);
        put_u64(ret + 8, receipt->index);
        put_u64(ret + 16, (uint64_t)receipt->time);
}

/* The checkpoint names its own origin; whose it is, is settled by the hub's key. */
static int open_checkpoint(const struct hub_proof *proof, struct bytes note,
                           struct checkpoint *ret)
{
        const char *end = note.size ? memchr(note.data, '\n', note.size) : NULL;
        struct note_key key;
        int r;

        if (!end)
                return -1;
        r = note_key_make((struct bytes) { note.data, (size_t)(end - (const char *)note.data) },
                          proof->signing_key, &key);
        return r ? r : checkpoint_open(note, &key, ret);
}

static bool included(struct hub_proof *proof, const struct receipt *receipt,
                     const struct digest *leaf)
{
        struct digest path[MERKLE_PROOF_MAX];
        struct checkpoint checkpoint;

        if (receipt->proof_count > MERKLE_PROOF_MAX ||
            open_checkpoint(proof, receipt->checkpoint, &checkpoint) ||
            checkpoint.size != receipt->tree_size)
                return false;
        for (uint32_t i = 0; i < receipt->proof_count; i++)
                memcpy(path[i].octets, receipt->proof[i].octets, DIGEST_SIZE);
        return merkle_includes(proof->hasher, &checkpoint.root, checkpoint.size, leaf,
                               receipt->index, path, receipt->proof_count);
}

int hub_proof_receipt(struct hub_proof *proof, const struct receipt *receipt,
                      struct bytes submission, struct accord_error *error)
{
        uint8_t header[ENTRY_HEADER];
        struct bytes spans[] = { BYTES_OF(header), submission };
        struct digest leaf;

        if (receipt->entry_format != 1 || receipt->entry_kind != ENTRY_SUBMISSION)
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the receipt for number %" PRIu64 " is for an entry of kind %u, "
                                 "format %u", receipt->sequence, receipt->entry_kind,
                                 receipt->entry_format);

        entry_header(receipt, submission.size, header);
        leaf_hash(proof->hasher, spans, 2, &leaf);
        if (memcmp(leaf.octets, receipt->leaf.octets, DIGEST_SIZE))
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the receipt for number %" PRIu64 " is not for what was sent: "
                                 "the leaf differs", receipt->sequence);
        if (receipt->has_proof && !included(proof, receipt, &leaf))
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the receipt for number %" PRIu64 " does not lead to a tree "
                                 "that the hub signed", receipt->sequence);
        return 0;
}
