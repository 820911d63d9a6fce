/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a submission, its rights, and what a node says of its own affairs. */
#include "core/admit.h"

#include "core/check.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static bool speaks_for_another(const struct judgement *j)
{
        return !name_empty(&j->submission->on_behalf_of);
}

static bool first_offer(const struct judgement *j)
{
        const struct submission *s = j->submission;

        return s->event_count == 1 && s->events[0].kind == EVENT_OFFER;
}

/* A stranger to the contract and one that asks for what is not there get the same words. */
static bool contract_is_theirs(const struct judgement *j)
{
        if (contract_id_empty(&j->submission->contract) || view_is_arbiter(j->view))
                return true;
        if (view_side(j->view) == SIDE_NEITHER)
                return false;
        return j->view->contract.known || first_offer(j);
}

bool admit_header(const struct judgement *j)
{
        if (speaks_for_another(j) && j->view->speaking.known && !j->view->speaking.present)
                wrong(j, REFUSAL_ABSENT_PARTY, REFUSAL_WHOLE, "on_behalf_of", NULL);
        else if (speaks_for_another(j) && !j->view->delegated)
                wrong(j, REFUSAL_NOT_DELEGATED, REFUSAL_WHOLE, "on_behalf_of", NULL);
        else if (!contract_is_theirs(j))
                wrong(j, REFUSAL_NO_SUCH_THING, REFUSAL_WHOLE, "contract", NULL);
        return !j->faults->first;
}

bool admit_right(const struct judgement *j, uint32_t place, uint32_t right)
{
        if ((j->view->rights & right) != right) {
                wrong(j, REFUSAL_NOT_PERMITTED, place, "", NULL);
                return false;
        }
        if (speaks_for_another(j) && (j->view->delegated_rights & right) != right) {
                wrong(j, REFUSAL_NOT_DELEGATED, place, "on_behalf_of",
                      "the delegation in force does not cover this right");
                return false;
        }
        return true;
}

static bool digits(struct bytes text, size_t count)
{
        const char *c = text.data;

        if (text.size != count)
                return false;
        for (size_t i = 0; i < count; i++)
                if (c[i] < '0' || c[i] > '9')
                        return false;
        return true;
}

static bool letters_or_digits(struct bytes text, size_t count)
{
        const char *c = text.data;

        if (text.size != count)
                return false;
        for (size_t i = 0; i < count; i++)
                if (!((c[i] >= '0' && c[i] <= '9') || (c[i] >= 'A' && c[i] <= 'Z')))
                        return false;
        return true;
}

void admit_relation(const struct judgement *j, uint32_t place, const struct event *event,
                    const struct view_event *seen)
{
        const struct relation *r = &event->relation;

        if (!seen->other.known)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "relation.other",
                      "the hub has no such party");
        if (name_equal(&r->other, &j->view->speaking.name))
                wrong(j, REFUSAL_BAD_VALUE, place, "relation.other",
                      "a party is not related to itself");
        if (!date_valid(r->from))
                wrong(j, REFUSAL_BAD_VALUE, place, "relation.from", "not a day from 1900 to 2100");
        if (r->until != DATE_NONE && (!date_valid(r->until) || r->until <= r->from))
                wrong(j, REFUSAL_BAD_VALUE, place, "relation.until", "must be a day after from");
        if (r->npi.size && !digits(r->npi, 10))
                wrong(j, REFUSAL_BAD_VALUE, place, "relation.npi", "an NPI has ten digits");
        if (r->tin.size && !digits(r->tin, 9))
                wrong(j, REFUSAL_BAD_VALUE, place, "relation.tin", "a TIN has nine digits");
        if (r->ccn.size && !letters_or_digits(r->ccn, 6))
                wrong(j, REFUSAL_BAD_VALUE, place, "relation.ccn",
                      "a CCN has six digits or capital letters");
}

void admit_delegation(const struct judgement *j, uint32_t place, const struct event *event,
                      const struct view_event *seen)
{
        const struct delegation *d = &event->delegation;

        if (speaks_for_another(j))
                wrong(j, REFUSAL_NOT_PERMITTED, place, "on_behalf_of",
                      "a delegation cannot be passed on: the party itself must say it");
        if (!seen->other.known)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "delegation.to",
                      "the hub has no such party");
        if (name_equal(&d->to, &j->view->speaking.name))
                wrong(j, REFUSAL_BAD_VALUE, place, "delegation.to",
                      "a party needs none for itself");
        if (!d->rights || (d->rights & ~(uint32_t)RIGHTS_ALL))
                wrong(j, REFUSAL_BAD_VALUE, place, "delegation.rights",
                      "no rights, or unknown ones");
        else if (d->rights & ~j->view->rights)
                wrong(j, REFUSAL_NOT_PERMITTED, place, "delegation.rights",
                      "a node cannot delegate a right it does not hold");
        if (d->from < 0 || d->until <= d->from)
                wrong(j, REFUSAL_BAD_VALUE, place, "delegation.until", "must be later than from");
}

void admit_delegation_end(const struct judgement *j, uint32_t place, const struct event *event,
                          const struct view_event *seen)
{
        (void)event;
        if (speaks_for_another(j))
                wrong(j, REFUSAL_NOT_PERMITTED, place, "on_behalf_of",
                      "the party itself must take back what it gave");
        if (!seen->has_delegation)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "delegation_end.to",
                      "there is no delegation to that party");
}

void admit_stream_close(const struct judgement *j, uint32_t place, const struct event *event,
                        const struct view_event *seen)
{
        (void)event;
        if (!seen->has_stream)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "stream_close.stream",
                      "the node has no open stream of that name");
}
