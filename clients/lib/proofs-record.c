/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/proofs-record.h"

#include "clients/lib/pen.h"

#define ID 16                   /* octets of a stream's or hub's name */

#define HEAD_SIZE (4 + 4 + ID + 32 + 2 * PEN_NAME)
#define SEEN_SIZE (8 + 4 + 4 + 8 + DIGEST_SIZE)
#define RECEIPT_SIZE (8 + ID + 8 + 8 + 8 + 4 + 4 + DIGEST_SIZE + 4 + 8)
#define PATH_SIZE (4 + 8 + 4 + 8)
#define RING_SIZE (8 + 8)
#define CONTRADICTION_SIZE (8 + 4 + 4 + 4 + 4)

int put_proof_head(struct recfile *file, uint32_t flags, const struct proof_head *head)
{
        uint8_t octets[HEAD_SIZE];
        struct pen pen = { octets };
        struct bytes span = BYTES_OF(octets);

        pen_u32(&pen, PROOFS_FORMAT);
        pen_u32(&pen, 0);
        pen_octets(&pen, head->hub.octets, ID);
        pen_octets(&pen, head->signing_key, 32);
        pen_octets(&pen, head->node.party.text, PEN_NAME);
        pen_octets(&pen, head->node.node.text, PEN_NAME);
        return recfile_append(file, PROOF_HEAD | flags, &span, 1, NULL);
}

bool get_proof_head(struct bytes content, struct proof_head *ret)
{
        struct eye eye = { content.data };

        if (content.size != HEAD_SIZE || eye_u32(&eye) != PROOFS_FORMAT)
                return false;
        (void)eye_u32(&eye);
        eye_octets(&eye, ret->hub.octets, ID);
        eye_octets(&eye, ret->signing_key, 32);
        return eye_name(&eye, &ret->node.party) && eye_name(&eye, &ret->node.node);
}

int put_proof_seen(struct recfile *file, uint32_t flags, const struct accord_seen *seen,
                   uint64_t *ret_at)
{
        uint8_t octets[SEEN_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = { BYTES_OF(octets), seen->note };

        pen_u64(&pen, (uint64_t)seen->at);
        pen_u32(&pen, seen->from);
        pen_u32(&pen, seen->epoch);
        pen_u64(&pen, seen->size);
        pen_octets(&pen, seen->root.octets, DIGEST_SIZE);
        return recfile_append(file, PROOF_SEEN | flags, spans, 2, ret_at);
}

bool get_proof_seen(struct bytes content, struct accord_seen *ret)
{
        struct eye eye = { content.data };

        if (content.size <= SEEN_SIZE)
                return false;
        *ret = (struct accord_seen) { .at = (instant)eye_u64(&eye) };
        ret->from = eye_u32(&eye);
        ret->epoch = eye_u32(&eye);
        ret->size = eye_u64(&eye);
        eye_octets(&eye, ret->root.octets, DIGEST_SIZE);
        ret->note = (struct bytes) { eye.from, content.size - SEEN_SIZE };
        return ret->epoch > 0 && ret->size > 0;
}

int put_proof_receipt(struct recfile *file, uint32_t flags,
                      const struct accord_kept_receipt *kept)
{
        const struct receipt *receipt = &kept->receipt;
        uint8_t octets[RECEIPT_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = {
                BYTES_OF(octets), { receipt->proof, receipt->proof_count * (size_t)DIGEST_SIZE },
        };

        pen_u64(&pen, (uint64_t)kept->at);
        pen_octets(&pen, receipt->stream.octets, ID);
        pen_u64(&pen, receipt->sequence);
        pen_u64(&pen, receipt->index);
        pen_u64(&pen, (uint64_t)receipt->time);
        pen_u32(&pen, receipt->entry_format);
        pen_u32(&pen, receipt->entry_kind);
        pen_octets(&pen, receipt->leaf.octets, DIGEST_SIZE);
        pen_u32(&pen, kept->tree.epoch);
        pen_u64(&pen, kept->tree.size);
        return recfile_append(file, PROOF_RECEIPT | flags, spans, 2, NULL);
}

/* Hashes one behind the other up to the end. */
static bool get_hashes(struct bytes content, size_t from, const void **ret, uint32_t *ret_count)
{
        size_t size = content.size - from;

        if (size % DIGEST_SIZE || size / DIGEST_SIZE > MERKLE_PROOF_MAX)
                return false;
        *ret = (const uint8_t *)content.data + from;
        *ret_count = (uint32_t)(size / DIGEST_SIZE);
        return true;
}

bool get_proof_receipt(struct bytes content, struct accord_kept_receipt *ret)
{
        struct receipt *receipt = &ret->receipt;
        struct eye eye = { content.data };
        const void *path;

        *ret = (struct accord_kept_receipt) { 0 };
        if (content.size < RECEIPT_SIZE ||
            !get_hashes(content, RECEIPT_SIZE, &path, &receipt->proof_count))
                return false;
        ret->at = (instant)eye_u64(&eye);
        eye_octets(&eye, receipt->stream.octets, ID);
        receipt->sequence = eye_u64(&eye);
        receipt->index = eye_u64(&eye);
        receipt->time = (instant)eye_u64(&eye);
        receipt->entry_format = eye_u32(&eye);
        receipt->entry_kind = eye_u32(&eye);
        eye_octets(&eye, receipt->leaf.octets, DIGEST_SIZE);
        ret->tree.epoch = eye_u32(&eye);
        ret->tree.size = eye_u64(&eye);
        receipt->proof = path;
        receipt->has_proof = ret->tree.size > 0;
        receipt->tree_size = ret->tree.size;
        return true;
}

int put_proof_path(struct recfile *file, uint32_t flags, const struct accord_kept_path *path)
{
        uint8_t octets[PATH_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = {
                BYTES_OF(octets), { path->path, path->count * (size_t)DIGEST_SIZE },
        };

        pen_u32(&pen, path->first.epoch);
        pen_u64(&pen, path->first.size);
        pen_u32(&pen, path->second.epoch);
        pen_u64(&pen, path->second.size);
        return recfile_append(file, PROOF_PATH | flags, spans, 2, NULL);
}

bool get_proof_path(struct bytes content, struct accord_kept_path *ret)
{
        struct eye eye = { content.data };
        const void *path;

        if (content.size < PATH_SIZE || !get_hashes(content, PATH_SIZE, &path, &ret->count))
                return false;
        ret->first.epoch = eye_u32(&eye);
        ret->first.size = eye_u64(&eye);
        ret->second.epoch = eye_u32(&eye);
        ret->second.size = eye_u64(&eye);
        ret->path = path;
        return true;
}

int put_proof_ring(struct recfile *file, uint32_t flags, const struct record_entry *entry)
{
        uint8_t octets[RING_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = { BYTES_OF(octets), entry->record };

        pen_u64(&pen, entry->index);
        pen_u64(&pen, (uint64_t)entry->time);
        return recfile_append(file, PROOF_RING | flags, spans, 2, NULL);
}

bool get_proof_ring(struct bytes content, struct record_entry *ret)
{
        struct eye eye = { content.data };

        if (content.size <= RING_SIZE)
                return false;
        ret->index = eye_u64(&eye);
        ret->time = (instant)eye_u64(&eye);
        ret->record = (struct bytes) { eye.from, content.size - RING_SIZE };
        return true;
}

int put_proof_contradiction(struct recfile *file, uint32_t flags,
                            const struct accord_contradiction *said)
{
        uint8_t octets[CONTRADICTION_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = { BYTES_OF(octets), said->says, said->first, said->second,
                                 said->detail };

        pen_u64(&pen, (uint64_t)said->at);
        pen_u32(&pen, said->kind);
        pen_u32(&pen, (uint32_t)said->says.size);
        pen_u32(&pen, (uint32_t)said->first.size);
        pen_u32(&pen, (uint32_t)said->second.size);
        return recfile_append(file, PROOF_CONTRADICTION | flags, spans, 5, NULL);
}

static bool take_span(struct bytes *rest, uint32_t size, struct bytes *ret)
{
        if (size > rest->size)
                return false;
        *ret = (struct bytes) { rest->data, size };
        *rest = (struct bytes) { (const uint8_t *)rest->data + size, rest->size - size };
        return true;
}

bool get_proof_contradiction(struct bytes content, struct accord_contradiction *ret)
{
        struct eye eye = { content.data };
        uint32_t says, first, second;
        struct bytes rest;

        if (content.size < CONTRADICTION_SIZE)
                return false;
        ret->at = (instant)eye_u64(&eye);
        ret->kind = eye_u32(&eye);
        says = eye_u32(&eye);
        first = eye_u32(&eye);
        second = eye_u32(&eye);
        rest = (struct bytes) { eye.from, content.size - CONTRADICTION_SIZE };
        if (!take_span(&rest, says, &ret->says) || !take_span(&rest, first, &ret->first) ||
            !take_span(&rest, second, &ret->second))
                return false;
        ret->detail = rest;
        return true;
}
