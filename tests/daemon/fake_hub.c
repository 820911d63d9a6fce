/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/daemon/fake_hub.h"

#include <string.h>

#include "core/check.h"

size_t fake_hub_add(struct hub *hub, const uint8_t key[32], const char *path)
{
        size_t place = hub->count++;
        struct node_path *node = &hub->nodes[place].path;

        assert(place < FAKE_NODES);
        memcpy(hub->nodes[place].key, key, 32);
        assert(node_path_parse((struct bytes) { path, strlen(path) }, &node->party, &node->node));
        return place;
}

bool hub_knows(const struct hub *hub, const uint8_t transport_key[32], struct node_path *ret_node)
{
        for (size_t i = 0; i < hub->count; i++) {
                if (memcmp(hub->nodes[i].key, transport_key, 32) != 0 || hub->nodes[i].revoked)
                        continue;
                if (ret_node)
                        *ret_node = hub->nodes[i].path;
                return true;
        }
        return false;
}
