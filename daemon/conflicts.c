/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of a provider that do not go together. */
#include "daemon/dispatch.h"

int fold_conflict(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return 0;
}
