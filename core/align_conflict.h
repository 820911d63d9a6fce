/* SPDX-License-Identifier: Apache-2.0 */
/*
 * F8: where what two payers' contracts ask of one provider does not go together. Dollars are not
 * needed to find them: without, severities are 0.
 *
 *   C1 direction       the same concept, the other way round
 *   C2 target          the same measure, targets further apart than the tolerance
 *   C3 specification   the same concept and direction, another version or population, where the
 *                      other contract has none of that key; or other people are left out
 *   C4 period          the same concept and direction, over other days
 *   C5 gate            a gate of one contract rests on what the other does not pay for: to know
 *   C6 volume          one pays for lower total cost, the other for each service and nothing for
 *                      lower cost: to know
 *
 * Opposite directions are told once, as C1: targets, specifications and periods of what goes two
 * ways are not compared.
 */
#ifndef ACCORD_CORE_ALIGN_CONFLICT_H
#define ACCORD_CORE_ALIGN_CONFLICT_H

#include "core/align.h"
#include "core/community.h"

/* One contract, or all those of one payer: rows in any order. */
struct align_side {
        const struct align_row *rows;
        uint32_t row_count;
        uint32_t category;              /* enum lan_category */
};

struct align_conflict {
        enum conflict_type type;
        /*
         * The rows of @p and @q; NULL: the side has none. C5, C6: who has the gate or the incentive
         * on cost has a row, the other has none.
         */
        const struct align_row *p, *q;
        int64_t severity;               /* cents: the smaller of the two's; C5, C6: 0 */
};

/* The most there can be between two sides with so many rows. */
#define ALIGN_CONFLICTS_ROOM(p_rows, q_rows) (5 * ((size_t)(p_rows) + (q_rows)) + 2)

/*
 * align_conflicts() - all between two sides
 * @ret: in order of @p's rows, each type and concept once, with the most severe pair of rows
 *
 * Swapped sides give the same conflicts with p and q swapped, in another order.
 *
 * Returns: how many there are; what is above @room is left out.
 */
size_t align_conflicts(const struct align_side *p, const struct align_side *q,
                       struct rate tolerance, struct align_conflict *ret, size_t room);

/* Is it only to be known, or does one of the two have to move? */
bool align_conflict_is_note(enum conflict_type type);

/* May targets be held against each other, and are they further apart than @tolerance? */
bool align_targets_differ(const struct align_row *a, const struct align_row *b,
                          struct rate tolerance);

#endif
