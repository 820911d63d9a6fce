/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/own.h"
#include "proof/hash.h"
#include "tests/proof/run.h"

static const struct {
        const char *says;
        const char *spans[4];
        size_t count;
        const char *digest;
} cases[] = {
        { "nothing at all", { NULL }, 0,
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "one empty span", { "" }, 1,
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc, of FIPS 180-4", { "abc" }, 1,
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abc in pieces, one of them empty", { "a", "", "b", "c" }, 4,
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "two blocks, of FIPS 180-4",
          { "abcdbcdecdefdefgefghfghighij", "hijkijkljklmklmnlmnomnopnopq" }, 2,
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

START_TEST(spans_hash_as_one)
{
        own(hasher) struct hasher *hasher = NULL;
        struct bytes spans[4];
        struct digest digest;
        char text[DIGEST_TEXT_MAX + 1];

        ck_assert_int_eq(hasher_new(&hasher), 0);
        for (size_t i = 0; i < cases[_i].count; i++)
                spans[i] = (struct bytes) { cases[_i].spans[i], strlen(cases[_i].spans[i]) };

        /* Twice: what the first left behind must not show. */
        for (int round = 0; round < 2; round++) {
                hash_spans(hasher, spans, cases[_i].count, &digest);
                digest_print(&digest, text);
                ck_assert_msg(strcmp(text, cases[_i].digest) == 0, "%s: %s", cases[_i].says, text);
        }
}
END_TEST

START_TEST(a_leaf_and_a_node_have_prefixes)
{
        own(hasher) struct hasher *hasher = NULL;
        struct bytes leaf = { "\0abc", 4 };
        uint8_t both[65] = { 1 };
        struct digest left, right, node, expected;

        ck_assert_int_eq(hasher_new(&hasher), 0);

        leaf_hash(hasher, (struct bytes[]) { { "a", 1 }, { "bc", 2 } }, 2, &left);
        hash_spans(hasher, &leaf, 1, &expected);
        ck_assert(digest_equal(&left, &expected));

        leaf_hash(hasher, NULL, 0, &right);
        memcpy(both + 1, left.octets, 32);
        memcpy(both + 33, right.octets, 32);
        hash_spans(hasher, &(struct bytes) { both, sizeof(both) }, 1, &expected);
        node_hash(hasher, &left, &right, &node);
        ck_assert(digest_equal(&node, &expected));

        node_hash(hasher, &left, &right, &right);
        ck_assert_msg(digest_equal(&right, &expected), "the result may lie where an input was");
}
END_TEST

static const struct {
        const char *says, *text;
        bool well;
} texts[] = {
        { "lower case", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true },
        { "upper case", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", true },
        { "a digit short", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
          false },
        { "a digit long", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adf",
          false },
        { "no hex digit", "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          false },
        { "nothing", "", false },
};

START_TEST(digests_are_read_strictly)
{
        struct digest digest, zero = { { 0 } };
        bool well = digest_parse((struct bytes) { texts[_i].text, strlen(texts[_i].text) },
                                 &digest);

        ck_assert_msg(well == texts[_i].well, "%s", texts[_i].says);
        ck_assert_msg(digest_equal(&digest, &zero) != well, "%s", texts[_i].says);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("hash");

        tcase_add_loop_test(tests, spans_hash_as_one, 0, COUNT_OF(cases));
        tcase_add_test(tests, a_leaf_and_a_node_have_prefixes);
        tcase_add_loop_test(tests, digests_are_read_strictly, 0, COUNT_OF(texts));
        return run_case(tests, "proof/hash");
}
