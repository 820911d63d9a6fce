/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a ballot comes to, by its votes alone (DESIGN 12).
 *
 * The votes are counted by the charter that the council sits under, a vote for each seat. In each
 * class so many of its seats must have voted as its quorum says, those of parties that have left
 * included: an empty seat is one that does not vote. Of the votes for and against, those who
 * abstain left out, the part that approval says must be for.
 *
 * The first charter has no council before it: it is passed only when every seat that it names
 * votes for it.
 */
#ifndef ACCORD_CORE_BALLOT_H
#define ACCORD_CORE_BALLOT_H

#include "core/check.h"
#include "core/council.h"

struct ballot_vote {
        struct name party;
        enum choice choice;
};

struct ballot_case {
        const struct charter *council;  /* that was in force for it; NULL: it is the first one */
        const struct charter *proposed;
        bool outdated;                  /* another charter was passed on the same one before */
        uint64_t vacant;                /* bits, by place of the seat: its party has left */
        const struct ballot_vote *votes;        /* as they came: the last of a party counts */
        uint32_t vote_count;
};

static_assert(CHARTER_SEATS_MAX <= 64, "a bit for each seat");

/* Whose seats decide. */
const struct charter *ballot_electorate(const struct ballot_case *ballot);

/* Sets version, outcome, classes, lowered and says; the rest of @ret is the caller's. */
void ballot_count(const struct ballot_case *ballot, struct ballot_result *ret);

const char *ballot_outcome_word(enum ballot_outcome outcome);   /* "no-quorum" */

#endif
