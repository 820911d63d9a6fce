/* SPDX-License-Identifier: Apache-2.0 */
#include "core/steps/sense.h"

#include "core/check.h"

struct exact rate_or(const struct step *step, const char *name, int64_t otherwise)
{
        const struct param *param = step_param(step, name);

        return param ? exact_of_rate(param->rate) : exact_of(otherwise);
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
        [STEP_CREDIBILITY] = sense_credibility,
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
