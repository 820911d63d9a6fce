/* SPDX-License-Identifier: Apache-2.0 */
/* Measures, the score they make, and what the score does to the sharing rate. */
#include <string.h>

#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

#define SCORE_DECIMALS 9

static struct item item_of(const struct step *step)
{
        const struct param *measure = step_param(step, "measure");
        struct item item = { "" };

        assert(measure);
        memcpy(item.text, measure->word.text, sizeof(measure->word.text));
        return item;
}

/* How far @rate lies from the worst to the best, which may be the lesser of the two; 0 to 1. */
static struct exact score_of(const struct step *step, const struct working *w, struct exact rate)
{
        struct exact worst = rate_param(w, step, "worst");
        struct exact span = exact_sub(rate_param(w, step, "best"), worst);
        struct exact score = exact_div(exact_sub(rate, worst), span);

        score = exact_max(exact_of(0), exact_min(exact_of(1), score));
        return exact_round_decimals(score, SCORE_DECIMALS, ROUND_HALF_AWAY);
}

void step_measure(const struct step *step, struct working *w)
{
        const struct item item = item_of(step);
        struct exact met, eligible, score, weight = exact_of(number_param(w, step, "weight"));

        if (!take(w, LINE_MEASURE_MET, (struct wanted) { FACT_MEASURE_NUMERATOR, &item, { 0, 0 } },
                  &met) ||
            !take(w, LINE_MEASURE_ELIGIBLE,
                  (struct wanted) { FACT_MEASURE_DENOMINATOR, &item, { 0, 0 } }, &eligible))
                return;
        if (exact_cmp(met, eligible) > 0) {
                stop(w, "more people met a measure than were eligible for it");
                return;
        }
        if (exact_sign(eligible) == 0 ||
            exact_cmp(eligible, exact_of(number_param(w, step, "least_denominator"))) < 0) {
                say_item(w, LINE_MEASURE_LEFT_OUT, 0, &item, eligible);
                return;
        }
        score = score_of(step, w, exact_div(met, eligible));
        say_item(w, LINE_MEASURE_RATE, 0, &item, exact_div(met, eligible));
        say_item(w, LINE_MEASURE_SCORE, 0, &item, score);
        w->weighted = exact_add(w->weighted, exact_mul(weight, score));
        w->weights = exact_add(w->weights, weight);
}

void widths_measure(const struct step *step, struct widths *ws)
{
        const struct width nine_decimals = { 30, 30 };
        const struct param *weight = step_param(step, "weight");
        struct width worst = width_rate_param(step, "worst"), best = width_rate_param(step, "best");
        struct width rate = width_div(ws, WIDTH_COUNT, WIDTH_COUNT);
        struct width score = width_div(ws, width_add(ws, rate, worst), width_add(ws, best, worst));

        /*
         * Rounded to nine decimals, for which it is held against its ends and made longer once
         * more.
         */
        width_mul(ws, score, nine_decimals);
        ws->weights = width_add(ws, ws->weights, width_of(weight ? weight->count : 1, 1));
        ws->weighted = (struct width) { ws->weights.num + 30, 30 };
}

void step_composite(const struct step *step, struct working *w)
{
        if (!word_is(w, step, "source", "measures"))
                return; /* as reported: read where it matters */
        if (exact_sign(w->weights) == 0) {
                stop(w, "no measure has enough people eligible to be scored");
                return;
        }
        say_form(w, LINE_QUALITY_SCORE, 1, exact_div(w->weighted, w->weights));
}

void widths_composite(const struct step *step, struct widths *ws)
{
        const struct param *source = step_param(step, "source");
        bool measures = source && strcmp(source->word.text, "measures") == 0;

        ws->quality = measures ? width_div(ws, ws->weighted, ws->weights) : WIDTH_RATE;
}

enum standing_of_quality { QUALITY_FAILED, QUALITY_ALTERNATIVE, QUALITY_MET };

static bool standard_met(const struct step *step, struct working *w, bool *ret)
{
        struct exact figure;

        *ret = true;
        if (word_is(w, step, "standard", "none"))
                return true;
        if (word_is(w, step, "standard", "least")) {
                if (!need_quality(w, &figure))
                        return false;
                *ret = exact_cmp(figure, rate_param(w, step, "least")) >= 0;
                say_flag(w, LINE_STANDARD_MET, *ret);
        } else {
                if (!take(w, LINE_STANDARD_MET,
                          (struct wanted) { .kind = FACT_QUALITY_STANDARD_MET }, &figure))
                        return false;
                *ret = exact_sign(figure) > 0;
        }
        return true;
}

static bool standing_of_quality(const struct step *step, struct working *w,
                                enum standing_of_quality *ret)
{
        bool met, alternative;

        if (!standard_met(step, w, &met))
                return false;
        *ret = met ? QUALITY_MET : QUALITY_FAILED;
        if (met || word_is(w, step, "alternative", "none"))
                return true;
        alternative = take_flag(w, LINE_ALTERNATIVE_MET, FACT_ALTERNATIVE_STANDARD_MET);
        if (alternative)
                *ret = QUALITY_ALTERNATIVE;
        return true;
}

/* A year that pays for reporting counts as full quality, once what had to be reported was. */
static bool reporting_year(const struct step *step, struct working *w)
{
        if (!flag_param(w, step, "reporting") || !take_flag(w, LINE_REPORTING_ONLY, FACT_QUALITY_REPORTING_ONLY))
                return false;
        say_form(w, LINE_QUALITY_SCORE, 2, exact_of(1));
        return true;
}

void step_gate(const struct step *step, struct working *w)
{
        enum standing_of_quality standing;
        struct exact factor = exact_of(1);

        if (!standing_of_quality(step, w, &standing))
                return;
        w->quality_failed = standing == QUALITY_FAILED;
        if (w->quality_failed)
                factor = exact_of(0);
        else if (standing == QUALITY_MET && reporting_year(step, w))
                factor = exact_of(1);
        else if (standing == QUALITY_ALTERNATIVE || word_is(w, step, "met", "scaled"))
                w->scaled = !have_quality(w, &factor);
        if (!w->scaled)
                say(w, LINE_QUALITY_FACTOR, factor);
}

void widths_gate(const struct step *step, struct widths *ws)
{
        (void)step;
        ws->factor = ws->quality;
}
