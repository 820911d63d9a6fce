/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a later period reads of an earlier one: named figures of the latest statement of the period
 * before, under the same contract. A restated period makes the statements that read it stale.
 *
 * A carried figure is taken to CARRY_DECIMALS decimals of its unit (of a cent for money): a named
 * rounding point, so that what is handed on from year to year cannot grow without end.
 */
#ifndef ACCORD_CORE_CARRY_H
#define ACCORD_CORE_CARRY_H

#include "core/exact.h"
#include "core/fact.h"

#define CARRY_DECIMALS 4

/* code, name, the line it is, number on the wire, what it is */
#define CARRIES(X)                                                                                 \
        X(ADVANCE_BALANCE, "advance_balance", ADVANCE_LEFT, 1,                                     \
          "advances that are still to be recouped")                                                \
        X(DEFICIT, "deficit", DEFICIT_LEFT, 2,                                                     \
          "losses brought forward, to be set against later gains")                                 \
        X(UNPAID, "unpaid", UNPAID, 3,                                                             \
          "an amount too small to be paid by itself")                                              \
        X(BUDGET, "budget", BENCHMARK, 4,                                                          \
          "the budget of the period before")                                                       \
        X(QUALITY_SCORE, "quality_score", QUALITY_SCORE, 5,                                        \
          "the quality score of the period before")                                                \
        X(MEASURE_RATE, "measure_rate", MEASURE_RATE, 6,                                           \
          "a measure's rate in the period before, by measure")                                     \
        X(ELECTION, "election", ELECTION, 7,                                                       \
          "what the earner chose for the agreement, by name")

enum carry {
#define X(code, name, line, number, says) CARRY_##code = (number),
        CARRIES(X)
#undef X
};

struct carried {
        enum carry what;
        struct item item;       /* measure or name; empty: none */
        struct exact figure;    /* rounded: carry_figure() */
        uint64_t run;           /* index of the run whose statement says so */
};

struct statement;

const char *carry_name(enum carry what);

/*
 * carries_of() - what @statement hands on, at most @room; returns how many there are
 *
 * Of each name and item the last line counts. A statement that is not calculable hands on nothing.
 */
size_t carries_of(const struct statement *statement, struct carried *ret, size_t room);

#endif
