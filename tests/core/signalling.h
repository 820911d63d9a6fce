/* SPDX-License-Identifier: Apache-2.0 */
/* Incentive signals put together for tests: a page of contracts and rows, and drawn ones. */
#ifndef ACCORD_TESTS_CORE_SIGNALLING_H
#define ACCORD_TESTS_CORE_SIGNALLING_H

#include "core/signal_sum.h"

/* Memory behind a signal; lay_signal() points it there. */
struct laid_signal {
        struct incentive_contract contracts[SIGNAL_CONTRACTS_MAX];
        struct incentive_row rows[SIGNAL_ROWS_MAX];
        struct capability_need needs[SIGNAL_NEEDS_MAX];
        struct incentive_signal signal;
};

struct name name_of(const char *text);

/* Nothing yet: party "cascade", as of entry 1234 on 2026-08-31. */
void lay_signal(struct laid_signal *laid);
/* BEARER/EARNER/LABEL: 2026, paid through 2026-08-31, about 2027-10-01, share 1, 1,000 people. */
struct incentive_contract *lay_contract(struct laid_signal *laid, const char *contract);
/* Of the newest contract, in which 400 of 1,000 meet it; more is better. Cents. */
struct incentive *lay_row(struct laid_signal *laid, const char *concept, int64_t point,
                          int64_t stake);
struct incentive *lay_cost(struct laid_signal *laid, int64_t point, int64_t stake);
void lay_need(struct laid_signal *laid, uint32_t kind, bool paid, enum capability_said has);

/* A signal with anything in it that has no fault. */
void draw_signal(struct laid_signal *laid, uint64_t *state);
/* The same contracts, and their rows, in another order. */
void shuffle_signal(const struct laid_signal *laid, struct laid_signal *ret, uint64_t *state);

/*
 * What a clinic sees of three payers, one of them relayed: the example of the documentation.
 * Blood pressure over all three, the third asks for another target and leaves dialysis patients
 * out; total cost of one; revenue of 80 % of all.
 */
void lay_clinic(struct laid_signal *laid);

#endif
