/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts that two sides do not agree on: what a run then says and the books hold, how long an answer
 * is awaited, and how it comes to an end. Half of all savings, the benchmark 1,000.00: what the
 * payer spent of it is disputed.
 */
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/past.h"
#include "daemon/state_decided.h"
#include "daemon/state_life.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define DAYS INT64_C(86400000000)
#define N_SIGNALS 32

static struct scene scene;
static struct voice arbiter, second, other;     /* payer/q, network/m */
static struct statement *statement;
static uint64_t spent_at[2];            /* entries of the figure by either side */

static struct name name_of(const char *text)
{
        struct name name = { { 0 } };

        memcpy(name.text, text, strlen(text));
        return name;
}

static void voice_of(struct voice *voice, const char *party, const char *node)
{
        memset(voice, 0, sizeof(*voice));
        player_make(&voice->player, party, node);
        memcpy(voice->stream.octets, voice->player.keys.public.signing,
               sizeof(voice->stream.octets));
}

static void admit(void)
{
        struct stage *stage = &scene.stage;

        voice_of(&arbiter, "arbiter", "a");
        voice_of(&second, "payer", "q");
        voice_of(&other, "network", "m");
        stage_begin(stage);
        must(stage_admit_party(stage, "arbiter", ROLE_CONVENER, true, 0), "arbiter");
        must(stage_admit_node(stage, &arbiter.player, RIGHTS_ALL), "arbiter/a");
        must(stage_admit_node(stage, &second.player, RIGHTS_ALL), "payer/q");
        must(stage_admit_node(stage, &other.player, RIGHTS_ALL), "network/m");
        stage_commit(stage);
}

static struct fact_rule *rule(void)
{
        return &scene.terms->rules[0];
}

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        admit();
        statement = calloc(1, sizeof(*statement));
        scene.terms = calloc(1, sizeof(*scene.terms));
        ck_assert(statement && scene.terms);
        stage_terms(scene.terms, &scene.contract, 1);
        scene.terms->rules[scene.terms->rule_count++] = (struct fact_rule) {
                .kind = FACT_EXPENDITURE, .of_record = SIDE_BEARER, .other = REPORT_MAY,
                .tolerance = 100, .tolerance_share = { 0, 1 },
        };
        scene.terms->reconciling = (struct reconciling) {
                .is = true, .historical_until = DATE_NONE, .decides = DECIDER_ARBITER,
                .arbiter = name_of("arbiter"),
        };
        memset(spent_at, 0, sizeof(spent_at));
}

static void tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene.stage));
        free(statement);
        scene_tear_down(&scene);
}

/* ---- what is said */

static struct bytes words(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static struct voice *of_side(enum side side)
{
        return side == SIDE_BEARER ? &scene.payer : &scene.network;
}

static void agree(void)
{
        const struct event events[] = {
                fact_event(FACT_HEAD_COUNT, 5, ""), fact_event(FACT_BENCHMARK, 100000, ""),
        };

        scene_agree(&scene);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 2, NULL),
                         HUB_RECEIPT);
}

static void spent(enum side side, int64_t cents)
{
        uint64_t *at = &spent_at[side - SIDE_BEARER];
        struct event event = fact_event(FACT_EXPENDITURE, cents, "");

        event.fact.has_supersedes = *at != 0;
        event.fact.supersedes = *at;
        ck_assert_int_eq(voice_said(&scene.stage, of_side(side), &scene.contract, &event, 1, at),
                         HUB_RECEIPT);
}

static uint64_t settled(enum run_kind kind)
{
        uint64_t run = scene_order_run(&scene, kind);

        must(hub_compute(scene.stage.hub, run, statement), "hub_compute");
        ck_assert(stage_work(&scene.stage));
        return run;
}

static struct decisions decide_spent(const struct decision *decision)
{
        return (struct decisions) {
                .contract = scene.contract, .facts = decision, .fact_count = 1,
        };
}

static struct decision spent_is(int64_t cents)
{
        return (struct decision) {
                .kind = FACT_EXPENDITURE, .value = { UNIT_CENTS, cents, 1 },
                .period = scene.terms->periods[0],
        };
}

static struct bytes written(const struct decisions *decisions)
{
        static struct sink sink;

        if (!sink.data)
                must(sink_new(&sink, 4096, 65536), "sink_new");
        sink_reset(&sink);
        must(wire_write_decisions(&sink, decisions), "wire_write_decisions");
        return sink_bytes(&sink);
}

/* The first fault of the answer; 0: it was taken, and @ret_index is its entry. */
static enum refusal say(struct voice *voice, const struct event *event, uint64_t *ret_index)
{
        struct hub_frame frame;
        uint64_t index;
        enum hub_frame_kind kind =
                voice_said(&scene.stage, voice, &scene.contract, event, 1, &index);

        if (ret_index)
                *ret_index = index;
        if (kind == HUB_RECEIPT)
                return 0;
        stage_answer(&scene.stage, 1, &frame);
        return frame.refusal.faults[0].code;
}

static enum refusal propose(struct voice *voice, const struct decisions *decisions,
                            uint64_t *ret_index)
{
        const struct event event = {
                .kind = EVENT_RESOLUTION,
                .resolution = { written(decisions), words("as in the claims") },
        };

        return say(voice, &event, ret_index);
}

static enum refusal determine(struct voice *voice, const struct decisions *decisions)
{
        const struct event event = {
                .kind = EVENT_DETERMINATION,
                .determination = { written(decisions), words("as in the claims") },
        };

        return say(voice, &event, NULL);
}

static enum refusal accept(struct voice *voice, uint64_t resolution,
                           const struct decisions *decisions)
{
        struct event event = {
                .kind = EVENT_RESOLUTION_ACCEPTANCE,
                .resolution_acceptance = { .resolution = resolution },
        };
        const struct bytes bytes = written(decisions);
        struct hasher *hasher;
        struct digest digest;

        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, &bytes, 1, &digest);
        hasher_free(hasher);
        memcpy(event.resolution_acceptance.decisions_sha256.octets, digest.octets, 32);
        return say(voice, &event, NULL);
}

/* Both agree that it is @cents. */
static void resolve(int64_t cents)
{
        const struct decision decision = spent_is(cents);
        const struct decisions decisions = decide_spent(&decision);
        uint64_t index;

        ck_assert_int_eq(propose(&scene.payer, &decisions, &index), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), 0);
}

/* ---- what is heard, and what the state says */

/* How many signals of that kind the player heard of the last batch; the last one's words. */
static int heard(const struct player *player, enum signal_kind kind, struct text *ret_says)
{
        struct signal_frame frame;
        struct record record;
        size_t at = 0;
        int count = 0;

        memset(ret_says, 0, sizeof(*ret_says));
        while (stage_heard(&scene.stage, player, &at, &frame, &record)) {
                if (frame.is_heartbeat || record.signal.kind != kind)
                        continue;
                count++;
                *ret_says = record.signal.says;
        }
        return count;
}

static void check_heard(enum signal_kind kind, int sides, int decider, const char *says)
{
        struct text text;

        ck_assert_int_eq(heard(&scene.payer.player, kind, &text), sides);
        ck_assert_msg(!sides || strcmp(text.text, says) == 0, "%s", text.text);
        ck_assert_int_eq(heard(&scene.network.player, kind, &text), sides);
        ck_assert_msg(!sides || strcmp(text.text, says) == 0, "%s", text.text);
        ck_assert_int_eq(heard(&arbiter.player, kind, &text), decider);
        ck_assert_int_eq(heard(&scene.stranger.player, kind, &text), 0);
}

static uint64_t rows(enum table table)
{
        struct stage_tables tables;

        stage_tables(&scene.stage, &tables);
        return tables.rows[table];
}

static void pass(int days)
{
        scene.stage.now += days * DAYS;
        stage_begin(&scene.stage);
        must(hub_pass_time(scene.stage.hub), "hub_pass_time");
        stage_commit(&scene.stage);
}

static void life_of(uint64_t run, struct life_state *ret)
{
        struct store_txn *txn;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_life(txn, run, CUT_LAST, ret), "state_life");
        store_abort(txn);
}

static void check_says(int64_t payable, int64_t by_bearer, int64_t by_earner, enum side basis)
{
        ck_assert_int_eq(statement->status, STATEMENT_CALCULATED);
        ck_assert(statement->has_versions);
        ck_assert_int_eq(statement->payable, payable);
        ck_assert_int_eq(statement->by_bearer, by_bearer);
        ck_assert_int_eq(statement->by_earner, by_earner);
        ck_assert_int_eq(statement->basis, basis);
        ck_assert_uint_eq(statement->disputed_count, 1);
        ck_assert_uint_eq(statement->disputed[0].bearer.index, spent_at[0]);
        ck_assert_uint_eq(statement->disputed[0].earner.index, spent_at[1]);
}

static void check_plain(int64_t payable)
{
        ck_assert_int_eq(statement->status, STATEMENT_CALCULATED);
        ck_assert(!statement->has_versions);
        ck_assert_uint_eq(statement->disputed_count, 0);
        ck_assert_int_eq(statement->payable, payable);
}

static const struct used_fact *spent_used(void)
{
        for (size_t i = 0; i < statement->fact_count; i++)
                if (statement->facts[i].kind == FACT_EXPENDITURE)
                        return &statement->facts[i];
        ck_abort_msg("no expenditure was read");
        return NULL;
}

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
                ck_assert_int_eq(say(i ? &scene.network : &scene.payer, &event, NULL), 0);
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
        ck_assert_int_eq(say(&scene.payer, &event, NULL), 0);
        event.fact.key.paid_through = date_of(2025, 2, 28);
        ck_assert_int_eq(say(&scene.payer, &event, NULL), 0);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);
        event.fact.key.paid_through = date_of(2025, 4, 30);
        ck_assert_int_eq(say(&scene.payer, &event, NULL), 0);
        ck_assert_uint_eq(rows(TABLE_WINDOW), 1);
        pass(31);
        check_heard(SIGNAL_DEADLINE_PASSED, 1, 0,
                    "network has not answered in time: expenditure for 2024-01-01 to 2024-12-31 "
                    "stands as payer says 900.00");
}
END_TEST

/* ---- resolutions */

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
        ck_assert_int_eq(accept(&arbiter, index, &decisions), REFUSAL_NOT_PERMITTED);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), REFUSAL_OFFER_CLOSED);
        ck_assert_int_eq(accept(&scene.payer, second_index, &others), REFUSAL_OFFER_CLOSED);
        settled(RUN_FINAL);
        check_plain(7500);
}
END_TEST

START_TEST(two_nodes_sign_where_a_party_asks_for_two)
{
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
        ck_assert_int_eq(propose(&scene.payer, &decisions, &index), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), REFUSAL_SECOND_NODE);
        ck_assert_int_eq(accept(&other, index, &decisions), 0);
        ck_assert_uint_eq(rows(TABLE_DECIDED), 0);
        ck_assert_int_eq(accept(&scene.payer, index, &decisions), REFUSAL_SECOND_NODE);
        check_heard(SIGNAL_DECIDED, 0, 0, "");
        ck_assert_int_eq(accept(&second, index, &decisions), 0);
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
        ck_assert_int_eq(say(&arbiter, &event, NULL), REFUSAL_BAD_VALUE);
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
                ck_assert_int_eq(say(&arbiter, &events[i], NULL), REFUSAL_NOT_PERMITTED);
        ck_assert_int_eq(say(&arbiter, &other_event, NULL), REFUSAL_NOT_PERMITTED);
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

START_TEST(the_party_of_record_decides_by_its_own_figure)
{
        const struct decision decision = spent_is(90000), another = spent_is(84000);
        const struct decisions decisions = decide_spent(&decision), others = decide_spent(&another);

        memset(&scene.terms->reconciling.arbiter, 0, sizeof(struct name));
        scene.terms->reconciling.decides = DECIDER_OF_RECORD;
        agree();
        spent(SIDE_BEARER, 90000);
        spent(SIDE_EARNER, 80000);
        settled(RUN_FINAL);
        check_says(5000, 5000, 10000, SIDE_BEARER);
        ck_assert_int_eq(determine(&scene.network, &decisions), REFUSAL_NOT_PERMITTED);
        ck_assert_int_eq(determine(&scene.payer, &others), REFUSAL_BAD_VALUE);
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
        ck_assert_int_eq(determine(&scene.payer, &decisions), 0);
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
        ck_assert_int_eq(say(&scene.payer, &event, NULL), REFUSAL_NO_SUCH_THING);
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
        struct life_state life;
        uint64_t run;

        agree();
        spent(SIDE_BEARER, 90000);
        event.dispute.run = settled(RUN_FINAL);
        ck_assert_int_eq(say(&scene.payer, &event, &ends[0].dispute), 0);
        ck_assert_int_eq(determine(_i ? &arbiter : &scene.network, &decisions),
                         _i ? 0 : REFUSAL_NOT_PERMITTED);
        if (!_i)
                return;
        check_heard(SIGNAL_DECIDED, 1, 0, "arbiter has decided: 1 dispute is closed");
        life_of(event.dispute.run, &life);
        ck_assert_int_eq(life.life.state, LIFE_ISSUED);
        must(hub_next_run(scene.stage.hub, 0, &run), "hub_next_run");
        ck_assert(stage_work(&scene.stage));
        life_of(run, &life);
        ck_assert_int_eq(life.life.state, LIFE_ISSUED);
        ck_assert_int_eq(life_undisputed(&life.life), 5000);
        ck_assert_int_eq(determine(&arbiter, &decisions), REFUSAL_NO_SUCH_THING);
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

static void add_deciding(TCase *tests)
{
        tcase_add_test(tests, what_both_sign_holds_and_reaches_the_books_by_itself);
        tcase_add_loop_test(tests, what_posts_nothing_is_not_settled_again, 0, 3);
        tcase_add_test(tests, a_decision_holds_until_both_have_said_the_same_after_it);
        tcase_add_test(tests, what_was_decided_can_be_decided_anew_once_a_side_has_said_more);
        tcase_add_test(tests, who_proposed_does_not_accept_and_what_is_overtaken_is_closed);
        tcase_add_test(tests, two_nodes_sign_where_a_party_asks_for_two);
        tcase_add_loop_test(tests, what_cannot_be_decided_is_refused, 0, COUNT_OF(undecidable));
        tcase_add_test(tests, decisions_that_do_not_decode_are_refused);
        tcase_add_test(tests, the_arbiter_decides);
        tcase_add_test(tests, the_arbiter_says_nothing_else);
        tcase_add_loop_test(tests, nobody_decides_where_the_terms_name_nobody, 0, 2);
        tcase_add_test(tests, two_nodes_determine_where_the_arbiter_asks_for_two);
        tcase_add_test(tests, the_party_of_record_decides_by_its_own_figure);
        tcase_add_test(tests, terms_name_an_arbiter_whom_the_hub_knows);
        tcase_add_loop_test(tests, a_decision_closes_disputes_and_the_statement_is_made_again, 0,
                            2);
        tcase_add_test(tests, a_statement_is_stale_when_what_is_in_dispute_has_changed);
}

int main(void)
{
        TCase *tests = tcase_create("decide");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, a_run_says_what_both_versions_agree_on, 0, COUNT_OF(runs));
        tcase_add_test(tests, a_preview_says_the_same);
        tcase_add_loop_test(tests, what_holds_nothing_leaves_the_figure_of_record, 0, 3);
        tcase_add_test(tests, a_dispute_of_what_is_not_read_holds_nothing);
        tcase_add_test(tests, a_dispute_is_told_when_it_begins_and_when_it_ends);
        tcase_add_test(tests, one_submission_tells_of_a_thing_once);
        tcase_add_test(tests, who_is_silent_is_told_and_what_comes_late_holds_nothing);
        tcase_add_test(tests, a_run_knows_no_window_that_ended_after_its_cut);
        tcase_add_test(tests, an_answer_in_time_ends_the_window);
        tcase_add_test(tests, a_restated_figure_opens_a_window_of_its_own);
        tcase_add_test(tests, a_figure_that_does_not_count_opens_no_window);
        add_deciding(tests);
        return run_case(tests, "decide");
}
