/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger in a folder of its own, for one test; and ways to write in it. */
#ifndef ACCORD_TESTS_STORE_LEDGER_H
#define ACCORD_TESTS_STORE_LEDGER_H

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "store/cursor.h"
#include "store/env.h"
#include "store/log.h"
#include "store/mdb.h"
#include "store/txn.h"
#include "tests/proof/run.h"

#define MAP_SIZE ((size_t)1 << 28)

static char top[] = "/tmp/accord-store-XXXXXX";
static char folder[64];
static struct store_env *env;

static inline struct store_options options_of(const char *path)
{
        return (struct store_options) { .directory = path, .map_size = MAP_SIZE, .create = true };
}

static inline void open_ledger(void)
{
        struct store_options options = options_of(folder);

        ck_assert_int_eq(store_open(&options, &env), 0);
}

static inline void close_ledger(void)
{
        store_close(env);
        env = NULL;
}

static inline void make_top(void)
{
        ck_assert_ptr_nonnull(mkdtemp(top));
        snprintf(folder, sizeof(folder), "%s/ledger", top);
}

static inline int remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
        (void)status;
        (void)type;
        (void)ftw;
        return remove(path);
}

static inline void remove_top(void)
{
        close_ledger();
        nftw(top, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static inline void make_ledger(void)
{
        make_top();
        open_ledger();
}

static inline struct bytes text(const char *string)
{
        return (struct bytes) { string, strlen(string) };
}

static inline struct store_txn *writing(void)
{
        struct store_txn *txn = NULL;

        ck_assert_int_eq(store_begin_write(env, &txn), 0);
        return txn;
}

static inline struct store_txn *reading(void)
{
        struct store_txn *txn = NULL;

        ck_assert_int_eq(store_begin_read(env, &txn), 0);
        return txn;
}

static inline struct store_log *load(uint64_t tail)
{
        own(store_txn) struct store_txn *txn = reading();
        struct store_log *log = NULL;

        ck_assert_int_eq(log_load(txn, tail, &log), 0);
        return log;
}

static inline bool has_root(const struct store_log *log, const struct digest *root)
{
        struct log_tip tip = log_tip(log);

        return digest_equal(&tip.root, root);
}

/* The bytes of entry @i: a mark, its number, and more of them the higher it is, within bounds. */
static inline struct bytes sample(uint64_t i, char room[512])
{
        int n = snprintf(room, 512, "<entry %06llu>", (unsigned long long)i);

        memset(room + n, 'a' + (int)(i % 26), (size_t)(i % 400));
        return (struct bytes) { room, (size_t)n + i % 400 };
}

/* One batch of @count samples, at times that stand still. */
static inline void append(struct store_log *log, struct store_txn *txn, uint64_t count)
{
        struct entry_header header;
        char room[512];

        for (uint64_t i = 0; i < count; i++) {
                uint64_t index = log_tip(log).size + log_staged(log);
                struct bytes bytes = sample(index, room);

                ck_assert_int_eq(log_append(log, txn, 1, 1000, &bytes, 1, &header), 0);
                ck_assert_uint_eq(header.index, index);
        }
}

static inline void commit_batch(struct store_log *log, uint64_t count)
{
        struct store_txn *txn = writing();

        ck_assert_int_eq(log_begin(log, txn), 0);
        append(log, txn, count);
        ck_assert_int_eq(log_prepare_commit(log, txn, NULL), 0);
        ck_assert_int_eq(store_commit(txn), 0);
        log_committed(log);
}

/* Write a row as nobody may: anywhere, over anything. */
static inline void force(struct store_txn *txn, enum table table, struct bytes key,
                         struct bytes value)
{
        MDB_val k = to_val(key), v = to_val(value);

        ck_assert_int_eq(mdb_put(txn->mdb, env->tables[table], &k, &v, 0), 0);
}

#endif
