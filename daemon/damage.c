/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/damage.h"

#include <string.h>

#include "daemon/daemon.h"
#include "daemon/hub.h"
#include "daemon/notify.h"
#include "store/guard.h"

/* Where the guard cannot be marked the hub takes nothing all the same, until it starts again. */
void damage_look(struct daemon *daemon)
{
        const char *says = hub_condemned(daemon->hub);
        int r;

        if (!says || daemon->damage_told)
                return;
        daemon->damage_told = true;
        r = guard_condemn(daemon->guard, says);
        log_say(&daemon->log, MESSAGE_DAMAGE, NULL, "%s%s%s", says,
                r ? "; the guard could not be marked: " : "", r ? strerrordesc_np(-r) : "");
        notify_status("DAMAGE FOUND: nothing is taken or signed");
}
