/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers in pages: whatever the size of a page, and whatever is said between two of them, the rows
 * are those of one page; and no row comes twice or is passed over that was there when one began.
 */
#include <string.h>

#include "daemon/hub_private.h"
#include "proto/field.h"
#include "tests/hub/talk.h"
#include "tests/proof/run.h"

#define KEYS_MAX 1024

static const struct {
        const char *says;
        enum query_kind kind;
        bool of_all;                    /* asked for without a contract */
        uint32_t field;                 /* of the rows in the answer */
} lists[] = {
        { "contracts", QUERY_CONTRACTS, true, 6 },
        { "facts", QUERY_FACTS, false, 8 },
        { "statements", QUERY_STATEMENTS, false, 9 },
        { "statements of all", QUERY_STATEMENTS, true, 9 },
        { "matches", QUERY_MATCHES, false, 15 },
        { "recon", QUERY_RECON, false, 16 },
        { "recon of all", QUERY_RECON, true, 16 },
        { "journal", QUERY_JOURNAL, false, 17 },
        { "balances", QUERY_BALANCES, false, 18 },
        { "balances of all", QUERY_BALANCES, true, 18 },
        { "payments", QUERY_PAYMENTS, false, 19 },
        { "disputes", QUERY_DISPUTES, false, 20 },
};

static void set_up(void)
{
        disputed_set_up();
        talk_begin(23);
        for (int i = 0; i < 60; i++)
                talk_on();
}

static struct query query_of(int i, uint32_t most)
{
        struct query query = {
                .id = 7, .kind = lists[i].kind, .most = most, .history = true,
        };

        if (!lists[i].of_all)
                query.contract = scene.contract;
        return query;
}

/* The bytes of every row of the answer, one behind the other. */
static void add_rows(uint32_t number, struct bytes frame, struct sink *rows, unsigned int *count)
{
        struct cursor cursor = cursor_on(frame);
        struct field field;

        ck_assert_int_eq(cursor_next(&cursor, &field), FLAW_NONE);
        ck_assert_uint_eq(field.number, 5);
        cursor = cursor_on(field.span);
        while (!cursor_ended(&cursor)) {
                ck_assert_int_eq(cursor_next(&cursor, &field), FLAW_NONE);
                if (field.number != number)
                        continue;
                must(sink_put(rows, field.span), "sink_put");
                ++*count;
        }
}

/* One answer; where it goes on, in memory that the next call leaves alone. */
static struct bytes ask(const struct query *query, uint32_t number, struct sink *rows,
                        unsigned int *count)
{
        static uint8_t cursors[2][WIRE_CURSOR_MAX];
        static int turn;
        struct hub_frame frame;
        struct effect effect;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.network.player, query, 1);
        stage_commit(&scene.stage);
        ck_assert(hub_effect(scene.stage.hub, 0, &effect));
        add_rows(number, effect.bytes, rows, count);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        ck_assert(!frame.answer.refused);
        turn = !turn;
        ck_assert_uint_le(frame.answer.next.size, WIRE_CURSOR_MAX);
        if (frame.answer.next.size)
                memcpy(cursors[turn], frame.answer.next.data, frame.answer.next.size);
        return (struct bytes) { cursors[turn], frame.answer.next.size };
}

/* Page after page, with something said between them. */
static unsigned int ask_pages(struct query query, uint32_t number, bool talk, struct sink *rows)
{
        unsigned int count = 0, pages = 0;

        do {
                unsigned int before = count;

                query.after = ask(&query, number, rows, &count);
                ck_assert_uint_le(count - before, query.most);
                ck_assert_uint_lt(pages++, 2000);
                if (talk)
                        talk_on();
        } while (query.after.size);
        return count;
}

START_TEST(pages_of_any_size_give_what_one_page_gives)
{
        const uint32_t number = lists[_i].field;
        struct query query = query_of(_i, 0);
        struct sink whole, paged;
        unsigned int count = 0;

        must(sink_new(&whole, 4096, 1 << 24), "sink_new");
        must(sink_new(&paged, 4096, 1 << 24), "sink_new");
        query.has_as_of = true;
        query.as_of = log_tip(scene.stage.hub->log).size - 1;
        ck_assert_uint_eq(ask(&query, number, &whole, &count).size, 0);
        ck_assert_msg(count >= 2, "%s: %u rows only", lists[_i].says, count);
        for (query.most = 1; query.most <= count + 1; query.most += 1 + count / 4) {
                sink_reset(&paged);
                ck_assert_uint_eq(ask_pages(query, number, true, &paged), count);
                ck_assert_msg(bytes_equal(sink_bytes(&whole), sink_bytes(&paged)),
                              "%s in pages of %u", lists[_i].says, query.most);
        }
        sink_free(&whole);
        sink_free(&paged);
}
END_TEST

/* ---- as it is, while more is said */

struct key {
        struct contract_id contract;
        uint64_t a, b;
        struct item item;
};

static struct key key_of(const struct answer *answer, enum query_kind kind)
{
        struct key key = { .a = 0 };

        switch (kind) {
        case QUERY_CONTRACTS:
                key.contract = answer->contracts->contract;
                break;
        case QUERY_FACTS:
                key.a = answer->facts->fact.index;
                key.b = answer->facts->fact.event;
                break;
        case QUERY_STATEMENTS:
                key.a = answer->statements->run;
                break;
        case QUERY_MATCHES:
                key.a = answer->matches->kind;
                key.b = (uint64_t)answer->matches->period.from;
                break;
        case QUERY_RECON:
                key.contract = answer->recons->contract;
                key.a = (uint64_t)answer->recons->period.from;
                break;
        case QUERY_JOURNAL:
                key.a = answer->journal->index;
                break;
        case QUERY_BALANCES:
                key.contract = answer->balances->contract;
                key.a = answer->balances->account;
                memcpy(key.item.text, answer->balances->party.text, NAME_MAX_LENGTH);
                break;
        case QUERY_PAYMENTS:
                key.a = answer->payments->payer;
                key.item = answer->payments->trace;
                break;
        default:
                key.a = answer->disputes->index;
        }
        return key;
}

/* In pages of one row. Returns how many there are. */
static int keys_of(int list, bool talk, struct key keys[KEYS_MAX])
{
        struct query query = query_of(list, 1);
        struct sink rows;
        int found = 0;

        must(sink_new(&rows, 4096, 1 << 24), "sink_new");
        do {
                struct hub_frame frame;
                unsigned int count = 0;

                query.after = ask(&query, lists[list].field, &rows, &count);
                stage_answer(&scene.stage, 1, &frame);
                ck_assert_int_lt(found, KEYS_MAX);
                if (count)
                        keys[found++] = key_of(&frame.answer, lists[list].kind);
                if (talk && found % 2)
                        talk_on();
        } while (query.after.size);
        sink_free(&rows);
        return found;
}

static int times(const struct key *keys, int count, const struct key *key)
{
        int times = 0;

        for (int i = 0; i < count; i++)
                times += memcmp(&keys[i], key, sizeof(*key)) == 0;
        return times;
}

START_TEST(while_more_is_said_no_row_comes_twice_or_is_passed_over)
{
        static struct key before[KEYS_MAX], during[KEYS_MAX];
        int count = keys_of(_i, false, before), more = keys_of(_i, true, during);

        ck_assert_int_ge(more, count);
        for (int i = 0; i < count; i++)
                ck_assert_msg(times(during, more, &before[i]) == 1, "%s: row %d", lists[_i].says,
                              i);
        for (int i = 0; i < more; i++)
                ck_assert_msg(times(during, more, &during[i]) == 1, "%s: row %d", lists[_i].says,
                              i);
}
END_TEST

/* A cursor is anybody's bytes: what is none is the beginning, or nothing; never another's rows. */
START_TEST(a_cursor_that_was_made_up_gives_nothing_of_others)
{
        static const uint8_t octets[64] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
        struct query query = query_of(_i, 0);
        struct hub_frame frame;

        for (size_t size = 1; size <= sizeof(octets); size++)
                for (size_t at = 0; at < 8; at += 7) {
                        query.after = (struct bytes) { octets + (size + at <= 64 ? at : 0), size };
                        if (query.kind == QUERY_CONTRACTS)
                                query.after = (struct bytes) { "payer/stranger/x", 16 };
                        stage_begin(&scene.stage);
                        stage_ask(&scene.stage, &scene.stranger.player, &query, 1);
                        stage_commit(&scene.stage);
                        stage_answer(&scene.stage, 1, &frame);
                        ck_assert_int_eq(frame.kind, HUB_ANSWER);
                        if (!lists[_i].of_all || query.kind == QUERY_CONTRACTS)
                                ck_assert_uint_eq(frame.answer.fault.code, REFUSAL_NO_SUCH_THING);
                }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("pages");

        tcase_add_checked_fixture(tests, set_up, disputed_tear_down);
        tcase_add_loop_test(tests, pages_of_any_size_give_what_one_page_gives, 0, COUNT_OF(lists));
        tcase_add_loop_test(tests, while_more_is_said_no_row_comes_twice_or_is_passed_over, 0,
                            COUNT_OF(lists));
        tcase_add_loop_test(tests, a_cursor_that_was_made_up_gives_nothing_of_others, 0,
                            COUNT_OF(lists));
        return run_case(tests, "ask-pages");
}
