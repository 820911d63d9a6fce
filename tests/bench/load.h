/* SPDX-License-Identifier: Apache-2.0 */
/* Load clients: processes, each one node, each keeping so many submissions in flight. */
#ifndef ACCORD_TESTS_BENCH_LOAD_H
#define ACCORD_TESTS_BENCH_LOAD_H

#include "tests/bench/world.h"

struct load {
        const char *says;
        unsigned int clients;   /* up to WORLD_NODES */
        unsigned int in_flight; /* submissions of each client without an answer */
        unsigned int events;    /* of each submission, all of one contract */
        bool durable;           /* client outboxes on disk */
};

struct load_result {
        double seconds;
        uint64_t submissions, events;   /* acknowledged within the time */
        double p50_ms, p99_ms, most_ms; /* from sealing to receipt */
        uint64_t commits;               /* of the hub in that time; 0: not known */
        double client_cpu_s, hub_cpu_s;
};

/* Runs @load against the world's hub for @seconds. 0, or -1 said on standard error. */
int load_run(struct world *world, const struct load *load, double seconds, struct load_result *ret);

double now_s(void);

#endif
