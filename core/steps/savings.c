/* SPDX-License-Identifier: Apache-2.0 */
/* What was saved, of the whole and of each category that both sides are known of. */
#include "core/check.h"
#include "core/widths.h"
#include "core/working.h"

static void say_parts(struct working *w)
{
        struct exact benchmark, expenditure;

        for (size_t i = 0; i < w->category_count; i++)
                if (held_part(w, FEED_BENCHMARK, i, &benchmark) &&
                    held_part(w, FEED_EXPENDITURE, i, &expenditure))
                        say_item(w, LINE_SAVINGS, 0, category_item(w, i),
                                 exact_sub(benchmark, expenditure));
}

void step_savings(const struct step *step, struct working *w)
{
        struct exact benchmark = held(w, FEED_BENCHMARK);
        struct exact savings = exact_sub(benchmark, held(w, FEED_EXPENDITURE));

        (void)step;
        if (exact_sign(benchmark) <= 0) {
                stop(w, "the benchmark is not above zero: no rate of savings can be taken of it");
                return;
        }
        say_parts(w);
        say(w, LINE_SAVINGS, savings);
        say(w, LINE_SAVINGS_RATE, exact_div(savings, benchmark));
}

void widths_savings(const struct step *step, struct widths *ws)
{
        (void)step;
        ws->generated = width_add(ws, WIDTH_MONEY, WIDTH_MONEY);
        width_div(ws, ws->generated, WIDTH_MONEY);
        widths_lines(ws, 2 + ws->category_count);
}
