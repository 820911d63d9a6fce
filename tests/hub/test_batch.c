/* SPDX-License-Identifier: Apache-2.0 */
/* Batches: nothing is said before the commit, nothing is left of what was dropped. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct scene scene;

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
}

static void tear_down(void)
{
        scene_tear_down(&scene);
}

static struct bytes say_fact(int64_t value, const char *item)
{
        struct event event = fact_event(FACT_HEAD_COUNT, value, item);

        return voice_say(&scene.stage, &scene.payer, &scene.contract, &event, 1);
}

START_TEST(no_effect_is_to_be_had_before_the_commit)
{
        struct bytes bytes = say_fact(5, "");
        struct effect effect;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        free((void *)bytes.data);
        hub_effect(scene.stage.hub, 0, &effect);        /* asserts */
}
END_TEST

/* The tip stored is not the one in memory, as if another had written: no batch begins. */
START_TEST(no_batch_on_a_tip_that_is_not_ours)
{
        struct stage *stage = &scene.stage;
        struct store_txn *txn;
        struct bytes tip;
        uint8_t copy[4096];

        must(store_begin_write(stage->hub->env, &txn), "store_begin_write");
        must(store_get(txn, TABLE_META, (struct bytes) { "tip", 3 }, &tip), "tip");
        memcpy(copy, tip.data, tip.size);
        copy[tip.size - 1] ^= 1;
        must(store_put(txn, TABLE_META, (struct bytes) { "tip", 3 },
                       (struct bytes) { copy, tip.size }),
             "store_put");
        must(store_commit(txn), "store_commit");
        ck_assert_int_eq(hub_begin(stage->hub, stage->now), -EILSEQ);
}
END_TEST

START_TEST(nothing_is_left_of_a_batch_that_was_dropped)
{
        static const enum table none[] = { TABLE_COUNT };
        struct bytes bytes = say_fact(5, "");
        struct stage_tables before, after;
        struct hub_frame answer;
        struct effect effect;

        stage_tables(&scene.stage, &before);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        hub_abort(scene.stage.hub);
        hub_abort(scene.stage.hub);
        ck_assert(!hub_effect(scene.stage.hub, 0, &effect));
        stage_tables(&scene.stage, &after);
        ck_assert_int_eq(stage_changed(&before, &after, none), TABLE_COUNT);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_int_eq(answer.kind, HUB_RECEIPT);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        free((void *)bytes.data);
}
END_TEST

START_TEST(a_node_of_a_dropped_batch_is_unknown)
{
        struct player player, other;

        player_make(&player, "payer", "new");
        player_make(&other, "network", "new");
        stage_begin(&scene.stage);
        must(stage_admit_node(&scene.stage, &player, RIGHTS_ALL), "admit");
        hub_abort(scene.stage.hub);
        ck_assert(!hub_knows(scene.stage.hub, player.keys.public.transport, NULL));
        stage_begin(&scene.stage);
        must(stage_admit_node(&scene.stage, &other, RIGHTS_ALL), "admit another");
        must(stage_admit_node(&scene.stage, &player, RIGHTS_ALL), "admit again");
        stage_commit(&scene.stage);
        ck_assert(hub_knows(scene.stage.hub, player.keys.public.transport, NULL));
        ck_assert(hub_knows(scene.stage.hub, other.keys.public.transport, NULL));
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(a_revocation_of_a_dropped_batch_is_none)
{
        const struct node_revocation revocation = { .node = scene.payer.player.path };
        const char *says;
        uint64_t index;

        stage_begin(&scene.stage);
        must(hub_revoke_node(scene.stage.hub, &revocation, &index, &says), "revoke");
        hub_abort(scene.stage.hub);
        ck_assert(hub_knows(scene.stage.hub, scene.payer.player.keys.public.transport, NULL));
}
END_TEST

START_TEST(one_commit_for_many)
{
        struct bytes bytes[200];
        struct hub_frame answer;

        stage_begin(&scene.stage);
        for (int i = 0; i < 200; i++) {
                char item[16];

                snprintf(item, sizeof(item), "i%d", i);
                bytes[i] = say_fact(i, item);
                stage_take_submission(&scene.stage, &scene.payer.player, bytes[i], (uint64_t)i + 1);
        }
        stage_commit(&scene.stage);
        for (int i = 0; i < 200; i++) {
                stage_answer(&scene.stage, (uint64_t)i + 1, &answer);
                ck_assert_int_eq(answer.kind, HUB_RECEIPT);
                free((void *)bytes[i].data);
        }
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* Times grow with every entry, whatever the clock says. */
static int look_at_time(void *with, const struct log_row *row)
{
        instant *last = with;

        ck_assert_int_gt(row->time, *last);
        *last = row->time;
        return 0;
}

START_TEST(time_never_goes_back)
{
        instant last = 0;

        for (int i = 0; i < 5; i++) {
                char item[16];
                struct event event;

                snprintf(item, sizeof(item), "i%d", i);
                event = fact_event(FACT_HEAD_COUNT, 1, item);
                scene.stage.now -= 3600 * SECOND;
                ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &event, 1,
                                            NULL), HUB_RECEIPT);
        }
        must(hub_visit_log(scene.stage.hub, 0, look_at_time, &last), "hub_visit_log");
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* The batch says when it holds enough for one commit, and what is asked counts too. */
START_TEST(a_batch_is_full_some_time)
{
        const struct query query = { .kind = QUERY_TERMS, .contract = scene.contract };
        int asked = 0;

        stage_begin(&scene.stage);
        ck_assert(!hub_batch_full(scene.stage.hub));
        while (!hub_batch_full(scene.stage.hub) && asked < 1000000)
                stage_ask(&scene.stage, &scene.payer.player, &query, (uint64_t)++asked);
        ck_assert_int_lt(asked, 1000000);
        stage_commit(&scene.stage);
}
END_TEST

START_TEST(heartbeats_say_the_last_number)
{
        struct signal_frame frame;
        struct record record;
        size_t at = 0;
        uint64_t entries = stage_entries(&scene.stage);

        stage_begin(&scene.stage);
        must(hub_heartbeat(scene.stage.hub), "hub_heartbeat");
        stage_commit(&scene.stage);
        ck_assert(stage_heard(&scene.stage, &scene.network.player, &at, &frame, &record));
        ck_assert(frame.kind == FRAME_HEARTBEAT);
        ck_assert_uint_eq(frame.heartbeat.last_signal, 2);
        ck_assert_uint_eq(frame.heartbeat.log_size, entries);
        ck_assert(!stage_heard(&scene.stage, &scene.network.player, &at, &frame, &record));
        at = 0;
        ck_assert(stage_heard(&scene.stage, &scene.stranger.player, &at, &frame, &record));
        ck_assert_uint_eq(frame.heartbeat.last_signal, 0);
        ck_assert_uint_eq(stage_entries(&scene.stage), entries);
}
END_TEST

START_TEST(a_welcome_says_where_the_stream_is)
{
        const struct hello hello = {
                .format = 1, .has_stream = true, .stream = scene.payer.stream,
        };
        struct sink *sink = &scene.stage.frame;
        struct hub_frame answer;

        sink_reset(sink);
        must(wire_write_hello(sink, &hello), "wire_write_hello");
        stage_begin(&scene.stage);
        stage_take(&scene.stage, &scene.payer.player, sink_bytes(sink), 1);
        stage_take(&scene.stage, &scene.network.player, sink_bytes(sink), 2);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_int_eq(answer.kind, HUB_WELCOME);
        ck_assert(answer.welcome.has_next_sequence);
        ck_assert_uint_eq(answer.welcome.next_sequence, 2);
        ck_assert_uint_eq(answer.welcome.last_signal, 2);
        ck_assert_uint_eq(answer.welcome.log_size, stage_entries(&scene.stage));
        ck_assert(name_equal(&answer.welcome.node.party, &scene.payer.player.path.party));
        stage_answer(&scene.stage, 2, &answer);
        ck_assert_uint_eq(answer.welcome.next_sequence, 1);
}
END_TEST

/* What is asked in the batch of what it asks about: as of after it. */
START_TEST(an_answer_says_what_it_was_read_at)
{
        const struct query query = { .id = 1, .kind = QUERY_FACTS, .contract = scene.contract };
        struct bytes bytes = say_fact(5, "");
        struct hub_frame answer;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_ask(&scene.stage, &scene.network.player, &query, 2);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 2, &answer);
        ck_assert_uint_eq(answer.answer.fact_count, 1);
        ck_assert_uint_lt(answer.answer.facts[0].fact.index, answer.answer.as_of);
        ck_assert_uint_eq(answer.answer.as_of, stage_entries(&scene.stage));
}
END_TEST

/* As many events as there may be, with documents as long as fit; and again, with other bytes. */
static struct event large[EVENTS_PER_SUBMISSION_MAX];

/* @document: octets of a document each event was relayed from; SIZE_MAX: as many as fit, 0: none */
static struct bytes say_large(uint32_t count, size_t document, int64_t value)
{
        static char text[WIRE_DOCUMENT_MAX];
        size_t room = WIRE_SUBMISSION_MAX - 256;

        memset(text, 'x', sizeof(text));
        for (uint32_t i = 0; i < count; i++) {
                char item[16];

                snprintf(item, sizeof(item), "i%u", i);
                large[i] = fact_event(FACT_HEAD_COUNT, value, item);
                if (!document)
                        continue;
                large[i].fact.relayed.is = true;
                large[i].fact.relayed.party = scene.network.player.path.party;
                large[i].fact.relayed.document = (struct bytes) { text, 150 };
                room -= wire_event_size(&large[i]);
        }
        for (uint32_t i = 0; document && i < count; i++) {
                size_t more = room < sizeof(text) - 152 ? room : sizeof(text) - 152;

                large[i].fact.relayed.document.size += more > 4 ? more - 4 : 0;
                room -= more;
        }
        return voice_say(&scene.stage, &scene.payer, &scene.contract, large, count);
}

static enum hub_frame_kind take_large(struct bytes bytes, struct hub_frame *ret)
{
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, ret);
        return ret->kind;
}

START_TEST(the_largest_there_can_be)
{
        struct bytes bytes = say_large(EVENTS_PER_SUBMISSION_MAX, 0, 1), other;
        struct hub_frame answer;
        struct hub_stat stat;

        ck_assert_int_eq(take_large(bytes, &answer), HUB_RECEIPT);
        must(hub_read_stat(scene.stage.hub, &stat), "hub_read_stat");
        ck_assert_uint_eq(stat.facts, EVENTS_PER_SUBMISSION_MAX);
        scene.payer.said--;
        other = say_large(EVENTS_PER_SUBMISSION_MAX - 20, SIZE_MAX, 2);
        ck_assert_uint_gt(other.size, WIRE_SUBMISSION_MAX - 8192);
        ck_assert_uint_le(other.size, WIRE_SUBMISSION_MAX);
        ck_assert_int_eq(take_large(other, &answer), HUB_REFUSAL);
        ck_assert_uint_eq(answer.refusal.faults[0].code, REFUSAL_EQUIVOCATION);
        free((void *)other.data);
        /* All of it wrong: as much is told as is kept, and how much more there is. */
        other = say_large(EVENTS_PER_SUBMISSION_MAX - 20, SIZE_MAX, 2);
        ck_assert_int_eq(take_large(other, &answer), HUB_REFUSAL);
        ck_assert_uint_eq(answer.refusal.fault_count, REFUSALS_PER_ANSWER_MAX);
        ck_assert_uint_eq(answer.refusal.faults[0].code, REFUSAL_NOT_RELAYABLE);
        ck_assert_uint_ge(answer.refusal.more,
                          EVENTS_PER_SUBMISSION_MAX - 20 - REFUSALS_PER_ANSWER_MAX);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        free((void *)other.data);
        free((void *)bytes.data);
}
END_TEST

START_TEST(the_second_hub_finds_the_ledger_taken)
{
        struct hub *second = NULL;

        ck_assert_int_eq(hub_open(&second, &scene.stage.options), -EWOULDBLOCK);
}
END_TEST

START_TEST(a_ledger_is_opened_with_its_own_keys_only)
{
        struct player other;
        struct hub *hub = NULL;
        struct hub_options options = scene.stage.options;

        player_make(&other, "some", "other");
        hub_close(scene.stage.hub);
        scene.stage.hub = NULL;
        options.keys = &other.keys;
        ck_assert_int_eq(hub_open(&hub, &options), -EKEYREJECTED);
        options.directory = scene.stage.directory;
        ck_assert_int_eq(hub_open(&hub, &options), -ENOENT);
        ck_assert_int_eq(hub_create(&scene.stage.options, "again", "accord.example/again", 1),
                         -EEXIST);
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("batch");

        tcase_set_timeout(tests, 60);           /* a full batch takes a slow build long */
        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test_raise_signal(tests, no_effect_is_to_be_had_before_the_commit, SIGABRT);
        tcase_add_test(tests, no_batch_on_a_tip_that_is_not_ours);
        tcase_add_test(tests, nothing_is_left_of_a_batch_that_was_dropped);
        tcase_add_test(tests, a_node_of_a_dropped_batch_is_unknown);
        tcase_add_test(tests, a_revocation_of_a_dropped_batch_is_none);
        tcase_add_test(tests, one_commit_for_many);
        tcase_add_test(tests, time_never_goes_back);
        tcase_add_test(tests, a_batch_is_full_some_time);
        tcase_add_test(tests, heartbeats_say_the_last_number);
        tcase_add_test(tests, a_welcome_says_where_the_stream_is);
        tcase_add_test(tests, an_answer_says_what_it_was_read_at);
        tcase_add_test(tests, the_largest_there_can_be);
        tcase_add_test(tests, the_second_hub_finds_the_ledger_taken);
        tcase_add_test(tests, a_ledger_is_opened_with_its_own_keys_only);
        return run_case(tests, "batch");
}
