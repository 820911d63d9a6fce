/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from what was decided. */
#ifndef ACCORD_DAEMON_DECIDE_H
#define ACCORD_DAEMON_DECIDE_H

#include "daemon/hub_private.h"

/*
 * decided_runs() - a restated run, ordered by the hub itself, for every period that is settled and
 * that @decisions are about: by a figure that its statement has read or its days, or by a dispute
 * @cause: the entry by which they are in force
 */
int decided_runs(struct hub *hub, uint32_t contract_no, const struct decisions *decisions,
                 uint64_t cause);

#endif
