/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is posted and not paid, as of any entry: of a contract's days rather than of one statement.
 * A restated run posts the difference only, and a run over a cut period what its parts did not; so
 * statements whose periods meet, or meet others that do, share what is open of their days.
 */
#ifndef ACCORD_DAEMON_OWED_H
#define ACCORD_DAEMON_OWED_H

#include "daemon/past.h"
#include "daemon/state_life.h"

/* A contract's runs and entries of the books. Owns them; owed_cleanup() frees, also on error. */
struct owed {
        struct past_runs runs;
        struct journal_state_row *rows; /* in order of index */
        size_t count;
};

int owed_read(struct store_txn *txn, uint32_t contract_no, struct owed *ret);
void owed_cleanup(struct owed *owed);

/* All the days that share what is open with @run at @cut; those of @run where it posts nothing. */
struct period owed_days(const struct owed *owed, const struct run_state *run, uint64_t cut);

/* Posted and not paid of these days at @cut, in cents; above 0 the bearer owes. */
int64_t owed_open(const struct owed *owed, struct period days, uint64_t cut);

/* NULL: the contract has no such run. */
const struct run_state *owed_run(const struct owed *owed, uint64_t index);

#endif
