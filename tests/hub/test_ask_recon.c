/* SPDX-License-Identifier: Apache-2.0 */
/* What is answered about reconciling, figure by figure: matches, periods, the books. */
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/disputed.h"
#include "tests/proof/run.h"

#define DAY_US INT64_C(86400000000)

static struct hub_frame frame;

static const struct answer *ask_as(struct voice *voice, struct query query)
{
        query.id = 7;
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &voice->player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        return &frame.answer;
}

static const struct answer *ask(enum query_kind kind)
{
        return ask_as(&scene.payer, (struct query) { .kind = kind, .contract = scene.contract });
}

/* Of what was spent; there is one such row. */
static const struct match_row *match(void)
{
        const struct answer *answer = ask(QUERY_MATCHES);
        const struct match_row *found = NULL;

        for (uint32_t i = 0; i < answer->match_count; i++)
                if (answer->matches[i].kind == FACT_EXPENDITURE) {
                        ck_assert_ptr_null(found);
                        found = &answer->matches[i];
                }
        ck_assert_ptr_nonnull(found);
        return found;
}

static const struct recon_row *recon(void)
{
        const struct answer *answer = ask(QUERY_RECON);

        ck_assert_uint_eq(answer->recon_count, 1);
        return &answer->recons[0];
}

static void must_be_due(enum due_kind due, instant at, uint32_t whom)
{
        const struct recon_row *row = recon();

        ck_assert_int_eq(row->due, due);
        ck_assert_int_eq(row->due_at, at);
        ck_assert_uint_eq(row->due_for, whom);
}

static void accept_it(struct voice *voice, uint64_t run)
{
        struct event event = {
                .kind = EVENT_STATEMENT_ACCEPTANCE, .statement_acceptance = { .run = run },
        };
        const struct answer *answer =
                ask_as(&scene.payer, (struct query) { .kind = QUERY_STATEMENT, .run = run });

        event.statement_acceptance.statement_sha256 = sha256_of(answer->statement->record);
        ck_assert_int_eq(tell(voice, &event, NULL), 0);
}

static void dispute(struct voice *voice, uint64_t run, int64_t claims, uint64_t *ret_index)
{
        const struct event event = {
                .kind = EVENT_DISPUTE,
                .dispute = { .run = run, .claims = claims, .says = words("not so") },
        };

        ck_assert_int_eq(tell(voice, &event, ret_index), 0);
}

/* ---- matches */

START_TEST(a_match_says_what_each_side_has_said_and_what_comes_of_it)
{
        const struct match_row *row;

        agree();
        spent(SIDE_BEARER, 90000);
        row = match();
        ck_assert_int_eq(row->result, MATCH_BEARER_ONLY);
        ck_assert_int_eq(row->of_record, SIDE_BEARER);
        ck_assert_int_eq(row->other, REPORT_MAY);
        ck_assert(row->has_bearer && !row->has_earner && !row->has_decided);
        ck_assert_uint_eq(row->bearer.index, spent_at[0]);
        ck_assert_int_eq(row->bearer.num, 90000);
        ck_assert_int_eq(row->answer_until, 0);
        spent(SIDE_EARNER, 90000);
        ck_assert_int_eq(match()->result, MATCH_AGREED);
        spent(SIDE_EARNER, 89900);
        ck_assert_int_eq(match()->result, MATCH_WITHIN);
        ck_assert(!match()->held);
        spent(SIDE_EARNER, 89899);
        row = match();
        ck_assert_int_eq(row->result, MATCH_DISPUTED);
        ck_assert(row->held);
        ck_assert_uint_eq(row->earner.index, spent_at[1]);
        resolve(85000);
        row = match();
        ck_assert_int_eq(row->result, MATCH_DECIDED);
        ck_assert(row->has_decided && !row->held);
        ck_assert_int_eq(row->decided.num, 85000);
}
END_TEST

START_TEST(a_window_is_awaited_until_it_is_answered_or_over)
{
        struct log_tip tip;
        instant said;

        rule()->window_days = 10;
        rule()->other = REPORT_MUST;
        agree();
        spent(SIDE_BEARER, 90000);
        tip = log_tip(scene.stage.hub->log);
        said = tip.time;
        ck_assert_int_eq(match()->answer_until, said + 10 * DAY_US);
        must_be_due(DUE_FACT_WINDOW_ENDS, said + 10 * DAY_US, SIDE_BIT(SIDE_EARNER));
        ck_assert_uint_eq(recon()->missing_earner, 1);
        if (_i) {
                spent(SIDE_EARNER, 90000);
                ck_assert_int_eq(match()->answer_until, 0);
                ck_assert_uint_eq(recon()->agreed, 1);
                ck_assert_int_eq(recon()->due, 0);
                return;
        }
        pass(11);
        ck_assert_int_eq(match()->answer_until, 0);
        ck_assert(match()->window_over);
        must_be_due(0, 0, SIDE_BIT(SIDE_EARNER));
        spent(SIDE_EARNER, 80000);
        ck_assert_int_eq(match()->result, MATCH_DISPUTED);
        ck_assert(match()->window_over && !match()->held);
}
END_TEST

/* ---- where a period stands */

START_TEST(a_period_stands_where_its_statement_does)
{
        const struct recon_row *row;
        instant issued, posted;
        uint64_t run, index;

        scene.terms->reconciling.dispute_days = 30;
        scene.terms->reconciling.payment_days = 15;
        agree();
        row = recon();
        ck_assert_uint_eq(row->one_sided, 2);
        ck_assert_uint_eq(row->run, 0);
        ck_assert(!row->has_result);
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 90000);
        run = settled(RUN_FINAL);
        row = recon();
        ck_assert_uint_eq(row->agreed, 1);
        ck_assert_uint_eq(row->run, run);
        ck_assert_int_eq(row->run_kind, RUN_FINAL);
        ck_assert_int_eq(row->life, LIFE_ISSUED);
        ck_assert_int_eq(row->payable, 5000);
        ck_assert_int_eq(row->open, 0);
        issued = ask(QUERY_STATEMENTS)->statements[0].answer_until;
        must_be_due(DUE_DISPUTE_WINDOW_ENDS, issued, 3);
        accept_it(&scene.network, run);
        must_be_due(DUE_DISPUTE_WINDOW_ENDS, issued, SIDE_BIT(SIDE_BEARER));
        ck_assert_uint_eq(ask(QUERY_STATEMENTS)->statements[0].accepted_by, 2);
        dispute(&scene.payer, run, 2000, &index);
        row = recon();
        ck_assert_int_eq(row->life, LIFE_DISPUTED);
        ck_assert_int_eq(row->held, 3000);
        ck_assert_int_eq(row->open, 2000);
        posted = date_of(2025, 10, 15) * DAY_US;
        must_be_due(DUE_PAYMENT_OVERDUE, posted + 16 * DAY_US, SIDE_BIT(SIDE_BEARER));
        spent(SIDE_BEARER, 91000);
        ck_assert_uint_eq(recon()->stale, STALE_FACTS);
        ck_assert_uint_eq(recon()->disputed, 1);
}
END_TEST

START_TEST(with_no_moment_to_come_who_is_to_decide_is_awaited)
{
        uint64_t run, index;

        if (_i == 0) {
                scene.terms->reconciling.decides = DECIDER_NOBODY;
                memset(&scene.terms->reconciling.arbiter, 0, sizeof(struct name));
        }
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 90000);
        run = settled(RUN_FINAL);
        must_be_due(0, 0, 3);
        dispute(&scene.network, run, 9000, &index);
        must_be_due(0, 0, _i ? SIDE_BIT(SIDE_NEITHER) : 3);
}
END_TEST

START_TEST(run_out_is_to_come_until_there_is_a_final_run)
{
        scene.terms->runout_months = 3;
        agree();
        must_be_due(DUE_RUNOUT_ENDS, date_of(2025, 4, 1) * DAY_US, 0);
        pass(91);
        ck_assert_int_eq(recon()->due, 0);
}
END_TEST

/* ---- newer terms */

START_TEST(each_period_is_matched_by_the_terms_that_hold_for_it)
{
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        ck_assert_int_eq(match()->result, MATCH_DISPUTED);
        scene.terms->version = 2;
        scene.terms->applies = APPLIES_WHOLE_PERIOD;
        rule()->tolerance = 20000;
        scene_agree(&scene);
        ck_assert_int_eq(match()->result, MATCH_WITHIN);
        ck_assert_uint_eq(recon()->disputed, 0);
}
END_TEST

START_TEST(a_statement_whose_period_is_none_any_more_still_shows)
{
        const struct answer *answer;
        uint64_t run;

        agree();
        spent(SIDE_BEARER, 90000);
        run = settled(RUN_FINAL);
        scene.terms->version = 2;
        scene.terms->applies = APPLIES_CUT_MONTH;
        scene.terms->effective = date_of(2024, 7, 1);
        scene_agree(&scene);
        answer = ask(QUERY_RECON);
        ck_assert_uint_eq(answer->recon_count, 3);      /* two parts, and the year they were */
        ck_assert_uint_eq(answer->recons[0].run, 0);
        ck_assert_uint_eq(answer->recons[1].run, run);
        ck_assert_int_eq(answer->recons[1].period.until, date_of(2025, 1, 1));
        ck_assert_uint_eq(answer->recons[1].stale, STALE_TERMS);
        ck_assert_uint_eq(answer->recons[2].run, 0);
}
END_TEST

/* ---- the books */

START_TEST(entries_of_the_books_say_what_became_of_them)
{
        const struct answer *answer;
        uint64_t run, index;

        agree();
        spent(SIDE_BEARER, 90000);
        run = settled(RUN_FINAL);
        answer = ask(QUERY_JOURNAL);
        ck_assert_uint_eq(answer->journal_count, 1);
        ck_assert_int_eq(answer->journal[0].state, JOURNAL_PENDING);
        ck_assert_uint_eq(answer->journal[0].changed, 0);
        ck_assert_uint_eq(answer->journal[0].entry.run, run);
        dispute(&scene.payer, run, 2000, &index);
        answer = ask(QUERY_JOURNAL);
        ck_assert_uint_eq(answer->journal_count, 3);
        ck_assert_int_eq(answer->journal[0].entry.state, JOURNAL_PENDING);
        ck_assert_int_eq(answer->journal[0].state, JOURNAL_VOIDED);
        ck_assert_uint_gt(answer->journal[0].changed, index);
        ck_assert_int_gt(answer->journal[0].changed_at, answer->journal[0].time);
        ck_assert_str_ne(answer->journal[0].changed_says.text, "");
        answer = ask(QUERY_DISPUTES);
        ck_assert_uint_eq(answer->dispute_count, 1);
        ck_assert_uint_eq(answer->disputes[0].index, index);
        ck_assert_int_eq(answer->disputes[0].what, DISPUTE_OF_STATEMENT);
        ck_assert_int_eq(answer->disputes[0].state, DISPUTE_OPEN);
        ck_assert_int_eq(answer->disputes[0].dispute.claims, 2000);
        ck_assert_str_eq(answer->disputes[0].by.party.text, "payer");
}
END_TEST

START_TEST(balances_add_up_to_nothing_and_name_their_books)
{
        const struct answer *answer;
        int64_t sum = 0;

        agree();
        spent(SIDE_BEARER, 90000);
        settled(RUN_FINAL);
        answer = ask(QUERY_BALANCES);
        ck_assert_uint_eq(answer->balance_count, 2);
        for (uint32_t i = 0; i < answer->balance_count; i++)
                sum += answer->balances[i].debits_pending - answer->balances[i].credits_pending;
        ck_assert_int_eq(sum, 0);
        ck_assert_str_eq(answer->balances[0].party.text, "payer");
        ck_assert_int_eq(answer->balances[0].account, ACCOUNT_SETTLEMENT_PAYABLE);
        ck_assert_int_eq(answer->balances[0].credits_pending, 5000);
        ck_assert_str_eq(answer->balances[1].party.text, "network");
        ck_assert_int_eq(answer->balances[1].account, ACCOUNT_SETTLEMENT_RECEIVABLE);
}
END_TEST

/* ---- as of */

START_TEST(before_its_first_entry_a_contract_is_not_there)
{
        struct query query = { .kind = QUERY_FACTS, .has_as_of = true };
        const struct answer *answer;
        uint64_t before;

        before = log_tip(scene.stage.hub->log).size - 1;
        agree();
        query.contract = scene.contract;
        query.as_of = before;
        answer = ask_as(&scene.payer, query);
        ck_assert_uint_eq(answer->fault.code, REFUSAL_NO_SUCH_THING);
        ck_assert_uint_eq(answer->as_of, before + 1);
        query.as_of = before + 1;
        answer = ask_as(&scene.payer, query);
        ck_assert(!answer->refused);
        ck_assert_uint_eq(answer->fact_count, 0);
        query.kind = QUERY_CONTRACTS;
        query.as_of = before;
        answer = ask_as(&scene.payer, query);
        ck_assert(!answer->refused);
        ck_assert_uint_eq(answer->contract_count, 0);
        query.has_as_of = false;
        query.as_of_time = 1;                   /* before there was anything */
        answer = ask_as(&scene.payer, query);
        ck_assert_uint_eq(answer->fault.code, REFUSAL_NO_SUCH_THING);
        ck_assert_uint_eq(answer->as_of, 0);
        query.as_of_time = INT64_MAX;
        answer = ask_as(&scene.payer, query);
        ck_assert_uint_eq(answer->contract_count, 1);
        ck_assert_uint_eq(answer->as_of, log_tip(scene.stage.hub->log).size);
}
END_TEST

/* Its offer counts for one of its nodes; since then it asks for two. */
START_TEST(who_was_awaited_follows_from_what_the_party_asked_of_itself_then)
{
        struct query query = { .kind = QUERY_CONTRACTS };
        struct event event = { .kind = EVENT_OFFER };
        struct sink sink;

        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, scene.terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), 0);
        sink_free(&sink);
        query.as_of = log_tip(scene.stage.hub->log).size - 1;
        ck_assert_uint_eq(ask_as(&scene.payer, query)->contracts[0].awaited, 2);
        stage_begin(&scene.stage);
        must(stage_admit_party(&scene.stage, "payer", ROLE_PAYER, true, RIGHT_TERMS), "payer");
        stage_commit(&scene.stage);
        ck_assert_uint_eq(ask_as(&scene.payer, query)->contracts[0].awaited, 3);
        query.has_as_of = true;
        ck_assert_uint_eq(ask_as(&scene.payer, query)->contracts[0].awaited, 2);
}
END_TEST

/* ---- who may ask */

static const struct {
        enum query_kind kind;
        bool arbiter;
} rights[] = {
        { QUERY_TERMS, true }, { QUERY_FACTS, true }, { QUERY_STATEMENTS, true },
        { QUERY_PREVIEW, false }, { QUERY_BLOCKS, false }, { QUERY_MATCHES, true },
        { QUERY_RECON, false }, { QUERY_JOURNAL, false }, { QUERY_BALANCES, false },
        { QUERY_PAYMENTS, false }, { QUERY_DISPUTES, true }, { QUERY_ROSTER, false },
        { QUERY_COMPARE, false },
};

START_TEST(whom_the_terms_name_reads_what_it_decides_and_a_stranger_nothing)
{
        struct query query = { .kind = rights[_i].kind, .payment = 20000, .side = SIDE_BEARER };
        const struct answer *answer;

        agree();
        query.contract = scene.contract;
        query.period = scene.terms->periods[0];
        ck_assert_uint_eq(ask_as(&scene.stranger, query)->fault.code, REFUSAL_NO_SUCH_THING);
        answer = ask_as(&arbiter, query);
        ck_assert_msg(answer->refused != rights[_i].arbiter, "query of kind %d",
                      (int)rights[_i].kind);
        query.kind = QUERY_RECON;
        memset(&query.contract, 0, sizeof(query.contract));
        ck_assert_uint_eq(ask_as(&arbiter, query)->recon_count, 0);
        query.kind = QUERY_CONTRACTS;
        ck_assert_uint_eq(ask_as(&arbiter, query)->contract_count, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("recon");

        tcase_add_checked_fixture(tests, disputed_set_up, disputed_tear_down);
        tcase_add_test(tests, a_match_says_what_each_side_has_said_and_what_comes_of_it);
        tcase_add_loop_test(tests, a_window_is_awaited_until_it_is_answered_or_over, 0, 2);
        tcase_add_test(tests, a_period_stands_where_its_statement_does);
        tcase_add_loop_test(tests, with_no_moment_to_come_who_is_to_decide_is_awaited, 0, 2);
        tcase_add_test(tests, run_out_is_to_come_until_there_is_a_final_run);
        tcase_add_test(tests, each_period_is_matched_by_the_terms_that_hold_for_it);
        tcase_add_test(tests, a_statement_whose_period_is_none_any_more_still_shows);
        tcase_add_test(tests, entries_of_the_books_say_what_became_of_them);
        tcase_add_test(tests, balances_add_up_to_nothing_and_name_their_books);
        tcase_add_test(tests, before_its_first_entry_a_contract_is_not_there);
        tcase_add_test(tests, who_was_awaited_follows_from_what_the_party_asked_of_itself_then);
        tcase_add_loop_test(tests, whom_the_terms_name_reads_what_it_decides_and_a_stranger_nothing,
                            0, COUNT_OF(rights));
        return run_case(tests, "ask-recon");
}
