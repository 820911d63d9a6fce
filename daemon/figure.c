/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement figure. */
#include "daemon/dispatch.h"

int gather_figure(struct hub *hub, const struct submission *submission, const struct view *view,
                  uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int fold_figure(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}

int follow_figure(struct hub *hub, const struct view *view, const struct submission *submission,
                  uint32_t place, const struct entry *entry)
{
        (void)hub, (void)view, (void)submission, (void)place, (void)entry;
        return 0;
}
