/* SPDX-License-Identifier: Apache-2.0 */
/* What is no payment, and what is said in which words to whom it is none of. */
#include <stdlib.h>
#include <string.h>

#include "tests/hub/pays.h"
#include "tests/proof/run.h"

static uint64_t run, other_run, strangers_run;

/* A run of a contract between the network and somebody else. */
static uint64_t run_of_others(void)
{
        const struct contract_id own = scene.contract;
        const struct voice payer = scene.payer;
        uint64_t index;

        scene.payer = scene.stranger;
        scene.contract.bearer = scene.stranger.player.path.party;
        scene.terms->contract = scene.contract;
        scene_agree(&scene);
        index = scene_order_run(&scene, RUN_FINAL);
        scene.stranger = scene.payer;
        scene.payer = payer;
        scene.contract = scene.terms->contract = own;
        return index;
}

static struct event good(void)
{
        return payment_event(PAYMENT_SENT, "t-9", 100, run);
}

static void no_trace(struct event *e) { e->payment.trace = (struct item) { "" }; }
static void no_direction(struct event *e) { e->payment.direction = 3; }
static void no_day(struct event *e) { e->payment.day = DATE_LAST + 1; }
static void below_zero(struct event *e) { e->payment.cents = -1; }
static void too_much(struct event *e) { e->payment.cents = MONEY_MAX + 1; }
static void nothing_said_before(struct event *e)
{
        e->payment.cents = 0;
        e->payment.part_count = 0;
}
static void no_parts(struct event *e) { e->payment.part_count = 0; }
static void parts_short(struct event *e) { (void)e; parts[0].cents = 99; }
static void part_of_nothing(struct event *e)
{
        parts[0].cents = 100;
        parts[1] = (struct payment_part) { other_run, 0 };
        e->payment.part_count = 2;
}
static void twice_one_run(struct event *e)
{
        parts[0].cents = 60;
        parts[1] = (struct payment_part) { run, 40 };
        e->payment.part_count = 2;
}
static void no_such_run(struct event *e) { (void)e; parts[0].run = run + 1; }
static void not_theirs(struct event *e) { (void)e; parts[0].run = strangers_run; }
static void interim(struct event *e)
{
        (void)e;
        parts[0].run = scene_order_run(&scene, RUN_INTERIM);
}
static void not_current(struct event *e)
{
        e->payment.has_supersedes = true;
        e->payment.supersedes = 3;
}

static const struct {
        void (*spoil)(struct event *event);
        enum refusal code;
        const char *field;
} refusals[] = {
        { no_direction, REFUSAL_MALFORMED, "payment.direction" },
        { no_trace, REFUSAL_BAD_VALUE, "payment.trace" },
        { no_day, REFUSAL_BAD_VALUE, "payment.day" },
        { below_zero, REFUSAL_BAD_VALUE, "payment.cents" },
        { too_much, REFUSAL_BAD_VALUE, "payment.cents" },
        { nothing_said_before, REFUSAL_BAD_VALUE, "payment.cents" },
        { no_parts, REFUSAL_BAD_VALUE, "payment.parts" },
        { parts_short, REFUSAL_BAD_VALUE, "payment.parts" },
        { part_of_nothing, REFUSAL_BAD_VALUE, "payment.parts.cents" },
        { twice_one_run, REFUSAL_BAD_VALUE, "payment.parts.run" },
        { no_such_run, REFUSAL_NO_SUCH_THING, "payment.parts.run" },
        { not_theirs, REFUSAL_NO_SUCH_THING, "payment.parts.run" },
        { interim, REFUSAL_BAD_VALUE, "payment.parts.run" },
        { not_current, REFUSAL_STALE_PREDECESSOR, "payment.supersedes" },
};

static void refused(struct voice *voice, const struct event *events, uint32_t count,
                    struct hub_frame *ret)
{
        struct bytes bytes = voice_say(&scene.stage, voice, &scene.contract, events, count);

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &voice->player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, ret);
        ck_assert_int_eq(ret->kind, HUB_REFUSAL);
}

START_TEST(what_is_no_payment_is_refused)
{
        const struct wire_fault *fault;
        struct stage_tables tables;
        struct hub_frame frame;
        struct event event;

        run = owed_by_run(years[1], 50000);
        other_run = run_of(years[0], 2, RUN_FINAL);
        strangers_run = run_of_others();
        event = good();
        refusals[_i].spoil(&event);
        refused(&scene.payer, &event, 1, &frame);
        fault = &frame.refusal.faults[0];
        ck_assert_msg(fault->field.size == strlen(refusals[_i].field) &&
                      memcmp(fault->field.data, refusals[_i].field, fault->field.size) == 0,
                      "%s: %.*s", refusals[_i].field, (int)fault->field.size,
                      (const char *)fault->field.data);
        ck_assert_uint_eq(fault->code, refusals[_i].code);
        stage_tables(&scene.stage, &tables);
        ck_assert_uint_eq(tables.rows[TABLE_PAYMENT], 0);
}
END_TEST

/* A run between others is, to the word, no run. */
START_TEST(runs_of_others_are_no_runs)
{
        char says[2][WIRE_SAYS_MAX + 1] = { "", "" };
        struct hub_frame frame;

        run = owed_by_run(years[1], 50000);
        strangers_run = run_of_others();
        for (int i = 0; i < 2; i++) {
                struct event event = good();

                parts[0].run = i ? strangers_run : UINT64_C(1) << 40;
                refused(&scene.network, &event, 1, &frame);
                ck_assert_uint_eq(frame.refusal.fault_count, 1);
                memcpy(says[i], frame.refusal.faults[0].says.data,
                       frame.refusal.faults[0].says.size);
        }
        ck_assert_str_eq(says[0], says[1]);
}
END_TEST

START_TEST(versions_are_named_and_keys_stand_once)
{
        struct event events[2];
        struct hub_frame frame;

        run = owed_by_run(years[1], 50000);
        events[0] = events[1] = good();
        refused(&scene.payer, events, 2, &frame);
        ck_assert_uint_eq(frame.refusal.faults[0].code, REFUSAL_TWICE_IN_ONE);
        events[1].payment.direction = PAYMENT_RECEIVED;         /* money may go either way */
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 2, NULL),
                         HUB_RECEIPT);
        refused(&scene.payer, events, 1, &frame);
        ck_assert_uint_eq(frame.refusal.faults[0].code, REFUSAL_NO_PREDECESSOR);
        refused(&scene.stranger, events, 1, &frame);
        ck_assert_uint_eq(frame.refusal.faults[0].code, REFUSAL_NO_SUCH_THING);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("payments refused");

        tcase_add_checked_fixture(tests, pays_set_up, pays_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, what_is_no_payment_is_refused, 0, COUNT_OF(refusals));
        tcase_add_test(tests, runs_of_others_are_no_runs);
        tcase_add_test(tests, versions_are_named_and_keys_stand_once);
        return run_case(tests, "payments refused");
}
