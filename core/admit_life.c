/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: accepted, disputed, undisputed again. */
#include "core/admit.h"

void admit_statement_acceptance(const struct judgement *j, uint32_t place, const struct event *event,
                                const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}

void admit_dispute(const struct judgement *j, uint32_t place, const struct event *event,
                   const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}

void admit_dispute_end(const struct judgement *j, uint32_t place, const struct event *event,
                       const struct view_event *seen)
{
        (void)event, (void)seen;
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, "", NULL);
}
