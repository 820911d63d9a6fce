/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One payer's node that publishes into a hub which is made to suffer, keeps in memory all that it
 * sent and every receipt, and holds the ledger against that in the end:
 *
 *   acknowledged is a subset of the log, the log a subset of what was sent, each once;
 *   every receipt still proves against the tree there is.
 *
 * What the hub signs is verified as it comes: a wrong answer ends the test at once.
 */
#ifndef ACCORD_TESTS_TORTURE_CLIENT_H
#define ACCORD_TESTS_TORTURE_CLIENT_H

#include "clients/lib/hubproof.h"
#include "tests/world/node.h"
#include "tests/world/raw.h"

struct sent {
        struct bytes frame;             /* as it went out */
        struct bytes submission;        /* a copy of its own */
        bool answered;
        uint64_t index;                 /* of the entry, as its receipts say */
        struct sha256 leaf;
        unsigned int seen;              /* times it stands in the log */
};

struct client {
        struct accordd accordd;
        struct node payer, provider;
        struct contract_id contract;
        struct raw_stream stream;
        struct sent *sent;              /* number n at n - 1 */
        size_t count, room, answered, busy;
        size_t first_open;              /* all before it are answered */
        struct checkpoint *heads;       /* of every checkpoint that came */
        size_t head_count, head_room;
        struct hub_proof proof;
        struct arena arena;
        void *context, *socket;         /* socket: NULL between two connections */
        uint64_t seed;
};

/*
 * Hub, contract and stream; the hub does not run afterwards. @directory: where its own is made, or
 * NULL; @settings: as accordd_make().
 */
void client_begin(struct client *client, const char *program, const char *directory,
                  const char *settings, uint64_t seed);
/* The directory of the hub goes too. */
void client_end(struct client *client);

/* The hub's configuration: another value for a key of a section that is there, or one line more. */
void client_set(const struct client *client, const char *section, const char *key,
                const char *value);
/* Its guard, to a file elsewhere. */
void client_move_guard(const struct client *client, const char *to);

void client_connect(struct client *client);
void client_disconnect(struct client *client);
/* The next @count submissions, each of some facts; sends nothing. */
void client_write(struct client *client, unsigned int count);
/* Sends what has no answer, the oldest first and not more than the hub takes at a time. */
void client_send(struct client *client);
/* Takes answers until none came for @ms. How many were receipts. */
unsigned int client_take(struct client *client, int ms);
/* Publishes for @ms, as fast as the hub answers. */
void client_live(struct client *client, unsigned int ms);
/* Until all that was written has its receipt; false when it has not after @ms. */
bool client_drain(struct client *client, int ms);

/*
 * Does a receipt prove: is it for these bytes, and does it lead to a tree that the hub signed?
 * @ret: that tree
 */
bool client_proves(struct client *client, const struct receipt *receipt, struct bytes submission,
                   struct checkpoint *ret);

/* What a ledger that does not run has, held against what the client knows. */
struct client_report {
        uint64_t entries, ours, lost, strange, unproved;
        char says[256];                 /* the first thing that does not hold; "" */
};

/*
 * The ledger as it lies there, opened read-only. 0; -errno when it does not open at all, which is
 * said in the report.
 */
int client_check(struct client *client, struct client_report *report);
/* The same; ends the test when anything does not hold. */
void client_must_hold(struct client *client);

#endif
