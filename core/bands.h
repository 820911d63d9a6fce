/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of a step: what rate they have at a figure, and what a figure comes to when each part of
 * it counts at the rate of the band it falls into. Bands are those of enum band_axis.
 *
 * Everything is exact. A parameter that is no table, or is not given, has no bands. The width_
 * functions do the same on the lengths of figures; what is fixed by the terms counts as it is.
 */
#ifndef ACCORD_CORE_BANDS_H
#define ACCORD_CORE_BANDS_H

#include "core/exact.h"
#include "core/widths.h"

/*
 * The rate at @at, on the straight line between its band's ends. False when no band holds it.
 * bands_at() is for whole numbers and days; bands_rate() for any table: @at is a share as such
 * (1 = 100 %), or cents.
 */
bool bands_at(const struct terms *terms, const struct step *step, const char *name, int64_t at,
              struct exact *ret);
bool bands_rate(const struct terms *terms, const struct step *step, const char *name,
                struct exact at, struct exact *ret);
struct width width_bands(struct widths *ws, const struct step *step, const char *name);
struct width width_bands_rate(struct widths *ws, const struct step *step, const char *name,
                              struct width at);

/*
 * Of |@a|, what falls into each band at the band's rate, added up; with the sign of @a. A band on
 * AXIS_SHARE goes from one share of @b to another, @b > 0; on AXIS_CENTS @b is one. What no band
 * holds counts nothing. The bands are flat: see bands_flat().
 */
struct exact bands_sum(const struct terms *terms, const struct step *step, const char *name,
                       struct exact a, struct exact b);
struct width width_bands_sum(struct widths *ws, const struct step *step, const char *name,
                             struct width a, struct width b);

/* Is every band of one rate? */
bool bands_flat(const struct terms *terms, const struct param *param);
/* Does every figure between these two, both included, lie in a band? */
bool bands_cover(const struct terms *terms, const struct param *param, enum band_axis axis,
                 int64_t from, int64_t to);
/* Are the rates of all ends between these two? */
bool bands_within(const struct terms *terms, const struct param *param, struct exact least,
                  struct exact most);

#endif
