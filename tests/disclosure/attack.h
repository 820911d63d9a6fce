/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One attack: amounts that contracts bring, of which the attackers know their own, what was shown
 * of sums of them, and how closely that lets them calculate what is not theirs.
 *
 * An attacker here is as strong as can be argued: it knows which contracts there are, what each
 * pays for, and which amounts are the same as at an earlier release; only amounts of others it does
 * not know. Amounts are in any unit; they are never negative.
 */
#ifndef ACCORD_TESTS_DISCLOSURE_ATTACK_H
#define ACCORD_TESTS_DISCLOSURE_ATTACK_H

#include <stdint.h>

#include "tests/disclosure/lp.h"

#define ATTACK_AMOUNTS 1024

/* What one contract brings, of one thing: equal keys are one amount, whenever it was released. */
struct amount {
        uint32_t payer, provider, of, version;
        long double is;                 /* the truth: known to the attackers only of their own */
};

/* Two of them: the same one twice is one alone. A payer's and a provider's numbers are apart. */
struct attackers {
        uint32_t first, second;
};

/* Large: allocate it. */
struct attack {
        struct attackers by;
        size_t count;
        struct amount amounts[ATTACK_AMOUNTS];
        size_t unknown[ATTACK_AMOUNTS]; /* place among the unknowns; LP_UNKNOWNS: known */
        size_t unknowns;
        struct lp lp;
};

/* Some of the amounts, by place, each once. */
struct some {
        size_t count;
        uint16_t places[ATTACK_AMOUNTS];
};

void attack_begin(struct attack *attack);
/* The place of it, which is new or was there. Only before attack_as(). */
size_t attack_amount(struct attack *attack, uint32_t payer, uint32_t provider, uint32_t of,
                     uint32_t version, long double is);
/* From here on it is by those; what was known before is forgotten, the amounts are not. */
void attack_as(struct attack *attack, struct attackers by);
bool attack_knows(const struct attack *attack, size_t place);

/* ---- what was shown; what is not true ends the program */

/* The sum of these is between the two. */
void attack_sum(struct attack *attack, const struct some *some, long double least,
                long double most);
/* @part is between the two as a share of @whole. */
void attack_share(struct attack *attack, const struct some *part, const struct some *whole,
                  long double least, long double most);

/* ---- what it comes to */

struct closeness {
        long double is, least, most;
        long double below, above;       /* how far off each end is, as a part of what it is */
};

/* Of that part of the sum that the attackers do not have themselves; false: there is none. */
bool attack_on(const struct attack *attack, const struct some *some, struct closeness *ret);

#endif
