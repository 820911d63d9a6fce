/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Resolutions that both sides sign, and determinations by whom the terms let decide. What is
 * decided is in dispute: a figure on which the sides differ, or the dispute of a statement.
 */
#include "core/admit.h"

#include <string.h>

#include "core/exact.h"
#include "core/view_decide.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

/* It changes what the next would be judged by. */
static void alone(const struct judgement *j, uint32_t place)
{
        if (j->submission->event_count > 1)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "",
                      "what is decided comes in a submission of its own");
}

static bool same_thing(const struct decision *a, const struct decision *b)
{
        return a->kind == b->kind && name_equal(&a->segment, &b->segment) &&
               item_equal(&a->item, &b->item) && period_equal(a->period, b->period);
}

static void admit_once(const struct judgement *j, uint32_t place, const struct decisions *d)
{
        for (uint32_t i = 1; i < d->fact_count; i++)
                for (uint32_t k = 0; k < i; k++)
                        if (same_thing(&d->facts[i], &d->facts[k]))
                                wrong(j, REFUSAL_TWICE_IN_ONE, place, "decisions.facts", NULL);
        for (uint32_t i = 1; i < d->dispute_count; i++)
                for (uint32_t k = 0; k < i; k++)
                        if (d->disputes[i].dispute == d->disputes[k].dispute)
                                wrong(j, REFUSAL_TWICE_IN_ONE, place, "decisions.disputes", NULL);
}

static void admit_values(const struct judgement *j, uint32_t place, const struct decisions *d)
{
        const char *says;

        for (uint32_t i = 0; i < d->fact_count; i++) {
                says = fact_kind_info((unsigned int)d->facts[i].kind)
                               ? fact_value_fault(d->facts[i].kind, &d->facts[i].value)
                               : "there is no such kind of fact";
                if (says)
                        wrong(j, REFUSAL_BAD_VALUE, place, "decisions.facts", says);
        }
}

/* @code, @says: for what is not in dispute. */
static void admit_open(const struct judgement *j, uint32_t place, const struct view_decide *seen,
                       enum refusal code, const char *says)
{
        const struct decisions *d = seen->decisions;

        for (uint32_t i = 0; i < d->fact_count; i++)
                if (!seen->facts[i].open)
                        wrong(j, code, place, "decisions.facts", says);
        for (uint32_t i = 0; i < d->dispute_count; i++)
                if (!seen->disputes_open[i])
                        wrong(j, code, place, "decisions.disputes", says);
}

/* False when the rest cannot be looked at. */
static bool admit_decisions(const struct judgement *j, uint32_t place,
                            const struct view_decide *seen)
{
        const struct decisions *d = seen->decisions;

        if (!d) {
                wrong(j, REFUSAL_BAD_VALUE, place, seen->fault.field, seen->fault.says);
                return false;
        }
        if (!contract_id_equal(&d->contract, &j->submission->contract))
                wrong(j, REFUSAL_WRONG_SCOPE, place, "decisions.contract", NULL);
        if (!d->fact_count && !d->dispute_count)
                wrong(j, REFUSAL_BAD_VALUE, place, "decisions", "decides nothing");
        admit_once(j, place, d);
        admit_values(j, place, d);
        return true;
}

static bool holds(const struct judgement *j, uint32_t place)
{
        const enum contract_state state = j->view->contract.state;

        if (state == CONTRACT_IN_FORCE || state == CONTRACT_TERMINATED)
                return true;
        wrong(j, REFUSAL_NOT_IN_FORCE, place, "contract", NULL);
        return false;
}

/* Both sides must be there to agree: nobody signs for an absent one. */
static bool between_sides(const struct judgement *j, uint32_t place)
{
        const struct view_contract *c = &j->view->contract;

        alone(j, place);
        if (view_side(j->view) == SIDE_NEITHER) {
                wrong(j, REFUSAL_NOT_PERMITTED, place, "", "only the sides of a contract say this");
                return false;
        }
        if (!c->bearer.present || !c->earner.present) {
                wrong(j, REFUSAL_ABSENT_PARTY, place, "contract",
                      "an absent party agrees to nothing");
                return false;
        }
        return holds(j, place);
}

void admit_resolution(const struct judgement *j, uint32_t place, const struct event *event,
                      const struct view_event *seen)
{
        (void)event;
        if (between_sides(j, place) && admit_decisions(j, place, seen->decide))
                admit_open(j, place, seen->decide, REFUSAL_NO_SUCH_THING,
                           "is not in dispute: there is nothing to decide");
}

static unsigned int signed_for(const struct view_decide *seen, enum side side)
{
        unsigned int count = 0;

        for (uint32_t i = 0; i < seen->signed_count; i++)
                count += seen->signed_by[i].side == side;
        return count;
}

static bool has_signed(const struct view_decide *seen, uint32_t node_no)
{
        for (uint32_t i = 0; i < seen->signed_count; i++)
                if (seen->signed_by[i].node_no == node_no)
                        return true;
        return false;
}

bool view_resolved_by_both(const struct view *view, const struct view_decide *seen)
{
        const struct view_contract *c = &view->contract;
        const enum side side = view_side(view);

        return signed_for(seen, SIDE_BEARER) + (side == SIDE_BEARER) >=
                       view_nodes_needed(&c->bearer, RIGHT_SETTLEMENT) &&
               signed_for(seen, SIDE_EARNER) + (side == SIDE_EARNER) >=
                       view_nodes_needed(&c->earner, RIGHT_SETTLEMENT);
}

bool view_determined(const struct view *view, const struct view_decide *seen)
{
        return seen->signed_count + 1 >= view_nodes_needed(&view->speaking, RIGHT_SETTLEMENT);
}

void admit_resolution_acceptance(const struct judgement *j, uint32_t place,
                                 const struct event *event, const struct view_event *seen)
{
        const struct resolution_acceptance *said = &event->resolution_acceptance;
        const struct view_decide *decide = seen->decide;
        const enum side side = view_side(j->view);

        if (!between_sides(j, place))
                return;
        if (!decide->is) {
                wrong(j, REFUSAL_NO_SUCH_THING, place, "resolution_acceptance.resolution", NULL);
                return;
        }
        if (!decide->is_open) {
                wrong(j, REFUSAL_OFFER_CLOSED, place, "resolution_acceptance.resolution",
                      "both sides have signed it: it is in force");
                return;
        }
        if (memcmp(&decide->sha256, &said->decisions_sha256, sizeof(decide->sha256)) != 0)
                wrong(j, REFUSAL_TERMS_DIFFER, place, "resolution_acceptance.decisions_sha256",
                      "the digest is not that of the resolution's decisions");
        if (signed_for(decide, side) >=
            view_nodes_needed(view_party_of(&j->view->contract, side), RIGHT_SETTLEMENT))
                wrong(j, REFUSAL_OFFER_CLOSED, place, "resolution_acceptance",
                      "this side has signed already: it waits for the other");
        else if (has_signed(decide, j->view->node_no))
                wrong(j, REFUSAL_SECOND_NODE, place, "resolution_acceptance", NULL);
        if (admit_decisions(j, place, decide))
                admit_open(j, place, decide, REFUSAL_OFFER_CLOSED,
                           "is no longer in dispute: it was decided or agreed on since");
}

/* Rates are compared by cross-multiplication. */
static bool is_value(const struct value *a, const struct value *b)
{
        return (wide)a->num * b->den == (wide)b->num * a->den;
}

/* The party of record decides for its own figures, and for what hangs on them. */
static void admit_of_record(const struct judgement *j, uint32_t place,
                            const struct view_decide *seen)
{
        const struct decisions *d = seen->decisions;
        const enum side side = view_side(j->view);

        if (!d->fact_count)
                wrong(j, REFUSAL_NOT_PERMITTED, place, "decisions.disputes",
                      "the party of record decides figures: a dispute is closed along with one");
        for (uint32_t i = 0; i < d->fact_count; i++) {
                if (seen->facts[i].of_record != side)
                        wrong(j, REFUSAL_NOT_PERMITTED, place, "decisions.facts",
                              "the other side is of record for it");
                else if (seen->facts[i].has_record &&
                         !is_value(&seen->facts[i].record, &d->facts[i].value))
                        wrong(j, REFUSAL_BAD_VALUE, place, "decisions.facts",
                              "the party of record decides by its own current figure");
        }
}

static bool may_decide(const struct judgement *j, uint32_t place)
{
        const struct reconciling *r = &j->view->contract.in_force.reconciling;
        const bool arbiter = view_is_arbiter(j->view);

        if (r->is && r->decides == DECIDER_ARBITER && arbiter)
                return true;
        if (r->is && r->decides == DECIDER_OF_RECORD && view_side(j->view) != SIDE_NEITHER)
                return true;
        wrong(j, REFUSAL_NOT_PERMITTED, place, "", "the terms do not let the party decide");
        return false;
}

void admit_determination(const struct judgement *j, uint32_t place, const struct event *event,
                         const struct view_event *seen)
{
        const struct view_decide *decide = seen->decide;

        (void)event;
        alone(j, place);
        if (!holds(j, place) || !may_decide(j, place) || !admit_decisions(j, place, decide))
                return;
        admit_open(j, place, decide, REFUSAL_NO_SUCH_THING,
                   "is not in dispute: there is nothing to decide");
        if (j->view->contract.in_force.reconciling.decides == DECIDER_OF_RECORD)
                admit_of_record(j, place, decide);
        if (decide->is && has_signed(decide, j->view->node_no))
                wrong(j, REFUSAL_SECOND_NODE, place, "determination", NULL);
}
