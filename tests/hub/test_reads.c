/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads by staff: what is shown is what was asked for and no more, an entry says so before anything
 * is shown, and whoever it concerns is told, can list it, and nobody else.
 */
#include <stdlib.h>
#include <string.h>

#include "daemon/staff.h"
#include "proto/limits.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define AUDITOR_UID 4713

static struct scene scene;
static struct arena arena;
static struct sink sink;
static struct staff_reading reading;
static struct control_answer answer;

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        must(arena_new(&arena, WIRE_ARENA_SIZE), "arena_new");
        must(sink_new(&sink, 4096, WIRE_CONTROL_MAX), "sink_new");
}

static void tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene.stage));
        arena_free(&arena);
        sink_free(&sink);
        scene_tear_down(&scene);
}

/* In a batch of its own; the answer as it would go over the socket. */
static int reads(const struct control_read *read)
{
        const char *says = "";
        struct fault fault;
        int r;

        stage_begin(&scene.stage);
        r = hub_read(scene.stage.hub, read, AUDITOR_UID, STAFF_AUDITOR, &reading, &says);
        ck_assert_int_ge(r, 0);
        stage_commit(&scene.stage);
        if (r)
                return r;
        sink_reset(&sink);
        arena_reset(&arena);
        answer = (struct control_answer) { .code = 0 };
        must(hub_show(scene.stage.hub, &reading, &answer, &sink), "hub_show");
        must(wire_read_control_answer(sink_bytes(&sink), &arena, &answer, &fault), "the answer");
        return 0;
}

static struct control_read of_contract(void)
{
        return (struct control_read) { .contract = scene.contract, .reason = { "complaint 7" } };
}

static struct control_read of_party(const char *party)
{
        struct control_read read = { .reason = { "complaint 7" } };

        strcpy(read.party.text, party);
        return read;
}

static const struct answer *lists(const struct voice *voice, struct bytes after, uint32_t most)
{
        const struct query query = { .id = 1, .kind = QUERY_READS, .after = after, .most = most };
        static struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &voice->player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        return &frame.answer;
}

static bool hears_of(const struct voice *voice)
{
        struct signal_frame frame;
        struct record record;
        size_t at = 0;

        while (stage_heard(&scene.stage, &voice->player, &at, &frame, &record))
                if (record.signal.kind == SIGNAL_CONTENT_READ &&
                    record.signal.cause == reading.entry)
                        return true;
        return false;
}

/* What an entry of the answer is, by its bytes. */
static uint32_t shown_of(enum entry_kind kind)
{
        uint32_t count = 0;

        for (uint32_t i = 0; i < answer.entry_count; i++)
                count += answer.entries[i].kind == (uint32_t)kind;
        return count;
}

START_TEST(a_contract_is_its_entries_and_the_keys_they_are_signed_by)
{
        struct control_read read = of_contract();

        ck_assert_int_eq(reads(&read), 0);
        ck_assert_uint_eq(shown_of(ENTRY_SUBMISSION), 2);       /* offered and accepted */
        ck_assert_uint_eq(shown_of(ENTRY_NODE_ADMISSION), 2);   /* payer/p, network/n */
        ck_assert_uint_eq(answer.entry_count, 4);
        ck_assert(!answer.has_next);
        ck_assert(answer.checkpoint.size > 0);
        for (uint32_t i = 0; i < answer.entry_count; i++)
                ck_assert(answer.entries[i].bytes.size > 0);
}
END_TEST

START_TEST(both_sides_are_told_and_list_it_and_others_do_not)
{
        struct control_read read = of_contract();
        const struct read_row *row;

        ck_assert_int_eq(reads(&read), 0);
        ck_assert(hears_of(&scene.payer));
        ck_assert(hears_of(&scene.network));
        ck_assert(!hears_of(&scene.stranger));
        ck_assert_uint_eq(lists(&scene.stranger, (struct bytes) { NULL, 0 }, 0)->read_count, 0);
        ck_assert_uint_eq(lists(&scene.network, (struct bytes) { NULL, 0 }, 0)->read_count, 1);
        row = &lists(&scene.payer, (struct bytes) { NULL, 0 }, 0)->reads[0];
        ck_assert_uint_eq(row->index, reading.entry);
        ck_assert_uint_eq(row->read.operator_uid, AUDITOR_UID);
        ck_assert_int_eq(row->read.right, STAFF_AUDITOR);
        ck_assert_uint_eq(row->read.entries, answer.entry_count);
        ck_assert_uint_eq(row->read.first, 0);
        ck_assert_uint_lt(row->read.last, reading.entry);
        ck_assert_str_eq(row->read.reason.text, "complaint 7");
        ck_assert(contract_id_equal(&row->read.contract, &scene.contract));
}
END_TEST

START_TEST(a_partys_own_affairs_are_that_partys)
{
        struct control_read read = of_party("stranger");

        ck_assert_int_eq(reads(&read), 0);
        ck_assert_uint_eq(shown_of(ENTRY_PARTY_ADMISSION), 1);
        ck_assert_uint_eq(shown_of(ENTRY_NODE_ADMISSION), 1);
        ck_assert_uint_eq(shown_of(ENTRY_SUBMISSION), 0);
        ck_assert(hears_of(&scene.stranger));
        ck_assert(!hears_of(&scene.payer));
        ck_assert_uint_eq(lists(&scene.payer, (struct bytes) { NULL, 0 }, 0)->read_count, 0);
        ck_assert_uint_eq(lists(&scene.stranger, (struct bytes) { NULL, 0 }, 0)->read_count, 1);
}
END_TEST

START_TEST(a_party_reads_nothing_of_its_contracts_as_its_own)
{
        struct control_read read = of_party("payer");

        ck_assert_int_eq(reads(&read), 0);
        ck_assert_uint_eq(shown_of(ENTRY_SUBMISSION), 0);
        ck_assert_uint_gt(shown_of(ENTRY_SIGNAL), 0);
}
END_TEST

START_TEST(what_everybody_may_see_is_no_reading)
{
        const struct control_read read = { .reason = { "audit" } };
        uint64_t before = stage_entries(&scene.stage);

        ck_assert_int_eq(reads(&read), 0);
        ck_assert_uint_eq(shown_of(ENTRY_GENESIS), 1);
        ck_assert_uint_eq(answer.entry_count, 1);
        ck_assert(!reading.has_entry);
        ck_assert_uint_eq(stage_entries(&scene.stage), before);
}
END_TEST

START_TEST(where_nothing_is_shown_nothing_was_read)
{
        struct control_read read = of_contract();

        read.from = stage_entries(&scene.stage);
        ck_assert_int_eq(reads(&read), 0);
        ck_assert_uint_eq(answer.entry_count, 0);
        ck_assert(!reading.has_entry);
        ck_assert_uint_eq(stage_entries(&scene.stage), read.from);
}
END_TEST

START_TEST(a_reading_goes_on_where_it_stopped)
{
        struct control_read read = of_contract();
        uint64_t all[4], count = 0;

        ck_assert_int_eq(reads(&read), 0);
        for (uint32_t i = 0; i < 4; i++)
                all[i] = answer.entries[i].index;
        for (read.most = 1; count < 4; read.from = answer.next, count++) {
                ck_assert_int_eq(reads(&read), 0);
                ck_assert_uint_eq(answer.entry_count, 1);
                ck_assert_uint_eq(answer.entries[0].index, all[count]);
                ck_assert(answer.has_next);
        }
}
END_TEST

START_TEST(the_list_goes_on_where_it_stopped)
{
        struct control_read read = of_contract();
        const struct answer *page;
        uint8_t cursor[WIRE_CURSOR_MAX];
        struct bytes after = { cursor, 0 };
        uint64_t last = 0;

        for (int i = 0; i < 3; i++)
                ck_assert_int_eq(reads(&read), 0);
        for (int i = 0; i < 3; i++) {
                page = lists(&scene.payer, after, 1);
                ck_assert_uint_eq(page->read_count, 1);
                ck_assert_uint_gt(page->reads[0].index, last);
                last = page->reads[0].index;
                ck_assert(i == 2 ? page->next.size == 0 : page->next.size > 0);
                after.size = page->next.size;
                if (after.size)
                        memcpy(cursor, page->next.data, after.size);
        }
        ck_assert_uint_eq(last, reading.entry);
}
END_TEST

/* A cursor is what anybody can write. */
START_TEST(a_cursor_of_another_party_opens_nothing)
{
        struct control_read read = of_contract();
        static const uint8_t first[12] = { 0, 0, 0, 1 };
        const struct answer *page;

        ck_assert_int_eq(reads(&read), 0);
        page = lists(&scene.stranger, (struct bytes) { first, sizeof(first) }, 0);
        ck_assert_uint_eq(page->read_count, 0);
}
END_TEST

static const struct {
        const char *says;
        struct control_read read;
        enum refusal refusal;
} refused[] = {
        { "a contract that is not there",
          { .contract = { { "payer" }, { "network" }, { "none" } }, .reason = { "x" } },
          REFUSAL_NO_SUCH_THING },
        { "a party that is not there", { .party = { "nobody" }, .reason = { "x" } },
          REFUSAL_NO_SUCH_THING },
        { "both at once",
          { .contract = { { "payer" }, { "network" }, { "a" } }, .party = { "payer" },
            .reason = { "x" } }, REFUSAL_BAD_VALUE },
        { "without a reason", { .party = { "payer" } }, REFUSAL_BAD_VALUE },
};

START_TEST(what_cannot_be_read_leaves_no_entry)
{
        uint64_t before = stage_entries(&scene.stage);

        ck_assert_msg(reads(&refused[_i].read) == (int)refused[_i].refusal, "%s",
                      refused[_i].says);
        ck_assert_uint_eq(stage_entries(&scene.stage), before);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("reads");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, a_contract_is_its_entries_and_the_keys_they_are_signed_by);
        tcase_add_test(tests, both_sides_are_told_and_list_it_and_others_do_not);
        tcase_add_test(tests, a_partys_own_affairs_are_that_partys);
        tcase_add_test(tests, a_party_reads_nothing_of_its_contracts_as_its_own);
        tcase_add_test(tests, what_everybody_may_see_is_no_reading);
        tcase_add_test(tests, where_nothing_is_shown_nothing_was_read);
        tcase_add_test(tests, a_reading_goes_on_where_it_stopped);
        tcase_add_test(tests, the_list_goes_on_where_it_stopped);
        tcase_add_test(tests, a_cursor_of_another_party_opens_nothing);
        tcase_add_loop_test(tests, what_cannot_be_read_leaves_no_entry, 0,
                            (int)(sizeof(refused) / sizeof(refused[0])));
        return run_case(tests, "reads by staff");
}
