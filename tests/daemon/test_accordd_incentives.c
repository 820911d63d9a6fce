/* SPDX-License-Identifier: Apache-2.0 */
/* What contracts reward, told by the whole daemon: to whom it concerns, when it changes, sealed. */
#include <stdio.h>
#include <string.h>

#include "tests/daemon/hub_process.h"
#include "tests/daemon/node.h"
#include "tests/daemon/run.h"

#define PATIENCE 10000
#define FRAME_MAX 65536

static struct hub_process hub;
static struct node payer, provider, stranger;
static char data[FRAME_MAX];
static struct arena arena;

static void make(void)
{
        ck_assert_int_eq(arena_new(&arena, 1 << 20), 0);
        hub_process_make(&hub, "");
        hub_process_start(&hub, NULL);
        node_admit(&payer, &hub, "payer/one");
        node_admit(&provider, &hub, "provider/one");
        node_admit(&stranger, &hub, "stranger/one");
        node_connect(&payer, &hub);
        node_connect(&provider, &hub);
        node_subscribe(&payer, &hub, "party/payer/one/");
        node_subscribe(&provider, &hub, "party/provider/one/");
        node_subscribe(&stranger, &hub, "party/stranger/one/");
}

static void end(void)
{
        node_end(&payer);
        node_end(&provider);
        node_end(&stranger);
        hub_process_end(&hub);
        arena_free(&arena);
}

static void taken(struct node *node)
{
        struct hub_frame frame;

        ck_assert(node_hear(node, PATIENCE, &frame));
        ck_assert_int_eq(frame.kind, HUB_RECEIPT);
}

/* The next frame for the node within @ms that is of that kind; others are passed over. */
static bool hears(struct node *node, int ms, enum signal_frame_kind kind, struct signal_frame *ret)
{
        struct fault fault;
        struct bytes plain;
        int size;

        while ((size = node_listen(node, ms, data, sizeof(data))) > 0) {
                ck_assert(node_unseals(node, &hub, data, size, &plain));
                arena_reset(&arena);
                ck_assert_int_eq(wire_read_signal_frame(plain, &arena, ret, &fault), 0);
                if (ret->kind == kind)
                        return true;
        }
        return false;
}

/* Offers, one after another, until both subscriptions hold. Returns the number of the last. */
static unsigned int offer_until_heard(void)
{
        struct signal_frame frame;

        for (unsigned int i = 1; i <= 100; i++) {
                node_offer(&payer, &hub, "provider", i);
                taken(&payer);
                if (hears(&provider, 100, FRAME_ENTRY, &frame) &&
                    hears(&payer, 100, FRAME_ENTRY, &frame))
                        return i;
        }
        ck_abort_msg("no signal came");
        return 0;
}

static void state_months(const struct contract_id *contract, int64_t months)
{
        struct event event = {
                .kind = EVENT_FACT,
                .fact = {
                        .key = {
                                .scope = SCOPE_CONTRACT, .kind = FACT_MEMBER_MONTHS,
                                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                                .paid_through = DATE_NONE,
                        },
                        .value = { UNIT_COUNT, months, 1 },
                },
        };

        node_say(&payer, &hub, contract, &event);
        taken(&payer);
}

START_TEST(a_submission_leads_to_a_signal_at_its_provider_and_nowhere_else)
{
        const unsigned int number = offer_until_heard();
        const struct contract_id contract = node_contract("payer", "provider", number);
        struct signal_frame frame;
        uint64_t as_of;

        node_accept(&provider, &hub, "payer", number);
        taken(&provider);
        ck_assert(hears(&provider, PATIENCE, FRAME_INCENTIVE, &frame));
        ck_assert_str_eq(frame.incentive.party.text, "provider");
        ck_assert_uint_eq(frame.incentive.contract_count, 1);
        ck_assert(frame.incentive.contracts[0].reason.text[0]);         /* no months yet */
        as_of = frame.incentive.as_of;
        state_months(&contract, 12000);
        ck_assert(hears(&provider, PATIENCE, FRAME_INCENTIVE, &frame));
        ck_assert_uint_gt(frame.incentive.as_of, as_of);
        ck_assert_str_eq(frame.incentive.contracts[0].reason.text, "");
        ck_assert_int_gt(frame.incentive.contracts[0].central, 0);
        ck_assert(!hears(&payer, 300, FRAME_INCENTIVE, &frame));
        ck_assert(!hears(&stranger, 300, FRAME_INCENTIVE, &frame));
        ck_assert(hub_process_counts(&hub, "told", 2));
        ck_assert_uint_eq(hub_process_stat(&hub, "behind_us"), 0);
}
END_TEST

START_TEST(after_a_start_nothing_is_told_until_it_changes_and_who_asks_is_answered)
{
        const unsigned int number = offer_until_heard();
        const struct contract_id contract = node_contract("payer", "provider", number);
        const struct query query = { .id = 1, .kind = QUERY_INCENTIVE };
        struct signal_frame frame;
        struct hub_frame answer;
        struct sink sink = sink_on(data, sizeof(data));

        node_accept(&provider, &hub, "payer", number);
        taken(&provider);
        ck_assert(hears(&provider, PATIENCE, FRAME_INCENTIVE, &frame));
        ck_assert_int_eq(hub_process_stop(&hub), 0);
        node_disconnect(&provider);
        node_disconnect(&payer);
        hub_process_start(&hub, NULL);
        node_connect(&provider, &hub);
        node_connect(&payer, &hub);
        ck_assert_int_eq(wire_write_query(&sink, &query), 0);
        node_send(&provider, sink_bytes(&sink));
        ck_assert(node_hear(&provider, PATIENCE, &answer));
        ck_assert_int_eq(answer.kind, HUB_ANSWER);
        ck_assert_ptr_nonnull(answer.answer.incentive);
        ck_assert_uint_eq(answer.answer.incentive->contract_count, 1);
        ck_assert_uint_eq(hub_process_stat(&hub, "told"), 0);
        state_months(&contract, 12000);
        ck_assert(hub_process_counts(&hub, "told", 1));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd-incentives");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, a_submission_leads_to_a_signal_at_its_provider_and_nowhere_else);
        tcase_add_test(tests,
                       after_a_start_nothing_is_told_until_it_changes_and_who_asks_is_answered);
        return run_case(tests, "accordd-incentives", 60);
}
