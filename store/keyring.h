/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys that blocks lie under: a file of slots, one key a slot, for one contract and year of its
 * agreement. To destroy a key is to write over its slot, where it lies, and to wait for the disk;
 * what was kept under it is then noise, wherever a copy of it may be: in pages that LMDB has not
 * used again, in a backup of the blocks. What the file system or the disk does below a file that is
 * written over (copy on write, snapshots, spare blocks of an SSD) is beyond this: docs/OPERATIONS.
 *
 *      FILE    header, then slots, 128 octets each; a slot is never used for another key
 *
 * One writer; readers in other threads take a key by its slot at any time and get it whole or not
 * at all. Needs no memory of secrets: keys are read when they are wanted.
 */
#ifndef ACCORD_STORE_KEYRING_H
#define ACCORD_STORE_KEYRING_H

#include <stdbool.h>
#include <stdint.h>

#include "proof/vault.h"

struct keyring;

struct keyring_slot {
        uint32_t number;                /* 1, 2, ... */
        uint32_t contract_no, year;
        uint64_t born;                  /* index of the first entry it was for */
        bool alive;
};

/*
 * keyring_open() - the file @name in the open directory @folder
 *
 * To write, it is made when missing, with mode 0600. What the cache shows is first made sure of.
 *
 * Returns: 0; -ENOENT; -EILSEQ when it is no such file; -EIO when it could not be synced; -errno.
 */
int keyring_open(int folder, const char *name, bool read_only, struct keyring **ret);
void keyring_close(struct keyring *ring);       /* NULL is fine */

static inline void keyring_cleanup(struct keyring **ring)
{
        keyring_close(*ring);
}

/*
 * keyring_find() - the key that entries from @since on are closed with, made if there is none
 * @index: the entry it is wanted for
 *
 * A new key is on the disk when this returns. Returns: 0; -errno.
 */
int keyring_find(struct keyring *ring, uint32_t contract_no, uint32_t year, uint64_t since,
                 uint64_t index, uint32_t *ret_number, struct vault_key *ret_key);

/* Any thread. Returns: 0; -ENOKEY when it was destroyed, or is not that contract's; -errno. */
int keyring_key(const struct keyring *ring, uint32_t number, uint32_t contract_no, uint32_t year,
                struct vault_key *ret);

/*
 * keyring_destroy() - the keys of the contract and year that were born before entry @below
 *
 * And every slot that does not prove, of which nobody knows what it was. On the disk when it
 * returns. Returns: 0, with how many; -errno: not to be gone on from.
 */
int keyring_destroy(struct keyring *ring, uint32_t contract_no, uint32_t year, uint64_t below,
                    uint32_t *ret_count);

/* Slots in order; false past the last. For the writer. */
bool keyring_at(const struct keyring *ring, uint32_t i, struct keyring_slot *ret);

#endif
