/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The figures of a release, each with who brings how much to it: before anything was decided, so
 * nothing here leaves the desk. Means are over providers by their revenue; each provider's index is
 * taken to nine decimals first.
 */
#ifndef ACCORD_DAEMON_RELEASE_FIGURES_H
#define ACCORD_DAEMON_RELEASE_FIGURES_H

#include "core/disclose.h"
#include "daemon/release_gather.h"

#define FIGURE_SETS 2

/* Contributions: a figure can rest on more than one amount, and passes by each. */
struct contributions {
        struct contribution *rows;
        size_t count, room;
        bool has_part;
};

struct drawn_figure {
        enum figure_code figure;
        struct item item;
        bool calculable;
        struct exact value;             /* not rounded */
        bool has_coverage;
        struct exact coverage;
        struct contributions sets[FIGURE_SETS];
        bool has_people;
        uint64_t people, of_people;
        bool is_open;                   /* made of what is public alone */
        int64_t cell, whole;            /* of a table: the amount that the share is of, and all */
};

/* Owns its figures; a value: { .figures = NULL }. */
struct drawn_figures {
        struct drawn_figure *figures;
        size_t count, room;
};

/* Those of the table of figures, in its order; items in order. Returns 0; -errno. */
int release_figures(const struct gathered *from, const struct release_at *at,
                    struct drawn_figures *ret);
void drawn_figures_cleanup(struct drawn_figures *figures);

/* ---- what one provider's payers come to; daemon/release_provider.c */

#define NANO INT64_C(1000000000)

/* An index to nine decimals; below 0: not calculable. */
struct provider_figures {
        uint32_t provider;
        int64_t revenue, dollars;
        uint64_t members;
        int64_t alignment, shared, conflict, aligned;
        bool knows_all_source;
        int64_t all_source;
};

/* What one contract has at stake on one thing, and what of its dollars is so. */
struct stake {
        uint32_t payer, provider, bearer_no, earner_no;
        bool programme;
        struct measure_key key;
        int64_t dollars;
        uint64_t mark;
        bool shared, outside, aligned;
};

/* Of all providers, in the order in which they first come. Owns its lists. */
struct sides {
        struct provider_figures *providers;
        size_t count, room;
        struct stake *stakes;
        size_t stake_count, stake_room;
};

int release_sides(const struct gathered *from, const struct release_at *at, struct sides *ret);
void sides_cleanup(struct sides *sides);
const struct provider_figures *sides_of(const struct sides *sides, uint32_t provider);

/* Of anything: equal ones have equal marks, others nearly never. */
uint64_t mark_of(uint64_t before, const void *data, size_t size);

/* The mean of F1 over the pairs of payers that let @earner's measures be public; NANO; -1. */
int open_alignment(const struct gathered *from, const struct name *earner, int64_t *ret);

#endif
