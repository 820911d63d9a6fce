/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every message cut at every octet, and with every octet changed: whatever comes is refused or
 * read, and what is read means to protobuf-c what it means to us. ACCORD_SEED repeats a run.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/own.h"
#include "tests/draw.h"
#include "tests/proto/dump.h"
#include "tests/proto/run.h"
#include "tests/proto/samples.h"
#include "tests/rounds.h"

/* Every octet; under the sanitizers every fifth. */
#define STEP (ROUNDS_OF(6) == 6 ? 1u : 5u)

#define SEED UINT64_C(20260101)

static uint64_t state;

static uint32_t noise(uint32_t below)
{
        return xorshift_star_below(&state, below);
}

static uint64_t seed(void)
{
        const char *text = getenv("ACCORD_SEED");

        return text ? strtoull(text, NULL, 0) | 1 : SEED;
}

struct bench {
        struct arena arena;
        struct sink original, again, third;
        union message *message;
        char *meaning[2];
};

#define MEANING 65536u

static void bench_set_up(struct bench *bench, const struct sample *sample)
{
        ck_assert_int_eq(arena_new(&bench->arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&bench->original, 64, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(sink_new(&bench->again, 64, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(sink_new(&bench->third, 64, WIRE_HUB_FRAME_MAX), 0);
        bench->message = calloc(1, sizeof(*bench->message));
        for (int i = 0; i < 2; i++)
                bench->meaning[i] = malloc(MEANING);
        ck_assert_int_eq(message_write(sample->kind, sample->message, &bench->original), 0);
}

static void bench_clear(struct bench *bench)
{
        arena_free(&bench->arena);
        sink_free(&bench->original);
        sink_free(&bench->again);
        sink_free(&bench->third);
        free(bench->message);
        free(bench->meaning[0]);
        free(bench->meaning[1]);
}

/* Reads it, in memory of exactly its size so that a sanitizer sees one octet too many. */
static int try_to_read(struct bench *bench, const struct sample *sample, struct bytes from,
                       struct fault *ret_fault)
{
        int r;

        arena_reset(&bench->arena);
        *ret_fault = (struct fault) { 0 };
        r = message_read(sample->kind, from, &bench->arena, bench->message, ret_fault);
        ck_assert_msg(r >= 0, "%s: %d", sample->says, r);
        if (r) {
                ck_assert_int_eq((int)ret_fault->code, r);
                ck_assert_ptr_nonnull(ret_fault->field);
                ck_assert_ptr_nonnull(ret_fault->says);
                ck_assert_int_eq((int)bench->arena.used, 0);
        }
        return r;
}

static void must_agree(struct bench *bench, const struct sample *sample, struct bytes from)
{
        const ProtobufCMessageDescriptor *schema = message_schema(sample->kind);
        struct bytes inner = message_inner(sample->kind, bench->message, from);
        struct fault fault;

        ck_assert_msg(dump(schema, inner, DUMP_MEANING, bench->meaning[0], MEANING),
                      "%s: protobuf-c does not take what we take", sample->says);
        sink_reset(&bench->again);
        ck_assert_int_eq(message_write(sample->kind, bench->message, &bench->again), 0);
        ck_assert_int_eq(try_to_read(bench, sample, sink_bytes(&bench->again), &fault), 0);
        inner = message_inner(sample->kind, bench->message, sink_bytes(&bench->again));
        ck_assert(dump(schema, inner, DUMP_MEANING, bench->meaning[1], MEANING));
        ck_assert_msg(strcmp(bench->meaning[0], bench->meaning[1]) == 0, "%s:\n%s\nwas read as\n%s",
                      sample->says, bench->meaning[0], bench->meaning[1]);
        sink_reset(&bench->third);
        ck_assert_int_eq(message_write(sample->kind, bench->message, &bench->third), 0);
        ck_assert(bytes_equal(sink_bytes(&bench->again), sink_bytes(&bench->third)));
}

/* Cut right where the log would cut it: before the blocks. */
static bool is_all_that_is_signed(const struct bench *bench, const struct sample *sample)
{
        const struct submission *whole = sample->message;

        return sample->kind == MESSAGE_SUBMISSION && whole->block_count &&
               !bench->message->submission.block_count;
}

START_TEST(cut_at_every_octet)
{
        const struct sample *sample = sample_at((size_t)_i);
        struct bench bench = { 0 };
        bool is_signed = sample->kind == MESSAGE_RECORD || sample->kind == MESSAGE_SUBMISSION;

        bench_set_up(&bench, sample);
        for (size_t size = 0; size < bench.original.size; size += STEP) {
                uint8_t *cut = malloc(size + 1);
                struct fault fault;
                int r;

                memcpy(cut, bench.original.data, size);
                r = try_to_read(&bench, sample, (struct bytes) { cut, size }, &fault);
                ck_assert_msg(r || !is_signed || is_all_that_is_signed(&bench, sample),
                              "%s: taken without its end", sample->says);
                if (r == 0)
                        must_agree(&bench, sample, (struct bytes) { cut, size });
                free(cut);
        }
        bench_clear(&bench);
}
END_TEST

static void try_changed(struct bench *bench, const struct sample *sample, struct bytes changed)
{
        struct fault fault;

        if (try_to_read(bench, sample, changed, &fault) == 0)
                must_agree(bench, sample, changed);
}

START_TEST(with_every_octet_changed)
{
        const struct sample *sample = sample_at((size_t)_i);
        struct bench bench = { 0 };
        struct bytes changed;
        uint8_t *copy;

        state = seed();
        bench_set_up(&bench, sample);
        copy = malloc(bench.original.size + 1);
        memcpy(copy, bench.original.data, bench.original.size);
        changed = (struct bytes) { copy, bench.original.size };
        for (size_t at = 0; at < changed.size; at += STEP) {
                for (unsigned int bit = 0; bit < 8; bit++) {
                        copy[at] ^= (uint8_t)(1u << bit);
                        try_changed(&bench, sample, changed);
                        copy[at] = bench.original.data[at];
                }
                copy[at] = (uint8_t)noise(256);
                try_changed(&bench, sample, changed);
                copy[at] = bench.original.data[at];
        }
        free(copy);
        bench_clear(&bench);
}
END_TEST

/* Octets from nowhere, and messages read as what they are not. */
START_TEST(taken_for_another)
{
        const struct sample *sample = sample_at((size_t)_i);
        struct bench bench = { 0 };

        bench_set_up(&bench, sample);
        for (int kind = 0; kind < MESSAGE_KIND_COUNT; kind++) {
                struct sample other = { .says = sample->says, .kind = (enum message_kind)kind };

                try_changed(&bench, &other, sink_bytes(&bench.original));
        }
        bench_clear(&bench);
}
END_TEST

START_TEST(octets_from_nowhere)
{
        struct sample sample = { .says = "noise", .kind = (enum message_kind)_i };
        struct bench bench = { 0 };
        uint8_t octets[64];

        state = seed();
        bench_set_up(&bench, sample_at(0));
        for (int round = 0; round < ROUNDS_OF(9000); round++) {
                uint32_t size = noise(sizeof(octets));

                for (uint32_t i = 0; i < size; i++)
                        octets[i] = (uint8_t)(noise(4) ? noise(32) : noise(256));
                try_changed(&bench, &sample, (struct bytes) { octets, size });
        }
        bench_clear(&bench);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("noise");
        int count = (int)sample_count();

        printf("ACCORD_SEED=%" PRIu64 "\n", seed());
        tcase_add_loop_test(tests, cut_at_every_octet, 0, count);
        tcase_add_loop_test(tests, with_every_octet_changed, 0, count);
        tcase_add_loop_test(tests, taken_for_another, 0, count);
        tcase_add_loop_test(tests, octets_from_nowhere, 0, MESSAGE_KIND_COUNT);
        return run_case(tests, "proto-noise");
}
