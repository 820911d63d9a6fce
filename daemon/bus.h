/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The intake: a ROUTER that gives frames with the key that sent them, and takes answers.
 *
 * A message is [routing id][one frame]. The routing id is only ever the way back for an answer, in
 * the batch in which it came; a client that chose its own could take over another's way, so only
 * ids that libzmq made are heard. Authority is the key that ZAP vouched for, read from every
 * single message.
 */
#ifndef ACCORD_DAEMON_BUS_H
#define ACCORD_DAEMON_BUS_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "daemon/bus_monitor.h"
#include "daemon/bus_socket.h"
#include "daemon/bus_watch.h"

struct event_base;
struct log;

/* Frames held at a time: some 60 ms of checking signatures; the others wait in the socket. */
#define BUS_HELD_MAX 1024
#define BUS_ROUTE_SIZE 5        /* of the ids libzmq makes: a zero octet and a number */

struct bus_frame {
        struct bytes bytes;             /* this and the next are valid until it is forgotten */
        const uint8_t *key;             /* 32 bytes */
        uint64_t session;               /* one more than that of the frame before it */
};

struct bus_figures {
        uint64_t frames, answers;
        uint64_t dropped_parts; /* messages of several frames, or of a connection with a name */
        uint64_t dropped_gone;          /* answers: the connection was no more */
        uint64_t dropped_full;          /* answers: it takes none off; it will ask again */
};

struct bus;

/* @options: type and domain are ours to set. @look: called when something may be waiting. */
int bus_open(struct bus **ret, void *context, struct event_base *base,
             const struct bus_socket_options *options, struct log *log, bus_look_fn *look,
             void *with);
void bus_close(struct bus *bus);

const char *bus_endpoint(const struct bus *bus);
struct bus_figures bus_figures(const struct bus *bus);
const struct bus_monitor *bus_monitor_of(const struct bus *bus);
uint64_t bus_finds(const struct bus *bus);      /* of the safety timer */

/* Forgets the frames below @session, and the ways back for their answers. */
void bus_forget(struct bus *bus, uint64_t session);
/* All that are held. */
void bus_begin(struct bus *bus);

/* Books another look, for what was received and is not dealt with. */
void bus_again(struct bus *bus);

/*
 * bus_receive() - the next frame
 * Returns: 0; -EAGAIN when none is there; -EBADMSG when there was one that was dropped;
 * -ENOBUFS when as many are held as may be.
 */
int bus_receive(struct bus *bus, struct bus_frame *ret);

/* The key of a session that is held. */
const uint8_t *bus_key(const struct bus *bus, uint64_t session);

/* 0; -EHOSTUNREACH or -EAGAIN when the answer was dropped (and counted). */
int bus_send(struct bus *bus, uint64_t session, struct bytes answer);

/* After a batch that began elsewhere than in @look: see bus_watch_settle(). */
void bus_settle(struct bus *bus);

/* No more looks; what is there stays in the socket. */
void bus_pause(struct bus *bus);

#endif
