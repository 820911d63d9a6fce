/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every proof in the published tree of eight leaves, changed in every small way: none is believed.
 *
 * What binds a size to a root is the checkpoint that says both, so a wrong size is tried with the
 * root of the tree of that size; and doubled or halved with the root as it was.
 */
#include <string.h>

#include "proof/merkle.h"
#include "tests/proof/run.h"

#define LEAVES 8

static const struct bytes inputs[LEAVES] = {
        { "", 0 },
        { "\x00", 1 },
        { "\x10", 1 },
        { "\x20\x21", 2 },
        { "\x30\x31", 2 },
        { "\x40\x41\x42\x43", 4 },
        { "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
        { "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 },
};

/* Of the trees of 1 to 8 leaves, as published for all implementations. */
static const char *const published[LEAVES + 1] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

/* An inclusion (of @leaf at @first in the tree of @second) or a continuation (of @first's tree). */
struct claim {
        bool is_inclusion;
        uint64_t first, second;
        struct digest leaf, first_root, second_root;
        struct digest path[MERKLE_PROOF_MAX + 2];
        size_t count;
};

static struct hasher *hasher;
static struct digest leaves[LEAVES], roots[LEAVES + 1];
static struct claim claims[72];

static bool holds(const struct claim *c)
{
        return c->is_inclusion
                       ? merkle_includes(hasher, &c->second_root, c->second, &c->leaf, c->first,
                                         c->path, c->count)
                       : merkle_continues(hasher, &c->first_root, c->first, &c->second_root,
                                          c->second, c->path, c->count);
}

static void make_claim(const struct merkle_nodes *nodes, struct claim *claim)
{
        int r;

        if (claim->is_inclusion)
                r = merkle_inclusion(nodes, hasher, claim->first, claim->second, claim->path,
                                     &claim->count);
        else
                r = merkle_consistency(nodes, hasher, claim->first, claim->second, claim->path,
                                       &claim->count);
        ck_assert_int_eq(r, 0);
        if (claim->is_inclusion)
                claim->leaf = leaves[claim->first];
        else
                claim->first_root = roots[claim->first];
        claim->second_root = roots[claim->second];
        ck_assert(holds(claim));
}

static void setup(void)
{
        struct merkle_leaves of = { NULL, leaves };
        struct merkle_nodes nodes = merkle_nodes_of(&of);
        size_t count = 0;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        of.hasher = hasher;
        for (size_t i = 0; i < LEAVES; i++)
                leaf_hash(hasher, &inputs[i], 1, &leaves[i]);
        for (size_t i = 0; i <= LEAVES; i++)
                ck_assert(digest_parse((struct bytes) { published[i], 64 }, &roots[i]));
        for (uint64_t size = 1; size <= LEAVES; size++)
                for (uint64_t at = 0; at < size; at++) {
                        claims[count] = (struct claim) { true, at, size, .count = 0 };
                        make_claim(&nodes, &claims[count++]);
                        claims[count] = (struct claim) { false, at + 1, size, .count = 0 };
                        make_claim(&nodes, &claims[count++]);
                }
        ck_assert_uint_eq(count, 72);
}

static void teardown(void)
{
        hasher_free(hasher);
}

/* One bit of a digest after the other. */
static void try_bits(const struct claim *claim, const struct digest *of, const char *what)
{
        struct claim changed = *claim;
        size_t offset = (size_t)((const uint8_t *)of - (const uint8_t *)claim);
        uint8_t *octets = (uint8_t *)&changed + offset;

        for (unsigned int bit = 0; bit < 8 * DIGEST_SIZE; bit++) {
                octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
                ck_assert_msg(!holds(&changed), "%s, bit %u: %d of %d", what, bit,
                              (int)claim->first, (int)claim->second);
                octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
}

static void every_bit_counts(const struct claim *claim)
{

        for (size_t i = 0; i < claim->count; i++)
                try_bits(claim, &claim->path[i], "a digest of the path");
        try_bits(claim, &claim->second_root, "the root");
        if (claim->is_inclusion)
                try_bits(claim, &claim->leaf, "the leaf");
        else
                try_bits(claim, &claim->first_root, "the first root");
}

/* Digests that somebody might put where none belong. */
static void try_longer(const struct claim *claim, const struct digest *more)
{
        struct claim longer = *claim;

        longer.path[longer.count++] = *more;
        ck_assert(!holds(&longer));
        longer = *claim;
        memmove(&longer.path[1], longer.path, longer.count++ * sizeof(longer.path[0]));
        longer.path[0] = *more;
        ck_assert(!holds(&longer));
}

static void a_path_has_one_length(const struct claim *claim)
{
        const struct digest nothing = { { 0 } };
        struct claim changed;

        for (size_t count = 0; count < claim->count; count++) {
                changed = *claim;
                changed.count = count;
                ck_assert(!holds(&changed));
                memmove(changed.path, &claim->path[claim->count - count],
                        count * sizeof(changed.path[0]));
                ck_assert(!holds(&changed));
                changed = *claim;
                changed.count--;
                memmove(&changed.path[count], &claim->path[count + 1],
                        (changed.count - count) * sizeof(changed.path[0]));
                ck_assert(!holds(&changed));
                try_longer(claim, &claim->path[count]);
        }
        try_longer(claim, &nothing);
        try_longer(claim, &claim->second_root);
        try_longer(claim, claim->is_inclusion ? &claim->leaf : &claim->first_root);
}

static void roots_are_not_each_others(const struct claim *claim)
{
        struct claim changed = *claim;

        for (size_t size = 0; size <= LEAVES; size++) {
                changed.second_root = roots[size];
                ck_assert(holds(&changed) == (size == claim->second));
        }
        changed = *claim;
        if (claim->is_inclusion) {
                changed.leaf = claim->second_root;
                changed.second_root = claim->leaf;
                ck_assert(claim->second == 1 || !holds(&changed));
                return;
        }
        changed.first_root = claim->second_root;
        changed.second_root = claim->first_root;
        ck_assert(holds(&changed) == (claim->first == claim->second));
        changed = *claim;
        for (size_t size = 0; size <= LEAVES; size++) {
                changed.first_root = roots[size];
                ck_assert(holds(&changed) == (size == claim->first));
        }
}

static void a_path_is_for_one_place_only(const struct claim *claim)
{
        struct claim changed = *claim;

        for (uint64_t at = 0; at <= 2 * LEAVES; at++) {
                changed.first = at;
                ck_assert_msg(holds(&changed) == (at == claim->first), "%d of %d as %d",
                              (int)claim->first, (int)claim->second, (int)at);
        }
        for (unsigned int bit = 0; bit < 64; bit++) {
                changed.first = claim->first ^ (UINT64_C(1) << bit);
                ck_assert(!holds(&changed));
        }
}

static void a_path_is_for_one_tree_only(const struct claim *claim)
{
        struct claim changed = *claim;

        for (uint64_t size = 0; size <= LEAVES; size++) {
                changed.second = size;
                changed.second_root = roots[size];
                ck_assert_msg(holds(&changed) == (size == claim->second), "%d of %d as of %d",
                              (int)claim->first, (int)claim->second, (int)size);
        }
        changed = *claim;
        changed.second = 2 * claim->second;
        ck_assert(!holds(&changed));
        changed.second = claim->second / 2;
        ck_assert(!holds(&changed));
        changed.second = 0;
        ck_assert(!holds(&changed));
        changed.second = UINT64_MAX;
        ck_assert(!holds(&changed));
}

static void a_leaf_is_none_of_the_others(const struct claim *claim)
{
        struct claim changed = *claim;

        if (!claim->is_inclusion)
                return;
        for (size_t at = 0; at < LEAVES; at++) {
                changed.leaf = leaves[at];
                ck_assert(holds(&changed) == (at == claim->first));
        }
}

static void (*const ways[])(const struct claim *claim) = {
        every_bit_counts, a_path_has_one_length, roots_are_not_each_others,
        a_path_is_for_one_place_only, a_path_is_for_one_tree_only, a_leaf_is_none_of_the_others,
};

START_TEST(all_claims_hold_in_no_other_way)
{
        for (int i = 0; i < COUNT_OF(claims); i++)
                ways[_i](&claims[i]);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("mutations");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, all_claims_hold_in_no_other_way, 0, COUNT_OF(ways));
        return run_case(tests, "proof/merkle-mutations");
}
