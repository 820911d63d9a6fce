/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says of its keys, and of who follows its party. */
#include "core/admit.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static void by_itself(const struct judgement *j, uint32_t place)
{
        if (!name_empty(&j->submission->on_behalf_of))
                wrong(j, REFUSAL_NOT_PERMITTED, place, "on_behalf_of",
                      "a node says this for itself: no delegation reaches so far");
        if (j->submission->event_count > 1)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "",
                      "it comes in a submission of its own");
}

void admit_key_rotation(const struct judgement *j, uint32_t place, const struct event *event,
                        const struct view_event *seen)
{
        const struct view_keys *keys = &seen->keys;

        (void)event;
        by_itself(j, place);
        if (!keys->is_possessed)
                wrong(j, REFUSAL_BAD_VALUE, place, "key_rotation.possession",
                      "the new signing key must have signed that it is this node's at this hub");
        if (keys->transport_taken)
                wrong(j, REFUSAL_ALREADY_EXISTS, place, "key_rotation.transport_key",
                      "the key is in use, or was: make a new one");
        if (keys->signing_taken)
                wrong(j, REFUSAL_ALREADY_EXISTS, place, "key_rotation.signing_key",
                      "the key is in use, or was: make a new one");
        if (!keys->sealing_fits)
                wrong(j, REFUSAL_BAD_VALUE, place, "key_rotation.sealing_key",
                      "nothing can be sealed to that key");
        if (keys->too_many)
                wrong(j, REFUSAL_BAD_VALUE, place, "",
                      "the node has had as many keys as it may have: ask for a new node");
}

void admit_succession_objection(const struct judgement *j, uint32_t place,
                                const struct event *event, const struct view_event *seen)
{
        (void)event;
        by_itself(j, place);
        if (!seen->has_succession)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "succession_objection.succession",
                      "no such succession to the party is announced, or it is over");
}
