/* SPDX-License-Identifier: Apache-2.0 */
/* The earner's share of savings, or of losses. */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

static struct exact with(const struct working *w, struct exact rate)
{
        return exact_add(held(w, FEED_AMOUNT), exact_mul(held(w, FEED_GENERATED), rate));
}

/* A quality score that nobody reported is missed only where there is something to share. */
static void share_savings(const struct step *step, struct working *w)
{
        struct exact factor = held(w, FEED_FACTOR), rate;

        if (w->scaled && exact_sign(held(w, FEED_GENERATED)) == 0) {
                say_form(w, LINE_SHARED, 2, held(w, FEED_AMOUNT));
                return;
        }
        if (w->scaled && !need_quality(w, &factor))
                return;
        rate = exact_mul(exact_mul(rate_param(w, step, "up"), factor), held(w, FEED_FRACTION));
        say(w, LINE_SHARE_RATE, rate);
        say_form(w, LINE_SHARED, 0, with(w, rate));
}

static struct exact within(struct exact a, struct exact low, struct exact high)
{
        return exact_max(low, exact_min(high, a));
}

/*
 * One less the highest sharing rate times quality, between floor and ceiling; the ceiling when
 * quality fails.
 */
static bool inverse_rate(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact ceiling = rate_param(w, step, "down_ceiling"), quality;

        *ret = ceiling;
        if (w->quality_failed)
                return true;
        if (!need_quality(w, &quality))
                return false;
        *ret = within(exact_sub(exact_of(1), exact_mul(rate_param(w, step, "up"), quality)),
                      rate_param(w, step, "down_floor"), ceiling);
        return true;
}

static void share_losses(const struct step *step, struct working *w)
{
        struct exact rate = exact_of(0);

        if (word_is(w, step, "down", "fixed"))
                rate = rate_param(w, step, "down_rate");
        else if (word_is(w, step, "down", "inverse") && !inverse_rate(step, w, &rate))
                return;
        say(w, LINE_LOSS_RATE, rate);
        say_form(w, LINE_SHARED, 1, with(w, rate));
}

void step_share(const struct step *step, struct working *w)
{
        if (exact_sign(held(w, FEED_GENERATED)) >= 0)
                share_savings(step, w);
        else
                share_losses(step, w);
}

void widths_share(const struct step *step, struct widths *ws)
{
        struct width up = width_rate_param(step, "up");
        struct width gain = width_mul(ws, width_mul(ws, up, ws->factor), ws->fraction);
        struct width loss = width_rest(width_mul(ws, up, ws->quality));
        struct width rate = width_either(gain, loss);

        rate = width_either(rate, width_rate_param(step, "down_rate"));
        rate = width_either(rate, width_rate_param(step, "down_floor"));
        rate = width_either(rate, width_rate_param(step, "down_ceiling"));
        ws->amount = width_add(ws, ws->amount, width_mul(ws, ws->generated, rate));
}
