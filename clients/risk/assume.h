/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A forecast for terms nobody reported anything under yet: every figure their steps read, from a
 * few assumptions. For playing contracts through, for examples, for tests; never for a settlement.
 */
#ifndef ACCORD_CLIENTS_RISK_ASSUME_H
#define ACCORD_CLIENTS_RISK_ASSUME_H

#include "core/fact.h"
#include "core/inputs.h"
#include "core/terms.h"

struct assumptions {
        int64_t panel;                  /* people, over the whole period */
        int64_t per_member;             /* cents a person and year: expected and spent alike */
        struct rate quality;            /* of the most there is, in every measure */
        struct rate revenue;            /* participants' revenue, as a share of expenditure */
};

#define ASSUMPTIONS_USUAL                                                                          \
        ((struct assumptions) { .panel = 10000, .per_member = 1200000, .quality = { 9, 10 },       \
                                .revenue = { 2, 5 } })

/*
 * One fact for each input that terms_inputs() names, but exceptions (READ_IF_SO), which do not
 * hold. Returns how many, at most INPUTS_MAX; their indices count from 1.
 */
size_t assume_facts(const struct terms *terms, struct period period,
                    const struct assumptions *assumptions, struct fact ret[INPUTS_MAX]);

#endif
