/* SPDX-License-Identifier: Apache-2.0 */
#include "core/widths.h"

#include "core/check.h"

static_assert(MONEY_MAX * SEGMENTS_MAX <= INT64_C(1) << 54, "WIDTH_MONEY holds all segments");
static_assert(COUNT_MAX * SEGMENTS_MAX <= INT64_C(1) << 34, "WIDTH_COUNT holds all segments");
static_assert(RATE_PART_MAX <= INT64_C(1) << 30, "WIDTH_RATE holds any rate");

/* The least n with |a| <= 2^n. */
static int bits(wide a)
{
        uwide size = (a < 0 ? -(uwide)a : (uwide)a) - 1;
        uint64_t high = (uint64_t)(size >> 64), low = (uint64_t)size;

        if (a >= -1 && a <= 1)
                return 0;
        return high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll(low);
}

static struct width checked(struct widths *ws, int num, int den)
{
        if (num > WIDTH_MAX || den > WIDTH_MAX) {
                ws->too_long = true;
                return (struct width) { 0, 0 };
        }
        return (struct width) { num, den };
}

static int larger(int a, int b)
{
        return a > b ? a : b;
}

void widths_begin(struct widths *ws, const struct terms *terms)
{
        *ws = (struct widths) { .terms = terms };
}

void widths_lines(struct widths *ws, size_t lines)
{
        ws->lines += lines;
}

void widths_declare(struct widths *ws, const struct step *step)
{
        const struct name *category = step_category(step);

        if (!category)
                return;
        for (size_t i = 0; i < ws->category_count; i++)
                if (name_equal(ws->categories[i], category))
                        return;
        if (ws->category_count < CATEGORIES_MAX)
                ws->categories[ws->category_count++] = category;
}

struct width width_mul(struct widths *ws, struct width a, struct width b)
{
        return checked(ws, a.num + b.num, a.den + b.den);
}

struct width width_div(struct widths *ws, struct width a, struct width b)
{
        return checked(ws, a.num + b.den, a.den + b.num);
}

struct width width_add(struct widths *ws, struct width a, struct width b)
{
        return checked(ws, larger(a.num + b.den, b.num + a.den) + 1, a.den + b.den);
}

struct width width_either(struct width a, struct width b)
{
        return (struct width) { larger(a.num, b.num), larger(a.den, b.den) };
}

struct width width_rest(struct width a)
{
        return (struct width) { a.den, a.den };
}

void width_decimals(struct widths *ws, struct width a, int decimals)
{
        int tens = (decimals * 10 + 2) / 3;     /* 10^decimals <= 2^tens */

        width_mul(ws, a, (struct width) { tens, tens });
}

struct width width_of_exact(struct exact a)
{
        return (struct width) { bits(a.num), bits(a.den) };
}

struct width width_of(int64_t num, int64_t den)
{
        return (struct width) { bits(num), bits(den) };
}

struct width width_rate_param(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param ? width_of(param->rate.num, param->rate.den) : (struct width) { 0, 0 };
}
