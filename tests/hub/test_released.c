/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is given an entry's bytes: in a log of everything that can be said about a contract, by
 * everybody and in any order, each entry for each party; and what nobody may see looks like what
 * one may not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/released.h"
#include "tests/hub/talk.h"
#include "tests/proof/run.h"

#define THINGS 150

enum { PAYER = 1, NETWORK = 2, ARBITER = 4, STRANGER = 8, ALL = 15, ASKERS = 4 };

static struct player *askers[ASKERS] = {
        &scene.payer.player, &scene.network.player, &arbiter.player, &scene.stranger.player,
};
static struct voice newcomer;
static struct hasher *hasher;
static struct arena arena;
static uint32_t seen[ENTRY_KIND_LAST + 1];      /* by whom, of each kind */

/* ---- who ought to */

static uint32_t party_bit(const struct name *name)
{
        for (unsigned int i = 0; i < ASKERS; i++)
                if (name_equal(name, &askers[i]->path.party))
                        return 1u << i;
        return 0;
}

/* The arbiter is that of both contracts in the talk. */
static uint32_t of_contract(const struct contract_id *id)
{
        return party_bit(&id->bearer) | party_bit(&id->earner) | ARBITER;
}

/* Who has agreed on something reads by which keys the other signs: the network with both. */
static uint32_t of_keys(const struct name *name)
{
        uint32_t who = party_bit(name);

        if (who & NETWORK)
                return NETWORK | PAYER | STRANGER;
        return who & ARBITER ? who : who | NETWORK;
}

static uint32_t of_submission(struct bytes bytes)
{
        struct submission said;
        struct fault fault;
        uint32_t who;

        must(wire_read_submission(bytes, &arena, &said, &fault), "wire_read_submission");
        who = party_bit(&said.sender.party) | party_bit(&said.on_behalf_of);
        return contract_id_empty(&said.contract) ? who : who | of_contract(&said.contract);
}

static uint32_t of_due(struct store_txn *txn, struct bytes key)
{
        struct contract_state_row row;
        struct due_state due;
        struct name from, to;

        must(state_due_at(key, &due), "state_due_at");
        if (due.kind == DUE_DELEGATION_BEGINS || due.kind == DUE_DELEGATION_ENDS) {
                must(state_party_name(txn, due.a, &from), "state_party_name");
                must(state_party_name(txn, due.b, &to), "state_party_name");
                return party_bit(&from) | party_bit(&to);
        }
        must(state_contract(txn, due.a, &row), "state_contract");
        return of_contract(&row.id);
}

static uint32_t of_record(struct store_txn *txn, const struct log_entry *entry)
{
        struct record record;
        struct fault fault;

        must(wire_read_record(entry->bytes, &arena, &record, &fault), "wire_read_record");
        switch (record.kind) {
        case ENTRY_GENESIS:
                return ALL;
        case ENTRY_REFUSAL:
                return party_bit(&record.refusal.node.party);
        case ENTRY_EQUIVOCATION:
                return party_bit(&record.equivocation.node.party);
        case ENTRY_PARTY_ADMISSION:
                return party_bit(&record.party_admission.party);
        case ENTRY_NODE_ADMISSION:
                return of_keys(&record.node_admission.node.party);
        case ENTRY_NODE_REVOCATION:
                return party_bit(&record.node_revocation.node.party);
        case ENTRY_RUN:
                return of_contract(&record.run.run.contract);
        case ENTRY_STATEMENT:
                return of_contract(&record.statement->run.contract);
        case ENTRY_JOURNAL_ENTRY:
                return of_contract(&record.journal_entry.contract);
        case ENTRY_JOURNAL_CHANGE:
                return of_contract(&record.journal_change.contract);
        case ENTRY_SIGNAL:
                return party_bit(&record.signal.party);
        case ENTRY_DUE:
                return of_due(txn, record.due.key);
        default:
                ck_abort_msg("an entry of kind %d", (int)record.kind);
                return 0;
        }
}

static uint32_t who_may(uint64_t index, struct digest *ret_leaf)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct log_entry entry;
        uint32_t who;

        arena_reset(&arena);
        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(log_read_proved(txn, hasher, index, &entry), "log_read_proved");
        must(log_leaf(txn, index, ret_leaf), "log_leaf");
        who = entry.header.kind == ENTRY_SUBMISSION ? of_submission(entry.bytes)
                                                    : of_record(txn, &entry);
        seen[entry.header.kind] |= who;
        return who;
}

/* ---- who does */

static const struct answer *ask(const struct player *player, const struct place_at *places,
                                uint32_t count)
{
        const struct query query = {
                .id = 1, .kind = QUERY_ENTRIES, .include = places, .include_count = count,
        };
        static struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        return &frame.answer;
}

static void check_row(const struct entry_row *row, const struct path *path, bool may,
                      const struct digest *leaf)
{
        const struct entry_header header = {
                (uint8_t)row->kind, (uint32_t)row->bytes.size, row->index, row->time,
        };
        struct digest made;

        ck_assert_mem_eq(row->leaf.octets, leaf->octets, DIGEST_SIZE);
        ck_assert(path->has_leaf);
        ck_assert_mem_eq(path->leaf.octets, leaf->octets, DIGEST_SIZE);
        if (!may) {
                ck_assert_uint_eq(row->kind, 0);
                ck_assert_int_eq(row->time, 0);
                ck_assert_uint_eq(row->bytes.size, 0);
                return;
        }
        entry_leaf(hasher, &header, row->bytes, &made);
        ck_assert(digest_equal(&made, leaf));
}

static void check_one(unsigned int asker, uint64_t index)
{
        const struct place_at place = { index };
        struct digest leaf;
        uint32_t who = who_may(index, &leaf);
        const struct answer *answer = ask(askers[asker], &place, 1);
        const struct entry_row *row = &answer->entries[0];

        ck_assert(!answer->refused);
        ck_assert_uint_eq(answer->entry_count, 1);
        ck_assert_uint_eq(answer->proof->include_count, 1);
        ck_assert_uint_eq(row->index, index);
        ck_assert_msg((row->bytes.size > 0) == !!(who & (1u << asker)), "entry %d for %s: %d of %x",
                      (int)index, askers[asker]->path.party.text, (int)row->bytes.size, who);
        check_row(row, &answer->proof->include[0], who & (1u << asker), &leaf);
}

/* ---- what else there is to see */

static enum hub_frame_kind say_of_none(struct voice *voice, const struct event *event)
{
        return voice_said(&scene.stage, voice, NULL, event, 1, NULL);
}

static void say_the_rest(void)
{
        const struct event delegation = {
                .kind = EVENT_DELEGATION,
                .delegation = { name_of("arbiter"), RIGHT_READ, 1, scene.stage.now + 5 * SECOND },
        };
        const struct event relation = {
                .kind = EVENT_RELATION,
                .relation = { .kind = RELATION_OWNS, .other = name_of("payer"), .from = 1,
                              .until = DATE_NONE },
        };
        const struct node_revocation revocation = { .node = second.player.path };
        struct event twice = fact_event(FACT_HEAD_COUNT, 9, "");
        const char *says = "";
        uint64_t index;

        ck_assert_int_eq(say_of_none(&scene.network, &delegation), HUB_RECEIPT);
        ck_assert_int_eq(say_of_none(&scene.stranger, &relation), HUB_RECEIPT);
        scene.payer.said--;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &twice, 1, NULL),
                         HUB_REFUSAL);
        pass(1);
        stage_begin(&scene.stage);
        must(hub_revoke_node(scene.stage.hub, &revocation, &index, &says), says);
        stage_commit(&scene.stage);
}

static void say_all(void)
{
        for (int i = 0; i < THINGS; i++)
                talk_on();
        say_the_rest();
}

static void setup(void)
{
        must(hasher_new(&hasher), "hasher_new");
        must(arena_new(&arena, WIRE_ARENA_SIZE), "arena_new");
        disputed_set_up();
        talk_begin(11);
}

static void teardown(void)
{
        disputed_tear_down();
        arena_free(&arena);
        hasher_free(hasher);
}

START_TEST(everybody_is_given_what_concerns_it_and_nothing_else)
{
        static const enum entry_kind kinds[] = {
                ENTRY_GENESIS, ENTRY_SUBMISSION, ENTRY_REFUSAL, ENTRY_EQUIVOCATION,
                ENTRY_PARTY_ADMISSION, ENTRY_NODE_ADMISSION, ENTRY_NODE_REVOCATION, ENTRY_RUN,
                ENTRY_STATEMENT, ENTRY_JOURNAL_ENTRY, ENTRY_SIGNAL, ENTRY_DUE,
                ENTRY_JOURNAL_CHANGE,
        };
        uint64_t size;

        say_all();
        size = stage_entries(&scene.stage);
        for (uint64_t index = 0; index < size; index++)
                for (unsigned int asker = 0; asker < ASKERS; asker++)
                        check_one(asker, index);
        for (int i = 0; i < COUNT_OF(kinds); i++)
                ck_assert_msg(seen[kinds[i]], "the log has no entry of kind %d", (int)kinds[i]);
        ck_assert_uint_eq(seen[ENTRY_RUN], PAYER | NETWORK | ARBITER);
        ck_assert_uint_eq(seen[ENTRY_SUBMISSION], ALL);
}
END_TEST

START_TEST(many_at_once_are_given_like_one_by_one)
{
        static struct place_at places[WIRE_PROOFS_MAX];
        const struct answer *answer;
        struct digest leaf;
        uint64_t size;
        uint32_t count;

        say_the_rest();
        size = stage_entries(&scene.stage);
        count = size < WIRE_PROOFS_MAX ? (uint32_t)size : WIRE_PROOFS_MAX;
        for (uint32_t i = 0; i < count; i++)
                places[i].at = size - 1 - i;
        answer = ask(askers[1], places, count);
        ck_assert_uint_gt(answer->entry_count, 0);
        ck_assert_uint_eq(answer->proof->include_count, answer->entry_count);
        for (uint32_t i = 0; i < answer->entry_count; i++) {
                uint32_t who = who_may(places[i].at, &leaf);

                ck_assert_uint_eq(answer->entries[i].index, places[i].at);
                check_row(&answer->entries[i], &answer->proof->include[i], who & NETWORK, &leaf);
        }
}
END_TEST

/* ---- what the talk has none of: whom it is about, by what it names */

#define AB { { "payer" }, { "network" }, { "contract" } }
#define KEYS_OF(party) { { { party }, { "x" } }, { 1 }, { 2 }, { 3 }, RIGHTS_ALL, 0 }

static const struct {
        const char *says;
        struct record record;
        struct concern concern;
} named[] = {
        { "a key of the hub", { .kind = ENTRY_HUB_KEY }, { .everybody = true } },
        { "an epoch",
          { .kind = ENTRY_EPOCH, .epoch = { .number = 2, .origin = { "a/2", 3 } } },
          { .everybody = true } },
        { "an erasure", { .kind = ENTRY_BLOCK_ERASURE, .block_erasure = { .contract = AB } },
          { .contract = AB } },
        { "witnesses", { .kind = ENTRY_WITNESSED, .witnessed = { .contract = AB } },
          { .contract = AB } },
        { "a read of a contract",
          { .kind = ENTRY_STAFF_READ, .staff_read = { .right = STAFF_AUDITOR, .contract = AB } },
          { .contract = AB } },
        { "a read of a party's own",
          { .kind = ENTRY_STAFF_READ,
            .staff_read = { .right = STAFF_AUDITOR, .party = { "payer" } } },
          { .parties = { { "payer" } } } },
        { "a succession", { .kind = ENTRY_SUCCESSION, .succession = { .node = KEYS_OF("payer") } },
          { .parties = { { "payer" } }, .keys = true } },
};

static void sign_nothing(const struct record *record, struct sink *ret)
{
        static const uint8_t signature[SIGNATURE_SIZE];
        struct record said = *record;
        struct sink body;

        said.format = 1;
        must(sink_new(&body, 4096, 65536), "sink_new");
        must(wire_write_record_body(&body, &said), "wire_write_record_body");
        must(wire_write_signed_record(ret, sink_bytes(&body), BYTES_OF(signature)),
             "wire_write_signed_record");
        sink_free(&body);
}

static void check_named(int i)
{
        struct log_entry entry = { .header = { .kind = (uint8_t)named[i].record.kind } };
        const struct concern *expected = &named[i].concern;
        struct concern concern;
        struct sink sink;

        must(sink_new(&sink, 4096, 65536), "sink_new");
        sign_nothing(&named[i].record, &sink);
        entry.bytes = sink_bytes(&sink);
        must(released_concern(NULL, &entry, &arena, &concern), named[i].says);
        ck_assert_msg(concern.everybody == expected->everybody, "%s", named[i].says);
        ck_assert_msg(contract_id_equal(&concern.contract, &expected->contract), "%s",
                      named[i].says);
        for (int j = 0; j < 2; j++)
                ck_assert_msg(name_equal(&concern.parties[j], &expected->parties[j]), "%s",
                              named[i].says);
        ck_assert_msg(concern.keys == expected->keys, "%s", named[i].says);

        /* Under another kind's number it is nobody's, and so is what does not parse. */
        entry.header.kind = ENTRY_GENESIS;
        must(released_concern(NULL, &entry, &arena, &concern), named[i].says);
        ck_assert(!concern.everybody && contract_id_empty(&concern.contract));
        ck_assert(name_empty(&concern.parties[0]));
        entry.header.kind = (uint8_t)named[i].record.kind;
        entry.bytes.size--;
        must(released_concern(NULL, &entry, &arena, &concern), named[i].says);
        ck_assert(!concern.everybody && contract_id_empty(&concern.contract));
        ck_assert(name_empty(&concern.parties[0]));
        sink_free(&sink);
}

START_TEST(whom_it_is_about_is_read_in_it)
{
        for (int i = 0; i < COUNT_OF(named); i++)
                check_named(i);
}
END_TEST

/* ---- by which keys somebody signs */

static uint64_t admission_of(const struct player *player)
{
        return directory_by_path(scene.stage.hub->directory, &player->path)->state.admitted;
}

static bool is_given(const struct player *player, uint64_t index)
{
        const struct place_at place = { index };

        return ask(player, &place, 1)->entries[0].kind != 0;
}

static void offer_and_accept(void)
{
        struct event event = { .kind = EVENT_OFFER };
        const struct contract_id id = {
                name_of("stranger"), name_of("arbiter"), name_of("unasked"),
        };
        struct terms *terms = calloc(1, sizeof(*terms));
        struct sink sink;

        ck_assert_ptr_nonnull(terms);
        stage_terms(terms, &id, 1);
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.stranger, &id, &event, 1, NULL),
                         HUB_RECEIPT);
        event = (struct event) {
                .kind = EVENT_ACCEPTANCE,
                .acceptance = { 1, sha256_of(sink_bytes(&sink)) },
        };
        ck_assert(!is_given(&scene.stranger.player, admission_of(&arbiter.player)));
        ck_assert(!is_given(&arbiter.player, admission_of(&scene.stranger.player)));
        ck_assert_int_eq(voice_said(&scene.stage, &arbiter, &id, &event, 1, NULL), HUB_RECEIPT);
        sink_free(&sink);
        free(terms);
}

START_TEST(an_offer_opens_nothing_until_it_is_accepted)
{
        offer_and_accept();
        ck_assert(is_given(&scene.stranger.player, admission_of(&arbiter.player)));
        ck_assert(is_given(&arbiter.player, admission_of(&scene.stranger.player)));
        ck_assert(!is_given(&arbiter.player, admission_of(&scene.network.player)));
}
END_TEST

START_TEST(who_may_not_read_is_given_no_entry_but_every_proof)
{
        struct query query = { .id = 1, .kind = QUERY_ENTRIES };
        struct hub_frame frame;

        voice_of(&newcomer, "stranger", "t");
        stage_begin(&scene.stage);
        must(stage_admit_node(&scene.stage, &newcomer.player, RIGHT_FACTS), "stranger/t");
        stage_commit(&scene.stage);
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &newcomer.player, &query, 1);
        query.kind = QUERY_PROOF;
        stage_ask(&scene.stage, &newcomer.player, &query, 2);
        query.kind = QUERY_LEAVES;
        stage_ask(&scene.stage, &newcomer.player, &query, 3);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_uint_eq(frame.answer.fault.code, REFUSAL_NOT_PERMITTED);
        stage_answer(&scene.stage, 2, &frame);
        ck_assert(!frame.answer.refused && frame.answer.proof);
        stage_answer(&scene.stage, 3, &frame);
        ck_assert(!frame.answer.refused && frame.answer.leaves);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("released");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, everybody_is_given_what_concerns_it_and_nothing_else);
        tcase_add_test(tests, many_at_once_are_given_like_one_by_one);
        tcase_add_test(tests, whom_it_is_about_is_read_in_it);
        tcase_add_test(tests, an_offer_opens_nothing_until_it_is_accepted);
        tcase_add_test(tests, who_may_not_read_is_given_no_entry_but_every_proof);
        return run_case(tests, "hub/released");
}
