/* SPDX-License-Identifier: Apache-2.0 */
#include "store/summed.h"

#include <errno.h>
#include <string.h>
#include <xxhash.h>

static uint64_t sum_of(struct bytes key, const void *value, size_t size)
{
        return XXH3_64bits_withSeed(value, size, XXH3_64bits(key.data, key.size));
}

void summed_write(struct bytes key, struct bytes value, void *row)
{
        uint64_t sum;

        if (value.size)
                memmove(row, value.data, value.size);
        sum = sum_of(key, row, value.size);
        memcpy((uint8_t *)row + value.size, &sum, SUM_SIZE);
}

int summed_read(struct bytes key, struct bytes row, struct bytes *ret_value)
{
        uint64_t sum;

        if (row.size < SUM_SIZE)
                return -EILSEQ;
        memcpy(&sum, (const uint8_t *)row.data + row.size - SUM_SIZE, SUM_SIZE);
        *ret_value = (struct bytes) { row.data, row.size - SUM_SIZE };
        return sum == sum_of(key, row.data, row.size - SUM_SIZE) ? 0 : -EILSEQ;
}
