/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A flush against a hub that proves: receipts kept, its tree shown to go on; and against one that
 * does not answer, forks, or lost its end and says so.
 */
#include <string.h>
#include <unistd.h>

#include "clients/lib/outbox-inside.h"
#include "clients/lib/session-inside.h"
#include "tests/clients/lib/fake_hub.h"
#include "tests/clients/lib/history.h"
#include "tests/clients/lib/run.h"

#define PATIENCE 20000

static struct stage stage;
static struct history history;
static struct fake_hub *hub;
static struct accord_outbox *outbox;
static struct accord_session *session;
static struct accord_error error;

static void open_both(void)
{
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
}

static void close_both(void)
{
        accord_session_close(session);
        accord_outbox_close(outbox);
}

static void begin(void)
{
        stage_begin(&stage);
        history_begin(&history, &stage);
        hub = fake_hub_start(&stage, NULL, NULL);
        fake_hub_prove(hub, &history);
        open_both();
}

static void end(void)
{
        close_both();
        fake_hub_free(hub);
        history_end(&history);
        stage_end(&stage);
}

/* Facts @first and on, each in a submission of its own. */
static void state(uint64_t first, uint64_t count)
{
        for (uint64_t i = 0; i < count; i++)
                stage_seal(outbox, first + i, 1);
}

static struct accord_proofs_stat stat_now(void)
{
        struct accord_proofs_stat stat;

        accord_proofs_stat(accord_outbox_proofs(outbox), &stat);
        return stat;
}

static void check_taken(const uint64_t *numbers, uint64_t count)
{
        struct fake_taken taken;

        fake_hub_stop(hub);
        taken = fake_hub_taken(hub);
        ck_assert_uint_eq(taken.count, count);
        for (uint64_t i = 0; i < count; i++)
                ck_assert_uint_eq(taken.numbers[i], numbers[i]);
        ck_assert_uint_eq(taken.equivocations, 0);
}

START_TEST(a_flush_keeps_receipts_and_sees_the_tree_go_on)
{
        struct accord_seen last;

        for (uint64_t round = 0; round < 3; round++) {
                state(1 + 5 * round, 5);
                ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
                ck_assert_uint_eq(stat_now().receipts, 5 * (round + 1));
                ck_assert_uint_eq(stat_now().waiting, 0);
                ck_assert(accord_proofs_last(accord_outbox_proofs(outbox), &last));
                ck_assert_uint_eq(last.size, 1 + 5 * (round + 1));
        }
        ck_call(accord_prove(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
}
END_TEST

START_TEST(what_could_not_be_asked_is_asked_the_next_time)
{
        struct accord_progress report;

        fake_hub_mute(hub, true);
        state(1, 3);
        ck_call(accord_flush(session, outbox, 500, NULL, &report, &error), ACCORD_IN_DOUBT, error);
        ck_assert_uint_eq(report.received, 3);
        ck_assert_uint_eq(report.waiting, 0);
        ck_assert_uint_gt(stat_now().waiting, 0);
        close_both();

        fake_hub_mute(hub, false);
        open_both();
        ck_assert_uint_gt(stat_now().waiting, 0);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, &report, &error), 0, error);
        ck_assert_uint_eq(stat_now().waiting, 0);
        ck_assert_uint_eq(report.resent, 0);
}
END_TEST

START_TEST(a_step_asks_too)
{
        uint64_t waiting = 1;

        state(1, 4);
        for (int i = 0; i < 2000 && (waiting || stat_now().waiting); i++) {
                ck_call(accord_step(session, outbox, NULL, &waiting, &error), 0, error);
                usleep(1000);
        }
        ck_assert_uint_eq(stat_now().receipts, 4);
        ck_assert_uint_eq(stat_now().waiting, 0);
}
END_TEST

START_TEST(a_fork_between_two_flushes_is_noticed)
{
        state(1, 3);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
        fake_hub_fork(hub);
        state(4, 2);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), ACCORD_INTEGRITY,
                error);
        ck_assert_uint_gt(stat_now().contradictions, 0);
        /* And though nothing is to be said. */
        ck_call(accord_prove(session, outbox, PATIENCE, NULL, NULL, &error), ACCORD_INTEGRITY,
                error);
}
END_TEST

START_TEST(a_shorter_tree_is_noticed)
{
        state(1, 4);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
        fake_hub_shorten(hub);
        ck_call(accord_prove(session, outbox, PATIENCE, NULL, NULL, &error), ACCORD_INTEGRITY,
                error);
        /* Its newest checkpoint was asked for, and is kept beside the larger one. */
        ck_assert_uint_eq(stat_now().contradictions, 1);
}
END_TEST

/* ---- a hub that lost its end */

static struct accord_lost said;

static void lost(void *with, const struct accord_lost *of)
{
        (void)with;
        said = *of;
}

static const struct accord_watch watch = { .lost = lost };

START_TEST(what_an_epoch_lost_is_said_again_in_order)
{
        const uint64_t numbers[] = { 1, 2, 3, 4, 5, 6, 7 };
        struct accord_outbox_stat stat;

        said = (struct accord_lost) { 0 };
        state(1, 6);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
        fake_hub_lose(hub, 4);
        /* _i: something waits besides; another process goes on. */
        if (_i & 1)
                state(7, 1);
        if (_i & 2) {
                close_both();
                open_both();
        }
        ck_call(accord_prove(session, outbox, PATIENCE, &watch, NULL, &error), 0, error);
        ck_assert_uint_eq(said.epoch, 2);
        ck_assert_uint_eq(said.first, 4);
        ck_assert_uint_eq(said.until, 7);
        ck_assert_uint_eq(said.void_answers, 3);
        ck_assert_uint_eq(said.again, 3);
        ck_assert_uint_eq(said.gone, 0);
        ck_assert_uint_eq(stat_now().void_receipts, 3);
        ck_assert_uint_eq(stat_now().epoch, 2);
        close_both();
        open_both();
        accord_outbox_stat(outbox, &stat);
        ck_assert_uint_eq(stat.sealed, 0);
        ck_assert_uint_eq(stat.received, 6 + (_i & 1));
        check_taken(numbers, 6 + (_i & 1));
}
END_TEST

START_TEST(what_is_taken_back_waits_though_the_process_ends)
{
        const uint64_t numbers[] = { 1, 2, 3, 4, 5 };
        struct accord_outbox_stat stat;

        state(1, 5);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
        fake_hub_lose(hub, 3);
        session->prove_wanted = true;
        for (int i = 0; i < 20000 && outbox->epoch != 2; i++) {
                ck_call(session_turn(session, outbox, NULL, &error), 0, error);
                usleep(1000);
        }
        close_both();
        open_both();
        accord_outbox_stat(outbox, &stat);
        ck_assert_uint_eq(stat.sealed + stat.received, 5);
        ck_assert_uint_gt(stat.sealed, 0);
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
        check_taken(numbers, 5);
}
END_TEST

START_TEST(what_was_compacted_away_is_told_and_the_rest_goes_on)
{
        const uint64_t numbers[] = { 1, 2, 7, 8 };

        said = (struct accord_lost) { 0 };
        state(1, 6);
        outbox->compact_above = 100;
        ck_call(accord_flush(session, outbox, PATIENCE, NULL, NULL, &error), 0, error);
        outbox->compact_above = COMPACT_ABOVE;
        fake_hub_lose(hub, 3);
        state(7, 2);
        /* _i: what waits was sealed by a process that is no more. */
        if (_i) {
                close_both();
                open_both();
        }
        ck_call(accord_prove(session, outbox, PATIENCE, &watch, NULL, &error), 0, error);
        ck_assert_uint_eq(said.void_answers, 4);
        ck_assert_uint_eq(said.gone, 4);
        ck_assert_uint_eq(said.again, 0);
        check_taken(numbers, 4);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("prove");
        TCase *tests = tcase_create("prove");

        tcase_set_timeout(tests, 60);
        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, a_flush_keeps_receipts_and_sees_the_tree_go_on);
        tcase_add_test(tests, what_could_not_be_asked_is_asked_the_next_time);
        tcase_add_test(tests, a_step_asks_too);
        tcase_add_test(tests, a_fork_between_two_flushes_is_noticed);
        tcase_add_test(tests, a_shorter_tree_is_noticed);
        tcase_add_loop_test(tests, what_an_epoch_lost_is_said_again_in_order, 0, 4);
        tcase_add_test(tests, what_is_taken_back_waits_though_the_process_ends);
        tcase_add_loop_test(tests, what_was_compacted_away_is_told_and_the_rest_goes_on, 0, 2);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
