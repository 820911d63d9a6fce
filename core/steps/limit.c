/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The most that can be earned or owed. Where the step stands in the terms decides what it holds
 * down.
 */
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/widths.h"
#include "core/working.h"

enum gain_form { GAIN_OF_BENCHMARK, GAIN_OF_REVENUE, GAIN_OF_PREMIUM, GAIN_OF_COST, GAIN_FIXED };
enum loss_form { LOSS_OF_PREMIUM, LOSS_OF_COST, LOSS_FIXED };
enum revenue_form { REVENUE_AT_ITS_RATE, REVENUE_AT_LOSS };
enum limited_form {
        NOT_LIMITED, LIMITED_GAIN, LIMITED_BY_BENCHMARK, LIMITED_BY_REVENUE, LIMITED_BY_EITHER,
        LIMITED_BY_OTHER, LIMITED_BY_OTHER_EITHER
};

enum base { BASE_BENCHMARK, BASE_REVENUE, BASE_PREMIUM, BASE_EXPENDITURE, BASE_FIXED };

static enum base base_of(const struct step *step, const struct working *w)
{
        static const char *const words[] = { "benchmark", "revenue", "premium", "expenditure" };

        for (int base = BASE_BENCHMARK; base < BASE_FIXED; base++)
                if (word_is(w, step, "base", words[base]))
                        return (enum base)base;
        return BASE_FIXED;
}

/* A base that nobody reported leaves the limit open: what follows is at most. */
static bool reported(struct working *w, enum line_code line, enum fact_kind kind,
                     struct exact *ret)
{
        if (take_if(w, line, (struct wanted) { .kind = kind }, ret))
                return true;
        leave_open(w, kind);
        return false;
}

/* The part @name of the base, or the amount given; false where there is none, or it is missing. */
static bool limit_of(const struct step *step, struct working *w, const char *name,
                     const char *cents, struct exact *ret)
{
        struct exact base = exact_of(0);

        if (!has_param(step, name) && !has_param(step, cents))
                return false;
        switch (base_of(step, w)) {
        case BASE_BENCHMARK:
                base = held(w, FEED_BENCHMARK);
                break;
        case BASE_REVENUE:
                if (!reported(w, LINE_REVENUE, FACT_PARTICIPANT_REVENUE, &base))
                        return false;
                break;
        case BASE_PREMIUM:
                if (!reported(w, LINE_PREMIUM_OF_LIMIT, FACT_PREMIUM_REVENUE, &base))
                        return false;
                break;
        case BASE_EXPENDITURE:
                base = exact_max(held(w, FEED_EXPENDITURE), exact_of(0));
                break;
        case BASE_FIXED:
                *ret = exact_of(number_param(w, step, cents));
                return true;
        }
        *ret = exact_mul(rate_param(w, step, name), base);
        return true;
}

static enum limited_form limit_gain(const struct step *step, struct working *w,
                                    struct exact *figure)
{
        static const enum gain_form forms[] = {
                [BASE_BENCHMARK] = GAIN_OF_BENCHMARK, [BASE_REVENUE] = GAIN_OF_REVENUE,
                [BASE_PREMIUM] = GAIN_OF_PREMIUM,     [BASE_EXPENDITURE] = GAIN_OF_COST,
                [BASE_FIXED] = GAIN_FIXED,
        };
        struct exact most;

        if (!limit_of(step, w, "gain", "gain_cents", &most))
                return NOT_LIMITED;
        say_form(w, LINE_GAIN_LIMIT, forms[base_of(step, w)], most);
        *figure = exact_min(*figure, most);
        return LIMITED_GAIN;
}

static enum limited_form say_loss_limit(struct working *w, enum base base, struct exact most)
{
        switch (base) {
        case BASE_BENCHMARK:
                say(w, LINE_LOSS_LIMIT_BENCHMARK, most);
                return LIMITED_BY_BENCHMARK;
        case BASE_REVENUE:
                say_form(w, LINE_LOSS_LIMIT_REVENUE, REVENUE_AT_LOSS, most);
                return LIMITED_BY_REVENUE;
        case BASE_PREMIUM:
                say_form(w, LINE_LOSS_LIMIT, LOSS_OF_PREMIUM, most);
                break;
        case BASE_EXPENDITURE:
                say_form(w, LINE_LOSS_LIMIT, LOSS_OF_COST, most);
                break;
        case BASE_FIXED:
                say_form(w, LINE_LOSS_LIMIT, LOSS_FIXED, most);
                break;
        }
        return LIMITED_BY_OTHER;
}

static bool limited_by_revenue(const struct step *step, struct working *w)
{
        if (word_is(w, step, "revenue", "always"))
                return true;
        return word_is(w, step, "revenue", "reported") &&
               take_flag(w, LINE_REVENUE_LIMIT, FACT_REVENUE_LIMIT_APPLIES);
}

static enum limited_form with_revenue(enum limited_form form)
{
        if (form == LIMITED_BY_BENCHMARK)
                return LIMITED_BY_EITHER;
        return form == LIMITED_BY_OTHER ? LIMITED_BY_OTHER_EITHER : LIMITED_BY_REVENUE;
}

static enum limited_form limit_loss(const struct step *step, struct working *w,
                                    struct exact *figure)
{
        enum limited_form form = NOT_LIMITED;
        struct exact most, revenue;

        if (limit_of(step, w, "loss", "loss_cents", &most)) {
                form = say_loss_limit(w, base_of(step, w), most);
                *figure = exact_max(*figure, exact_neg(most));
        }
        if (!limited_by_revenue(step, w) ||
            !reported(w, LINE_REVENUE, FACT_PARTICIPANT_REVENUE, &revenue))
                return form;
        most = exact_mul(rate_param(w, step, "revenue_rate"), revenue);
        say_form(w, LINE_LOSS_LIMIT_REVENUE, REVENUE_AT_ITS_RATE, most);
        *figure = exact_max(*figure, exact_neg(most));
        return with_revenue(form);
}

void step_limit(const struct step *step, struct working *w)
{
        bool generated = word_is(w, step, "on", "generated");
        struct exact figure = held(w, generated ? FEED_GENERATED : FEED_AMOUNT);
        enum limited_form form = NOT_LIMITED;

        if (exact_sign(figure) > 0)
                form = limit_gain(step, w, &figure);
        else if (exact_sign(figure) < 0)
                form = limit_loss(step, w, &figure);
        say_form(w, generated ? LINE_LIMITED_GENERATED : LINE_LIMITED, form, figure);
}

void widths_limit(const struct step *step, struct widths *ws)
{
        static const char *const names[] = { "gain", "loss", "revenue_rate" };
        bool generated = step_word_is(step, STEP_LIMIT, "on", "generated");
        struct width *figure = generated ? &ws->generated : &ws->amount;

        *figure = width_either(*figure, WIDTH_MONEY);   /* gain_cents, loss_cents */
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                *figure = width_either(
                        *figure, width_mul(ws, width_rate_param(step, names[i]), WIDTH_MONEY));
        widths_lines(ws, 6);
}

const char *sense_limit(const struct terms *terms, const struct step *step)
{
        bool rates = step_param(step, "gain") || step_param(step, "loss");
        bool cents = step_param(step, "gain_cents") || step_param(step, "loss_cents");
        bool revenue = !step_word_is(step, STEP_LIMIT, "revenue", "none");
        bool fixed = step_word_is(step, STEP_LIMIT, "base", "fixed");

        (void)terms;
        if (!rates && !cents && !revenue)
                return "limits nothing: give gain, loss or revenue";
        if (fixed && rates)
                return "a fixed limit is in money: give gain_cents and loss_cents";
        if (!fixed && cents)
                return "gain_cents and loss_cents are limits where base is fixed";
        if (revenue && step_word_is(step, STEP_LIMIT, "base", "revenue"))
                return "loss is of the revenue already where base is revenue";
        return NULL;
}
