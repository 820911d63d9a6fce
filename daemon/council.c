/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots and the charter. */
#include "daemon/dispatch.h"
#include "daemon/due.h"

int gather_proposal(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int gather_vote(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_proposal(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int fold_vote(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_proposal(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int fold_ballot_result(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return 0;
}

int fold_due_ballot(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int follow_due_ballot(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int fold_due_charter(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int follow_due_charter(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}
