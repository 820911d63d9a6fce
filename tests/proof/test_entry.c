/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "proof/entry.h"
#include "tests/proof/run.h"

static const struct entry_header header = {
        .kind = 0xab,
        .length = 3,
        .index = UINT64_C(0x0102030405060708),
        .time = INT64_C(0x1112131415161718),
};

static const uint8_t octets[ENTRY_HEADER_SIZE + 3] = {
        0x01, 0xab, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8,
        0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 'a', 'b', 'c',
};

START_TEST(a_header_is_big_endian)
{
        uint8_t written[ENTRY_HEADER_SIZE];
        struct entry_header again;

        entry_header_write(&header, written);
        ck_assert_mem_eq(written, octets, sizeof(written));
        ck_assert_int_eq(entry_header_read(BYTES_OF(octets), &again), 0);
        ck_assert_uint_eq(again.kind, header.kind);
        ck_assert_uint_eq(again.length, header.length);
        ck_assert_uint_eq(again.index, header.index);
        ck_assert_int_eq(again.time, header.time);
}
END_TEST

START_TEST(times_before_the_epoch_are_times)
{
        struct entry_header early = { 1, 0, 0, -1 }, again;
        uint8_t written[ENTRY_HEADER_SIZE];

        entry_header_write(&early, written);
        ck_assert_int_eq(entry_header_read(BYTES_OF(written), &again), 0);
        ck_assert_int_eq(again.time, -1);
}
END_TEST

static const struct {
        const char *says;
        size_t at;
        uint8_t octet;
        size_t size;
        int answer;
} spoilt[] = {
        { "as it is", 0, 1, 27, 0 },
        { "a format before the first", 0, 0, 27, -EILSEQ },
        { "a format to come", 0, 2, 27, -EPROTONOSUPPORT },
        { "something where zero must be", 2, 1, 27, -EILSEQ },
        { "something where zero must be, again", 3, 1, 27, -EILSEQ },
        { "a length too long", 7, 4, 27, -EILSEQ },
        { "a length too short", 7, 2, 27, -EILSEQ },
        { "a length far too long", 4, 0xff, 27, -EILSEQ },
        { "a byte missing", 0, 1, 26, -EILSEQ },
        { "a header cut short", 0, 1, 23, -EILSEQ },
        { "nothing", 0, 1, 0, -EILSEQ },
};

START_TEST(a_header_is_read_strictly)
{
        uint8_t copy[sizeof(octets)];
        struct entry_header again;

        memcpy(copy, octets, sizeof(copy));
        copy[spoilt[_i].at] = spoilt[_i].octet;
        ck_assert_msg(entry_header_read((struct bytes) { copy, spoilt[_i].size }, &again) ==
                              spoilt[_i].answer, "%s", spoilt[_i].says);
}
END_TEST

START_TEST(its_leaf_is_that_of_header_and_bytes)
{
        own(hasher) struct hasher *hasher = NULL;
        struct digest made, expected;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        entry_leaf(hasher, &header, (struct bytes) { "abc", 3 }, &made);
        leaf_hash(hasher, &BYTES_OF(octets), 1, &expected);
        ck_assert(digest_equal(&made, &expected));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("entry");

        tcase_add_test(tests, a_header_is_big_endian);
        tcase_add_test(tests, times_before_the_epoch_are_times);
        tcase_add_loop_test(tests, a_header_is_read_strictly, 0, COUNT_OF(spoilt));
        tcase_add_test(tests, its_leaf_is_that_of_header_and_bytes);
        return run_case(tests, "proof/entry");
}
