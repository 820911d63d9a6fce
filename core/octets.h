/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as big-endian octets: so they sort as bytes as they do as numbers. */
#ifndef ACCORD_CORE_OCTETS_H
#define ACCORD_CORE_OCTETS_H

#include <stdint.h>

/* @octets: 1 to 8. */
static inline void put_octets(uint8_t *to, uint64_t value, unsigned int octets)
{
        for (unsigned int i = 0; i < octets; i++)
                to[i] = (uint8_t)(value >> (8 * (octets - 1 - i)));
}

static inline uint64_t get_octets(const uint8_t *from, unsigned int octets)
{
        uint64_t value = 0;

        for (unsigned int i = 0; i < octets; i++)
                value = value << 8 | from[i];
        return value;
}

static inline void put_u32(uint8_t *to, uint32_t value)
{
        put_octets(to, value, 4);
}

static inline void put_u64(uint8_t *to, uint64_t value)
{
        put_octets(to, value, 8);
}

static inline uint32_t get_u32(const uint8_t *from)
{
        return (uint32_t)get_octets(from, 4);
}

static inline uint64_t get_u64(const uint8_t *from)
{
        return get_octets(from, 8);
}

#endif
