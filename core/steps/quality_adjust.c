/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What quality does to an amount. It is taken to nine decimals of a cent, so that what comes after
 * stays short.
 */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

#define AMOUNT_DECIMALS 9

/* The formulas of LINE_QUALITY_MULTIPLIER. */
enum way { ON_GAIN, ON_LOSS, AS_REPORTED, BY_TABLE, BY_GATES };

static bool touches(const struct step *step, const struct working *w)
{
        int sign = exact_sign(held(w, FEED_AMOUNT));

        if (word_is(w, step, "on", "both"))
                return sign != 0;
        return sign == (word_is(w, step, "on", "gain") ? 1 : -1);
}

static struct exact rest(struct exact a)
{
        return exact_sub(exact_of(1), a);
}

/* A gain loses what quality lacks of its part at risk; a loss what quality has of its own. */
static bool for_score(const struct step *step, struct working *w, enum way *way, struct exact *ret)
{
        struct exact score;

        if (!need_quality(w, &score))
                return false;
        *way = exact_sign(held(w, FEED_AMOUNT)) > 0 ? ON_GAIN : ON_LOSS;
        if (*way == ON_GAIN)
                *ret = rest(exact_mul(rate_param(w, step, "most_gain"), rest(score)));
        else
                *ret = rest(exact_mul(rate_param(w, step, "most_loss"), score));
        return true;
}

static bool as_reported(struct working *w, enum way *way, struct exact *ret)
{
        struct exact change;

        if (!take(w, LINE_QUALITY_ADJUSTMENT,
                  (struct wanted) { .kind = FACT_QUALITY_ADJUSTMENT }, &change))
                return false;
        *way = AS_REPORTED;
        *ret = exact_add(exact_of(1), change);
        return true;
}

/* The terms' table has a rate for every score. */
static bool by_table(const struct step *step, struct working *w, enum way *way, struct exact *ret)
{
        struct exact score, change;
        bool has;

        if (!need_quality(w, &score))
                return false;
        has = bands_rate(w->terms, step, "bands", score, &change);
        assert(has);
        *way = BY_TABLE;
        *ret = exact_add(exact_of(1), change);
        return true;
}

static bool by_gates(struct working *w, enum way *way, struct exact *ret)
{
        struct exact score;

        /* A gate that waits for a score nobody reported: not calculable, and it says why. */
        if (w->scaled && !need_quality(w, &score))
                return false;
        *way = BY_GATES;
        *ret = held(w, FEED_FACTOR);
        return true;
}

static bool multiplier(const struct step *step, struct working *w, enum way *way,
                       struct exact *ret)
{
        if (word_is(w, step, "formula", "amount"))
                return for_score(step, w, way, ret);
        if (word_is(w, step, "formula", "table"))
                return by_table(step, w, way, ret);
        if (word_is(w, step, "formula", "factor"))
                return by_gates(w, way, ret);
        return as_reported(w, way, ret);
}

static bool is_money(struct exact amount)
{
        const struct exact most = exact_of((wide)MONEY_MAX * SEGMENTS_MAX);

        return exact_cmp(amount, most) <= 0 && exact_cmp(amount, exact_neg(most)) >= 0;
}

void step_quality_adjust(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT), by;
        enum way way;

        if (!touches(step, w) || !multiplier(step, w, &way, &by))
                return;
        say_form(w, LINE_QUALITY_MULTIPLIER, (unsigned int)way, by);
        if (exact_mul_decimals(amount, by, AMOUNT_DECIMALS, &amount) && is_money(amount))
                say(w, LINE_QUALITY_ADJUSTED, amount);
        else
                stop(w, "the amount that quality changes is more than money can be");
}

/* The product with the amount may be of any length, and is rounded at once. */
static void widths_multiplier(const struct step *step, struct widths *ws)
{
        const struct width one = { 0, 0 };
        struct width most = width_either(width_rate_param(step, "most_gain"),
                                         width_rate_param(step, "most_loss"));

        if (step_word_is(step, STEP_QUALITY_ADJUST, "formula", "amount"))
                width_add(ws, one, width_mul(ws, most, width_add(ws, one, ws->quality)));
        else if (step_word_is(step, STEP_QUALITY_ADJUST, "formula", "table"))
                width_add(ws, one, width_bands_rate(ws, step, "bands", ws->quality));
}

void widths_quality_adjust(const struct step *step, struct widths *ws)
{
        const struct width changed = { WIDTH_MONEY.num + 30, 30 };

        widths_lines(ws, 3);
        widths_multiplier(step, ws);
        ws->amount = step_word_is(step, STEP_QUALITY_ADJUST, "on", "both")
                             ? changed
                             : width_either(ws->amount, changed);
}
