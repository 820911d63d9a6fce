/* SPDX-License-Identifier: Apache-2.0 */
/* F4, F10, F11 and parts of a whole: what is of payers, payments and panels. */
#include "core/align_inside.h"
#include "core/align_mean.h"
#include "core/check.h"
#include "core/exact_try.h"

#define MILLION 1000000

uint32_t align_known_payers(const struct align *a)
{
        uint32_t known = 0;

        for (uint32_t i = 0; i < a->payer_count; i++)
                known += a->payers[i].has_revenue;
        return known;
}

static wide revenue_of(const struct align *a, uint32_t payer)
{
        return a->payers[payer].has_revenue ? a->payers[payer].revenue : 0;
}

static wide all_revenue(const struct align *a)
{
        wide sum = 0;

        for (uint32_t i = 0; i < a->payer_count; i++)
                sum += revenue_of(a, i);
        return sum;
}

wide align_revenue_unit(const struct align *a)
{
        wide unit = 0;

        for (uint32_t i = 0; i < a->payer_count; i++) {
                wide revenue = revenue_of(a, i);

                if (revenue)
                        unit = unit ? revenue / exact_ratio(revenue, unit).num : revenue;
        }
        return unit ? unit : 1;
}

struct align_index align_concentration_of_payers(const struct align *a)
{
        wide all = all_revenue(a), squares = 0;

        for (uint32_t i = 0; i < a->payer_count; i++)
                squares += revenue_of(a, i) * revenue_of(a, i);
        return all ? align_is(squares, all * all) : align_is_not("no revenue is known");
}

struct exact align_effective_payers(const struct align *a)
{
        struct align_index is = align_concentration_of_payers(a);

        return is.calculable ? exact_div(exact_of(1), is.value) : exact_of(0);
}

struct align_index align_largest_payer(const struct align *a, uint32_t *ret_payer)
{
        wide all = all_revenue(a);

        *ret_payer = 0;
        if (!all)
                return align_is_not("no revenue is known");
        for (uint32_t i = 1; i < a->payer_count; i++)
                if (revenue_of(a, i) > revenue_of(a, *ret_payer))
                        *ret_payer = i;
        return align_is(revenue_of(a, *ret_payer), all);
}

struct align_index align_keep(const struct align *a)
{
        struct align_index ret = { .calculable = true };
        wide unit = align_revenue_unit(a);
        struct mean mean;

        mean_begin(&mean);
        for (uint32_t i = 0; i < a->payer_count; i++) {
                if (!a->payers[i].has_revenue)
                        continue;
                if (!a->payers[i].has_keep)
                        return align_is_not("what a payer leaves of a dollar saved is not known");
                mean_add(&mean, (uwide)(a->payers[i].revenue / unit), a->payers[i].keep);
        }
        if (!mean_end(&mean, &ret.value, &ret.rounded))
                return align_is_not("no revenue is known");
        return ret;
}

struct align_index align_part(int64_t part, int64_t whole)
{
        assert(part >= 0);
        assert(whole >= 0);
        if (!whole)
                return align_is_not("there is nothing that it could be a part of");
        if (part > whole)
                return align_is_not("it is more than what it should be a part of");
        return align_is(part, whole);
}

struct align_distance align_distance(const struct align_index *index, struct rate threshold,
                                     bool least)
{
        struct align_distance ret = { .calculable = index->calculable, .by = exact_of(0) };
        struct exact bar = exact_of_rate(threshold);
        int order = exact_cmp(index->value, bar);

        if (!index->calculable)
                return ret;
        ret.reached = least ? order >= 0 : order <= 0;
        if (!try_sub(index->value, bar, &ret.by))
                ret.by = exact_sub(mean_shown(index->value), bar);
        return ret;
}

int64_t align_credibility(uint64_t people, struct rate full)
{
        struct exact panel = exact_of((wide)people), wanted = exact_of_rate(full);

        assert(exact_sign(wanted) > 0);
        if (exact_cmp(panel, wanted) >= 0)
                return MILLION;
        return (int64_t)exact_isqrt(exact_mul(exact_div(panel, wanted),
                                              exact_of((wide)MILLION * MILLION)));
}
