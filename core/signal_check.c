/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a signal that came from elsewhere can be added up. */
#include "core/signal_sum.h"

static bool amount(int64_t cents)
{
        return cents >= -SIGNAL_CENTS_MAX && cents <= SIGNAL_CENTS_MAX;
}

/* A part of one; none at all is a denominator of 0. */
static bool part(struct rate rate)
{
        return rate.den == 0 ? rate.num == 0 : rate.den > 0 && rate.num >= 0 &&
                                               rate.num <= rate.den;
}

static bool day_or_none(date day)
{
        return day == DATE_NONE || date_valid(day);
}

static const char *contract_fault(const struct incentive_contract *c)
{
        if (contract_id_empty(&c->contract) || !period_valid(c->period) ||
            !day_or_none(c->paid_through) || !day_or_none(c->payment))
                return "a contract has no name or no days";
        if (c->standing < STANDING_SHADOW || c->standing > STANDING_BINDING || !part(c->share))
                return "a contract has no standing, or a share that is no part of it";
        if (!amount(c->low) || !amount(c->central) || !amount(c->high) || !amount(c->least) ||
            !amount(c->most) || (c->has_revenue && (c->revenue < 0 || !amount(c->revenue))))
                return "an amount of a contract is beyond all measure";
        if (c->has_members && c->members > COUNT_MAX)
                return "a contract has more members than there are people";
        return NULL;
}

static bool row_amounts(const struct incentive *is)
{
        for (int i = 0; i < FORECAST_COUNT; i++)
                if (!amount(is->point[i]))
                        return false;
        return amount(is->stake) && amount(is->edge_worth) &&
               (!is->has_patient || amount(is->patient));
}

static const char *row_fault(const struct incentive *is)
{
        if (is->of < INCENTIVE_MEASURE || is->of > INCENTIVE_TOTAL_COST ||
            name_empty(&is->key.concept))
                return "a row says not what it is of";
        if (is->key.direction != DIRECTION_MORE && is->key.direction != DIRECTION_LESS)
                return "a row has no direction";
        if (!row_amounts(is))
                return "an amount of a row is beyond all measure";
        if ((is->has_counts && (is->numerator > COUNT_MAX || is->denominator > COUNT_MAX)) ||
            (is->has_reachable && is->reachable > COUNT_MAX))
                return "a row counts more people than there are";
        if (is->has_target && (is->target.den <= 0 || is->target.den > RATE_PART_MAX ||
                               is->target.num < 0 || is->target.num > RATE_PART_MAX))
                return "a target is no rate";
        if ((unsigned int)is->edge > EDGE_BEST || (is->edge && is->edge_steps < 1) ||
            is->edge_steps > SIGNAL_CENTS_MAX)
                return "an edge is nowhere";
        return NULL;
}

static bool twice(const struct incentive_signal *signal, uint32_t at)
{
        for (uint32_t i = 0; i < at; i++)
                if (contract_id_equal(&signal->contracts[i].contract,
                                      &signal->contracts[at].contract))
                        return true;
        return false;
}

static const char *contracts_fault(const struct incentive_signal *signal)
{
        const char *says = NULL;

        for (uint32_t i = 0; i < signal->contract_count && !says; i++) {
                says = contract_fault(&signal->contracts[i]);
                if (!says && twice(signal, i))
                        says = "a contract stands there twice";
        }
        return says;
}

static const char *rows_fault(const struct incentive_signal *signal)
{
        const char *says = NULL;
        uint32_t last = 0;

        for (uint32_t i = 0; i < signal->row_count && !says; i++) {
                if (signal->rows[i].contract >= signal->contract_count ||
                    signal->rows[i].contract < last)
                        return "rows are not in the order of contracts";
                last = signal->rows[i].contract;
                says = row_fault(&signal->rows[i].is);
        }
        return says;
}

const char *incentive_signal_fault(const struct incentive_signal *signal)
{
        const char *says;

        if (signal->contract_count > SIGNAL_CONTRACTS_MAX || signal->row_count > SIGNAL_ROWS_MAX ||
            signal->need_count > SIGNAL_NEEDS_MAX)
                return "it is longer than a signal is";
        if (name_empty(&signal->party) || !date_valid(signal_day(signal->time)))
                return "it says not whose it is, or of which day";
        if (signal->has_revenue && (!period_valid(signal->revenue_period) ||
                                    signal->all_source_revenue < 0 ||
                                    signal->all_source_revenue > SIGNAL_CENTS_MAX))
                return "the revenue of all sources is none";
        says = contracts_fault(signal);
        if (!says)
                says = rows_fault(signal);
        for (uint32_t i = 0; i < signal->need_count && !says; i++)
                if (signal->needs[i].contract >= signal->contract_count ||
                    signal->needs[i].has < CAPABILITY_HAS ||
                    signal->needs[i].has > CAPABILITY_NOT_SAID)
                        says = "a need is of no contract, or says not who has it";
        return says;
}
