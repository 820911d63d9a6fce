/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/rows_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/draw.h"

#define HEADER 8u
#define BLOCK_SIZE ((size_t)BLOCK_ROWS * MEMBER_ROW_SIZE)

/* splitmix64: a number drawn for a place, the same whenever it is asked for. */
static uint64_t drawn(uint64_t place)
{
        return splitmix_of(place * UINT64_C(0x9e3779b97f4a7c15) + UINT64_C(0x243f6a8885a308d3));
}

static void little_endian(uint8_t *to, uint64_t value, unsigned int octets)
{
        for (unsigned int i = 0; i < octets; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

/* As keyed pseudonyms are, evenly spread; ascending with the member's number. */
static void pseudonym(uint8_t *to, uint32_t member, uint32_t members)
{
        uint64_t step = UINT64_MAX / members, high = member * step + drawn(member) % step;

        for (unsigned int i = 0; i < 8; i++)
                to[i] = (uint8_t)(high >> (56 - 8 * i));
        little_endian(to + 8, drawn(UINT64_C(1) << 40 | member), 8);
}

/* Most cost little, some nothing, one in 800 very much; now and then something is taken back. */
static int64_t cents(uint32_t row)
{
        uint64_t r = drawn(UINT64_C(2) << 40 | row);
        uint64_t m = drawn(UINT64_C(3) << 40 | row / ROWS_MONTHS);

        if (r % 64 == 0)
                return -(int64_t)(r >> 40) % 20000;
        if (r % 3 == 0)
                return 0;
        return (int64_t)(r >> 20) % (m % 800 ? 120000 : 9000000);
}

static void put_row(uint8_t *block, uint32_t count, uint32_t at, uint32_t row, uint32_t members)
{
        uint8_t *month = block + (size_t)count * PSEUDONYM_SIZE;
        uint8_t *category = month + (size_t)count * 2, *risk = category + count;
        uint32_t member = row / ROWS_MONTHS;

        pseudonym(block + (size_t)at * PSEUDONYM_SIZE, member, members);
        little_endian(month + (size_t)at * 2, ROWS_FIRST_MONTH + row % ROWS_MONTHS, 2);
        category[at] = (uint8_t)(drawn(UINT64_C(4) << 40 | member) % ROWS_CATEGORIES);
        little_endian(risk + (size_t)at * 4,
                      RISK_ONE / 2 + drawn(UINT64_C(5) << 40 | member) % RISK_ONE, 4);
        little_endian(risk + (size_t)count * 4 + (size_t)at * 8, (uint64_t)cents(row), 8);
}

static uint32_t *row_order(uint32_t rows, bool shuffled)
{
        uint32_t *order = malloc((size_t)rows * sizeof(*order));

        if (!order)
                return NULL;
        for (uint32_t i = 0; i < rows; i++)
                order[i] = i;
        for (uint32_t i = rows; shuffled && i > 1; i--) {
                uint32_t other = (uint32_t)(drawn(UINT64_C(6) << 40 | i) % i), kept = order[i - 1];

                order[i - 1] = order[other];
                order[other] = kept;
        }
        return order;
}

static int by_number(const void *a, const void *b)
{
        uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

        return (x > y) - (x < y);
}

static bool write_block(FILE *file, uint32_t *order, uint32_t count, uint32_t members)
{
        static uint8_t block[BLOCK_SIZE];

        qsort(order, count, sizeof(*order), by_number);
        for (uint32_t i = 0; i < count; i++)
                put_row(block, count, i, order[i], members);
        return fwrite(block, MEMBER_ROW_SIZE, count, file) == count;
}

bool rows_write(const char *path, uint32_t rows, bool shuffled)
{
        uint32_t members = (rows + ROWS_MONTHS - 1) / ROWS_MONTHS;
        uint32_t *order = row_order(rows, shuffled);
        FILE *file = fopen(path, "wb");
        uint8_t header[HEADER];
        bool written;

        little_endian(header, rows, HEADER);
        written = order && file && fwrite(header, HEADER, 1, file) == 1;
        for (uint32_t from = 0; written && from < rows; from += BLOCK_ROWS) {
                uint32_t left = rows - from;

                written = write_block(file, order + from, left < BLOCK_ROWS ? left : BLOCK_ROWS,
                                      members);
        }
        if (file && fclose(file))
                written = false;
        free(order);
        return written;
}

bool rows_open(const char *path, struct rows_file *ret)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        struct stat stat;
        void *map;

        if (fd < 0 || fstat(fd, &stat) || stat.st_size < (off_t)HEADER)
                return false;
        map = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);
        close(fd);
        if (map == MAP_FAILED)
                return false;
        *ret = (struct rows_file) { .map = map, .size = (size_t)stat.st_size };
        for (unsigned int i = 0; i < 4; i++)
                ret->rows |= (uint32_t)ret->map[i] << (8 * i);
        ret->blocks = (ret->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
        return ret->size == HEADER + (size_t)ret->rows * MEMBER_ROW_SIZE;
}

struct member_rows rows_block(const struct rows_file *file, uint32_t block)
{
        uint32_t left = file->rows - block * BLOCK_ROWS;
        uint32_t count = left < BLOCK_ROWS ? left : BLOCK_ROWS;
        const uint8_t *member = file->map + HEADER + block * BLOCK_SIZE;
        const uint8_t *month = member + (size_t)count * PSEUDONYM_SIZE;
        const uint8_t *category = month + (size_t)count * 2, *risk = category + count;

        return (struct member_rows) {
                count, member, month, category, risk, risk + (size_t)count * 4,
        };
}
