/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/link.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>
#include <zmq.h>

#include "core/check.h"
#include "core/own.h"

#define HANDSHAKE_MS 5000
#define HEARTBEAT_MS 5000
#define SILENCE_MS 15000
#define RECONNECT_MS 100
#define RECONNECT_MOST_MS 2000
#define RETRY_MS 1000                   /* after a refused handshake: libzmq gives up on it */
#define QUEUE_FRAMES 1024

struct link {
        struct link_options options;
        char *endpoint, *topic;
        void *context, *socket, *monitor;
        int fd;                         /* an epoll on the two sockets' descriptors */
        zmq_msg_t frame;
        enum link_state state;
        uint64_t times_ready;
        int64_t retry_at;               /* ms; < 0: nothing to retry */
};

static void close_sockets(struct link *link)
{
        if (link->socket)
                zmq_close(link->socket);
        if (link->monitor)
                zmq_close(link->monitor);
        link->socket = NULL;
        link->monitor = NULL;
}

void link_close(struct link *link)
{
        if (!link)
                return;
        zmq_msg_close(&link->frame);
        close_sockets(link);
        if (link->context)
                zmq_ctx_term(link->context);
        if (link->fd >= 0)
                close(link->fd);
        free(link->endpoint);
        free(link->topic);
        free(link);
}

void link_cleanup(struct link **link)
{
        link_close(*link);
}

static int set_int(void *socket, int option, int value)
{
        return zmq_setsockopt(socket, option, &value, sizeof(value)) ? -errno : 0;
}

static int set_keys(struct link *link)
{
        const struct link_options *o = &link->options;

        if (zmq_setsockopt(link->socket, ZMQ_CURVE_SERVERKEY, o->hub_key, 32) ||
            zmq_setsockopt(link->socket, ZMQ_CURVE_PUBLICKEY, o->public_key, 32) ||
            zmq_setsockopt(link->socket, ZMQ_CURVE_SECRETKEY, o->secret_key, 32) ||
            zmq_setsockopt(link->socket, ZMQ_MAXMSGSIZE, &o->frame_most, sizeof(o->frame_most)))
                return -errno;
        if (link->topic &&
            zmq_setsockopt(link->socket, ZMQ_SUBSCRIBE, link->topic, strlen(link->topic)))
                return -errno;
        return 0;
}

/* IMMEDIATE: nothing is queued for a connection that is not there, so we know what was not sent. */
static int set_options(struct link *link)
{
        static const struct { int option, value; } options[] = {
                { ZMQ_LINGER, 0 },
                { ZMQ_IMMEDIATE, 1 },
                { ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS },
                { ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS },
                { ZMQ_HEARTBEAT_TIMEOUT, SILENCE_MS },
                { ZMQ_HEARTBEAT_TTL, SILENCE_MS },
                { ZMQ_RECONNECT_IVL, RECONNECT_MS },
                { ZMQ_RECONNECT_IVL_MAX, RECONNECT_MOST_MS },
                { ZMQ_RCVHWM, QUEUE_FRAMES },
                { ZMQ_SNDHWM, QUEUE_FRAMES },
                { ZMQ_IPV6, 1 },
        };
        int r = 0;

        for (size_t i = 0; i < sizeof(options) / sizeof(options[0]) && !r; i++)
                r = set_int(link->socket, options[i].option, options[i].value);
        return r ? r : set_keys(link);
}

static int open_monitor(struct link *link)
{
        char name[64];
        int events = ZMQ_EVENT_CONNECTED | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED |
                     ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
                     ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                     ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL;

        snprintf(name, sizeof(name), "inproc://monitor-%p", link->socket);
        if (zmq_socket_monitor(link->socket, name, events))
                return -errno;
        link->monitor = zmq_socket(link->context, ZMQ_PAIR);
        if (!link->monitor || zmq_connect(link->monitor, name))
                return -errno;
        return set_int(link->monitor, ZMQ_LINGER, 0);
}

static int watch(struct link *link, void *socket)
{
        struct epoll_event event = { .events = EPOLLIN };
        size_t size = sizeof(int);
        int fd;

        if (zmq_getsockopt(socket, ZMQ_FD, &fd, &size))
                return -errno;
        return epoll_ctl(link->fd, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

static int open_sockets(struct link *link)
{
        int r;

        link->socket = zmq_socket(link->context,
                                  link->options.kind == LINK_ASK ? ZMQ_DEALER : ZMQ_SUB);
        if (!link->socket)
                return -errno;
        r = set_options(link);
        if (!r)
                r = open_monitor(link);
        if (!r && zmq_connect(link->socket, link->endpoint))
                r = -errno;
        if (!r)
                r = watch(link, link->socket);
        return r ? r : watch(link, link->monitor);
}

int link_open(struct link **ret, const struct link_options *options)
{
        own(link) struct link *link = calloc(1, sizeof(*link));
        int r;

        if (!link)
                return -ENOMEM;
        zmq_msg_init(&link->frame);
        link->options = *options;
        link->retry_at = -1;
        link->endpoint = strdup(options->endpoint);
        link->topic = options->topic ? strdup(options->topic) : NULL;
        link->fd = epoll_create1(EPOLL_CLOEXEC);
        link->context = zmq_ctx_new();
        if (!link->endpoint || (options->topic && !link->topic) || link->fd < 0 || !link->context)
                return -ENOMEM;

        r = open_sockets(link);
        if (r)
                return r;
        *ret = give(link);
        return 0;
}

int link_fd(const struct link *link)
{
        return link->fd;
}

int link_send(struct link *link, struct bytes frame)
{
        if (!link->socket)
                return -EAGAIN;
        if (zmq_send(link->socket, frame.data, frame.size, ZMQ_DONTWAIT) >= 0)
                return 0;
        return errno == EINTR ? -EAGAIN : -errno;
}

/* A message of several frames is nothing a hub says: passed over whole. */
static bool drop_rest(struct link *link)
{
        bool had_more = false;

        while (zmq_msg_more(&link->frame)) {
                had_more = true;
                if (zmq_msg_recv(&link->frame, link->socket, ZMQ_DONTWAIT) < 0)
                        break;
        }
        return had_more;
}

bool link_pending(struct link *link)
{
        int events = 0;
        size_t size = sizeof(events);

        return link->socket && zmq_getsockopt(link->socket, ZMQ_EVENTS, &events, &size) == 0 &&
               (events & ZMQ_POLLIN);
}

int link_receive(struct link *link, struct bytes *ret)
{
        if (!link->socket)
                return -EAGAIN;
        do {
                if (zmq_msg_recv(&link->frame, link->socket, ZMQ_DONTWAIT) < 0)
                        return errno == EINTR ? -EAGAIN : -errno;
        } while (drop_rest(link));

        *ret = (struct bytes) { zmq_msg_data(&link->frame), zmq_msg_size(&link->frame) };
        return 0;
}

/* ---- the monitor */

static void note_event(struct link *link, unsigned int event, uint32_t value)
{
        switch (event) {
        case ZMQ_EVENT_CONNECTED:
                link->state = LINK_SHAKING;
                break;
        case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
                link->state = LINK_READY;
                link->times_ready++;
                break;
        case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
                link->state = value == 400 ? LINK_STRANGER : LINK_OTHER;
                break;
        case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
        case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
                if (link->state != LINK_STRANGER)
                        link->state = LINK_OTHER;
                break;
        case ZMQ_EVENT_DISCONNECTED:
        case ZMQ_EVENT_CLOSED:
                if (link->state == LINK_SHAKING)
                        link->state = LINK_OTHER;
                else if (link->state == LINK_READY)
                        link->state = LINK_NOBODY;
                break;
        default:
                break;
        }
}

/* Two frames: event and value; the endpoint. */
static bool next_event(struct link *link)
{
        uint8_t head[6], endpoint[256];
        uint16_t event;
        uint32_t value;
        int size = zmq_recv(link->monitor, head, sizeof(head), ZMQ_DONTWAIT);

        if (size < 0)
                return false;
        (void)zmq_recv(link->monitor, endpoint, sizeof(endpoint), ZMQ_DONTWAIT);
        if (size != (int)sizeof(head))
                return true;
        memcpy(&event, head, 2);
        memcpy(&value, head + 2, 4);
        note_event(link, event, value);
        return true;
}

void link_look(struct link *link, int64_t now_ms)
{
        while (link->monitor && next_event(link))
                ;

        if (link->state == LINK_STRANGER || link->state == LINK_OTHER) {
                if (link->retry_at < 0)
                        link->retry_at = now_ms + RETRY_MS;
        } else {
                link->retry_at = -1;
        }
        if (link->retry_at < 0 || now_ms < link->retry_at)
                return;

        /* libzmq does not try again after a refusal, so we do, with a new socket. */
        close_sockets(link);
        link->retry_at = -1;
        link->state = LINK_NOBODY;
        if (open_sockets(link)) {
                close_sockets(link);
                link->retry_at = now_ms + RETRY_MS;
                link->state = LINK_OTHER;
        }
}

enum link_state link_state(const struct link *link)
{
        return link->state;
}

uint64_t link_times_ready(const struct link *link)
{
        return link->times_ready;
}

int64_t link_retry_at(const struct link *link)
{
        return link->retry_at;
}
