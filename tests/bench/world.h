/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hub with everything in place for a load: one payer with several nodes, providers, and many
 * contracts in force between them. Made through libhub itself, before the daemon starts.
 */
#ifndef ACCORD_TESTS_BENCH_WORLD_H
#define ACCORD_TESTS_BENCH_WORLD_H

#include <sys/types.h>

#include "clients/lib/accord.h"
#include "daemon/hub.h"

#define WORLD_NODES 8 /* of the payer: the load clients */
#define WORLD_PROVIDERS 400
#define WORLD_CONTRACTS 4000

struct world {
        char directory[256]; /* everything is in here */
        struct keys hub_keys, node_keys[WORLD_NODES], provider_keys;
        char intake[64], signals[64];
        pid_t daemon;
        double created_s;
};

/* Makes the ledger in a new directory below @parent. 0 or -errno, said on standard error. */
int world_make(struct world *world, const char *parent);
/* Starts the daemon at @accordd on it and waits until it takes connections. */
int world_start(struct world *world, const char *accordd);
/* SIGTERM, and waits. */
void world_stop(struct world *world);
/* The same, then removes the directory unless @keep. */
void world_end(struct world *world, bool keep);

/* The profile of load client @node, outbox in memory, or below the world's directory. */
struct accord_profile world_profile(struct world *world, unsigned int node, const char *directory);
struct contract_id world_contract(unsigned int number);

/* Kilobytes by the field of /proc/PID/status; 0 when it is not there. */
unsigned long process_kb(pid_t pid, const char *field);

#endif
