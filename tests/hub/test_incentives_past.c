/* SPDX-License-Identifier: Apache-2.0 */
/* Signals as they were, of which period, of relayed terms, of what is missing; and of no secret. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_tell.h"
#include "tests/hub/rewarded.h"
#include "tests/hub/rows.h"
#include "tests/proof/run.h"

#define NOW UINT64_MAX
#define CANARY "canary-measure"

static struct rewarded rewarded;
static struct scene *const scene = &rewarded.scene;

static void set_up(void)
{
        rewarded_set_up(&rewarded);
}

static void tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene->stage));
        rewarded_tear_down(&rewarded);
}

static const struct incentive_signal *asked(struct voice *voice, uint64_t as_of)
{
        return reward_asked(&rewarded, voice, as_of);
}

/* What one says of an answer, but for the moment: each word written down. */
static struct bytes written(const struct incentive_signal *signal, struct sink *sink)
{
        struct signal_frame frame = { .kind = FRAME_INCENTIVE, .incentive = *signal };

        must(sink_new(sink, 65536, 1 << 20), "sink_new");
        must(wire_write_signal_frame(sink, &frame), "wire_write_signal_frame");
        return sink_bytes(sink);
}

START_TEST(a_past_signal_is_what_it_was_then)
{
        uint64_t moments[6];
        struct sink then[6], now;
        const size_t count = COUNT_OF(moments);

        for (size_t i = 0; i < count; i++) {
                if (i == 1)
                        reward_joins(&rewarded, &rewarded.unit, 3000);
                if (i == 2)
                        reward_fact(&rewarded, &scene->network, &scene->contract,
                                    FACT_UNIT_REVENUE, 7, "unit");
                if (i == 3)
                        reward_fact(&rewarded, &scene->payer, &scene->contract, FACT_MEMBER_MONTHS,
                                    12000, "");
                if (i == 4)
                        reward_relates(&rewarded, &rewarded.unit, RELATION_PARTICIPATES_IN,
                                       "network", date_of(2024, 1, 1), date_of(2024, 6, 1));
                if (i == 5)
                        reward_restated(&rewarded, 600);
                moments[i] = stage_entries(&scene->stage) - 1;
                written(asked(&rewarded.unit, NOW), &then[i]);
        }
        for (size_t i = 0; i < count; i++) {
                struct bytes was = sink_bytes(&then[i]);
                struct bytes is = written(asked(&rewarded.unit, moments[i]), &now);

                ck_assert_msg(bytes_equal(was, is), "moment %zu", i);
                for (size_t j = 0; j < i; j++)
                        ck_assert(!bytes_equal(was, sink_bytes(&then[j])));
                sink_free(&now);
        }
        for (size_t i = 0; i < count; i++)
                sink_free(&then[i]);
}
END_TEST

START_TEST(a_figure_said_anew_changes_nothing_before_it)
{
        const uint64_t before = stage_entries(&scene->stage) - 1;

        reward_restated(&rewarded, 690);
        ck_assert_uint_eq(reward_row(asked(&rewarded.unit, NOW), &rewarded.own, "cbp")->numerator,
                          690);
        ck_assert_uint_eq(reward_row(asked(&rewarded.unit, before), &rewarded.own,
                                     "cbp")->numerator, 640);
}
END_TEST

/* A batch that is given up was asked before that. */
START_TEST(what_was_given_up_is_in_no_answer)
{
        const struct query query = { .id = 1, .kind = QUERY_INCENTIVE };
        struct event event = fact_event(FACT_MEASURE_NUMERATOR, 690, "cbp");
        struct stage *stage = &scene->stage;
        struct hub_touched touched;
        struct bytes bytes;

        event.fact.has_supersedes = true;
        event.fact.supersedes = rewarded.own_cbp;
        asked(&rewarded.unit, NOW);
        bytes = voice_say(stage, &rewarded.unit, &rewarded.own, &event, 1);
        rewarded.unit.said--;
        stage_begin(stage);
        stage_take_submission(stage, &rewarded.unit.player, bytes, 1);
        stage_ask(stage, &rewarded.unit.player, &query, 2);
        hub_abort(stage->hub);
        free((void *)bytes.data);
        hub_touched(stage->hub, &touched);
        ck_assert_uint_eq(touched.contract_count, 0);
        ck_assert_uint_eq(reward_row(asked(&rewarded.unit, NOW), &rewarded.own, "cbp")->numerator,
                          640);
        reward_restated(&rewarded, 680);
        ck_assert_uint_eq(reward_row(asked(&rewarded.unit, NOW), &rewarded.own, "cbp")->numerator,
                          680);
}
END_TEST

/* On a stage of its own: half of what is saved, by rows of members. */
START_TEST(rows_of_members_are_read_as_they_were)
{
        struct rewarded *other = calloc(1, sizeof(*other));
        struct event block = made_year(3, 100, 5, 40);
        struct voice *network;
        uint64_t before;
        int64_t then;

        ck_assert_ptr_nonnull(other);
        network = &other->scene.network;
        scene_set_up(&other->scene, NULL);
        scene_of_members(&other->scene);
        scene_of_rows(&other->scene);
        before = stage_entries(&other->scene.stage) - 1;
        ck_assert_str_eq(reward_asked(other, network, NOW)->contracts[0].reason.text, "");
        then = reward_asked(other, network, NOW)->contracts[0].central;
        scene_taken(&other->scene, &other->scene.payer, &block, 1);
        ck_assert_int_ne(reward_asked(other, network, NOW)->contracts[0].central, then);
        ck_assert_int_eq(reward_asked(other, network, before)->contracts[0].central, then);
        scene_tear_down(&other->scene);
        free(other);
}
END_TEST

/* ---- which period */

static void settle_2024(enum run_kind kind)
{
        const struct run_request request = {
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) }, .kind = kind,
                .payment = date_of(2025, 10, 15),
        };
        const char *says = "";
        uint64_t index;

        stage_begin(&scene->stage);
        must(hub_order_run(scene->stage.hub, &rewarded.own, &request, &index, &says), says);
        stage_commit(&scene->stage);
        ck_assert(stage_work(&scene->stage));
}

START_TEST(what_is_settled_for_good_is_no_incentive)
{
        const struct incentive_contract *own;
        uint64_t before;

        own = reward_of_contract(asked(&rewarded.unit, NOW), &rewarded.own);
        ck_assert_int_eq(own->payment, date_of(2025, 1, 1));
        settle_2024(RUN_INTERIM);
        own = reward_of_contract(asked(&rewarded.unit, NOW), &rewarded.own);
        ck_assert_ptr_nonnull(own);
        ck_assert_int_eq(own->payment, date_of(2025, 10, 15));
        before = stage_entries(&scene->stage) - 1;
        settle_2024(RUN_FINAL);
        ck_assert_ptr_null(reward_of_contract(asked(&rewarded.unit, NOW), &rewarded.own));
        ck_assert_ptr_nonnull(reward_of_contract(asked(&rewarded.unit, before), &rewarded.own));
}
END_TEST

/* Terms of two years: the second begins with 2025, on whose first day the stage begins. */
static void agree_two_years(const struct contract_id *contract, date second)
{
        struct terms *terms = calloc(1, sizeof(*terms));

        ck_assert_ptr_nonnull(terms);
        reward_terms(terms, contract, 1, (const char *const[]) { "cbp", NULL });
        terms->agreement.until = date_of(2027, 1, 1);
        terms->periods[1] = (struct period) { second, date_of(2027, 1, 1) };
        terms->period_count = 2;
        reward_agree(&rewarded, &scene->payer, &rewarded.unit, terms);
        free(terms);
}

static const struct {
        const char *name;
        date second, from;
} years[] = {
        { "the later of two that have begun", 20089, 20089 },   /* 2025-01-01 */
        { "not one that has not", 20120, 19723 },               /* 2025-02-01, 2024-01-01 */
};

START_TEST(the_last_period_that_has_begun_counts)
{
        const struct incentive_contract *is;
        struct contract_id contract = rewarded.own;

        strcpy(contract.label.text, "years");
        agree_two_years(&contract, years[_i].second);
        is = reward_of_contract(asked(&rewarded.unit, NOW), &contract);
        ck_assert_ptr_nonnull(is);
        ck_assert_msg(is->period.from == years[_i].from, "%s: %d", years[_i].name,
                      is->period.from);
        ck_assert(is->reason.text[0]);          /* no figures of either */
        ck_assert_int_eq(is->central, 0);
}
END_TEST

START_TEST(a_contract_that_ended_is_no_incentive)
{
        struct event event = {
                .kind = EVENT_TERMINATION,
                .termination = { .effective = date_of(2025, 1, 1), .reason = { "x", 1 } },
        };

        ck_assert_int_eq(voice_said(&scene->stage, &rewarded.unit, &rewarded.own, &event, 1, NULL),
                         HUB_RECEIPT);
        ck_assert_uint_eq(asked(&rewarded.unit, NOW)->contract_count, 0);
}
END_TEST

/* ---- what is missing, what is relayed */

START_TEST(what_is_missing_is_said_and_nothing_else_is_lost)
{
        struct terms *terms = calloc(1, sizeof(*terms));
        struct contract_id contract = rewarded.own;
        const struct incentive_signal *signal;
        const struct incentive_contract *is;

        ck_assert_ptr_nonnull(terms);
        strcpy(contract.label.text, "bare");
        reward_terms(terms, &contract, 1, (const char *const[]) { "col", NULL });
        reward_agree(&rewarded, &scene->payer, &rewarded.unit, terms);
        signal = asked(&rewarded.unit, NOW);
        ck_assert_uint_eq(signal->contract_count, 2);
        is = reward_of_contract(signal, &contract);
        ck_assert(strstr(is->reason.text, "measure_numerator") != NULL ||
                  is->reason.text[0] != '\0');
        ck_assert_int_eq(is->most, 0);
        ck_assert_ptr_null(reward_row(signal, &contract, "col"));
        ck_assert_ptr_nonnull(reward_row(signal, &rewarded.own, "cbp"));
        free(terms);
}
END_TEST

START_TEST(terms_of_an_absent_payer_are_marked)
{
        struct contract_id contract = rewarded.own;
        struct terms *terms = calloc(1, sizeof(*terms));
        const struct incentive_contract *is;
        struct event event = { .kind = EVENT_OFFER };
        struct sink sink;

        ck_assert_ptr_nonnull(terms);
        strcpy(contract.bearer.text, "absent");
        reward_terms(terms, &contract, 1, (const char *const[]) { "cbp", NULL });
        must(sink_new(&sink, 4096, 131072), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        event.offer.relayed = (struct relayed) {
                .is = true, .party = contract.bearer, .document = { "contract", 8 },
        };
        memset(event.offer.relayed.document_sha256.octets, 1, 32);
        ck_assert_int_eq(voice_said(&scene->stage, &rewarded.unit, &contract, &event, 1, NULL),
                         HUB_RECEIPT);
        reward_measured(&rewarded, &rewarded.unit, &contract, "cbp", 650);
        is = reward_of_contract(asked(&rewarded.unit, NOW), &contract);
        ck_assert_ptr_nonnull(is);
        ck_assert(is->relayed);
        ck_assert_int_eq(is->central, POOL / 2);
        ck_assert(!reward_of_contract(asked(&rewarded.unit, NOW), &rewarded.own)->relayed);
        sink_free(&sink);
        free(terms);
}
END_TEST

/* ---- revenue */

START_TEST(revenue_is_the_partys_own)
{
        struct event event = fact_event(FACT_ALL_SOURCE_REVENUE, 90000000, "");
        const struct incentive_signal *signal;

        event.fact.key.scope = SCOPE_PARTY;
        ck_assert_int_eq(voice_said(&scene->stage, &rewarded.unit, NULL, &event, 1, NULL),
                         HUB_RECEIPT);
        reward_joins(&rewarded, &rewarded.unit, 3000);
        reward_fact(&rewarded, &rewarded.unit, &rewarded.own, FACT_PAYER_REVENUE, 40000000, "");
        reward_fact(&rewarded, &scene->network, &scene->contract, FACT_PAYER_REVENUE, 70000000, "");
        reward_fact(&rewarded, &scene->network, &scene->contract, FACT_UNIT_REVENUE, 20000000,
                    "unit");
        signal = asked(&rewarded.unit, NOW);
        ck_assert(signal->has_revenue);
        ck_assert_int_eq(signal->all_source_revenue, 90000000);
        ck_assert_int_eq(signal->revenue_period.from, date_of(2024, 1, 1));
        ck_assert_int_eq(reward_of_contract(signal, &rewarded.own)->revenue, 40000000);
        ck_assert_int_eq(reward_of_contract(signal, &scene->contract)->revenue, 20000000);
        signal = asked(&scene->network, NOW);
        ck_assert(!signal->has_revenue);
        ck_assert_int_eq(reward_of_contract(signal, &scene->contract)->revenue, 70000000);
}
END_TEST

/* ---- a canary */

/* The frames of the last batch, opened where they are sealed: does the word stand in any? */
static bool stands_in_answer(struct voice *voice, const struct query *query)
{
        bool stands = false;
        struct effect effect;

        stage_begin(&scene->stage);
        stage_ask(&scene->stage, &voice->player, query, 7);
        stage_commit(&scene->stage);
        for (size_t i = 0; hub_effect(scene->stage.hub, i, &effect); i++)
                stands |= memmem(effect.bytes.data, effect.bytes.size, CANARY, strlen(CANARY)) !=
                          NULL;
        return stands;
}

START_TEST(terms_of_others_show_in_no_answer)
{
        struct voice *const voices[] = { &rewarded.unit, &rewarded.sister, &scene->payer };
        struct query query = { .id = 1, .kind = QUERY_INCENTIVE };

        reward_joins(&rewarded, &rewarded.unit, 3000);
        reward_relates(&rewarded, &rewarded.sister, RELATION_PARTICIPATES_IN, "network",
                       date_of(2024, 1, 1), DATE_NONE);
        reward_relates(&rewarded, &rewarded.sister, RELATION_OWNS, "network",
                       date_of(2024, 1, 1), DATE_NONE);
        for (size_t i = 0; i < 3; i++)
                ck_assert(!stands_in_answer(voices[i], &query));
        ck_assert(stands_in_answer(&scene->network, &query));   /* it is what is looked for */
        query.contract = rewarded.secret;       /* a contract is no part of the question */
        for (size_t i = 0; i < 3; i++)
                ck_assert(!stands_in_answer(voices[i], &query));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("incentives-past");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, a_past_signal_is_what_it_was_then);
        tcase_add_test(tests, a_figure_said_anew_changes_nothing_before_it);
        tcase_add_test(tests, what_was_given_up_is_in_no_answer);
        tcase_add_test(tests, rows_of_members_are_read_as_they_were);
        tcase_add_test(tests, what_is_settled_for_good_is_no_incentive);
        tcase_add_loop_test(tests, the_last_period_that_has_begun_counts, 0, COUNT_OF(years));
        tcase_add_test(tests, a_contract_that_ended_is_no_incentive);
        tcase_add_test(tests, what_is_missing_is_said_and_nothing_else_is_lost);
        tcase_add_test(tests, terms_of_an_absent_payer_are_marked);
        tcase_add_test(tests, revenue_is_the_partys_own);
        tcase_add_test(tests, terms_of_others_show_in_no_answer);
        return run_case(tests, "incentives-past");
}
