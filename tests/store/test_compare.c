/* SPDX-License-Identifier: Apache-2.0 */
#include "store/verify.h"
#include "tests/store/ledger.h"

/* Two ledgers that say the same, but for one thing. */
static struct store_env *second;

static void put_row(struct store_env *in, enum table table, const char *key, const char *value)
{
        struct store_txn *txn = NULL;

        ck_assert_int_eq(store_begin_write(in, &txn), 0);
        if (value)
                ck_assert_int_eq(store_put(txn, table, text(key), text(value)), 0);
        else
                ck_assert_int_eq(store_del(txn, table, text(key)), 0);
        ck_assert_int_eq(store_commit(txn), 0);
}

static void setup(void)
{
        struct store_options options;
        char path[128];

        make_ledger();
        snprintf(path, sizeof(path), "%s/second", top);
        options = options_of(path);
        ck_assert_int_eq(store_open(&options, &second), 0);

        for (int i = 0; i < 2; i++) {
                struct store_env *in = i ? second : env;

                put_row(in, TABLE_PARTY, "north", "1");
                put_row(in, TABLE_PARTY, "south", "2");
                put_row(in, TABLE_EVIDENCE, "e", "");
        }
}

static void teardown(void)
{
        store_close(second);
        remove_top();
}

static const struct {
        enum table table;
        const char *key, *value;        /* NULL: taken out of the second */
        int answer;
        uint64_t rows;
        const char *finding;
} changes[] = {
        { TABLE_PARTY, "north", "1", 0, 3, "" },
        { TABLE_PARTY, "north", "3", -EILSEQ, 0, "table PARTY, key 6e6f727468: the rows differ" },
        { TABLE_PARTY, "south", "", -EILSEQ, 1, "table PARTY, key 736f757468: the rows differ" },
        { TABLE_PARTY, "north", NULL, -EILSEQ, 0,
          "table PARTY, key 6e6f727468: a row in the first only" },
        { TABLE_PARTY, "south", NULL, -EILSEQ, 1,
          "table PARTY, key 736f757468: a row in the first only" },
        { TABLE_PARTY, "nort", "1", -EILSEQ, 0,
          "table PARTY, key 6e6f7274: a row in the second only" },
        { TABLE_PARTY, "west", "1", -EILSEQ, 2,
          "table PARTY, key 77657374: a row in the second only" },
        { TABLE_NODE, "n", "", -EILSEQ, 2, "table NODE, key 6e: a row in the second only" },
        { TABLE_EVIDENCE, "e", NULL, -EILSEQ, 2,
          "table EVIDENCE, key 65: a row in the first only" },
        { TABLE_META, "of no state", "x", 0, 3, "" },
};

START_TEST(the_first_difference_is_named)
{
        own(store_txn) struct store_txn *a = NULL, *b = NULL;
        struct finding finding;
        uint64_t rows;

        put_row(second, changes[_i].table, changes[_i].key, changes[_i].value);
        ck_assert_int_eq(store_begin_read(env, &a), 0);
        ck_assert_int_eq(store_begin_read(second, &b), 0);
        ck_assert_int_eq(state_compare(a, b, &rows, &finding), changes[_i].answer);
        ck_assert_str_eq(finding.says, changes[_i].finding);
        ck_assert_uint_eq(rows, changes[_i].rows);
        store_abort(give(a));
        store_abort(give(b));
}
END_TEST

START_TEST(a_long_key_is_shown_in_part)
{
        own(store_txn) struct store_txn *a = NULL, *b = NULL;
        struct finding finding;
        char key[300];

        memset(key, 'k', sizeof(key) - 1);
        key[sizeof(key) - 1] = '\0';
        put_row(second, TABLE_FACT, key, "");
        ck_assert_int_eq(store_begin_read(env, &a), 0);
        ck_assert_int_eq(store_begin_read(second, &b), 0);
        ck_assert_int_eq(state_compare(a, b, NULL, &finding), -EILSEQ);
        ck_assert_ptr_nonnull(strstr(finding.says, "6b6b...: a row in the second only"));
        store_abort(give(a));
        store_abort(give(b));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("compare");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_add_loop_test(tests, the_first_difference_is_named, 0, COUNT_OF(changes));
        tcase_add_test(tests, a_long_key_is_shown_in_part);
        return run_case(tests, "store/compare");
}
