/* SPDX-License-Identifier: Apache-2.0 */
/* The plainest terms there are. */
#include <errno.h>
#include <string.h>

#include "tests/hub/stage.h"

static struct name name_of(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

static void add_step(struct terms *terms, const char *kind)
{
        struct step *step = &terms->steps[terms->step_count++];

        step->kind = name_of(kind);
        step->version = 1;
}

static struct param *add_param(struct terms *terms, const char *name, enum param_type type)
{
        struct step *step = &terms->steps[terms->step_count - 1];
        struct param *param = &step->params[step->param_count++];

        param->name = name_of(name);
        param->type = type;
        return param;
}

void stage_terms(struct terms *terms, const struct contract_id *contract, uint32_t version)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };

        *terms = (struct terms) {
                .contract = *contract, .version = version, .title = { "half of all savings" },
                .signed_on = year.from, .effective = year.from, .applies = APPLIES_NEXT_PERIOD,
                .standing = STANDING_BINDING, .lookback_months = 12, .agreement = year,
                .period_count = 1, .periods = { year },
        };
        add_step(terms, "attribute");
        add_step(terms, "expenditure");
        add_step(terms, "target");
        add_step(terms, "savings");
        add_step(terms, "corridor-gate");
        add_param(terms, "minimum", PARAM_WORD)->word = name_of("none");
        add_step(terms, "share");
        add_param(terms, "up", PARAM_RATE)->rate = (struct rate) { 1, 2 };
        add_step(terms, "post");
}
