/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "proof/hash.h"
#include "proof/keys.h"
#include "tests/proof/run.h"

static struct keys keys, other;
static char text[KEYS_TEXT_MAX], public_text[KEYS_TEXT_MAX];
static size_t size, public_size;

static void setup(void)
{
        keys_generate(KEY_KIND_NODE, &keys);
        keys_generate(KEY_KIND_HUB, &other);
        size = keys_print(&keys, text);
        public_size = public_keys_print(&keys.public, public_text);
}

START_TEST(what_is_printed_is_read_back)
{
        struct keys again;
        struct public_keys public_again;

        ck_assert_int_eq(keys_parse((struct bytes) { text, size }, &again), 0);
        ck_assert_mem_eq(&again.public, &keys.public, sizeof(keys.public));
        ck_assert_mem_eq(&again.secret, &keys.secret, sizeof(keys.secret));
        ck_assert_int_eq(again.kind, KEY_KIND_NODE);
        ck_assert_int_eq(public_keys_parse((struct bytes) { public_text, public_size },
                                           &public_again), 0);
        ck_assert_mem_eq(&public_again, &keys.public, sizeof(keys.public));

        size = keys_print(&other, text);
        ck_assert_int_eq(keys_parse((struct bytes) { text, size }, &again), 0);
        ck_assert_int_eq(again.kind, KEY_KIND_HUB);
}
END_TEST

START_TEST(mail_and_editors_may_end_lines_their_way)
{
        char mailed[2 * KEYS_TEXT_MAX];
        struct public_keys again;
        size_t used = 0;

        for (size_t i = 0; i < public_size; i++) {
                if (public_text[i] == '\n')
                        mailed[used++] = '\r';
                mailed[used++] = public_text[i];
        }
        ck_assert_int_eq(public_keys_parse((struct bytes) { mailed, used }, &again), 0);
        ck_assert_int_eq(public_keys_parse((struct bytes) { public_text, public_size - 1 }, &again),
                         0);
}
END_TEST

START_TEST(a_text_cut_anywhere_is_refused)
{
        static const struct keys wiped;
        struct keys again;
        struct public_keys public_again;

        /* All but the last newline, that is. */
        for (size_t i = 0; i < size - 1; i++) {
                ck_assert_int_eq(keys_parse((struct bytes) { text, i }, &again), -EBADMSG);
                ck_assert_mem_eq(&again, &wiped, sizeof(again));
        }
        for (size_t i = 0; i < public_size - 1; i++)
                ck_assert_int_eq(public_keys_parse((struct bytes) { public_text, i },
                                                   &public_again), -EBADMSG);
}
END_TEST

START_TEST(any_changed_character_of_a_key_file_is_refused)
{
        struct keys again;

        for (size_t i = 0; i < size - 1; i++) {
                text[i] ^= 0x01;        /* a hex digit becomes its neighbour, or none */
                /* The clamped bits of a Curve25519 secret mean nothing: the same key. */
                if (keys_parse((struct bytes) { text, size }, &again) == 0)
                        ck_assert_mem_eq(&again.public, &keys.public, sizeof(keys.public));
                text[i] ^= 0x01;
        }
}
END_TEST

START_TEST(more_than_the_form_is_refused)
{
        struct keys again;

        memcpy(text + size, "more\n", 5);
        ck_assert_int_eq(keys_parse((struct bytes) { text, size + 5 }, &again), -EBADMSG);
        memcpy(text + size, "\n", 1);
        ck_assert_int_eq(keys_parse((struct bytes) { text, size + 1 }, &again), -EBADMSG);
        ck_assert_int_eq(keys_parse((struct bytes) { public_text, public_size }, &again), -EBADMSG);
}
END_TEST

START_TEST(a_secret_must_belong_to_its_public_key)
{
        struct keys mixed, again;

        for (int pair = 0; pair < 3; pair++) {
                mixed = keys;
                if (pair == 0)
                        memcpy(mixed.secret.transport, other.secret.transport, 32);
                else if (pair == 1)
                        memcpy(mixed.secret.signing, other.secret.signing, 64);
                else
                        memcpy(mixed.secret.sealing, other.secret.sealing, 32);
                size = keys_print(&mixed, text);
                ck_assert_int_eq(keys_parse((struct bytes) { text, size }, &again), -EBADMSG);
        }
}
END_TEST

START_TEST(a_public_key_that_cannot_be_one_is_refused)
{
        struct public_keys bad, again;

        for (int which = 0; which < 3; which++) {
                bad = keys.public;
                memset(which == 0 ? bad.transport : which == 1 ? bad.signing : bad.sealing, 0, 32);
                public_size = public_keys_print(&bad, public_text);
                ck_assert_int_eq(public_keys_parse((struct bytes) { public_text, public_size },
                                                   &again), -EBADMSG);
        }
}
END_TEST

START_TEST(a_fingerprint_is_the_start_of_a_hash)
{
        own(hasher) struct hasher *hasher = NULL;
        char print[FINGERPRINT_TEXT_MAX + 1], digits[DIGEST_TEXT_MAX + 1];
        struct digest digest;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        hash_spans(hasher, (struct bytes[]) { { "accord/fingerprint/v1", 22 },
                                              { &keys.public, sizeof(keys.public) } }, 2, &digest);
        digest_print(&digest, digits);
        fingerprint_print(&keys.public, print);

        ck_assert_uint_eq(strlen(print), FINGERPRINT_TEXT_MAX);
        for (size_t i = 0; i < 20; i++)
                ck_assert_int_eq(print[i + i / 4], digits[i]);
        for (size_t i = 4; i < FINGERPRINT_TEXT_MAX; i += 5)
                ck_assert_int_eq(print[i], '-');
}
END_TEST

START_TEST(secrets_are_wiped_on_the_way_out)
{
        static const struct keys wiped;
        struct keys *gone;

        {
                own(keys) struct keys held = keys;

                gone = &held;
                ck_assert_mem_ne(gone, &wiped, sizeof(*gone));
        }
        keys_wipe(&keys);
        ck_assert_mem_eq(&keys, &wiped, sizeof(keys));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("keys");

        tcase_add_checked_fixture(tests, setup, NULL);
        tcase_add_test(tests, what_is_printed_is_read_back);
        tcase_add_test(tests, mail_and_editors_may_end_lines_their_way);
        tcase_add_test(tests, a_text_cut_anywhere_is_refused);
        tcase_add_test(tests, any_changed_character_of_a_key_file_is_refused);
        tcase_add_test(tests, more_than_the_form_is_refused);
        tcase_add_test(tests, a_secret_must_belong_to_its_public_key);
        tcase_add_test(tests, a_public_key_that_cannot_be_one_is_refused);
        tcase_add_test(tests, a_fingerprint_is_the_start_of_a_hash);
        tcase_add_test(tests, secrets_are_wiped_on_the_way_out);
        return run_case(tests, "proof/keys");
}
