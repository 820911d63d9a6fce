/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What runs a contract's time falls into, by all terms that both signed. A performance period is
 * one run, unless newer terms take the older ones' place within it, or the contract ends within it:
 * then each part is a run of its own, by its own terms, with its own gate.
 *
 * From when newer terms hold, in each of their performance periods:
 *   next_period    the whole of it, if it begins on the effective date or later
 *   whole_period   the whole of it, if the effective date lies before its end
 *   cut_month      from the first day of the effective date's month
 * Of several versions that hold on a day, the newest does.
 */
#ifndef ACCORD_CORE_TIMELINE_H
#define ACCORD_CORE_TIMELINE_H

#include "core/terms.h"

/* What of a version counts here. */
struct dated_terms {
        uint32_t version;
        enum applies applies;
        date effective;
        uint16_t period_count;
        struct period periods[PERIODS_MAX];     /* as in the terms: valid, ascending, apart */
};

struct timeline {
        const struct dated_terms *terms;        /* those that both signed, the oldest first */
        size_t count;
        date ends;                              /* of the contract; DATE_NONE: no end said */
};

struct part {
        struct period period;           /* what a run is for */
        struct period whole;            /* the performance period that it is, or is a part of */
        uint32_t version;               /* of the terms that hold */
};

/* The part that is exactly this period: only such a one has runs. */
bool timeline_part(const struct timeline *timeline, struct period period, struct part *ret);

/* The first part with a day on or after @day. */
bool timeline_from(const struct timeline *timeline, date day, struct part *ret);

/* The last part before the one that begins on @day: what that one carries from. */
bool timeline_before(const struct timeline *timeline, date day, struct part *ret);

/* Why there is no run for @period, and for which parts of it there are: the first few by name. */
void timeline_refuse(const struct timeline *timeline, struct period period, struct text *ret);

#endif
