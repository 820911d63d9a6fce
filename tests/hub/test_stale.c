/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which statements are stale, where there are more than one question looks at; and amounts of more
 * statements than one submission may state.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define RUNS 70

static struct scene scene;
static struct event spent;
static uint64_t spent_at, runs[RUNS];

static void spend(int64_t cents)
{
        spent.fact.value.num = cents;
        spent.fact.has_supersedes = spent_at != 0;
        spent.fact.supersedes = spent_at;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &spent, 1,
                                    &spent_at), HUB_RECEIPT);
}

/* Interim statements of one year, one after another. */
static void set_up(void)
{
        const struct event events[] = {
                fact_event(FACT_HEAD_COUNT, 5, ""), fact_event(FACT_BENCHMARK, 100000, ""),
        };

        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        spent = fact_event(FACT_EXPENDITURE, 0, "");
        spent_at = 0;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 2, NULL),
                         HUB_RECEIPT);
        spend(90000);
        for (int i = 0; i < RUNS; i++) {
                runs[i] = scene_order_run(&scene, RUN_INTERIM);
                ck_assert(stage_work(&scene.stage));
        }
}

static void tear_down(void)
{
        scene_tear_down(&scene);
}

/* Asks until there is no more; how many rows came, and how many of them are stale by @by. */
static int ask_all(bool of_contract, uint32_t most, uint32_t by, int *ret_stale, int *ret_answers)
{
        struct query query = { .id = 7, .kind = QUERY_STATEMENTS, .most = most };
        static uint8_t cursor[512];
        struct hub_frame frame;
        int rows = 0;

        if (of_contract)
                query.contract = scene.contract;
        *ret_stale = *ret_answers = 0;
        do {
                stage_begin(&scene.stage);
                stage_ask(&scene.stage, &scene.network.player, &query, 1);
                stage_commit(&scene.stage);
                stage_answer(&scene.stage, 1, &frame);
                ck_assert_int_eq(frame.kind, HUB_ANSWER);
                for (uint32_t i = 0; i < frame.answer.statement_count; i++) {
                        ck_assert_int_lt(rows, RUNS);
                        ck_assert_uint_eq(frame.answer.statements[i].run, runs[rows]);
                        rows++;
                        *ret_stale += frame.answer.statements[i].stale == by;
                }
                ck_assert(frame.answer.statement_count > 0 || frame.answer.next.size == 0);
                ck_assert_uint_le(frame.answer.next.size, sizeof(cursor));
                if (frame.answer.next.size)
                        memcpy(cursor, frame.answer.next.data, frame.answer.next.size);
                query.after = (struct bytes) { cursor, frame.answer.next.size };
                ++*ret_answers;
        } while (query.after.size);
        return rows;
}

START_TEST(each_statement_comes_once_however_many_are_stale)
{
        int stale, answers;

        ck_assert_int_eq(ask_all(_i, 0, 0, &stale, &answers), RUNS);
        ck_assert_int_eq(stale, RUNS);
        ck_assert_int_eq(answers, 1);
        spend(80000);
        ck_assert_int_eq(ask_all(_i, 0, STALE_FACTS, &stale, &answers), RUNS);
        ck_assert_int_eq(stale, RUNS);
        ck_assert_int_eq(answers, 3);           /* so many at a time are made again */
        ck_assert_int_eq(ask_all(_i, 7, STALE_FACTS, &stale, &answers), RUNS);
        ck_assert_int_eq(stale, RUNS);
        ck_assert_int_eq(answers, RUNS / 7 + 1);
}
END_TEST

/* A contract between network and stranger, in which the network states amounts of the other. */
static const struct contract_id *downstream(void)
{
        static struct contract_id id;
        struct event event = { .kind = EVENT_OFFER };
        struct sink sink;
        struct sha256 digest;

        id = (struct contract_id) { scene.contract.earner, { "stranger" }, { "down" } };
        stage_begin(&scene.stage);
        must(stage_admit_party(&scene.stage, "stranger", ROLE_PROVIDER, true, 0), "stranger");
        must(stage_admit_party(&scene.stage, "network", ROLE_NETWORK, true, 0), "network");
        stage_commit(&scene.stage);
        scene.terms->contract = id;
        scene.terms->version = 1;
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, scene.terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        digest = sha256_of(event.offer.terms);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, &id, &event, 1, NULL),
                         HUB_RECEIPT);
        event = (struct event) { .kind = EVENT_ACCEPTANCE, .acceptance = { .version = 1 } };
        event.acceptance.terms_sha256 = digest;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.stranger, &id, &event, 1, NULL),
                         HUB_RECEIPT);
        sink_free(&sink);
        return &id;
}

static struct event amount_of(uint64_t run, const char *line, int64_t cents)
{
        char item[ITEM_MAX_LENGTH + 1];

        snprintf(item, sizeof(item), "%llu:%s", (unsigned long long)run, line);
        return fact_event(FACT_UPSTREAM_AMOUNT, cents, item);
}

/* One after the other and back again: each is held against its own statement. */
START_TEST(amounts_of_two_statements_are_not_mixed_up)
{
        const struct contract_id *id = downstream();
        struct event events[4];
        uint64_t other;

        spend(80000);
        other = scene_order_run(&scene, RUN_INTERIM);
        ck_assert(stage_work(&scene.stage));
        events[0] = amount_of(runs[0], "payable", 5000);
        events[1] = amount_of(other, "payable", 10000);
        events[2] = amount_of(runs[0], "earned", 5000);
        events[3] = amount_of(other, "earned", 10000);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, id, events, 4, NULL),
                         HUB_RECEIPT);
}
END_TEST

/* What comes alone and did not is refused in its own words, whatever was read around it. */
START_TEST(a_refusal_between_amounts_says_what_it_says)
{
        static const char says[] = "it is not one of the terms' performance periods: "
                                   "run 2024-01-01 to 2024-12-31";
        const struct contract_id *id = downstream();
        const struct event events[] = {
                amount_of(runs[0], "payable", 5000),
                { .kind = EVENT_RUN_REQUEST, .run_request = {
                          { date_of(2024, 1, 1), date_of(2024, 7, 1) }, RUN_FINAL, 20500 } },
                amount_of(runs[1], "payable", 5000),
                { .kind = EVENT_RUN_REQUEST, .run_request = {
                          { date_of(2023, 1, 1), date_of(2023, 7, 1) }, RUN_FINAL, 20500 } },
        };
        struct bytes bytes = voice_say(&scene.stage, &scene.network, id, events, 4);
        const struct wire_fault *fault;
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.network.player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_REFUSAL);
        ck_assert_uint_eq(frame.refusal.fault_count, 4);
        fault = &frame.refusal.faults[1];
        ck_assert_uint_eq(fault->code, REFUSAL_PERIOD_NOT_COVERED);
        ck_assert_uint_eq(fault->says.size, sizeof(says) - 1);
        ck_assert_mem_eq(fault->says.data, says, sizeof(says) - 1);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(amounts_of_so_many_statements_and_no_more)
{
        const struct contract_id *id = downstream();
        struct event events[2 * UPSTREAM_PER_SUBMISSION_MAX + 1];
        struct hub_frame frame;
        struct bytes bytes;
        uint32_t count = 0;

        for (int i = 0; i < UPSTREAM_PER_SUBMISSION_MAX; i++) {
                events[count++] = amount_of(runs[i], "payable", 5000);
                events[count++] = amount_of(runs[i], "earned", 5000);
        }
        events[count++] = amount_of(runs[UPSTREAM_PER_SUBMISSION_MAX], "payable", 5000);
        bytes = voice_say(&scene.stage, &scene.network, id, events, count);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.network.player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_REFUSAL);
        ck_assert_uint_eq(frame.refusal.fault_count, 1);
        ck_assert_uint_eq(frame.refusal.faults[0].event, count - 1);
        ck_assert_uint_eq(frame.refusal.faults[0].code, REFUSAL_BAD_VALUE);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, id, events, count - 1, NULL),
                         HUB_RECEIPT);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("stale");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, each_statement_comes_once_however_many_are_stale, 0, 2);
        tcase_add_test(tests, amounts_of_two_statements_are_not_mixed_up);
        tcase_add_test(tests, a_refusal_between_amounts_says_what_it_says);
        tcase_add_test(tests, amounts_of_so_many_statements_and_no_more);
        return run_case(tests, "stale");
}
