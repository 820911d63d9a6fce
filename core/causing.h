/* SPDX-License-Identifier: Apache-2.0 */
/* Between the parts of core/cause.c: what one looks up while looking for causes. */
#ifndef ACCORD_CORE_CAUSING_H
#define ACCORD_CORE_CAUSING_H

#include "core/cause.h"
#include "core/exact.h"

struct causing {
        const struct cause_inputs *in;
        uint32_t *bits;                 /* of each match, found so far */
};

/* A figure of the bearer less that of the earner; who has said nothing counts as zero. */
struct exact match_delta(const struct match *match);
const struct fact *match_fact(const struct match *match);
bool match_is_two_sided(const struct match *match);

/* Disputed, or said by one side only: what may need a cause. */
bool match_is_open(const struct match *match);

/* NULL: there is none. @item NULL: the total. */
const struct match *causing_match(const struct causing *c, enum fact_kind kind,
                                  const struct match *beside, const struct item *item);
uint32_t causing_bits(const struct causing *c, const struct match *match);
static inline bool is_part_of(const struct match *part, const struct match *whole)
{
        const struct fact_key *a = &match_fact(part)->key, *b = &match_fact(whole)->key;

        return a->kind == b->kind && name_equal(&a->segment, &b->segment) &&
               period_equal(a->period, b->period) && a->item.text[0] && !b->item.text[0];
}

/* Do the sides calculate by different versions of the terms? */
static inline bool other_terms(const struct causing *c)
{
        const uint32_t *version = c->in->terms_version;

        return version[0] && version[1] && version[0] != version[1];
}

/* Is one of them the other, rounded as figures of the kind are? */
bool cause_is_rounding(enum fact_kind kind, struct exact bearer, struct exact earner);
static inline bool match_is_rounding(const struct match *match)
{
        return match_is_two_sided(match) &&
               cause_is_rounding(match_fact(match)->key.kind, exact_of_value(&match->bearer->value),
                                 exact_of_value(&match->earner->value));
}

/*
 * Does the side that is silent on the part break down its total, so that what it has no part for it
 * has not?
 */
bool cause_breaks_down(const struct causing *c, const struct match *part);

/*
 * What one side leaves out: a part that the other breaks down its total by, or by which exactly the
 * totals differ. 0: it is not.
 */
uint32_t cause_left_out(const struct causing *c, const struct match *part);

/* Of all parts that are left out, whatever they come to. */
uint32_t cause_parts_left_out(const struct causing *c, const struct match *whole);

/* Causes of the parts where the parts' differences add up to the whole's; else 0. */
uint32_t cause_of_parts(const struct causing *c, const struct match *whole);

/* ---- the rows of both sides */

/* The cells of the match's category, or of all; false: there are no rows of both sides for it. */
bool rows_cell(const struct causing *c, const struct match *match, struct roster_cell *ret);
/* Rows of people whom one side does not count, or counts in another category. */
uint32_t rows_panel(const struct causing *c, const struct match *match);
/* Why amounts of rows of both sides differ. */
uint32_t rows_amounts(const struct causing *c, const struct match *match);
/* All that the rows show. */
uint32_t rows_causes(const struct causing *c);
/* The figures of a side's rows for the match's category by the terms; NULL: not folded. */
const struct member_figures *rows_figures(const struct causing *c, const struct match *match,
                                          int side);

/* ---- why a figure that both state differs, by what it is of */

uint32_t cause_of_people(const struct causing *c, const struct match *match);
uint32_t cause_of_risk(const struct causing *c, const struct match *match);

uint32_t cause_of_spending(const struct causing *c, const struct match *match);
uint32_t cause_of_scaled(const struct causing *c, const struct match *match, bool by_volume);
/* The causes by which the people counted differ, beside a match. */
uint32_t cause_of_panel(const struct causing *c, const struct match *match);

/* Of what is left: the terms, where the sides calculate by different versions. */
uint32_t cause_unexplained(const struct causing *c);

#endif
