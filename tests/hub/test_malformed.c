/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever comes in: exactly one answer, and nothing is changed by what is not a node's own words.
 * What each malformation is told is looked at in tests/proto; here it meets the whole hub.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct scene scene;
static struct bytes good;               /* a SignedSubmission that would be recorded */
static uint8_t frame[2 * WIRE_SUBMISSION_MAX];
static size_t frame_size;
static struct stage_tables before;

static void good_frame(void)
{
        struct sink sink = sink_on(frame, sizeof(frame));

        must(wire_write_submission_frame(&sink, good), "wire_write_submission_frame");
        frame_size = sink.size;
}

static void no_window(struct hub_options *options)
{
        options->window = 1000000;
}

static void set_up(void)
{
        struct event event = fact_event(FACT_HEAD_COUNT, 12000, "");

        scene_set_up(&scene, no_window);
        scene_of_contract(&scene);
        good = voice_say(&scene.stage, &scene.payer, &scene.contract, &event, 1);
        good_frame();
        stage_tables(&scene.stage, &before);
}

static void tear_down(void)
{
        free((void *)good.data);
        scene_tear_down(&scene);
}

/* Nothing of the batch is in any table, and the good one is taken all the same. */
static void nothing_came_of_it(void)
{
        static const enum table none[] = { TABLE_COUNT };
        struct stage_tables after;
        struct hub_frame answer;
        enum table changed;

        stage_tables(&scene.stage, &after);
        changed = stage_changed(&before, &after, none);
        ck_assert_msg(changed == TABLE_COUNT, "changed table %s", table_name(changed));
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, good, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_int_eq(answer.kind, HUB_RECEIPT);
}

/* Takes the frame; the code it is refused for, when the batch is over. */
static uint64_t session;

static void take(const void *data, size_t size)
{
        stage_take(&scene.stage, &scene.payer.player, (struct bytes) { data, size }, ++session);
}

static enum refusal refused_for(uint64_t of)
{
        struct hub_frame answer;

        stage_answer(&scene.stage, of, &answer);
        ck_assert_int_eq(answer.kind, HUB_REFUSAL);
        ck_assert(!answer.refusal.logged);
        ck_assert_uint_ge(answer.refusal.fault_count, 1);
        ck_assert(!refusal_takes_sequence(answer.refusal.faults[0].code));
        return answer.refusal.faults[0].code;
}

START_TEST(truncated_at_every_byte)
{
        stage_begin(&scene.stage);
        for (size_t size = 0; size < frame_size; size++)
                take(frame, size);
        stage_commit(&scene.stage);
        for (uint64_t i = 1; i <= session; i++)
                ck_assert_int_eq(refused_for(i), REFUSAL_MALFORMED);
        nothing_came_of_it();
}
END_TEST

START_TEST(every_bit_flipped)
{
        stage_begin(&scene.stage);
        for (size_t bit = 0; bit < 8 * frame_size; bit++) {
                frame[bit / 8] ^= (uint8_t)(1u << (bit % 8));
                take(frame, frame_size);
                frame[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        }
        stage_commit(&scene.stage);
        for (uint64_t i = 1; i <= session; i++)
                refused_for(i);
        nothing_came_of_it();
}
END_TEST

/* A body with @more behind it, signed as it is: the signature is good, the body is not. */
static enum refusal refused_body(struct bytes body)
{
        uint8_t memory[8192], whole[8192];
        struct sink sink = sink_on(whole, sizeof(whole));
        struct signature signature;

        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, scene.payer.player.keys.secret.signing,
                        (struct scratch) { memory, sizeof(memory) }, &signature), "sign_spans");
        must(wire_write_signed_submission(&sink, body, BYTES_OF(signature.octets)), "write");
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, sink_bytes(&sink), ++session);
        stage_commit(&scene.stage);
        return refused_for(session);
}

static struct bytes body_of(struct bytes signed_submission)
{
        static uint8_t memory[65536];
        struct arena arena = { memory, sizeof(memory), 0 };
        struct submission submission;
        struct fault fault;

        must(wire_read_submission(signed_submission, &arena, &submission, &fault), "read");
        return submission.body;
}

static const struct {
        const char *says;
        uint8_t more[24];
        size_t size;
        enum refusal code;
} additions[] = {
        { "an unknown field", { 0xf8, 0x01, 0x05 }, 3, REFUSAL_MALFORMED },
        { "the sequence twice", { 0x38, 0x03 }, 2, REFUSAL_MALFORMED },
        { "the format twice", { 0x08, 0x01 }, 2, REFUSAL_MALFORMED },
        { "an over-long number", { 0x40, 0x80, 0x00 }, 3, REFUSAL_MALFORMED },
        { "a number of eleven octets",
          { 0x38, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 },
          12,
          REFUSAL_MALFORMED },
        { "an on_behalf_of with a NUL", { 0x22, 0x03, 'a', 0, 'b' }, 5, REFUSAL_MALFORMED },
        { "one that is no UTF-8",       { 0x22, 0x02, 0xc0, 0x80 }, 4, REFUSAL_MALFORMED },
        { "one that is no name",        { 0x22, 0x02, 'A', 'B' },  4, REFUSAL_MALFORMED },
        { "an event of no kind",        { 0x4a, 0x00 },            2, REFUSAL_MALFORMED },
        { "a length past the end",      { 0x4a, 0x7f },            2, REFUSAL_MALFORMED },
        { "a field of number nought",   { 0x00, 0x00 },            2, REFUSAL_MALFORMED },
        { "the end of a group",         { 0x0c },                  1, REFUSAL_MALFORMED },
};

START_TEST(body_with_something_more)
{
        uint8_t body[4096];
        struct bytes own = body_of(good);

        memcpy(body, own.data, own.size);
        memcpy(body + own.size, additions[_i].more, additions[_i].size);
        ck_assert_msg(refused_body((struct bytes) { body, own.size + additions[_i].size }) ==
                      additions[_i].code, "%s", additions[_i].says);
        nothing_came_of_it();
}
END_TEST

START_TEST(format_of_tomorrow)
{
        uint8_t body[4096];
        struct bytes own = body_of(good);

        memcpy(body, own.data, own.size);
        ck_assert_uint_eq(body[0], 0x08);
        body[1] = 2;
        ck_assert_int_eq(refused_body((struct bytes) { body, own.size }), REFUSAL_WRONG_FORMAT);
        nothing_came_of_it();
}
END_TEST

START_TEST(oversize)
{
        memset(frame + frame_size, 0, sizeof(frame) - frame_size);
        stage_begin(&scene.stage);
        take(frame, WIRE_CLIENT_FRAME_MAX + 1);
        stage_commit(&scene.stage);
        ck_assert_int_eq(refused_for(session), REFUSAL_OVERSIZE);
        nothing_came_of_it();
}
END_TEST

START_TEST(signature_of_another_size)
{
        struct bytes body = body_of(good);

        ck_assert_uint_lt(body.size, 128);
        for (uint8_t size = 0; size < 127; size++) {
                uint8_t whole[512] = { 0x0a, (uint8_t)body.size };
                size_t at = 2 + body.size;

                if (size == 64)
                        continue;
                memcpy(whole + 2, body.data, body.size);
                whole[at++] = 0x12;
                whole[at++] = size;
                stage_begin(&scene.stage);
                stage_take_submission(&scene.stage, &scene.payer.player,
                                      (struct bytes) { whole, at + size }, ++session);
                stage_commit(&scene.stage);
                ck_assert_int_eq(refused_for(session), REFUSAL_MALFORMED);
        }
        nothing_came_of_it();
}
END_TEST

/* A key that nobody was admitted with, and frames to it, learn nothing but that. */
START_TEST(unknown_key)
{
        struct player nobody;

        player_make(&nobody, "payer", "not-admitted");
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &nobody, good, ++session);
        stage_take(&scene.stage, &nobody, (struct bytes) { "noise", 5 }, ++session);
        stage_take(&scene.stage, &nobody, (struct bytes) { "", 0 }, ++session);
        stage_commit(&scene.stage);
        for (uint64_t i = 1; i <= session; i++)
                ck_assert_int_eq(refused_for(i), REFUSAL_UNKNOWN_NODE);
        ck_assert(!hub_knows(scene.stage.hub, nobody.keys.public.transport, NULL));
        ck_assert(hub_knows(scene.stage.hub, scene.payer.player.keys.public.transport, NULL));
        nothing_came_of_it();
}
END_TEST

/* A party's name in the message is worth nothing: the key says who it is. */
START_TEST(published_for_another_party)
{
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.network.player, good, ++session);
        stage_commit(&scene.stage);
        ck_assert_int_eq(refused_for(session), REFUSAL_WRONG_SENDER);
        nothing_came_of_it();
}
END_TEST

START_TEST(noise)
{
        uint32_t seed = 1;

        stage_begin(&scene.stage);
        for (int i = 0; i < 2000; i++) {
                size_t size = (size_t)(i % 200);

                for (size_t j = 0; j < size; j++) {
                        seed = seed * 1664525 + 1013904223;
                        frame[j] = (uint8_t)(seed >> 24);
                }
                take(frame, size);
        }
        stage_commit(&scene.stage);
        for (uint64_t i = 1; i <= session; i++)
                refused_for(i);
        good_frame();
        nothing_came_of_it();
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("malformed");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, truncated_at_every_byte);
        tcase_add_test(tests, every_bit_flipped);
        tcase_add_loop_test(tests, body_with_something_more, 0, COUNT_OF(additions));
        tcase_add_test(tests, format_of_tomorrow);
        tcase_add_test(tests, oversize);
        tcase_add_test(tests, signature_of_another_size);
        tcase_add_test(tests, unknown_key);
        tcase_add_test(tests, published_for_another_party);
        tcase_add_test(tests, noise);
        return run_case(tests, "malformed");
}
