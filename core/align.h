/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Do several payers pay one provider, or one community, for the same things? Formulas F1 to F11 of
 * the reference, section 8, with the corrections of DESIGN 10. Pure, exact, no allocation.
 *
 * Dollars are cents at stake of a measure under a payer: the range from its worst to its best
 * (core/incentive.h). They are never negative. What is one payer is the caller's to say: several
 * contracts of one bearer are, and so are bearers with a common owner.
 *
 * Every index lies in [0, 1], or is not calculable, with the reason: that is an answer. Figures are
 * exact fractions. One that is a sum over pairs or payers can be too long for 128 bits; it is then
 * rounded to 12 decimals, marked so, and never wrong by more than 10^-12. Whether it is rounded
 * depends on neither the order of payers nor that of rows.
 */
#ifndef ACCORD_CORE_ALIGN_H
#define ACCORD_CORE_ALIGN_H

#include "core/exact.h"
#include "core/measure_key.h"

/* What all amounts of one kind, together, can be. */
#define ALIGN_TOTAL_MAX ((int64_t)1 << 62)

/* Where nothing else is said: targets at most two points apart are the same. */
extern const struct rate align_tolerance;

struct align_payer {
        struct name name;
        bool has_revenue;
        int64_t revenue;                /* cents it pays the provider in the period */
        bool has_keep;                  /* rho of F10: see align_keep() */
        struct exact keep;
};

/* One thing that one contract pays for. */
struct align_row {
        uint32_t payer;                 /* place in payers */
        uint32_t contract;              /* the caller's own */
        struct measure_key key;
        struct name excludes;           /* empty: nobody in particular */
        struct period period;
        bool has_target;
        struct rate target;
        bool gate;
        int64_t dollars;
        int64_t point[3];               /* F9: cents of one point more, low, central, high */
};

struct align {
        const struct align_payer *payers;
        uint32_t payer_count;
        struct align_row *rows;         /* put in order by align_prepare() */
        uint32_t row_count;
        struct rate tolerance;          /* of targets: not below 0 */
};

/*
 * align_prepare() - puts the rows in order of key and payer; to be called first, once
 *
 * Returns: NULL, or what is wrong with the figures as a sentence: an amount below 0, a sum above
 * ALIGN_TOTAL_MAX, a target that is no rate. Nothing else may be called then.
 */
const char *align_prepare(struct align *align);

/* What is the same measure: the concept alone; all of the key but which way is better; all. */
enum align_level { ALIGN_CONCEPT, ALIGN_EITHER_WAY, ALIGN_KEY };

/* The rows of one measure, [from, until). Begin with { 0, 0 }; false: there is no more. */
struct align_run { uint32_t from, until; };
bool align_next(const struct align *align, enum align_level level, struct align_run *run);

struct align_index {
        bool calculable;
        bool rounded;                   /* to 12 decimals */
        struct exact value;             /* 0 when it is not calculable */
        const char *reason;             /* NULL when it is */
};

/* Millionths, to the nearest. */
int64_t align_ppm(const struct align_index *index);

/* ---- two payers */

/* F1: measures both pay for, of all that either does. */
struct align_index align_jaccard(const struct align *align, enum align_level level, uint32_t p,
                                 uint32_t q);
/*
 * F2: the same, weighted by what part of a payer's dollars is on a measure (Ruzicka). 0 when one of
 * them has no dollars at stake, not calculable when neither has.
 */
struct align_index align_weighted(const struct align *align, enum align_level level, uint32_t p,
                                  uint32_t q);

/* ---- all payers */

/*
 * F3: F2 over all pairs, each weighted by the product of the two's revenue. Pairs without dollars
 * are left out, and payers whose revenue is not known.
 */
struct align_index align_alignment(const struct align *align, enum align_level level);

/* F4: sum of the squares of shares of revenue, times 10,000 the HHI; over what is known. */
struct align_index align_concentration_of_payers(const struct align *align);
/* F4: 1 over that: so many payers of equal size; 0 when it is not calculable. */
struct exact align_effective_payers(const struct align *align);
/* F4: the largest share, and whose: the first in the order of payers. */
struct align_index align_largest_payer(const struct align *align, uint32_t *ret_payer);
/* How many payers' revenue is known. */
uint32_t align_known_payers(const struct align *align);

/* F10: cents that are kept of one dollar saved, over payers by revenue. Can be outside [0, 1]. */
struct align_index align_keep(const struct align *align);

/* ---- measures */

/*
 * F5, F6 and F9 are of whole keys. F7, and what rests on it, is of ALIGN_EITHER_WAY: who pulls one
 * way and who pulls the other are on the same measure and not in the same group.
 */

/* Those that ask for the same: direction, period, and target within the tolerance. */
struct align_group {
        int64_t dollars;
        uint32_t rows;
        enum direction direction;
        struct period period;
        bool has_target;                /* false: those whose terms have none */
        struct rate from, to;           /* the lowest and the highest of its targets */
};

struct align_measure {
        int64_t dollars;                /* F5 */
        uint32_t payers;                /* that have it in a contract */
        uint32_t paying;                /* with dollars at stake */
        int64_t point[3];               /* F9: one point on every payer's own panel */
        /*
         * F7: the window, as wide as the tolerance, that holds most dollars; of equal ones that
         * with the lower edge, and one with a target before one without.
         */
        struct align_group group;
        struct align_index share;       /* F5: of all dollars */
        struct align_index dominant;    /* F7: of its own dollars */
};

void align_measure(const struct align *align, struct align_run run, struct align_measure *ret);

int64_t align_dollars(const struct align *align);
/* Of one payer under the rows of a run. */
int64_t align_dollars_of(const struct align *align, struct align_run run, uint32_t payer);
/* F5: sum of the squares of measures' shares. */
struct align_index align_concentration(const struct align *align);
/* F6: dollars on measures under which two payers or more have dollars at stake, of all. */
struct align_index align_shared(const struct align *align);
/* F8: dollars outside of each measure's largest group, of all. */
struct align_index align_conflict_share(const struct align *align);
/* Dollars on measures whose F7 is @threshold or more, of all. */
struct align_index align_dominant_dollars(const struct align *align, struct rate threshold);

/* ---- of anything */

/*
 * @part of @whole, both at least 0: dollars at stake of payments, a category's payments of revenue
 * from all sources. Not calculable when the whole is nothing, or the part is more than it.
 */
struct align_index align_part(int64_t part, int64_t whole);

/* An index against what the community voted. */
struct align_distance {
        bool calculable;
        bool reached;
        struct exact by;                /* above the threshold; below 0: what lacks */
};

/* @least: it is reached at or above the threshold, else at or below. */
struct align_distance align_distance(const struct align_index *index, struct rate threshold,
                                     bool least);

/*
 * F11: how far a panel of @people can be trusted by itself, in millionths: the root of people /
 * @full, at most 1. @full above 0: people that are trusted wholly, as 3,054.99.
 */
int64_t align_credibility(uint64_t people, struct rate full);

#endif
