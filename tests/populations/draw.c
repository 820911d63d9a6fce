/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "tests/draw.h"
#include "tests/populations/population.h"

uint64_t draw_below(struct draw *draw, uint64_t below)
{
        return splitmix(&draw->state) % below;
}

/* Ascending, as blocks are; keyed pseudonyms look like noise. */
static void name(struct draw *draw, int number, uint8_t ret[PSEUDONYM_SIZE])
{
        for (unsigned int i = 0; i < PSEUDONYM_SIZE; i++)
                ret[i] = (uint8_t)draw_below(draw, 256);
        ret[0] = (uint8_t)(number >> 8);
        ret[1] = (uint8_t)number;
}

/* Most months cost something, some a lot, and in some a claim is taken back later. */
static int64_t claims(struct draw *draw)
{
        if (draw_one_in(draw, 3))
                return 0;
        return (int64_t)draw_below(draw, draw_one_in(draw, 40) ? 9000000 : 90000) + 1;
}

static int64_t paid_later(struct draw *draw, int64_t early)
{
        if (!draw_one_in(draw, 6))
                return 0;
        if (early > 1 && draw_one_in(draw, 5))
                return -(int64_t)draw_below(draw, (uint64_t)early);
        return (int64_t)draw_below(draw, 40000) + 1;
}

static void draw_person(struct draw *draw, int number, int categories, struct person *ret)
{
        int from = draw_one_in(draw, 4) ? (int)draw_below(draw, MONTHS) : 0;
        int until = draw_one_in(draw, 4) ? from + 1 + (int)draw_below(draw, MONTHS) : MONTHS;
        int category = (int)draw_below(draw, (uint64_t)categories);

        memset(ret, 0, sizeof(*ret));
        name(draw, number, ret->pseudonym);
        ret->risk = (uint32_t)(RISK_ONE / 2 + draw_below(draw, 2 * RISK_ONE));
        for (int month = from; month < until && month < MONTHS; month++) {
                if (draw_one_in(draw, 90))
                        category = (int)draw_below(draw, (uint64_t)categories);
                ret->in[month] = true;
                ret->category[month] = (uint8_t)category;
                ret->early[month] = claims(draw);
                ret->late[month] = paid_later(draw, ret->early[month]);
        }
}

static void draw_view(struct draw *draw, const struct population *population, struct view *ret)
{
        ret->count = 60 + (int)draw_below(draw, PEOPLE_MAX - 60);
        for (int i = 0; i < ret->count; i++)
                draw_person(draw, i, population->categories, &ret->people[i]);
        ret->late = draw_one_in(draw, 2);
        ret->version = draw_one_in(draw, 2) ? 3 : 0;
        ret->price = 400000 + (int64_t)draw_below(draw, 1500000);
        ret->threshold = population->threshold;
        ret->rebate = draw_one_in(draw, 3) ? 100000 + (int64_t)draw_below(draw, 10000000) : 0;
        ret->parts = !draw_one_in(draw, 3);
        ret->costly = population->stop_loss ? population->threshold : 0;
}

void population_draw(struct draw *draw, struct population *ret)
{
        memset(ret, 0, sizeof(*ret));
        ret->categories = 2 + (int)draw_below(draw, CATEGORIES - 1);
        ret->rows = !draw_one_in(draw, 4);
        ret->stop_loss = draw_one_in(draw, 3);
        ret->per_capita = draw_one_in(draw, 2);
        ret->total = !ret->per_capita || draw_one_in(draw, 2);
        if (ret->stop_loss || draw_one_in(draw, 2))
                ret->threshold = 1500000 + (int64_t)draw_below(draw, 3000000);
        draw_view(draw, ret, &ret->views[0]);
        ret->views[1] = ret->views[0];
        /* One side may state totals only. */
        if (draw_one_in(draw, 5))
                ret->views[draw_below(draw, 2)].parts = false;
}
