/* SPDX-License-Identifier: Apache-2.0 */
/* Which savings and losses are shared at all: the minimum rates, and the guardrail. */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

/* A flat rate is set aside for a panel below its least size: there the table governs. */
static bool takes_table(const struct step *step, const struct working *w)
{
        int64_t least = number_param(w, step, "flat_least_panel");

        if (word_is(w, step, "minimum", "table"))
                return true;
        return word_is(w, step, "minimum", "flat") && least > 0 &&
               exact_cmp(held(w, FEED_PANEL), exact_of(least)) < 0;
}

static bool minimum_rate(const struct step *step, struct working *w, struct exact *ret)
{
        *ret = exact_of(0);
        if (takes_table(step, w)) {
                if (bands_at(w->terms, step, "bands", (int64_t)held(w, FEED_PANEL).num, ret))
                        return true;
                stop(w, "the table of minimum savings rates says nothing for so many people");
                return false;
        }
        if (word_is(w, step, "minimum", "flat"))
                *ret = rate_param(w, step, "rate");
        return true;
}

static struct exact minimum_loss_rate(const struct step *step, const struct working *w,
                                      struct exact minimum)
{
        if (word_is(w, step, "losses", "own"))
                return rate_param(w, step, "loss_rate");
        return word_is(w, step, "losses", "same") ? minimum : exact_of(0);
}

/* Savings below the minimum: shared all the same, at a fraction of the rate? */
static bool shared_below(const struct step *step, struct working *w, bool *ret)
{
        struct exact low;

        *ret = false;
        if (word_is(w, step, "below", "none") ||
            exact_cmp(held(w, FEED_PANEL), exact_of(number_param(w, step, "below_least_panel"))) < 0)
                return true;
        if (word_is(w, step, "below", "reported")) {
                *ret = take_flag(w, LINE_REDUCED_REPORTED, FACT_REDUCED_SHARING);
                return true;
        }
        if (!take(w, LINE_LOW_REVENUE, (struct wanted) { .kind = FACT_LOW_REVENUE }, &low))
                return false;
        *ret = exact_sign(low) > 0;
        return true;
}

/* All of it, or only what lies beyond the minimum. */
static struct exact beyond(const struct step *step, const struct working *w, struct exact minimum)
{
        if (flag_param(w, step, "first_dollar"))
                return held(w, FEED_SAVINGS);
        return exact_sub(held(w, FEED_SAVINGS), minimum);
}

static struct exact gate_savings(const struct step *step, struct working *w, struct exact minimum)
{
        struct exact savings = held(w, FEED_SAVINGS);
        bool reached = exact_cmp(savings, minimum) >= 0, reduced;

        say_flag(w, LINE_MINIMUM_REACHED, reached);
        if (reached) {
                return beyond(step, w, minimum);
        }
        if (!shared_below(step, w, &reduced) || !reduced)
                return exact_of(0);
        say_flag(w, LINE_REDUCED, true);
        say(w, LINE_REDUCED_FRACTION, rate_param(w, step, "below_fraction"));
        return savings;
}

static struct exact gate_losses(const struct step *step, struct working *w, struct exact rate)
{
        struct exact minimum = exact_neg(exact_mul(rate, held(w, FEED_BENCHMARK)));
        bool reached = exact_cmp(held(w, FEED_SAVINGS), minimum) <= 0;

        say_flag(w, LINE_MINIMUM_REACHED, reached);
        return reached ? beyond(step, w, minimum) : exact_of(0);
}

void step_corridor_gate(const struct step *step, struct working *w)
{
        bool losses = !word_is(w, step, "losses", "none");
        struct exact minimum, generated = exact_of(0);
        int sign = exact_sign(held(w, FEED_SAVINGS));

        if (!minimum_rate(step, w, &minimum))
                return;
        say(w, LINE_MINIMUM_RATE, minimum);
        say(w, LINE_MINIMUM_SAVINGS, exact_mul(minimum, held(w, FEED_BENCHMARK)));
        if (losses)
                say(w, LINE_MINIMUM_LOSS_RATE, minimum_loss_rate(step, w, minimum));
        if (sign > 0)
                generated = gate_savings(step, w, exact_mul(minimum, held(w, FEED_BENCHMARK)));
        else if (sign < 0 && losses)
                generated = gate_losses(step, w, minimum_loss_rate(step, w, minimum));
        if (!w->stopped)
                say(w, LINE_GENERATED, generated);
}

void widths_corridor_gate(const struct step *step, struct widths *ws)
{
        struct width rate = width_either(
                width_bands(ws, step, "bands"),
                width_either(width_rate_param(step, "rate"), width_rate_param(step, "loss_rate")));
        struct width minimum = width_mul(ws, rate, WIDTH_MONEY);
        const struct param *first = step_param(step, "first_dollar");

        if (first && !first->flag)
                ws->generated = width_add(ws, ws->generated, minimum);
        ws->fraction = width_rate_param(step, "below_fraction");
}

void step_guardrail(const struct step *step, struct working *w)
{
        bool holds = take_flag(w, LINE_GUARDRAIL, FACT_GUARDRAIL_APPLIES);

        (void)step;
        if (holds && exact_sign(held(w, FEED_GENERATED)) > 0)
                say_form(w, LINE_GENERATED, 1, exact_of(0));
}

void widths_guardrail(const struct step *step, struct widths *ws)
{
        (void)step;
        (void)ws;
}
