/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charters into the hub's arena, where they lie until that is reset; and what they come to. Errors:
 * -ENOMEM, -EILSEQ, other -errno.
 */
#ifndef ACCORD_DAEMON_COUNCIL_READ_H
#define ACCORD_DAEMON_COUNCIL_READ_H

#include "daemon/council.h"
#include "daemon/hub_private.h"

/* The charter in force; NULL: there is none. */
int council_in_force(struct hub *hub, const struct charter **ret);

/* That by which the ballot is voted on, which is the proposed one where it would be the first. */
int council_of(struct hub *hub, const struct ballot_state *ballot, const struct charter **ret);

/* Which bars the ballot would lower; empty: none. */
int council_lowered(struct hub *hub, const struct ballot_state *ballot, struct text *ret);

#endif
