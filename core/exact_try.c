/* SPDX-License-Identifier: Apache-2.0 */
#include "core/exact_try.h"

#define WIDE_MAX ((wide)(~(uwide)0 >> 1))

static wide divisor(wide a, wide b)
{
        while (b) {
                wide rest = a % b;

                a = b;
                b = rest;
        }
        return a < 0 ? -a : a;
}

/* @den > 0. The least number there is has no opposite: it counts as too long. */
static bool reduced(wide num, wide den, struct exact *ret)
{
        wide common;

        if (num < -WIDE_MAX)
                return false;
        common = divisor(num, den);
        *ret = (struct exact) { num / common, den / common };
        return true;
}

bool try_add(struct exact a, struct exact b, struct exact *ret)
{
        wide common = divisor(a.den, b.den), left, right, num, den;

        if (__builtin_mul_overflow(a.num, b.den / common, &left) ||
            __builtin_mul_overflow(b.num, a.den / common, &right) ||
            __builtin_add_overflow(left, right, &num) ||
            __builtin_mul_overflow(a.den / common, b.den, &den))
                return false;
        return reduced(num, den, ret);
}

bool try_sub(struct exact a, struct exact b, struct exact *ret)
{
        return try_add(a, exact_neg(b), ret);
}

bool try_mul(struct exact a, struct exact b, struct exact *ret)
{
        wide one = divisor(a.num, b.den), other = divisor(b.num, a.den), num, den;

        if (a.num == 0 || b.num == 0) {
                *ret = exact_of(0);
                return true;
        }
        if (__builtin_mul_overflow(a.num / one, b.num / other, &num) ||
            __builtin_mul_overflow(a.den / other, b.den / one, &den))
                return false;
        return reduced(num, den, ret);
}

bool try_div(struct exact a, struct exact b, struct exact *ret)
{
        if (b.num == 0)
                return false;
        if (b.num < 0)
                return try_mul(a, (struct exact) { -b.den, -b.num }, ret);
        return try_mul(a, (struct exact) { b.den, b.num }, ret);
}

bool try_round(struct exact a, wide unit, enum rounding mode, struct exact *ret)
{
        wide whole;

        /* exact_round() goes at most one unit beyond what it rounds. */
        if (__builtin_mul_overflow(a.den, unit, &whole) || a.num > WIDE_MAX - unit ||
            a.num < unit - WIDE_MAX)
                return false;
        *ret = exact_of(exact_round(a, unit, mode));
        return true;
}

bool try_round_decimals(struct exact a, wide decimals, struct exact *ret)
{
        wide scale = 1;

        if (decimals < 0 || decimals > 9)
                return false;
        while (decimals--)
                scale *= 10;
        return try_mul(a, exact_of(scale), ret) && try_round(*ret, 1, ROUND_HALF_AWAY, ret) &&
               try_div(*ret, exact_of(scale), ret);
}

bool try_floor(struct exact a, struct exact *ret)
{
        wide whole = a.num / a.den;

        *ret = exact_of(whole - (a.num % a.den < 0));
        return true;
}

/* Bit by bit from above: no product is longer than what is taken the root of. */
bool try_isqrt(struct exact a, struct exact *ret)
{
        uwide rest = (uwide)(a.num / a.den), root = 0, bit = (uwide)1 << 126;

        if (a.num < 0)
                return false;
        for (; bit; bit >>= 2) {
                if (rest >= root + bit) {
                        rest -= root + bit;
                        root = (root >> 1) + bit;
                } else {
                        root >>= 1;
                }
        }
        *ret = exact_of((wide)root);
        return true;
}
