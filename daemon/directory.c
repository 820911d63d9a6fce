/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/directory.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"

#define BUCKETS 4096u

struct directory {
        struct directory_node **nodes;          /* by number less one */
        struct directory_node **parties;        /* by party number less one: newest node first */
        uint32_t count, room, party_room;
        struct directory_node *by_key[BUCKETS];
};

/*
 * The keys are public keys that an operator admitted:
 * their first bytes are as good as any hash of them.
 */
static uint32_t bucket(const uint8_t key[32])
{
        return (key[0] | (uint32_t)key[1] << 8) % BUCKETS;
}

int directory_new(struct directory **ret)
{
        *ret = calloc(1, sizeof(**ret));
        return *ret ? 0 : -ENOMEM;
}

void directory_free(struct directory *directory)
{
        if (!directory)
                return;
        for (uint32_t i = 0; i < directory->count; i++) {
                seal_key_wipe(&directory->nodes[i]->seal);
                free(directory->nodes[i]);
        }
        free(directory->nodes);
        free(directory->parties);
        free(directory);
}

static int grow(struct directory_node ***rows, uint32_t *room, uint32_t need)
{
        uint32_t more = *room ? *room : 64;
        struct directory_node **grown;

        if (need <= *room)
                return 0;
        while (more < need)
                more *= 2;
        grown = realloc(*rows, more * sizeof(*grown));
        if (!grown)
                return -ENOMEM;
        memset(grown + *room, 0, (more - *room) * sizeof(*grown));
        *rows = grown;
        *room = more;
        return 0;
}

static void link_key(struct directory *directory, struct directory_node *node)
{
        struct directory_node **head = &directory->by_key[bucket(node->state.transport_key)];

        node->next_of_key = *head;
        *head = node;
}

static void unlink_key(struct directory *directory, struct directory_node *node)
{
        struct directory_node **at = &directory->by_key[bucket(node->state.transport_key)];

        while (*at != node)
                at = &(*at)->next_of_key;
        *at = node->next_of_key;
}

static int add(struct directory *directory, const struct node_state *state,
               struct directory_node **ret)
{
        struct directory_node *node;
        int r;

        assert(state->no == directory->count + 1);
        r = grow(&directory->nodes, &directory->room, state->no);
        if (!r)
                r = grow(&directory->parties, &directory->party_room, state->party_no);
        if (r)
                return r;
        node = calloc(1, sizeof(*node));
        if (!node)
                return -ENOMEM;
        directory->nodes[directory->count++] = node;
        node->state = *state;
        link_key(directory, node);
        node->next_of_party = directory->parties[state->party_no - 1];
        directory->parties[state->party_no - 1] = node;
        *ret = node;
        return 0;
}

int directory_put(struct directory *directory, const struct node_state *state,
                  const uint8_t *seal_secret)
{
        struct directory_node *node = directory_by_no(directory, state->no);
        int r;

        if (!node) {
                r = add(directory, state, &node);
                if (r)
                        return r;
        }
        unlink_key(directory, node);
        node->state = *state;
        link_key(directory, node);
        if (!seal_secret)
                return 0;
        return seal_key_prepare(state->sealing_key, seal_secret, &node->seal);
}

struct directory_node *directory_by_key(const struct directory *directory, const uint8_t key[32])
{
        struct directory_node *node = directory->by_key[bucket(key)];

        while (node && memcmp(node->state.transport_key, key, 32) != 0)
                node = node->next_of_key;
        return node;
}

struct directory_node *directory_by_path(const struct directory *directory,
                                         const struct node_path *path)
{
        for (uint32_t i = 0; i < directory->count; i++) {
                const struct node_path *have = &directory->nodes[i]->state.path;

                if (name_equal(&have->party, &path->party) && name_equal(&have->node, &path->node))
                        return directory->nodes[i];
        }
        return NULL;
}

struct directory_node *directory_of_party(const struct directory *directory, uint32_t party_no)
{
        if (party_no == 0 || party_no > directory->party_room)
                return NULL;
        return directory->parties[party_no - 1];
}

struct directory_node *directory_by_no(const struct directory *directory, uint32_t no)
{
        return no && no <= directory->count ? directory->nodes[no - 1] : NULL;
}
