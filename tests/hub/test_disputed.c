/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts that two sides do not agree on: what a run then says and the books hold, how long an answer
 * is awaited, who is told, and when a statement is stale for it.
 */
#include "tests/hub/disputed.h"
#include "tests/proof/run.h"

/* ---- runs with a dispute */

#define B SIDE_BEARER
#define E SIDE_EARNER
#define N SIDE_NEITHER

/* What both say was spent, what is material, and what the run says. */
static const struct {
        enum side of_record;
        int64_t bearer, earner, material, payable, by_bearer, by_earner;
        enum side basis;
        int64_t held;
} runs[] = {
        { B, 90000, 80000, 0, 5000, 5000, 10000, B, 5000 },
        { E, 90000, 80000, 0, 5000, 5000, 10000, B, 5000 },
        { B, 80000, 90000, 0, 5000, 10000, 5000, E, 5000 },
        { B, 110000, 80000, 0, 0, 0, 10000, B, 10000 },
        { E, 110000, 80000, 0, 0, 0, 10000, E, 10000 },
        { B, 90000, 80000, 5000, 5000, 5000, 10000, B, 5000 },
        { B, 90000, 80000, 5001, 5000, 5000, 10000, N, 0 },
        { E, 90000, 80000, 5001, 10000, 5000, 10000, N, 0 },
        { B, 110000, 120000, 0, 0, 0, 0, B, 0 },
};

START_TEST(a_run_says_what_both_versions_agree_on)
{
        static const enum run_kind kinds[] = { RUN_FINAL, RUN_INTERIM };
        struct life_state life;
        uint64_t run;

        rule()->of_record = runs[_i].of_record;
        rule()->materiality = runs[_i].material;
        agree();
        spent(SIDE_BEARER, runs[_i].bearer);
        spent(SIDE_EARNER, runs[_i].earner);
        for (int i = 1; i >= 0; i--) {
                run = settled(kinds[i]);
                check_says(runs[_i].payable, runs[_i].by_bearer, runs[_i].by_earner,
                           runs[_i].basis);
                ck_assert_uint_eq(spent_used()->index,
                                  spent_at[(runs[_i].basis == N ? runs[_i].of_record
                                                                : runs[_i].basis) - B]);
                ck_assert_int_eq(spent_used()->side,
                                 runs[_i].basis == N ? runs[_i].of_record : runs[_i].basis);
                ck_assert(!spent_used()->decided);
        }
        life_of(run, &life);
        ck_assert_int_eq(life.life.state, LIFE_ISSUED);
        ck_assert_int_eq(life_held(&life.life), runs[_i].held);
}
END_TEST

START_TEST(a_preview_says_the_same)
{
        const struct query query = {
                .id = 3, .kind = QUERY_PREVIEW, .contract = scene.contract,
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                .payment = date_of(2025, 10, 15),
        };
        struct hub_frame frame;

        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.network.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_ptr_nonnull(frame.answer.preview);
        *statement = *frame.answer.preview;
        check_says(5000, 5000, 10000, SIDE_BEARER);
}
END_TEST

/* Within tolerance, of a kind without a rule, or where the other side's word does not count. */
START_TEST(what_holds_nothing_leaves_the_figure_of_record)
{
        if (_i == 1)
                scene.terms->rule_count = 0;
        if (_i == 2)
                rule()->other = REPORT_NONE;
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, _i == 0 ? 90100 : 80000);
        check_heard(SIGNAL_FACT_DISPUTED, 0, 0, "");
        settled(RUN_FINAL);
        check_plain(5000);
}
END_TEST

/* A figure in dispute that the steps do not read is none of the statement's business. */
START_TEST(a_dispute_of_what_is_not_read_holds_nothing)
{
        struct event event = fact_event(FACT_EXPENDITURE, 1, "elsewhere");

        agree();
        spent(SIDE_BEARER, 90000);
        for (int i = 0; i < 2; i++) {
                event.fact.value.num = 1000 * (i + 1);
                ck_assert_int_eq(tell(i ? &scene.network : &scene.payer, &event, NULL), 0);
        }
        check_heard(SIGNAL_FACT_DISPUTED, 1, 1,
                    "expenditure of elsewhere for 2024-01-01 to 2024-12-31 is in dispute: "
                    "payer says 10.00, network says 20.00");
        settled(RUN_FINAL);
        check_plain(5000);
}
END_TEST

/* ---- signals */

START_TEST(a_dispute_is_told_when_it_begins_and_when_it_ends)
{
        agree();
        spent(SIDE_BEARER, 90000);
        check_heard(SIGNAL_FACT_DISPUTED, 0, 0, "");
        spent(SIDE_EARNER, 80000);
        check_heard(SIGNAL_FACT_DISPUTED, 1, 1,
                    "expenditure for 2024-01-01 to 2024-12-31 is in dispute: "
                    "payer says 900.00, network says 800.00");
        spent(SIDE_EARNER, 85000);      /* still */
        check_heard(SIGNAL_FACT_DISPUTED, 0, 0, "");
        check_heard(SIGNAL_FACT_AGREED, 0, 0, "");
        spent(SIDE_BEARER, 85100);
        check_heard(SIGNAL_FACT_AGREED, 1, 0,
                    "expenditure for 2024-01-01 to 2024-12-31 is no longer in dispute: "
                    "payer says 851.00, network says 850.00");
        settled(RUN_FINAL);
        check_plain(7450);
}
END_TEST

/* Of two versions in one submission, paid through different days, the later day's speaks. */
START_TEST(one_submission_tells_of_a_thing_once)
{
        struct event events[] = {
                fact_event(FACT_EXPENDITURE, 80000, ""), fact_event(FACT_EXPENDITURE, 70000, ""),
        };

        agree();
        spent(SIDE_BEARER, 90000);
        events[0].fact.key.paid_through = date_of(2025, 3, 31);
        events[1].fact.key.paid_through = date_of(2025, 2, 28);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, &scene.contract, events, 2,
                                    NULL), HUB_RECEIPT);
        check_heard(SIGNAL_FACT_DISPUTED, 1, 1,
                    "expenditure for 2024-01-01 to 2024-12-31 is in dispute: "
                    "payer says 900.00, network says 800.00");
}
END_TEST

START_TEST(what_is_too_much_to_read_is_told_by_number)
{
        struct event events[11];
        struct text text;

        agree();
        for (int side = 0; side < 2; side++) {
                for (int i = 0; i < 11; i++) {
                        events[i] = fact_event(FACT_EXPENDITURE, 1000 * (side + 1), "");
                        events[i].fact.key.item.text[0] = (char)('a' + i);
                }
                ck_assert_int_eq(voice_said(&scene.stage, side ? &scene.network : &scene.payer,
                                            &scene.contract, events, 11, NULL), HUB_RECEIPT);
        }
        ck_assert_int_eq(heard(&scene.payer.player, SIGNAL_FACT_DISPUTED, &text), 9);
        ck_assert_str_eq(text.text, "of the same submission 3 figures more are in dispute");
        check_heard(SIGNAL_FACT_DISPUTED, 9, 9, text.text);
}
END_TEST

/* ---- windows */

START_TEST(who_is_silent_is_told_and_what_comes_late_holds_nothing)
{
        rule()->window_days = 30;
        agree();
        spent(SIDE_BEARER, 90000);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);
        pass(29);
        check_heard(SIGNAL_DEADLINE_PASSED, 0, 0, "");
        pass(2);
        check_heard(SIGNAL_DEADLINE_PASSED, 1, 0,
                    "network has not answered in time: expenditure for 2024-01-01 to 2024-12-31 "
                    "stands as payer says 900.00");
        pass(31);
        check_heard(SIGNAL_DEADLINE_PASSED, 0, 0, "");
        spent(SIDE_EARNER, 80000);
        check_heard(SIGNAL_FACT_DISPUTED, 0, 0, "");
        settled(RUN_FINAL);
        check_plain(5000);
        spent(SIDE_BEARER, 91000);      /* a new figure, which the other side had answered before */
        check_heard(SIGNAL_FACT_DISPUTED, 1, 1,
                    "expenditure for 2024-01-01 to 2024-12-31 is in dispute: "
                    "payer says 910.00, network says 800.00");
        settled(RUN_RESTATED);
        check_says(4500, 4500, 10000, SIDE_BEARER);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);       /* the one that is over */
}
END_TEST

/* As of a run that was ordered before, the window had not passed. */
START_TEST(a_run_knows_no_window_that_ended_after_its_cut)
{
        uint64_t run;

        rule()->window_days = 30;
        agree();
        spent(SIDE_EARNER, 80000);
        spent(SIDE_BEARER, 90000);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 0);       /* it was answered before it was asked */
        run = scene_order_run(&scene, RUN_FINAL);
        resolve(85000);
        must(hub_compute(scene.stage.hub, run, statement), "hub_compute");
        check_says(5000, 5000, 10000, SIDE_BEARER);
        while (stage_work(&scene.stage))
                ;
}
END_TEST

START_TEST(an_answer_in_time_ends_the_window)
{
        rule()->window_days = 30;
        agree();
        spent(SIDE_BEARER, 90000);
        ck_assert_uint_eq(rows(TABLE_DUE), 1);
        spent(SIDE_EARNER, 80000);
        ck_assert_uint_eq(rows(TABLE_DUE), 0);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 0);
        pass(40);
        check_heard(SIGNAL_DEADLINE_PASSED, 0, 0, "");
        settled(RUN_FINAL);
        check_says(5000, 5000, 10000, SIDE_BEARER);
}
END_TEST

START_TEST(a_restated_figure_opens_a_window_of_its_own)
{
        rule()->window_days = 30;
        agree();
        spent(SIDE_BEARER, 90000);
        pass(20);
        spent(SIDE_BEARER, 91000);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);
        ck_assert_uint_eq(rows(TABLE_DUE), 1);
        pass(20);
        check_heard(SIGNAL_DEADLINE_PASSED, 0, 0, "");
        spent(SIDE_EARNER, 80000);
        settled(RUN_FINAL);
        check_says(4500, 4500, 10000, SIDE_BEARER);
}
END_TEST

/* Paid through an earlier day than what is there: nobody awaits an answer to it. */
START_TEST(a_figure_that_does_not_count_opens_no_window)
{
        struct event event = fact_event(FACT_EXPENDITURE, 90000, "");

        rule()->window_days = 30;
        agree();
        event.fact.key.paid_through = date_of(2025, 3, 31);
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), 0);
        event.fact.key.paid_through = date_of(2025, 2, 28);
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), 0);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);
        event.fact.key.paid_through = date_of(2025, 4, 30);
        ck_assert_int_eq(tell(&scene.payer, &event, NULL), 0);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);
        pass(31);
        check_heard(SIGNAL_DEADLINE_PASSED, 1, 0,
                    "network has not answered in time: expenditure for 2024-01-01 to 2024-12-31 "
                    "stands as payer says 900.00");
}
END_TEST

/* ---- stale statements */

static uint32_t stale(uint64_t run)
{
        const struct query query = {
                .id = 7, .kind = QUERY_STATEMENTS, .contract = scene.contract,
        };
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.network.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        for (uint32_t i = 0; i < frame.answer.statement_count; i++)
                if (frame.answer.statements[i].run == run)
                        return frame.answer.statements[i].stale;
        ck_abort_msg("no such statement");
        return 0;
}

START_TEST(a_statement_is_stale_when_what_is_in_dispute_has_changed)
{
        uint64_t run;

        agree();
        spent(SIDE_BEARER, 90000);
        run = settled(RUN_INTERIM);
        ck_assert_uint_eq(stale(run), 0);
        spent(SIDE_EARNER, 90050);              /* within tolerance */
        ck_assert_uint_eq(stale(run), 0);
        spent(SIDE_EARNER, 80000);              /* which no line would follow, and yet */
        ck_assert_uint_eq(stale(run), STALE_FACTS);
        run = settled(RUN_INTERIM);
        ck_assert_uint_eq(stale(run), 0);
        resolve(90000);
        ck_assert_uint_eq(stale(run), STALE_FACTS);
        run = settled(RUN_INTERIM);
        ck_assert_uint_eq(stale(run), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("disputed");

        tcase_add_checked_fixture(tests, disputed_set_up, disputed_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, a_run_says_what_both_versions_agree_on, 0, COUNT_OF(runs));
        tcase_add_test(tests, a_preview_says_the_same);
        tcase_add_loop_test(tests, what_holds_nothing_leaves_the_figure_of_record, 0, 3);
        tcase_add_test(tests, a_dispute_of_what_is_not_read_holds_nothing);
        tcase_add_test(tests, a_dispute_is_told_when_it_begins_and_when_it_ends);
        tcase_add_test(tests, one_submission_tells_of_a_thing_once);
        tcase_add_test(tests, what_is_too_much_to_read_is_told_by_number);
        tcase_add_test(tests, who_is_silent_is_told_and_what_comes_late_holds_nothing);
        tcase_add_test(tests, a_run_knows_no_window_that_ended_after_its_cut);
        tcase_add_test(tests, an_answer_in_time_ends_the_window);
        tcase_add_test(tests, a_restated_figure_opens_a_window_of_its_own);
        tcase_add_test(tests, a_figure_that_does_not_count_opens_no_window);
        tcase_add_test(tests, a_statement_is_stale_when_what_is_in_dispute_has_changed);
        return run_case(tests, "disputed");
}
