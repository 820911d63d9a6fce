/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may depend on order and what may not: facts of different keys in any order come to the same
 * statement; a run reads up to itself and no further; computed again it is the same, bit by bit.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/replay.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define FACTS 5

static struct event facts[FACTS];
static bool by_payer[FACTS];

static void make_facts(void)
{
        facts[0] = fact_event(FACT_HEAD_COUNT, 12000, "");
        facts[1] = fact_event(FACT_EXPENDITURE, 9000000, "");
        facts[2] = fact_event(FACT_BENCHMARK, 10000001, "");
        facts[3] = fact_event(FACT_HEAD_COUNT, 13000, "");     /* the other side's */
        facts[4] = fact_event(FACT_EXPENDITURE, 1, "pharmacy");
        for (int i = 0; i < FACTS; i++)
                by_payer[i] = i != 3;
}

/* The @n-th of all orders of FACTS things. */
static void order_of(int n, int ret[FACTS])
{
        int left[FACTS];

        for (int i = 0; i < FACTS; i++)
                left[i] = i;
        for (int i = FACTS; i > 0; i--) {
                int pick = n % i;

                n /= i;
                ret[FACTS - i] = left[pick];
                memmove(left + pick, left + pick + 1, (size_t)(i - 1 - pick) * sizeof(left[0]));
        }
}

static void compute(struct scene *scene, uint64_t run, struct statement *ret)
{
        must(hub_compute(scene->stage.hub, run, ret), "hub_compute");
}

static struct statement *statement_in_order(int n)
{
        struct statement *statement = calloc(1, sizeof(*statement));
        struct scene scene;
        int order[FACTS];

        ck_assert_ptr_nonnull(statement);
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        order_of(n, order);
        for (int i = 0; i < FACTS; i++)
                ck_assert_int_eq(voice_said(&scene.stage,
                                            by_payer[order[i]] ? &scene.payer : &scene.network,
                                            &scene.contract, &facts[order[i]], 1, NULL),
                                 HUB_RECEIPT);
        compute(&scene, scene_order_run(&scene, RUN_FINAL), statement);
        scene_tear_down(&scene);
        return statement;
}

START_TEST(any_order_of_facts_gives_the_same_lines)
{
        struct statement *first, *other;

        make_facts();
        first = statement_in_order(0);
        other = statement_in_order(_i * 7 + 1);
        ck_assert_int_eq(first->status, STATEMENT_CALCULATED);
        ck_assert_int_eq(first->earned, 500001);        /* half of 10000.01, rounded */
        ck_assert_int_eq(other->earned, first->earned);
        ck_assert_int_eq(other->payable, first->payable);
        ck_assert_uint_eq(other->line_count, first->line_count);
        ck_assert_uint_eq(other->fact_count, first->fact_count);
        for (int i = 0; i < first->line_count; i++) {
                ck_assert_uint_eq(other->lines[i].code, first->lines[i].code);
                ck_assert(other->lines[i].num == first->lines[i].num);
                ck_assert(other->lines[i].den == first->lines[i].den);
        }
        for (int i = 0; i < first->fact_count; i++) {
                ck_assert_int_eq(other->facts[i].kind, first->facts[i].kind);
                ck_assert_int_eq(other->facts[i].value.num, first->facts[i].value.num);
        }
        free(first);
        free(other);
}
END_TEST

static void state_all(struct scene *scene)
{
        make_facts();
        for (int i = 0; i < FACTS; i++)
                ck_assert_int_eq(voice_said(&scene->stage,
                                            by_payer[i] ? &scene->payer : &scene->network,
                                            &scene->contract, &facts[i], 1, NULL),
                                 HUB_RECEIPT);
}

/* What comes after a run is for the next one, however late the run is computed. */
START_TEST(a_run_reads_up_to_itself)
{
        struct statement *at_once = calloc(1, sizeof(*at_once)), *late = calloc(1, sizeof(*late));
        struct scene scene;
        struct event newer;
        uint64_t run, index;

        ck_assert(at_once && late);
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        state_all(&scene);
        newer = fact_event(FACT_MEMBER_MONTHS, 5, "");
        voice_said(&scene.stage, &scene.payer, &scene.contract, &newer, 1, &index);
        run = scene_order_run(&scene, RUN_FINAL);
        compute(&scene, run, at_once);
        newer = fact_event(FACT_MEMBER_MONTHS, 6, "");
        newer.fact.has_supersedes = true;
        newer.fact.supersedes = index;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &newer, 1, NULL),
                         HUB_RECEIPT);
        newer = fact_event(FACT_PERSON_YEARS, 7, "");
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, &scene.contract, &newer, 1, NULL),
                         HUB_RECEIPT);
        stage_reopen(&scene.stage);
        compute(&scene, run, late);
        ck_assert_mem_eq(late, at_once, sizeof(*late));
        free(at_once);
        free(late);
        scene_tear_down(&scene);
}
END_TEST

struct found {
        struct bytes bytes;
        unsigned int count;
};

static int find_statement(void *with, const struct log_row *row)
{
        struct found *found = with;
        void *copy;

        if (row->kind != ENTRY_STATEMENT)
                return 0;
        copy = malloc(row->bytes.size);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, row->bytes.data, row->bytes.size);
        free((void *)found->bytes.data);
        found->bytes = (struct bytes) { copy, row->bytes.size };
        found->count++;
        return 0;
}

/* The hub dies owing a statement: the next start makes that very statement. */
START_TEST(a_run_without_its_statement_is_made_after_a_crash)
{
        struct found first = { 0 }, second = { 0 };

        for (int crash = 0; crash < 2; crash++) {
                struct found *found = crash ? &second : &first;
                struct scene scene;

                scene_set_up(&scene, NULL);
                scene_of_contract(&scene);
                state_all(&scene);
                scene_order_run(&scene, RUN_FINAL);
                if (crash) {
                        struct statement *lost = calloc(1, sizeof(*lost));
                        uint64_t run;

                        ck_assert_ptr_nonnull(lost);
                        must(hub_next_run(scene.stage.hub, 0, &run), "hub_next_run");
                        compute(&scene, run, lost);
                        stage_begin(&scene.stage);
                        scene.stage.now -= SECOND / 1000;
                        must(hub_post_statement(scene.stage.hub, lost), "hub_post_statement");
                        stage_reopen(&scene.stage);     /* before the commit */
                        free(lost);
                }
                ck_assert(stage_work(&scene.stage));
                ck_assert(!stage_work(&scene.stage));
                must(hub_visit_log(scene.stage.hub, 0, find_statement, found), "hub_visit_log");
                ck_assert_uint_eq(found->count, 1);
                ck_assert_ptr_null(stage_finding(&scene.stage));
                scene_tear_down(&scene);
        }
        ck_assert(bytes_equal(first.bytes, second.bytes));
        free((void *)first.bytes.data);
        free((void *)second.bytes.data);
}
END_TEST

/* Handed over twice, as after a crash between the two: the second is nothing. */
START_TEST(a_statement_is_posted_once)
{
        static const enum table none[] = { TABLE_COUNT };
        struct statement *statement = calloc(1, sizeof(*statement));
        struct stage_tables before, after;
        struct scene scene;
        struct effect effect;
        uint64_t run;

        ck_assert_ptr_nonnull(statement);
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        state_all(&scene);
        run = scene_order_run(&scene, RUN_FINAL);
        compute(&scene, run, statement);
        stage_begin(&scene.stage);
        must(hub_post_statement(scene.stage.hub, statement), "hub_post_statement");
        stage_commit(&scene.stage);
        stage_tables(&scene.stage, &before);
        stage_begin(&scene.stage);
        must(hub_post_statement(scene.stage.hub, statement), "again");
        stage_commit(&scene.stage);
        stage_tables(&scene.stage, &after);
        ck_assert_int_eq(stage_changed(&before, &after, none), TABLE_COUNT);
        ck_assert(!hub_effect(scene.stage.hub, 0, &effect));
        statement->run.cut = 1;
        stage_begin(&scene.stage);
        ck_assert_int_eq(hub_post_statement(scene.stage.hub, statement), -EINVAL);
        hub_abort(scene.stage.hub);
        free(statement);
        scene_tear_down(&scene);
}
END_TEST

static void post(struct scene *scene, uint64_t run, struct statement *statement)
{
        compute(scene, run, statement);
        stage_begin(&scene->stage);
        must(hub_post_statement(scene->stage.hub, statement), "hub_post_statement");
        stage_commit(&scene->stage);
}

static uint64_t restate(struct scene *scene, struct event *fact, int64_t value, uint64_t supersedes)
{
        uint64_t index;

        fact->fact.value.num = value;
        fact->fact.has_supersedes = true;
        fact->fact.supersedes = supersedes;
        ck_assert_int_eq(
                voice_said(&scene->stage, &scene->payer, &scene->contract, fact, 1, &index),
                HUB_RECEIPT);
        return index;
}

/* The first of two runs is computed after the second: what is owed is posted once. */
START_TEST(a_run_that_was_overtaken_posts_nothing)
{
        struct statement *statement = calloc(1, sizeof(*statement));
        struct event spent = fact_event(FACT_EXPENDITURE, 9000000, "");
        uint64_t runs[3], index;
        struct hub_stat stat;
        struct scene scene;

        ck_assert_ptr_nonnull(statement);
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        voice_said(&scene.stage, &scene.payer, &scene.contract, &spent, 1, &index);
        make_facts();
        voice_said(&scene.stage, &scene.payer, &scene.contract, &facts[0], 1, NULL);
        voice_said(&scene.stage, &scene.payer, &scene.contract, &facts[2], 1, NULL);
        runs[0] = scene_order_run(&scene, RUN_FINAL);
        index = restate(&scene, &spent, 8000001, index);
        runs[1] = scene_order_run(&scene, RUN_RESTATED);
        post(&scene, runs[1], statement);
        ck_assert_int_eq(statement->payable, 1000000);
        post(&scene, runs[0], statement);
        ck_assert_int_eq(statement->payable, 500001);
        must(hub_read_stat(scene.stage.hub, &stat), "hub_read_stat");
        ck_assert_uint_eq(stat.journal_entries, 1);
        ck_assert_int_eq(stat.debits_pending, 1000000);
        restate(&scene, &spent, 7000001, index);
        runs[2] = scene_order_run(&scene, RUN_RESTATED);
        post(&scene, runs[2], statement);
        must(hub_read_stat(scene.stage.hub, &stat), "hub_read_stat");
        ck_assert_int_eq(stat.debits_pending, 1000000 + 1500000);       /* the first is void */
        ck_assert_int_eq(stat.credits_pending, 1000000 + 1500000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        free(statement);
        scene_tear_down(&scene);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("order");

        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, any_order_of_facts_gives_the_same_lines, 0, 17);
        tcase_add_test(tests, a_run_reads_up_to_itself);
        tcase_add_test(tests, a_run_without_its_statement_is_made_after_a_crash);
        tcase_add_test(tests, a_statement_is_posted_once);
        tcase_add_test(tests, a_run_that_was_overtaken_posts_nothing);
        return run_case(tests, "order");
}
