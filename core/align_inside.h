/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of core/align share. */
#ifndef ACCORD_CORE_ALIGN_INSIDE_H
#define ACCORD_CORE_ALIGN_INSIDE_H

#include "core/align.h"

/* @part / @whole, which is above 0 and not below @part. */
struct align_index align_is(wide part, wide whole);
struct align_index align_is_not(const char *reason);

/* All dollars of one payer. */
wide align_total_of(const struct align *align, uint32_t payer);
/* What all known revenues are multiples of, at least 1: weights in it are as short as can be. */
wide align_revenue_unit(const struct align *align);

#endif
