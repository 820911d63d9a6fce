/* SPDX-License-Identifier: Apache-2.0 */
/* F5 to F7, F9 and the share of conflict: what payers together put on each measure. */
#include "core/align_inside.h"
#include "core/check.h"

static const char no_dollars[] = "no dollars are at stake";

/* ---- F7 */

static bool lies_in(const struct align_row *row, const struct align_row *lowest,
                    const struct align *a)
{
        struct exact above;

        if (row->key.direction != lowest->key.direction || row->has_target != lowest->has_target ||
            !period_equal(row->period, lowest->period))
                return false;
        if (!row->has_target)
                return true;
        above = exact_sub(exact_of_rate(row->target), exact_of_rate(lowest->target));
        return exact_sign(above) >= 0 && exact_cmp(above, exact_of_rate(a->tolerance)) <= 0;
}

/* All that lies within the tolerance above @lowest. */
static struct align_group group_above(const struct align *a, struct align_run run,
                                      const struct align_row *lowest)
{
        struct align_group ret = { .direction = lowest->key.direction, .period = lowest->period,
                                   .has_target = lowest->has_target, .from = lowest->target,
                                   .to = lowest->target };

        for (uint32_t i = run.from; i < run.until; i++) {
                const struct align_row *row = &a->rows[i];

                if (!lies_in(row, lowest, a))
                        continue;
                ret.dollars += row->dollars;
                ret.rows++;
                if (row->has_target &&
                    exact_cmp(exact_of_rate(row->target), exact_of_rate(ret.to)) > 0)
                        ret.to = row->target;
        }
        return ret;
}

static bool is_better(const struct align_group *group, const struct align_group *than)
{
        int order;

        if (group->dollars != than->dollars)
                return group->dollars > than->dollars;
        if (group->has_target != than->has_target)
                return group->has_target;
        order = group->has_target ? exact_cmp(exact_of_rate(group->from),
                                              exact_of_rate(than->from)) : 0;
        return order ? order < 0 : group->period.from < than->period.from;
}

static struct align_group largest_group(const struct align *a, struct align_run run)
{
        struct align_group best = group_above(a, run, &a->rows[run.from]);

        for (uint32_t i = run.from + 1; i < run.until; i++) {
                struct align_group group = group_above(a, run, &a->rows[i]);

                if (is_better(&group, &best))
                        best = group;
        }
        return best;
}

/* ---- one measure */

/* A payer's first row of the run counts it; whether it pays follows from all its rows. */
static void count_payers(const struct align *a, struct align_run run, struct align_measure *m)
{
        for (uint32_t i = run.from; i < run.until; i++) {
                uint32_t payer = a->rows[i].payer, before = run.from;

                while (before < i && a->rows[before].payer != payer)
                        before++;
                if (before < i)
                        continue;
                m->payers++;
                m->paying += align_dollars_of(a, run, payer) > 0;
        }
}

static void measure_of(const struct align *a, struct align_run run, int64_t all,
                       struct align_measure *ret)
{
        assert(run.from < run.until);
        *ret = (struct align_measure) { .group = largest_group(a, run) };
        for (uint32_t i = run.from; i < run.until; i++) {
                ret->dollars += a->rows[i].dollars;
                for (size_t k = 0; k < 3; k++)
                        ret->point[k] += a->rows[i].point[k];
        }
        count_payers(a, run, ret);
        ret->share = all ? align_is(ret->dollars, all) : align_is_not(no_dollars);
        ret->dominant = ret->dollars ? align_is(ret->group.dollars, ret->dollars)
                                     : align_is_not(no_dollars);
}

void align_measure(const struct align *a, struct align_run run, struct align_measure *ret)
{
        measure_of(a, run, align_dollars(a), ret);
}

/* ---- all of them */

struct align_index align_concentration(const struct align *a)
{
        struct align_run run = { 0, 0 };
        wide all = align_dollars(a), squares = 0;

        while (align_next(a, ALIGN_KEY, &run)) {
                wide dollars = 0;

                for (uint32_t i = run.from; i < run.until; i++)
                        dollars += a->rows[i].dollars;
                squares += dollars * dollars;
        }
        return all ? align_is(squares, all * all) : align_is_not(no_dollars);
}

/* The part of all dollars that @counts() says of each measure. */
static struct align_index sum_over(const struct align *a, enum align_level level,
                                   int64_t (*counts)(const struct align_measure *m,
                                                     const struct rate *with),
                                   const struct rate *with)
{
        struct align_run run = { 0, 0 };
        int64_t all = align_dollars(a), sum = 0;

        if (!all)
                return align_is_not(no_dollars);
        while (align_next(a, level, &run)) {
                struct align_measure m;

                measure_of(a, run, all, &m);
                sum += counts(&m, with);
        }
        return align_is(sum, all);
}

static int64_t when_shared(const struct align_measure *m, const struct rate *with)
{
        (void)with;
        return m->paying >= 2 ? m->dollars : 0;
}

static int64_t outside_the_group(const struct align_measure *m, const struct rate *with)
{
        (void)with;
        return m->dollars - m->group.dollars;
}

static int64_t when_dominant(const struct align_measure *m, const struct rate *threshold)
{
        return m->dominant.calculable &&
               exact_cmp(m->dominant.value, exact_of_rate(*threshold)) >= 0 ? m->dollars : 0;
}

struct align_index align_shared(const struct align *a)
{
        return sum_over(a, ALIGN_KEY, when_shared, NULL);
}

struct align_index align_conflict_share(const struct align *a)
{
        return sum_over(a, ALIGN_EITHER_WAY, outside_the_group, NULL);
}

struct align_index align_dominant_dollars(const struct align *a, struct rate threshold)
{
        return sum_over(a, ALIGN_EITHER_WAY, when_dominant, &threshold);
}
