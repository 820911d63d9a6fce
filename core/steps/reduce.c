/* SPDX-License-Identifier: Apache-2.0 */
/* What lowers an amount: sequestration, disaster relief, part of a period. */
#include "core/bands.h"
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

#define SHARE_DECIMALS 9
#define MONTHS_OF_A_YEAR 12

/* "on": which sign a step works on; the forms of the lines that say whether it does. */
enum on_form { ON_GAIN, ON_LOSS, ON_BOTH, ON_FORMS };
enum rate_form { RATE_IN_FORCE, RATE_NONE };
enum sequestered_form { OF_AMOUNT, OF_GENERATED };
enum share_form { SHARE_REPORTED, SHARE_NONE };
enum relief_form { RELIEF_BY_SHARE, RELIEF_OF_PERIOD, RELIEF_OF_YEAR, RELIEF_NONE };
enum prorated_form { PRORATED, NOT_PRORATED };

static enum on_form on_of(const struct step *step, const struct working *w)
{
        if (word_is(w, step, "on", "both"))
                return ON_BOTH;
        return word_is(w, step, "on", "gain") ? ON_GAIN : ON_LOSS;
}

static bool touches(enum on_form on, struct exact figure)
{
        int sign = exact_sign(figure);

        if (on == ON_BOTH)
                return sign != 0;
        return sign == (on == ON_GAIN ? 1 : -1);
}

static bool rate_in_force(const struct step *step, struct working *w, struct exact *ret)
{
        if (w->run->payment == DATE_NONE) {
                stop(w, "the run names no day of payment, which decides the sequestration rate");
                return false;
        }
        if (bands_at(w->terms, step, "bands", w->run->payment, ret))
                return true;
        stop(w, "the table of sequestration rates says nothing for the day of payment");
        return false;
}

void step_sequester(const struct step *step, struct working *w)
{
        bool generated = word_is(w, step, "base", "generated");
        struct exact figure = held(w, generated ? FEED_GENERATED : FEED_AMOUNT), rate;
        enum on_form on = on_of(step, w);
        bool applies = touches(on, figure);

        if (!rate_in_force(step, w, &rate))
                return;
        say_form(w, LINE_SEQUESTRATION_APPLIES, on + (generated ? ON_FORMS : 0),
                 exact_of(applies));
        if (!applies)
                rate = exact_of(0);
        say_form(w, LINE_SEQUESTRATION_RATE, applies ? RATE_IN_FORCE : RATE_NONE, rate);
        say_form(w, LINE_SEQUESTERED, generated ? OF_GENERATED : OF_AMOUNT,
                 exact_mul(figure, rate));
        say(w, generated ? LINE_GENERATED_SEQUESTERED : LINE_AFTER_SEQUESTRATION,
            exact_mul(figure, exact_sub(exact_of(1), rate)));
}

void widths_sequester(const struct step *step, struct widths *ws)
{
        struct width rest = width_rest(width_bands(ws, step, "bands"));

        if (step_word_is(step, STEP_SEQUESTER, "base", "generated"))
                ws->generated = width_mul(ws, ws->generated, rest);
        else
                ws->amount = width_mul(ws, ws->amount, rest);
        widths_lines(ws, 4);
}

/* Whole months of the period, or not calculable. */
static bool months_of(struct working *w, struct exact *ret)
{
        int months = period_months(w->run->period);

        if (months == 0) {
                stop(w, "the period is not a number of whole months");
                return false;
        }
        *ret = exact_of(months);
        say(w, LINE_MONTHS, *ret);
        return true;
}

/* Reported in money, of a year or of the period: no more than what is owed. */
static bool relief_in_money(const struct step *step, struct working *w, struct exact owed,
                            enum relief_form *ret_form, struct exact *ret)
{
        struct exact months;

        *ret_form = RELIEF_NONE;
        if (!take_if(w, LINE_RELIEF_REPORTED, (struct wanted) { .kind = FACT_DISASTER_RELIEF },
                     ret))
                return true;
        *ret_form = RELIEF_OF_PERIOD;
        if (flag_param(w, step, "full_year")) {
                if (!months_of(w, &months))
                        return false;
                *ret_form = RELIEF_OF_YEAR;
                *ret = exact_mul(*ret, exact_div(months, exact_of(MONTHS_OF_A_YEAR)));
        }
        *ret = exact_min(*ret, owed);
        return true;
}

static struct exact share_of_disaster(struct working *w)
{
        struct exact months, members, share = exact_of(0);
        enum share_form form = SHARE_NONE;

        if (take_if(w, LINE_RELIEF_MONTHS,
                    (struct wanted) { .kind = FACT_DISASTER_MONTHS_SHARE }, &months) &&
            take_if(w, LINE_RELIEF_MEMBERS,
                    (struct wanted) { .kind = FACT_DISASTER_MEMBER_SHARE }, &members)) {
                form = SHARE_REPORTED;
                share = exact_round_decimals(exact_mul(months, members), SHARE_DECIMALS,
                                             ROUND_HALF_AWAY);
        }
        say_form(w, LINE_RELIEF_SHARE, form, share);
        return share;
}

void step_relief(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT), owed = exact_neg(amount), relief;
        enum relief_form form = RELIEF_BY_SHARE;

        say_flag(w, LINE_RELIEF_APPLIES, exact_sign(owed) > 0);
        if (exact_sign(owed) <= 0)
                return;
        if (word_is(w, step, "basis", "share")) {
                struct exact share = share_of_disaster(w);

                relief = exact_mul(owed, share);
                amount = exact_mul(amount, exact_sub(exact_of(1), share));
        } else {
                if (!relief_in_money(step, w, owed, &form, &relief))
                        return;
                amount = exact_add(amount, relief);
        }
        say_form(w, LINE_RELIEF, form, relief);
        say(w, LINE_AFTER_RELIEF, amount);
}

void widths_relief(const struct step *step, struct widths *ws)
{
        /* Months between the first and last day there is, by 12. */
        const struct width year = { 12, 4 };

        if (step_word_is(step, STEP_RELIEF, "basis", "share")) {
                width_mul(ws, width_mul(ws, WIDTH_RATE, WIDTH_RATE), WIDTH_RATE);
                ws->amount = width_mul(ws, ws->amount, WIDTH_RATE);
        } else {
                ws->amount = width_add(ws, ws->amount, width_mul(ws, WIDTH_MONEY, year));
        }
        widths_lines(ws, 6);
}

void step_prorate(const struct step *step, struct working *w)
{
        struct exact months, whole = exact_of(number_param(w, step, "of_months"));
        struct exact amount = held(w, FEED_AMOUNT);
        enum on_form on = on_of(step, w);
        bool applies;

        if (!months_of(w, &months))
                return;
        applies = touches(on, amount) && exact_cmp(months, whole) < 0;
        say_form(w, LINE_PRORATION_APPLIES, on, exact_of(applies));
        if (applies)
                amount = exact_mul(amount, exact_div(months, whole));
        say_form(w, LINE_PRORATED, applies ? PRORATED : NOT_PRORATED, amount);
}

void widths_prorate(const struct step *step, struct widths *ws)
{
        const struct width part = { 7, 7 }; /* of_months is at most 120 */

        (void)step;
        ws->amount = width_mul(ws, ws->amount, part);
        widths_lines(ws, 3);
}
