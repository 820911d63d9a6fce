/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/proto/samples.h"

static const struct terms full = {
        .contract = CONTRACT_OF("payer", "aco", "shared-2025"),
        .version = 2,
        .title = { "Shared savings, 2025 to 2027" },
        .template_id = { "mssp-basic-e" },
        .bearer_administrator = { "tpa" },
        .earner_administrator = { "network" },
        .signed_on = 20000,
        .effective = 20089,
        .applies = APPLIES_CUT_MONTH,
        .standing = STANDING_BINDING,
        .lookback_months = 36,
        .runout_months = 3,
        .agreement = { 20089, 21184 },
        .period_count = 2,
        .segment_count = 2,
        .rule_count = 2,
        .step_count = 3,
        .band_count = 3,
        .periods = { { 20089, 20454 }, { 20454, 20819 } },
        .segments = { { { "ma-hmo" }, BUSINESS_MEDICARE_ADVANTAGE, true },
                      { { "self" }, BUSINESS_SELF_INSURED, false } },
        .rules = { { FACT_EXPENDITURE, SIDE_BEARER, REPORT_MUST, 50000, { 1, 1000 }, 4, 30, 6 },
                   { FACT_QUALITY_SCORE, SIDE_EARNER, REPORT_NONE, 0, { 0, 1 }, 0, 0, 0 } },
        .steps = {
                { { "gate" }, 1, 3,
                  { { .name = { "minimum" }, .type = PARAM_BANDS, .bands = { 0, 2 } },
                    { .name = { "first-dollar" }, .type = PARAM_FLAG, .flag = true },
                    { .name = { "rounding" }, .type = PARAM_WORD, .word = { "half-even" } } } },
                { { "fee" }, 2, 0, { { .type = 0 } } },
                { { "share" }, 1, 5,
                  { { .name = { "rate" }, .type = PARAM_RATE, .rate = { 1, 2 } },
                    { .name = { "cap" }, .type = PARAM_CENTS, .cents = -7 },
                    { .name = { "months" }, .type = PARAM_COUNT, .count = 12 },
                    { .name = { "losses" }, .type = PARAM_FLAG, .flag = false },
                    { .name = { "scale" }, .type = PARAM_BANDS, .bands = { 2, 1 } } } },
        },
        .bands = { { 5000, 5999, { 36, 1000 }, { 32, 1000 } },
                   { 6000, 6999, { 32, 1000 }, { 31, 1000 } },
                   { -1, 0, { -1, 3 }, { 0, 1 } } },
        .reconciling = { true, 60, 30, DECIDER_ARBITER, { "judge" }, 20454, 14 },
};

static const struct terms least = {
        .contract = CONTRACT_OF("a", "b", "c"),
        .version = 1,
        .applies = APPLIES_NEXT_PERIOD,
        .standing = STANDING_SHADOW,
};

static const struct terms undecided = {
        .contract = CONTRACT_OF("a", "b", "c"),
        .version = 1,
        .applies = APPLIES_NEXT_PERIOD,
        .standing = STANDING_SHADOW,
        .reconciling = { .is = true, .historical_until = DATE_NONE },
};

const struct sample samples_of_terms[] = {
        { "terms with everything", MESSAGE_TERMS, &full,
          "format=1 contract=\"payer/aco/shared-2025\" version=2 title=\"Shared savings, 2025 "
          "to 2027\" template_id=\"mssp-basic-e\" bearer_administrator=\"tpa\" "
          "earner_administrator=\"network\" signed_on=20000 effective=20089 applies=3 "
          "standing=3 lookback_months=36 runout_months=3 agreement_from=20089 "
          "agreement_until=21184 periods{from=20089 until=20454} periods{from=20454 "
          "until=20819} segments{name=\"ma-hmo\" business=4 insured=true} "
          "segments{name=\"self\" business=5 insured=false} rules{kind=4 of_record=1 other=3 "
          "tolerance=50000 tolerance_share{num=1 den=1000} tolerance_rows=4 window_days=30 "
          "materiality=6} rules{kind=10 of_record=2 other=1} "
          "steps{kind=\"gate\" version=1 params{name=\"minimum\" bands{rows{from=5000 to=5999 "
          "at_from{num=36 den=1000} at_to{num=32 den=1000}} rows{from=6000 to=6999 "
          "at_from{num=32 den=1000} at_to{num=31 den=1000}}}} params{name=\"first-dollar\" "
          "flag=true} params{name=\"rounding\" word=\"half-even\"}} steps{kind=\"fee\" "
          "version=2} steps{kind=\"share\" version=1 params{name=\"rate\" rate{num=1 den=2}} "
          "params{name=\"cap\" cents=-7} params{name=\"months\" count=12} "
          "params{name=\"losses\" flag=false} params{name=\"scale\" bands{rows{from=-1 to=0 "
          "at_from{num=-1 den=3} at_to{num=0 den=1}}}}} "
          "reconciling{dispute_days=60 payment_days=30 decides=1 arbiter=\"judge\" "
          "historical_until=20454 witness_days=14}" },
        { "terms with the least", MESSAGE_TERMS, &least,
          "format=1 contract=\"a/b/c\" version=1 title=\"\" signed_on=0 effective=0 applies=1 "
          "standing=1 lookback_months=0 runout_months=0 agreement_from=0 agreement_until=0" },
        { "terms that say how disputes end, and nothing of it", MESSAGE_TERMS, &undecided,
          "format=1 contract=\"a/b/c\" version=1 title=\"\" signed_on=0 effective=0 applies=1 "
          "standing=1 lookback_months=0 runout_months=0 agreement_from=0 agreement_until=0 "
          "reconciling{}" },
        { 0 },
};
