/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A year of a community: a charter that its seats founded, contracts of all kinds, figures that are
 * stated late, restated, once more; somebody joins, two are owned alike; what payers
 * publish; and a release by each day of the calendar.
 */
#ifndef ACCORD_TESTS_DISCLOSURE_COMMUNITY_H
#define ACCORD_TESTS_DISCLOSURE_COMMUNITY_H

#include "tests/disclosure/region.h"

#define COMMUNITY_BEGINS date_of(2025, 1, 2)

struct community {
        size_t payers, providers;
        uint64_t seed;
        uint32_t months;                /* between releases */
        struct disclosure_rules rules;
        bool joins;                     /* the last payer comes in the summer */
        bool owners;                    /* the first payer owns the second */
        bool even;                      /* everybody has a contract with everybody, all alike */
        bool skewed;                    /* two of four payers pay nearly all */
        bool publishes;                 /* payers but the first let their measures be public */
};

extern const struct community community_small;

/* Parties, charter, contracts. */
void community_begin(struct region *region, const struct community *community);
/* Until the end of January of the year after. */
void community_year(struct region *region, const struct community *community);

#endif
