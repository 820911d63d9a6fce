/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/talk.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"

#define KINDS 3
#define YEARS 3

static uint64_t state;
static uint64_t said_at[2][KINDS][YEARS];   /* by side, kind, year: entry with the current figure */
static uint64_t runs[512], resolutions[512], disputes[512];
static size_t run_count, resolution_count, dispute_count;
static struct decisions proposed;       /* the newest */
static struct decision proposed_fact;
static struct dispute_end proposed_end;
static uint64_t payments_at[2][2][2];   /* by side, direction, trace */
static uint64_t figures_at[2];
static uint32_t versions;

uint64_t talk_below(uint64_t limit)
{
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (state >> 33) % limit;
}

static struct voice *a_side(void)
{
        return talk_below(2) ? &scene.payer : &scene.network;
}

static struct voice *anybody(void)
{
        struct voice *const voices[] = { &second, &other, &arbiter, &scene.stranger };

        return talk_below(8) ? a_side() : voices[talk_below(4)];
}

static int side_of(const struct voice *voice)
{
        return strcmp(voice->player.path.party.text, "payer") == 0 ? 0 : 1;
}

/* ---- what is said of facts */

/* The two of the agreement, and one before it. */
static const struct period years[YEARS] = { { 19723, 20089 }, { 20089, 20454 }, { 19358, 19723 } };

static void state_fact(struct voice *voice, size_t kind, size_t year, int64_t value)
{
        static const enum fact_kind kinds[KINDS] = {
                FACT_EXPENDITURE, FACT_BENCHMARK, FACT_HEAD_COUNT,
        };
        uint64_t *at = &said_at[side_of(voice)][kind][year], index;
        struct event event = fact_event(kinds[kind], value, "");

        if (year)
                event.fact.key.period = years[year];
        event.fact.has_supersedes = *at != 0;
        event.fact.supersedes = *at;
        if (tell(voice, &event, &index) == 0)
                *at = index;
}

static void say_fact(void)
{
        size_t kind = talk_below(6) ? 0 : talk_below(KINDS);

        state_fact(a_side(), kind, talk_below(3) ? 0 : talk_below(YEARS),
                   kind == 2 ? 5 + (int64_t)talk_below(2) : 80000 + 5000 * (int64_t)talk_below(3));
}

/* ---- statements */

static void order_run(void)
{
        static const enum run_kind kinds[] = { RUN_INTERIM, RUN_FINAL, RUN_RESTATED, RUN_RESTATED };
        const struct run_request request = {
                .period = years[talk_below(4) == 0], .kind = kinds[talk_below(4)],
                .payment = date_of(2025, 2, 1) + (date)talk_below(300),
        };
        const char *says = "";
        uint64_t index;

        stage_begin(&scene.stage);
        if (hub_order_run(scene.stage.hub, &scene.contract, &request, &index, &says) == 0 &&
            run_count < 512)
                runs[run_count++] = index;
        stage_commit(&scene.stage);
}

static void work(void)
{
        uint64_t run;

        if (hub_next_run(scene.stage.hub, 0, &run) == 0 &&
            (!run_count || runs[run_count - 1] != run) && run_count < 512)
                runs[run_count++] = run;
        stage_work(&scene.stage);
}

static uint64_t a_run(void)
{
        if (!run_count)
                return 0;
        return runs[talk_below(3) ? run_count - 1 : talk_below(run_count)];
}

static struct sha256 record_of(uint64_t run)
{
        struct sha256 sha = { { 0 } };
        struct run_state of;
        struct log_entry entry;
        struct store_txn *txn;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        if (state_run(txn, run, &of) == 0 && of.statement &&
            log_read(txn, of.statement, &entry) == 0) {
                sha = sha256_of(entry.bytes);
        }
        store_abort(txn);
        return sha;
}

static void accept_statement(void)
{
        struct event event = { .kind = EVENT_STATEMENT_ACCEPTANCE };

        event.statement_acceptance.run = a_run();
        event.statement_acceptance.statement_sha256 = record_of(event.statement_acceptance.run);
        tell(anybody(), &event, NULL);
}

static void dispute_statement(void)
{
        const struct disputed_line line = { 0, { 5, 1 } };
        const struct event event = {
                .kind = EVENT_DISPUTE,
                .dispute = { .run = a_run(), .claims = 2500 * ((int64_t)talk_below(8) - 2),
                             .lines = &line, .line_count = (uint32_t)talk_below(2),
                             .says = words("not so") },
        };
        uint64_t index;

        if (tell(a_side(), &event, &index) == 0 && dispute_count < 512)
                disputes[dispute_count++] = index;
}

static void end_dispute(void)
{
        const struct event event = {
                .kind = EVENT_DISPUTE_END,
                .dispute_end = { dispute_count ? disputes[dispute_count - 1] : 3 },
        };

        tell(a_side(), &event, NULL);
}

/* ---- decisions */

static void make_decisions(void)
{
        proposed_fact = spent_is(80000 + 2500 * (int64_t)talk_below(8));
        proposed_end.dispute = dispute_count ? disputes[dispute_count - 1] : 3;
        proposed = decide_spent(&proposed_fact);
        proposed.fact_count = (uint32_t)talk_below(4) ? 1 : 0;
        proposed.disputes = &proposed_end;
        proposed.dispute_count = (uint32_t)talk_below(2);
}

static void propose_something(void)
{
        uint64_t index;

        make_decisions();
        if (propose(a_side(), &proposed, &index) == 0 && resolution_count < 512)
                resolutions[resolution_count++] = index;
}

static void accept_something(void)
{
        if (resolution_count)
                accept(anybody(), resolutions[resolution_count - 1], &proposed);
}

static void determine_something(void)
{
        struct decisions before = proposed;
        struct decision fact = proposed_fact;

        make_decisions();
        determine(talk_below(4) ? &arbiter : anybody(), &proposed);
        proposed = before;
        proposed_fact = fact;
}

/* ---- money and figures */

static void say_payment(void)
{
        struct voice *voice = a_side();
        uint64_t direction = talk_below(5) ? !side_of(voice) : talk_below(2);
        uint64_t trace = talk_below(2), index;
        uint64_t *at = &payments_at[side_of(voice)][direction][trace];
        struct payment_part part = { a_run(), trace ? 2500 : 5000 };
        struct event event = {
                .kind = EVENT_PAYMENT,
                .payment = { .direction = direction ? PAYMENT_SENT : PAYMENT_RECEIVED,
                             .day = date_of(2025, 3, 1), .cents = part.cents, .parts = &part,
                             .part_count = 1, .has_supersedes = *at != 0, .supersedes = *at },
        };

        memcpy(event.payment.trace.text, trace ? "ach-2" : "ach-1", 6);
        if (tell(voice, &event, &index) == 0)
                *at = index;
}

static void say_figure(void)
{
        struct voice *voice = a_side();
        uint64_t *at = &figures_at[side_of(voice)], index;
        const struct event event = {
                .kind = EVENT_FIGURE,
                .figure = { .period = scene.terms->periods[0],
                            .earned = 2500 * (int64_t)talk_below(8), .has_supersedes = *at != 0,
                            .supersedes = *at },
        };

        if (tell(voice, &event, &index) == 0)
                *at = index;
}

/* ---- terms and parties */

static void offer_terms(void)
{
        struct event event = { .kind = EVENT_OFFER };
        struct terms *terms = malloc(sizeof(*terms));
        struct sink sink;

        ck_assert_ptr_nonnull(terms);
        *terms = *scene.terms;
        terms->version = versions + 1;
        terms->applies = APPLIES_WHOLE_PERIOD;
        terms->reconciling.decides = talk_below(3) ? DECIDER_ARBITER : DECIDER_NOBODY;
        if (terms->reconciling.decides == DECIDER_NOBODY)
                terms->reconciling.arbiter = (struct name) { { 0 } };
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        event.offer.open_until = talk_below(2) ? scene.stage.now + 20 * 86400 * SECOND : 0;
        if (tell(talk_below(2) ? &scene.payer : &scene.network, &event, NULL) == 0)
                versions++;
        sink_free(&sink);
        free(terms);
}

/* As whoever offered them last: its digest is read off the terms that are there. */
static void accept_terms(void)
{
        struct event event = { .kind = EVENT_ACCEPTANCE, .acceptance = { .version = versions } };
        struct view_terms view;
        struct store_txn *txn;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_terms(txn, 1, versions, &view), "state_terms");
        store_abort(txn);
        event.acceptance.terms_sha256 = view.sha256;
        tell(anybody(), &event, NULL);
}

static void change_terms(void)
{
        if (talk_below(3) == 0)
                offer_terms();
        else
                accept_terms();
}

static void admit_again(void)
{
        uint32_t two = talk_below(2) ? 0 : RIGHT_TERMS | RIGHT_SETTLEMENT;

        stage_begin(&scene.stage);
        must(stage_admit_party(&scene.stage, "network", ROLE_NETWORK, true, two), "network");
        stage_commit(&scene.stage);
}

static void let_time_pass(void)
{
        pass(1 + (int)talk_below(25));
}

/* Of which none but its own sides may know; the network is one. */
static void agree_on_another(void)
{
        struct terms *terms = malloc(sizeof(*terms));
        struct event event = { .kind = EVENT_OFFER };
        struct sha256 digest;
        struct sink sink;

        ck_assert_ptr_nonnull(terms);
        *terms = *scene.terms;
        terms->contract.bearer = name_of("stranger");
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        digest = sha256_of(event.offer.terms);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.stranger, &terms->contract, &event, 1,
                                    NULL), HUB_RECEIPT);
        event = (struct event) { .kind = EVENT_ACCEPTANCE, .acceptance = { .version = 1 } };
        event.acceptance.terms_sha256 = digest;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, &terms->contract, &event, 1,
                                    NULL), HUB_RECEIPT);
        sink_free(&sink);
        free(terms);
}

void talk_begin(uint64_t seed)
{
        struct terms *terms = scene.terms;

        state = seed;
        run_count = resolution_count = dispute_count = 0;
        memset(said_at, 0, sizeof(said_at));
        memset(payments_at, 0, sizeof(payments_at));
        memset(figures_at, 0, sizeof(figures_at));
        terms->agreement.until = years[1].until;
        terms->periods[terms->period_count++] = years[1];
        terms->rules[0].other = REPORT_MUST;
        terms->rules[0].window_days = 10;
        terms->reconciling.dispute_days = 30;
        terms->reconciling.payment_days = 15;
        versions = 1;
        scene_agree(&scene);
        agree_on_another();
        state_fact(&scene.payer, 0, 0, 90000);
        state_fact(&scene.payer, 1, 0, 100000);
        state_fact(&scene.payer, 2, 0, 5);
}

void talk_on(void)
{
        static void (*const acts[])(void) = {
                say_fact, say_fact, say_fact, say_fact, order_run, order_run, order_run,
                work, work, work, accept_statement, accept_statement, dispute_statement,
                end_dispute, propose_something, accept_something, determine_something,
                say_payment, say_payment, say_payment, say_payment, say_figure, change_terms,
                admit_again, let_time_pass, let_time_pass,
        };

        acts[talk_below(sizeof(acts) / sizeof(acts[0]))]();
}
