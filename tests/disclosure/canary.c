/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/disclosure/canary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define WRITTEN_MAX 40

static bool has(struct bytes bytes, const void *what, size_t size)
{
        return bytes.size >= size && memmem(bytes.data, bytes.size, what, size);
}

/* In capitals or not. */
static bool has_text(struct bytes bytes, const char *text)
{
        const char *at = bytes.data;
        size_t size = strlen(text);

        for (size_t i = 0; i + size <= bytes.size; i++)
                if (strncasecmp(at + i, text, size) == 0)
                        return true;
        return false;
}

static size_t varint(uint64_t value, uint8_t *ret)
{
        size_t size = 0;

        for (; value >= 128; value >>= 7)
                ret[size++] = (uint8_t)(value | 128);
        ret[size++] = (uint8_t)value;
        return size;
}

static size_t octets(uint64_t value, bool big, uint8_t *ret)
{
        size_t size = 0;

        for (uint64_t rest = value; rest; rest >>= 8)
                size++;
        for (size_t i = 0; i < size; i++)
                ret[big ? size - 1 - i : i] = (uint8_t)(value >> 8 * i);
        return size;
}

static void with_commas(int64_t dollars, char *ret)
{
        char plain[WRITTEN_MAX];
        size_t size = (size_t)snprintf(plain, sizeof(plain), "%" PRId64, dollars), at = 0;

        for (size_t i = 0; i < size; i++) {
                if (i && (size - i) % 3 == 0)
                        ret[at++] = ',';
                ret[at++] = plain[i];
        }
        ret[at] = '\0';
}

static const char *number_in(int64_t number, struct bytes bytes)
{
        uint64_t value = (uint64_t)number;
        char text[WRITTEN_MAX];
        uint8_t raw[WRITTEN_MAX];

        snprintf(text, sizeof(text), "%" PRId64, number);
        if (has(bytes, text, strlen(text)))
                return "decimal";
        snprintf(text, sizeof(text), "%" PRId64 ".%02d", number / 100, (int)(number % 100));
        if (has(bytes, text, strlen(text)))
                return "dollars";
        with_commas(number / 100, text);
        if (has(bytes, text, strlen(text)))
                return "dollars with commas";
        if (has(bytes, raw, varint(value, raw)))
                return "varint";
        if (has(bytes, raw, varint(2 * value, raw)))
                return "zigzag";
        if (has(bytes, raw, octets(value, false, raw)))
                return "little-endian";
        return has(bytes, raw, octets(value, true, raw)) ? "big-endian" : NULL;
}

const char *canary_in(const struct canary *canary, struct bytes bytes)
{
        if (canary->word)
                return has_text(bytes, canary->word) ? "text" : NULL;
        return number_in(canary->number, bytes);
}
