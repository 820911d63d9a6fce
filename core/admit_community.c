/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves. */
#include "core/admit.h"

void admit_publication(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "publication", NULL);
}

void admit_benefit(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "benefit", NULL);
}

void admit_capability(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "capability", NULL);
}

void admit_departure(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "departure", NULL);
}
