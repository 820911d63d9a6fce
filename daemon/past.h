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

/*
 * All versions that both signed, the oldest first, and since which entry each stands. Owns them;
 * free with past_terms_cleanup(), also when reading failed.
 */
struct past_terms {
        struct dated_terms *terms;
        uint64_t *since;                /* ascending */
        size_t count;
        date ends;                      /* of the contract */
        uint64_t ended;                 /* entry that said so; 0: none */
};

int past_terms(struct store_txn *txn, uint32_t contract_no, struct past_terms *ret);
void past_terms_cleanup(struct past_terms *terms);

/* As it was at a cut; lasts as long as @terms. */
struct timeline past_timeline(const struct past_terms *terms, uint64_t cut);

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

/* The run that one for the part from @day, cut at @cut, carries from; NULL: none. */
const struct run_state *past_carrier(const struct past_terms *terms, const struct past_runs *runs,
                                     date day, uint64_t cut);

/* The statement of @run, out of the log; it lies in @arena. */
int past_statement(struct store_txn *txn, const struct run_state *run, struct arena *arena,
                   struct statement **ret);

#endif
