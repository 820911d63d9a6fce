/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the books of one contract must come to, said another way than core/life.c says it: not by
 * what is to be done, but by what is settled of which days. There are no entries here: only, for
 * each statement that stands, what of it has become certain.
 */
#ifndef ACCORD_TESTS_CORE_LIFE_MODEL_H
#define ACCORD_TESTS_CORE_LIFE_MODEL_H

#include "core/life.h"

#define MODEL_RUNS_MAX 64

struct model_run {
        bool posts, stands, settled;    /* settled: by acceptance or by silence */
        int from, until;                /* months */
        unsigned int order;             /* in which runs were ordered */
        struct life_issue issue;
        bool said[2];                   /* bearer, earner: agrees */
        unsigned int claim_count;
        struct life_claim claims[LIFE_CLAIMS_MAX];
        int64_t certain[LIFE_AMOUNTS];  /* posted for its days, by whatever statements */
};

struct model {
        unsigned int run_count;
        struct model_run runs[MODEL_RUNS_MAX];
};

/* Over all that stands: cents above 0 the bearer pays. */
struct model_totals {
        int64_t posted[LIFE_AMOUNTS], pending[LIFE_AMOUNTS];
        int64_t undisputed;             /* of payable amounts */
        int64_t held[LIFE_HOLDS];       /* both >= 0 */
};

/* A statement of the run that was ordered as @order. Returns its place. */
unsigned int model_issue(struct model *model, const struct life_issue *issue, int from, int until,
                         unsigned int order);
bool model_may_accept(const struct model_run *run, enum side side);
bool model_may_dispute(const struct model_run *run, enum side side);
bool model_may_lapse(const struct model_run *run);
void model_accept(struct model_run *run, enum side side);
void model_dispute(struct model_run *run, const struct life_claim *claim);
void model_end(struct model_run *run, unsigned int claim);
void model_lapse(struct model_run *run);

enum life model_state(const struct model_run *run);
void model_total(const struct model *model, struct model_totals *ret);

#endif
