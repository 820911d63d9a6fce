/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How what two sides do not agree on comes to an end: by what both sign, and by whom the terms let
 * decide. What is decided holds, and reaches the books by itself.
 */
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/disputed.h"
#include "tests/proof/run.h"

/* ---- resolutions */

/* An interim run, which would be paid on another day. */
static void settled_in_between(void)
{
        const struct run_request request = {
                .period = scene.terms->periods[0], .kind = RUN_INTERIM,
                .payment = date_of(2026, 1, 15),
        };
        const char *says = "";
        uint64_t index;

        stage_begin(&scene.stage);
        must(hub_order_run(scene.stage.hub, &scene.contract, &request, &index, &says), says);
        stage_commit(&scene.stage);
        ck_assert(stage_work(&scene.stage));
}

START_TEST(what_both_sign_holds_and_reaches_the_books_by_itself)
{
        const struct decision decision = spent_is(84000);
        const struct decisions decisions = decide_spent(&decision);
        struct life_state life;
        struct run_state run;
        struct store_txn *txn;
        uint64_t index, first;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        first = settled(RUN_FINAL);
        settled_in_between();
        ck_assert_int_eq(propose(&scene.network, &decisions, &index), 0);
        check_heard(SIGNAL_RESOLUTION_PROPOSED, 1, 0,
                    "network proposes to both: expenditure for 2024-01-01 to 2024-12-31 as 840.00");
        ck_assert_uint_eq(rows(TABLE_DECIDED), 0);
        ck_assert(!stage_work(&scene.stage));
        ck_assert_int_eq(accept(&scene.payer, index, &decisions), 0);
        check_heard(SIGNAL_DECIDED, 1, 0,
                    "both sides agree: expenditure for 2024-01-01 to 2024-12-31 as 840.00");
        ck_assert_uint_eq(rows(TABLE_DECIDED), 1);
        must(hub_next_run(scene.stage.hub, 0, &index), "hub_next_run");
        must(hub_compute(scene.stage.hub, index, statement), "hub_compute");
        check_plain(8000);
        ck_assert_int_eq(statement->run.kind, RUN_RESTATED);
        ck_assert_int_eq(statement->run.payment, date_of(2025, 10, 15));
        ck_assert(spent_used()->decided);
        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_run(txn, index, &run), "state_run");
        store_abort(txn);
        ck_assert_uint_eq(spent_used()->index, run.cause);
        ck_assert(stage_work(&scene.stage));
        ck_assert(!stage_work(&scene.stage));
        life_of(first, &life);
        ck_assert_int_eq(life.life.state, LIFE_REPLACED);
        life_of(index, &life);
        ck_assert_int_eq(life_held(&life.life), 0);
        ck_assert_int_eq(life_undisputed(&life.life), 8000);
}
END_TEST

/* Without a statement that posts there is none to be made again. */
START_TEST(what_posts_nothing_is_not_settled_again)
{
        if (_i == 0)
                scene.terms->standing = STANDING_SHADOW;
        if (_i == 1)
                scene.terms->reconciling.historical_until = date_of(2025, 1, 1);
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        settled(_i == 2 ? RUN_INTERIM : RUN_FINAL);
        resolve(85000);
        ck_assert(!stage_work(&scene.stage));
}
END_TEST

START_TEST(a_decision_holds_until_both_have_said_the_same_after_it)
{
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        resolve(85000);
        settled(RUN_FINAL);
        check_plain(7500);
        spent(SIDE_EARNER, 90000);              /* as the other said before it */
        spent(SIDE_BEARER, 91000);
        check_heard(SIGNAL_FACT_DISPUTED, 0, 0, "");
        settled(RUN_RESTATED);
        check_plain(7500);
        ck_assert(spent_used()->decided);
        spent(SIDE_EARNER, 91000);
        settled(RUN_RESTATED);
        check_plain(4500);
        ck_assert(!spent_used()->decided);
        spent(SIDE_EARNER, 80000);              /* it does not come back */
        check_heard(SIGNAL_FACT_DISPUTED, 1, 1,
                    "expenditure for 2024-01-01 to 2024-12-31 is in dispute: "
                    "payer says 910.00, network says 800.00");
        settled(RUN_RESTATED);
        check_says(4500, 4500, 10000, SIDE_BEARER);
        resolve(88000);                         /* and is decided anew */
        must(hub_next_run(scene.stage.hub, 0, spent_at), "hub_next_run");
        must(hub_compute(scene.stage.hub, spent_at[0], statement), "hub_compute");
        check_plain(6000);
        ck_assert(stage_work(&scene.stage));
}
END_TEST

START_TEST(what_was_decided_can_be_decided_anew_once_a_side_has_said_more)
{
        const struct decision decision = spent_is(86000);
        const struct decisions decisions = decide_spent(&decision);
        uint64_t index;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        resolve(85000);
        ck_assert_int_eq(propose(&scene.payer, &decisions, &index), REFUSAL_NO_SUCH_THING);
        spent(SIDE_EARNER, 81000);
        ck_assert_int_eq(propose(&scene.payer, &decisions, &index), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), 0);
        settled(RUN_FINAL);
        check_plain(7000);
        spent(SIDE_EARNER, 91000);
        spent(SIDE_BEARER, 91000);      /* what was decided first does not come back */
        settled(RUN_RESTATED);
        check_plain(4500);
        ck_assert(!spent_used()->decided);
}
END_TEST

START_TEST(who_proposed_does_not_accept_and_what_is_overtaken_is_closed)
{
        const struct decision decision = spent_is(85000), another = spent_is(86000);
        const struct decisions decisions = decide_spent(&decision), others = decide_spent(&another);
        uint64_t index, second_index;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        ck_assert_int_eq(propose(&scene.payer, &decisions, &index), 0);
        ck_assert_int_eq(propose(&scene.network, &others, &second_index), 0);
        ck_assert_int_eq(accept(&scene.payer, index, &decisions), REFUSAL_OFFER_CLOSED);
        ck_assert_int_eq(accept(&second, index, &decisions), REFUSAL_OFFER_CLOSED);
        ck_assert_int_eq(accept(&scene.network, index, &others), REFUSAL_TERMS_DIFFER);
        ck_assert_int_eq(accept(&scene.network, index + 1, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(accept(&scene.stranger, index, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(accept(&arbiter, index, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), REFUSAL_OFFER_CLOSED);
        ck_assert_int_eq(accept(&scene.payer, second_index, &others), REFUSAL_OFFER_CLOSED);
        settled(RUN_FINAL);
        check_plain(7500);
}
END_TEST

START_TEST(two_nodes_sign_where_a_party_asks_for_two)
{
        struct voice *const first[] = { _i ? &scene.network : &scene.payer, _i ? &other : &second };
        struct voice *const last[] = { _i ? &scene.payer : &scene.network, _i ? &second : &other };
        const struct decision decision = spent_is(85000);
        const struct decisions decisions = decide_spent(&decision);
        struct stage *stage = &scene.stage;
        uint64_t index;

        agree();
        stage_begin(stage);
        must(stage_admit_party(stage, "payer", ROLE_PAYER, true, RIGHT_SETTLEMENT), "payer");
        must(stage_admit_party(stage, "network", ROLE_NETWORK, true, RIGHT_SETTLEMENT), "network");
        stage_commit(stage);
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        ck_assert_int_eq(propose(first[0], &decisions, &index), 0);
        ck_assert_int_eq(accept(last[0], index, &decisions), 0);
        ck_assert_int_eq(accept(last[0], index, &decisions), REFUSAL_SECOND_NODE);
        ck_assert_int_eq(accept(last[1], index, &decisions), 0);
        ck_assert_uint_eq(rows(TABLE_DECIDED), 0);
        ck_assert_int_eq(accept(first[0], index, &decisions), REFUSAL_SECOND_NODE);
        check_heard(SIGNAL_DECIDED, 0, 0, "");
        ck_assert_int_eq(accept(first[1], index, &decisions), 0);
        ck_assert_uint_eq(rows(TABLE_DECIDED), 1);
        check_heard(SIGNAL_DECIDED, 1, 0,
                    "both sides agree: expenditure for 2024-01-01 to 2024-12-31 as 850.00");
}
END_TEST

/* ---- what cannot be decided */

static struct decision figures[2];
static struct dispute_end ends[2];

static void of_nothing(struct decisions *d)
{
        d->fact_count = 0;
}
static void of_another_contract(struct decisions *d)
{
        d->contract.label = name_of("another");
}
static void of_another_item(struct decisions *d)
{
        (void)d;
        memcpy(figures[0].item.text, "hospital", 9);
}
static void of_what_is_agreed(struct decisions *d)
{
        (void)d;
        figures[0].kind = FACT_BENCHMARK;
}
static void of_no_kind(struct decisions *d)
{
        (void)d;
        figures[0].kind = 999;
}
static void out_of_domain(struct decisions *d)
{
        (void)d;
        figures[0].value.num = MONEY_MAX + 1;
}
static void twice(struct decisions *d)
{
        d->fact_count = 2;
}
static void of_no_dispute(struct decisions *d)
{
        d->dispute_count = 1;
}
static void of_a_dispute_twice(struct decisions *d)
{
        d->dispute_count = 2;
}

static const struct {
        void (*spoil)(struct decisions *decisions);
        enum refusal code;
} undecidable[] = {
        { of_nothing, REFUSAL_BAD_VALUE },
        { of_another_contract, REFUSAL_WRONG_SCOPE },
        { of_another_item, REFUSAL_NO_SUCH_THING },
        { of_what_is_agreed, REFUSAL_NO_SUCH_THING },
        { of_no_kind, REFUSAL_BAD_VALUE },
        { out_of_domain, REFUSAL_BAD_VALUE },
        { twice, REFUSAL_TWICE_IN_ONE },
        { of_no_dispute, REFUSAL_NO_SUCH_THING },
        { of_a_dispute_twice, REFUSAL_TWICE_IN_ONE },
};

static bool among(const struct hub_frame *frame, enum refusal code)
{
        for (uint32_t i = 0; i < frame->refusal.fault_count; i++)
                if (frame->refusal.faults[i].code == code)
                        return true;
        return false;
}

START_TEST(what_cannot_be_decided_is_refused)
{
        struct decisions decisions = {
                .contract = scene.contract, .facts = figures, .fact_count = 1, .disputes = ends,
        };
        struct hub_frame frame;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        figures[0] = figures[1] = spent_is(85000);
        ends[0].dispute = ends[1].dispute = spent_at[0];
        undecidable[_i].spoil(&decisions);
        ck_assert_int_ne(propose(&scene.payer, &decisions, NULL), 0);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert(among(&frame, undecidable[_i].code));
        ck_assert_int_ne(determine(&arbiter, &decisions), 0);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert(among(&frame, undecidable[_i].code));
        ck_assert_uint_eq(rows(TABLE_PROPOSAL), 0);
}
END_TEST

START_TEST(decisions_that_do_not_decode_are_refused)
{
        const struct event event = {
                .kind = EVENT_DETERMINATION,
                .determination = { words("no decisions"), words("why") },
        };

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        ck_assert_int_eq(tell(&arbiter, &event, NULL), REFUSAL_BAD_VALUE);
}
END_TEST

/* ---- determinations */

START_TEST(the_arbiter_decides)
{
        const struct decision decision = spent_is(84000);
        const struct decisions decisions = decide_spent(&decision);

        agree();
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        settled(RUN_FINAL);
        ck_assert_int_eq(determine(&scene.payer, &decisions), REFUSAL_NOT_PERMITTED);
        ck_assert_int_eq(determine(&scene.network, &decisions), REFUSAL_NOT_PERMITTED);
        ck_assert_int_eq(determine(&scene.stranger, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(determine(&arbiter, &decisions), 0);
        check_heard(SIGNAL_DECIDED, 1, 0, "arbiter has decided: "
                    "expenditure for 2024-01-01 to 2024-12-31 as 840.00");
        must(hub_next_run(scene.stage.hub, 0, spent_at), "hub_next_run");
        must(hub_compute(scene.stage.hub, spent_at[0], statement), "hub_compute");
        check_plain(8000);
        ck_assert(stage_work(&scene.stage));
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
}
END_TEST

START_TEST(the_arbiter_says_nothing_else)
{
        const struct event events[] = {
                fact_event(FACT_EXPENDITURE, 1, ""),
                { .kind = EVENT_TERMINATION, .termination = { .effective = date_of(2024, 6, 1) } },
                { .kind = EVENT_RUN_REQUEST,
                  .run_request = { scene.terms->periods[0], RUN_FINAL, date_of(2025, 10, 15), false,
                                   { { 0 } } } },
                { .kind = EVENT_DISPUTE, .dispute = { .run = 3, .says = words("no") } },
        };
        const struct event other_event = { .kind = EVENT_OFFER, .offer.terms = words("terms") };

        agree();
        for (size_t i = 0; i < COUNT_OF(events); i++)
                ck_assert_int_eq(tell(&arbiter, &events[i], NULL), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(tell(&arbiter, &other_event, NULL), REFUSAL_NO_SUCH_THING);
}
END_TEST

/* What it must know to decide, and no more; who is not named, nothing. */
static const struct {
        enum query_kind kind;
        bool is;
} readable[] = {
        { QUERY_TERMS, true },     { QUERY_FACTS, true },      { QUERY_MATCHES, true },
        { QUERY_STATEMENTS, true }, { QUERY_STATEMENT, true }, { QUERY_DISPUTES, true },
        { QUERY_PREVIEW, false },  { QUERY_BLOCKS, false },    { QUERY_JOURNAL, false },
        { QUERY_BALANCES, false }, { QUERY_PAYMENTS, false },  { QUERY_RECON, false },
        { QUERY_ROSTER, false },
};

START_TEST(the_arbiter_reads_what_it_decides_by)
{
        struct query query = { .id = 1, .kind = readable[_i / 2].kind };
        struct hub_frame frame;

        if (_i % 2) {
                memset(&scene.terms->reconciling.arbiter, 0, sizeof(struct name));
                scene.terms->reconciling.decides = DECIDER_OF_RECORD;
        }
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        query.run = settled(RUN_INTERIM);
        query.contract = scene.contract;
        query.period = scene.terms->periods[0];
        query.payment = date_of(2025, 10, 15);
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &arbiter.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.answer.refused, _i % 2 || !readable[_i / 2].is);
        ck_assert(!frame.answer.refused || frame.answer.fault.code == REFUSAL_NO_SUCH_THING);
}
END_TEST

START_TEST(nobody_decides_where_the_terms_name_nobody)
{
        const struct decision decision = spent_is(84000);
        const struct decisions decisions = decide_spent(&decision);

        memset(&scene.terms->reconciling, 0, sizeof(scene.terms->reconciling));
        scene.terms->reconciling.is = _i;
        scene.terms->reconciling.historical_until = DATE_NONE;
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        check_heard(SIGNAL_FACT_DISPUTED, 1, 0,
                    "expenditure for 2024-01-01 to 2024-12-31 is in dispute: "
                    "payer says 900.00, network says 800.00");
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(determine(&scene.payer, &decisions), REFUSAL_NOT_PERMITTED);
        resolve(85000);
        settled(RUN_FINAL);
        check_plain(7500);
}
END_TEST

START_TEST(two_nodes_determine_where_the_arbiter_asks_for_two)
{
        const struct decision decision = spent_is(84000), another = spent_is(85000);
        const struct decisions decisions = decide_spent(&decision), others = decide_spent(&another);
        struct stage *stage = &scene.stage;
        struct voice third;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        voice_of(&third, "arbiter", "b");
        stage_begin(stage);
        must(stage_admit_party(stage, "arbiter", ROLE_CONVENER, true, RIGHT_SETTLEMENT), "two");
        must(stage_admit_node(stage, &third.player, RIGHTS_ALL), "arbiter/b");
        stage_commit(stage);
        ck_assert_int_eq(determine(&arbiter, &decisions), 0);
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_SECOND_NODE);
        ck_assert_int_eq(determine(&third, &others), 0);
        ck_assert_uint_eq(rows(TABLE_DECIDED), 0);
        ck_assert_uint_eq(rows(TABLE_PROPOSAL), 2);
        ck_assert_int_eq(determine(&third, &decisions), 0);
        ck_assert_uint_eq(rows(TABLE_PROPOSAL), 2);
        settled(RUN_FINAL);
        check_plain(8000);
}
END_TEST

/* The first word of who decided before is no word of who decides now. */
START_TEST(nobody_speaks_as_the_second_node_of_another)
{
        const struct decision decision = spent_is(84000);
        const struct decisions decisions = decide_spent(&decision);
        struct stage *stage = &scene.stage;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        stage_begin(stage);
        must(stage_admit_party(stage, "arbiter", ROLE_CONVENER, true, RIGHT_SETTLEMENT), "two");
        must(stage_admit_party(stage, "stranger", ROLE_PAYER, true, RIGHT_SETTLEMENT), "two");
        stage_commit(stage);
        ck_assert_int_eq(determine(&arbiter, &decisions), 0);
        scene.terms->version++;
        scene.terms->reconciling.arbiter = name_of("stranger");
        scene_agree(&scene);
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(determine(&scene.stranger, &decisions), 0);
        ck_assert_uint_eq(rows(TABLE_PROPOSAL), 2);
        ck_assert_uint_eq(rows(TABLE_DECIDED), 0);
}
END_TEST

START_TEST(the_party_of_record_decides_by_its_own_figure)
{
        const struct decision decision = spent_is(90000), another = spent_is(84000);
        struct decisions decisions = decide_spent(&decision), others = decide_spent(&another);
        struct event event = {
                .kind = EVENT_DISPUTE, .dispute = { .claims = 9000, .says = words("too little") },
        };
        uint64_t run;

        memset(&scene.terms->reconciling.arbiter, 0, sizeof(struct name));
        scene.terms->reconciling.decides = DECIDER_OF_RECORD;
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        run = settled(RUN_FINAL);
        check_says(5000, 5000, 10000, SIDE_BEARER);
        ck_assert_int_eq(determine(&scene.network, &decisions), REFUSAL_NOT_PERMITTED);
        ck_assert_int_eq(determine(&scene.payer, &others), REFUSAL_BAD_VALUE);
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
        event.dispute.run = run;
        ck_assert_int_eq(tell(&scene.network, &event, &ends[0].dispute), 0);
        decisions.disputes = ends;
        decisions.dispute_count = 1;
        decisions.fact_count = 0;               /* of a dispute alone nobody is of record */
        ck_assert_int_eq(determine(&scene.payer, &decisions), REFUSAL_NOT_PERMITTED);
        decisions.fact_count = 1;
        ck_assert_int_eq(determine(&scene.payer, &decisions), 0);
        check_heard(SIGNAL_DECIDED, 1, 0, "payer has decided: expenditure for 2024-01-01 to "
                    "2024-12-31 as 900.00; 1 dispute is closed");
        must(hub_next_run(scene.stage.hub, 0, spent_at), "hub_next_run");
        must(hub_compute(scene.stage.hub, spent_at[0], statement), "hub_compute");
        check_plain(5000);
        ck_assert(stage_work(&scene.stage));
}
END_TEST

START_TEST(terms_name_an_arbiter_whom_the_hub_knows)
{
        struct event event = { .kind = EVENT_OFFER };
        struct sink sink;

        scene.terms->reconciling.arbiter = name_of("nobody");
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, scene.terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), REFUSAL_NO_SUCH_THING);
        sink_free(&sink);
}
END_TEST

/* ---- disputes of statements */

START_TEST(a_decision_closes_disputes_and_the_statement_is_made_again)
{
        struct decisions decisions = {
                .contract = scene.contract, .disputes = ends, .dispute_count = 1,
        };
        struct event event = {
                .kind = EVENT_DISPUTE, .dispute = { .claims = 3000, .says = words("too much") },
        };
        struct life_change changes[LIFE_CHANGES_MAX];
        struct life_state life;
        uint64_t run;

        agree();
        spent(SIDE_BEARER, 90000);
        event.dispute.run = settled(RUN_FINAL);
        ck_assert_int_eq(tell(&scene.payer, &event, &ends[0].dispute), 0);
        ck_assert_int_eq(determine(_i ? &arbiter : &scene.network, &decisions),
                         _i ? 0 : REFUSAL_NOT_PERMITTED);
        if (!_i)
                return;
        check_heard(SIGNAL_DECIDED, 1, 0, "arbiter has decided: 1 dispute is closed");
        life_of(event.dispute.run, &life);
        ck_assert_int_eq(life.life.state, LIFE_ISSUED);
        ck_assert_uint_eq(life_changes(&life.life, changes), 0);        /* the books say so, too */
        must(hub_next_run(scene.stage.hub, 0, &run), "hub_next_run");
        ck_assert(stage_work(&scene.stage));
        life_of(run, &life);
        ck_assert_int_eq(life.life.state, LIFE_ISSUED);
        ck_assert_int_eq(life_undisputed(&life.life), 5000);
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("decide");

        tcase_add_checked_fixture(tests, disputed_set_up, disputed_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, what_both_sign_holds_and_reaches_the_books_by_itself);
        tcase_add_loop_test(tests, what_posts_nothing_is_not_settled_again, 0, 3);
        tcase_add_test(tests, a_decision_holds_until_both_have_said_the_same_after_it);
        tcase_add_test(tests, what_was_decided_can_be_decided_anew_once_a_side_has_said_more);
        tcase_add_test(tests, who_proposed_does_not_accept_and_what_is_overtaken_is_closed);
        tcase_add_loop_test(tests, two_nodes_sign_where_a_party_asks_for_two, 0, 2);
        tcase_add_loop_test(tests, what_cannot_be_decided_is_refused, 0, COUNT_OF(undecidable));
        tcase_add_test(tests, decisions_that_do_not_decode_are_refused);
        tcase_add_test(tests, the_arbiter_decides);
        tcase_add_test(tests, the_arbiter_says_nothing_else);
        tcase_add_loop_test(tests, the_arbiter_reads_what_it_decides_by, 0, 2 * COUNT_OF(readable));
        tcase_add_loop_test(tests, nobody_decides_where_the_terms_name_nobody, 0, 2);
        tcase_add_test(tests, two_nodes_determine_where_the_arbiter_asks_for_two);
        tcase_add_test(tests, nobody_speaks_as_the_second_node_of_another);
        tcase_add_test(tests, the_party_of_record_decides_by_its_own_figure);
        tcase_add_test(tests, terms_name_an_arbiter_whom_the_hub_knows);
        tcase_add_loop_test(tests, a_decision_closes_disputes_and_the_statement_is_made_again, 0,
                            2);
        return run_case(tests, "decide");
}
