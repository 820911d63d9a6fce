/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of the people, of all or of a category. */
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/steps/volume.h"
#include "core/widths.h"

static enum volume counted(const struct step *step, const struct working *w)
{
        if (word_is(w, step, "count", "person_years"))
                return VOLUME_YEARS;
        if (word_is(w, step, "count", "member_months"))
                return VOLUME_MONTHS;
        return word_is(w, step, "count", "episodes") ? VOLUME_EPISODES : VOLUME_PEOPLE;
}

void step_attribute(const struct step *step, struct working *w)
{
        enum volume volume = counted(step, w);
        struct item item;
        const struct item *category = item_param(step, "category", &item) ? &item : NULL;

        if (category)
                category_add(w, category);
        if (word_is(w, step, "source", "categories"))
                volume_sum(w, volume);
        else if (word_is(w, step, "source", "members"))
                volume_of_members(w, volume, category);
        else
                volume_take(w, volume, category);
}

void widths_attribute(const struct step *step, struct widths *ws)
{
        (void)step;
        widths_lines(ws, 2);
}

const char *sense_attribute(const struct terms *terms, const struct step *step)
{
        bool members = step_word_is(step, STEP_ATTRIBUTE, "source", "members");

        (void)terms;
        if (step_word_is(step, STEP_ATTRIBUTE, "source", "categories") &&
            step_param(step, "category"))
                return "is the sum of categories, and so of none itself: give no category";
        if (members && step_word_is(step, STEP_ATTRIBUTE, "count", "episodes"))
                return "member rows have no episodes";
        if (!members && step_param(step, "least_months"))
                return "least_months is for what is counted of member rows";
        return NULL;
}
