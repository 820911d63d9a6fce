/* SPDX-License-Identifier: Apache-2.0 */
#include "core/members_rule.h"

#include "core/check.h"
#include "core/steps.h"

static bool of_members(const struct step *step, enum step_code code)
{
        const struct step_info *info = step_info(&step->kind, step->version);

        return info && info->code == code && step_word_is(step, code, "source", "members");
}

static bool is_on(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param && param->flag;
}

static void read_attribute(const struct step *step, struct members_rule *ret)
{
        const struct param *least = step_param(step, "least_months");

        if (least && least->count > ret->least_months)
                ret->least_months = (uint32_t)least->count;
}

static void read_expenditure(const struct step *step, struct rate completion,
                             struct members_rule *ret)
{
        const struct param *amount = step_param(step, "truncate");
        const struct param *percentile = step_param(step, "truncate_percentile");

        if (is_on(step, "complete"))
                ret->completion = completion;
        ret->annualise = is_on(step, "annualise");
        ret->at_amount = amount;
        if (amount)
                ret->truncate = amount->cents;
        ret->at_percentile = percentile;
        if (percentile)
                ret->percentile = percentile->rate;
}

static void read_stoploss(const struct terms *terms, const struct step *step,
                          struct members_rule *ret)
{
        const struct param *share = step_param(step, "share"), *bands = step_param(step, "bands");
        const struct param *attach = step_param(step, "attach");

        ret->stoploss = true;
        ret->attach = attach->cents;
        if (share)
                ret->share = share->rate;
        if (bands) {
                ret->bands = &terms->bands[bands->bands.first];
                ret->band_count = bands->bands.count;
        }
}

/* The calendar months that the period touches. */
static bool read_period(struct period period, struct members_rule *ret)
{
        int year, month, day, year_until, month_until, count;

        date_split(period.from, &year, &month, &day);
        date_split(period.until - 1, &year_until, &month_until, &day);
        count = (year_until - year) * 12 + month_until - month + 1;
        if (year < 1970 || count < 1 || count > MEMBERS_MONTHS_MAX)
                return false;
        ret->first_month = (uint16_t)((year - 1970) * 12 + month - 1);
        ret->months = (uint16_t)count;
        return true;
}

const char *members_rule_of(const struct terms *terms, struct period period, struct rate completion,
                            struct members_rule *ret)
{
        *ret = (struct members_rule) { .completion = { 1, 1 }, .share = { 0, 1 } };
        if (!read_period(period, ret))
                return "member rows are of a period of one to sixty months, from 1970 on";
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];

                if (of_members(step, STEP_ATTRIBUTE))
                        read_attribute(step, ret);
                if (of_members(step, STEP_EXPENDITURE))
                        read_expenditure(step, completion, ret);
                if (!of_members(step, STEP_STOP_LOSS))
                        continue;
                if (ret->stoploss)
                        return "member rows are summed for one stop-loss step, not for several";
                read_stoploss(terms, step, ret);
        }
        if (!members_share_den(ret))
                return "the stop-loss shares have no common denominator up to a billion";
        return NULL;
}

bool members_wanted(const struct terms *terms)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (of_members(&terms->steps[i], STEP_ATTRIBUTE) ||
                    of_members(&terms->steps[i], STEP_EXPENDITURE) ||
                    of_members(&terms->steps[i], STEP_STOP_LOSS))
                        return true;
        return false;
}

static int64_t common(int64_t a, int64_t b)
{
        wide multiple = (wide)exact_ratio(a, b).num * b;

        return multiple <= RATE_PART_MAX ? (int64_t)multiple : 0;
}

int64_t members_share_den(const struct members_rule *rule)
{
        int64_t den = rule->band_count ? 1 : rule->share.den;

        for (size_t i = 0; i < rule->band_count && den; i++)
                den = common(den, rule->bands[i].at_from.den);
        return den;
}
