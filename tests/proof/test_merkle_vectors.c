/* SPDX-License-Identifier: Apache-2.0 */
/* All proofs in trees of up to eight leaves, computed by others. The file's name is argument 1. */
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/merkle.h"
#include "tests/proof/run.h"

#define SKIPPED 77

static struct json_object *vectors;
static struct hasher *hasher;
static struct digest leaves[8], roots[9];

static struct json_object *member(struct json_object *of, const char *name)
{
        struct json_object *found = NULL;

        ck_assert_msg(json_object_object_get_ex(of, name, &found), "no member %s", name);
        return found;
}

static size_t number(struct json_object *of, const char *name)
{
        return (size_t)json_object_get_int64(member(of, name));
}

static size_t digests(struct json_object *list, struct digest *ret)
{
        size_t count = json_object_array_length(list);

        for (size_t i = 0; i < count; i++) {
                struct json_object *text = json_object_array_get_idx(list, i);
                struct bytes hex = { json_object_get_string(text),
                                     (size_t)json_object_get_string_len(text) };

                ck_assert(digest_parse(hex, &ret[i]));
        }
        return count;
}

static void setup(void)
{
        ck_assert_int_eq(hasher_new(&hasher), 0);
        ck_assert_uint_eq(digests(member(vectors, "leaf_hashes"), leaves), 8);
        ck_assert_uint_eq(digests(member(vectors, "roots"), roots), 9);
}

static void teardown(void)
{
        hasher_free(hasher);
}

START_TEST(every_inclusion_is_made_and_believed)
{
        struct merkle_leaves of = { hasher, leaves };
        struct merkle_nodes source = merkle_nodes_of(&of);
        struct json_object *list = member(vectors, "inclusion");
        struct digest expected[MERKLE_PROOF_MAX], proof[MERKLE_PROOF_MAX];

        ck_assert_uint_eq(json_object_array_length(list), 36);
        for (size_t i = 0; i < 36; i++) {
                struct json_object *one = json_object_array_get_idx(list, i);
                size_t index = number(one, "index"), size = number(one, "size");
                size_t wanted = digests(member(one, "path"), expected), count;

                merkle_inclusion(&source, hasher, index, size, proof, &count);
                ck_assert_uint_eq(count, wanted);
                ck_assert_mem_eq(proof, expected, count * sizeof(proof[0]));
                ck_assert(merkle_includes(hasher, &roots[size], size, &leaves[index], index,
                                          expected, wanted));
        }
}
END_TEST

START_TEST(every_continuation_is_made_and_believed)
{
        struct merkle_leaves of = { hasher, leaves };
        struct merkle_nodes source = merkle_nodes_of(&of);
        struct json_object *list = member(vectors, "consistency");
        struct digest expected[MERKLE_PROOF_MAX], proof[MERKLE_PROOF_MAX];

        ck_assert_uint_eq(json_object_array_length(list), 36);
        for (size_t i = 0; i < 36; i++) {
                struct json_object *one = json_object_array_get_idx(list, i);
                size_t first = number(one, "first"), second = number(one, "second");
                size_t wanted = digests(member(one, "proof"), expected), count;

                merkle_consistency(&source, hasher, first, second, proof, &count);
                ck_assert_uint_eq(count, wanted);
                ck_assert_mem_eq(proof, expected, count * sizeof(proof[0]));
                ck_assert(merkle_continues(hasher, &roots[first], first, &roots[second], second,
                                           expected, wanted));
        }
}
END_TEST

int main(int argc, char **argv)
{
        TCase *tests;
        int r;

        if (argc != 2 || access(argv[1], R_OK) < 0) {
                printf("skipped: no vectors at %s\n", argc == 2 ? argv[1] : "(no file given)");
                return SKIPPED;
        }
        vectors = json_object_from_file(argv[1]);
        if (!vectors) {
                printf("%s: %s\n", argv[1], json_util_get_last_err());
                return EXIT_FAILURE;
        }

        tests = tcase_create("vectors");
        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_add_test(tests, every_inclusion_is_made_and_believed);
        tcase_add_test(tests, every_continuation_is_made_and_believed);
        r = run_case(tests, "proof/merkle-vectors");
        json_object_put(vectors);
        return r;
}
