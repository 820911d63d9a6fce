/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A turn of the daemon: everything that waits goes into one batch, one commit makes it durable,
 * and then, not before, everybody is answered. What comes during the commit waits for the next
 * turn: so the batches grow with the load by themselves, and no timer delays anything.
 */
#ifndef ACCORD_DAEMON_TURN_H
#define ACCORD_DAEMON_TURN_H

struct daemon;

/*
 * When something may wait: a frame, a request, a statement, or the passing of time (daemon->due).
 */
void turn_run(struct daemon *daemon);

#endif
