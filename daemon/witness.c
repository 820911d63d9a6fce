/* SPDX-License-Identifier: Apache-2.0 */
/* Witnesses: their cosignatures, and the statements that wait for them. */
#include <errno.h>

#include "daemon/due.h"
#include "daemon/query.h"

int fold_witnessed(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return -EILSEQ;
}

int fold_due_witness(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return -EILSEQ;
}

int answer_cosign(struct hub *hub, const struct directory_node *node, const struct cosign *cosign,
                  uint64_t session)
{
        const struct hub_frame frame = { .kind = HUB_COSIGNED };

        (void)node, (void)cosign;
        return answer_frame(hub, &frame, session);
}

int ask_witnesses(struct asked *asked)
{
        (void)asked;
        return 0;
}
