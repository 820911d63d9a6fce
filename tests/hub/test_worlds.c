/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a contract between two others exists, and what was said of it, is in no answer to a third
 * party: of two ledgers with as many entries that differ only in it, every answer is the same to
 * the last bit. The keys, streams and times are the same in both, so that nothing has to be masked
 * but the root of the log.
 *
 * How long answers take is compared by a command of its own: tests/hub/stranger_delay.c.
 */
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/worlds.h"
#include "tests/proof/run.h"

#define TOLD_MAX 8192

/* All that came back of one try: the answer, and the signals to its party. */
struct told {
        size_t size;
        uint8_t bytes[TOLD_MAX];
};

struct world {
        uint64_t entries;
        size_t log_bytes;
        struct told told[TRIES_MAX];
};

static struct try tries[TRIES_MAX];
static struct world worlds[2];

static void add(struct told *told, struct bytes bytes)
{
        ck_assert_uint_le(told->size + bytes.size + sizeof(bytes.size), TOLD_MAX);
        memcpy(told->bytes + told->size, &bytes.size, sizeof(bytes.size));
        told->size += sizeof(bytes.size);
        memcpy(told->bytes + told->size, bytes.data, bytes.size);
        told->size += bytes.size;
}

static uint8_t nothing[32 * WIRE_PROOFS_MAX];
static const struct sha256 no_hashes[WIRE_PROOF_MAX];

static void mask_paths(const struct path *paths, uint32_t count)
{
        for (uint32_t i = 0; i < count; i++) {
                struct path *path = (struct path *)&paths[i];

                path->leaf = no_hashes[0];
                path->proof = no_hashes;
        }
}

/* Hashes of signed bytes, which tell nothing of them: leaves, paths, and the checkpoint. */
static void mask_hashes(const struct answer *answer)
{
        struct proof_answer *proof = (struct proof_answer *)answer->proof;

        if (answer->tip)
                ((struct tip *)answer->tip)->checkpoint.data = nothing;
        if (proof) {
                proof->checkpoint.data = nothing;
                mask_paths(proof->include, proof->include_count);
                mask_paths(proof->grow, proof->grow_count);
        }
        for (uint32_t i = 0; i < answer->entry_count; i++)
                ((struct entry_row *)&answer->entries[i])->leaf = no_hashes[0];
        if (answer->leaves)
                ((struct leaves *)answer->leaves)->leaves.data = nothing;
}

/* What leads to the root differs with it; that it is there, and how long it is, must not. */
static void add_reply(struct told *told, struct bytes bytes)
{
        static uint8_t written[TOLD_MAX];
        struct sink sink = sink_on(written, sizeof(written));
        struct hub_frame frame;
        struct fault fault;

        arena_reset(&hub->arena);
        ck_assert_int_eq(wire_read_hub_frame(bytes, &hub->arena, &frame, &fault), 0);
        if (frame.kind == HUB_RECEIPT) {
                ck_assert(frame.receipt.has_proof);
                frame.receipt.proof = no_hashes;
                frame.receipt.checkpoint.data = nothing;
        } else if (frame.kind == HUB_ANSWER) {
                mask_hashes(&frame.answer);
        } else {
                add(told, bytes);
                return;
        }
        ck_assert_int_eq(wire_write_hub_frame(&sink, &frame), 0);
        add(told, sink_bytes(&sink));
}

/* The one thing that must differ, wherever it stands. */
static void mask_root(struct told *told)
{
        struct hub_stat stat;
        uint8_t *at;

        must(hub_read_stat(hub, &stat), "hub_read_stat");
        at = memmem(told->bytes, told->size, stat.root.octets, sizeof(stat.root.octets));
        if (at)
                memset(at, 0, sizeof(stat.root.octets));
}

static void keep(struct told *told)
{
        struct signal_frame frame;
        struct record record;
        struct effect effect;
        size_t at = 0;

        told->size = 0;
        for (size_t i = 0; hub_effect(hub, i, &effect); i++)
                if (effect.kind == EFFECT_REPLY && effect.session == 1)
                        add_reply(told, effect.bytes);
        ck_assert_uint_gt(told->size, sizeof(size_t));
        while (stage_heard(&scene.stage, &scene.stranger.player, &at, &frame, &record))
                add(told, frame.entry.record);
        mask_root(told);
}

static int add_size(void *with, const struct log_row *row)
{
        size_t *sum = with;

        *sum += row->bytes.size;
        return 0;
}

static void play(struct world *world, const char *label, bool shifted, struct marks *marks,
                 size_t *ret_count)
{
        struct marks own;

        world_play(label, shifted, &own);
        if (!shifted)
                *marks = own;
        world->entries = stage_entries(&scene.stage);
        must(hub_visit_log(hub, 0, add_size, &world->log_bytes), "hub_visit_log");
        *ret_count = tries_make("contract", marks, tries);
        for (size_t i = 0; i < *ret_count; i++) {
                stage_begin(&scene.stage);
                try_it(&tries[i]);
                stage_commit(&scene.stage);
                keep(&world->told[i]);
        }
        pays_tear_down();
}

static void ck_same(size_t i)
{
        const struct told *a = &worlds[0].told[i], *b = &worlds[1].told[i];
        unsigned int kind = tries[i].is_query ? tries[i].query.kind : tries[i].event.kind;
        size_t at = 0;

        ck_assert_msg(a->size == b->size, "try %zu, %s of kind %u: %zu octets, not %zu", i,
                      tries[i].says, kind, b->size, a->size);
        while (at < a->size && a->bytes[at] == b->bytes[at])
                at++;
        ck_assert_msg(at == a->size, "try %zu, %s of kind %u: octet %zu differs", i,
                      tries[i].says, kind, at);
}

START_TEST(a_contract_of_others_is_in_no_answer)
{
        struct marks marks;
        size_t count, again;

        play(&worlds[0], "contract", false, &marks, &count);
        play(&worlds[1], "contrbct", true, &marks, &again);
        ck_assert_uint_eq(count, again);
        ck_assert_uint_eq(worlds[0].entries, worlds[1].entries);
        ck_assert_uint_eq(worlds[0].log_bytes, worlds[1].log_bytes);
        for (size_t i = 0; i < count; i++)
                ck_same(i);
}
END_TEST

/* The same by a side of it would differ: the tries ask for something. */
START_TEST(to_a_side_of_it_the_answers_differ)
{
        struct marks marks;
        size_t count, differs = 0;

        for (int i = 0; i < 2; i++) {
                struct marks own;
                struct voice stranger;

                world_play(i ? "contrbct" : "contract", i, &own);
                if (!i)
                        marks = own;
                count = tries_make("contract", &marks, tries);
                stranger = scene.stranger;
                scene.stranger = scene.network;
                for (size_t j = 0; j < count; j++) {
                        stage_begin(&scene.stage);
                        if (tries[j].is_query)
                                try_it(&tries[j]);
                        stage_commit(&scene.stage);
                        if (tries[j].is_query)
                                keep(&worlds[i].told[j]);
                }
                scene.stranger = stranger;
                pays_tear_down();
        }
        for (size_t j = 0; j < count; j++)
                differs += tries[j].is_query &&
                           (worlds[0].told[j].size != worlds[1].told[j].size ||
                            memcmp(worlds[0].told[j].bytes, worlds[1].told[j].bytes,
                                   worlds[0].told[j].size) != 0);
        ck_assert_uint_ge(differs, 25);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("worlds");

        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, a_contract_of_others_is_in_no_answer);
        tcase_add_test(tests, to_a_side_of_it_the_answers_differ);
        return run_case(tests, "worlds");
}
