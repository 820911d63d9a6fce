/* SPDX-License-Identifier: Apache-2.0 */
/* The baseline at the risk and the prices of the period. */
#include "core/check.h"
#include "core/steps/parts.h"
#include "core/steps/updating.h"

/* Which formula of a line makes it. */
enum update_form { UPDATE_TWO_WAY, UPDATE_THREE_WAY, UPDATE_HELD_UP, UPDATE_HELD_DOWN,
                   UPDATE_HELD_BOTH, UPDATE_NATIONAL, UPDATE_REGIONAL, UPDATE_RATE };
enum updated_form { UPDATED_BOTH, UPDATED_RISK, UPDATED_PRICES };

static const struct growth growth = { .national = LINE_UPDATE_NATIONAL,
                                      .regional = LINE_UPDATE_REGIONAL,
                                      .weight = LINE_UPDATE_WEIGHT };

static bool say_update(const struct step *step, struct working *w, enum update_form form,
                       const struct item *item, struct exact factor, struct exact *ret)
{
        if (!factor_rounded(step, w, factor, exact_of(1), ret))
                return false;
        say_item(w, LINE_UPDATE, form, item, *ret);
        return true;
}

static bool two_way(const struct step *step, struct working *w, const struct item *item,
                    struct exact *ret)
{
        if (!take_blend(w, &growth, item, ret) ||
            !factor_rounded(step, w, *ret, exact_of(1), ret))
                return false;
        say_item(w, LINE_TWO_WAY, 0, item, *ret);
        return true;
}

/* The three-way factor, so far from the two-way one as the guardrail lets it. */
static bool hold(const struct step *step, struct working *w, const struct item *item,
                 struct exact two, struct exact three, struct exact *ret)
{
        bool up = has_param(step, "guardrail_up"), down = has_param(step, "guardrail_down");
        enum update_form form = UPDATE_THREE_WAY;

        if (up) {
                three = exact_min(three, exact_add(two, rate_param(w, step, "guardrail_up")));
                form = UPDATE_HELD_UP;
        }
        if (down) {
                three = exact_max(three, exact_sub(two, rate_param(w, step, "guardrail_down")));
                form = up ? UPDATE_HELD_BOTH : UPDATE_HELD_DOWN;
        }
        return say_update(step, w, form, item, three, ret);
}

static bool three_way(const struct step *step, struct working *w, const struct item *item,
                      struct exact *ret)
{
        struct exact two, set, three;

        if (!two_way(step, w, item, &two) ||
            !take(w, LINE_UPDATE_PROSPECTIVE,
                  (struct wanted) { .kind = FACT_TREND_PROSPECTIVE, .item = item }, &set))
                return false;
        three = blended(rate_param(w, step, "prospective_weight"), set, two);
        if (!factor_rounded(step, w, three, exact_of(1), &three))
                return false;
        say_item(w, LINE_THREE_WAY, 0, item, three);
        return hold(step, w, item, two, three, ret);
}

static bool take_update(const struct step *step, struct working *w, const struct item *item,
                        struct exact *ret)
{
        struct exact factor;

        if (word_is(w, step, "update", "rate"))
                return say_update(step, w, UPDATE_RATE, item,
                                  exact_add(exact_of(1), rate_param(w, step, "rate")), ret);
        if (word_is(w, step, "update", "national"))
                return take_national(w, &growth, item, &factor) &&
                       say_update(step, w, UPDATE_NATIONAL, item, factor, ret);
        if (word_is(w, step, "update", "regional"))
                return take_regional(w, &growth, item, &factor) &&
                       say_update(step, w, UPDATE_REGIONAL, item, factor, ret);
        if (word_is(w, step, "update", "blend"))
                return two_way(step, w, item, &factor) &&
                       say_update(step, w, UPDATE_TWO_WAY, item, factor, ret);
        return three_way(step, w, item, ret);
}

static bool update(const struct step *step, struct working *w, const struct item *item,
                   struct exact risk)
{
        bool risked = flag_param(w, step, "risk"), grown = !word_is(w, step, "update", "none");
        enum updated_form form = risked ? (grown ? UPDATED_BOTH : UPDATED_RISK) : UPDATED_PRICES;
        struct exact amount, factor = exact_of(1);

        if (!part_baseline(w, item, &amount) ||
            (grown && !take_update(step, w, item, &factor)) ||
            !amount_rounded(step, w, exact_mul(amount, risk), factor, &amount))
                return false;
        return say_baseline(w, LINE_UPDATED, form, item, amount);
}

void step_risk_update(const struct step *step, struct working *w)
{
        struct exact risk[CATEGORIES_MAX];
        size_t count = part_count(step, w);

        if (w->stopped || (flag_param(w, step, "risk") && !take_risks(step, w, risk)))
                return;
        for (size_t i = 0; i < count; i++)
                if (!update(step, w, part_item(step, w, i),
                            flag_param(w, step, "risk") ? risk[i] : exact_of(1)))
                        return;
}

static size_t update_lines(const struct step *step)
{
        if (step_word_is(step, STEP_RISK_UPDATE, "update", "none"))
                return 0;
        if (step_word_is(step, STEP_RISK_UPDATE, "update", "rate"))
                return 1;
        if (step_word_is(step, STEP_RISK_UPDATE, "update", "three_way"))
                return 7;
        return step_word_is(step, STEP_RISK_UPDATE, "update", "blend") ? 5 : 2;
}

/* Of each part: both scores and their ratio, twice; years, share, weight; caps, what counts. */
static size_t risk_lines(const struct step *step)
{
        const struct param *risk = step_param(step, "risk");
        const struct param *demographic = step_param(step, "demographic");

        size_t lines = risk && !risk->flag ? 0 : 6;

        if (demographic && demographic->flag)
                lines += 3;
        if (step_word_is(step, STEP_RISK_UPDATE, "scope", "aggregate"))
                lines += 4;
        return lines;
}

void widths_risk_update(const struct step *step, struct widths *ws)
{
        const size_t whole = 6;

        width_blended(ws, WIDTH_RATE, WIDTH_RATE, WIDTH_RATE);
        width_blended(ws, WIDTH_RATE, WIDTH_RATE, WIDTH_FACTOR);
        width_mul(ws, WIDTH_AMOUNT, WIDTH_FACTOR);
        width_mul(ws, WIDTH_SHARE, WIDTH_EACH);
        width_mul(ws, WIDTH_MIXED, (struct width) { 0, 0 });
        widths_lines(ws, width_parts(step, ws) * (1 + update_lines(step) + risk_lines(step)) +
                                 whole);
}
