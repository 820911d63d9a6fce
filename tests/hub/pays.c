/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/pays.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"

struct scene scene;
struct period years[2];
struct hub *hub;

void pays_set_up(void)
{
        pays_set_up_as("contract");
}

void pays_set_up_as(const char *label)
{
        scene_set_up(&scene, NULL);
        scene.contract.label = (struct name) { "" };
        strncpy(scene.contract.label.text, label, NAME_MAX_LENGTH);
        hub = scene.stage.hub;
        scene.terms = calloc(1, sizeof(*scene.terms));
        ck_assert_ptr_nonnull(scene.terms);
        stage_terms(scene.terms, &scene.contract, 1);
        years[0] = (struct period) { date_of(2023, 1, 1), date_of(2024, 1, 1) };
        years[1] = (struct period) { date_of(2024, 1, 1), date_of(2025, 1, 1) };
        scene.terms->agreement = (struct period) { years[0].from, years[1].until };
        scene.terms->effective = scene.terms->signed_on = years[0].from;
        scene.terms->period_count = 2;
        memcpy(scene.terms->periods, years, sizeof(years));
        scene.terms->reconciling = (struct reconciling) {
                .is = true, .dispute_days = 30, .payment_days = 10,
                .historical_until = DATE_NONE,
        };
        scene_agree(&scene);
}

void pays_tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene.stage));
        scene_tear_down(&scene);
}

/* ---- statements */

uint64_t run_of(struct period period, int64_t saved, enum run_kind kind)
{
        const int64_t values[] = { 5, 1000000, 1000000 - saved };
        const enum fact_kind kinds[] = { FACT_HEAD_COUNT, FACT_BENCHMARK, FACT_EXPENDITURE };
        uint64_t run;

        for (int i = 0; i < 3; i++) {
                struct event event = fact_event(kinds[i], values[i], "");
                uint64_t before;

                event.fact.key.period = period;
                stage_begin(&scene.stage);
                if (!state_fact_current(hub->txn, 1, SIDE_BEARER, &event.fact.key, UINT64_MAX,
                                        &before)) {
                        event.fact.has_supersedes = true;
                        event.fact.supersedes = before;
                }
                stage_commit(&scene.stage);
                ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &event, 1,
                                            NULL), HUB_RECEIPT);
        }
        scene.terms->periods[0] = period;
        run = scene_order_run(&scene, kind);
        scene.terms->periods[0] = years[0];
        while (stage_work(&scene.stage))
                ;
        return run;
}

void accept(struct voice *voice, uint64_t run)
{
        struct event event = {
                .kind = EVENT_STATEMENT_ACCEPTANCE, .statement_acceptance = { .run = run },
        };
        const struct query query = { .id = 7, .kind = QUERY_STATEMENT, .run = run };
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &voice->player, &query, 2);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 2, &frame);
        ck_assert_ptr_nonnull(frame.answer.statement);
        event.statement_acceptance.statement_sha256 = sha256_of(frame.answer.statement->record);
        ck_assert_int_eq(voice_said(&scene.stage, voice, &scene.contract, &event, 1, NULL),
                         HUB_RECEIPT);
}

void both_accept(uint64_t run)
{
        accept(&scene.payer, run);
        accept(&scene.network, run);
}

uint64_t owed_by_run(struct period period, int64_t owed)
{
        uint64_t run = run_of(period, 2 * owed, RUN_FINAL);

        both_accept(run);
        return run;
}

/* ---- payments */

struct payment_part parts[2];

struct event payment_event(enum payment_direction direction, const char *trace, int64_t cents,
                           uint64_t run)
{
        struct event event = {
                .kind = EVENT_PAYMENT,
                .payment = {
                        .direction = direction, .day = date_of(2025, 10, 15), .cents = cents,
                        .parts = parts, .part_count = 1,
                },
        };

        strncpy(event.payment.trace.text, trace, ITEM_MAX_LENGTH);
        parts[0] = (struct payment_part) { run, cents };
        return event;
}

uint64_t pays_said(struct voice *voice, const struct event *event)
{
        uint64_t index;

        ck_assert_int_eq(voice_said(&scene.stage, voice, &scene.contract, event, 1, &index),
                         HUB_RECEIPT);
        return index;
}
