/* SPDX-License-Identifier: Apache-2.0 */
/* From the exact amount to what is posted: the rounding, the least payment, the payees. */
#include "core/check.h"
#include "core/portion.h"
#include "core/widths.h"
#include "core/working.h"

#define CENTS_OF_A_DOLLAR 100

/* Every segment's most: what is beyond it is no payment, but a mistake in what was reported. */
#define RESULT_MAX ((wide)MONEY_MAX * SEGMENTS_MAX)

enum due_form { DUE_OF_PERIOD, DUE_WITH_UNPAID };
enum payable_form { PAYABLE_ROUNDED, PAYABLE_DUE, PAYABLE_NOTHING };

void step_payee(const struct step *step, struct working *w)
{
        struct item party;

        item_param(step, "party", &party);
        say_item(w, LINE_PAYEE_WEIGHT, 0, &party, exact_of(number_param(w, step, "weight")));
}

void widths_payee(const struct step *step, struct widths *ws)
{
        (void)step;
        widths_lines(ws, 2); /* its weight here, its part in post */
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

static wide rounded(const struct step *step, const struct working *w, struct exact amount)
{
        wide unit = word_is(w, step, "unit", "dollar") ? CENTS_OF_A_DOLLAR : 1;

        return exact_round(amount, unit, mode_of(step, w));
}

static bool as_cents(struct working *w, wide cents, int64_t *ret)
{
        *ret = 0;
        if (cents > RESULT_MAX || cents < -RESULT_MAX) {
                stop(w, "the result is more than money can be");
                return false;
        }
        *ret = (int64_t)cents;
        return true;
}

/* With what was too little to be paid before; too little again, it is carried once more. */
static void pay_or_carry(const struct step *step, struct working *w, bool brought, int64_t due)
{
        int64_t least = number_param(w, step, "least_payment");
        bool reached = (due < 0 ? -due : due) >= least;

        say_form(w, LINE_DUE, brought ? DUE_WITH_UNPAID : DUE_OF_PERIOD, exact_of(due));
        if (least > 0)
                say_flag(w, LINE_LEAST_REACHED, reached);
        if (!reached)
                say(w, LINE_UNPAID, exact_of(due));
        w->to->payable = reached ? due : 0;
        say_form(w, LINE_PAYABLE, reached ? PAYABLE_DUE : PAYABLE_NOTHING,
                 exact_of(w->to->payable));
}

/* The weights that payee steps said. */
static size_t payees_of(const struct working *w, struct portion *list)
{
        size_t count = 0;

        for (size_t i = 0; i < w->to->line_count; i++) {
                const struct line *line = &w->to->lines[i];

                if (line->code != LINE_PAYEE_WEIGHT)
                        continue;
                assert(count < STEPS_MAX);
                list[count++] = (struct portion) { .who = line_item(w->to, line),
                                                   .weight = line->num };
        }
        return count;
}

static void divide(struct working *w)
{
        struct portion list[STEPS_MAX];
        size_t count = payees_of(w, list);

        if (!count)
                return;
        portions_divide(w->to->payable, list, count);
        for (size_t i = 0; i < count; i++)
                say_item(w, LINE_PAYEE_SHARE, 0, list[i].who, exact_of(list[i].part));
}

/* What earlier periods left unpaid is whole cents; a carried figure may be any. */
static wide unpaid_before(struct working *w, bool *ret_brought)
{
        struct exact unpaid;

        *ret_brought = take_carried(w, LINE_UNPAID_BROUGHT, CARRY_UNPAID, NULL, &unpaid);
        return exact_round(unpaid, 1, ROUND_HALF_AWAY);
}

void step_post(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT);
        int64_t earned, due;
        bool brought;
        wide paid;

        if (!as_cents(w, rounded(step, w, amount), &earned))
                return;
        if (w->open) {
                say(w, LINE_AT_MOST, exact_of(earned));
                return;
        }
        paid = rounded(step, w, exact_sub(amount, held(w, FEED_RECOUPED)));
        if (!as_cents(w, paid + unpaid_before(w, &brought), &due))
                return;
        w->to->earned = earned;
        say(w, LINE_EARNED, exact_of(earned));
        if (brought || number_param(w, step, "least_payment") > 0) {
                pay_or_carry(step, w, brought, due);
        } else {
                w->to->payable = due;
                say_form(w, LINE_PAYABLE, PAYABLE_ROUNDED, exact_of(due));
        }
        divide(w);
}

void widths_post(const struct step *step, struct widths *ws)
{
        /* WIDTH_MAX leaves room for the hundred cents of a dollar. */
        (void)step;
        widths_lines(ws, 6);
}
