/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers for people and monitoring, and whether there is room for what comes. */
#ifndef ACCORD_STORE_STAT_H
#define ACCORD_STORE_STAT_H

#include <stdbool.h>
#include <stdint.h>

#include "proof/hash.h"
#include "store/log.h"
#include "store/txn.h"

struct store_stat {
        struct log_tip tip;
        uint64_t page_size;             /* octets */
        uint64_t map_size;              /* octets of address space */
        uint64_t used;                  /* octets of the file that were ever used */
        uint64_t free_pages;            /* of those, pages that can be used again */
        uint64_t quota;                 /* octets; 0: none set */
        uint64_t disk_free;             /* octets free to us on the file system */
        uint32_t readers;               /* read transactions now, this one included */
        uint32_t readers_max;
        uint64_t oldest_reader;         /* how many commits ago the oldest began */
        uint64_t rows[TABLE_COUNT];
};

/* As of the snapshot of @txn, a read transaction; readers as of now. Walks the free pages. */
int store_stat(struct store_txn *txn, struct store_stat *ret);

/*
 * store_room() - is there room for a batch?
 * @octets: what will be appended; room is asked for several times as much, for the pages of the
 *          state that it changes, and for a reserve
 * @ret:    false when quota, map, disk or RLIMIT_FSIZE might not hold it
 *
 * Asked before a batch begins, with the most it can grow to, this keeps -ENOSPC away from where
 * nothing may fail. Cheap: a few system calls, no disk. Returns: 0; -errno.
 */
int store_room(struct store_env *env, uint64_t octets, bool *ret);

/* Octets of the file that were ever used. Returns: 0; -errno. */
int store_used(const struct store_env *env, uint64_t *ret);

/* What is asked for a batch of that size, in octets. */
uint64_t store_room_for(uint64_t octets);

#endif
