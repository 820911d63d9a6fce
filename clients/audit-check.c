/* SPDX-License-Identifier: Apache-2.0 */
/* What an auditor's directory proves, and what it does not. Without the hub, by the same core. */
#include "clients/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/exact.h"
#include "core/own.h"
#include "proto/wire.h"

static void root_of(struct audit *audit, uint64_t size, struct digest *ret)
{
        struct frontier frontier = { .size = 0 };

        for (uint64_t i = 0; i < size; i++)
                frontier_append(&frontier, audit->v.proof.hasher, &audit->leaves[i]);
        frontier_root(&frontier, audit->v.proof.hasher, ret);
}

static bool check_leaves(struct audit *audit)
{
        struct digest root;

        if (audit->checkpoint.size != audit->size) {
                verify_row(&audit->v, "leaves", HOLDS_NO, audit->size,
                           "the checkpoint is over %" PRIu64, audit->checkpoint.size);
                return false;
        }
        root_of(audit, audit->size, &root);
        if (!digest_equal(&root, &audit->checkpoint.root)) {
                verify_row(&audit->v, "leaves", HOLDS_NO, audit->size,
                           "they come to another root than the one that is signed");
                return false;
        }
        verify_row(&audit->v, "leaves", HOLDS_YES, audit->size,
                   "they come to the root that the hub signed, in epoch %" PRIu32, audit->epoch);
        verify_proved(&audit->v, "the hub signed this log of %" PRIu64 " entries", audit->size);
        return true;
}

/* ---- the order of things */

struct number {
        struct node_path node;
        struct stream_id stream;
        uint64_t sequence, index;
};

struct ordering {
        struct audit *audit;
        struct number *numbers;         /* owned; in the order of the log */
        size_t count;
        struct arena arena;
        uint64_t journal, bad_journal, bad_time;
};

static void ordering_cleanup(struct ordering *o)
{
        free(o->numbers);
        arena_free(&o->arena);
}

static void take_number(struct ordering *o, const struct kept_entry *entry,
                        const struct node_path *node, const struct stream_id *stream,
                        uint64_t sequence)
{
        o->numbers[o->count++] = (struct number) { *node, *stream, sequence, entry->index };
}

static bool sums_to_nothing(const struct journal_entry *entry)
{
        wide sum = 0;

        for (uint32_t i = 0; i < entry->leg_count; i++)
                sum += entry->legs[i].cents;
        return sum == 0;
}

static void look_at(struct ordering *o, const struct kept_entry *entry)
{
        struct submission said;
        struct record record;
        struct fault fault;

        arena_reset(&o->arena);
        if (entry->kind == ENTRY_SUBMISSION) {
                if (!wire_read_submission(entry->bytes, &o->arena, &said, &fault))
                        take_number(o, entry, &said.sender, &said.stream, said.sequence);
                return;
        }
        if (wire_read_record(entry->bytes, &o->arena, &record, &fault))
                return;
        if (record.kind == ENTRY_REFUSAL) {
                take_number(o, entry, &record.refusal.node, &record.refusal.stream,
                            record.refusal.sequence);
        } else if (record.kind == ENTRY_JOURNAL_ENTRY) {
                o->journal++;
                o->bad_journal += !sums_to_nothing(&record.journal_entry);
        }
}

static int by_stream(const void *a, const void *b)
{
        const struct number *x = a, *y = b;
        int r = memcmp(&x->node, &y->node, sizeof(x->node));

        if (!r)
                r = memcmp(&x->stream, &y->stream, sizeof(x->stream));
        return r ? r : x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* In each stream one number once, and later ones later in the log; what is between: not shown. */
static void check_numbers(struct ordering *o)
{
        uint64_t gaps = 0, bad = 0;

        qsort(o->numbers, o->count, sizeof(*o->numbers), by_stream);
        for (size_t i = 1; i < o->count; i++) {
                const struct number *a = &o->numbers[i - 1], *b = &o->numbers[i];

                if (memcmp(&a->node, &b->node, sizeof(a->node)) ||
                    memcmp(&a->stream, &b->stream, sizeof(a->stream)))
                        continue;
                bad += b->sequence == a->sequence || b->index <= a->index;
                gaps += b->sequence > a->sequence + 1;
        }
        verify_row(&o->audit->v, "numbers", bad ? HOLDS_NO : gaps ? HOLDS_OPEN : HOLDS_YES,
                   o->count, bad ? "a node's numbers do not grow with the log" : gaps ?
                   "each once and in order; what lies between some was not released" :
                   "each once, in order, without a gap");
        if (gaps)
                verify_open(&o->audit->v, "%" PRIu64 " gaps between released submissions", gaps);
}

static enum exit_code check_order(struct audit *audit)
{
        own(ordering) struct ordering o = { .audit = audit };
        const struct bundle *bundle = &audit->bundle;

        o.numbers = calloc(bundle->count + 1, sizeof(*o.numbers));
        if (!o.numbers || arena_new(&o.arena, WIRE_ARENA_SIZE))
                return say_failure(-ENOMEM, "accord audit");
        for (size_t i = 0; i < bundle->count; i++) {
                look_at(&o, &bundle->entries[i]);
                o.bad_time += i > 0 && bundle->entries[i].time <= bundle->entries[i - 1].time;
        }
        verify_row(&audit->v, "times", o.bad_time ? HOLDS_NO : HOLDS_YES, bundle->count,
                   o.bad_time ? "a later entry is not later" : "they grow with the log");
        check_numbers(&o);
        if (o.journal)
                verify_row(&audit->v, "books", o.bad_journal ? HOLDS_NO : HOLDS_YES, o.journal,
                           o.bad_journal ? "an entry does not come to nothing" :
                           "each entry comes to nothing");
        return EXIT_DONE;
}

/* ---- statements */

static enum exit_code check_statements(struct audit *audit)
{
        own(arena) struct arena arena = { .data = NULL };
        enum exit_code code = EXIT_DONE;
        struct record record;
        struct fault fault;

        if (arena_new(&arena, WIRE_ARENA_SIZE))
                return say_failure(-ENOMEM, "accord audit");
        for (size_t i = 0; !code && i < audit->bundle.count; i++) {
                const struct kept_entry *entry = &audit->bundle.entries[i];

                arena_reset(&arena);
                if (entry->kind != ENTRY_STATEMENT ||
                    wire_read_record(entry->bytes, &arena, &record, &fault))
                        continue;
                audit->bundle.run = record.statement->run.cut;
                code = verify_made_again(&audit->v, &audit->bundle);
        }
        return code;
}

/* ---- what an earlier audit saw */

/* Of an earlier epoch only what was kept of it has to be there still. */
static uint64_t kept_of(const struct hub_ring *ring, const struct audit *since)
{
        uint64_t size = since->size;

        for (uint32_t i = 0; i < ring->epoch_count; i++)
                if (ring->epochs[i].number > since->epoch && ring->epochs[i].index < size)
                        size = ring->epochs[i].index;
        return size;
}

static void check_since(struct audit *audit, struct audit *since)
{
        bool holds = audit_open(since) && since->checkpoint.size == since->size;
        uint64_t kept = holds ? kept_of(&audit->v.proof.ring, since) : since->size;
        struct digest root;

        root_of(since, since->size, &root);
        holds = holds && kept <= audit->size &&
                memcmp(since->leaves, audit->leaves, kept * DIGEST_SIZE) == 0 &&
                digest_equal(&root, &since->checkpoint.root);
        verify_row(&audit->v, "since", holds ? HOLDS_YES : HOLDS_NO, kept, holds ?
                   "the log goes on from the one that was seen then" :
                   "it is not the log that was seen then, gone on");
        if (holds && kept < since->size)
                verify_open(&audit->v, "%" PRIu64 " entries that were seen then are lost, as an "
                            "epoch says", since->size - kept);
}

/* ---- all of it */

static void check_entries(struct audit *audit)
{
        struct stated all = { .bundle = &audit->bundle, .what = "entries" };

        if (arena_new(&all.work, WIRE_ARENA_SIZE)) {
                say_failure(-ENOMEM, "accord audit");
                return;
        }
        verify_entries(&audit->v, &all);
        arena_free(&all.work);
        if (!all.failed)
                verify_proved(&audit->v, "%zu of them are as they were released%s",
                              audit->bundle.count, all.open ? "" : ", by who signed them");
        if (!all.failed && all.open)
                verify_open(&audit->v, "who signed some of them: their keys were not released");
}

enum exit_code audit_check(struct audit *audit, struct audit *since)
{
        enum exit_code code = EXIT_DONE;

        if (!audit_open(audit) || !check_leaves(audit))
                return EXIT_DONE;
        if (since)
                check_since(audit, since);
        check_entries(audit);
        if (!audit->v.failed)
                code = check_order(audit);
        if (!code && !audit->v.failed)
                code = check_statements(audit);
        if (audit->size > audit->bundle.count)
                verify_open(&audit->v, "what the other %" PRIu64 " entries say",
                            audit->size - audit->bundle.count);
        if (!audit->is_key_given)
                verify_open(&audit->v, "that hub.pub is the hub's key: give it by --hub-key");
        return code;
}
