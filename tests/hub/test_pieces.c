/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of libhub that can be looked at alone: the table of events, the directory, effects. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/dispatch.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

START_TEST(every_event_has_its_row)
{
        for (int kind = EVENT_OFFER; kind < EVENT_KIND_COUNT; kind++) {
                const struct handler *handler = handler_of((enum event_kind)kind);

                ck_assert_ptr_nonnull(handler->name);
                ck_assert(handler->gather != NULL);
                ck_assert(handler->admit != NULL);
                ck_assert(handler->fold != NULL);
                ck_assert_uint_ne(handler->about & ABOUT_EITHER, 0);
                ck_assert_uint_eq(handler->right & ~(uint32_t)RIGHTS_ALL, 0);
                for (int other = EVENT_OFFER; other < kind; other++)
                        ck_assert_str_ne(handler->name, handler_of((enum event_kind)other)->name);
        }
}
END_TEST

START_TEST(only_closing_a_stream_and_changing_ones_keys_take_no_right)
{
        for (int kind = EVENT_OFFER; kind < EVENT_KIND_COUNT; kind++)
                ck_assert_int_eq(handler_of((enum event_kind)kind)->right == 0,
                                 kind == EVENT_STREAM_CLOSE || kind == EVENT_KEY_ROTATION);
}
END_TEST

START_TEST(no_event_is_no_row)
{
        handler_of((enum event_kind)_i);
}
END_TEST

static struct node_state node_of(uint32_t no, uint32_t party_no, uint8_t key)
{
        struct node_state node = { .no = no, .party_no = party_no, .rights = RIGHTS_ALL };

        snprintf(node.path.party.text, sizeof(node.path.party.text), "party-%u", party_no);
        snprintf(node.path.node.text, sizeof(node.path.node.text), "node-%u", no);
        memset(node.transport_key, key, sizeof(node.transport_key));
        node.transport_key[31] = (uint8_t)no;   /* all of one bucket */
        node.transport_key[30] = (uint8_t)(no >> 8);
        return node;
}

START_TEST(directory_finds_by_key_name_and_party)
{
        struct directory *directory;
        uint32_t of_party = 0;

        must(directory_new(&directory), "directory_new");
        ck_assert_ptr_null(directory_of_party(directory, 1));
        ck_assert_ptr_null(directory_by_no(directory, 1));
        for (uint32_t no = 1; no <= 1000; no++) {
                struct node_state node = node_of(no, no % 200 + 1, 7);

                must(directory_put(directory, &node, NULL), "directory_put");
        }
        for (uint32_t no = 1; no <= 1000; no++) {
                struct node_state node = node_of(no, no % 200 + 1, 7);
                const struct directory_node *found =
                        directory_by_key(directory, node.transport_key);

                ck_assert_ptr_nonnull(found);
                ck_assert_uint_eq(found->state.no, no);
                ck_assert_ptr_eq(directory_by_path(directory, &node.path), found);
                ck_assert_ptr_eq(directory_by_no(directory, no), found);
        }
        for (const struct directory_node *node = directory_of_party(directory, 42); node;
             node = node->next_of_party) {
                ck_assert_uint_eq(node->state.party_no, 42);
                of_party++;
        }
        ck_assert_uint_eq(of_party, 5);
        ck_assert_ptr_null(directory_by_no(directory, 0));
        ck_assert_ptr_null(directory_by_no(directory, 1001));
        ck_assert_ptr_null(directory_of_party(directory, 0));
        ck_assert_ptr_null(directory_of_party(directory, 100000));
        directory_free(directory);
}
END_TEST

START_TEST(directory_is_brought_up_to_date)
{
        struct node_state node = node_of(1, 1, 7), other = node_of(2, 1, 8);
        const struct directory_node *kept;
        struct directory *directory;

        must(directory_new(&directory), "directory_new");
        must(directory_put(directory, &node, NULL), "directory_put");
        must(directory_put(directory, &other, NULL), "directory_put");
        kept = directory_by_no(directory, 1);
        node.revoked = 9;
        must(directory_put(directory, &node, NULL), "directory_put");
        ck_assert_ptr_eq(directory_by_key(directory, node.transport_key), kept);
        ck_assert_uint_eq(kept->state.revoked, 9);
        ck_assert_ptr_null(directory_by_no(directory, 3));
        directory_free(directory);
}
END_TEST

START_TEST(effects_keep_their_order)
{
        struct effects effects;
        struct effect effect;
        uint32_t count = 0;

        must(effects_new(&effects), "effects_new");
        ck_assert(!effects_at(&effects, 0, &effect));
        for (uint32_t i = 0; i < 5000; i++) {
                must(effects_begin(&effects, i % 3 ? EFFECT_REPLY : EFFECT_SIGNAL, i), "begin");
                for (uint32_t j = 0; j < i % 7; j++)
                        must(sink_put(&effects.bytes, (struct bytes) { &i, sizeof(i) }), "put");
                effects_end(&effects);
        }
        for (; effects_at(&effects, count, &effect); count++) {
                ck_assert_int_eq(effect.kind, count % 3 ? EFFECT_REPLY : EFFECT_SIGNAL);
                ck_assert_uint_eq(effect.session, count);
                ck_assert_uint_eq(effect.bytes.size, count % 7 * sizeof(count));
                if (effect.bytes.size)
                        ck_assert_mem_eq(effect.bytes.data, &count, sizeof(count));
        }
        ck_assert_uint_eq(count, 5000);
        effects_reset(&effects);
        ck_assert(!effects_at(&effects, 0, &effect));
        effects_free(&effects);
}
END_TEST

/* What the daemon gives out as the hub's name is made of its key and nothing else. */
START_TEST(hub_is_named_by_its_key)
{
        struct player a, b;
        struct hub_id one, two;

        player_make(&a, "hub", "a");
        player_make(&b, "hub", "b");
        one = hub_id_of(a.keys.public.signing);
        two = hub_id_of(a.keys.public.signing);
        ck_assert_mem_eq(&one, &two, sizeof(one));
        two = hub_id_of(b.keys.public.signing);
        ck_assert_mem_ne(&one, &two, sizeof(one));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("pieces");

        tcase_add_test(tests, every_event_has_its_row);
        tcase_add_test(tests, only_closing_a_stream_and_changing_ones_keys_take_no_right);
        tcase_add_loop_test_raise_signal(tests, no_event_is_no_row, SIGABRT, 0, 1);
        tcase_add_loop_test_raise_signal(tests, no_event_is_no_row, SIGABRT, EVENT_KIND_COUNT,
                                         EVENT_KIND_COUNT + 1);
        tcase_add_test(tests, directory_finds_by_key_name_and_party);
        tcase_add_test(tests, directory_is_brought_up_to_date);
        tcase_add_test(tests, effects_keep_their_order);
        tcase_add_test(tests, hub_is_named_by_its_key);
        return run_case(tests, "pieces");
}
