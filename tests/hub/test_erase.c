/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks and time: erased, lost, restored, and half written when the power went. What the
 * log says stands in every case; what the rows say can be told only while they are there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

static int erase(uint32_t year, uint64_t *ret_index)
{
        const struct block_erasure erasure = {
                .contract = scene.contract, .year = year, .reason = { "the agreement ended" },
                .operator_uid = 7,
        };
        const char *says = "";
        uint64_t index = 0;
        int r;

        stage_begin(&scene.stage);
        r = hub_erase_blocks(scene.stage.hub, &erasure, &index, &says);
        ck_assert_int_ge(r, 0);
        stage_commit(&scene.stage);
        if (ret_index)
                *ret_index = index;
        return r;
}

START_TEST(erased_is_said_and_done)
{
        struct signal_frame frame;
        struct record record;
        uint64_t index, run;
        size_t at = 0;

        scene_of_rows(&scene);
        run = scene_settled(&scene, RUN_FINAL);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
        ck_assert_int_eq(erase(2024, &index), 0);
        ck_assert(stage_heard(&scene.stage, &scene.network.player, &at, &frame, &record));
        ck_assert_int_eq(record.signal.kind, SIGNAL_BLOCKS_ERASED);
        ck_assert_uint_eq(record.signal.cause, index);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_ERASED);
        ck_assert_int_eq(scene_statement(&scene, run)->earned, 3000);
        ck_assert_int_eq(scene_preview(&scene)->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(scene_preview(&scene)->reason.text, "were erased"));
        stage_reopen(&scene.stage);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_ERASED);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* Log, tree, tables hold; and which statement nobody can derive any more is counted by itself. */
START_TEST(what_rests_on_erased_rows_is_counted_apart)
{
        struct replay_report report;
        char run[32];

        scene_of_rows(&scene);
        snprintf(run, sizeof(run), "%llu", (unsigned long long)scene_settled(&scene, RUN_FINAL));
        ck_assert_int_eq(erase(2024, NULL), 0);
        for (int round = 0; round < 2; round++) {
                report = scene_recomputed(&scene);
                ck_assert_uint_eq(report.statements, 0);
                ck_assert_uint_eq(report.erased, 1);
                ck_assert_uint_eq(report.missing, 0);
                ck_assert_str_eq(report.beyond, run);
                ck_assert_ptr_null(stage_finding(&scene.stage));
                stage_reopen(&scene.stage);
        }
}
END_TEST

/* As the statement of a run that came after it: that can be derived, for it says just that. */
START_TEST(a_run_after_the_erasure_says_so)
{
        const struct statement *s;

        scene_of_rows(&scene);
        ck_assert_int_eq(erase(2024, NULL), 0);
        s = scene_statement(&scene, scene_settled(&scene, RUN_FINAL));
        ck_assert_int_eq(s->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(s->reason.text, "were erased"));
        ck_assert_uint_eq(scene_recomputed(&scene).statements, 1);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(not_while_a_run_is_to_be_computed)
{
        scene_of_rows(&scene);
        scene_order_run(&scene, RUN_FINAL);
        ck_assert_int_eq(erase(2024, NULL), REFUSAL_RUN_PENDING);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
        ck_assert(stage_work(&scene.stage));
        ck_assert_int_eq(erase(2024, NULL), 0);
}
END_TEST

START_TEST(only_what_is_there_can_be_erased)
{
        scene_of_rows(&scene);
        ck_assert_int_eq(erase(2023, NULL), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(erase(2024, NULL), 0);
        ck_assert_int_eq(erase(2024, NULL), REFUSAL_NO_SUCH_THING);
        scene.contract.label = (struct name) { "another" };
        ck_assert_int_eq(erase(2024, NULL), REFUSAL_NO_SUCH_THING);
}
END_TEST

START_TEST(what_comes_after_is_kept_under_another_key)
{
        struct event blocks[] = { made_year(1, 0, 12, 100), made_year(2, 12, 8, 100) };
        uint64_t index = scene_of_rows(&scene);

        ck_assert_int_eq(erase(2024, NULL), 0);
        for (int i = 0; i < 2; i++) {
                blocks[i].block.has_supersedes = true;
                blocks[i].block.supersedes = index;
        }
        scene_taken(&scene, &scene.payer, blocks, 2);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
        ck_assert_int_eq(scene_statement(&scene, scene_settled(&scene, RUN_FINAL))->earned, 3000);
        stage_reopen(&scene.stage);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* In one batch: a block, the erasure, and a block again. Only what came before it goes. */
START_TEST(erased_and_said_again_in_one_batch)
{
        const struct block_erasure erasure = { .contract = scene.contract, .year = 2024 };
        struct event first = made_year(1, 0, 12, 100), second = made_year(2, 12, 8, 100);
        struct bytes bytes[2];
        struct block_row rows[2];
        struct hub_frame answer;
        const struct query query = { .id = 1, .kind = QUERY_BLOCKS, .contract = scene.contract };
        const char *says;
        uint64_t index;

        bytes[0] = voice_say(&scene.stage, &scene.payer, &scene.contract, &first, 1);
        bytes[1] = voice_say(&scene.stage, &scene.payer, &scene.contract, &second, 1);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes[0], 1);
        ck_assert_int_eq(hub_erase_blocks(scene.stage.hub, &erasure, &index, &says), 0);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes[1], 2);
        stage_commit(&scene.stage);
        for (int round = 0; round < 2; round++) {
                stage_begin(&scene.stage);
                stage_ask(&scene.stage, &scene.payer.player, &query, 1);
                stage_commit(&scene.stage);
                stage_answer(&scene.stage, 1, &answer);
                ck_assert_uint_eq(answer.answer.block_count, 2);
                memcpy(rows, answer.answer.blocks, sizeof(rows));
                ck_assert_int_eq(rows[0].keeping, BLOCK_ERASED);
                ck_assert_int_eq(rows[1].keeping, BLOCK_KEPT);
                stage_reopen(&scene.stage);
        }
        free((void *)bytes[0].data);
        free((void *)bytes[1].data);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(a_dropped_batch_erases_nothing)
{
        const struct block_erasure erasure = { .contract = scene.contract, .year = 2024 };
        const char *says;
        uint64_t index;

        scene_of_rows(&scene);
        stage_begin(&scene.stage);
        ck_assert_int_eq(hub_erase_blocks(scene.stage.hub, &erasure, &index, &says), 0);
        hub_abort(scene.stage.hub);
        stage_begin(&scene.stage);
        stage_commit(&scene.stage);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
        stage_reopen(&scene.stage);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
}
END_TEST

START_TEST(so_many_in_one_batch_and_no_more)
{
        const char *says;
        uint64_t index;

        scene.terms->version = 2;
        scene.terms->agreement.from = date_of(2000, 1, 1);
        scene_agree(&scene);
        for (int year = 2000; year <= 2000 + ERASURES_PER_BATCH_MAX; year++) {
                struct event block = made_year(1, 0, 1, 1);
                uint8_t *month = (uint8_t *)block.block.columns.data + 12 * PSEUDONYM_SIZE;

                block.block.period = (struct period) { date_of(year, 1, 1),
                                                       date_of(year + 1, 1, 1) };
                for (int i = 0; i < 12; i++) {
                        month[2 * i] = (uint8_t)((year - 1970) * 12 + i);
                        month[2 * i + 1] = (uint8_t)(((year - 1970) * 12 + i) >> 8);
                }
                made_again(&block);
                scene_taken(&scene, &scene.payer, &block, 1);
        }
        stage_begin(&scene.stage);
        for (int i = 0; i <= ERASURES_PER_BATCH_MAX; i++) {
                const struct block_erasure erasure = {
                        .contract = scene.contract, .year = 2000 + (uint32_t)i,
                };

                ck_assert_int_eq(hub_erase_blocks(scene.stage.hub, &erasure, &index, &says),
                                 i < ERASURES_PER_BATCH_MAX ? 0 : REFUSAL_BUSY);
        }
        stage_commit(&scene.stage);
        ck_assert_int_eq(erase(2000 + ERASURES_PER_BATCH_MAX, NULL), 0);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* ---- a crash between the two commits */

/* The blocks are on the disk, their entries are not. */
static void die_between(const struct event *events, uint32_t count)
{
        struct bytes bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, events, count);
        struct hub *hub = scene.stage.hub;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        must(block_store_commit(hub->blocks), "block_store_commit");
        hub_close(hub);
        scene.stage.hub = NULL;
        free((void *)bytes.data);
        scene.payer.said--;
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
}

static int kept(uint64_t index, uint32_t event, const struct block_event *block)
{
        struct block_id id = { .index = index, .event = event, .contract_no = 1, .year = 2024 };
        struct block_reader *reader;
        struct bytes columns;
        int r;

        memcpy(id.sha256, block->sha256.octets, sizeof(id.sha256));
        must(block_reader_open(scene.stage.hub->blocks, BLOCK_SIZE_MAX, false, &reader), "reader");
        r = block_reader_get(reader, &id, &columns);
        if (!r)
                ck_assert(bytes_equal(columns, block->columns));
        block_reader_close(reader);
        return r;
}

START_TEST(an_orphan_is_swept_and_its_place_taken)
{
        struct event orphans[] = { made_year(1, 0, 12, 100), made_year(2, 12, 8, 100) };
        struct event other = made_year(3, 30, 1, 100);
        uint64_t entries = stage_entries(&scene.stage);

        die_between(orphans, 2);
        ck_assert_uint_eq(stage_entries(&scene.stage), entries);
        ck_assert_int_eq(kept(entries, 0, &orphans[0].block), -ENOENT);
        ck_assert_int_eq(kept(entries, 1, &orphans[1].block), -ENOENT);
        /* Something else becomes that entry; what came before is not to be had under it. */
        ck_assert_uint_eq(scene_taken(&scene, &scene.payer, &other, 1), entries);
        ck_assert_int_eq(kept(entries, 0, &other.block), 0);
        ck_assert_int_eq(kept(entries, 1, &orphans[1].block), -ENOENT);
        scene_taken(&scene, &scene.payer, orphans, 2);
        ck_assert_int_eq(kept(entries + 1, 0, &orphans[0].block), 0);
        ck_assert_int_eq(kept(entries + 1, 1, &orphans[1].block), 0);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* The ledger may be an older one: what looks like an orphan may be what the newer one says. */
START_TEST(a_hub_that_is_not_judged_sweeps_nothing)
{
        struct event orphan = made_year(1, 0, 12, 100);
        uint64_t entries = stage_entries(&scene.stage);

        scene.stage.options.unjudged = true;
        die_between(&orphan, 1);
        ck_assert_int_eq(kept(entries, 0, &orphan.block), 0);
        ck_assert_int_eq(hub_go_on(scene.stage.hub), 0);
        ck_assert_int_eq(kept(entries, 0, &orphan.block), -ENOENT);
        scene.stage.options.unjudged = false;
}
END_TEST

/* The log has the erasure, and the process ended before the key was destroyed. */
START_TEST(an_erasure_cut_short_is_finished_at_the_start)
{
        const struct block_erasure erasure = { .contract = scene.contract, .year = 2024 };
        struct event block = made_year(9, 50, 2, 100);
        uint64_t index, before = scene_taken(&scene, &scene.payer, &block, 1);
        const char *says;

        scene_of_rows(&scene);
        stage_begin(&scene.stage);
        ck_assert_int_eq(hub_erase_blocks(scene.stage.hub, &erasure, &index, &says), 0);
        scene.stage.hub->erasure_count = 0;     /* as if it ended right after the commit */
        stage_commit(&scene.stage);
        ck_assert_int_eq(kept(before, 0, &block.block), 0);
        stage_reopen(&scene.stage);
        ck_assert_int_eq(kept(before, 0, &block.block), -ENOENT);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_ERASED);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* ---- lost */

static void lose_blocks(void)
{
        char path[STAGE_PATH_MAX + 32];

        hub_close(scene.stage.hub);
        scene.stage.hub = NULL;
        snprintf(path, sizeof(path), "%s.lost", scene.stage.blocks);
        ck_assert_int_eq(rename(scene.stage.blocks, path), 0);
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
}

static void find_blocks(void)
{
        char path[STAGE_PATH_MAX + 32], command[2 * STAGE_PATH_MAX + 64];

        hub_close(scene.stage.hub);
        scene.stage.hub = NULL;
        snprintf(path, sizeof(path), "%s.lost", scene.stage.blocks);
        snprintf(command, sizeof(command), "rm -r %s", scene.stage.blocks);
        ck_assert_int_eq(system(command), 0);
        ck_assert_int_eq(rename(path, scene.stage.blocks), 0);
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
}

/* Tables are the same whether the rows are there or not: they are no part of them. */
START_TEST(rebuilt_with_and_without_the_rows)
{
        static struct stage_tables with, without;
        static const enum table none[] = { TABLE_COUNT };

        scene_of_rows(&scene);
        scene_settled(&scene, RUN_FINAL);
        stage_tables(&scene.stage, &with);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        lose_blocks();
        stage_tables(&scene.stage, &without);
        ck_assert_int_eq(stage_changed(&with, &without, none), TABLE_COUNT);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        find_blocks();
}
END_TEST

START_TEST(what_rests_on_lost_rows_is_counted_apart)
{
        struct replay_report report;

        scene_of_rows(&scene);
        scene_settled(&scene, RUN_FINAL);
        lose_blocks();
        report = scene_recomputed(&scene);
        ck_assert_uint_eq(report.statements, 0);
        ck_assert_uint_eq(report.missing, 1);
        ck_assert_uint_eq(report.erased, 0);
        find_blocks();
        report = scene_recomputed(&scene);
        ck_assert_uint_eq(report.statements, 1);
        ck_assert_uint_eq(report.missing, 0);
}
END_TEST

static uint64_t lost(void)
{
        uint64_t lost;

        ck_assert_int_eq(hub_prove_blocks(scene.stage.hub, &lost), 0);
        return lost;
}

START_TEST(a_start_counts_what_the_last_entries_lack)
{
        scene_of_rows(&scene);
        ck_assert_uint_eq(lost(), 0);
        lose_blocks();
        ck_assert_uint_eq(lost(), 2);
        find_blocks();
        ck_assert_uint_eq(lost(), 0);
        ck_assert_int_eq(erase(2024, NULL), 0);
        ck_assert_msg(lost() == 0, "what is erased is not lost");
}
END_TEST

START_TEST(opened_to_read_without_rows_it_says_so)
{
        struct replay_report report;

        scene_of_rows(&scene);
        scene_settled(&scene, RUN_FINAL);
        lose_blocks();
        hub_close(scene.stage.hub);
        scene.stage.hub = NULL;
        scene.stage.options.read_only = true;
        scene.stage.options.blocks_directory = "/dev/shm/there-is-no-such-place";
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
        ck_assert_ptr_null(scene.stage.hub->blocks);
        report = scene_recomputed(&scene);
        ck_assert_uint_eq(report.missing, 1);
        scene.stage.options.read_only = false;
        scene.stage.options.blocks_directory = NULL;
        stage_reopen(&scene.stage);
        find_blocks();
}
END_TEST

/* A run waits for what was lost; the same bytes again bring it back, and it is computed. */
START_TEST(the_same_submission_again_heals)
{
        struct event blocks[] = { made_year(1, 0, 12, 100), made_year(2, 12, 8, 100) };
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");
        struct statement *statement = calloc(1, sizeof(*statement));
        struct bytes bytes;
        struct hub_frame answer;
        uint64_t run, index;

        scene_taken(&scene, &scene.payer, &benchmark, 1);
        bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, blocks, 2);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        index = answer.receipt.index;
        run = scene_order_run(&scene, RUN_FINAL);
        lose_blocks();
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_MISSING);
        ck_assert_int_eq(hub_compute(scene.stage.hub, run, statement), -ENODATA);
        ck_assert_int_eq(scene_preview(&scene)->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_ptr_nonnull(strstr(scene_preview(&scene)->reason.text, "has lost a block"));
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 2);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_int_eq(answer.kind, HUB_RECEIPT);
        ck_assert_uint_eq(answer.receipt.index, index);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_KEPT);
        ck_assert(stage_work(&scene.stage));
        ck_assert_int_eq(scene_statement(&scene, run)->earned, 3000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        find_blocks();
        free((void *)bytes.data);
        free(statement);
}
END_TEST

/* What was erased is not brought back by who sends it again. */
START_TEST(the_same_submission_again_does_not_bring_back_what_was_erased)
{
        struct event block = made_year(1, 0, 12, 100);
        struct bytes bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, &block, 1);

        for (int i = 0; i < 2; i++) {
                stage_begin(&scene.stage);
                stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
                stage_commit(&scene.stage);
                ck_assert_int_eq(scene_keeping(&scene), i ? BLOCK_ERASED : BLOCK_KEPT);
                if (!i)
                        ck_assert_int_eq(erase(2024, NULL), 0);
        }
        free((void *)bytes.data);
}
END_TEST

/* A backup of the directory from before an erasure, put back. */
START_TEST(an_old_copy_put_back_is_erased_again)
{
        struct event block = made_year(1, 0, 12, 100);
        char command[4 * STAGE_PATH_MAX];
        uint64_t index = scene_taken(&scene, &scene.payer, &block, 1);

        hub_close(scene.stage.hub);
        scene.stage.hub = NULL;
        snprintf(command, sizeof(command), "cp -a %s %s.old", scene.stage.blocks,
                 scene.stage.blocks);
        ck_assert_int_eq(system(command), 0);
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
        ck_assert_int_eq(erase(2024, NULL), 0);
        hub_close(scene.stage.hub);
        scene.stage.hub = NULL;
        snprintf(command, sizeof(command), "rm -r %s && mv %s.old %s", scene.stage.blocks,
                 scene.stage.blocks, scene.stage.blocks);
        ck_assert_int_eq(system(command), 0);
        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
        ck_assert_int_eq(kept(index, 0, &block.block), -ENOENT);
        ck_assert_int_eq(scene_keeping(&scene), BLOCK_ERASED);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("erase");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, erased_is_said_and_done);
        tcase_add_test(tests, what_rests_on_erased_rows_is_counted_apart);
        tcase_add_test(tests, a_run_after_the_erasure_says_so);
        tcase_add_test(tests, not_while_a_run_is_to_be_computed);
        tcase_add_test(tests, only_what_is_there_can_be_erased);
        tcase_add_test(tests, what_comes_after_is_kept_under_another_key);
        tcase_add_test(tests, erased_and_said_again_in_one_batch);
        tcase_add_test(tests, a_dropped_batch_erases_nothing);
        tcase_add_test(tests, so_many_in_one_batch_and_no_more);
        tcase_add_test(tests, an_orphan_is_swept_and_its_place_taken);
        tcase_add_test(tests, a_hub_that_is_not_judged_sweeps_nothing);
        tcase_add_test(tests, an_erasure_cut_short_is_finished_at_the_start);
        tcase_add_test(tests, rebuilt_with_and_without_the_rows);
        tcase_add_test(tests, what_rests_on_lost_rows_is_counted_apart);
        tcase_add_test(tests, a_start_counts_what_the_last_entries_lack);
        tcase_add_test(tests, opened_to_read_without_rows_it_says_so);
        tcase_add_test(tests, the_same_submission_again_heals);
        tcase_add_test(tests, the_same_submission_again_does_not_bring_back_what_was_erased);
        tcase_add_test(tests, an_old_copy_put_back_is_erased_again);
        return run_case(tests, "erase");
}
