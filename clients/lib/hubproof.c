/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/hubproof.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/fail.h"
#include "clients/lib/hubid.h"
#include "proof/entry.h"
#include "proof/possession.h"
#include "proof/setup.h"
#include "proto/wire.h"

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

const uint8_t *hub_proof_signer(const struct hub_proof *proof, uint64_t index)
{
        return proof->has_ring ? hub_ring_signer(&proof->ring, index) : proof->signing_key;
}

int hub_proof_record(struct hub_proof *proof, uint64_t index, struct bytes signed_record,
                     struct arena *arena, struct record *ret, struct accord_error *error)
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
        r = sign_verify(DOMAIN_HUB, &ret->body, 1, hub_proof_signer(proof, index), &signature,
                        proof->scratch);
        if (r)
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the hub's signature on a record does not verify");
        return 0;
}

/* ---- keys and epochs */

static int take_genesis(struct hub_proof *proof, const struct record *record,
                        struct accord_error *error)
{
        const struct genesis *genesis = &record->genesis;

        if (record->kind != ENTRY_GENESIS || memcmp(genesis->signing_key, proof->signing_key, 32))
                return fail_with(error, ACCORD_INTEGRITY, "the hub's genesis is not of the key "
                                 "that the profile names");
        if (hub_ring_begin(&proof->ring, genesis->origin, genesis->signing_key))
                return fail_with(error, ACCORD_INTEGRITY, "the hub's genesis names an origin that "
                                 "is none");
        proof->has_ring = proof->by_record = true;
        return 0;
}

static int not_next(uint64_t index, struct accord_error *error)
{
        return fail_with(error, ACCORD_INTEGRITY, "what the hub says of its keys and epochs does "
                         "not go on at entry %" PRIu64, index);
}

int hub_proof_ring(struct hub_proof *proof, const struct record_entry *entry, struct arena *arena,
                   bool *ret_epoch, struct accord_error *error)
{
        const struct epoch *epoch;
        struct record record;
        struct digest root;
        int r;

        *ret_epoch = false;
        r = hub_proof_record(proof, entry->index, entry->record, arena, &record, error);
        if (r)
                return r;
        if (!proof->by_record)
                return entry->index ? not_next(entry->index, error) :
                                      take_genesis(proof, &record, error);
        if (record.kind == ENTRY_HUB_KEY)
                return !possesses_hub(&proof->id, &record.hub_key) ||
                       hub_ring_key(&proof->ring, entry->index, record.hub_key.signing_key) ?
                       not_next(entry->index, error) : 0;
        if (record.kind != ENTRY_EPOCH)
                return not_next(entry->index, error);
        epoch = &record.epoch;
        memcpy(root.octets, epoch->end_root.octets, DIGEST_SIZE);
        if (hub_ring_epoch(&proof->ring, entry->index, epoch->number, epoch->origin,
                           epoch->end_size, &root))
                return not_next(entry->index, error);
        *ret_epoch = true;
        return 0;
}

void hub_proof_copy_ring(struct hub_proof *proof, const struct hub_proof *from)
{
        proof->has_ring = from->has_ring;
        proof->by_record = from->by_record;
        if (from->has_ring)
                proof->ring = from->ring;
}

int hub_proof_checkpoint(struct hub_proof *proof, struct bytes note, struct checkpoint *ret,
                         uint32_t *ret_epoch)
{
        const char *end = note.size ? memchr(note.data, '\n', note.size) : NULL;
        int r;

        if (proof->has_ring)
                return hub_ring_open(&proof->ring, note, ret, ret_epoch);
        if (!end || hub_ring_begin(&proof->ring, (struct bytes) {
                            note.data, (size_t)(end - (const char *)note.data) },
                                   proof->signing_key))
                return -EBADMSG;
        r = hub_ring_open(&proof->ring, note, ret, ret_epoch);
        proof->has_ring = r == 0;
        return r;
}

/* ---- receipts */

int hub_proof_leaf(struct hub_proof *proof, const struct receipt *receipt, struct bytes submission,
                   struct accord_error *error)
{
        struct entry_header header = { .kind = ENTRY_SUBMISSION, .index = receipt->index,
                                       .length = (uint32_t)submission.size,
                                       .time = receipt->time };
        struct digest leaf;

        if (receipt->entry_format != 1 || receipt->entry_kind != ENTRY_SUBMISSION)
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the receipt for number %" PRIu64 " is for an entry of kind %u, "
                                 "format %u", receipt->sequence, receipt->entry_kind,
                                 receipt->entry_format);
        entry_leaf(proof->hasher, &header, submission, &leaf);
        if (memcmp(leaf.octets, receipt->leaf.octets, DIGEST_SIZE))
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the receipt for number %" PRIu64 " is not for what was sent: "
                                 "the leaf differs", receipt->sequence);
        return 0;
}
