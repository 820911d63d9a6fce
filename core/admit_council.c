/* SPDX-License-Identifier: Apache-2.0 */
/* What is said in the council. */
#include "core/admit.h"

void admit_proposal(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "proposal", NULL);
}

void admit_vote(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "vote", NULL);
}
