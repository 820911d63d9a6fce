/* SPDX-License-Identifier: Apache-2.0 */
#include "core/terms.h"

#include "core/check.h"

enum side terms_of_record(const struct terms *terms, enum fact_kind kind)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);

        for (size_t i = 0; i < terms->rule_count; i++)
                if (terms->rules[i].kind == kind)
                        return terms->rules[i].of_record;
        return info ? info->customary : SIDE_NEITHER;
}

const struct period *terms_period(const struct terms *terms, struct period inner)
{
        for (size_t i = 0; i < terms->period_count; i++)
                if (period_within(inner, terms->periods[i]))
                        return &terms->periods[i];
        return NULL;
}

bool terms_has_segment(const struct terms *terms, const struct name *segment)
{
        for (size_t i = 0; i < terms->segment_count; i++)
                if (name_equal(&terms->segments[i].name, segment))
                        return true;
        return false;
}

const struct param *step_param(const struct step *step, const char *name)
{
        for (size_t i = 0; i < step->param_count; i++)
                if (word_equal(step->params[i].name.text, name))
                        return &step->params[i];
        return NULL;
}
