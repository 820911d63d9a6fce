/* SPDX-License-Identifier: Apache-2.0 */
/* What happens to an amount on its way: sequestration, disaster relief, part of a period, fees. */
#include <string.h>

#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

#define SHARE_DECIMALS 9

/* Does a step that works "on" gain, loss or both touch this amount? */
static bool touches(const struct step *step, const struct working *w)
{
        int sign = exact_sign(held(w, FEED_AMOUNT));

        if (word_is(w, step, "on", "both"))
                return sign != 0;
        return sign == (word_is(w, step, "on", "gain") ? 1 : -1);
}

void step_sequester(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT), rate;

        if (w->run->payment == DATE_NONE) {
                stop(w, "the run names no day of payment, which decides the sequestration rate");
                return;
        }
        if (!bands_at(w->terms, step, "bands", w->run->payment, &rate)) {
                stop(w, "the table of sequestration rates says nothing for the day of payment");
                return;
        }
        if (!touches(step, w))
                rate = exact_of(0);
        say(w, LINE_SEQUESTRATION_RATE, rate);
        say(w, LINE_SEQUESTERED, exact_mul(amount, rate));
        say(w, LINE_AFTER_SEQUESTRATION, exact_mul(amount, exact_sub(exact_of(1), rate)));
}

void widths_sequester(const struct step *step, struct widths *ws)
{
        ws->amount = width_mul(ws, ws->amount, width_rest(width_bands(ws, step, "bands")));
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
        return true;
}

static bool relief_amount(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact months;

        if (!take_if(w, LINE_RELIEF_REPORTED, (struct wanted) { .kind = FACT_DISASTER_RELIEF },
                     ret) ||
            !flag_param(w, step, "full_year"))
                return true;
        if (!months_of(w, &months))
                return false;
        *ret = exact_mul(*ret, exact_div(months, exact_of(12)));
        return true;
}

static struct exact relief_share(struct working *w)
{
        struct exact months, members, share = exact_of(0);

        if (take_if(w, LINE_RELIEF_MONTHS,
                    (struct wanted) { .kind = FACT_DISASTER_MONTHS_SHARE }, &months) &&
            take_if(w, LINE_RELIEF_MEMBERS,
                    (struct wanted) { .kind = FACT_DISASTER_MEMBER_SHARE }, &members))
                share = exact_round_decimals(exact_mul(months, members), SHARE_DECIMALS,
                                             ROUND_HALF_AWAY);
        say(w, LINE_RELIEF_SHARE, share);
        return share;
}

void step_relief(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT), owed = exact_neg(amount), relief;

        if (exact_sign(owed) <= 0)
                return;
        if (word_is(w, step, "basis", "share")) {
                struct exact share = relief_share(w);

                relief = exact_mul(owed, share);
                amount = exact_mul(amount, exact_sub(exact_of(1), share));
        } else {
                if (!relief_amount(step, w, &relief))
                        return;
                relief = exact_min(relief, owed);
                amount = exact_add(amount, relief);
        }
        say(w, LINE_RELIEF, relief);
        say(w, LINE_AFTER_RELIEF, amount);
}

void widths_relief(const struct step *step, struct widths *ws)
{
        const struct width year = { 12,
                                    4 }; /* months between the first and last day there is, by 12 */
        const struct param *basis = step_param(step, "basis");
        bool share = basis && strcmp(basis->word.text, "share") == 0;

        if (share) {
                width_mul(ws, width_mul(ws, WIDTH_RATE, WIDTH_RATE), WIDTH_RATE);
                ws->amount = width_mul(ws, ws->amount, WIDTH_RATE);
        } else {
                ws->amount = width_add(ws, ws->amount, width_mul(ws, WIDTH_MONEY, year));
        }
}

void step_prorate(const struct step *step, struct working *w)
{
        struct exact months, whole = exact_of(number_param(w, step, "of_months"));
        struct exact amount = held(w, FEED_AMOUNT);

        if (!months_of(w, &months))
                return;
        say(w, LINE_MONTHS, months);
        if (touches(step, w) && exact_cmp(months, whole) < 0)
                amount = exact_mul(amount, exact_div(months, whole));
        say(w, LINE_PRORATED, amount);
}

void widths_prorate(const struct step *step, struct widths *ws)
{
        const struct width part = { 7, 7 }; /* of_months is at most 120 */

        (void)step;
        ws->amount = width_mul(ws, ws->amount, part);
}

static bool fee_due(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact months, each = exact_of(number_param(w, step, "pmpm"));

        *ret = exact_of(number_param(w, step, "flat"));
        if (exact_sign(each) == 0)
                return true;
        if (!take(w, LINE_MEMBER_MONTHS, (struct wanted) { .kind = FACT_MEMBER_MONTHS }, &months))
                return false;
        *ret = exact_add(*ret, exact_mul(each, months));
        return true;
}

/* To the cent, so that a fee beside a share keeps the sum short; it is an amount of its own. */
void step_fee(const struct step *step, struct working *w)
{
        struct exact risk = rate_param(w, step, "at_risk"), due, quality = exact_of(1), part;

        if (!fee_due(step, w, &due))
                return;
        if (exact_sign(risk) > 0 && !need_quality(w, &quality))
                return;
        /* The safe part, and of the rest what quality earns. */
        part = exact_add(exact_sub(exact_of(1), risk), exact_mul(risk, quality));
        say(w, LINE_FEE_DUE, due);
        due = exact_of(exact_round(exact_mul(due, part), 1, ROUND_HALF_AWAY));
        say(w, LINE_FEE, due);
        say(w, LINE_WITH_FEE, exact_add(held(w, FEED_AMOUNT), due));
}

void widths_fee(const struct step *step, struct widths *ws)
{
        const struct width due = { 58, 0 }; /* PMPM_MAX * COUNT_MAX * SEGMENTS_MAX + MONEY_MAX */
        struct width risk = width_rate_param(step, "at_risk");
        struct width part = width_add(ws, width_rest(risk), width_mul(ws, risk, ws->quality));

        width_mul(ws, due, part);
        ws->amount = width_add(ws, ws->amount, due);
}
