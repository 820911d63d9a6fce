/* SPDX-License-Identifier: Apache-2.0 */
/* The earner's share of savings, or of losses. */
#include "core/bands.h"
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/steps/volume.h"
#include "core/widths.h"
#include "core/working.h"

#define STAKE_DECIMALS 4        /* of a cent */
#define BANDED_DECIMALS 4
#define RATE_DECIMALS 9         /* of a rate that quality makes */

enum gain_form { GAIN_AT_RATE, GAIN_IN_BANDS, GAIN_BY_QUALITY };
enum loss_form {
        LOSS_NONE, LOSS_FIXED, LOSS_INVERSE, LOSS_CEILING, LOSS_IN_BANDS, LOSS_BY_QUALITY,
        LOSS_COMPLEMENT
};
enum banded_form { BANDED_GAIN, BANDED_LOSS };
enum shared_form {
        SHARED_GAIN, SHARED_LOSS, SHARED_NOTHING, SHARED_BANDED_GAIN, SHARED_BANDED_LOSS,
        SHARED_STAKE_GAIN, SHARED_STAKE_LOSS,
        SHARED_ROUNDED                  /* behind these the same, rounded as the terms say */
};

/* What is shared: the line that says it, and with it the way in which the share is made. */
struct shared {
        struct exact figure;
        enum shared_form form;
};

/* The form for nothing to share has none: there is nothing to round. */
static unsigned int rounded_form(enum shared_form form)
{
        return SHARED_ROUNDED + (unsigned int)form - (form > SHARED_NOTHING);
}

static void take_share(const struct step *step, struct working *w, struct shared shared,
                       struct exact rate)
{
        bool rounds = has_param(step, "decimals");
        struct exact part;

        if (!rounds) {
                part = exact_mul(shared.figure, rate);
        } else if (!exact_mul_decimals(shared.figure, rate, (int)number_param(w, step, "decimals"),
                                       &part)) {
                stop(w, "what is shared is more than money can be");
                return;
        }
        say_form(w, LINE_SHARED, rounds ? rounded_form(shared.form) : shared.form,
                 exact_add(held(w, FEED_AMOUNT), part));
}

/*
 * The rate of savings, by the rate at which all is at stake, of the revenue at risk. To the fourth
 * decimal of a cent: the exact product of three amounts could be too long.
 */
static bool at_stake(const struct step *step, struct working *w, struct exact *ret)
{
        static const char too_much[] = "what is at stake is more than money can be";
        struct exact revenue, rate = exact_div(held(w, FEED_GENERATED), held(w, FEED_BENCHMARK));

        if (!take(w, LINE_REVENUE, (struct wanted) { .kind = FACT_PARTICIPANT_REVENUE }, &revenue))
                return false;
        revenue = exact_div(exact_mul(revenue, rate_param(w, step, "most")),
                            rate_param(w, step, "full_at"));
        if (!exact_mul_decimals(rate, revenue, STAKE_DECIMALS, ret)) {
                stop(w, too_much);
                return false;
        }
        if (!money_within(w, *ret, too_much))
                return false;
        say(w, LINE_AT_STAKE, *ret);
        return true;
}

/* Each rate is at most one: rounded, the sum is no longer than what falls into the bands. */
static void banded(const struct step *step, struct working *w, const char *bands, bool gain,
                   struct exact *figure)
{
        struct exact sum = bands_sum(w->terms, step, bands, *figure, held(w, FEED_BENCHMARK));
        bool fits = exact_mul_decimals(sum, exact_of(1), BANDED_DECIMALS, figure);

        assert(fits);
        say_form(w, LINE_BANDED, gain ? BANDED_GAIN : BANDED_LOSS, *figure);
}

static bool what_is_shared(const struct step *step, struct working *w, const char *bands,
                           struct shared *ret)
{
        bool gain = exact_sign(held(w, FEED_GENERATED)) >= 0;

        ret->figure = held(w, FEED_GENERATED);
        ret->form = gain ? SHARED_GAIN : SHARED_LOSS;
        if (word_is(w, step, "of", "rate")) {
                ret->form = gain ? SHARED_STAKE_GAIN : SHARED_STAKE_LOSS;
                return at_stake(step, w, &ret->figure);
        }
        if (bands) {
                ret->form = gain ? SHARED_BANDED_GAIN : SHARED_BANDED_LOSS;
                banded(step, w, bands, gain, &ret->figure);
        }
        return true;
}

/*
 * On the straight line between the rates at the lowest and at the highest quality: a score of many
 * measures would make it too long.
 */
static bool rate_by_quality(const struct step *step, struct working *w, const char *low,
                            const char *high, struct exact *ret)
{
        struct exact from = rate_param(w, step, low), quality;

        if (!need_quality(w, &quality))
                return false;
        *ret = exact_add(from, exact_mul(exact_sub(rate_param(w, step, high), from), quality));
        *ret = exact_round_decimals(*ret, RATE_DECIMALS, ROUND_HALF_AWAY);
        return true;
}

static bool gain_rate(const struct step *step, struct working *w, enum gain_form *ret_form,
                      struct exact *ret)
{
        struct exact factor = held(w, FEED_FACTOR);

        *ret = exact_of(1);
        *ret_form = GAIN_IN_BANDS;
        if (w->scaled && !need_quality(w, &factor))
                return false;
        if (word_is(w, step, "gain", "rate")) {
                *ret_form = GAIN_AT_RATE;
                *ret = rate_param(w, step, "up");
        } else if (word_is(w, step, "gain", "quality")) {
                *ret_form = GAIN_BY_QUALITY;
                if (!rate_by_quality(step, w, "up_low", "up_high", ret))
                        return false;
        }
        *ret = exact_mul(exact_mul(*ret, factor), held(w, FEED_FRACTION));
        return true;
}

/* What nobody reported is missed only where there is something to share. */
static bool nothing_to_share(const struct step *step, struct working *w)
{
        struct exact quality;

        if (exact_sign(held(w, FEED_GENERATED)) != 0)
                return false;
        return w->scaled || word_is(w, step, "of", "rate") ||
               (word_is(w, step, "gain", "quality") && !have_quality(w, &quality));
}

static void share_savings(const struct step *step, struct working *w)
{
        const char *bands = word_is(w, step, "gain", "bands") ? "up_bands" : NULL;
        enum gain_form form;
        struct shared shared;
        struct exact rate;

        if (nothing_to_share(step, w)) {
                say_form(w, LINE_SHARED, SHARED_NOTHING, held(w, FEED_AMOUNT));
                return;
        }
        if (!gain_rate(step, w, &form, &rate))
                return;
        say_form(w, LINE_SHARE_RATE, form, rate);
        if (what_is_shared(step, w, bands, &shared))
                take_share(step, w, shared, rate);
}

static struct exact within(struct exact a, struct exact low, struct exact high)
{
        return exact_max(low, exact_min(high, a));
}

/*
 * One less the highest sharing rate times quality, between floor and ceiling; the ceiling when
 * quality fails.
 */
static bool inverse_rate(const struct step *step, struct working *w, enum loss_form *ret_form,
                         struct exact *ret)
{
        struct exact ceiling = rate_param(w, step, "down_ceiling"), quality;

        *ret = ceiling;
        *ret_form = LOSS_CEILING;
        if (w->quality_failed)
                return true;
        if (!need_quality(w, &quality))
                return false;
        *ret_form = LOSS_INVERSE;
        *ret = within(exact_sub(exact_of(1), exact_mul(rate_param(w, step, "up"), quality)),
                      rate_param(w, step, "down_floor"), ceiling);
        return true;
}

static bool loss_rate(const struct step *step, struct working *w, enum loss_form *ret_form,
                      struct exact *ret)
{
        *ret = exact_of(0);
        *ret_form = LOSS_NONE;
        if (word_is(w, step, "down", "inverse"))
                return inverse_rate(step, w, ret_form, ret);
        if (word_is(w, step, "down", "fixed")) {
                *ret_form = LOSS_FIXED;
                *ret = rate_param(w, step, "down_rate");
        } else if (word_is(w, step, "down", "bands")) {
                *ret_form = LOSS_IN_BANDS;
                *ret = exact_of(1);
        } else if (word_is(w, step, "down", "quality")) {
                *ret_form = LOSS_BY_QUALITY;
                return rate_by_quality(step, w, "down_low", "down_high", ret);
        } else if (word_is(w, step, "down", "complement")) {
                *ret_form = LOSS_COMPLEMENT;
                if (!rate_by_quality(step, w, "up_low", "up_high", ret))
                        return false;
                *ret = exact_sub(exact_of(1), *ret);
        }
        return true;
}

static void share_losses(const struct step *step, struct working *w)
{
        const char *bands = word_is(w, step, "down", "bands") ? "down_bands" : NULL;
        enum loss_form form;
        struct shared shared;
        struct exact rate;

        if (!loss_rate(step, w, &form, &rate))
                return;
        say_form(w, LINE_LOSS_RATE, form, rate);
        if (form == LOSS_NONE) /* nothing to ask for */
                say_form(w, LINE_SHARED, SHARED_NOTHING, held(w, FEED_AMOUNT));
        else if (what_is_shared(step, w, bands, &shared))
                take_share(step, w, shared, rate);
}

void step_share(const struct step *step, struct working *w)
{
        if (exact_sign(held(w, FEED_GENERATED)) >= 0)
                share_savings(step, w);
        else
                share_losses(step, w);
}

/* ---- lengths */

static struct width width_by_quality(const struct step *step, struct widths *ws, const char *low,
                                     const char *high)
{
        const struct width nine_decimals = { 30, 30 };
        struct width from = width_rate_param(step, low);
        struct width span = width_add(ws, width_rate_param(step, high), from);

        if (!step_param(step, low))
                return (struct width) { 0, 0 };
        width_mul(ws, width_add(ws, from, width_mul(ws, span, ws->quality)), nine_decimals);
        return nine_decimals;
}

static struct width width_gain(const struct step *step, struct widths *ws)
{
        struct width rate = width_either(width_rate_param(step, "up"),
                                         width_by_quality(step, ws, "up_low", "up_high"));

        if (step_word_is(step, STEP_SHARE, "gain", "bands"))
                rate = (struct width) { 0, 0 };
        return width_mul(ws, width_mul(ws, rate, ws->factor), ws->fraction);
}

static struct width width_loss(const struct step *step, struct widths *ws)
{
        static const char *const names[] = { "down_rate", "down_floor", "down_ceiling" };
        struct width rate = { 0, 0 };

        if (step_word_is(step, STEP_SHARE, "down", "inverse"))
                rate = width_rest(width_mul(ws, width_rate_param(step, "up"), ws->quality));
        else if (step_word_is(step, STEP_SHARE, "down", "complement"))
                rate = width_rest(width_by_quality(step, ws, "up_low", "up_high"));
        else if (step_word_is(step, STEP_SHARE, "down", "quality"))
                rate = width_by_quality(step, ws, "down_low", "down_high");
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                rate = width_either(rate, width_rate_param(step, names[i]));
        return rate;
}

static struct width width_shared(const struct step *step, struct widths *ws, const char *bands)
{
        const struct width money_of_four_decimals = { 55 + 14, 14 };    /* of two amounts */

        if (step_word_is(step, STEP_SHARE, "of", "rate")) {
                width_div(ws, ws->generated, WIDTH_MONEY);
                width_div(ws, width_mul(ws, WIDTH_MONEY, width_rate_param(step, "most")),
                          width_rate_param(step, "full_at"));
                return money_of_four_decimals;
        }
        if (!bands)
                return ws->generated;
        width_bands_sum(ws, step, bands, ws->generated, WIDTH_MONEY);
        return money_of_four_decimals;
}

/* Rounded, a product may be of any length on its way. */
static struct width width_product(const struct step *step, struct widths *ws, struct width figure,
                                  struct width rate)
{
        const struct param *decimals = step_param(step, "decimals");
        int bits;

        if (!decimals)
                return width_mul(ws, figure, rate);
        bits = (int)(decimals->count * 10 + 2) / 3;
        return (struct width) { WIDTH_MONEY.num + 1 + bits, bits };
}

void widths_share(const struct step *step, struct widths *ws)
{
        bool up = step_word_is(step, STEP_SHARE, "gain", "bands");
        bool down = step_word_is(step, STEP_SHARE, "down", "bands");
        struct width gain = width_product(step, ws, width_shared(step, ws, up ? "up_bands" : NULL),
                                          width_gain(step, ws));
        struct width loss = width_product(step, ws,
                                          width_shared(step, ws, down ? "down_bands" : NULL),
                                          width_loss(step, ws));

        ws->amount = width_either(width_add(ws, ws->amount, gain), width_add(ws, ws->amount, loss));
        widths_lines(ws, 5);
}

/* ---- what must fit */

static bool sloped(const struct terms *terms, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param && !bands_flat(terms, param);
}

const char *sense_share(const struct terms *terms, const struct step *step)
{
        bool of_rate = step_word_is(step, STEP_SHARE, "of", "rate");

        if (exact_cmp(rate_or(step, "down_floor", 0), rate_or(step, "down_ceiling", 1)) > 0)
                return "down_floor lies above down_ceiling";
        if (sloped(terms, step, "up_bands") || sloped(terms, step, "down_bands"))
                return "a band that savings or losses fall into has one rate";
        if (of_rate && exact_sign(rate_or(step, "full_at", 0)) == 0)
                return "full_at is above zero: revenue is at stake by the rate of savings";
        if (of_rate && (step_word_is(step, STEP_SHARE, "gain", "bands") ||
                        step_word_is(step, STEP_SHARE, "down", "bands")))
                return "bands are of savings and losses: what is at stake of revenue has one rate";
        return NULL;
}
