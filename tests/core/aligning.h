/* SPDX-License-Identifier: Apache-2.0 */
/* Payers and what they pay for, for the tests of core/align. */
#ifndef ACCORD_TESTS_CORE_ALIGNING_H
#define ACCORD_TESTS_CORE_ALIGNING_H

#include "core/align.h"

#define ALIGNING_ROWS_MAX 1280
#define ALIGNING_PAYERS_MAX 20

/* A row of a measure of calendar year 2026, more is better; @target in hundredths, 0: none. */
struct align_row aligning_row(uint32_t payer, const char *concept, const char *version,
                              int64_t dollars, int target);

/* Payers a, b and c of the reference, section 8.3; @rows has room for all. */
struct align aligning_worked(struct align_row *rows);

/* Drawn ones: figures up to @most cents; the payers stay valid until the next. */
struct align aligning_drawn(uint64_t *seed, struct align_row *rows, uint32_t payers,
                            uint32_t measures, int64_t most);

/* splitmix64; below @below. */
uint64_t aligning_draw(uint64_t *seed, uint64_t below);

#endif
