/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Net drift inside tolerance. Where the two sides' figures of a thing differ by no more than their
 * terms tolerate, the one of record is taken and nobody asks further. Each such difference is
 * small; added up over a party's contracts of a year they should come to about nothing. When they
 * all lean one way, somebody's figures do.
 *
 * What leans is the figure of record against the other side's. Amounts of a whole contract are
 * added in cents; figures for each member, rates and counts cannot be, and are counted only. Who
 * gains from a higher figure is in one table, by what settlements make of it; where that depends on
 * the terms, a difference leans to nobody.
 */
#ifndef ACCORD_CORE_ALIGN_DRIFT_H
#define ACCORD_CORE_ALIGN_DRIFT_H

#include "core/fact.h"
#include "core/terms.h"

/* Who gains when a figure of this kind is higher; neither: it depends. */
enum side fact_kind_favours(enum fact_kind kind);

/* Both sides' figures of one thing, within tolerance; of record is one of the two sides. */
struct drift_pair {
        enum fact_kind kind;
        enum side of_record;
        struct value bearer, earner;
};

struct drift {
        uint32_t pairs;                 /* added */
        uint32_t to_bearer, to_earner;  /* of them, that lean */
        uint32_t amounts;               /* of those that lean, that are in the cents */
        int64_t bearer_cents, earner_cents;     /* that lean to either, both at least 0 */
        bool overflown;                 /* the cents are more than money can be */
};

/* Begin with all zero: one for each party and year. The order of pairs changes nothing. */
void drift_add(struct drift *drift, const struct drift_pair *pair);

/* Cents to the earner; below 0: to the bearer. */
int64_t drift_net(const struct drift *drift);

#endif
