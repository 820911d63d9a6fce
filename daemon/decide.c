/* SPDX-License-Identifier: Apache-2.0 */
/* Resolutions that both sides sign, and determinations by whom the terms let decide. */
#include "daemon/dispatch.h"
#include "daemon/due.h"

int gather_resolution(struct hub *hub, const struct submission *submission, const struct view *view,
                      uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_resolution(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_resolution(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int gather_resolution_acceptance(struct hub *hub, const struct submission *submission, const struct view *view,
                                 uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_resolution_acceptance(struct hub *hub, const struct view *view, const struct submission *submission,
                               uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_resolution_acceptance(struct hub *hub, const struct view *view, const struct submission *submission,
                                 uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int gather_determination(struct hub *hub, const struct submission *submission, const struct view *view,
                         uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_determination(struct hub *hub, const struct view *view, const struct submission *submission,
                       uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_determination(struct hub *hub, const struct view *view, const struct submission *submission,
                         uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}
