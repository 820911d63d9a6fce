/* SPDX-License-Identifier: Apache-2.0 */
#include "store/stat.h"
#include "tests/store/ledger.h"

START_TEST(the_numbers_are_those_of_the_ledger)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = NULL;
        struct log_tip tip;
        struct store_stat stat;

        commit_batch(log, 30);
        txn = writing();
        ck_assert_int_eq(store_put(txn, TABLE_PARTY, text("a"), text("")), 0);
        ck_assert_int_eq(store_commit(give(txn)), 0);

        txn = reading();
        ck_assert_int_eq(store_stat(txn, &stat), 0);
        tip = log_tip(log);
        ck_assert_uint_eq(stat.tip.size, 30);
        ck_assert(digest_equal(&stat.tip.root, &tip.root));
        ck_assert_int_eq(stat.tip.time, tip.time);
        ck_assert_uint_eq(stat.map_size, MAP_SIZE);
        ck_assert_uint_gt(stat.used, 0);
        ck_assert_uint_le(stat.used, MAP_SIZE);
        ck_assert_uint_eq(stat.used % stat.page_size, 0);
        ck_assert_uint_le(stat.free_pages * stat.page_size, stat.used);
        ck_assert_uint_gt(stat.disk_free, 0);
        ck_assert_uint_eq(stat.quota, 0);
        ck_assert_uint_eq(stat.rows[TABLE_LOG], 30);
        ck_assert_uint_eq(stat.rows[TABLE_LEAF], 30);
        ck_assert_uint_eq(stat.rows[TABLE_PARTY], 1);
        ck_assert_uint_eq(stat.rows[TABLE_NODE], 0);
}
END_TEST

START_TEST(a_long_reader_shows)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *old = reading(), *new = NULL;
        struct store_stat stat;

        for (int i = 0; i < 5; i++)
                commit_batch(log, 1);
        new = reading();
        ck_assert_int_eq(store_stat(new, &stat), 0);
        ck_assert_uint_eq(stat.readers, 2);
        ck_assert_uint_eq(stat.oldest_reader, 5);
        store_abort(give(old));
        ck_assert_int_eq(store_stat(new, &stat), 0);
        ck_assert_uint_eq(stat.readers, 1);
        ck_assert_uint_eq(stat.oldest_reader, 0);
}
END_TEST

START_TEST(there_is_a_bound_on_readers)
{
        struct store_options options = options_of(folder);
        struct store_txn *txns[3] = { NULL };
        char path[128];

        /* LMDB keeps the slots of a lock file that is there, and its space with them. */
        close_ledger();
        snprintf(path, sizeof(path), "%s/lock.mdb", folder);
        ck_assert_int_eq(unlink(path), 0);
        options.readers = 2;
        ck_assert_int_eq(store_open(&options, &env), 0);
        ck_assert_int_eq(store_begin_read(env, &txns[0]), 0);
        ck_assert_int_eq(store_begin_read(env, &txns[1]), 0);
        ck_assert_int_eq(store_begin_read(env, &txns[2]), -EAGAIN);
        store_abort(txns[0]);
        ck_assert_int_eq(store_begin_read(env, &txns[2]), 0);
        store_abort(txns[1]);
        store_abort(txns[2]);
}
END_TEST

static const struct {
        const char *says;
        uint64_t octets;
        bool room;
} batches[] = {
        { "nothing", 0, true },
        { "a megabyte", UINT64_C(1) << 20, true },
        { "as much as the quota", UINT64_C(64) << 20, false },
        { "more than can be counted", UINT64_MAX, false },
};

START_TEST(room_is_what_the_quota_leaves)
{
        struct store_options options = options_of(folder);
        bool room;

        close_ledger();
        options.quota = UINT64_C(64) << 20;
        ck_assert_int_eq(store_open(&options, &env), 0);
        ck_assert_uint_eq(store_quota(env), options.quota);
        ck_assert_int_eq(store_room(env, batches[_i].octets, &room), 0);
        ck_assert_msg(room == batches[_i].room, "%s", batches[_i].says);
}
END_TEST

/* Batches that store_room() lets in never meet the end of the map, up to where it says no. */
START_TEST(what_has_room_fits)
{
        struct store_options options = options_of(folder);
        own(store_log) struct store_log *log = NULL;
        uint64_t batch = UINT64_C(1) << 20, batches_in = 0;
        char *bytes = calloc(1, batch / 16);
        bool room = true;

        close_ledger();
        options.map_size = (size_t)48 << 20;
        ck_assert_int_eq(store_open(&options, &env), 0);
        log = load(LOG_TAIL);
        for (;; batches_in++) {
                struct bytes one = { bytes, batch / 16 };
                struct entry_header header;
                struct store_txn *txn;

                ck_assert_int_eq(store_room(env, batch, &room), 0);
                if (!room)
                        break;
                txn = writing();
                ck_assert_int_eq(log_begin(log, txn), 0);
                for (int i = 0; i < 16; i++)
                        ck_assert_int_eq(log_append(log, txn, 1, 0, &one, 1, &header), 0);
                ck_assert_int_eq(log_prepare_commit(log, txn, NULL), 0);
                ck_assert_int_eq(store_commit(txn), 0);
                log_committed(log);
        }
        ck_assert_uint_ge(batches_in, 16);
        free(bytes);
}
END_TEST

START_TEST(a_full_map_is_an_answer_and_spoils_nothing)
{
        struct store_options options = options_of(folder);
        own(store_log) struct store_log *log = NULL;
        own(store_txn) struct store_txn *txn = NULL;
        char *bytes = calloc(1, 1 << 20);
        struct bytes one = { bytes, 1 << 20 };
        struct entry_header header;
        int r = 0;

        close_ledger();
        options.map_size = (size_t)8 << 20;
        ck_assert_int_eq(store_open(&options, &env), 0);
        log = load(LOG_TAIL);
        commit_batch(log, 10);
        txn = writing();
        ck_assert_int_eq(log_begin(log, txn), 0);
        for (int i = 0; !r && i < 16; i++)
                r = log_append(log, txn, 1, 0, &one, 1, &header);
        ck_assert_int_eq(r, -ENOSPC);
        store_abort(give(txn));
        log_aborted(log);
        commit_batch(log, 10);
        ck_assert_uint_eq(log_tip(log).size, 20);
        free(bytes);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("stat");

        tcase_add_checked_fixture(tests, make_ledger, remove_top);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, the_numbers_are_those_of_the_ledger);
        tcase_add_test(tests, a_long_reader_shows);
        tcase_add_test(tests, there_is_a_bound_on_readers);
        tcase_add_loop_test(tests, room_is_what_the_quota_leaves, 0, COUNT_OF(batches));
        tcase_add_test(tests, what_has_room_fits);
        tcase_add_test(tests, a_full_map_is_an_answer_and_spoils_nothing);
        return run_case(tests, "store/stat");
}
