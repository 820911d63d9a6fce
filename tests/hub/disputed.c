/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/disputed.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"

#define DAYS INT64_C(86400000000)

struct scene scene;
struct voice arbiter, second, other;
struct statement *statement;
uint64_t spent_at[2];

struct name name_of(const char *text)
{
        struct name name = { { 0 } };

        memcpy(name.text, text, strlen(text));
        return name;
}

void voice_of(struct voice *voice, const char *party, const char *node)
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

struct fact_rule *rule(void)
{
        return &scene.terms->rules[0];
}

void disputed_set_up(void)
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

void disputed_tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene.stage));
        free(statement);
        scene_tear_down(&scene);
}

/* ---- what is said */

struct bytes words(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static struct voice *of_side(enum side side)
{
        return side == SIDE_BEARER ? &scene.payer : &scene.network;
}

void agree(void)
{
        const struct event events[] = {
                fact_event(FACT_HEAD_COUNT, 5, ""), fact_event(FACT_BENCHMARK, 100000, ""),
        };

        scene_agree(&scene);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 2, NULL),
                         HUB_RECEIPT);
}

void spent(enum side side, int64_t cents)
{
        uint64_t *at = &spent_at[side - SIDE_BEARER];
        struct event event = fact_event(FACT_EXPENDITURE, cents, "");

        event.fact.has_supersedes = *at != 0;
        event.fact.supersedes = *at;
        ck_assert_int_eq(voice_said(&scene.stage, of_side(side), &scene.contract, &event, 1, at),
                         HUB_RECEIPT);
}

uint64_t settled(enum run_kind kind)
{
        uint64_t run = scene_order_run(&scene, kind);

        must(hub_compute(scene.stage.hub, run, statement), "hub_compute");
        ck_assert(stage_work(&scene.stage));
        return run;
}

struct decisions decide_spent(const struct decision *decision)
{
        return (struct decisions) {
                .contract = scene.contract, .facts = decision, .fact_count = 1,
        };
}

struct decision spent_is(int64_t cents)
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
enum refusal tell(struct voice *voice, const struct event *event, uint64_t *ret_index)
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

enum refusal propose(struct voice *voice, const struct decisions *decisions,
                            uint64_t *ret_index)
{
        const struct event event = {
                .kind = EVENT_RESOLUTION,
                .resolution = { written(decisions), words("as in the claims") },
        };

        return tell(voice, &event, ret_index);
}

enum refusal determine(struct voice *voice, const struct decisions *decisions)
{
        const struct event event = {
                .kind = EVENT_DETERMINATION,
                .determination = { written(decisions), words("as in the claims") },
        };

        return tell(voice, &event, NULL);
}

enum refusal accept(struct voice *voice, uint64_t resolution,
                           const struct decisions *decisions)
{
        struct event event = {
                .kind = EVENT_RESOLUTION_ACCEPTANCE,
                .resolution_acceptance = { .resolution = resolution },
        };
        const struct bytes bytes = written(decisions);

        event.resolution_acceptance.decisions_sha256 = sha256_of(bytes);
        return tell(voice, &event, NULL);
}

/* Both agree that it is @cents. */
void resolve(int64_t cents)
{
        const struct decision decision = spent_is(cents);
        const struct decisions decisions = decide_spent(&decision);
        uint64_t index;

        ck_assert_int_eq(propose(&scene.payer, &decisions, &index), 0);
        ck_assert_int_eq(accept(&scene.network, index, &decisions), 0);
}

/* ---- what is heard, and what the state says */

/* How many signals of that kind the player heard of the last batch; the last one's words. */
int heard(const struct player *player, enum signal_kind kind, struct text *ret_says)
{
        struct signal_frame frame;
        struct record record;
        size_t at = 0;
        int count = 0;

        memset(ret_says, 0, sizeof(*ret_says));
        while (stage_heard(&scene.stage, player, &at, &frame, &record)) {
                if (frame.kind != FRAME_ENTRY || record.signal.kind != kind)
                        continue;
                count++;
                *ret_says = record.signal.says;
        }
        return count;
}

void check_heard(enum signal_kind kind, int sides, int decider, const char *says)
{
        struct text text;

        ck_assert_int_eq(heard(&scene.payer.player, kind, &text), sides);
        ck_assert_msg(!sides || strcmp(text.text, says) == 0, "%s", text.text);
        ck_assert_int_eq(heard(&scene.network.player, kind, &text), sides);
        ck_assert_msg(!sides || strcmp(text.text, says) == 0, "%s", text.text);
        ck_assert_int_eq(heard(&arbiter.player, kind, &text), decider);
        ck_assert_int_eq(heard(&scene.stranger.player, kind, &text), 0);
}

uint64_t rows(enum table table)
{
        struct stage_tables tables;

        stage_tables(&scene.stage, &tables);
        return tables.rows[table];
}

void pass(int days)
{
        scene.stage.now += days * DAYS;
        stage_begin(&scene.stage);
        must(hub_pass_time(scene.stage.hub), "hub_pass_time");
        stage_commit(&scene.stage);
}

void life_of(uint64_t run, struct life_state *ret)
{
        struct store_txn *txn;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_life(txn, run, CUT_LAST, ret), "state_life");
        store_abort(txn);
}

void check_says(int64_t payable, int64_t by_bearer, int64_t by_earner, enum side basis)
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

void check_plain(int64_t payable)
{
        ck_assert_int_eq(statement->status, STATEMENT_CALCULATED);
        ck_assert(!statement->has_versions);
        ck_assert_uint_eq(statement->disputed_count, 0);
        ck_assert_int_eq(statement->payable, payable);
}

const struct used_fact *spent_used(void)
{
        for (size_t i = 0; i < statement->fact_count; i++)
                if (statement->facts[i].kind == FACT_EXPENDITURE)
                        return &statement->facts[i];
        ck_abort_msg("no expenditure was read");
        return NULL;
}
