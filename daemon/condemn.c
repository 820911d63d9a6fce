/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/condemn.h"

#include <stdio.h>

enum { SOUND, BEING_SAID, CONDEMNED };

void hub_condemn(struct hub *hub, const char *says)
{
        int sound = SOUND;

        if (!atomic_compare_exchange_strong(&hub->condemned, &sound, BEING_SAID))
                return;
        snprintf(hub->condemned_says, sizeof(hub->condemned_says), "%s", says);
        atomic_store(&hub->condemned, CONDEMNED);
}

const char *hub_condemned(const struct hub *hub)
{
        return atomic_load(&hub->condemned) == CONDEMNED ? hub->condemned_says : NULL;
}

int looking_begin(struct hub *hub)
{
        hub->looking = true;
        hub->no_room = hub->no_block_room = true;
        return store_begin_read(hub->env, &hub->txn);
}

void looking_end(struct hub *hub)
{
        store_abort(give(hub->txn));
        hub->looking = false;
}
