/* SPDX-License-Identifier: Apache-2.0 */
/* What the loop and the sockets call: between start.c and daemon.c only. */
#ifndef ACCORD_DAEMON_DAEMON_CALLS_H
#define ACCORD_DAEMON_DAEMON_CALLS_H

#include "daemon/loop.h"

struct daemon;

extern const struct loop_calls daemon_calls;
void daemon_turn(void *daemon);
void daemon_write_stat(struct daemon *daemon);

#endif
