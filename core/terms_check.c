/* SPDX-License-Identifier: Apache-2.0 */
/* What terms say besides their steps; the steps are judged in core/terms_check_steps.c. */
#include "core/terms_check.h"

#include "core/check.h"
#include "core/community.h"

static void bad(struct checking *c, const char *field, const char *says)
{
        faults_add(c->faults, REFUSAL_BAD_VALUE, c->event, field, says);
}

static bool name_well_formed(const struct name *name)
{
        struct name parsed;

        if (name->text[NAME_MAX_LENGTH])
                return false;
        return name_parse(name_bytes(name), &parsed) && name_equal(name, &parsed);
}

static void check_name(struct checking *c, const struct name *name, bool may_be_empty,
                       const char *field)
{
        if (!(may_be_empty && name_empty(name)) && !name_well_formed(name))
                bad(c, field, "is one word of a-z, 0-9, '-', '.', '_', at most 31 characters");
}

static void check_names(struct checking *c)
{
        const struct terms *terms = c->terms;

        check_name(c, &terms->contract.bearer, false, "terms.contract.bearer");
        check_name(c, &terms->contract.earner, false, "terms.contract.earner");
        check_name(c, &terms->contract.label, false, "terms.contract.label");
        if (name_equal(&terms->contract.bearer, &terms->contract.earner))
                bad(c, "terms.contract", "bearer and earner are two parties");
        check_name(c, &terms->template_id, true, "terms.template_id");
        check_name(c, &terms->bearer_administrator, true, "terms.bearer_administrator");
        check_name(c, &terms->earner_administrator, true, "terms.earner_administrator");
        if (terms->title.text[TEXT_MAX_LENGTH])
                bad(c, "terms.title", "is at most 199 bytes");
}

static void check_particulars(struct checking *c)
{
        const struct terms *terms = c->terms;

        if (terms->version == 0)
                bad(c, "terms.version", "versions are numbered from 1");
        if (terms->applies < APPLIES_NEXT_PERIOD || terms->applies > APPLIES_CUT_MONTH)
                bad(c, "terms.applies", "is next_period, whole_period or cut_month");
        if (terms->standing < STANDING_SHADOW || terms->standing > STANDING_BINDING)
                bad(c, "terms.standing", "is shadow, advisory or binding");
        if (terms->lookback_months > MONTHS_LOOKBACK_MAX)
                bad(c, "terms.lookback_months", "is at most 120");
        if (terms->runout_months > MONTHS_LOOKBACK_MAX)
                bad(c, "terms.runout_months", "is at most 120");
        if (!date_valid(terms->signed_on))
                bad(c, "terms.signed_on", "is a day between 1900 and 2100");
        if (!date_valid(terms->effective))
                bad(c, "terms.effective", "is a day between 1900 and 2100");
}

static void check_periods(struct checking *c)
{
        const struct terms *terms = c->terms;

        if (!period_valid(terms->agreement))
                bad(c, "terms.agreement", "ends after it begins, between 1900 and 2100");
        else if (date_valid(terms->effective) && terms->effective >= terms->agreement.until)
                bad(c, "terms.effective", "lies before the agreement's end");
        if (terms->period_count == 0 || terms->period_count > PERIODS_MAX) {
                bad(c, "terms.periods", "has 1 to 24 performance periods");
                return;
        }
        for (size_t i = 0; i < terms->period_count; i++) {
                if (!period_valid(terms->periods[i]))
                        bad(c, "terms.periods", "each ends after it begins, between 1900 and 2100");
                else if (!period_within(terms->periods[i], terms->agreement))
                        bad(c, "terms.periods", "each lies within the agreement");
                if (i && terms->periods[i].from < terms->periods[i - 1].until)
                        bad(c, "terms.periods", "each begins after the one before it ends");
        }
}

static void check_segments(struct checking *c)
{
        const struct terms *terms = c->terms;

        if (terms->segment_count > SEGMENTS_MAX) {
                bad(c, "terms.segments", "has at most 16 segments");
                return;
        }
        for (size_t i = 0; i < terms->segment_count; i++) {
                const struct segment *segment = &terms->segments[i];

                check_name(c, &segment->name, false, "terms.segments.name");
                if (segment->business < BUSINESS_MEDICARE || segment->business > BUSINESS_OTHER)
                        bad(c, "terms.segments.business", "is one of the lines of business");
                for (size_t j = 0; j < i; j++)
                        if (name_equal(&segment->name, &terms->segments[j].name))
                                bad(c, "terms.segments.name", "no two segments have the same name");
        }
}

/* Of what is not said about a contract there are no two sides. */
static void check_rule_kind(struct checking *c, const struct fact_rule *rule)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)rule->kind);

        if (!info)
                bad(c, "terms.rules.kind", "there is no such kind of fact");
        else if (!(info->scopes & SCOPE_BIT(SCOPE_CONTRACT)))
                bad(c, "terms.rules.kind", "facts of this kind are not said about a contract");
        if (rule->tolerance_rows && rule->kind != FACT_MEMBER_MONTHS)
                bad(c, "terms.rules.tolerance_rows", "is for member_months: only they have rows");
        if (rule->tolerance_rows > COUNT_MAX)
                bad(c, "terms.rules.tolerance_rows", "is at most 1000000000");
}

/* What is to be done about the other side's answer, where there may be one. */
static void check_rule_answer(struct checking *c, const struct fact_rule *rule)
{
        if (rule->of_record == SIDE_NEITHER && rule->other != REPORT_NONE)
                bad(c, "terms.rules.other",
                    "is none where neither side is of record: there is no other one");
        if (rule->window_days > WINDOW_DAYS_MAX)
                bad(c, "terms.rules.window_days", "is at most 3660");
        if (rule->window_days && rule->other == REPORT_NONE)
                bad(c, "terms.rules.window_days",
                    "is for the other side to answer: it may or must report");
        if (rule->materiality < 0 || rule->materiality > MONEY_MAX)
                bad(c, "terms.rules.materiality",
                    "is not negative, and no more than money can be");
        if (rule->materiality > 0 && rule->other == REPORT_NONE)
                bad(c, "terms.rules.materiality",
                    "is of a dispute: the other side may or must report");
}

static void check_rule(struct checking *c, const struct fact_rule *rule)
{
        const struct value share = { UNIT_RATE, rule->tolerance_share.num,
                                     rule->tolerance_share.den };

        check_rule_kind(c, rule);
        if (rule->of_record < SIDE_BEARER || rule->of_record > SIDE_NEITHER)
                bad(c, "terms.rules.of_record", "is bearer, earner or neither");
        if (rule->other < REPORT_NONE || rule->other > REPORT_MUST)
                bad(c, "terms.rules.other", "is none, may or must");
        if (rule->tolerance < 0 || rule->tolerance > MONEY_MAX)
                bad(c, "terms.rules.tolerance", "is not negative, and no more than money can be");
        /* Held against the kind whose domain is 0 to 1. */
        if (fact_value_fault(FACT_QUALITY_SCORE, &share))
                bad(c, "terms.rules.tolerance_share", "is a rate between 0 and 1");
        check_rule_answer(c, rule);
}

static void check_rules(struct checking *c)
{
        const struct terms *terms = c->terms;

        if (terms->rule_count > FACT_RULES_MAX) {
                bad(c, "terms.rules", "has at most 64 rules");
                return;
        }
        for (size_t i = 0; i < terms->rule_count; i++) {
                check_rule(c, &terms->rules[i]);
                for (size_t j = 0; j < i; j++)
                        if (terms->rules[i].kind == terms->rules[j].kind)
                                bad(c, "terms.rules.kind", "each kind of fact has one rule");
        }
}

/* Who is for one side decides nothing between both. */
static bool takes_part(const struct terms *terms, const struct name *party)
{
        return name_equal(party, &terms->contract.bearer) ||
               name_equal(party, &terms->contract.earner) ||
               name_equal(party, &terms->bearer_administrator) ||
               name_equal(party, &terms->earner_administrator);
}

static void check_decider(struct checking *c, const struct reconciling *r)
{
        if (r->decides > DECIDER_OF_RECORD)
                bad(c, "terms.reconciling.decides", "is the arbiter or the party of record");
        if (r->decides != DECIDER_ARBITER) {
                if (!name_empty(&r->arbiter))
                        bad(c, "terms.reconciling.arbiter", "is named where it decides");
                return;
        }
        check_name(c, &r->arbiter, false, "terms.reconciling.arbiter");
        if (!name_empty(&r->arbiter) && takes_part(c->terms, &r->arbiter))
                bad(c, "terms.reconciling.arbiter",
                    "is neither of the two sides, nor who acts for one");
}

static void check_reconciling(struct checking *c)
{
        const struct reconciling *r = &c->terms->reconciling;

        if (!r->is)
                return;
        if (r->dispute_days > WINDOW_DAYS_MAX)
                bad(c, "terms.reconciling.dispute_days", "is at most 3660");
        if (r->payment_days > WINDOW_DAYS_MAX)
                bad(c, "terms.reconciling.payment_days", "is at most 3660");
        if (r->witness_days > WINDOW_DAYS_MAX)
                bad(c, "terms.reconciling.witness_days", "is at most 3660");
        check_decider(c, r);
        if (r->historical_until != DATE_NONE && !date_valid(r->historical_until))
                bad(c, "terms.reconciling.historical_until", "is a day between 1900 and 2100");
}

/* Who presupposes what nobody can say that it has would never know. */
static void check_presupposed(struct checking *c)
{
        const struct terms *terms = c->terms;

        if (terms->presupposed_count > PRESUPPOSED_MAX) {
                bad(c, "terms.presupposes", "has at most 16 capabilities");
                return;
        }
        for (size_t i = 0; i < terms->presupposed_count; i++) {
                const struct presupposed *is = &terms->presupposes[i];

                if (!capability_word(is->kind))
                        bad(c, "terms.presupposes.kind", "there is no such capability");
                if (is->has_step && is->step >= terms->step_count)
                        bad(c, "terms.presupposes.step", "is the place of a step, from 0");
                for (size_t j = 0; j < i; j++)
                        if (is->kind == terms->presupposes[j].kind)
                                bad(c, "terms.presupposes.kind", "is presupposed once");
        }
}

void terms_check(const struct terms *terms, uint32_t event, struct faults *faults)
{
        struct checking c = { .terms = terms, .event = event, .faults = faults };

        check_names(&c);
        check_particulars(&c);
        check_periods(&c);
        check_segments(&c);
        check_rules(&c);
        check_reconciling(&c);
        check_steps(&c);
        check_presupposed(&c);
}
