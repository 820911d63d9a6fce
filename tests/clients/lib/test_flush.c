/* SPDX-License-Identifier: Apache-2.0 */
/* The session against a scripted hub: one mishap at a time. */
#include <string.h>
#include <unistd.h>

#include "clients/lib/outbox-inside.h"
#include "core/own.h"
#include "tests/clients/lib/fake_hub.h"
#include "tests/clients/lib/run.h"

static struct stage stage;
static struct fake_hub *hub;
static struct accord_outbox *outbox;
static struct accord_session *session;
static struct accord_error error;
static enum mishap script[64];

static enum mishap play(void *with, uint64_t n)
{
        (void)with;
        return n < 64 ? script[n] : HAP_NOTHING;
}

static void begin(void)
{
        stage_begin(&stage);
        memset(script, 0, sizeof(script));
        hub = fake_hub_start(&stage, play, NULL);
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
}

static void end(void)
{
        accord_session_close(session);
        accord_outbox_close(outbox);
        fake_hub_free(hub);
        stage_end(&stage);
}

/* Exactly the numbers from @first on, @count of them, each once, in this order. */
static void check_taken(uint64_t first, uint64_t count)
{
        struct fake_taken taken;

        fake_hub_stop(hub);
        taken = fake_hub_taken(hub);
        ck_assert_uint_eq(taken.count, count);
        for (uint64_t i = 0; i < count; i++)
                ck_assert_uint_eq(taken.numbers[i], first + i);
        ck_assert_uint_eq(taken.equivocations, 0);
}

START_TEST(a_hello_tells_who_is_there)
{
        struct accord_hub seen;

        ck_call(accord_hello(session, 30000, &seen, &error), 0, error);
        ck_assert_str_eq(seen.name, "fake");
        ck_assert_uint_eq(seen.welcome.window, 16);
        ck_assert_int_gt(seen.round_trip, 0);
        ck_assert_int_lt(seen.clock_skew, 0);           /* the fake hub lives in 1970 */
}
END_TEST

START_TEST(what_was_sealed_is_received)
{
        struct accord_progress report;

        for (uint64_t i = 0; i < 40; i++)
                stage_seal(outbox, 1 + i * 10, 10);
        ck_call(accord_flush(session, outbox, 30000, NULL, &report, &error), 0, error);
        ck_assert_uint_eq(report.received, 40);
        ck_assert_uint_eq(report.events_received, 400);
        ck_assert_uint_eq(report.waiting, 0);
        ck_assert_uint_eq(report.resent, 0);
        check_taken(1, 400);
}
END_TEST

/* Every mishap of the way, to the first, to one in the middle, and to two in a row. */
static const struct {
        const char *says;
        enum mishap mishap;
} ways[] = {
        { "lost", HAP_LOST }, { "answer lost", HAP_UNANSWERED }, { "answered twice", HAP_TWICE },
        { "answered late", HAP_LATE }, { "busy", HAP_BUSY }, { "gap", HAP_GAP },
        { "connection cut", HAP_CUT },
};

START_TEST(whatever_happens_on_the_way_each_is_taken_once)
{
        for (int at = 0; at < 2; at++)
                script[at * 5] = script[at * 5 + 1] = ways[_i].mishap;
        for (uint64_t i = 0; i < 10; i++)
                stage_seal(outbox, 1 + i, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        check_taken(1, 10);
}
END_TEST

START_TEST(nobody_there_is_unreachable_and_nothing_sent)
{
        struct accord_progress report;

        accord_session_close(session);
        stage.profile.intake = "tcp://127.0.0.1:1";
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        stage_seal(outbox, 1, 1);
        ck_call(accord_flush(session, outbox, 300, NULL, &report, &error), ACCORD_UNREACHABLE,
                error);
        ck_assert_uint_eq(report.waiting, 1);
        ck_call(accord_hello(session, 100, NULL, &error), ACCORD_UNREACHABLE, error);
}
END_TEST

START_TEST(sent_and_not_answered_is_in_doubt_and_later_received)
{
        for (int i = 0; i < 8; i++)
                script[i] = i < 2 ? HAP_UNANSWERED : HAP_NOTHING;
        stage_seal(outbox, 1, 1);
        ck_call(accord_flush(session, outbox, 500, NULL, NULL, &error), ACCORD_IN_DOUBT, error);

        /* Another process, later. */
        accord_session_close(session);
        accord_outbox_close(outbox);
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        check_taken(1, 1);
        ck_assert_uint_eq(fake_hub_taken(hub).same_again, 2);
}
END_TEST

START_TEST(a_stranger_is_told_so)
{
        fake_hub_knows_nobody(hub, true);
        ck_call(accord_hello(session, 30000, NULL, &error), ACCORD_NOT_PERMITTED, error);

        /* Admitted since: the same session gets in. */
        fake_hub_knows_nobody(hub, false);
        for (int i = 0; i < 50; i++)
                if (accord_hello(session, 30000, NULL, &error) != ACCORD_NOT_PERMITTED)
                        break;
                else
                        usleep(50000);
        ck_call(accord_hello(session, 30000, NULL, &error), 0, error);
}
END_TEST

START_TEST(another_hub_is_not_believed)
{
        accord_session_close(session);
        memcpy(stage.profile.hub_signing_key, stage.node.public.signing, 32);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        ck_call(accord_hello(session, 30000, NULL, &error), ACCORD_INTEGRITY, error);

        accord_session_close(session);
        memcpy(stage.profile.hub_transport_key, stage.node.public.transport, 32);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        ck_call(accord_hello(session, 700, NULL, &error), ACCORD_UNREACHABLE, error);
        ck_assert_ptr_nonnull(strstr(error.text, "handshake"));
}
END_TEST

/* ---- refusals */

struct watched {
        uint64_t received, refused, bad_tags[16];
        size_t bad;
};

static void note(void *with, const struct accord_item *item)
{
        struct watched *watched = with;

        watched->received += item->state == ACCORD_ITEM_RECEIVED;
        watched->refused += item->state == ACCORD_ITEM_REFUSED;
        for (uint32_t i = 0; i < item->fault_count; i++)
                watched->bad_tags[watched->bad++] = item->tags[item->faults[i].event];
}

static void add(uint64_t number, bool bad)
{
        struct event event = stage_fact(number, bad);

        ck_call(accord_outbox_add(outbox, &stage_about, &event, 1, &number, &error), 0, error);
}

START_TEST(bad_events_go_back_and_the_rest_goes_through)
{
        struct watched watched = { 0 };
        struct accord_watch watch = { .answered = note, .with = &watched };
        struct accord_outbox_stat stat;
        struct accord_progress report;

        for (uint64_t number = 1; number <= 10; number++)
                add(number, false);
        add(100, true);
        add(101, true);
        for (uint64_t number = 11; number <= 20; number++)
                add(number, false);
        ck_call(accord_flush(session, outbox, 30000, &watch, &report, &error), ACCORD_PARTIAL,
                error);
        ck_assert_uint_eq(watched.refused, 1);
        ck_assert_uint_eq(watched.received, 1);
        ck_assert_uint_eq(watched.bad, 2);
        ck_assert_uint_eq(watched.bad_tags[0], 100);
        ck_assert_uint_eq(watched.bad_tags[1], 101);
        ck_assert_uint_eq(report.events_received, 20);
        ck_assert_uint_eq(report.events_refused, 2);
        accord_outbox_stat(outbox, &stat);
        ck_assert_uint_eq(stat.next_sequence, 3);
        check_taken(1, 20);
}
END_TEST

START_TEST(all_bad_is_refused_by_its_first_fault)
{
        add(1, true);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), ACCORD_REFUSED, error);
        ck_assert_uint_eq(error.refusal, REFUSAL_BAD_VALUE);
        ck_assert_ptr_nonnull(strstr(error.text, "it is bad"));
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        check_taken(1, 0);
}
END_TEST

struct listing {
        uint64_t refused, received, repacked_as;
        struct event bad;
};

static int list(void *with, const struct accord_item *item)
{
        struct listing *listing = with;
        const struct event *events;
        uint32_t count;

        listing->received += item->state == ACCORD_ITEM_RECEIVED;
        if (item->state != ACCORD_ITEM_REFUSED)
                return 0;
        listing->refused++;
        listing->repacked_as = item->repacked_as;
        ck_assert_uint_eq(item->fault_count, 1);
        ck_call(accord_item_events(outbox, item, &events, &count, &error), 0, error);
        listing->bad = events[item->faults[0].event];
        ck_assert(item->faults[0].code == REFUSAL_BAD_VALUE);
        return 0;
}

START_TEST(a_refusal_is_there_to_be_read_later)
{
        struct listing listing = { 0 };

        add(1, false);
        add(100, true);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), ACCORD_PARTIAL, error);
        accord_outbox_close(outbox);
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        ck_call(accord_outbox_visit(outbox, list, &listing, &error), 0, error);
        ck_assert_uint_eq(listing.refused, 1);
        ck_assert_uint_eq(listing.received, 1);
        ck_assert_uint_eq(listing.repacked_as, 2);
        ck_assert_int_eq(listing.bad.fact.value.num, 100);
}
END_TEST

/* ---- what does not prove */

START_TEST(a_receipt_for_other_bytes_is_an_integrity_failure)
{
        script[0] = HAP_WRONG_LEAF;
        stage_seal(outbox, 1, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), ACCORD_INTEGRITY, error);
        ck_assert_uint_eq(queue_tail(&outbox->queue) - queue_head(&outbox->queue), 1);
}
END_TEST

START_TEST(a_refusal_that_the_hub_did_not_sign_is_one_too)
{
        script[0] = HAP_WRONG_SIGNATURE;
        add(1, true);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), ACCORD_INTEGRITY, error);
        ck_assert_uint_eq(queue_tail(&outbox->queue) - queue_head(&outbox->queue), 1);
}
END_TEST

START_TEST(a_hub_that_lost_entries_is_found_out)
{
        stage_seal(outbox, 1, 1);
        stage_seal(outbox, 2, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        fake_hub_shorten(hub);
        usleep(50000);
        accord_session_close(session);
        ck_call(accord_session_open(&session, &stage.profile, &error), 0, error);
        stage_seal(outbox, 3, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), ACCORD_INTEGRITY, error);
}
END_TEST

/* ---- an outbox put back from a backup */

START_TEST(a_restored_outbox_says_the_new_under_a_new_stream)
{
        struct accord_outbox_stat before, after;
        size_t size;
        void *data;

        stage_seal(outbox, 1, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        accord_outbox_stat(outbox, &before);
        data = stage_read(stage.outbox, &size);
        stage_seal(outbox, 2, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        accord_outbox_close(outbox);

        /* Into the very file, so that only the hub can know. */
        stage_write(stage.outbox, data, size);
        free(data);
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        accord_outbox_stat(outbox, &after);
        ck_assert(!after.moved);
        stage_seal(outbox, 3, 1);
        stage_seal(outbox, 4, 1);

        /* Number 2 of the old stream is taken: 3 must not be sent under it. */
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        accord_outbox_stat(outbox, &after);
        ck_assert(after.moved);
        ck_assert_mem_ne(&before.stream, &after.stream, 16);
        ck_assert_uint_eq(after.next_sequence, 3);
        check_taken(1, 4);
}
END_TEST

/* ---- event loops, queries, memory */

START_TEST(a_program_with_a_loop_gets_through_by_steps)
{
        uint64_t waiting = 1;

        for (uint64_t i = 1; i <= 100; i++)
                add(i, false);
        for (int i = 0; i < 2000 && waiting; i++) {
                ck_call(accord_step(session, outbox, NULL, &waiting, &error), 0, error);
                usleep(1000);
        }
        ck_assert_uint_eq(waiting, 0);
        check_taken(1, 100);
}
END_TEST

START_TEST(a_question_gets_its_answer)
{
        struct contract_id contract = stage_about.contract;
        const struct terms_row *terms;
        struct tip tip;

        ck_call(accord_query_tip(session, &tip, &error), 0, error);
        ck_assert_uint_eq(tip.size, 1);
        ck_call(accord_query_terms(session, &contract, 0, &terms, &error), ACCORD_NO_SUCH_THING,
                error);
}
END_TEST

START_TEST(memory_is_given_back_as_answers_come)
{
        struct accord_outbox_stat stat;

        accord_outbox_close(outbox);
        stage.profile.directory = NULL;
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        for (uint64_t round = 0; round < 60; round++) {
                stage_seal(outbox, 1 + round * 4096, 4096);
                ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        }
        accord_outbox_stat(outbox, &stat);
        ck_assert_uint_eq(stat.received, 60);
        ck_assert_uint_gt(outbox->visit_from, RECFILE_FIRST);
        check_taken(1, 60 * 4096);
}
END_TEST

START_TEST(a_large_file_is_written_anew_and_says_the_same)
{
        struct accord_outbox_stat before, after;
        struct listing listing = { 0 };

        add(1, false);
        add(100, true);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), ACCORD_PARTIAL, error);
        for (uint64_t i = 2; i < 30; i++)
                stage_seal(outbox, i, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        accord_outbox_stat(outbox, &before);
        outbox->compact_above = 1000;
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        accord_outbox_stat(outbox, &after);
        ck_assert_uint_lt(after.bytes, before.bytes);

        for (int round = 0; round < 2; round++) {
                ck_assert_uint_eq(after.received, before.received);
                ck_assert_uint_eq(after.refused, before.refused);
                ck_assert_uint_eq(after.next_sequence, before.next_sequence);
                ck_assert_mem_eq(&after.stream, &before.stream, 16);
                ck_assert(!after.moved);
                listing = (struct listing) { 0 };
                ck_call(accord_outbox_visit(outbox, list, &listing, &error), 0, error);
                ck_assert_uint_eq(listing.received, 29);
                ck_assert_uint_eq(listing.refused, 1);
                ck_assert_int_eq(listing.bad.fact.value.num, 100);
                accord_outbox_close(outbox);
                ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
                accord_outbox_stat(outbox, &after);
        }
        stage_seal(outbox, 30, 1);
        ck_call(accord_flush(session, outbox, 30000, NULL, NULL, &error), 0, error);
        check_taken(1, 30);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("flush");
        TCase *tests = tcase_create("flush");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, a_hello_tells_who_is_there);
        tcase_add_test(tests, what_was_sealed_is_received);
        tcase_add_loop_test(tests, whatever_happens_on_the_way_each_is_taken_once, 0,
                            sizeof(ways) / sizeof(ways[0]));
        tcase_add_test(tests, nobody_there_is_unreachable_and_nothing_sent);
        tcase_add_test(tests, sent_and_not_answered_is_in_doubt_and_later_received);
        tcase_add_test(tests, a_stranger_is_told_so);
        tcase_add_test(tests, another_hub_is_not_believed);
        tcase_add_test(tests, bad_events_go_back_and_the_rest_goes_through);
        tcase_add_test(tests, all_bad_is_refused_by_its_first_fault);
        tcase_add_test(tests, a_refusal_is_there_to_be_read_later);
        tcase_add_test(tests, a_receipt_for_other_bytes_is_an_integrity_failure);
        tcase_add_test(tests, a_refusal_that_the_hub_did_not_sign_is_one_too);
        tcase_add_test(tests, a_hub_that_lost_entries_is_found_out);
        tcase_add_test(tests, a_restored_outbox_says_the_new_under_a_new_stream);
        tcase_add_test(tests, a_program_with_a_loop_gets_through_by_steps);
        tcase_add_test(tests, a_question_gets_its_answer);
        tcase_add_test(tests, memory_is_given_back_as_answers_come);
        tcase_add_test(tests, a_large_file_is_written_anew_and_says_the_same);
        tcase_set_timeout(tests, 60);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
