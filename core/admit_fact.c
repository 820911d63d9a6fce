/* SPDX-License-Identifier: Apache-2.0 */
/* Facts: scope, kind, domain, period, who says it, and which version it replaces. */
#include "core/admit.h"

#include "core/check.h"
#include "core/upstream.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

/* Facts about a contract come under its name in the header, all others under none. */
static bool admit_scope(const struct judgement *j, uint32_t place, const struct fact_key *key)
{
        bool in_contract = !contract_id_empty(&j->submission->contract);

        if ((key->scope == SCOPE_CONTRACT) == in_contract)
                return true;
        wrong(j, REFUSAL_WRONG_SCOPE, place, "fact.scope",
              in_contract ? "the submission is about a contract, the fact is not"
                          : "the fact is about a contract, the submission names none");
        return false;
}

/* What holds for the whole community is said by who supervises it, not by a party to a contract. */
static void admit_community(const struct judgement *j, uint32_t place)
{
        const struct view_party *party = &j->view->speaking;

        for (uint32_t i = 0; i < party->role_count; i++)
                if (party->roles[i].kind == ROLE_SUPERVISOR)
                        return;
        wrong(j, REFUSAL_NOT_PERMITTED, place, "fact.scope",
              "facts about the community are stated by a supervisor");
}

static void admit_value(const struct judgement *j, uint32_t place, const struct fact_event *fact)
{
        const struct fact_kind_info *info = fact_kind_info(fact->key.kind);
        const char *says;

        if (!info) {
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.kind", "there is no such kind of fact");
                return;
        }
        if (!(info->scopes & SCOPE_BIT(fact->key.scope)))
                wrong(j, REFUSAL_WRONG_SCOPE, place, "fact.scope",
                      "facts of this kind are not said about that");
        says = fact_value_fault(info->kind, &fact->value);
        if (says)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.value", says);
}

static bool admit_dates(const struct judgement *j, uint32_t place, const struct fact_key *key)
{
        if (!period_valid(key->period)) {
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.period",
                      "must be days from 1900 to 2100, the end after the beginning");
                return false;
        }
        if (key->paid_through != DATE_NONE &&
            (!date_valid(key->paid_through) || key->paid_through < key->period.from)) {
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.paid_through",
                      "claims are not paid through a day before the period begins");
                return false;
        }
        return true;
}

/* Base years lie before the agreement: the terms say how many months a fact may reach back. */
void admit_covered(const struct judgement *j, uint32_t place, struct period period,
                   const char *period_field, const struct name *segment,
                   const char *segment_field)
{
        const struct view_contract *c = &j->view->contract;
        const struct view_terms *terms = &c->in_force;
        struct period cover = terms->agreement;

        if (c->state != CONTRACT_IN_FORCE && c->state != CONTRACT_RELAYED &&
            c->state != CONTRACT_TERMINATED) {
                wrong(j, REFUSAL_NOT_IN_FORCE, place, "contract", NULL);
                return;
        }
        cover.from = date_add_months(cover.from, -(int)terms->lookback_months);
        if (c->ends != DATE_NONE && c->ends < cover.until)
                cover.until = c->ends;
        if (!period_within(period, cover))
                wrong(j, REFUSAL_PERIOD_NOT_COVERED, place, period_field, NULL);
        if (name_empty(segment))
                return;
        for (unsigned int i = 0; i < terms->segment_count; i++)
                if (name_equal(&terms->segments[i], segment))
                        return;
        wrong(j, REFUSAL_UNKNOWN_SEGMENT, place, segment_field, NULL);
}

/* Only the counterparty of an absent party relays, and only for that party. */
static void admit_relayed(const struct judgement *j, uint32_t place, const struct fact_event *fact,
                          const struct view_event *seen)
{
        const struct contract_id *id = &j->view->contract.id;
        const struct name *other = view_side(j->view) == SIDE_BEARER ? &id->earner : &id->bearer;

        if (!fact->relayed.is)
                return;
        if (fact->key.scope != SCOPE_CONTRACT || !name_equal(&fact->relayed.party, other))
                wrong(j, REFUSAL_NOT_RELAYABLE, place, "fact.relayed.party",
                      "facts are relayed for the counterparty of this contract only");
        else if (!seen->other.known || seen->other.present)
                wrong(j, REFUSAL_NOT_RELAYABLE, place, "fact.relayed.party",
                      "the party is present and states its own figures");
}

/* To who is not party to it, a statement is as if it were not there. */
static void admit_upstream(const struct judgement *j, uint32_t place, const struct fact_event *fact,
                           const struct view_upstream *seen)
{
        struct upstream upstream;

        if (fact->key.kind != FACT_UPSTREAM_AMOUNT)
                return;
        if (!upstream_parse(&fact->key.item, &upstream))
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.item",
                      "must be RUN:LINE: the log index of a run, and the name of a line in cents");
        else if (seen->too_many)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.item",
                      "the submission states amounts of more than 64 statements: send it in parts");
        else if (!seen->is_theirs)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "fact.item", NULL);
        else if (seen->is_own)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.item",
                      "is a statement of this very contract: what it leaves is carried by itself");
        else if (!seen->is_calculated)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.item",
                      "the statement was not calculable: it has no amounts");
        else if (seen->is_relayed)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.item",
                      "the statement rests on relayed figures: a forecast, never posted");
        else if (!seen->has_line)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.item",
                      "the statement has no line of that name in cents");
        else if (fact->value.num != seen->cents)
                wrong(j, REFUSAL_BAD_VALUE, place, "fact.value",
                      "is not that line of the statement, rounded to the cent");
}

static void admit_version(const struct judgement *j, uint32_t place, const struct fact_event *fact,
                          const struct view_event *seen)
{
        if (seen->twice)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "fact", NULL);
        if (seen->has_current && !fact->has_supersedes)
                wrong(j, REFUSAL_NO_PREDECESSOR, place, "fact.supersedes", NULL);
        if (fact->has_supersedes && (!seen->has_current || seen->current != fact->supersedes))
                wrong(j, REFUSAL_STALE_PREDECESSOR, place, "fact.supersedes", NULL);
}

void admit_fact(const struct judgement *j, uint32_t place, const struct event *event,
                const struct view_event *seen)
{
        const struct fact_event *fact = &event->fact;

        if (!admit_scope(j, place, &fact->key))
                return;
        if (fact->key.scope == SCOPE_COMMUNITY)
                admit_community(j, place);
        admit_value(j, place, fact);
        admit_upstream(j, place, fact, &seen->upstream);
        if (!admit_dates(j, place, &fact->key))
                return;
        if (fact->key.scope == SCOPE_CONTRACT)
                admit_covered(j, place, fact->key.period, "fact.period", &fact->key.segment,
                              "fact.segment");
        admit_relayed(j, place, fact, seen);
        admit_version(j, place, fact, seen);
}
