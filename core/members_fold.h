/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Member-level rows, block after block, into the figures of all members and of each category
 * (core/members.h), by a rule (core/members_rule.h), exactly.
 *
 *      members_fold_begin()
 *      for each block:  the event's categories by members_fold_category(),
 *                       members_fold_add() with what they are called in it
 *      members_fold_finish()
 *
 * Blocks whose rows follow one another in the order of members, over all blocks, are summed as they
 * stream by: MEMBERS_IN_ORDER. The rows of a member may be spread over blocks there, side by side.
 * Where they do not, which the fold then says (MEMBERS_UNORDERED), it begins again with
 * MEMBERS_IN_ANY_ORDER, which finds each member again. The figures are the same.
 *
 * Memory is the caller's; what is in a fold before members_fold_begin() does not matter.
 *      in order            none; truncating at a percentile 8 octets for each member and 8 for
 *                          each member and category
 *      in any order        MEMBERS_TABLE_SIZE(), about 61 octets for each member and category
 * However many rows they have. Where it is too little, the fold says MEMBERS_NO_ROOM, and goes on
 * after members_fold_move() where it stopped. Distinct members and categories are at least rows
 * over months of the period: room for so many is never too much.
 *
 * A category has a figure of its own, of its rows alone; the first figure, whose item is empty, is
 * of all rows, a member's of all categories taken together. So the parts' head counts add up to the
 * whole's only where nobody changed category; so does what is truncated, and what stop-loss pays.
 *
 * Figures are reduced. At their longest, numerator and denominator in bits: expenditure and what is
 * truncated 86 / 36, stop-loss 116 / 66, risk 62 / 50. A step rounds them before it multiplies.
 */
#ifndef ACCORD_CORE_MEMBERS_FOLD_H
#define ACCORD_CORE_MEMBERS_FOLD_H

#include "core/member_rows.h"
#include "core/members.h"
#include "core/members_rule.h"
#include "core/members_sums.h"
#include "core/members_table.h"

#define MEMBER_FIGURES_MAX (CATEGORIES_MAX + 1)
#define MEMBERS_NO_CATEGORY 0   /* what the empty item is called: counts in the whole alone */

enum members_order { MEMBERS_IN_ORDER = 1, MEMBERS_IN_ANY_ORDER = 2 };

enum members_answer {
        MEMBERS_OK = 0,
        MEMBERS_NO_ROOM = 1,            /* members_fold_move(), and on from the row */
        MEMBERS_UNORDERED = 2,          /* a member before the one before it: begin in any order */
        MEMBERS_TWICE = 3,              /* member, month and category were there before */
        MEMBERS_BAD_MONTH = 4,          /* outside the period */
        MEMBERS_BAD_CATEGORY = 5,       /* not in the list of the block's event */
        MEMBERS_TOO_MUCH = 6,           /* rows beyond COUNT_MAX, or amounts beyond MONEY_MAX */
};

/* Of one member, in order: what is known so far. */
struct member_now {
        uint8_t member[PSEUDONYM_SIZE];
        bool is;
        uint8_t count;
        uint8_t categories[MEMBER_FIGURES_MAX];         /* those that it has rows of */
        struct member_part parts[MEMBER_FIGURES_MAX];
};

/* Some 40 KiB. The fields are the fold's own. */
struct members_fold {
        struct members_terms terms;
        enum members_order order;
        uint64_t rows, gross;           /* gross: cents without their signs */
        size_t category_count;
        struct item categories[MEMBER_FIGURES_MAX];
        struct member_sums sums[MEMBER_FIGURES_MAX];
        struct member_now now;
        struct members_table table;
        uint64_t *values;               /* for a percentile */
        size_t value_count, value_room;
};

/*
 * @rule:   by members_rule_of(), outlives the fold
 * @memory: aligned for any type, as malloc(3) gives it; may be NULL with @size 0
 * @seed:   of secret random octets, in any order; in order it is not read and may be NULL
 */
void members_fold_begin(struct members_fold *fold, const struct members_rule *rule,
                        enum members_order order, void *memory, size_t size,
                        const uint64_t seed[2]);

/* Goes on in other memory, not smaller; the old is the caller's again. */
void members_fold_move(struct members_fold *fold, void *memory, size_t size);

/*
 * What the fold calls a category, the same one by the same item; false when there would be more
 * than CATEGORIES_MAX.
 */
bool members_fold_category(struct members_fold *fold, const struct item *item, uint8_t *ret);

/*
 * members_fold_add() - the rows of a block
 * @categories: what the fold calls them, by their place in the event's list
 * @row:        in: where to begin, 0; out: the row at fault, or that there was no room for
 *
 * After an answer other than MEMBERS_OK and MEMBERS_NO_ROOM the fold is of no use any more.
 */
enum members_answer members_fold_add(struct members_fold *fold, const struct member_rows *rows,
                                     const uint8_t *categories, size_t category_count,
                                     uint32_t *row);

/*
 * members_fold_finish() - all blocks were added
 * @ret: room for MEMBER_FIGURES_MAX; of all, then of each category in the order they were named
 *
 * Of a category without members everything is zero. MEMBERS_NO_ROOM: move, and finish again.
 */
enum members_answer members_fold_finish(struct members_fold *fold, struct member_figures *ret,
                                        size_t *ret_count);

/* What is wrong, as a sentence about the rows. */
const char *members_answer_says(enum members_answer answer);

#endif
