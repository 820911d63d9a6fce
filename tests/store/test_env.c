/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/wait.h>

#include "tests/store/ledger.h"

static mode_t mode_of(const char *name)
{
        char path[128];
        struct stat status;

        snprintf(path, sizeof(path), "%s/%s", folder, name);
        ck_assert_int_eq(stat(path, &status), 0);
        return status.st_mode & 07777;
}

START_TEST(a_new_ledger_is_private)
{
        mode_t mask = umask(0);

        open_ledger();
        umask(mask);
        ck_assert_uint_eq(mode_of("."), 0700);
        ck_assert_uint_eq(mode_of("lock"), 0600);
        ck_assert_uint_eq(mode_of("data.mdb"), 0600);
        ck_assert_uint_eq(mode_of("lock.mdb"), 0600);
}
END_TEST

START_TEST(where_there_is_none_only_create_makes_one)
{
        struct store_options options = options_of(folder);

        options.create = false;
        ck_assert_int_eq(store_open(&options, &env), -ENOENT);
        ck_assert_int_eq(mkdir(folder, 0700), 0);
        ck_assert_int_eq(store_open(&options, &env), -ENOENT);
        ck_assert_msg(rmdir(folder) == 0, "nothing may be left behind");

        options.create = true;
        options.read_only = true;
        ck_assert_int_eq(store_open(&options, &env), -ENOENT);

        options.directory = "/nowhere/at/all";
        options.read_only = false;
        ck_assert_int_eq(store_open(&options, &env), -ENOENT);
}
END_TEST

/* What store_open() answers in a process of its own. */
static int answer_elsewhere(bool read_only)
{
        pid_t child = fork();
        int status;

        if (child == 0) {
                struct store_options options = options_of(folder);
                struct store_env *other = NULL;
                int r;

                options.read_only = read_only;
                r = store_open(&options, &other);
                store_close(other);
                _exit(-r);
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFEXITED(status));
        return -WEXITSTATUS(status);
}

static const struct {
        const char *says;
        bool first_reads, second_reads;
        int answer;
} pairs[] = {
        { "two writers", false, false, -EWOULDBLOCK },
        { "a reader beside a writer", false, true, -EWOULDBLOCK },
        { "a writer beside a reader", true, false, -EWOULDBLOCK },
        { "two readers", true, true, 0 },
};

START_TEST(one_writer_or_many_readers)
{
        struct store_options options = options_of(folder);

        open_ledger();
        close_ledger();
        options.read_only = pairs[_i].first_reads;
        ck_assert_int_eq(store_open(&options, &env), 0);
        ck_assert_msg(answer_elsewhere(pairs[_i].second_reads) == pairs[_i].answer, "%s",
                      pairs[_i].says);
        close_ledger();
        ck_assert_int_eq(answer_elsewhere(false), 0);
}
END_TEST

START_TEST(the_same_process_is_refused_too)
{
        struct store_options options = options_of(folder);
        struct store_env *second = NULL;

        open_ledger();
        ck_assert_int_eq(store_open(&options, &second), -EWOULDBLOCK);
        ck_assert_ptr_null(second);
        close_ledger();
}
END_TEST

START_TEST(a_reader_cannot_write)
{
        struct store_options options = options_of(folder);
        struct store_txn *txn = NULL;

        open_ledger();
        ck_assert(!store_is_read_only(env));
        close_ledger();
        options.read_only = true;
        ck_assert_int_eq(store_open(&options, &env), 0);
        ck_assert(store_is_read_only(env));
        ck_assert_int_eq(store_begin_write(env, &txn), -EROFS);
        ck_assert_ptr_null(txn);
}
END_TEST

START_TEST(what_is_no_ledger_is_told_apart)
{
        struct store_options options = options_of(folder);
        char path[128], junk[8192];
        int fd;

        memset(junk, 'x', sizeof(junk));
        snprintf(path, sizeof(path), "%s/data.mdb", folder);
        ck_assert_int_eq(mkdir(folder, 0700), 0);
        fd = open(path, O_WRONLY | O_CREAT, 0600);
        ck_assert_int_eq(write(fd, junk, sizeof(junk)), sizeof(junk));
        close(fd);
        ck_assert_int_eq(store_open(&options, &env), -EILSEQ);
        ck_assert_int_eq(truncate(path, 100), 0);
        ck_assert_int_eq(store_open(&options, &env), -EILSEQ);
}
END_TEST

/* A table written by some other version. */
static void add_table(const char *name, unsigned int flags)
{
        MDB_env *mdb;
        MDB_txn *txn;
        MDB_dbi table;

        ck_assert_int_eq(mkdir(folder, 0700), 0);
        ck_assert_int_eq(mdb_env_create(&mdb), 0);
        ck_assert_int_eq(mdb_env_set_maxdbs(mdb, 4), 0);
        ck_assert_int_eq(mdb_env_open(mdb, folder, 0, 0600), 0);
        ck_assert_int_eq(mdb_txn_begin(mdb, NULL, 0, &txn), 0);
        ck_assert_int_eq(mdb_dbi_open(txn, name, MDB_CREATE | flags, &table), 0);
        ck_assert_int_eq(mdb_txn_commit(txn), 0);
        mdb_env_close(mdb);
}

static const struct {
        const char *says, *name;
        unsigned int flags;
        int answer;
} tables[] = {
        { "a table that we do not know", "TOMORROW", 0, -EPROTO },
        { "a table whose name begins as one of ours", "PART", 0, -EPROTO },
        { "one of ours with other keys", "LOG", 0, -EPROTO },
        { "another of ours with other keys", "FACT", MDB_INTEGERKEY, -EPROTO },
        { "one of ours alone, the others yet to be made", "LOG", MDB_INTEGERKEY, 0 },
};

START_TEST(tables_of_other_versions)
{
        struct store_options options = options_of(folder);

        add_table(tables[_i].name, tables[_i].flags);
        ck_assert_msg(store_open(&options, &env) == tables[_i].answer, "%s", tables[_i].says);
}
END_TEST

START_TEST(a_table_an_older_ledger_lacks_reads_as_empty)
{
        struct store_options options = options_of(folder);
        own(store_cursor) struct store_cursor *cursor = NULL;
        own(store_txn) struct store_txn *txn = NULL;
        struct bytes key, value;
        uint64_t rows = 1;

        add_table("LOG", MDB_INTEGERKEY);
        options.read_only = true;
        ck_assert_int_eq(store_open(&options, &env), 0);
        txn = reading();
        ck_assert_int_eq(store_get(txn, TABLE_PARTY, text("a"), &value), -ENOENT);
        ck_assert_int_eq(store_after(txn, TABLE_PARTY, text(""), &key, &value), -ENOENT);
        ck_assert_int_eq(store_last(txn, TABLE_PARTY, text("z"), &key, &value), -ENOENT);
        ck_assert_int_eq(store_count(txn, TABLE_PARTY, &rows), 0);
        ck_assert_uint_eq(rows, 0);
        ck_assert_int_eq(cursor_open(txn, TABLE_PARTY, text(""), &cursor), 0);
        ck_assert_int_eq(cursor_next(cursor, &key, &value), -ENOENT);
        ck_assert_int_eq(cursor_prev(cursor, &key, &value), -ENOENT);
        ck_assert_int_eq(cursor_seek(cursor, text("a"), &key, &value), -ENOENT);
        cursor_close(give(cursor));
        store_abort(give(txn));
}
END_TEST

START_TEST(a_copy_is_the_ledger_as_it_was)
{
        struct store_options options;
        struct store_log *log;
        char copy[128];
        struct digest root;

        open_ledger();
        log = load(LOG_TAIL);
        commit_batch(log, 20);
        root = log_tip(log).root;
        snprintf(copy, sizeof(copy), "%s/copy", top);
        ck_assert_int_eq(store_copy(env, copy), 0);
        ck_assert_int_eq(store_copy(env, copy), -EEXIST);
        commit_batch(log, 5);
        log_free(log);
        close_ledger();

        options = options_of(copy);
        options.read_only = true;
        ck_assert_int_eq(store_open(&options, &env), 0);
        log = load(UINT64_MAX);
        ck_assert_uint_eq(log_tip(log).size, 20);
        ck_assert(has_root(log, &root));
        log_free(log);
}
END_TEST

START_TEST(a_copy_to_nowhere_leaves_nothing)
{
        open_ledger();
        ck_assert_int_eq(store_copy(env, "/nowhere/at/all"), -ENOENT);
}
END_TEST

START_TEST(a_dead_readers_slot_is_freed)
{
        uint32_t freed = 9;
        pid_t child;
        int status;

        open_ledger();
        ck_assert_int_eq(store_check_readers(env, &freed), 0);
        ck_assert_uint_eq(freed, 0);

        /* Not by store_open(), which is refused: what else could leave one. */
        child = fork();
        if (child == 0) {
                MDB_env *mdb;
                MDB_txn *txn;

                if (mdb_env_create(&mdb) || mdb_env_set_mapsize(mdb, MAP_SIZE) ||
                    mdb_env_open(mdb, folder, MDB_NOTLS, 0600) ||
                    mdb_txn_begin(mdb, NULL, MDB_RDONLY, &txn))
                        _exit(1);
                _exit(0);
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_int_eq(status, 0);
        ck_assert_int_eq(store_check_readers(env, &freed), 0);
        ck_assert_uint_eq(freed, 1);
}
END_TEST

START_TEST(every_answer_of_lmdb_is_an_errno)
{
        ck_assert_int_eq(from_mdb(0), 0);
        ck_assert_int_eq(from_mdb(ENOSPC), -ENOSPC);
        ck_assert_int_eq(from_mdb(MDB_NOTFOUND), -ENOENT);
        ck_assert_int_eq(from_mdb(MDB_MAP_FULL), -ENOSPC);
        ck_assert_int_eq(from_mdb(MDB_CORRUPTED), -EILSEQ);
        for (int r = MDB_KEYEXIST; r <= MDB_LAST_ERRCODE; r++) {
                ck_assert_int_lt(from_mdb(r), 0);
                ck_assert_int_gt(from_mdb(r), -200);
        }
        ck_assert_int_eq(from_mdb(-1), -EIO);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("env");

        tcase_add_checked_fixture(tests, make_top, remove_top);
        tcase_add_test(tests, a_new_ledger_is_private);
        tcase_add_test(tests, where_there_is_none_only_create_makes_one);
        tcase_add_loop_test(tests, one_writer_or_many_readers, 0, COUNT_OF(pairs));
        tcase_add_test(tests, the_same_process_is_refused_too);
        tcase_add_test(tests, a_reader_cannot_write);
        tcase_add_test(tests, what_is_no_ledger_is_told_apart);
        tcase_add_loop_test(tests, tables_of_other_versions, 0, COUNT_OF(tables));
        tcase_add_test(tests, a_table_an_older_ledger_lacks_reads_as_empty);
        tcase_add_test(tests, a_copy_is_the_ledger_as_it_was);
        tcase_add_test(tests, a_copy_to_nowhere_leaves_nothing);
        tcase_add_test(tests, a_dead_readers_slot_is_freed);
        tcase_add_test(tests, every_answer_of_lmdb_is_an_errno);
        return run_case(tests, "store/env");
}
