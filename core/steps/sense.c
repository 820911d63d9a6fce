/* SPDX-License-Identifier: Apache-2.0 */
#include "core/steps/sense.h"

#include "core/check.h"

struct exact rate_or(const struct step *step, const char *name, int64_t otherwise)
{
        const struct param *param = step_param(step, name);

        return param ? exact_of_rate(param->rate) : exact_of(otherwise);
}

static const char *sense_share(const struct terms *terms, const struct step *step)
{
        (void)terms;
        if (exact_cmp(rate_or(step, "down_floor", 0), rate_or(step, "down_ceiling", 1)) > 0)
                return "down_floor lies above down_ceiling";
        return NULL;
}

static const char *sense_corridor_gate(const struct terms *terms, const struct step *step)
{
        (void)terms;
        if (step_param(step, "flat_least_panel") && !step_param(step, "bands"))
                return "parameter bands must be given where flat_least_panel is";
        return NULL;
}

static const char *sense_limit(const struct terms *terms, const struct step *step)
{
        (void)terms;
        if (!step_param(step, "gain") && !step_param(step, "loss") &&
            step_word_is(step, STEP_LIMIT, "revenue", "none"))
                return "limits nothing: give gain, loss or revenue";
        return NULL;
}

static const char *sense_fee(const struct terms *terms, const struct step *step)
{
        (void)terms;
        if (!step_param(step, "flat") && !step_param(step, "pmpm"))
                return "is no fee: give flat or pmpm";
        return NULL;
}

static sense_fn *const rules[STEP_KIND_COUNT] = {
        [STEP_ATTRIBUTE] = sense_attribute,
        [STEP_EXPENDITURE] = sense_expenditure,
        [STEP_STOP_LOSS] = sense_stop_loss,
        [STEP_TARGET] = sense_target,
        [STEP_DISCOUNT] = sense_discount,
        [STEP_MEASURE] = sense_measure,
        [STEP_COMPOSITE] = sense_composite,
        [STEP_GATE] = sense_gate,
        [STEP_QUALITY_ADJUST] = sense_quality_adjust,
        [STEP_CORRIDOR_GATE] = sense_corridor_gate,
        [STEP_SHARE] = sense_share,
        [STEP_LIMIT] = sense_limit,
        [STEP_FEE] = sense_fee,
};

const char *step_sense(const struct terms *terms, enum step_code code, const struct step *step)
{
        assert(code < STEP_KIND_COUNT);
        return rules[code] ? rules[code](terms, step) : NULL;
}
