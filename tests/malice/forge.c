/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/malice/forge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/checkpoint.h"
#include "proto/wire.h"
#include "store/env.h"
#include "store/guard.h"
#include "store/log.h"
#include "store/tip.h"
#include "store/txn.h"
#include "tests/world/must.h"

#define ENTRIES_MAX 1024
#define MAP_SIZE ((size_t)1 << 30)

/* The whole past, in memory. */
struct past {
        const struct accordd *accordd;
        uint64_t count;
        struct entry { uint8_t kind; int64_t time; struct bytes bytes; } entries[ENTRIES_MAX];
        struct bytes origin;            /* of its checkpoints; in the genesis */
        struct arena arena;
        struct sink body, whole;
        struct scratch scratch;
};

static struct bytes copy_of(struct bytes bytes)
{
        void *copy = malloc(bytes.size + 1);

        must_be(copy != NULL, "memory");
        memcpy(copy, bytes.data, bytes.size);
        return (struct bytes) { copy, bytes.size };
}

static void past_load(struct past *past, struct store_env *env)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct log_entry entry;
        struct record record;
        struct fault fault;
        struct log_tip tip;
        struct frontier frontier;

        must(arena_new(&past->arena, WIRE_ARENA_SIZE), "memory");
        must(sink_new(&past->body, 65536, WIRE_SUBMISSION_MAX), "memory");
        must(sink_new(&past->whole, 65536, WIRE_SUBMISSION_MAX), "memory");
        past->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_RECORD_MAX);
        past->scratch.data = malloc(past->scratch.size);
        must(store_begin_read(env, &txn), "reading");
        must(log_stored_tip(txn, &tip, &frontier), "the tip");
        must_be(tip.size <= ENTRIES_MAX, "a short past");
        for (uint64_t i = 0; i < tip.size; i++) {
                must(log_read(txn, i, &entry), "an entry");
                past->entries[i] = (struct entry) {
                        entry.header.kind, entry.header.time, copy_of(entry.bytes),
                };
        }
        past->count = tip.size;
        must(wire_read_record(past->entries[0].bytes, &past->arena, &record, &fault), "genesis");
        past->origin = record.genesis.origin;
}

static void past_free(struct past *past)
{
        for (uint64_t i = 0; i < past->count; i++)
                free((void *)past->entries[i].bytes.data);
        arena_free(&past->arena);
        sink_free(&past->body);
        sink_free(&past->whole);
        free(past->scratch.data);
        free(past);
}

static void sign_tip(const struct past *past, struct store_txn *txn, const struct log_tip *tip)
{
        const struct checkpoint checkpoint = { tip->size, tip->root };
        const struct keys *keys = &past->accordd->keys;
        char note[CHECKPOINT_MAX];
        struct note_key key;
        size_t size;

        must(note_key_make(past->origin, keys->public.signing, &key), "a key");
        size = checkpoint_sign(&checkpoint, &key, keys->secret.signing, note);
        must(store_put(txn, TABLE_META, (struct bytes) { "checkpoint", 10 },
                       (struct bytes) { note, size }), "a checkpoint");
}

/* As if it had always been like that. */
static void past_write(const struct past *past, struct store_env *env)
{
        static const enum table tables[] = { TABLE_LOG, TABLE_LEAF, TABLE_TREE };
        struct store_txn *txn = NULL;
        struct store_log *log = NULL;
        struct entry_header header;
        struct log_tip tip;

        must(store_begin_write(env, &txn), "writing");
        for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
                must(store_clear(txn, tables[i]), "forgetting");
        must(store_del(txn, TABLE_META, tip_key), "forgetting");
        must(log_load(txn, UINT64_MAX, &log), "an empty log");
        must(log_begin(log, txn), "a new past");
        for (uint64_t i = 0; i < past->count; i++)
                must(log_append(log, txn, past->entries[i].kind, past->entries[i].time,
                                &past->entries[i].bytes, 1, &header), "an entry");
        must(log_prepare_commit(log, txn, &tip), "a new past");
        sign_tip(past, txn, &tip);
        must(store_commit(txn), "writing");
        log_committed(log);
        log_free(log);
}

/* The place of the last entry of a kind before @before; ends the test when there is none. */
static uint64_t last_of(const struct past *past, enum entry_kind kind, uint64_t before)
{
        while (before-- > 0)
                if (past->entries[before].kind == kind)
                        return before;
        die("the past has no entry of kind %d", (int)kind);
}

static void drop(struct past *past)
{
        uint64_t at = last_of(past, ENTRY_SUBMISSION, past->count);

        free((void *)past->entries[at].bytes.data);
        memmove(&past->entries[at], &past->entries[at + 1],
                (--past->count - at) * sizeof(past->entries[0]));
}

static void reorder(struct past *past)
{
        uint64_t b = last_of(past, ENTRY_SUBMISSION, past->count);
        uint64_t a = last_of(past, ENTRY_SUBMISSION, b);
        struct bytes other = past->entries[a].bytes;

        past->entries[a].bytes = past->entries[b].bytes;
        past->entries[b].bytes = other;
}

static void replace(struct past *past, uint64_t at)
{
        free((void *)past->entries[at].bytes.data);
        past->entries[at].bytes = copy_of(sink_bytes(&past->whole));
}

static bool add_a_cent(struct submission *submission)
{
        struct event *events = (struct event *)submission->events;

        for (uint32_t i = 0; i < submission->event_count; i++)
                if (events[i].kind == EVENT_FACT && events[i].fact.value.unit == UNIT_CENTS) {
                        events[i].fact.value.num++;
                        return true;
                }
        return false;
}

/* The sender's signature stays where it was, over what it is no more of. */
static void alter_amount(struct past *past)
{
        struct submission submission;
        struct fault fault;
        uint64_t at = past->count;

        do {
                at = last_of(past, ENTRY_SUBMISSION, at);
                must(wire_read_submission(past->entries[at].bytes, &past->arena, &submission,
                                          &fault), "a submission");
        } while (!add_a_cent(&submission));
        must(wire_write_submission_body(&past->body, &submission), "a body");
        must(wire_write_signed_submission(&past->whole, sink_bytes(&past->body),
                                          submission.signature), "a submission");
        replace(past, at);
}

static void alter_statement(struct past *past)
{
        uint64_t at = last_of(past, ENTRY_STATEMENT, past->count);
        struct signature signature;
        struct record record;
        struct fault fault;
        struct bytes body;

        must(wire_read_record(past->entries[at].bytes, &past->arena, &record, &fault),
             "a statement");
        record.statement->payable += 100;
        must(wire_write_record_body(&past->body, &record), "a body");
        body = sink_bytes(&past->body);
        must(sign_spans(DOMAIN_HUB, &body, 1, past->accordd->keys.secret.signing, past->scratch,
                        &signature), "a signature");
        must(wire_write_signed_record(&past->whole, body, BYTES_OF(signature.octets)),
             "a record");
        replace(past, at);
}

static struct store_env *open_store(const struct accordd *accordd)
{
        const struct store_options options = {
                .directory = accordd->ledger, .map_size = MAP_SIZE,
        };
        struct store_env *env = NULL;

        must(store_open(&options, &env), accordd->ledger);
        return env;
}

void forge(const struct accordd *accordd, enum forgery what)
{
        static void (*const forgeries[])(struct past *past) = {
                [FORGE_DROP] = drop, [FORGE_REORDER] = reorder, [FORGE_AMOUNT] = alter_amount,
                [FORGE_STATEMENT] = alter_statement,
        };
        own(store_env) struct store_env *env = open_store(accordd);
        struct past *past = calloc(1, sizeof(*past));

        must_be(past != NULL, "memory");
        past->accordd = accordd;
        past_load(past, env);
        forgeries[what](past);
        past_write(past, env);
        past_free(past);
}

void forge_guard(const struct accordd *accordd)
{
        own(store_env) struct store_env *env = open_store(accordd);
        own(store_txn) struct store_txn *txn = NULL;
        struct guard_mark mark = { .epoch = 1 };
        struct frontier frontier;
        struct log_tip tip;
        char path[256];

        must(store_begin_read(env, &txn), "reading");
        must(log_stored_tip(txn, &tip, &frontier), "the tip");
        must(log_leaf(txn, 0, &mark.genesis), "the genesis");
        mark.size = tip.size;
        mark.root = tip.root;
        mark.time = tip.time;
        snprintf(path, sizeof(path), "%s/guard", accordd->directory);
        must(guard_replace(path, NULL, &mark), path);
}
