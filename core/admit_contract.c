/* SPDX-License-Identifier: Apache-2.0 */
/* Offers, acceptances, terminations and run requests: what is said about a contract as a whole. */
#include "core/admit.h"

#include "core/check.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

bool event_comes_alone(enum event_kind kind)
{
        return kind == EVENT_OFFER || kind == EVENT_ACCEPTANCE || kind == EVENT_TERMINATION ||
               kind == EVENT_RUN_REQUEST || kind == EVENT_STATEMENT_ACCEPTANCE ||
               kind == EVENT_DISPUTE || kind == EVENT_DISPUTE_END ||
               kind == EVENT_RESOLUTION || kind == EVENT_RESOLUTION_ACCEPTANCE ||
               kind == EVENT_DETERMINATION;
}

static void alone(const struct judgement *j, uint32_t place)
{
        if (j->submission->event_count > 1)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "",
                      "what is said about the contract as a whole comes in a submission of its "
                      "own");
}

static enum side other_side(enum side side)
{
        return side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
}

/* The counterparty is absent exactly when the offer is relayed from a document of that party's. */
static void admit_relayed_offer(const struct judgement *j, uint32_t place,
                                const struct offer *offer)
{
        const struct view_party *other =
                view_party_of(&j->view->contract, other_side(view_side(j->view)));

        if (!other->known)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "contract",
                      "the hub has no such counterparty");
        else if (other->present && offer->relayed.is)
                wrong(j, REFUSAL_NOT_RELAYABLE, place, "offer.relayed",
                      "the counterparty is present and signs for itself");
        else if (!other->present && !offer->relayed.is)
                wrong(j, REFUSAL_ABSENT_PARTY, place, "offer.relayed",
                      "the counterparty is absent: give the document its terms were taken from");
        else if (offer->relayed.is && !name_equal(&offer->relayed.party, &other->name))
                wrong(j, REFUSAL_NOT_RELAYABLE, place, "offer.relayed.party",
                      "terms are relayed for the counterparty only");
}

static void admit_roles(const struct judgement *j, uint32_t place, const struct terms *terms)
{
        const struct view_contract *c = &j->view->contract;

        if (c->bearer.known && !view_has_role(&c->bearer, ROLES_THAT_BEAR, terms->effective))
                wrong(j, REFUSAL_BAD_TERMS, place, "offer.terms.contract",
                      "the bearer has no role that bears cost on the effective date");
        if (c->earner.known && !view_has_role(&c->earner, ROLES_THAT_EARN, terms->effective))
                wrong(j, REFUSAL_BAD_TERMS, place, "offer.terms.contract",
                      "the earner has no role that earns on the effective date");
}

/* That it is none of the sides is for terms_check() to say. */
static void admit_arbiter(const struct judgement *j, uint32_t place, const struct view_event *seen)
{
        const struct reconciling *r = &seen->terms->reconciling;

        if (r->is && r->decides == DECIDER_ARBITER && !seen->other.known)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "offer.terms.reconciling.arbiter",
                      "the hub has no such party");
}

void admit_offer(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        const struct view_contract *c = &j->view->contract;

        alone(j, place);
        admit_relayed_offer(j, place, &event->offer);
        if (event->offer.open_until < 0)
                wrong(j, REFUSAL_BAD_VALUE, place, "offer.open_until", "not a moment after 1970");
        if (c->known && c->state == CONTRACT_TERMINATED)
                wrong(j, REFUSAL_OFFER_CLOSED, place, "contract",
                      "the contract has ended: offer a new one under another label");
        if (!seen->terms) {
                wrong(j, REFUSAL_BAD_TERMS, place, seen->terms_fault.field, seen->terms_fault.says);
                return;
        }
        if (!contract_id_equal(&seen->terms->contract, &j->submission->contract))
                wrong(j, REFUSAL_WRONG_SCOPE, place, "offer.terms.contract", NULL);
        if (seen->terms->version != (c->known ? c->version_last : 0) + 1)
                wrong(j, REFUSAL_ALREADY_EXISTS, place, "offer.terms.version",
                      "versions count 1, 2, 3: it must be one above the last that was offered");
        admit_roles(j, place, seen->terms);
        admit_arbiter(j, place, seen);
        terms_check(seen->terms, place, j->faults);
}

static bool has_accepted(const struct view_terms *terms, enum side side, uint32_t node_no)
{
        for (uint32_t i = 0; i < terms->accepted_count; i++)
                if (terms->accepted[i].side == side && terms->accepted[i].node_no == node_no)
                        return true;
        return false;
}

void admit_acceptance(const struct judgement *j, uint32_t place, const struct event *event,
                      const struct view_event *seen)
{
        const struct view_contract *c = &j->view->contract;
        const struct view_terms *terms = &c->offered;
        enum side side = view_side(j->view);

        (void)seen;
        alone(j, place);
        if (event->acceptance.version > c->version_last || event->acceptance.version == 0) {
                wrong(j, REFUSAL_NO_SUCH_THING, place, "acceptance.version",
                      "no terms of that version were offered");
                return;
        }
        if (!terms->known || terms->version != event->acceptance.version) {
                wrong(j, REFUSAL_OFFER_CLOSED, place, "acceptance.version", NULL);
                return;
        }
        if (memcmp(&terms->sha256, &event->acceptance.terms_sha256, sizeof(terms->sha256)) != 0)
                wrong(j, REFUSAL_TERMS_DIFFER, place, "acceptance.terms_sha256", NULL);
        if (view_accepted(terms, side) >=
            view_nodes_needed(view_party_of(c, side), RIGHT_TERMS))
                wrong(j, REFUSAL_OFFER_CLOSED, place, "acceptance",
                      "this side has signed already: it waits for the other");
        else if (has_accepted(terms, side, j->view->node_no))
                wrong(j, REFUSAL_SECOND_NODE, place, "acceptance", NULL);
}

static bool holds(const struct view_contract *c)
{
        return c->state == CONTRACT_IN_FORCE || c->state == CONTRACT_RELAYED;
}

void admit_termination(const struct judgement *j, uint32_t place, const struct event *event,
                       const struct view_event *seen)
{
        (void)seen;
        alone(j, place);
        if (!date_valid(event->termination.effective))
                wrong(j, REFUSAL_BAD_VALUE, place, "termination.effective",
                      "not a day from 1900 to 2100");
        if (!holds(&j->view->contract))
                wrong(j, REFUSAL_NOT_IN_FORCE, place, "contract", NULL);
}

/* By any terms that both signed: a period is restated after newer ones took their place. */
static void admit_run_period(const struct judgement *j, uint32_t place,
                             const struct run_request *run, const struct view_event *seen)
{
        const struct view_contract *c = &j->view->contract;

        if (c->ends != DATE_NONE && run->period.from >= c->ends)
                wrong(j, REFUSAL_PERIOD_NOT_COVERED, place, "run_request.period",
                      "the contract had ended before it began");
        else if (!seen->period_covered)
                wrong(j, REFUSAL_PERIOD_NOT_COVERED, place, "run_request.period",
                      seen->period_says);
}

void admit_run_request(const struct judgement *j, uint32_t place, const struct event *event,
                       const struct view_event *seen)
{
        const struct view_contract *c = &j->view->contract;
        const struct run_request *run = &event->run_request;

        alone(j, place);
        if (run->kind == RUN_PREVIEW)
                wrong(j, REFUSAL_BAD_VALUE, place, "run_request.kind",
                      "a preview is a query and leaves nothing in the log");
        if (!date_valid(run->payment))
                wrong(j, REFUSAL_BAD_VALUE, place, "run_request.payment",
                      "not a day from 1900 to 2100");
        if (!holds(c) && c->state != CONTRACT_TERMINATED) {
                wrong(j, REFUSAL_NOT_IN_FORCE, place, "contract", NULL);
                return;
        }
        admit_run_period(j, place, run, seen);
        if (run->kind == RUN_FINAL && seen->period_runs_out)
                wrong(j, REFUSAL_TOO_EARLY, place, "run_request.kind",
                      "claims of the period still run out by its terms: ask for an interim run");
        if (seen->has_plan && !seen->plan_is_current)
                wrong(j, REFUSAL_PLAN_STALE, place, "run_request.plan_sha256", NULL);
        if (seen->has_run_pending)
                wrong(j, REFUSAL_RUN_PENDING, place, "run_request", NULL);
        if (run->kind == RUN_FINAL && seen->has_final)
                wrong(j, REFUSAL_ALREADY_EXISTS, place, "run_request.kind",
                      "the period has its final run: ask for a restated one");
        if (run->kind == RUN_RESTATED && !seen->has_final)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "run_request.kind",
                      "there is no final run to restate");
}
