/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of nodes and of the hub: what replaces them, and who follows a party whose people left. */
#include <errno.h>

#include "daemon/dispatch.h"
#include "daemon/due.h"

int fold_key_rotation(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return -EILSEQ;
}

int fold_succession_objection(struct hub *hub, const struct view *view,
                              const struct submission *submission, uint32_t place,
                              const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return -EILSEQ;
}

int fold_hub_key(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return -EILSEQ;
}

int fold_succession(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return -EILSEQ;
}

int fold_due_succession(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return -EILSEQ;
}
