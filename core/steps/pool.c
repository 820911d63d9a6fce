/* SPDX-License-Identifier: Apache-2.0 */
/* A pooled panel's amount, divided among the members whose panels were pooled. */
#include "core/check.h"
#include "core/portion.h"
#include "core/steps/volume.h"
#include "core/widths.h"
#include "core/working.h"

#define SCORE_DECIMALS 9
#define BILLION 1000000000

enum share_form { SHARE_BY_WEIGHT, SHARE_OF_NOTHING };
enum weight_form {
        BY_SAVINGS, BY_LOSSES, BY_BENCHMARK, BY_MONTHS, BY_PEOPLE, BY_SCORE, EQUALLY
};

static const struct basis {
        const char *word;
        enum feed feed; /* FEED_NONE: every category is a member */
        enum weight_form form;
} bases[] = {
        { "savings", FEED_SAVINGS, BY_SAVINGS },    { "benchmark", FEED_BENCHMARK, BY_BENCHMARK },
        { "member_months", FEED_MONTHS, BY_MONTHS }, { "head_count", FEED_PANEL, BY_PEOPLE },
        { "score", FEED_NONE, BY_SCORE },           { "equal", FEED_NONE, EQUALLY },
};

static const struct basis *basis_of(const struct step *step, const struct working *w)
{
        size_t i = 0;

        while (!word_is(w, step, "basis", bases[i].word))
                i++;
        return &bases[i];
}

/* A whole number: cents, people, months, or billionths of a score. */
static wide whole(struct exact figure)
{
        return exact_round(figure, 1, ROUND_HALF_AWAY);
}

static bool weight_of(struct working *w, const struct item *item, enum weight_form form,
                      struct exact figure, struct exact *ret)
{
        *ret = exact_of(1);
        if (form == EQUALLY)
                return true;
        if (form == BY_SCORE) {
                if (!take(w, LINE_POOL_SCORE, (struct wanted) { FACT_POOL_SCORE, item, { 0, 0 } },
                          &figure))
                        return false;
                figure = exact_mul(figure, exact_of(BILLION));
        }
        if (form == BY_LOSSES)
                figure = exact_neg(figure);
        *ret = exact_max(exact_of(whole(figure)), exact_of(0));
        return true;
}

/* Every category for which the basis is known; of a loss the members' own losses count. */
static bool members_of(const struct step *step, struct working *w, bool loss, struct portion *list,
                       size_t *ret_count)
{
        const struct basis *basis = basis_of(step, w);
        enum weight_form form = loss && basis->form == BY_SAVINGS ? BY_LOSSES : basis->form;

        *ret_count = 0;
        for (size_t i = 0; i < w->category_count; i++) {
                const struct item *item = category_item(w, i);
                struct exact figure = exact_of(0), weight;

                if (basis->feed != FEED_NONE && !held_part(w, basis->feed, i, &figure))
                        continue;
                if (!weight_of(w, item, form, figure, &weight))
                        return false;
                say_item(w, LINE_POOL_WEIGHT, form, item, weight);
                list[(*ret_count)++] = (struct portion) { .who = item, .weight = weight.num };
        }
        return true;
}

static bool large_enough(const struct step *step, struct working *w, size_t count)
{
        int64_t least = number_param(w, step, "least_members");

        if (count == 0) {
                stop(w, "the pool has no members: no category is known by what it is divided by");
                return false;
        }
        say(w, LINE_POOL_MEMBERS, exact_of((wide)count));
        if (least == 0)
                return true;
        say_flag(w, LINE_POOL_LARGE_ENOUGH, (int64_t)count >= least);
        if ((int64_t)count < least)
                stop(w, "the pool has fewer members than its terms ask for");
        return !w->stopped;
}

static void divide(struct working *w, wide amount, struct portion *list, size_t count)
{
        wide weights = 0;

        for (size_t i = 0; i < count; i++)
                weights += list[i].weight;
        if (weights == 0 && amount != 0) {
                stop(w, "no member of the pool has any part in what it is divided by");
                return;
        }
        portions_divide(amount, list, count);
        for (size_t i = 0; i < count; i++)
                say_item(w, LINE_POOL_SHARE, weights ? SHARE_BY_WEIGHT : SHARE_OF_NOTHING,
                         list[i].who, exact_of(list[i].part));
}

void step_pool(const struct step *step, struct working *w)
{
        wide amount = exact_round(held(w, FEED_AMOUNT), 1, ROUND_HALF_AWAY);
        struct portion list[CATEGORIES_MAX];
        size_t count;

        if (!money_within(w, exact_of(amount), "what the pool divides is more than money can be"))
                return;
        say(w, LINE_POOL_AMOUNT, exact_of(amount));
        if (members_of(step, w, amount < 0, list, &count) && large_enough(step, w, count))
                divide(w, amount, list, count);
}

void widths_pool(const struct step *step, struct widths *ws)
{
        const struct width billion = { 30, 0 };

        if (step_word_is(step, STEP_POOL, "basis", "score"))
                width_mul(ws, (struct width) { 40, 30 }, billion);      /* POOL_SCORE */
        ws->amount = (struct width) { 50, 0 };
        widths_lines(ws, 3 + 3 * ws->category_count);
}
