/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Canaries: words and numbers that stand in one contract alone, looked for in any bytes, written in
 * any way that a program of this house writes them.
 */
#ifndef ACCORD_TESTS_DISCLOSURE_CANARY_H
#define ACCORD_TESTS_DISCLOSURE_CANARY_H

#include "core/bytes.h"

#include <stdbool.h>
#include <stdint.h>

/* Numbers are above 2^32, so that no four octets that happen to be there are taken for one. */
struct canary {
        const char *what;
        const char *word;               /* NULL: a number */
        int64_t number;
};

/*
 * How @bytes say it, as a static text: "text", "decimal", "dollars", "dollars with commas",
 * "varint", "zigzag", "little-endian", "big-endian"; NULL: not at all.
 */
const char *canary_in(const struct canary *canary, struct bytes bytes);

#endif
