/* SPDX-License-Identifier: Apache-2.0 */
/* F1 to F3: how much of what two payers pay for is the same. */
#include "core/align_inside.h"
#include "core/align_mean.h"
#include "core/check.h"

static bool has_row(const struct align *a, struct align_run run, uint32_t payer)
{
        for (uint32_t i = run.from; i < run.until; i++)
                if (a->rows[i].payer == payer)
                        return true;
        return false;
}

struct align_index align_jaccard(const struct align *a, enum align_level level, uint32_t p,
                                 uint32_t q)
{
        struct align_run run = { 0, 0 };
        uint32_t both = 0, either = 0;

        while (align_next(a, level, &run)) {
                bool has_p = has_row(a, run, p), has_q = has_row(a, run, q);

                both += has_p && has_q;
                either += has_p || has_q;
        }
        return either ? align_is(both, either) : align_is_not("neither pays for anything");
}

/*
 * F2 with totals known. The sum of the smaller shares is @common / @all, and the sum of the larger
 * ones 2 less that.
 */
static struct align_index ruzicka(const struct align *a, enum align_level level, uint32_t p,
                                  uint32_t q, wide total_p, wide total_q)
{
        struct align_run run = { 0, 0 };
        wide common = 0, all = total_p * total_q;

        if (!total_p && !total_q)
                return align_is_not("no dollars are at stake");
        if (!all)
                return align_is(0, 1);
        while (align_next(a, level, &run)) {
                wide of_p = align_dollars_of(a, run, p) * total_q;
                wide of_q = align_dollars_of(a, run, q) * total_p;

                common += of_p < of_q ? of_p : of_q;
        }
        return align_is(common, 2 * all - common);
}

struct align_index align_weighted(const struct align *a, enum align_level level, uint32_t p,
                                  uint32_t q)
{
        return ruzicka(a, level, p, q, align_total_of(a, p), align_total_of(a, q));
}

/* All pairs of @p with a later payer; returns how many have a figure. */
static uint32_t add_pairs(const struct align *a, enum align_level level, uint32_t p, wide unit,
                          struct mean *mean)
{
        wide total_p = align_total_of(a, p);
        uint32_t pairs = 0;

        for (uint32_t q = p + 1; q < a->payer_count; q++) {
                struct align_index jw;

                if (!a->payers[q].has_revenue)
                        continue;
                jw = ruzicka(a, level, p, q, total_p, align_total_of(a, q));
                if (!jw.calculable)
                        continue;
                pairs++;
                mean_add(mean, (uwide)(a->payers[p].revenue / unit) *
                               (uwide)(a->payers[q].revenue / unit), jw.value);
        }
        return pairs;
}

struct align_index align_alignment(const struct align *a, enum align_level level)
{
        struct align_index ret = { .calculable = true };
        wide unit = align_revenue_unit(a);
        uint32_t pairs = 0;
        struct mean mean;

        if (a->payer_count < 2)
                return align_is_not("there is one payer only");
        if (align_known_payers(a) < 2)
                return align_is_not("the revenue of fewer than two payers is known");
        mean_begin(&mean);
        for (uint32_t p = 0; p < a->payer_count; p++)
                if (a->payers[p].has_revenue)
                        pairs += add_pairs(a, level, p, unit, &mean);
        if (!pairs)
                return align_is_not("no dollars are at stake");
        if (!mean_end(&mean, &ret.value, &ret.rounded))
                return align_is_not("no two of the payers pay any revenue");
        assert(exact_sign(ret.value) >= 0);
        assert(exact_cmp(ret.value, exact_of(1)) <= 0);
        return ret;
}
