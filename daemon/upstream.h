/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts of other contracts' statements, among the facts that a run reads. Who states one names
 * the run; when that is restated a fact with another item comes, and the old one stays in the log.
 * Of several runs of one contract and period the last one's amounts are read.
 */
#ifndef ACCORD_DAEMON_UPSTREAM_H
#define ACCORD_DAEMON_UPSTREAM_H

#include "daemon/state.h"

/* Takes those that later ones replaced out of @facts, for @period; the rest keep their order. */
int upstream_latest(struct store_txn *txn, struct period period, struct fact *facts,
                    size_t *count);

#endif
