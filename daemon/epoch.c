/* SPDX-License-Identifier: Apache-2.0 */
/* A new epoch: the log goes on where it lost its end. */
#include "daemon/ring.h"

int fold_epoch(struct hub *hub, const struct record *record, const struct entry *entry)
{
        return ring_fold(hub, record, entry);
}
