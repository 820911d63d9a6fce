/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the store at the start: whose it is, what is known, and is its end torn or is it damaged?
 * Signatures and paths are believed, for they were verified when they were written; accord verify
 * does it again.
 */
#include "clients/lib/proofs-inside.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "clients/lib/fail.h"

static int load_head(struct accord_proofs *proofs, struct bytes content,
                     struct accord_error *error)
{
        struct proof_head head;

        if (!get_proof_head(content, &head))
                return fail_with(error, ACCORD_FAILED, "%s is of a form that this program does "
                                 "not know", proofs->path);
        if (!memcmp(&head.hub, &proofs->proof.id, sizeof(head.hub)) &&
            !memcmp(head.signing_key, proofs->proof.signing_key, sizeof(head.signing_key)) &&
            name_equal(&head.node.party, &proofs->node.party) &&
            name_equal(&head.node.node, &proofs->node.node))
                return 0;
        return fail_with(error, ACCORD_INTEGRITY, "%s is of %s/%s%s: take another directory",
                         proofs->path, head.node.party.text, head.node.node.text,
                         memcmp(&head.hub, &proofs->proof.id, sizeof(head.hub)) ?
                         " at another hub" : "");
}

static int load_seen(struct accord_proofs *proofs, const struct record_at *record)
{
        struct known_tree tree = { .place = record->at };
        struct checkpoint checkpoint;
        struct accord_seen seen;
        uint32_t epoch;

        if (!get_proof_seen(record->content, &seen))
                return -EPROTO;
        /* Where no record of the hub says it, the first note names the origin. */
        if (!proofs->proof.has_ring &&
            hub_proof_checkpoint(&proofs->proof, seen.note, &checkpoint, &epoch))
                return -EPROTO;
        tree.tree = (struct accord_tree) { seen.epoch, seen.size };
        tree.root = seen.root;
        tree.at = seen.at;
        tree.from = seen.from;
        if (known_find(proofs, tree.tree))
                return 0;
        return known_add(proofs, &tree) ? 0 : -ENOMEM;
}

static int load_receipt(struct accord_proofs *proofs, struct bytes content)
{
        struct accord_kept_receipt kept;
        struct known_leaf leaf, *at;
        bool there;

        if (!get_proof_receipt(content, &kept))
                return -EPROTO;
        leaf = (struct known_leaf) { .index = kept.receipt.index, .epoch = kept.tree.epoch,
                                     .proved = kept.tree.size > 0 };
        memcpy(leaf.leaf, kept.receipt.leaf.octets, LEAF_KEPT);
        at = leaf_find(proofs, leaf.epoch, leaf.index, &there);
        if (!there)
                return leaf_add(proofs, at, &leaf);
        at->proved = at->proved || leaf.proved;
        return 0;
}

static int load_path(struct accord_proofs *proofs, struct bytes content)
{
        struct known_tree *first, *second;
        struct accord_kept_path path;

        if (!get_proof_path(content, &path))
                return -EPROTO;
        first = known_find(proofs, path.first);
        second = known_find(proofs, path.second);
        if (!first || !second)
                return -EPROTO;
        known_join(proofs, first, second);
        proofs->paths++;
        return 0;
}

static int load_ring(struct accord_proofs *proofs, struct bytes content)
{
        struct accord_error error;
        struct record_entry entry;
        bool epoch;

        if (!get_proof_ring(content, &entry))
                return -EPROTO;
        arena_reset(&proofs->arena);
        if (hub_proof_ring(&proofs->proof, &entry, &proofs->arena, &epoch, &error))
                return -EPROTO;
        ring_note(proofs, &entry);
        known_begin(proofs);
        return 0;
}

/* What did not hold is not asked, nor kept, again. */
static int load_contradiction(struct accord_proofs *proofs, struct bytes content)
{
        struct accord_contradiction said;
        struct checkpoint checkpoint;
        struct known_tree *tree;
        uint32_t epoch;

        if (!get_proof_contradiction(content, &said))
                return -EPROTO;
        proofs->contradictions++;
        if ((said.kind != ACCORD_NOT_CONTINUED && said.kind != ACCORD_SHRANK &&
             said.kind != ACCORD_TWO_ROOTS) ||
            hub_proof_checkpoint(&proofs->proof, said.first, &checkpoint, &epoch))
                return 0;
        tree = known_find(proofs, (struct accord_tree) { epoch, checkpoint.size });
        if (tree)
                tree->contradicted = true;
        return 0;
}

/* Records of a kind that is not known are of a later version: reading on would be guessing. */
static int load_record(struct accord_proofs *proofs, const struct record_at *record,
                       bool *has_head, struct accord_error *error)
{
        uint32_t type = record->type & ~PROOF_AFTER_SYNC;
        int r = -EPROTO;

        if (type == PROOF_HEAD) {
                *has_head = true;
                return load_head(proofs, record->content, error);
        }
        if (!*has_head)
                return fail_with(error, ACCORD_FAILED, "%s is no file of proofs", proofs->path);
        if (type == PROOF_SEEN)
                r = load_seen(proofs, record);
        else if (type == PROOF_RECEIPT)
                r = load_receipt(proofs, record->content);
        else if (type == PROOF_PATH)
                r = load_path(proofs, record->content);
        else if (type == PROOF_RING)
                r = load_ring(proofs, record->content);
        else if (type == PROOF_CONTRADICTION)
                r = load_contradiction(proofs, record->content);
        if (r == -EPROTO)
                return fail_with(error, ACCORD_INTEGRITY, "%s: what stands at octet %" PRIu64
                                 " is nothing that this program wrote", proofs->path, record->at);
        return r ? proofs_failed(proofs, r, "cannot read", error) : 0;
}

/*
 * Is there a record behind @at that was begun after a sync? Then what lies at @at was on the disk,
 * and is no torn end. Looks at every octet for a whole record; from there on it is quick.
 */
static bool was_synced(struct accord_proofs *proofs, uint64_t at)
{
        uint64_t size = recfile_size(proofs->file);
        struct record_at record;

        for (at++; at + RECFILE_HEADER <= size; ) {
                if (recfile_read(proofs->file, at, &proofs->buffer, &record)) {
                        at++;
                        continue;
                }
                if (record.type & PROOF_AFTER_SYNC)
                        return true;
                at = record.next;
        }
        return false;
}

static int load_end(struct accord_proofs *proofs, uint64_t at, struct accord_error *error)
{
        int r;

        if (was_synced(proofs, at)) {
                proofs->damaged_at = at;
                return proofs->read_only ? 0 :
                       fail_with(error, ACCORD_INTEGRITY, "%s is damaged at octet %" PRIu64 ": put "
                                 "it back from a backup, or move it away and begin anew; accord "
                                 "verify shows what can be read", proofs->path, at);
        }
        proofs->torn_bytes = recfile_size(proofs->file) - at;
        r = proofs->read_only ? 0 : recfile_cut(proofs->file, at);
        return r ? proofs_failed(proofs, r, "cannot cut the end off", error) : 0;
}

static int begin_file(struct accord_proofs *proofs, struct accord_error *error)
{
        struct proof_head head = { .hub = proofs->proof.id, .node = proofs->node };
        int r;

        memcpy(head.signing_key, proofs->proof.signing_key, sizeof(head.signing_key));
        r = put_proof_head(proofs->file, proofs_flags(proofs), &head);
        return r ? proofs_failed(proofs, r, "cannot write to", error) :
                   accord_proofs_sync(proofs, error);
}

int proofs_load(struct accord_proofs *proofs, struct accord_error *error)
{
        struct record_at record = { .next = RECFILE_FIRST };
        bool has_head = false;
        int r;

        for (;;) {
                r = recfile_read(proofs->file, record.next, &proofs->buffer, &record);
                if (r)
                        break;
                r = load_record(proofs, &record, &has_head, error);
                if (r)
                        return r;
        }
        if (r == -EBADMSG) {
                r = load_end(proofs, record.next, error);
                if (r)
                        return r;
        } else if (r != -ENODATA) {
                return proofs_failed(proofs, r, "cannot read", error);
        }
        return has_head || proofs->read_only ? 0 : begin_file(proofs, error);
}
