/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Chance, seeded: the same seed gives the same draws on every machine. Floating point is allowed
 * here and in what stands on it, and nowhere near a settlement that counts.
 *
 * What one member costs in a year is lognormal with mean 1 and the coefficient of variation given,
 * cut off at a quantile as contracts truncate large claims; what a panel costs is the mean of its
 * members, by the normal distribution where there are many.
 */
#ifndef ACCORD_CLIENTS_RISK_DRAW_H
#define ACCORD_CLIENTS_RISK_DRAW_H

#include <stdbool.h>
#include <stdint.h>

struct draw {
        uint64_t state;
        double spare;           /* normal draws come in pairs */
        bool has_spare;
};

void draw_seed(struct draw *draw, uint64_t seed);
uint64_t draw_bits(struct draw *draw);
double draw_uniform(struct draw *draw);         /* above 0, at most 1 */
double draw_normal(struct draw *draw);          /* mean 0, standard deviation 1 */
/* How many of @of do, when each does with probability @rate. */
int64_t draw_binomial(struct draw *draw, int64_t of, double rate);

/* A member's cost, after truncation, as a multiple of its mean after truncation. */
struct member_cost {
        double mu, sigma;       /* of the logarithm */
        double most;            /* truncated at, as a multiple of the mean before truncation */
        double mean, cv;        /* after truncation */
};

/* @cv > 0; @quantile above 0, below 1: where truncation cuts, 1: nowhere. */
void member_cost_begin(struct member_cost *cost, double cv, double quantile);

#define PANEL_DRAWN_MOST 5000   /* members drawn one by one; more: their mean is drawn */

/* What the members of a panel cost on average: 1 is what is expected. */
double draw_panel(struct draw *draw, const struct member_cost *cost, int64_t members);

#endif
