/* SPDX-License-Identifier: Apache-2.0 */
#include "core/exact_long.h"

#include "core/check.h"

#define HALF 128        /* bits */

struct product long_product(uwide a, uwide b)
{
        uwide a0 = (uint64_t)a, a1 = a >> 64, b0 = (uint64_t)b, b1 = b >> 64;
        uwide low = a0 * b0, middle = a1 * b0 + (low >> 64);
        uwide other = a0 * b1 + (uint64_t)middle;

        return (struct product) {
                .high = a1 * b1 + (middle >> 64) + (other >> 64),
                .low = (other << 64) | (uint64_t)low,
        };
}

int long_compare(struct product a, struct product b)
{
        if (a.high != b.high)
                return a.high < b.high ? -1 : 1;
        return (a.low > b.low) - (a.low < b.low);
}

static struct product minus(struct product a, struct product b)
{
        return (struct product) { a.high - b.high - (a.low < b.low), a.low - b.low };
}

static struct product doubled(struct product a, bool one)
{
        return (struct product) { (a.high << 1) | (a.low >> (HALF - 1)), (a.low << 1) | one };
}

static bool bit_of(struct product a, int place)
{
        return ((place < HALF ? a.low >> place : a.high >> (place - HALF)) & 1) != 0;
}

/* Times a small number; false when that is too long. */
static bool times_small(struct product *a, wide factor)
{
        struct product low = long_product(a->low, (uwide)factor);
        struct product high = long_product(a->high, (uwide)factor);

        *a = (struct product) { high.low + low.high, low.low };
        return high.high == 0 && a->high >= low.high;
}

struct product long_sum(struct product a, struct product b)
{
        uwide low = a.low + b.low;

        return (struct product) { a.high + b.high + (low < a.low), low };
}

/* As figures mostly are. */
static bool short_divide(uwide num, uwide den, wide *ret)
{
        uwide quotient = num / den, rest = num % den;

        if (quotient >> (HALF - 2))
                return false;
        *ret = (wide)quotient + (rest >= den - rest);
        return true;
}

bool long_divide(struct product num, struct product den, wide *ret)
{
        struct product rest = { 0, 0 };
        uwide quotient = 0;

        assert(den.high >> (HALF - 1) == 0);    /* room to double */
        assert(den.high || den.low);
        if (!num.high && !den.high)
                return short_divide(num.low, den.low, ret);
        for (int place = 2 * HALF; place-- > 0;) {
                bool fits;

                rest = doubled(rest, bit_of(num, place));
                fits = long_compare(rest, den) >= 0;
                if (fits)
                        rest = minus(rest, den);
                if (quotient >> (HALF - 3))
                        return false;
                quotient = (quotient << 1) | fits;
        }
        *ret = (wide)quotient + (long_compare(rest, minus(den, rest)) >= 0);
        return true;
}

bool exact_mul_decimals(struct exact a, struct exact b, int decimals, struct exact *ret)
{
        bool negative = exact_sign(a) * exact_sign(b) < 0;
        struct product num = long_product((uwide)(a.num < 0 ? -a.num : a.num),
                                          (uwide)(b.num < 0 ? -b.num : b.num));
        wide scale = 1, whole;

        assert(decimals >= 0);
        assert(decimals <= 9);
        while (decimals--)
                scale *= 10;
        if (!times_small(&num, scale) ||
            !long_divide(num, long_product((uwide)a.den, (uwide)b.den), &whole))
                return false;
        *ret = exact_ratio(negative ? -whole : whole, scale);
        return true;
}

wide exact_isqrt(struct exact a)
{
        wide left, root = 0, bit = (wide)1 << (HALF - 2);

        assert(exact_sign(a) >= 0);
        left = a.num / a.den;
        for (; bit; bit >>= 2) {
                if (left >= root + bit) {
                        left -= root + bit;
                        root = (root >> 1) + bit;
                } else {
                        root >>= 1;
                }
        }
        return root;
}
