/* SPDX-License-Identifier: Apache-2.0 */
/* Releases. */
#include "daemon/dispatch.h"
#include "daemon/due.h"

int fold_release(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return 0;
}

int fold_due_release(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int follow_due_release(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}
