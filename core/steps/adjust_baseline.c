/* SPDX-License-Identifier: Apache-2.0 */
/* Adjustments of the baseline: its region, savings before, other amounts, rates, budgets. */
#include "core/steps/adjusting.h"

#include "core/check.h"
#include "core/inputs.h"
#include "core/steps/volume.h"

/* Which formula of a line makes it. */
enum cap_form { CAP_OF_NATIONAL, CAP_ZERO };
enum prior_form { PRIOR_MEAN, PRIOR_OF_PART, PRIOR_NOTHING };
enum weight_form { WEIGHT_CHEAPER, WEIGHT_DEARER };
enum { CAPS_FORMS = 4 };        /* both, up, down, none */

static const struct {
        enum feed feed;
        enum line_code line;
} alternatives[ALTERNATIVE_COUNT] = {
        [BY_REGION] = { FEED_REGIONAL, LINE_REGIONAL_ADJUSTMENT },
        [BY_PRIOR_SAVINGS] = { FEED_PRIOR, LINE_PRIOR_ADJUSTMENT },
        [BY_OTHER] = { FEED_OTHER, LINE_OTHER_ADJUSTMENT },
};

enum feed alternative_feed(enum alternative alternative)
{
        return alternatives[alternative].feed;
}

bool adjust_by(struct working *w, enum adjusted_form form, const struct item *item,
               struct exact adjustment)
{
        struct exact baseline;

        return part_baseline(w, item, &baseline) &&
               say_baseline(w, LINE_ADJUSTED, form, item, exact_add(baseline, adjustment));
}

/* ---- caps */

static struct exact cap_of(const struct step *step, struct working *w, const char *name,
                           enum line_code code, const struct item *item, struct exact national)
{
        struct exact rate = rate_param(w, step, name), cap;

        /* Ten times an amount per person-year at most: never more than money can be. */
        if (amount_rounded(step, w, rate, national, &cap))
                say_item(w, code, exact_sign(rate) > 0 ? CAP_OF_NATIONAL : CAP_ZERO, item, cap);
        return cap;
}

bool take_caps(const struct step *step, struct working *w, const struct item *item,
               struct caps *ret)
{
        struct exact national = exact_of(0), none = exact_of(0);

        *ret = (struct caps) { has_param(step, "cap_up"), has_param(step, "cap_down"), none, none };
        if (((ret->up && exact_sign(rate_param(w, step, "cap_up")) > 0) ||
             (ret->down && exact_sign(rate_param(w, step, "cap_down")) > 0)) &&
            !take(w, LINE_NATIONAL,
                  (struct wanted) { .kind = FACT_NATIONAL_PER_CAPITA, .item = item }, &national))
                return false;
        if (ret->up)
                ret->most = cap_of(step, w, "cap_up", LINE_ADJUSTMENT_CAP, item, national);
        if (ret->down)
                ret->least = exact_neg(
                        cap_of(step, w, "cap_down", LINE_ADJUSTMENT_FLOOR, item, national));
        return true;
}

struct exact within_caps(const struct caps *caps, struct exact a)
{
        if (caps->up)
                a = exact_min(a, caps->most);
        return caps->down ? exact_max(a, caps->least) : a;
}

unsigned int caps_form(const struct caps *caps)
{
        return caps->up ? (caps->down ? 0 : 1) : (caps->down ? 2 : 3);
}

/* ---- what an alternative comes to: holds now, or waits for a choice */

static bool say_alternative(const struct step *step, struct working *w,
                            enum alternative alternative, const struct item *item,
                            unsigned int form, struct exact uncapped)
{
        struct exact adjustment;
        struct caps caps;

        if (!take_caps(step, w, item, &caps))
                return false;
        adjustment = within_caps(&caps, uncapped);
        say_item(w, alternatives[alternative].line, form + caps_form(&caps), item, adjustment);
        return word_is(w, step, "apply", "candidate") ||
               adjust_by(w, (enum adjusted_form)alternative, item, adjustment);
}

/* ---- the region */

static bool say_shares(struct working *w, const struct exact *years, struct exact all,
                       struct exact *ret)
{
        say(w, LINE_REFERENCE_ALL, all);
        if (exact_sign(all) == 0) {
                stop(w, "there are no person-years in the reference year");
                return false;
        }
        for (size_t i = 0; i < w->category_count; i++) {
                ret[i] = exact_div(years[i], all);
                say_item(w, LINE_REFERENCE_SHARE, 0, category_item(w, i), ret[i]);
        }
        return true;
}

bool reference_shares(const struct step *step, struct working *w, struct exact *ret)
{
        const struct period year = calendar_year(last_base_year(w->terms));
        struct exact years[CATEGORIES_MAX], all = exact_of(0);
        size_t count = part_count(step, w), held = 0;

        while (held < count && held_part(w, FEED_REFERENCE_SHARE, held, &ret[held]))
                held++;
        if (held == count)
                return true;
        for (size_t i = 0; i < count; i++) {
                if (!take(w, LINE_REFERENCE_YEARS,
                          (struct wanted) { FACT_PERSON_YEARS, category_item(w, i), year },
                          &years[i]))
                        return false;
                years[i] = exact_round_decimals(years[i], YEARS_DECIMALS, ROUND_HALF_AWAY);
                all = exact_add(all, years[i]);
        }
        return say_shares(w, years, all, ret);
}

static bool take_difference(struct working *w, const struct item *item, struct exact *baseline,
                            struct exact *ret)
{
        struct exact regional;

        if (!part_baseline(w, item, baseline) || (item && !is_each(w, *baseline)) ||
            !take(w, LINE_REGIONAL,
                  (struct wanted) { .kind = FACT_REGIONAL_PER_CAPITA, .item = item }, &regional))
                return false;
        *ret = exact_sub(regional, *baseline);
        say_item(w, LINE_REGIONAL_DIFFERENCE, 0, item, *ret);
        return true;
}

/* All categories decide together which weight all of them get. */
static bool take_differences(const struct step *step, struct working *w, struct exact *differences,
                             struct exact *all)
{
        struct exact shares[CATEGORIES_MAX], baselines[CATEGORIES_MAX];
        size_t count = part_count(step, w);
        bool by_category = word_is(w, step, "by", "category");

        if (by_category && !reference_shares(step, w, shares))
                return false;
        for (size_t i = 0; i < count; i++)
                if (!take_difference(w, part_item(step, w, i), &baselines[i], &differences[i]))
                        return false;
        *all = differences[0];
        if (by_category) {
                *all = mixed(shares, differences, count);
                say(w, LINE_HISTORICAL_ALL, mixed(shares, baselines, count));
                say(w, LINE_DIFFERENCE_ALL, *all);
        }
        return true;
}

static void say_regional_all(const struct step *step, struct working *w)
{
        struct exact shares[CATEGORIES_MAX], parts[CATEGORIES_MAX];
        size_t count = part_count(step, w);

        if (!word_is(w, step, "by", "category") || !reference_shares(step, w, shares))
                return;
        for (size_t i = 0; i < count; i++)
                held_part(w, FEED_REGIONAL, i, &parts[i]);
        say(w, LINE_REGIONAL_ALL, mixed(shares, parts, count));
}

static void regional(const struct step *step, struct working *w)
{
        struct exact differences[CATEGORIES_MAX], all, weight, uncapped;
        size_t count = part_count(step, w);
        bool dearer;

        if (w->stopped || !take_differences(step, w, differences, &all))
                return;
        dearer = exact_sign(all) < 0;
        weight = rate_param(w, step, dearer ? "weight_dearer" : "weight");
        say_form(w, LINE_REGIONAL_WEIGHT, dearer ? WEIGHT_DEARER : WEIGHT_CHEAPER, weight);
        for (size_t i = 0; i < count; i++) {
                const struct item *item = part_item(step, w, i);

                if (!amount_rounded(step, w, weight, differences[i], &uncapped))
                        return;
                say_item(w, LINE_REGIONAL_UNCAPPED, 0, item, uncapped);
                if (!say_alternative(step, w, BY_REGION, item, 0, uncapped))
                        return;
        }
        say_regional_all(step, w);
}

/* ---- savings before */

static struct period year_of(const struct step *step)
{
        return calendar_year((int)step_param(step, "year")->count);
}

/* Of the base years; one that nobody reported counts as a year without savings. */
static struct exact prior_mean(struct working *w)
{
        struct exact sum = exact_of(0), years = exact_of(0), of_year;

        for (size_t i = 0; i < w->place; i++) {
                const struct step *other = &w->terms->steps[i];

                if (strcmp(other->kind.text, "baseline") != 0)
                        continue;
                years = exact_add(years, exact_of(1));
                say(w, LINE_BASE_YEARS, years);
                if (!take_if(w, LINE_PRIOR_YEAR,
                             (struct wanted) { FACT_PRIOR_SAVINGS_PER_CAPITA, NULL,
                                               year_of(other) },
                             &of_year))
                        continue;
                sum = exact_add(sum, of_year);
                say(w, LINE_PRIOR_SUM, sum);
        }
        sum = exact_div(sum, years);
        say(w, LINE_PRIOR_MEAN, sum);
        return sum;
}

static bool prior_uncapped(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact mean = prior_mean(w), part = exact_of(1);
        enum prior_form form = PRIOR_NOTHING;

        if (exact_sign(mean) <= 0) {
                *ret = exact_of(0);
        } else {
                form = take_if(w, LINE_PRIOR_PART,
                               (struct wanted) { .kind = FACT_PRIOR_SAVINGS_PART }, &part)
                               ? PRIOR_OF_PART
                               : PRIOR_MEAN;
                if (form == PRIOR_MEAN)
                        part = exact_of(1);
                if (!amount_rounded(step, w, exact_mul(rate_param(w, step, "scale"), mean), part,
                                    ret))
                        return false;
        }
        say_form(w, LINE_PRIOR_UNCAPPED, form, *ret);
        return true;
}

static void prior_savings(const struct step *step, struct working *w)
{
        size_t count = part_count(step, w);
        struct exact uncapped;

        if (w->stopped || !prior_uncapped(step, w, &uncapped))
                return;
        for (size_t i = 0; i < count; i++)
                if (!say_alternative(step, w, BY_PRIOR_SAVINGS, part_item(step, w, i), 0, uncapped))
                        return;
}

/* ---- other amounts, rates, budgets */

static void per_capita(const struct step *step, struct working *w)
{
        size_t count = part_count(step, w);
        struct item name;
        bool named = item_param(step, "item", &name);
        struct exact amount;

        if (named && !take(w, LINE_OTHER_NAMED,
                           (struct wanted) { .kind = FACT_ADJUSTMENT_PER_CAPITA, .item = &name },
                           &amount))
                return;
        for (size_t i = 0; i < count && !w->stopped; i++) {
                const struct item *item = part_item(step, w, i);

                if (!named && !take(w, LINE_OTHER_REPORTED,
                                    (struct wanted) { .kind = FACT_ADJUSTMENT_PER_CAPITA,
                                                      .item = item },
                                    &amount))
                        return;
                say_alternative(step, w, BY_OTHER, item, named ? CAPS_FORMS : 0, amount);
        }
}

static void grow(const struct step *step, struct working *w, enum adjusted_form form,
                 struct exact rate)
{
        size_t count = part_count(step, w);
        struct exact amount;

        for (size_t i = 0; i < count && !w->stopped; i++) {
                const struct item *item = part_item(step, w, i);

                if (part_baseline(w, item, &amount) &&
                    amount_rounded(step, w, amount, exact_add(exact_of(1), rate), &amount))
                        say_baseline(w, LINE_ADJUSTED, form, item, amount);
        }
}

static void reference(const struct step *step, struct working *w)
{
        struct item name;
        struct exact rate;

        item_param(step, "item", &name);
        if (take(w, LINE_REFERENCE_RATE,
                 (struct wanted) { .kind = FACT_REFERENCE_RATE, .item = &name }, &rate))
                grow(step, w, ADJUSTED_REFERENCE, rate);
}

static void budget(const struct step *step, struct working *w)
{
        struct item name;
        struct exact amount;

        item_param(step, "item", &name);
        if (take(w, LINE_BUDGET_ADJUSTMENT,
                 (struct wanted) { .kind = FACT_BUDGET_ADJUSTMENT, .item = &name }, &amount))
                adjust_by(w, ADJUSTED_BUDGET, NULL, amount);
}

void step_adjust(const struct step *step, struct working *w)
{
        if (word_is(w, step, "kind", "regional"))
                regional(step, w);
        else if (word_is(w, step, "kind", "prior_savings"))
                prior_savings(step, w);
        else if (word_is(w, step, "kind", "per_capita"))
                per_capita(step, w);
        else if (word_is(w, step, "kind", "rate"))
                grow(step, w, ADJUSTED_RATE, rate_param(w, step, "rate"));
        else if (word_is(w, step, "kind", "reference"))
                reference(step, w);
        else if (word_is(w, step, "kind", "budget"))
                budget(step, w);
        else
                choose(step, w);
}

/* ---- how long it may get */

static size_t cap_lines(const struct step *step)
{
        size_t caps = step_param(step, "cap_up") ? 1 : 0;

        caps += step_param(step, "cap_down") ? 1 : 0;
        return caps ? caps + 1 : 0;
}

/* Of each part; and of the whole: shares, all categories together, and each base year. */
static void adjust_lines(const struct step *step, struct widths *ws)
{
        static const struct {
                const char *kind;
                size_t part, whole;
        } kinds[] = {
                { "regional", 7, 5 },  { "prior_savings", 2, 3 }, { "per_capita", 3, 1 },
                { "rate", 1, 0 },      { "reference", 1, 1 },     { "budget", 1, 1 },
                { "choose", 7, 5 },
        };

        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (step_word_is(step, STEP_ADJUST, "kind", kinds[i].kind))
                        widths_lines(ws, width_parts(step, ws) *
                                                 (kinds[i].part + cap_lines(step)) +
                                                 kinds[i].whole);
        for (size_t i = 0; i < ws->terms->step_count; i++)
                if (step_word_is(step, STEP_ADJUST, "kind", "prior_savings") &&
                    strcmp(ws->terms->steps[i].kind.text, "baseline") == 0)
                        widths_lines(ws, 3);
}

/* Every amount is rounded, and bounded, where it is made: only shares of amounts are not. */
void widths_adjust(const struct step *step, struct widths *ws)
{
        width_mul(ws, WIDTH_SHARE, WIDTH_EACH);
        width_mul(ws, WIDTH_MIXED, (struct width) { 0, 0 });
        width_mul(ws, WIDTH_RATE, WIDTH_EACH);
        adjust_lines(step, ws);
}
