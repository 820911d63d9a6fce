/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/risk/draw.h"

#include <math.h>

#define PI 3.14159265358979323846
#define BERNOULLI_MOST 400      /* people drawn one by one */

void draw_seed(struct draw *draw, uint64_t seed)
{
        *draw = (struct draw) { .state = seed };
}

/* splitmix64 (Steele, Lea, Flood 2014): every state gives another output, none is skipped. */
uint64_t draw_bits(struct draw *draw)
{
        uint64_t bits = draw->state += UINT64_C(0x9e3779b97f4a7c15);

        bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
        return bits ^ (bits >> 31);
}

double draw_uniform(struct draw *draw)
{
        return (double)((draw_bits(draw) >> 11) + 1) * 0x1p-53;
}

/* Box and Muller. */
double draw_normal(struct draw *draw)
{
        double radius, angle;

        if (draw->has_spare) {
                draw->has_spare = false;
                return draw->spare;
        }
        radius = sqrt(-2 * log(draw_uniform(draw)));
        angle = 2 * PI * draw_uniform(draw);
        draw->spare = radius * sin(angle);
        draw->has_spare = true;
        return radius * cos(angle);
}

int64_t draw_binomial(struct draw *draw, int64_t of, double rate)
{
        double mean = (double)of * rate, spread = sqrt(mean * (1 - rate));
        int64_t count = 0;

        if (of > BERNOULLI_MOST) {
                count = llround(mean + spread * draw_normal(draw));
                return count < 0 ? 0 : count > of ? of : count;
        }
        for (int64_t i = 0; i < of; i++)
                count += draw_uniform(draw) <= rate;
        return count;
}

static double below(double z)
{
        return erfc(-z / sqrt(2)) / 2;
}

/* Where the normal distribution has @quantile below it: by halving, good to the last bit. */
static double normal_quantile(double quantile)
{
        double low = -40, high = 40;

        for (int i = 0; i < 200; i++) {
                double middle = (low + high) / 2;

                if (below(middle) < quantile)
                        low = middle;
                else
                        high = middle;
        }
        return (low + high) / 2;
}

void member_cost_begin(struct member_cost *cost, double cv, double quantile)
{
        double variance = log(1 + cv * cv), z, square;

        cost->sigma = sqrt(variance);
        cost->mu = -variance / 2;
        if (quantile >= 1) {
                cost->most = INFINITY;
                cost->mean = 1;
                cost->cv = cv;
                return;
        }
        /* The moments of min(X, most), in closed form. */
        z = normal_quantile(quantile);
        cost->most = exp(cost->mu + cost->sigma * z);
        cost->mean = below(z - cost->sigma) + cost->most * (1 - quantile);
        square = exp(variance) * below(z - 2 * cost->sigma) +
                 cost->most * cost->most * (1 - quantile);
        cost->cv = sqrt(square - cost->mean * cost->mean) / cost->mean;
}

double draw_panel(struct draw *draw, const struct member_cost *cost, int64_t members)
{
        double sum = 0;

        if (members > PANEL_DRAWN_MOST)
                return 1 + cost->cv / sqrt((double)members) * draw_normal(draw);
        for (int64_t i = 0; i < members; i++)
                sum += fmin(exp(cost->mu + cost->sigma * draw_normal(draw)), cost->most);
        return sum / ((double)members * cost->mean);
}
