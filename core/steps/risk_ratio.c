/* SPDX-License-Identifier: Apache-2.0 */
/* How much the risk of the people grew since the reference year, and how much of it counts. */
#include "core/check.h"
#include "core/inputs.h"
#include "core/steps/parts.h"
#include "core/steps/updating.h"
#include "core/steps/volume.h"

/* Which formula of a line makes it. */
enum bound_form { BESIDE_ONE, BESIDE_OWN, BESIDE_ALL };
enum capped_form { AS_IT_IS, CAPPED_UP, CAPPED_DOWN, CAPPED_BOTH, SCALED_DOWN, SCALED_UP };
enum weight_form { BY_PEOPLE, BY_DOLLARS };

/* Of one part, or of all together. */
struct ratios {
        struct exact risk, demographic;
};

struct bounds {
        bool has_cap, has_floor;
        struct exact cap, floor;
};

struct period reference_year(const struct step *step, const struct working *w)
{
        if (has_param(step, "reference_year"))
                return calendar_year((int)number_param(w, step, "reference_year"));
        return calendar_year(last_base_year(w->terms));
}

/* ---- growth of the risk */

static const struct score {
        enum fact_kind kind;
        enum line_code now, then, ratio;
} risk_score = {
        FACT_RISK_SCORE, LINE_PERIOD_RISK, LINE_REFERENCE_RISK, LINE_RISK_RATIO
}, demographic_score = {
        FACT_DEMOGRAPHIC_RISK_SCORE, LINE_PERIOD_DEMOGRAPHIC, LINE_REFERENCE_DEMOGRAPHIC,
        LINE_DEMOGRAPHIC_RATIO
};

static bool take_ratio(const struct step *step, struct working *w, const struct score *score,
                       const struct item *item, struct exact *ret)
{
        struct exact now, then;

        if (!take(w, score->now, (struct wanted) { .kind = score->kind, .item = item }, &now) ||
            !take(w, score->then, (struct wanted) { score->kind, item, reference_year(step, w) },
                  &then))
                return false;
        if (exact_sign(then) == 0) {
                stop(w, "the risk score of the reference year is zero");
                return false;
        }
        if (!factor_rounded(step, w, now, exact_inverse(then), ret))
                return false;
        say_item(w, score->ratio, 0, item, *ret);
        return true;
}

static bool take_ratios(const struct step *step, struct working *w, const struct item *item,
                        struct ratios *ret)
{
        ret->demographic = exact_of(1);
        return take_ratio(step, w, &risk_score, item, &ret->risk) &&
               (!flag_param(w, step, "demographic") ||
                take_ratio(step, w, &demographic_score, item, &ret->demographic));
}

/* ---- what categories weigh together */

static bool not_zero(struct working *w, struct exact all)
{
        if (exact_sign(all) > 0)
                return true;
        stop(w, "the categories weigh nothing together: no people, or no baseline");
        return false;
}

/* Their shares of the period's person-years. */
static bool take_shares(struct working *w, struct exact *ret)
{
        struct exact years = exact_of(0);

        for (size_t i = 0; i < w->category_count; i++) {
                if (!volume_need(w, VOLUME_YEARS, category_item(w, i), &ret[i]))
                        return false;
                years = exact_add(years, ret[i]);
        }
        say(w, LINE_RISK_YEARS, years);
        if (!not_zero(w, years))
                return false;
        for (size_t i = 0; i < w->category_count; i++) {
                ret[i] = exact_div(ret[i], years);
                say_item(w, LINE_RISK_SHARE, 0, category_item(w, i), ret[i]);
        }
        return true;
}

/* The same of the dollars that the baseline comes to for them, to nine decimals. */
static bool of_dollars(struct working *w, struct exact *shares)
{
        struct exact dollars = exact_of(0), amounts[CATEGORIES_MAX];

        for (size_t i = 0; i < w->category_count; i++) {
                if (!part_baseline(w, category_item(w, i), &amounts[i]) ||
                    !is_each(w, amounts[i]))
                        return false;
                shares[i] = exact_mul(shares[i], amounts[i]);
                dollars = exact_add(dollars, shares[i]);
        }
        say(w, LINE_RISK_DOLLARS, dollars);
        if (!not_zero(w, dollars))
                return false;
        for (size_t i = 0; i < w->category_count; i++) {
                bool fits = exact_mul_decimals(shares[i], exact_inverse(dollars), SHARE_DECIMALS,
                                               &shares[i]);

                assert(fits);   /* a share: between 0 and 1 */
        }
        return true;
}

static bool take_weights(const struct step *step, struct working *w, struct exact *ret)
{
        bool dollars = word_is(w, step, "mix", "dollars");

        if (!take_shares(w, ret) || (dollars && !of_dollars(w, ret)))
                return false;
        for (size_t i = 0; i < w->category_count; i++)
                say_item(w, LINE_RISK_WEIGHT, dollars ? BY_DOLLARS : BY_PEOPLE, category_item(w, i),
                         ret[i]);
        return true;
}

static struct exact together(const struct exact *weights, const struct exact *parts, size_t count)
{
        return exact_round_decimals(mixed(weights, parts, count), SHARE_DECIMALS, ROUND_HALF_AWAY);
}

static bool all_together(const struct step *step, struct working *w, const struct ratios *parts,
                         struct ratios *ret)
{
        struct exact weights[CATEGORIES_MAX], risk[CATEGORIES_MAX], demographic[CATEGORIES_MAX];

        if (!take_weights(step, w, weights))
                return false;
        for (size_t i = 0; i < w->category_count; i++) {
                risk[i] = parts[i].risk;
                demographic[i] = parts[i].demographic;
        }
        ret->risk = together(weights, risk, w->category_count);
        ret->demographic = exact_of(1);
        say(w, LINE_RISK_RATIO_ALL, ret->risk);
        if (flag_param(w, step, "demographic")) {
                ret->demographic = together(weights, demographic, w->category_count);
                say(w, LINE_DEMOGRAPHIC_ALL, ret->demographic);
        }
        return true;
}

/* ---- caps */

static struct exact to_nine(struct exact a)
{
        return exact_round_decimals(a, SHARE_DECIMALS, ROUND_HALF_AWAY);
}

/* Beside one, or beside the growth of the risk by age and sex: a part's own, or all parts'. */
static struct bounds say_bounds(const struct step *step, struct working *w,
                                const struct item *item, struct exact beside, bool all)
{
        enum bound_form form = !flag_param(w, step, "demographic") ? BESIDE_ONE
                               : all                              ? BESIDE_ALL
                                                                  : BESIDE_OWN;
        struct bounds ret = { has_param(step, "cap_up"), has_param(step, "cap_down"), beside,
                              beside };

        if (ret.has_cap) {
                ret.cap = to_nine(exact_add(beside, rate_param(w, step, "cap_up")));
                say_item(w, LINE_RISK_CAP, form, item, ret.cap);
        }
        if (ret.has_floor) {
                ret.floor = exact_sub(beside, rate_param(w, step, "cap_down"));
                ret.floor = to_nine(exact_max(ret.floor, exact_of(0)));
                say_item(w, LINE_RISK_FLOOR, form, item, ret.floor);
        }
        return ret;
}

static bool say_capped(const struct step *step, struct working *w, enum capped_form form,
                       const struct item *item, struct exact ratio, struct exact times,
                       struct exact *ret)
{
        if (!factor_rounded(step, w, ratio, times, ret))
                return false;
        say_item(w, LINE_RISK_CAPPED, form, item, *ret);
        return true;
}

static bool hold_each(const struct step *step, struct working *w, const struct item *item,
                      const struct bounds *bounds, struct exact ratio, struct exact *ret)
{
        enum capped_form form = AS_IT_IS;

        if (bounds->has_cap) {
                ratio = exact_min(ratio, bounds->cap);
                form = CAPPED_UP;
        }
        if (bounds->has_floor) {
                ratio = exact_max(ratio, bounds->floor);
                form = bounds->has_cap ? CAPPED_BOTH : CAPPED_DOWN;
        }
        return say_capped(step, w, form, item, ratio, exact_of(1), ret);
}

static bool hold_apart(const struct step *step, struct working *w, const struct ratios *parts,
                       size_t count, struct exact *ret)
{
        for (size_t i = 0; i < count; i++) {
                const struct item *item = part_item(step, w, i);
                struct bounds bounds = say_bounds(step, w, item, parts[i].demographic, false);

                if (!hold_each(step, w, item, &bounds, parts[i].risk, &ret[i]))
                        return false;
        }
        return true;
}

/* All exceed the bound together: each is held to it, or all are brought there alike. */
static bool hold_beyond(const struct step *step, struct working *w, const struct ratios *parts,
                        struct exact all, struct exact bound, bool above, struct exact *ret)
{
        bool scaled = word_is(w, step, "beyond", "scaled");
        enum capped_form form = scaled ? (above ? SCALED_DOWN : SCALED_UP)
                                       : (above ? CAPPED_UP : CAPPED_DOWN);

        if (scaled && exact_sign(all) == 0) {
                stop(w, "the risk of all categories together is zero: it cannot be scaled");
                return false;
        }
        for (size_t i = 0; i < w->category_count; i++) {
                struct exact ratio = parts[i].risk, times = exact_of(1);

                if (scaled)
                        times = exact_div(bound, all);
                else
                        ratio = above ? exact_min(ratio, bound) : exact_max(ratio, bound);
                if (!say_capped(step, w, form, category_item(w, i), ratio, times, &ret[i]))
                        return false;
        }
        return true;
}

static bool hold_together(const struct step *step, struct working *w, const struct ratios *parts,
                          struct exact *ret)
{
        struct ratios all;
        struct bounds bounds;

        if (!all_together(step, w, parts, &all))
                return false;
        bounds = say_bounds(step, w, NULL, all.demographic, true);
        if (bounds.has_cap && exact_cmp(all.risk, bounds.cap) > 0)
                return hold_beyond(step, w, parts, all.risk, bounds.cap, true, ret);
        if (bounds.has_floor && exact_cmp(all.risk, bounds.floor) < 0)
                return hold_beyond(step, w, parts, all.risk, bounds.floor, false, ret);
        for (size_t i = 0; i < w->category_count; i++)
                if (!say_capped(step, w, AS_IT_IS, category_item(w, i), parts[i].risk, exact_of(1),
                                &ret[i]))
                        return false;
        return true;
}

bool take_risks(const struct step *step, struct working *w, struct exact ret[CATEGORIES_MAX])
{
        struct ratios parts[CATEGORIES_MAX];
        size_t count = part_count(step, w);

        for (size_t i = 0; i < count; i++)
                if (!take_ratios(step, w, part_item(step, w, i), &parts[i]))
                        return false;
        if (word_is(w, step, "scope", "aggregate"))
                return hold_together(step, w, parts, ret);
        return hold_apart(step, w, parts, count, ret);
}
