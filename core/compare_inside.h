/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files that compare figures, and nobody else's. */
#ifndef ACCORD_CORE_COMPARE_INSIDE_H
#define ACCORD_CORE_COMPARE_INSIDE_H

#include "core/compare.h"

#define COMPARE_NOWHERE SIZE_MAX

struct comparing {
        const struct compare_inputs *in;
        struct compare_work *work;
        bool any;                       /* a line before differs */
};

struct exact line_exact(const struct line *line);

/* That line of the hub's statement in another one; false: it has none. */
bool compare_in(const struct comparing *c, const struct statement *other, size_t place,
                struct exact *ret);

/* Why the line at @place differs: the difference's cause and words. Lines before it are done. */
void compare_classify(struct comparing *c, size_t place, struct figure_difference *difference);

#endif
