/* SPDX-License-Identifier: Apache-2.0 */
#include "store/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/check.h"
#include "core/own.h"
#include "core/octets.h"
#include "proof/hash.h"
#include "proof/keys.h"

#define SLOT_SIZE 128           /* several fit a sector: one is written whole or not */
#define PROVED_SIZE 96          /* of it; its digest stands behind */
#define STATE_KEY 1
#define STATE_DESTROYED 2

static const uint8_t magic[16] = "accord-keyring1";

struct slot {
        uint8_t octets[SLOT_SIZE];
};

struct keyring {
        int fd;
        bool read_only;
        struct hasher *hasher;          /* the writer's */
        struct keyring_slot *list;      /* without keys; number 0: does not prove */
        uint32_t count, room;
};

/* ---- slots and octets */

static void prove(struct hasher *hasher, const struct slot *slot, struct digest *ret)
{
        hash_spans(hasher, &(struct bytes) { slot->octets, PROVED_SIZE }, 1, ret);
}

static void slot_write(struct hasher *hasher, const struct keyring_slot *about,
                       const struct vault_key *key, struct slot *ret)
{
        struct digest digest;

        memset(ret, 0, sizeof(*ret));
        put_octets(ret->octets, about->alive ? STATE_KEY : STATE_DESTROYED, 4);
        put_octets(ret->octets + 4, about->number, 4);
        put_octets(ret->octets + 8, about->contract_no, 4);
        put_octets(ret->octets + 12, about->year, 4);
        put_octets(ret->octets + 16, about->born, 8);
        if (about->alive)
                memcpy(ret->octets + 24, key->octets, VAULT_KEY_SIZE);
        prove(hasher, ret, &digest);
        memcpy(ret->octets + PROVED_SIZE, digest.octets, DIGEST_SIZE);
}

/* False when it does not prove, or is not the slot of that number. */
static bool slot_read(struct hasher *hasher, const struct slot *slot, uint32_t number,
                      struct keyring_slot *ret)
{
        uint64_t state = get_octets(slot->octets, 4);
        struct digest digest;

        *ret = (struct keyring_slot) {
                .number = (uint32_t)get_octets(slot->octets + 4, 4),
                .contract_no = (uint32_t)get_octets(slot->octets + 8, 4),
                .year = (uint32_t)get_octets(slot->octets + 12, 4),
                .born = get_octets(slot->octets + 16, 8),
                .alive = state == STATE_KEY,
        };
        prove(hasher, slot, &digest);
        return memcmp(slot->octets + PROVED_SIZE, digest.octets, DIGEST_SIZE) == 0 &&
               ret->number == number && (state == STATE_KEY || state == STATE_DESTROYED);
}

static off_t place_of(uint32_t number)
{
        return (off_t)number * SLOT_SIZE;
}

static int write_whole(int fd, const void *data, size_t size, off_t at)
{
        ssize_t n = pwrite(fd, data, size, at);

        if (n < 0)
                return -errno;
        return (size_t)n == size ? 0 : -ENOSPC;
}

/* ---- opening */

static int begin_file(int fd, int folder)
{
        struct slot header = { { 0 } };
        int r;

        memcpy(header.octets, magic, sizeof(magic));
        r = write_whole(fd, &header, sizeof(header), 0);
        if (!r && (fsync(fd) < 0 || fsync(folder) < 0))
                r = -errno;
        return r;
}

/* A file shorter than its header was being made when something ended us. */
static int check_header(const struct keyring *ring, int folder)
{
        struct slot header;
        ssize_t n = pread(ring->fd, &header, sizeof(header), 0);

        if (n < 0)
                return -errno;
        if (n < SLOT_SIZE)
                return ring->read_only ? -ENOENT : begin_file(ring->fd, folder);
        return memcmp(header.octets, magic, sizeof(magic)) == 0 ? 0 : -EILSEQ;
}

static int note(struct keyring *ring, const struct keyring_slot *slot)
{
        if (ring->count == ring->room) {
                uint32_t room = ring->room ? 2 * ring->room : 16;
                struct keyring_slot *list = reallocarray(ring->list, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                ring->list = list;
                ring->room = room;
        }
        ring->list[ring->count++] = *slot;
        return 0;
}

static void slot_cleanup(struct slot *slot)
{
        secret_wipe(slot, sizeof(*slot));
}

/* What does not prove is kept its place: the end of a write that was cut, or damage. */
static int load(struct keyring *ring)
{
        own(slot) struct slot slot;
        struct keyring_slot about;
        ssize_t n;
        int r = 0;

        for (uint32_t number = 1; !r; number++) {
                memset(&slot, 0, sizeof(slot));
                n = pread(ring->fd, &slot, sizeof(slot), place_of(number));
                if (n <= 0)
                        return n < 0 ? -errno : 0;
                if (!slot_read(ring->hasher, &slot, number, &about))
                        about = (struct keyring_slot) { .number = 0 };
                r = note(ring, &about);
        }
        return r;
}

/* See store/env.c: after a failed write the cache may show what the disk does not hold. */
static int settle(const struct keyring *ring)
{
        if (fdatasync(ring->fd) < 0 && !(ring->read_only && (errno == EROFS || errno == EINVAL)))
                return -errno;
        return -posix_fadvise(ring->fd, 0, 0, POSIX_FADV_DONTNEED);
}

int keyring_open(int folder, const char *name, bool read_only, struct keyring **ret)
{
        own(keyring) struct keyring *ring = calloc(1, sizeof(*ring));
        int r;

        if (!ring)
                return -ENOMEM;
        ring->read_only = read_only;
        ring->fd = openat(folder, name, (read_only ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC,
                          0600);
        if (ring->fd < 0)
                return -errno;
        r = hasher_new(&ring->hasher);
        if (!r)
                r = settle(ring);
        if (!r)
                r = check_header(ring, folder);
        if (!r)
                r = load(ring);
        if (!r)
                *ret = give(ring);
        return r;
}

void keyring_close(struct keyring *ring)
{
        if (!ring)
                return;
        if (ring->fd >= 0)
                close(ring->fd);
        hasher_free(ring->hasher);
        free(ring->list);
        free(ring);
}

/* ---- taking, making, destroying */

int keyring_key(const struct keyring *ring, uint32_t number, uint32_t contract_no, uint32_t year,
                struct vault_key *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        own(slot) struct slot slot = { { 0 } };
        struct keyring_slot about;
        int r = hasher_new(&hasher);

        if (r)
                return r;
        if (pread(ring->fd, &slot, sizeof(slot), place_of(number)) < 0)
                return -errno;
        if (number == 0 || !slot_read(hasher, &slot, number, &about) || !about.alive ||
            about.contract_no != contract_no || about.year != year)
                return -ENOKEY;
        memcpy(ret->octets, slot.octets + 24, VAULT_KEY_SIZE);
        return 0;
}

/* That the disk had no room for what the cache took is no lack of room any more: it is lost. */
static int write_slot(struct keyring *ring, uint32_t number, const struct keyring_slot *about,
                      const struct vault_key *key)
{
        own(slot) struct slot slot;
        int r;

        slot_write(ring->hasher, about, key, &slot);
        r = write_whole(ring->fd, &slot, sizeof(slot), place_of(number));
        if (!r && fdatasync(ring->fd) < 0)
                r = -EIO;
        return r;
}

int keyring_find(struct keyring *ring, uint32_t contract_no, uint32_t year, uint64_t since,
                 uint64_t index, uint32_t *ret_number, struct vault_key *ret_key)
{
        struct keyring_slot about = {
                .number = ring->count + 1, .contract_no = contract_no, .year = year,
                .born = index, .alive = true,
        };
        int r;

        for (uint32_t i = ring->count; i-- > 0;) {
                const struct keyring_slot *slot = &ring->list[i];

                if (!slot->number || !slot->alive || slot->contract_no != contract_no ||
                    slot->year != year || slot->born < since)
                        continue;
                *ret_number = slot->number;
                return keyring_key(ring, slot->number, contract_no, year, ret_key);
        }
        r = note(ring, &about);
        if (r)
                return r;
        vault_key_new(ret_key);
        *ret_number = about.number;
        r = write_slot(ring, about.number, &about, ret_key);
        if (r == -ENOSPC)
                ring->count--;          /* nothing was written: the number is free */
        return r;
}

static bool is_to_go(const struct keyring_slot *slot, uint32_t contract_no, uint32_t year,
                     uint64_t below)
{
        if (!slot->number)
                return true;
        return slot->alive && slot->contract_no == contract_no && slot->year == year &&
               slot->born < below;
}

int keyring_destroy(struct keyring *ring, uint32_t contract_no, uint32_t year, uint64_t below,
                    uint32_t *ret_count)
{
        int r = 0;

        assert(!ring->read_only);
        *ret_count = 0;
        for (uint32_t i = 0; !r && i < ring->count; i++) {
                struct keyring_slot *slot = &ring->list[i];

                if (!is_to_go(slot, contract_no, year, below))
                        continue;
                *ret_count += slot->number != 0;
                slot->number = i + 1;
                slot->alive = false;
                r = write_slot(ring, slot->number, slot, NULL);
        }
        return r;
}

bool keyring_at(const struct keyring *ring, uint32_t i, struct keyring_slot *ret)
{
        if (i >= ring->count)
                return false;
        *ret = ring->list[i];
        return true;
}
