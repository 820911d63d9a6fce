/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The choice among alternative adjustments. All categories choose the same ones, by what each comes
 * to for all of them together; an alternative that comes to nothing is one that counts zero.
 */
#include "core/check.h"
#include "core/steps/adjusting.h"
#include "core/steps/volume.h"

/* Which formula of the chosen adjustment makes it. */
#define CHOSEN_FIRST 0                          /* and the alternative */
#define CHOSEN_MORE ALTERNATIVE_COUNT           /* and the alternative */
#define CHOSEN_CAPPED (2 * ALTERNATIVE_COUNT)
#define CHOSEN_NOTHING (2 * ALTERNATIVE_COUNT + 1)

/* In the order of the terms, with what each comes to. */
struct candidates {
        enum alternative list[ALTERNATIVE_COUNT];
        struct exact all[ALTERNATIVE_COUNT];
        size_t count;
        size_t chosen[ALTERNATIVE_COUNT];       /* places in the list */
        size_t chosen_count;
};

static bool adjusts(const struct working *w, size_t place, const char *param, const char *word)
{
        const struct step *step = &w->terms->steps[place];

        return strcmp(step->kind.text, w->info->name) == 0 &&
               step_word_is(step, STEP_ADJUST, param, word);
}

static enum alternative alternative_of(const struct working *w, size_t place)
{
        if (adjusts(w, place, "kind", "regional"))
                return BY_REGION;
        return adjusts(w, place, "kind", "prior_savings") ? BY_PRIOR_SAVINGS : BY_OTHER;
}

/* Since the choice before this one. */
static void find(const struct working *w, struct candidates *c)
{
        c->count = c->chosen_count = 0;
        for (size_t i = 0; i < w->place; i++) {
                if (adjusts(w, i, "kind", "choose"))
                        c->count = 0;
                else if (adjusts(w, i, "apply", "candidate"))
                        c->list[c->count++] = alternative_of(w, i);
                assert(c->count <= ALTERNATIVE_COUNT);
        }
}

static struct exact of_all(const struct step *step, struct working *w, const struct exact *shares,
                           enum alternative alternative)
{
        static const enum line_code lines[ALTERNATIVE_COUNT] = {
                [BY_REGION] = LINE_REGIONAL_ALL,
                [BY_PRIOR_SAVINGS] = LINE_PRIOR_ALL,
                [BY_OTHER] = LINE_OTHER_ALL,
        };
        struct exact parts[CATEGORIES_MAX], all;
        size_t count = part_count(step, w);

        if (!word_is(w, step, "by", "category"))
                return held(w, alternative_feed(alternative));
        for (size_t i = 0; i < count; i++)
                held_part(w, alternative_feed(alternative), i, &parts[i]);
        all = mixed(shares, parts, count);
        if (alternative != BY_REGION)   /* which said so itself */
                say(w, lines[alternative], all);
        return all;
}

static bool weigh_up(const struct step *step, struct working *w, struct candidates *c)
{
        struct exact shares[CATEGORIES_MAX];

        find(w, c);
        if (word_is(w, step, "by", "category") && !reference_shares(step, w, shares))
                return false;
        for (size_t i = 0; i < c->count; i++)
                c->all[i] = of_all(step, w, shares, c->list[i]);
        return true;
}

/* ---- the ways to choose */

/* The first of the highest, without one of them. */
static size_t highest(const struct candidates *c, size_t without)
{
        size_t best = c->count;

        for (size_t i = 0; i < c->count; i++)
                if (i != without && (best == c->count || exact_cmp(c->all[i], c->all[best]) > 0))
                        best = i;
        return best;
}

static void choose_offset(struct candidates *c)
{
        size_t region = 0, other;

        while (region < c->count && c->list[region] != BY_REGION)
                region++;
        if (region == c->count || exact_sign(c->all[region]) >= 0) {
                c->chosen[c->chosen_count++] = highest(c, c->count);
                return;
        }
        other = highest(c, region);
        c->chosen[c->chosen_count++] = region;
        if (other < c->count && exact_sign(c->all[other]) > 0)
                c->chosen[c->chosen_count++] = other;
}

static void choose_among(const struct step *step, const struct working *w, struct candidates *c)
{
        size_t i = 0;

        if (word_is(w, step, "choose", "offset")) {
                choose_offset(c);
        } else if (word_is(w, step, "choose", "max")) {
                c->chosen[c->chosen_count++] = highest(c, c->count);
        } else if (word_is(w, step, "choose", "sum")) {
                for (; i < c->count; i++)
                        c->chosen[c->chosen_count++] = i;
        } else {
                while (i < c->count && exact_sign(c->all[i]) == 0)
                        i++;
                if (i < c->count)
                        c->chosen[c->chosen_count++] = i;
        }
}

/* ---- what is chosen */

static struct exact add_up(struct working *w, const struct candidates *c, const struct item *item)
{
        struct exact sum = exact_of(0), part;

        for (size_t i = 0; i < c->chosen_count; i++) {
                enum alternative alternative = c->list[c->chosen[i]];

                held_of(w, alternative_feed(alternative), item, &part);
                sum = exact_add(sum, part);
                say_item(w, LINE_CHOSEN, (i ? CHOSEN_MORE : CHOSEN_FIRST) + alternative, item, sum);
        }
        if (!c->chosen_count)
                say_item(w, LINE_CHOSEN, CHOSEN_NOTHING, item, sum);
        return sum;
}

static bool apply(const struct step *step, struct working *w, const struct candidates *c,
                  const struct item *item, struct exact *ret)
{
        struct caps caps;

        *ret = add_up(w, c, item);
        if (!take_caps(step, w, item, &caps))
                return false;
        if (caps.up) {
                *ret = within_caps(&caps, *ret);
                say_item(w, LINE_CHOSEN, CHOSEN_CAPPED, item, *ret);
        }
        return adjust_by(w, ADJUSTED_CHOSEN, item, *ret);
}

void choose(const struct step *step, struct working *w)
{
        struct exact parts[CATEGORIES_MAX], shares[CATEGORIES_MAX];
        size_t count = part_count(step, w);
        struct candidates c;

        if (w->stopped || !weigh_up(step, w, &c))
                return;
        choose_among(step, w, &c);
        for (size_t i = 0; i < count; i++)
                if (!apply(step, w, &c, part_item(step, w, i), &parts[i]))
                        return;
        if (word_is(w, step, "by", "category") && reference_shares(step, w, shares))
                say(w, LINE_CHOSEN_ALL, mixed(shares, parts, count));
}
