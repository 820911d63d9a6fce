/* SPDX-License-Identifier: Apache-2.0 */
/* What goes from period to period: advances that are recouped, losses that are made good. */
#include "core/check.h"
#include "core/steps/volume.h"
#include "core/widths.h"
#include "core/working.h"

enum open_form { OPEN_BALANCE, OPEN_WITH_PAID, OPEN_WITHOUT_FORGIVEN, OPEN_WITH_BOTH };
enum loss_form { LOSS_CARRIED, LOSS_PAID };

/* A carried figure has decimals of a cent; taken to the cent it makes nothing longer. */
static struct exact to_the_cent(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

/* Carried from the period before, else reported; there is none before the first one is paid. */
static bool balance_of(const struct step *step, struct working *w, struct exact *ret)
{
        const struct wanted wanted = { .kind = FACT_ADVANCE_BALANCE };

        if (take_carried(w, LINE_ADVANCE_BALANCE, CARRY_ADVANCE_BALANCE, NULL, ret) ||
            take_if(w, LINE_ADVANCE_BALANCE, wanted, ret))
                return true;
        if (!flag_param(w, step, "paid"))
                return take(w, LINE_ADVANCE_BALANCE, wanted, ret);
        say(w, LINE_ADVANCE_BALANCE, *ret);
        return true;
}

/* With what was paid in the period, less what was forgiven. */
static bool advances_open(const struct step *step, struct working *w, struct exact *ret)
{
        bool paid = flag_param(w, step, "paid"), forgiven;
        struct exact figure;

        if (!balance_of(step, w, ret))
                return false;
        if (paid && !take(w, LINE_ADVANCE_PAID, (struct wanted) { .kind = FACT_ADVANCE_PAID },
                          &figure))
                return false;
        *ret = to_the_cent(*ret);
        if (paid)
                *ret = exact_add(*ret, figure);
        forgiven = flag_param(w, step, "forgiven") &&
                   take_if(w, LINE_ADVANCE_FORGIVEN,
                           (struct wanted) { .kind = FACT_ADVANCE_FORGIVEN }, &figure);
        if (forgiven)
                *ret = exact_max(exact_sub(*ret, figure), exact_of(0));
        if (forgiven)
                say_form(w, LINE_ADVANCES_OPEN, paid ? OPEN_WITH_BOTH : OPEN_WITHOUT_FORGIVEN,
                         *ret);
        else
                say_form(w, LINE_ADVANCES_OPEN, paid ? OPEN_WITH_PAID : OPEN_BALANCE, *ret);
        return true;
}

/* From what is earned, unrounded; what is owed recoups nothing. */
void step_advance(const struct step *step, struct working *w)
{
        struct exact open, most, recouped;

        if (!advances_open(step, w, &open) ||
            !money_within(w, open, "the advances to recoup are more than money can be"))
                return;
        most = exact_mul(exact_max(held(w, FEED_AMOUNT), exact_of(0)), rate_param(w, step, "most"));
        recouped = exact_min(most, open);
        say(w, LINE_RECOUPED, recouped);
        say(w, LINE_ADVANCE_LEFT, exact_sub(open, recouped));
}

void widths_advance(const struct step *step, struct widths *ws)
{
        /* Never more than is earned, or than was ever advanced. */
        struct width most = width_mul(ws, ws->amount, width_rate_param(step, "most"));

        width_add(ws, WIDTH_MONEY, most);
        ws->amount = width_either(width_add(ws, ws->amount, WIDTH_MONEY),
                                  width_mul(ws, ws->amount,
                                            width_rest(width_rate_param(step, "most"))));
        widths_lines(ws, 6);
}

void step_carry_forward(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT), zero = exact_of(0), deficit, set_off;
        struct exact gain = exact_max(amount, zero), loss = exact_max(exact_neg(amount), zero);
        bool carries = word_is(w, step, "losses", "carry");

        if (!take_carried(w, LINE_DEFICIT, CARRY_DEFICIT, NULL, &deficit))
                say(w, LINE_DEFICIT, deficit);
        deficit = to_the_cent(deficit);
        set_off = exact_min(gain, deficit);
        say(w, LINE_DEFICIT_SET_OFF, set_off);
        deficit = exact_add(exact_sub(deficit, set_off), carries ? loss : zero);
        if (!money_within(w, deficit, "the losses carried are more than money can be"))
                return;
        say_form(w, LINE_DEFICIT_LEFT, carries ? LOSS_CARRIED : LOSS_PAID, deficit);
        say_form(w, LINE_AFTER_DEFICIT, carries ? LOSS_CARRIED : LOSS_PAID,
                 exact_sub(carries ? gain : amount, set_off));
}

void widths_carry_forward(const struct step *step, struct widths *ws)
{
        (void)step;
        ws->amount = width_add(ws, ws->amount, WIDTH_MONEY);
        widths_lines(ws, 4);
}
