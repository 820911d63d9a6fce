/* SPDX-License-Identifier: Apache-2.0 */
/* Keys that end while a connection is open: by revocation, by rotation, at the next message. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "tests/daemon/hub_process.h"
#include "tests/daemon/node.h"
#include "tests/daemon/run.h"

#define PATIENCE 10000
#define SILENCE 500
#define FRAME_MAX 65536

static struct hub_process hub;
static struct node payer, provider;
static char data[FRAME_MAX];

static void make(void)
{
        hub_process_make(&hub, "");
        hub_process_start(&hub, NULL);
        node_admit(&payer, &hub, "payer/one");
        node_admit(&provider, &hub, "provider/one");
        node_connect(&payer, &hub);
        node_connect(&provider, &hub);
        node_subscribe(&provider, &hub, "party/provider/one/");
}

static void end(void)
{
        node_end(&payer);
        node_end(&provider);
        hub_process_end(&hub);
}

static struct hub_frame hear(struct node *node, enum hub_frame_kind kind)
{
        struct hub_frame frame;

        ck_assert(node_hear(node, PATIENCE, &frame));
        ck_assert_int_eq(frame.kind, kind);
        return frame;
}

static void is_refused(struct node *node, enum refusal code)
{
        struct hub_frame frame = hear(node, HUB_REFUSAL);

        ck_assert_uint_eq(frame.refusal.faults[0].code, code);
}

static void offer(unsigned int number)
{
        node_offer(&payer, &hub, "provider", number);
        hear(&payer, HUB_RECEIPT);
}

/* Subscriptions take a moment: offers, until one is heard of; the rest is heard out. */
static int await_signal(struct node *node, unsigned int *number)
{
        for (int i = 0; i < 100; i++) {
                int size;

                offer(++*number);
                size = node_listen(node, 100, data, sizeof(data));
                if (size > 0)
                        return size;
        }
        ck_abort_msg("no signal came");
        return -1;
}

static void hear_out(struct node *node)
{
        while (node_listen(node, 300, data, sizeof(data)) > 0)
                ;
}

/* Each kind of message of the same connection, which is open and was heard just now. */
static void all_refused(struct node *node, enum refusal code)
{
        node_say_hello(node);
        is_refused(node, code);
        node_ask_tip(node);
        is_refused(node, code);
        node_offer(node, &hub, "payer", 999);
        is_refused(node, code);
}

START_TEST(a_revocation_counts_from_the_next_message_of_an_open_connection)
{
        struct control_request request = { .kind = CONTROL_REVOKE_NODE };
        unsigned int number = 0;

        await_signal(&provider, &number);
        node_ask_tip(&provider);
        hear(&provider, HUB_ANSWER);
        node_offer(&provider, &hub, "payer", 1);
        hear(&provider, HUB_RECEIPT);

        request.revoke_node.node = provider.path;
        strcpy(request.revoke_node.reason.text, "a test");
        ck_assert_uint_eq(hub_process_ask(&hub, &request).code, 0);
        all_refused(&provider, REFUSAL_REVOKED_NODE);
        hear_out(&provider);
        offer(++number);
        ck_assert_int_eq(node_listen(&provider, SILENCE, data, sizeof(data)), -1);
}
END_TEST

START_TEST(a_rotation_counts_from_the_next_message_of_an_open_connection)
{
        struct keys next, old = provider.keys;
        struct node before = provider;
        unsigned int number = 0;
        int size;

        await_signal(&provider, &number);
        hear_out(&provider);
        keys_generate(KEY_KIND_NODE, &next);
        node_rotate(&provider, &hub, &next);
        hear(&provider, HUB_RECEIPT);           /* where the rotation came from */
        all_refused(&provider, REFUSAL_UNKNOWN_NODE);

        /* What still comes over the old subscription opens by the new key alone. */
        provider.keys = next;
        size = await_signal(&provider, &number);
        ck_assert(node_opens(&provider, &hub, data, size));
        before.keys = old;
        ck_assert(!node_opens(&before, &hub, data, size));

        /* The old key comes in no more; the new one does, and gets the old receipts. */
        node_disconnect(&provider);
        provider.keys = old;
        node_connect(&provider, &hub);
        node_say_hello(&provider);
        ck_assert(!node_hear(&provider, 700, &(struct hub_frame) { 0 }));
        node_disconnect(&provider);
        provider.keys = next;
        node_connect(&provider, &hub);
        node_say_hello(&provider);
        hear(&provider, HUB_WELCOME);
}
END_TEST

START_TEST(with_the_same_transport_key_the_old_signature_is_refused)
{
        struct keys next, old = provider.keys;
        struct hub_frame frame;
        uint64_t index;

        keys_generate(KEY_KIND_NODE, &next);
        memcpy(next.public.transport, old.public.transport, 32);
        memcpy(next.secret.transport, old.secret.transport, 32);
        node_rotate(&provider, &hub, &next);
        frame = hear(&provider, HUB_RECEIPT);
        index = frame.receipt.index;
        node_send(&provider, sink_bytes(&provider.frame));      /* the same bytes once more */
        frame = hear(&provider, HUB_RECEIPT);
        ck_assert_uint_eq(frame.receipt.index, index);
        node_ask_tip(&provider);
        hear(&provider, HUB_ANSWER);
        node_offer(&provider, &hub, "payer", 1);
        is_refused(&provider, REFUSAL_BAD_SIGNATURE);
        provider.keys = next;
        provider.sequence--;
        node_offer(&provider, &hub, "payer", 1);
        hear(&provider, HUB_RECEIPT);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd-keys");
        Suite *suite = suite_create("accordd-keys");
        SRunner *runner = srunner_create(suite);
        int failed;

        if (proof_setup())
                return EXIT_FAILURE;
        suite_add_tcase(suite, tests);
        tcase_set_timeout(tests, 60);
        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, a_revocation_counts_from_the_next_message_of_an_open_connection);
        tcase_add_test(tests, a_rotation_counts_from_the_next_message_of_an_open_connection);
        tcase_add_test(tests, with_the_same_transport_key_the_old_signature_is_refused);
        srunner_run_all(runner, CK_NORMAL);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
