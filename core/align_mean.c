/* SPDX-License-Identifier: Apache-2.0 */
#include "core/align_mean.h"

#include "core/check.h"

#define FINE ((wide)1000000000000000000)        /* 10^18 */
#define SHOWN ((wide)1000000000000)             /* 10^12 */
#define LONGEST ((uwide)1 << 126)

void mean_begin(struct mean *mean)
{
        *mean = (struct mean) { .fits = true, .common = 1 };
}

static bool grow(uwide *number, uwide by)
{
        return !__builtin_mul_overflow(*number, by, number) && *number < LONGEST;
}

/* To a common denominator: each step only makes numbers larger, so the order changes nothing. */
static bool add_exactly(struct mean *mean, uwide weight, struct exact figure)
{
        uwide more = (uwide)exact_ratio((wide)mean->common, figure.den).den;
        uwide term = (uwide)(figure.num < 0 ? -figure.num : figure.num), *sum;

        if (!grow(&mean->common, more) || !grow(&mean->sums[0], more) ||
            !grow(&mean->sums[1], more))
                return false;
        if (!grow(&term, mean->common / (uwide)figure.den) || !grow(&term, weight))
                return false;
        sum = &mean->sums[figure.num < 0];
        *sum += term;
        return *sum < LONGEST;
}

/* The magnitude in units of 1 / @parts, to the nearest. */
static uwide to_parts(struct exact figure, wide parts)
{
        uwide size = (uwide)(figure.num < 0 ? -figure.num : figure.num);
        wide ret;
        bool fits = long_divide(long_product(size, (uwide)parts),
                                (struct product) { 0, (uwide)figure.den }, &ret);

        assert(fits);
        return (uwide)ret;
}

struct exact mean_shown(struct exact figure)
{
        wide parts = (wide)to_parts(figure, SHOWN);

        return exact_ratio(figure.num < 0 ? -parts : parts, SHOWN);
}

void mean_add(struct mean *mean, uwide weight, struct exact figure)
{
        struct product *near = &mean->near[figure.num < 0];

        if (!weight)
                return;
        mean->weights += weight;
        assert(mean->weights < LONGEST);
        *near = long_sum(*near, long_product(weight, to_parts(figure, FINE)));
        mean->fits = mean->fits && add_exactly(mean, weight, figure);
}

static struct exact mean_of(const struct mean *mean, bool negative)
{
        wide fine;
        bool fits = long_divide(mean->near[negative], (struct product) { 0, mean->weights }, &fine);

        assert(fits);
        return exact_ratio(negative ? -fine : fine, FINE);
}

bool mean_end(const struct mean *mean, struct exact *ret, bool *ret_rounded)
{
        uwide whole = mean->common;

        *ret = exact_of(0);
        *ret_rounded = false;
        if (!mean->weights)
                return false;
        if (mean->fits && grow(&whole, mean->weights)) {
                *ret = exact_ratio((wide)mean->sums[0] - (wide)mean->sums[1], (wide)whole);
                return true;
        }
        *ret = mean_shown(exact_add(mean_of(mean, false), mean_of(mean, true)));
        *ret_rounded = true;
        return true;
}
