/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: accepted, disputed, undisputed again. */
#include "daemon/dispatch.h"
#include "daemon/due.h"

#include <errno.h>

int gather_statement_acceptance(struct hub *hub, const struct submission *submission, const struct view *view,
                                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_statement_acceptance(struct hub *hub, const struct view *view, const struct submission *submission,
                              uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_statement_acceptance(struct hub *hub, const struct view *view, const struct submission *submission,
                                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int gather_dispute(struct hub *hub, const struct submission *submission, const struct view *view,
                   uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_dispute(struct hub *hub, const struct view *view, const struct submission *submission,
                 uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_dispute(struct hub *hub, const struct view *view, const struct submission *submission,
                   uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int gather_dispute_end(struct hub *hub, const struct submission *submission, const struct view *view,
                       uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_dispute_end(struct hub *hub, const struct view *view, const struct submission *submission,
                     uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_dispute_end(struct hub *hub, const struct view *view, const struct submission *submission,
                       uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int fold_journal_change(struct hub *hub, const struct record *record, const struct entry *entry)
{
        (void)hub, (void)record, (void)entry;
        return -EILSEQ;
}

int fold_due_runout(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int follow_due_runout(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int fold_due_dispute_window(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}

int follow_due_dispute_window(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        (void)hub, (void)due, (void)entry;
        return 0;
}
