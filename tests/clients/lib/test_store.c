/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof store: what comes is verified, kept and there again; what contradicts is named and
 * kept; torn ends are cut, damage is told.
 */
#include <stdio.h>
#include <string.h>

#include "clients/lib/proofs.h"
#include "clients/lib/recfile.h"
#include "core/own.h"
#include "core/octets.h"
#include "proof/keys.h"
#include "tests/clients/lib/history.h"
#include "tests/clients/lib/run.h"

static struct stage stage;
static struct history history;
static struct accord_proofs *proofs;
static struct accord_error error;
static char file[200];

static char notes[2][CHECKPOINT_MAX];
static struct sha256 path[MERKLE_PROOF_MAX];

static void begin(void)
{
        stage_begin(&stage);
        history_begin(&history, &stage);
        snprintf(file, sizeof(file), "%s/proofs", stage.node_directory);
        ck_call(accord_proofs_open(&proofs, &stage.profile, &error), 0, error);
}

static void end(void)
{
        accord_proofs_close(proofs);
        proofs = NULL;
        history_end(&history);
        stage_end(&stage);
}

static enum accord_code open_again(void)
{
        accord_proofs_close(proofs);
        proofs = NULL;
        return (enum accord_code)accord_proofs_open(&proofs, &stage.profile, &error);
}

static int see(uint64_t size)
{
        return accord_proofs_see(proofs, history_note(&history, size, notes[0]),
                                 ACCORD_SEEN_ANSWER, NULL, &error);
}

static int go_on(uint64_t first, uint64_t second)
{
        return accord_proofs_continue(proofs, (struct accord_tree) { 1, first },
                                      (struct accord_tree) { 1, second }, path,
                                      history_path(&history, first, second, path), &error);
}

static int receive(uint64_t index, uint64_t size)
{
        struct receipt receipt = history_receipt(&history, index, size, notes[0], path);

        return accord_proofs_keep_receipt(proofs, &receipt, &error);
}

static struct accord_proofs_stat stat_now(void)
{
        struct accord_proofs_stat stat;

        accord_proofs_stat(proofs, &stat);
        return stat;
}

/* Two receipts, three checkpoints, one path between the first two. */
static void fill(void)
{
        ck_call(receive(2, 5), 0, error);
        ck_call(accord_proofs_sync(proofs, &error), 0, error);
        ck_call(receive(7, 9), 0, error);
        ck_call(go_on(5, 9), 0, error);
        ck_call(accord_proofs_sync(proofs, &error), 0, error);
        ck_call(see(12), 0, error);
        ck_call(accord_proofs_sync(proofs, &error), 0, error);
}

/* ---- what was kept */

static int count_one(void *with, const struct accord_kept_receipt *kept)
{
        uint64_t *sum = with;

        ck_assert_uint_eq(kept->receipt.sequence, kept->receipt.index + 1);
        ck_assert_mem_eq(kept->receipt.leaf.octets, history.leaves[kept->receipt.index].octets, 32);
        *sum = *sum * 100 + kept->receipt.index;
        return 0;
}

START_TEST(what_was_kept_is_there_again)
{
        uint64_t sum = 0;
        const struct accord_proofs_visitor visitor = { .receipt = count_one, .with = &sum };
        struct accord_proofs_stat stat;
        struct accord_seen last;

        fill();
        for (int again = 0; again < 2; again++) {
                stat = stat_now();
                ck_assert_uint_eq(stat.receipts, 2);
                ck_assert_uint_eq(stat.checkpoints, 3);
                ck_assert_uint_eq(stat.paths, 1);
                ck_assert_uint_eq(stat.waiting, 1);
                ck_assert_uint_eq(stat.contradictions, 0);
                ck_assert(accord_proofs_last(proofs, &last));
                ck_assert_uint_eq(last.size, 9);
                ck_assert(bytes_equal(last.note, history_note(&history, 9, notes[1])));
                ck_call(open_again(), 0, error);
        }
        ck_call(accord_proofs_visit(proofs, &visitor, &error), 0, error);
        ck_assert_uint_eq(sum, 207);
}
END_TEST

START_TEST(what_comes_again_is_not_kept_twice)
{
        uint64_t bytes;

        fill();
        bytes = stat_now().bytes;
        ck_call(receive(2, 5), 0, error);
        ck_call(receive(2, 12), 0, error);
        ck_call(see(9), 0, error);
        ck_call(go_on(5, 9), 0, error);
        ck_assert_uint_eq(stat_now().bytes, bytes);
}
END_TEST

START_TEST(what_is_shown_to_go_on_waits_no_more)
{
        struct accord_seen last;

        for (uint64_t size = 3; size < 40; size += 4)
                ck_call(see(size), 0, error);
        ck_assert_uint_eq(stat_now().waiting, 9);
        for (uint64_t size = 3; size < 39; size += 4)
                ck_call(go_on(size, 39), 0, error);
        ck_assert_uint_eq(stat_now().waiting, 0);
        ck_assert(accord_proofs_last(proofs, &last));
        ck_assert_uint_eq(last.size, 39);
}
END_TEST

START_TEST(another_key_or_origin_is_no_checkpoint_of_the_hub)
{
        struct bytes note;

        ck_call(see(5), 0, error);
        snprintf(history.origin, sizeof(history.origin), "%s", "other.example.org");
        ck_call(see(6), ACCORD_NO_SUCH_THING, error);
        snprintf(history.origin, sizeof(history.origin), "%s", HISTORY_ORIGIN);
        keys_generate(KEY_KIND_HUB, &stage.hub);
        ck_call(see(6), ACCORD_NO_SUCH_THING, error);
        note = history_note(&history, 6, notes[0]);
        note.size -= 5;
        ck_call(accord_proofs_see(proofs, note, ACCORD_SEEN_FILE, NULL, &error),
                ACCORD_NO_SUCH_THING, error);
        ck_assert_uint_eq(stat_now().checkpoints, 1);
}
END_TEST

START_TEST(a_store_is_of_one_node_and_hub)
{
        struct accord_proofs *other = NULL;

        fill();
        accord_proofs_close(proofs);
        proofs = NULL;
        stage.profile.node.node.text[0] ^= 1;
        ck_call(accord_proofs_open(&other, &stage.profile, &error), ACCORD_INTEGRITY, error);
        stage.profile.node.node.text[0] ^= 1;
        stage.profile.hub_signing_key[3] ^= 1;
        ck_call(accord_proofs_read(&other, &stage.profile, &error), ACCORD_INTEGRITY, error);
        stage_write(file, "accout1\nsomething", 17);
        stage.profile.hub_signing_key[3] ^= 1;
        ck_call(accord_proofs_open(&proofs, &stage.profile, &error), 0, error);
        stage_write(file, "nothing of ours", 15);
        ck_call(accord_proofs_read(&other, &stage.profile, &error), ACCORD_FAILED, error);
}
END_TEST

/* ---- contradictions */

static int two_roots(void)
{
        history_change(&history, 4, 2);
        return see(9);
}

static int not_continued(void)
{
        history_change(&history, 4, 2);
        ck_call(see(20), 0, error);
        return go_on(9, 20);
}

static int not_included(void)
{
        struct receipt receipt = history_receipt(&history, 8, 9, notes[0], path);

        path[0].octets[5] ^= 1;
        return accord_proofs_keep_receipt(proofs, &receipt, &error);
}

static int other_size(void)
{
        struct receipt receipt = history_receipt(&history, 8, 9, notes[0], path);

        receipt.tree_size++;
        return accord_proofs_keep_receipt(proofs, &receipt, &error);
}

static int two_leaves(void)
{
        struct receipt receipt = history_receipt(&history, 2, 12, notes[0], path);

        receipt.leaf.octets[1] ^= 1;
        receipt.has_proof = false;
        return accord_proofs_keep_receipt(proofs, &receipt, &error);
}

static int shrank(void)
{
        ck_call(see(4), 0, error);
        return accord_proofs_continue(proofs, (struct accord_tree) { 1, 9 },
                                      (struct accord_tree) { 1, 4 }, NULL, 0, &error);
}

static int tell(uint32_t count, uint64_t index, uint64_t end_size)
{
        static uint8_t rooms[2][4096];
        const struct record_entry records[] = {
                history_genesis(&history, rooms[0]),
                history_epoch(&history, 2, index, end_size, rooms[1]),
        };

        return accord_proofs_ring(proofs, records, count, NULL, &error);
}

static int forgets_an_epoch(void)
{
        ck_call(tell(2, 12, 12), 0, error);
        return tell(1, 0, 1);
}

static int other_epoch(void)
{
        ck_call(tell(2, 12, 12), 0, error);
        return tell(2, 10, 12);
}

static int not_taken_back(void)
{
        return tell(2, 6, 11);
}

static int other_end(void)
{
        history_change(&history, 11, 7);
        return tell(2, 6, 12);
}

static const struct {
        const char *says;
        int (*happens)(void);
        enum accord_contradiction_kind kind;
        int notes;                      /* signed notes that are kept with it */
} contradictions[] = {
        { "two roots for one size", two_roots, ACCORD_TWO_ROOTS, 2 },
        { "a tree that does not go on", not_continued, ACCORD_NOT_CONTINUED, 2 },
        { "a receipt that leads nowhere", not_included, ACCORD_NOT_INCLUDED, 1 },
        { "a receipt against another size", other_size, ACCORD_NOT_INCLUDED, 1 },
        { "two leaves for one index", two_leaves, ACCORD_TWO_LEAVES, 0 },
        { "a tree that got smaller", shrank, ACCORD_SHRANK, 2 },
        { "an epoch that is told no more", forgets_an_epoch, ACCORD_TWO_PASTS, 0 },
        { "an epoch told otherwise", other_epoch, ACCORD_TWO_PASTS, 0 },
        { "an end smaller than what was signed", not_taken_back, ACCORD_NOT_TAKEN_BACK, 1 },
        { "an end that is another tree", other_end, ACCORD_NOT_TAKEN_BACK, 1 },
};

struct found {
        int count, notes;
        enum accord_contradiction_kind kind;
};

static int look(void *with, const struct accord_contradiction *said)
{
        struct found *found = with;

        found->count++;
        found->kind = said->kind;
        found->notes = (said->first.size > 0) + (said->second.size > 0);
        ck_assert_uint_gt(said->says.size, 10);
        return 0;
}

START_TEST(a_contradiction_is_named_and_kept)
{
        struct found found = { 0 };
        const struct accord_proofs_visitor visitor = { .contradiction = look, .with = &found };
        int r;

        fill();
        r = contradictions[_i].happens();
        ck_assert_msg(r == ACCORD_INTEGRITY, "%s: %d", contradictions[_i].says, r);
        ck_call(open_again(), 0, error);
        ck_call(accord_proofs_visit(proofs, &visitor, &error), 0, error);
        ck_assert_msg(found.count == 1 && found.kind == contradictions[_i].kind,
                      "%s: %d kept, of kind %u", contradictions[_i].says, found.count, found.kind);
        ck_assert_msg(found.notes >= contradictions[_i].notes, "%s: %d notes",
                      contradictions[_i].says, found.notes);
}
END_TEST

START_TEST(what_is_found_again_is_said_and_not_kept_again)
{
        fill();
        ck_assert_int_eq(not_continued(), ACCORD_INTEGRITY);
        ck_call(open_again(), 0, error);
        ck_assert_int_eq(go_on(9, 20), ACCORD_INTEGRITY);
        ck_assert_uint_eq(stat_now().contradictions, 1);
}
END_TEST

/* ---- epochs */

START_TEST(what_an_epoch_takes_back_is_void)
{
        struct accord_seen seen;

        fill();
        ck_call(tell(2, 6, 12), 0, error);
        for (int again = 0; again < 2; again++) {
                ck_assert_uint_eq(stat_now().epoch, 2);
                ck_assert_uint_eq(stat_now().void_receipts, 1);
                ck_assert_uint_eq(stat_now().waiting, 0);
                ck_assert(accord_proofs_last(proofs, &seen));
                ck_assert_uint_eq(seen.size, 5);
                ck_assert(accord_proofs_find(proofs, (struct accord_tree) { 1, 9 }, &seen));
                ck_assert(seen.is_void);
                ck_call(open_again(), 0, error);
        }
        /* The tree goes on from what was kept, with other entries. */
        history_change(&history, 6, 3);
        snprintf(history.origin, sizeof(history.origin), "%s/2", HISTORY_ORIGIN);
        ck_call(see(9), 0, error);
        ck_call(accord_proofs_continue(proofs, (struct accord_tree) { 1, 5 },
                                       (struct accord_tree) { 2, 9 }, path,
                                       history_path(&history, 5, 9, path), &error), 0, error);
        ck_assert_uint_eq(stat_now().waiting, 0);
}
END_TEST

/* ---- tears and damage */

START_TEST(a_torn_end_is_cut_off)
{
        uint64_t synced, size, receipts;
        void *bytes;
        size_t all;

        ck_call(receive(2, 5), 0, error);
        ck_call(accord_proofs_sync(proofs, &error), 0, error);
        synced = stat_now().bytes;
        ck_call(receive(7, 9), 0, error);
        accord_proofs_close(proofs);
        proofs = NULL;
        bytes = stage_read(file, &all);
        for (size = synced; size < all; size += 7) {
                stage_write(file, bytes, size);
                ck_call(open_again(), 0, error);
                receipts = stat_now().receipts;
                ck_assert_uint_eq(receipts, 1);
                ck_assert_uint_eq(stat_now().torn_bytes > 0, stat_now().bytes < size);
        }
        free(bytes);
}
END_TEST

START_TEST(a_record_that_was_synced_and_is_not_whole_is_damage)
{
        struct accord_proofs *reader = NULL;
        struct accord_proofs_stat stat;
        uint8_t *bytes;
        size_t all, begun;

        fill();
        accord_proofs_close(proofs);
        proofs = NULL;
        bytes = stage_read(file, &all);
        /* Every record but the last is before a sync: its length, its sum, its content. */
        for (size_t at = 8; (begun = at + 12 + get_u32(bytes + at)) < all; at = begun)
                for (size_t i = 0; i < 3; i++) {
                        bytes[at + 6 * i] ^= 0x40;
                        stage_write(file, bytes, all);
                        ck_call(accord_proofs_open(&proofs, &stage.profile, &error),
                                ACCORD_INTEGRITY, error);
                        ck_call(accord_proofs_read(&reader, &stage.profile, &error),
                                0, error);
                        accord_proofs_stat(reader, &stat);
                        ck_assert_uint_eq(stat.damaged_at, at);
                        accord_proofs_close(reader);
                        bytes[at + 6 * i] ^= 0x40;
                }
        stage_write(file, bytes, all);
        ck_call(accord_proofs_open(&proofs, &stage.profile, &error), 0, error);
        free(bytes);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("store");
        TCase *tests = tcase_create("store");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, what_was_kept_is_there_again);
        tcase_add_test(tests, what_comes_again_is_not_kept_twice);
        tcase_add_test(tests, what_is_shown_to_go_on_waits_no_more);
        tcase_add_test(tests, another_key_or_origin_is_no_checkpoint_of_the_hub);
        tcase_add_test(tests, a_store_is_of_one_node_and_hub);
        tcase_add_loop_test(tests, a_contradiction_is_named_and_kept, 0,
                            sizeof(contradictions) / sizeof(contradictions[0]));
        tcase_add_test(tests, what_is_found_again_is_said_and_not_kept_again);
        tcase_add_test(tests, what_an_epoch_takes_back_is_void);
        tcase_add_test(tests, a_torn_end_is_cut_off);
        tcase_add_test(tests, a_record_that_was_synced_and_is_not_whole_is_damage);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
