/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/clients/lib/history.h"

#include <stdio.h>
#include <string.h>

#include "clients/lib/hubid.h"
#include "proof/sign.h"
#include "proto/wire.h"
#include "tests/clients/lib/run.h"

#define RECORD_ROOM 4096

void history_begin(struct history *history, const struct stage *stage)
{
        *history = (struct history) { .stage = stage, .origin = HISTORY_ORIGIN };
        ck_assert_int_eq(hasher_new(&history->hasher), 0);
        history_change(history, 0, 1);
}

void history_end(struct history *history)
{
        hasher_free(history->hasher);
}

void history_change(struct history *history, uint64_t from, uint8_t mark)
{
        for (uint64_t i = from; i < HISTORY_MAX; i++) {
                memset(history->leaves[i].octets, mark, DIGEST_SIZE);
                history->leaves[i].octets[0] = (uint8_t)i;
        }
}

static struct merkle_leaves leaves_of(const struct history *history)
{
        return (struct merkle_leaves) { history->hasher, history->leaves };
}

struct bytes history_note(const struct history *history, uint64_t size, char *ret)
{
        struct merkle_leaves leaves = leaves_of(history);
        struct merkle_nodes nodes = merkle_nodes_of(&leaves);
        struct checkpoint checkpoint = { .size = size };
        struct note_key key;

        ck_assert_int_eq(merkle_range(&nodes, history->hasher, 0, size, &checkpoint.root), 0);
        ck_assert_int_eq(note_key_make((struct bytes) { history->origin, strlen(history->origin) },
                                       history->stage->hub.public.signing, &key), 0);
        return (struct bytes) {
                ret, checkpoint_sign(&checkpoint, &key, history->stage->hub.secret.signing, ret),
        };
}

static void copy_path(struct sha256 *ret, const struct digest *digests, size_t count)
{
        for (size_t i = 0; i < count; i++)
                memcpy(ret[i].octets, digests[i].octets, DIGEST_SIZE);
}

uint32_t history_path(const struct history *history, uint64_t first, uint64_t second,
                      struct sha256 *ret)
{
        struct merkle_leaves leaves = leaves_of(history);
        struct merkle_nodes nodes = merkle_nodes_of(&leaves);
        struct digest digests[MERKLE_PROOF_MAX];
        size_t count;

        ck_assert_int_eq(merkle_consistency(&nodes, history->hasher, first, second, digests,
                                            &count), 0);
        copy_path(ret, digests, count);
        return (uint32_t)count;
}

struct receipt history_receipt(const struct history *history, uint64_t index, uint64_t size,
                               char *note, struct sha256 *path)
{
        struct receipt receipt = { .sequence = index + 1, .index = index,
                                   .time = 1000 + (instant)index, .entry_format = 1,
                                   .entry_kind = ENTRY_SUBMISSION, .has_proof = true,
                                   .tree_size = size, .proof = path };
        struct merkle_leaves leaves = leaves_of(history);
        struct merkle_nodes nodes = merkle_nodes_of(&leaves);
        struct digest digests[MERKLE_PROOF_MAX];
        size_t count;

        ck_assert_int_eq(merkle_inclusion(&nodes, history->hasher, index, size, digests, &count),
                         0);
        copy_path(path, digests, count);
        receipt.proof_count = (uint32_t)count;
        memcpy(receipt.leaf.octets, history->leaves[index].octets, DIGEST_SIZE);
        receipt.checkpoint = history_note(history, size, note);
        return receipt;
}

/* ---- records */

struct bytes history_record(const struct history *history, struct record *record,
                            const uint8_t *secret, uint8_t *ret)
{
        uint8_t body[RECORD_ROOM], room[2 * RECORD_ROOM];
        struct sink to = sink_on(body, sizeof(body)), signed_to = sink_on(ret, RECORD_ROOM);
        struct scratch scratch = { room, sizeof(room) };
        struct signature signature;
        struct bytes span;

        record->format = 1;
        record->hub = hub_id_derive(history->hasher, history->stage->hub.public.signing);
        ck_assert_int_eq(wire_write_record_body(&to, record), 0);
        span = sink_bytes(&to);
        ck_assert_int_eq(sign_spans(DOMAIN_HUB, &span, 1, secret, scratch, &signature), 0);
        ck_assert_int_eq(wire_write_signed_record(&signed_to, span,
                                                  (struct bytes) { signature.octets, 64 }), 0);
        return sink_bytes(&signed_to);
}

struct record_entry history_genesis(const struct history *history, uint8_t *ret)
{
        struct record record = { .kind = ENTRY_GENESIS };

        record.genesis = (struct genesis) { .hub_name = { "test", 4 }, .made_at = 1,
                                            .origin = { HISTORY_ORIGIN, strlen(HISTORY_ORIGIN) } };
        memcpy(record.genesis.signing_key, history->stage->hub.public.signing, 32);
        memcpy(record.genesis.sealing_key, history->stage->hub.public.sealing, 32);
        memcpy(record.genesis.transport_key, history->stage->hub.public.transport, 32);
        return (struct record_entry) {
                0, 1, history_record(history, &record, history->stage->hub.secret.signing, ret),
        };
}

struct record_entry history_epoch(const struct history *history, uint32_t number, uint64_t index,
                                  uint64_t end, uint8_t *ret)
{
        struct merkle_leaves leaves = leaves_of(history);
        struct merkle_nodes nodes = merkle_nodes_of(&leaves);
        struct record record = { .kind = ENTRY_EPOCH };
        static char origin[NOTE_NAME_MAX + 1];
        struct digest root;

        snprintf(origin, sizeof(origin), "%s/%u", HISTORY_ORIGIN, number);
        ck_assert_int_eq(merkle_range(&nodes, history->hasher, 0, end, &root), 0);
        record.epoch = (struct epoch) { .number = number, .origin = { origin, strlen(origin) },
                                        .end_size = end, .reason = { "the disk" } };
        memcpy(record.epoch.end_root.octets, root.octets, DIGEST_SIZE);
        return (struct record_entry) {
                index, 2, history_record(history, &record, history->stage->hub.secret.signing, ret),
        };
}
