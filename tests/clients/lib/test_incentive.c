/* SPDX-License-Identifier: Apache-2.0 */
/* Incentive signals asked for and heard: only the party's own, only newer ones, the newest. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "tests/clients/lib/fake_hub.h"
#include "tests/clients/lib/run.h"
#include "tests/core/signalling.h"

static struct stage stage;
static struct fake_hub *hub;
static struct accord_session *session;
static struct accord_signals *signals;
static struct accord_error error;
static struct laid_signal laid;

static struct {
        int calls, answer;
        uint64_t as_of;
        bool digest;
        uint32_t contracts, rows;
} heard;

static int hear_one(void *with, const struct incentive_signal *signal)
{
        ck_assert_ptr_eq(with, &heard);
        heard.calls++;
        heard.as_of = signal->as_of;
        heard.digest = signal->digest;
        heard.contracts = signal->contract_count;
        heard.rows = signal->row_count;
        return heard.answer;
}

static void begin(void)
{
        stage_begin(&stage);
        memset(&heard, 0, sizeof(heard));
        lay_clinic(&laid);
        laid.signal.party = stage.profile.node.party;
        hub = fake_hub_start(&stage, NULL, NULL);
}

static void end(void)
{
        accord_signals_close(give(signals));
        accord_session_close(give(session));
        fake_hub_free(hub);
        stage_end(&stage);
}

/* ---- asked for */

static int ask(struct accord_incentive **ret)
{
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        return accord_query_incentive(session, ret, &error);
}

START_TEST(what_is_asked_for_is_a_copy_of_its_own)
{
        own(accord_incentive) struct accord_incentive *incentive = NULL;
        struct tip tip;

        fake_hub_reward(hub, &laid.signal);
        ck_call(ask(&incentive), 0, error);
        ck_call(accord_query_tip(session, &tip, &error), 0, error);
        accord_session_close(give(session));
        ck_assert_uint_eq(incentive->signal.contract_count, 4);
        ck_assert_uint_eq(incentive->signal.row_count, 5);
        ck_assert_uint_eq(incentive->signal.need_count, 3);
        ck_assert_str_eq(incentive->signal.rows[0].is.key.concept.text, "cbp");
        ck_assert_int_eq(incentive->signal.rows[0].is.point[FORECAST_CENTRAL], 400000);
        ck_assert_str_eq(incentive->signal.contracts[3].contract.bearer.text, "union-plan");
        ck_assert_uint_eq(incentive->signal.needs[2].contract, 3);
}
END_TEST

START_TEST(an_empty_one_is_one)
{
        own(accord_incentive) struct accord_incentive *incentive = NULL;

        lay_signal(&laid);
        laid.signal.party = stage.profile.node.party;
        fake_hub_reward(hub, &laid.signal);
        ck_call(ask(&incentive), 0, error);
        ck_assert_uint_eq(incentive->signal.contract_count, 0);
}
END_TEST

START_TEST(that_there_is_none_is_said)
{
        struct accord_incentive *incentive = NULL;

        ck_call(ask(&incentive), ACCORD_NO_SUCH_THING, error);
        ck_assert_ptr_null(incentive);
}
END_TEST

START_TEST(one_of_another_party_is_a_lie)
{
        struct accord_incentive *incentive = NULL;

        laid.signal.party = name_of("other");
        fake_hub_reward(hub, &laid.signal);
        ck_call(ask(&incentive), ACCORD_INTEGRITY, error);
        ck_assert_ptr_nonnull(strstr(error.text, "is not for acme"));
}
END_TEST

START_TEST(one_that_cannot_be_added_up_is_a_lie)
{
        struct accord_incentive *incentive = NULL;

        laid.rows[4].contract = 4;
        fake_hub_reward(hub, &laid.signal);
        ck_call(ask(&incentive), ACCORD_INTEGRITY, error);
        ck_assert_ptr_nonnull(strstr(error.text, "cannot be added up"));
}
END_TEST

/* ---- heard */

static int next(int ms)
{
        const struct accord_signal *signal;
        int r;

        do {
                r = accord_signals_next(signals, ms, &signal, &error);
        } while (r == ACCORD_UNREACHABLE);
        if (!r)
                ck_assert_ptr_null(signal);
        return r;
}

static void listen(bool wanted)
{
        struct accord_signals_stat stat = { 0 };

        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        ck_call(accord_signals_open(&signals, session, 0, &error), 0, error);
        if (wanted)
                accord_signals_incentives(signals, hear_one, &heard);
        for (int i = 0; i < 100 && !stat.heard_at; i++) {
                fake_hub_heartbeat(hub);
                ck_call(next(20), 0, error);
                accord_signals_stat(signals, &stat);
        }
        ck_assert_msg(stat.heard_at, "no heartbeat was heard");
}

static void send(uint64_t as_of, bool digest)
{
        struct signal_frame frame = { .kind = FRAME_INCENTIVE, .incentive = laid.signal };

        frame.incentive.as_of = as_of;
        frame.incentive.digest = digest;
        fake_hub_send(hub, &frame, false);
}

static uint64_t dropped(void)
{
        struct accord_signals_stat stat;

        accord_signals_stat(signals, &stat);
        return stat.dropped;
}

START_TEST(what_changes_is_heard)
{
        listen(true);
        send(10, false);
        ck_call(next(100), 0, error);
        ck_assert_int_eq(heard.calls, 1);
        ck_assert_uint_eq(heard.as_of, 10);
        ck_assert_uint_eq(heard.contracts, 4);
        ck_assert_uint_eq(heard.rows, 5);
        send(11, true);
        ck_call(next(100), 0, error);
        ck_assert_int_eq(heard.calls, 2);
        ck_assert(heard.digest);
        ck_assert_uint_eq(dropped(), 0);
}
END_TEST

START_TEST(an_older_one_is_not_given)
{
        listen(true);
        send(10, false);
        ck_call(next(100), 0, error);
        send(9, true);
        send(10, true);
        ck_call(next(100), 0, error);
        ck_assert_int_eq(heard.calls, 1);
        ck_assert_uint_eq(dropped(), 0);
}
END_TEST

START_TEST(of_several_the_newest_is_given_and_stays_marked)
{
        listen(true);
        for (uint64_t as_of = 10; as_of < 20; as_of++)
                send(as_of, as_of == 12);
        usleep(200000);
        ck_call(next(100), 0, error);
        ck_assert_int_eq(heard.calls, 1);
        ck_assert_uint_eq(heard.as_of, 19);
        ck_assert(heard.digest);
        send(20, false);
        ck_call(next(100), 0, error);
        ck_assert(!heard.digest);
}
END_TEST

static const struct {
        const char *says;
        bool forged, other, broken;
} lies[] = {
        { "sealed by somebody else", true, false, false },
        { "of another party", false, true, false },
        { "one that cannot be added up", false, false, true },
};

START_TEST(lies_are_dropped_and_counted)
{
        struct signal_frame frame = { .kind = FRAME_INCENTIVE };

        listen(true);
        if (lies[_i].other)
                laid.signal.party = name_of("other");
        if (lies[_i].broken)
                laid.rows[0].is.point[0] = INT64_MAX;
        frame.incentive = laid.signal;
        fake_hub_send(hub, &frame, lies[_i].forged);
        ck_call(next(100), 0, error);
        ck_assert_msg(heard.calls == 0, "%s", lies[_i].says);
        ck_assert_uint_eq(dropped(), 1);
}
END_TEST

START_TEST(what_is_too_long_is_not_taken_and_the_next_is)
{
        listen(true);
        fake_hub_send_long(hub, 1024 * 1024 + 1);
        ck_call(next(200), 0, error);
        ck_assert_int_eq(heard.calls, 0);
        ck_assert_uint_eq(dropped(), 1);
        send(10, false);
        ck_call(next(100), 0, error);
        ck_assert_int_eq(heard.calls, 1);
}
END_TEST

/* As large as a signal can be: every list full, every word at its longest. */
START_TEST(the_longest_there_is_fits)
{
        struct incentive_row row;

        row = laid.rows[0];
        memset(row.is.key.concept.text, 'c', NAME_MAX_LENGTH);
        memset(row.is.key.version.text, 'v', NAME_MAX_LENGTH);
        memset(row.is.key.population.text, 'p', NAME_MAX_LENGTH);
        memset(row.is.excludes.text, 'e', NAME_MAX_LENGTH);
        memset(row.is.item.text, 'i', ITEM_MAX_LENGTH);
        row.is.edge = EDGE_GATE;
        row.is.edge_steps = row.is.edge_worth = row.is.stake = SIGNAL_CENTS_MAX;
        for (int i = 0; i < FORECAST_COUNT; i++)
                row.is.point[i] = -SIGNAL_CENTS_MAX;
        for (uint32_t i = 0; i < SIGNAL_CONTRACTS_MAX; i++) {
                laid.contracts[i] = laid.contracts[0];
                memset(laid.contracts[i].contract.earner.text, 'e', NAME_MAX_LENGTH);
                snprintf(laid.contracts[i].contract.label.text, NAME_MAX_LENGTH + 1,
                         "a-label-of-thirty-one-chars-%03u", i);
                memset(laid.contracts[i].reason.text, 'r', TEXT_MAX_LENGTH);
        }
        for (uint32_t i = 0; i < SIGNAL_ROWS_MAX; i++) {
                laid.rows[i] = row;
                laid.rows[i].contract = i * SIGNAL_CONTRACTS_MAX / SIGNAL_ROWS_MAX;
        }
        for (uint32_t i = 0; i < SIGNAL_NEEDS_MAX; i++)
                laid.needs[i] = (struct capability_need) { 0, i, true, CAPABILITY_HAS };
        laid.signal.contract_count = SIGNAL_CONTRACTS_MAX;
        laid.signal.row_count = SIGNAL_ROWS_MAX;
        laid.signal.need_count = SIGNAL_NEEDS_MAX;
        ck_assert_ptr_null(incentive_signal_fault(&laid.signal));
        listen(true);
        send(10, true);
        ck_call(next(500), 0, error);
        ck_assert_int_eq(heard.calls, 1);
        ck_assert_uint_eq(heard.rows, SIGNAL_ROWS_MAX);
}
END_TEST

START_TEST(who_does_not_want_them_hears_none)
{
        listen(false);
        send(10, true);
        ck_call(next(100), 0, error);
        ck_assert_int_eq(heard.calls, 0);
        ck_assert_uint_eq(dropped(), 0);
}
END_TEST

START_TEST(the_listener_can_end_the_waiting)
{
        listen(true);
        heard.answer = -ECANCELED;
        send(10, true);
        ck_assert_int_eq(next(10000), -ECANCELED);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("incentive");
        TCase *tests = tcase_create("incentive");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, what_is_asked_for_is_a_copy_of_its_own);
        tcase_add_test(tests, an_empty_one_is_one);
        tcase_add_test(tests, that_there_is_none_is_said);
        tcase_add_test(tests, one_of_another_party_is_a_lie);
        tcase_add_test(tests, one_that_cannot_be_added_up_is_a_lie);
        tcase_add_test(tests, what_changes_is_heard);
        tcase_add_test(tests, an_older_one_is_not_given);
        tcase_add_test(tests, of_several_the_newest_is_given_and_stays_marked);
        tcase_add_loop_test(tests, lies_are_dropped_and_counted, 0, 3);
        tcase_add_test(tests, what_is_too_long_is_not_taken_and_the_next_is);
        tcase_add_test(tests, the_longest_there_is_fits);
        tcase_add_test(tests, who_does_not_want_them_hears_none);
        tcase_add_test(tests, the_listener_can_end_the_waiting);
        tcase_set_timeout(tests, 60);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
