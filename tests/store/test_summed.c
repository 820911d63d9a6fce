/* SPDX-License-Identifier: Apache-2.0 */
/* A row of the state that is not as it was written is never taken for one that is. */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "store/cursor.h"
#include "store/mdb.h"
#include "store/summed.h"
#include "store/verify.h"
#include "tests/store/ledger.h"

#define VALUE "twenty-two thousand"
#define ROW_SIZE (sizeof(VALUE) - 1 + SUM_SIZE)

static void put_raw(struct store_txn *txn, const char *at, const uint8_t *row, size_t size)
{
        MDB_val key = to_val(text(at)), value = { size, (void *)row };

        ck_assert_int_eq(mdb_put(txn->mdb, txn->env->tables[TABLE_FACT], &key, &value, 0), 0);
}

static void keep_row(struct store_txn *txn, uint8_t ret[ROW_SIZE])
{
        MDB_val key = to_val(text("b")), value;

        ck_assert_int_eq(store_put(txn, TABLE_FACT, text("a"), text("one")), 0);
        ck_assert_int_eq(store_put(txn, TABLE_FACT, text("b"), text(VALUE)), 0);
        ck_assert_int_eq(mdb_get(txn->mdb, txn->env->tables[TABLE_FACT], &key, &value), 0);
        ck_assert_uint_eq(value.mv_size, ROW_SIZE);
        memcpy(ret, value.mv_data, ROW_SIZE);
}

/* By every way to it. */
static void check_refused(struct store_txn *txn, const char *at)
{
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct state_place place = { .key_size = 0 };
        struct finding finding;
        struct bytes key, value;
        uint64_t rows;

        ck_assert_int_eq(store_get(txn, TABLE_FACT, text(at), &value), -EILSEQ);
        ck_assert_int_eq(store_last(txn, TABLE_FACT, text(at), &key, &value), -EILSEQ);
        ck_assert_int_eq(store_after(txn, TABLE_FACT, text("a"), &key, &value), -EILSEQ);
        ck_assert_int_eq(cursor_open(txn, TABLE_FACT, text(at), &cursor), 0);
        ck_assert_int_eq(cursor_next(cursor, &key, &value), -EILSEQ);
        ck_assert_int_eq(state_verify_step(txn, &place, 100, &rows, &finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "table FACT: a row is not as it was written");
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("a"), &value), 0);
}

START_TEST(every_bit_of_a_row_counts)
{
        own(store_txn) struct store_txn *txn = writing();
        uint8_t row[ROW_SIZE];

        keep_row(txn, row);
        for (size_t bit = 0; bit < 8 * ROW_SIZE; bit++) {
                row[bit / 8] ^= (uint8_t)(1 << bit % 8);
                put_raw(txn, "b", row, ROW_SIZE);
                check_refused(txn, "b");
                row[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
}
END_TEST

START_TEST(a_row_belongs_to_its_key_and_is_whole)
{
        own(store_txn) struct store_txn *txn = writing();
        uint8_t row[ROW_SIZE];

        keep_row(txn, row);
        ck_assert_int_eq(store_del(txn, TABLE_FACT, text("b")), 0);
        put_raw(txn, "c", row, ROW_SIZE);
        check_refused(txn, "c");
        for (size_t size = 0; size < ROW_SIZE; size++) {
                put_raw(txn, "c", row, size);
                check_refused(txn, "c");
        }
}
END_TEST

START_TEST(a_walk_sees_each_row_once)
{
        own(store_txn) struct store_txn *txn = writing();
        struct state_place place = { .key_size = 0 };
        struct finding finding;
        uint64_t rows, all = 0;
        char at[16];
        int r;

        for (int i = 0; i < 50; i++) {
                snprintf(at, sizeof(at), "%02d", i);
                ck_assert_int_eq(store_put(txn, i % 2 ? TABLE_FACT : TABLE_RUN, text(at),
                                           text("")), 0);
        }
        do {
                r = state_verify_step(txn, &place, 7, &rows, &finding);
                ck_assert_uint_le(rows, 7);
                all += rows;
        } while (r == 0);
        ck_assert_int_eq(r, -ENOENT);
        ck_assert_uint_eq(all, 50);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("summed");

        tcase_add_checked_fixture(tests, make_ledger, remove_top);
        tcase_add_test(tests, every_bit_of_a_row_counts);
        tcase_add_test(tests, a_row_belongs_to_its_key_and_is_whole);
        tcase_add_test(tests, a_walk_sees_each_row_once);
        return run_case(tests, "store/summed");
}
