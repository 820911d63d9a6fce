/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/bus_watch.h"

#include <errno.h>
#include <event2/event.h>
#include <poll.h>
#include <string.h>
#include <zmq.h>

#include "core/check.h"
#include "daemon/failpoint.h"

#define SAFETY_US 100000

static bool readable(void *socket)
{
        int events = 0;
        size_t size = sizeof(events);

        return zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLIN);
}

void bus_watch_again(struct bus_watch *watch)
{
        static const struct timeval at_once = { 0 };

        event_add(watch->again, &at_once);
}

void bus_watch_settle(struct bus_watch *watch)
{
        if (readable(watch->socket))
                bus_watch_again(watch);
}

static void take_a_look(evutil_socket_t fd, short what, void *watch_)
{
        struct bus_watch *watch = watch_;

        (void)fd;
        (void)what;
        if (watch->can_lose && readable(watch->socket) && failpoint_hits(FAILPOINT_LOSE_EDGE))
                return;
        watch->looked = true;
        watch->look(watch->with);
        bus_watch_settle(watch);
}

/*
 * A message that came just now has its sign still pending, which is no find: where the descriptor
 * is readable the loop will look anyway. Neither is one of a socket that was looked at since: more
 * comes there all the time.
 */
static void look_for_lost(evutil_socket_t fd, short what, void *watch_)
{
        struct bus_watch *watch = watch_;
        struct pollfd sign = { .fd = event_get_fd(watch->edge), .events = POLLIN };
        bool looked = watch->looked;

        watch->looked = false;
        if (looked || poll(&sign, 1, 0) != 0 || !readable(watch->socket))
                return;
        watch->finds++;
        take_a_look(fd, what, watch);
}

int bus_watch_start(struct bus_watch *watch, struct event_base *base, void *socket,
                    bus_look_fn *look, void *with)
{
        static const struct timeval often = { .tv_usec = SAFETY_US };
        size_t size = sizeof(int);
        int fd = -1;

        memset(watch, 0, sizeof(*watch));
        if (zmq_getsockopt(socket, ZMQ_FD, &fd, &size) < 0)
                return -errno;
        watch->socket = socket;
        watch->look = look;
        watch->with = with;
        watch->edge = event_new(base, fd, EV_READ | EV_PERSIST, take_a_look, watch);
        watch->again = event_new(base, -1, 0, take_a_look, watch);
        watch->safety = event_new(base, -1, EV_PERSIST, look_for_lost, watch);
        if (!watch->edge || !watch->again || !watch->safety) {
                bus_watch_stop(watch);
                return -ENOMEM;
        }
        if (event_add(watch->edge, NULL) < 0 || event_add(watch->safety, &often) < 0) {
                bus_watch_stop(watch);
                return -EIO;
        }
        bus_watch_settle(watch);
        return 0;
}

void bus_watch_stop(struct bus_watch *watch)
{
        struct event **events[] = { &watch->edge, &watch->again, &watch->safety };

        for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
                if (*events[i])
                        event_free(*events[i]);
                *events[i] = NULL;
        }
}
