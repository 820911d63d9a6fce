/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payments as both sides state them, against the books: what clears and what does not, what is
 * taken back, who hears of it, when one is overdue; and that all of it is in the log.
 */
#include <errno.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/payments.h"
#include "tests/hub/pays.h"
#include "tests/proof/run.h"

#define DAY_US (INT64_C(86400) * SECOND)

static uint64_t sent(const char *trace, int64_t cents, uint64_t run)
{
        struct event event = payment_event(PAYMENT_SENT, trace, cents, run);

        return pays_said(&scene.payer, &event);
}

static uint64_t received(const char *trace, int64_t cents, uint64_t run)
{
        struct event event = payment_event(PAYMENT_RECEIVED, trace, cents, run);

        return pays_said(&scene.network, &event);
}

/* ---- what is looked at */

static struct payment_row rows[8];
static uint32_t row_count;

static void read_rows(uint64_t as_of)
{
        struct bytes next;

        stage_begin(&scene.stage);
        arena_reset(&hub->arena);
        must(payments_of(hub, 1, as_of, (struct bytes) { "", 0 }, rows, 8, &row_count, &next),
             "payments_of");
        stage_commit(&scene.stage);
}

static const struct payment_row *row_of(const char *trace, enum side payer)
{
        read_rows(UINT64_MAX);
        for (uint32_t i = 0; i < row_count; i++)
                if (strcmp(rows[i].trace.text, trace) == 0 && rows[i].payer == payer)
                        return &rows[i];
        ck_abort_msg("no payment %s", trace);
}

static void ck_state(const char *trace, enum payment_state state)
{
        const struct payment_row *row = row_of(trace, SIDE_BEARER);

        ck_assert_msg(row->state == state, "%s is %d: %s", trace, (int)row->state,
                      row->says.text);
        ck_assert_int_eq(row->entry != 0, state == PAYMENT_MATCHED || state == PAYMENT_PARTIAL);
}

static int64_t open_of(uint64_t run)
{
        own(owed) struct owed owed = { .rows = NULL };
        int64_t open;

        stage_begin(&scene.stage);
        must(owed_read(hub->txn, 1, &owed), "owed_read");
        open = owed_open(&owed, owed_days(&owed, owed_run(&owed, run), UINT64_MAX), UINT64_MAX);
        stage_commit(&scene.stage);
        return open;
}

/* How many signals of the last batch of that kind went to each of the two, and the last's words. */
static struct text last_says;

static size_t heard_by(const struct voice *voice, enum signal_kind kind)
{
        struct signal_frame frame;
        struct record record;
        size_t at = 0, count = 0;

        while (stage_heard(&scene.stage, &voice->player, &at, &frame, &record))
                if (frame.kind == FRAME_ENTRY && record.signal.kind == kind) {
                        last_says = record.signal.says;
                        count++;
                }
        return count;
}

static void ck_heard(enum signal_kind kind, size_t count)
{
        ck_assert_uint_eq(heard_by(&scene.payer, kind), count);
        ck_assert_uint_eq(heard_by(&scene.network, kind), count);
        ck_assert_uint_eq(heard_by(&scene.stranger, kind), 0);
}

static uint64_t rows_in(enum table table)
{
        struct stage_tables tables;

        stage_tables(&scene.stage, &tables);
        return tables.rows[table];
}

/* ---- what clears */

START_TEST(what_both_say_and_is_owed_clears)
{
        uint64_t run = owed_by_run(years[1], 50000), before = rows_in(TABLE_JOURNAL);

        sent("t-1", 50000, run);
        ck_state("t-1", PAYMENT_UNMATCHED);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 0);
        ck_assert_int_eq(open_of(run), 50000);
        received("t-1", 50000, run);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 1);
        ck_assert_str_eq(last_says.text,
                         "payment t-1: both sides say 500.00: all that is open of what it is for");
        ck_state("t-1", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(run), 0);
        ck_assert_uint_eq(rows_in(TABLE_JOURNAL), before + 1);
}
END_TEST

START_TEST(a_cent_short_and_then_the_cent)
{
        uint64_t run = owed_by_run(years[1], 50000);

        received("t-1", 49999, run);
        sent("t-1", 49999, run);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 1);
        ck_state("t-1", PAYMENT_PARTIAL);
        ck_assert_int_eq(open_of(run), 1);
        sent("t-2", 1, run);
        received("t-2", 1, run);
        ck_state("t-2", PAYMENT_MATCHED);
        ck_state("t-1", PAYMENT_PARTIAL);       /* as it was when it cleared */
        ck_assert_int_eq(open_of(run), 0);
}
END_TEST

START_TEST(a_cent_over_is_for_people)
{
        uint64_t run = owed_by_run(years[1], 50000), before = rows_in(TABLE_JOURNAL);

        sent("t-1", 50001, run);
        received("t-1", 50001, run);
        ck_heard(SIGNAL_PAYMENT_DIFFERS, 1);
        ck_state("t-1", PAYMENT_NEEDS_REVIEW);
        ck_assert_uint_eq(rows_in(TABLE_JOURNAL), before);
        ck_assert_int_eq(open_of(run), 50000);
}
END_TEST

START_TEST(two_statements_in_one_payment)
{
        uint64_t first = owed_by_run(years[0], 20000), second = owed_by_run(years[1], 30000);
        struct event events[2] = {
                payment_event(PAYMENT_SENT, "t-1", 50000, first),
                payment_event(PAYMENT_RECEIVED, "t-1", 50000, first),
        };

        parts[0] = (struct payment_part) { first, 20000 };
        parts[1] = (struct payment_part) { second, 30000 };
        events[0].payment.part_count = events[1].payment.part_count = 2;
        pays_said(&scene.payer, &events[0]);
        parts[0] = (struct payment_part) { first, 19999 };
        parts[1] = (struct payment_part) { second, 30001 };
        pays_said(&scene.network, &events[1]);
        ck_heard(SIGNAL_PAYMENT_DIFFERS, 1);
        ck_state("t-1", PAYMENT_NEEDS_REVIEW);
        parts[1] = (struct payment_part) { first, 20000 };
        parts[0] = (struct payment_part) { second, 30000 };
        events[1].payment.has_supersedes = true;
        events[1].payment.supersedes = row_of("t-1", SIDE_BEARER)->received.index;
        pays_said(&scene.network, &events[1]);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 1);
        ck_state("t-1", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(first), 0);
        ck_assert_int_eq(open_of(second), 0);
}
END_TEST

START_TEST(paid_before_it_is_posted_clears_when_it_is)
{
        uint64_t run = run_of(years[1], 100000, RUN_FINAL);

        sent("t-1", 50000, run);
        received("t-1", 50000, run);
        ck_heard(SIGNAL_PAYMENT_DIFFERS, 1);
        ck_state("t-1", PAYMENT_NEEDS_REVIEW);
        accept(&scene.payer, run);
        ck_state("t-1", PAYMENT_NEEDS_REVIEW);
        accept(&scene.network, run);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 1);
        ck_state("t-1", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(run), 0);
        ck_assert_uint_eq(rows_in(TABLE_DUE), 0);
}
END_TEST

/* ---- what is taken back */

static void again(struct voice *voice, struct event event, uint64_t before)
{
        event.payment.has_supersedes = true;
        event.payment.supersedes = before;
        pays_said(voice, &event);
}

START_TEST(another_version_reverses_and_matches_anew)
{
        uint64_t run = owed_by_run(years[1], 50000), index, journal;

        index = sent("t-1", 40000, run);
        received("t-1", 40000, run);
        journal = rows_in(TABLE_JOURNAL);
        again(&scene.payer, payment_event(PAYMENT_SENT, "t-1", 30000, run), index);
        ck_heard(SIGNAL_PAYMENT_DIFFERS, 1);
        ck_state("t-1", PAYMENT_NEEDS_REVIEW);
        ck_assert_uint_eq(rows_in(TABLE_JOURNAL), journal + 1);
        ck_assert_int_eq(open_of(run), 50000);
        again(&scene.network, payment_event(PAYMENT_RECEIVED, "t-1", 30000, run),
              row_of("t-1", SIDE_BEARER)->received.index);
        ck_state("t-1", PAYMENT_PARTIAL);
        ck_assert_uint_eq(rows_in(TABLE_JOURNAL), journal + 2);
        ck_assert_int_eq(open_of(run), 20000);
}
END_TEST

START_TEST(another_day_changes_nothing_in_the_books)
{
        uint64_t run = owed_by_run(years[1], 50000), index, journal;
        struct event event;

        index = sent("t-1", 50000, run);
        received("t-1", 50000, run);
        journal = rows_in(TABLE_JOURNAL);
        event = payment_event(PAYMENT_SENT, "t-1", 50000, run);
        event.payment.day--;
        again(&scene.payer, event, index);
        ck_state("t-1", PAYMENT_MATCHED);
        ck_assert_uint_eq(rows_in(TABLE_JOURNAL), journal);
}
END_TEST

/* What waited, since too much was said to be paid, has its turn. */
START_TEST(what_is_withdrawn_makes_room_for_what_waits)
{
        uint64_t run = owed_by_run(years[1], 50000), index = sent("t-1", 50000, run);
        struct event event = payment_event(PAYMENT_SENT, "t-1", 0, run);

        event.payment.part_count = 0;
        received("t-1", 50000, run);
        sent("t-2", 50000, run);
        received("t-2", 50000, run);
        ck_state("t-2", PAYMENT_NEEDS_REVIEW);
        again(&scene.payer, event, index);
        ck_heard(SIGNAL_PAYMENT_DIFFERS, 1);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 1);
        ck_state("t-1", PAYMENT_UNMATCHED);
        ck_state("t-2", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(run), 0);
}
END_TEST

/* ---- overpaid, and the other way round */

START_TEST(what_was_overpaid_goes_back)
{
        uint64_t first = owed_by_run(years[1], 50000), second;
        struct event event;

        sent("t-1", 50000, first);
        received("t-1", 50000, first);
        second = run_of(years[1], 60000, RUN_RESTATED);
        both_accept(second);
        ck_assert_int_eq(open_of(second), -20000);
        ck_assert_int_eq(open_of(first), -20000);
        ck_state("t-1", PAYMENT_MATCHED);
        sent("t-2", 20000, second);
        received("t-2", 20000, second);
        ck_state("t-2", PAYMENT_NEEDS_REVIEW);
        event = payment_event(PAYMENT_SENT, "t-1", 20000, second);
        pays_said(&scene.network, &event);
        event.payment.direction = PAYMENT_RECEIVED;
        pays_said(&scene.payer, &event);
        ck_heard(SIGNAL_PAYMENT_MATCHED, 1);
        ck_assert_int_eq(row_of("t-1", SIDE_EARNER)->state, PAYMENT_MATCHED);
        ck_assert_int_eq(row_of("t-1", SIDE_BEARER)->state, PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(second), 0);
}
END_TEST

/* One payment of all that is owed for the days, by the newest statement or by each. */
START_TEST(days_are_paid_whichever_statement_is_named)
{
        uint64_t first = owed_by_run(years[1], 50000), second;

        second = run_of(years[1], 120000, RUN_RESTATED);
        both_accept(second);
        ck_assert_int_eq(open_of(first), 60000);
        sent("t-1", 60000, second);
        received("t-1", 60000, second);
        ck_state("t-1", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(first), 0);
}
END_TEST

/* Newer terms, to the letter the same, that cut the year in two, or make it whole again. */
static void amend(enum applies applies)
{
        scene.terms->version++;
        scene.terms->applies = applies;
        scene.terms->effective = date_of(2024, 4, 10);
        scene_agree(&scene);
}

/* What a cut year owes is one: the parts meet in the whole that was settled before. */
START_TEST(parts_of_a_cut_year_share_what_is_open)
{
        const struct period early = { years[1].from, date_of(2024, 4, 1) };
        const struct period late = { early.until, years[1].until };
        uint64_t whole = owed_by_run(years[1], 50000), first, second;

        amend(APPLIES_CUT_MONTH);
        second = owed_by_run(late, 75000);
        ck_assert_int_eq(open_of(whole), 75000);
        first = owed_by_run(early, 5000);
        ck_assert_int_eq(open_of(first), 80000);
        ck_assert_int_eq(open_of(second), 80000);
        sent("t-1", 80000, first);
        received("t-1", 80000, first);
        ck_state("t-1", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(second), 0);
}
END_TEST

/* ---- as of an entry */

START_TEST(as_it_was_at_any_entry)
{
        uint64_t run = owed_by_run(years[1], 50000), before, one, both;

        before = stage_entries(&scene.stage) - 1;
        one = sent("t-1", 50000, run);
        received("t-1", 50000, run);
        both = stage_entries(&scene.stage) - 1;
        again(&scene.payer, payment_event(PAYMENT_SENT, "t-1", 49000, run), one);
        read_rows(before);
        ck_assert_uint_eq(row_count, 0);
        read_rows(one);
        ck_assert_uint_eq(row_count, 1);
        ck_assert_int_eq(rows[0].state, PAYMENT_UNMATCHED);
        ck_assert(rows[0].has_sent && !rows[0].has_received);
        read_rows(both);
        ck_assert_int_eq(rows[0].state, PAYMENT_MATCHED);
        ck_assert_uint_ne(rows[0].entry, 0);
        ck_assert_int_eq(rows[0].sent.payment.cents, 50000);
        read_rows(UINT64_MAX);
        ck_assert_int_eq(rows[0].state, PAYMENT_NEEDS_REVIEW);
        ck_assert_int_eq(rows[0].sent.payment.cents, 49000);
        ck_assert_uint_eq(rows[0].entry, 0);
}
END_TEST

START_TEST(a_list_goes_on_where_it_ended)
{
        uint64_t run = owed_by_run(years[1], 50000);
        struct bytes next = { "", 0 };
        char seen[4][4];
        uint8_t cursor[64];

        for (int i = 0; i < 4; i++) {
                const char *const traces[] = { "t-2", "t-1", "a", "z9" };

                sent(traces[i], 10 + i, run);
        }
        for (int i = 0; i < 4; i++) {
                stage_begin(&scene.stage);
                arena_reset(&hub->arena);
                must(payments_of(hub, 1, UINT64_MAX, next, rows, 1, &row_count, &next),
                     "payments_of");
                stage_commit(&scene.stage);
                ck_assert_uint_eq(row_count, 1);
                memcpy(seen[i], rows[0].trace.text, 4);
                ck_assert_uint_gt(next.size, 1);
                memcpy(cursor, next.data, next.size);
                next.data = cursor;
        }
        ck_assert_str_eq(seen[0], "a");
        ck_assert_str_eq(seen[1], "z9");        /* shorter ones first */
        ck_assert_str_eq(seen[2], "t-1");
        ck_assert_str_eq(seen[3], "t-2");
        stage_begin(&scene.stage);
        must(payments_of(hub, 1, UINT64_MAX, next, rows, 1, &row_count, &next), "payments_of");
        ck_assert_uint_eq(row_count, 0);
        ck_assert_uint_eq(next.size, 0);
        ck_assert_int_eq(payments_of(hub, 1, UINT64_MAX, (struct bytes) { "\x07t", 2 }, rows, 1,
                                     &row_count, &next), -ENOENT);
        stage_commit(&scene.stage);
}
END_TEST

/* ---- overdue */

static void pass(date day)
{
        scene.stage.now = day * DAY_US;
        stage_begin(&scene.stage);
        must(hub_pass_time(hub), "hub_pass_time");
        stage_commit(&scene.stage);
}

START_TEST(what_is_not_paid_in_time_is_overdue_once)
{
        uint64_t run = owed_by_run(years[1], 50000);

        received("t-1", 49000, run);
        sent("t-1", 49000, run);
        pass(date_of(2025, 10, 25));            /* planned for the 15th, ten days of grace */
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 0);
        pass(date_of(2025, 10, 26));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 1);
        ck_assert_str_eq(last_says.text,
                         "10.00 that the bearer owes for 2024-01-01 to 2024-12-31 should have been "
                         "paid by 2025-10-25: no payment of it was stated by both sides alike");
        pass(date_of(2026, 10, 26));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 0);
}
END_TEST

START_TEST(what_is_paid_is_never_overdue)
{
        uint64_t run = owed_by_run(years[1], 50000), index;

        ck_assert_uint_eq(rows_in(TABLE_DUE), 1);
        ck_assert_uint_eq(rows_in(TABLE_OVERDUE), 1);
        index = received("t-1", 50000, run);
        sent("t-1", 50000, run);
        ck_assert_uint_eq(rows_in(TABLE_DUE), 0);
        ck_assert_uint_eq(rows_in(TABLE_OVERDUE), 0);
        pass(date_of(2025, 10, 26));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 0);
        /* Taken back, it is due again, ten days from then. */
        again(&scene.network, payment_event(PAYMENT_RECEIVED, "t-1", 1, run), index);
        ck_assert_uint_eq(rows_in(TABLE_DUE), 1);
        pass(date_of(2025, 11, 5));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 0);
        pass(date_of(2025, 11, 6));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 1);
}
END_TEST

START_TEST(what_is_accepted_late_has_its_days_from_then)
{
        uint64_t run = run_of(years[1], 100000, RUN_FINAL);

        scene.stage.now = date_of(2025, 12, 1) * DAY_US;
        stage_begin(&scene.stage);
        stage_commit(&scene.stage);
        pass(date_of(2025, 12, 1));             /* its window has ended by then: it is posted */
        ck_assert_int_eq(open_of(run), 50000);
        pass(date_of(2025, 12, 11));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 0);
        pass(date_of(2025, 12, 12));
        ck_heard(SIGNAL_PAYMENT_OVERDUE, 1);
}
END_TEST

/* Many in one submission: each by itself, in their order. */
START_TEST(many_in_one_submission)
{
        struct event events[3];
        uint64_t owed = owed_by_run(years[1], 50000);
        struct payment_part each[3] = { { owed, 30000 }, { owed, 30000 }, { owed, 20000 } };

        for (int way = PAYMENT_SENT; way <= PAYMENT_RECEIVED; way++) {
                for (int i = 0; i < 3; i++) {
                        const char *const traces[] = { "c", "b", "a" };

                        events[i] = payment_event((enum payment_direction)way, traces[i],
                                                  each[i].cents, owed);
                        events[i].payment.parts = &each[i];
                }
                ck_assert_int_eq(voice_said(&scene.stage, way == PAYMENT_SENT ? &scene.payer
                                                                              : &scene.network,
                                            &scene.contract, events, 3, NULL), HUB_RECEIPT);
        }
        ck_heard(SIGNAL_PAYMENT_MATCHED, 2);
        ck_heard(SIGNAL_PAYMENT_DIFFERS, 1);
        ck_state("c", PAYMENT_PARTIAL);
        ck_state("b", PAYMENT_NEEDS_REVIEW);
        ck_state("a", PAYMENT_MATCHED);
        ck_assert_int_eq(open_of(owed), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("payments");

        tcase_add_checked_fixture(tests, pays_set_up, pays_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, what_both_say_and_is_owed_clears);
        tcase_add_test(tests, a_cent_short_and_then_the_cent);
        tcase_add_test(tests, a_cent_over_is_for_people);
        tcase_add_test(tests, two_statements_in_one_payment);
        tcase_add_test(tests, paid_before_it_is_posted_clears_when_it_is);
        tcase_add_test(tests, another_version_reverses_and_matches_anew);
        tcase_add_test(tests, another_day_changes_nothing_in_the_books);
        tcase_add_test(tests, what_is_withdrawn_makes_room_for_what_waits);
        tcase_add_test(tests, what_was_overpaid_goes_back);
        tcase_add_test(tests, days_are_paid_whichever_statement_is_named);
        tcase_add_test(tests, parts_of_a_cut_year_share_what_is_open);
        tcase_add_test(tests, as_it_was_at_any_entry);
        tcase_add_test(tests, a_list_goes_on_where_it_ended);
        tcase_add_test(tests, what_is_not_paid_in_time_is_overdue_once);
        tcase_add_test(tests, what_is_paid_is_never_overdue);
        tcase_add_test(tests, what_is_accepted_late_has_its_days_from_then);
        tcase_add_test(tests, many_in_one_submission);
        return run_case(tests, "payments");
}
