/* SPDX-License-Identifier: Apache-2.0 */
/* The loop: signals and timers. Sockets add themselves (bus_watch, control). */
#ifndef ACCORD_DAEMON_LOOP_H
#define ACCORD_DAEMON_LOOP_H

#include <stdint.h>

struct event;
struct event_base;

/* What the loop calls, each with the caller's own. */
struct loop_calls {
        void (*stop)(void *with, int signal);   /* SIGTERM, SIGINT */
        void (*reload)(void *with);             /* SIGHUP */
        void (*second)(void *with);
        void (*watchdog)(void *with);           /* half as often as the manager wants, or never */
        void (*statement)(void *with); /* a worker's descriptor is readable; once, see below */
};

#define LOOP_EVENTS_MAX 8
#define LOOP_WORKERS_MAX 2

struct loop {
        struct event_base *base;
        struct loop_calls calls;
        void *with;
        struct event *statements[LOOP_WORKERS_MAX];
        unsigned int statement_count;
        struct event *events[LOOP_EVENTS_MAX];
        unsigned int count;
};

/* 0 or -errno. @watchdog_us: 0 for none. */
int loop_open(struct loop *loop, const struct loop_calls *calls, void *with, uint64_t watchdog_us);
void loop_close(struct loop *loop);

/*
 * Watches a worker's descriptor. The call comes once: loop_await_statement() asks for the next, of
 * any of them.
 */
int loop_add_statement(struct loop *loop, int fd);
void loop_await_statement(struct loop *loop);
void loop_forget_statement(struct loop *loop);  /* before they are closed */

void loop_run(struct loop *loop);
void loop_end(struct loop *loop);

#endif
