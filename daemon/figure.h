/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sides' own settlements within the hub: core/compare.h says where they differ from the hub's and
 * why; this finds what they are held against.
 */
#ifndef ACCORD_DAEMON_FIGURE_H
#define ACCORD_DAEMON_FIGURE_H

#include "core/compare.h"
#include "daemon/hub_private.h"
#include "daemon/past.h"
#include "daemon/state_payment.h"

/*
 * figure_compare() - a side's figure for a period against the statement that counts, as of @cut:
 * the newest final or restated one, else the newest interim one, else what a run would say
 * @arena: what @ret points to lies there, and takes less than a MiB
 *
 * Returns: 0; -ENOENT when the side has stated none; -ENOKEY, -ENODATA as hub_compute(); -errno.
 */
int figure_compare(struct hub *hub, const struct figure_key *key, uint64_t cut,
                   struct arena *arena, struct comparison *ret);

/*
 * A statement was issued: where it is the one that counts for its period and a side's figure
 * differs from it, both sides are told.
 */
int figures_again(struct hub *hub, const struct run_state *run, uint64_t cause);

#endif
