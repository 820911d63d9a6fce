/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The judgement: nothing counts that is not signed, or led to by a path from what is. A file that
 * lacks something proves less, never more.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/evidence.h"
#include "clients/verify.h"
#include "core/own.h"
#include "proof/entry.h"
#include "proof/possession.h"
#include "proto/wire.h"

struct judging {
        const struct evidence *evidence;
        struct verdict *ret;
        struct hub_proof proof;
        struct checkpoint trees[2];
        uint32_t epochs[2];
        struct bundle bundle;           /* the entries that lead to the first checkpoint */
        struct arena arena;
};

static void judging_cleanup(struct judging *j)
{
        hub_proof_free(&j->proof);
        bundle_cleanup(&j->bundle);
        arena_free(&j->arena);
}

/* Always false, so that a check can end with it. */
static bool no(struct judging *j, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool no(struct judging *j, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(j->ret->says, sizeof(j->ret->says), format, arguments);
        va_end(arguments);
        return false;
}

static void proved(struct judging *j, const char *against, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
static void proved(struct judging *j, const char *against, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(j->ret->says, sizeof(j->ret->says), format, arguments);
        va_end(arguments);
        j->ret->proved = true;
        snprintf(j->ret->against, sizeof(j->ret->against), "%s", against);
}

/* ---- what holds of every file: who signed what, and what leads where */

static bool is_of_the_ring(const struct kept_entry *entry)
{
        return entry->kind == ENTRY_GENESIS || entry->kind == ENTRY_HUB_KEY ||
               entry->kind == ENTRY_EPOCH;
}

static bool open_ring(struct judging *j)
{
        struct accord_error error;
        bool epoch;

        for (size_t i = 0; i < j->evidence->count; i++) {
                const struct kept_entry *entry = &j->evidence->entries[i];
                const struct record_entry record = { entry->index, entry->time, entry->bytes };

                arena_reset(&j->arena);
                if (is_of_the_ring(entry) &&
                    hub_proof_ring(&j->proof, &record, &j->arena, &epoch, &error))
                        return no(j, "entry %" PRIu64 ", of the hub's keys: %s", entry->index,
                                  error.text);
        }
        return true;
}

static bool open_notes(struct judging *j)
{
        for (uint32_t i = 0; i < j->evidence->note_count; i++)
                if (hub_proof_checkpoint(&j->proof, j->evidence->notes[i], &j->trees[i],
                                         &j->epochs[i]))
                        return no(j, "checkpoint %" PRIu32 " is not signed by the hub's key",
                                  i + 1);
        return true;
}

static bool is_of_leaf(struct judging *j, const struct kept_entry *entry)
{
        const struct entry_header header = {
                .kind = (uint8_t)entry->kind, .length = (uint32_t)entry->bytes.size,
                .index = entry->index, .time = entry->time,
        };
        struct digest leaf;

        entry_leaf(j->proof.hasher, &header, entry->bytes, &leaf);
        return digest_equal(&leaf, &entry->leaf);
}

static bool leads(struct judging *j, const struct kept_entry *entry)
{
        const struct checkpoint *tree;

        if (!entry->tree.size || entry->tree.size > j->evidence->note_count)
                return false;
        tree = &j->trees[entry->tree.size - 1];
        return merkle_includes(j->proof.hasher, &tree->root, tree->size, &entry->leaf,
                               entry->index, entry->path, entry->path_count);
}

static bool all_are_whole(struct judging *j)
{
        for (size_t i = 0; i < j->evidence->count; i++) {
                const struct kept_entry *entry = &j->evidence->entries[i];

                if (entry->bytes.size && !is_of_leaf(j, entry))
                        return no(j, "entry %" PRIu64 " has other bytes than its leaf",
                                  entry->index);
        }
        return true;
}

/* All entries but the hub's own records lead to their checkpoints. */
static bool all_lead(struct judging *j)
{
        for (size_t i = 0; i < j->evidence->count; i++) {
                const struct kept_entry *entry = &j->evidence->entries[i];

                if (is_of_the_ring(entry))
                        continue;
                if (!leads(j, entry))
                        return no(j, "entry %" PRIu64 " does not lead to its checkpoint",
                                  entry->index);
                if (entry->tree.size == 1 && bundle_add(&j->bundle, entry))
                        return no(j, "there is no memory to judge it");
        }
        return true;
}

static bool has_notes(struct judging *j, uint32_t count)
{
        return j->evidence->note_count == count ||
               no(j, "%" PRIu32 " checkpoints are needed for it", count);
}

/* The n-th entry that is not of the hub's keys; NULL: there is none. */
static const struct kept_entry *entry_at(const struct judging *j, size_t n)
{
        for (size_t i = 0; i < j->evidence->count; i++)
                if (!is_of_the_ring(&j->evidence->entries[i]) && n-- == 0)
                        return &j->evidence->entries[i];
        return NULL;
}

/* ---- the hub against itself */

static bool is_fork(const struct judging *j)
{
        return j->epochs[0] == j->epochs[1] && j->trees[0].size == j->trees[1].size &&
               !digest_equal(&j->trees[0].root, &j->trees[1].root);
}

static void say_fork(struct judging *j)
{
        proved(j, "the hub", "it signed two different trees of %" PRIu64 " entries in epoch %"
               PRIu32, j->trees[0].size, j->epochs[0]);
}

static void judge_checkpoints(struct judging *j)
{
        if (!has_notes(j, 2))
                return;
        if (is_fork(j))
                say_fork(j);
        else
                no(j, "the two checkpoints are of different sizes or epochs, or the same: that is "
                   "how a log looks that grows");
}

/* What a later epoch took back may be said anew. */
static bool was_taken_back(const struct judging *j, uint32_t epoch, uint64_t index,
                           uint32_t *ret_by)
{
        const struct hub_ring *ring = &j->proof.ring;

        for (uint32_t i = 0; j->proof.has_ring && i < ring->epoch_count; i++)
                if (ring->epochs[i].number > epoch && ring->epochs[i].index <= index) {
                        *ret_by = ring->epochs[i].number;
                        return true;
                }
        return false;
}

static void judge_entries(struct judging *j)
{
        const struct kept_entry *a = entry_at(j, 0), *b = entry_at(j, 1);
        uint32_t by, epoch = j->epochs[0] < j->epochs[1] ? j->epochs[0] : j->epochs[1];

        if (!has_notes(j, 2) || !all_lead(j))
                return;
        if (!a || !b || a->tree.size == b->tree.size || a->index != b->index)
                no(j, "two entries of one index are needed, each under a checkpoint of its own");
        else if (digest_equal(&a->leaf, &b->leaf))
                no(j, "both have the same entry at index %" PRIu64, a->index);
        else if (j->epochs[0] != j->epochs[1] &&
                 (!j->proof.by_record || was_taken_back(j, epoch, a->index, &by)))
                no(j, "entry %" PRIu64 " was taken back by a later epoch, or the records that say "
                   "so are missing", a->index);
        else
                proved(j, "the hub", "it signed trees with two different entries at index %" PRIu64,
                       a->index);
}

static void judge_growth(struct judging *j)
{
        const struct checkpoint *a = &j->trees[0], *b = &j->trees[1];

        if (!has_notes(j, 2))
                return;
        if (is_fork(j))
                say_fork(j);
        else if (a->size <= b->size &&
                 merkle_continues(j->proof.hasher, &a->root, a->size, &b->root, b->size,
                                  j->evidence->path, j->evidence->path_count))
                no(j, "the path holds: the tree of %" PRIu64 " entries goes on in that of %" PRIu64,
                   a->size, b->size);
        else
                no(j, "that the hub signed trees of %" PRIu64 " and %" PRIu64 " entries is proved; "
                   "the path is signed by nobody. Ask the hub for one that leads from the smaller "
                   "to the larger: if it has none, it forked", a->size, b->size);
}

static void judge_receipt(struct judging *j)
{
        const struct kept_entry *entry = entry_at(j, 0);

        if (!has_notes(j, 1))
                return;
        if (entry && leads(j, entry))
                no(j, "the receipt leads to its checkpoint");
        else
                no(j, "that the hub signed this tree of %" PRIu64 " entries is proved; the rest of "
                   "a receipt is signed by nobody. Ask the hub for a path from the entry to this "
                   "tree: if it has none, it acknowledged what it did not log", j->trees[0].size);
}

static void judge_epoch(struct judging *j)
{
        const struct kept_entry *entry = entry_at(j, 0);
        uint32_t by;

        if (!has_notes(j, 1) || !all_lead(j))
                return;
        if (!entry)
                no(j, "the entry that was taken back is missing");
        else if (!j->proof.by_record || !was_taken_back(j, j->epochs[0], entry->index, &by))
                no(j, "no record of the hub's takes entry %" PRIu64 " back", entry->index);
        else
                proved(j, "the hub", "it signed for entry %" PRIu64 " in epoch %" PRIu32 ", lost "
                       "it, and says so itself with epoch %" PRIu32, entry->index, j->epochs[0],
                       by);
}

/* ---- a node */

static bool is_signed_by(struct judging *j, const struct submission *said, const uint8_t key[32])
{
        struct signature signature;

        if (said->signature.size != SIGNATURE_SIZE)
                return false;
        memcpy(signature.octets, said->signature.data, SIGNATURE_SIZE);
        return !sign_verify(DOMAIN_SUBMISSION, &said->body, 1, key, &signature, j->proof.scratch);
}

static bool same_node(const struct node_path *a, const struct node_path *b)
{
        return name_equal(&a->party, &b->party) && name_equal(&a->node, &b->node);
}

/* The key of the node from an entry on, if it names one: admitted, or named by the key before. */
static bool next_key(struct judging *j, const struct kept_entry *entry,
                     const struct node_path *node, bool has_key, uint8_t key[32])
{
        struct submission said;
        struct accord_error error;
        struct record record;
        struct fault fault;

        arena_reset(&j->arena);
        if (entry->kind == ENTRY_NODE_ADMISSION) {
                if (hub_proof_record(&j->proof, entry->index, entry->bytes, &j->arena, &record,
                                     &error) || record.kind != ENTRY_NODE_ADMISSION ||
                    !same_node(&record.node_admission.node, node))
                        return false;
                memcpy(key, record.node_admission.signing_key, 32);
                return true;
        }
        if (!has_key || entry->kind != ENTRY_SUBMISSION ||
            wire_read_submission(entry->bytes, &j->arena, &said, &fault) ||
            !same_node(&said.sender, node) || !is_signed_by(j, &said, key))
                return false;
        for (uint32_t i = 0; i < said.event_count; i++)
                if (said.events[i].kind == EVENT_KEY_ROTATION &&
                    possesses_node(&said.hub, node, &said.events[i].key_rotation)) {
                        memcpy(key, said.events[i].key_rotation.signing_key, 32);
                        return true;
                }
        return false;
}

/* By any key that the hub's log gives the node. */
static bool is_signed(struct judging *j, const struct submission *said)
{
        bool has_key = false;
        uint8_t key[32];

        for (size_t i = 0; i < j->bundle.count; i++) {
                if (!next_key(j, &j->bundle.entries[i], &said->sender, has_key, key))
                        continue;
                has_key = true;
                if (is_signed_by(j, said, key))
                        return true;
        }
        return false;
}

static bool same_place(const struct submission *a, const struct submission *b)
{
        return same_node(&a->sender, &b->sender) && a->sequence == b->sequence &&
               memcmp(&a->stream, &b->stream, sizeof(a->stream)) == 0;
}

static void judge_said(struct judging *j, const struct submission said[2])
{
        char node[72];

        snprintf(node, sizeof(node), "node %s/%s", said[0].sender.party.text,
                 said[0].sender.node.text);
        if (!same_place(&said[0], &said[1]))
                no(j, "the two messages are not of one node, stream and number");
        else if (memcmp(&said[0].hub, &j->proof.id, sizeof(said[0].hub)) ||
                 memcmp(&said[1].hub, &j->proof.id, sizeof(said[1].hub)))
                no(j, "they are not for this hub");
        else if (said[0].body.size == said[1].body.size &&
                 memcmp(said[0].body.data, said[1].body.data, said[0].body.size) == 0)
                no(j, "both say the same: that is a message sent again");
        else if (!is_signed(j, &said[0]) || !is_signed(j, &said[1]))
                no(j, "they are not both signed by a key that the hub's log gives the %s", node);
        else
                proved(j, node, "it signed two different messages under number %" PRIu64 " of one "
                       "stream", said[0].sequence);
}

static void judge_equivocation(struct judging *j)
{
        own(arena) struct arena arena = { .data = NULL };
        struct submission said[2];
        struct fault fault;

        if (!has_notes(j, 1) || !all_lead(j))
                return;
        if (arena_new(&arena, 2 * WIRE_ARENA_SIZE) || j->evidence->said_count != 2)
                no(j, "two messages are needed for it");
        else if (wire_read_submission(j->evidence->said[0], &arena, &said[0], &fault) ||
                 wire_read_submission(j->evidence->said[1], &arena, &said[1], &fault))
                no(j, "a message cannot be read");
        else
                judge_said(j, said);
}

/* ---- a statement */

/* Entries that it rests on for certain: else a file without them would look like a wrong one. */
static bool is_complete(struct judging *j, const struct statement *s)
{
        const struct kept_entry *run = bundle_find(&j->bundle, s->run.cut);
        const struct kept_entry *terms = bundle_find(&j->bundle, s->terms_index);

        if (!run || !run->bytes.size)
                return no(j, "entry %" PRIu64 ", its run, is missing", s->run.cut);
        return (s->terms_version == 0 || (terms && terms->bytes.size)) ||
               no(j, "entry %" PRIu64 ", the offer of its terms, is missing", s->terms_index);
}

static bool find_statement(struct judging *j)
{
        struct accord_error error;
        struct record record;

        for (size_t i = 0; i < j->bundle.count; i++) {
                const struct kept_entry *entry = &j->bundle.entries[i];

                arena_reset(&j->arena);
                if (entry->kind == ENTRY_STATEMENT &&
                    !hub_proof_record(&j->proof, entry->index, entry->bytes, &j->arena, &record,
                                      &error) &&
                    record.kind == ENTRY_STATEMENT &&
                    record.statement->run.cut == j->evidence->run)
                        return is_complete(j, record.statement);
        }
        return no(j, "no statement of run %" PRIu64 " is among the entries", j->evidence->run);
}

static void judge_made_again(struct judging *j, struct out *out)
{
        struct call call = { .out = out };
        struct verify v = { .call = &call, .proof = j->proof };

        j->bundle.run = j->evidence->run;
        verify_begin(&v);
        if (verify_made_again(&v, &j->bundle) != EXIT_DONE)
                no(j, "it cannot be made again here");
        else if (v.failed)
                proved(j, "the hub", "the statement of run %" PRIu64 " that it signed does not "
                       "follow from what it names: %.300s", j->evidence->run, v.wrong);
        else if (*v.open)
                no(j, "not all that it rests on is in the file, or it rests on rows of members");
        else
                no(j, "made again from its terms and figures it comes to the same");
        out_end(out);
}

static void judge_statement(struct judging *j)
{
        own(out) struct out *out = NULL;
        struct cli cli = { .format = FORMAT_NDJSON };
        FILE *nowhere;

        if (!has_notes(j, 1) || !all_lead(j) || !find_statement(j))
                return;
        nowhere = fopen("/dev/null", "we");
        if (!nowhere || out_new(&out, &cli, nowhere))
                no(j, "there is no memory to judge it");
        else
                judge_made_again(j, out);
        if (nowhere)
                fclose(nowhere);
}

/* ---- each kind */

static void (*const judges[])(struct judging *j) = {
        [EVIDENCE_EQUIVOCATION] = judge_equivocation,
        [EVIDENCE_FORKED_CHECKPOINT] = judge_checkpoints,
        [EVIDENCE_FORKED_ENTRY] = judge_entries,
        [EVIDENCE_NOT_CONTINUED] = judge_growth,
        [EVIDENCE_BAD_RECEIPT] = judge_receipt,
        [EVIDENCE_WRONG_STATEMENT] = judge_statement,
        [EVIDENCE_BROKEN_EPOCH] = judge_epoch,
};

int evidence_judge(const struct evidence *evidence, const uint8_t key[32], struct verdict *ret)
{
        own(judging) struct judging j = { .evidence = evidence, .ret = ret };
        struct accord_error error;

        *ret = (struct verdict) { .proved = false };
        if (hub_proof_init(&j.proof, key, &error) || arena_new(&j.arena, WIRE_ARENA_SIZE))
                return -ENOMEM;
        if (memcmp(evidence->key, key, 32) != 0)
                no(&j, "it is about another hub than the one whose key this is");
        else if (all_are_whole(&j) && open_ring(&j) && open_notes(&j))
                judges[evidence->kind](&j);
        return 0;
}
