/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/worlds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "daemon/hub_private.h"

static struct payment_part part;
static struct figure_line line;
static struct disputed_line disputed;
static struct dispute_end closed;
static uint8_t decisions_bytes[2][1024], terms_bytes[65536];
static struct bytes decisions[2], offered;

static struct bytes words(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

/* ---- what the two say */

/* Facts of 2023, which nothing reads before it is settled: they may come sooner or later. */
static void say_something_else(struct marks *marks)
{
        for (int i = 0; i < 3; i++) {
                struct event event = fact_event(FACT_HEAD_COUNT, 5 + i, "");

                event.fact.key.period = years[0];
                event.fact.has_supersedes = i > 0;
                event.fact.supersedes = marks->fact;
                marks->fact = pays_said(&scene.payer, &event);
        }
}

static uint64_t pay(uint64_t run)
{
        struct event event = payment_event(PAYMENT_SENT, "t-1", 40000, run);

        pays_said(&scene.payer, &event);
        event.payment.direction = PAYMENT_RECEIVED;
        return pays_said(&scene.network, &event);
}

static uint64_t state_figure_of_year(void)
{
        struct event event = {
                .kind = EVENT_FIGURE, .figure = { .period = years[1], .earned = 60000 },
        };

        return pays_said(&scene.network, &event);
}

static uint64_t dispute(uint64_t run)
{
        const struct event event = {
                .kind = EVENT_DISPUTE,
                .dispute = { .run = run, .claims = 40000, .says = words("less was saved") },
        };

        return pays_said(&scene.payer, &event);
}

/* Closing a dispute; written down for either of two contracts. */
static void write_decisions(int place, const struct contract_id *contract, uint64_t index)
{
        struct decisions said = { .contract = *contract, .disputes = &closed, .dispute_count = 1 };
        struct sink sink;

        closed.dispute = index;
        must(sink_new(&sink, 1024, 65536), "sink_new");
        must(wire_write_decisions(&sink, &said), "wire_write_decisions");
        decisions[place] = sink_bytes(&sink);
        ck_assert_uint_le(decisions[place].size, sizeof(decisions_bytes[place]));
        memcpy(decisions_bytes[place], decisions[place].data, decisions[place].size);
        decisions[place].data = decisions_bytes[place];
        sink_free(&sink);
}

static uint64_t propose(uint64_t index, struct sha256 *ret)
{
        struct event event = { .kind = EVENT_RESOLUTION };

        write_decisions(0, &scene.contract, index);
        *ret = sha256_of(decisions[0]);
        event.resolution.decisions = decisions[0];
        event.resolution.says = words("as it was");
        return pays_said(&scene.network, &event);
}

static void statement_digest(uint64_t index, struct sha256 *ret)
{
        struct log_entry entry;
        struct run_state run;

        stage_begin(&scene.stage);
        must(state_run(hub->txn, index, &run), "state_run");
        must(log_read(hub->txn, run.statement, &entry), "log_read");
        *ret = sha256_of(entry.bytes);
        stage_commit(&scene.stage);
}

/* ---- what the third one has */

static const struct contract_id own_contract = { { "stranger" }, { "network" }, { "own" } };

/* As the bearer of it. */
static void begin_as_stranger(struct contract_id *ret_contract, struct voice *ret_payer)
{
        *ret_contract = scene.contract;
        *ret_payer = scene.payer;
        scene.payer = scene.stranger;
        scene.contract = scene.terms->contract = own_contract;
}

static void end_as_stranger(const struct contract_id *contract, const struct voice *payer)
{
        scene.stranger = scene.payer;
        scene.payer = *payer;
        scene.contract = scene.terms->contract = *contract;
}

static void play_stranger(void)
{
        struct event event = fact_event(FACT_HEAD_COUNT, 5, "");
        struct contract_id contract;
        struct voice payer;

        begin_as_stranger(&contract, &payer);
        scene_agree(&scene);
        pays_said(&scene.payer, &event);
        scene_order_run(&scene, RUN_FINAL);
        while (stage_work(&scene.stage))
                ;
        end_as_stranger(&contract, &payer);
}

/* The last entry is the stranger's own, at the same moment in both worlds. */
static void end_alike(void)
{
        const struct event event = {
                .kind = EVENT_DELEGATION,
                .delegation = { scene.contract.earner, RIGHT_READ, 1, 2 },
        };

        scene.stage.now = date_of(2025, 3, 1) * INT64_C(86400) * SECOND;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.stranger, NULL, &event, 1, NULL),
                         HUB_RECEIPT);
}

void world_play(const char *label, bool shifted, struct marks *ret)
{
        memset(ret, 0, sizeof(*ret));
        pays_set_up_as(label);
        play_stranger();
        if (shifted)
                say_something_else(ret);
        ret->run = run_of(years[1], 100000, RUN_FINAL);
        statement_digest(ret->run, &ret->statement);
        ret->dispute = dispute(ret->run);
        ret->resolution = propose(ret->dispute, &ret->decisions);
        ret->payment = pay(ret->run);
        ret->figure = state_figure_of_year();
        if (!shifted)
                say_something_else(ret);
        end_alike();
}

/* ---- what it can try */

static void add(struct try *list, size_t *count, struct try one)
{
        ck_assert_uint_lt(*count, TRIES_MAX);
        list[(*count)++] = one;
}

static void add_queries(const struct marks *marks, const struct contract_id *theirs,
                        struct try *list, size_t *count)
{
        const uint64_t indices[] = {
                marks->fact, marks->run, marks->dispute, marks->resolution, marks->figure,
                marks->payment, marks->run + 1,
        };

        for (int kind = QUERY_TIP; kind < QUERY_KIND_COUNT; kind++)
                for (int variant = 0; variant < 3; variant++) {
                        struct query query = {
                                .id = 7, .kind = (enum query_kind)kind, .period = years[1],
                                .payment = date_of(2025, 10, 15), .side = SIDE_EARNER,
                        };

                        if (variant < 2)
                                query.contract = *theirs;
                        query.history = query.has_period = variant == 1;
                        query.has_as_of = variant == 1 && kind != QUERY_TIP;
                        query.as_of = 60;       /* of the log in hand, whatever lies there */
                        query.run = marks->run;
                        if (kind == QUERY_CONTRACTS && variant == 1)
                                query.after = words("payer/network/contract");
                        add(list, count, (struct try) { "a question", true, .query = query });
                }
        for (size_t i = 0; i < sizeof(indices) / sizeof(indices[0]); i++)
                add(list, count, (struct try) {
                        "a statement", true,
                        .query = { .id = 7, .kind = QUERY_STATEMENT, .run = indices[i] },
                });
}

static struct event said_of_money(enum event_kind kind, const struct marks *marks)
{
        struct event event = { .kind = kind };

        switch (kind) {
        case EVENT_FIGURE:
                line = (struct figure_line) { .code = LINE_EXPENDITURE, .exact = { 5, 1 } };
                event.figure = (struct figure) {
                        .period = years[1], .earned = 5, .lines = &line, .line_count = 1,
                        .has_supersedes = true, .supersedes = marks->figure,
                };
                break;
        case EVENT_PAYMENT:
                part = (struct payment_part) { marks->run, 5 };
                event.payment = (struct payment) {
                        .direction = PAYMENT_SENT, .trace = { "t-1" }, .cents = 5,
                        .day = date_of(2025, 1, 1), .parts = &part, .part_count = 1,
                };
                break;
        default:
                break;
        }
        return event;
}

static struct event said_of_disputes(enum event_kind kind, const struct marks *marks, int place)
{
        struct event event = { .kind = kind };

        switch (kind) {
        case EVENT_RESOLUTION:
                event.resolution.decisions = decisions[place];
                event.resolution.says = words("so");
                break;
        case EVENT_RESOLUTION_ACCEPTANCE:
                event.resolution_acceptance =
                        (struct resolution_acceptance) { marks->resolution, marks->decisions };
                break;
        case EVENT_DETERMINATION:
                event.determination.decisions = decisions[place];
                event.determination.says = words("so");
                break;
        case EVENT_STATEMENT_ACCEPTANCE:
                event.statement_acceptance =
                        (struct statement_acceptance) { marks->run, marks->statement };
                break;
        case EVENT_DISPUTE:
                disputed = (struct disputed_line) { 0, { 5, 1 } };
                event.dispute = (struct dispute) {
                        .run = marks->run, .claims = 5, .lines = &disputed, .line_count = 1,
                        .says = words("no"),
                };
                break;
        case EVENT_DISPUTE_END:
                event.dispute_end.dispute = marks->dispute;
                break;
        default:
                return said_of_money(kind, marks);
        }
        return event;
}

static struct event said_of_others(enum event_kind kind, const struct marks *marks, int place)
{
        struct event event = { .kind = kind };

        switch (kind) {
        case EVENT_RELATION:
                event.relation.kind = RELATION_OWNS;
                event.relation.other = scene.contract.earner;
                event.relation.from = date_of(2025, 1, 1);
                event.relation.until = DATE_NONE;
                break;
        case EVENT_DELEGATION:
                event.delegation.to = scene.contract.earner;
                event.delegation.rights = RIGHT_READ;
                event.delegation.from = 1;
                event.delegation.until = 2;
                break;
        case EVENT_DELEGATION_END:
                event.delegation_end.to = scene.contract.bearer;
                break;
        case EVENT_STREAM_CLOSE:
                event.stream_close.stream = scene.payer.stream;
                break;
        default:
                return said_of_disputes(kind, marks, place);
        }
        return event;
}

static struct event event_of(enum event_kind kind, const struct marks *marks, int place)
{
        struct event event = { .kind = kind };

        switch (kind) {
        case EVENT_OFFER:
                event.offer.terms = offered;
                break;
        case EVENT_ACCEPTANCE:
                event.acceptance.version = 1;
                break;
        case EVENT_TERMINATION:
                event.termination.effective = date_of(2025, 6, 1);
                break;
        case EVENT_FACT:
                event = fact_event(FACT_HEAD_COUNT, 9, "");
                event.fact.has_supersedes = true;
                event.fact.supersedes = marks->fact;
                break;
        case EVENT_RUN_REQUEST:
                event.run_request = (struct run_request) {
                        .period = years[1], .kind = RUN_RESTATED,
                        .payment = date_of(2025, 10, 15),
                };
                break;
        case EVENT_BLOCK:
                event.block = (struct block_event) {
                        .period = years[1], .paid_through = DATE_NONE, .number = 1,
                        .generation = 1, .has_supersedes = true, .supersedes = marks->fact,
                };
                break;
        default:
                return said_of_others(kind, marks, place);
        }
        return event;
}

/* An amount that is said to be of the others' statement. */
static struct event upstream_event(const struct marks *marks)
{
        struct event event = fact_event(FACT_UPSTREAM_AMOUNT, 5, "");
        char item[ITEM_MAX_LENGTH + 1];

        snprintf(item, sizeof(item), "%llu:earned", (unsigned long long)marks->run);
        memcpy(event.fact.key.item.text, item, sizeof(item));
        return event;
}

static void write_terms(const struct contract_id *theirs)
{
        struct terms *terms = calloc(1, sizeof(*terms));
        struct sink sink;

        ck_assert_ptr_nonnull(terms);
        *terms = *scene.terms;
        terms->contract = *theirs;
        must(sink_new(&sink, 65536, sizeof(terms_bytes)), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        offered = sink_bytes(&sink);
        memcpy(terms_bytes, offered.data, offered.size);
        offered.data = terms_bytes;
        sink_free(&sink);
        free(terms);
}

size_t tries_make(const char *label, const struct marks *marks, struct try ret[TRIES_MAX])
{
        struct contract_id theirs = { { "payer" }, { "network" }, { "" } };
        size_t count = 0;

        strncpy(theirs.label.text, label, NAME_MAX_LENGTH);
        write_decisions(0, &theirs, marks->dispute);
        write_decisions(1, &own_contract, marks->dispute);
        write_terms(&theirs);
        add_queries(marks, &theirs, ret, &count);
        for (int kind = EVENT_OFFER; kind < EVENT_KIND_COUNT; kind++)
                for (int place = 0; place < 2; place++)
                        add(ret, &count, (struct try) {
                                place ? "said of its own" : "said of theirs", false,
                                .event = event_of((enum event_kind)kind, marks, place),
                                .contract = place ? own_contract : theirs,
                        });
        add(ret, &count, (struct try) {
                "an amount of theirs", false, .event = upstream_event(marks),
                .contract = own_contract,
        });
        return count;
}

static struct bytes copy_of(struct bytes bytes)
{
        void *copy = malloc(bytes.size);

        ck_assert_ptr_nonnull(copy);
        return (struct bytes) { memcpy(copy, bytes.data, bytes.size), bytes.size };
}

static bool is_about_nothing(enum event_kind kind)
{
        return kind == EVENT_RELATION || kind == EVENT_DELEGATION ||
               kind == EVENT_DELEGATION_END || kind == EVENT_STREAM_CLOSE;
}

struct bytes try_frame(const struct try *try)
{
        struct sink *sink = &scene.stage.frame;
        struct bytes bytes;

        if (try->is_query) {
                sink_reset(sink);
                must(wire_write_query(sink, &try->query), "wire_write_query");
                return copy_of(sink_bytes(sink));
        }
        bytes = voice_say(&scene.stage, &scene.stranger,
                          is_about_nothing(try->event.kind) ? NULL : &try->contract, &try->event,
                          1);
        sink_reset(sink);
        must(wire_write_submission_frame(sink, bytes), "wire_write_submission_frame");
        free((void *)bytes.data);
        return copy_of(sink_bytes(sink));
}

void try_it(const struct try *try)
{
        struct bytes frame = try_frame(try);

        stage_take(&scene.stage, &scene.stranger.player, frame, 1);
        free((void *)frame.data);
}
