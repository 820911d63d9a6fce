/* SPDX-License-Identifier: Apache-2.0 */
/* What comes: checkpoints, receipts, paths; each verified, kept when it is new, or contradicted. */
#include "clients/lib/proofs-inside.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"

bool proofs_note(struct accord_proofs *proofs, const struct known_tree *tree, int which,
                 struct bytes *ret)
{
        struct record_at record;
        struct accord_seen seen;

        if (recfile_read(proofs->file, tree->place, &proofs->notes[which], &record) ||
            !get_proof_seen(record.content, &seen))
                return false;
        *ret = seen.note;
        return true;
}

int accord_proofs_contradiction(struct accord_proofs *proofs,
                                const struct accord_contradiction *found,
                                struct accord_error *error)
{
        struct accord_contradiction kept = *found;
        int r = proofs_usable(proofs, error);

        if (r)
                return r;
        if (!kept.at)
                kept.at = clock_now();
        r = put_proof_contradiction(proofs->file, proofs_flags(proofs), &kept);
        if (r)
                return proofs_failed(proofs, r, "cannot write to", error);
        proofs->contradictions++;
        r = accord_proofs_sync(proofs, error);
        return r ? r : fail_with(error, ACCORD_INTEGRITY, "%.*s", (int)kept.says.size,
                                 (const char *)kept.says.data);
}

/*
 * A sentence and what shows it. What was found of @tree is kept once, and said each time; NULL: it
 * is of no tree.
 */
static int contradict(struct accord_proofs *proofs, struct accord_contradiction *found,
                      struct known_tree *tree, struct accord_error *error, const char *format, ...)
        __attribute__((format(printf, 5, 6)));

static int contradict(struct accord_proofs *proofs, struct accord_contradiction *found,
                      struct known_tree *tree, struct accord_error *error, const char *format, ...)
{
        char says[ACCORD_ERROR_TEXT_MAX + 1];
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(says, sizeof(says), format, arguments);
        va_end(arguments);
        if (tree && tree->contradicted)
                return fail_with(error, ACCORD_INTEGRITY, "%s", says);
        if (tree)
                tree->contradicted = true;
        proofs->counted = false;
        found->says = (struct bytes) { says, strlen(says) };
        return accord_proofs_contradiction(proofs, found, error);
}

/* ---- checkpoints */

static struct accord_seen seen_of(struct accord_proofs *proofs, const struct known_tree *tree,
                                  struct bytes note)
{
        return (struct accord_seen) {
                .note = note, .size = tree->tree.size, .root = tree->root,
                .epoch = tree->tree.epoch, .at = tree->at, .from = tree->from,
                .joined = tree->joined, .is_void = tree_is_void(proofs, tree->tree),
        };
}

static int two_roots(struct accord_proofs *proofs, struct known_tree *known,
                     struct bytes note, struct accord_error *error)
{
        struct accord_contradiction found = { .kind = ACCORD_TWO_ROOTS, .second = note };

        proofs_note(proofs, known, 0, &found.first);
        return contradict(proofs, &found, known, error, "the hub signed two different trees of %"
                          PRIu64 " entries in epoch %u", known->tree.size, known->tree.epoch);
}

static int keep_tree(struct accord_proofs *proofs, const struct accord_seen *seen,
                     struct known_tree **ret, struct accord_error *error)
{
        struct known_tree tree = { .tree = { seen->epoch, seen->size }, .root = seen->root,
                                   .at = seen->at, .from = seen->from };
        int r = put_proof_seen(proofs->file, proofs_flags(proofs), seen, &tree.place);

        if (!r && !(*ret = known_add(proofs, &tree)))
                r = -ENOMEM;
        return r ? proofs_failed(proofs, r, "cannot write to", error) : 0;
}

/* All receipts of a commit come with the same note: its signature is verified once. */
static struct known_tree *seen_just_now(struct accord_proofs *proofs, struct bytes note)
{
        if (!note.size || note.size != proofs->newest.size ||
            memcmp(note.data, proofs->newest.note, note.size))
                return NULL;
        return known_find(proofs, proofs->newest.tree);
}

static void remember(struct accord_proofs *proofs, struct bytes note, struct accord_tree tree)
{
        proofs->newest.size = note.size <= NOTE_KEPT ? note.size : 0;
        proofs->newest.tree = tree;
        memcpy(proofs->newest.note, note.data, proofs->newest.size);
}

/* The tree that a note is of, kept if it is new. */
static int see(struct accord_proofs *proofs, struct bytes note, enum accord_seen_from from,
               struct known_tree **ret, struct accord_error *error)
{
        struct accord_seen seen = { .note = note, .at = clock_now(), .from = from };
        struct checkpoint checkpoint;
        int r = proofs_usable(proofs, error);

        if (r)
                return r;
        *ret = seen_just_now(proofs, note);
        if (*ret)
                return 0;
        r = hub_proof_checkpoint(&proofs->proof, note, &checkpoint, &seen.epoch);
        if (r == -EKEYREJECTED)
                return fail_with(error, ACCORD_INTEGRITY, "the signature on a checkpoint of the "
                                 "hub does not verify");
        if (r || checkpoint.size == 0)
                return fail_with(error, ACCORD_NO_SUCH_THING, "a checkpoint is by no key and of no "
                                 "epoch that the hub has told");
        seen.size = checkpoint.size;
        seen.root = checkpoint.root;
        *ret = known_find(proofs, (struct accord_tree) { seen.epoch, seen.size });
        if (*ret && !digest_equal(&(*ret)->root, &seen.root))
                return two_roots(proofs, *ret, note, error);
        if (!*ret)
                r = keep_tree(proofs, &seen, ret, error);
        if (!r)
                remember(proofs, note, (struct accord_tree) { seen.epoch, seen.size });
        return r;
}

int accord_proofs_see(struct accord_proofs *proofs, struct bytes note, enum accord_seen_from from,
                      struct accord_seen *ret, struct accord_error *error)
{
        struct known_tree *tree;
        int r = see(proofs, note, from, &tree, error);

        if (!r && ret)
                *ret = seen_of(proofs, tree, note);
        return r;
}

/* ---- receipts */

static bool leads(struct accord_proofs *proofs, const struct receipt *receipt,
                  const struct known_tree *tree)
{
        struct digest path[MERKLE_PROOF_MAX], leaf;

        if (receipt->tree_size != tree->tree.size || receipt->proof_count > MERKLE_PROOF_MAX)
                return false;
        memcpy(leaf.octets, receipt->leaf.octets, DIGEST_SIZE);
        for (uint32_t i = 0; i < receipt->proof_count; i++)
                memcpy(path[i].octets, receipt->proof[i].octets, DIGEST_SIZE);
        return merkle_includes(proofs->proof.hasher, &tree->root, tree->tree.size, &leaf,
                               receipt->index, path, receipt->proof_count);
}

/* What there is of a receipt that does not hold: 32 octets each. */
struct receipt_detail {
        struct digest parts[2 + MERKLE_PROOF_MAX];      /* index, leaf, path */
};

static struct bytes detail_of(const struct receipt *receipt, struct receipt_detail *ret)
{
        uint32_t count = receipt->proof_count < MERKLE_PROOF_MAX ? receipt->proof_count
                                                                 : MERKLE_PROOF_MAX;

        memset(ret, 0, sizeof(*ret));
        for (int i = 0; i < 8; i++)
                ret->parts[0].octets[31 - i] = (uint8_t)(receipt->index >> 8 * i);
        memcpy(ret->parts[1].octets, receipt->leaf.octets, DIGEST_SIZE);
        for (uint32_t i = 0; i < count; i++)
                memcpy(ret->parts[2 + i].octets, receipt->proof[i].octets, DIGEST_SIZE);
        return (struct bytes) { ret->parts, (2 + count) * (size_t)DIGEST_SIZE };
}

static int not_included(struct accord_proofs *proofs, const struct receipt *receipt,
                        struct accord_error *error)
{
        struct receipt_detail detail;
        struct accord_contradiction found = {
                .kind = ACCORD_NOT_INCLUDED, .first = receipt->checkpoint,
                .detail = detail_of(receipt, &detail),
        };

        return contradict(proofs, &found, NULL, error, "the receipt for number %" PRIu64
                          ", entry %" PRIu64 ", does not lead to a tree that the hub signed",
                          receipt->sequence, receipt->index);
}

static int two_leaves(struct accord_proofs *proofs, const struct receipt *receipt,
                      struct accord_error *error)
{
        struct receipt_detail detail;
        struct accord_contradiction found = { .kind = ACCORD_TWO_LEAVES,
                                              .second = receipt->checkpoint,
                                              .detail = detail_of(receipt, &detail) };

        return contradict(proofs, &found, NULL, error, "the receipt for number %" PRIu64
                          " is for entry %" PRIu64 ", and there is one with another entry at that "
                          "index",
                          receipt->sequence, receipt->index);
}

/* In memory nobody reads them again. */
static int keep_receipt(struct accord_proofs *proofs, const struct accord_kept_receipt *kept,
                        struct accord_error *error)
{
        struct known_leaf leaf = { .index = kept->receipt.index, .epoch = kept->tree.epoch,
                                   .proved = kept->tree.size > 0 };
        struct known_leaf *at;
        bool there;
        int r = 0;

        if (!proofs->path)
                return 0;
        memcpy(leaf.leaf, kept->receipt.leaf.octets, LEAF_KEPT);
        at = leaf_find(proofs, leaf.epoch, leaf.index, &there);
        if (there && memcmp(at->leaf, leaf.leaf, LEAF_KEPT))
                return two_leaves(proofs, &kept->receipt, error);
        if (there && (at->proved || !leaf.proved))
                return 0;
        r = put_proof_receipt(proofs->file, proofs_flags(proofs), kept);
        if (!r && there)
                at->proved = true;
        else if (!r)
                r = leaf_add(proofs, at, &leaf);
        return r ? proofs_failed(proofs, r, "cannot write to", error) : 0;
}

int accord_proofs_keep_receipt(struct accord_proofs *proofs, const struct receipt *receipt,
                               struct accord_error *error)
{
        struct accord_kept_receipt kept = { .receipt = *receipt, .at = clock_now(),
                                            .tree.epoch = proofs_epoch(proofs) };
        struct known_tree *tree;
        int r;

        if (receipt->has_proof) {
                r = see(proofs, receipt->checkpoint, ACCORD_SEEN_RECEIPT, &tree, error);
                if (r)
                        return r;
                if (!leads(proofs, receipt, tree))
                        return not_included(proofs, receipt, error);
                kept.tree = tree->tree;
        }
        r = proofs_usable(proofs, error);
        return r ? r : keep_receipt(proofs, &kept, error);
}

/* ---- paths */

static int not_continued(struct accord_proofs *proofs, struct known_tree *first,
                         const struct known_tree *second, const struct accord_kept_path *path,
                         struct accord_error *error)
{
        struct accord_contradiction found = {
                .kind = ACCORD_NOT_CONTINUED,
                .detail = { path->path, path->count * (size_t)DIGEST_SIZE },
        };

        proofs_note(proofs, first, 0, &found.first);
        proofs_note(proofs, second, 1, &found.second);
        return contradict(proofs, &found, first, error, "the hub's tree of %" PRIu64
                          " entries does not continue the one of %" PRIu64 " that it signed before",
                          second->tree.size, first->tree.size);
}

static int shrank(struct accord_proofs *proofs, struct known_tree *first,
                  const struct known_tree *second, struct accord_error *error)
{
        struct accord_contradiction found = { .kind = ACCORD_SHRANK };

        proofs_note(proofs, first, 0, &found.first);
        proofs_note(proofs, second, 1, &found.second);
        return contradict(proofs, &found, first, error,
                          "the hub says that its newest tree has %" PRIu64 " entries, and it "
                          "signed one of %" PRIu64, second->tree.size, first->tree.size);
}

/* What joins nothing anew need not be written down. */
static int keep_path(struct accord_proofs *proofs, struct known_tree *first,
                     struct known_tree *second, const struct accord_kept_path *path,
                     struct accord_error *error)
{
        int r = 0;

        if (first != second && !(first->joined && second->joined)) {
                r = put_proof_path(proofs->file, proofs_flags(proofs), path);
                proofs->paths++;
        }
        if (r)
                return proofs_failed(proofs, r, "cannot write to", error);
        known_join(proofs, first, second);
        if (!proofs->path)
                known_forget(proofs);
        return 0;
}

int accord_proofs_continue(struct accord_proofs *proofs, struct accord_tree first,
                           struct accord_tree second, const struct sha256 *path, uint32_t count,
                           struct accord_error *error)
{
        struct known_tree *from = known_find(proofs, first), *to = known_find(proofs, second);
        struct digest digests[MERKLE_PROOF_MAX];
        struct accord_kept_path kept = { .first = first, .second = second, .path = digests,
                                         .count = count };
        int r = proofs_usable(proofs, error);

        if (r)
                return r;
        if (!from || !to)
                return fail_with(error, ACCORD_NO_SUCH_THING, "no tree of that size was seen");
        if (second.size < first.size)
                return shrank(proofs, from, to, error);
        if (count > MERKLE_PROOF_MAX)
                kept.count = 0;
        for (uint32_t i = 0; i < kept.count; i++)
                memcpy(digests[i].octets, path[i].octets, DIGEST_SIZE);
        if (count > MERKLE_PROOF_MAX ||
            !merkle_continues(proofs->proof.hasher, &from->root, first.size, &to->root,
                              second.size, digests, kept.count))
                return not_continued(proofs, from, to, &kept, error);
        return keep_path(proofs, from, to, &kept, error);
}

/* ---- looking */

static bool show(struct accord_proofs *proofs, const struct known_tree *tree,
                 struct accord_seen *ret)
{
        struct bytes note;

        if (!tree || !proofs_note(proofs, tree, 0, &note))
                return false;
        *ret = seen_of(proofs, tree, note);
        return true;
}

bool accord_proofs_last(struct accord_proofs *proofs, struct accord_seen *ret)
{
        return show(proofs, known_last(proofs), ret);
}

bool accord_proofs_find(struct accord_proofs *proofs, struct accord_tree tree,
                        struct accord_seen *ret)
{
        return show(proofs, known_find(proofs, tree), ret);
}
