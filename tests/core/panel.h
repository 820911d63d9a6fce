/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Panels of member rows for tests: rows by hand or drawn, cut into blocks, folded; and what they
 * come to by the rule as it is written down, slowly: every member looked up among all rows, every
 * amount a fraction, percentiles by counting.
 */
#ifndef ACCORD_TESTS_CORE_PANEL_H
#define ACCORD_TESTS_CORE_PANEL_H

#include "core/members_fold.h"

#define PANEL_ROWS_MAX 4096
#define PANEL_FIRST_MONTH 648   /* January 2024 */

struct panel_row {
        uint32_t member;        /* any number; pseudonyms are in its order */
        uint16_t month;         /* from 0 in the period */
        uint8_t category;       /* 0: none, else "c1", "c2" ... */
        uint32_t risk;
        int64_t cents;
};

struct panel {
        struct panel_row rows[PANEL_ROWS_MAX];
        uint32_t count;
};

/* As rows of a member for its first months: @cents in the first, nothing in the others. */
void panel_member(struct panel *panel, uint32_t member, uint8_t category, unsigned int from,
                  unsigned int months, int64_t cents);

/* How a panel is folded. */
struct folding {
        enum members_order order;
        uint32_t block;                 /* rows to a block */
        size_t memory;                  /* at first; grows as the fold asks for it */
        uint64_t seed;
};

struct folded {
        enum members_answer answer;
        uint32_t block, row;            /* at fault */
        size_t memory;                  /* in the end */
        size_t count;
        struct member_figures figures[MEMBER_FIGURES_MAX];
};

void panel_fold(const struct panel *panel, const struct members_rule *rule, struct folding how,
                struct folded *ret);

/* By the book. @category 0: of all. */
void panel_reference(const struct panel *panel, const struct members_rule *rule, uint8_t category,
                     struct member_figures *ret);

const struct member_figures *folded_category(const struct folded *folded, uint8_t category);
bool figures_equal(const struct member_figures *a, const struct member_figures *b);

#endif
