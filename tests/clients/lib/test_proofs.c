/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the client believes: receipts with their proofs, the hub's identity; and what it does not.
 */
#include <string.h>

#include "clients/lib/crc32.h"
#include "clients/lib/hubid.h"
#include "clients/lib/hubproof.h"
#include "clients/lib/proofs.h"
#include "core/own.h"
#include "core/octets.h"
#include "daemon/hub.h"
#include "proof/checkpoint.h"
#include "proof/merkle.h"
#include "tests/clients/lib/run.h"
#include "tests/clients/lib/stage.h"

#define LEAVES 11

static struct stage stage;
static struct hub_proof proof;
static struct accord_error error;

static const struct bytes submission = { "what was said", 13 };
static struct receipt receipt;
static struct sha256 path[MERKLE_PROOF_MAX];
static char note[CHECKPOINT_MAX];

/* A log of some entries, ours among them, and its receipt with a proof. */
static void make_receipt(uint64_t index)
{
        uint8_t header[24] = { 1, ENTRY_SUBMISSION };
        struct bytes spans[] = { BYTES_OF(header), submission };
        struct digest leaves[LEAVES], digests[MERKLE_PROOF_MAX];
        struct merkle_leaves all = { proof.hasher, leaves };
        struct merkle_nodes nodes = merkle_nodes_of(&all);
        struct checkpoint checkpoint = { .size = LEAVES };
        struct note_key key;
        size_t count;

        memset(leaves, 7, sizeof(leaves));
        receipt = (struct receipt) { .sequence = 1, .index = index, .time = 99, .entry_format = 1,
                                     .entry_kind = ENTRY_SUBMISSION, .has_proof = true,
                                     .tree_size = LEAVES, .proof = path };
        put_u32(header + 4, (uint32_t)submission.size);
        put_u64(header + 8, index);
        put_u64(header + 16, 99);
        leaf_hash(proof.hasher, spans, 2, &leaves[index]);
        memcpy(receipt.leaf.octets, leaves[index].octets, 32);

        ck_assert_int_eq(merkle_inclusion(&nodes, proof.hasher, index, LEAVES, digests, &count), 0);
        for (size_t i = 0; i < count; i++)
                memcpy(path[i].octets, digests[i].octets, 32);
        receipt.proof_count = (uint32_t)count;
        ck_assert_int_eq(merkle_range(&nodes, proof.hasher, 0, LEAVES, &checkpoint.root), 0);
        ck_assert_int_eq(note_key_make((struct bytes) { "test.example.org", 16 },
                                       stage.hub.public.signing, &key), 0);
        receipt.checkpoint = (struct bytes) {
                note, checkpoint_sign(&checkpoint, &key, stage.hub.secret.signing, note),
        };
}

/* As a flush believes it: for these bytes, and leading to a tree that the hub signed. */
static enum accord_code believe(struct bytes said)
{
        own(accord_proofs) struct accord_proofs *proofs = NULL;
        struct accord_profile profile = stage.profile;
        int r;

        profile.directory = NULL;
        ck_call(accord_proofs_open(&proofs, &profile, &error), 0, error);
        r = hub_proof_leaf(&proof, &receipt, said, &error);
        return r ? r : accord_proofs_keep_receipt(proofs, &receipt, &error);
}

static void begin(void)
{
        stage_begin(&stage);
        ck_call(hub_proof_init(&proof, stage.hub.public.signing, &error), 0, error);
}

static void end(void)
{
        hub_proof_free(&proof);
        stage_end(&stage);
}

START_TEST(a_receipt_with_a_proof_is_believed)
{
        for (uint64_t index = 0; index < LEAVES; index++) {
                make_receipt(index);
                ck_call(believe(submission), 0, error);
        }
}
END_TEST

static const char *const lies[] = {
        "the leaf", "the index", "the time", "the entry's kind", "the entry's format",
        "the bytes", "a step of the path", "the path's length", "the tree's size",
        "the checkpoint", "the checkpoint's end",
};

START_TEST(a_receipt_with_a_lie_is_not)
{
        struct bytes said = submission;

        make_receipt(5);
        switch (_i) {
        case 0: receipt.leaf.octets[31] ^= 1; break;
        case 1: receipt.index++; break;
        case 2: receipt.time++; break;
        case 3: receipt.entry_kind = ENTRY_REFUSAL; break;
        case 4: receipt.entry_format = 2; break;
        case 5: said.size--; break;
        case 6: path[1].octets[0] ^= 1; break;
        case 7: receipt.proof_count--; break;
        case 8: receipt.tree_size++; break;
        case 9: note[20] ^= 1; break;
        default: receipt.checkpoint.size -= 3; break;
        }
        ck_assert_msg(believe(said) != ACCORD_DONE, "a lie about %s is believed", lies[_i]);
}
END_TEST

START_TEST(the_hub_is_called_the_same_on_both_sides)
{
        struct hub_id theirs = hub_id_of(stage.hub.public.signing);
        struct hub_id ours = hub_id_derive(proof.hasher, stage.hub.public.signing);

        ck_assert_mem_eq(&ours, &theirs, sizeof(ours));
}
END_TEST

START_TEST(the_checksum_is_the_usual_one)
{
        ck_assert_uint_eq(crc32_of(0, (struct bytes) { "123456789", 9 }), 0xcbf43926);
        ck_assert_uint_eq(crc32_of(crc32_of(0, (struct bytes) { "1234", 4 }),
                                   (struct bytes) { "56789", 5 }), 0xcbf43926);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("proofs");
        TCase *tests = tcase_create("proofs");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, a_receipt_with_a_proof_is_believed);
        tcase_add_loop_test(tests, a_receipt_with_a_lie_is_not, 0, sizeof(lies) / sizeof(lies[0]));
        tcase_add_test(tests, the_hub_is_called_the_same_on_both_sides);
        tcase_add_test(tests, the_checksum_is_the_usual_one);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
