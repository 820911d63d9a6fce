/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As of then: whatever was asked while the log grew, by whomever, is answered with the same bytes
 * when it is asked again as of that entry or moment; and after the state is made anew. Every fourth
 * moment of a history, and another fourth after that; ACCORD_ASK_ALL: every one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/refold.h"
#include "daemon/row.h"
#include "daemon/tally.h"
#include "tests/hub/talk.h"
#include "tests/proof/run.h"
#include "tests/rounds.h"

#define STEPS ROUNDS_OF(40)     /* snapshots, with three things said between them */
#define QUERIES 24
#define ASKERS 4

static struct query queries[QUERIES];
static size_t query_count;
static struct player *const askers[ASKERS] = {
        &scene.payer.player, &scene.network.player, &arbiter.player, &scene.stranger.player,
};

struct snapshot {
        uint64_t size;                  /* of the log */
        instant time;                   /* of its last entry */
        struct digest answers[ASKERS][QUERIES];
};
static struct snapshot snapshots[STEPS + 1];
static const int seeds[] = { 24, 30 };        /* ACCORD_ASK_ALL: both */
static int seed;

static void add(struct query query)
{
        ck_assert_uint_lt(query_count, QUERIES);
        query.id = 7;
        queries[query_count++] = query;
}

#define OF(...) ((struct query) { .contract = scene.contract, .kind = __VA_ARGS__ })

static void make_queries(void)
{
        const struct period year = scene.terms->periods[0];

        query_count = 0;
        add((struct query) { .kind = QUERY_CONTRACTS });
        add(OF(QUERY_TERMS));
        add(OF(QUERY_TERMS, .version = 1));
        add(OF(QUERY_TERMS, .version = 2));
        add(OF(QUERY_FACTS));
        add(OF(QUERY_FACTS, .history = true));
        add(OF(QUERY_STATEMENTS));
        add((struct query) { .kind = QUERY_STATEMENTS });
        add(OF(QUERY_PREVIEW, .period = year, .payment = year.until + 100));
        add(OF(QUERY_PREVIEW, .period = year, .payment = year.until, .run_kind = RUN_FINAL));
        add(OF(QUERY_BLOCKS));
        add(OF(QUERY_MATCHES));
        add(OF(QUERY_MATCHES, .has_period = true, .period = year));
        add(OF(QUERY_RECON));
        add((struct query) { .kind = QUERY_RECON });
        add(OF(QUERY_JOURNAL));
        add(OF(QUERY_BALANCES));
        add((struct query) { .kind = QUERY_BALANCES });
        add(OF(QUERY_PAYMENTS));
        add(OF(QUERY_DISPUTES));
        add(OF(QUERY_COMPARE, .period = year, .side = SIDE_BEARER));
        add(OF(QUERY_COMPARE, .period = year, .side = SIDE_EARNER));
        add(OF(QUERY_ROSTER, .period = year));
}

/* All of it by everybody, in one batch: sessions number the answers. */
static void ask_all(const struct query *as_of, struct digest ret[ASKERS][QUERIES])
{
        struct hasher *hasher;
        struct effect effect;
        int answers = 0;

        must(hasher_new(&hasher), "hasher_new");
        stage_begin(&scene.stage);
        for (size_t i = 0; i < ASKERS; i++)
                for (size_t j = 0; j < query_count; j++) {
                        struct query query = queries[j];

                        query.has_as_of = as_of->has_as_of;
                        query.as_of = as_of->as_of;
                        query.as_of_time = as_of->as_of_time;
                        stage_ask(&scene.stage, askers[i], &query, i * QUERIES + j);
                }
        stage_commit(&scene.stage);
        for (size_t i = 0; hub_effect(scene.stage.hub, i, &effect); i++) {
                ck_assert_int_eq(effect.kind, EFFECT_REPLY);
                hash_spans(hasher, &effect.bytes, 1,
                           &ret[effect.session / QUERIES][effect.session % QUERIES]);
                answers++;
        }
        ck_assert_int_eq(answers, (int)(ASKERS * query_count));
        hasher_free(hasher);
}

static struct log_tip tip(void)
{
        return log_tip(scene.stage.hub->log);
}

static void remember(struct snapshot *snapshot)
{
        snapshot->size = tip().size;
        snapshot->time = tip().time;
        ask_all(&(struct query) { .id = 0 }, snapshot->answers);
}

static void must_be_the_same(const struct snapshot *snapshot, const struct query *as_of,
                             const char *how)
{
        static struct digest answers[ASKERS][QUERIES];

        ask_all(as_of, answers);
        for (size_t i = 0; i < ASKERS; i++)
                for (size_t j = 0; j < query_count; j++)
                        ck_assert_msg(digest_equal(&answers[i][j], &snapshot->answers[i][j]),
                                      "seed %d, %s: query %zu of kind %d by %s, with %" PRIu64
                                      " entries", seed, how, j, (int)queries[j].kind,
                                      askers[i]->path.party.text, snapshot->size);
}

/* By turns: by index, by time, and by an index beyond the end and a time. */
static void recall(int first, int stride, const char *how)
{
        for (int i = first; i <= STEPS; i += stride) {
                const struct query by_index = {
                        .has_as_of = true, .as_of = snapshots[i].size - 1,
                };
                const struct query by_time = { .as_of_time = snapshots[i].time };
                const struct query by_both = {
                        .has_as_of = true, .as_of = UINT64_MAX, .as_of_time = snapshots[i].time,
                };

                must_be_the_same(&snapshots[i],
                                 i % 3 == 0 ? &by_index : i % 3 == 1 ? &by_time : &by_both, how);
        }
}

/* As if an older program had left the tables behind. */
static void make_anew(void)
{
        struct hub *hub = scene.stage.hub;
        ROW(value);

        row_u32(&value, STATE_FORMAT - 1);
        stage_begin(&scene.stage);
        must(store_put(hub->txn, TABLE_META, (struct bytes) { "state-format", 12 },
                       row_span(&value)), "store_put");
        stage_commit(&scene.stage);
        stage_reopen(&scene.stage);
}

/* ---- how much is open: counted again, row by row */

static struct tally counted(struct store_txn *txn, uint32_t contract_no)
{
        struct journal_state_row row = { .index = 0 };
        struct proposal_state proposal = { .index = 0 };
        struct dispute_of_run dispute = { .index = 0 };
        struct tally tally = { 0 };
        struct life_state life;
        uint64_t run = 0;

        while (state_journal_next(txn, contract_no, row.index, &row) == 0) {
                uint64_t cents = (uint64_t)(row.cents < 0 ? -row.cents : row.cents);
                bool counts = row.state != JOURNAL_VOIDED && !row.reversed;
                bool pending = row.state == JOURNAL_PENDING;
                bool settles = counts && row.purpose == PURPOSE_SETTLEMENT;

                tally.settlements_pending += settles && pending;
                tally.pending_cents += settles && pending ? cents : 0;
                tally.posted_cents += settles && !pending ? cents : 0;
                tally.holds += counts && row.purpose == PURPOSE_HOLD;
                tally.held_cents += counts && row.purpose == PURPOSE_HOLD ? cents : 0;
                tally.payments_cleared += counts && row.purpose == PURPOSE_PAYMENT;
                tally.paid_cents += counts && row.purpose == PURPOSE_PAYMENT ? cents : 0;
        }
        while (state_dispute_open(txn, contract_no, dispute.index, &dispute) == 0)
                tally.disputes_open++;
        while (state_proposal_next(txn, contract_no, proposal.index, &proposal) == 0)
                tally.resolutions_open += proposal.what == DISPUTE_RESOLUTION && !proposal.ended;
        while (state_run_next(txn, contract_no, run, &run) == 0)
                if (state_life(txn, run, CUT_LAST, &life) == 0)
                        tally.statements_awaiting += life.life.state == LIFE_ISSUED;
        return tally;
}

static void must_be_counted(void)
{
        struct hub_stat stat;
        struct store_txn *txn;
        struct tally tally;

        must(hub_read_stat(scene.stage.hub, &stat), "hub_read_stat");
        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        tally = counted(txn, 1);
        store_abort(txn);
#define X(name, member, says) ck_assert_msg(stat.open.member == tally.member, "%s", says);
        TALLIES(X)
#undef X
}

/* Or nobody has said much that could be asked about: take another seed. */
static void must_be_of_interest(void)
{
        ck_assert_uint_gt(rows(TABLE_JOURNAL), 2);
        ck_assert_uint_gt(rows(TABLE_DISPUTE), 0);
        ck_assert_uint_gt(rows(TABLE_DECIDED), 0);
        ck_assert_uint_gt(rows(TABLE_PAYMENT_ENTRY), 0);
}

START_TEST(what_was_answered_then_is_answered_as_of_then)
{
        const char *text = getenv("ACCORD_SEED");

        seed = text ? atoi(text) + _i : seeds[_i];
        talk_begin((uint64_t)seed);
        make_queries();
        remember(&snapshots[0]);
        for (int i = 1; i <= STEPS; i++) {
                talk_on();
                talk_on();
                talk_on();
                remember(&snapshots[i]);
                must_be_counted();
        }
        if (!text && STEPS >= 40)
                must_be_of_interest();
        if (getenv("ACCORD_ASK_ALL"))
                recall(0, 1, "straight");
        else
                recall(_i + 2, 4, "straight");
        make_anew();
        must_be_counted();
        recall(_i, 4, "made anew");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("as of");

        tcase_add_checked_fixture(tests, disputed_set_up, disputed_tear_down);
        tcase_add_loop_test(tests, what_was_answered_then_is_answered_as_of_then, 0,
                            getenv("ACCORD_ASK_ALL") ? COUNT_OF(seeds) : 1);
        tcase_set_timeout(tests, 300);
        return run_case(tests, "ask");
}
