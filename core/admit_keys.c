/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says of its keys, and of who follows its party. */
#include "core/admit.h"

static void not_yet(const struct judgement *j, uint32_t place, const char *field)
{
        faults_add(j->faults, REFUSAL_NOT_ASKED_FOR, place, field, NULL);
}

void admit_key_rotation(const struct judgement *j, uint32_t place, const struct event *event,
                        const struct view_event *seen)
{
        (void)event, (void)seen;
        not_yet(j, place, "key_rotation");
}

void admit_succession_objection(const struct judgement *j, uint32_t place,
                                const struct event *event, const struct view_event *seen)
{
        (void)event, (void)seen;
        not_yet(j, place, "succession_objection");
}
