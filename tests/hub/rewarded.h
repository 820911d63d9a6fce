/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Contracts that pay for measures, on the stage: a network with two payers, a practice that
 * participates in it and has a contract of its own, and another practice beside it.
 */
#ifndef ACCORD_TESTS_HUB_REWARDED_H
#define ACCORD_TESTS_HUB_REWARDED_H

#include "tests/hub/play.h"

#define POOL INT64_C(25000000)          /* cents that a contract's measures share */

struct rewarded {
        struct scene scene;             /* payer/network/contract: "cbp" and "bcs", half each */
        struct voice unit, sister;
        struct contract_id own;         /* payer/unit/own: "cbp" alone */
        struct contract_id secret;      /* stranger/network/secret: "canary-measure" alone */
        uint64_t own_cbp;               /* entry by which 640 of a thousand met it, of own */
};

/*
 * All contracts in force with measures of 2024. Nobody participates in anything yet, and no months
 * of members are stated.
 */
void rewarded_set_up(struct rewarded *rewarded);
void rewarded_tear_down(struct rewarded *rewarded);

/*
 * A fee of POOL cents at the risk of those measures, each scored on a line from 60 % to 70 %, for
 * 2024. @measures ends in NULL.
 */
void reward_terms(struct terms *terms, const struct contract_id *contract, uint32_t version,
                  const char *const *measures);
/* Offered by one and accepted by the other, as receipts say. */
void reward_agree(struct rewarded *rewarded, struct voice *bearer, struct voice *earner,
                  const struct terms *terms);

/* By @voice, of the contract, in 2024; the entry's index. */
uint64_t reward_fact(struct rewarded *rewarded, struct voice *voice,
                     const struct contract_id *contract, enum fact_kind kind, int64_t value,
                     const char *item);
/* So many of a thousand met it; the entry that says how many. */
uint64_t reward_measured(struct rewarded *rewarded, struct voice *voice,
                         const struct contract_id *contract, const char *measure, int64_t met);
/* The unit's own figure said anew, of how many met it. */
void reward_restated(struct rewarded *rewarded, int64_t met);

/* From that day on without end, or until @until. */
uint64_t reward_relates(struct rewarded *rewarded, struct voice *voice, enum relation_kind kind,
                        const char *other, date from, date until);
/* The unit takes part in the network: by its own word, and by the network's for 2024. */
void reward_joins(struct rewarded *rewarded, struct voice *unit, int64_t months);

/* What the party is answered, as of that entry; UINT64_MAX: now. Valid until the next. */
const struct incentive_signal *reward_asked(struct rewarded *rewarded, struct voice *voice,
                                            uint64_t as_of);
/* NULL: not in it. */
const struct incentive_contract *reward_of_contract(const struct incentive_signal *signal,
                                                    const struct contract_id *contract);
const struct incentive *reward_row(const struct incentive_signal *signal,
                                   const struct contract_id *contract, const char *item);

#endif
