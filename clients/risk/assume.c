/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/risk/assume.h"

#include <string.h>

#include "core/check.h"
#include "core/exact.h"

#define SOME_ITEM "1:payable"    /* where any may be reported: an amount of the first entry */
#define ELIGIBLE 1000           /* people eligible for a measure, where the step wants no more */

struct assuming {
        const struct terms *terms;
        const struct assumptions *with;
        int months;
        const struct input *inputs;
        size_t count;
};

/* Among how many parts a figure of this kind is divided. */
static int64_t parts_of(const struct assuming *a, const struct input *input)
{
        int64_t parts = 0;

        if (!input->item.text[0])
                return 1;
        for (size_t i = 0; i < a->count; i++)
                parts += a->inputs[i].kind == input->kind && a->inputs[i].item.text[0] &&
                         a->inputs[i].year == input->year;
        return parts;
}

static int64_t whole(struct exact figure)
{
        return (int64_t)exact_round(figure, 1, ROUND_HALF_AWAY);
}

static int64_t people(const struct assuming *a, const struct input *input)
{
        int64_t part = a->with->panel / parts_of(a, input);

        return part ? part : 1;
}

/* What care of the panel costs in the period. */
static struct exact cost(const struct assuming *a, const struct input *input)
{
        return exact_mul(exact_of((wide)people(a, input) * a->with->per_member),
                         exact_ratio(a->months, 12));
}

/* Far enough from the worst rate to the best to be of that quality. */
static struct exact rate_of_measure(const struct assuming *a, const struct step *step)
{
        const struct param *worst = step_param(step, "worst"), *best = step_param(step, "best");
        struct exact quality = exact_of_rate(a->with->quality), from;

        if (!worst || !best || worst->type != PARAM_RATE || best->type != PARAM_RATE)
                return quality;
        from = exact_of_rate(worst->rate);
        return exact_add(from, exact_mul(quality, exact_sub(exact_of_rate(best->rate), from)));
}

static int64_t eligible(const struct step *step)
{
        const struct param *least = step_param(step, "least_denominator");

        return least && least->count > ELIGIBLE ? least->count : ELIGIBLE;
}

static struct value money(struct exact cents)
{
        return (struct value) { UNIT_CENTS, whole(cents), 1 };
}

static struct value count(int64_t count)
{
        return (struct value) { UNIT_COUNT, count, 1 };
}

static struct value rate(struct rate rate)
{
        return (struct value) { UNIT_RATE, rate.num, rate.den };
}

/* Nothing, one, or yes: what leaves the others' figures as they are. */
static struct value neutral(enum fact_kind kind)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);

        switch (kind) {
        case FACT_RISK_SCORE:
        case FACT_DEMOGRAPHIC_RISK_SCORE:
        case FACT_TREND_NATIONAL:
        case FACT_TREND_REGIONAL:
        case FACT_TREND_PROSPECTIVE:
        case FACT_COMPLETION_FACTOR:
        case FACT_PRIOR_SAVINGS_PART:
        case FACT_QUALITY_STANDARD_MET:
        case FACT_RETAINED:
        case FACT_POOL_SCORE:
                return (struct value) { info->unit, 1, 1 };
        default:
                return (struct value) { info->unit, 0, 1 };
        }
}

static struct value volume(const struct assuming *a, const struct input *input)
{
        switch (input->kind) {
        case FACT_HEAD_COUNT:
        case FACT_EPISODES:
                return count(people(a, input));
        case FACT_PERSON_YEARS:
                return (struct value) { UNIT_RATE, people(a, input) * a->months, 12 };
        case FACT_MEMBER_MONTHS:
                return count(people(a, input) * a->months);
        default:
                return neutral(input->kind);
        }
}

static struct value amount(const struct assuming *a, const struct input *input)
{
        const struct exact each = exact_of(a->with->per_member);

        switch (input->kind) {
        case FACT_EXPENDITURE:
        case FACT_BENCHMARK:
        case FACT_PREMIUM_REVENUE:
        case FACT_FEE_BASE:
        case FACT_UPSTREAM_AMOUNT:
                return money(cost(a, input));
        case FACT_PARTICIPANT_REVENUE:
                return money(exact_mul(cost(a, input), exact_of_rate(a->with->revenue)));
        case FACT_EXPENDITURE_PER_CAPITA:
        case FACT_BENCHMARK_PER_CAPITA:
        case FACT_BASELINE_PER_CAPITA:
        case FACT_BASE_PER_CAPITA:
        case FACT_REGIONAL_PER_CAPITA:
        case FACT_NATIONAL_PER_CAPITA:
        case FACT_EPISODE_PRICE:
                return money(each);
        case FACT_EXPENDITURE_PMPM:
        case FACT_BENCHMARK_PMPM:
                return money(exact_div(each, exact_of(12)));
        case FACT_REFERENCE_AMOUNT:
                return money(each);
        default:
                return volume(a, input);
        }
}

static struct value value_of(const struct assuming *a, const struct input *input)
{
        const struct step *step = &a->terms->steps[input->step];
        struct exact points;

        switch (input->kind) {
        case FACT_QUALITY_SCORE:
        case FACT_MEASURE_SCORE:
                return rate(a->with->quality);
        case FACT_QUALITY_POINTS:
                points = exact_mul(exact_of_rate(a->with->quality), exact_of(5));
                return (struct value) { UNIT_RATE, (int64_t)points.num, (int64_t)points.den };
        case FACT_MEASURE_DENOMINATOR:
                return count(eligible(step));
        case FACT_MEASURE_NUMERATOR:
                return count(whole(exact_mul(exact_of(eligible(step)),
                                             rate_of_measure(a, step))));
        case FACT_PEERS:
                return count(100);
        case FACT_PEERS_BELOW:
                return count(whole(exact_mul(exact_of(99), exact_of_rate(a->with->quality))));
        case FACT_PEERS_EQUAL:
                return count(1);
        default:
                return amount(a, input);
        }
}

size_t assume_facts(const struct terms *terms, struct period period,
                    const struct assumptions *assumptions, struct fact ret[INPUTS_MAX])
{
        static struct input inputs[INPUTS_MAX];
        struct assuming a = { terms, assumptions, period_months(period), inputs,
                              terms_inputs(terms, inputs) };
        size_t made = 0;

        for (size_t i = 0; i < a.count; i++) {
                if (inputs[i].need == READ_IF_SO)
                        continue;
                ret[made] = (struct fact) {
                        .key = { .scope = SCOPE_CONTRACT, .kind = inputs[i].kind,
                                 .item = inputs[i].item,
                                 .period = inputs[i].year ? calendar_year(inputs[i].year)
                                                          : period,
                                 .paid_through = DATE_NONE },
                        .value = value_of(&a, &inputs[i]),
                        .side = inputs[i].of_record,
                        .index = made + 1,
                };
                if (inputs[i].many)
                        memcpy(ret[made].key.item.text, SOME_ITEM, sizeof(SOME_ITEM));
                made++;
        }
        return made;
}
