/* SPDX-License-Identifier: Apache-2.0 */
#include "core/view.h"

#include "core/check.h"

enum side view_side(const struct view *view)
{
        const struct contract_id *id = &view->contract.id;

        if (name_equal(&view->speaking.name, &id->bearer))
                return SIDE_BEARER;
        if (name_equal(&view->speaking.name, &id->earner))
                return SIDE_EARNER;
        return SIDE_NEITHER;
}

bool view_kind_answered(const struct view_terms *terms, enum fact_kind kind)
{
        const unsigned int number = (unsigned int)kind;

        return number < 64 * FACT_KIND_WORDS && (terms->answered[number / 64] >> number % 64 & 1);
}

void view_note_answered(struct view_terms *terms, const struct terms *from)
{
        memset(terms->answered, 0, sizeof(terms->answered));
        for (unsigned int i = 0; i < from->rule_count; i++) {
                const unsigned int number = (unsigned int)from->rules[i].kind;

                assert(number < 64 * FACT_KIND_WORDS);
                if (from->rules[i].other != REPORT_NONE)
                        terms->answered[number / 64] |= UINT64_C(1) << number % 64;
        }
}

bool view_is_arbiter(const struct view *view)
{
        const struct reconciling *r = &view->contract.in_force.reconciling;

        return view->contract.known && r->is && r->decides == DECIDER_ARBITER &&
               view_side(view) == SIDE_NEITHER && name_equal(&r->arbiter, &view->speaking.name);
}

const struct view_party *view_party_of(const struct view_contract *contract, enum side side)
{
        assert(side == SIDE_BEARER || side == SIDE_EARNER);
        return side == SIDE_BEARER ? &contract->bearer : &contract->earner;
}

unsigned int view_nodes_needed(const struct view_party *party, enum right right)
{
        return party->two_nodes_for & right ? 2 : 1;
}

unsigned int view_accepted(const struct view_terms *terms, enum side side)
{
        unsigned int count = 0;

        for (uint32_t i = 0; i < terms->accepted_count; i++)
                count += terms->accepted[i].side == side;
        return count;
}

bool view_accepted_by_both(const struct view_contract *contract, const struct view_terms *terms,
                           enum side side)
{
        unsigned int bearer = view_accepted(terms, SIDE_BEARER) + (side == SIDE_BEARER);
        unsigned int earner = view_accepted(terms, SIDE_EARNER) + (side == SIDE_EARNER);

        return bearer >= view_nodes_needed(&contract->bearer, RIGHT_TERMS) &&
               earner >= view_nodes_needed(&contract->earner, RIGHT_TERMS);
}

bool view_has_role(const struct view_party *party, unsigned int role_bits, date day)
{
        for (uint32_t i = 0; i < party->role_count; i++) {
                const struct role *role = &party->roles[i];

                if ((role_bits & ROLE_BIT(role->kind)) && role->from <= day &&
                    (role->until == DATE_NONE || day < role->until))
                        return true;
        }
        return false;
}

enum side view_fact_side(const struct view *view, const struct fact_event *fact)
{
        enum side side = view_side(view);

        if (fact->key.scope != SCOPE_CONTRACT)
                return SIDE_NEITHER;
        if (!fact->relayed.is)
                return side;
        return side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
}

uint32_t view_fact_scope_no(const struct view *view, const struct fact_event *fact)
{
        switch (fact->key.scope) {
        case SCOPE_CONTRACT:
                return view->contract.no;
        case SCOPE_PARTY:
                return view->speaking.no;
        case SCOPE_COMMUNITY:
                break;
        }
        return 0;
}

bool only_determines(const struct submission *s)
{
        for (uint32_t i = 0; i < s->event_count; i++)
                if (s->events[i].kind != EVENT_DETERMINATION)
                        return false;
        return true;
}
