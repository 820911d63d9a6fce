/* SPDX-License-Identifier: Apache-2.0 */
/* What care cost before: base years brought to the latest of them, agreed amounts, budgets. */
#include "core/check.h"
#include "core/inputs.h"
#include "core/steps/parts.h"
#include "core/steps/volume.h"

/* Which formula of a line makes it. */
enum trend_form { TREND_BLEND, TREND_NATIONAL, TREND_REGIONAL, TREND_RATE };
enum restated_form { RESTATED_BOTH, RESTATED_TREND, RESTATED_RISK, RESTATED_AS_IT_IS };
enum weighed_form { WEIGHED_FIRST, WEIGHED_MORE };
#define AGREED 0

/* ---- growth */

static bool say_trend(const struct step *step, struct working *w, enum trend_form form,
                      const struct item *item, struct exact growth, struct exact *ret)
{
        if (!factor_rounded(step, w, growth, exact_of(1), ret))
                return false;
        say_item(w, LINE_TREND, form, item, *ret);
        return true;
}

static bool take_trend(const struct step *step, struct working *w, const struct growth *growth,
                       const struct item *item, struct exact *ret)
{
        struct exact factor;

        if (word_is(w, step, "trend", "rate"))
                return say_trend(step, w, TREND_RATE, item,
                                 exact_add(exact_of(1), rate_param(w, step, "rate")), ret);
        if (word_is(w, step, "trend", "national"))
                return take_national(w, growth, item, &factor) &&
                       say_trend(step, w, TREND_NATIONAL, item, factor, ret);
        if (word_is(w, step, "trend", "regional"))
                return take_regional(w, growth, item, &factor) &&
                       say_trend(step, w, TREND_REGIONAL, item, factor, ret);
        return take_blend(w, growth, item, &factor) &&
               say_trend(step, w, TREND_BLEND, item, factor, ret);
}

/* ---- base years */

/* The risk of the reference year over that of the base year. */
static bool take_risk(struct working *w, const struct item *item, struct period year,
                      struct exact *ret)
{
        const struct period reference = calendar_year(last_base_year(w->terms));
        struct exact then, now;

        if (!take(w, LINE_BASE_RISK, (struct wanted) { FACT_RISK_SCORE, item, year }, &then) ||
            !take(w, LINE_REFERENCE_RISK, (struct wanted) { FACT_RISK_SCORE, item, reference },
                  &now))
                return false;
        if (exact_sign(then) == 0) {
                stop(w, "the risk score of a base year is zero");
                return false;
        }
        *ret = exact_div(now, then);
        return true;
}

/* At the prices and the risk of the reference year, which is so already. */
static bool restate(const struct step *step, struct working *w, const struct item *item,
                    struct exact *amount)
{
        int year = (int)number_param(w, step, "year"), reference = last_base_year(w->terms);
        const struct growth growth = { LINE_TREND_NATIONAL, LINE_TREND_REGIONAL,
                                       LINE_TREND_WEIGHT, calendar_year(year),
                                       calendar_year(reference) };
        bool trended = !word_is(w, step, "trend", "none");      /* never of the reference year */
        bool risked = year != reference && flag_param(w, step, "risk");
        enum restated_form form = trended ? (risked ? RESTATED_BOTH : RESTATED_TREND)
                                          : (risked ? RESTATED_RISK : RESTATED_AS_IT_IS);
        struct exact trend = exact_of(1), risk = exact_of(1);

        if (trended && !take_trend(step, w, &growth, item, &trend))
                return false;
        if (risked && !take_risk(w, item, calendar_year(year), &risk))
                return false;
        if ((trended || risked) &&
            !amount_rounded(step, w, exact_mul(*amount, trend), risk, amount))
                return false;
        say_item(w, LINE_RESTATED, form, item, *amount);
        return true;
}

static bool is_last_year(const struct working *w)
{
        for (size_t i = w->place + 1u; i < w->terms->step_count; i++)
                if (strcmp(w->terms->steps[i].kind.text, w->info->name) == 0)
                        return false;
        return true;
}

/* With the base years before it; the last one makes the historical benchmark. */
static void weigh(const struct step *step, struct working *w, const struct item *item,
                  struct exact amount)
{
        struct exact sum = exact_mul(rate_param(w, step, "weight"), amount), before;
        enum weighed_form form = WEIGHED_FIRST;

        if (held_of(w, FEED_WEIGHED, item, &before)) {
                sum = exact_add(before, sum);
                form = WEIGHED_MORE;
        }
        say_item(w, LINE_WEIGHED, form, item, sum);
        if (is_last_year(w) && amount_rounded(step, w, sum, exact_of(1), &sum))
                say_baseline(w, LINE_HISTORICAL, 0, item, sum);
}

static void base_year(const struct step *step, struct working *w, const struct item *item)
{
        const struct period year = calendar_year((int)number_param(w, step, "year"));
        struct exact amount;

        if (take(w, LINE_BASE_AMOUNT, (struct wanted) { FACT_BASE_PER_CAPITA, item, year },
                 &amount) &&
            restate(step, w, item, &amount))
                weigh(step, w, item, amount);
}

/* ---- amounts */

static bool agree(const struct step *step, struct working *w, const struct item *item)
{
        return say_baseline(w, LINE_BASELINE_AGREED, AGREED, item,
                            exact_of(number_param(w, step, "amount")));
}

static bool report(struct working *w, const struct item *item)
{
        struct exact amount;

        return take(w, LINE_BASELINE_REPORTED,
                    (struct wanted) { .kind = FACT_BASELINE_PER_CAPITA, .item = item }, &amount);
}

/* What the period before had; of the first one the terms, or a report, say what went before. */
static bool carry_on(const struct step *step, struct working *w, const struct item *item)
{
        struct exact amount;

        if (take_carried(w, LINE_BASELINE_CARRIED, CARRY_BUDGET, item, &amount)) {
                if (exact_sign(amount) >= 0 && exact_cmp(amount, exact_of(MONEY_MAX)) <= 0)
                        return true;
                stop(w, "the budget of the period before is no amount");
                return false;
        }
        return has_param(step, "amount") ? agree(step, w, item) : report(w, item);
}

static bool take_amount(const struct step *step, struct working *w, const struct item *item)
{
        if (word_is(w, step, "source", "terms"))
                return agree(step, w, item);
        if (word_is(w, step, "source", "reported"))
                return report(w, item);
        return carry_on(step, w, item);
}

static void amount_grown(const struct step *step, struct working *w, const struct item *item)
{
        static const struct growth growth = { .national = LINE_TREND_NATIONAL,
                                              .regional = LINE_TREND_REGIONAL,
                                              .weight = LINE_TREND_WEIGHT };
        struct exact amount, trend;

        if (!take_amount(step, w, item) || word_is(w, step, "trend", "none"))
                return;
        if (part_baseline(w, item, &amount) && take_trend(step, w, &growth, item, &trend) &&
            amount_rounded(step, w, amount, trend, &amount))
                say_baseline(w, LINE_BASELINE_TRENDED, 0, item, amount);
}

/* ---- the step */

void step_baseline(const struct step *step, struct working *w)
{
        bool of_year = word_is(w, step, "source", "base_year");
        struct item only;
        bool one = item_param(step, "category", &only);
        size_t count;

        if (one)
                category_add(w, &only);
        count = part_count(step, w);
        for (size_t i = 0; i < count && !w->stopped; i++) {
                const struct item *item = part_item(step, w, i);

                if (one && !item_equal(item, &only))
                        continue;
                if (of_year)
                        base_year(step, w, item);
                else
                        amount_grown(step, w, item);
        }
}

static int bits_of(uint64_t a)
{
        return a <= 1 ? 0 : 64 - __builtin_clzll(a - 1);
}

static uint64_t divisor(uint64_t a, uint64_t b)
{
        while (b) {
                uint64_t rest = a % b;

                a = b;
                b = rest;
        }
        return a;
}

uint64_t common_weight(const struct terms *terms)
{
        uint64_t all = 1;

        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];
                const struct param *weight = step_param(step, "weight");
                struct exact rate;

                if (strcmp(step->kind.text, "baseline") != 0 || !weight)
                        continue;
                rate = exact_of_rate(weight->rate);
                all = all / divisor(all, (uint64_t)rate.den) * (uint64_t)rate.den;
                if (bits_of(all) > WEIGHTS_BITS)
                        return 0;
        }
        return all;
}

static size_t trend_lines(const struct step *step)
{
        if (step_word_is(step, STEP_BASELINE, "trend", "none"))
                return 0;
        if (step_word_is(step, STEP_BASELINE, "trend", "rate"))
                return 1;
        return step_word_is(step, STEP_BASELINE, "trend", "blend") ? 4 : 2;
}

/* Of each part: the amount, what it is restated, weighed and grown to, and the risk twice. */
void widths_baseline(const struct step *step, struct widths *ws)
{
        const struct param *category = step_param(step, "category"), *risk;
        uint64_t weights = common_weight(ws->terms);

        risk = step_param(step, "risk");
        width_blended(ws, WIDTH_RATE, WIDTH_RATE, WIDTH_RATE);
        width_mul(ws, WIDTH_EACH, WIDTH_FACTOR);
        width_mul(ws, WIDTH_AMOUNT, (struct width) { bits_of(weights), bits_of(weights) });
        ws->too_long = ws->too_long || weights == 0;
        widths_lines(ws, (category ? 1 : width_parts(step, ws)) *
                                 (4 + trend_lines(step) + (risk && risk->flag ? 2 : 0)));
}
