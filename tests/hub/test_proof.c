/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the hub proves, asked or not: receipts, paths, trees that go on, leaves. Everything is
 * checked with the hub's public key and the verifier alone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "store/mdb.h"
#include "store/tree.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define ENTRIES 70              /* at least, that the log has */

static struct scene scene;
static struct hasher *hasher;
static struct note_key hub_key;

static void setup(void)
{
        static const char origin[] = "accord.example/stage";

        must(hasher_new(&hasher), "hasher_new");
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        must(note_key_make((struct bytes) { origin, sizeof(origin) - 1 },
                           scene.stage.keys.public.signing, &hub_key), "note_key_make");
}

static void teardown(void)
{
        scene_tear_down(&scene);
        hasher_free(hasher);
}

static uint64_t say_something(struct voice *voice, const char *item)
{
        const struct event event = fact_event(FACT_EXPENDITURE, 5, item);
        uint64_t index;

        ck_assert_int_eq(voice_said(&scene.stage, voice, &scene.contract, &event, 1, &index),
                         HUB_RECEIPT);
        return index;
}

static void say_much(void)
{
        char item[16];

        for (int i = 0; stage_entries(&scene.stage) < ENTRIES; i++) {
                snprintf(item, sizeof(item), "item-%d", i);
                say_something(&scene.payer, item);
        }
}

static bool leads(const struct sha256 *leaf, uint64_t index, const struct sha256 *proof,
                  uint32_t count, uint64_t size, const struct digest *root)
{
        struct digest path[MERKLE_PROOF_MAX], from;

        ck_assert_uint_le(count, MERKLE_PROOF_MAX);
        for (uint32_t i = 0; i < count; i++)
                memcpy(path[i].octets, proof[i].octets, DIGEST_SIZE);
        memcpy(from.octets, leaf->octets, DIGEST_SIZE);
        return merkle_includes(hasher, root, size, &from, index, path, count);
}

static bool goes_on(const struct path *grow, const struct digest *root, uint64_t size,
                    const struct digest *new_root)
{
        struct digest path[MERKLE_PROOF_MAX];

        ck_assert_uint_le(grow->proof_count, MERKLE_PROOF_MAX);
        for (uint32_t i = 0; i < grow->proof_count; i++)
                memcpy(path[i].octets, grow->proof[i].octets, DIGEST_SIZE);
        return merkle_continues(hasher, root, grow->at, new_root, size, path, grow->proof_count);
}

static struct digest root_at(uint64_t size)
{
        struct digest root;

        must(hub_root_at(scene.stage.hub, size, &root), "hub_root_at");
        return root;
}

/* ---- receipts */

static struct checkpoint check_receipt(const struct receipt *receipt, struct bytes submission)
{
        const struct entry_header header = {
                (uint8_t)receipt->entry_kind, (uint32_t)submission.size, receipt->index,
                receipt->time,
        };
        struct checkpoint checkpoint;
        struct digest leaf;

        ck_assert(receipt->has_proof);
        ck_assert_int_eq(receipt->entry_format, ENTRY_FORMAT);
        must(checkpoint_open(receipt->checkpoint, &hub_key, &checkpoint), "checkpoint_open");
        ck_assert_uint_eq(checkpoint.size, receipt->tree_size);
        entry_leaf(hasher, &header, submission, &leaf);
        ck_assert_mem_eq(leaf.octets, receipt->leaf.octets, DIGEST_SIZE);
        ck_assert(leads(&receipt->leaf, receipt->index, receipt->proof, receipt->proof_count,
                        checkpoint.size, &checkpoint.root));
        return checkpoint;
}

START_TEST(receipts_of_a_batch_lead_to_one_signed_tree)
{
        static const char *const items[] = { "a", "b", "c", "d", "e", "f", "g" };
        struct bytes said[7];
        struct checkpoint one, first = { 0 };
        struct hub_frame frame;

        stage_begin(&scene.stage);
        for (uint64_t i = 0; i < 7; i++) {
                const struct event event = fact_event(FACT_EXPENDITURE, 7, items[i]);

                said[i] = voice_say(&scene.stage, &scene.payer, &scene.contract, &event, 1);
                stage_take_submission(&scene.stage, &scene.payer.player, said[i], i);
        }
        stage_commit(&scene.stage);
        for (uint64_t i = 0; i < 7; i++) {
                stage_answer(&scene.stage, i, &frame);
                ck_assert_int_eq(frame.kind, HUB_RECEIPT);
                one = check_receipt(&frame.receipt, said[i]);
                if (i == 0)
                        first = one;
                ck_assert_uint_eq(one.size, first.size);
                ck_assert_uint_eq(one.size, stage_entries(&scene.stage));
                ck_assert(digest_equal(&one.root, &first.root));
                free((void *)said[i].data);
        }
}
END_TEST

START_TEST(asked_again_it_is_the_same_entry_in_a_newer_tree)
{
        const struct event event = fact_event(FACT_EXPENDITURE, 7, "once");
        struct bytes said = voice_say(&scene.stage, &scene.payer, &scene.contract, &event, 1);
        struct checkpoint before, after;
        struct hub_frame frame;
        struct receipt first;

        for (uint64_t i = 0; i < 2; i++) {
                stage_begin(&scene.stage);
                stage_take_submission(&scene.stage, &scene.payer.player, said, 1);
                stage_commit(&scene.stage);
                stage_answer(&scene.stage, 1, &frame);
                ck_assert_int_eq(frame.kind, HUB_RECEIPT);
                after = check_receipt(&frame.receipt, said);
                if (i == 0) {
                        before = after;
                        first = frame.receipt;
                        say_something(&scene.network, "more");
                }
        }
        ck_assert_uint_eq(frame.receipt.index, first.index);
        ck_assert_int_eq(frame.receipt.time, first.time);
        ck_assert_uint_eq(frame.receipt.sequence, first.sequence);
        ck_assert_uint_gt(after.size, before.size);
        free((void *)said.data);
}
END_TEST

START_TEST(the_checkpoint_outlives_a_restart)
{
        struct checkpoint tree, again;
        struct bytes note = hub_checkpoint(scene.stage.hub, &tree);
        struct digest root = root_at(tree.size);
        char copy[CHECKPOINT_MAX];
        size_t size = note.size;

        ck_assert_uint_eq(tree.size, stage_entries(&scene.stage));
        ck_assert(digest_equal(&root, &tree.root));
        memcpy(copy, note.data, size);
        stage_reopen(&scene.stage);
        note = hub_checkpoint(scene.stage.hub, &again);
        ck_assert(bytes_equal(note, (struct bytes) { copy, size }));
        ck_assert_uint_eq(again.size, tree.size);
        must(checkpoint_open(note, &hub_key, &again), "checkpoint_open");
}
END_TEST

/* ---- questions */

static const struct answer *ask(const struct player *player, struct query query)
{
        static struct hub_frame frame;

        query.id = 7;
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        return &frame.answer;
}

/* All indices, all sizes above 0, of a log of @size; static memory. */
static struct query everything(uint64_t size)
{
        static struct place_at include[256], grow[256];

        ck_assert_uint_le(size, 256);
        for (uint64_t i = 0; i < size; i++) {
                include[i].at = i;
                grow[i].at = i + 1;
        }
        return (struct query) {
                .kind = QUERY_PROOF, .include = include, .include_count = (uint32_t)size,
                .grow = grow, .grow_count = (uint32_t)size,
        };
}

static void check_all(const struct proof_answer *proof, const struct digest *root)
{
        ck_assert_uint_eq(proof->include_count, proof->size);
        ck_assert_uint_eq(proof->grow_count, proof->size);
        for (uint64_t i = 0; i < proof->size; i++) {
                const struct path *include = &proof->include[i];
                struct digest first = root_at(i + 1);

                ck_assert_uint_eq(include->at, i);
                ck_assert(include->has_leaf);
                ck_assert(leads(&include->leaf, i, include->proof, include->proof_count,
                                proof->size, root));
                ck_assert_uint_eq(proof->grow[i].at, i + 1);
                ck_assert(goes_on(&proof->grow[i], &first, proof->size, root));
        }
}

START_TEST(every_entry_is_in_the_newest_tree_and_it_continues_all_before)
{
        const struct player *const players[] = {
                &scene.payer.player, &scene.network.player, &scene.stranger.player,
        };
        struct checkpoint checkpoint;
        const struct answer *answer;

        say_much();
        answer = ask(players[_i], everything(stage_entries(&scene.stage)));
        ck_assert(!answer->refused);
        ck_assert_uint_eq(answer->as_of, stage_entries(&scene.stage));
        must(checkpoint_open(answer->proof->checkpoint, &hub_key, &checkpoint), "checkpoint");
        ck_assert_uint_eq(checkpoint.size, answer->proof->size);
        ck_assert_uint_eq(checkpoint.size, stage_entries(&scene.stage));
        check_all(answer->proof, &checkpoint.root);
}
END_TEST

START_TEST(any_tree_there_was_can_be_proved_against)
{
        const struct answer *answer;
        struct digest root;

        say_much();
        for (uint64_t size = 1; size <= stage_entries(&scene.stage); size += 3) {
                struct query query = everything(size);

                query.has_size = true;
                query.size = size;
                answer = ask(&scene.stranger.player, query);
                ck_assert(!answer->refused);
                ck_assert_uint_eq(answer->proof->size, size);
                ck_assert_uint_eq(answer->proof->checkpoint.size, 0);
                root = root_at(size);
                check_all(answer->proof, &root);
        }
}
END_TEST

/* Its own batch's additions are not: the hub has not signed for them yet. */
START_TEST(what_is_not_committed_is_not_proved)
{
        const struct event event = fact_event(FACT_EXPENDITURE, 5, "staged");
        uint64_t size = stage_entries(&scene.stage);
        const struct place_at next = { size };
        const struct query queries[] = {
                { .id = 1, .kind = QUERY_TIP }, { .id = 2, .kind = QUERY_PROOF },
                { .id = 3, .kind = QUERY_PROOF, .include = &next, .include_count = 1 },
                { .id = 4, .kind = QUERY_ENTRIES, .include = &next, .include_count = 1 },
                { .id = 5, .kind = QUERY_LEAVES, .from = size - 1 },
        };
        struct bytes said = voice_say(&scene.stage, &scene.payer, &scene.contract, &event, 1);
        struct checkpoint checkpoint;
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, said, 9);
        for (uint64_t i = 0; i < 5; i++)
                stage_ask(&scene.stage, &scene.payer.player, &queries[i], i);
        stage_commit(&scene.stage);
        free((void *)said.data);

        stage_answer(&scene.stage, 0, &frame);
        ck_assert_uint_eq(frame.answer.tip->size, size);
        must(checkpoint_open(frame.answer.tip->checkpoint, &hub_key, &checkpoint), "tip");
        ck_assert_uint_eq(checkpoint.size, size);
        ck_assert_mem_eq(checkpoint.root.octets, frame.answer.tip->root.octets, DIGEST_SIZE);
        ck_assert_uint_eq(frame.answer.tip->epoch, 0);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_uint_eq(frame.answer.proof->size, size);
        ck_assert_uint_eq(frame.answer.as_of, size);
        stage_answer(&scene.stage, 2, &frame);
        ck_assert_uint_eq(frame.answer.fault.code, REFUSAL_NO_SUCH_THING);
        stage_answer(&scene.stage, 3, &frame);
        ck_assert_uint_eq(frame.answer.fault.code, REFUSAL_NO_SUCH_THING);
        stage_answer(&scene.stage, 4, &frame);
        ck_assert_uint_eq(frame.answer.leaves->leaves.size, DIGEST_SIZE);
        ck_assert_uint_eq(frame.answer.as_of, size);
}
END_TEST

static const struct {
        const char *says, *field;
        struct query query;
        bool include, grow;
        int64_t at;             /* of what is asked: beyond the size of the log, or 0 */
} refusals[] = {
        { "a tree of none", "size", { .kind = QUERY_PROOF, .has_size = true }, false, false, 0 },
        { "a tree larger than there is", "size",
          { .kind = QUERY_PROOF, .has_size = true, .size = UINT64_MAX }, false, false, 0 },
        { "an entry that is not there", "include.at", { .kind = QUERY_PROOF }, true, false, 0 },
        { "an entry behind the tree that is asked for", "include.at",
          { .kind = QUERY_PROOF, .has_size = true, .size = 3 }, true, false, 0 },
        { "a tree that is not there goes on", "grow.at", { .kind = QUERY_PROOF }, false, true, 1 },
        { "a tree of none goes on", "grow.at", { .kind = QUERY_PROOF }, false, true, INT64_MIN },
        { "a tree goes on in one that is smaller", "grow.at",
          { .kind = QUERY_PROOF, .has_size = true, .size = 3 }, false, true, 0 },
        { "the bytes of an entry that is not there", "entries.at", { .kind = QUERY_ENTRIES }, true,
          false, 0 },
        { "leaves behind the last", "from", { .kind = QUERY_LEAVES, .from = UINT64_MAX }, false,
          false, 0 },
};

START_TEST(what_is_not_there_is_not_proved)
{
        uint64_t size = stage_entries(&scene.stage);
        const struct place_at at = {
                refusals[_i].at == INT64_MIN ? 0 : size + (uint64_t)refusals[_i].at,
        };
        struct query query = refusals[_i].query;
        const struct answer *answer;

        query.include = query.grow = &at;
        query.include_count = refusals[_i].include;
        query.grow_count = refusals[_i].grow;
        answer = ask(&scene.payer.player, query);
        ck_assert_msg(answer->refused, "%s", refusals[_i].says);
        ck_assert_uint_eq(answer->fault.code, REFUSAL_NO_SUCH_THING);
        ck_assert_uint_eq(answer->fault.field.size, strlen(refusals[_i].field));
        ck_assert_mem_eq(answer->fault.field.data, refusals[_i].field, answer->fault.field.size);
        ck_assert_ptr_null(answer->proof);
        ck_assert_ptr_null(answer->leaves);
}
END_TEST

/* As much of a submission as it may hold: more than 200 KiB. */
static uint64_t say_a_lot(unsigned int number)
{
        static struct event events[4000];
        char item[ITEM_MAX_LENGTH + 1];
        uint64_t index;

        for (unsigned int i = 0; i < 4000; i++) {
                snprintf(item, sizeof(item), "as-long-as-the-name-of-an-item-is-%u-%u", number, i);
                events[i] = fact_event(FACT_EXPENDITURE, 5, item);
        }
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 4000,
                                    &index), HUB_RECEIPT);
        return index;
}

START_TEST(entries_come_as_far_as_there_is_room)
{
        struct place_at places[10];
        struct query query = { .kind = QUERY_ENTRIES, .include = places, .include_count = 10 };
        const struct answer *answer;
        size_t bytes = 0;
        uint32_t had;

        for (unsigned int i = 0; i < 10; i++)
                places[i].at = say_a_lot(i);
        answer = ask(&scene.network.player, query);
        had = answer->entry_count;
        ck_assert_uint_gt(had, 1);
        ck_assert_uint_lt(had, 10);
        ck_assert_uint_eq(answer->proof->include_count, had);
        for (uint32_t i = 0; i < had; i++) {
                ck_assert_uint_eq(answer->entries[i].index, places[i].at);
                bytes += answer->entries[i].bytes.size;
        }
        ck_assert_uint_ge(bytes, 1024 * 1024);
        ck_assert_uint_lt(bytes - answer->entries[had - 1].bytes.size, 1024 * 1024);

        /* To who may not read them they take no room. */
        answer = ask(&scene.stranger.player, query);
        ck_assert_uint_eq(answer->entry_count, 10);
}
END_TEST

START_TEST(all_leaves_make_the_signed_root)
{
        struct query query = { .kind = QUERY_LEAVES, .most = 7 };
        struct frontier frontier = { .size = 0 };
        struct checkpoint checkpoint;
        const struct answer *answer;
        struct digest leaf, root;

        say_much();
        do {
                answer = ask(&scene.stranger.player, query);
                ck_assert(!answer->refused);
                ck_assert_uint_eq(answer->leaves->from, query.from);
                ck_assert_uint_le(answer->leaves->leaves.size, 7 * DIGEST_SIZE);
                for (size_t i = 0; i < answer->leaves->leaves.size; i += DIGEST_SIZE) {
                        memcpy(leaf.octets, (const uint8_t *)answer->leaves->leaves.data + i,
                               DIGEST_SIZE);
                        frontier_append(&frontier, hasher, &leaf);
                }
                query.from = frontier.size;
        } while (answer->leaves->leaves.size);
        frontier_root(&frontier, hasher, &root);
        hub_checkpoint(scene.stage.hub, &checkpoint);
        ck_assert_uint_eq(frontier.size, checkpoint.size);
        ck_assert(digest_equal(&root, &checkpoint.root));
}
END_TEST

/* ---- what the hub has lost it does not prove */

static void spoil(enum table table, uint64_t number)
{
        struct hub *hub = scene.stage.hub;
        uint8_t copy[65536];
        struct bytes row;
        MDB_val key = to_val(number_key(&number)), value;

        must(hub_begin(hub, scene.stage.now), "hub_begin");
        must(store_get(hub->txn, table, number_key(&number), &row), "store_get");
        ck_assert_uint_le(row.size, sizeof(copy));
        memcpy(copy, row.data, row.size);
        copy[row.size - 1] ^= 1;
        value = to_val((struct bytes) { copy, row.size });
        ck_assert_int_eq(mdb_put(hub->txn->mdb, hub->env->tables[table], &key, &value, 0), 0);
        must(hub_commit(hub), "hub_commit");
}

static const struct {
        const char *says;
        enum table table;
        uint64_t number;
        enum query_kind kind;
        bool grow;
} damages[] = {
        { "a leaf", TABLE_LEAF, 5, QUERY_PROOF, false },
        { "the leaf beside it", TABLE_LEAF, 4, QUERY_PROOF, false },
        { "a node on its way", TABLE_TREE, 2, QUERY_PROOF, false },
        { "a node of an older tree", TABLE_TREE, 3, QUERY_PROOF, true },
        { "the bytes of the entry", TABLE_LOG, 5, QUERY_ENTRIES, false },
        { "its leaf, when its bytes are asked for", TABLE_LEAF, 5, QUERY_ENTRIES, false },
};

START_TEST(a_path_that_leads_nowhere_is_never_sent)
{
        const struct place_at entry = { 5 }, size = { 6 };
        const struct query query = {
                .kind = damages[_i].kind, .include = &entry, .include_count = 1,
                .grow = &size, .grow_count = damages[_i].grow,
        };
        struct hub *hub = scene.stage.hub;
        struct hub_frame frame;

        say_much();
        spoil(damages[_i].table, damages[_i].number);
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.payer.player, &query, 1);
        ck_assert_msg(hub_commit(hub) == -ECANCELED, "%s", damages[_i].says);
        hub_abort(hub);
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.payer.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert(frame.answer.refused);
        ck_assert_uint_eq(frame.answer.fault.code, REFUSAL_BUSY);
        ck_assert_ptr_null(frame.answer.proof);
        ck_assert_uint_eq(frame.answer.entry_count, 0);
        ck_assert_ptr_nonnull(hub_condemned(scene.stage.hub));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("proof");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, receipts_of_a_batch_lead_to_one_signed_tree);
        tcase_add_test(tests, asked_again_it_is_the_same_entry_in_a_newer_tree);
        tcase_add_test(tests, the_checkpoint_outlives_a_restart);
        tcase_add_loop_test(tests, every_entry_is_in_the_newest_tree_and_it_continues_all_before,
                            0, 3);
        tcase_add_test(tests, any_tree_there_was_can_be_proved_against);
        tcase_add_test(tests, what_is_not_committed_is_not_proved);
        tcase_add_loop_test(tests, what_is_not_there_is_not_proved, 0, COUNT_OF(refusals));
        tcase_add_test(tests, entries_come_as_far_as_there_is_room);
        tcase_add_test(tests, all_leaves_make_the_signed_root);
        tcase_add_loop_test(tests, a_path_that_leads_nowhere_is_never_sent, 0,
                            COUNT_OF(damages));
        return run_case(tests, "hub/proof");
}
