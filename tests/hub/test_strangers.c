/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is not one's own is answered as what does not exist: in the same words, of the same size,
 * bit by bit. Only the number of the question differs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct scene scene;
static struct contract_id missing;

static void set_up(void)
{
        struct event event = fact_event(FACT_HEAD_COUNT, 5, "");

        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        voice_said(&scene.stage, &scene.payer, &scene.contract, &event, 1, NULL);
        scene_order_run(&scene, RUN_INTERIM);
        while (stage_work(&scene.stage))
                ;
        missing = scene.contract;
        memcpy(missing.label.text, "not-there", 10);
}

static void tear_down(void)
{
        scene_tear_down(&scene);
}

static void answer_bytes(uint64_t session, struct bytes *ret)
{
        struct effect effect;
        int count = 0;

        for (size_t i = 0; hub_effect(scene.stage.hub, i, &effect); i++)
                if (effect.kind == EFFECT_REPLY && effect.session == session) {
                        *ret = effect.bytes;
                        count++;
                }
        ck_assert_int_eq(count, 1);
}

static const struct query queries[] = {
        { .id = 7, .kind = QUERY_TERMS },
        { .id = 7, .kind = QUERY_TERMS, .version = 2 },
        { .id = 7, .kind = QUERY_FACTS, .history = true },
        { .id = 7, .kind = QUERY_STATEMENTS },
        { .id = 7, .kind = QUERY_PREVIEW, .payment = 20000 },
};

START_TEST(questions_about_what_is_not_theirs)
{
        struct query query = queries[_i];
        struct bytes stranger, owner;

        stage_begin(&scene.stage);
        query.period = scene.terms->periods[0];
        query.contract = scene.contract;
        stage_ask(&scene.stage, &scene.stranger.player, &query, 1);
        query.contract = missing;
        stage_ask(&scene.stage, &scene.stranger.player, &query, 2);
        stage_ask(&scene.stage, &scene.payer.player, &query, 3);
        stage_commit(&scene.stage);
        answer_bytes(1, &stranger);
        answer_bytes(3, &owner);
        ck_assert(bytes_equal(stranger, owner));
        answer_bytes(2, &owner);
        ck_assert(bytes_equal(stranger, owner));
}
END_TEST

START_TEST(a_statement_of_others)
{
        struct query query = { .id = 7, .kind = QUERY_STATEMENT };
        static uint8_t first[1024];
        struct bytes stranger, nothing = { first, 0 };
        uint64_t entries = stage_entries(&scene.stage);

        for (query.run = 0; query.run < entries + 3; query.run++) {
                stage_begin(&scene.stage);
                stage_ask(&scene.stage, &scene.stranger.player, &query, 1);
                stage_commit(&scene.stage);
                answer_bytes(1, &stranger);
                if (query.run > 0)
                        ck_assert(bytes_equal(stranger, nothing));
                ck_assert_uint_le(stranger.size, sizeof(first));
                memcpy(first, stranger.data, stranger.size);
                nothing.size = stranger.size;
        }
}
END_TEST

/* What one is told, kept past the next answer. */
struct told {
        uint32_t code, event;
        char field[80], says[WIRE_SAYS_MAX + 1];
};

/* Refusals differ in number, digest and place in the log, and in nothing that is said. */
static void submission_refused(struct voice *voice, const struct contract_id *contract,
                               const struct event *event, struct told *ret)
{
        struct bytes bytes = voice_say(&scene.stage, voice, contract, event, 1);
        const struct wire_fault *fault;
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &voice->player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_REFUSAL);
        ck_assert(frame.refusal.logged);
        ck_assert_uint_eq(frame.refusal.fault_count, 1);
        fault = &frame.refusal.faults[0];
        ret->code = fault->code;
        ret->event = fault->event;
        snprintf(ret->field, sizeof(ret->field), "%.*s", (int)fault->field.size,
                 (const char *)fault->field.data);
        snprintf(ret->says, sizeof(ret->says), "%.*s", (int)fault->says.size,
                 (const char *)fault->says.data);
}

static struct event events[8];

static int make_events(void)
{
        int count = 0;

        events[count++] = fact_event(FACT_HEAD_COUNT, -5, "");
        events[count++] =
                (struct event) { .kind = EVENT_ACCEPTANCE, .acceptance = { .version = 1 } };
        events[count++] =
                (struct event) { .kind = EVENT_TERMINATION, .termination = { .effective = 5 } };
        events[count++] = (struct event) {
                .kind = EVENT_RUN_REQUEST, .run_request = { .kind = RUN_FINAL },
        };
        return count;
}

START_TEST(submissions_about_what_is_not_theirs)
{
        struct told stranger, owner, nobody;

        ck_assert_int_lt(_i, make_events());
        submission_refused(&scene.stranger, &scene.contract, &events[_i], &stranger);
        submission_refused(&scene.stranger, &missing, &events[_i], &nobody);
        submission_refused(&scene.payer, &missing, &events[_i], &owner);
        ck_assert_uint_eq(stranger.code, REFUSAL_NO_SUCH_THING);
        ck_assert_uint_eq(nobody.code, stranger.code);
        ck_assert_uint_eq(owner.code, stranger.code);
        ck_assert_uint_eq(owner.event, stranger.event);
        ck_assert_str_eq(stranger.says, owner.says);
        ck_assert_str_eq(stranger.field, owner.field);
        ck_assert_str_eq(stranger.says, nobody.says);
        ck_assert_str_eq(stranger.field, nobody.field);
}
END_TEST

/* Nothing that happens between two is told to a third. */
START_TEST(a_stranger_hears_nothing)
{
        struct event event = fact_event(FACT_EXPENDITURE, 5, "");
        struct signal_frame frame;
        struct record record;
        struct effect effect;
        size_t at = 0;

        voice_said(&scene.stage, &scene.payer, &scene.contract, &event, 1, NULL);
        scene_order_run(&scene, RUN_INTERIM);
        ck_assert(!stage_heard(&scene.stage, &scene.stranger.player, &at, &frame, &record));
        for (size_t i = 0; hub_effect(scene.stage.hub, i, &effect); i++)
                ck_assert_msg(!memmem(effect.bytes.data, effect.bytes.size, "contract", 8),
                              "a private signal is not sealed");
        at = 0;
        ck_assert(stage_heard(&scene.stage, &scene.payer.player, &at, &frame, &record));
        ck_assert_int_eq(record.signal.kind, SIGNAL_RUN_ORDERED);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("strangers");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_loop_test(tests, questions_about_what_is_not_theirs, 0, COUNT_OF(queries));
        tcase_add_test(tests, a_statement_of_others);
        tcase_add_loop_test(tests, submissions_about_what_is_not_theirs, 0, make_events());
        tcase_add_test(tests, a_stranger_hears_nothing);
        return run_case(tests, "strangers");
}
