/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/floor.h"

#include <fcntl.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proof/sign.h"
#include "tests/bench/load.h"

#define SYNCS 400
#define STREAMS 8u

static int by_time(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;

        return (x > y) - (x < y);
}

double floor_fdatasync_ms(const char *parent)
{
        static const char block[4096];
        double took[SYNCS];
        char path[300];
        int fd;

        snprintf(path, sizeof(path), "%s/fdatasync.XXXXXX", parent);
        fd = mkstemp(path);
        if (fd < 0)
                return 0;
        unlink(path);
        for (int i = 0; i < SYNCS; i++) {
                double begun = now_s();

                if (write(fd, block, sizeof(block)) != (ssize_t)sizeof(block) || fdatasync(fd))
                        break;
                took[i] = (now_s() - begun) * 1e3;
        }
        close(fd);
        qsort(took, SYNCS, sizeof(took[0]), by_time);
        return took[SYNCS / 2];
}

double floor_verifications(double seconds)
{
        uint8_t public[32], secret[64], body[200], memory[512];
        struct scratch scratch = { memory, sizeof(memory) };
        struct bytes span = { body, sizeof(body) };
        struct signature signature;
        double begun = now_s();
        uint64_t count = 0;

        memset(body, 7, sizeof(body));
        sign_keypair(public, secret);
        sign_spans(DOMAIN_SUBMISSION, &span, 1, secret, scratch, &signature);
        while (now_s() - begun < seconds)
                for (int i = 0; i < 100; i++, count++)
                        if (sign_verify(DOMAIN_SUBMISSION, &span, 1, public, &signature, scratch))
                                abort();
        return (double)count / (now_s() - begun);
}

enum { LOG, LEAF, SEQ, STREAM, META, FACT, TABLES };

struct raw {
        MDB_env *env;
        MDB_dbi tables[TABLES];
        uint64_t index, fact;
        uint64_t sequence[STREAMS];
};

static void must_mdb(int r)
{
        if (r) {
                fprintf(stderr, "bench: lmdb: %s\n", mdb_strerror(r));
                exit(1);
        }
}

static void raw_open(struct raw *raw, const char *directory)
{
        static const char *const names[] = { "LOG", "LEAF", "SEQ", "STREAM", "META", "FACT" };
        MDB_txn *txn;

        must_mdb(mdb_env_create(&raw->env));
        must_mdb(mdb_env_set_maxdbs(raw->env, TABLES));
        must_mdb(mdb_env_set_mapsize(raw->env, (size_t)1 << 38));
        must_mdb(mdb_env_open(raw->env, directory, MDB_NOTLS | MDB_NORDAHEAD, 0600));
        must_mdb(mdb_txn_begin(raw->env, NULL, 0, &txn));
        for (int i = 0; i < TABLES; i++)
                must_mdb(mdb_dbi_open(txn, names[i], MDB_CREATE | (i <= LEAF ? MDB_INTEGERKEY : 0),
                                      &raw->tables[i]));
        must_mdb(mdb_txn_commit(txn));
}

static void raw_put(struct raw *raw, MDB_txn *txn, int table, const void *key, size_t key_size,
                    size_t size, unsigned int flags)
{
        static const uint8_t value[1u << 20];
        MDB_val k = { key_size, (void *)(uintptr_t)key }, v = { size, (void *)(uintptr_t)value };

        must_mdb(mdb_put(txn, raw->tables[table], &k, &v, flags));
}

static void big_endian(uint8_t *to, uint64_t value, int octets)
{
        for (int i = octets - 1; i >= 0; i--, value >>= 8)
                to[i] = (uint8_t)value;
}

/* The rows of one submission: sizes as the hub's own (see daemon/state_*.c). */
static void raw_submission(struct raw *raw, MDB_txn *txn, unsigned int events)
{
        unsigned int stream = (unsigned int)(raw->index % STREAMS);
        uint8_t key[64] = { 0 };
        uint64_t contract = raw->index * 2654435761u % WORLD_CONTRACTS;

        raw_put(raw, txn, LOG, &raw->index, 8, 24 + 190 + (size_t)events * 46, MDB_APPEND);
        raw_put(raw, txn, LEAF, &raw->index, 8, 32, MDB_APPEND);
        big_endian(key, stream, 4);
        big_endian(key + 4, ++raw->sequence[stream], 8);
        raw_put(raw, txn, SEQ, key, 12, 8, 0);
        big_endian(key, stream, 4);
        memset(key + 4, (int)stream, 16);
        raw_put(raw, txn, STREAM, key, 20, 13, 0);
        for (unsigned int i = 0; i < events; i++) {
                memset(key, 0, sizeof(key));
                key[0] = 1;
                big_endian(key + 1, contract, 4);
                big_endian(key + 9, raw->fact++, 16);
                big_endian(key + 37, raw->index, 8);
                raw_put(raw, txn, FACT, key, 45, 30, 0);
        }
        raw->index++;
}

double floor_lmdb(const char *parent, unsigned int submissions, unsigned int events, double seconds)
{
        struct raw raw = { 0 };
        char directory[300], path[340];
        double begun, took;
        MDB_txn *txn;

        snprintf(directory, sizeof(directory), "%s/lmdb.XXXXXX", parent);
        if (!mkdtemp(directory))
                return 0;
        raw_open(&raw, directory);
        begun = now_s();
        while (now_s() - begun < seconds) {
                must_mdb(mdb_txn_begin(raw.env, NULL, 0, &txn));
                for (unsigned int i = 0; i < submissions; i++)
                        raw_submission(&raw, txn, events);
                raw_put(&raw, txn, META, "tip", 3, 400, 0);
                must_mdb(mdb_txn_commit(txn));
        }
        took = now_s() - begun;
        mdb_env_close(raw.env);
        snprintf(path, sizeof(path), "%s/data.mdb", directory);
        unlink(path);
        snprintf(path, sizeof(path), "%s/lock.mdb", directory);
        unlink(path);
        rmdir(directory);
        return (double)raw.index * events / took;
}
