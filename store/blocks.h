/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lies beside the log and can be erased: the columns of blocks, each closed under the key of
 * its contract and year of the agreement. A directory of its own, apart from the ledger's:
 *
 *      DIR/lock, DIR/data.mdb, DIR/lock.mdb    as in store/env.h, with one table
 *      DIR/keys                                store/keyring.h
 *
 * In a batch blocks are committed before the log is: what has an entry has its block. A crash
 * between the two leaves blocks of entries that are not there: block_store_sweep() takes them away
 * before the index of such an entry is given to another.
 *
 * Writing belongs to one thread. A reader is its own thread's, beside the writer.
 */
#ifndef ACCORD_STORE_BLOCKS_H
#define ACCORD_STORE_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

struct block_store;

struct block_store_options {
        const char *directory;          /* made (0700) unless read_only */
        size_t map_size;                /* as store_options */
        uint64_t quota;
        bool read_only;
};

/* Which block, and whose. All of it is bound into what is stored. */
struct block_id {
        uint64_t index;                 /* of the entry that says it */
        uint32_t event;                 /* place in it */
        uint32_t contract_no, year;
        uint8_t sha256[32];             /* of the columns */
};

/* Returns: as store_open(); -EILSEQ also when the file of keys is none. */
int block_store_open(const struct block_store_options *options, struct block_store **ret);
void block_store_close(struct block_store *store);      /* NULL is fine; drops an open batch */

static inline void block_store_cleanup(struct block_store **store)
{
        block_store_close(*store);
}

/* Is there room for a batch? As store_room(). */
int block_store_room(struct block_store *store, uint64_t octets, bool *ret);
/* Octets of the file that were ever used. */
int block_store_used(const struct block_store *store, uint64_t *ret);

/*
 * block_store_put() - keep a block with the batch
 * @since: only a key that was born at or after this entry will do: what was erased stays erased
 *
 * Over the one of the same place, if it is there. Returns: 0; -errno, and the batch is spoilt.
 */
int block_store_put(struct block_store *store, const struct block_id *id, uint64_t since,
                    struct bytes columns);

/*
 * Blocks of the batch onto the disk; nothing to do when it has none. When it fails nobody knows
 * what is there: as store_commit().
 */
int block_store_commit(struct block_store *store);
void block_store_abort(struct block_store *store);

/*
 * block_store_erase() - destroy the key of a contract's year, and drop what lay under it
 * @below: of entries before this one
 *
 * No batch may be open. The key is gone for good, on the disk, before the first row is dropped.
 * Returns: 0; -errno: leave the process, and sweep at the next start.
 */
int block_store_erase(struct block_store *store, uint32_t contract_no, uint32_t year,
                      uint64_t below);

/* The last erasure of the contract's year: its entry's index; 0: none. Returns 0 or -errno. */
typedef int block_erased_fn(void *with, uint32_t contract_no, uint32_t year, uint64_t *ret);

/*
 * block_store_sweep() - make it agree with the log, at the start
 * @size: entries of the log; what belongs to later ones never happened
 *
 * Also finishes erasures that a crash cut short, and does them again when an older copy of the
 * directory was put back. Returns: 0 with how many blocks went; -errno.
 */
int block_store_sweep(struct block_store *store, uint64_t size, block_erased_fn *erased, void *with,
                      uint64_t *ret_dropped);

/* ---- reading: one snapshot */

struct block_reader;

/*
 * @most: octets of the largest columns that will be read
 * @of_batch: sees what the open batch has put; for the batch's own thread, and closed before its
 *            next change
 * Returns: 0; -errno.
 */
int block_reader_open(struct block_store *store, size_t most, bool of_batch,
                      struct block_reader **ret);
void block_reader_close(struct block_reader *reader);   /* NULL is fine */

static inline void block_reader_cleanup(struct block_reader **reader)
{
        block_reader_close(*reader);
}

/* Is it there, under a key that is? Does not open it. Returns: 0; -ENOENT; -errno. */
int block_reader_has(struct block_reader *reader, const struct block_id *id);

/*
 * block_reader_get() - the columns, valid until the next call
 * Returns: 0; -ENOENT when the block or its key is not there; -EILSEQ when it is not what was kept.
 */
int block_reader_get(struct block_reader *reader, const struct block_id *id, struct bytes *ret);

#endif
