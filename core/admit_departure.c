/* SPDX-License-Identifier: Apache-2.0 */
/* That a party leaves, and what is no longer its to say then. */
#include "core/admit.h"

#include "core/check.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static void admit_into(const struct judgement *j, uint32_t place, const struct name *into,
                       const struct view_party *other)
{
        if (name_empty(into))
                return;
        if (!other->known)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "departure.into",
                      "the hub has no such party");
        else if (!other->present)
                wrong(j, REFUSAL_ABSENT_PARTY, place, "departure.into",
                      "the party is absent: nobody could go on in its name");
        else if (other->left)
                wrong(j, REFUSAL_PARTY_LEFT, place, "departure.into", NULL);
        if (name_equal(into, &j->view->speaking.name))
                wrong(j, REFUSAL_BAD_VALUE, place, "departure.into",
                      "a party does not go on in its own place");
        if (~j->view->rights & (uint32_t)RIGHTS_ALL)
                wrong(j, REFUSAL_NOT_PERMITTED, place, "departure.into",
                      "who goes on has all rights, and a node cannot pass on what it does not "
                      "hold");
}

void admit_departure(const struct judgement *j, uint32_t place, const struct event *event,
                     const struct view_event *seen)
{
        const struct departure *d = &event->departure;

        if (!name_empty(&j->submission->on_behalf_of))
                wrong(j, REFUSAL_NOT_PERMITTED, place, "on_behalf_of",
                      "a party says this for itself: no delegation reaches so far");
        if (j->submission->event_count > 1)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "",
                      "it comes in a submission of its own");
        if (seen->leaves)
                wrong(j, REFUSAL_ALREADY_EXISTS, place, "departure",
                      "the party has said before that it leaves");
        if (!date_valid(d->effective) || d->effective < seen->today)
                wrong(j, REFUSAL_BAD_VALUE, place, "departure.effective",
                      "a day that is not over yet");
        admit_into(j, place, &d->into, &seen->other);
}

/* What would bind the party, or the community, to something new. */
static bool is_new(enum event_kind kind)
{
        return kind == EVENT_OFFER || kind == EVENT_ACCEPTANCE || kind == EVENT_PROPOSAL ||
               kind == EVENT_VOTE;
}

void admit_member(const struct judgement *j, uint32_t place)
{
        const enum event_kind kind = j->submission->events[place].kind;
        const struct view_contract *c = &j->view->contract;

        if (is_new(kind) && j->view->speaking.left)
                wrong(j, REFUSAL_PARTY_LEFT, place, "", NULL);
        else if ((kind == EVENT_OFFER || kind == EVENT_ACCEPTANCE) &&
                 (c->bearer.left || c->earner.left))
                wrong(j, REFUSAL_PARTY_LEFT, place, "contract",
                      "the other party has left: it agrees to nothing new");
}
