/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a signature ahead counts only for the same bytes, checked with the same key. */
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct scene scene;
static struct sink frame;
static struct scratch scratch;

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_SUBMISSION_MAX);
        scratch.data = malloc(scratch.size);
        must(sink_new(&frame, 65536, 65536), "sink_new");
}

static void tear_down(void)
{
        sink_free(&frame);
        free(scratch.data);
        scene_tear_down(&scene);
}

/* A fact said by the payer, as a frame. */
static void say(void)
{
        struct event event = fact_event(FACT_HEAD_COUNT, 7, "");
        struct bytes bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, &event, 1);

        sink_reset(&frame);
        must(wire_write_submission_frame(&frame, bytes), "frame");
        free((void *)bytes.data);
}

static struct hub_ahead look(void)
{
        const struct keys *keys = &scene.payer.player.keys;
        struct hub_ahead ahead;
        uint8_t key[32];

        ck_assert(hub_signing_key(scene.stage.hub, keys->public.transport, key));
        ck_assert_int_eq(memcmp(key, keys->public.signing, 32), 0);
        hub_check_ahead(sink_bytes(&frame), key, scratch, &ahead);
        return ahead;
}

/* What the hub answers when it takes the frame, told this. 0: a receipt. */
static uint32_t taken(const struct hub_ahead *ahead)
{
        struct hub_frame answer;

        stage_begin(&scene.stage);
        must(hub_take_ahead(scene.stage.hub, scene.payer.player.keys.public.transport,
                            sink_bytes(&frame), 1, ahead), "hub_take_ahead");
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        if (answer.kind == HUB_RECEIPT)
                return 0;
        ck_assert_int_eq(answer.kind, HUB_REFUSAL);
        return answer.refusal.faults[0].code;
}

static void spoil_signature(void)
{
        struct bytes body, signature;

        ck_assert(wire_find_signature(sink_bytes(&frame), &body, &signature));
        ((uint8_t *)(uintptr_t)signature.data)[5] ^= 1;
}

START_TEST(a_good_signature_is_found_good_and_believed)
{
        struct hub_ahead ahead;

        say();
        ahead = look();
        ck_assert(ahead.checked);
        ck_assert(ahead.good);
        ck_assert_uint_eq(taken(&ahead), 0);
}
END_TEST

START_TEST(a_bad_signature_is_found_bad_and_believed)
{
        struct hub_ahead ahead;

        say();
        spoil_signature();
        ahead = look();
        ck_assert(ahead.checked);
        ck_assert(!ahead.good);
        ck_assert_uint_eq(taken(&ahead), REFUSAL_BAD_SIGNATURE);
}
END_TEST

/* The hub really leaves out its own check, or all this would be for nothing. */
START_TEST(what_was_found_for_these_bytes_and_key_stands)
{
        struct hub_ahead ahead;

        say();
        ahead = look();
        ahead.good = false;
        ck_assert_uint_eq(taken(&ahead), REFUSAL_BAD_SIGNATURE);
}
END_TEST

START_TEST(what_was_found_with_another_key_counts_for_nothing)
{
        struct hub_ahead ahead;

        say();
        spoil_signature();
        ahead = look();
        ahead.good = true;
        ahead.signing_key[0] ^= 1;
        ck_assert_uint_eq(taken(&ahead), REFUSAL_BAD_SIGNATURE);
}
END_TEST

START_TEST(what_was_found_for_other_bytes_counts_for_nothing)
{
        struct hub_ahead ahead;

        say();
        spoil_signature();
        ahead = look();
        ahead.good = true;
        ahead.body.size--;
        ck_assert_uint_eq(taken(&ahead), REFUSAL_BAD_SIGNATURE);
}
END_TEST

START_TEST(a_frame_that_is_no_submission_is_not_checked)
{
        uint8_t key[32] = { 0 };
        struct hub_ahead ahead;

        for (size_t size = 0; size < 40; size++) {
                say();
                hub_check_ahead((struct bytes) { frame.data, size }, key, scratch, &ahead);
                ck_assert(!ahead.checked);
        }
}
END_TEST

START_TEST(a_stranger_has_no_key)
{
        const uint8_t unknown[32] = { 9 };
        uint8_t key[32];

        ck_assert(!hub_signing_key(scene.stage.hub, unknown, key));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("signatures checked ahead");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, a_good_signature_is_found_good_and_believed);
        tcase_add_test(tests, a_bad_signature_is_found_bad_and_believed);
        tcase_add_test(tests, what_was_found_for_these_bytes_and_key_stands);
        tcase_add_test(tests, what_was_found_with_another_key_counts_for_nothing);
        tcase_add_test(tests, what_was_found_for_other_bytes_counts_for_nothing);
        tcase_add_test(tests, a_frame_that_is_no_submission_is_not_checked);
        tcase_add_test(tests, a_stranger_has_no_key);
        return run_case(tests, "ahead");
}
