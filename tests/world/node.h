/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes of a test's world, their names, and what they say most. */
#ifndef ACCORD_TESTS_WORLD_NODE_H
#define ACCORD_TESTS_WORLD_NODE_H

#include "clients/lib/accord.h"
#include "proof/keys.h"
#include "proto/arena.h"
#include "tests/world/accordd.h"

struct node {
        struct node_path path;
        struct keys keys;
        char directory[240];    /* of its outbox and state; "": in memory */
};

struct name name_of(const char *text);
struct name name_numbered(const char *prefix, unsigned int number);

/* New keys. @durable: with a directory of its own below that of @accordd. */
void node_make(struct node *node, const struct accordd *accordd, struct name party,
               struct name name, bool durable);
struct accord_profile node_profile(const struct node *node, const struct accordd *accordd);

/* A node at work: its outbox and its session. */
struct desk {
        struct accord_outbox *outbox;
        struct accord_session *session;
        struct accord_error error;
};

void desk_open(struct desk *desk, const struct node *node, const struct accordd *accordd);
void desk_close(struct desk *desk);
/* Adds, seals, sends and awaits the receipt; the answer of accord_flush(). */
int desk_try(struct desk *desk, const struct contract_id *contract, const struct event *events,
             size_t count);
/* The same; it must be received. */
void desk_say(struct desk *desk, const struct contract_id *contract, const struct event *events,
              size_t count);
/* Offers the terms; @bytes is written anew. */
void desk_offer(struct desk *desk, const struct terms *terms, struct sink *bytes);
/* Reads the terms on offer and accepts them. */
void desk_accept(struct desk *desk, const struct contract_id *contract);

/* The shortest terms there are: a fee per member and month of 2024. Some 100 KiB. */
void terms_of_fee(struct terms *terms, const struct contract_id *contract, int64_t cents);
/* A fact of 2024 about a contract. */
struct event fact_of(enum fact_kind kind, const char *item, int64_t value);
struct event run_of(enum run_kind kind);

#endif
