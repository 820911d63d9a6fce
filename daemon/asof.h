/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state as it was: rows that change in place, put back to what they had come to at a cut. All
 * other state is kept by version and read at the cut as it stands.
 */
#ifndef ACCORD_DAEMON_ASOF_H
#define ACCORD_DAEMON_ASOF_H

#include "daemon/hub_private.h"
#include "daemon/past.h"

/*
 * asof_cut() - which part of the log a question is about
 * @ret_cut: index of the last entry of it; CUT_NONE: all there is
 *
 * Asked for by index and by time, the earlier one counts. Returns: 0; -ENOENT when nothing had been
 * said then; -errno.
 */
int asof_cut(const struct hub *hub, const struct query *query, uint64_t *ret_cut);

/* Terms that had been offered by then. */
void asof_terms(struct view_terms *terms, uint64_t cut);

/* -ENOENT: there was no such version, no such contract. */
int asof_state_terms(struct store_txn *txn, uint32_t contract_no, uint32_t version, uint64_t cut,
                     struct view_terms *ret);
int asof_contract(struct store_txn *txn, uint32_t no, uint64_t cut, struct contract_state_row *ret);

#endif
