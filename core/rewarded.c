/* SPDX-License-Identifier: Apache-2.0 */
#include "core/rewarded.h"

#include <string.h>

#include "core/arrangement.h"
#include "core/steps.h"

struct list {
        struct rewarded *rows;
        size_t count;
};

static bool is_step(const struct step *step, const char *kind)
{
        return strcmp(step->kind.text, kind) == 0;
}

static const struct name *word_of(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param && param->type == PARAM_WORD ? &param->word : NULL;
}

/* What a step calls the measure that it scores, or pays a fee by; NULL: it is about none. */
static const struct name *measure_of(const struct step *step)
{
        if (is_step(step, "measure"))
                return word_of(step, "measure");
        return is_step(step, "fee") ? word_of(step, "measure_score") : NULL;
}

/* A gate on the quality score rests on all measures that make it. */
static bool gated(const struct terms *terms, const struct name *measure)
{
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];
                const struct name *own = word_of(step, "measure");

                if (!is_step(step, "gate"))
                        continue;
                if (step_word_is(step, STEP_GATE, "standard", "least") ||
                    step_word_is(step, STEP_GATE, "standard", "reported") ||
                    step_word_is(step, STEP_GATE, "standard", "scored"))
                        return true;
                if (measure && own && step_word_is(step, STEP_GATE, "standard", "measure") &&
                    name_equal(own, measure))
                        return true;
        }
        return false;
}

static bool has_reported_score(const struct terms *terms)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (is_step(&terms->steps[i], "composite") &&
                    (step_word_is(&terms->steps[i], STEP_COMPOSITE, "source", "reported") ||
                     step_word_is(&terms->steps[i], STEP_COMPOSITE, "source", "points")))
                        return true;
        return false;
}

/* By whatever is shared, or paid in advance, of what care costs. */
static bool rewards_cost(const struct terms *terms)
{
        struct arrangement arrangement;

        arrangement_of(terms, false, &arrangement);
        return arrangement.category >= LAN_3N;
}

static void add(struct list *list, const struct rewarded *row)
{
        for (size_t i = 0; i < list->count; i++)
                if (measure_key_equal(&list->rows[i].key, &row->key)) {
                        list->rows[i].gate |= row->gate;
                        return;
                }
        if (list->count < INCENTIVES_MAX)
                list->rows[list->count++] = *row;
}

size_t rewarded_of(const struct terms *terms, const struct charter *charter,
                   struct rewarded ret[INCENTIVES_MAX])
{
        struct list list = { ret, 0 };
        struct rewarded row;

        for (size_t i = 0; i < terms->step_count; i++) {
                const struct name *measure = measure_of(&terms->steps[i]);

                if (!measure)
                        continue;
                row = (struct rewarded) { .gate = gated(terms, measure) };
                measure_key_of(terms, &terms->steps[i], charter, &row.key, &row.excludes,
                               &row.target, &row.has_target);
                add(&list, &row);
        }
        row = (struct rewarded) { .gate = gated(terms, NULL), .target = { 0, 1 } };
        if (has_reported_score(terms)) {
                concept_key_of(terms, CONCEPT_QUALITY_SCORE, DIRECTION_MORE, charter, &row.key);
                add(&list, &row);
        }
        row.gate = false;
        if (rewards_cost(terms)) {
                concept_key_of(terms, CONCEPT_TOTAL_COST, DIRECTION_LESS, charter, &row.key);
                add(&list, &row);
        }
        return list.count;
}
