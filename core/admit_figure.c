/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement figure. */
#include "core/admit.h"

void admit_figure(const struct judgement *j, uint32_t place, const struct event *event,
                  const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}
