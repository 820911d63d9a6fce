/* SPDX-License-Identifier: Apache-2.0 */
/*
 * By which key a hub signs what, and under which origin: what the log says of it from the genesis
 * on, for the hub itself and for all who check it.
 *
 *   A record at some index, and a checkpoint of that size, is by the key that was named last before
 *   it. The record that names a key is still by the one that ends.
 *   A checkpoint is of the epoch whose origin it bears: ORIGIN, ORIGIN/2, ORIGIN/3, ...
 *   An epoch's own index is what was kept of the one before: keys named from there on were named in
 *   what is void, and sign only what else is void.
 *
 * Pure but for the hashing of names. Who puts something in has verified it: the ring says by which
 * key that is to be done (hub_ring_signer()). A value; it points to nothing.
 */
#ifndef ACCORD_PROOF_HUBRING_H
#define ACCORD_PROOF_HUBRING_H

#include <stdint.h>

#include "core/bytes.h"
#include "proof/checkpoint.h"

/* Both with the genesis: as many records as one answer has room for. */
#define HUB_KEYS_MAX 120
#define HUB_EPOCHS_MAX 120
#define HUB_ORIGIN_MAX (NOTE_NAME_MAX - 11)     /* room for a slash and a number */

struct hub_ring {
        char origin[NOTE_NAME_MAX + 1];         /* of the genesis */
        uint32_t key_count;
        struct hub_ring_key {
                uint64_t index;                 /* of the record that names it; 0: the genesis */
                uint32_t epoch;                 /* number of that in which it was named */
                uint8_t public_key[SIGNING_PUBLIC_SIZE];
        } keys[HUB_KEYS_MAX];                   /* by epoch, then by index */
        uint32_t epoch_count;
        struct hub_ring_epoch {
                uint32_t number;                /* 1, 2, ...; that of a lost one is left out */
                uint64_t index, end_size;       /* of the first: zeros */
                struct digest end_root;
        } epochs[HUB_EPOCHS_MAX];               /* by number; the last is the one that is */
};

/* Returns: 0; -EINVAL when the origin is no name of a note's key, or too long to be continued. */
int hub_ring_begin(struct hub_ring *ring, struct bytes origin,
                   const uint8_t public_key[SIGNING_PUBLIC_SIZE]);

/*
 * hub_ring_key() - a record at @index names the next key
 *
 * Returns: 0; -EBADMSG when it does not come behind what is there, or names a key that this hub
 * has or had; -ENOSPC when there are too many.
 */
int hub_ring_key(struct hub_ring *ring, uint64_t index,
                 const uint8_t public_key[SIGNING_PUBLIC_SIZE]);

/*
 * hub_ring_epoch() - a record at @index begins an epoch
 *
 * It may come before the beginning of the epoch before it: then that was lost as well, and a log
 * that is read anew never heard of it.
 *
 * Returns: 0; -EBADMSG when the number is not above the last one, the origin not that of the
 * number, or less was lost than nothing; -ENOSPC.
 */
int hub_ring_epoch(struct hub_ring *ring, uint64_t index, uint32_t number, struct bytes origin,
                   uint64_t end_size, const struct digest *end_root);

/* By which key the record at @index is signed, and a tree of that size, in the epoch that is. */
const uint8_t *hub_ring_signer(const struct hub_ring *ring, uint64_t index);

/* The number of the epoch that is, and the origin of the checkpoints of any. */
uint32_t hub_ring_number(const struct hub_ring *ring);
void hub_ring_origin(const struct hub_ring *ring, uint32_t number,
                     char ret_origin[NOTE_NAME_MAX + 1]);

/*
 * hub_ring_open() - check a checkpoint by the key and epoch it is of
 * @ret_epoch: of its origin; may be NULL
 *
 * Returns: 0; -EBADMSG when it is no checkpoint, or of an origin that the ring does not know;
 * -ENOKEY when the key that signs a tree of that size has not; -EKEYREJECTED when a signature under
 * its name is not one. A key or an epoch that is newer than the ring makes it one of the first two.
 */
int hub_ring_open(const struct hub_ring *ring, struct bytes note, struct checkpoint *ret,
                  uint32_t *ret_epoch);

#endif
