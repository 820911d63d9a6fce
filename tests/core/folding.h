/* SPDX-License-Identifier: Apache-2.0 */
/* Folding the panel at hand by both ways, for tests that go row by row. */
#ifndef ACCORD_TESTS_CORE_FOLDING_H
#define ACCORD_TESTS_CORE_FOLDING_H

#include "core/exact.h"
#include "tests/core/panel.h"

extern struct panel panel;
/* What the last folded() came to, by each way. */
extern struct folded in_order, any_order;
extern const struct folding streamed, found;

/* All of 2024, nothing adjusted. */
struct members_rule a_year(void);
/* By both ways, which agree; of all members. */
const struct member_figures *folded(const struct members_rule *rule);

static inline void empty(void)
{
        panel.count = 0;
}

static inline struct exact cents(int64_t amount)
{
        return (struct exact) { amount, 1 };
}

static inline bool is(struct exact a, struct exact b)
{
        return a.num == b.num && a.den == b.den;
}

#endif
