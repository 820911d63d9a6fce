/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What terms pay for, by their words alone: no figure, no fact. It is what can be told of a
 * contract before anything was reported under it, and all that is public of an opened one.
 */
#ifndef ACCORD_CORE_REWARDED_H
#define ACCORD_CORE_REWARDED_H

#include "core/measure_key.h"

struct rewarded {
        struct measure_key key;
        struct name excludes;           /* empty: nobody in particular */
        bool has_target;
        struct rate target;
        bool gate;                      /* a gate step rests on it */
};

/*
 * rewarded_of() - measures, a reported quality score, total cost
 * @charter: the crosswalk; NULL: none
 * @ret:     in order of steps, each key once, then total cost; room for INCENTIVES_MAX
 */
struct charter;
size_t rewarded_of(const struct terms *terms, const struct charter *charter,
                   struct rewarded ret[INCENTIVES_MAX]);

#endif
