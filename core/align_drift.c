/* SPDX-License-Identifier: Apache-2.0 */
#include "core/align_drift.h"

#include "core/check.h"
#include "core/exact.h"

/* What is not named depends on the terms: numbers of people, measures, reference figures. */
enum side fact_kind_favours(enum fact_kind kind)
{
        switch (kind) {
        case FACT_EXPENDITURE:
        case FACT_EXPENDITURE_PER_CAPITA:
        case FACT_EXPENDITURE_PMPM:
        case FACT_COMPLETION_FACTOR:
        case FACT_ADVANCE_BALANCE:
        case FACT_ADVANCE_PAID:
        case FACT_FEE_PAID:
                return SIDE_BEARER;
        case FACT_BENCHMARK:
        case FACT_BENCHMARK_PER_CAPITA:
        case FACT_BENCHMARK_PMPM:
        case FACT_BASELINE_PER_CAPITA:
        case FACT_BASE_PER_CAPITA:
        case FACT_PREMIUM_REVENUE:
        case FACT_RISK_SCORE:
        case FACT_QUALITY_SCORE:
        case FACT_QUALITY_POINTS:
        case FACT_QUALITY_BONUS:
        case FACT_MEASURE_SCORE:
        case FACT_FEE_BASE:
        case FACT_ADVANCE_FORGIVEN:
        case FACT_DISASTER_RELIEF:
                return SIDE_EARNER;
        default:
                return SIDE_NEITHER;
        }
}

/* Is it an amount of the whole contract, which can be added to others? */
static bool is_amount(enum fact_kind kind)
{
        return fact_kind_info(kind)->unit == UNIT_CENTS && fact_kind_adds_up(kind);
}

static void add_cents(struct drift *d, const struct drift_pair *pair, bool to_bearer)
{
        int64_t apart, *sum = to_bearer ? &d->bearer_cents : &d->earner_cents;

        assert(pair->bearer.num >= -MONEY_MAX && pair->bearer.num <= MONEY_MAX);
        assert(pair->earner.num >= -MONEY_MAX && pair->earner.num <= MONEY_MAX);
        apart = pair->bearer.num - pair->earner.num;
        apart = apart < 0 ? -apart : apart;
        if (apart > INT64_MAX / 4 - *sum) {
                d->overflown = true;
                return;
        }
        *sum += apart;
        d->amounts++;
}

void drift_add(struct drift *d, const struct drift_pair *pair)
{
        enum side favours = fact_kind_favours(pair->kind);
        int higher = exact_cmp(exact_of_value(&pair->bearer), exact_of_value(&pair->earner));
        bool to_bearer;

        assert(pair->of_record == SIDE_BEARER || pair->of_record == SIDE_EARNER);
        d->pairs++;
        if (favours == SIDE_NEITHER || higher == 0)
                return;
        if (pair->of_record == SIDE_EARNER)
                higher = -higher;
        to_bearer = (higher > 0) == (favours == SIDE_BEARER);
        d->to_bearer += to_bearer;
        d->to_earner += !to_bearer;
        if (is_amount(pair->kind))
                add_cents(d, pair, to_bearer);
}

int64_t drift_net(const struct drift *d)
{
        return d->earner_cents - d->bearer_cents;
}
