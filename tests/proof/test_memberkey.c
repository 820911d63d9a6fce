/* SPDX-License-Identifier: Apache-2.0 */
/* The key of a contract's pseudonyms, sealed from one node to another. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proof/memberkey.h"
#include "tests/proof/run.h"

static struct keys ours, theirs, others;
static struct member_key key;

static void set_up(void)
{
        const struct contract_id contract = { { "payer" }, { "network" }, { "tcoc" } };

        keys_generate(KEY_KIND_NODE, &ours);
        keys_generate(KEY_KIND_NODE, &theirs);
        keys_generate(KEY_KIND_NODE, &others);
        member_key_new(&contract, 7, &key);
}

static struct bytes sealed(char text[MEMBER_KEY_SEALED_MAX])
{
        size_t size = 0;

        ck_assert_int_eq(member_key_seal(&key, &ours, &theirs.public, text, &size), 0);
        return (struct bytes) { text, size };
}

START_TEST(it_comes_out_as_it_went_in_and_says_who_sealed_it)
{
        char text[MEMBER_KEY_SEALED_MAX];
        struct public_keys from;
        struct member_key taken;

        ck_assert_int_eq(member_key_unseal(sealed(text), &theirs, &from, &taken), 0);
        ck_assert_mem_eq(&from, &ours.public, sizeof(from));
        ck_assert_mem_eq(taken.octets, key.octets, sizeof(key.octets));
        ck_assert(contract_id_equal(&taken.contract, &key.contract));
        ck_assert_uint_eq(taken.generation, 7);
}
END_TEST

START_TEST(nobody_else_opens_it)
{
        char text[MEMBER_KEY_SEALED_MAX];
        struct public_keys from;
        struct member_key taken;

        ck_assert_int_eq(member_key_unseal(sealed(text), &others, &from, &taken), -EKEYREJECTED);
}
END_TEST

/* Under another's name it does not open: who sealed it is part of the seal. */
START_TEST(it_cannot_be_passed_off_as_anothers)
{
        char text[MEMBER_KEY_SEALED_MAX], names[KEYS_TEXT_MAX];
        struct bytes whole = sealed(text);
        struct public_keys from;
        struct member_key taken;
        size_t size = public_keys_print(&others.public, names);

        memcpy(text + strlen("accord-sealed-member-key v1\n"), names, size);
        ck_assert_int_eq(member_key_unseal(whole, &theirs, &from, &taken), -EKEYREJECTED);
}
END_TEST

START_TEST(no_octet_of_it_can_be_changed_unseen)
{
        char text[MEMBER_KEY_SEALED_MAX], changed[MEMBER_KEY_SEALED_MAX];
        struct bytes whole = sealed(text);
        struct public_keys from;
        struct member_key taken;

        for (size_t i = 0; i < whole.size - 1; i++) {
                int r;

                memcpy(changed, text, whole.size);
                changed[i] = (char)(changed[i] == '1' ? '2' : '1');
                r = member_key_unseal((struct bytes) { changed, whole.size }, &theirs, &from,
                                      &taken);
                /* The transport and signing keys are said, not sealed by: those may differ. */
                ck_assert_msg(r != 0 || memcmp(&from, &ours.public, sizeof(from)) != 0, "%zu", i);
        }
}
END_TEST

START_TEST(what_is_no_such_text_is_told_from_what_does_not_open)
{
        static const char *const texts[] = {
                "", "x", "accord-sealed-member-key v1\n", "accord-sealed-member-key v1\nsealed 00",
                "accord-member-key v1\n",
        };
        char text[MEMBER_KEY_SEALED_MAX];
        struct bytes whole = sealed(text);
        struct public_keys from;
        struct member_key taken;

        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
                ck_assert_int_eq(member_key_unseal((struct bytes) { texts[i], strlen(texts[i]) },
                                                   &theirs, &from, &taken), -EBADMSG);
        whole.size -= 20;
        ck_assert_int_ne(member_key_unseal(whole, &theirs, &from, &taken), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("memberkey");

        tcase_add_checked_fixture(tests, set_up, NULL);
        tcase_add_test(tests, it_comes_out_as_it_went_in_and_says_who_sealed_it);
        tcase_add_test(tests, nobody_else_opens_it);
        tcase_add_test(tests, it_cannot_be_passed_off_as_anothers);
        tcase_add_test(tests, no_octet_of_it_can_be_changed_unseen);
        tcase_add_test(tests, what_is_no_such_text_is_told_from_what_does_not_open);
        return run_case(tests, "proof/memberkey");
}
