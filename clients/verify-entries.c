/* SPDX-License-Identifier: Apache-2.0 */
/* Entries: the leaf from their bytes, the path to a tree that the hub signed, who signed them. */
#include "clients/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/entry.h"
#include "proof/possession.h"
#include "proto/wire.h"

/* The key of a node from an entry on. */
struct node_key {
        struct node_path node;
        uint8_t key[32];
};

struct signers {
        struct verify *v;
        struct stated *stated;
        struct node_key *keys;          /* owned */
        size_t count;
        uint64_t unknown;               /* entries by nodes whose keys are not here */
};

static void signers_cleanup(struct signers *signers)
{
        free(signers->keys);
}

static bool is_in_tree(struct verify *v, const struct kept_entry *entry)
{
        struct accord_seen seen;

        if (!v->proofs)
                return true;
        return accord_proofs_find(v->proofs, entry->tree, &seen) && seen.joined && !seen.is_void &&
               merkle_includes(v->proof.hasher, &seen.root, entry->tree.size, &entry->leaf,
                               entry->index, entry->path, entry->path_count);
}

static bool is_of_leaf(struct verify *v, const struct kept_entry *entry)
{
        struct entry_header header = { .kind = (uint8_t)entry->kind, .index = entry->index,
                                       .length = (uint32_t)entry->bytes.size,
                                       .time = entry->time };
        struct digest leaf;

        entry_leaf(v->proof.hasher, &header, entry->bytes, &leaf);
        return digest_equal(&leaf, &entry->leaf);
}

/* ---- who signed */

static struct node_key *key_of(struct signers *signers, const struct node_path *node)
{
        for (size_t i = 0; i < signers->count; i++)
                if (name_equal(&signers->keys[i].node.party, &node->party) &&
                    name_equal(&signers->keys[i].node.node, &node->node))
                        return &signers->keys[i];
        return NULL;
}

/* From the next entry on it is this one; there are no more nodes than entries. */
static void set_key(struct signers *signers, const struct node_path *node, const uint8_t key[32])
{
        struct node_key *known = key_of(signers, node);

        if (!known)
                known = &signers->keys[signers->count++];
        known->node = *node;
        memcpy(known->key, key, 32);
}

static const char *check_record(struct signers *signers, const struct kept_entry *entry)
{
        struct verify *v = signers->v;
        struct accord_error error;
        struct record record;

        if (hub_proof_record(&v->proof, entry->index, entry->bytes, &signers->stated->work,
                             &record, &error) || record.kind != entry->kind)
                return "is not signed by the hub";
        if (record.kind == ENTRY_NODE_ADMISSION)
                set_key(signers, &record.node_admission.node, record.node_admission.signing_key);
        return NULL;
}

static bool is_signed(struct verify *v, const struct submission *said, const uint8_t key[32])
{
        struct signature signature;

        if (said->signature.size != SIGNATURE_SIZE)
                return false;
        memcpy(signature.octets, said->signature.data, SIGNATURE_SIZE);
        return !sign_verify(DOMAIN_SUBMISSION, &said->body, 1, key, &signature, v->proof.scratch);
}

static const char *check_submission(struct signers *signers, const struct kept_entry *entry)
{
        struct verify *v = signers->v;
        struct submission said;
        const struct node_key *key;
        struct fault fault;

        if (wire_read_submission(entry->bytes, &signers->stated->work, &said, &fault) ||
            memcmp(&said.hub, &v->proof.id, sizeof(said.hub)))
                return "is no submission to this hub";
        key = key_of(signers, &said.sender);
        if (!key) {
                signers->unknown++;
                return NULL;
        }
        if (!is_signed(v, &said, key->key))
                return "is not signed by the node that it names";
        for (uint32_t i = 0; i < said.event_count; i++) {
                if (said.events[i].kind != EVENT_KEY_ROTATION)
                        continue;
                if (!possesses_node(&said.hub, &said.sender, &said.events[i].key_rotation))
                        return "names a key that its node has not";
                set_key(signers, &said.sender, said.events[i].key_rotation.signing_key);
        }
        return NULL;
}

static const char *check(struct signers *signers, const struct kept_entry *entry)
{
        struct verify *v = signers->v;

        if (!is_in_tree(v, entry))
                return "does not lead to a tree that the hub signed and that goes on";
        if (!entry->bytes.size)
                return NULL;
        if (!is_of_leaf(v, entry))
                return "has other bytes than its leaf";
        arena_reset(&signers->stated->work);
        return entry->kind == ENTRY_SUBMISSION ? check_submission(signers, entry) :
                                                 check_record(signers, entry);
}

/* In the order of the log: a key counts from its entry on. */
void verify_entries(struct verify *v, struct stated *stated)
{
        own(signers) struct signers signers = { .v = v, .stated = stated };
        const struct bundle *bundle = stated->bundle;
        const char *wrong = NULL;

        signers.keys = calloc(bundle->count + 1, sizeof(*signers.keys));
        for (size_t i = 0; signers.keys && i < bundle->count; i++) {
                wrong = check(&signers, &bundle->entries[i]);
                if (!wrong)
                        continue;
                stated->failed = true;
                verify_row(v, stated->what, HOLDS_NO, 1, "entry %" PRIu64 " %s",
                           bundle->entries[i].index, wrong);
                return;
        }
        verify_row(v, stated->what, signers.unknown ? HOLDS_OPEN : HOLDS_YES, bundle->count,
                   signers.unknown ? "its entries are in the hub's tree; keys of some nodes are "
                   "not here" : "its entries are in the hub's tree, by who signed them");
        stated->open = stated->open || signers.unknown;
}
