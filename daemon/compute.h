/* SPDX-License-Identifier: Apache-2.0 */
/* Computing a run: a statement from the log up to its cut. */
#ifndef ACCORD_DAEMON_COMPUTE_H
#define ACCORD_DAEMON_COMPUTE_H

#include "daemon/hub_private.h"

/* What a run is computed from. */
struct reading {
        const struct hub *hub;
        struct store_txn *txn;
        bool of_batch;                  /* that of the open batch, which sees what it has kept */
        uint64_t rows_most;             /* of members; with more it lacks them. 0: any number */
};

/* Returns: 0; -ENOKEY, -ENODATA as hub_compute(); -errno. */
int compute_run(const struct reading *by, const struct run *run, uint32_t contract_no,
                struct statement *ret);
/* By one version of the terms, whether or not it holds; all else as of the run's cut. */
int compute_by(const struct reading *by, const struct run *run, uint32_t contract_no,
               uint32_t version, struct statement *ret);

/* The terms of that version, as they were offered. */
int compute_terms(struct store_txn *txn, uint32_t contract_no, uint32_t version,
                  struct terms *ret);
/*
 * As compute_by(), to see what else it could have come to: with the steps of @steps (NULL: its
 * own), by @side's version of what is in dispute (SIDE_NEITHER: as of record).
 */
int compute_instead(const struct reading *by, const struct run *run, uint32_t contract_no,
                    uint32_t version, const struct terms *steps, enum side side,
                    struct statement *ret);

#endif
