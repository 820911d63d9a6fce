/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/ledger.h"

/* In the order of their octets. */
static const char *const rows[] = {
        "a", "b", "b\x01", "b\x01\xff", "b\xff", "b\xff\xff", "b\xff\xff\xff", "c", "\xff",
        "\xff\xff", "\xff\xffz",
};

static void setup(void)
{
        struct store_txn *txn;

        make_ledger();
        txn = writing();
        for (int i = 0; i < COUNT_OF(rows); i++)
                ck_assert_int_eq(store_put(txn, TABLE_FACT, text(rows[i]), text(rows[i])), 0);
        ck_assert_int_eq(store_commit(txn), 0);
}

/* Rows [first, end) have the prefix. */
static const struct {
        const char *prefix;
        int first, end;
} prefixes[] = {
        { "", 0, 11 },
        { "a", 0, 1 },
        { "b", 1, 7 },
        { "b\x01", 2, 4 },
        { "b\xff", 4, 7 },
        { "b\xff\xff", 5, 7 },
        { "b\xff\xff\xff\xff", 7, 7 },
        { "c", 7, 8 },
        { "cc", 8, 8 },
        { "\x01", 0, 0 },
        { "\xff", 8, 11 },
        { "\xff\xff", 9, 11 },
        { "\xff\xffz", 10, 11 },
        { "\xff\xff\xff", 11, 11 },
};

START_TEST(a_prefix_is_walked_both_ways)
{
        own(store_txn) struct store_txn *txn = reading();
        own(store_cursor) struct store_cursor *up = NULL, *down = NULL;
        struct bytes prefix = text(prefixes[_i].prefix), key, value;

        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, prefix, &up), 0);
        for (int i = prefixes[_i].first; i < prefixes[_i].end; i++) {
                ck_assert_int_eq(cursor_next(up, &key, &value), 0);
                ck_assert(bytes_equal(key, text(rows[i])));
                ck_assert(bytes_equal(value, text(rows[i])));
        }
        ck_assert_int_eq(cursor_next(up, &key, &value), -ENOENT);
        ck_assert_int_eq(cursor_next(up, &key, &value), -ENOENT);

        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, prefix, &down), 0);
        for (int i = prefixes[_i].end; i-- > prefixes[_i].first;) {
                ck_assert_int_eq(cursor_prev(down, &key, &value), 0);
                ck_assert(bytes_equal(key, text(rows[i])));
        }
        ck_assert_int_eq(cursor_prev(down, &key, &value), -ENOENT);
        ck_assert_int_eq(cursor_prev(down, &key, &value), -ENOENT);
        cursor_close(give(up));
        cursor_close(give(down));
}
END_TEST

START_TEST(at_either_end_it_turns_around)
{
        own(store_txn) struct store_txn *txn = reading();
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;

        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, text("b\xff"), &cursor), 0);
        while (cursor_next(cursor, &key, &value) == 0)
                ;
        ck_assert_int_eq(cursor_prev(cursor, &key, &value), 0);
        ck_assert(bytes_equal(key, text(rows[6])));
        while (cursor_prev(cursor, &key, &value) == 0)
                ;
        ck_assert_int_eq(cursor_next(cursor, &key, &value), 0);
        ck_assert(bytes_equal(key, text(rows[4])));
        cursor_close(give(cursor));
}
END_TEST

static const struct {
        const char *prefix, *key;
        int row;                /* -1: none */
} seeks[] = {
        { "", "b", 1 },
        { "", "b\x02", 4 },
        { "", "\xff\xffzz", -1 },
        { "b\x01", "", 2 },
        { "b\x01", "a", 2 },
        { "b\x01", "b", 2 },
        { "b\x01", "b\x01", 2 },
        { "b\x01", "b\x01\x01", 3 },
        { "b\x01", "b\x02", -1 },
        { "b\x01", "c", -1 },
};

START_TEST(a_seek_stays_within_the_prefix)
{
        own(store_txn) struct store_txn *txn = reading();
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;
        int r;

        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, text(seeks[_i].prefix), &cursor), 0);
        r = cursor_seek(cursor, text(seeks[_i].key), &key, &value);
        ck_assert_int_eq(r, seeks[_i].row < 0 ? -ENOENT : 0);
        if (!r)
                ck_assert(bytes_equal(key, text(rows[seeks[_i].row])));
        else
                ck_assert_int_eq(cursor_next(cursor, &key, &value), -ENOENT);
        cursor_close(give(cursor));
}
END_TEST

START_TEST(a_walk_may_begin_in_the_middle)
{
        own(store_txn) struct store_txn *txn = reading();
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;

        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, text(""), &cursor), 0);
        ck_assert_int_eq(cursor_seek(cursor, text("b\x01"), &key, &value), 0);
        ck_assert_int_eq(cursor_next(cursor, &key, &value), 0);
        ck_assert(bytes_equal(key, text(rows[3])));
        ck_assert_int_eq(cursor_prev(cursor, &key, &value), 0);
        ck_assert_int_eq(cursor_prev(cursor, &key, &value), 0);
        ck_assert(bytes_equal(key, text(rows[1])));
        cursor_close(give(cursor));
}
END_TEST

START_TEST(numbers_are_walked_as_numbers)
{
        own(store_txn) struct store_txn *txn = writing();
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;
        uint64_t at, number;

        for (uint64_t i = 250; i < 260; i++)
                ck_assert_int_eq(store_put(txn, TABLE_LEAF, number_key(&i), text("x")), 0);
        ck_assert_int_eq(cursor_open(txn, TABLE_LEAF, text(""), &cursor), 0);
        for (uint64_t i = 250; i < 260; i++) {
                ck_assert_int_eq(cursor_next(cursor, &key, &value), 0);
                memcpy(&number, key.data, sizeof(number));
                ck_assert_uint_eq(number, i);
        }
        ck_assert_int_eq(cursor_next(cursor, &key, &value), -ENOENT);
        at = 255;
        ck_assert_int_eq(cursor_seek(cursor, number_key(&at), &key, &value), 0);
        memcpy(&number, key.data, sizeof(number));
        ck_assert_uint_eq(number, 255);
        cursor_close(give(cursor));
}
END_TEST

START_TEST(a_prefix_has_a_bound)
{
        own(store_txn) struct store_txn *txn = reading();
        struct store_cursor *cursor = NULL;
        char prefix[STORE_KEY_MAX + 1] = "";

        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, BYTES_OF(prefix), &cursor), -EINVAL);
        ck_assert_ptr_null(cursor);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("cursor");

        tcase_add_checked_fixture(tests, setup, remove_top);
        tcase_add_loop_test(tests, a_prefix_is_walked_both_ways, 0, COUNT_OF(prefixes));
        tcase_add_test(tests, at_either_end_it_turns_around);
        tcase_add_loop_test(tests, a_seek_stays_within_the_prefix, 0, COUNT_OF(seeks));
        tcase_add_test(tests, a_walk_may_begin_in_the_middle);
        tcase_add_test(tests, numbers_are_walked_as_numbers);
        tcase_add_test(tests, a_prefix_has_a_bound);
        return run_case(tests, "store/cursor");
}
