/* SPDX-License-Identifier: Apache-2.0 */
/* A hub that knows some keys and nothing else: for the sockets' own tests. */
#ifndef ACCORD_TESTS_DAEMON_FAKE_HUB_H
#define ACCORD_TESTS_DAEMON_FAKE_HUB_H

#include "daemon/hub.h"

#define FAKE_NODES 8

struct hub {
        size_t count;
        struct {
                uint8_t key[32];
                struct node_path path;
                bool revoked;
        } nodes[FAKE_NODES];
};

/* @path: PARTY/NODE. Returns the node's place. */
size_t fake_hub_add(struct hub *hub, const uint8_t key[32], const char *path);

#endif
