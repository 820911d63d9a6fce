/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which measure it is: what is measured, by which version of its specification, of whom, and which
 * way is better. Two payers pay for the same only where all four are the same; where only the
 * concept is, the rest is friction under one name.
 *
 * Terms name a measure by a word of their own, which is the item of its facts. What it is they can
 * say themselves (parameters of measure@1), else the community's crosswalk says it, that for this
 * bearer before the one for all; else it is what it is called. Which way is better is what the
 * terms' scale makes of it; the crosswalk is asked only where there is no scale of a rate.
 */
#ifndef ACCORD_CORE_MEASURE_KEY_H
#define ACCORD_CORE_MEASURE_KEY_H

#include "core/terms.h"

enum direction { DIRECTION_MORE = 1, DIRECTION_LESS = 2 };

struct measure_key {
        struct name concept;            /* "cmit.167", or the terms' own word */
        struct name version, population;        /* empty: not said */
        enum direction direction;
};

/* Concepts of what is no measure of terms; a crosswalk can say more of them by these words. */
#define CONCEPT_TOTAL_COST "total-cost"
#define CONCEPT_QUALITY_SCORE "quality-score"

struct charter;

bool measure_key_equal(const struct measure_key *a, const struct measure_key *b);

/*
 * What a step pays for: a measure step, or a fee for a measure. @charter NULL: no crosswalk.
 * @ret_target, @ret_has_target: the rate from which it scores no more, where its scale has one: the
 * best of a line, the benchmark of attainment and improvement, where a table first has the most.
 */
void measure_key_of(const struct terms *terms, const struct step *step,
                    const struct charter *charter, struct measure_key *ret,
                    struct name *ret_excludes, struct rate *ret_target, bool *ret_has_target);

/* The same of what is no step's own: one of the concepts above, by the crosswalk. */
void concept_key_of(const struct terms *terms, const char *concept, enum direction direction,
                    const struct charter *charter, struct measure_key *ret);

/* Which way the rate of a measure step's people scores more; DIRECTION_MORE where it has none. */
enum direction measure_direction(const struct terms *terms, const struct step *step);

#endif
