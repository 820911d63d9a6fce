/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ZeroMQ socket in libevent's loop: the one place that knows its traps.
 *
 * The descriptor libzmq lends says "look", never "there is a message". Any call on the socket may
 * take that sign away, asking whether there is something to read among them. So: look whenever it
 * fires, and after whatever was done with the socket ask once more (bus_watch_settle()); if there
 * is more, book another look. That is a timer of no delay, not event_active(), which libevent runs
 * before it ever polls the others.
 *
 * Ten times a second a safety timer looks at sockets nobody looked at meanwhile. What it finds was
 * lost by a mistake of ours, and is counted: the count must stay 0.
 */
#ifndef ACCORD_DAEMON_BUS_WATCH_H
#define ACCORD_DAEMON_BUS_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct event;
struct event_base;

/* Reads some, not all there may be: others want their turn. */
typedef void bus_look_fn(void *with);

struct bus_watch {
        void *socket;
        struct event *edge, *again, *safety;
        bus_look_fn *look;
        void *with;
        bool looked;            /* since the safety timer last came by */
        bool can_lose;          /* the failpoint lose-edge is about this one */
        uint64_t finds;         /* of the safety timer */
};

int bus_watch_start(struct bus_watch *watch, struct event_base *base, void *socket,
                    bus_look_fn *look, void *with);
/* Before the socket is closed. Harmless on one that never started. */
void bus_watch_stop(struct bus_watch *watch);

/* Books another look, whatever the socket says. */
void bus_watch_again(struct bus_watch *watch);

/* After anything was done with the socket outside of its own look. */
void bus_watch_settle(struct bus_watch *watch);

#endif
