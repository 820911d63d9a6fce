/* SPDX-License-Identifier: Apache-2.0 */
/* Where keys stand in the log: what is asked to check who signed what. */
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "proof/possession.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define DAY (INT64_C(86400) * SECOND)

static struct scene scene;

static void make(void)
{
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
}

static void end(void)
{
        scene_tear_down(&scene);
}

/* Valid until the next question. */
static struct answer ask(const struct player *player, const struct query *query)
{
        static struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, player, query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        return frame.answer;
}

static struct answer ask_nodes(const struct player *player, struct bytes after, uint32_t most)
{
        return ask(player, &(struct query) { .kind = QUERY_NODES, .contract = scene.contract,
                                             .after = after, .most = most });
}

static uint64_t rotate(struct voice *voice, const char *to)
{
        const struct hub_id hub = hub_id(scene.stage.hub);
        const struct contract_id none = { .bearer = { "" } };
        struct event event = { .kind = EVENT_KEY_ROTATION };
        struct player next;
        uint64_t index;

        player_make(&next, voice->player.path.party.text, to);
        possession_of_node(&hub, &voice->player.path, &next.keys, &event.key_rotation);
        ck_assert_int_eq(voice_said(&scene.stage, voice, &none, &event, 1, &index), HUB_RECEIPT);
        voice->player.keys = next.keys;
        return index;
}

static const struct node_keys *of(const struct answer *answer, const struct node_path *path)
{
        for (uint32_t i = 0; i < answer->node_count; i++)
                if (name_equal(&answer->nodes[i].node.party, &path->party) &&
                    name_equal(&answer->nodes[i].node.node, &path->node))
                        return &answer->nodes[i];
        ck_abort_msg("%s/%s is not there", path->party.text, path->node.text);
}

/* Does the entry name the signing key? */
static bool names(uint64_t index, const uint8_t key[32])
{
        struct log_entry entry;
        struct store_txn *txn;
        bool found;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(log_read(txn, index, &entry), "log_read");
        found = memmem(entry.bytes.data, entry.bytes.size, key, 32) != NULL;
        store_abort(txn);
        return found;
}

START_TEST(a_node_has_its_admission_and_each_rotation_in_order)
{
        const struct node_path path = scene.network.player.path;
        const struct keys first = scene.network.player.keys;
        uint64_t second = rotate(&scene.network, "two"), third = rotate(&scene.network, "three");
        struct answer answer = ask_nodes(&scene.payer.player, (struct bytes) { NULL, 0 }, 0);
        const struct node_keys *keys = of(&answer, &path);

        ck_assert_uint_eq(answer.node_count, 2);
        ck_assert_uint_eq(keys->key_count, 3);
        ck_assert(names(keys->keys[0].at, first.public.signing));
        ck_assert_uint_eq(keys->keys[1].at, second);
        ck_assert_uint_eq(keys->keys[2].at, third);
        ck_assert(names(third, scene.network.player.keys.public.signing));
        ck_assert(!keys->is_revoked);
        ck_assert_uint_eq(of(&answer, &scene.payer.player.path)->key_count, 1);
}
END_TEST

START_TEST(who_follows_has_its_key_in_the_announcement_and_the_others_their_end)
{
        struct succession said = { .document = { "a letter" }, .node = { .rights = RIGHTS_ALL } };
        const char *says = "";
        struct answer answer;
        struct player heir;
        uint64_t index;

        player_make(&heir, "network", "heir");
        said.node.node = heir.path;
        memcpy(said.node.transport_key, heir.keys.public.transport, 32);
        memcpy(said.node.signing_key, heir.keys.public.signing, 32);
        memcpy(said.node.sealing_key, heir.keys.public.sealing, 32);
        stage_begin(&scene.stage);
        must(hub_announce_succession(scene.stage.hub, &said, &index, &says), says);
        stage_commit(&scene.stage);
        scene.stage.now += 31 * DAY;
        stage_begin(&scene.stage);
        must(hub_pass_time(scene.stage.hub), "hub_pass_time");
        stage_commit(&scene.stage);

        answer = ask_nodes(&heir, (struct bytes) { NULL, 0 }, 0);
        ck_assert_uint_eq(answer.node_count, 3);
        ck_assert_uint_eq(of(&answer, &heir.path)->key_count, 1);
        ck_assert_uint_eq(of(&answer, &heir.path)->keys[0].at, index);
        ck_assert(!of(&answer, &heir.path)->is_revoked);
        ck_assert(of(&answer, &scene.network.player.path)->is_revoked);
        ck_assert_uint_gt(of(&answer, &scene.network.player.path)->revoked, index);
        ck_assert(!of(&answer, &scene.payer.player.path)->is_revoked);
}
END_TEST

START_TEST(page_by_page_they_are_the_same)
{
        uint8_t cursor[WIRE_CURSOR_MAX];
        struct bytes after = { cursor, 0 };
        struct answer answer;
        uint32_t count = 0;

        do {
                answer = ask_nodes(&scene.payer.player, after, 1);
                ck_assert_uint_le(answer.node_count, 1);
                count += answer.node_count;
                after.size = answer.next.size;
                if (after.size)
                        memcpy(cursor, answer.next.data, after.size);
        } while (after.size && count < 10);
        ck_assert_uint_eq(count, 2);
        answer = ask_nodes(&scene.stranger.player, (struct bytes) { NULL, 0 }, 0);
        ck_assert(answer.refused);
        ck_assert_uint_eq(answer.fault.code, REFUSAL_NO_SUCH_THING);
}
END_TEST

START_TEST(the_hubs_keys_are_told_to_any_node_from_the_genesis_on)
{
        const struct text reason = { "a test" };
        struct keys next = scene.stage.keys;
        struct answer answer;
        const char *says = "";
        struct player player;
        uint64_t index;

        player_make(&player, "hub", "next");
        memcpy(next.public.signing, player.keys.public.signing, sizeof(next.public.signing));
        memcpy(next.secret.signing, player.keys.secret.signing, sizeof(next.secret.signing));
        stage_begin(&scene.stage);
        must(hub_rotate_key(scene.stage.hub, &next, &reason, 0, &index, &says), says);
        stage_commit(&scene.stage);
        answer = ask(&scene.stranger.player, &(struct query) { .kind = QUERY_KEYS });
        ck_assert_uint_eq(answer.record_count, 2);
        ck_assert_uint_eq(answer.records[0].index, 0);
        ck_assert_uint_eq(answer.records[1].index, index);
        ck_assert_ptr_nonnull(memmem(answer.records[1].record.data, answer.records[1].record.size,
                                     next.public.signing, 32));
        hub_close(scene.stage.hub);     /* before @next goes */
        scene.stage.hub = NULL;
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("ask_keys");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, a_node_has_its_admission_and_each_rotation_in_order);
        tcase_add_test(tests, who_follows_has_its_key_in_the_announcement_and_the_others_their_end);
        tcase_add_test(tests, page_by_page_they_are_the_same);
        tcase_add_test(tests, the_hubs_keys_are_told_to_any_node_from_the_genesis_on);
        return run_case(tests, "hub/ask_keys");
}
