/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "proof/vault.h"
#include "tests/proof/run.h"

static const struct bytes plain = { "member 7, March, $12,345.67", 27 }, about = { "block 3", 7 };
static struct vault_key key, other;
static uint8_t closed[27 + VAULT_OVERHEAD];

static void setup(void)
{
        vault_key_new(&key);
        vault_key_new(&other);
        vault_close(&key, about, plain, closed);
}

START_TEST(what_is_closed_opens_with_its_key)
{
        uint8_t text[27];

        ck_assert_int_eq(vault_open(&key, about, BYTES_OF(closed), text), 0);
        ck_assert_mem_eq(text, plain.data, plain.size);
}
END_TEST

START_TEST(not_with_another_key_and_not_as_something_else)
{
        uint8_t text[27];

        ck_assert_int_eq(vault_open(&other, about, BYTES_OF(closed), text), -EBADMSG);
        ck_assert_int_eq(vault_open(&key, (struct bytes) { "block 4", 7 }, BYTES_OF(closed), text),
                         -EBADMSG);
        ck_assert_int_eq(vault_open(&key, (struct bytes) { NULL, 0 }, BYTES_OF(closed), text),
                         -EBADMSG);
}
END_TEST

START_TEST(any_changed_bit_is_noticed)
{
        uint8_t text[27];

        for (size_t bit = 0; bit < 8 * sizeof(closed); bit++) {
                closed[bit / 8] ^= (uint8_t)(1 << bit % 8);
                ck_assert_int_eq(vault_open(&key, about, BYTES_OF(closed), text), -EBADMSG);
                closed[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
}
END_TEST

START_TEST(any_shorter_length_is_noticed)
{
        uint8_t text[27];

        for (size_t size = 0; size < sizeof(closed); size++)
                ck_assert_int_eq(vault_open(&key, about, (struct bytes) { closed, size }, text),
                                 -EBADMSG);
}
END_TEST

START_TEST(the_same_closed_twice_looks_different)
{
        uint8_t again[sizeof(closed)];

        vault_close(&key, about, plain, again);
        ck_assert_mem_ne(closed, again, sizeof(closed));
        ck_assert_mem_ne(key.octets, other.octets, sizeof(key.octets));
}
END_TEST

START_TEST(a_wiped_key_is_none)
{
        static const struct vault_key none;
        uint8_t text[27];

        vault_key_wipe(&key);
        ck_assert_mem_eq(key.octets, none.octets, sizeof(key.octets));
        ck_assert_int_eq(vault_open(&key, about, BYTES_OF(closed), text), -EBADMSG);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("vault");

        tcase_add_checked_fixture(tests, setup, NULL);
        tcase_add_test(tests, what_is_closed_opens_with_its_key);
        tcase_add_test(tests, not_with_another_key_and_not_as_something_else);
        tcase_add_test(tests, any_changed_bit_is_noticed);
        tcase_add_test(tests, any_shorter_length_is_noticed);
        tcase_add_test(tests, the_same_closed_twice_looks_different);
        tcase_add_test(tests, a_wiped_key_is_none);
        return run_case(tests, "vault");
}
