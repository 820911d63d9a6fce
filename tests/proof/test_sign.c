/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "proof/hex.h"
#include "proof/sign.h"
#include "tests/proof/run.h"

static uint8_t public_key[SIGNING_PUBLIC_SIZE], secret[SIGNING_SECRET_SIZE];
static uint8_t other_public[SIGNING_PUBLIC_SIZE], other_secret[SIGNING_SECRET_SIZE];
static uint8_t room[256];
static const struct scratch scratch = { room, sizeof(room) };
static const struct bytes body = { "the body", 8 };

static void setup(void)
{
        sign_keypair(public_key, secret);
        sign_keypair(other_public, other_secret);
}

static void unhex(const char *text, uint8_t *ret, size_t size)
{
        ck_assert(hex_parse((struct bytes) { text, strlen(text) }, ret, size));
}

/* RFC 8032 section 7.1, tests 1 to 3. */
static const struct {
        const char *seed, *public_key, *message, *signature;
} vectors[] = {
        { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e397"
          "01cf9b46bd25bf5f0595bbe24655141438e7a100b" },
        { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f361"
          "3d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
        { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
          "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76"
          "0984dc6594a7c15e9716ed28dc027beceea1ec40a" },
};

START_TEST(bare_signatures_are_those_of_the_rfc)
{
        uint8_t seed[SIGNING_SEED_SIZE], expected_key[SIGNING_PUBLIC_SIZE], message[2];
        size_t size = strlen(vectors[_i].message) / 2;
        struct signature expected, got;

        unhex(vectors[_i].seed, seed, sizeof(seed));
        unhex(vectors[_i].public_key, expected_key, sizeof(expected_key));
        unhex(vectors[_i].message, message, size);
        unhex(vectors[_i].signature, expected.octets, sizeof(expected.octets));

        sign_keypair_from_seed(seed, public_key, secret);
        ck_assert_mem_eq(public_key, expected_key, sizeof(expected_key));
        sign_bare((struct bytes) { message, size }, secret, &got);
        ck_assert_mem_eq(got.octets, expected.octets, sizeof(got.octets));
        ck_assert_int_eq(sign_verify_bare((struct bytes) { message, size }, public_key, &got), 0);
}
END_TEST

START_TEST(spans_sign_as_one_under_their_domain)
{
        struct bytes pieces[] = { { "the", 3 }, { "", 0 }, { " body", 5 } };
        static const char message[] = DOMAIN_SUBMISSION "\0the body";
        struct signature signature;

        ck_assert_int_eq(sign_spans(DOMAIN_SUBMISSION, pieces, 3, secret, scratch, &signature), 0);
        ck_assert_int_eq(sign_verify(DOMAIN_SUBMISSION, &body, 1, public_key, &signature, scratch),
                         0);
        ck_assert_int_eq(sign_verify_bare((struct bytes) { message, sizeof(message) - 1 },
                                          public_key, &signature), 0);
}
END_TEST

START_TEST(nothing_else_is_signed_by_it)
{
        struct bytes other = { "the Body", 8 };
        struct signature signature, spoilt;

        ck_assert_int_eq(sign_spans(DOMAIN_SUBMISSION, &body, 1, secret, scratch, &signature), 0);
        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &body, 1, public_key, &signature, scratch),
                         -EKEYREJECTED);
        ck_assert_int_eq(sign_verify(DOMAIN_SUBMISSION, &other, 1, public_key, &signature, scratch),
                         -EKEYREJECTED);
        ck_assert_int_eq(sign_verify(DOMAIN_SUBMISSION, &body, 1, other_public, &signature,
                                     scratch), -EKEYREJECTED);
        for (size_t bit = 0; bit < 8 * sizeof(spoilt.octets); bit++) {
                spoilt = signature;
                spoilt.octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
                ck_assert_int_eq(sign_verify(DOMAIN_SUBMISSION, &body, 1, public_key, &spoilt,
                                             scratch), -EKEYREJECTED);
        }
}
END_TEST

/* A second signature for the same message, made without the key by adding the group's order. */
START_TEST(a_signature_has_one_form_only)
{
        static const uint8_t order[32] = {
                0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10,
        };
        struct signature signature;
        unsigned int carry = 0;

        ck_assert_int_eq(sign_spans(DOMAIN_HUB, &body, 1, secret, scratch, &signature), 0);
        for (size_t i = 0; i < 32; i++) {
                carry += (unsigned int)signature.octets[32 + i] + order[i];
                signature.octets[32 + i] = (uint8_t)carry;
                carry >>= 8;
        }
        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &body, 1, public_key, &signature, scratch),
                         -EKEYREJECTED);
}
END_TEST

/* Under the neutral element as key, S = 0 and R = neutral would "sign" every message. */
START_TEST(a_key_of_small_order_signs_nothing)
{
        uint8_t neutral[SIGNING_PUBLIC_SIZE] = { 1 };
        struct signature forged = { { 1 } };

        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &body, 1, neutral, &forged, scratch),
                         -EKEYREJECTED);
}
END_TEST

START_TEST(scratch_must_hold_the_whole)
{
        struct scratch exact = { room, sign_room(DOMAIN_HUB, body.size) };
        struct scratch short_of = { room, exact.size - 1 }, none = { NULL, 0 };
        struct signature signature;

        ck_assert_uint_eq(exact.size, sizeof(DOMAIN_HUB) + body.size);
        ck_assert_uint_eq(sign_room(DOMAIN_HUB, SIZE_MAX - 2), SIZE_MAX);
        ck_assert_int_eq(sign_spans(DOMAIN_HUB, &body, 1, secret, exact, &signature), 0);
        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &body, 1, public_key, &signature, exact), 0);
        ck_assert_int_eq(sign_spans(DOMAIN_HUB, &body, 1, secret, short_of, &signature), -ENOBUFS);
        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &body, 1, public_key, &signature, short_of),
                         -ENOBUFS);
        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &body, 1, public_key, &signature, none),
                         -ENOBUFS);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("sign");

        tcase_add_checked_fixture(tests, setup, NULL);
        tcase_add_loop_test(tests, bare_signatures_are_those_of_the_rfc, 0, COUNT_OF(vectors));
        tcase_add_test(tests, spans_sign_as_one_under_their_domain);
        tcase_add_test(tests, nothing_else_is_signed_by_it);
        tcase_add_test(tests, a_signature_has_one_form_only);
        tcase_add_test(tests, a_key_of_small_order_signs_nothing);
        tcase_add_test(tests, scratch_must_hold_the_whole);
        return run_case(tests, "proof/sign");
}
