/* SPDX-License-Identifier: Apache-2.0 */
/* Runs by member-level rows: which blocks they read, in which order, and what they rest on. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/blocks.h"
#include "daemon/replay.h"
#include "tests/hub/rows.h"
#include "tests/proof/run.h"

static struct scene scene;

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        scene_of_members(&scene);
}

static void tear_down(void)
{
        scene_tear_down(&scene);
}

START_TEST(rows_settle)
{
        uint64_t index = scene_of_rows(&scene);
        const struct statement *s = scene_statement(&scene, scene_settled(&scene, RUN_FINAL));

        ck_assert_msg(s->status == STATEMENT_CALCULATED, "%s", s->reason.text);
        ck_assert_int_eq(s->earned, (30000 - 24000) / 2);
        ck_assert(s->has_members);
        ck_assert_uint_eq(s->member_rows, 240);
        ck_assert_uint_gt(index, 0);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        ck_assert_uint_eq(scene_recomputed(&scene).statements, 1);
}
END_TEST

/* SHA-256 over the blocks' digests, in the order in which they came, whatever their numbers. */
START_TEST(the_digest_is_over_those_of_the_blocks)
{
        struct event first = made_year(2, 12, 8, 100), second = made_year(1, 0, 12, 100);
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");
        const struct bytes spans[] = {
                BYTES_OF(first.block.sha256.octets), BYTES_OF(second.block.sha256.octets),
        };
        struct hasher *hasher;
        struct digest digest;

        scene_taken(&scene, &scene.payer, &benchmark, 1);
        scene_taken(&scene, &scene.payer, &first, 1);
        scene_taken(&scene, &scene.payer, &second, 1);
        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, spans, 2, &digest);
        hasher_free(hasher);
        ck_assert_mem_eq(scene_statement(&scene, scene_settled(&scene, RUN_FINAL))->members_digest,
                         digest.octets, 32);
}
END_TEST

START_TEST(rows_of_the_other_side_do_not_count)
{
        struct event other = made_year(1, 100, 5, 100000);

        scene_taken(&scene, &scene.network, &other, 1);
        scene_of_rows(&scene);
        ck_assert_int_eq(scene_statement(&scene, scene_settled(&scene, RUN_FINAL))->earned, 3000);
}
END_TEST

START_TEST(without_rows_it_is_not_calculable)
{
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");
        const struct statement *s;

        scene_taken(&scene, &scene.payer, &benchmark, 1);
        s = scene_statement(&scene, scene_settled(&scene, RUN_FINAL));
        ck_assert_int_eq(s->status, STATEMENT_NOT_CALCULABLE);
        ck_assert(!s->has_members);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* A block said after the cut is for the next run, whenever this one is computed. */
START_TEST(what_comes_after_the_cut_is_not_read)
{
        uint64_t index = scene_of_rows(&scene), run = scene_order_run(&scene, RUN_FINAL);
        struct event later[] = { made_year(1, 0, 12, 200), made_year(3, 40, 2, 100) };

        later[0].block.has_supersedes = true;
        later[0].block.supersedes = index;
        scene_taken(&scene, &scene.payer, later, 2);
        ck_assert(stage_work(&scene.stage));
        ck_assert_int_eq(scene_statement(&scene, run)->earned, 3000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        /* 12 members at 200, 8 and 2 at 100: 40,800 cents, a loss, which is not shared. */
        ck_assert_int_eq(scene_statement(&scene, scene_settled(&scene, RUN_RESTATED))->earned, 0);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* Members of the second block come before those of the first: the same figures. */
START_TEST(the_order_of_blocks_changes_nothing)
{
        struct event blocks[] = { made_year(1, 100, 12, 100), made_year(2, 12, 8, 100) };
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");

        scene_taken(&scene, &scene.payer, &benchmark, 1);
        scene_taken(&scene, &scene.payer, blocks, 2);
        ck_assert_int_eq(scene_statement(&scene, scene_settled(&scene, RUN_FINAL))->earned, 3000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(a_member_month_in_two_blocks_is_said)
{
        struct event blocks[] = { made_year(1, 0, 12, 100), made_year(2, 11, 8, 100) };
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");
        const struct statement *s;

        scene_taken(&scene, &scene.payer, &benchmark, 1);
        scene_taken(&scene, &scene.payer, blocks, 2);
        s = scene_statement(&scene, scene_settled(&scene, RUN_FINAL));
        ck_assert_int_eq(s->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(s->reason.text, "month"));
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(pseudonyms_of_two_keys_do_not_settle)
{
        struct event blocks[] = { made_year(1, 0, 12, 100), made_year(2, 12, 8, 100) };
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");
        const struct statement *s;

        blocks[1].block.generation = 2;
        scene_taken(&scene, &scene.payer, &benchmark, 1);
        scene_taken(&scene, &scene.payer, blocks, 2);
        s = scene_statement(&scene, scene_settled(&scene, RUN_FINAL));
        ck_assert_int_eq(s->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(s->reason.text, "different keys"));
}
END_TEST

START_TEST(an_empty_block_takes_its_rows_out)
{
        struct event nothing = made_year(2, 0, 0, 0);

        nothing.block.has_supersedes = true;
        nothing.block.supersedes = scene_of_rows(&scene);
        scene_taken(&scene, &scene.payer, &nothing, 1);
        /* 12 members left: 14,400 cents. */
        ck_assert_int_eq(scene_statement(&scene, scene_settled(&scene, RUN_FINAL))->earned,
                         (30000 - 14400) / 2);
}
END_TEST

START_TEST(a_preview_reads_what_the_batch_has_kept)
{
        struct event blocks[] = { made_year(1, 0, 12, 100), made_year(2, 12, 8, 100) };
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");
        const struct query query = {
                .id = 1, .kind = QUERY_PREVIEW, .contract = scene.contract,
                .period = scene.terms->periods[0], .payment = date_of(2025, 10, 15),
        };
        struct bytes bytes;
        struct hub_frame answer;

        scene_taken(&scene, &scene.payer, &benchmark, 1);
        bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, blocks, 2);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_ask(&scene.stage, &scene.payer.player, &query, 2);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 2, &answer);
        ck_assert_int_eq(answer.answer.preview->earned, 3000);
        ck_assert_int_eq(scene_preview(&scene)->earned, 3000);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("members");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, rows_settle);
        tcase_add_test(tests, the_digest_is_over_those_of_the_blocks);
        tcase_add_test(tests, rows_of_the_other_side_do_not_count);
        tcase_add_test(tests, without_rows_it_is_not_calculable);
        tcase_add_test(tests, what_comes_after_the_cut_is_not_read);
        tcase_add_test(tests, the_order_of_blocks_changes_nothing);
        tcase_add_test(tests, a_member_month_in_two_blocks_is_said);
        tcase_add_test(tests, pseudonyms_of_two_keys_do_not_settle);
        tcase_add_test(tests, an_empty_block_takes_its_rows_out);
        tcase_add_test(tests, a_preview_reads_what_the_batch_has_kept);
        return run_case(tests, "members");
}
