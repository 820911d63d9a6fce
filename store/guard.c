/* SPDX-License-Identifier: Apache-2.0 */
#include "core/octets.h"
#include "store/guard.h"

#include <errno.h>
#include <string.h>

#define PROVED_SIZE (GUARD_SECTOR_SIZE - DIGEST_SIZE)

/* Where each stands in a sector; numbers are big-endian. */
#define NUMBER_AT 16
#define GENESIS_AT 24
#define EPOCH_AT 56
#define SIZE_AT 60
#define ROOT_AT 68
#define TIME_AT 100
#define CONDEMNED_AT 108
#define LENGTH_AT 109
#define SAYS_AT 110

static const uint8_t magic[NUMBER_AT] = "accord-guard/1";

void guard_print(struct hasher *hasher, const struct guard_mark *mark,
                 uint8_t ret[GUARD_SECTOR_SIZE])
{
        struct digest digest;
        size_t length = strnlen(mark->says, GUARD_SAYS_MAX);

        memset(ret, 0, GUARD_SECTOR_SIZE);
        memcpy(ret, magic, sizeof(magic));
        put_octets(ret + NUMBER_AT, mark->number, 8);
        memcpy(ret + GENESIS_AT, mark->genesis.octets, DIGEST_SIZE);
        put_octets(ret + EPOCH_AT, mark->epoch, 4);
        put_octets(ret + SIZE_AT, mark->size, 8);
        memcpy(ret + ROOT_AT, mark->root.octets, DIGEST_SIZE);
        put_octets(ret + TIME_AT, (uint64_t)mark->time, 8);
        ret[CONDEMNED_AT] = mark->condemned;
        ret[LENGTH_AT] = (uint8_t)length;
        memcpy(ret + SAYS_AT, mark->says, length);
        hash_spans(hasher, &(struct bytes) { ret, PROVED_SIZE }, 1, &digest);
        memcpy(ret + PROVED_SIZE, digest.octets, DIGEST_SIZE);
}

bool guard_parse(struct hasher *hasher, const uint8_t sector[GUARD_SECTOR_SIZE],
                 struct guard_mark *ret)
{
        struct digest digest;

        hash_spans(hasher, &(struct bytes) { sector, PROVED_SIZE }, 1, &digest);
        if (memcmp(sector + PROVED_SIZE, digest.octets, DIGEST_SIZE) != 0 ||
            memcmp(sector, magic, sizeof(magic)) != 0 || sector[LENGTH_AT] > GUARD_SAYS_MAX)
                return false;
        *ret = (struct guard_mark) {
                .number = get_octets(sector + NUMBER_AT, 8),
                .epoch = (uint32_t)get_octets(sector + EPOCH_AT, 4),
                .size = get_octets(sector + SIZE_AT, 8),
                .time = (int64_t)get_octets(sector + TIME_AT, 8),
                .condemned = sector[CONDEMNED_AT] != 0,
        };
        memcpy(ret->genesis.octets, sector + GENESIS_AT, DIGEST_SIZE);
        memcpy(ret->root.octets, sector + ROOT_AT, DIGEST_SIZE);
        memcpy(ret->says, sector + SAYS_AT, sector[LENGTH_AT]);
        return true;
}

enum guard_verdict guard_judge(const struct guard_mark *mark, const struct guard_ledger *ledger)
{
        if (!mark)
                return GUARD_LOST;
        if (!digest_equal(&mark->genesis, &ledger->genesis))
                return GUARD_OTHER;
        if (mark->condemned)
                return GUARD_CONDEMNED;
        if (ledger->size < mark->size)
                return GUARD_BEHIND;
        if (!digest_equal(&mark->root, &ledger->root) || ledger->epoch < mark->epoch)
                return GUARD_FORKED;
        return GUARD_FITS;
}

const char *guard_word(enum guard_verdict verdict)
{
        static const char *const words[] = {
                [GUARD_FITS] = "fits",   [GUARD_BEHIND] = "behind",
                [GUARD_FORKED] = "forked", [GUARD_OTHER] = "other",
                [GUARD_CONDEMNED] = "condemned", [GUARD_LOST] = "lost",
        };

        return words[verdict];
}
