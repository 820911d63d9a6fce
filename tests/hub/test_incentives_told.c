/* SPDX-License-Identifier: Apache-2.0 */
/* Who is told anew what its contracts reward: once, as of a moment, and nobody else. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/telling.h"
#include "tests/hub/rewarded.h"
#include "tests/proof/run.h"

#define CANARY "canary-measure"
#define FRAMES_MAX 8

static struct rewarded rewarded;
static struct scene *const scene = &rewarded.scene;
static struct telling *telling;
static struct arena arena;

/* What was said since it was last asked. */
static struct { struct name party; struct incentive_signal signal; } said[FRAMES_MAX];
static size_t said_count;

static void set_up(void)
{
        rewarded_set_up(&rewarded);
        ck_assert_int_eq(telling_new(&telling, scene->stage.hub), 0);
        ck_assert_int_eq(arena_new(&arena, 16 << 20), 0);
}

static void tear_down(void)
{
        arena_free(&arena);
        telling_free(telling);
        rewarded_tear_down(&rewarded);
}

/* The last batch, as the daemon hands it on. */
static void mark(void)
{
        struct hub_touched touched;

        hub_touched(scene->stage.hub, &touched);
        ck_assert_int_eq(telling_mark(telling, &touched), 0);
}

static void keep(struct bytes frame)
{
        struct signal_frame read;
        struct fault fault;

        ck_assert_uint_lt(said_count, FRAMES_MAX);
        ck_assert_int_eq(wire_read_signal_frame(frame, &arena, &read, &fault), 0);
        ck_assert_int_eq(read.kind, FRAME_INCENTIVE);
        said[said_count].signal = read.incentive;
        said[said_count++].party = read.incentive.party;
}

/* All that waits is made; how much of it says something. */
static size_t tell(void)
{
        struct bytes frame;
        uint32_t party;
        int r;

        said_count = 0;
        arena_reset(&arena);
        while (!(r = telling_next(telling, &party, &frame)))
                if (frame.size)
                        keep(frame);
        ck_assert_int_eq(r, -ENOENT);
        ck_assert_uint_eq(telling_pending(telling), 0);
        return said_count;
}

static const struct incentive_signal *told(const char *party)
{
        for (size_t i = 0; i < said_count; i++)
                if (strcmp(said[i].party.text, party) == 0)
                        return &said[i].signal;
        return NULL;
}

static void measured(struct voice *voice, const struct contract_id *contract, const char *measure,
                     enum fact_kind kind, int64_t value, uint64_t supersedes, uint64_t *ret)
{
        struct event event = fact_event(kind, value, measure);

        event.fact.has_supersedes = supersedes > 0;
        event.fact.supersedes = supersedes;
        ck_assert_int_eq(voice_said(&scene->stage, voice, contract, &event, 1, ret), HUB_RECEIPT);
        mark();
}

START_TEST(who_is_touched_is_told_and_nobody_else)
{
        uint64_t first;

        measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_DENOMINATOR, 10, 0, &first);
        ck_assert_uint_eq(tell(), 1);
        ck_assert_ptr_nonnull(told("unit"));
        ck_assert_uint_eq(told("unit")->as_of, first);
        ck_assert(told("unit")->digest);        /* the first there is */
        measured(&scene->network, &rewarded.secret, "col", FACT_MEASURE_DENOMINATOR, 10, 0, NULL);
        ck_assert_uint_eq(tell(), 1);
        ck_assert_ptr_nonnull(told("network"));
}
END_TEST

START_TEST(what_changes_nothing_is_not_said)
{
        uint64_t first, next;

        measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_DENOMINATOR, 10, 0, &first);
        ck_assert_uint_eq(tell(), 1);
        measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_DENOMINATOR, 11, first, &next);
        ck_assert_uint_eq(telling_pending(telling), 1);
        ck_assert_uint_eq(tell(), 0);           /* its terms do not read it */
        ck_assert_uint_eq(telling_made(telling), 2);
}
END_TEST

START_TEST(many_changes_are_one_signal_as_of_the_last)
{
        uint64_t at = 0;

        for (int64_t i = 0; i < 20; i++)
                measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_NUMERATOR, i, at, &at);
        ck_assert_uint_eq(telling_pending(telling), 1);
        ck_assert_uint_eq(tell(), 1);
        ck_assert_uint_eq(told("unit")->as_of, at);
        ck_assert_uint_eq(telling_made(telling), 1);
}
END_TEST

START_TEST(what_is_told_is_what_is_answered_as_of_then)
{
        struct sink one, other;
        struct signal_frame frame = { .kind = FRAME_INCENTIVE };
        uint64_t as_of;

        reward_joins(&rewarded, &rewarded.unit, 3000);
        mark();
        tell();
        measured(&scene->network, &scene->contract, "col", FACT_MEASURE_NUMERATOR, 1, 0, NULL);
        reward_fact(&rewarded, &scene->payer, &scene->contract, FACT_MEMBER_MONTHS, 12000, "");
        mark();
        tell();
        ck_assert_ptr_nonnull(told("unit"));
        ck_assert_ptr_nonnull(told("network"));
        as_of = told("unit")->as_of;
        measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_NUMERATOR, 1, 0, NULL);
        must(sink_new(&one, 4096, 1 << 20), "sink_new");
        must(sink_new(&other, 4096, 1 << 20), "sink_new");
        frame.incentive = *told("unit");
        frame.incentive.digest = false;
        must(wire_write_signal_frame(&one, &frame), "wire_write_signal_frame");
        frame.incentive = *reward_asked(&rewarded, &rewarded.unit, as_of);
        must(wire_write_signal_frame(&other, &frame), "wire_write_signal_frame");
        ck_assert(bytes_equal(sink_bytes(&one), sink_bytes(&other)));
        sink_free(&one);
        sink_free(&other);
}
END_TEST

START_TEST(a_batch_that_comes_while_signals_are_made_is_not_in_them)
{
        uint64_t first;

        measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_NUMERATOR, 1, 0, &first);
        reward_fact(&rewarded, &rewarded.unit, &rewarded.own, FACT_PAYER_REVENUE, 5, "");
        ck_assert_uint_eq(tell(), 1);           /* the second is committed, and not marked yet */
        ck_assert_uint_eq(told("unit")->as_of, first);
        ck_assert(!told("unit")->contracts[0].has_revenue);
        mark();
        ck_assert_uint_eq(tell(), 1);
        ck_assert(told("unit")->contracts[0].has_revenue);
}
END_TEST

/* ---- what touches whom */

static void a_relation(void)
{
        reward_relates(&rewarded, &rewarded.unit, RELATION_PARTICIPATES_IN, "network",
                       date_of(2024, 1, 1), DATE_NONE);
}

static void an_owner(void)
{
        reward_relates(&rewarded, &scene->payer, RELATION_OWNS, "unit", date_of(2024, 1, 1),
                       DATE_NONE);
}

static void a_statement(void)
{
        const struct run_request request = {
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) }, .kind = RUN_FINAL,
                .payment = date_of(2025, 10, 15),
        };
        const char *says = "";
        uint64_t index;

        stage_begin(&scene->stage);
        must(hub_order_run(scene->stage.hub, &rewarded.own, &request, &index, &says), says);
        stage_commit(&scene->stage);
        mark();
        ck_assert_uint_eq(tell(), 1);           /* another day of payment */
        ck_assert(stage_work(&scene->stage));
}

static void a_termination(void)
{
        struct event event = {
                .kind = EVENT_TERMINATION,
                .termination = { .effective = date_of(2025, 1, 1), .reason = { "x", 1 } },
        };

        ck_assert_int_eq(voice_said(&scene->stage, &scene->payer, &rewarded.own, &event, 1, NULL),
                         HUB_RECEIPT);
}

static void the_next_day(void)
{
        scene->stage.now += INT64_C(86400000000);
        a_relation();
}

static void all_of_revenue(void)
{
        struct event event = fact_event(FACT_ALL_SOURCE_REVENUE, 90000000, "");

        event.fact.key.scope = SCOPE_PARTY;
        ck_assert_int_eq(voice_said(&scene->stage, &rewarded.unit, NULL, &event, 1, NULL),
                         HUB_RECEIPT);
}

static void a_refusal(void)
{
        struct event event = fact_event(FACT_ALL_SOURCE_REVENUE, 1, "");

        ck_assert_int_eq(voice_said(&scene->stage, &rewarded.unit, &rewarded.own, &event, 1, NULL),
                         HUB_REFUSAL);
}

static void an_offer(void)
{
        struct event event = { .kind = EVENT_OFFER };
        struct contract_id contract = rewarded.own;
        struct terms *terms = calloc(1, sizeof(*terms));
        struct sink sink;

        ck_assert_ptr_nonnull(terms);
        strcpy(contract.label.text, "offered");
        reward_terms(terms, &contract, 1, (const char *const[]) { "cbp", NULL });
        must(sink_new(&sink, 4096, 131072), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        ck_assert_int_eq(voice_said(&scene->stage, &scene->payer, &contract, &event, 1, NULL),
                         HUB_RECEIPT);
        sink_free(&sink);
        free(terms);
}

static const struct {
        const char *name;
        void (*happens)(void);
        bool unit, network;
} touches[] = {
        { "a relation, of whoever says it", a_relation, false, false },
        { "an owner changes what kind of contract it is", an_owner, false, false },
        { "a statement settles a period", a_statement, true, false },
        { "a contract ends", a_termination, true, false },
        { "revenue from all", all_of_revenue, true, false },
        { "what was refused", a_refusal, false, false },
        { "what is only on offer", an_offer, false, false },
        { "a day begins", the_next_day, false, false },
};

/* Each is told once what there is; then something happens. */
static void tell_all_once(void)
{
        struct hub_touched all = { .all = true, .size = stage_entries(&scene->stage) };

        ck_assert_int_eq(telling_mark(telling, &all), 0);
        ck_assert_uint_eq(tell(), 2);
        ck_assert_ptr_nonnull(told("unit"));
        ck_assert_ptr_nonnull(told("network"));
}

START_TEST(what_happens_is_told_to_whom_it_concerns)
{
        tell_all_once();
        touches[_i].happens();
        mark();
        tell();
        ck_assert_msg((told("unit") != NULL) == touches[_i].unit, "%s", touches[_i].name);
        ck_assert_msg((told("network") != NULL) == touches[_i].network, "%s", touches[_i].name);
        ck_assert_uint_eq(said_count, (size_t)(touches[_i].unit + touches[_i].network));
}
END_TEST

/* ---- digests */

static const struct {
        const char *name;
        int64_t met;                    /* of a thousand: 640 before, 40 % of the pool */
        bool digest;
} moves[] = {
        { "a little more: points and stakes are the same", 650, false },
        { "all of it: a point more is worth nothing", 700, true },
};

START_TEST(a_digest_is_what_moved_by_more_than_a_twentieth)
{
        tell_all_once();
        reward_restated(&rewarded, moves[_i].met);
        mark();
        ck_assert_uint_eq(tell(), 1);
        ck_assert_msg(told("unit")->digest == moves[_i].digest, "%s", moves[_i].name);
}
END_TEST

START_TEST(a_month_begins_with_a_digest_of_each)
{
        tell_all_once();
        scene->stage.now += 31 * INT64_C(86400000000);
        a_relation();
        mark();
        ck_assert_uint_eq(tell(), 2);
        ck_assert(told("unit")->digest && told("network")->digest);
        scene->stage.now += INT64_C(86400000000);
        a_relation();
        mark();
        ck_assert_uint_eq(tell(), 0);
}
END_TEST

/* ---- who hears it */

START_TEST(a_signal_is_sealed_to_its_party_alone)
{
        struct voice *const others[] = { &scene->payer, &scene->network, &rewarded.sister };
        struct signal_frame heard;
        struct record record;
        struct bytes frame;
        uint32_t party;
        size_t at = 0;

        measured(&rewarded.unit, &rewarded.own, "col", FACT_MEASURE_NUMERATOR, 1, 0, NULL);
        ck_assert_int_eq(telling_next(telling, &party, &frame), 0);
        stage_begin(&scene->stage);
        ck_assert_int_eq(hub_tell(scene->stage.hub, party, frame), 0);
        stage_commit(&scene->stage);
        ck_assert(stage_heard(&scene->stage, &rewarded.unit.player, &at, &heard, &record));
        ck_assert_int_eq(heard.kind, FRAME_INCENTIVE);
        ck_assert_str_eq(heard.incentive.party.text, "unit");
        for (size_t i = 0; i < 3; i++) {
                at = 0;
                ck_assert(!stage_heard(&scene->stage, &others[i]->player, &at, &heard, &record));
        }
        ck_assert_ptr_null(stage_finding(&scene->stage));       /* nothing of it is in the log */
}
END_TEST

START_TEST(terms_of_others_show_in_no_signal)
{
        struct hub_touched all = { .all = true };
        struct bytes frame;
        uint32_t party;
        bool stands = false;

        reward_joins(&rewarded, &rewarded.unit, 3000);
        reward_relates(&rewarded, &rewarded.sister, RELATION_PARTICIPATES_IN, "network",
                       date_of(2024, 1, 1), DATE_NONE);
        all.size = stage_entries(&scene->stage);
        ck_assert_int_eq(telling_mark(telling, &all), 0);
        while (!telling_next(telling, &party, &frame)) {
                bool there = memmem(frame.data, frame.size, CANARY, strlen(CANARY)) != NULL;

                stands |= there;
                ck_assert(!there || party == 2);        /* the network: it is party to it */
        }
        ck_assert(stands);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("incentives-told");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, who_is_touched_is_told_and_nobody_else);
        tcase_add_test(tests, what_changes_nothing_is_not_said);
        tcase_add_test(tests, many_changes_are_one_signal_as_of_the_last);
        tcase_add_test(tests, what_is_told_is_what_is_answered_as_of_then);
        tcase_add_test(tests, a_batch_that_comes_while_signals_are_made_is_not_in_them);
        tcase_add_loop_test(tests, what_happens_is_told_to_whom_it_concerns, 0, COUNT_OF(touches));
        tcase_add_loop_test(tests, a_digest_is_what_moved_by_more_than_a_twentieth, 0,
                            COUNT_OF(moves));
        tcase_add_test(tests, a_month_begins_with_a_digest_of_each);
        tcase_add_test(tests, a_signal_is_sealed_to_its_party_alone);
        tcase_add_test(tests, terms_of_others_show_in_no_signal);
        return run_case(tests, "incentives-told");
}
