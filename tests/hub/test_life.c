/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements that are accepted, disputed, lapse and are replaced, over libhub: what the books hold,
 * who hears of it, and what is refused. Every log is proved, folded and computed again at the end.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/books.h"
#include "tests/hub/disputed.h"
#include "tests/proof/run.h"

#define DAY INT64_C(86400000000)
#define WINDOW 30

static void set_up(void)
{
        disputed_set_up();
        scene.terms->reconciling.dispute_days = WINDOW;
}

/* What was spent: half of what it is less than 1,000.00 is owed. */
static uint64_t issued(int64_t payable)
{
        agree();
        spent(SIDE_BEARER, 100000 - 2 * payable);
        return settled(RUN_FINAL);
}

static uint64_t restated(int64_t payable)
{
        spent(SIDE_BEARER, 100000 - 2 * payable);
        return settled(RUN_RESTATED);
}

static struct sha256 digest_of(uint64_t run)
{
        struct store_txn *txn;
        struct log_entry entry;
        struct run_state state;
        struct sha256 ret;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_run(txn, run, &state), "state_run");
        must(log_read(txn, state.statement, &entry), "log_read");
        ret = sha256_of(entry.bytes);
        store_abort(txn);
        return ret;
}

static enum refusal accepts(struct voice *voice, uint64_t run)
{
        const struct event event = {
                .kind = EVENT_STATEMENT_ACCEPTANCE, .statement_acceptance = { run, digest_of(run) },
        };

        return tell(voice, &event, NULL);
}

static enum refusal disputes(struct voice *voice, uint64_t run, int64_t claims, uint64_t *ret_index)
{
        const struct event event = {
                .kind = EVENT_DISPUTE,
                .dispute = { .run = run, .claims = claims, .says = words("the claims say so") },
        };

        return tell(voice, &event, ret_index);
}

static enum refusal takes_back(struct voice *voice, uint64_t dispute)
{
        const struct event event = { .kind = EVENT_DISPUTE_END, .dispute_end = { dispute } };

        return tell(voice, &event, NULL);
}

/* What the bearer owes, is to be asked, and might owe or be owed; and the books hold together. */
static void check_books(int64_t posted, int64_t pending, int64_t held)
{
        struct books books = { .next = 0 };
        const char *says = books_read(&books, &scene.stage);

        if (!says)
                says = books_hold(&books, &scene.stage);
        ck_assert_msg(!says, "%s", says);
        ck_assert_int_eq(books_sum(&books, &scene.contract, PURPOSE_SETTLEMENT, JOURNAL_POSTED),
                         posted);
        ck_assert_int_eq(books_sum(&books, &scene.contract, PURPOSE_SETTLEMENT, JOURNAL_PENDING),
                         pending);
        ck_assert_int_eq(books_sum(&books, &scene.contract, PURPOSE_HOLD, JOURNAL_PENDING), held);
        ck_assert_int_eq(books_sum(&books, &scene.contract, PURPOSE_HOLD, JOURNAL_POSTED), 0);
        books_free(&books);
}

/* The entry that made of the run's settlement what it is: as the books say it. */
static void check_changed(uint64_t run, enum journal_state state)
{
        struct journal_state_row row = { .index = 0 };
        struct log_entry entry;
        struct store_txn *txn;
        struct life_state life;

        life_of(run, &life);
        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        while (state_journal_next(txn, life.contract_no, row.index, &row) == 0)
                if (row.run == run && row.purpose == PURPOSE_SETTLEMENT)
                        break;
        ck_assert_int_eq(row.state, state);
        must(log_read(txn, row.changed, &entry), "log_read");
        ck_assert_int_eq(entry.header.kind, ENTRY_JOURNAL_CHANGE);
        store_abort(txn);
}

/* By the newer statement: nobody took it back, and no decision closed it. */
static void check_ended(uint64_t index)
{
        struct dispute_of_run dispute;
        struct store_txn *txn;
        struct log_entry entry;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_dispute(txn, index, &dispute), "state_dispute");
        must(log_read(txn, dispute.ended, &entry), "log_read");
        ck_assert_int_eq(entry.header.kind, ENTRY_STATEMENT);
        ck_assert_uint_eq(dispute.closed_by, 0);
        ck_assert_int_eq(state_dispute_open(txn, dispute.contract_no, 0, &dispute), -ENOENT);
        store_abort(txn);
}

static void check_state(uint64_t run, enum life state)
{
        struct life_state life;

        life_of(run, &life);
        ck_assert_int_eq(life.life.state, state);
}

/* ---- accepted */

START_TEST(both_accept_and_it_is_posted)
{
        uint64_t run = issued(5000);

        check_books(0, 5000, 0);
        ck_assert_int_eq(accepts(&scene.payer, run), 0);
        check_heard(SIGNAL_STATEMENT_ACCEPTED, 1, 0, "payer accepts the statement over 50.00");
        check_heard(SIGNAL_BOOKS_CHANGED, 0, 0, "");
        check_books(0, 5000, 0);
        ck_assert_int_eq(accepts(&scene.payer, run), REFUSAL_STATEMENT_CLOSED);
        ck_assert_int_eq(accepts(&second, run), REFUSAL_STATEMENT_CLOSED);
        ck_assert_int_eq(disputes(&scene.payer, run, 1, NULL), REFUSAL_STATEMENT_CLOSED);
        ck_assert_int_eq(accepts(&scene.network, run), 0);
        check_heard(SIGNAL_STATEMENT_ACCEPTED, 1, 0,
                    "network accepts the statement over 50.00: both sides have, it is posted");
        check_heard(SIGNAL_BOOKS_CHANGED, 1, 0,
                    "entries of the books of this contract were made, posted or voided");
        check_books(5000, 0, 0);
        check_state(run, LIFE_ACCEPTED);
        check_changed(run, JOURNAL_POSTED);
        ck_assert_uint_eq(rows(TABLE_DUE), 0);
        ck_assert_int_eq(disputes(&scene.network, run, 1, NULL), REFUSAL_STATEMENT_CLOSED);
        pass(WINDOW + 1);
        check_state(run, LIFE_ACCEPTED);
}
END_TEST

START_TEST(two_nodes_where_the_party_asks_for_two)
{
        uint64_t run, dispute;

        stage_begin(&scene.stage);
        must(stage_admit_party(&scene.stage, "payer", ROLE_PAYER, true, RIGHT_SETTLEMENT), "payer");
        stage_commit(&scene.stage);
        run = issued(5000);
        ck_assert_int_eq(accepts(&scene.payer, run), 0);
        check_heard(SIGNAL_STATEMENT_ACCEPTED, 0, 0, "");
        ck_assert_int_eq(accepts(&scene.payer, run), REFUSAL_SECOND_NODE);
        ck_assert_int_eq(accepts(&scene.network, run), 0);
        check_books(0, 5000, 0);
        /* Until the second has spoken, the party has not; to dispute takes the first word back. */
        ck_assert_int_eq(disputes(&second, run, 4000, &dispute), 0);
        ck_assert_int_eq(takes_back(&scene.payer, dispute), 0);
        ck_assert_int_eq(accepts(&second, run), 0);
        check_state(run, LIFE_ISSUED);
        ck_assert_int_eq(accepts(&scene.payer, run), 0);
        check_heard(SIGNAL_STATEMENT_ACCEPTED, 1, 0,
                    "payer accepts the statement over 50.00: both sides have, it is posted");
        check_state(run, LIFE_ACCEPTED);
        check_books(5000, 0, 0);
}
END_TEST

START_TEST(what_is_not_accepted)
{
        uint64_t run = issued(5000), interim = settled(RUN_INTERIM);
        struct event event = {
                .kind = EVENT_STATEMENT_ACCEPTANCE, .statement_acceptance = { run, { { 0 } } },
        };
        struct event twice[2];

        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_BAD_VALUE);
        event.statement_acceptance.run = run + 1;
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(accepts(&scene.stranger, run), REFUSAL_NO_SUCH_THING);
        ck_assert_int_ne(accepts(&arbiter, run), 0);
        event.statement_acceptance = (struct statement_acceptance) { run, digest_of(run) };
        twice[0] = twice[1] = event;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, twice, 2, NULL),
                         HUB_REFUSAL);
        check_books(0, 5000, 0);
        /* A forecast can be agreed with; it moves nothing. */
        ck_assert_int_eq(accepts(&scene.payer, interim), 0);
        ck_assert_int_eq(accepts(&scene.network, interim), 0);
        ck_assert_int_eq(accepts(&scene.network, interim), REFUSAL_STATEMENT_CLOSED);
        check_state(interim, LIFE_NONE);
        check_books(0, 5000, 0);
}
END_TEST

/* What is said of one contract is never about the statements of another, of the same parties. */
START_TEST(each_contract_for_itself)
{
        uint64_t run = issued(5000), dispute;

        ck_assert_int_eq(disputes(&scene.network, run, 7000, &dispute), 0);
        scene.contract.label = name_of("other");
        scene.terms->contract = scene.contract;
        agree();
        ck_assert_int_eq(accepts(&scene.payer, run), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(disputes(&scene.payer, run, 1, NULL), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(takes_back(&scene.network, dispute), REFUSAL_NO_SUCH_THING);
        check_state(run, LIFE_DISPUTED);
        check_books(0, 0, 0);
        scene.contract.label = name_of("contract");
        check_books(5000, 0, 2000);
}
END_TEST

START_TEST(what_could_not_be_calculated_is_neither_accepted_nor_disputed)
{
        uint64_t run;

        agree();
        run = settled(RUN_FINAL);
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_int_eq(accepts(&scene.payer, run), REFUSAL_BAD_VALUE);
        ck_assert_int_eq(disputes(&scene.payer, run, 1, NULL), REFUSAL_BAD_VALUE);
        check_books(0, 0, 0);
}
END_TEST

/* ---- disputed */

static const struct {
        int64_t payable, claims, posted, held;
        const char *says;
} splits[] = {
        { 5000, 7000, 5000, 2000, "network claims 70.00 where the statement says 50.00: "
                                  "undisputed are 50.00, held 20.00" },
        { 5000, 3000, 3000, 2000, "network claims 30.00 where the statement says 50.00: "
                                  "undisputed are 30.00, held 20.00" },
        { 5000, 0, 0, 5000, "network claims 0.00 where the statement says 50.00: "
                            "undisputed are 0.00, held 50.00" },
        { 5000, -1000, 0, 4000, "network claims -10.00 where the statement says 50.00: "
                                "undisputed are 0.00, held 60.00" },
};

START_TEST(a_dispute_posts_what_nobody_disputes_and_holds_the_rest)
{
        uint64_t run = issued(splits[_i].payable), dispute, restating;

        ck_assert_int_eq(disputes(&scene.network, run, splits[_i].claims, &dispute), 0);
        check_heard(SIGNAL_STATEMENT_DISPUTED, 1, 1, splits[_i].says);
        check_state(run, LIFE_DISPUTED);
        check_books(splits[_i].posted, 0, splits[_i].held);
        ck_assert_int_eq(accepts(&scene.payer, run), REFUSAL_STATEMENT_CLOSED);
        pass(WINDOW + 1);               /* an open dispute stops the window */
        check_state(run, LIFE_DISPUTED);
        check_books(splits[_i].posted, 0, splits[_i].held);
        restating = restated(6000);
        check_state(run, LIFE_REPLACED);
        check_state(restating, LIFE_ISSUED);
        check_books(splits[_i].posted, 6000 - splits[_i].posted, 0);
        ck_assert_int_eq(disputes(&scene.network, run, 1, NULL), REFUSAL_STATEMENT_CLOSED);
        ck_assert_int_eq(takes_back(&scene.network, dispute), REFUSAL_NO_SUCH_THING);
        check_ended(dispute);
}
END_TEST

START_TEST(a_dispute_is_taken_back_by_who_said_it)
{
        uint64_t run = issued(5000), dispute;
        struct life_state life;

        ck_assert_int_eq(disputes(&scene.network, run, 3000, &dispute), 0);
        ck_assert_int_eq(takes_back(&scene.payer, dispute), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(takes_back(&scene.stranger, dispute), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(takes_back(&scene.network, dispute + 1), REFUSAL_NO_SUCH_THING);
        pass(WINDOW + 1);
        ck_assert_int_eq(takes_back(&other, dispute), 0);
        check_heard(SIGNAL_DISPUTE_ENDED, 1, 0, "network no longer claims 30.00");
        check_heard(SIGNAL_BOOKS_CHANGED, 1, 0,
                    "entries of the books of this contract were made, posted or voided");
        check_state(run, LIFE_ISSUED);
        check_books(3000, 2000, 0);
        ck_assert_int_eq(takes_back(&scene.network, dispute), REFUSAL_NO_SUCH_THING);
        life_of(run, &life);            /* what is pending now has a window of its own */
        ck_assert_int_gt(life.answer_until, scene.stage.now + (WINDOW - 1) * DAY);
        pass(WINDOW - 1);
        check_state(run, LIFE_ISSUED);
        pass(1);
        check_state(run, LIFE_LAPSED);
        check_books(5000, 0, 0);
}
END_TEST

START_TEST(both_dispute_and_one_of_them_again)
{
        uint64_t run = issued(5000), by_network, by_payer, again;

        ck_assert_int_eq(disputes(&scene.network, run, 7000, &by_network), 0);
        check_books(5000, 0, 2000);
        ck_assert_int_eq(disputes(&scene.payer, run, 4000, &by_payer), 0);
        check_books(4000, 0, 3000);
        ck_assert_int_eq(disputes(&scene.payer, run, 1000, &again), 0);
        check_books(1000, 0, 6000);
        ck_assert_int_eq(takes_back(&scene.payer, again), 0);
        check_books(4000, 0, 3000);
        ck_assert_int_eq(takes_back(&scene.network, by_network), 0);
        check_books(4000, 0, 1000);
        ck_assert_int_eq(takes_back(&scene.payer, by_payer), 0);
        check_books(4000, 1000, 0);
        ck_assert_int_eq(accepts(&scene.payer, run), 0);
        ck_assert_int_eq(accepts(&scene.network, run), 0);
        check_books(5000, 0, 0);
}
END_TEST

START_TEST(what_is_not_disputed_so)
{
        uint64_t run = issued(5000);
        struct disputed_line lines[2] = { { 0, { 1, 1 } }, { 1000, { 1, 1 } } };
        struct event event = {
                .kind = EVENT_DISPUTE,
                .dispute = { .run = run, .claims = 1, .lines = lines, .line_count = 2,
                             .says = words("so") },
        };

        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_BAD_VALUE);
        lines[1].line = 0;
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_BAD_VALUE);
        lines[1].line = 1;
        event.dispute.claims = MONEY_MAX * SEGMENTS_MAX + 1;
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_BAD_VALUE);
        event.dispute.claims = 1;
        event.dispute.says = words("");
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_BAD_VALUE);
        ck_assert_int_ne(disputes(&arbiter, run, 1, NULL), 0);
        ck_assert_int_eq(disputes(&scene.stranger, run, 1, NULL), REFUSAL_NO_SUCH_THING);
        check_books(0, 5000, 0);
        event.dispute.says = words("so");
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), 0);
        for (int i = 1; i < LIFE_CLAIMS_MAX; i++)
                ck_assert_int_eq(disputes(&scene.payer, run, 1, NULL), 0);
        ck_assert_int_eq(disputes(&scene.network, run, 1, NULL), REFUSAL_STATEMENT_CLOSED);
        check_books(1, 0, 4999);
}
END_TEST

/* ---- silence */

static uint64_t dues_of(enum due_kind kind)
{
        struct store_txn *txn;
        struct due_state due;
        uint64_t count = 0;
        struct bytes key = { "", 1 }, value;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        while (store_after(txn, TABLE_DUE, key, &key, &value) == 0) {
                must(state_due_at(key, &due), "state_due_at");
                count += due.kind == kind;
        }
        store_abort(txn);
        return count;
}

/* A daemon that was down when the window ended acts at its start, and once. */
START_TEST(nobody_disputes_in_time)
{
        uint64_t run = issued(5000), entries;

        ck_assert_uint_eq(dues_of(DUE_DISPUTE_WINDOW_ENDS), 1);
        scene.stage.now += (WINDOW - 1) * DAY;
        if (_i)
                stage_reopen(&scene.stage);
        pass(0);
        check_state(run, LIFE_ISSUED);
        scene.stage.now += _i ? 100 * DAY : DAY;
        if (_i)
                stage_reopen(&scene.stage);
        pass(0);
        check_heard(SIGNAL_DEADLINE_PASSED, 1, 0,
                    "nobody disputed the statement in time: it holds as if both had accepted it");
        check_state(run, LIFE_LAPSED);
        check_books(5000, 0, 0);
        ck_assert_uint_eq(dues_of(DUE_DISPUTE_WINDOW_ENDS), 0);
        entries = stage_entries(&scene.stage);
        stage_reopen(&scene.stage);
        stage_begin(&scene.stage);
        must(hub_pass_time(scene.stage.hub), "hub_pass_time");
        stage_commit(&scene.stage);
        ck_assert_uint_eq(stage_entries(&scene.stage), entries);
        ck_assert_int_eq(disputes(&scene.network, run, 1, NULL), REFUSAL_STATEMENT_CLOSED);
}
END_TEST

START_TEST(without_a_window_it_waits_for_both)
{
        uint64_t run;

        scene.terms->reconciling.dispute_days = 0;
        run = issued(5000);
        pass(3000);
        check_state(run, LIFE_ISSUED);
        check_books(0, 5000, 0);
}
END_TEST

/* ---- replaced */

START_TEST(replaced_while_pending_and_while_posted)
{
        uint64_t first = issued(5000), newer;

        if (_i)
                pass(WINDOW);
        check_books(_i ? 5000 : 0, _i ? 0 : 5000, 0);
        newer = restated(4000);
        check_heard(SIGNAL_STATEMENT_ISSUED, 1, 0, "a statement was issued");
        check_heard(SIGNAL_BOOKS_CHANGED, 0, 0, "");    /* the statement says it */
        check_state(first, LIFE_REPLACED);
        check_books(_i ? 5000 : 0, _i ? -1000 : 4000, 0);
        ck_assert_uint_eq(dues_of(DUE_DISPUTE_WINDOW_ENDS), 1);
        ck_assert_int_eq(accepts(&scene.payer, first), REFUSAL_STATEMENT_CLOSED);
        ck_assert_int_eq(accepts(&scene.payer, newer), 0);
        ck_assert_int_eq(accepts(&scene.network, newer), 0);
        check_books(4000, 0, 0);
        newer = restated(4000);         /* the same: there is nothing to post */
        check_books(4000, 0, 0);
        pass(WINDOW);
        check_state(newer, LIFE_LAPSED);
}
END_TEST

/* On facts in dispute: the smaller amount posts and the rest is held, until the facts agree. */
START_TEST(held_until_the_facts_agree)
{
        uint64_t run;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        run = settled(RUN_FINAL);
        check_books(0, 5000, 5000);
        pass(WINDOW);
        check_state(run, LIFE_LAPSED);
        check_books(5000, 0, 5000);
        spent(SIDE_BEARER, 80000);
        settled(RUN_RESTATED);
        check_books(5000, 5000, 0);
}
END_TEST

/* ---- what is never posted */

START_TEST(what_is_historical_is_compared_and_not_posted)
{
        uint64_t run;

        scene.terms->reconciling.historical_until = date_of(2025, 1, 1) - _i;
        run = issued(5000);
        check_state(run, _i ? LIFE_ISSUED : LIFE_NONE);
        check_books(0, _i ? 5000 : 0, 0);
        ck_assert_int_eq(accepts(&scene.payer, run), 0);
        ck_assert_int_eq(disputes(&scene.network, run, 7000, NULL), 0);
        check_heard(SIGNAL_BOOKS_CHANGED, _i ? 1 : 0, 0,
                    "entries of the books of this contract were made, posted or voided");
        check_books(_i ? 5000 : 0, 0, _i ? 2000 : 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("life");

        tcase_add_checked_fixture(tests, set_up, disputed_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, both_accept_and_it_is_posted);
        tcase_add_test(tests, two_nodes_where_the_party_asks_for_two);
        tcase_add_test(tests, what_is_not_accepted);
        tcase_add_test(tests, each_contract_for_itself);
        tcase_add_test(tests, what_could_not_be_calculated_is_neither_accepted_nor_disputed);
        tcase_add_loop_test(tests, a_dispute_posts_what_nobody_disputes_and_holds_the_rest, 0,
                            COUNT_OF(splits));
        tcase_add_test(tests, a_dispute_is_taken_back_by_who_said_it);
        tcase_add_test(tests, both_dispute_and_one_of_them_again);
        tcase_add_test(tests, what_is_not_disputed_so);
        tcase_add_loop_test(tests, nobody_disputes_in_time, 0, 2);
        tcase_add_test(tests, without_a_window_it_waits_for_both);
        tcase_add_loop_test(tests, replaced_while_pending_and_while_posted, 0, 2);
        tcase_add_test(tests, held_until_the_facts_agree);
        tcase_add_loop_test(tests, what_is_historical_is_compared_and_not_posted, 0, 2);
        return run_case(tests, "life");
}
