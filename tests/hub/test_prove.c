/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept beside the log and does not follow from it is found and named: books, checkpoint. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/prove.h"
#include "daemon/state_life.h"
#include "store/cursor.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct scene scene;

static void say_facts(void)
{
        struct event events[] = {
                fact_event(FACT_HEAD_COUNT, 5, ""), fact_event(FACT_BENCHMARK, 100000, ""),
                fact_event(FACT_EXPENDITURE, 90000, ""),
        };

        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 3, NULL),
                         HUB_RECEIPT);
}

/* A contract whose settlement stands in the books. */
static void set_up(void)
{
        struct statement *statement = calloc(1, sizeof(*statement));
        uint64_t run;

        ck_assert_ptr_nonnull(statement);
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        say_facts();
        run = scene_order_run(&scene, RUN_FINAL);
        must(hub_compute(scene.stage.hub, run, statement), "hub_compute");
        stage_begin(&scene.stage);
        must(hub_post_statement(scene.stage.hub, statement), "hub_post_statement");
        stage_commit(&scene.stage);
        free(statement);
}

static void tear_down(void)
{
        scene_tear_down(&scene);
}

static int books(char finding[256])
{
        struct replay_report report = { .entries = 0 };
        int r = prove_books(scene.stage.hub, NULL, NULL, &report);

        memcpy(finding, report.finding, sizeof(report.finding));
        return r;
}

/* A pass of the scrub, to its end or to what it finds. */
static int pass(const char **ret_says)
{
        struct proving proving = { .stage = PROVING_LOG };
        static struct prover *prover;
        int r;

        prover_free(prover);
        must(prover_new(&prover, scene.stage.hub), "prover_new");
        do {
                r = prover_step(prover, &proving, 7, ret_says);
        } while (!r && proving.stage != PROVING_DONE);
        return r;
}

/* The first row of a table, its key and a copy of its value. */
static struct bytes first_row(struct store_txn *txn, enum table table, uint8_t value[1024],
                              uint8_t key[512], struct bytes *ret_key)
{
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes k, v;

        must(cursor_open(txn, table, (struct bytes) { NULL, 0 }, &cursor), "cursor_open");
        must(cursor_next(cursor, &k, &v), "cursor_next");
        memcpy(key, k.data, k.size);
        memcpy(value, v.data, v.size);
        *ret_key = (struct bytes) { key, k.size };
        return (struct bytes) { value, v.size };
}

enum change { FLIP, DROP, TWICE };

static void damage(enum table table, enum change change, size_t octet)
{
        struct store_txn *txn = NULL;
        uint8_t value[1024], key[512];
        struct bytes row, at;

        must(store_begin_write(scene.stage.hub->env, &txn), "store_begin_write");
        row = first_row(txn, table, value, key, &at);
        ck_assert_uint_lt(octet, row.size);
        if (change == FLIP)
                value[octet] ^= 1;
        if (change == TWICE)
                key[at.size - 1] = 9;   /* of another account, or another entry */
        if (change == DROP)
                must(store_del(txn, table, at), "store_del");
        else
                must(store_put(txn, table, at, row), "store_put");
        must(store_commit(txn), "store_commit");
}

static const struct {
        const char *says;
        enum table table;
        enum change change;
        size_t octet;
        const char *finding;
} changes[] = {
        { "a sum", TABLE_BALANCE, FLIP, 7, "the account is not what its entries come to" },
        { "what was voided", TABLE_BALANCE, FLIP, 47,
          "the account is not what its entries come to" },
        { "an account less", TABLE_BALANCE, DROP, 0,
          "the account is not what its entries come to" },
        { "an account more", TABLE_BALANCE, TWICE, 0, "accounts, its entries make" },
        { "of which run it is", TABLE_JOURNAL, FLIP, 7, "the log says something else of it" },
        { "its purpose", TABLE_JOURNAL, FLIP, 8, "the log says something else of it" },
        { "its cents", TABLE_JOURNAL, FLIP, 16, "the log says something else of it" },
        { "its state", TABLE_JOURNAL, FLIP, 17, "the log has it in another state" },
        { "what posted it", TABLE_JOURNAL, FLIP, 25, "what posted or voided it is not in the log" },
        { "what it takes back", TABLE_JOURNAL, FLIP, 33, "the log says something else of it" },
        { "what took it back", TABLE_JOURNAL, FLIP, 41, "what took it back is not in the log" },
        { "an entry less", TABLE_JOURNAL, DROP, 0, "accounts, its entries make" },
        { "an entry more", TABLE_JOURNAL, TWICE, 0, "it is not in the log" },
};

START_TEST(a_row_of_the_books_that_does_not_follow_is_found)
{
        char finding[256];
        const char *says;

        ck_assert_int_eq(books(finding), 0);
        ck_assert_int_eq(pass(&says), 0);
        damage(changes[_i].table, changes[_i].change, changes[_i].octet);
        ck_assert_msg(books(finding) == -EILSEQ, "%s", changes[_i].says);
        ck_assert_msg(strstr(finding, changes[_i].finding), "%s: %s", changes[_i].says, finding);
        ck_assert_msg(pass(&says) == -EILSEQ, "%s", changes[_i].says);
        ck_assert_str_eq(says, finding);
}
END_TEST

/* The first entry of the books as the log has it. */
static int take_entry(void *ret, const struct log_row *row)
{
        static struct arena arena;
        struct fault fault;

        if (row->kind != ENTRY_JOURNAL_ENTRY)
                return 0;
        if (!arena.data)
                must(arena_new(&arena, WIRE_ARENA_SIZE), "arena_new");
        arena_reset(&arena);
        must(wire_read_record(row->bytes, &arena, ret, &fault), "wire_read_record");
        return 1;
}

/* No fold lets such an entry in: it is what a hub would have that keeps no books. */
START_TEST(an_entry_whose_legs_do_not_sum_to_nothing_is_found)
{
        struct hub *hub = scene.stage.hub;
        struct journal_state_row row = { .contract_no = 1 };
        const uint8_t signature[64] = { 0 };
        char finding[256];
        struct record record;
        struct entry entry;

        ck_assert_int_eq(hub_visit_log(hub, 0, take_entry, &record), 1);
        record.journal_entry.legs[0].cents++;
        stage_begin(&scene.stage);
        must(state_journal_next(hub->txn, 1, 0, &row), "state_journal_next");
        sink_reset(&hub->body);
        must(wire_write_record_body(&hub->body, &record), "wire_write_record_body");
        sink_reset(&hub->record);
        must(wire_write_signed_record(&hub->record, sink_bytes(&hub->body), BYTES_OF(signature)),
             "wire_write_signed_record");
        must(hub_append(hub, ENTRY_JOURNAL_ENTRY, sink_bytes(&hub->record), &entry), "hub_append");
        row.index = entry.index;
        must(state_journal_put(hub->txn, &row), "state_journal_put");
        stage_commit(&scene.stage);
        ck_assert_int_eq(books(finding), -EILSEQ);
        ck_assert_ptr_nonnull(strstr(finding, "its legs do not sum to nothing"));
}
END_TEST

static void put_checkpoint(void (*change)(uint8_t *note, size_t *size))
{
        static const struct bytes key = { "checkpoint", 10 };
        struct store_txn *txn = NULL;
        uint8_t note[2048];
        struct bytes row;
        size_t size;

        must(store_begin_write(scene.stage.hub->env, &txn), "store_begin_write");
        must(store_get(txn, TABLE_META, key, &row), "store_get");
        memcpy(note, row.data, row.size);
        size = row.size;
        change(note, &size);
        must(store_put(txn, TABLE_META, key, (struct bytes) { note, size }), "store_put");
        must(store_commit(txn), "store_commit");
}

static void another_origin(uint8_t *note, size_t *size)
{
        (void)size;
        note[0] ^= 1;
}

static void another_root(uint8_t *note, size_t *size)
{
        uint8_t *line = memchr(note, '\n', *size);

        line = memchr(line + 1, '\n', *size - (size_t)(line + 1 - note));
        line[1] = line[1] == 'A' ? 'B' : 'A';
}

static void another_signature(uint8_t *note, size_t *size)
{
        note[*size - 10] = note[*size - 10] == 'A' ? 'B' : 'A';
}

static void cut_short(uint8_t *note, size_t *size)
{
        (void)note;
        *size -= 1;
}

static void (*const notes[])(uint8_t *note, size_t *size) = {
        another_origin, another_root, another_signature, cut_short,
};

START_TEST(a_checkpoint_that_the_hub_has_not_signed_of_this_log_is_found)
{
        struct replay_report report = { .entries = 0 };

        ck_assert_int_eq(prove_checkpoint(scene.stage.hub, &report), 0);
        put_checkpoint(notes[_i]);
        ck_assert_int_eq(prove_checkpoint(scene.stage.hub, &report), -EILSEQ);
        ck_assert_str_eq(report.finding, "META: the checkpoint is not one that the hub has signed "
                                         "of this log");
}
END_TEST

/* What a condemned hub does, without the daemon around it. */
START_TEST(a_hub_that_met_damage_takes_nothing_and_looks_on)
{
        struct event event = fact_event(FACT_HEAD_COUNT, 6, "");
        uint64_t size = hub_size(scene.stage.hub);
        char before[CHECKPOINT_MAX];
        struct bytes note = hub_checkpoint(scene.stage.hub, NULL);

        memcpy(before, note.data, note.size);
        hub_condemn(scene.stage.hub, "the first");
        hub_condemn(scene.stage.hub, "the second");
        ck_assert_str_eq(hub_condemned(scene.stage.hub), "the first");
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &event, 1, NULL),
                         HUB_BUSY);
        ck_assert_uint_eq(hub_size(scene.stage.hub), size);
        note = hub_checkpoint(scene.stage.hub, NULL);
        ck_assert_int_eq(memcmp(before, note.data, note.size), 0);
}
END_TEST

START_TEST(a_batch_that_is_open_when_damage_is_met_is_not_committed)
{
        struct party_admission admission = { .title = { "late" }, .present = true };
        uint64_t index, size = hub_size(scene.stage.hub);
        const char *says;

        strcpy(admission.party.text, "late");
        admission.roles[0] = (struct role) { ROLE_PAYER, 0, DATE_NONE };
        admission.role_count = 1;
        stage_begin(&scene.stage);
        ck_assert_int_eq(hub_admit_party(scene.stage.hub, &admission, &index, &says), 0);
        hub_condemn(scene.stage.hub, "damage");
        ck_assert_int_eq(hub_commit(scene.stage.hub), -ECANCELED);
        hub_abort(scene.stage.hub);
        ck_assert_uint_eq(hub_size(scene.stage.hub), size);
        stage_reopen(&scene.stage);
        ck_assert_uint_eq(hub_size(scene.stage.hub), size);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("prove");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_loop_test(tests, a_row_of_the_books_that_does_not_follow_is_found, 0,
                            COUNT_OF(changes));
        tcase_add_test(tests, an_entry_whose_legs_do_not_sum_to_nothing_is_found);
        tcase_add_loop_test(tests, a_checkpoint_that_the_hub_has_not_signed_of_this_log_is_found, 0,
                            COUNT_OF(notes));
        tcase_add_test(tests, a_hub_that_met_damage_takes_nothing_and_looks_on);
        tcase_add_test(tests, a_batch_that_is_open_when_damage_is_met_is_not_committed);
        return run_case(tests, "hub/prove");
}
