/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/bus.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "core/check.h"
#include "daemon/log.h"
#include "daemon/zap.h"
#include "proof/hex.h"

/* A frame that came and has not been dealt with, and the way back for its answer. */
struct held {
        zmq_msg_t frame;
        uint8_t id[BUS_ROUTE_SIZE];
        uint8_t key[32];
};

struct bus {
        void *socket;
        struct bus_watch watch;
        struct bus_monitor monitor;
        struct log *log;
        struct bus_figures figures;
        char endpoint[BUS_ENDPOINT_MAX];
        zmq_msg_t part;                 /* a part of a message that is no frame */
        uint64_t first;                 /* session number of the oldest held */
        size_t count;
        struct held ring[BUS_HELD_MAX]; /* by session number */
};

int bus_open(struct bus **ret, void *context, struct event_base *base,
             const struct bus_socket_options *options, struct log *log, bus_look_fn *look,
             void *with)
{
        struct bus_socket_options own = *options;
        struct bus *bus = calloc(1, sizeof(*bus));
        int r;

        if (!bus)
                return -ENOMEM;
        bus->log = log;
        zmq_msg_init(&bus->part);
        for (size_t i = 0; i < BUS_HELD_MAX; i++)
                zmq_msg_init(&bus->ring[i].frame);
        own.type = ZMQ_ROUTER;
        own.switched_on = ZMQ_ROUTER_MANDATORY;
        own.domain = ZAP_DOMAIN_INTAKE;
        r = bus_socket_bind(&bus->socket, context, &own, bus->endpoint);
        if (!r)
                r = bus_monitor_start(&bus->monitor, context, base, bus->socket, "intake", log);
        if (!r)
                r = bus_watch_start(&bus->watch, base, bus->socket, look, with);
        if (r) {
                bus_close(bus);
                return r;
        }
        bus->watch.can_lose = true;
        *ret = bus;
        return 0;
}

void bus_close(struct bus *bus)
{
        if (!bus)
                return;
        bus_watch_stop(&bus->watch);
        bus_monitor_stop(&bus->monitor);
        zmq_msg_close(&bus->part);
        for (size_t i = 0; i < BUS_HELD_MAX; i++)
                zmq_msg_close(&bus->ring[i].frame);
        bus_socket_close(bus->socket);
        free(bus);
}

const char *bus_endpoint(const struct bus *bus)
{
        return bus->endpoint;
}

struct bus_figures bus_figures(const struct bus *bus)
{
        return bus->figures;
}

const struct bus_monitor *bus_monitor_of(const struct bus *bus)
{
        return &bus->monitor;
}

uint64_t bus_finds(const struct bus *bus)
{
        return bus->watch.finds;
}

void bus_settle(struct bus *bus)
{
        bus_watch_settle(&bus->watch);
}

void bus_pause(struct bus *bus)
{
        bus_watch_stop(&bus->watch);
}

void bus_again(struct bus *bus)
{
        bus_watch_again(&bus->watch);
}

static struct held *held_at(struct bus *bus, uint64_t session)
{
        return &bus->ring[session % BUS_HELD_MAX];
}

void bus_forget(struct bus *bus, uint64_t session)
{
        assert(session <= bus->first + bus->count);
        for (; bus->first < session; bus->first++, bus->count--) {
                zmq_msg_close(&held_at(bus, bus->first)->frame);
                zmq_msg_init(&held_at(bus, bus->first)->frame);
        }
}

void bus_begin(struct bus *bus)
{
        bus_forget(bus, bus->first + bus->count);
}

static bool has_more(void *socket)
{
        int more = 0;
        size_t size = sizeof(more);

        return zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size) == 0 && more;
}

/* libzmq gives a message once all of it is there, so this ends. */
static void drain(struct bus *bus)
{
        while (has_more(bus->socket))
                if (zmq_msg_recv(&bus->part, bus->socket, ZMQ_DONTWAIT) < 0 && errno != EINTR)
                        return;
}

/* The id, one frame, a name from ZAP, and no more. */
static bool take_parts(struct bus *bus, struct held *held)
{
        const char *user;
        bool named;

        named = zmq_msg_size(&bus->part) != BUS_ROUTE_SIZE ||
                *(const uint8_t *)zmq_msg_data(&bus->part) != 0;
        if (named || !has_more(bus->socket))
                return false;
        memcpy(held->id, zmq_msg_data(&bus->part), BUS_ROUTE_SIZE);
        if (zmq_msg_recv(&held->frame, bus->socket, ZMQ_DONTWAIT) < 0 || has_more(bus->socket))
                return false;
        user = zmq_msg_gets(&held->frame, "User-Id");
        return user &&
               hex_parse((struct bytes) { user, strlen(user) }, held->key, sizeof(held->key));
}

static void say_dropped(struct bus *bus)
{
        const char *user = zmq_msg_gets(&bus->part, "User-Id");
        const char *address = zmq_msg_gets(&bus->part, "Peer-Address");
        const struct log_about about = { .node = user };

        bus->figures.dropped_parts++;
        log_say(bus->log, MESSAGE_FRAME_DROPPED, &about, "from %s", address ? address : "?");
}

int bus_receive(struct bus *bus, struct bus_frame *ret)
{
        struct held *held = held_at(bus, bus->first + bus->count);

        if (bus->count == BUS_HELD_MAX)
                return -ENOBUFS;
        if (zmq_msg_recv(&bus->part, bus->socket, ZMQ_DONTWAIT) < 0)
                return errno == EINTR ? -EAGAIN : -errno;
        if (!take_parts(bus, held)) {
                drain(bus);
                say_dropped(bus);
                return -EBADMSG;
        }
        bus->figures.frames++;
        ret->bytes = (struct bytes) { zmq_msg_data(&held->frame), zmq_msg_size(&held->frame) };
        ret->key = held->key;
        ret->session = bus->first + bus->count++;
        return 0;
}

static const struct held *route_of(const struct bus *bus, uint64_t session)
{
        assert(session >= bus->first);
        assert(session - bus->first < bus->count);
        return &bus->ring[session % BUS_HELD_MAX];
}

const uint8_t *bus_key(const struct bus *bus, uint64_t session)
{
        return route_of(bus, session)->key;
}

int bus_send(struct bus *bus, uint64_t session, struct bytes answer)
{
        const struct held *route = route_of(bus, session);

        if (zmq_send(bus->socket, route->id, BUS_ROUTE_SIZE, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0 ||
            zmq_send(bus->socket, answer.data, answer.size, ZMQ_DONTWAIT) < 0) {
                if (errno == EHOSTUNREACH)
                        bus->figures.dropped_gone++;
                else
                        bus->figures.dropped_full++;
                return errno == EHOSTUNREACH ? -EHOSTUNREACH : -EAGAIN;
        }
        bus->figures.answers++;
        return 0;
}
