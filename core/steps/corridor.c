/* SPDX-License-Identifier: Apache-2.0 */
/* Which savings and losses are shared at all: the minimum rates, and the guardrail. */
#include "core/bands.h"
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/widths.h"
#include "core/working.h"

#define MILLION 1000000
#define INTERVAL_DECIMALS 9

enum minimum_form {
        MINIMUM_BY_SIZE, MINIMUM_FLAT, MINIMUM_NONE, MINIMUM_ELECTED, MINIMUM_INTERVAL
};
enum loss_form { LOSSES_SAME, LOSSES_OWN, LOSSES_ALL };
enum reached_form { REACHED_BY_SAVINGS, REACHED_BY_LOSSES };
enum reduced_form { REDUCED_FOR_LOW_REVENUE, REDUCED_AS_REPORTED, NOT_REDUCED };
enum generated_form { ALL_OF_IT, BEYOND_MINIMUM, BEYOND_MINIMUM_LOSS, NOTHING_GENERATED };

/* A rate that was agreed is set aside for a panel below its least size: there the table governs. */
static bool takes_table(const struct step *step, struct working *w)
{
        int64_t least = number_param(w, step, "flat_least_panel");
        bool governs;

        if (word_is(w, step, "minimum", "table"))
                return true;
        if (least == 0 ||
            !(word_is(w, step, "minimum", "flat") || word_is(w, step, "minimum", "elected")))
                return false;
        governs = exact_cmp(held(w, FEED_PANEL), exact_of(least)) < 0;
        say_flag(w, LINE_SIZE_GOVERNS, governs);
        return governs;
}

static bool rate_by_size(const struct step *step, struct working *w, struct exact *ret)
{
        if (bands_rate(w->terms, step, "bands", held(w, FEED_PANEL), ret))
                return true;
        stop(w, "the table of minimum savings rates says nothing for so many people");
        return false;
}

/* What the earner chose: said in this period, or in one before. */
static bool elected_rate(const struct step *step, struct working *w, struct exact *ret)
{
        struct item item;

        item_param(step, "election", &item);
        return take_if(w, LINE_ELECTION, (struct wanted) { FACT_ELECTION, &item, { 0, 0 } }, ret) ||
               take_carried(w, LINE_ELECTION, CARRY_ELECTION, &item, ret) ||
               take(w, LINE_ELECTION, (struct wanted) { FACT_ELECTION, &item, { 0, 0 } }, ret);
}

/* Half a confidence interval, z cv / root n: the root in millionths, rounded down. */
static bool interval_rate(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact width = exact_round_decimals(
                exact_mul(rate_param(w, step, "z"), rate_param(w, step, "cv")), INTERVAL_DECIMALS,
                ROUND_HALF_AWAY);
        struct exact people = held(w, FEED_PANEL);

        if (exact_sign(people) <= 0) {
                stop(w, "a panel without people has no interval of savings");
                return false;
        }
        say(w, LINE_INTERVAL, width);
        width = exact_mul(exact_mul(width, width), exact_of((wide)MILLION * MILLION));
        *ret = exact_ratio(exact_isqrt(exact_div(width, people)), MILLION);
        return true;
}

static bool minimum_rate(const struct step *step, struct working *w, struct exact *ret)
{
        enum minimum_form form = MINIMUM_NONE;

        *ret = exact_of(0);
        if (takes_table(step, w)) {
                form = MINIMUM_BY_SIZE;
                if (!rate_by_size(step, w, ret))
                        return false;
        } else if (word_is(w, step, "minimum", "flat")) {
                form = MINIMUM_FLAT;
                *ret = rate_param(w, step, "rate");
        } else if (word_is(w, step, "minimum", "elected")) {
                form = MINIMUM_ELECTED;
                if (!elected_rate(step, w, ret))
                        return false;
        } else if (word_is(w, step, "minimum", "interval")) {
                form = MINIMUM_INTERVAL;
                if (!interval_rate(step, w, ret))
                        return false;
        }
        say_form(w, LINE_MINIMUM_RATE, form, *ret);
        return true;
}

static struct exact minimum_loss_rate(const struct step *step, struct working *w,
                                      struct exact minimum)
{
        enum loss_form form = LOSSES_ALL;
        struct exact rate = exact_of(0);

        if (word_is(w, step, "losses", "own")) {
                form = LOSSES_OWN;
                rate = rate_param(w, step, "loss_rate");
        } else if (word_is(w, step, "losses", "same")) {
                form = LOSSES_SAME;
                rate = minimum;
        }
        say_form(w, LINE_MINIMUM_LOSS_RATE, form, rate);
        return rate;
}

/* Are there people enough to share below the minimum? */
static bool panel_below(const struct step *step, struct working *w)
{
        int64_t least = number_param(w, step, "below_least_panel");
        bool enough;

        if (least == 0)
                return true;
        enough = exact_cmp(held(w, FEED_PANEL), exact_of(least)) >= 0;
        say_flag(w, LINE_PANEL_BELOW, enough);
        return enough;
}

/* Savings below the minimum: shared all the same, at a fraction of the rate? */
static bool shared_below(const struct step *step, struct working *w)
{
        enum reduced_form form = NOT_REDUCED;
        struct exact holds = exact_of(0);

        if (word_is(w, step, "below", "none"))
                return false;
        if (!panel_below(step, w)) {
                say_form(w, LINE_REDUCED, form, holds);
                return false;
        }
        if (word_is(w, step, "below", "low_revenue")) {
                form = REDUCED_FOR_LOW_REVENUE;
                if (!take(w, LINE_LOW_REVENUE, (struct wanted) { .kind = FACT_LOW_REVENUE },
                          &holds))
                        return false;
        } else if (take_if(w, LINE_REDUCED_REPORTED,
                           (struct wanted) { .kind = FACT_REDUCED_SHARING }, &holds)) {
                form = REDUCED_AS_REPORTED;
        }
        say_form(w, LINE_REDUCED, form, holds);
        return exact_sign(holds) > 0;
}

static void generate(struct working *w, enum generated_form form, struct exact figure)
{
        say_form(w, LINE_GENERATED, form, form == NOTHING_GENERATED ? exact_of(0) : figure);
}

static void gate_savings(const struct step *step, struct working *w, struct exact minimum)
{
        struct exact savings = held(w, FEED_SAVINGS);
        bool reached = exact_cmp(savings, minimum) >= 0;

        say_form(w, LINE_MINIMUM_REACHED, REACHED_BY_SAVINGS, exact_of(reached));
        if (reached && flag_param(w, step, "first_dollar")) {
                generate(w, ALL_OF_IT, savings);
        } else if (reached) {
                generate(w, BEYOND_MINIMUM, exact_sub(savings, minimum));
        } else if (shared_below(step, w)) {
                say(w, LINE_REDUCED_FRACTION, rate_param(w, step, "below_fraction"));
                generate(w, ALL_OF_IT, savings);
        } else if (!w->stopped) {
                generate(w, NOTHING_GENERATED, savings);
        }
}

static void gate_losses(const struct step *step, struct working *w, struct exact minimum)
{
        struct exact savings = held(w, FEED_SAVINGS);
        bool reached = exact_cmp(exact_neg(savings), minimum) >= 0;

        say_form(w, LINE_MINIMUM_REACHED, REACHED_BY_LOSSES, exact_of(reached));
        if (!reached)
                generate(w, NOTHING_GENERATED, savings);
        else if (flag_param(w, step, "first_dollar"))
                generate(w, ALL_OF_IT, savings);
        else
                generate(w, BEYOND_MINIMUM_LOSS, exact_add(savings, minimum));
}

void step_corridor_gate(const struct step *step, struct working *w)
{
        bool losses = !word_is(w, step, "losses", "none");
        struct exact benchmark = held(w, FEED_BENCHMARK), rate, loss_rate = exact_of(0);
        int sign = exact_sign(held(w, FEED_SAVINGS));

        if (!minimum_rate(step, w, &rate))
                return;
        say(w, LINE_MINIMUM_SAVINGS, exact_mul(rate, benchmark));
        if (losses)
                loss_rate = minimum_loss_rate(step, w, rate);
        if (sign > 0) {
                gate_savings(step, w, exact_mul(rate, benchmark));
        } else if (sign < 0 && losses) {
                gate_losses(step, w, exact_mul(loss_rate, benchmark));
        } else {
                if (sign < 0)
                        say_flag(w, LINE_LOSSES_SHARED, false);
                generate(w, NOTHING_GENERATED, exact_of(0));
        }
}

/* The widest minimum rate: of an election nine decimals, of an interval millionths. */
static struct width width_minimum(const struct step *step, struct widths *ws)
{
        const struct width trillion = { 40, 0 }, nine_decimals = { 37, 30 }; /* up to 100 */
        struct width rate = width_either(width_bands(ws, step, "bands"),
                                         width_rate_param(step, "rate"));

        if (step_word_is(step, STEP_CORRIDOR_GATE, "minimum", "elected"))
                return width_either(rate, WIDTH_RATE);
        if (!step_word_is(step, STEP_CORRIDOR_GATE, "minimum", "interval"))
                return rate;
        width_mul(ws, width_mul(ws, width_rate_param(step, "z"), width_rate_param(step, "cv")),
                  nine_decimals);
        width_div(ws, width_mul(ws, width_mul(ws, nine_decimals, nine_decimals), trillion),
                  WIDTH_COUNT);
        return (struct width) { 27, 20 };
}

void widths_corridor_gate(const struct step *step, struct widths *ws)
{
        struct width rate = width_either(width_minimum(step, ws),
                                         width_rate_param(step, "loss_rate"));
        struct width minimum = width_mul(ws, rate, WIDTH_MONEY);
        const struct param *first = step_param(step, "first_dollar");

        if (first && !first->flag)
                ws->generated = width_add(ws, ws->generated, minimum);
        ws->fraction = width_rate_param(step, "below_fraction");
        widths_lines(ws, 12);
}

void step_guardrail(const struct step *step, struct working *w)
{
        bool holds = take_flag(w, LINE_GUARDRAIL, FACT_GUARDRAIL_APPLIES);

        (void)step;
        if (holds && exact_sign(held(w, FEED_GENERATED)) > 0)
                generate(w, NOTHING_GENERATED, exact_of(0));
}

void widths_guardrail(const struct step *step, struct widths *ws)
{
        (void)step;
        widths_lines(ws, 2);
}

const char *sense_corridor_gate(const struct terms *terms, const struct step *step)
{
        (void)terms;
        if (step_param(step, "flat_least_panel") && !step_param(step, "bands"))
                return "parameter bands must be given where flat_least_panel is";
        return NULL;
}
