/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A simulated region on libhub: nodes with outboxes, connections that break and deliver late, a hub
 * that crashes before and after its commits, all decided by one seed. Afterwards the log is held
 * against a model of its own (model.c), which knows the rules in a few lines and nothing of libhub.
 */
#ifndef ACCORD_TESTS_SIM_SIM_H
#define ACCORD_TESTS_SIM_SIM_H

#include "tests/draw.h"
#include "tests/hub/stage.h"

#define PAYERS 2
#define NETWORKS 2
#define NODES (PAYERS + NETWORKS + 2)   /* one party of each kind has two */
#define STREAMS 2                       /* of each node */
#define CONTRACTS (PAYERS * NETWORKS)
#define ITEMS 3
#define KINDS 3
#define MESSAGES_MAX 4096
#define CONNECTIONS_MAX 1024
#define EVENTS_MAX 4
#define STATEMENTS_MAX 128              /* of one contract, that its nodes know of */

struct random {
        uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
        return splitmix(&random->state);
}

/* 0 .. below - 1 */
static inline unsigned int pick(struct random *random, unsigned int below)
{
        return (unsigned int)(random_next(random) % below);
}

static inline bool chance(struct random *random, unsigned int in_a_thousand)
{
        return pick(random, 1000) < in_a_thousand;
}

/* A submission that some node has signed and may send any number of times. */
struct message {
        unsigned int node, stream, contract;
        uint64_t sequence;
        struct bytes bytes;             /* malloc'ed */
        struct digest digest;           /* of the bytes */
        bool forged;                    /* a second one under a number that was used */
        uint32_t event_count;
        struct event events[EVENTS_MAX];        /* no spans are kept in them */
        uint32_t version;               /* of an offer or acceptance */
        struct digest terms;            /* digest of what is offered or accepted */
        /* what the node was told: */
        bool answered, recorded, contested;
        uint64_t index;
        instant time;
};

/* What a node sends lies here in order until the hub takes it; a broken one may deliver late. */
struct connection {
        unsigned int node;
        bool alive;
        struct message *queue[64];
        unsigned int first, count;
};

struct outbox {
        struct stream_id id;
        struct message *messages[MESSAGES_MAX / 4];
        unsigned int count, sent;       /* sent: over the connection that is alive */
};

struct node {
        struct player player;
        unsigned int party;             /* 0..: payers, then networks */
        struct outbox outboxes[STREAMS];
        unsigned int connection;        /* the one that is alive */
};

/* A statement as its parties know it. */
struct known_statement {
        uint64_t run;
        struct sha256 digest;           /* of its record */
        int64_t payable;
};

struct sim {
        uint64_t seed;
        struct random random;
        struct stage stage;
        struct node nodes[NODES];
        struct contract_id contracts[CONTRACTS];
        struct message *messages[MESSAGES_MAX];
        unsigned int message_count;
        struct connection connections[CONNECTIONS_MAX];
        unsigned int connection_count;
        /* what the nodes know, from what they were told: */
        const struct message *offers[CONTRACTS];        /* the last that is in the log */
        bool agreed[CONTRACTS];
        uint64_t known[PAYERS + NETWORKS][CONTRACTS][KINDS][ITEMS];     /* to be superseded */
        struct known_statement statements[CONTRACTS][STATEMENTS_MAX];
        uint64_t disputes[CONTRACTS][STATEMENTS_MAX];
        unsigned int statement_count[CONTRACTS], dispute_count[CONTRACTS];
        uint64_t seen;                  /* entry of the log up to which statements are known */
        bool in_batch;
        struct digest root;             /* of the log at the end */
        struct hub_stat stat;           /* at the end */
        /* what happened, for the curious: */
        unsigned int crashes, lost_answers, retries, late, forged, answers;
};

extern const enum fact_kind sim_kinds[KINDS];

/* Ends the program, naming the seed. */
_Noreturn void sim_fails(const struct sim *sim, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* One more submission of the node, sealed and put into an outbox. */
void sim_seal(struct sim *sim, unsigned int node);
/* Another under a number the node has used. */
void sim_forge(struct sim *sim, unsigned int node);

/* Puts what waits in the node's outboxes on its connection, as far as there is room. */
void sim_send(struct sim *sim, unsigned int node);
void sim_break(struct sim *sim, unsigned int node);
/* Hands the hub the next frame of the connection. False: there is none. */
bool sim_deliver(struct sim *sim, unsigned int connection);
/* The nodes learn of statements that are in the log. */
void sim_learn_statements(struct sim *sim);
/* Gives the nodes the answers of the last batch. */
void sim_answer(struct sim *sim);

/* Holds the log and the books against the model. */
void model_check(struct sim *sim);

#endif
