/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The most that can be earned or owed. Where the step stands in the terms decides what it holds
 * down.
 */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

static void limit_gain(const struct step *step, struct working *w, struct exact *amount)
{
        struct exact most;

        if (!has_param(step, "gain"))
                return;
        most = exact_mul(rate_param(w, step, "gain"), held(w, FEED_BENCHMARK));
        say(w, LINE_GAIN_LIMIT, most);
        *amount = exact_min(*amount, most);
}

static bool limited_by_revenue(const struct step *step, struct working *w)
{
        return word_is(w, step, "revenue", "always") || (word_is(w, step, "revenue", "reported") &&
                                                         take_flag(w, LINE_REVENUE_LIMIT, FACT_REVENUE_LIMIT_APPLIES));
}

static void hold_loss(struct working *w, enum line_code code, struct exact most,
                      struct exact *amount)
{
        say(w, code, most);
        *amount = exact_max(*amount, exact_neg(most));
}

static void limit_loss(const struct step *step, struct working *w, struct exact *amount)
{
        struct exact revenue;

        if (has_param(step, "loss"))
                hold_loss(w, LINE_LOSS_LIMIT_BENCHMARK,
                          exact_mul(rate_param(w, step, "loss"), held(w, FEED_BENCHMARK)), amount);
        if (!limited_by_revenue(step, w))
                return;
        if (take_if(w, LINE_REVENUE, (struct wanted) { .kind = FACT_PARTICIPANT_REVENUE },
                    &revenue))
                hold_loss(w, LINE_LOSS_LIMIT_REVENUE,
                          exact_mul(rate_param(w, step, "revenue_rate"), revenue), amount);
        else
                leave_open(w, FACT_PARTICIPANT_REVENUE);
}

void step_limit(const struct step *step, struct working *w)
{
        struct exact amount = held(w, FEED_AMOUNT);

        if (exact_sign(amount) > 0)
                limit_gain(step, w, &amount);
        else if (exact_sign(amount) < 0)
                limit_loss(step, w, &amount);
        say(w, LINE_LIMITED, amount);
}

void widths_limit(const struct step *step, struct widths *ws)
{
        static const char *const names[] = { "gain", "loss", "revenue_rate" };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                ws->amount = width_either(
                        ws->amount, width_mul(ws, width_rate_param(step, names[i]), WIDTH_MONEY));
}
