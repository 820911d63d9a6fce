/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libzmq says happens on a socket: failed handshakes and failed accepts, counted and logged.
 */
#ifndef ACCORD_DAEMON_BUS_MONITOR_H
#define ACCORD_DAEMON_BUS_MONITOR_H

#include "daemon/bus_watch.h"

struct log;

struct bus_monitor {
        void *watched, *socket;
        struct bus_watch watch;
        struct log *log;
        const char *name;
        uint64_t handshakes, handshakes_failed, accepts_failed, accepted, ended;
};

/* @name: of the endpoint within the context, "intake". 0 or -errno. */
int bus_monitor_start(struct bus_monitor *monitor, void *context, struct event_base *base,
                      void *watched, const char *name, struct log *log);
/* Before the watched socket is closed. Harmless on one that never started. */
void bus_monitor_stop(struct bus_monitor *monitor);

#endif
