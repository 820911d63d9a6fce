/* SPDX-License-Identifier: Apache-2.0 */
#include "core/members_sums.h"

#include "core/check.h"

#define MONTHS_A_YEAR 12

/* Rounded down, whatever the sign; kept to what no amount is above, or every one. */
static int64_t floor_of(struct exact a)
{
        wide whole = a.num / a.den;

        if (a.num % a.den < 0)
                whole--;
        if (whole < -MONEY_MAX)
                return -MONEY_MAX - 1;
        return whole > MONEY_MAX ? MONEY_MAX : (int64_t)whole;
}

void members_threshold_set(const struct members_rule *rule, struct exact amount,
                           struct members_threshold *ret)
{
        struct exact paid_a_year = exact_div(amount, exact_of_rate(rule->completion));

        ret->cuts = true;
        ret->amount = amount;
        for (int months = 0; months <= MEMBERS_MONTHS_MAX; months++)
                ret->most[months] = floor_of(
                        rule->annualise ? exact_mul(paid_a_year,
                                                    exact_ratio(months, MONTHS_A_YEAR))
                                        : paid_a_year);
}

void members_terms_begin(struct members_terms *ret, const struct members_rule *rule)
{
        struct exact factor = exact_of_rate(rule->completion);

        *ret = (struct members_terms) { .rule = rule, .attach = INT64_MAX };
        ret->fixed.amount = exact_of(0);
        ret->share_den = members_share_den(rule);
        assert(ret->share_den > 0);
        if (rule->stoploss && exact_sign(factor) > 0)
                ret->attach = floor_of(exact_div(exact_of(rule->attach), factor));
        if (rule->at_amount && !rule->at_percentile && exact_sign(factor) > 0)
                members_threshold_set(rule, exact_of(rule->truncate), &ret->fixed);
}

/* Of @amount, the part from @from to @to at a share; all but the share in the same unit. */
static wide covered(wide amount, wide from, wide to, wide share)
{
        wide top = amount < to ? amount : to;

        return top > from ? (top - from) * share : 0;
}

/*
 * What stop-loss pays of @amount, which is in cents over @unit: in cents over @unit and the common
 * denominator of the shares.
 */
static wide member_payout(const struct members_terms *terms, wide amount, wide unit)
{
        const struct members_rule *rule = terms->rule;
        wide attach = rule->attach * unit, sum = 0;

        if (!rule->band_count)
                return covered(amount, attach, amount, rule->share.num);
        for (size_t i = 0; i < rule->band_count; i++) {
                const struct band *band = &rule->bands[i];
                wide from = band->from * unit;
                wide share = band->at_from.num * (terms->share_den / band->at_from.den);

                sum += covered(amount, from > attach ? from : attach, band->to * unit, share);
        }
        return sum;
}

void member_sums_payout(struct member_sums *sums, const struct members_terms *terms, int64_t paid)
{
        struct rate factor = terms->rule->completion;

        sums->payouts += member_payout(terms, (wide)paid * factor.num, factor.den);
}

/* What a member of so many months counts for who is cut off. */
static struct exact cut_to(const struct members_rule *rule, struct exact amount, int months)
{
        return rule->annualise ? exact_mul(amount, exact_ratio(months, MONTHS_A_YEAR)) : amount;
}

static struct exact stoploss_of(const struct member_sums *sums, const struct members_terms *terms,
                                const struct members_threshold *threshold)
{
        struct exact all;

        if (!terms->rule->stoploss)
                return exact_of(0);
        all = exact_ratio(sums->payouts, (wide)terms->rule->completion.den * terms->share_den);
        for (int months = 1; months <= MEMBERS_MONTHS_MAX; months++) {
                struct exact each = cut_to(terms->rule, threshold->amount, months);
                wide payout;

                if (!sums->cut[months])
                        continue;
                payout = member_payout(terms, each.num, each.den);
                all = exact_add(all, exact_mul(exact_ratio(payout, each.den * terms->share_den),
                                               exact_of(sums->cut[months])));
        }
        return all;
}

static bool is_money(struct exact a)
{
        return exact_cmp(a, exact_of(MONEY_MAX)) <= 0 && exact_cmp(a, exact_of(-MONEY_MAX)) >= 0;
}

bool member_sums_figures(const struct member_sums *sums, const struct members_terms *terms,
                         const struct members_threshold *threshold, struct member_figures *ret)
{
        struct exact factor = exact_of_rate(terms->rule->completion);
        struct exact after = exact_of(0);
        int64_t counted = 0;

        for (int months = 1; months <= MEMBERS_MONTHS_MAX; months++)
                counted += sums->cut[months] * (terms->rule->annualise ? months : MONTHS_A_YEAR);
        if (counted)
                after = exact_mul(threshold->amount, exact_ratio(counted, MONTHS_A_YEAR));
        ret->head_count = sums->heads;
        ret->member_months = sums->months;
        ret->expenditure = exact_add(exact_mul(factor, exact_of(sums->kept)), after);
        ret->truncated = exact_sub(exact_mul(factor, exact_of(sums->paid - sums->kept)), after);
        ret->stoploss = stoploss_of(sums, terms, threshold);
        ret->risk = sums->rows ? exact_ratio((wide)sums->risk, (wide)sums->rows * 1000000)
                               : exact_of(0);
        return is_money(ret->expenditure) && is_money(ret->truncated) && is_money(ret->stoploss);
}
