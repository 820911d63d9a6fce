/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proof/checkpoint.h"
#include "tests/proof/run.h"

#define ORIGIN "accord.example.org/region"
#define ROOT "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

static uint8_t public_key[SIGNING_PUBLIC_SIZE], secret[SIGNING_SECRET_SIZE];
static struct note_key key, other;
static struct checkpoint sample;

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static void setup(void)
{
        uint8_t other_public[SIGNING_PUBLIC_SIZE], other_secret[SIGNING_SECRET_SIZE];

        sign_keypair(public_key, secret);
        sign_keypair(other_public, other_secret);
        ck_assert_int_eq(note_key_make(span(ORIGIN), public_key, &key), 0);
        ck_assert_int_eq(note_key_make(span(ORIGIN), other_public, &other), 0);
        sample.size = UINT64_C(20852163);
        for (uint8_t i = 0; i < 32; i++)
                sample.root.octets[i] = i;
}

START_TEST(the_text_is_three_lines)
{
        char text[CHECKPOINT_TEXT_MAX + 1];
        struct checkpoint again;

        ck_assert_uint_eq(checkpoint_print(&sample, ORIGIN, text), strlen(text));
        ck_assert_str_eq(text, ORIGIN "\n20852163\n" ROOT "\n");
        ck_assert_int_eq(checkpoint_parse(span(text), ORIGIN, &again), 0);
        ck_assert_uint_eq(again.size, sample.size);
        ck_assert(digest_equal(&again.root, &sample.root));
}
END_TEST

START_TEST(what_is_signed_is_opened_by_its_key_only)
{
        char note[CHECKPOINT_MAX];
        struct checkpoint again = { .size = 0 };
        size_t size = checkpoint_sign(&sample, &key, secret, note);

        ck_assert_int_eq(checkpoint_open((struct bytes) { note, size }, &other, &again), -ENOKEY);
        ck_assert_int_eq(checkpoint_open((struct bytes) { note, size }, &key, &again), 0);
        ck_assert_uint_eq(again.size, sample.size);
        ck_assert(digest_equal(&again.root, &sample.root));
}
END_TEST

START_TEST(any_changed_bit_is_noticed)
{
        char note[CHECKPOINT_MAX];
        struct checkpoint again;
        size_t size = checkpoint_sign(&sample, &key, secret, note);

        for (size_t bit = 0; bit < 8 * size; bit++) {
                note[bit / 8] = (char)(note[bit / 8] ^ 1 << bit % 8);
                ck_assert_int_ne(checkpoint_open((struct bytes) { note, size }, &key, &again), 0);
                note[bit / 8] = (char)(note[bit / 8] ^ 1 << bit % 8);
        }
        for (size_t cut = 0; cut < size; cut++)
                ck_assert_int_ne(checkpoint_open((struct bytes) { note, cut }, &key, &again), 0);
}
END_TEST

START_TEST(the_longest_fits)
{
        char note[CHECKPOINT_MAX], name[NOTE_NAME_MAX];
        struct checkpoint most = { .size = UINT64_MAX >> 1 }, again;
        struct note_key longest;
        size_t size;

        memset(name, 'n', sizeof(name));
        ck_assert_int_eq(note_key_make(BYTES_OF(name), public_key, &longest), 0);
        size = checkpoint_sign(&most, &longest, secret, note);
        ck_assert_uint_le(size, sizeof(note));
        ck_assert_int_eq(checkpoint_open((struct bytes) { note, size }, &longest, &again), 0);
        ck_assert_uint_eq(again.size, most.size);
}
END_TEST

static const struct {
        const char *says, *text;
        int answer;
} texts[] = {
        { "an empty log", ORIGIN "\n0\n" ROOT "\n", 0 },
        { "lines of others behind it", ORIGIN "\n5\n" ROOT "\nmore\nstill more\n", 0 },
        { "another origin", "accord.example.org/regio\n5\n" ROOT "\n", -EBADMSG },
        { "a longer origin", ORIGIN "s\n5\n" ROOT "\n", -EBADMSG },
        { "a leading zero", ORIGIN "\n05\n" ROOT "\n", -EBADMSG },
        { "a sign", ORIGIN "\n+5\n" ROOT "\n", -EBADMSG },
        { "a blank", ORIGIN "\n5 \n" ROOT "\n", -EBADMSG },
        { "no size", ORIGIN "\n\n" ROOT "\n", -EBADMSG },
        { "the largest size", ORIGIN "\n9223372036854775807\n" ROOT "\n", 0 },
        { "one more", ORIGIN "\n9223372036854775808\n" ROOT "\n", -EBADMSG },
        { "more digits than that", ORIGIN "\n10000000000000000000\n" ROOT "\n", -EBADMSG },
        { "no root", ORIGIN "\n5\n", -EBADMSG },
        { "a short root", ORIGIN "\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n", -EBADMSG },
        { "a long root", ORIGIN "\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n", -EBADMSG },
        { "a root without padding", ORIGIN "\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
          -EBADMSG },
        { "no last newline", ORIGIN "\n5\n" ROOT, -EBADMSG },
        { "an empty line", ORIGIN "\n5\n" ROOT "\n\n", -EBADMSG },
        { "nothing", "", -EBADMSG },
};

START_TEST(a_text_is_read_strictly)
{
        struct checkpoint again;

        ck_assert_msg(checkpoint_parse(span(texts[_i].text), ORIGIN, &again) == texts[_i].answer,
                      "%s", texts[_i].says);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("checkpoint");

        tcase_add_checked_fixture(tests, setup, NULL);
        tcase_add_test(tests, the_text_is_three_lines);
        tcase_add_test(tests, what_is_signed_is_opened_by_its_key_only);
        tcase_add_test(tests, any_changed_bit_is_noticed);
        tcase_add_test(tests, the_longest_fits);
        tcase_add_loop_test(tests, a_text_is_read_strictly, 0, COUNT_OF(texts));
        return run_case(tests, "proof/checkpoint");
}
