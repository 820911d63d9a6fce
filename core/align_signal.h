/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A provider's incentive signal as what core/align.h compares: its payers, what each puts on which
 * measure, and what is known of its revenue.
 *
 * Contracts of one bearer are one payer, and so are bearers that the caller says have one owner.
 * Revenue and members are stated with each contract and are all of the bearer's, so of one bearer
 * the largest statement counts, never the sum; where nothing is stated of any, it is not known. All
 * of a bearer's revenue is of the most advanced category of its contracts.
 *
 * F10: contracts leave of a dollar saved what their total cost rows say of one dollar less for each
 * member, divided by these dollars, over the contracts of a payer that pay for total cost; nothing
 * where none does.
 */
#ifndef ACCORD_CORE_ALIGN_SIGNAL_H
#define ACCORD_CORE_ALIGN_SIGNAL_H

#include "core/align.h"
#include "core/arrangement.h"
#include "core/incentive_signal.h"

/* @bearer is counted as @as. */
struct align_owner {
        struct name bearer, as;
};

/* Cents of revenue, by what is known of who pays it. */
struct align_coverage {
        int64_t present, relayed;       /* under contracts of payers here, and of absent ones */
        bool has_all;
        int64_t all;                    /* from all sources */
        uint32_t contracts, relayed_contracts;
        uint32_t without_revenue;       /* bearers of which nothing is stated */
        uint32_t not_calculable;        /* contracts whose dollars are not known */
};

/* Half a MiB: allocate it. Nothing of it points into the signal. */
struct align_signal {
        struct align align;             /* points into what follows: not to be copied */
        struct align_payer payers[SIGNAL_CONTRACTS_MAX];
        struct align_row rows[SIGNAL_ROWS_MAX];         /* .contract: place in the signal's */
        uint32_t payer_of[SIGNAL_CONTRACTS_MAX];        /* by contract: place in payers */
        int64_t people[SIGNAL_CONTRACTS_MAX];           /* by payer; F11; 0: not known */
        int64_t category[LAN_COUNT];                    /* revenue; see above */
        struct align_coverage coverage;
};

/*
 * align_of_signal() - prepared, payers in order of name
 * @owners: may be none
 *
 * Returns: NULL, or what is wrong with the signal's figures as a sentence.
 */
const char *align_of_signal(const struct incentive_signal *signal, const struct align_owner *owners,
                            size_t owner_count, struct rate tolerance, struct align_signal *ret);

/* A part of the revenue from all sources, and what of it no contract is known to bring. */
struct align_index align_covered(const struct align_coverage *coverage, int64_t part);
struct align_index align_unknown(const struct align_coverage *coverage);

#endif
