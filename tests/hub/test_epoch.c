/* SPDX-License-Identifier: Apache-2.0 */
/* A new epoch, as the hub says it, takes it up again and proves it; and whose notes it knows. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "daemon/epoch.h"
#include "daemon/hub_private.h"
#include "tests/hub/stage.h"
#include "tests/proof/run.h"

#define ORIGIN "accord.example/stage"

static struct stage stage;

static void set_up(void)
{
        stage_set_up(&stage, NULL);
        stage_begin(&stage);
        must(stage_admit_party(&stage, "payer", ROLE_PAYER, true, 0), "party");
        stage_commit(&stage);
}

static void tear_down(void)
{
        stage_tear_down(&stage);
}

static struct epoch_end end_of(uint64_t size)
{
        struct epoch_end end = { .epoch = 1, .tree = { .size = size } };

        memset(end.tree.root.octets, (int)size, sizeof(end.tree.root.octets));
        return end;
}

static void begin(uint64_t end_size, uint32_t newest)
{
        const struct epoch_end end = end_of(end_size);

        stage_begin(&stage);
        must(epoch_begin(stage.hub, &end, newest, "the disk was lost", 7), "epoch");
        stage_commit(&stage);
}

static struct guard_mark mark(void)
{
        struct guard_mark mark;

        hub_mark(stage.hub, &mark);
        return mark;
}

/* The first lines of the checkpoint in force. */
static bool checkpoint_begins(const char *text)
{
        struct bytes note = hub_checkpoint(stage.hub, NULL);

        return note.size > strlen(text) && memcmp(note.data, text, strlen(text)) == 0;
}

START_TEST(the_log_goes_on_under_another_origin)
{
        struct epoch_end end;
        uint64_t index;

        ck_assert_uint_eq(mark().epoch, 1);
        ck_assert(checkpoint_begins(ORIGIN "\n2\n"));
        begin(9, 1);
        for (int round = 0; round < 2; round++) {
                ck_assert_uint_eq(mark().epoch, 2);
                ck_assert_uint_eq(mark().size, 3);
                ck_assert(checkpoint_begins(ORIGIN "/2\n3\n"));
                epoch_last(stage.hub, &index, &end);
                ck_assert_uint_eq(index, 2);
                ck_assert_uint_eq(end.epoch, 2);
                ck_assert_uint_eq(end.tree.size, 9);
                ck_assert_uint_eq(end.tree.root.octets[31], 9);
                stage_reopen(&stage);
        }
        stage_begin(&stage);
        must(stage_admit_party(&stage, "provider", ROLE_PROVIDER, true, 0), "party");
        stage_commit(&stage);
        ck_assert(checkpoint_begins(ORIGIN "/2\n4\n"));
        ck_assert_ptr_null(stage_finding(&stage));
}
END_TEST

START_TEST(the_tree_is_continued_not_begun_anew)
{
        struct checkpoint before, after;
        struct digest root;

        hub_checkpoint(stage.hub, &before);
        begin(9, 1);
        hub_checkpoint(stage.hub, &after);
        must(hub_root_at(stage.hub, before.size, &root), "root");
        ck_assert(digest_equal(&root, &before.root));
        ck_assert_uint_eq(after.size, before.size + 1);
}
END_TEST

START_TEST(a_number_that_anybody_knows_of_is_never_used_again)
{
        begin(9, 5);
        ck_assert_uint_eq(mark().epoch, 6);
        ck_assert(checkpoint_begins(ORIGIN "/6\n"));
        begin(12, 2);
        ck_assert_uint_eq(mark().epoch, 7);
        stage_reopen(&stage);
        ck_assert_uint_eq(mark().epoch, 7);
        ck_assert_ptr_null(stage_finding(&stage));
}
END_TEST

START_TEST(of_a_dropped_batch_nothing_is_left)
{
        const struct epoch_end end = end_of(9);

        stage_begin(&stage);
        must(epoch_begin(stage.hub, &end, 1, "a test", 7), "epoch");
        hub_abort(stage.hub);
        ck_assert_uint_eq(mark().epoch, 1);
        stage_begin(&stage);
        must(stage_admit_party(&stage, "provider", ROLE_PROVIDER, true, 0), "party");
        stage_commit(&stage);
        ck_assert(checkpoint_begins(ORIGIN "\n3\n"));
        ck_assert_ptr_null(stage_finding(&stage));
}
END_TEST

START_TEST(the_larger_tree_counts_and_the_newer_epoch)
{
        struct epoch_end known = { 2, { .size = 10 } };

        epoch_end_take(&known, &(struct epoch_end) { 1, { .size = 20 } });
        ck_assert_uint_eq(known.tree.size, 20);
        ck_assert_uint_eq(known.epoch, 2);
        epoch_end_take(&known, &(struct epoch_end) { 4, { .size = 15 } });
        ck_assert_uint_eq(known.tree.size, 20);
        ck_assert_uint_eq(known.epoch, 4);
}
END_TEST

static const struct {
        const char *origin;
        bool ours;              /* signed by the hub's key */
        int answer;
        uint32_t epoch;
} notes[] = {
        { ORIGIN, true, 0, 1 },
        { ORIGIN "/2", true, 0, 2 },
        { ORIGIN "/17", true, 0, 17 },
        { ORIGIN "/4294967295", true, 0, 4294967295 },
        { ORIGIN "/4294967296", true, -EBADMSG, 0 },
        { ORIGIN "/99999999999999999999", true, -EBADMSG, 0 },
        { ORIGIN "/1", true, -EBADMSG, 0 },
        { ORIGIN "/0", true, -EBADMSG, 0 },
        { ORIGIN "/02", true, -EBADMSG, 0 },
        { ORIGIN "/2/2", true, -EBADMSG, 0 },
        { ORIGIN "/", true, -EBADMSG, 0 },
        { ORIGIN "/x", true, -EBADMSG, 0 },
        { ORIGIN "-2", true, -EBADMSG, 0 },
        { "other.example", true, -EBADMSG, 0 },
        { ORIGIN, false, -ENOKEY, 1 },
        { ORIGIN "/2", false, -ENOKEY, 2 },
};

START_TEST(a_note_is_known_by_its_origin_and_key)
{
        const struct checkpoint tree = { .size = 1234 };
        char note[CHECKPOINT_MAX];
        struct player stranger;
        const struct keys *keys = &stage.keys;
        struct epoch_end end = { .epoch = 99 };
        struct note_key key;
        size_t size;

        player_make(&stranger, "some", "body");
        if (!notes[_i].ours)
                keys = &stranger.keys;
        must(note_key_make((struct bytes) { notes[_i].origin, strlen(notes[_i].origin) },
                           keys->public.signing, &key), "key");
        size = checkpoint_sign(&tree, &key, keys->secret.signing, note);
        ck_assert_int_eq(epoch_open_note(stage.hub, (struct bytes) { note, size }, &end),
                         notes[_i].answer);
        ck_assert_uint_eq(end.epoch, notes[_i].epoch);
        if (notes[_i].answer == 0)
                ck_assert_uint_eq(end.tree.size, 1234);
        note[size - 10] ^= 1;
        ck_assert_int_lt(epoch_open_note(stage.hub, (struct bytes) { note, size }, &end), 0);
        ck_assert_int_eq(epoch_open_note(stage.hub, (struct bytes) { "", 0 }, &end), -EBADMSG);
}
END_TEST

/* What a hub that is not judged yet must not have done: it may be the wrong ledger. */
START_TEST(an_unjudged_hub_has_signed_nothing)
{
        hub_close(stage.hub);
        stage.options.unjudged = true;
        must(hub_open(&stage.hub, &stage.options), "hub_open");
        ck_assert_msg(hub_checkpoint(stage.hub, NULL).size > 0, "the one that is stored");
        must(store_begin_write(stage.hub->env, &stage.hub->txn), "begin");
        must(store_del(stage.hub->txn, TABLE_META, (struct bytes) { "checkpoint", 10 }), "del");
        must(store_commit(give(stage.hub->txn)), "commit");
        stage_reopen(&stage);
        ck_assert_uint_eq(hub_checkpoint(stage.hub, NULL).size, 0);
        must(hub_go_on(stage.hub), "go on");
        ck_assert(checkpoint_begins(ORIGIN "\n2\n"));
        stage.options.unjudged = false;
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("epoch");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, the_log_goes_on_under_another_origin);
        tcase_add_test(tests, the_tree_is_continued_not_begun_anew);
        tcase_add_test(tests, a_number_that_anybody_knows_of_is_never_used_again);
        tcase_add_test(tests, of_a_dropped_batch_nothing_is_left);
        tcase_add_test(tests, the_larger_tree_counts_and_the_newer_epoch);
        tcase_add_loop_test(tests, a_note_is_known_by_its_origin_and_key, 0,
                            sizeof(notes) / sizeof(notes[0]));
        tcase_add_test(tests, an_unjudged_hub_has_signed_nothing);
        return run_case(tests, "epoch");
}
