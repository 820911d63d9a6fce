/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Witnesses over libhub: which cosignatures are taken, for whom they count, and what makes a
 * statement final. Every log is proved, folded and computed again at the end.
 */
#include <errno.h>
#include <string.h>

#include "daemon/finality.h"
#include "daemon/hub_private.h"
#include "daemon/state_witness.h"
#include "proof/cosignature.h"
#include "tests/hub/cosign.h"
#include "tests/hub/disputed.h"
#include "tests/proof/run.h"

#define DAYS 7

static struct voice blind;              /* payer/blind, without the right to read */

static void set_up(void)
{
        disputed_set_up();
        voice_of(&blind, "payer", "blind");
        stage_begin(&scene.stage);
        must(stage_admit_node(&scene.stage, &blind.player, RIGHT_FACTS), "payer/blind");
        stage_commit(&scene.stage);
        scene.terms->reconciling.witness_days = DAYS;
}

static uint64_t issued(void)
{
        agree();
        spent(SIDE_BEARER, 90000);
        return settled(RUN_FINAL);
}

/* In a batch of its own: the first fault of the answer, 0 when there is none. */
static enum refusal sends(const struct voice *voice, const struct stage_note *note,
                          uint64_t *ret_size)
{
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_take_cosign(&scene.stage, &voice->player, note, 9);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 9, &frame);
        ck_assert_int_eq(frame.kind, HUB_COSIGNED);
        if (ret_size)
                *ret_size = frame.cosigned.size;
        return frame.cosigned.refused ? frame.cosigned.fault.code : 0;
}

/* The newest checkpoint, a second later. */
static void sees(const struct voice *voice)
{
        struct stage_note note;
        uint64_t size;

        scene.stage.now += SECOND;
        stage_note(&scene.stage, &note);
        stage_cosign(&scene.stage, &voice->player, 0, &note);
        ck_assert_int_eq(sends(voice, &note, &size), 0);
}

static void check(uint64_t run, enum witnessing is, uint32_t sides)
{
        enum witnessing state;
        uint32_t by;
        struct store_txn *txn;

        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(finality_at(txn, run, UINT64_MAX, &state, &by), "finality_at");
        store_abort(txn);
        ck_assert_int_eq(state, is);
        ck_assert_uint_eq(by, sides);
}

/* As the list of statements has it, now or as of some entry. */
static struct statement_row row_of(uint64_t run, uint64_t as_of)
{
        struct query query = {
                .id = 1, .kind = QUERY_STATEMENTS, .contract = scene.contract,
                .has_as_of = as_of != 0, .as_of = as_of,
        };
        struct hub_frame frame;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.payer.player, &query, 3);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 3, &frame);
        ck_assert(!frame.answer.refused);
        for (uint32_t i = 0; i < frame.answer.statement_count; i++)
                if (frame.answer.statements[i].run == run)
                        return frame.answer.statements[i];
        ck_abort_msg("the statement is not listed");
        return (struct statement_row) { .run = 0 };
}

/* ---- final */

START_TEST(it_is_final_when_a_witness_of_each_side_has_seen_it)
{
        struct voice *first = _i ? &scene.network : &scene.payer;
        struct voice *then = _i ? &scene.payer : &scene.network;
        const uint32_t side = SIDE_BIT(_i ? SIDE_EARNER : SIDE_BEARER);
        uint64_t run = issued(), issue = stage_entries(&scene.stage) - 1, half;

        check(run, WITNESSING_AWAITED, 0);
        ck_assert_int_eq(row_of(run, 0).witness, WITNESSING_AWAITED);
        sees(first);
        check(run, WITNESSING_AWAITED, side);
        check_heard(SIGNAL_STATEMENT_WITNESSED, 0, 0, "");
        half = stage_entries(&scene.stage) - 1;
        sees(first);
        ck_assert_uint_eq(stage_entries(&scene.stage), half + 1);
        sees(then);
        check(run, WITNESSING_SEEN, 3);
        check_heard(SIGNAL_STATEMENT_WITNESSED, 1, 0,
                    "final, witnessed: witnesses of both sides have seen the statement");
        ck_assert_uint_eq(rows(TABLE_DUE), 0);
        ck_assert_uint_eq(rows(TABLE_AWAITED), 0);
        /* As it was before, and before that. */
        ck_assert_int_eq(row_of(run, 0).witness, WITNESSING_SEEN);
        ck_assert_uint_eq(row_of(run, 0).witness_sides, 3);
        ck_assert_int_eq(row_of(run, half).witness, WITNESSING_AWAITED);
        ck_assert_uint_eq(row_of(run, half).witness_sides, side);
        ck_assert_uint_eq(row_of(run, issue).witness_sides, 0);
        pass(DAYS + 1);
        check(run, WITNESSING_SEEN, 3);
        check_heard(SIGNAL_DEADLINE_PASSED, 0, 0, "");
}
END_TEST

/* What is said of it can be checked by whoever reads it. */
START_TEST(the_entry_has_the_note)
{
        struct witnessing_state row;
        struct checkpoint tree;
        struct record record;
        struct store_txn *txn;
        struct log_entry entry;
        struct note_key key;
        struct fault fault;
        struct arena arena;
        uint64_t run = issued();

        sees(&scene.network);
        must(arena_new(&arena, 65536), "arena_new");
        must(store_begin_read(scene.stage.hub->env, &txn), "store_begin_read");
        must(state_witnessing(txn, run, &row), "state_witnessing");
        ck_assert_uint_eq(row.seen[0], 0);
        must(log_read(txn, row.seen[1], &entry), "log_read");
        must(wire_read_record(entry.bytes, &arena, &record, &fault), "wire_read_record");
        ck_assert_int_eq(record.kind, ENTRY_WITNESSED);
        ck_assert_uint_eq(record.witnessed.run, run);
        ck_assert_uint_eq(record.witnessed.sides, SIDE_BIT(SIDE_EARNER));
        ck_assert_uint_eq(record.witnessed.cosignature_count, 1);
        must(note_key_make(words(scene.stage.hub->ring.origin), scene.stage.keys.public.signing,
                           &key), "note_key_make");
        ck_assert_int_eq(checkpoint_open(record.witnessed.cosignatures[0].note, &key, &tree), 0);
        ck_assert_uint_gt(tree.size, row.statement);
        ck_assert_uint_eq(record.witnessed.cosignatures[0].size, tree.size);
        store_abort(txn);
        arena_free(&arena);
}
END_TEST

START_TEST(what_is_not_in_the_tree_was_not_seen)
{
        struct stage_note before;
        uint64_t run;

        agree();
        spent(SIDE_BEARER, 90000);
        stage_note(&scene.stage, &before);
        stage_cosign(&scene.stage, &scene.payer.player, 0, &before);
        run = settled(RUN_FINAL);
        ck_assert_int_eq(sends(&scene.payer, &before, NULL), 0);
        check(run, WITNESSING_AWAITED, 0);
}
END_TEST

static const struct {
        bool bearer, earner;
        const char *says;
} limits[] = {
        { true, false, "final, unwitnessed by earner: "
          "nobody of that side cosigned it within the terms' days" },
        { false, true, "final, unwitnessed by bearer: "
          "nobody of that side cosigned it within the terms' days" },
        { false, false, "final, unwitnessed by bearer and earner: "
          "nobody of that side cosigned it within the terms' days" },
};

START_TEST(after_the_limit_it_is_final_without)
{
        const uint32_t sides = (limits[_i].bearer ? 1u : 0u) | (limits[_i].earner ? 2u : 0u);
        uint64_t run = issued(), size;

        if (limits[_i].bearer)
                sees(&scene.payer);
        if (limits[_i].earner)
                sees(&scene.network);
        pass(DAYS - 1);
        check(run, WITNESSING_AWAITED, sides);
        pass(1);
        check(run, WITNESSING_WITHOUT, sides);
        check_heard(SIGNAL_DEADLINE_PASSED, 1, 0, limits[_i].says);
        ck_assert_int_eq(row_of(run, 0).witness, WITNESSING_WITHOUT);
        /* Who comes late is heard, and changes nothing. */
        size = stage_entries(&scene.stage);
        sees(&scene.payer);
        sees(&scene.network);
        check(run, WITNESSING_WITHOUT, sides);
        ck_assert_uint_eq(stage_entries(&scene.stage), size);
        ck_assert_uint_eq(rows(TABLE_COSIGNED), 2);
}
END_TEST

START_TEST(a_restated_statement_waits_anew)
{
        uint64_t run = issued(), newer;

        if (_i > 0)
                sees(&scene.payer);
        if (_i > 1)
                sees(&scene.network);
        spent(SIDE_BEARER, 80000);
        newer = settled(RUN_RESTATED);
        check(run, _i > 1 ? WITNESSING_SEEN : WITNESSING_NONE, _i > 1 ? 3 : 0);
        check(newer, WITNESSING_AWAITED, 0);
        ck_assert_uint_eq(rows(TABLE_AWAITED), 1);
        sees(&scene.payer);
        sees(&scene.network);
        check(newer, WITNESSING_SEEN, 3);
        pass(DAYS + 1);
        check_heard(SIGNAL_DEADLINE_PASSED, 0, 0, "");
}
END_TEST

START_TEST(money_does_not_wait)
{
        uint64_t run;
        struct life_state life;

        scene.terms->reconciling.dispute_days = DAYS - 2;
        run = issued();
        pass(DAYS - 2);
        life_of(run, &life);
        ck_assert_int_eq(life.life.state, LIFE_LAPSED);
        ck_assert_int_eq(life.life.parts[LIFE_SETTLEMENT].posted, 5000);
        check(run, WITNESSING_AWAITED, 0);
}
END_TEST

static void no_days(void)
{
        scene.terms->reconciling.witness_days = 0;
}
static void advisory(void)
{
        scene.terms->standing = STANDING_ADVISORY;
}
static void historical(void)
{
        scene.terms->reconciling.historical_until = date_of(2025, 1, 1);
}
static void nothing(void)
{
}

static const struct {
        const char *says;
        void (*make)(void);
        enum run_kind kind;
        bool waits;
} kinds[] = {
        { "final, binding", nothing, RUN_FINAL, true },
        { "interim", nothing, RUN_INTERIM, false },
        { "terms that ask for none", no_days, RUN_FINAL, false },
        { "terms that do not bind", advisory, RUN_FINAL, false },
        { "what is only compared", historical, RUN_FINAL, false },
};

START_TEST(what_posts_waits_and_nothing_else)
{
        uint64_t run;

        kinds[_i].make();
        agree();
        spent(SIDE_BEARER, 90000);
        run = settled(kinds[_i].kind);
        check(run, kinds[_i].waits ? WITNESSING_AWAITED : WITNESSING_NONE, 0);
        ck_assert_uint_eq(rows(TABLE_WITNESSING), kinds[_i].waits);
        ck_assert_uint_eq(rows(TABLE_DUE), kinds[_i].waits);
        sees(&scene.payer);
        ck_assert_uint_eq(rows(TABLE_COSIGNED), 1);
}
END_TEST

/* ---- for whom it counts */

static void lets_act(struct voice *voice, const char *to, uint32_t rights)
{
        const struct event event = {
                .kind = EVENT_DELEGATION,
                .delegation = {
                        name_of(to), rights, scene.stage.now,
                        scene.stage.now + 3 * INT64_C(86400) * SECOND,
                },
        };

        ck_assert_int_eq(voice_said(&scene.stage, voice, NULL, &event, 1, NULL), HUB_RECEIPT);
        scene.stage.now += SECOND;
        pass(0);
}

static const struct {
        const char *says;
        uint32_t bearer, earner;        /* rights each gives to the stranger */
        uint32_t counts;
} delegations[] = {
        { "a stranger", 0, 0, 0 },
        { "who may read for the bearer", RIGHT_READ, 0, 1 },
        { "who may read for the earner, and more", 0, RIGHTS_ALL, 2 },
        { "who may read for both", RIGHT_READ, RIGHT_READ, 0 },
        { "who may speak for the bearer and not read", RIGHT_FACTS, 0, 0 },
};

START_TEST(who_acts_for_a_side_is_its_witness)
{
        uint64_t run = issued();

        if (delegations[_i].bearer)
                lets_act(&scene.payer, "stranger", delegations[_i].bearer);
        if (delegations[_i].earner)
                lets_act(&scene.network, "stranger", delegations[_i].earner);
        sees(&scene.stranger);
        check(run, WITNESSING_AWAITED, delegations[_i].counts);
}
END_TEST

START_TEST(nobody_is_a_witness_for_both_sides_or_for_the_other)
{
        uint64_t run = issued();

        lets_act(&scene.network, "payer", RIGHTS_ALL);
        sees(&scene.payer);
        sees(&second);
        check(run, WITNESSING_AWAITED, SIDE_BIT(SIDE_BEARER));
        pass(4);
        check(run, WITNESSING_AWAITED, SIDE_BIT(SIDE_BEARER));
}
END_TEST

START_TEST(a_delegation_that_ended_counts_no_more)
{
        uint64_t run = issued();

        lets_act(&scene.payer, "stranger", RIGHT_READ);
        pass(4);
        sees(&scene.stranger);
        check(run, WITNESSING_AWAITED, 0);
}
END_TEST

/* ---- what is not taken */

static struct stage_note note;

static void by_another_node(void)
{
        stage_cosign(&scene.stage, &second.player, 0, &note);
}
static void by_another_key(void)
{
        struct player player = scene.payer.player;

        player.keys = second.player.keys;
        stage_cosign(&scene.stage, &player, 0, &note);
}
static void changed(void)
{
        stage_cosign(&scene.stage, &scene.payer.player, 0, &note);
        note.text[note.size - 20] ^= 1;
}
static void forged(uint64_t size)
{
        const struct digest root = { { 1, 2, 3 } };

        stage_forged(&scene.stage, size, &root, &note);
        stage_cosign(&scene.stage, &scene.payer.player, 0, &note);
}
static void another_root(void)
{
        forged(stage_entries(&scene.stage));
}
static void too_many(void)
{
        forged(stage_entries(&scene.stage) + 1);
}
static void empty(void)
{
        forged(0);
}
static void signed_as(const char *origin)
{
        struct checkpoint tree;
        struct note_key key;

        must(checkpoint_open((struct bytes) { note.text, note.size }, &scene.stage.hub->note_key,
                             &tree), "checkpoint_open");
        must(note_key_make(words(origin), second.player.keys.public.signing, &key),
             "note_key_make");
        note.size = checkpoint_sign(&tree, &key, second.player.keys.secret.signing, note.text);
        stage_cosign(&scene.stage, &scene.payer.player, 0, &note);
}
static void of_another_hub(void)
{
        signed_as("elsewhere.example");
}
static void signed_by_another(void)
{
        signed_as(scene.stage.hub->ring.origin);
}
static void hour_ahead(void)
{
        stage_cosign(&scene.stage, &scene.payer.player, 3602, &note);
}
static void padded(void)
{
        for (int i = 0; i < 12; i++)
                stage_cosign(&scene.stage, &scene.payer.player, i, &note);
}
static void no_note(void)
{
        note.size = 3;
}

static const struct {
        const char *says;
        void (*make)(void);
        enum refusal code;
} wrongs[] = {
        { "another node's line", by_another_node, REFUSAL_BAD_SIGNATURE },
        { "no line", nothing, REFUSAL_BAD_SIGNATURE },
        { "a line by another key", by_another_key, REFUSAL_BAD_SIGNATURE },
        { "a line that was changed", changed, REFUSAL_BAD_SIGNATURE },
        { "another root of that size", another_root, REFUSAL_BAD_VALUE },
        { "more entries than there are", too_many, REFUSAL_BAD_VALUE },
        { "a tree of nothing", empty, REFUSAL_BAD_VALUE },
        { "another hub's checkpoint", of_another_hub, REFUSAL_BAD_SIGNATURE },
        { "this hub's name by another key", signed_by_another, REFUSAL_BAD_SIGNATURE },
        { "a time more than an hour ahead", hour_ahead, REFUSAL_BAD_VALUE },
        { "a note that is too long", padded, REFUSAL_OVERSIZE },
        { "no note", no_note, REFUSAL_BAD_SIGNATURE },
};

START_TEST(what_is_not_taken_changes_nothing)
{
        struct stage_tables before, after;
        static const enum table none[] = { TABLE_COUNT };
        uint64_t run = issued(), size;
        enum refusal code;

        stage_note(&scene.stage, &note);
        wrongs[_i].make();
        stage_tables(&scene.stage, &before);
        code = sends(&scene.payer, &note, &size);
        ck_assert_msg(code == wrongs[_i].code, "%s: %d", wrongs[_i].says, code);
        ck_assert_uint_eq(size, 0);
        stage_tables(&scene.stage, &after);
        ck_assert_int_eq(stage_changed(&before, &after, none), TABLE_COUNT);
        check(run, WITNESSING_AWAITED, 0);
}
END_TEST

START_TEST(who_may_not_read_is_no_witness)
{
        uint64_t run = issued();

        stage_note(&scene.stage, &note);
        stage_cosign(&scene.stage, &blind.player, 0, &note);
        ck_assert_int_eq(sends(&blind, &note, NULL), REFUSAL_NOT_PERMITTED);
        check(run, WITNESSING_AWAITED, 0);
}
END_TEST

START_TEST(the_newest_of_a_witness_is_kept)
{
        struct stage_note old, same, back;
        uint64_t first = stage_entries(&scene.stage), size;

        stage_note(&scene.stage, &old);
        same = old;
        stage_cosign(&scene.stage, &scene.payer.player, 5, &old);
        stage_cosign(&scene.stage, &scene.payer.player, 6, &same);
        ck_assert_int_eq(sends(&scene.payer, &old, &size), 0);
        ck_assert_uint_eq(size, first);
        /* Again, and later, of the same tree; then a larger one with an earlier time. */
        ck_assert_int_eq(sends(&scene.payer, &old, &size), 0);
        ck_assert_int_eq(sends(&scene.payer, &same, &size), 0);
        agree();
        stage_note(&scene.stage, &back);
        stage_cosign(&scene.stage, &scene.payer.player, 0, &back);
        ck_assert_int_eq(sends(&scene.payer, &back, &size), REFUSAL_BAD_VALUE);
        ck_assert_uint_eq(size, first);
        scene.stage.now += 10 * SECOND;
        sees(&scene.payer);
        ck_assert_int_eq(sends(&scene.payer, &old, &size), 0);
        ck_assert_uint_gt(size, first);
        ck_assert_uint_eq(rows(TABLE_COSIGNED), 1);
        ck_assert_uint_eq(stage_entries(&scene.stage), size);
}
END_TEST

START_TEST(both_in_one_batch)
{
        struct stage_note a, b;
        uint64_t run = issued();

        stage_note(&scene.stage, &a);
        b = a;
        stage_cosign(&scene.stage, &scene.payer.player, 0, &a);
        stage_cosign(&scene.stage, &scene.network.player, 0, &b);
        stage_begin(&scene.stage);
        stage_take_cosign(&scene.stage, &scene.payer.player, &a, 1);
        stage_take_cosign(&scene.stage, &scene.network.player, &b, 2);
        stage_commit(&scene.stage);
        check(run, WITNESSING_SEEN, 3);
        check_heard(SIGNAL_STATEMENT_WITNESSED, 1, 0,
                    "final, witnessed: witnesses of both sides have seen the statement");
}
END_TEST

/* ---- whose are shown */

static uint32_t shown(const struct voice *voice, struct hub_frame *ret)
{
        const struct query query = { .id = 1, .kind = QUERY_WITNESSES };

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &voice->player, &query, 3);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 3, ret);
        ck_assert(!ret->answer.refused);
        return ret->answer.witness_count;
}

START_TEST(witnesses_are_shown_to_whom_they_concern)
{
        struct hub_frame frame;
        int64_t seconds;
        struct note_key key;

        agree();
        sees(&scene.payer);
        sees(&second);
        sees(&scene.network);
        ck_assert_uint_eq(shown(&scene.payer, &frame), 3);
        ck_assert_uint_eq(shown(&scene.network, &frame), 3);
        ck_assert_str_eq(frame.answer.witnesses[0].node.party.text, "network");
        must(cosigner_make(words(scene.stage.hub->ring.origin), &scene.network.player.path,
                           scene.network.player.keys.public.signing, &key), "cosigner_make");
        ck_assert_int_eq(cosignature_open(frame.answer.witnesses[0].note, &key, &seconds), 0);
        ck_assert_int_eq(seconds * SECOND, frame.answer.witnesses[0].time);
        ck_assert_uint_eq(shown(&scene.stranger, &frame), 0);
        sees(&scene.stranger);
        ck_assert_uint_eq(shown(&scene.stranger, &frame), 1);
        ck_assert_uint_eq(shown(&scene.payer, &frame), 3);
        lets_act(&scene.network, "stranger", RIGHT_READ);
        ck_assert_uint_eq(shown(&scene.payer, &frame), 4);
        ck_assert_uint_eq(shown(&scene.stranger, &frame), 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("witness");

        tcase_add_checked_fixture(tests, set_up, disputed_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, it_is_final_when_a_witness_of_each_side_has_seen_it, 0, 2);
        tcase_add_test(tests, the_entry_has_the_note);
        tcase_add_test(tests, what_is_not_in_the_tree_was_not_seen);
        tcase_add_loop_test(tests, after_the_limit_it_is_final_without, 0, COUNT_OF(limits));
        tcase_add_loop_test(tests, a_restated_statement_waits_anew, 0, 3);
        tcase_add_test(tests, money_does_not_wait);
        tcase_add_loop_test(tests, what_posts_waits_and_nothing_else, 0, COUNT_OF(kinds));
        tcase_add_loop_test(tests, who_acts_for_a_side_is_its_witness, 0, COUNT_OF(delegations));
        tcase_add_test(tests, nobody_is_a_witness_for_both_sides_or_for_the_other);
        tcase_add_test(tests, a_delegation_that_ended_counts_no_more);
        tcase_add_loop_test(tests, what_is_not_taken_changes_nothing, 0, COUNT_OF(wrongs));
        tcase_add_test(tests, who_may_not_read_is_no_witness);
        tcase_add_test(tests, the_newest_of_a_witness_is_kept);
        tcase_add_test(tests, both_in_one_batch);
        tcase_add_test(tests, witnesses_are_shown_to_whom_they_concern);
        return run_case(tests, "witness");
}
