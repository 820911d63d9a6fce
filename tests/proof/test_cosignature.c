/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proof/checkpoint.h"
#include "proof/cosignature.h"
#include "tests/proof/run.h"

/*
 * Made by hand, with Python's hashlib and the cryptography package: the hub's seed is 0, 1, 2,
 * ..., the witness's 32, 33, ...; the root is 0, 1, 2, ...
 */
#define DASH "\xe2\x80\x94 "
#define ORIGIN "accord.example.org/region"
#define NAME ORIGIN "/witness/bigpayer/watch"
#define TEXT ORIGIN "\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
#define HUB                                                                                \
        DASH ORIGIN " HpbV67m+eWjHn1Bs5xipskkdRBjlOg9VopA4LfexPMDKUPtOBB+0gqB0m3+21qjuoBYM" \
                    "OBj6WrDrdH4La+2kPltheQ8=\n"
#define SIGNED                                                                             \
        "zg7/FRVzL9VRrjzHyJ2Qbndb5ua9kFCO0lzcPsgRzKBuLdMXRhMpWh9wtMHh8ZZMLIebuiZDFmbPn3smKQrJAQ=="
#define LINE DASH NAME " JNsysgAAAABpVbkA" SIGNED "\n"
#define NOTE TEXT "\n" HUB
#define SECONDS INT64_C(1767225600)

static uint8_t public_key[SIGNING_PUBLIC_SIZE], secret[SIGNING_SECRET_SIZE];
static struct note_key witness;

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static struct node_path path(const char *party, const char *node)
{
        struct node_path ret;

        memset(&ret, 0, sizeof(ret));
        memcpy(ret.party.text, party, strlen(party));
        memcpy(ret.node.text, node, strlen(node));
        return ret;
}

static void setup(void)
{
        const struct node_path node = path("bigpayer", "watch");
        uint8_t seed[SIGNING_SEED_SIZE];

        for (uint8_t i = 0; i < sizeof(seed); i++)
                seed[i] = (uint8_t)(32 + i);
        sign_keypair_from_seed(seed, public_key, secret);
        ck_assert_int_eq(cosigner_make(span(ORIGIN), &node, public_key, &witness), 0);
}

START_TEST(the_vector_is_made_and_opened)
{
        char note[sizeof(NOTE) + COSIGNATURE_LINE_MAX] = NOTE;
        int64_t seconds = 0;
        size_t size;

        ck_assert_str_eq(witness.name, NAME);
        ck_assert_mem_eq(witness.id, "\x24\xdb\x32\xb2", 4);
        size = cosignature_add(note, strlen(NOTE), SECONDS, &witness, secret);
        ck_assert_uint_eq(size, strlen(NOTE LINE));
        ck_assert_mem_eq(note, NOTE LINE, size);
        ck_assert_int_eq(cosignature_open((struct bytes) { note, size }, &witness, &seconds), 0);
        ck_assert_int_eq(seconds, SECONDS);
}
END_TEST

START_TEST(the_hubs_own_line_stays_good)
{
        uint8_t seed[SIGNING_SEED_SIZE], hub_public[SIGNING_PUBLIC_SIZE];
        uint8_t hub_secret[SIGNING_SECRET_SIZE];
        struct checkpoint checkpoint;
        struct note_key hub;

        for (uint8_t i = 0; i < sizeof(seed); i++)
                seed[i] = i;
        sign_keypair_from_seed(seed, hub_public, hub_secret);
        ck_assert_int_eq(note_key_make(span(ORIGIN), hub_public, &hub), 0);
        ck_assert_int_eq(checkpoint_open(span(NOTE LINE), &hub, &checkpoint), 0);
        ck_assert_uint_eq(checkpoint.size, 20852163);
}
END_TEST

static const struct {
        const char *says, *note;
        int answer;
} notes[] = {
        { "the cosigned note", NOTE LINE, 0 },
        { "without the hub's line", TEXT "\n" LINE, 0 },
        { "cosigned before the hub's line", TEXT "\n" LINE HUB, 0 },
        { "cosigned twice", NOTE LINE LINE, 0 },
        { "only the hub's line", NOTE, -ENOKEY },
        { "another witness's line",
          NOTE DASH ORIGIN "/witness/bigpayer/other JNsysgAAAABpVbkA" SIGNED "\n", -ENOKEY },
        { "a line under the witness's name with another id",
          NOTE DASH NAME " JNsyswAAAABpVbkA" SIGNED "\n", -ENOKEY },
        { "another time", NOTE DASH NAME " JNsysgAAAABpVbkB" SIGNED "\n", -EKEYREJECTED },
        { "another size", ORIGIN "\n20852164\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n"
          LINE, -EKEYREJECTED },
        { "another root", ORIGIN "\n20852163\nAQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n"
          LINE, -EKEYREJECTED },
        { "another origin", "a" TEXT "\n" LINE, -EKEYREJECTED },
        { "a line more in the text", TEXT "more\n\n" LINE, -EKEYREJECTED },
        { "a time of no calendar", NOTE DASH NAME " JNsysv//////////" SIGNED "\n", -EKEYREJECTED },
        { "no time: a plain signature's length", NOTE DASH NAME
          " JNsyss4O/xUVcy/VUa48x8idkG53W+bmvZBQjtJc3D7IEcygbi3TF0YTKVofcLTB4"
          "fGWTCyHm7omQxZmz597JikKyQE=\n", -EKEYREJECTED },
        { "an octet behind the signature", NOTE DASH NAME " JNsysgAAAABpVbkA"
          "zg7/FRVzL9VRrjzHyJ2Qbndb5ua9kFCO0lzcPsgRzKBuLdMXRhMpWh9wtMHh8ZZMLIebuiZDFmbPn3smKQ"
          "rJAQA=\n", -EKEYREJECTED },
        { "nothing but id and time", NOTE DASH NAME " JNsysgAAAABpVbkA\n", -EKEYREJECTED },
        { "a good line and a bad one", NOTE LINE DASH NAME " JNsysgAAAABpVbkA\n", -EKEYREJECTED },
        { "no note", TEXT LINE, -EBADMSG },
        { "no newline at the end", TEXT "\n" DASH NAME " JNsysgAAAABpVbkA", -EBADMSG },
        { "nothing", "", -EBADMSG },
};

START_TEST(a_cosignature_is_opened_by_its_witness)
{
        int64_t seconds = 0;
        int r = cosignature_open(span(notes[_i].note), &witness, &seconds);

        ck_assert_msg(r == notes[_i].answer, "%s: %d", notes[_i].says, r);
        ck_assert_int_eq(seconds, r ? 0 : SECONDS);
}
END_TEST

START_TEST(of_two_times_the_later_one_is_told)
{
        char note[sizeof(NOTE) + 3 * COSIGNATURE_LINE_MAX] = NOTE;
        int64_t seconds;
        size_t size = strlen(NOTE);

        size = cosignature_add(note, size, SECONDS, &witness, secret);
        size = cosignature_add(note, size, SECONDS + 7, &witness, secret);
        size = cosignature_add(note, size, SECONDS + 3, &witness, secret);
        ck_assert_int_eq(cosignature_open((struct bytes) { note, size }, &witness, &seconds), 0);
        ck_assert_int_eq(seconds, SECONDS + 7);
}
END_TEST

START_TEST(a_plain_signature_is_no_cosignature)
{
        char note[sizeof(NOTE) + NOTE_SIGNATURE_LINE_MAX] = NOTE;
        struct note_key plain;
        int64_t seconds;
        size_t size;

        ck_assert_int_eq(note_key_make(span(NAME), public_key, &plain), 0);
        ck_assert_mem_ne(plain.id, witness.id, sizeof(plain.id));
        size = note_add(note, strlen(NOTE), &plain, secret);
        ck_assert_int_eq(cosignature_open((struct bytes) { note, size }, &witness, &seconds),
                         -ENOKEY);
        memcpy(plain.id, witness.id, sizeof(plain.id));
        size = note_add(note, strlen(NOTE), &plain, secret);
        ck_assert_int_eq(cosignature_open((struct bytes) { note, size }, &witness, &seconds),
                         -EKEYREJECTED);
}
END_TEST

/* The hub's line can be changed where nobody but the hub's key looks: all else is noticed. */
START_TEST(any_changed_bit_of_text_and_line_is_noticed)
{
        char note[] = TEXT "\n" LINE;
        const size_t size = sizeof(note) - 1;
        int64_t seconds;

        for (size_t bit = 0; bit < 8 * size; bit++) {
                note[bit / 8] = (char)(note[bit / 8] ^ 1 << bit % 8);
                ck_assert_int_ne(cosignature_open((struct bytes) { note, size }, &witness,
                                                  &seconds), 0);
                note[bit / 8] = (char)(note[bit / 8] ^ 1 << bit % 8);
        }
        for (size_t cut = 0; cut < size; cut++)
                ck_assert_int_ne(cosignature_open((struct bytes) { note, cut }, &witness,
                                                  &seconds), 0);
}
END_TEST

START_TEST(the_longest_fits_and_no_longer_one_is_a_name)
{
        const struct node_path node = path("a234567890123456789012345678901",
                                           "b234567890123456789012345678901");
        char origin[NOTE_NAME_MAX], note[CHECKPOINT_MAX + COSIGNATURE_LINE_MAX];
        const size_t room = NOTE_NAME_MAX - strlen("/witness/") - 31 - 1 - 31;
        const struct checkpoint most = { .size = UINT64_MAX >> 1 };
        struct note_key hub, longest;
        int64_t seconds;
        size_t size;

        memset(origin, 'n', sizeof(origin));
        ck_assert_int_eq(cosigner_make((struct bytes) { origin, room + 1 }, &node, public_key,
                                       &longest), -EINVAL);
        ck_assert_int_eq(cosigner_make((struct bytes) { origin, 0 }, &node, public_key, &longest),
                         -EINVAL);
        ck_assert_int_eq(cosigner_make(span("with a blank"), &node, public_key, &longest),
                         -EINVAL);
        ck_assert_int_eq(cosigner_make((struct bytes) { origin, room }, &node, public_key,
                                       &longest), 0);
        ck_assert_int_eq(note_key_make(BYTES_OF(origin), public_key, &hub), 0);
        size = checkpoint_sign(&most, &hub, secret, note);
        size = cosignature_add(note, size, COSIGNATURE_TIME_MAX, &longest, secret);
        ck_assert_uint_le(size, sizeof(note));
        ck_assert_int_eq(cosignature_open((struct bytes) { note, size }, &longest, &seconds), 0);
        ck_assert_int_eq(seconds, COSIGNATURE_TIME_MAX);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("cosignature");

        tcase_add_checked_fixture(tests, setup, NULL);
        tcase_add_test(tests, the_vector_is_made_and_opened);
        tcase_add_test(tests, the_hubs_own_line_stays_good);
        tcase_add_loop_test(tests, a_cosignature_is_opened_by_its_witness, 0, COUNT_OF(notes));
        tcase_add_test(tests, of_two_times_the_later_one_is_told);
        tcase_add_test(tests, a_plain_signature_is_no_cosignature);
        tcase_add_test(tests, any_changed_bit_of_text_and_line_is_noticed);
        tcase_add_test(tests, the_longest_fits_and_no_longer_one_is_a_name);
        return run_case(tests, "proof/cosignature");
}
