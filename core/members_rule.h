/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What terms ask of member rows: the parameters of their attribute, expenditure and stop-loss steps
 * whose source is members, in one place for core/members_fold.h.
 *
 * Of a member, in the figures of all together or of one category, with
 *      paid    the sum of its rows' allowed cents there, reversals included
 *      m       the months it has rows of there, each counted once
 * the rule is
 *      who counts      members with at least @least_months months, all categories taken together;
 *                      who has fewer counts nowhere
 *      completed       paid x @completion
 *      a year's        completed x 12 / m where @annualise, else completed
 *      cut off         min(a year's, T), x m / 12 again where @annualise
 *      T               @truncate cents; or the @percentile by nearest rank: of the a year's amounts
 *                      of the n members that count there the ceil(p n)-th smallest, at least the
 *                      first, each member counted once whatever its months; or the lower of both
 *      stop-loss       of the amount after cutting off, as it is and not by the year: what of it
 *                      lies above @attach, at the share of the band it lies in; in none, nothing
 *
 * Rule of the middle three: 42 CFR 425.604(a)(1)-(4), 425.602(a)(1), (a)(4).
 */
#ifndef ACCORD_CORE_MEMBERS_RULE_H
#define ACCORD_CORE_MEMBERS_RULE_H

#include "core/exact.h"
#include "core/terms.h"

/* A member's months are bits of one word, and their number takes six bits. */
#define MEMBERS_MONTHS_MAX 60

struct members_rule {
        uint16_t first_month;           /* months since 1970-01, as in core/member_rows.h */
        uint16_t months;                /* the period's, 1 to MEMBERS_MONTHS_MAX */
        uint32_t least_months;
        struct rate completion;         /* 0 to 100; 1/1: costs are complete */
        bool annualise;
        bool at_amount, at_percentile;  /* truncated at which, or at both, or not */
        int64_t truncate;               /* 0 to PER_CAPITA_MAX */
        struct rate percentile;         /* 0 to 1 */
        bool stoploss;
        int64_t attach;                 /* 0 to MONEY_MAX */
        struct rate share;              /* 0 to 1, of all above attach; where there are no bands */
        const struct band *bands;       /* cents -> share, ascending; the terms' own */
        size_t band_count;
};

/*
 * members_rule_of() - what these terms ask of member rows
 * @terms:      passed terms_check(); they outlive @ret
 * @period:     the rows' period
 * @completion: the completion factor of record; read where the terms complete costs
 *
 * Of several attribute steps the one that asks for the most months decides. Answers NULL, else why
 * member rows cannot be folded by these terms, as a static sentence.
 */
const char *members_rule_of(const struct terms *terms, struct period period, struct rate completion,
                            struct members_rule *ret);

/* Do the terms have a step whose source is member rows? */
bool members_wanted(const struct terms *terms);

/*
 * The common denominator of the shares; 0 when it is beyond RATE_PART_MAX, which members_rule_of()
 * does not let pass: shares of at most nine decimals never come to more.
 */
int64_t members_share_den(const struct members_rule *rule);

#endif
