/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "core/check.h"
#include "core/octets.h"
#include "proof/entry.h"

static uint8_t *put(uint8_t *at, uint64_t value, unsigned int octets)
{
        put_octets(at, value, octets);
        return at + octets;
}

static uint64_t take(const uint8_t **at, unsigned int octets)
{
        uint64_t value = get_octets(*at, octets);

        *at += octets;
        return value;
}

void entry_header_write(const struct entry_header *header, uint8_t ret[ENTRY_HEADER_SIZE])
{
        uint8_t *at = ret;

        assert(header->length <= ENTRY_LENGTH_MAX);

        at = put(at, ENTRY_FORMAT, 1);
        at = put(at, header->kind, 1);
        at = put(at, 0, 2);
        at = put(at, header->length, 4);
        at = put(at, header->index, 8);
        put(at, (uint64_t)header->time, 8);
}

int entry_header_read(struct bytes entry, struct entry_header *ret)
{
        const uint8_t *at = entry.data;
        unsigned int format, zero;

        if (entry.size < ENTRY_HEADER_SIZE)
                return -EILSEQ;

        format = (unsigned int)take(&at, 1);
        if (format != ENTRY_FORMAT)
                return format > ENTRY_FORMAT ? -EPROTONOSUPPORT : -EILSEQ;
        ret->kind = (uint8_t)take(&at, 1);
        zero = (unsigned int)take(&at, 2);
        ret->length = (uint32_t)take(&at, 4);
        ret->index = take(&at, 8);
        ret->time = (int64_t)take(&at, 8);

        return zero || ret->length != entry.size - ENTRY_HEADER_SIZE ? -EILSEQ : 0;
}

void entry_leaf(struct hasher *hasher, const struct entry_header *header, struct bytes bytes,
                struct digest *ret)
{
        uint8_t octets[ENTRY_HEADER_SIZE];
        struct bytes spans[] = { BYTES_OF(octets), bytes };

        assert(header->length == bytes.size);

        entry_header_write(header, octets);
        leaf_hash(hasher, spans, 2, ret);
}
