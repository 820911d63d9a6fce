/* SPDX-License-Identifier: Apache-2.0 */
/* The releases that a party has received, out of what its node was sent and nothing else. */
#ifndef ACCORD_TESTS_DISCLOSURE_RELEASES_H
#define ACCORD_TESTS_DISCLOSURE_RELEASES_H

#include "tests/disclosure/region.h"

#define RELEASES_MAX 16

/* Lists lie in the arena. */
struct received {
        struct arena arena;
        size_t count;
        struct release releases[RELEASES_MAX];
        instant times[RELEASES_MAX];    /* of the entries that say them */
};

void releases_received(const struct region *region, size_t party, struct received *ret);
void received_free(struct received *received);

/* NULL: the release has no such figure, or does not show it. */
const struct release_figure *figure_shown(const struct release *release, enum figure_code figure,
                                          const char *item);

#endif
