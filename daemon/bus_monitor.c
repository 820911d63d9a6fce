/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/bus_monitor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

#include "daemon/log.h"

#define TURN 64
#define HANDSHAKE_FAILED                                                                 \
        (ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |   \
         ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)

struct happening {
        uint16_t event;
        uint32_t value;
        char address[128];
};

/* Two frames: event and value, then the address. */
static int receive(void *socket, struct happening *ret)
{
        uint8_t head[6];
        int size = zmq_recv(socket, head, sizeof(head), ZMQ_DONTWAIT);

        if (size < 0)
                return -errno;
        if (size != (int)sizeof(head))
                return -EBADMSG;
        memcpy(&ret->event, head, sizeof(ret->event));
        memcpy(&ret->value, head + 2, sizeof(ret->value));
        size = zmq_recv(socket, ret->address, sizeof(ret->address) - 1, ZMQ_DONTWAIT);
        if (size < 0)
                return -errno;
        if (size > (int)sizeof(ret->address) - 1)
                size = (int)sizeof(ret->address) - 1;
        ret->address[size] = '\0';
        return 0;
}

static const char *failure_says(uint16_t event)
{
        if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)
                return "its key was refused";
        if (event == ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL)
                return "it does not speak CURVE as we do";
        return "it left or took too long";
}

static void happened(struct bus_monitor *monitor, const struct happening *what)
{
        const struct log_about about = { .limit = monitor->name };

        if (what->event == ZMQ_EVENT_ACCEPTED) {
                monitor->accepted++;
        } else if (what->event == ZMQ_EVENT_DISCONNECTED) {
                monitor->ended++;
        } else if (what->event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) {
                monitor->handshakes++;
        } else if (what->event & HANDSHAKE_FAILED) {
                monitor->handshakes_failed++;
                log_say(monitor->log, MESSAGE_HANDSHAKE_FAILED, &about, "%s: %s", monitor->name,
                        failure_says(what->event));
        } else if (what->event == ZMQ_EVENT_ACCEPT_FAILED) {
                monitor->accepts_failed++;
                log_say(monitor->log, MESSAGE_ACCEPT_FAILED, &about, "%s: %s", monitor->name,
                        zmq_strerror((int)what->value));
        }
}

static void look(void *monitor_)
{
        struct bus_monitor *monitor = monitor_;
        struct happening what;

        for (int turn = 0; turn < TURN; turn++) {
                int r = receive(monitor->socket, &what);

                if (r == -EAGAIN)
                        return;
                if (r == 0)
                        happened(monitor, &what);
        }
}

int bus_monitor_start(struct bus_monitor *monitor, void *context, struct event_base *base,
                      void *watched, const char *name, struct log *log)
{
        char address[64];
        int r;

        memset(monitor, 0, sizeof(*monitor));
        monitor->name = name;
        monitor->log = log;
        snprintf(address, sizeof(address), "inproc://monitor.%s", name);
        if (zmq_socket_monitor(watched, address,
                               HANDSHAKE_FAILED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED |
                                       ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED |
                                       ZMQ_EVENT_ACCEPT_FAILED) < 0)
                return -errno;
        monitor->watched = watched;
        monitor->socket = zmq_socket(context, ZMQ_PAIR);
        if (!monitor->socket || zmq_connect(monitor->socket, address) < 0)
                r = -errno;
        else
                r = bus_watch_start(&monitor->watch, base, monitor->socket, look, monitor);
        if (r)
                bus_monitor_stop(monitor);
        return r;
}

void bus_monitor_stop(struct bus_monitor *monitor)
{
        bus_watch_stop(&monitor->watch);
        if (monitor->watched)
                zmq_socket_monitor(monitor->watched, NULL, 0);
        if (monitor->socket)
                zmq_close(monitor->socket);
        monitor->watched = monitor->socket = NULL;
}
