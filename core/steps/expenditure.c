/* SPDX-License-Identifier: Apache-2.0 */
/* What the people's care cost: a total, or an amount for each person-year or member's month. */
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/steps/volume.h"
#include "core/widths.h"

/* Which formula of its line makes a figure. */
enum total_form { TOTAL_BY_YEARS, TOTAL_BY_MONTHS, TOTAL_SUMMED, TOTAL_OF_MEMBERS };
enum each_form { EACH_MEAN, EACH_OF_MEMBERS };
#define PMPM_OF_MEMBERS 0

/* What is priced by person-years or by months. */
struct priced_by {
        enum fact_kind kind;
        enum line_code line;
        enum volume volume;
        enum total_form form;
        unsigned int of_members;
        const char *too_much;
};

static const struct priced_by per_capita = {
        FACT_EXPENDITURE_PER_CAPITA, LINE_EXPENDITURE_EACH, VOLUME_YEARS, TOTAL_BY_YEARS,
        EACH_OF_MEMBERS,
        "the amount per person-year times the person-years is more than money can be",
};

static const struct priced_by pmpm = {
        FACT_EXPENDITURE_PMPM, LINE_EXPENDITURE_PMPM, VOLUME_MONTHS, TOTAL_BY_MONTHS,
        PMPM_OF_MEMBERS,
        "the amount per member and month times the months is more than money can be",
};

#define TOO_MUCH "the expenditure of all categories is more than money can be"

/* What the whole's, or one category's, expenditure is made of. */
struct cost {
        struct exact each, volume, total;
};

/* Of the categories so far: what their mean is made of, and what they cost. */
struct sums {
        struct exact weighted, volume, total;
};

static bool sums_add(struct working *w, struct sums *sums, const struct cost *cost)
{
        sums->weighted = exact_add(sums->weighted, exact_mul(cost->each, cost->volume));
        sums->volume = exact_add(sums->volume, cost->volume);
        sums->total = exact_add(sums->total, cost->total);
        return money_within(w, sums->weighted, TOO_MUCH) && money_within(w, sums->total, TOO_MUCH);
}

/* Rounded to decimals of a dollar; figures are cents. */
static struct exact rounded(const struct step *step, const struct working *w, struct exact each)
{
        return exact_round_decimals(each, (int)number_param(w, step, "decimals") - 2,
                                    ROUND_HALF_AWAY);
}

static const struct priced_by *unit_of(const struct step *step, const struct working *w)
{
        if (word_is(w, step, "unit", "per_capita"))
                return &per_capita;
        return word_is(w, step, "unit", "pmpm") ? &pmpm : NULL;
}

static bool members_said(const struct step *step, struct working *w, const struct item *item,
                         struct exact *ret)
{
        const struct member_figures *figures = member_figures(w, item);

        if (!figures) {
                stop(w, "there are no member rows whose costs could be summed");
                return false;
        }
        say_members(w, LINE_MEMBERS_COUNTED, item, exact_of(figures->head_count));
        say_members(w, LINE_MONTHS_COUNTED, item, exact_of(figures->member_months));
        if (has_param(step, "truncate") || has_param(step, "truncate_percentile"))
                say_members(w, LINE_TRUNCATED_OFF, item, figures->truncated);
        say_members(w, LINE_EXPENDITURE_OF_MEMBERS, item, figures->expenditure);
        *ret = figures->expenditure;
        return money_within(w, *ret, TOO_MUCH);
}

/* Their own months and years where no attribute step counted any. */
static bool members_volume(struct working *w, const struct priced_by *unit, const struct item *item,
                           struct exact *ret)
{
        enum feed feed = unit->volume == VOLUME_YEARS ? FEED_YEARS : FEED_MONTHS;

        if (!held_of(w, feed, item, ret)) {
                volume_of_members(w, unit->volume, item);
                held_of(w, feed, item, ret);
        }
        if (exact_sign(*ret) > 0)
                return true;
        stop(w, "the members have no months: nothing can be said of each");
        return false;
}

static bool each_of_members(const struct step *step, struct working *w,
                            const struct priced_by *unit, const struct item *item,
                            struct cost *cost)
{
        struct exact all;

        if (!members_said(step, w, item, &all) || !members_volume(w, unit, item, &cost->volume))
                return false;
        all = exact_of(exact_round(all, 1, ROUND_HALF_AWAY));
        cost->each = rounded(step, w, exact_div(all, cost->volume));
        say_item(w, unit->line, unit->of_members, item, cost->each);
        return true;
}

static bool each_and_volume(const struct step *step, struct working *w,
                            const struct priced_by *unit, const struct item *item,
                            struct cost *cost)
{
        const struct wanted wanted = { .kind = unit->kind, .item = item };

        if (word_is(w, step, "source", "members"))
                return each_of_members(step, w, unit, item, cost);
        return take(w, unit->line, wanted, &cost->each) &&
               volume_need(w, unit->volume, item, &cost->volume);
}

static bool total_of(const struct step *step, struct working *w, const struct item *item,
                     struct exact *ret)
{
        if (!word_is(w, step, "source", "members"))
                return take(w, LINE_EXPENDITURE,
                            (struct wanted) { .kind = FACT_EXPENDITURE, .item = item }, ret);
        if (!members_said(step, w, item, ret))
                return false;
        *ret = exact_of(exact_round(*ret, 1, ROUND_HALF_AWAY));
        say_item(w, LINE_EXPENDITURE, TOTAL_OF_MEMBERS, item, *ret);
        return true;
}

static bool cost_of(const struct step *step, struct working *w, const struct item *item,
                    struct cost *cost)
{
        const struct priced_by *unit = unit_of(step, w);

        *cost = (struct cost) { { 0, 1 }, { 0, 1 }, { 0, 1 } };
        if (!unit)
                return total_of(step, w, item, &cost->total);
        if (!each_and_volume(step, w, unit, item, cost) ||
            !priced(w, cost->each, cost->volume, unit->too_much, &cost->total))
                return false;
        say_item(w, LINE_EXPENDITURE, unit->form, item, cost->total);
        return true;
}

/* Per person-year, of all: the categories' amounts, weighed by their person-years. */
static void total_of_mean(const struct step *step, struct working *w, const struct sums *sums)
{
        struct exact each, years, total;

        if (exact_sign(sums->volume) <= 0) {
                stop(w, "the categories have no person-years: their amounts cannot be weighed");
                return;
        }
        if (!is_held(w, FEED_YEARS))
                volume_sum(w, VOLUME_YEARS);
        years = held(w, FEED_YEARS);
        each = rounded(step, w, exact_div(sums->weighted, sums->volume));
        say_form(w, LINE_EXPENDITURE_EACH, EACH_MEAN, each);
        if (priced(w, each, years, per_capita.too_much, &total))
                say_form(w, LINE_EXPENDITURE, TOTAL_BY_YEARS, total);
}

static void by_category(const struct step *step, struct working *w)
{
        struct sums sums = { { 0, 1 }, { 0, 1 }, { 0, 1 } };
        struct cost cost;

        for (size_t i = 0; i < w->category_count; i++)
                if (!cost_of(step, w, category_item(w, i), &cost) || !sums_add(w, &sums, &cost))
                        return;
        if (unit_of(step, w) == &per_capita)
                total_of_mean(step, w, &sums);
        else
                say_form(w, LINE_EXPENDITURE, TOTAL_SUMMED, sums.total);
}

void step_expenditure(const struct step *step, struct working *w)
{
        const struct wanted completion = { .kind = FACT_COMPLETION_FACTOR };
        struct exact factor;
        struct cost cost;

        if (flag_param(w, step, "complete") &&
            !take(w, LINE_COMPLETION_FACTOR, completion, &factor))
                return;
        if (word_is(w, step, "by", "category"))
                by_category(step, w);
        else
                cost_of(step, w, NULL, &cost);
}

void widths_expenditure(const struct step *step, struct widths *ws)
{
        size_t each = 1, parts = 1;

        /*
         * What is multiplied and divided is held to what money can be before, by priced() and
         * sums_add(): with decimals of a cent and of a person-year it is at most 2^118.
         */
        width_mul(ws, WIDTH_MONEY, WIDTH_RATE);
        if (!step_word_is(step, STEP_EXPENDITURE, "unit", "total"))
                each += 3;
        if (step_word_is(step, STEP_EXPENDITURE, "source", "members"))
                each += 4;
        if (step_word_is(step, STEP_EXPENDITURE, "by", "category"))
                parts += ws->category_count;
        widths_lines(ws, 1 + each * parts);
}

const char *sense_expenditure(const struct terms *terms, const struct step *step)
{
        static const char *const names[] = { "complete", "annualise", "truncate",
                                             "truncate_percentile" };

        (void)terms;
        if (step_word_is(step, STEP_EXPENDITURE, "source", "members"))
                return NULL;
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                if (step_param(step, names[i]))
                        return "complete, annualise and truncate are for what is summed of member "
                               "rows";
        return NULL;
}
