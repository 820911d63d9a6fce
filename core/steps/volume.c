/* SPDX-License-Identifier: Apache-2.0 */
#include "core/steps/volume.h"

#include "core/check.h"

#define YEARS_DECIMALS 6

/* Which formula of a line makes it. */
enum years_form { YEARS_SUMMED, YEARS_ROUNDED, YEARS_OF_MONTHS };
#define SUMMED 0

static const struct {
        enum fact_kind kind;
        enum feed feed;
        enum line_code line;
} volumes[] = {
        [VOLUME_PEOPLE] = { FACT_HEAD_COUNT, FEED_PANEL, LINE_HEAD_COUNT },
        [VOLUME_YEARS] = { FACT_PERSON_YEARS, FEED_YEARS, LINE_PERSON_YEARS },
        [VOLUME_MONTHS] = { FACT_MEMBER_MONTHS, FEED_MONTHS, LINE_MONTHS_ATTRIBUTED },
        [VOLUME_EPISODES] = { FACT_EPISODES, FEED_EPISODES, LINE_EPISODES },
};

static bool take_years_of(struct working *w, const struct item *item)
{
        struct exact years;

        if (!take(w, LINE_YEARS_REPORTED,
                  (struct wanted) { .kind = FACT_PERSON_YEARS, .item = item }, &years))
                return false;
        say_item(w, LINE_PERSON_YEARS, YEARS_ROUNDED, item,
                 exact_round_decimals(years, YEARS_DECIMALS, ROUND_HALF_AWAY));
        return true;
}

bool volume_take(struct working *w, enum volume volume, const struct item *item)
{
        struct exact figure;

        if (volume == VOLUME_YEARS && item)
                return take_years_of(w, item);
        return take(w, volumes[volume].line,
                    (struct wanted) { .kind = volumes[volume].kind, .item = item }, &figure);
}

bool held_of(const struct working *w, enum feed feed, const struct item *item, struct exact *ret)
{
        if (!item) {
                *ret = held(w, feed);
                return is_held(w, feed);
        }
        for (size_t i = 0; i < w->category_count; i++)
                if (item_equal(category_item(w, i), item))
                        return held_part(w, feed, i, ret);
        *ret = exact_of(0);
        return false;
}

bool volume_need(struct working *w, enum volume volume, const struct item *item,
                 struct exact *ret)
{
        return held_of(w, volumes[volume].feed, item, ret) ||
               (volume_take(w, volume, item) && held_of(w, volumes[volume].feed, item, ret));
}

void volume_sum(struct working *w, enum volume volume)
{
        struct exact sum = exact_of(0), part;

        for (size_t i = 0; i < w->category_count; i++)
                if (held_part(w, volumes[volume].feed, i, &part))
                        sum = exact_add(sum, part);
        say_form(w, volumes[volume].line, SUMMED, sum);
}

bool volume_of_members(struct working *w, enum volume volume, const struct item *item)
{
        const struct member_figures *figures = member_figures(w, item);

        if (!figures) {
                stop(w, "there are no member rows to count");
                return false;
        }
        if (volume == VOLUME_PEOPLE) {
                say_members(w, LINE_HEAD_COUNT, item, exact_of(figures->head_count));
                return true;
        }
        say_members(w, LINE_MONTHS_ATTRIBUTED, item, exact_of(figures->member_months));
        if (volume == VOLUME_YEARS)
                say_item(w, LINE_PERSON_YEARS, YEARS_OF_MONTHS, item,
                         exact_ratio(figures->member_months, 12));
        return true;
}

static struct exact size_of(struct exact a)
{
        return exact_sign(a) < 0 ? exact_neg(a) : a;
}

bool money_within(struct working *w, struct exact money, const char *too_much)
{
        if (exact_cmp(size_of(money), exact_of(MONEY_MAX)) <= 0)
                return true;
        stop(w, too_much);
        return false;
}

bool priced(struct working *w, struct exact each, struct exact volume, const char *too_much,
            struct exact *ret)
{
        if (exact_sign(volume) != 0 &&
            exact_cmp(size_of(each), exact_div(exact_of(MONEY_MAX + 1), size_of(volume))) >= 0) {
                stop(w, too_much);
                return false;
        }
        *ret = exact_of(exact_round(exact_mul(each, volume), 1, ROUND_HALF_AWAY));
        return money_within(w, *ret, too_much);
}
