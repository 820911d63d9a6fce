/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A contract of two years whose statements are settled, accepted and paid; for Check. What the
 * tests of payments and figures have in common: one scene at a time.
 */
#ifndef ACCORD_TESTS_HUB_PAYS_H
#define ACCORD_TESTS_HUB_PAYS_H

#include "tests/hub/play.h"

extern struct scene scene;
extern struct hub *hub;                 /* of the scene */
extern struct period years[2];          /* 2023 and 2024 */

/* Half of all savings; thirty days to dispute a statement, ten to pay it after 15 October 2025. */
void pays_set_up(void);
void pays_set_up_as(const char *label);
/* And the log proves, folds to the same state again, and computes to the same statements. */
void pays_tear_down(void);

/* Facts and a run of it: the bearer owes half of what was saved. Returns its index. */
uint64_t run_of(struct period period, int64_t saved, enum run_kind kind);
void accept(struct voice *voice, uint64_t run);
void both_accept(uint64_t run);
/* A final run by which the bearer owes that, accepted by both. */
uint64_t owed_by_run(struct period period, int64_t owed);

/* For one run; its parts lie in the next, until the next call. */
struct event payment_event(enum payment_direction direction, const char *trace, int64_t cents,
                           uint64_t run);
extern struct payment_part parts[2];

/* Taken; index of its entry. */
uint64_t pays_said(struct voice *voice, const struct event *event);

#endif
