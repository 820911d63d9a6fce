/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a contract had come to at a cut: the terms that both sides had signed, the runs and their
 * statements. Functions of the log up to the cut, whatever was said after it.
 */
#ifndef ACCORD_DAEMON_PAST_H
#define ACCORD_DAEMON_PAST_H

#include "core/carry.h"
#include "core/timeline.h"
#include "daemon/state.h"
#include "proto/arena.h"

#define CUT_NONE UINT64_MAX             /* all that the log holds */

/* Owns its terms; free with past_timeline_cleanup(), also when reading failed. */
struct past_timeline {
        struct timeline timeline;
        struct dated_terms *terms;
};

int past_timeline(struct store_txn *txn, uint32_t contract_no, uint64_t cut,
                  struct past_timeline *ret);
void past_timeline_cleanup(struct past_timeline *timeline);

/* All runs of a contract, in order of index, computed or not. Owns its rows. */
struct past_runs {
        struct run_state *rows;
        size_t count;
};

int past_runs(struct store_txn *txn, uint32_t contract_no, struct past_runs *ret);
void past_runs_cleanup(struct past_runs *runs);

/*
 * The run whose statement counts for @period at @cut: the newest final or restated one that was
 * calculated, else the newest interim one. NULL: there is none.
 */
const struct run_state *past_counts(const struct past_runs *runs, struct period period,
                                    uint64_t cut);

/* The run that a run for the part from @day carries from; NULL: none. */
const struct run_state *past_carrier(const struct timeline *timeline, const struct past_runs *runs,
                                     date day, uint64_t cut);

/* The statement of @run, out of the log; it lies in @arena. */
int past_statement(struct store_txn *txn, const struct run_state *run, struct arena *arena,
                   struct statement **ret);

#endif
