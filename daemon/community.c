/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves. */
#include "daemon/dispatch.h"

int gather_publication(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int gather_benefit(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int gather_capability(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int gather_departure(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_publication(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int fold_benefit(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int fold_capability(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int fold_departure(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_benefit(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_departure(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}
