/* SPDX-License-Identifier: Apache-2.0 */
/* Every row of the state: what was put is read again, and what is damaged is said to be. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/row.h"
#include "daemon/state.h"
#include "daemon/state_admission.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct stage stage;
static struct store_txn *txn;

static void set_up(void)
{
        stage_set_up(&stage, NULL);
        stage_begin(&stage);
        txn = stage.hub->txn;
}

static void tear_down(void)
{
        stage_tear_down(&stage);
}

static const struct name a_name = { "some-name" }, b_name = { "another.name_31-characters-long" };
static const struct stream_id stream = { { 1, 2, 3, 255 } };

/* ---- each row: put it, read it again */

static int put_party(void)
{
        struct party_state party = {
                .party = {
                        .known = true, .no = 7, .name = a_name, .present = true,
                        .two_nodes_for = RIGHT_TERMS | RIGHT_VOTE, .role_count = 2,
                        .roles = { { ROLE_PAYER, DATE_FIRST, DATE_NONE }, { ROLE_NETWORK, -5, 9 } },
                },
                .title = { "Some title, longer than a name" },
                .index = UINT64_MAX, .operator_uid = 3,
        };

        return state_party_put(txn, &party);
}

static int get_party(void)
{
        struct party_state party;
        int r = state_party(txn, &a_name, &party);

        if (r)
                return r;
        ck_assert(party.party.known && party.party.present);
        ck_assert_uint_eq(party.party.no, 7);
        ck_assert_str_eq(party.party.name.text, a_name.text);
        ck_assert_uint_eq(party.party.two_nodes_for, RIGHT_TERMS | RIGHT_VOTE);
        ck_assert_uint_eq(party.party.role_count, 2);
        ck_assert_int_eq(party.party.roles[0].until, DATE_NONE);
        ck_assert_int_eq(party.party.roles[1].kind, ROLE_NETWORK);
        ck_assert_int_eq(party.party.roles[1].from, -5);
        ck_assert_str_eq(party.title.text, "Some title, longer than a name");
        ck_assert_uint_eq(party.index, UINT64_MAX);
        ck_assert_uint_eq(party.operator_uid, 3);
        return 0;
}

static int get_party_name(void)
{
        struct name name;
        int r = state_party_name(txn, 7, &name);

        if (!r)
                ck_assert_mem_eq(&name, &a_name, sizeof(name));
        return r;
}

static int get_party_asks(void)
{
        struct party_asks asks;
        int r = state_party_asks(txn, 7, UINT64_MAX, &asks);

        if (r)
                return r;
        ck_assert_uint_eq(asks.two_nodes_for, RIGHT_TERMS | RIGHT_VOTE);
        ck_assert(asks.present);
        ck_assert_int_eq(state_party_asks(txn, 7, UINT64_MAX - 1, &asks), -ENOENT);
        ck_assert_int_eq(state_party_asks(txn, 6, UINT64_MAX, &asks), -ENOENT);
        ck_assert_int_eq(state_party_asks(txn, 8, UINT64_MAX, &asks), -ENOENT);
        return 0;
}

static struct node_state the_node(void)
{
        struct node_state node = {
                .no = 3, .party_no = 7, .path = { a_name, b_name }, .rights = 21,
                .operator_uid = 1000, .admitted = 5, .revoked = 6,
        };

        memset(node.transport_key, 1, 32);
        memset(node.signing_key, 2, 32);
        memset(node.sealing_key, 3, 32);
        return node;
}

static int put_node(void)
{
        const struct node_state node = the_node();

        return state_node_put(txn, &node);
}

static int get_node(void)
{
        const struct node_state wanted = the_node();
        struct node_state node;
        int r = state_node(txn, 3, &node);

        if (!r)
                ck_assert_mem_eq(&node, &wanted, sizeof(node));
        return r;
}

static int put_stream(void)
{
        return state_stream_put(txn, 3, &stream,
                                &(struct stream_state) { 9, UINT64_MAX - 1, true });
}

static int get_stream(void)
{
        struct stream_state state;
        int r = state_stream(txn, 3, &stream, &state);

        if (r)
                return r;
        ck_assert_uint_eq(state.no, 9);
        ck_assert_uint_eq(state.last, UINT64_MAX - 1);
        ck_assert(state.closed);
        return 0;
}

static int get_stream_count(void)
{
        uint32_t open;
        int r = state_stream_count(txn, 3, &open);

        if (!r)
                ck_assert_uint_eq(open, 0);
        return r;
}

static int put_sequence(void)
{
        return state_sequence_put(txn, 9, 11, 12);
}

static int get_sequence(void)
{
        uint64_t index;
        int r = state_sequence(txn, 9, 11, &index);

        if (!r)
                ck_assert_uint_eq(index, 12);
        return r;
}

static int put_evidence(void)
{
        return state_evidence_put(txn, 9, 11, 13);
}

static int get_evidence(void)
{
        uint64_t index;
        int r = state_evidence(txn, 9, 11, &index);

        if (!r)
                ck_assert_uint_eq(index, 13);
        return r;
}

static struct contract_state_row the_contract(void)
{
        return (struct contract_state_row) {
                .no = 4, .bearer_no = 7, .earner_no = 8, .id = { a_name, b_name, { "label" } },
                .state = CONTRACT_IN_FORCE, .version_in_force = 2, .version_offered = 3,
                .version_last = 3, .ends = DATE_NONE, .ended = 17,
        };
}

static int put_contract(void)
{
        const struct contract_state_row contract = the_contract();

        return state_contract_put(txn, &contract);
}

static int get_contract(void)
{
        const struct contract_state_row wanted = the_contract();
        struct contract_state_row contract;
        uint32_t no;
        int r = state_contract(txn, 4, &contract);

        if (r)
                return r;
        ck_assert(contract_id_equal(&contract.id, &wanted.id));
        ck_assert_uint_eq(contract.bearer_no, 7);
        ck_assert_uint_eq(contract.earner_no, 8);
        ck_assert_int_eq(contract.state, CONTRACT_IN_FORCE);
        ck_assert_uint_eq(contract.version_in_force, 2);
        ck_assert_uint_eq(contract.version_offered, 3);
        ck_assert_uint_eq(contract.version_last, 3);
        ck_assert_int_eq(contract.ends, DATE_NONE);
        ck_assert_uint_eq(contract.ended, 17);
        must(state_contract_next(txn, 7, 0, &no), "state_contract_next");
        ck_assert_uint_eq(no, 4);
        ck_assert_int_eq(state_contract_next(txn, 7, 4, &no), -ENOENT);
        ck_assert_int_eq(state_contract_next(txn, 6, 0, &no), -ENOENT);
        return 0;
}

static int get_contract_no(void)
{
        const struct contract_state_row wanted = the_contract();
        uint32_t no;
        int r = state_contract_no(txn, &wanted.id, &no);

        if (!r)
                ck_assert_uint_eq(no, 4);
        return r;
}

/* The most there can be of everything. */
static struct view_terms the_terms(void)
{
        struct view_terms terms = {
                .known = true, .version = 2, .state = TERMS_ACCEPTED, .standing = STANDING_BINDING,
                .applies = APPLIES_CUT_MONTH, .index = 77, .event = 1, .effective = 19000,
                .agreement = { 19000, 20000 }, .lookback_months = 120, .open_until = STAGE_BEGINS,
                .period_count = PERIODS_MAX, .segment_count = SEGMENTS_MAX,
                .accepted_count = ACCEPTANCES_MAX, .closed = 99,
        };

        memset(terms.sha256.octets, 0xab, 32);
        for (int i = 0; i < PERIODS_MAX; i++)
                terms.periods[i] = (struct period) { 19000 + i, 19001 + i };
        for (int i = 0; i < SEGMENTS_MAX; i++)
                terms.segments[i] = b_name;
        for (uint32_t i = 0; i < ACCEPTANCES_MAX; i++)
                terms.accepted[i] = (struct view_acceptance) {
                        i % 2 ? SIDE_BEARER : SIDE_EARNER, i, 100 + i,
                };
        return terms;
}

static int put_terms(void)
{
        const struct view_terms terms = the_terms();

        return state_terms_put(txn, 4, &terms);
}

static int get_terms(void)
{
        const struct view_terms wanted = the_terms();
        struct view_terms terms;
        int r = state_terms(txn, 4, 2, &terms);

        if (r)
                return r;
        ck_assert(terms.known);
        ck_assert_int_eq(terms.state, wanted.state);
        ck_assert_int_eq(terms.standing, wanted.standing);
        ck_assert_int_eq(terms.applies, wanted.applies);
        ck_assert_uint_eq(terms.index, wanted.index);
        ck_assert_uint_eq(terms.event, wanted.event);
        ck_assert_mem_eq(&terms.sha256, &wanted.sha256, 32);
        ck_assert_int_eq(terms.effective, wanted.effective);
        ck_assert(period_equal(terms.agreement, wanted.agreement));
        ck_assert_uint_eq(terms.lookback_months, wanted.lookback_months);
        ck_assert_int_eq(terms.open_until, wanted.open_until);
        ck_assert_mem_eq(terms.periods, wanted.periods, sizeof(terms.periods));
        ck_assert_mem_eq(terms.segments, wanted.segments, sizeof(terms.segments));
        ck_assert_uint_eq(terms.accepted_count, ACCEPTANCES_MAX);
        ck_assert_uint_eq(terms.closed, 99);
        for (int i = 0; i < ACCEPTANCES_MAX; i++) {
                ck_assert_int_eq(terms.accepted[i].side, wanted.accepted[i].side);
                ck_assert_uint_eq(terms.accepted[i].node_no, wanted.accepted[i].node_no);
                ck_assert_uint_eq(terms.accepted[i].index, wanted.accepted[i].index);
        }
        return 0;
}

static int put_fact(void)
{
        struct fact_state fact = {
                .fact = {
                        .key = fact_event(FACT_EXPENDITURE, -5, "an-item").fact.key,
                        .value = { UNIT_CENTS, -MONEY_MAX, 1 }, .index = 50, .event = 4095,
                        .side = SIDE_EARNER, .relayed = true,
                },
                .has_supersedes = true, .supersedes = 49, .scope_no = 4,
        };

        fact.fact.key.segment = b_name;
        memset(fact.document_sha256.octets, 0xcd, 32);
        return state_fact_put(txn, &fact);
}

static int seen_fact(void *with, const struct fact_state *fact, struct bytes key)
{
        (void)key;
        ck_assert_int_eq(fact->fact.key.scope, SCOPE_CONTRACT);
        ck_assert_int_eq(fact->fact.key.kind, FACT_EXPENDITURE);
        ck_assert_str_eq(fact->fact.key.item.text, "an-item");
        ck_assert_str_eq(fact->fact.key.segment.text, b_name.text);
        ck_assert_int_eq(fact->fact.key.paid_through, DATE_NONE);
        ck_assert_int_eq(fact->fact.value.num, -MONEY_MAX);
        ck_assert_uint_eq(fact->fact.index, 50);
        ck_assert_uint_eq(fact->fact.event, 4095);
        ck_assert_int_eq(fact->fact.side, SIDE_EARNER);
        ck_assert(fact->fact.relayed && fact->has_supersedes);
        ck_assert_uint_eq(fact->supersedes, 49);
        ck_assert_uint_eq(fact->scope_no, 4);
        ck_assert_uint_eq(fact->document_sha256.octets[31], 0xcd);
        *(int *)with += 1;
        return 0;
}

static int get_fact(void)
{
        int count = 0;
        int r = state_facts(txn, SCOPE_CONTRACT, 4, (struct bytes) { 0 }, seen_fact, &count);

        if (!r)
                ck_assert_int_eq(count, 1);
        return r;
}

static int put_delegation(void)
{
        return state_delegation_put(txn, &(struct delegation_state) { 7, 8, 31, 5, 6, true, 60 });
}

static int get_delegation(void)
{
        struct delegation_state d;
        int r = state_delegation(txn, 7, 8, &d);

        if (r)
                return r;
        ck_assert_uint_eq(d.rights, 31);
        ck_assert_int_eq(d.from, 5);
        ck_assert_int_eq(d.until, 6);
        ck_assert(d.active);
        ck_assert_uint_eq(d.index, 60);
        return 0;
}

static struct run_state the_run(void)
{
        return (struct run_state) {
                .index = 70, .contract_no = 4, .cause = 69, .statement = 71, .statement_time = 72,
                .run = {
                        .contract = { a_name, b_name, { "label" } }, .period = { 19000, 19366 },
                        .kind = RUN_RESTATED, .number = 9, .payment = 20000, .cut = 70,
                },
                .status = STATEMENT_CALCULATED, .earned = -5, .payable = MONEY_MAX,
                .relayed = true, .binding = true, .posts = true, .terms_version = 3,
        };
}

static int put_run(void)
{
        const struct run_state run = the_run();

        return state_run_put(txn, &run);
}

static int get_run(void)
{
        const struct run_state wanted = the_run();
        struct run_state run;
        uint64_t index;
        int r = state_run(txn, 70, &run);

        if (r)
                return r;
        ck_assert_uint_eq(run.index, 70);
        ck_assert_uint_eq(run.contract_no, 4);
        ck_assert(contract_id_equal(&run.run.contract, &wanted.run.contract));
        ck_assert(period_equal(run.run.period, wanted.run.period));
        ck_assert_int_eq(run.run.kind, RUN_RESTATED);
        ck_assert_uint_eq(run.run.number, 9);
        ck_assert_int_eq(run.run.payment, 20000);
        ck_assert_uint_eq(run.run.cut, 70);
        ck_assert_uint_eq(run.cause, 69);
        ck_assert_uint_eq(run.statement, 71);
        ck_assert_int_eq(run.statement_time, 72);
        ck_assert_int_eq(run.status, STATEMENT_CALCULATED);
        ck_assert_int_eq(run.earned, -5);
        ck_assert_int_eq(run.payable, MONEY_MAX);
        ck_assert(run.relayed && run.binding);
        ck_assert_uint_eq(run.terms_version, 3);
        ck_assert(run.posts);
        must(state_run_next(txn, 4, 0, &index), "state_run_next");
        ck_assert_uint_eq(index, 70);
        ck_assert_int_eq(state_run_next(txn, 4, 70, &index), -ENOENT);
        ck_assert_int_eq(state_run_next(txn, 3, 0, &index), -ENOENT);
        return 0;
}

static int put_balance(void)
{
        return state_balance_put(txn, 4, 7, ACCOUNT_SETTLEMENT_PAYABLE,
                                 &(struct balance_state) { 1, INT64_MAX, 3, 4, 5, 6 });
}

static int get_balance(void)
{
        struct balance_state b;
        int r = state_balance(txn, 4, 7, ACCOUNT_SETTLEMENT_PAYABLE, &b);

        if (r)
                return r;
        ck_assert_int_eq(b.debits_pending, 1);
        ck_assert_int_eq(b.credits_pending, INT64_MAX);
        ck_assert_int_eq(b.debits_posted, 3);
        ck_assert_int_eq(b.credits_posted, 4);
        ck_assert_int_eq(b.debits_voided, 5);
        ck_assert_int_eq(b.credits_voided, 6);
        return state_balance_total(txn, &b);
}

static int put_signal(void)
{
        return state_signal_put(txn, 7, 2, 90);
}

static int get_signal(void)
{
        uint64_t index, last;
        int r = state_signal(txn, 7, 2, &index);

        if (r)
                return r;
        ck_assert_uint_eq(index, 90);
        must(state_signal_last(txn, 7, &last), "state_signal_last");
        ck_assert_uint_eq(last, 2);
        must(state_signal_last(txn, 6, &last), "state_signal_last");
        ck_assert_uint_eq(last, 0);
        must(state_signal_last(txn, 8, &last), "state_signal_last");
        ck_assert_uint_eq(last, 0);
        return 0;
}

static int put_counter(void)
{
        uint64_t after;

        return state_count(txn, "things", 5, &after);
}

static int get_counter(void)
{
        uint64_t number;
        int r = state_counter(txn, "things", &number);

        if (!r)
                ck_assert_uint_eq(number, 5);
        return r;
}

static const struct {
        const char *says;
        enum table table;
        int (*put)(void), (*get)(void);
        int absent;             /* what reading says when there is none */
} rows[] = {
        { "party", TABLE_PARTY, put_party, get_party, -ENOENT },
        { "party's number", TABLE_PARTY_NO, put_party, get_party_name, -ENOENT },
        { "what a party asks", TABLE_ADMISSION, put_party, get_party_asks, -ENOENT },
        { "node", TABLE_NODE, put_node, get_node, -ENOENT },
        { "stream", TABLE_STREAM, put_stream, get_stream, -ENOENT },
        { "streams of a node", TABLE_STREAM, put_stream, get_stream_count, 1 },
        { "sequence", TABLE_SEQ, put_sequence, get_sequence, -ENOENT },
        { "evidence", TABLE_EVIDENCE, put_evidence, get_evidence, -ENOENT },
        { "contract", TABLE_CONTRACT_NO, put_contract, get_contract, -ENOENT },
        { "contract's number", TABLE_CONTRACT, put_contract, get_contract_no, -ENOENT },
        { "terms", TABLE_TERMS, put_terms, get_terms, -ENOENT },
        { "fact", TABLE_FACT, put_fact, get_fact, 1 },
        { "delegation", TABLE_DELEGATION, put_delegation, get_delegation, -ENOENT },
        { "run", TABLE_RUN, put_run, get_run, -ENOENT },
        { "balance", TABLE_BALANCE, put_balance, get_balance, 1 },
        { "signal", TABLE_SIGNAL, put_signal, get_signal, -ENOENT },
        { "counter", TABLE_COUNTER, put_counter, get_counter, 1 },
};

START_TEST(read_as_put)
{
        if (rows[_i].absent < 0)
                ck_assert_msg(rows[_i].get() == rows[_i].absent, "%s", rows[_i].says);
        must(rows[_i].put(), rows[_i].says);
        must(rows[_i].get(), rows[_i].says);
}
END_TEST

/* The table's row with other bytes; longer when @size is more than it has. */
static void damage(enum table table, const uint8_t *key, size_t key_size, const uint8_t *value,
                   size_t size)
{
        must(store_put(txn, table, (struct bytes) { key, key_size },
                       (struct bytes) { value, size }),
             "store_put");
}

START_TEST(damage_is_noticed)
{
        uint8_t key[STORE_KEY_MAX], value[ROW_MAX + 1] = { 0 };
        struct bytes k, v;
        size_t key_size, size;

        must(rows[_i].put(), rows[_i].says);
        /* The last: the genesis has put none into these tables. */
        must(store_after(txn, rows[_i].table, (struct bytes) { "", 1 }, &k, &v), rows[_i].says);
        key_size = k.size;
        size = v.size;
        memcpy(key, k.data, key_size);
        memcpy(value, v.data, size);
        for (size_t cut = 0; cut < size; cut++) {
                damage(rows[_i].table, key, key_size, value, cut);
                ck_assert_msg(rows[_i].get() == -EILSEQ, "%s of %zu octets", rows[_i].says, cut);
        }
        damage(rows[_i].table, key, key_size, value, size + 1);
        ck_assert_msg(rows[_i].get() == -EILSEQ, "%s with one more", rows[_i].says);
        damage(rows[_i].table, key, key_size, value, size);
        must(rows[_i].get(), rows[_i].says);
}
END_TEST

START_TEST(counts_beyond_their_limits)
{
        uint8_t value[ROW_MAX];
        uint32_t be_no = __builtin_bswap32(4), be_version = __builtin_bswap32(2);
        uint8_t key[8];
        struct bytes v;
        size_t size, at;

        must(put_terms(), "put_terms");
        memcpy(key, &be_no, 4);
        memcpy(key + 4, &be_version, 4);
        must(store_get(txn, TABLE_TERMS, BYTES_OF(key), &v), "store_get");
        size = v.size;
        memcpy(value, v.data, size);
        /* behind the number of periods: of segments, both lists, who accepted, what closed it */
        at = size - 4 - PERIODS_MAX * 8 - SEGMENTS_MAX * sizeof(struct name) -
             (1 + ACCEPTANCES_MAX * 13) - 8;
        value[at] = 0xff;
        damage(TABLE_TERMS, key, sizeof(key), value, size);
        ck_assert_int_eq(get_terms(), -EILSEQ);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("rows");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_loop_test(tests, read_as_put, 0, COUNT_OF(rows));
        tcase_add_loop_test(tests, damage_is_noticed, 0, COUNT_OF(rows));
        tcase_add_test(tests, counts_beyond_their_limits);
        return run_case(tests, "rows");
}
