/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proof/note.h"
#include "proof/utf8.h"
#include "tests/proof/run.h"

#define DASH "\xe2\x80\x94 "
#define TEXT "This is an example message.\n"
#define LINE                                                                                      \
        DASH "example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOB"  \
             "H3mFXmRKuwHjG1Yu72IneyaQM=\n"
#define STRANGER DASH "example.org/bar AAAAAAAAAAAAAAAA\n"

/* The vector of the signed-note specification. */
static const char vkey[] =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static const struct {
        const char *says, *note;
        int answer;
} notes[] = {
        { "the published note", TEXT "\n" LINE, 0 },
        { "a stranger signed it too", TEXT "\n" STRANGER LINE STRANGER, 0 },
        { "signed twice by the same key", TEXT "\n" LINE LINE, 0 },
        { "only a stranger signed it", TEXT "\n" STRANGER, -ENOKEY },
        { "another text", "This is an example massage.\n\n" LINE, -EKEYREJECTED },
        { "the text and an empty line more", TEXT "\n\n" LINE, -EKEYREJECTED },
        { "the key's name and id with another signature",
          TEXT "\n" LINE DASH "example.com/foo Uw2QOkn8srU=\n", -EKEYREJECTED },
        { "the name with another key's id", TEXT "\n" DASH "example.com/foo AAAAAAAAAAAAAAAA\n",
          -ENOKEY },
        { "nothing", "", -EBADMSG },
        { "no signature", TEXT, -EBADMSG },
        { "no signature after the empty line", TEXT "\n", -EBADMSG },
        { "no empty line", TEXT LINE, -EBADMSG },
        { "no text", "\n\n" LINE, -EKEYREJECTED },
        { "no newline at the end", TEXT "\n" DASH "example.org/bar AAAAAAAAAAAAAAAA", -EBADMSG },
        { "a hyphen instead of the dash", TEXT "\n- example.org/bar AAAAAAAAAAAAAAAA\n", -EBADMSG },
        { "no name", TEXT "\n" DASH " AAAAAAAAAAAAAAAA\n", -EBADMSG },
        { "no base64", TEXT "\n" DASH "example.org/bar A!AAAAAAAAAAAAAA\n", -EBADMSG },
        { "too short for an id and anything", TEXT "\n" DASH "example.org/bar AAAA\n", -EBADMSG },
        { "a control character in the text", "a\tb\n\n" LINE, -EBADMSG },
        { "a carriage return in the text", "a\r\n\n" LINE, -EBADMSG },
        { "no UTF-8 in the text", "a\xff\n\n" LINE, -EBADMSG },
};

START_TEST(a_note_is_opened_by_its_key)
{
        struct note_key key;
        struct bytes text = { NULL, 0 };
        int r;

        ck_assert_int_eq(note_key_parse(span(vkey), &key), 0);
        r = note_open(span(notes[_i].note), &key, &text);
        ck_assert_msg(r == notes[_i].answer, "%s: %d", notes[_i].says, r);
        ck_assert_int_eq(bytes_equal(text, span(TEXT)), r == 0);
}
END_TEST

START_TEST(too_many_signatures_are_refused)
{
        char note[8192] = TEXT "\n";
        struct note_key key;
        struct bytes text;

        ck_assert_int_eq(note_key_parse(span(vkey), &key), 0);
        for (int i = 0; i < NOTE_SIGNATURES_MAX - 1; i++)
                strcat(note, STRANGER);
        strcat(note, LINE);
        ck_assert_int_eq(note_open(span(note), &key, &text), 0);
        strcat(note, STRANGER);
        ck_assert_int_eq(note_open(span(note), &key, &text), -EBADMSG);
}
END_TEST

START_TEST(the_published_key_is_read_and_printed)
{
        char text[NOTE_KEY_TEXT_MAX + 1];
        struct note_key key;

        ck_assert_int_eq(note_key_parse(span(vkey), &key), 0);
        ck_assert_str_eq(key.name, "example.com/foo");
        ck_assert_mem_eq(key.id, "\x53\x0d\x90\x3a", 4);
        ck_assert_uint_eq(note_key_print(&key, text), strlen(vkey));
        ck_assert_str_eq(text, vkey);
}
END_TEST

static const struct {
        const char *says, *text;
} bad_keys[] = {
        { "nothing", "" },
        { "no id", "example.com/foo" },
        { "no key", "example.com/foo+530d903a" },
        { "another key's id",
          "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k" },
        { "a name that the id is not for",
          "example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k" },
        { "no name", "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k" },
        { "another type of key",
          "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k" },
        { "a key too short",
          "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=" },
        { "more behind it",
          "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAAAA" },
};

START_TEST(a_key_text_is_read_strictly)
{
        struct note_key key;

        ck_assert_msg(note_key_parse(span(bad_keys[_i].text), &key) == -EBADMSG, "%s",
                      bad_keys[_i].says);
}
END_TEST

START_TEST(what_is_signed_is_opened)
{
        uint8_t public_key[SIGNING_PUBLIC_SIZE], secret[SIGNING_SECRET_SIZE];
        char note[64 + NOTE_SIGNATURE_LINE_MAX], name[NOTE_NAME_MAX + 2];
        struct note_key key, other;
        struct bytes text;
        size_t size;

        memset(name, 'n', sizeof(name));
        sign_keypair(public_key, secret);
        ck_assert_int_eq(note_key_make((struct bytes) { name, NOTE_NAME_MAX + 1 }, public_key,
                                       &key), -EINVAL);
        ck_assert_int_eq(note_key_make((struct bytes) { name, NOTE_NAME_MAX }, public_key, &key),
                         0);
        ck_assert_int_eq(note_key_make(span("short"), public_key, &other), 0);

        size = note_sign(span("one\n\ntwo\n"), &key, secret, note);
        ck_assert_uint_eq(size, 9 + 1 + NOTE_SIGNATURE_LINE_MAX);
        ck_assert_int_eq(note_open((struct bytes) { note, size }, &key, &text), 0);
        ck_assert(bytes_equal(text, span("one\n\ntwo\n")));
        ck_assert_int_eq(note_open((struct bytes) { note, size }, &other, &text), -ENOKEY);
}
END_TEST

START_TEST(a_note_takes_more_signatures_and_keeps_those_it_has)
{
        static const uint8_t foreign[NOTE_BLOB_MAX] = { 1, 2, 3, 4, 5 };
        char note[8 + 3 * NOTE_SIGNATURE_LINE_MAX];
        struct note_key one, two;
        struct bytes text, whole = { note, 0 };
        uint8_t public_keys[2][SIGNING_PUBLIC_SIZE], secrets[2][SIGNING_SECRET_SIZE];

        for (int i = 0; i < 2; i++)
                sign_keypair(public_keys[i], secrets[i]);
        ck_assert_int_eq(note_key_make(span("same.name"), public_keys[0], &one), 0);
        ck_assert_int_eq(note_key_make(span("same.name"), public_keys[1], &two), 0);

        whole.size = note_sign(span("text\n"), &one, secrets[0], note);
        ck_assert_int_eq(note_open(whole, &two, &text), -ENOKEY);
        whole.size = note_add(note, whole.size, &two, secrets[1]);
        whole.size = note_add_line(note, whole.size, "witness", BYTES_OF(foreign));
        ck_assert_int_eq(note_open(whole, &one, &text), 0);
        ck_assert_int_eq(note_open(whole, &two, &text), 0);
        ck_assert(note_text(whole, &text));
        ck_assert(bytes_equal(text, span("text\n")));
        ck_assert(!note_text(span("text\n"), &text));
}
END_TEST

static const char *const bad_names[] = {
        "", "a b", "a+b", "a\nb", "a\x7f", "a\xff", "\xed\xa0\x80",
};

START_TEST(a_name_is_one_word)
{
        uint8_t public_key[SIGNING_PUBLIC_SIZE] = { 1 };
        struct note_key key;

        ck_assert_int_eq(note_key_make(span(bad_names[_i]), public_key, &key), -EINVAL);
}
END_TEST

static const struct {
        const char *says, *text;
        bool valid;
} texts[] = {
        { "nothing", "", true },
        { "ASCII", "plain", true },
        { "two, three and four octets", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", true },
        { "the last character", "\xf4\x8f\xbf\xbf", true },
        { "past the last character", "\xf4\x90\x80\x80", false },
        { "overlong in two", "\xc0\xaf", false },
        { "overlong in three", "\xe0\x9f\xbf", false },
        { "overlong in four", "\xf0\x8f\xbf\xbf", false },
        { "a surrogate", "\xed\xa0\x80", false },
        { "the last before the surrogates", "\xed\x9f\xbf", true },
        { "a continuation alone", "\x80", false },
        { "cut short after one", "\xc3", false },
        { "cut short after two", "\xe2\x82", false },
        { "cut short after three", "\xf0\x9f\x98", false },
        { "the second is none", "\xc3(", false },
        { "the third is none", "\xe2\x82(", false },
        { "the fourth is none", "\xf0\x9f\x98(", false },
        { "never a first octet", "\xff", false },
};

START_TEST(utf8_is_checked_to_the_letter)
{
        ck_assert_msg(utf8_valid(span(texts[_i].text)) == texts[_i].valid, "%s", texts[_i].says);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("note");

        tcase_add_loop_test(tests, a_note_is_opened_by_its_key, 0, COUNT_OF(notes));
        tcase_add_test(tests, too_many_signatures_are_refused);
        tcase_add_test(tests, the_published_key_is_read_and_printed);
        tcase_add_loop_test(tests, a_key_text_is_read_strictly, 0, COUNT_OF(bad_keys));
        tcase_add_test(tests, what_is_signed_is_opened);
        tcase_add_test(tests, a_note_takes_more_signatures_and_keeps_those_it_has);
        tcase_add_loop_test(tests, a_name_is_one_word, 0, COUNT_OF(bad_names));
        tcase_add_loop_test(tests, utf8_is_checked_to_the_letter, 0, COUNT_OF(texts));
        return run_case(tests, "proof/note");
}
