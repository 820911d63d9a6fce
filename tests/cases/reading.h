/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the events of a line. Lists and bytes that events point to are taken from a pool, which
 * holds them until the next line is read.
 */
#ifndef ACCORD_TESTS_CASES_READING_H
#define ACCORD_TESTS_CASES_READING_H

#include "tests/cases/case.h"

struct reading {
        struct play *play;
        struct case_player *player;
        struct submission *submission;
        struct event *event;
        enum scope scope;               /* of the facts that follow */
        struct case_contract *contract;
        struct offered *offered;
};

typedef void read_fn(struct reading *r);

read_fn read_statement_acceptance, read_dispute, read_dispute_end, read_resolution,
        read_resolution_acceptance, read_determination, read_figure, read_payment_sent,
        read_payment_received;
read_fn read_publication, read_benefit, read_capability_had, read_capability_lacked;
read_fn read_key_rotation, read_succession_objection;
read_fn read_proposal, read_vote, read_departure;

/* The contract, which the submission is about from then on. */
void read_about(struct reading *r);
/* The words outlive the submission. */
struct bytes read_text(struct play *play, const char *what);
/* KIND, or kind:NUMBER; NULL when there is no such kind. */
const struct fact_kind_info *read_kind(struct reading *r, enum fact_kind *ret);
/* In the unit of its kind, or cents:, count:, rate:, flag: */
void read_fact_value(struct reading *r, const struct fact_kind_info *info, struct value *ret);

void pool_reset(void);
/* Zeros; ends the program when there is no room. */
void *pool_take(size_t size);

#endif
