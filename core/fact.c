/* SPDX-License-Identifier: Apache-2.0 */
#include "core/fact.h"

#include "core/check.h"

#define C SCOPE_BIT(SCOPE_CONTRACT)
#define P SCOPE_BIT(SCOPE_PARTY)
#define CM (SCOPE_BIT(SCOPE_COMMUNITY) | SCOPE_BIT(SCOPE_CONTRACT))

static const struct fact_kind_info kinds[] = {
#define X(code, word, number, of_unit, low, high, where, side, text)     \
        { .kind = FACT_##code,                                           \
          .name = (word),                                                \
          .says = (text),                                                \
          .unit = UNIT_##of_unit,                                        \
          .least = (low),                                                \
          .most = (high),                                                \
          .scopes = (where),                                             \
          .customary = SIDE_##side },
        FACT_KINDS(X)
#undef X
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

const struct fact_kind_info *fact_kind_at(size_t place)
{
        return place < KIND_COUNT ? &kinds[place] : NULL;
}

const struct fact_kind_info *fact_kind_info(unsigned int number)
{
        for (size_t i = 0; i < KIND_COUNT; i++)
                if ((unsigned int)kinds[i].kind == number)
                        return &kinds[i];
        return NULL;
}

const struct fact_kind_info *fact_kind_by_name(struct bytes name)
{
        for (size_t i = 0; i < KIND_COUNT; i++)
                if (bytes_equal(name, (struct bytes) { kinds[i].name, strlen(kinds[i].name) }))
                        return &kinds[i];
        return NULL;
}

bool fact_kind_adds_up(enum fact_kind kind)
{
        switch (kind) {
        case FACT_HEAD_COUNT:
        case FACT_MEMBER_MONTHS:
        case FACT_EPISODES:
        case FACT_EXPENDITURE:
        case FACT_BENCHMARK:
        case FACT_BUDGET_ADJUSTMENT:
        case FACT_PREMIUM_REVENUE:
        case FACT_PARTICIPANT_REVENUE:
        case FACT_DISASTER_RELIEF:
        case FACT_ADVANCE_BALANCE:
        case FACT_ADVANCE_PAID:
        case FACT_ADVANCE_FORGIVEN:
        case FACT_FEE_BASE:
        case FACT_FEE_PAID:
        case FACT_OVERLAP_AMOUNT:
        case FACT_OTHER_AMOUNT:
        case FACT_MEASURE_NUMERATOR:
        case FACT_MEASURE_DENOMINATOR:
                return true;
        default:
                return false;
        }
}

bool fact_key_equal(const struct fact_key *a, const struct fact_key *b)
{
        return a->scope == b->scope && a->kind == b->kind &&
               name_equal(&a->segment, &b->segment) && item_equal(&a->item, &b->item) &&
               period_equal(a->period, b->period) && a->paid_through == b->paid_through;
}

static const char *whole_number_fault(const struct fact_kind_info *info, const struct value *value)
{
        if (value->den != 1)
                return "only a rate has a denominator other than 1";
        if (value->num < info->least)
                return "the value is below the least there can be of this kind";
        if (value->num > info->most)
                return "the value is above the most there can be of this kind";
        return NULL;
}

static const char *rate_fault(const struct fact_kind_info *info, const struct value *value)
{
        /* The bounds are below 2^31 and the parts below 2^30: no product of them overflows. */
        if (value->den <= 0)
                return "the denominator of a rate is a positive number";
        if (value->den > RATE_PART_MAX || value->num > RATE_PART_MAX || value->num < -RATE_PART_MAX)
                return "a rate has at most nine decimals and neither part beyond 10^9";
        if (value->num < info->least * value->den)
                return "the value is below the least there can be of this kind";
        if (value->num > info->most * value->den)
                return "the value is above the most there can be of this kind";
        return NULL;
}

const char *fact_value_fault(enum fact_kind kind, const struct value *value)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);

        if (!info)
                return "there is no such kind of fact";
        if (value->unit != info->unit)
                return "the value is not in the unit of its kind";
        if (info->unit == UNIT_RATE)
                return rate_fault(info, value);
        return whole_number_fault(info, value);
}
