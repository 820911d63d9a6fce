/* SPDX-License-Identifier: Apache-2.0 */
/* The people, what their care cost, what it was expected to cost, and the difference. */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

void step_attribute(const struct step *step, struct working *w)
{
        (void)step;
        if (need_fact(w, FACT_HEAD_COUNT, NULL, &w->head_count))
                say(w, LINE_HEAD_COUNT, w->head_count);
}

void widths_attribute(const struct step *step, struct widths *ws)
{
        (void)step;
        (void)ws;
}

/* Amount per person-year times person-years, to the cent: the one rounding before the end. */
static bool total_of(struct working *w, enum fact_kind per_capita, struct exact *ret)
{
        struct exact each, years;
        wide cents;

        if (!need_fact(w, per_capita, NULL, &each) ||
            !need_fact(w, FACT_PERSON_YEARS, NULL, &years))
                return false;
        say(w, LINE_PERSON_YEARS, years);
        cents = exact_round(exact_mul(each, years), 1, ROUND_HALF_AWAY);
        if (cents > MONEY_MAX || cents < -MONEY_MAX) {
                stop(w,
                     "the amount per person-year times the person-years is more than money can be");
                return false;
        }
        *ret = exact_of(cents);
        return true;
}

static bool total(struct working *w, const struct step *step, enum fact_kind whole,
                  enum fact_kind per_capita, struct exact *ret)
{
        if (word_is(w, step, "unit", "per_capita"))
                return total_of(w, per_capita, ret);
        return need_fact(w, whole, NULL, ret);
}

void step_expenditure(const struct step *step, struct working *w)
{
        if (total(w, step, FACT_EXPENDITURE, FACT_EXPENDITURE_PER_CAPITA, &w->expenditure))
                say(w, LINE_EXPENDITURE, w->expenditure);
}

/* Per capita: money times a rate, rounded to the cent. */
static void widths_total(struct widths *ws)
{
        width_mul(ws, WIDTH_MONEY, WIDTH_RATE);
}

void widths_expenditure(const struct step *step, struct widths *ws)
{
        (void)step;
        widths_total(ws);
}

void step_target(const struct step *step, struct working *w)
{
        if (!total(w, step, FACT_BENCHMARK, FACT_BENCHMARK_PER_CAPITA, &w->benchmark))
                return;
        if (exact_sign(w->benchmark) == 0)
                stop(w, "the benchmark is zero: no rate of savings can be taken of it");
        else
                say(w, LINE_BENCHMARK, w->benchmark);
}

void widths_target(const struct step *step, struct widths *ws)
{
        (void)step;
        widths_total(ws);
}

void step_savings(const struct step *step, struct working *w)
{
        (void)step;
        assert(exact_sign(w->benchmark) > 0);
        w->savings = exact_sub(w->benchmark, w->expenditure);
        say(w, LINE_SAVINGS, w->savings);
        say(w, LINE_SAVINGS_RATE, exact_div(w->savings, w->benchmark));
}

void widths_savings(const struct step *step, struct widths *ws)
{
        (void)step;
        ws->generated = width_add(ws, WIDTH_MONEY, WIDTH_MONEY);
        width_div(ws, ws->generated, WIDTH_MONEY);
}
