/* SPDX-License-Identifier: Apache-2.0 */
/* What the bearer keeps of the benchmark, and what it holds back until it is earned. */
#include "core/bands.h"
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/widths.h"
#include "core/working.h"

enum discount_form { DISCOUNT_GIVEN, DISCOUNT_BY_QUALITY };
enum base_form { OF_BENCHMARK, OF_PAYMENTS };
enum earned_form { EARNED_BY_QUALITY, EARNED_BY_STAYING, EARNED_NOTHING };

static struct exact to_the_cent(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

static bool discount_rate(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact quality;

        if (!has_param(step, "bands")) {
                *ret = rate_param(w, step, "rate");
                say_form(w, LINE_DISCOUNT_RATE, DISCOUNT_GIVEN, *ret);
                return true;
        }
        if (!need_quality(w, &quality))
                return false;
        if (!bands_rate(w->terms, step, "bands", quality, ret)) {
                stop(w, "the table of discounts says nothing for such a quality score");
                return false;
        }
        say_form(w, LINE_DISCOUNT_RATE, DISCOUNT_BY_QUALITY, *ret);
        return true;
}

void step_discount(const struct step *step, struct working *w)
{
        struct exact rate, kept, part;

        if (!discount_rate(step, w, &rate))
                return;
        kept = exact_sub(exact_of(1), rate);
        for (size_t i = 0; i < w->category_count; i++)
                if (held_part(w, FEED_BENCHMARK, i, &part))
                        say_item(w, LINE_DISCOUNTED, 0, category_item(w, i),
                                 to_the_cent(exact_mul(part, kept)));
        say(w, LINE_DISCOUNTED, to_the_cent(exact_mul(held(w, FEED_BENCHMARK), kept)));
}

void widths_discount(const struct step *step, struct widths *ws)
{
        struct width rate = width_either(width_rate_param(step, "rate"),
                                         width_bands_rate(ws, step, "bands", ws->quality));

        width_mul(ws, WIDTH_MONEY, width_rest(rate));
        widths_lines(ws, 3 + ws->category_count);
}

static bool base_of(const struct step *step, struct working *w, struct exact *ret)
{
        if (word_is(w, step, "base", "reported"))
                return take(w, LINE_WITHHOLD_BASE, (struct wanted) { .kind = FACT_FEE_BASE }, ret);
        *ret = held(w, FEED_BENCHMARK);
        return true;
}

static bool earned_back(const struct step *step, struct working *w, struct exact withheld,
                        struct exact *ret)
{
        enum earned_form form = EARNED_NOTHING;
        struct exact part = exact_of(0);

        if (word_is(w, step, "earnback", "quality")) {
                if (!need_quality(w, &part))
                        return false;
                form = EARNED_BY_QUALITY;
        } else if (word_is(w, step, "earnback", "retention") &&
                   take_flag(w, LINE_RETAINED, FACT_RETAINED)) {
                part = exact_of(1);
                form = EARNED_BY_STAYING;
        }
        *ret = to_the_cent(exact_mul(withheld, part));
        say_form(w, LINE_EARNED_BACK, form, *ret);
        return true;
}

void step_withhold(const struct step *step, struct working *w)
{
        enum base_form form = word_is(w, step, "base", "reported") ? OF_PAYMENTS : OF_BENCHMARK;
        struct exact base, withheld, earned, left;

        if (!base_of(step, w, &base))
                return;
        withheld = to_the_cent(exact_mul(base, rate_param(w, step, "rate")));
        say_form(w, LINE_WITHHELD, form, withheld);
        if (!earned_back(step, w, withheld, &earned))
                return;
        if (word_is(w, step, "from", "payment")) {
                say_form(w, LINE_PAID_BEFORE, form, exact_sub(base, withheld));
                say(w, LINE_WITH_EARNED_BACK, exact_add(held(w, FEED_AMOUNT), earned));
                return;
        }
        left = exact_add(exact_sub(held(w, FEED_BENCHMARK), withheld), earned);
        if (exact_sign(left) < 0)
                stop(w, "more is held back than the benchmark comes to");
        else
                say(w, LINE_AFTER_WITHHOLD, left);
}

void widths_withhold(const struct step *step, struct widths *ws)
{
        width_mul(ws, WIDTH_MONEY, width_rate_param(step, "rate"));
        width_mul(ws, WIDTH_MONEY, ws->quality);
        if (step_word_is(step, STEP_WITHHOLD, "from", "payment"))
                ws->amount = width_add(ws, ws->amount, WIDTH_MONEY);
        widths_lines(ws, 6);
}

const char *sense_discount(const struct terms *terms, const struct step *step)
{
        const struct param *bands = step_param(step, "bands");

        if (!bands == !step_param(step, "rate"))
                return "give either rate or bands";
        if (bands && !bands_cover(terms, bands, AXIS_SHARE, 0, SHARE_ONE))
                return "the bands of a discount leave no quality score out, from 0 to 1";
        return NULL;
}
