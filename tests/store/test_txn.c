/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <sys/resource.h>

#include "tests/store/ledger.h"

static void put(const char *key, const char *value)
{
        struct store_txn *txn = writing();

        ck_assert_int_eq(store_put(txn, TABLE_FACT, text(key), text(value)), 0);
        ck_assert_int_eq(store_commit(txn), 0);
}

START_TEST(what_is_put_is_there_after_the_commit)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct bytes value;

        put("a", "one");
        put("b", "");
        put("a", "two");
        close_ledger();
        open_ledger();
        txn = reading();
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("a"), &value), 0);
        ck_assert(bytes_equal(value, text("two")));
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("b"), &value), 0);
        ck_assert_uint_eq(value.size, 0);
        ck_assert_ptr_nonnull(value.data);
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("c"), &value), -ENOENT);
        ck_assert_int_eq(store_get(txn, TABLE_TERMS, text("a"), &value), -ENOENT);
        ck_assert_ptr_eq(store_env_of(txn), env);
}
END_TEST

START_TEST(what_is_aborted_never_was)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct bytes value;

        put("a", "one");
        {
                own(store_txn) struct store_txn *dropped = writing();

                ck_assert_int_eq(store_put(dropped, TABLE_FACT, text("a"), text("two")), 0);
                ck_assert_int_eq(store_put(dropped, TABLE_FACT, text("b"), text("two")), 0);
                ck_assert_int_eq(store_get(dropped, TABLE_FACT, text("b"), &value), 0);
        }
        txn = reading();
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("a"), &value), 0);
        ck_assert(bytes_equal(value, text("one")));
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("b"), &value), -ENOENT);
}
END_TEST

START_TEST(a_reader_sees_what_was_when_it_began)
{
        own(store_txn) struct store_txn *before = NULL, *after = NULL;
        struct bytes value;

        put("a", "one");
        before = reading();
        put("a", "two");
        after = reading();
        ck_assert_int_eq(store_get(before, TABLE_FACT, text("a"), &value), 0);
        ck_assert(bytes_equal(value, text("one")));
        ck_assert_int_eq(store_get(after, TABLE_FACT, text("a"), &value), 0);
        ck_assert(bytes_equal(value, text("two")));
}
END_TEST

START_TEST(new_means_new)
{
        own(store_txn) struct store_txn *txn = writing();
        struct bytes value;

        ck_assert_int_eq(store_put_new(txn, TABLE_FACT, text("a"), text("one")), 0);
        ck_assert_int_eq(store_put_new(txn, TABLE_FACT, text("a"), text("two")), -EEXIST);
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("a"), &value), 0);
        ck_assert(bytes_equal(value, text("one")));
        ck_assert_int_eq(store_del(txn, TABLE_FACT, text("a")), 0);
        ck_assert_int_eq(store_del(txn, TABLE_FACT, text("a")), -ENOENT);
        ck_assert_int_eq(store_put_new(txn, TABLE_FACT, text("a"), text("two")), 0);
        ck_assert_int_eq(store_commit(give(txn)), 0);
}
END_TEST

START_TEST(a_reserved_row_is_filled_in_place)
{
        own(store_txn) struct store_txn *txn = writing();
        struct bytes value;
        void *room;

        ck_assert_int_eq(store_reserve(txn, TABLE_META, text("a"), 3, &room), 0);
        memcpy(room, "one", 3);
        ck_assert_int_eq(store_put(txn, TABLE_META, text("b"), text("two")), 0);
        ck_assert_int_eq(store_get(txn, TABLE_META, text("a"), &value), 0);
        ck_assert(bytes_equal(value, text("one")));
}
END_TEST

START_TEST(keys_have_bounds)
{
        own(store_txn) struct store_txn *txn = writing();
        char key[STORE_KEY_MAX + 1];
        struct bytes value;

        memset(key, 'k', sizeof(key));
        ck_assert_int_eq(store_put(txn, TABLE_FACT, (struct bytes) { key, STORE_KEY_MAX },
                                   text("")), 0);
        ck_assert_int_eq(store_get(txn, TABLE_FACT, (struct bytes) { key, STORE_KEY_MAX }, &value),
                         0);
        ck_assert_int_eq(store_put(txn, TABLE_FACT, (struct bytes) { key, STORE_KEY_MAX + 1 },
                                   text("")), -EINVAL);
        ck_assert_int_eq(store_put(txn, TABLE_FACT, text(""), text("")), -EINVAL);
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text(""), &value), -EINVAL);
}
END_TEST

START_TEST(the_log_grows_at_its_end_only)
{
        own(store_txn) struct store_txn *txn = writing();
        uint64_t five = 5, four = 4, big = UINT64_C(1) << 40, most = UINT64_MAX, last;
        struct bytes key, value;

        ck_assert_int_eq(store_put(txn, TABLE_LEAF, number_key(&five), text("5")), 0);
        ck_assert_int_eq(store_put(txn, TABLE_LEAF, number_key(&five), text("5")), -EEXIST);
        ck_assert_int_eq(store_put(txn, TABLE_LEAF, number_key(&four), text("4")), -EEXIST);
        ck_assert_int_eq(store_put(txn, TABLE_LEAF, number_key(&big), text("big")), 0);

        /* In the order of numbers, not of their octets. */
        ck_assert_int_eq(store_last(txn, TABLE_LEAF, number_key(&most), &key, &value), 0);
        memcpy(&last, key.data, sizeof(last));
        ck_assert_uint_eq(last, big);
        ck_assert_int_eq(store_after(txn, TABLE_LEAF, number_key(&five), &key, &value), 0);
        ck_assert(bytes_equal(value, text("big")));
}
END_TEST

/* The rows are b, d, dd and f. */
static const struct {
        const char *key, *after, *last;
} places[] = {
        { "", "b", NULL },
        { "a", "b", NULL },
        { "b", "d", "b" },
        { "c", "d", "b" },
        { "d", "dd", "d" },
        { "da", "dd", "d" },
        { "dd", "f", "dd" },
        { "ddd", "f", "dd" },
        { "f", NULL, "f" },
        { "g", NULL, "f" },
};

static void check_place(struct store_txn *txn, int i)
{
        struct bytes key, value;
        int r;

        r = store_after(txn, TABLE_FACT, text(places[i].key), &key, &value);
        ck_assert_int_eq(r, places[i].after ? 0 : -ENOENT);
        ck_assert_msg(r || (bytes_equal(key, text(places[i].after)) && bytes_equal(key, value)),
                      "after '%s'", places[i].key);
        if (!*places[i].key)
                return;
        r = store_last(txn, TABLE_FACT, text(places[i].key), &key, &value);
        ck_assert_int_eq(r, places[i].last ? 0 : -ENOENT);
        ck_assert_msg(r || (bytes_equal(key, text(places[i].last)) && bytes_equal(key, value)),
                      "last at '%s'", places[i].key);
}

START_TEST(neighbours_are_found)
{
        own(store_txn) struct store_txn *writer = NULL, *reader = NULL;

        put("b", "b");
        put("d", "d");
        put("dd", "dd");
        put("f", "f");
        reader = reading();
        writer = writing();
        for (int i = 0; i < COUNT_OF(places); i++) {
                check_place(reader, i);
                check_place(writer, i);
        }
        for (int i = COUNT_OF(places); i-- > 0;)
                check_place(reader, i);
}
END_TEST

START_TEST(an_empty_table_has_no_neighbours)
{
        own(store_txn) struct store_txn *txn = reading();
        struct bytes key, value;

        ck_assert_int_eq(store_after(txn, TABLE_FACT, text(""), &key, &value), -ENOENT);
        ck_assert_int_eq(store_after(txn, TABLE_FACT, text("a"), &key, &value), -ENOENT);
        ck_assert_int_eq(store_last(txn, TABLE_FACT, text("a"), &key, &value), -ENOENT);
}
END_TEST

START_TEST(a_writer_walks_over_rows_it_changes)
{
        own(store_txn) struct store_txn *txn = writing();
        char name[16] = "";
        struct bytes key = text(""), value;
        int found = 0;

        for (int i = 0; i < 1000; i++) {
                snprintf(name, sizeof(name), "%04d", i);
                ck_assert_int_eq(store_put(txn, TABLE_FACT, text(name), text(name)), 0);
        }
        name[0] = '\0';
        while (store_after(txn, TABLE_FACT, text(name), &key, &value) == 0) {
                memcpy(name, key.data, key.size);
                if (found++ % 2 == 0)
                        ck_assert_int_eq(store_del(txn, TABLE_FACT, text(name)), 0);
        }
        ck_assert_int_eq(found, 1000);
}
END_TEST

START_TEST(a_table_is_counted_and_cleared)
{
        own(store_txn) struct store_txn *txn = NULL;
        uint64_t rows;

        put("a", "1");
        put("b", "2");
        txn = writing();
        ck_assert_int_eq(store_count(txn, TABLE_FACT, &rows), 0);
        ck_assert_uint_eq(rows, 2);
        ck_assert_int_eq(store_clear(txn, TABLE_FACT), 0);
        ck_assert_int_eq(store_count(txn, TABLE_FACT, &rows), 0);
        ck_assert_uint_eq(rows, 0);
        ck_assert_int_eq(store_put(txn, TABLE_FACT, text("c"), text("3")), 0);
        ck_assert_int_eq(store_commit(give(txn)), 0);
}
END_TEST

/* A disk that takes no more, where no room was asked for. */
START_TEST(after_a_failed_commit_nothing_more_is_done)
{
        struct rlimit limit = { 1 << 16, RLIM_INFINITY };
        struct bytes one = { calloc(1, 1 << 18), 1 << 18 };
        struct store_txn *txn;
        struct bytes value;

        put("a", "one");
        signal(SIGXFSZ, SIG_IGN);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        txn = writing();
        ck_assert_int_eq(store_put(txn, TABLE_FACT, text("b"), one), 0);
        ck_assert_int_lt(store_commit(txn), 0);
        limit.rlim_cur = RLIM_INFINITY;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);

        ck_assert_int_eq(store_begin_write(env, &txn), -EIO);
        ck_assert_int_eq(store_begin_read(env, &txn), -EIO);
        close_ledger();
        open_ledger();
        txn = reading();
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("a"), &value), 0);
        ck_assert_int_eq(store_get(txn, TABLE_FACT, text("b"), &value), -ENOENT);
        store_abort(txn);
        free((void *)one.data);
}
END_TEST

START_TEST(every_table_has_its_name)
{
        for (enum table a = 0; a < TABLE_COUNT; a++) {
                ck_assert_uint_gt(strlen(table_name(a)), 0);
                for (enum table b = 0; b < a; b++)
                        ck_assert_str_ne(table_name(a), table_name(b));
                if (table_is_state(a))
                        ck_assert(!table_by_number(a) && !table_only_appends(a));
        }
        ck_assert(table_by_number(TABLE_LOG) && table_only_appends(TABLE_LEAF));
        ck_assert(!table_is_state(TABLE_META) && table_is_state(TABLE_BALANCE));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("txn");

        tcase_add_checked_fixture(tests, make_ledger, remove_top);
        tcase_add_test(tests, what_is_put_is_there_after_the_commit);
        tcase_add_test(tests, what_is_aborted_never_was);
        tcase_add_test(tests, a_reader_sees_what_was_when_it_began);
        tcase_add_test(tests, new_means_new);
        tcase_add_test(tests, a_reserved_row_is_filled_in_place);
        tcase_add_test(tests, keys_have_bounds);
        tcase_add_test(tests, the_log_grows_at_its_end_only);
        tcase_add_test(tests, neighbours_are_found);
        tcase_add_test(tests, an_empty_table_has_no_neighbours);
        tcase_add_test(tests, a_writer_walks_over_rows_it_changes);
        tcase_add_test(tests, a_table_is_counted_and_cleared);
        tcase_add_test(tests, after_a_failed_commit_nothing_more_is_done);
        tcase_add_test(tests, every_table_has_its_name);
        return run_case(tests, "store/txn");
}
