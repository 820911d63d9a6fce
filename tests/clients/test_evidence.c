/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence: each kind, made of what a hub really signed, is believed; and with anything in the file
 * altered, by one octet or by one, it is not.
 */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "clients/evidence.h"
#include "clients/json.h"
#include "clients/verify.h"
#include "proof/base64.h"
#include "proof/checkpoint.h"
#include "proof/entry.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define ENTRIES_MAX 256

static struct scene scene;
static struct hasher *hasher;
static struct kept_entry log_entries[ENTRIES_MAX];
static struct digest leaves[ENTRIES_MAX];
static uint8_t *texts[ENTRIES_MAX];
static size_t log_size;
static char other_note[CHECKPOINT_MAX];
static uint64_t run;
static struct bytes first_said, second_said;

static int take_entry(void *with, const struct log_row *row)
{
        struct kept_entry *entry = &log_entries[log_size];

        (void)with;
        ck_assert_uint_lt(log_size, ENTRIES_MAX);
        *entry = (struct kept_entry) { .index = row->index, .time = row->time, .kind = row->kind };
        memcpy(entry->leaf.octets, row->leaf.octets, DIGEST_SIZE);
        leaves[log_size] = entry->leaf;
        texts[log_size] = malloc(row->bytes.size + 1);
        memcpy(texts[log_size], row->bytes.data, row->bytes.size);
        entry->bytes = (struct bytes) { texts[log_size++], row->bytes.size };
        return 0;
}

/* A statement that says a cent more than its terms and figures come to. */
static void issue_wrongly(void)
{
        struct statement *statement = calloc(1, sizeof(*statement));

        must(hub_compute(scene.stage.hub, run, statement), "hub_compute");
        ck_assert_int_eq(statement->status, STATEMENT_CALCULATED);
        statement->earned++;
        statement->payable++;
        stage_begin(&scene.stage);
        must(hub_post_statement(scene.stage.hub, statement), "hub_post_statement");
        stage_commit(&scene.stage);
        free(statement);
}

/* Two messages under one number. */
static void equivocate(void)
{
        struct event one = fact_event(FACT_HEAD_COUNT, 100, "");
        struct event other = fact_event(FACT_HEAD_COUNT, 200, "");

        first_said = voice_say(&scene.stage, &scene.network, &scene.contract, &one, 1);
        scene.network.said--;
        second_said = voice_say(&scene.stage, &scene.network, &scene.contract, &other, 1);
        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.network.player, first_said, 1);
        stage_take_submission(&scene.stage, &scene.network.player, second_said, 2);
        stage_commit(&scene.stage);
}

static void set_up(void)
{
        struct event facts[] = {
                fact_event(FACT_HEAD_COUNT, 5, ""), fact_event(FACT_EXPENDITURE, 90000, ""),
                fact_event(FACT_BENCHMARK, 100000, ""),
        };
        struct bytes note;

        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        must(hasher_new(&hasher), "hasher_new");
        voice_said(&scene.stage, &scene.payer, &scene.contract, facts, 3, NULL);
        run = scene_order_run(&scene, RUN_FINAL);
        issue_wrongly();
        equivocate();
        must(hub_visit_log(scene.stage.hub, 0, take_entry, NULL), "hub_visit_log");
        note = hub_checkpoint(scene.stage.hub, NULL);
        ck_assert_uint_gt(note.size, 0);
}

static void tear_down(void)
{
        for (size_t i = 0; i < log_size; i++)
                free(texts[i]);
        log_size = 0;
        free((void *)first_said.data);
        free((void *)second_said.data);
        hasher_free(hasher);
        scene_tear_down(&scene);
}

/* ---- making it */

/* By the hub's own key: it signs what it likes. */
static struct bytes sign(uint64_t size, const struct digest *root, const char *origin)
{
        const struct checkpoint tree = { size, *root };
        struct note_key key;

        must(note_key_make((struct bytes) { origin, strlen(origin) },
                           scene.stage.keys.public.signing, &key), "note_key_make");
        return (struct bytes) {
                other_note, checkpoint_sign(&tree, &key, scene.stage.keys.secret.signing,
                                            other_note),
        };
}

static void add_led(struct evidence *evidence, size_t index, const struct digest *under,
                    uint64_t at)
{
        struct merkle_leaves source = { hasher, under };
        const struct merkle_nodes nodes = merkle_nodes_of(&source);
        struct kept_entry entry = log_entries[index];
        size_t count;

        entry.leaf = under[index];
        merkle_inclusion(&nodes, hasher, index, log_size, entry.path, &count);
        entry.path_count = (uint32_t)count;
        entry.tree.size = at;
        if (at == 2)
                entry.bytes = (struct bytes) { NULL, 0 };
        must(evidence_add(evidence, &entry), "evidence_add");
}

static void add_genesis(struct evidence *evidence)
{
        must(evidence_add(evidence, &log_entries[0]), "evidence_add");
}

static void root_of(const struct digest *under, struct digest *ret)
{
        struct frontier frontier = { .size = 0 };

        for (size_t i = 0; i < log_size; i++)
                frontier_append(&frontier, hasher, &under[i]);
        frontier_root(&frontier, hasher, ret);
}

static void add_own_note(struct evidence *evidence)
{
        evidence->notes[evidence->note_count++] = hub_checkpoint(scene.stage.hub, NULL);
}

static void make_forked(struct evidence *evidence, bool with_entries)
{
        static struct digest others[ENTRIES_MAX];
        struct digest root;

        memcpy(others, leaves, sizeof(leaves));
        others[7].octets[0] ^= 1;
        root_of(others, &root);
        add_genesis(evidence);
        add_own_note(evidence);
        evidence->notes[evidence->note_count++] = sign(log_size, &root, "accord.example/stage");
        if (!with_entries)
                return;
        add_led(evidence, 7, leaves, 1);
        add_led(evidence, 7, others, 2);
}

static void make_checkpoints(struct evidence *evidence)
{
        make_forked(evidence, false);
}

static void make_entries(struct evidence *evidence)
{
        make_forked(evidence, true);
}

static void make_statement(struct evidence *evidence)
{
        evidence->run = run;
        add_own_note(evidence);
        add_genesis(evidence);
        for (size_t i = 1; i < log_size; i++)
                add_led(evidence, i, leaves, 1);
}

static void make_equivocation(struct evidence *evidence)
{
        add_own_note(evidence);
        add_genesis(evidence);
        for (size_t i = 1; i < log_size; i++)
                if (log_entries[i].kind == ENTRY_NODE_ADMISSION)
                        add_led(evidence, i, leaves, 1);
        evidence->said[evidence->said_count++] = first_said;
        evidence->said[evidence->said_count++] = second_said;
}

/* The log as it is goes on in a new epoch from entry 5: the rest is taken back. */
static void make_epoch(struct evidence *evidence)
{
        static struct sink body, record;
        struct record said = {
                .format = 1, .kind = ENTRY_EPOCH,
                .epoch = { .number = 2, .origin = { "accord.example/stage/2", 22 },
                           .end_size = log_size, .reason = { "the disk is lost" } },
        };
        struct kept_entry entry = { .index = 5, .kind = ENTRY_EPOCH, .time = 1 };
        struct signature signature;
        static uint8_t room[65536];
        struct bytes span;

        said.hub = hub_id(scene.stage.hub);
        sink_free(&body);
        sink_free(&record);
        must(sink_new(&body, 1024, 4096), "sink_new");
        must(sink_new(&record, 1024, 4096), "sink_new");
        must(wire_write_record_body(&body, &said), "wire_write_record_body");
        span = sink_bytes(&body);
        must(sign_spans(DOMAIN_HUB, &span, 1, scene.stage.keys.secret.signing,
                        (struct scratch) { room, sizeof(room) }, &signature), "sign_spans");
        must(wire_write_signed_record(&record, span, BYTES_OF(signature.octets)), "the record");
        entry.bytes = sink_bytes(&record);
        entry_leaf(hasher, &(struct entry_header) { .kind = ENTRY_EPOCH, .index = 5, .time = 1,
                                                    .length = (uint32_t)entry.bytes.size },
                   entry.bytes, &entry.leaf);
        add_own_note(evidence);
        add_genesis(evidence);
        must(evidence_add(evidence, &entry), "evidence_add");
        add_led(evidence, 7, leaves, 1);
}

/* ---- and judging it */

static void judge(const char *text, const uint8_t key[32], int *ret_refused, struct verdict *ret)
{
        own(evidence) struct evidence evidence = { .count = 0 };
        struct complaints *to = calloc(1, sizeof(*to));

        *ret = (struct verdict) { .proved = false };
        *ret_refused = evidence_read((struct bytes) { text, strlen(text) }, &evidence, to);
        ck_assert_int_ge(*ret_refused, 0);
        ck_assert_msg(!*ret_refused == !to->count, "refused without a word, or the other way");
        free(to);
        if (!*ret_refused)
                must(evidence_judge(&evidence, key, ret), "evidence_judge");
}

static const uint8_t *hub_key(void)
{
        return scene.stage.keys.public.signing;
}

static bool is_proved(struct json_object *document, struct verdict *ret)
{
        int refused;

        judge(json_object_to_json_string(document), hub_key(), &refused, ret);
        return !refused && ret->proved;
}

static const struct {
        enum evidence_kind kind;
        void (*make)(struct evidence *evidence);
        const char *against, *says;
} kinds[] = {
        { EVIDENCE_FORKED_CHECKPOINT, make_checkpoints, "the hub", "two different trees" },
        { EVIDENCE_FORKED_ENTRY, make_entries, "the hub", "two different entries" },
        { EVIDENCE_EQUIVOCATION, make_equivocation, "node network/n", "two different messages" },
        { EVIDENCE_WRONG_STATEMENT, make_statement, "the hub", "comes to something else" },
        { EVIDENCE_BROKEN_EPOCH, make_epoch, "the hub", "says so itself" },
};

static struct json_object *document_of(int i)
{
        struct evidence evidence = { .kind = kinds[i].kind };
        struct json_object *document;

        memcpy(evidence.key, hub_key(), 32);
        kinds[i].make(&evidence);
        document = evidence_object(&evidence);
        ck_assert_ptr_nonnull(document);
        evidence_cleanup(&evidence);
        return document;
}

START_TEST(each_kind_is_believed)
{
        struct json_object *document = document_of(_i);
        struct verdict verdict;

        ck_assert_msg(is_proved(document, &verdict), "not proved: %s", verdict.says);
        ck_assert_str_eq(verdict.against, kinds[_i].against);
        ck_assert_msg(strstr(verdict.says, kinds[_i].says), "%s", verdict.says);
        json_object_put(document);
}
END_TEST

START_TEST(under_another_key_nothing_is)
{
        struct json_object *document = document_of(_i);
        struct verdict verdict;
        struct keys others;
        int refused;

        keys_generate(KEY_KIND_HUB, &others);
        judge(json_object_to_json_string(document), others.public.signing, &refused, &verdict);
        ck_assert(!refused && !verdict.proved);
        keys_wipe(&others);
        json_object_put(document);
}
END_TEST

/* ---- altered: every value in the document, one after the other */

/* What says nothing: a time or kind beside a bare leaf. */
static bool is_of_no_weight(struct json_object *in, const char *key)
{
        return json_object_object_get_ex(in, "leaf", NULL) &&
               !json_object_object_get_ex(in, "bytes", NULL) &&
               (strcmp(key, "time") == 0 || strcmp(key, "kind") == 0);
}

static struct json_object *altered_text(struct json_object *was, size_t at)
{
        const char *text = json_object_get_string(was);
        size_t size = strlen(text), got;
        uint8_t *data = malloc(size + 1);
        char *again = malloc(2 * size + 8);
        struct json_object *ret;

        if (base64_parse((struct bytes) { text, size }, data, size, &got) && got > 16) {
                data[at * (got - 1) / 2] ^= 1;
                base64_print((struct bytes) { data, got }, again);
        } else {
                snprintf(again, 2 * size + 8, "%sx", text);
        }
        ret = json_object_new_string(again);
        free(data);
        free(again);
        return ret;
}

static struct json_object *altered(struct json_object *was, size_t at)
{
        if (json_object_is_type(was, json_type_string))
                return altered_text(was, at);
        return json_object_new_int64(json_object_get_int64(was) + (at ? 1 : -1));
}

struct altering {
        struct json_object *document;
        size_t tried;
};

/* Entries that a verdict does not need convict nobody, whatever stands in them: they must fail. */
static void try_value(struct altering *a, struct json_object *was, const char *key,
                      void (*put)(void *of, size_t at, struct json_object *value), void *of,
                      size_t place)
{
        struct verdict verdict;

        json_object_get(was);
        put(of, place, altered(was, a->tried++ % 3));
        ck_assert_msg(!is_proved(a->document, &verdict), "%s altered, and it is proved: %s", key,
                      verdict.says);
        put(of, place, was);
}

struct member {
        struct json_object *of;
        const char *key;
};

static void put_member(void *of, size_t at, struct json_object *value)
{
        const struct member *member = of;

        (void)at;
        json_object_object_add(member->of, member->key, value);
}

static void put_element(void *of, size_t at, struct json_object *value)
{
        json_object_array_put_idx(of, at, value);
}

static void alter_all(struct altering *a, struct json_object *in, const char *key);

static void alter(struct altering *a, struct json_object *value, const char *key,
                  void (*put)(void *of, size_t at, struct json_object *value), void *of, size_t at)
{
        if (json_object_is_type(value, json_type_object) ||
            json_object_is_type(value, json_type_array))
                alter_all(a, value, key);
        else
                try_value(a, value, key, put, of, at);
}

static void alter_all(struct altering *a, struct json_object *in, const char *key)
{
        if (json_object_is_type(in, json_type_array)) {
                for (size_t i = 0; i < json_object_array_length(in); i++)
                        alter(a, json_object_array_get_idx(in, i), key, put_element, in, i);
                return;
        }
        json_object_object_foreach(in, name, value) {
                struct member member = { in, name };

                if (!is_of_no_weight(in, name))
                        alter(a, value, name, put_member, &member, 0);
        }
}

START_TEST(with_anything_altered_it_is_not)
{
        struct altering a = { .document = document_of(_i) };
        struct verdict verdict;

        alter_all(&a, a.document, "");
        ck_assert_uint_ge(a.tried, 10);
        ck_assert_msg(is_proved(a.document, &verdict), "put back, and %s", verdict.says);
        json_object_put(a.document);
}
END_TEST

/* A file without what it needs proves nothing: an accuser must not win by leaving things out. */
START_TEST(with_an_entry_left_out_nobody_is_convicted_who_is_innocent)
{
        struct json_object *document = document_of(3), *entries;
        struct verdict verdict;
        size_t count;

        json_object_object_get_ex(document, "entries", &entries);
        count = json_object_array_length(entries);
        for (size_t i = 1; i < count; i++) {
                struct json_object *less = NULL;

                ck_assert_int_eq(json_object_deep_copy(document, &less, NULL), 0);
                json_object_object_get_ex(less, "entries", &entries);
                json_object_array_del_idx(entries, i, 1);
                ck_assert_msg(!is_proved(less, &verdict) ||
                              strstr(verdict.says, "comes to something else"), "%s", verdict.says);
                json_object_put(less);
        }
        json_object_put(document);
}
END_TEST

/* ---- what convicts nobody */

static void make_growth(struct evidence *evidence, bool holds)
{
        struct merkle_leaves source = { hasher, leaves };
        const struct merkle_nodes nodes = merkle_nodes_of(&source);
        struct frontier frontier = { .size = 0 };
        struct digest root;
        size_t count;

        for (size_t i = 0; i < 7; i++)
                frontier_append(&frontier, hasher, &leaves[i]);
        frontier_root(&frontier, hasher, &root);
        add_genesis(evidence);
        evidence->notes[evidence->note_count++] = sign(7, &root, "accord.example/stage");
        add_own_note(evidence);
        merkle_consistency(&nodes, hasher, 7, log_size, evidence->path, &count);
        evidence->path_count = (uint32_t)count;
        if (!holds)
                evidence->path[0].octets[0] ^= 1;
}

static const struct {
        const char *what;
        enum evidence_kind kind;
        bool holds;
        const char *says;
} unsigned_ones[] = {
        { "a path that holds", EVIDENCE_NOT_CONTINUED, true, "the path holds" },
        { "a path that does not", EVIDENCE_NOT_CONTINUED, false, "Ask the hub" },
        { "a receipt that leads", EVIDENCE_BAD_RECEIPT, true, "leads to its checkpoint" },
        { "a receipt that does not", EVIDENCE_BAD_RECEIPT, false, "Ask the hub" },
};

START_TEST(what_nobody_signed_convicts_nobody)
{
        own(evidence) struct evidence evidence = { .kind = unsigned_ones[_i].kind };
        struct verdict verdict;

        memcpy(evidence.key, hub_key(), 32);
        if (evidence.kind == EVIDENCE_NOT_CONTINUED) {
                make_growth(&evidence, unsigned_ones[_i].holds);
        } else {
                add_own_note(&evidence);
                add_led(&evidence, 7, leaves, 1);
                evidence.entries[0].bytes = (struct bytes) { NULL, 0 };
                evidence.entries[0].leaf.octets[0] ^= !unsigned_ones[_i].holds;
        }
        must(evidence_judge(&evidence, hub_key(), &verdict), "evidence_judge");
        ck_assert(!verdict.proved);
        ck_assert_msg(strstr(verdict.says, unsigned_ones[_i].says), "%s: %s",
                      unsigned_ones[_i].what, verdict.says);
}
END_TEST

int main(void)
{
        const int count = (int)(sizeof(kinds) / sizeof(kinds[0]));
        TCase *tests = tcase_create("evidence");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, each_kind_is_believed, 0, count);
        tcase_add_loop_test(tests, under_another_key_nothing_is, 0, count);
        tcase_add_loop_test(tests, with_anything_altered_it_is_not, 0, count);
        tcase_add_test(tests, with_an_entry_left_out_nobody_is_convicted_who_is_innocent);
        tcase_add_loop_test(tests, what_nobody_signed_convicts_nobody, 0, 4);
        return run_case(tests, "evidence");
}
