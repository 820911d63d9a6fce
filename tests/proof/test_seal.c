/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "proof/random.h"
#include "proof/seal.h"
#include "tests/proof/run.h"

static const struct bytes plain = { "$12,345.67 to you", 17 };
static struct seal_key hub_side, node_side, stranger_side;
static uint8_t sealed[17 + SEAL_OVERHEAD];

static void setup(void)
{
        uint8_t hub_public[32], hub_secret[32], node_public[32], node_secret[32], strange[32],
                strange_secret[32];

        seal_keypair(hub_public, hub_secret);
        seal_keypair(node_public, node_secret);
        seal_keypair(strange, strange_secret);
        ck_assert_int_eq(seal_key_prepare(node_public, hub_secret, &hub_side), 0);
        ck_assert_int_eq(seal_key_prepare(hub_public, node_secret, &node_side), 0);
        ck_assert_int_eq(seal_key_prepare(hub_public, strange_secret, &stranger_side), 0);
        seal(&hub_side, plain, sealed);
}

START_TEST(what_is_sealed_to_a_node_it_can_read)
{
        uint8_t text[17];
        size_t size = 0;

        ck_assert_int_eq(unseal(&node_side, BYTES_OF(sealed), text, &size), 0);
        ck_assert_uint_eq(size, plain.size);
        ck_assert_mem_eq(text, plain.data, plain.size);
}
END_TEST

START_TEST(a_stranger_cannot)
{
        uint8_t text[17];
        size_t size = 0;

        ck_assert_int_eq(unseal(&stranger_side, BYTES_OF(sealed), text, &size), -EBADMSG);
}
END_TEST

START_TEST(any_changed_bit_is_noticed)
{
        uint8_t text[17];
        size_t size = 0;

        for (size_t bit = 0; bit < 8 * sizeof(sealed); bit++) {
                sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
                ck_assert_int_eq(unseal(&node_side, BYTES_OF(sealed), text, &size), -EBADMSG);
                sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
}
END_TEST

START_TEST(any_shorter_length_is_noticed)
{
        uint8_t text[17];
        size_t size = 0;

        for (size_t length = 0; length < sizeof(sealed); length++)
                ck_assert_int_eq(unseal(&node_side, (struct bytes) { sealed, length }, text, &size),
                                 -EBADMSG);
}
END_TEST

START_TEST(the_same_twice_does_not_look_the_same)
{
        uint8_t again[sizeof(sealed)];

        seal(&hub_side, plain, again);
        ck_assert_mem_ne(again, sealed, SEAL_NONCE_SIZE);
        ck_assert_mem_ne(again + SEAL_NONCE_SIZE, sealed + SEAL_NONCE_SIZE, plain.size);
}
END_TEST

START_TEST(nothing_can_be_sealed_too)
{
        uint8_t empty[SEAL_OVERHEAD];
        size_t size = 1;

        seal(&hub_side, (struct bytes) { NULL, 0 }, empty);
        ck_assert_int_eq(unseal(&node_side, BYTES_OF(empty), empty, &size), 0);
        ck_assert_uint_eq(size, 0);
}
END_TEST

START_TEST(a_key_of_small_order_is_refused)
{
        uint8_t zero[32] = { 0 }, public_key[32], secret[32];
        struct seal_key shared, wiped = { { 0 } };

        seal_keypair(public_key, secret);
        random_bytes(&shared, sizeof(shared));
        ck_assert_int_eq(seal_key_prepare(zero, secret, &shared), -EKEYREJECTED);
        ck_assert_mem_eq(&shared, &wiped, sizeof(shared));
}
END_TEST

START_TEST(random_names_differ)
{
        struct stream_id a, b;
        struct hub_id c, d;

        random_stream_id(&a);
        random_stream_id(&b);
        random_hub_id(&c);
        random_hub_id(&d);
        ck_assert_mem_ne(&a, &b, sizeof(a));
        ck_assert_mem_ne(&c, &d, sizeof(c));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("seal");

        tcase_add_checked_fixture(tests, setup, NULL);
        tcase_add_test(tests, what_is_sealed_to_a_node_it_can_read);
        tcase_add_test(tests, a_stranger_cannot);
        tcase_add_test(tests, any_changed_bit_is_noticed);
        tcase_add_test(tests, any_shorter_length_is_noticed);
        tcase_add_test(tests, the_same_twice_does_not_look_the_same);
        tcase_add_test(tests, nothing_can_be_sealed_too);
        tcase_add_test(tests, a_key_of_small_order_is_refused);
        tcase_add_test(tests, random_names_differ);
        return run_case(tests, "proof/seal");
}
