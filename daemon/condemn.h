/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hub that met damage: it takes nothing and signs nothing, and a batch of it only looks. Answers
 * go on out of a snapshot, with the last checkpoint that was signed; what is read for them is
 * proved, so that one that meets the damage says so.
 */
#ifndef ACCORD_DAEMON_CONDEMN_H
#define ACCORD_DAEMON_CONDEMN_H

#include "daemon/hub_private.h"

#define CONDEMNED_SAYS "the hub found damage and takes nothing; its operator is told"
#define DAMAGED_SAYS "the hub found damage where the answer lies; its operator is told"
#define CONDEMNED_AGAIN_MS 60000

/* The batch of a condemned hub: a snapshot, and no room for anything. 0; -errno. */
int looking_begin(struct hub *hub);
/* Its end; the answers stand. */
void looking_end(struct hub *hub);

#endif
