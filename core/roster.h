/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rosters and member rows of both sides, matched: a merge of two runs of rows that are sorted by
 * pseudonym and month. No memory grows: totals are counted, and the first differences kept.
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

#endif
