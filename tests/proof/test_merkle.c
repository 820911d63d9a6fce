/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree against RFC 6962 itself: the eight leaves that all implementations are tried with, and
 * a reference written down from the definitions, recursion and all.
 */
#include <string.h>

#include "core/own.h"
#include "proof/merkle.h"
#include "tests/proof/run.h"

#define LEAVES 70

static const struct bytes inputs[] = {
        { "", 0 },
        { "\x00", 1 },
        { "\x10", 1 },
        { "\x20\x21", 2 },
        { "\x30\x31", 2 },
        { "\x40\x41\x42\x43", 4 },
        { "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
        { "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 },
};

static const char *const roots[] = {
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

static struct hasher *hasher;
static struct digest leaves[LEAVES];
static struct merkle_leaves source_leaves;
static struct merkle_nodes source;

static void setup(void)
{
        ck_assert_int_eq(hasher_new(&hasher), 0);
        for (unsigned int i = 0; i < LEAVES; i++) {
                uint8_t other[2] = { 0xff, (uint8_t)i };

                leaf_hash(hasher, i < 8 ? &inputs[i] : &BYTES_OF(other), 1, &leaves[i]);
        }
        source_leaves = (struct merkle_leaves) { hasher, leaves };
        source = merkle_nodes_of(&source_leaves);
}

static void teardown(void)
{
        hasher_free(hasher);
}

/* ---- the definitions of RFC 6962 section 2.1, word for word */

static size_t k_of(size_t n)
{
        size_t k = 1;

        while (2 * k < n)
                k *= 2;
        return k;
}

static struct digest mth(const struct digest *d, size_t n)
{
        struct digest root, right;

        if (n == 1)
                return d[0];
        root = mth(d, k_of(n));
        right = mth(d + k_of(n), n - k_of(n));
        node_hash(hasher, &root, &right, &root);
        return root;
}

static size_t path(size_t m, const struct digest *d, size_t n, struct digest *ret)
{
        size_t k = k_of(n), count;

        if (n == 1)
                return 0;
        if (m < k) {
                count = path(m, d, k, ret);
                ret[count] = mth(d + k, n - k);
        } else {
                count = path(m - k, d + k, n - k, ret);
                ret[count] = mth(d, k);
        }
        return count + 1;
}

static size_t subproof(size_t m, const struct digest *d, size_t n, bool whole, struct digest *ret)
{
        size_t k = k_of(n), count;

        if (m == n) {
                ret[0] = mth(d, n);
                return whole ? 0 : 1;
        }
        if (m <= k) {
                count = subproof(m, d, k, whole, ret);
                ret[count] = mth(d + k, n - k);
        } else {
                count = subproof(m - k, d + k, n - k, false, ret);
                ret[count] = mth(d, k);
        }
        return count + 1;
}

/* ---- growing */

START_TEST(the_eight_leaves_have_the_published_roots)
{
        struct frontier frontier = { .size = 0 };
        struct digest root, expected;

        for (size_t n = 0; n <= 8; n++) {
                ck_assert(digest_parse((struct bytes) { roots[n], 64 }, &expected));
                frontier_root(&frontier, hasher, &root);
                ck_assert_msg(digest_equal(&root, &expected), "root of %zu leaves", n);
                ck_assert_uint_eq(frontier.size, n);
                if (n < 8)
                        frontier_append(&frontier, hasher, &leaves[n]);
        }
}
END_TEST

START_TEST(a_frontier_survives_being_written)
{
        struct frontier frontier = { .size = 0 }, again;
        uint8_t written[FRONTIER_WRITTEN_MAX];
        struct digest a, b;

        for (size_t n = 0; n <= LEAVES; n++) {
                size_t size = frontier_write(&frontier, written);

                ck_assert_uint_eq(size, 8 + 32 * (size_t)__builtin_popcountll(n));
                ck_assert(frontier_read((struct bytes) { written, size }, &again));
                frontier_root(&frontier, hasher, &a);
                frontier_root(&again, hasher, &b);
                ck_assert(digest_equal(&a, &b));
                ck_assert_uint_eq(again.size, n);

                ck_assert(!frontier_read((struct bytes) { written, size - 1 }, &again));
                ck_assert_uint_eq(again.size, 0);
                ck_assert(!frontier_read((struct bytes) { written, size + 1 }, &again));
                if (n < LEAVES)
                        frontier_append(&frontier, hasher, &leaves[n]);
        }
        memset(written, 0xff, 8);
        ck_assert(!frontier_read(BYTES_OF(written), &again));
}
END_TEST

/* ---- proofs */

static bool includes(size_t n, size_t m, const struct digest *proof, size_t count)
{
        struct digest root = mth(leaves, n);

        return merkle_includes(hasher, &root, n, &leaves[m], m, proof, count);
}

static bool continues(size_t first, size_t second, const struct digest *proof, size_t count)
{
        struct digest a = mth(leaves, first), b = mth(leaves, second);

        return merkle_continues(hasher, &a, first, &b, second, proof, count);
}

START_TEST(paths_are_those_of_the_definition)
{
        struct digest proof[MERKLE_PROOF_MAX], expected[MERKLE_PROOF_MAX];
        size_t count;

        for (size_t n = 1; n <= LEAVES; n++) {
                for (size_t m = 0; m < n; m++) {
                        ck_assert_int_eq(merkle_inclusion(&source, hasher, m, n, proof, &count),
                                         0);
                        ck_assert_uint_eq(count, path(m, leaves, n, expected));
                        ck_assert_mem_eq(proof, expected, count * sizeof(proof[0]));
                        ck_assert_msg(includes(n, m, proof, count), "leaf %zu of %zu", m, n);
                }
        }
}
END_TEST

START_TEST(continuations_are_those_of_the_definition)
{
        struct digest proof[MERKLE_PROOF_MAX], expected[MERKLE_PROOF_MAX];
        size_t count;

        for (size_t n = 1; n <= LEAVES; n++) {
                for (size_t m = 1; m <= n; m++) {
                        ck_assert_int_eq(merkle_consistency(&source, hasher, m, n, proof, &count),
                                         0);
                        ck_assert_uint_eq(count, subproof(m, leaves, n, true, expected));
                        ck_assert_mem_eq(proof, expected, count * sizeof(proof[0]));
                        ck_assert_msg(continues(m, n, proof, count), "%zu to %zu", m, n);
                }
        }
}
END_TEST

/* Each way to spoil a proof; false where this proof cannot be spoilt that way. */
static const struct digest stranger = { { 0x5a } };

static bool drop_last(struct digest *proof, size_t *count)
{
        (void)proof;
        return *count && (*count)--;
}

static bool drop_first(struct digest *proof, size_t *count)
{
        if (!*count)
                return false;
        memmove(proof, proof + 1, --*count * sizeof(*proof));
        return true;
}

static bool add_last(struct digest *proof, size_t *count)
{
        proof[(*count)++] = stranger;
        return true;
}

static bool add_first(struct digest *proof, size_t *count)
{
        memmove(proof + 1, proof, (*count)++ * sizeof(*proof));
        proof[0] = stranger;
        return true;
}

static bool repeat_last(struct digest *proof, size_t *count)
{
        if (!*count)
                return false;
        proof[*count] = proof[*count - 1];
        return (*count)++;
}

static bool swap_ends(struct digest *proof, size_t *count)
{
        struct digest first = proof[0];

        if (*count < 2)
                return false;
        proof[0] = proof[*count - 1];
        proof[*count - 1] = first;
        return true;
}

static const struct {
        const char *says;
        bool (*spoil)(struct digest *proof, size_t *count);
} spoils[] = {
        { "the last digest is missing", drop_last },
        { "the first digest is missing", drop_first },
        { "a digest too many at the end", add_last },
        { "a digest too many at the start", add_first },
        { "the last digest comes twice", repeat_last },
        { "two digests have changed places", swap_ends },
};

START_TEST(a_spoilt_proof_proves_nothing)
{
        struct digest proof[MERKLE_PROOF_MAX], spoilt[MERKLE_PROOF_MAX + 1];
        size_t count;

        for (size_t n = 1; n <= 17; n++) {
                for (size_t m = 0; m <= n; m++) {
                        if (m < n) {
                                merkle_inclusion(&source, hasher, m, n, proof, &count);
                                memcpy(spoilt, proof, sizeof(proof));
                                if (spoils[_i].spoil(spoilt, &count))
                                        ck_assert_msg(!includes(n, m, spoilt, count),
                                                      "%s: leaf %zu of %zu", spoils[_i].says, m, n);
                        }
                        if (m > 0) {
                                merkle_consistency(&source, hasher, m, n, proof, &count);
                                memcpy(spoilt, proof, sizeof(proof));
                                if (spoils[_i].spoil(spoilt, &count))
                                        ck_assert_msg(!continues(m, n, spoilt, count),
                                                      "%s: %zu to %zu", spoils[_i].says, m, n);
                        }
                }
        }
}
END_TEST

START_TEST(any_bit_of_a_proof_counts)
{
        struct digest proof[MERKLE_PROOF_MAX];
        size_t count;

        for (size_t m = 0; m < 7; m++) {
                merkle_inclusion(&source, hasher, m, 7, proof, &count);
                for (size_t bit = 0; bit < count * 256; bit++) {
                        proof[bit / 256].octets[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
                        ck_assert(!includes(7, m, proof, count));
                        proof[bit / 256].octets[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
                }
                merkle_consistency(&source, hasher, m + 1, 8, proof, &count);
                for (size_t bit = 0; bit < count * 256; bit++) {
                        proof[bit / 256].octets[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
                        ck_assert(!continues(m + 1, 8, proof, count));
                        proof[bit / 256].octets[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
                }
        }
}
END_TEST

START_TEST(a_proof_fits_one_place_in_one_tree)
{
        struct digest proof[MERKLE_PROOF_MAX], root = mth(leaves, 11);
        size_t count;

        for (size_t m = 0; m < 11; m++) {
                merkle_inclusion(&source, hasher, m, 11, proof, &count);
                for (uint64_t at = 0; at < 40; at++)
                        ck_assert(merkle_includes(hasher, &root, 11, &leaves[m], at, proof,
                                                  count) == (at == m));
                for (size_t other = 0; other < LEAVES; other++)
                        ck_assert(merkle_includes(hasher, &root, 11, &leaves[other], m, proof,
                                                  count) == (other == m));
                ck_assert(!merkle_includes(hasher, &root, 0, &leaves[m], m, proof, count));
                ck_assert(!merkle_includes(hasher, &root, 22, &leaves[m], m, proof, count));
                ck_assert(!merkle_includes(hasher, &leaves[m], 11, &leaves[m], m, proof, 0));
        }
}
END_TEST

START_TEST(a_tree_does_not_continue_what_it_is_not)
{
        struct digest proof[MERKLE_PROOF_MAX], six = mth(leaves, 6), eight = mth(leaves, 8);
        size_t count;

        merkle_consistency(&source, hasher, 6, 8, proof, &count);
        ck_assert(merkle_continues(hasher, &six, 6, &eight, 8, proof, count));
        ck_assert(!merkle_continues(hasher, &eight, 6, &six, 8, proof, count));
        ck_assert(!merkle_continues(hasher, &eight, 8, &six, 6, proof, count));
        ck_assert(!merkle_continues(hasher, &six, 0, &eight, 8, proof, count));
        ck_assert(!merkle_continues(hasher, &six, 0, &eight, 8, NULL, 0));
        ck_assert(!merkle_continues(hasher, &six, 5, &eight, 8, proof, count));
        ck_assert(!merkle_continues(hasher, &six, 6, &eight, 9, proof, count));
        ck_assert(!merkle_continues(hasher, &six, 6, &eight, 6, NULL, 0));
        ck_assert(!merkle_continues(hasher, &six, 6, &six, 6, proof, 1));
        ck_assert(merkle_continues(hasher, &six, 6, &six, 6, NULL, 0));
}
END_TEST

static int broken_node(void *of, unsigned int level, uint64_t at, struct digest *ret)
{
        (void)of;
        (void)level;
        (void)at;
        (void)ret;
        return -5;
}

START_TEST(what_the_source_answers_is_passed_on)
{
        struct merkle_nodes broken = { broken_node, NULL };
        struct digest proof[MERKLE_PROOF_MAX];
        size_t count;

        ck_assert_int_eq(merkle_inclusion(&broken, hasher, 3, 9, proof, &count), -5);
        ck_assert_int_eq(merkle_consistency(&broken, hasher, 3, 9, proof, &count), -5);
        ck_assert_int_eq(merkle_inclusion(&broken, hasher, 0, 1, proof, &count), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("merkle");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_add_test(tests, the_eight_leaves_have_the_published_roots);
        tcase_add_test(tests, a_frontier_survives_being_written);
        tcase_add_test(tests, paths_are_those_of_the_definition);
        tcase_add_test(tests, continuations_are_those_of_the_definition);
        tcase_add_loop_test(tests, a_spoilt_proof_proves_nothing, 0, COUNT_OF(spoils));
        tcase_add_test(tests, any_bit_of_a_proof_counts);
        tcase_add_test(tests, a_proof_fits_one_place_in_one_tree);
        tcase_add_test(tests, a_tree_does_not_continue_what_it_is_not);
        tcase_add_test(tests, what_the_source_answers_is_passed_on);
        return run_case(tests, "proof/merkle");
}
