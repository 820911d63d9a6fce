/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of member rows for measuring: the number of rows, then blocks of BLOCK_ROWS as
 * core/member_rows.h has them, the last one shorter. A panel of twelve months drawn from a seed, a
 * member in one of ROWS_CATEGORIES categories all year.
 */
#ifndef ACCORD_TESTS_BENCH_ROWS_FILE_H
#define ACCORD_TESTS_BENCH_ROWS_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/member_rows.h"

#define BLOCK_ROWS 8192u
#define ROWS_MONTHS 12u
#define ROWS_FIRST_MONTH 648u   /* January 2024 */
#define ROWS_CATEGORIES 4u

/*
 * Writes @rows rows, by member, or @shuffled: block by block in any order, sorted within a block as
 * blocks are. The same rows in both. False and errno when they cannot be written.
 */
bool rows_write(const char *path, uint32_t rows, bool shuffled);

struct rows_file {
        const uint8_t *map;
        size_t size;
        uint32_t rows, blocks;
};

/* Mapped for as long as the program lives; false when it is no such file. */
bool rows_open(const char *path, struct rows_file *ret);
struct member_rows rows_block(const struct rows_file *file, uint32_t block);

#endif
