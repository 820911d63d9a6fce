/* SPDX-License-Identifier: Apache-2.0 */
#include "core/measure_key.h"

#include <string.h>

#include "core/charter.h"
#include "core/check.h"
#include "core/exact.h"
#include "core/steps.h"

bool measure_key_equal(const struct measure_key *a, const struct measure_key *b)
{
        return name_equal(&a->concept, &b->concept) && name_equal(&a->version, &b->version) &&
               name_equal(&a->population, &b->population) && a->direction == b->direction;
}

static struct name word_of(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param && param->type == PARAM_WORD ? param->word : (struct name) { "" };
}

/* ---- the scale */

static bool scaled_by(const struct step *step, const char *scale)
{
        return strcmp(step->kind.text, "measure") == 0 &&
               step_word_is(step, STEP_MEASURE, "scale", scale);
}

static bool rate_of(const struct step *step, const char *name, struct rate *ret)
{
        const struct param *param = step_param(step, name);

        if (!param || param->type != PARAM_RATE)
                return false;
        *ret = param->rate;
        return true;
}

static int compared(struct rate a, struct rate b)
{
        return exact_cmp(exact_of_rate(a), exact_of_rate(b));
}

static bool falls(const struct step *step, const char *worst, const char *best)
{
        struct rate from, to;

        return rate_of(step, worst, &from) && rate_of(step, best, &to) && compared(to, from) < 0;
}

static const struct band *bands_of(const struct terms *terms, const struct step *step,
                                   size_t *ret_count)
{
        const struct param *param = step_param(step, "bands");

        *ret_count = param && param->type == PARAM_BANDS ? param->bands.count : 0;
        return *ret_count ? &terms->bands[param->bands.first] : NULL;
}

static bool points_fall(const struct terms *terms, const struct step *step)
{
        size_t count;
        const struct band *bands = bands_of(terms, step, &count);

        return count && compared(bands[count - 1].at_to, bands[0].at_from) < 0;
}

enum direction measure_direction(const struct terms *terms, const struct step *step)
{
        bool less = false;

        if (scaled_by(step, "linear"))
                less = falls(step, "worst", "best");
        else if (scaled_by(step, "attainment") || scaled_by(step, "better"))
                less = falls(step, "threshold", "benchmark");
        else if (scaled_by(step, "table"))
                less = points_fall(terms, step);
        return less ? DIRECTION_LESS : DIRECTION_MORE;
}

/* A rate of a table, and the points there. */
struct corner {
        int64_t at;
        struct rate points;
};

static bool reaches(const struct corner *corner, struct rate most, struct rate *ret)
{
        struct exact at = exact_ratio(corner->at, SHARE_ONE);

        if (compared(corner->points, most) < 0)
                return false;
        *ret = (struct rate) { (int64_t)at.num, (int64_t)at.den };
        return true;
}

/* Where a table first has the most points, coming from its worse end. */
static bool table_target(const struct terms *terms, const struct step *step, struct rate *ret)
{
        bool less = measure_direction(terms, step) == DIRECTION_LESS;
        struct rate most = { 1, 1 };
        size_t count;
        const struct band *bands = bands_of(terms, step, &count);

        rate_of(step, "most", &most);
        for (size_t i = 0; i < count; i++) {
                const struct band *band = &bands[less ? count - 1 - i : i];
                const struct corner lower = { band->from, band->at_from };
                const struct corner upper = { band->to, band->at_to };

                if (reaches(less ? &upper : &lower, most, ret) ||
                    reaches(less ? &lower : &upper, most, ret))
                        return true;
        }
        return false;
}

static bool target_of(const struct terms *terms, const struct step *step, struct rate *ret)
{
        if (scaled_by(step, "linear"))
                return rate_of(step, "best", ret);
        if (scaled_by(step, "attainment") || scaled_by(step, "improvement") ||
            scaled_by(step, "better"))
                return rate_of(step, "benchmark", ret);
        return scaled_by(step, "table") && table_target(terms, step, ret);
}

/* ---- the crosswalk */

static const struct specification *specified(const struct charter *charter,
                                             const struct name *bearer, const struct name *key)
{
        const struct specification *of_all = NULL;

        for (size_t i = 0; charter && i < charter->specification_count; i++) {
                const struct specification *one = &charter->specifications[i];

                if (!name_equal(&one->key, key))
                        continue;
                if (name_equal(&one->bearer, bearer))
                        return one;
                if (name_empty(&one->bearer) && !of_all)
                        of_all = one;
        }
        return of_all;
}

/* @concept: the terms' own, empty where they say none; what is said of another is not of it. */
static void key_by(const struct terms *terms, const struct charter *charter,
                   const struct name *word, const struct name *concept, struct measure_key *ret)
{
        const struct specification *found = specified(charter, &terms->contract.bearer, word);

        *ret = (struct measure_key) { .concept = name_empty(concept) ? *word : *concept };
        if (found && (name_empty(concept) || name_equal(concept, &found->is.concept)))
                *ret = found->is;
}

static void say_over(const struct step *step, const char *name, struct name *to)
{
        struct name word = word_of(step, name);

        if (!name_empty(&word))
                *to = word;
}

/* The terms' own word, which is also the item of the facts. */
static struct name word_for(const struct step *step)
{
        struct name word = word_of(step, "measure");

        return name_empty(&word) ? word_of(step, "measure_score") : word;
}

static bool has_rate(const struct step *step)
{
        return strcmp(step->kind.text, "measure") == 0 && !scaled_by(step, "relative") &&
               !scaled_by(step, "reported");
}

void measure_key_of(const struct terms *terms, const struct step *step,
                    const struct charter *charter, struct measure_key *ret,
                    struct name *ret_excludes, struct rate *ret_target, bool *ret_has_target)
{
        const struct name word = word_for(step), concept = word_of(step, "concept");

        key_by(terms, charter, &word, &concept, ret);
        if (has_rate(step) || !ret->direction)
                ret->direction = measure_direction(terms, step);
        say_over(step, "specification", &ret->version);
        say_over(step, "population", &ret->population);
        *ret_excludes = word_of(step, "excludes");
        *ret_target = (struct rate) { 0, 1 };
        *ret_has_target = target_of(terms, step, ret_target);
}

void concept_key_of(const struct terms *terms, const char *concept, enum direction direction,
                    const struct charter *charter, struct measure_key *ret)
{
        static const struct name unsaid;
        struct name word = { "" };

        assert(strlen(concept) <= NAME_MAX_LENGTH);
        memcpy(word.text, concept, strlen(concept));
        key_by(terms, charter, &word, &unsaid, ret);
        ret->direction = direction;
}
