/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as big-endian octets. */
#ifndef ACCORD_CLIENTS_LIB_OCTETS_H
#define ACCORD_CLIENTS_LIB_OCTETS_H

#include <stdint.h>

static inline void put_u32(uint8_t *to, uint32_t value)
{
        for (int i = 3; i >= 0; i--, value >>= 8)
                to[i] = (uint8_t)value;
}

static inline void put_u64(uint8_t *to, uint64_t value)
{
        for (int i = 7; i >= 0; i--, value >>= 8)
                to[i] = (uint8_t)value;
}

static inline uint32_t get_u32(const uint8_t *from)
{
        uint32_t value = 0;

        for (int i = 0; i < 4; i++)
                value = value << 8 | from[i];
        return value;
}

static inline uint64_t get_u64(const uint8_t *from)
{
        return (uint64_t)get_u32(from) << 32 | get_u32(from + 4);
}

#endif
