/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long exact figures can get: the arithmetic of core/exact.h over the worst facts within their
 * limits instead of over facts. terms_check() goes through the steps with it once, at the door, so
 * that settle() can never meet a product that does not fit. Each step's file has its widths_
 * function beside its step_ function.
 */
#ifndef ACCORD_CORE_WIDTHS_H
#define ACCORD_CORE_WIDTHS_H

#include "core/exact.h"
#include "core/params.h"

/* |numerator| <= 2^num, denominator <= 2^den. */
struct width {
        int num, den;
};

#define WIDTH_MAX 119 /* bits of a signed 128-bit number, less eight: room for cents of a dollar */

/* The longest facts there are; money and counts may be sums over segments. */
#define WIDTH_MONEY ((struct width) { 54, 0 }) /* MONEY_MAX * SEGMENTS_MAX <= 2^54 */
#define WIDTH_COUNT ((struct width) { 34, 0 })
#define WIDTH_RATE ((struct width) { 30, 30 })

struct widths {
        const struct terms *terms;
        const struct step_info *info;
        bool too_long;
        int64_t weights, domains;       /* of the measures so far, and of the domains: their sums */
        struct width quality, factor, fraction, generated, amount;
        size_t lines;                                   /* the most that can be said so far */
        size_t category_count;                          /* declared so far, with this step's own */
        const struct name *categories[CATEGORIES_MAX];
};

void widths_begin(struct widths *ws, const struct terms *terms);
/* The step can say so many lines more; a step by category: so many times ws->category_count. */
void widths_lines(struct widths *ws, size_t lines);
/* The category that a step's parameter `category` names counts from that step on. */
void widths_declare(struct widths *ws, const struct step *step);

struct width width_mul(struct widths *ws, struct width a, struct width b);
struct width width_div(struct widths *ws, struct width a, struct width b);
struct width width_add(struct widths *ws, struct width a, struct width b);
/* Of whichever of the two it is. */
struct width width_either(struct width a, struct width b);
/* Of 1 - a, for a between 0 and 1. */
struct width width_rest(struct width a);

/* On the way to so many decimals: exact_round_decimals(). */
void width_decimals(struct widths *ws, struct width a, int decimals);

struct width width_of(int64_t num, int64_t den);
struct width width_of_exact(struct exact a);
/* Of a rate parameter; tables: core/bands.h. */
struct width width_rate_param(const struct step *step, const char *name);

#endif
