/* SPDX-License-Identifier: Apache-2.0 */
/* From the exact amount to what is posted: recoupment of advances, and the rounding. */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

void step_advance(const struct step *step, struct working *w)
{
        struct exact balance, recouped;

        (void)step;
        if (!take_carried(w, LINE_ADVANCE_BALANCE, CARRY_ADVANCE_BALANCE, NULL, &balance) &&
            !take(w, LINE_ADVANCE_BALANCE, (struct wanted) { .kind = FACT_ADVANCE_BALANCE },
                  &balance))
                return;
        /* From what is earned, unrounded; what is owed recoups nothing. */
        recouped = exact_min(exact_max(held(w, FEED_AMOUNT), exact_of(0)), balance);
        say(w, LINE_RECOUPED, recouped);
        say(w, LINE_ADVANCE_LEFT, exact_sub(balance, recouped));
}

void widths_advance(const struct step *step, struct widths *ws)
{
        (void)step;
        ws->amount = width_add(ws, ws->amount, WIDTH_MONEY);
}

static enum rounding mode_of(const struct step *step, const struct working *w)
{
        if (word_is(w, step, "rounding", "half_up"))
                return ROUND_HALF_UP;
        if (word_is(w, step, "rounding", "half_even"))
                return ROUND_HALF_EVEN;
        if (word_is(w, step, "rounding", "toward_zero"))
                return ROUND_TOWARD_ZERO;
        return ROUND_HALF_AWAY;
}

static int64_t as_cents(wide rounded)
{
        assert(rounded <= INT64_MAX);
        assert(rounded >= INT64_MIN);
        return (int64_t)rounded;
}

void step_post(const struct step *step, struct working *w)
{
        wide unit = word_is(w, step, "unit", "dollar") ? 100 : 1;
        struct exact amount = held(w, FEED_AMOUNT);
        wide earned = exact_round(amount, unit, mode_of(step, w));

        if (w->open) {
                say(w, LINE_AT_MOST, exact_of(earned));
                return;
        }
        w->to->earned = as_cents(earned);
        w->to->payable =
                as_cents(exact_round(exact_sub(amount, held(w, FEED_RECOUPED)), unit,
                                     mode_of(step, w)));
        say(w, LINE_EARNED, exact_of(w->to->earned));
        say(w, LINE_PAYABLE, exact_of(w->to->payable));
}

void widths_post(const struct step *step, struct widths *ws)
{
        /* WIDTH_MAX leaves room for the hundred cents of a dollar. */
        (void)step;
        (void)ws;
}
