/* SPDX-License-Identifier: Apache-2.0 */
/* What is settled elsewhere for the same care, or another amount, taken off or added. */
#include "core/check.h"
#include "core/steps/volume.h"
#include "core/widths.h"
#include "core/working.h"

enum overlap_form { NOTHING_REPORTED, SUBTRACTED, ADDED };

static const struct target {
        const char *word;
        enum feed feed;
        enum line_code line;
} targets[] = {
        { "amount", FEED_AMOUNT, LINE_AFTER_OVERLAP },
        { "benchmark", FEED_BENCHMARK, LINE_BENCHMARK_OVERLAP },
        { "expenditure", FEED_EXPENDITURE, LINE_EXPENDITURE_OVERLAP },
};

static const struct target *target_of(const struct step *step, const struct working *w)
{
        size_t i = 0;

        while (!word_is(w, step, "from", targets[i].word))
                i++;
        return &targets[i];
}

/* False where it is missing. */
static bool overlap_of(const struct step *step, struct working *w, enum overlap_form *ret_form,
                       struct exact *ret)
{
        struct item item;
        struct wanted wanted = { .kind = FACT_OVERLAP_AMOUNT, .item = &item };

        item_param(step, "item", &item);
        if (word_is(w, step, "kind", "other"))
                wanted.kind = FACT_OTHER_AMOUNT;
        *ret_form = NOTHING_REPORTED;
        if (!take_if(w, LINE_OVERLAP, wanted, ret))
                return word_is(w, step, "need", "if_reported") ||
                       take(w, LINE_OVERLAP, wanted, ret);
        *ret_form = word_is(w, step, "sign", "add") ? ADDED : SUBTRACTED;
        if (*ret_form == SUBTRACTED)
                *ret = exact_neg(*ret);
        return true;
}

void step_overlap(const struct step *step, struct working *w)
{
        const struct target *target = target_of(step, w);
        enum overlap_form form;
        struct exact change;

        if (!overlap_of(step, w, &form, &change))
                return;
        change = exact_add(held(w, target->feed), change);
        if (target->feed != FEED_AMOUNT &&
            !money_within(w, change, "what is left after an overlap is more than money can be"))
                return;
        say_form(w, target->line, form, change);
}

void widths_overlap(const struct step *step, struct widths *ws)
{
        if (step_word_is(step, STEP_OVERLAP, "from", "amount"))
                ws->amount = width_add(ws, ws->amount, WIDTH_MONEY);
        widths_lines(ws, 2);
}
