/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/loop.h"

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <string.h>

#include "core/check.h"

static void on_signal(evutil_socket_t number, short what, void *loop_)
{
        struct loop *loop = loop_;

        (void)what;
        if (number == SIGHUP)
                loop->calls.reload(loop->with);
        else
                loop->calls.stop(loop->with, (int)number);
}

static void on_second(evutil_socket_t fd, short what, void *loop_)
{
        struct loop *loop = loop_;

        (void)fd;
        (void)what;
        loop->calls.second(loop->with);
}

static void on_watchdog(evutil_socket_t fd, short what, void *loop_)
{
        struct loop *loop = loop_;

        (void)fd;
        (void)what;
        loop->calls.watchdog(loop->with);
}

static void on_statement(evutil_socket_t fd, short what, void *loop_)
{
        struct loop *loop = loop_;

        (void)fd;
        (void)what;
        loop->calls.statement(loop->with);
}

static int add(struct loop *loop, struct event *event, uint64_t every_us)
{
        const struct timeval every = {
                .tv_sec = (time_t)(every_us / 1000000),
                .tv_usec = (suseconds_t)(every_us % 1000000),
        };

        assert(loop->count < LOOP_EVENTS_MAX);
        if (!event)
                return -ENOMEM;
        loop->events[loop->count++] = event;
        return event_add(event, every_us > 0 ? &every : NULL) < 0 ? -ENOMEM : 0;
}

static int add_all(struct loop *loop, uint64_t watchdog_us)
{
        static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
        int r = 0;

        for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]) && !r; i++)
                r = add(loop, evsignal_new(loop->base, signals[i], on_signal, loop), 0);
        if (!r)
                r = add(loop, event_new(loop->base, -1, EV_PERSIST, on_second, loop), 1000000);
        if (!r && watchdog_us > 0)
                r = add(loop, event_new(loop->base, -1, EV_PERSIST, on_watchdog, loop),
                        watchdog_us / 2 > 0 ? watchdog_us / 2 : 1);
        return r;
}

int loop_open(struct loop *loop, const struct loop_calls *calls, void *with, uint64_t watchdog_us)
{
        int r;

        memset(loop, 0, sizeof(*loop));
        loop->calls = *calls;
        loop->with = with;
        /*
         * What a peer that hangs up does to us is an error code, not a signal; a file too large
         * likewise.
         */
        signal(SIGPIPE, SIG_IGN);
        signal(SIGXFSZ, SIG_IGN);
        loop->base = event_base_new();
        r = loop->base ? add_all(loop, watchdog_us) : -ENOMEM;
        if (r)
                loop_close(loop);
        return r;
}

void loop_forget_statement(struct loop *loop)
{
        for (unsigned int i = 0; i < loop->statement_count; i++)
                event_free(loop->statements[i]);
        loop->statement_count = 0;
}

void loop_close(struct loop *loop)
{
        for (unsigned int i = 0; i < loop->count; i++)
                event_free(loop->events[i]);
        loop_forget_statement(loop);
        if (loop->base)
                event_base_free(loop->base);
        memset(loop, 0, sizeof(*loop));
}

int loop_add_statement(struct loop *loop, int fd)
{
        struct event *event = event_new(loop->base, fd, EV_READ, on_statement, loop);

        assert(loop->statement_count < LOOP_WORKERS_MAX);
        if (!event)
                return -ENOMEM;
        loop->statements[loop->statement_count++] = event;
        return event_add(event, NULL) < 0 ? -ENOMEM : 0;
}

void loop_await_statement(struct loop *loop)
{
        for (unsigned int i = 0; i < loop->statement_count; i++)
                event_add(loop->statements[i], NULL);
}

void loop_run(struct loop *loop)
{
        event_base_dispatch(loop->base);
}

void loop_end(struct loop *loop)
{
        event_base_loopbreak(loop->base);
}
