/* SPDX-License-Identifier: Apache-2.0 */
#include "core/incentive.h"

#include <string.h>

#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/portion.h"
#include "core/sentence.h"

/* ---- what comes of a change */

/* Of a change that makes it not calculable nothing can be said: it changes nothing. */
static int64_t come_or(struct probing *x, enum forecast at, int64_t otherwise)
{
        int64_t earned;
        bool is = probe(x, at, &earned);

        put_back(x, at);
        return is ? earned : otherwise;
}

static int64_t moved(struct probing *x, enum forecast at, size_t row, int64_t steps)
{
        row_move(x, at, row, steps);
        return come_or(x, at, x->to->earned[at]);
}

static int64_t all_moved(struct probing *x, int64_t steps)
{
        for (size_t i = 0; i < x->to->count; i++)
                if (row_moves(x, i))
                        row_move(x, FORECAST_CENTRAL, i, steps);
        return come_or(x, FORECAST_CENTRAL, x->to->earned[FORECAST_CENTRAL]);
}

/* ---- a point, a patient, a range */

static bool has_point(const struct probing *x, size_t row)
{
        if (x->to->rows[row].of == INCENTIVE_TOTAL_COST)
                return x->to->members > 0;
        return x->work->movers[row].met.count > 0;
}

static void find_points(struct probing *x, size_t row, bool same)
{
        struct incentive *to = &x->to->rows[row];

        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++) {
                if (same && at != FORECAST_LOW)
                        to->point[at] = to->point[FORECAST_LOW];
                else
                        to->point[at] = moved(x, at, row, 1) - x->to->earned[at];
        }
}

static void find_patient(struct probing *x, size_t row)
{
        struct incentive *to = &x->to->rows[row];

        to->has_patient = to->of == INCENTIVE_MEASURE && row_moves(x, row);
        if (to->has_patient && row_move_patient(x, FORECAST_CENTRAL, row))
                to->patient = come_or(x, FORECAST_CENTRAL, x->to->earned[FORECAST_CENTRAL]) -
                              x->to->earned[FORECAST_CENTRAL];
}

static int64_t least_of(int64_t a, int64_t b)
{
        return a < b ? a : b;
}

static int64_t most_of(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

/* From the least to the most that comes of this one alone. */
static int64_t range_of(struct probing *x, size_t row)
{
        int64_t worst = moved(x, FORECAST_CENTRAL, row, WORST);
        int64_t best = moved(x, FORECAST_CENTRAL, row, BEST);
        int64_t here = x->to->earned[FORECAST_CENTRAL];

        return most_of(here, most_of(worst, best)) - least_of(here, least_of(worst, best));
}

/* ---- dollars at stake */

static void find_range(struct probing *x)
{
        int64_t worst = all_moved(x, WORST), best = all_moved(x, BEST);
        int64_t here = x->to->earned[FORECAST_CENTRAL];

        x->to->least = least_of(here, least_of(worst, best));
        x->to->most = most_of(here, most_of(worst, best));
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

static void find_stakes(struct probing *x)
{
        struct portion list[INCENTIVES_MAX];
        struct incentives *to = x->to;

        for (size_t i = 0; i < to->count; i++)
                list[i] = (struct portion) {
                        .who = &to->rows[i].item,
                        .weight = row_moves(x, i) ? range_of(x, i) : 0,
                };
        weigh_alike(list, to->count);
        portions_divide(to->most - to->least, list, to->count);
        for (size_t i = 0; i < to->count; i++)
                to->rows[i].stake = (int64_t)list[i].part;
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
static bool earn(struct probing *x, bool whole)
{
        struct incentives *to = x->to;
        int64_t central;

        if (!probe(x, FORECAST_CENTRAL, &central)) {
                not_calculable(to, x->work->statement.reason.text);
                return false;
        }
        to->earned[FORECAST_CENTRAL] = central;
        to->earned[FORECAST_LOW] = whole ? central : come_or(x, FORECAST_LOW, central);
        to->earned[FORECAST_HIGH] = whole ? central : come_or(x, FORECAST_HIGH, central);
        return true;
}

void incentives_of(const struct terms *terms, const struct run *run,
                   const struct settle_inputs *inputs, const struct charter *charter,
                   struct incentive_work *work, struct incentives *ret)
{
        struct probing x = { .terms = terms, .run = run, .work = work, .to = ret };
        struct forecast_basis basis;

        begin(ret);
        work->change_count = 0;
        work->figures_changed = false;
        if (forecast_facts(terms, run, inputs, work->facts, &basis)) {
                not_calculable(ret, "there are more facts than a forecast holds");
                return;
        }
        for (enum forecast at = FORECAST_LOW; at < FORECAST_COUNT; at++)
                x.with[at] = forecast_inputs(&work->facts[at], inputs);
        if (!earn(&x, basis.whole))
                return;
        count_members(&x);
        rows_find(&x, charter);
        find_range(&x);
        find_stakes(&x);
        for (size_t i = 0; i < ret->count; i++) {
                if (!row_moves(&x, i))
                        continue;
                if (has_point(&x, i))
                        find_points(&x, i, basis.whole);
                find_patient(&x, i);
                edge_find(&x, i);
        }
}
