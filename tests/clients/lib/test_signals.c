/* SPDX-License-Identifier: Apache-2.0 */
/* Hearing from a scripted hub: each signal once, in order, whatever was lost. */
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "tests/clients/lib/fake_hub.h"
#include "tests/clients/lib/run.h"

static struct stage stage;
static struct fake_hub *hub;
static struct accord_session *session;
static struct accord_signals *signals;
static struct accord_error error;

static void open_all(uint64_t since)
{
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        ck_call(accord_signals_open(&signals, session, since, &error), 0, error);
}

static void close_all(void)
{
        accord_signals_close(give(signals));
        accord_session_close(give(session));
}

static void begin(void)
{
        stage_begin(&stage);
        hub = fake_hub_start(&stage, NULL, NULL);
}

static void end(void)
{
        close_all();
        fake_hub_free(hub);
        stage_end(&stage);
}

static void hear(uint64_t number)
{
        const struct accord_signal *signal;

        ck_call(accord_signals_next(signals, 30000, &signal, &error), 0, error);
        ck_assert_ptr_nonnull(signal);
        ck_assert_uint_eq(signal->signal.number, number);
        ck_assert_uint_eq(signal->index, number);
        ck_assert_str_eq(signal->signal.party.text, "acme");
}

static void hear_nothing(int ms)
{
        const struct accord_signal *signal;
        int r;

        /* On a machine that is busy the first question may take its time. */
        do {
                r = accord_signals_next(signals, ms, &signal, &error);
        } while (r == ACCORD_UNREACHABLE);
        ck_call(r, 0, error);
        ck_assert_ptr_null(signal);
}

/* Until the subscription has arrived: a PUB says nothing to whom it does not know yet. */
static void settle_down(void)
{
        struct accord_signals_stat stat;

        for (int i = 0; i < 100; i++) {
                fake_hub_heartbeat(hub);
                hear_nothing(20);
                accord_signals_stat(signals, &stat);
                if (stat.heard_at)
                        return;
        }
        ck_abort_msg("no heartbeat was heard");
}

START_TEST(what_came_before_is_asked_for)
{
        for (int i = 0; i < 150; i++)
                fake_hub_signal(hub, false);
        usleep(100000);
        open_all(0);
        for (uint64_t number = 1; number <= 150; number++)
                hear(number);
        hear_nothing(50);
}
END_TEST

START_TEST(what_is_sent_is_heard_without_asking)
{
        uint64_t asked;

        open_all(0);
        settle_down();
        asked = fake_hub_asked(hub);
        for (int i = 0; i < 20; i++)
                fake_hub_signal(hub, true);
        for (uint64_t number = 1; number <= 20; number++)
                hear(number);
        ck_assert_uint_eq(fake_hub_asked(hub), asked);
}
END_TEST

START_TEST(a_hole_is_filled)
{
        struct accord_signals_stat stat;

        open_all(0);
        settle_down();
        fake_hub_signal(hub, true);
        hear(1);
        fake_hub_signal(hub, false);
        fake_hub_signal(hub, false);
        fake_hub_signal(hub, true);
        for (uint64_t number = 2; number <= 4; number++)
                hear(number);
        hear_nothing(50);
        accord_signals_stat(signals, &stat);
        ck_assert_uint_eq(stat.gaps, 1);
}
END_TEST

START_TEST(a_heartbeat_tells_of_what_was_never_heard)
{
        open_all(0);
        settle_down();
        fake_hub_signal(hub, false);
        hear_nothing(50);
        fake_hub_heartbeat(hub);
        hear(1);
}
END_TEST

START_TEST(rubbish_is_dropped_and_counted)
{
        struct accord_signals_stat stat;

        open_all(0);
        settle_down();
        fake_hub_rubbish(hub);
        hear_nothing(100);
        fake_hub_signal(hub, true);
        hear(1);
        accord_signals_stat(signals, &stat);
        ck_assert_uint_eq(stat.dropped, 2);
}
END_TEST

START_TEST(only_what_is_done_with_is_kept)
{
        for (int i = 0; i < 5; i++)
                fake_hub_signal(hub, false);
        usleep(50000);
        open_all(ACCORD_SIGNALS_KEPT);
        hear(1);
        hear(2);
        ck_call(accord_signals_done(signals, 2, &error), 0, error);
        hear(3);
        close_all();

        open_all(ACCORD_SIGNALS_KEPT);
        hear(3);
        hear(4);
        close_all();
        open_all(0);
        hear(1);
}
END_TEST

START_TEST(the_state_of_another_is_not_taken_for_ours)
{
        struct accord_profile other;

        open_all(0);
        fake_hub_signal(hub, false);
        hear(1);
        ck_call(accord_signals_done(signals, 1, &error), 0, error);
        close_all();
        other = stage.profile;
        strcpy(other.node.node.text, "cellar");
        ck_call(accord_session_open(&session, &other, &error), 0, error);
        ck_call(accord_signals_open(&signals, session, 0, &error), ACCORD_FAILED, error);
}
END_TEST

static int count(void *with, const struct accord_signal *signal)
{
        uint64_t *seen = with;

        ck_assert_uint_eq(signal->signal.number, ++*seen);
        return 0;
}

START_TEST(signals_can_be_listed_without_listening)
{
        uint64_t seen = 2;

        for (int i = 0; i < 200; i++)
                fake_hub_signal(hub, false);
        usleep(100000);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        ck_call(accord_query_signals(session, 2, count, &seen, &error), 0, error);
        ck_assert_uint_eq(seen, 200);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("signals");
        TCase *tests = tcase_create("signals");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, what_came_before_is_asked_for);
        tcase_add_test(tests, what_is_sent_is_heard_without_asking);
        tcase_add_test(tests, a_hole_is_filled);
        tcase_add_test(tests, a_heartbeat_tells_of_what_was_never_heard);
        tcase_add_test(tests, rubbish_is_dropped_and_counted);
        tcase_add_test(tests, only_what_is_done_with_is_kept);
        tcase_add_test(tests, the_state_of_another_is_not_taken_for_ours);
        tcase_add_test(tests, signals_can_be_listed_without_listening);
        tcase_set_timeout(tests, 60);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
