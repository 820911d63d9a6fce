/* SPDX-License-Identifier: Apache-2.0 */
/* A row's figures moved: points of a measure or a score, dollars of total cost. */
#include "core/check.h"
#include "core/incentive_inside.h"

#define POINTS 100              /* of a whole panel, or from the lowest score to the highest */
#define COST_RANGE 4            /* costs go a quarter up or down */

static const struct mover *mover_of(const struct probing *x, size_t row)
{
        return &x->work->movers[row];
}

bool row_moves(const struct probing *x, size_t row)
{
        const struct mover *mover = mover_of(x, row);

        if (x->to->rows[row].of == INCENTIVE_TOTAL_COST)
                return x->work->cost_count > 0;
        return mover->met.count || mover->standard.count;
}

/* ---- measures and scores: from nothing to the highest */

struct reach {
        struct exact at, step, lowest, highest;
};

/* Of a measure in people; a point is a hundredth of those eligible. */
static struct reach reach_of(const struct probing *x, enum forecast at, const struct mover *mover)
{
        struct reach reach = { figure_total(x, at, &mover->met), exact_of(0), mover->lowest,
                               mover->highest };

        if (mover->eligible.count) {
                reach.lowest = exact_of(0);
                reach.highest = figure_total(x, at, &mover->eligible);
                if (mover->equal.count)
                        reach.highest = exact_sub(reach.highest,
                                                  figure_total(x, at, &mover->equal));
                reach.step = exact_div(figure_total(x, at, &mover->eligible), exact_of(POINTS));
        } else {
                reach.step = exact_div(exact_sub(reach.highest, reach.lowest), exact_of(POINTS));
        }
        reach.lowest = exact_min(reach.lowest, reach.at);
        reach.highest = exact_max(reach.highest, reach.at);
        return reach;
}

static struct exact reached(const struct reach *reach, bool less, int64_t steps)
{
        bool up = (steps > 0) != less;
        struct exact to;

        if (steps == WORST || steps == BEST)
                return up ? reach->highest : reach->lowest;
        to = exact_mul(reach->step, exact_of(less ? -(wide)steps : steps));
        to = exact_add(reach->at, to);
        return exact_max(reach->lowest, exact_min(reach->highest, to));
}

/*
 * Parts of people keep a point exact: 3.85 of a panel of 385. Not of more than ten million, where
 * parts would make longer figures than terms_check() allowed for and a person is next to nothing.
 */
static bool in_parts(const struct reach *reach, const struct mover *mover)
{
        return !mover->whole && exact_cmp(reach->highest, exact_of(COUNT_MAX / POINTS)) <= 0;
}

static void move_points(struct probing *x, enum forecast at, const struct mover *mover,
                        int64_t steps)
{
        if (mover->met.count) {
                struct reach reach = reach_of(x, at, mover);

                change_figure(x, at, &mover->met, reached(&reach, mover->less, steps),
                              in_parts(&reach, mover));
        }
        /* A standard is met or not: there is no point of it. */
        if (mover->standard.count && (steps == WORST || steps == BEST))
                change_figure(x, at, &mover->standard, exact_of(steps == BEST), false);
}

bool row_move_patient(struct probing *x, enum forecast at, size_t row)
{
        const struct mover *mover = mover_of(x, row);
        struct reach reach;
        struct exact to;

        if (x->to->rows[row].of != INCENTIVE_MEASURE || !mover->met.count)
                return false;
        reach = reach_of(x, at, mover);
        to = exact_add(reach.at, exact_of(mover->less ? -1 : 1));
        if (exact_cmp(to, reach.lowest) < 0 ||
            (mover->eligible.count && exact_cmp(to, reach.highest) > 0))
                return false;
        change_figure(x, at, &mover->met, to, false);
        return true;
}

/* ---- total cost */

static struct exact cost_at(const struct probing *x, enum forecast at, const struct cost_part *part)
{
        return part->of_members ? x->work->facts[at].figures[part->place].expenditure
                                : figure_total(x, at, &part->figure);
}

static struct exact quarter(struct exact cost)
{
        cost = exact_of(exact_round(cost, 1, ROUND_HALF_AWAY));
        cost = exact_sign(cost) < 0 ? exact_neg(cost) : cost;
        return exact_of(exact_round(exact_div(cost, exact_of(COST_RANGE)), 1, ROUND_TOWARD_ZERO));
}

static struct exact saved(const struct cost_part *part, struct exact cost, int64_t steps)
{
        if (steps == BEST)
                return quarter(cost);
        if (steps == WORST)
                return exact_neg(quarter(cost));
        return exact_mul(part->dollar, exact_of(steps));
}

static void move_cost(struct probing *x, enum forecast at, int64_t steps)
{
        for (size_t i = 0; i < x->work->cost_count; i++) {
                const struct cost_part *part = &x->work->costs[i];
                struct exact cost = cost_at(x, at, part);
                struct exact to = exact_sub(cost, saved(part, cost, steps));

                if (part->of_members)
                        change_members(x, at, part->place, to);
                else
                        change_figure(x, at, &part->figure, to,
                                      part->kind == FACT_EXPENDITURE_PMPM);
        }
}

static int64_t cost_steps(const struct probing *x, enum forecast at)
{
        int64_t most = 0;

        for (size_t i = 0; i < x->work->cost_count; i++) {
                const struct cost_part *part = &x->work->costs[i];
                struct exact steps;

                if (exact_sign(part->dollar) <= 0)
                        continue;
                steps = exact_div(quarter(cost_at(x, at, part)), part->dollar);
                if (exact_cmp(steps, exact_of(most)) > 0)
                        most = (int64_t)exact_round(steps, 1, ROUND_TOWARD_ZERO);
        }
        return most;
}

/* ---- either */

void row_move(struct probing *x, enum forecast at, size_t row, int64_t steps)
{
        if (x->to->rows[row].of == INCENTIVE_TOTAL_COST)
                move_cost(x, at, steps);
        else
                move_points(x, at, mover_of(x, row), steps);
}

/* The last step may be a part of one. */
static int64_t point_steps(const struct reach *reach, bool less)
{
        struct exact room = less ? exact_sub(reach->at, reach->lowest)
                                 : exact_sub(reach->highest, reach->at);
        struct exact steps;
        wide whole;

        if (exact_sign(reach->step) <= 0)
                return 0;
        steps = exact_div(room, reach->step);
        whole = exact_round(steps, 1, ROUND_TOWARD_ZERO);
        return (int64_t)whole + (exact_cmp(exact_of(whole), steps) < 0);
}

int64_t row_steps(const struct probing *x, enum forecast at, size_t row)
{
        const struct mover *mover = mover_of(x, row);
        struct reach reach;

        if (x->to->rows[row].of == INCENTIVE_TOTAL_COST)
                return cost_steps(x, at);
        if (!mover->met.count)
                return 0;
        reach = reach_of(x, at, mover);
        return point_steps(&reach, mover->less);
}
