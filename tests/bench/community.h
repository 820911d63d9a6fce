/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A community in one process: payers, providers, and contracts in force between them that pay for
 * six measures and for total cost, with the figures of the running year. Straight into libhub.
 */
#ifndef ACCORD_TESTS_BENCH_COMMUNITY_H
#define ACCORD_TESTS_BENCH_COMMUNITY_H

#include "daemon/hub.h"
#include "proto/arena.h"

#define COMMUNITY_FACTS_MAX 64

struct community_size {
        unsigned int payers, providers, contracts;
};

struct community;

/* Below @parent, in a directory that community_free() removes. Ends the program on a failure. */
struct community *community_new(const char *parent, struct community_size size);
void community_free(struct community *community);

struct hub *community_hub(struct community *community);
/* Facts that one submission about a contract says: all of it, anew. */
unsigned int community_facts(const struct community *community);

/* Within a batch: the payer of contract @number says all its figures anew. */
void community_say(struct community *community, unsigned int number);
/* The hub's number of the provider of that contract. */
uint32_t community_provider(const struct community *community, unsigned int number);

/* At the clock's time; ends the program when it fails. */
void community_begin(struct community *community);
void community_commit(struct community *community);

#endif
