/* SPDX-License-Identifier: Apache-2.0 */
/* Disagreements, as they come about: one side has something else, or reckons another way. */
#include "tests/populations/population.h"

static bool someone_is_in(const struct person *person)
{
        for (int month = 0; month < MONTHS; month++)
                if (person->in[month])
                        return true;
        return false;
}

/* ---- the roster */

static void drop_person(struct view *view, int i)
{
        for (int month = 0; month < MONTHS; month++)
                view->people[i].in[month] = false;
}

/* Enrolled after the fact: one side does not know of the first months, or of any. */
static void drop_months(struct draw *draw, struct view *view, int i)
{
        int until = 1 + (int)draw_below(draw, MONTHS);

        for (int month = 0; month < until; month++)
                view->people[i].in[month] = false;
}

/* By one side the person is in another category. */
static void move(struct draw *draw, const struct population *population, struct view *view, int i)
{
        const uint64_t by = 1 + draw_below(draw, (uint64_t)population->categories - 1);

        for (int month = 0; month < MONTHS; month++)
                view->people[i].category[month] = (uint8_t)(
                        (view->people[i].category[month] + by) % (uint64_t)population->categories);
}

/* Both count all of the person's months, alike; so what is done to one of them is seen. */
static bool is_alike(const struct population *population, int i)
{
        const struct person *a = &population->views[0].people[i];
        const struct person *b = &population->views[1].people[i];

        for (int month = 0; month < MONTHS; month++)
                if (a->in[month] != b->in[month] || a->category[month] != b->category[month] ||
                    (a->in[month] && !(counts(&population->views[0], a, month) &&
                                       counts(&population->views[1], b, month))))
                        return false;
        return someone_is_in(a);
}

static bool plant_roster(struct draw *draw, struct population *population, int side)
{
        const bool seen = population->rows ||
                          (population->views[0].parts && population->views[1].parts);
        uint64_t way = draw_below(draw, seen ? 3 : 2);
        int times = 1 + (int)draw_below(draw, 4);
        struct view *view = &population->views[side];

        for (int tries = 0; tries < 1000 && times > 0; tries++) {
                int i = (int)draw_below(draw, (uint64_t)view->count);

                if (!is_alike(population, i))
                        continue;
                if (way == 2)
                        move(draw, population, view, i);
                else if (way == 1 && view->people[i].in[0])
                        drop_months(draw, view, i);
                else
                        drop_person(view, i);
                times--;
        }
        return times == 0;
}

/* ---- the terms: an amendment that reaches back, which one side has not taken up */

static bool plant_terms(struct draw *draw, struct population *population, int side, bool alone)
{
        struct view *view = &population->views[side];
        const int64_t before = spent(view, -1, view->threshold);

        /* What nothing explains would be put down to the terms. */
        if (population->views[0].wrong_heads || population->views[1].wrong_heads)
                return false;
        population->views[0].version = population->views[1].version = 3;
        view->version = 2;
        if (alone && population->threshold && draw_one_in(draw, 2)) {
                view->threshold = view->threshold * 3 / 4;
                return spent(view, -1, view->threshold) + 200 < before;
        }
        view->price += view->price * (1 + (int64_t)draw_below(draw, 6)) / 100;
        return true;
}

/* ---- risk scores */

static bool plant_risk(struct draw *draw, struct population *population, int side)
{
        struct view *view = &population->views[side];
        const bool all = !population->rows || draw_one_in(draw, 2);
        int left = all ? view->count : 10 + (int)draw_below(draw, 10);

        for (int i = 0; i < view->count && left > 0; i++) {
                struct person *person = &view->people[i];
                int64_t by = (int64_t)person->risk * (all ? 35 : 200) / 1000;

                if (!is_alike(population, i))
                        continue;
                person->risk = (uint32_t)((int64_t)person->risk + by);
                left--;
        }
        return left == 0 || all;
}

/* ---- carve-outs and rebates */

static bool plant_carve_out(struct draw *draw, struct population *population, int side)
{
        const int category = (int)draw_below(draw, (uint64_t)population->categories);
        struct view *view = &population->views[side];
        const struct view *other = &population->views[!side];

        view->left_out[category] = true;
        return population->rows || other->parts;
}

/* A reversal that one side has not got: the month is negative by the other. */
static bool plant_reversals(struct draw *draw, struct population *population, int side)
{
        struct view *view = &population->views[side], *other = &population->views[!side];
        int times = 1 + (int)draw_below(draw, 5);

        for (int tries = 0; tries < 1000 && times > 0; tries++) {
                int i = (int)draw_below(draw, (uint64_t)view->count);
                int month = (int)draw_below(draw, MONTHS);

                if (!counts(view, &view->people[i], month) ||
                    !counts(other, &other->people[i], month))
                        continue;
                other->people[i].early[month] = -1000 - (int64_t)draw_below(draw, 50000);
                other->people[i].late[month] = view->people[i].late[month] = 0;
                times--;
        }
        return times == 0;
}

static bool plant_rebate(struct draw *draw, struct population *population, int side, bool alone)
{
        struct view *view = &population->views[side], *other = &population->views[!side];

        if (alone && population->rows && !population->threshold && draw_one_in(draw, 3))
                return plant_reversals(draw, population, side);
        if (!other->rebate)
                other->rebate = 100000 + (int64_t)draw_below(draw, 10000000);
        view->rebate = other->rebate;
        if (draw_one_in(draw, 2))
                view->rebate_apart = true;
        else
                view->rebate = 0;
        return true;
}

/* ---- money and days */

/* The side states what its members cost without cutting anything off. */
static bool plant_truncation(struct population *population, int side)
{
        struct view *view = &population->views[side];

        if (!population->threshold || !(population->rows || population->stop_loss))
                return false;
        view->threshold = 0;
        return spent(view, -1, 0) > spent(view, -1, population->threshold) + 200;
}

static bool plant_paid_through(struct population *population, int side)
{
        struct view *view = &population->views[side];
        const int64_t before = spent(view, -1, view->threshold);
        int64_t by;

        view->late = !view->late;
        by = spent(view, -1, view->threshold) - before;
        return by > 200 || by < -200;
}

/* ---- rounding: of figures that are not round already */

static int64_t months_of(const struct view *view)
{
        int64_t months = 0;

        for (int i = 0; i < view->count; i++)
                for (int month = 0; month < MONTHS; month++)
                        months += counts(view, &view->people[i], month);
        return months;
}

static bool plant_rounding(struct draw *draw, struct population *population, int side, bool alone)
{
        struct view *view = &population->views[side];

        switch (alone ? draw_below(draw, 4) : 0) {
        case 1:
                view->short_risk = true;
                return risk_of(view) % 1000 != 0;
        case 2:
                view->whole_years = true;
                return months_of(view) % MONTHS != 0;
        case 3:
                view->benchmark_dollars = true;
                return population->total && benchmark_of(view) % 100 != 0;
        default:
                view->dollars = true;
                return population_still_shows(population);
        }
}

bool population_still_shows(const struct population *population)
{
        for (int side = 0; side < 2; side++) {
                const struct view *view = &population->views[side];
                const int64_t off = view->rebate_apart ? 0 : view->rebate;

                if (view->dollars && (spent(view, -1, view->threshold) - off) % 100 == 0)
                        return false;
        }
        return true;
}

/* A figure that is simply wrong: of the rows, or where nothing else could explain it. */
static bool plant_other(struct draw *draw, struct population *population, int side, bool alone)
{
        struct view *view = &population->views[side];

        if (alone && draw_one_in(draw, 2)) {
                view->wrong_cents = 12345 + (int64_t)draw_below(draw, 1000000) * 7;
                return true;
        }
        view->wrong_heads = 1000 + (int64_t)draw_below(draw, 5);
        return population->rows;
}

bool population_plant(struct draw *draw, struct population *population, enum cause cause, int side,
                      bool alone)
{
        switch (cause) {
        case CAUSE_ROSTER:
                return plant_roster(draw, population, side);
        case CAUSE_TERMS:
                return plant_terms(draw, population, side, alone);
        case CAUSE_RISK:
                return plant_risk(draw, population, side);
        case CAUSE_CARVE_OUT:
                return plant_carve_out(draw, population, side);
        case CAUSE_TRUNCATION:
                return plant_truncation(population, side);
        case CAUSE_REBATE:
                return plant_rebate(draw, population, side, alone);
        case CAUSE_PAID_THROUGH:
                return plant_paid_through(population, side);
        case CAUSE_ROUNDING:
                return plant_rounding(draw, population, side, alone);
        case CAUSE_OTHER:
                return plant_other(draw, population, side, alone);
        default:
                return false;
        }
}
