/* SPDX-License-Identifier: Apache-2.0 */
#include "core/exact.h"

#include "core/check.h"
#include "core/exact_long.h"

static uwide magnitude(wide a)
{
        return a < 0 ? -(uwide)a : (uwide)a;
}

static int trailing_zeros(uwide a)
{
        uint64_t low = (uint64_t)a;

        return low ? __builtin_ctzll(low) : 64 + __builtin_ctzll((uint64_t)(a >> 64));
}

/* Of odd numbers. */
static uint64_t short_divisor(uint64_t a, uint64_t b)
{
        while (b) {
                uint64_t least;

                b >>= __builtin_ctzll(b);
                least = a < b ? a : b;
                b = a < b ? b - a : a - b;
                a = least;
        }
        return a;
}

/* Binary, because dividing 128-bit numbers is slow. Never 0 unless both are. */
static uwide common_divisor(uwide a, uwide b)
{
        int twos;

        if (!a || !b)
                return a | b;
        if (a == 1 || b == 1)
                return 1;
        if (((a | b) >> 64) == 0) {
                twos = __builtin_ctzll((uint64_t)(a | b));
                return (uwide)short_divisor((uint64_t)a >> __builtin_ctzll((uint64_t)a),
                                            (uint64_t)b) << twos;
        }
        twos = trailing_zeros(a | b);
        a >>= trailing_zeros(a);
        while (b) {
                b >>= trailing_zeros(b);
                if (((a | b) >> 64) == 0)
                        return (uwide)short_divisor((uint64_t)a, (uint64_t)b) << twos;
                if (a > b) {
                        uwide swap = a;

                        a = b;
                        b = swap;
                }
                b -= a;
        }
        return a << twos;
}

/* Exactly: most figures are whole, and are not divided at all. */
static wide over(wide a, wide divisor)
{
        return divisor == 1 ? a : a / divisor;
}

static wide times(wide a, wide b)
{
        wide product;
        bool overflow = __builtin_mul_overflow(a, b, &product);

        assert(!overflow);
        return product;
}

static wide plus(wide a, wide b)
{
        wide sum;
        bool overflow = __builtin_add_overflow(a, b, &sum);

        assert(!overflow);
        return sum;
}

struct exact exact_of(wide whole)
{
        return (struct exact) { whole, 1 };
}

struct exact exact_ratio(wide num, wide den)
{
        wide divisor;

        assert(den != 0);
        divisor = (wide)common_divisor(magnitude(num), magnitude(den));
        assert(divisor > 0);
        if (den < 0)
                divisor = -divisor;
        return (struct exact) { over(num, divisor), over(den, divisor) };
}

struct exact exact_of_rate(struct rate rate)
{
        return exact_ratio(rate.num, rate.den);
}

struct exact exact_of_value(const struct value *value)
{
        return value->unit == UNIT_RATE ? exact_ratio(value->num, value->den)
                                        : exact_of(value->num);
}

struct exact exact_neg(struct exact a)
{
        return (struct exact) { -a.num, a.den };
}

/* Both being reduced, only what the divisors share can be cut from the sum: nothing, mostly. */
struct exact exact_add(struct exact a, struct exact b)
{
        wide shared = (wide)common_divisor(magnitude(a.den), magnitude(b.den));
        wide num = plus(times(a.num, over(b.den, shared)), times(b.num, over(a.den, shared)));
        wide cut = shared == 1 ? 1 : (wide)common_divisor(magnitude(num), magnitude(shared));

        return (struct exact) { over(num, cut), times(over(a.den, shared), over(b.den, cut)) };
}

struct exact exact_sub(struct exact a, struct exact b)
{
        return exact_add(a, exact_neg(b));
}

/*
 * Reduced crosswise first: both inputs being reduced, so is the result, and nothing gets longer
 * than it must.
 */
struct exact exact_mul(struct exact a, struct exact b)
{
        wide one = (wide)common_divisor(magnitude(a.num), magnitude(b.den));
        wide other = (wide)common_divisor(magnitude(b.num), magnitude(a.den));

        return (struct exact) {
                .num = times(over(a.num, one), over(b.num, other)),
                .den = times(over(a.den, other), over(b.den, one)),
        };
}

struct exact exact_div(struct exact a, struct exact b)
{
        assert(b.num != 0);
        return exact_mul(a, b.num < 0 ? (struct exact) { -b.den, -b.num }
                                      : (struct exact) { b.den, b.num });
}

static int compare_magnitudes(struct exact a, struct exact b)
{
        return long_compare(long_product(magnitude(a.num), (uwide)b.den),
                            long_product(magnitude(b.num), (uwide)a.den));
}

int exact_cmp(struct exact a, struct exact b)
{
        int sign = exact_sign(a);

        assert(a.den > 0);
        assert(b.den > 0);
        if (sign != exact_sign(b))
                return sign < exact_sign(b) ? -1 : 1;
        if (a.den == b.den)
                return (a.num > b.num) - (a.num < b.num);
        return sign * compare_magnitudes(a, b);
}

int exact_sign(struct exact a)
{
        return (a.num > 0) - (a.num < 0);
}

struct exact exact_min(struct exact a, struct exact b)
{
        return exact_cmp(a, b) <= 0 ? a : b;
}

struct exact exact_max(struct exact a, struct exact b)
{
        return exact_cmp(a, b) >= 0 ? a : b;
}

/*
 * Is a remainder of @part over @whole, beside the (magnitude's) quotient @quotient, rounded away
 * from zero?
 */
static bool rounds_away(uwide quotient, uwide part, uwide whole, bool negative, enum rounding mode)
{
        uwide rest = whole - part; /* part > rest: more than half; no doubling, so no overflow */

        switch (mode) {
        case ROUND_HALF_AWAY:
                return part >= rest;
        case ROUND_HALF_UP:
                return negative ? part > rest : part >= rest;
        case ROUND_HALF_EVEN:
                return part > rest || (part == rest && (quotient & 1));
        case ROUND_TOWARD_ZERO:
                return false;
        }
        assert(!"a rounding mode");
        return false;
}

wide exact_round(struct exact a, wide unit, enum rounding mode)
{
        uwide whole, quotient, part;

        assert(unit > 0);
        whole = (uwide)times(a.den, unit);
        quotient = magnitude(a.num) / whole;
        part = magnitude(a.num) % whole;
        if (part && rounds_away(quotient, part, whole, a.num < 0, mode))
                quotient++;
        return times((wide)quotient, a.num < 0 ? -unit : unit);
}

struct exact exact_round_decimals(struct exact a, int decimals, enum rounding mode)
{
        wide scale = 1;

        assert(decimals >= 0);
        assert(decimals <= 9);
        while (decimals--)
                scale *= 10;
        return exact_ratio(exact_round(exact_mul(a, exact_of(scale)), 1, mode), scale);
}
