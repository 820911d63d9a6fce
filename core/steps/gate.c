/* SPDX-License-Identifier: Apache-2.0 */
/* The gates: what part of the highest sharing rate quality lets through, all gates together. */
#include <string.h>

#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

#define YEARS_MAX 5

/* The formulas of LINE_STANDARD_MET and of LINE_QUALITY_FACTOR. */
enum judged { BY_SCORE, BY_MEASURE, BY_ASSUMED, BY_COUNT, BY_GROWTH, BY_LAST_SCORE, UNMET, MET };
enum passed { AS_BEFORE, BY_QUALITY, NOTHING_PASSES, A_PART };

static bool at_least(const struct step *step, const struct working *w, struct exact score)
{
        return exact_cmp(score, rate_param(w, step, "least")) >= 0;
}

static void say_judged(struct working *w, enum judged way, const struct item *item, bool met)
{
        say_item(w, LINE_STANDARD_MET, (unsigned int)way, item, exact_of(met));
}

/* Each of these answers false when it is not calculable. */
typedef bool judge_fn(const struct step *step, struct working *w, bool *ret_met);

static bool judge_nothing(const struct step *step, struct working *w, bool *ret_met)
{
        (void)step;
        (void)w;
        *ret_met = true;
        return true;
}

static bool judge_reported(const struct step *step, struct working *w, bool *ret_met)
{
        struct exact flag;

        (void)step;
        if (!take(w, LINE_STANDARD_MET, (struct wanted) { .kind = FACT_QUALITY_STANDARD_MET },
                  &flag))
                return false;
        *ret_met = exact_sign(flag) > 0;
        return true;
}

static bool judge_score(const struct step *step, struct working *w, bool *ret_met)
{
        struct exact score;

        if (!need_quality(w, &score))
                return false;
        *ret_met = at_least(step, w, score);
        say_judged(w, BY_SCORE, NULL, *ret_met);
        return true;
}

/* A measure that is neither scored nor given a score does not meet the standard. */
static bool judge_measure(const struct step *step, struct working *w, bool *ret_met)
{
        enum judged way = UNMET;
        struct exact score = exact_of(0);
        struct item measure;

        item_param(step, "measure", &measure);
        if (said(w, LINE_MEASURE_SCORE, &measure, &score))
                way = BY_MEASURE;
        else if (said(w, LINE_MEASURE_ASSUMED, &measure, &score))
                way = BY_ASSUMED;
        *ret_met = way != UNMET && at_least(step, w, score);
        say_judged(w, way, &measure, *ret_met);
        return true;
}

static bool judge_count(const struct step *step, struct working *w, bool *ret_met)
{
        struct exact sum;
        size_t scored = said_of_items(w, LINE_MEASURE_SCORE, &sum);

        say_form(w, LINE_MEASURES_SCORED, scored ? 0 : 2, exact_of((wide)scored));
        *ret_met = (int64_t)scored >= number_param(w, step, "least_count");
        say_judged(w, BY_COUNT, NULL, *ret_met);
        return true;
}

static bool take_amount(struct working *w, enum line_code code, const char *name,
                        struct exact *ret)
{
        struct item item = { "" };

        memcpy(item.text, name, strlen(name));
        return take(w, code, (struct wanted) { FACT_REFERENCE_AMOUNT, &item, { 0, 0 } }, ret);
}

static struct exact growth_allowed(struct exact rate, int64_t years)
{
        struct exact a_year = exact_add(exact_of(1), rate), all = a_year;

        while (--years > 0)
                all = exact_mul(all, a_year);
        return all;
}

/* Compared without a root, and without rounding. */
static bool judge_growth(const struct step *step, struct working *w, bool *ret_met)
{
        int64_t years = number_param(w, step, "years");
        struct exact base, current, growth, allowed;

        if (!take_amount(w, LINE_GROWTH_BASE, "growth-base", &base) ||
            !take_amount(w, LINE_GROWTH_CURRENT, "growth-current", &current))
                return false;
        if (exact_sign(base) <= 0) {
                stop(w, "growth starts from an amount above zero, and growth-base is none");
                return false;
        }
        growth = exact_div(current, base);
        allowed = growth_allowed(rate_param(w, step, "rate"), years);
        *ret_met = exact_cmp(growth, allowed) <= 0;
        say(w, LINE_GROWTH, growth);
        say_form(w, LINE_GROWTH_ALLOWED, (unsigned int)(years - 1), allowed);
        say_judged(w, BY_GROWTH, NULL, *ret_met);
        return true;
}

static bool judge_last_score(const struct step *step, struct working *w, bool *ret_met)
{
        struct exact score;

        if (take_carried(w, LINE_QUALITY_BEFORE, CARRY_QUALITY_SCORE, NULL, &score)) {
                *ret_met = at_least(step, w, score);
                say_judged(w, BY_LAST_SCORE, NULL, *ret_met);
                return true;
        }
        if (word_is(w, step, "first", "stop")) {
                stop(w, "no period before hands on a quality score, and the terms do not say what "
                        "holds then");
                return false;
        }
        *ret_met = word_is(w, step, "first", "met");
        say_judged(w, *ret_met ? MET : UNMET, NULL, *ret_met);
        return true;
}

static bool judge(const struct step *step, struct working *w, bool *ret_met)
{
        static const struct {
                const char *standard;
                judge_fn *judge;
        } standards[] = {
                { "reported", judge_reported }, { "least", judge_score },
                { "none", judge_nothing },      { "measure", judge_measure },
                { "scored", judge_count },      { "growth", judge_growth },
                { "carried", judge_last_score },
        };

        for (size_t i = 0; i < sizeof(standards) / sizeof(standards[0]); i++)
                if (word_is(w, step, "standard", standards[i].standard))
                        return standards[i].judge(step, w, ret_met);
        assert(!"a standard of the table");
        return false;
}

/* ---- what it lets through */

static void say_passed(struct working *w, enum passed way, struct exact part)
{
        say_form(w, LINE_QUALITY_FACTOR, (unsigned int)way,
                 exact_mul(held(w, FEED_FACTOR), part));
}

/* Growth is no matter of quality: who grows too fast loses the gain, not the score. */
static void fail(const struct step *step, struct working *w)
{
        if (!word_is(w, step, "standard", "growth"))
                w->quality_failed = true;
        if (word_is(w, step, "failed", "rate")) {
                say_passed(w, A_PART, rate_param(w, step, "failed_rate"));
                return;
        }
        w->scaled = false;
        say_passed(w, NOTHING_PASSES, exact_of(0));
}

/* A score that nobody reported matters only where something passes so far. */
static void pass_scaled(struct working *w)
{
        struct exact score;

        if (have_quality(w, &score))
                say_passed(w, BY_QUALITY, score);
        else if (exact_sign(held(w, FEED_FACTOR)) == 0)
                say_passed(w, AS_BEFORE, exact_of(1));
        else
                w->scaled = true;
}

/* A year that pays for reporting counts as full quality, once what had to be reported was. */
static bool reporting_year(const struct step *step, struct working *w)
{
        if (w->quality_failed || !flag_param(w, step, "reporting") ||
            !take_flag(w, LINE_REPORTING_ONLY, FACT_QUALITY_REPORTING_ONLY))
                return false;
        say_form(w, LINE_QUALITY_SCORE, 4, exact_of(1));
        return true;
}

void step_gate(const struct step *step, struct working *w)
{
        bool met, alternative = false;

        if (!judge(step, w, &met))
                return;
        if (!met && word_is(w, step, "alternative", "scaled"))
                alternative = take_flag(w, LINE_ALTERNATIVE_MET, FACT_ALTERNATIVE_STANDARD_MET);
        if (!met && !alternative)
                fail(step, w);
        else if (met && reporting_year(step, w))
                say_passed(w, AS_BEFORE, exact_of(1));
        else if (alternative || word_is(w, step, "met", "scaled"))
                pass_scaled(w);
        else
                say_passed(w, AS_BEFORE, exact_of(1));
}

void widths_gate(const struct step *step, struct widths *ws)
{
        bool scaled = step_word_is(step, STEP_GATE, "met", "scaled") ||
                      step_word_is(step, STEP_GATE, "alternative", "scaled");
        struct width part = width_rate_param(step, "failed_rate");

        widths_lines(ws, 9);
        if (scaled)
                part = width_either(part, ws->quality);
        ws->factor = width_mul(ws, ws->factor, part);
        if (!step_word_is(step, STEP_GATE, "standard", "growth"))
                return;
        /* At most four decimals, five years: (20000 / 10000) ^ 5. */
        width_mul(ws, (struct width) { 15 * YEARS_MAX, 14 * YEARS_MAX }, (struct width) { 0, 0 });
        width_div(ws, WIDTH_MONEY, WIDTH_MONEY);
}
