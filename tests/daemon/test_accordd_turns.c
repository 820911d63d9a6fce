/* SPDX-License-Identifier: Apache-2.0 */
/* The whole daemon with nodes that speak to it: what is answered, and what a crash leaves. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "daemon/daemon.h"
#include "tests/daemon/hub_process.h"
#include "tests/daemon/node.h"
#include "tests/daemon/run.h"

#define PATIENCE 10000

static struct hub_process hub;
static struct node payer, provider;

static void make(void)
{
        hub_process_make(&hub, "");
        hub_process_start(&hub, NULL);
        node_admit(&payer, &hub, "payer/one");
        node_admit(&provider, &hub, "provider/one");
        node_connect(&payer, &hub);
}

static void end(void)
{
        node_end(&payer);
        node_end(&provider);
        hub_process_end(&hub);
}

/* The next answer, of that kind. */
static struct hub_frame hear(struct node *node, enum hub_frame_kind kind)
{
        struct hub_frame frame;

        ck_assert_msg(node_hear(node, PATIENCE, &frame), "no answer came");
        if (frame.kind == HUB_REFUSAL && kind != HUB_REFUSAL)
                ck_abort_msg("refused: %s: %.*s", refusal_name(frame.refusal.faults[0].code),
                             (int)frame.refusal.faults[0].says.size,
                             (const char *)frame.refusal.faults[0].says.data);
        ck_assert_int_eq(frame.kind, kind);
        return frame;
}

static void restart(const char *failpoint)
{
        ck_assert_int_eq(hub_process_stop(&hub), 0);
        hub_process_start(&hub, failpoint);
        node_disconnect(&payer);
        node_connect(&payer, &hub);
}

START_TEST(who_says_hello_is_told_who_it_is)
{
        struct hub_frame frame;

        node_say_hello(&payer);
        frame = hear(&payer, HUB_WELCOME);
        ck_assert_str_eq(frame.welcome.node.party.text, "payer");
        ck_assert_uint_eq(frame.welcome.next_sequence, 1);
        ck_assert_uint_eq(frame.welcome.log_size, 5);
}
END_TEST

START_TEST(a_submission_gets_a_receipt_and_the_same_bytes_the_same)
{
        struct hub_frame frame;
        uint64_t index;

        node_offer(&payer, &hub, "provider", 1);
        frame = hear(&payer, HUB_RECEIPT);
        index = frame.receipt.index;
        ck_assert_uint_eq(index, 5);
        node_send(&payer, sink_bytes(&payer.frame));
        frame = hear(&payer, HUB_RECEIPT);
        ck_assert_uint_eq(frame.receipt.index, index);
        ck_assert_uint_eq(hub_process_stat(&hub, "receipts"), 2);
        ck_assert_uint_eq(hub_process_stat(&hub, "submissions"), 1);
}
END_TEST

START_TEST(a_refusal_is_answered_counted_and_logged_without_what_was_said)
{
        struct hub_frame frame;

        payer.sequence = 7;
        node_offer(&payer, &hub, "provider", 1);
        frame = hear(&payer, HUB_REFUSAL);
        ck_assert_uint_eq(frame.refusal.faults[0].code, REFUSAL_SEQUENCE_GAP);
        ck_assert_uint_eq(hub_process_stat(&hub, "SEQUENCE_GAP"), 1);
        ck_assert(hub_process_says(&hub, "node=payer/one refusal=SEQUENCE_GAP", 1000));
        ck_assert(!hub_process_says(&hub, "a fee per member and month", 0));
}
END_TEST

START_TEST(a_node_revoked_is_refused_from_the_next_message_on)
{
        struct control_request request = { .kind = CONTROL_REVOKE_NODE };
        struct control_answer answer;
        struct hub_frame frame;

        node_offer(&payer, &hub, "provider", 1);
        hear(&payer, HUB_RECEIPT);
        request.revoke_node.node = payer.path;
        strcpy(request.revoke_node.reason.text, "a test");
        answer = hub_process_ask(&hub, &request);
        ck_assert_uint_eq(answer.code, 0);
        node_offer(&payer, &hub, "provider", 2);
        frame = hear(&payer, HUB_REFUSAL);
        ck_assert_uint_eq(frame.refusal.faults[0].code, REFUSAL_REVOKED_NODE);
        node_disconnect(&payer);
        node_connect(&payer, &hub);
        node_send(&payer, sink_bytes(&payer.frame));
        ck_assert(!node_hear(&payer, 700, &frame));
        ck_assert(hub_process_says(&hub, "a connection was refused by its key", 1000));
}
END_TEST

START_TEST(participants_and_statistics_are_told_over_the_control_socket)
{
        struct control_request request = { .kind = CONTROL_PARTICIPANTS };
        struct control_answer answer = hub_process_ask(&hub, &request);

        ck_assert_uint_eq(answer.party_count, 2);
        ck_assert_uint_eq(answer.node_count, 2);
        ck_assert_str_eq(answer.parties[0].admission.party.text, "payer");
        ck_assert_uint_eq(answer.parties[0].admission.operator_uid, getuid());
        ck_assert_str_eq(answer.nodes[1].admission.node.party.text, "provider");
        request.kind = CONTROL_STAT;
        answer = hub_process_ask(&hub, &request);
        ck_assert_int_eq(memcmp(answer.stat.data, "{\"schema\":\"accord.stat.v1\"", 26), 0);
}
END_TEST

START_TEST(the_uid_is_who_asked_whatever_the_message_says)
{
        struct control_request request = { .kind = CONTROL_ADMIT_PARTY };
        struct control_answer answer;

        request.admit_party = (struct party_admission) {
                .party = { "third" }, .title = { "a party" }, .role_count = 1,
                .roles = { { ROLE_PAYER, 10957, DATE_NONE } }, .present = true,
                .operator_uid = 4711,
        };
        ck_assert_uint_eq(hub_process_ask(&hub, &request).code, 0);
        request.kind = CONTROL_PARTICIPANTS;
        answer = hub_process_ask(&hub, &request);
        ck_assert_uint_eq(answer.party_count, 3);
        ck_assert_uint_eq(answer.parties[2].admission.operator_uid, getuid());
}
END_TEST

START_TEST(a_file_is_taken_over_the_control_socket_with_the_same_answer)
{
        struct control_request request = { .kind = CONTROL_INGEST };
        uint8_t memory[4096];
        struct arena arena = { memory, sizeof(memory), 0 };
        struct control_answer answer;
        struct client_frame frame;
        struct hub_frame reply;
        struct fault fault;

        node_offer(&payer, &hub, "provider", 1);
        hear(&payer, HUB_RECEIPT);
        arena.data = payer.arena.data;
        arena.size = payer.arena.size;
        ck_assert_int_eq(wire_read_client_frame(sink_bytes(&payer.frame), &arena, &frame, &fault),
                         0);
        request.ingest = frame.submission.frame;
        answer = hub_process_ask(&hub, &request);
        ck_assert_uint_eq(answer.code, 0);
        ck_assert_int_eq(wire_read_hub_frame(answer.reply, &provider.arena, &reply, &fault), 0);
        ck_assert_int_eq(reply.kind, HUB_RECEIPT);
        ck_assert_uint_eq(reply.receipt.index, 5);
}
END_TEST

START_TEST(what_is_no_control_request_is_refused)
{
        struct control_request request = { .kind = CONTROL_INGEST, .ingest = { "noise", 5 } };
        struct control_answer answer = hub_process_ask(&hub, &request);

        ck_assert(answer.code == 0 || answer.code == REFUSAL_MALFORMED);
        if (answer.code == 0)
                ck_assert_uint_gt(answer.reply.size, 0);
        request.kind = CONTROL_STAT;
        ck_assert_uint_eq(hub_process_ask(&hub, &request).code, 0);
}
END_TEST

static const struct {
        const char *place;
        int status;
        unsigned long kept;     /* submissions in the log when it is back */
} crashes[] = {
        { "before-commit", 70, 0 },
        { "after-commit", 70, 1 },
        { "guard-before", 70, 1 },
        { "guard-after", 70, 1 },
        { "before-send", 70, 1 },
        { "commit-fails", DAEMON_COMMIT_FAILED, 0 },
        { "guard-fails", DAEMON_COMMIT_FAILED, 1 },
};

START_TEST(after_a_crash_the_same_bytes_get_their_receipt)
{
        struct hub_frame frame;

        ck_assert_int_eq(hub_process_stop(&hub), 0);
        hub_process_start(&hub, crashes[_i].place);
        node_disconnect(&payer);
        node_connect(&payer, &hub);
        node_offer(&payer, &hub, "provider", 1);
        ck_assert_int_eq(hub_process_wait(&hub, PATIENCE), crashes[_i].status);
        ck_assert(!node_hear(&payer, 100, &frame));

        hub_process_start(&hub, NULL);
        ck_assert_uint_eq(hub_process_stat(&hub, "submissions"), crashes[_i].kept);
        node_disconnect(&payer);
        node_connect(&payer, &hub);
        node_send(&payer, sink_bytes(&payer.frame));
        frame = hear(&payer, HUB_RECEIPT);
        ck_assert_uint_eq(frame.receipt.index, 5);
        ck_assert_uint_eq(hub_process_stat(&hub, "submissions"), 1);
}
END_TEST

static void order_run(void)
{
        struct control_request request = { .kind = CONTROL_RUN };
        struct control_answer answer;

        request.run.contract = node_contract("payer", "provider", 1);
        request.run.request = (struct run_request) {
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) }, .kind = RUN_INTERIM,
                .payment = date_of(2025, 6, 30),
        };
        answer = hub_process_ask(&hub, &request);
        ck_assert_msg(answer.code == 0, "%.*s", (int)answer.says.size,
                      (const char *)answer.says.data);
}

static void put_in_force(void)
{
        node_offer(&payer, &hub, "provider", 1);
        hear(&payer, HUB_RECEIPT);
        node_connect(&provider, &hub);
        node_accept(&provider, &hub, "payer", 1);
        hear(&provider, HUB_RECEIPT);
}

START_TEST(a_run_that_was_ordered_gets_its_statement)
{
        put_in_force();
        order_run();
        ck_assert(hub_process_counts(&hub, "statements", 1));
        ck_assert(hub_process_counts(&hub, "runs_pending", 0));
        ck_assert_uint_eq(hub_process_stat(&hub, "computed"), 1);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(a_run_that_a_crash_left_without_a_statement_gets_it_at_the_next_start)
{
        put_in_force();
        restart("before-post");
        order_run();
        ck_assert_int_eq(hub_process_wait(&hub, PATIENCE), 70);
        hub_process_start(&hub, NULL);
        ck_assert(hub_process_counts(&hub, "statements", 1));
        ck_assert_uint_eq(hub_process_stat(&hub, "runs"), 1);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
        hub_process_start(&hub, NULL);
        ck_assert(hub_process_counts(&hub, "statements", 1));
        ck_assert_uint_eq(hub_process_stat(&hub, "computed"), 0);
}
END_TEST

/* They are told apart by their first octet; here they are what the encoder makes. */
START_TEST(each_kind_of_answer_is_counted_as_what_it_is)
{
        const struct query query = { .id = 1, .kind = QUERY_TIP };
        uint8_t octets[64];
        struct sink sink = sink_on(octets, sizeof(octets));

        node_say_hello(&payer);
        hear(&payer, HUB_WELCOME);
        ck_assert_int_eq(wire_write_query(&sink, &query), 0);
        node_send(&payer, sink_bytes(&sink));
        hear(&payer, HUB_ANSWER);
        node_send(&payer, (struct bytes) { "noise", 5 });
        hear(&payer, HUB_REFUSAL);
        ck_assert_uint_eq(hub_process_stat(&hub, "welcomes"), 1);
        ck_assert_uint_eq(hub_process_stat(&hub, "answers"), 1);
        ck_assert_uint_eq(hub_process_stat(&hub, "receipts"), 0);
        ck_assert_uint_eq(hub_process_stat(&hub, "MALFORMED"), 1);
        ck_assert_uint_eq(hub_process_stat(&hub, "busy"), 0);
}
END_TEST

START_TEST(what_comes_during_a_commit_goes_into_the_next_together)
{
        enum { SUBMISSIONS = 60 };
        unsigned long commits;

        restart("slow-commit:200");
        node_say_hello(&payer);
        hear(&payer, HUB_WELCOME);
        for (unsigned int i = 1; i <= SUBMISSIONS; i++)
                node_offer(&payer, &hub, "provider", i);
        for (int i = 0; i < SUBMISSIONS; i++)
                hear(&payer, HUB_RECEIPT);
        commits = hub_process_stat(&hub, "largest_batch");
        ck_assert_uint_ge(commits, SUBMISSIONS / 3);
}
END_TEST

/* Nothing is decided, so nothing is lost: with more room the same submission is taken. */
START_TEST(without_room_everybody_is_told_to_come_again)
{
        struct hub_frame frame;

        hub_process_override(&hub, "[ledger]\nquota = 1M\n");
        restart(NULL);
        node_offer(&payer, &hub, "provider", 1);
        frame = hear(&payer, HUB_BUSY);
        ck_assert(frame.busy.has_stream);
        ck_assert_uint_eq(frame.busy.sequence, 1);
        ck_assert(hub_process_says(&hub, "the ledger has used most of the room it has", 3000));
        hub_process_override(&hub, "");
        restart(NULL);
        node_send(&payer, sink_bytes(&payer.frame));
        hear(&payer, HUB_RECEIPT);
        ck_assert_uint_eq(hub_process_stat(&hub, "submissions"), 1);
}
END_TEST

START_TEST(a_node_that_sends_noise_without_end_holds_up_nobody)
{
        node_connect(&provider, &hub);
        for (unsigned int i = 1; i <= 30; i++) {
                node_offer(&payer, &hub, "provider", i);
                for (int j = 0; j < 1000; j++)
                        if (zmq_send(provider.intake, "a", 1, ZMQ_SNDMORE | ZMQ_DONTWAIT) > 0)
                                zmq_send(provider.intake, "b", 1, ZMQ_DONTWAIT);
                hear(&payer, HUB_RECEIPT);
        }
        ck_assert_uint_gt(hub_process_stat(&hub, "frames_dropped"), 0);
        ck_assert_uint_eq(hub_process_stat(&hub, "safety_timer_finds"), 0);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(a_message_whose_sign_was_lost_is_found_and_counted)
{
        restart("lose-edge:1");
        ck_assert_uint_eq(hub_process_stat(&hub, "safety_timer_finds"), 0);
        node_say_hello(&payer);
        hear(&payer, HUB_WELCOME);
        ck_assert_uint_eq(hub_process_stat(&hub, "safety_timer_finds"), 1);
        ck_assert(hub_process_says(&hub, "found by the safety timer", 2000));
}
END_TEST

START_TEST(in_an_ordinary_run_nothing_is_left_to_the_safety_timer)
{
        for (unsigned int i = 1; i <= 300; i++) {
                node_offer(&payer, &hub, "provider", i);
                if (i % 3 == 0)
                        for (int j = 0; j < 3; j++)
                                hear(&payer, HUB_RECEIPT);
        }
        ck_assert_uint_eq(hub_process_stat(&hub, "safety_timer_finds"), 0);
        ck_assert_uint_eq(hub_process_stat(&hub, "receipts"), 300);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd-turns");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, who_says_hello_is_told_who_it_is);
        tcase_add_test(tests, a_submission_gets_a_receipt_and_the_same_bytes_the_same);
        tcase_add_test(tests, a_refusal_is_answered_counted_and_logged_without_what_was_said);
        tcase_add_test(tests, a_node_revoked_is_refused_from_the_next_message_on);
        tcase_add_test(tests, participants_and_statistics_are_told_over_the_control_socket);
        tcase_add_test(tests, the_uid_is_who_asked_whatever_the_message_says);
        tcase_add_test(tests, a_file_is_taken_over_the_control_socket_with_the_same_answer);
        tcase_add_test(tests, what_is_no_control_request_is_refused);
        tcase_add_loop_test(tests, after_a_crash_the_same_bytes_get_their_receipt, 0,
                            COUNT_OF(crashes));
        tcase_add_test(tests, a_run_that_was_ordered_gets_its_statement);
        tcase_add_test(tests,
                       a_run_that_a_crash_left_without_a_statement_gets_it_at_the_next_start);
        tcase_add_test(tests, each_kind_of_answer_is_counted_as_what_it_is);
        tcase_add_test(tests, what_comes_during_a_commit_goes_into_the_next_together);
        tcase_add_test(tests, without_room_everybody_is_told_to_come_again);
        tcase_add_test(tests, a_node_that_sends_noise_without_end_holds_up_nobody);
        tcase_add_test(tests, a_message_whose_sign_was_lost_is_found_and_counted);
        tcase_add_test(tests, in_an_ordinary_run_nothing_is_left_to_the_safety_timer);
        return run_case(tests, "accordd-turns", 60);
}
