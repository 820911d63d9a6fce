/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does the way a payer's benefits treat a provider go together with what it pays that provider for?
 * Said to the payer alone.
 */
#ifndef ACCORD_CORE_BENEFIT_H
#define ACCORD_CORE_BENEFIT_H

#include "core/arrangement.h"
#include "core/community.h"

/* A contract of the payer with the provider, in force on the day. */
struct benefit_contract {
        struct contract_id contract;
        enum lan_category category;
};

enum benefit_finding {
        BENEFIT_FITS,
        BENEFIT_NOTE,                   /* to know, no more */
        BENEFIT_CONTRADICTION,
};

/*
 * benefit_check() - what does not go together, in a sentence
 * @contracts: all that the payer has in force with the provider
 *
 * From LAN 2C on a contract makes the provider answer for quality or cost; where members pay more
 * there than at the best tier, they are led away from who is paid to care for them. The best of
 * several tiers without any contract is to know: nothing is paid for what members are led to.
 *
 * @ret is empty when it fits.
 */
enum benefit_finding benefit_check(const struct benefit *benefit,
                                   const struct benefit_contract *contracts, size_t count,
                                   struct text *ret);

#endif
