/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the books hold for the days of a run, so that it posts the difference and no day is paid
 * twice: also when terms that came later cut the period, or made it whole again.
 */
#ifndef ACCORD_DAEMON_POSTED_H
#define ACCORD_DAEMON_POSTED_H

#include "daemon/state.h"

/* Final or restated, by binding terms, calculated, and resting on nothing relayed. */
bool posts(const struct run_state *run);

/*
 * posted_before() - cents in the books for days of @run's period, by whatever runs
 *
 * Runs post in the order in which their statements came. One takes the place of all that stands
 * for any of its days; but one that was ordered before what stands was overtaken by it, as when it
 * could not be computed at first, and posts nothing.
 */
int posted_before(struct store_txn *txn, const struct run_state *run, int64_t *ret,
                  bool *ret_overtaken);

#endif
