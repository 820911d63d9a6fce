/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What members come to, one after the other: the sums of one category's members, or of all, by a
 * members_rule, and the figures these sums make. Nothing of a member is kept but, where costs are
 * cut off at a percentile, a value of eight octets.
 *
 * Sums are whole numbers, so that the order of members cannot matter: of who is not cut off, cents;
 * of who is, how many had so many months. All amounts of a fold come to at most MONEY_MAX without
 * their signs, and nobody has more than MEMBERS_MONTHS_MAX months.
 */
#ifndef ACCORD_CORE_MEMBERS_SUMS_H
#define ACCORD_CORE_MEMBERS_SUMS_H

#include <stddef.h>

#include "core/members.h"
#include "core/members_rule.h"

struct member_sums {
        int64_t heads, months;
        int64_t rows;                   /* differs from months where one lies in two categories */
        uint64_t risk;                  /* millionths, of all rows */
        int64_t paid;                   /* cents */
        int64_t kept;                   /* of it, of members who are not cut off */
        int64_t cut[MEMBERS_MONTHS_MAX + 1];    /* members who are, by months */
        wide payouts;                   /* stop-loss of those who are not: see member_payout() */
};

/* Where costs are cut off: T, and whom that hits. */
struct members_threshold {
        bool cuts;
        struct exact amount;
        int64_t most[MEMBERS_MONTHS_MAX + 1];   /* paid cents of so many months that are not cut */
};

/*
 * Completing multiplies all amounts with the same factor: so costs are compared as paid, and a
 * threshold is brought down to what was paid. Not by a factor of zero: that leaves nothing to cut.
 */
void members_threshold_set(const struct members_rule *rule, struct exact amount,
                           struct members_threshold *ret);

/* A rule, and what is the same for all members by it. */
struct members_terms {
        const struct members_rule *rule;
        int64_t share_den;
        int64_t attach;                 /* paid cents up to which stop-loss pays nothing */
        struct members_threshold fixed; /* where costs are cut off at an amount alone, or not */
};

void members_terms_begin(struct members_terms *ret, const struct members_rule *rule);

/* One member: it counts. Its money by member_sums_money(), with it or once the percentile is. */
static inline void member_sums_head(struct member_sums *sums, unsigned int months,
                                    unsigned int rows, uint64_t risk, int64_t paid)
{
        sums->heads++;
        sums->months += months;
        sums->rows += rows;
        sums->risk += risk;
        sums->paid += paid;
}

void member_sums_payout(struct member_sums *sums, const struct members_terms *terms, int64_t paid);

static inline void member_sums_money(struct member_sums *sums, const struct members_terms *terms,
                                     const struct members_threshold *threshold,
                                     unsigned int months, int64_t paid)
{
        if (threshold->cuts && paid > threshold->most[months]) {
                sums->cut[months]++;
                return;
        }
        sums->kept += paid;
        if (paid > terms->attach)
                member_sums_payout(sums, terms, paid);
}

/* False when they come to more than MONEY_MAX. Writes all of @ret but the item. */
bool member_sums_figures(const struct member_sums *sums, const struct members_terms *terms,
                         const struct members_threshold *threshold, struct member_figures *ret);

/* What is kept of a member until the percentile is known: paid cents, months, whose figures. */
#define MEMBER_VALUE_SIZE sizeof(uint64_t)

static inline uint64_t member_value(int64_t paid, unsigned int months, unsigned int figure)
{
        return (uint64_t)paid << 13 | (uint64_t)months << 7 | figure;
}

static inline int64_t value_paid(uint64_t value)
{
        return (int64_t)value >> 13;
}

static inline unsigned int value_months(uint64_t value)
{
        return (unsigned int)(value >> 7) & 63;
}

static inline unsigned int value_figure(uint64_t value)
{
        return (unsigned int)value & 127;
}

/* Brings the values of one figure together, in order of figure; @ret_first: where each begins. */
void member_values_part(uint64_t *values, size_t count, size_t figures, size_t *ret_first);

/* Where one figure's members are cut off; puts the values into another order. */
void members_threshold_of(const struct members_terms *terms, uint64_t *values, size_t count,
                          struct members_threshold *ret);

#endif
