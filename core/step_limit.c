/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The most that can be earned or owed. Where the step stands in the terms decides what it holds
 * down.
 */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

static void limit_gain(const struct step *step, struct working *w)
{
        struct exact most;

        if (!has_param(step, "gain"))
                return;
        most = exact_mul(rate_param(w, step, "gain"), w->benchmark);
        say(w, LINE_GAIN_LIMIT, most);
        w->amount = exact_min(w->amount, most);
}

static bool limited_by_revenue(const struct step *step, struct working *w)
{
        return word_is(w, step, "revenue", "always") || (word_is(w, step, "revenue", "reported") &&
                                                         flag_fact(w, FACT_REVENUE_LIMIT_APPLIES));
}

static void hold_loss(struct working *w, enum line_code code, struct exact most)
{
        say(w, code, most);
        w->amount = exact_max(w->amount, exact_neg(most));
}

static void limit_loss(const struct step *step, struct working *w)
{
        struct exact revenue;

        if (has_param(step, "loss"))
                hold_loss(w, LINE_LOSS_LIMIT_BENCHMARK,
                          exact_mul(rate_param(w, step, "loss"), w->benchmark));
        if (!limited_by_revenue(step, w))
                return;
        if (find_fact(w, FACT_PARTICIPANT_REVENUE, NULL, &revenue))
                hold_loss(w, LINE_LOSS_LIMIT_REVENUE,
                          exact_mul(rate_param(w, step, "revenue_rate"), revenue));
        else
                leave_open(w, FACT_PARTICIPANT_REVENUE);
}

void step_limit(const struct step *step, struct working *w)
{
        if (exact_sign(w->amount) > 0)
                limit_gain(step, w);
        else if (exact_sign(w->amount) < 0)
                limit_loss(step, w);
        say(w, LINE_LIMITED, w->amount);
}

void widths_limit(const struct step *step, struct widths *ws)
{
        static const char *const names[] = { "gain", "loss", "revenue_rate" };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                ws->amount = width_either(
                        ws->amount, width_mul(ws, width_rate_param(step, names[i]), WIDTH_MONEY));
}
