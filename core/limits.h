/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every count the rules depend on. What is within these limits at the door cannot fail inside.
 * They only ever grow: a log written under a smaller limit stays readable.
 * Sizes in bytes on the wire are in proto/limits.h.
 */
#ifndef ACCORD_CORE_LIMITS_H
#define ACCORD_CORE_LIMITS_H

#include <stdint.h>

/* Money: 10^15 cents, ten trillion dollars, either sign. */
#define MONEY_MAX INT64_C(1000000000000000)

/* Per person and year, or episode: a hundred million dollars. Per member and month: 50,000.00. */
#define PER_CAPITA_MAX INT64_C(10000000000)
#define PMPM_MAX INT64_C(5000000)

/* One row of a block: a hundred million dollars either way, a risk of a hundred averages. */
#define ROW_CENTS_MAX PER_CAPITA_MAX
#define ROW_RISK_MAX UINT32_C(100000000)

/* A rate as it comes in: at most nine decimals, at most 10^9 in the numerator. */
#define RATE_PART_MAX INT64_C(1000000000)

/* A head count, member months. */
#define COUNT_MAX INT64_C(1000000000)

#define NAME_MAX_LENGTH 31      /* party, node, segment, label: one word each */
#define ITEM_MAX_LENGTH 47      /* category or measure key of a fact */
#define TEXT_MAX_LENGTH 199     /* a title, a reason, a note */

#define EVENTS_PER_SUBMISSION_MAX 4096
#define REFUSALS_PER_ANSWER_MAX 256
#define STREAMS_PER_NODE_MAX 64
#define UPSTREAM_PER_SUBMISSION_MAX 64  /* statements whose amounts are stated, one after another */
#define BLOCK_ROWS_MAX 8192             /* member-level rows of one block */
#define BLOCKS_PER_SUBMISSION_MAX 256
#define BLOCK_NUMBER_MAX 4096           /* blocks of one contract, segment, period and side */
#define ROLES_PER_PARTY_MAX 16

#define SEGMENTS_MAX 16
#define PERIODS_MAX 24
#define STEPS_MAX 128
#define PARAMS_PER_STEP_MAX 20
#define BANDS_PER_TERMS_MAX 512
#define FACT_RULES_MAX 64
#define CATEGORIES_MAX 64       /* parts of a whole: categories of people, members of a pool */
#define STOPLOSS_CLAIMS_MAX 256
#define LINES_PER_STATEMENT_MAX 1024
#define FACTS_PER_STATEMENT_MAX 1024
#define ITEMS_PER_STATEMENT_MAX 1024
#define CARRIED_PER_STATEMENT_MAX 256
#define DISPUTED_PER_STATEMENT_MAX 64
#define DISPUTED_LINES_MAX 256          /* of one dispute */
#define DECISIONS_MAX 256               /* figures, and disputes closed, of one resolution */
#define FIGURE_LINES_MAX LINES_PER_STATEMENT_MAX
#define PAYMENT_PARTS_MAX 64
#define WINDOW_DAYS_MAX 3660            /* ten years */
#define ROSTER_DIFFERENCES_MAX 1024     /* of one answer */
#define MONTHS_LOOKBACK_MAX 120
#define KEYS_PER_NODE_MAX 1024          /* that it has had, one after the other */
#define INCENTIVES_MAX 80               /* things that one contract pays for */
#define SIGNAL_CONTRACTS_MAX 128        /* of one provider's incentive signal */
#define SIGNAL_ROWS_MAX 2048            /* likewise */
#define SIGNAL_NEEDS_MAX 512            /* likewise */
#define PRESUPPOSED_MAX 16              /* capabilities that one contract takes for granted */
#define CHARTER_CLASSES_MAX 10
#define CHARTER_SEATS_MAX 64
#define SPECIFICATIONS_MAX 256          /* of a charter */
#define PUBLIC_PARTIES_MAX 16           /* likewise */
#define RELEASE_FIGURES_MAX 4096
#define BENEFIT_TIERS_MAX 9
#define BALLOT_DAYS_MAX 366             /* that a ballot is open at most */
#define BALLOTS_OPEN_MAX 8              /* of one party, at a time */
#define SUCCESSION_DAYS_MIN 1           /* between its announcement and its effect */

#endif
