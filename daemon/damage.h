/* SPDX-License-Identifier: Apache-2.0 */
/* What the daemon does when its hub met damage: says so, once, and marks the guard. */
#ifndef ACCORD_DAEMON_DAMAGE_H
#define ACCORD_DAEMON_DAMAGE_H

struct daemon;

#define DAMAGE_BUSY "the hub found damage and takes nothing; its operator is told"

/* Cheap; with every turn, so that nothing is said behind a finding. */
void damage_look(struct daemon *daemon);

#endif
