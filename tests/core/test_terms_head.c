/* SPDX-License-Identifier: Apache-2.0 */
/* What terms can be refused for besides their steps, one fault at a time. */
#include <string.h>

#include "core/community.h"
#include "tests/core/judge.h"
#include "tests/core/run.h"

/* clang-format off: one way to spoil terms a line */
static void no_bearer(void)
{
        memset(&terms.contract.bearer, 0, sizeof(struct name));
}
static void odd_label(void)
{
        memcpy(terms.contract.label.text, "A b", 4);
}
static void rest_behind_name(void)
{
        terms.contract.label.text[20] = 'x';
}
static void endless_name(void)
{
        memset(&terms.contract.earner, 'a', sizeof(struct name));
}
static void same_party(void)
{
        terms.contract.earner = terms.contract.bearer;
}
static void odd_template(void)
{
        terms.template_id.text[0] = '-';
}
static void odd_administrator(void)
{
        terms.bearer_administrator.text[0] = '/';
}
static void endless_title(void)
{
        memset(&terms.title, 'a', sizeof(terms.title));
}
static void version_zero(void)
{
        terms.version = 0;
}
static void no_applies(void)
{
        terms.applies = 0;
}
static void odd_standing(void)
{
        terms.standing = 4;
}
static void long_lookback(void)
{
        terms.lookback_months = 121;
}
static void long_runout(void)
{
        terms.runout_months = 121;
}
static void no_signature(void)
{
        terms.signed_on = DATE_NONE;
}
static void no_effect(void)
{
        terms.effective = DATE_LAST + 1;
}
static void late_effect(void)
{
        terms.effective = terms.agreement.until;
}
static void empty_agreement(void)
{
        terms.agreement.until = terms.agreement.from;
}
static void no_periods(void)
{
        terms.period_count = 0;
}
static void many_periods(void)
{
        terms.period_count = PERIODS_MAX + 1;
}
static void empty_period(void)
{
        terms.periods[0].until = terms.periods[0].from;
}
static void period_outside(void)
{
        terms.periods[0].until++;
}
static void periods_overlap(void)
{
        terms.periods[terms.period_count++] = terms.periods[0];
}
static void many_segments(void)
{
        terms.segment_count = SEGMENTS_MAX + 1;
}
static void nameless_segment(void)
{
        terms.segments[terms.segment_count++].business = BUSINESS_OTHER;
}

static void two_segments(void)
{
        for (int i = 0; i < 2; i++) {
                terms.segments[i].name.text[0] = 'a';
                terms.segments[i].business = BUSINESS_OTHER;
        }
        terms.segment_count = 2;
}

static void odd_business(void)
{
        two_segments();
        terms.segments[1].name.text[0] = 'b';
        terms.segments[1].business = 7;
}

static struct fact_rule *a_rule(void)
{
        struct fact_rule *rule = &terms.rules[terms.rule_count++];

        *rule = (struct fact_rule) {
                .kind = FACT_EXPENDITURE, .of_record = SIDE_BEARER, .other = REPORT_MAY,
                .tolerance_share = { 0, 1 },
        };
        return rule;
}

static void many_rules(void)
{
        terms.rule_count = FACT_RULES_MAX + 1;
}
static void odd_kind(void)
{
        a_rule()->kind = 0;
}
static void odd_side(void)
{
        a_rule()->of_record = 0;
}
static void odd_duty(void)
{
        a_rule()->other = 4;
}
static void negative_tolerance(void)
{
        a_rule()->tolerance = -1;
}
static void odd_tolerance_share(void)
{
        a_rule()->tolerance_share = (struct rate) { 2, 1 };
}
static void no_tolerance_share(void)
{
        a_rule()->tolerance_share = (struct rate) { 0, 0 };
}
static void two_rules(void)
{
        a_rule();
        a_rule();
}
static void party_kind(void)
{
        a_rule()->kind = FACT_ALL_SOURCE_REVENUE;
}
static void rows_of_money(void)
{
        a_rule()->tolerance_rows = 1;
}
static void too_many_rows(void)
{
        struct fact_rule *rule = a_rule();

        rule->kind = FACT_MEMBER_MONTHS;
        rule->tolerance_rows = COUNT_MAX + 1;
}
static void neither_and_another(void)
{
        a_rule()->of_record = SIDE_NEITHER;
}
static void long_window(void)
{
        a_rule()->window_days = WINDOW_DAYS_MAX + 1;
}
static void window_for_nobody(void)
{
        struct fact_rule *rule = a_rule();

        rule->other = REPORT_NONE;
        rule->window_days = 30;
}
static void negative_materiality(void)
{
        a_rule()->materiality = -1;
}
static void endless_materiality(void)
{
        a_rule()->materiality = MONEY_MAX + 1;
}
static void material_for_nobody(void)
{
        struct fact_rule *rule = a_rule();

        rule->other = REPORT_NONE;
        rule->materiality = 1;
}

static struct reconciling *reconciled(void)
{
        terms.reconciling = (struct reconciling) {
                .is = true, .dispute_days = WINDOW_DAYS_MAX, .payment_days = WINDOW_DAYS_MAX,
                .witness_days = WINDOW_DAYS_MAX,
                .decides = DECIDER_ARBITER, .arbiter = { "arbiter" },
                .historical_until = DATE_NONE,
        };
        return &terms.reconciling;
}

static void long_dispute(void)
{
        reconciled()->dispute_days++;
}
static void long_payment(void)
{
        reconciled()->payment_days++;
}
static void long_witnessing(void)
{
        reconciled()->witness_days++;
}
static void odd_decider(void)
{
        reconciled()->decides = DECIDER_OF_RECORD + 1;
        memset(&terms.reconciling.arbiter, 0, sizeof(struct name));
}
static void no_arbiter(void)
{
        memset(&reconciled()->arbiter, 0, sizeof(struct name));
}
static void idle_arbiter(void)
{
        reconciled()->decides = DECIDER_OF_RECORD;
}
static void needless_arbiter(void)
{
        reconciled()->decides = DECIDER_NOBODY;
}
static void odd_arbiter(void)
{
        reconciled()->arbiter.text[0] = '/';
}
static void bearer_arbiter(void)
{
        reconciled()->arbiter = terms.contract.bearer;
}
static void earner_arbiter(void)
{
        reconciled()->arbiter = terms.contract.earner;
}
static void administrator_arbiter(void)
{
        terms.bearer_administrator = reconciled()->arbiter;
}
static void other_administrator_arbiter(void)
{
        terms.earner_administrator = reconciled()->arbiter;
}
static struct presupposed *presuming(void)
{
        struct presupposed *is = &terms.presupposes[terms.presupposed_count++];

        *is = (struct presupposed) { .kind = CAPABILITY_REGISTRY };
        return is;
}

static void much_presupposed(void)
{
        terms.presupposed_count = PRESUPPOSED_MAX + 1;
}
static void no_capability(void)
{
        presuming()->kind = 0;
}
static void odd_capability(void)
{
        presuming()->kind = CAPABILITY_DATA_EXCHANGE + 1;
}
static void presupposed_twice(void)
{
        presuming();
        presuming();
}
static void paid_by_no_step(void)
{
        *presuming() = (struct presupposed) { CAPABILITY_REGISTRY, true, terms.step_count };
}
static void odd_historical(void)
{
        reconciled()->historical_until = DATE_LAST + 1;
}
/* clang-format on */

/* clang-format off: one fault a line */
#define VALUE REFUSAL_BAD_VALUE
#define TERMS REFUSAL_BAD_TERMS

static const struct spoilt spoilt[] = {
        { no_bearer, VALUE, "terms.contract.bearer", "one word" },
        { odd_label, VALUE, "terms.contract.label", "one word" },
        { rest_behind_name, VALUE, "terms.contract.label", "one word" },
        { endless_name, VALUE, "terms.contract.earner", "one word" },
        { same_party, VALUE, "terms.contract", "two parties" },
        { odd_template, VALUE, "terms.template_id", "one word" },
        { odd_administrator, VALUE, "terms.bearer_administrator", "one word" },
        { endless_title, VALUE, "terms.title", "at most" },
        { version_zero, VALUE, "terms.version", "from 1" },
        { no_applies, VALUE, "terms.applies", "next_period" },
        { odd_standing, VALUE, "terms.standing", "shadow" },
        { long_lookback, VALUE, "terms.lookback_months", "120" },
        { long_runout, VALUE, "terms.runout_months", "120" },
        { no_signature, VALUE, "terms.signed_on", "a day" },
        { no_effect, VALUE, "terms.effective", "a day" },
        { late_effect, VALUE, "terms.effective", "before the agreement's end" },
        { empty_agreement, VALUE, "terms.agreement", "ends after" },
        { no_periods, VALUE, "terms.periods", "1 to 24" },
        { many_periods, VALUE, "terms.periods", "1 to 24" },
        { empty_period, VALUE, "terms.periods", "ends after" },
        { period_outside, VALUE, "terms.periods", "within the agreement" },
        { periods_overlap, VALUE, "terms.periods", "after the one before" },
        { many_segments, VALUE, "terms.segments", "at most 16" },
        { nameless_segment, VALUE, "terms.segments.name", "one word" },
        { two_segments, VALUE, "terms.segments.name", "same name" },
        { odd_business, VALUE, "terms.segments.business", "lines of business" },
        { many_rules, VALUE, "terms.rules", "at most 64" },
        { odd_kind, VALUE, "terms.rules.kind", "no such kind" },
        { odd_side, VALUE, "terms.rules.of_record", "bearer" },
        { odd_duty, VALUE, "terms.rules.other", "may" },
        { negative_tolerance, VALUE, "terms.rules.tolerance", "not negative" },
        { odd_tolerance_share, VALUE, "terms.rules.tolerance_share", "between 0 and 1" },
        { no_tolerance_share, VALUE, "terms.rules.tolerance_share", "between 0 and 1" },
        { two_rules, VALUE, "terms.rules.kind", "one rule" },
        { party_kind, VALUE, "terms.rules.kind", "not said about a contract" },
        { rows_of_money, VALUE, "terms.rules.tolerance_rows", "member_months" },
        { too_many_rows, VALUE, "terms.rules.tolerance_rows", "at most" },
        { neither_and_another, VALUE, "terms.rules.other", "no other one" },
        { long_window, VALUE, "terms.rules.window_days", "3660" },
        { window_for_nobody, VALUE, "terms.rules.window_days", "may or must" },
        { negative_materiality, VALUE, "terms.rules.materiality", "not negative" },
        { endless_materiality, VALUE, "terms.rules.materiality", "no more" },
        { material_for_nobody, VALUE, "terms.rules.materiality", "may or must" },
        { long_dispute, VALUE, "terms.reconciling.dispute_days", "3660" },
        { long_payment, VALUE, "terms.reconciling.payment_days", "3660" },
        { long_witnessing, VALUE, "terms.reconciling.witness_days", "3660" },
        { odd_decider, VALUE, "terms.reconciling.decides", "party of record" },
        { much_presupposed, VALUE, "terms.presupposes", "at most 16" },
        { no_capability, VALUE, "terms.presupposes.kind", "no such capability" },
        { odd_capability, VALUE, "terms.presupposes.kind", "no such capability" },
        { presupposed_twice, VALUE, "terms.presupposes.kind", "once" },
        { paid_by_no_step, VALUE, "terms.presupposes.step", "the place of a step" },
        { no_arbiter, VALUE, "terms.reconciling.arbiter", "one word" },
        { idle_arbiter, VALUE, "terms.reconciling.arbiter", "where it decides" },
        { needless_arbiter, VALUE, "terms.reconciling.arbiter", "where it decides" },
        { odd_arbiter, VALUE, "terms.reconciling.arbiter", "one word" },
        { bearer_arbiter, VALUE, "terms.reconciling.arbiter", "neither of the two" },
        { earner_arbiter, VALUE, "terms.reconciling.arbiter", "neither of the two" },
        { administrator_arbiter, VALUE, "terms.reconciling.arbiter", "acts for one" },
        { other_administrator_arbiter, VALUE, "terms.reconciling.arbiter", "acts for one" },
        { odd_historical, VALUE, "terms.reconciling.historical_until", "a day" },
};
/* clang-format on */

static void fine(void)
{
        check();
        ck_assert_msg(faults.count == 0, "%s: %s", faults.list[0].field, faults.list[0].says);
}

/* All that the parts may be at their edges, and what stands where there is no such part. */
START_TEST(rules_and_reconciling_may_be_so)
{
        struct fact_rule *rule;

        good();
        rule = a_rule();
        rule->kind = FACT_MEMBER_MONTHS;
        rule->tolerance_rows = COUNT_MAX;
        rule->window_days = WINDOW_DAYS_MAX;
        rule->materiality = rule->tolerance = MONEY_MAX;
        rule->tolerance_share = (struct rate) { 1, 1 };
        reconciled()->historical_until = DATE_FIRST;
        fine();
        terms.reconciling.decides = DECIDER_OF_RECORD;
        memset(&terms.reconciling.arbiter, 0, sizeof(struct name));
        fine();
        terms.reconciling = (struct reconciling) { .is = false, .historical_until = 1 };
        fine();
}
END_TEST

START_TEST(a_fault_is_found_and_named)
{
        check_spoilt(&spoilt[_i]);
}
END_TEST

START_TEST(lookups)
{
        const struct period june = { date_of(2024, 6, 1), date_of(2024, 7, 1) };
        const struct period past = { date_of(2024, 6, 1), date_of(2025, 7, 1) };
        struct name name = { "a" };

        good();
        ck_assert_ptr_eq(terms_period(&terms, june), &terms.periods[0]);
        ck_assert_ptr_null(terms_period(&terms, past));
        ck_assert(!terms_has_segment(&terms, &name));
        two_segments();
        ck_assert(terms_has_segment(&terms, &name));
        ck_assert_int_eq(terms_of_record(&terms, FACT_EXPENDITURE), SIDE_BEARER);
        ck_assert_int_eq(terms_of_record(&terms, FACT_MEASURE_NUMERATOR), SIDE_EARNER);
        a_rule()->of_record = SIDE_EARNER;
        ck_assert_int_eq(terms_of_record(&terms, FACT_EXPENDITURE), SIDE_EARNER);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("terms_head");

        tcase_add_loop_test(tests, a_fault_is_found_and_named, 0, COUNT_OF(spoilt));
        tcase_add_test(tests, rules_and_reconciling_may_be_so);
        tcase_add_test(tests, lookups);
        return run_case(tests, "terms_head");
}
