/* SPDX-License-Identifier: Apache-2.0 */
#include "core/steps/parts.h"

#include "core/check.h"
#include "core/steps/volume.h"

#define CENTS_DECIMALS 2        /* decimals of a dollar that are whole cents */

size_t part_count(const struct step *step, struct working *w)
{
        if (!word_is(w, step, "by", "category"))
                return 1;
        if (w->category_count == 0)
                stop(w, "there is no category yet whose figures could be taken");
        return w->category_count;
}

const struct item *part_item(const struct step *step, const struct working *w, size_t part)
{
        return word_is(w, step, "by", "category") ? category_item(w, part) : NULL;
}

bool part_baseline(struct working *w, const struct item *item, struct exact *ret)
{
        if (held_of(w, FEED_BASELINE, item, ret))
                return true;
        stop(w, item ? "a category has no baseline" : "there is no baseline of the whole");
        return false;
}

bool say_baseline(struct working *w, enum line_code code, unsigned int form,
                  const struct item *item, struct exact figure)
{
        say_item(w, code, form, item, figure);
        if (exact_sign(figure) >= 0 && exact_cmp(figure, exact_of(MONEY_MAX)) <= 0)
                return true;
        stop(w, "the baseline is below zero, or more than money can be");
        return false;
}

static bool rounded(struct exact a, struct exact b, int64_t decimals, wide most, struct exact *ret)
{
        return exact_mul_decimals(a, b, (int)decimals, ret) &&
               exact_cmp(*ret, exact_of(most)) <= 0 && exact_cmp(*ret, exact_of(-most)) >= 0;
}

bool amount_rounded(const struct step *step, struct working *w, struct exact a, struct exact b,
                    struct exact *ret)
{
        if (rounded(a, b, number_param(w, step, "decimals") - CENTS_DECIMALS, MONEY_MAX, ret))
                return true;
        stop(w, "an amount of the benchmark is more than money can be");
        return false;
}

bool factor_rounded(const struct step *step, struct working *w, struct exact a, struct exact b,
                    struct exact *ret)
{
        if (rounded(a, b, number_param(w, step, "decimals"), FACTOR_MOST, ret))
                return true;
        stop(w, "growth, or a ratio of risk scores, is more than a thousandfold");
        return false;
}

struct exact exact_inverse(struct exact a)
{
        return exact_div(exact_of(1), a);
}

bool is_each(struct working *w, struct exact amount)
{
        if (exact_cmp(amount, exact_of(PER_CAPITA_MAX)) <= 0)
                return true;
        stop(w, "a category's baseline is more than an amount per person-year can be");
        return false;
}

struct exact mixed(const struct exact *shares, const struct exact *parts, size_t count)
{
        struct exact sum = exact_of(0);

        for (size_t i = 0; i < count; i++)
                sum = exact_add(sum, exact_mul(shares[i], parts[i]));
        return sum;
}

/* ---- growth */

bool take_national(struct working *w, const struct growth *growth, const struct item *item,
                   struct exact *ret)
{
        return take(w, growth->national,
                    (struct wanted) { FACT_TREND_NATIONAL, item, growth->period }, ret);
}

bool take_regional(struct working *w, const struct growth *growth, const struct item *item,
                   struct exact *ret)
{
        return take(w, growth->regional,
                    (struct wanted) { FACT_TREND_REGIONAL, item, growth->period }, ret);
}

static bool take_weight(struct working *w, const struct growth *growth, const struct item *item,
                        struct exact *ret)
{
        const struct wanted part = { FACT_NATIONAL_WEIGHT, item, growth->of_weight };
        const struct wanted whole = { FACT_NATIONAL_WEIGHT, NULL, growth->of_weight };

        return (item && take_if(w, growth->weight, part, ret)) ||
               take(w, growth->weight, whole, ret);
}

bool take_blend(struct working *w, const struct growth *growth, const struct item *item,
                struct exact *ret)
{
        struct exact national, regional, weight;

        if (!take_national(w, growth, item, &national) ||
            !take_regional(w, growth, item, &regional) || !take_weight(w, growth, item, &weight))
                return false;
        *ret = blended(weight, national, regional);
        return true;
}

struct exact blended(struct exact weight, struct exact a, struct exact b)
{
        return exact_add(exact_mul(weight, a), exact_mul(exact_sub(exact_of(1), weight), b));
}

size_t width_parts(const struct step *step, const struct widths *ws)
{
        return step_word_is(step, ws->info->code, "by", "category") ? ws->category_count : 1;
}

struct width width_blended(struct widths *ws, struct width weight, struct width a, struct width b)
{
        struct width either = { 0, 0 };

        /* Between @a and @b, over the product of the three denominators. */
        either.num = a.num + b.den > b.num + a.den ? a.num + b.den : b.num + a.den;
        either.den = a.den + b.den;
        return width_mul(ws, (struct width) { weight.den, weight.den }, either);
}
