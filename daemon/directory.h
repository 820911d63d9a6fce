/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The nodes, in memory: who has this key, which nodes has this party. A copy of the table of nodes
 * for the way of every message, which must not search a tree by random key; plus what is only of
 * the moment.
 */
#ifndef ACCORD_DAEMON_DIRECTORY_H
#define ACCORD_DAEMON_DIRECTORY_H

#include "daemon/state.h"
#include "proof/seal.h"

struct directory_node {
        struct node_state state;
        struct seal_key seal;           /* shared with this node; computed once */
        struct directory_node *next_of_key, *next_of_party;
        /* of the moment, never in the log: */
        uint64_t batch;                 /* the batch that @taken counts in */
        uint32_t taken;
        int64_t tokens;                 /* submissions it may send now, in millionths */
        instant tokens_at;
};

struct directory;

int directory_new(struct directory **ret);
void directory_free(struct directory *directory);

/*
 * Adds a node, or brings one up to date. @seal_secret may be NULL: nothing is sealed then (replay).
 */
int directory_put(struct directory *directory, const struct node_state *state,
                  const uint8_t *seal_secret);

/* NULL: there is none. Valid as long as the directory. */
struct directory_node *directory_by_key(const struct directory *directory, const uint8_t key[32]);
struct directory_node *directory_by_path(const struct directory *directory,
                                         const struct node_path *path);
/* The first node of a party; go on by next_of_party. */
struct directory_node *directory_of_party(const struct directory *directory, uint32_t party_no);
/* By the node's number, 1..count; NULL past the last. */
struct directory_node *directory_by_no(const struct directory *directory, uint32_t no);

#endif
