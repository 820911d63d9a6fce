/* SPDX-License-Identifier: Apache-2.0 */
/* Resolutions that both sides sign, and determinations by whom the terms let decide. */
#include "core/admit.h"

void admit_resolution(const struct judgement *j, uint32_t place, const struct event *event,
                      const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}

void admit_resolution_acceptance(const struct judgement *j, uint32_t place, const struct event *event,
                                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}

void admit_determination(const struct judgement *j, uint32_t place, const struct event *event,
                         const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}
