/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/evidence-make.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/take.h"
#include "core/own.h"
#include "proof/entry.h"
#include "proto/wire.h"

void making_cleanup(struct making *making)
{
        evidence_cleanup(&making->evidence);
        audit_cleanup(&making->audit);
        bundle_cleanup(&making->bundle);
        accord_proofs_close(making->proofs);
        reach_cleanup(&making->reach);
        file_cleanup(&making->files[0]);
        file_cleanup(&making->files[1]);
}

static enum exit_code no_memory(void)
{
        return say_failure(-ENOMEM, "the evidence");
}

static enum exit_code absent(const char *what, const char *which)
{
        say_error("there is no %s %s here", what, which);
        return EXIT_ABSENT;
}

static enum exit_code take_index(const struct making *making, const char *text, uint64_t *ret)
{
        char *end;

        *ret = strtoull(text, &end, 10);
        return *text >= '0' && *text <= '9' && !*end ? EXIT_DONE
                       : call_misused(making->call, "%s is no number", text);
}

/* Spans of a store are valid until the next call: copied. */
static bool keep(struct making *making, struct bytes *bytes)
{
        void *data = arena_take(&making->evidence.arena, bytes->size + 1);

        if (data && bytes->size)
                memcpy(data, bytes->data, bytes->size);
        bytes->data = data;
        return data != NULL;
}

static bool add_note(struct making *making, struct bytes note)
{
        struct evidence *evidence = &making->evidence;

        if (evidence->note_count == 2 || !keep(making, &note))
                return false;
        evidence->notes[evidence->note_count++] = note;
        return true;
}

/* ---- the hub's keys and epochs, and where all the rest comes from */

static int leaf_of(struct kept_entry *entry)
{
        const struct entry_header header = {
                .kind = (uint8_t)entry->kind, .length = (uint32_t)entry->bytes.size,
                .index = entry->index, .time = entry->time,
        };
        own(hasher) struct hasher *hasher = NULL;
        int r = hasher_new(&hasher);

        if (!r)
                entry_leaf(hasher, &header, entry->bytes, &entry->leaf);
        return r;
}

static int add_record(void *with, const struct record_entry *record)
{
        struct making *making = with;
        struct kept_entry entry = { .index = record->index, .time = record->time,
                                    .bytes = record->record };
        struct record said;
        struct fault fault;
        struct arena arena;
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        if (!r)
                r = wire_read_record(record->record, &arena, &said, &fault) ? -EBADMSG : 0;
        entry.kind = r ? 0 : (uint32_t)said.kind;
        arena_free(&arena);
        if (!r)
                r = leaf_of(&entry);
        if (r || !keep(making, &entry.bytes))
                return r ? r : -ENOMEM;
        return evidence_add(&making->evidence, &entry);
}

static enum exit_code open_store(struct making *making)
{
        const struct accord_proofs_visitor visitor = { .ring = add_record, .with = making };
        struct accord_error error = { 0 };
        enum exit_code code = reach_profile(making->call->cli, &making->reach);

        if (code)
                return code;
        if (arena_new(&making->evidence.arena, 2 * EVIDENCE_FILE_MAX))
                return no_memory();
        if (accord_proofs_read(&making->proofs, &making->reach.profile, &error) ||
            accord_proofs_visit(making->proofs, &visitor, &error))
                return reach_failed(&error);
        memcpy(making->evidence.key, making->reach.profile.hub_signing_key, 32);
        return EXIT_DONE;
}

/* Keys and checkpoint must hold: evidence is not made of what does not. */
static enum exit_code open_audit(struct making *making)
{
        struct audit *audit = &making->audit;
        enum exit_code code = audit_load(making->call, call_value(making->call, "audit"), audit);

        if (code)
                return code;
        if (arena_new(&making->evidence.arena, 2 * EVIDENCE_FILE_MAX))
                return no_memory();
        if (!audit_open(audit) || audit->checkpoint.size != audit->size) {
                say_error("%s: its checkpoint does not hold: accord audit check",
                          call_value(making->call, "audit"));
                return EXIT_INTEGRITY;
        }
        memcpy(making->evidence.key, audit->v.proof.signing_key, 32);
        return add_note(making, (struct bytes) { audit->note, audit->note_size }) ? EXIT_DONE
                                                                                 : no_memory();
}

static bool is_of_the_ring(uint32_t kind)
{
        return kind == ENTRY_GENESIS || kind == ENTRY_HUB_KEY || kind == ENTRY_EPOCH;
}

/* An entry of the audit, with its path; records of keys go without. */
static enum exit_code add_audited(struct making *making, const struct kept_entry *from)
{
        struct kept_entry entry = *from;

        if (!is_of_the_ring(entry.kind)) {
                audit_path(&making->audit, entry.index, &entry);
                entry.tree.size = 1;
        }
        return evidence_add(&making->evidence, &entry) ? no_memory() : EXIT_DONE;
}

/* ---- from the store's contradictions */

enum evidence_kind evidence_kind_of(enum accord_contradiction_kind kind)
{
        switch (kind) {
        case ACCORD_TWO_ROOTS:
                return EVIDENCE_FORKED_CHECKPOINT;
        case ACCORD_NOT_CONTINUED:
        case ACCORD_SHRANK:
                return EVIDENCE_NOT_CONTINUED;
        case ACCORD_NOT_INCLUDED:
                return EVIDENCE_BAD_RECEIPT;
        case ACCORD_TWO_LEAVES:
                return EVIDENCE_FORKED_ENTRY;
        case ACCORD_TWO_PASTS:
        case ACCORD_NOT_TAKEN_BACK:
                break;
        }
        return 0;
}

struct finding {
        struct making *making;
        uint64_t wanted, count;
        struct kept_entry first;        /* of the receipt that came before */
        uint64_t index;
        struct accord_tree tree;
};

/* A receipt that does not hold is kept as index, leaf and path: 32 octets each. */
static bool add_receipt(struct making *making, struct bytes detail, uint64_t at,
                        uint64_t *ret_index)
{
        const uint8_t *octets = detail.data;
        struct kept_entry entry = { .kind = ENTRY_SUBMISSION, .tree.size = at };

        if (detail.size < 64 || detail.size % 32 || detail.size / 32 - 2 > MERKLE_PROOF_MAX)
                return false;
        for (int i = 24; i < 32; i++)
                entry.index = entry.index << 8 | octets[i];
        memcpy(entry.leaf.octets, octets + 32, 32);
        entry.path_count = (uint32_t)(detail.size / 32 - 2);
        memcpy(entry.path, octets + 64, detail.size - 64);
        *ret_index = entry.index;
        return evidence_add(&making->evidence, &entry) == 0;
}

static int take_contradiction(void *with, const struct accord_contradiction *found)
{
        struct finding *finding = with;
        struct making *making = finding->making;
        struct evidence *evidence = &making->evidence;
        size_t count = found->detail.size / DIGEST_SIZE;

        if (++finding->count != finding->wanted)
                return 0;
        evidence->kind = evidence_kind_of(found->kind);
        if (!evidence->kind)
                return -EOPNOTSUPP;
        if (found->first.size && !add_note(making, found->first))
                return -ENOMEM;
        if (found->second.size && !add_note(making, found->second))
                return -ENOMEM;
        if (found->kind == ACCORD_NOT_CONTINUED && count <= MERKLE_PROOF_MAX && count) {
                memcpy(evidence->path, found->detail.data, count * DIGEST_SIZE);
                evidence->path_count = (uint32_t)count;
        }
        if (found->kind == ACCORD_NOT_INCLUDED || found->kind == ACCORD_TWO_LEAVES)
                add_receipt(making, found->detail, evidence->note_count, &finding->index);
        return 1;
}

static int take_receipt(void *with, const struct accord_kept_receipt *kept)
{
        struct finding *finding = with;
        struct kept_entry *first = &finding->first;

        if (kept->receipt.index != finding->index || !kept->tree.size ||
            kept->receipt.proof_count > MERKLE_PROOF_MAX)
                return 0;
        *first = (struct kept_entry) {
                .index = kept->receipt.index, .time = kept->receipt.time,
                .kind = ENTRY_SUBMISSION, .path_count = kept->receipt.proof_count,
        };
        memcpy(first->leaf.octets, kept->receipt.leaf.octets, DIGEST_SIZE);
        for (uint32_t i = 0; i < first->path_count; i++)
                memcpy(first->path[i].octets, kept->receipt.proof[i].octets, DIGEST_SIZE);
        finding->tree = kept->tree;
        return 1;
}

/* The kept receipt for an index, and the checkpoint it leads to. */
static enum exit_code add_kept(struct making *making, struct finding *finding)
{
        const struct accord_proofs_visitor visitor = { .receipt = take_receipt, .with = finding };
        struct accord_error error = { 0 };
        struct accord_seen seen;

        if (accord_proofs_visit(making->proofs, &visitor, &error) < 0)
                return reach_failed(&error);
        if (!finding->tree.size || !accord_proofs_find(making->proofs, finding->tree, &seen)) {
                say_error("no receipt for entry %" PRIu64 " is kept here", finding->index);
                return EXIT_ABSENT;
        }
        if (!add_note(making, seen.note))
                return no_memory();
        finding->first.tree = (struct accord_tree) { .size = making->evidence.note_count };
        return evidence_add(&making->evidence, &finding->first) ? no_memory() : EXIT_DONE;
}

enum exit_code make_of_store(struct making *making, const char *number)
{
        struct finding finding = { .making = making };
        const struct accord_proofs_visitor visitor = {
                .contradiction = take_contradiction, .with = &finding,
        };
        struct accord_error error = { 0 };
        enum exit_code code = take_index(making, number, &finding.wanted);
        int r;

        if (!code)
                code = open_store(making);
        if (code)
                return code;
        r = accord_proofs_visit(making->proofs, &visitor, &error);
        if (r == -EOPNOTSUPP) {
                say_error("contradiction %s convicts nobody by itself: show the node's file of "
                          "proofs", number);
                return EXIT_REFUSED;
        }
        if (r == 0)
                return absent("contradiction", number);
        if (r != 1)
                return r < 0 ? say_failure(r, "contradiction %s", number) : reach_failed(&error);
        return making->evidence.kind == EVIDENCE_FORKED_ENTRY ? add_kept(making, &finding)
                                                              : EXIT_DONE;
}

enum exit_code make_of_receipt(struct making *making, const char *index)
{
        struct finding finding = { .making = making };
        enum exit_code code = take_index(making, index, &finding.index);

        if (!code)
                code = open_store(making);
        making->evidence.kind = EVIDENCE_BROKEN_EPOCH;
        return code ? code : add_kept(making, &finding);
}

enum exit_code make_of_checkpoints(struct making *making, const char *one, const char *other)
{
        enum exit_code code = open_store(making);

        making->evidence.kind = EVIDENCE_FORKED_CHECKPOINT;
        if (!code)
                code = file_read(one, 8192, &making->files[0]);
        if (!code)
                code = file_read(other, 8192, &making->files[1]);
        if (code)
                return code;
        for (int i = 0; i < 2; i++)
                if (!add_note(making, file_bytes(&making->files[i])))
                        return no_memory();
        return EXIT_DONE;
}

/* ---- statements, and a node's two messages */

static enum exit_code add_all(struct making *making)
{
        enum exit_code code = EXIT_DONE;

        for (size_t i = 0; !code && i < making->audit.bundle.count; i++)
                code = add_audited(making, &making->audit.bundle.entries[i]);
        return code;
}

/* All of a kept bundle lead to one tree, or it is not made of them. */
static enum exit_code add_bundle(struct making *making)
{
        const struct bundle *bundle = &making->bundle;
        struct accord_seen seen;

        for (size_t i = 0; i < bundle->count; i++) {
                struct kept_entry entry = bundle->entries[i];

                if (entry.tree.size != bundle->entries[0].tree.size ||
                    entry.tree.epoch != bundle->entries[0].tree.epoch) {
                        say_error("its entries lead to several trees: accord verify --fetch --run "
                                  "%" PRIu64 " collects them anew", bundle->run);
                        return EXIT_REFUSED;
                }
                entry.tree = (struct accord_tree) { .size = 1 };
                if (!is_of_the_ring(entry.kind) && evidence_add(&making->evidence, &entry))
                        return no_memory();
        }
        if (!bundle->count ||
            !accord_proofs_find(making->proofs, bundle->entries[0].tree, &seen))
                return absent("statement of run", "that leads to a checkpoint");
        return add_note(making, seen.note) ? EXIT_DONE : no_memory();
}

enum exit_code make_of_statement(struct making *making, const char *run)
{
        struct evidence *evidence = &making->evidence;
        enum exit_code code = take_index(making, run, &evidence->run);
        int r;

        evidence->kind = EVIDENCE_WRONG_STATEMENT;
        if (!code && call_has(making->call, "audit")) {
                code = open_audit(making);
                return code ? code : add_all(making);
        }
        if (!code)
                code = open_store(making);
        if (code)
                return code;
        r = bundle_read(making->reach.profile.directory, evidence->run, &making->bundle);
        if (r == -ENOENT)
                return absent("statement of run", run);
        return r ? say_failure(r, "statement %s", run) : add_bundle(making);
}

static bool is_of_node(const struct kept_entry *entry, const struct node_path *node,
                       struct arena *arena)
{
        const struct node_path *of = NULL;
        struct submission said;
        struct record record;
        struct fault fault;

        arena_reset(arena);
        if (entry->kind == ENTRY_NODE_ADMISSION &&
            !wire_read_record(entry->bytes, arena, &record, &fault))
                of = &record.node_admission.node;
        if (entry->kind == ENTRY_SUBMISSION &&
            !wire_read_submission(entry->bytes, arena, &said, &fault) && said.event_count &&
            said.events[0].kind == EVENT_KEY_ROTATION)
                of = &said.sender;
        return of && name_equal(&of->party, &node->party) && name_equal(&of->node, &node->node);
}

/* Its admission and each rotation, and the hub's own keys, by which the admission is signed. */
static enum exit_code add_keys(struct making *making, const struct node_path *node)
{
        own(arena) struct arena arena = { .data = NULL };
        enum exit_code code = EXIT_DONE;

        if (arena_new(&arena, WIRE_ARENA_SIZE))
                return no_memory();
        for (size_t i = 0; !code && i < making->audit.bundle.count; i++) {
                const struct kept_entry *entry = &making->audit.bundle.entries[i];

                if (is_of_the_ring(entry->kind) || is_of_node(entry, node, &arena))
                        code = add_audited(making, entry);
        }
        return code;
}

enum exit_code make_of_equivocation(struct making *making, const char *text)
{
        struct evidence *evidence = &making->evidence;
        const struct kept_entry *entry, *first;
        struct record record;
        struct fault fault;
        uint64_t index = 0;
        enum exit_code code = take_index(making, text, &index);

        evidence->kind = EVIDENCE_EQUIVOCATION;
        if (!code && !call_has(making->call, "audit"))
                return call_misused(making->call, "--audit DIR is missing: who may read such an "
                                    "entry is the node's own party and an auditor");
        if (!code)
                code = open_audit(making);
        if (code)
                return code;
        entry = bundle_find(&making->audit.bundle, index);
        if (!entry || entry->kind != ENTRY_EQUIVOCATION ||
            wire_read_record(entry->bytes, &evidence->arena, &record, &fault))
                return absent("equivocation at entry", text);
        first = bundle_find(&making->audit.bundle, record.equivocation.first_index);
        if (!first)
                return absent("entry of the first message of equivocation", text);
        evidence->said[0] = first->bytes;
        evidence->said[1] = record.equivocation.second;
        evidence->said_count = 2;
        return add_keys(making, &record.equivocation.node);
}
