/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves. */
#include "core/admit.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

/* What a contract pays for is the payer's to show, and nobody else's: DESIGN of public terms. */
void admit_publication(const struct judgement *j, uint32_t place, const struct event *event,
                       const struct view_event *seen)
{
        const struct view_contract *c = &j->view->contract;

        (void)event, (void)seen;
        if (!c->bearer.present)
                wrong(j, REFUSAL_ABSENT_PARTY, place, "publication",
                      "terms of an absent payer are public only where the charter names it");
        else if (view_side(j->view) != SIDE_BEARER)
                wrong(j, REFUSAL_NOT_PERMITTED, place, "publication",
                      "what a contract pays for is made public by who pays: its bearer");
        if (!c->version_in_force)
                wrong(j, REFUSAL_NOT_IN_FORCE, place, "contract", NULL);
}

static void admit_span(const struct judgement *j, uint32_t place, date from, date until,
                       const char *const fields[2])
{
        if (!date_valid(from))
                wrong(j, REFUSAL_BAD_VALUE, place, fields[0], "not a day from 1900 to 2100");
        if (until != DATE_NONE && (!date_valid(until) || until <= from))
                wrong(j, REFUSAL_BAD_VALUE, place, fields[1], "must be a day after from");
}

static void admit_tier(const struct judgement *j, uint32_t place, const struct benefit *b)
{
        if (b->tiers < 1 || b->tiers > BENEFIT_TIERS_MAX)
                wrong(j, REFUSAL_BAD_VALUE, place, "benefit.tiers", "there are 1 to 9 tiers");
        else if (b->tier < 1 || b->tier > b->tiers)
                wrong(j, REFUSAL_BAD_VALUE, place, "benefit.tier", "is none of the tiers");
}

void admit_benefit(const struct judgement *j, uint32_t place, const struct event *event,
                   const struct view_event *seen)
{
        static const char *const days[2] = { "benefit.from", "benefit.until" };
        const struct benefit *b = &event->benefit;

        if (date_valid(b->from) &&
            !view_has_role(&j->view->speaking, ROLE_BIT(ROLE_PAYER) | ROLE_BIT(ROLE_PURCHASER),
                           b->from))
                wrong(j, REFUSAL_NOT_PERMITTED, place, "benefit",
                      "only a payer or purchaser of that day has benefits");
        if (!seen->other.known)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "benefit.provider",
                      "the hub has no such party");
        if (name_equal(&b->provider, &j->view->speaking.name))
                wrong(j, REFUSAL_BAD_VALUE, place, "benefit.provider",
                      "benefits are for care by another party");
        admit_tier(j, place, b);
        if (b->has_copayment && (b->copayment < 0 || b->copayment > MONEY_MAX))
                wrong(j, REFUSAL_BAD_VALUE, place, "benefit.copayment", "not an amount from 0 on");
        if (b->has_coinsurance && (b->coinsurance.den < 1 || b->coinsurance.num < 0 ||
                                   b->coinsurance.num > b->coinsurance.den))
                wrong(j, REFUSAL_BAD_VALUE, place, "benefit.coinsurance", "not a part from 0 to 1");
        admit_span(j, place, b->from, b->until, days);
}

void admit_capability(const struct judgement *j, uint32_t place, const struct event *event,
                      const struct view_event *seen)
{
        static const char *const days[2] = { "capability.from", "capability.until" };
        const struct capability *c = &event->capability;

        (void)seen;
        if (date_valid(c->from) && !view_has_role(&j->view->speaking, ROLES_THAT_EARN, c->from))
                wrong(j, REFUSAL_NOT_PERMITTED, place, "capability",
                      "only who earns by care has something to care with");
        if (!capability_word(c->kind))
                wrong(j, REFUSAL_BAD_VALUE, place, "capability.kind", "is no kind of capability");
        else if (c->has_count && !capability_is_counted(c->kind))
                wrong(j, REFUSAL_BAD_VALUE, place, "capability.count",
                      "of that kind it is not asked how many");
        if (c->has_count && (!c->has || c->count < 1 || c->count > COUNT_MAX))
                wrong(j, REFUSAL_BAD_VALUE, place, "capability.count",
                      "is said of what it has, from 1 on");
        admit_span(j, place, c->from, c->until, days);
}
