/* SPDX-License-Identifier: Apache-2.0 */
/* The people, what their care cost, what it was expected to cost, and the difference. */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

void step_attribute(const struct step *step, struct working *w)
{
        struct exact people;

        (void)step;
        take(w, LINE_HEAD_COUNT, (struct wanted) { .kind = FACT_HEAD_COUNT }, &people);
}

void widths_attribute(const struct step *step, struct widths *ws)
{
        (void)step;
        (void)ws;
}

/* Amount per person-year times person-years, to the cent: the one rounding before the end. */
static bool total_of(struct working *w, enum line_code line, enum line_code each_line,
                     enum fact_kind per_capita, struct exact *ret)
{
        struct exact each, years;
        wide cents;

        if (!take(w, each_line, (struct wanted) { .kind = per_capita }, &each) ||
            !take(w, LINE_PERSON_YEARS, (struct wanted) { .kind = FACT_PERSON_YEARS }, &years))
                return false;
        cents = exact_round(exact_mul(each, years), 1, ROUND_HALF_AWAY);
        if (cents > MONEY_MAX || cents < -MONEY_MAX) {
                stop(w,
                     "the amount per person-year times the person-years is more than money can be");
                return false;
        }
        *ret = exact_of(cents);
        say_form(w, line, 0, *ret);
        return true;
}

static bool total(struct working *w, const struct step *step, enum line_code line,
                  enum fact_kind whole, enum line_code each, enum fact_kind per_capita,
                  struct exact *ret)
{
        if (word_is(w, step, "unit", "per_capita"))
                return total_of(w, line, each, per_capita, ret);
        return take(w, line, (struct wanted) { .kind = whole }, ret);
}

void step_expenditure(const struct step *step, struct working *w)
{
        struct exact cost;

        total(w, step, LINE_EXPENDITURE, FACT_EXPENDITURE, LINE_EXPENDITURE_EACH,
              FACT_EXPENDITURE_PER_CAPITA, &cost);
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
        struct exact benchmark;

        if (total(w, step, LINE_BENCHMARK, FACT_BENCHMARK, LINE_BENCHMARK_EACH,
                  FACT_BENCHMARK_PER_CAPITA, &benchmark) &&
            exact_sign(benchmark) == 0)
                stop(w, "the benchmark is zero: no rate of savings can be taken of it");
}

void widths_target(const struct step *step, struct widths *ws)
{
        (void)step;
        widths_total(ws);
}

void step_savings(const struct step *step, struct working *w)
{
        struct exact benchmark = held(w, FEED_BENCHMARK);
        struct exact savings = exact_sub(benchmark, held(w, FEED_EXPENDITURE));

        (void)step;
        assert(exact_sign(benchmark) > 0);
        say(w, LINE_SAVINGS, savings);
        say(w, LINE_SAVINGS_RATE, exact_div(savings, benchmark));
}

void widths_savings(const struct step *step, struct widths *ws)
{
        (void)step;
        ws->generated = width_add(ws, WIDTH_MONEY, WIDTH_MONEY);
        width_div(ws, ws->generated, WIDTH_MONEY);
}
