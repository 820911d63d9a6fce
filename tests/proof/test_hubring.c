/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story that most cases are told of: the genesis' key A; B from 10 on; epoch 2 at 30 takes back
 * up to 40, and with it C, which was named at 35; D from 50 on.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proof/hubring.h"
#include "tests/proof/run.h"

#define ORIGIN "accord.example.org/region"

enum { A, B, C, D, KEYS };

static uint8_t keys[KEYS][SIGNING_PUBLIC_SIZE], secrets[KEYS][SIGNING_SECRET_SIZE];
static const struct digest root = { { 7 } };

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static void make_keys(void)
{
        for (int i = 0; i < KEYS; i++) {
                const uint8_t seed[SIGNING_SEED_SIZE] = { (uint8_t)(i + 1) };

                sign_keypair_from_seed(seed, keys[i], secrets[i]);
        }
}

static void begin(struct hub_ring *ring)
{
        ck_assert_int_eq(hub_ring_begin(ring, span(ORIGIN), keys[A]), 0);
}

/* As who followed the log all the time has it, or as who reads it from the genesis now. */
static void tell(struct hub_ring *ring, bool anew)
{
        begin(ring);
        ck_assert_int_eq(hub_ring_key(ring, 10, keys[B]), 0);
        if (!anew)
                ck_assert_int_eq(hub_ring_key(ring, 35, keys[C]), 0);
        ck_assert_int_eq(hub_ring_epoch(ring, 30, 2, span(ORIGIN "/2"), 40, &root), 0);
        ck_assert_int_eq(hub_ring_key(ring, 50, keys[D]), 0);
}

static struct bytes note_of(const char *origin, uint64_t size, int key, char note[])
{
        const struct checkpoint checkpoint = { size, root };
        struct note_key signer;

        ck_assert_int_eq(note_key_make(span(origin), keys[key], &signer), 0);
        return (struct bytes) { note, checkpoint_sign(&checkpoint, &signer, secrets[key], note) };
}

static const struct {
        uint64_t index;
        int key;
} signers[] = {
        { 0, A }, { 9, A }, { 10, A }, { 11, B }, { 30, B }, { 36, B }, { 50, B }, { 51, D },
        { UINT64_MAX, D },
};

START_TEST(a_record_is_signed_by_the_key_named_last_before_it)
{
        struct hub_ring ring;

        for (int anew = 0; anew < 2; anew++) {
                tell(&ring, anew);
                ck_assert_mem_eq(hub_ring_signer(&ring, signers[_i].index), keys[signers[_i].key],
                                 SIGNING_PUBLIC_SIZE);
        }
}
END_TEST

static const struct {
        const char *says, *origin;
        uint64_t size;
        int key, answer;
        uint32_t epoch;
} notes[] = {
        { "the genesis", ORIGIN, 1, A, 0, 1 },
        { "the last tree before a key is named", ORIGIN, 10, A, 0, 1 },
        { "the tree that names it, by the new one", ORIGIN, 11, B, 0, 1 },
        { "the tree that names it, by the old one alone", ORIGIN, 11, A, -ENOKEY, 0 },
        { "an older tree by a newer key", ORIGIN, 10, B, -ENOKEY, 0 },
        { "long after it was replaced", ORIGIN, 30, A, -ENOKEY, 0 },
        { "what is void now, by a key named in what is void", ORIGIN, 36, C, 0, 1 },
        { "what is void now, before that key was named", ORIGIN, 35, B, 0, 1 },
        { "the new epoch by the key from before it", ORIGIN "/2", 31, B, 0, 2 },
        { "the new epoch by a key named in what is void", ORIGIN "/2", 41, C, -ENOKEY, 0 },
        { "a tree without the entry that begins its epoch", ORIGIN "/2", 30, B, -EBADMSG, 0 },
        { "the new epoch by its own key", ORIGIN "/2", 51, D, 0, 2 },
        { "the old epoch by a key of the new one", ORIGIN, 60, D, -ENOKEY, 0 },
        { "an epoch that is not there yet", ORIGIN "/3", 60, D, -EBADMSG, 0 },
        { "the first epoch by a number", ORIGIN "/1", 10, A, -EBADMSG, 0 },
        { "somebody else's origin", "accord.example.org/other", 10, A, -EBADMSG, 0 },
};

START_TEST(a_checkpoint_is_of_its_epoch_and_by_its_key)
{
        struct checkpoint found = { .size = 0 };
        char note[CHECKPOINT_MAX];
        struct hub_ring ring;
        uint32_t epoch = 0;
        int r;

        tell(&ring, false);
        r = hub_ring_open(&ring, note_of(notes[_i].origin, notes[_i].size, notes[_i].key, note),
                          &found, &epoch);
        ck_assert_msg(r == notes[_i].answer, "%s: %d", notes[_i].says, r);
        ck_assert_uint_eq(epoch, notes[_i].epoch);
        ck_assert_uint_eq(found.size, r ? 0 : notes[_i].size);
}
END_TEST

START_TEST(with_both_signatures_it_opens_before_and_after_the_new_key_is_known)
{
        const struct checkpoint checkpoint = { 11, root };
        char note[CHECKPOINT_MAX + NOTE_SIGNATURE_LINE_MAX];
        struct hub_ring before, after;
        struct checkpoint found;
        struct note_key a, b;
        struct bytes both;

        begin(&before);
        begin(&after);
        ck_assert_int_eq(hub_ring_key(&after, 10, keys[B]), 0);
        note_key_make(span(ORIGIN), keys[A], &a);
        note_key_make(span(ORIGIN), keys[B], &b);
        both.data = note;
        both.size = checkpoint_sign(&checkpoint, &b, secrets[B], note);
        ck_assert_int_eq(hub_ring_open(&before, both, &found, NULL), -ENOKEY);
        both.size = note_add(note, both.size, &a, secrets[A]);
        ck_assert_int_eq(hub_ring_open(&before, both, &found, NULL), 0);
        ck_assert_int_eq(hub_ring_open(&after, both, &found, NULL), 0);

        note[both.size - 10] ^= 1;      /* of the old key's line */
        ck_assert_int_eq(hub_ring_open(&before, both, &found, NULL), -EKEYREJECTED);
        ck_assert_int_eq(hub_ring_open(&after, both, &found, NULL), 0);
}
END_TEST

static const struct {
        const char *says;
        uint64_t index;
        int key, answer;
} named[] = {
        { "behind the last", 11, C, 0 },
        { "at the last one's place", 10, C, -EBADMSG },
        { "before the last", 9, C, -EBADMSG },
        { "the one that is", 20, B, -EBADMSG },
        { "one that was", 20, A, -EBADMSG },
};

START_TEST(a_key_comes_behind_the_others_and_never_twice)
{
        struct hub_ring ring;
        int r;

        begin(&ring);
        ck_assert_int_eq(hub_ring_key(&ring, 0, keys[B]), -EBADMSG);
        ck_assert_int_eq(hub_ring_key(&ring, 10, keys[B]), 0);
        r = hub_ring_key(&ring, named[_i].index, keys[named[_i].key]);
        ck_assert_msg(r == named[_i].answer, "%s: %d", named[_i].says, r);
}
END_TEST

static const struct {
        const char *says;
        uint64_t index;
        uint32_t number;
        const char *origin;
        uint64_t end_size;
        int answer;
} epochs[] = {
        { "the next", 60, 3, ORIGIN "/3", 70, 0 },
        { "nothing was lost", 60, 3, ORIGIN "/3", 60, 0 },
        { "one was lost and left out", 60, 4, ORIGIN "/4", 60, 0 },
        { "it takes back the one before it", 20, 3, ORIGIN "/3", 60, 0 },
        { "the number of the one that is", 60, 2, ORIGIN "/2", 70, -EBADMSG },
        { "the first", 60, 1, ORIGIN, 70, -EBADMSG },
        { "another number in its origin", 60, 3, ORIGIN "/4", 70, -EBADMSG },
        { "less than nothing was lost", 60, 3, ORIGIN "/3", 59, -EBADMSG },
        { "without a genesis", 0, 3, ORIGIN "/3", 70, -EBADMSG },
};

START_TEST(an_epoch_follows_the_one_before)
{
        struct hub_ring ring;
        int r;

        tell(&ring, false);
        r = hub_ring_epoch(&ring, epochs[_i].index, epochs[_i].number, span(epochs[_i].origin),
                           epochs[_i].end_size, &root);
        ck_assert_msg(r == epochs[_i].answer, "%s: %d", epochs[_i].says, r);
        ck_assert_uint_eq(hub_ring_number(&ring), r ? 2 : epochs[_i].number);
}
END_TEST

START_TEST(a_key_that_was_named_where_the_epoch_begins_is_taken_back)
{
        struct hub_ring ring;

        begin(&ring);
        ck_assert_int_eq(hub_ring_key(&ring, 10, keys[B]), 0);
        ck_assert_int_eq(hub_ring_key(&ring, 30, keys[C]), 0);
        ck_assert_int_eq(hub_ring_epoch(&ring, 30, 2, span(ORIGIN "/2"), 40, &root), 0);
        ck_assert_mem_eq(hub_ring_signer(&ring, 31), keys[B], SIGNING_PUBLIC_SIZE);
}
END_TEST

START_TEST(what_takes_back_an_epoch_takes_back_its_keys)
{
        struct hub_ring ring;

        tell(&ring, false);
        ck_assert_int_eq(hub_ring_epoch(&ring, 5, 3, span(ORIGIN "/3"), 60, &root), 0);
        ck_assert_mem_eq(hub_ring_signer(&ring, 60), keys[A], SIGNING_PUBLIC_SIZE);
        ck_assert_int_eq(hub_ring_key(&ring, 5, keys[C]), -EBADMSG);
}
END_TEST

START_TEST(it_holds_so_many_and_no_more)
{
        uint8_t key[SIGNING_PUBLIC_SIZE] = { 0 };
        char origin[sizeof(ORIGIN) + 12];
        struct hub_ring ring;

        begin(&ring);
        for (uint32_t i = 1; i < HUB_KEYS_MAX; i++) {
                memcpy(key, &i, sizeof(i));
                ck_assert_int_eq(hub_ring_key(&ring, i, key), 0);
        }
        ck_assert_int_eq(hub_ring_key(&ring, 1000, keys[B]), -ENOSPC);
        for (uint32_t i = 2; i <= HUB_EPOCHS_MAX; i++) {
                snprintf(origin, sizeof(origin), ORIGIN "/%u", i);
                ck_assert_int_eq(hub_ring_epoch(&ring, 1000 + i, i, span(origin), 2000, &root), 0);
        }
        ck_assert_int_eq(hub_ring_epoch(&ring, 3000, 1000, span(ORIGIN "/1000"), 3000, &root),
                         -ENOSPC);
}
END_TEST

START_TEST(an_origin_leaves_room_for_a_number)
{
        char origin[HUB_ORIGIN_MAX + 1];
        struct hub_ring ring;

        memset(origin, 'o', sizeof(origin));
        ck_assert_int_eq(hub_ring_begin(&ring, (struct bytes) { origin, HUB_ORIGIN_MAX }, keys[A]),
                         0);
        ck_assert_int_eq(hub_ring_begin(&ring, BYTES_OF(origin), keys[A]), -EINVAL);
        ck_assert_int_eq(hub_ring_begin(&ring, span("two words"), keys[A]), -EINVAL);
}
END_TEST

START_TEST(what_is_no_note_is_no_checkpoint)
{
        static const char *const texts[] = {
                "", "\n", ORIGIN, ORIGIN "\n", ORIGIN "\n\n\xe2\x80\x94 x AAAAAAAA\n",
                ORIGIN "\n11\nno root\n\n\xe2\x80\x94 x AAAAAAAA\n",
        };
        struct checkpoint found;
        struct hub_ring ring;

        tell(&ring, false);
        for (int i = 0; i < COUNT_OF(texts); i++)
                ck_assert_int_eq(hub_ring_open(&ring, span(texts[i]), &found, NULL), -EBADMSG);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("hubring");

        tcase_add_unchecked_fixture(tests, make_keys, NULL);
        tcase_add_loop_test(tests, a_record_is_signed_by_the_key_named_last_before_it, 0,
                            COUNT_OF(signers));
        tcase_add_loop_test(tests, a_checkpoint_is_of_its_epoch_and_by_its_key, 0, COUNT_OF(notes));
        tcase_add_test(tests, with_both_signatures_it_opens_before_and_after_the_new_key_is_known);
        tcase_add_loop_test(tests, a_key_comes_behind_the_others_and_never_twice, 0,
                            COUNT_OF(named));
        tcase_add_loop_test(tests, an_epoch_follows_the_one_before, 0, COUNT_OF(epochs));
        tcase_add_test(tests, a_key_that_was_named_where_the_epoch_begins_is_taken_back);
        tcase_add_test(tests, what_takes_back_an_epoch_takes_back_its_keys);
        tcase_add_test(tests, it_holds_so_many_and_no_more);
        tcase_add_test(tests, an_origin_leaves_room_for_a_number);
        tcase_add_test(tests, what_is_no_note_is_no_checkpoint);
        return run_case(tests, "proof/hubring");
}
