/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two sides' data differ by, as who investigates it would say: of each figure in dispute
 * its causes, and of all of them the few that the rest follow from.
 *
 * Figures hang together: who counts other people has other member months, another expenditure and
 * another benchmark. So a difference is first held against what would explain it to the cent: its
 * parts by category, the member rows of both sides, a category or a negative amount that one side
 * leaves out, what truncation takes off, the person-years and the risk that a benchmark goes with.
 * What is left is put down to the days claims are paid through, to the terms, where the sides
 * calculate by different versions, or to nothing that is known. A figure may have several causes.
 *
 * A pure function of its inputs; it decides nothing, and no settlement depends on it.
 */
#ifndef ACCORD_CORE_CAUSE_H
#define ACCORD_CORE_CAUSE_H

#include "core/match.h"
#include "core/members.h"
#include "core/roster.h"

/* In the order in which they are best settled: each changes what comes after it. */
enum cause {
        CAUSE_ROSTER = 1,               /* other people, months, or people in other categories */
        CAUSE_TERMS = 2,                /* other versions of the terms */
        CAUSE_RISK = 3,                 /* other risk scores of the same people */
        CAUSE_CARVE_OUT = 4,            /* a category that one side leaves out */
        CAUSE_TRUNCATION = 5,           /* one side cuts costly members off, or stops their loss */
        CAUSE_REBATE = 6,               /* a negative amount that one side leaves out */
        CAUSE_PAID_THROUGH = 7,         /* claims paid through another day */
        CAUSE_ROUNDING = 8,             /* the same figure, rounded by one side */
        CAUSE_OTHER = 9,                /* another value, and nothing that explains it */
};

#define CAUSE_LAST CAUSE_OTHER
#define CAUSE_BIT(cause) (1u << (cause))

struct cause_info {
        enum cause cause;
        const char *name;               /* "carve-out" */
        const char *says;               /* a sentence: what it is */
        const char *look;               /* a sentence: what to look at */
};

/* NULL when there is no such cause. */
const struct cause_info *cause_info(unsigned int number);

/* What is known of one contract and period; the caller's memory. [0]: the bearer's. */
struct cause_inputs {
        const struct match *matches;            /* as match_all() orders them */
        size_t match_count;
        uint32_t terms_version[2];              /* by which each side calculated; 0: not said */

        const struct roster *roster;            /* after roster_finish(); NULL: no rows of both */
        struct name segment;                    /* of the rows */
        struct period period;
        const struct item *categories;          /* by what they are called; the first is no one's */
        size_t category_count;
        date rows_paid_through[2];              /* DATE_NONE: not said */
        const struct members *members[2];       /* each side's rows, folded by the terms; or NULL */

        int64_t attach;                         /* of stop-loss: cents; 0: none */
};

struct cause_found {
        enum cause cause;
        uint32_t matches;                       /* so many figures differ by it */
        bool in_rows;                           /* the rows show it */
};

/*
 * cause_find() - of each match its causes, and all of them in their order
 * @ret_bits: room for @inputs->match_count: CAUSE_BIT()s; 0: nothing to explain, as of what agrees
 *            or what only one side reports
 * @ret:      room for CAUSE_LAST
 *
 * Returns: how many causes there are.
 */
size_t cause_find(const struct cause_inputs *inputs, uint32_t *ret_bits, struct cause_found *ret);

#endif
