/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rosters and member rows of both sides, matched: a merge of two sequences of rows, each in order
 * of member and month. No memory grows: totals are counted, and the first differences kept.
 *
 *      roster_begin()
 *      while the answer of roster_go() is
 *              ROSTER_WANTS_BEARER, ROSTER_WANTS_EARNER: roster_give() the side's next rows, or
 *              roster_end() when it has no more
 *      ROSTER_DONE: roster_finish()
 *
 * A side's blocks are given one after another; what was given is read until the side is wanted
 * again. Blocks whose rows do not follow one another (ROSTER_UNORDERED) go through struct
 * roster_runs first, which cuts them into stretches that do.
 *
 * Rows are of the same thing when member and month are the same. Where a side has such rows twice,
 * from two blocks, they are paired in the order in which they come.
 */
#ifndef ACCORD_CORE_ROSTER_H
#define ACCORD_CORE_ROSTER_H

#include "core/limits.h"
#include "core/match.h"
#include "core/member_rows.h"

enum roster_differs {                   /* bits, on the wire */
        ROSTER_BEARER_ONLY = 1,
        ROSTER_EARNER_ONLY = 2,
        ROSTER_CATEGORY = 4,
        ROSTER_RISK = 8,
        ROSTER_CENTS = 16,
};

struct roster_difference {
        uint8_t member[16];
        uint32_t month;
        uint32_t what;                  /* ROSTER_ bits */
        bool has_bearer, has_earner;    /* whose values are set */
        int64_t bearer_cents, earner_cents;
        uint32_t bearer_risk, earner_risk;
        uint32_t bearer_category, earner_category;
};

/* Totals of a match, in member-months where not said otherwise. */
struct roster_match {
        uint64_t both, differ, bearer_only, earner_only;
        int64_t bearer_cents, earner_cents;
        uint64_t members_both, members_bearer_only, members_earner_only;
        enum match_result result;
        const struct roster_difference *differences;    /* the first ones */
        uint32_t difference_count;
};

/* What categories are called: the same number for the same item in all blocks of both sides. */
#define ROSTER_CATEGORIES_MAX (CATEGORIES_MAX + 1)
#define ROSTER_NO_CATEGORY 0    /* of a block that lists none: not held against any */

/*
 * By category of rows, for who looks for the cause; [0]: the bearer's, [1]: the earner's. What
 * differs in rows of both counts in the bearer's category, another category in both.
 */
struct roster_cell {
        uint64_t rows[2];
        uint64_t only[2];               /* rows that the other side has not */
        int64_t cents[2];               /* of all its rows */
        uint64_t category;              /* rows of both, in another category by one side */
        uint64_t risk;                  /* rows of both whose risk differs */
        uint64_t amounts;               /* rows of both whose cents differ, neither negative */
        uint64_t reversals;             /* rows of both whose cents differ, one of them negative */
};

enum roster_answer {
        ROSTER_DONE = 0,
        ROSTER_WANTS_BEARER = 1,
        ROSTER_WANTS_EARNER = 2,
        ROSTER_UNORDERED = 3,           /* a row before the one before it */
};

/* Some 10 KiB. The fields are the merge's own, but @cells. */
struct roster {
        struct roster_side {
                struct member_rows rows;
                uint32_t at;
                bool ended, any;        /* any: @last is set */
                uint8_t called[ROSTER_CATEGORIES_MAX];
                uint8_t last[PSEUDONYM_SIZE];
                uint16_t last_month;
        } sides[2];
        struct roster_match match;
        struct roster_difference *differences;
        uint32_t room, tolerance_rows;
        bool unordered;
        uint8_t member[PSEUDONYM_SIZE]; /* whose rows are at hand */
        uint8_t seen;                   /* bits: which sides have it; 0: nobody's yet */
        struct roster_cell cells[ROSTER_CATEGORIES_MAX];
};

/*
 * @differences:    the caller's, room for @room of them; may be NULL with 0
 * @tolerance_rows: so many rows may differ and be within tolerance
 */
void roster_begin(struct roster *roster, struct roster_difference *differences, uint32_t room,
                  uint32_t tolerance_rows);

/*
 * roster_give() - the wanted side's next rows, in order of member and month
 * @called: what each place of the block's list is called, below ROSTER_CATEGORIES_MAX
 * @count:  of @called; at least one, and above every category of the rows
 *
 * The columns are read until the side is wanted again; @called is copied.
 */
void roster_give(struct roster *roster, enum side side, const struct member_rows *rows,
                 const uint8_t *called, size_t count);
void roster_end(struct roster *roster, enum side side);

enum roster_answer roster_go(struct roster *roster);

/*
 * After ROSTER_DONE. Nothing differs: agreed; no more rows than the tolerance: within; else
 * disputed. A side without any row beside one with some: the other's only.
 */
void roster_finish(struct roster *roster, struct roster_match *ret);

/* ---- blocks in any order, all at hand */

struct roster_run {
        struct member_rows rows;        /* what is left of a block */
        uint32_t block;                 /* which one it is: the caller's */
};

/*
 * roster_runs_begin() - blocks of one side, each in order by itself, into one order
 * @runs: the caller's, one for each block, in any order; they are moved about and used up
 */
struct roster_runs {
        struct roster_run *runs;
        size_t count;
};

void roster_runs_begin(struct roster_runs *runs, struct roster_run *of, size_t count);

/* The next stretch of rows, of one block; false: there are no more. */
bool roster_runs_next(struct roster_runs *runs, struct roster_run *ret);

#endif
