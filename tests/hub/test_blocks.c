/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of member-level rows at the hub: who may state them, how they are replaced, and kept. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/blocks.h"
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

static enum hub_frame_kind said(struct voice *voice, const struct event *events, uint32_t count,
                                uint64_t *ret_index)
{
        return voice_said(&scene.stage, voice, &scene.contract, events, count, ret_index);
}

static uint64_t taken(struct voice *voice, const struct event *event)
{
        uint64_t index;

        ck_assert_int_eq(said(voice, event, 1, &index), HUB_RECEIPT);
        return index;
}

/* The first fault of what the payer says. */
static struct wire_fault refused_for(struct voice *voice, const struct event *events,
                                     uint32_t count)
{
        struct bytes bytes = voice_say(&scene.stage, voice, &scene.contract, events, count);
        struct hub_frame answer;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &voice->player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_int_eq(answer.kind, HUB_REFUSAL);
        ck_assert_uint_ge(answer.refusal.fault_count, 1);
        return answer.refusal.faults[0];
}

static bool says(const struct wire_fault *fault, const char *what)
{
        return memmem(fault->says.data, fault->says.size, what, strlen(what)) != NULL;
}

/* Rows of blocks as the payer is told of them. */
static uint32_t listed(bool history, struct block_row ret[16])
{
        const struct query query = {
                .id = 1, .kind = QUERY_BLOCKS, .contract = scene.contract, .history = history,
        };
        struct hub_frame answer;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.payer.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_int_eq(answer.kind, HUB_ANSWER);
        ck_assert(!answer.answer.refused);
        ck_assert_uint_le(answer.answer.block_count, 16);
        if (answer.answer.block_count)
                memcpy(ret, answer.answer.blocks, answer.answer.block_count * sizeof(*ret));
        return answer.answer.block_count;
}

START_TEST(a_block_is_taken_kept_and_listed)
{
        struct event blocks[] = { made_year(1, 0, 20, 100), made_year(2, 20, 3, -7) };
        struct block_row rows[16];
        uint64_t index;

        ck_assert_int_eq(said(&scene.payer, blocks, 2, &index), HUB_RECEIPT);
        ck_assert_uint_eq(listed(false, rows), 2);
        for (uint32_t i = 0; i < 2; i++) {
                ck_assert_uint_eq(rows[i].index, index);
                ck_assert_uint_eq(rows[i].event, i);
                ck_assert_int_eq(rows[i].side, SIDE_BEARER);
                ck_assert(rows[i].current);
                ck_assert_uint_eq(rows[i].year, 2024);
                ck_assert_int_eq(rows[i].keeping, BLOCK_KEPT);
                ck_assert_uint_eq(rows[i].block.number, i + 1);
                ck_assert_uint_eq(rows[i].block.rows, blocks[i].block.rows);
                ck_assert_int_eq(rows[i].block.cents, blocks[i].block.cents);
                ck_assert_mem_eq(&rows[i].block.sha256, &blocks[i].block.sha256, 32);
        }
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

static int look_at_size(void *with, const struct log_row *row)
{
        size_t *largest = with;

        if (row->bytes.size > *largest)
                *largest = row->bytes.size;
        return 0;
}

/* Nothing of the rows is in the log: it is as large as if there were none. */
START_TEST(the_log_has_what_was_signed_and_no_more)
{
        struct event block = made_year(1, 0, 200, 100);
        size_t largest = 0;

        taken(&scene.payer, &block);
        must(hub_visit_log(scene.stage.hub, 0, look_at_size, &largest), "hub_visit_log");
        ck_assert_uint_gt(block.block.columns.size, 70000);
        ck_assert_uint_lt(largest, 8192);
}
END_TEST

/* ---- without its rows, or with others, nothing was understood: the number stays free */

static void drop(struct event *block)
{
        block->block.columns.size = 0;
}

static void change(struct event *block)
{
        ((uint8_t *)block->block.columns.data)[0] ^= 1;
}

static void cut(struct event *block)
{
        block->block.columns.size -= 1;
}

static void lengthen(struct event *block)
{
        block->block.columns.size += MEMBER_ROW_SIZE;
}

static const struct {
        const char *says;
        void (*spoil)(struct event *block);
        const char *answer;
} damages[] = {
        { "no rows", drop, "missing" },
        { "one bit of them changed", change, "another digest" },
        { "an octet less", cut, "size" },
        { "a row more", lengthen, "size" },
};

START_TEST(what_comes_without_its_rows_may_come_again)
{
        struct event blocks[] = { made_year(1, 0, 2, 100), made_year(2, 2, 2, 100) };
        struct event spoilt[] = { blocks[0], blocks[1] };
        uint64_t entries = stage_entries(&scene.stage);
        struct wire_fault fault;
        struct block_row rows[16];

        damages[_i].spoil(&spoilt[1]);
        fault = refused_for(&scene.payer, spoilt, 2);
        ck_assert_msg(fault.code == REFUSAL_MALFORMED && says(&fault, damages[_i].answer),
                      "%s: %.*s", damages[_i].says, (int)fault.says.size,
                      (const char *)fault.says.data);
        ck_assert_uint_eq(fault.event, 1);
        ck_assert_uint_eq(stage_entries(&scene.stage), entries);
        ck_assert_uint_eq(listed(true, rows), 0);
        scene.payer.said--;
        if (damages[_i].spoil == change)
                change(&blocks[1]);             /* back */
        ck_assert_int_eq(said(&scene.payer, blocks, 2, NULL), HUB_RECEIPT);
}
END_TEST

/* All of them missing: as a file that was cut, or the log's own bytes sent in. */
START_TEST(none_of_the_rows_is_missing_them_all)
{
        struct event blocks[] = { made_year(1, 0, 2, 100), made_year(2, 2, 2, 100) };
        struct wire_fault fault;

        drop(&blocks[0]);
        drop(&blocks[1]);
        fault = refused_for(&scene.payer, blocks, 2);
        ck_assert_uint_eq(fault.code, REFUSAL_MALFORMED);
        ck_assert(says(&fault, "did not come along"));
        ck_assert_uint_eq(fault.event, 0);
}
END_TEST

/* ---- what the event says, and what it may not */

static void number_0(struct event *e) { e->block.number = 0; }
static void number_most(struct event *e) { e->block.number = BLOCK_NUMBER_MAX; }
static void number_above(struct event *e) { e->block.number = BLOCK_NUMBER_MAX + 1; }
static void generation_0(struct event *e) { e->block.generation = 0; }
static void cents_off(struct event *e) { e->block.cents++; }
static void cents_above(struct event *e) { e->block.cents = MONEY_MAX + 1; }
static void period_out(struct event *e) { e->block.period.until = date_of(2026, 1, 1); }
static void period_back(struct event *e) { e->block.period.until = e->block.period.from; }
static void period_month(struct event *e) { e->block.period.until = date_of(2024, 12, 1); }
static void paid_before(struct event *e) { e->block.paid_through = e->block.period.from - 1; }
static void paid_after(struct event *e) { e->block.paid_through = date_of(2025, 4, 1); }
static void segment(struct event *e) { e->block.segment = (struct name) { "hmo" }; }
static void replaces(struct event *e) { e->block.has_supersedes = true; }

static void unsorted(struct event *e)
{
        uint8_t *member = (uint8_t *)e->block.columns.data;

        member[(size_t)12 * PSEUDONYM_SIZE] = 0;        /* as the member before, all months again */
        made_again(e);
}

static void categories(struct event *e, uint32_t count)
{
        static const struct item list[] = { { "aged" }, { "esrd" }, { "aged" }, { "" } };

        e->block.categories = list;
        e->block.category_count = count;
}

static void categories_two(struct event *e) { categories(e, 2); }
static void categories_same(struct event *e) { categories(e, 3); }

static void empty(struct event *e)
{
        e->block.rows = 0;
        e->block.columns.size = 0;
        made_again(e);
}

static void empty_of_something(struct event *e)
{
        e->block.rows = 0;
        e->block.columns.size = 0;
        e->block.has_supersedes = true;
        e->block.cents = 0;
}

static const struct {
        const char *says;
        void (*spoil)(struct event *block);
        enum refusal code;              /* 0: taken */
        const char *field, *words;
} spoilt[] = {
        { "number 0", number_0, REFUSAL_BAD_VALUE, "block.number", "from 1" },
        { "the highest number", number_most, 0, NULL, NULL },
        { "one above", number_above, REFUSAL_BAD_VALUE, "block.number", "4096" },
        { "generation 0", generation_0, REFUSAL_BAD_VALUE, "block.generation", "from 1" },
        { "another sum", cents_off, REFUSAL_BAD_VALUE, "block.cents", "add up" },
        { "a sum beyond all money", cents_above, REFUSAL_BAD_VALUE, "block.cents", "ten trillion" },
        { "a period beyond the agreement", period_out, REFUSAL_PERIOD_NOT_COVERED, "block.period",
          "cover" },
        { "a period of no days", period_back, REFUSAL_BAD_VALUE, "block.period", "end after" },
        { "a period without the last month", period_month, REFUSAL_BAD_VALUE, "block.rows",
          "row 11 (from 0): its month" },
        { "paid before it began", paid_before, REFUSAL_BAD_VALUE, "block.paid_through", "paid" },
        { "paid through a later day", paid_after, 0, NULL, NULL },
        { "a segment the terms have not", segment, REFUSAL_UNKNOWN_SEGMENT, "block.segment", "" },
        { "replacing what is not there", replaces, REFUSAL_STALE_PREDECESSOR, "block.supersedes",
          "" },
        { "rows out of order", unsorted, REFUSAL_BAD_VALUE, "block.rows", "row 12 (from 0)" },
        { "two categories", categories_two, 0, NULL, NULL },
        { "a category twice", categories_same, REFUSAL_BAD_VALUE, "block.categories", "twice" },
        { "nothing in nothing's place", empty, REFUSAL_BAD_VALUE, "block.rows", "take the place" },
        { "nothing with the digest of something", empty_of_something, REFUSAL_BAD_VALUE,
          "block.sha256", "nothing" },
};

START_TEST(what_is_said_is_judged)
{
        struct event block = made_year(1, 0, 3, 100);
        struct wire_fault fault;
        struct block_row rows[16];

        spoilt[_i].spoil(&block);
        if (!spoilt[_i].code) {
                taken(&scene.payer, &block);
                ck_assert_uint_eq(listed(false, rows), 1);
                ck_assert_int_eq(rows[0].block.paid_through, block.block.paid_through);
                return;
        }
        fault = refused_for(&scene.payer, &block, 1);
        ck_assert_msg(fault.code == spoilt[_i].code && says(&fault, spoilt[_i].words),
                      "%s: %u: %.*s", spoilt[_i].says, fault.code, (int)fault.says.size,
                      (const char *)fault.says.data);
        ck_assert_uint_eq(fault.event, 0);
        ck_assert_int_eq(memcmp(fault.field.data, spoilt[_i].field, fault.field.size), 0);
        ck_assert_uint_eq(listed(true, rows), 0);
        /* That number is used up, and the next is taken. */
        block = made_year(1, 0, 3, 100);
        taken(&scene.payer, &block);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(a_refusal_says_the_row_and_the_same_again)
{
        struct event block = made_year(1, 0, 3, 100);
        struct bytes bytes;
        struct hub_frame answer;

        unsorted(&block);
        bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, &block, 1);
        for (int i = 0; i < 2; i++) {
                stage_begin(&scene.stage);
                stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
                stage_commit(&scene.stage);
                stage_answer(&scene.stage, 1, &answer);
                ck_assert_int_eq(answer.kind, HUB_REFUSAL);
                ck_assert(answer.refusal.logged);
                ck_assert(says(&answer.refusal.faults[0],
                               "row 12 (from 0): it comes before the row above it"));
        }
        free((void *)bytes.data);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(categories_are_those_of_the_terms)
{
        struct event block = made_year(1, 0, 3, 100);
        struct param *param = &scene.terms->steps[0].params[1];
        struct wire_fault fault;

        scene.terms->version = 2;
        param->type = PARAM_WORD;
        param->name = (struct name) { "category" };
        param->word = (struct name) { "aged" };
        scene.terms->steps[0].param_count++;
        scene_agree(&scene);
        categories(&block, 2);
        fault = refused_for(&scene.payer, &block, 1);
        ck_assert_uint_eq(fault.code, REFUSAL_BAD_VALUE);
        ck_assert(says(&fault, "no step of the terms names"));
        categories(&block, 1);
        taken(&scene.payer, &block);
}
END_TEST

/* Whoever replaces a block has to see that its rows were called something else. */
START_TEST(a_list_says_what_the_rows_were_called)
{
        struct event blocks[] = { made_year(1, 0, 3, 100), made_year(2, 3, 3, 100) };
        struct block_row rows[16];

        categories(&blocks[0], 2);
        ck_assert_int_eq(said(&scene.payer, blocks, 2, NULL), HUB_RECEIPT);
        ck_assert_uint_eq(listed(false, rows), 2);
        ck_assert_uint_eq(rows[0].block.category_count, 2);
        ck_assert_str_eq(rows[0].block.categories[0].text, "aged");
        ck_assert_str_eq(rows[0].block.categories[1].text, "esrd");
        ck_assert_uint_eq(rows[1].block.category_count, 0);
}
END_TEST

/* ---- who, and under which terms */

START_TEST(only_the_parties_of_the_contract_state_blocks)
{
        struct event block = made_year(1, 0, 3, 100);
        struct wire_fault fault = refused_for(&scene.stranger, &block, 1);
        struct block_row rows[16];

        ck_assert_uint_eq(fault.code, REFUSAL_NO_SUCH_THING);
        taken(&scene.network, &block);
        taken(&scene.payer, &block);
        ck_assert_uint_eq(listed(false, rows), 2);
        ck_assert_int_eq(rows[0].side, SIDE_BEARER);
        ck_assert_int_eq(rows[1].side, SIDE_EARNER);
}
END_TEST

START_TEST(a_stranger_is_told_of_none)
{
        const struct query query = { .id = 1, .kind = QUERY_BLOCKS, .contract = scene.contract };
        struct event block = made_year(1, 0, 3, 100);
        struct hub_frame answer;

        taken(&scene.payer, &block);
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.stranger.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert(answer.answer.refused);
        ck_assert_uint_eq(answer.answer.fault.code, REFUSAL_NO_SUCH_THING);
        ck_assert_uint_eq(answer.answer.block_count, 0);
}
END_TEST

START_TEST(the_right_to_state_facts_is_needed)
{
        struct voice reader = { .said = 0 };
        struct event block = made_year(1, 0, 3, 100);
        struct wire_fault fault;

        player_make(&reader.player, "payer", "reader");
        stage_begin(&scene.stage);
        must(stage_admit_node(&scene.stage, &reader.player, RIGHTS_ALL & ~RIGHT_FACTS), "admit");
        stage_commit(&scene.stage);
        fault = refused_for(&reader, &block, 1);
        ck_assert_uint_eq(fault.code, REFUSAL_NOT_PERMITTED);
}
END_TEST

START_TEST(terms_that_ask_for_totals_take_no_blocks)
{
        struct event block = made_year(1, 0, 3, 100);
        struct wire_fault fault;

        scene.contract.label = (struct name) { "totals" };
        free(scene.terms);
        scene_of_contract(&scene);
        fault = refused_for(&scene.payer, &block, 1);
        ck_assert_uint_eq(fault.code, REFUSAL_NOT_ASKED_FOR);
}
END_TEST

START_TEST(a_block_is_about_a_contract)
{
        struct event block = made_year(1, 0, 3, 100);
        struct bytes bytes = voice_say(&scene.stage, &scene.payer, NULL, &block, 1);
        struct hub_frame answer;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, &answer);
        ck_assert_uint_eq(answer.refusal.faults[0].code, REFUSAL_WRONG_SCOPE);
}
END_TEST

/* ---- replacing */

START_TEST(a_later_block_names_the_one_it_replaces)
{
        struct event first = made_year(1, 0, 3, 100), second = made_year(1, 0, 3, 200);
        struct event empty_one = made_year(1, 0, 0, 0);
        struct block_row rows[16];
        uint64_t index = taken(&scene.payer, &first);

        ck_assert_uint_eq(refused_for(&scene.payer, &second, 1).code, REFUSAL_NO_PREDECESSOR);
        second.block.has_supersedes = true;
        second.block.supersedes = index + 1;
        ck_assert_uint_eq(refused_for(&scene.payer, &second, 1).code, REFUSAL_STALE_PREDECESSOR);
        second.block.supersedes = index;
        index = taken(&scene.payer, &second);
        ck_assert_uint_eq(listed(false, rows), 1);
        ck_assert_int_eq(rows[0].block.cents, second.block.cents);
        ck_assert_uint_eq(listed(true, rows), 2);
        ck_assert(!rows[0].current && rows[1].current);
        ck_assert_int_eq(rows[0].keeping, BLOCK_KEPT);
        empty_one.block.has_supersedes = true;
        empty_one.block.supersedes = index;
        taken(&scene.payer, &empty_one);
        ck_assert_uint_eq(listed(false, rows), 1);
        ck_assert_uint_eq(rows[0].block.rows, 0);
        ck_assert_int_eq(rows[0].keeping, BLOCK_KEPT);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

START_TEST(the_same_number_twice_in_one)
{
        struct event blocks[] = { made_year(1, 0, 3, 100), made_year(2, 3, 3, 100),
                                  made_year(1, 6, 3, 200) };
        struct wire_fault fault = refused_for(&scene.payer, blocks, 3);

        ck_assert_uint_eq(fault.code, REFUSAL_TWICE_IN_ONE);
        ck_assert_uint_eq(fault.event, 2);
        /* Another period is another number. */
        blocks[2].block.period.until = date_of(2025, 1, 1);
        blocks[2].block.number = 3;
        ck_assert_int_eq(said(&scene.payer, blocks, 3, NULL), HUB_RECEIPT);
}
END_TEST

START_TEST(many_in_one_each_in_its_place)
{
        struct event blocks[MADE_BLOCKS_MAX];
        struct block_row rows[16];

        for (uint32_t i = 0; i < MADE_BLOCKS_MAX; i++)
                blocks[i] = made_year(MADE_BLOCKS_MAX - i, (uint8_t)(10 * i), 10, (int64_t)i);
        ck_assert_int_eq(said(&scene.payer, blocks, MADE_BLOCKS_MAX, NULL), HUB_RECEIPT);
        ck_assert_uint_eq(listed(false, rows), MADE_BLOCKS_MAX);
        for (uint32_t i = 0; i < MADE_BLOCKS_MAX; i++) {
                ck_assert_uint_eq(rows[i].block.number, i + 1);
                ck_assert_uint_eq(rows[i].event, MADE_BLOCKS_MAX - 1 - i);
                ck_assert_int_eq(rows[i].keeping, BLOCK_KEPT);
        }
}
END_TEST

START_TEST(a_list_goes_on_behind_its_cursor)
{
        struct query query = {
                .id = 1, .kind = QUERY_BLOCKS, .contract = scene.contract, .most = 2,
        };
        struct event blocks[5];
        uint8_t cursor[512];
        uint32_t seen = 0;

        for (uint32_t i = 0; i < 5; i++)
                blocks[i] = made_year(i + 1, (uint8_t)i, 1, 1);
        ck_assert_int_eq(said(&scene.payer, blocks, 5, NULL), HUB_RECEIPT);
        do {
                struct hub_frame answer;

                stage_begin(&scene.stage);
                stage_ask(&scene.stage, &scene.payer.player, &query, 1);
                stage_commit(&scene.stage);
                stage_answer(&scene.stage, 1, &answer);
                for (uint32_t i = 0; i < answer.answer.block_count; i++)
                        ck_assert_uint_eq(answer.answer.blocks[i].block.number, ++seen);
                if (answer.answer.next.size)
                        memcpy(cursor, answer.answer.next.data, answer.answer.next.size);
                query.after = (struct bytes) { cursor, answer.answer.next.size };
        } while (query.after.size);
        ck_assert_uint_eq(seen, 5);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("blocks");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, a_block_is_taken_kept_and_listed);
        tcase_add_test(tests, the_log_has_what_was_signed_and_no_more);
        tcase_add_loop_test(tests, what_comes_without_its_rows_may_come_again, 0,
                            COUNT_OF(damages));
        tcase_add_test(tests, none_of_the_rows_is_missing_them_all);
        tcase_add_loop_test(tests, what_is_said_is_judged, 0, COUNT_OF(spoilt));
        tcase_add_test(tests, a_refusal_says_the_row_and_the_same_again);
        tcase_add_test(tests, categories_are_those_of_the_terms);
        tcase_add_test(tests, a_list_says_what_the_rows_were_called);
        tcase_add_test(tests, only_the_parties_of_the_contract_state_blocks);
        tcase_add_test(tests, a_stranger_is_told_of_none);
        tcase_add_test(tests, the_right_to_state_facts_is_needed);
        tcase_add_test(tests, terms_that_ask_for_totals_take_no_blocks);
        tcase_add_test(tests, a_block_is_about_a_contract);
        tcase_add_test(tests, a_later_block_names_the_one_it_replaces);
        tcase_add_test(tests, the_same_number_twice_in_one);
        tcase_add_test(tests, many_in_one_each_in_its_place);
        tcase_add_test(tests, a_list_goes_on_behind_its_cursor);
        return run_case(tests, "blocks");
}
