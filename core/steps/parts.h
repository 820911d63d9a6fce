/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the steps of the benchmark share: which figures a step is for, the baseline as it stands,
 * growth, and the rounding points of amounts and of factors.
 *
 * @item NULL is the whole. Where something is wrong the settlement is stopped and false returned.
 */
#ifndef ACCORD_CORE_STEPS_PARTS_H
#define ACCORD_CORE_STEPS_PARTS_H

#include "core/widths.h"
#include "core/working.h"

#define SHARE_DECIMALS 9
#define YEARS_DECIMALS 6
#define FACTOR_MOST 1000        /* growth, and ratios of risk scores */
#define WEIGHTS_BITS 40         /* of the common denominator of base years' weights */

/* The step's figures: one, or one of each category. None: stopped, there is no category. */
size_t part_count(const struct step *step, struct working *w);
const struct item *part_item(const struct step *step, const struct working *w, size_t part);

/* The baseline as it stands. */
bool part_baseline(struct working *w, const struct item *item, struct exact *ret);
/* Its new figure, by form number @form of the line: stops where it is no amount. */
bool say_baseline(struct working *w, enum line_code code, unsigned int form,
                  const struct item *item, struct exact figure);

/*
 * @a times @b to the step's parameter decimals, of a dollar or of a factor. Money no more than
 * money can be, factors no more than FACTOR_MOST, either sign.
 */
bool amount_rounded(const struct step *step, struct working *w, struct exact a, struct exact b,
                    struct exact *ret);
bool factor_rounded(const struct step *step, struct working *w, struct exact a, struct exact b,
                    struct exact *ret);
/* One over it. */
struct exact exact_inverse(struct exact a);

/* Is it an amount per person-year, so that shares of it can be added up? */
bool is_each(struct working *w, struct exact amount);

/* The sum of @parts by the categories' @shares. */
struct exact mixed(const struct exact *shares, const struct exact *parts, size_t count);

/* ---- growth, from facts of a period */

struct growth {
        enum line_code national, regional, weight;
        struct period period;           /* of the factors; empty: the run's */
        struct period of_weight;
};

bool take_national(struct working *w, const struct growth *growth, const struct item *item,
                   struct exact *ret);
bool take_regional(struct working *w, const struct growth *growth, const struct item *item,
                   struct exact *ret);
/* Both by the national's weight, which is the category's if there is one, else the whole's. */
bool take_blend(struct working *w, const struct growth *growth, const struct item *item,
                struct exact *ret);
/* @weight times @a, and the rest times @b. */
struct exact blended(struct exact weight, struct exact a, struct exact b);

/* ---- how long figures can get */

/* Of amounts and of factors that were rounded. */
#define WIDTH_AMOUNT ((struct width) { 74, 24 })        /* MONEY_MAX at nine decimals of a dollar */
#define WIDTH_EACH ((struct width) { 58, 24 })          /* PER_CAPITA_MAX at the same */
#define WIDTH_FACTOR ((struct width) { 40, 30 })
/* Of a category's part of all person-years; of a sum of such parts of amounts per person-year. */
#define WIDTH_SHARE ((struct width) { 52, 58 })
#define WIDTH_MIXED ((struct width) { 117, 82 })

/* How many figures the step is for. */
size_t width_parts(const struct step *step, const struct widths *ws);

/* The common denominator of all base years' weights; 0: longer than WEIGHTS_BITS. */
uint64_t common_weight(const struct terms *terms);

/* Of blended(): over the common denominator. */
struct width width_blended(struct widths *ws, struct width weight, struct width a, struct width b);

#endif
