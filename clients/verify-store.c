/* SPDX-License-Identifier: Apache-2.0 */
/* The store again from its bytes: signatures, paths, leaves. */
#include "clients/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/accord.h"
#include "proof/entry.h"
#include "proto/wire.h"

/* What is remembered of a receipt, to be held against the bytes that were sent. */
struct sent {
        struct stream_id stream;
        uint64_t sequence, index;
        struct sha256 leaf;
};

struct looking {
        struct verify *v;
        uint64_t keys, notes, paths, receipts, void_receipts, contradictions, unproved;
        uint64_t bad_keys, bad_notes, bad_paths, bad_receipts;
        uint64_t first_bad;             /* entry or size of the first that does not hold */
        struct sent *sent;              /* owned */
        size_t sent_count, sent_room;
        uint64_t own, bad_own, without; /* of the outbox: held, other bytes, no receipt kept */
        uint64_t bad_index;
};

static void bad(uint64_t *count, struct looking *l, uint64_t at)
{
        if ((*count)++ == 0)
                l->first_bad = at;
}

/* ---- keys and checkpoints */

static int look_ring(void *with, const struct record_entry *entry)
{
        struct looking *l = with;
        struct accord_error error;
        struct arena arena;
        bool epoch;

        if (arena_new(&arena, 1u << 20))
                return -ENOMEM;
        l->keys++;
        if (hub_proof_ring(&l->v->proof, entry, &arena, &epoch, &error))
                bad(&l->bad_keys, l, entry->index);
        arena_free(&arena);
        return 0;
}

static int look_seen(void *with, const struct accord_seen *seen)
{
        struct looking *l = with;
        struct checkpoint checkpoint;
        uint32_t epoch;

        l->notes++;
        if (hub_proof_checkpoint(&l->v->proof, seen->note, &checkpoint, &epoch) ||
            checkpoint.size != seen->size || epoch != seen->epoch ||
            !digest_equal(&checkpoint.root, &seen->root))
                bad(&l->bad_notes, l, seen->size);
        return 0;
}

static bool root_of(struct looking *l, struct accord_tree tree, struct digest *ret)
{
        struct accord_seen seen;

        if (!accord_proofs_find(l->v->proofs, tree, &seen))
                return false;
        *ret = seen.root;
        return true;
}

static int look_path(void *with, const struct accord_kept_path *path)
{
        struct looking *l = with;
        struct digest first, second;

        l->paths++;
        if (!root_of(l, path->first, &first) || !root_of(l, path->second, &second) ||
            !merkle_continues(l->v->proof.hasher, &first, path->first.size, &second,
                              path->second.size, path->path, path->count))
                bad(&l->bad_paths, l, path->second.size);
        return 0;
}

/* ---- receipts */

static int remember(struct looking *l, const struct receipt *receipt)
{
        if (l->sent_count == l->sent_room) {
                size_t room = l->sent_room ? 2 * l->sent_room : 256;
                struct sent *list = reallocarray(l->sent, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                l->sent = list;
                l->sent_room = room;
        }
        l->sent[l->sent_count++] = (struct sent) { receipt->stream, receipt->sequence,
                                                   receipt->index, receipt->leaf };
        return 0;
}

static int look_receipt(void *with, const struct accord_kept_receipt *kept)
{
        const struct receipt *receipt = &kept->receipt;
        struct digest path[MERKLE_PROOF_MAX], leaf, root;
        struct looking *l = with;

        l->receipts++;
        l->void_receipts += kept->is_void;
        if (!kept->tree.size) {
                l->unproved++;
                return remember(l, receipt);
        }
        memcpy(leaf.octets, receipt->leaf.octets, DIGEST_SIZE);
        memcpy(path, receipt->proof, receipt->proof_count * (size_t)DIGEST_SIZE);
        if (!root_of(l, kept->tree, &root) ||
            !merkle_includes(l->v->proof.hasher, &root, kept->tree.size, &leaf, receipt->index,
                             path, receipt->proof_count))
                bad(&l->bad_receipts, l, receipt->index);
        return remember(l, receipt);
}

static int by_number(const void *a, const void *b)
{
        const struct sent *x = a, *y = b;
        int order = memcmp(&x->stream, &y->stream, sizeof(x->stream));

        if (order)
                return order;
        return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* What was sent, as far as its bytes are still there, and the receipt that it got. */
static int look_item(void *with, const struct accord_item *item)
{
        struct looking *l = with;
        struct sent wanted = { .stream = item->stream, .sequence = item->sequence };
        struct accord_error error;
        const struct sent *sent;

        if (item->state != ACCORD_ITEM_RECEIVED)
                return 0;
        sent = l->sent_count ? bsearch(&wanted, l->sent, l->sent_count, sizeof(wanted), by_number) :
                               NULL;
        if (!sent) {
                l->without++;
                return 0;
        }
        if (!item->submission.size)
                return 0;
        l->own++;
        if (hub_proof_leaf(&l->v->proof, &item->receipt, wire_without_blocks(item->submission),
                           &error) ||
            (sent->index == item->receipt.index &&
             memcmp(&sent->leaf, &item->receipt.leaf, sizeof(sent->leaf)))) {
                l->bad_index = l->bad_own ? l->bad_index : item->receipt.index;
                l->bad_own++;
        }
        return 0;
}

static int look_contradiction(void *with, const struct accord_contradiction *said)
{
        struct looking *l = with;

        l->contradictions++;
        verify_row(l->v, "contradiction", HOLDS_NO, 1, "%.*s", (int)said->says.size,
                   (const char *)said->says.data);
        return 0;
}

/* ---- what it comes to */

static void say_signed(struct looking *l, const struct accord_proofs_stat *stat)
{
        struct verify *v = l->v;

        if (stat->damaged_at)
                verify_row(v, "store", HOLDS_NO, 1, "damaged at octet %" PRIu64
                           ": what is behind it cannot be read", stat->damaged_at);
        verify_row(v, "hub keys", l->bad_keys ? HOLDS_NO : HOLDS_YES, l->keys,
                   l->bad_keys ? "the record of entry %" PRIu64 " does not verify" :
                   "each named by the one before it; epoch %" PRIu64,
                   l->bad_keys ? l->first_bad : (uint64_t)stat->epoch);
        if (l->bad_notes)
                verify_row(v, "checkpoints", HOLDS_NO, l->notes,
                           "the one of %" PRIu64 " entries is not signed by the hub", l->first_bad);
        else
                verify_row(v, "checkpoints", HOLDS_YES, l->notes, "signed by the hub");
}

static void say_history(struct looking *l, const struct accord_proofs_stat *stat)
{
        struct verify *v = l->v;
        struct accord_seen last;
        bool any = accord_proofs_last(v->proofs, &last);

        if (l->bad_paths)
                verify_row(v, "history", HOLDS_NO, l->paths, "the tree of %" PRIu64 " entries is "
                           "not shown to continue an earlier one", l->first_bad);
        else if (stat->waiting)
                verify_row(v, "history", HOLDS_OPEN, l->paths, "%" PRIu64 " checkpoints are not "
                           "shown to go on from the others yet: accord outbox flush asks",
                           stat->waiting);
        else
                verify_row(v, "history", HOLDS_YES, l->paths, "one tree that only grows, up to %"
                           PRIu64 " entries", any ? last.size : 0);
        if (!l->bad_paths && !l->bad_notes && any)
                verify_proved(v, "%" PRIu64 " checkpoints of one history up to %" PRIu64
                              " entries", l->notes - stat->waiting, last.size);
        if (stat->waiting)
                verify_open(v, "%" PRIu64 " checkpoints", stat->waiting);
}

static void say_receipts(struct looking *l)
{
        struct verify *v = l->v;

        if (l->bad_receipts)
                verify_row(v, "receipts", HOLDS_NO, l->receipts, "that of entry %" PRIu64
                           " does not lead to its checkpoint", l->first_bad);
        else
                verify_row(v, "receipts", HOLDS_YES, l->receipts, "each leads to a checkpoint");
        if (l->bad_own)
                verify_row(v, "what was sent", HOLDS_NO, l->own, "entry %" PRIu64
                           " is not what the outbox has", l->bad_index);
        else
                verify_row(v, "what was sent", HOLDS_YES, l->own, "is what the receipts are for");
        if (l->void_receipts)
                verify_row(v, "void receipts", HOLDS_YES, l->void_receipts,
                           "the hub lost their entries and said so");
        if (!l->bad_receipts && l->receipts > l->unproved)
                verify_proved(v, "%" PRIu64 " receipts", l->receipts - l->unproved);
        if (l->unproved)
                verify_open(v, "%" PRIu64 " receipts that came without proof", l->unproved);
        if (l->without)
                verify_open(v, "%" PRIu64 " receipts from before there was a store", l->without);
}

/* Keys first: all else is verified by them. */
enum exit_code verify_store(struct verify *v)
{
        struct looking l = { .v = v };
        struct accord_proofs_visitor first = { .ring = look_ring, .with = &l };
        struct accord_proofs_visitor then = {
                .seen = look_seen, .receipt = look_receipt, .path = look_path,
                .contradiction = look_contradiction, .with = &l,
        };
        struct accord_proofs_stat stat;
        struct accord_error error = { 0 };
        int r = accord_proofs_visit(v->proofs, &first, &error);

        if (!r)
                r = accord_proofs_visit(v->proofs, &then, &error);
        if (l.sent_count)
                qsort(l.sent, l.sent_count, sizeof(*l.sent), by_number);
        if (!r && v->outbox)
                r = accord_outbox_visit(v->outbox, look_item, &l, &error);
        free(l.sent);
        if (r)
                return reach_failed(&error);
        accord_proofs_stat(v->proofs, &stat);
        v->any = v->any || l.notes || l.receipts;
        say_signed(&l, &stat);
        say_history(&l, &stat);
        say_receipts(&l);
        return EXIT_DONE;
}
