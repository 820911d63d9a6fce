/* SPDX-License-Identifier: Apache-2.0 */
#include "core/incentive.h"

#include <string.h>

#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/portion.h"
#include "core/sentence.h"

/* ---- what comes of a change */

/* Of a change that makes it not calculable nothing can be said: it changes nothing. */
static int64_t earned_or(struct probing *x, enum forecast at, int64_t otherwise)
{
        int64_t earned;
        bool is = probe(x, at, &earned);

        put_back(x, at);
        return is ? earned : otherwise;
}

static struct came moved(struct probing *x, size_t row, int64_t steps)
{
        struct came came;

        row_move(x, FORECAST_CENTRAL, row, steps);
        came = come(x, row);
        if (!came.is)
                came.earned = x->here.earned;
        return came;
}

static int64_t all_moved(struct probing *x, int64_t steps)
{
        for (size_t i = 0; i < x->to->count; i++)
                if (row_moves(x, i))
                        row_move(x, FORECAST_CENTRAL, i, steps);
        return earned_or(x, FORECAST_CENTRAL, x->here.earned);
}

/* ---- a point, a patient */

static bool has_point(const struct probing *x, size_t row)
{
        if (x->to->rows[row].of == INCENTIVE_TOTAL_COST)
                return x->to->members > 0;
        return x->work->movers[row].met.count > 0;
}

static int64_t point_at(struct probing *x, enum forecast at, size_t row)
{
        row_move(x, at, row, 1);
        return earned_or(x, at, x->to->earned[at]) - x->to->earned[at];
}

static struct came find_points(struct probing *x, size_t row)
{
        struct incentive *to = &x->to->rows[row];
        struct came point = moved(x, row, 1);

        to->point[FORECAST_CENTRAL] = point.earned - x->here.earned;
        to->point[FORECAST_LOW] = to->point[FORECAST_HIGH] = to->point[FORECAST_CENTRAL];
        if (!x->whole) {
                to->point[FORECAST_LOW] = point_at(x, FORECAST_LOW, row);
                to->point[FORECAST_HIGH] = point_at(x, FORECAST_HIGH, row);
        }
        return point;
}

static void find_patient(struct probing *x, size_t row)
{
        struct incentive *to = &x->to->rows[row];

        to->has_patient = to->of == INCENTIVE_MEASURE;
        if (to->has_patient && row_move_patient(x, FORECAST_CENTRAL, row))
                to->patient = earned_or(x, FORECAST_CENTRAL, x->here.earned) - x->here.earned;
}

/* ---- ranges, dollars at stake */

static int64_t least_of(int64_t a, int64_t b)
{
        return a < b ? a : b;
}

static int64_t most_of(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

/* From the least to the most that comes of one alone. */
static int64_t range_of(int64_t worst, int64_t here, int64_t best)
{
        return most_of(here, most_of(worst, best)) - least_of(here, least_of(worst, best));
}

static void find_range(struct probing *x)
{
        int64_t worst = all_moved(x, WORST), best = all_moved(x, BEST);

        x->to->least = least_of(x->here.earned, least_of(worst, best));
        x->to->most = most_of(x->here.earned, most_of(worst, best));
}

/* Where none moves anything alone, for gates that hold each other shut, all weigh the same. */
static void weigh_alike(struct portion *list, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (list[i].weight)
                        return;
        for (size_t i = 0; i < count; i++)
                list[i].weight = 1;
}

/* @ranges: of each row alone. */
static void find_stakes(struct incentives *to, const int64_t *ranges)
{
        struct portion list[INCENTIVES_MAX];

        for (size_t i = 0; i < to->count; i++)
                list[i] = (struct portion) { .who = &to->rows[i].item, .weight = ranges[i] };
        weigh_alike(list, to->count);
        portions_divide(to->most - to->least, list, to->count);
        for (size_t i = 0; i < to->count; i++)
                to->rows[i].stake = (int64_t)list[i].part;
}

/* ---- one row */

/* Its range from its worst to its best, alone. */
static int64_t find_row(struct probing *x, size_t row)
{
        struct came worst, best, point = { .is = false };

        if (!row_moves(x, row))
                return 0;
        worst = moved(x, row, WORST);
        best = moved(x, row, BEST);
        if (has_point(x, row))
                point = find_points(x, row);
        find_patient(x, row);
        edge_find(x, row, &point, &best);
        return range_of(worst.earned, x->here.earned, best.earned);
}

/* ---- all */

static void begin(struct incentives *to)
{
        to->status = STATEMENT_CALCULATED;
        sentence_begin(&to->reason);
        memset(to->earned, 0, sizeof(to->earned));
        to->least = to->most = 0;
        to->members = 0;
        to->count = 0;
}

static void not_calculable(struct incentives *to, const char *why)
{
        to->status = STATEMENT_NOT_CALCULABLE;
        sentence_begin(&to->reason);
        sentence_add(&to->reason, why);
}

static void count_members(struct probing *x)
{
        static const struct item all;
        struct exact people;

        if (forecast_people(x->terms, x->run, &x->with[FORECAST_CENTRAL], &all, &people))
                x->to->members = (uint64_t)exact_round(people, 1, ROUND_HALF_AWAY);
}

/* False: not even as things are. */
static bool earn(struct probing *x)
{
        struct incentives *to = x->to;

        if (!probe(x, FORECAST_CENTRAL, &x->here.earned)) {
                not_calculable(to, x->work->statement.reason.text);
                return false;
        }
        x->here.is = true;
        came_read(&x->work->statement, NULL, &x->here);
        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++)
                to->earned[at] = x->whole || at == FORECAST_CENTRAL
                                         ? x->here.earned
                                         : earned_or(x, at, x->here.earned);
        return true;
}

static void find_all_rows(struct probing *x)
{
        int64_t ranges[INCENTIVES_MAX];

        find_range(x);
        for (size_t i = 0; i < x->to->count; i++)
                ranges[i] = find_row(x, i);
        find_stakes(x->to, ranges);
}

bool probing_begin(struct probing *x, const struct settle_inputs *inputs,
                   const struct charter *charter)
{
        struct forecast_basis basis;

        begin(x->to);
        x->work->change_count = 0;
        x->work->figures_changed = false;
        if (forecast_facts(x->terms, x->run, inputs, x->work->facts, &basis)) {
                not_calculable(x->to, "there are more facts than a forecast holds");
                return false;
        }
        x->whole = basis.whole;
        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++)
                x->with[at] = forecast_inputs(&x->work->facts[at], inputs);
        if (!earn(x))
                return false;
        count_members(x);
        rows_find(x, charter);
        return true;
}

void incentives_of(const struct terms *terms, const struct run *run,
                   const struct settle_inputs *inputs, const struct charter *charter,
                   struct incentive_work *work, struct incentives *ret)
{
        struct probing x = { .terms = terms, .run = run, .work = work, .to = ret };

        if (probing_begin(&x, inputs, charter))
                find_all_rows(&x);
}
