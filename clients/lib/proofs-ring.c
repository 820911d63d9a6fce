/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub says of its keys and epochs, held against what it said before. */
#include "clients/lib/proofs-inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients/lib/fail.h"

void ring_note(struct accord_proofs *proofs, const struct record_entry *entry)
{
        struct known_record *known = &proofs->ring[proofs->ring_count];

        if (proofs->ring_count == RING_MAX)
                return;
        known->index = entry->index;
        hash_spans(proofs->proof.hasher, &entry->record, 1, &known->digest);
        proofs->ring_count++;
}

static bool is_known(const struct accord_proofs *proofs, const struct record_entry *entry)
{
        struct digest digest;

        hash_spans(proofs->proof.hasher, &entry->record, 1, &digest);
        for (uint32_t i = 0; i < proofs->ring_count; i++)
                if (proofs->ring[i].index == entry->index &&
                    digest_equal(&proofs->ring[i].digest, &digest))
                        return true;
        return false;
}

static int two_pasts(struct accord_proofs *proofs, const struct record_entry *entry,
                     const char *says, struct accord_error *error)
{
        struct accord_contradiction found = { .kind = ACCORD_TWO_PASTS };
        char text[ACCORD_ERROR_TEXT_MAX + 1];

        snprintf(text, sizeof(text), "what the hub says of its keys and epochs is not what it said "
                 "before: %s", says);
        found.says = (struct bytes) { text, strlen(text) };
        if (entry)
                found.detail = entry->record;
        return accord_proofs_contradiction(proofs, &found, error);
}

/* The first notes may have come before the genesis: it must be of their origin. */
static bool fits_notes(const struct accord_proofs *proofs, const struct hub_ring *before)
{
        return !proofs->tree_count || !strcmp(before->origin, proofs->proof.ring.origin);
}

static int take_record(struct accord_proofs *proofs, const struct record_entry *entry,
                       uint32_t *epochs, struct accord_error *error)
{
        struct hub_ring before = proofs->proof.ring;
        bool had = proofs->proof.has_ring, begins, first = !proofs->proof.by_record;
        int r;

        if (is_known(proofs, entry))
                return 0;
        arena_reset(&proofs->arena);
        r = hub_proof_ring(&proofs->proof, entry, &proofs->arena, &begins, error);
        if (r == ACCORD_INTEGRITY)
                return two_pasts(proofs, entry, error->text, error);
        if (r)
                return r;
        if (first && had && !fits_notes(proofs, &before))
                return two_pasts(proofs, entry, "its checkpoints were of another origin", error);
        r = put_proof_ring(proofs->file, proofs_flags(proofs), entry);
        if (r)
                return proofs_failed(proofs, r, "cannot write to", error);
        ring_note(proofs, entry);
        *epochs += begins;
        return 0;
}

/* Does the record begin an epoch that makes the entry at @index void? */
static bool takes_back(const struct accord_proofs *proofs, const struct record_entry *record,
                       uint64_t index)
{
        const struct hub_ring *ring = &proofs->proof.ring;

        for (uint32_t i = 0; i < ring->epoch_count; i++)
                if (ring->epochs[i].number > 1 && ring->epochs[i].index == record->index)
                        return record->index <= index;
        return false;
}

/* A record that was there and is not any more must be of what an epoch took back. */
static int check_forgotten(struct accord_proofs *proofs, const struct record_entry *records,
                           uint32_t count, struct accord_error *error)
{
        for (uint32_t i = 0; i < proofs->ring_count; i++) {
                const struct known_record *known = &proofs->ring[i];
                bool said = false;

                for (uint32_t j = 0; j < count && !said; j++)
                        said = records[j].index == known->index ||
                               takes_back(proofs, &records[j], known->index);
                if (!said)
                        return two_pasts(proofs, NULL, "it leaves a record out", error);
        }
        return 0;
}

/* ---- what an epoch takes back */

/* The epoch names the largest tree that the hub signed before: none that we saw is larger. */
static int check_end(struct accord_proofs *proofs, const struct hub_ring_epoch *epoch,
                     struct accord_error *error)
{
        struct accord_contradiction found = { .kind = ACCORD_NOT_TAKEN_BACK };
        char text[ACCORD_ERROR_TEXT_MAX + 1];

        for (size_t i = 0; i < proofs->tree_count; i++) {
                const struct known_tree *tree = &proofs->trees[i];
                bool same = tree->tree.size == epoch->end_size;

                if (tree->tree.epoch >= epoch->number || tree->tree.size < epoch->end_size ||
                    (same && digest_equal(&tree->root, &epoch->end_root)))
                        continue;
                snprintf(text, sizeof(text), "epoch %u says that the tree before it ended with %"
                         PRIu64 " entries, and the hub signed %s of %" PRIu64, epoch->number,
                         epoch->end_size, same ? "another one" : "one", tree->tree.size);
                found.says = (struct bytes) { text, strlen(text) };
                proofs_note(proofs, tree, 0, &found.first);
                return accord_proofs_contradiction(proofs, &found, error);
        }
        return 0;
}

int accord_proofs_ring(struct accord_proofs *proofs, const struct record_entry *records,
                       uint32_t count, uint32_t *ret_epochs, struct accord_error *error)
{
        const struct hub_ring *ring = &proofs->proof.ring;
        uint32_t epochs = 0, had = proofs->proof.has_ring ? ring->epoch_count : 0;
        int r = proofs_usable(proofs, error);

        for (uint32_t i = 0; i < count && !r; i++)
                r = take_record(proofs, &records[i], &epochs, error);
        if (!r && count)
                r = check_forgotten(proofs, records, count, error);
        for (uint32_t i = had; !r && proofs->proof.has_ring && i < ring->epoch_count; i++)
                if (ring->epochs[i].number > 1)
                        r = check_end(proofs, &ring->epochs[i], error);
        known_begin(proofs);
        if (ret_epochs)
                *ret_epochs = epochs;
        return r ? r : accord_proofs_sync(proofs, error);
}
