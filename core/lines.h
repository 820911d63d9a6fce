/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every line a statement can have: its number on the wire, its unit, the rule it follows, what it
 * is, and how it is made of the lines above it. A line without a clause does not compile. A clause
 * names where a rule is written down, for programmes with such a rule and for contracts that borrow
 * it; what binds is the terms. Numbers are never reused. The rows are in core/steps/, by family.
 *
 * How a line is made, its formula, is text for people and for programs that check statements:
 *   name             of the lines above the latest of that name, or that feeds the quantity of that
 *                    name; looked for among those with this line's item (without one, where it has
 *                    none), then those without an item, then, if it names no quantity, all. A
 *                    quantity that no such line feeds is 0, but factor and fraction are 1
 *   terms.name       a parameter of the step, or what stands for it where it is not given
 *   run.payment run.months    the planned day of payment; the period's whole months
 *   12  0.5          a number
 *   + - * /          exact; min(a, b, ...), max(a, b, ...)
 *   >= <= > < =      a flag, 1 or 0; and, or, not
 *   sum(a)           of a, for each item that the first name in it has lines of
 *   cents(a) dollars(a) decimals(a, n)   rounded, halves away from zero
 *   rounded(a, u, m) to the unit that the word terms.u says, in the way that terms.m says
 *   floor(a), isqrt(a)        the whole number not above a, and not above its square root
 *   table(a, t)      the value at a of the table terms.t, on the straight lines of its bands
 *   bands(a, t)      of a, what falls into each band of the table terms.t, at the band's rate;
 *   bands(a, b, t)   the same with ends that are shares of b; sign and all
 *   portion(a, w)    this item's part of the whole number a by the weights w of all items that w
 *                    has lines of: largest remainder, ties to the item that sorts first; of 0, 0
 * Tables of shares count in billionths: table(a, t) looks a itself up. Where a line can be made in
 * several ways they are separated by " | " and the line says which. A figure that was reported,
 * carried from an earlier statement or computed from member rows has none of them: the line says
 * what it came from. Every other line has one, if only "terms.rate" or "0".
 */
#ifndef ACCORD_CORE_LINES_H
#define ACCORD_CORE_LINES_H

#include <stddef.h>

#include "core/fact.h"
#include "core/steps/benchmark.h"
#include "core/steps/panel.h"
#include "core/steps/pay.h"
#include "core/steps/quality.h"
#include "core/steps/share.h"
#include "core/steps/target.h"

/*
 * What one step hands to the next. The latest line that feeds a quantity is its value: nothing is
 * handed on that no line says. With an item (a category, a member of a pool) it is that part's.
 */
#define FEEDS(X)                                                                                   \
        X(NONE, "")                                                                                \
        X(PANEL, "panel")               /* people counted */                                       \
        X(YEARS, "years")               /* person-years */                                         \
        X(MONTHS, "months_of_members")  /* member-months */                                        \
        X(EPISODES, "episodes_counted")                                                            \
        X(EXPENDITURE, "expenditure")                                                              \
        X(BASELINE, "baseline")         /* per person-year, or a budget: as it stands */           \
        X(WEIGHED, "base_years_weighed")                                                           \
        X(REFERENCE_SHARE, "reference_share")   /* of the reference year's person-years */         \
        X(REGIONAL, "regional_adjustment")                                                         \
        X(PRIOR_SUM, "prior_savings_sum")                                                          \
        X(BASE_YEARS, "base_years")                                                                \
        X(PRIOR, "prior_savings_adjustment")                                                       \
        X(OTHER, "other_adjustment")                                                               \
        X(CHOSEN, "chosen_adjustment")                                                             \
        X(BENCHMARK, "benchmark")                                                                  \
        X(SAVINGS, "savings")                                                                      \
        X(QUALITY, "quality")           /* 0 to 1 */                                               \
        X(FACTOR, "factor")             /* what part of the highest rate quality earns */          \
        X(FRACTION, "fraction")         /* of the rate, for savings below the minimum */           \
        X(GENERATED, "generated")       /* savings or losses that are shared */                    \
        X(AMOUNT, "amount")             /* > 0 the bearer pays */                                  \
        X(RECOUPED, "recouped")         /* of the amount, by advances */

enum feed {
#define X(code, name) FEED_##code,
        FEEDS(X)
#undef X
        FEED_COUNT,
};

/* code, name, number, unit, what it feeds, clause, what the figure is, how it is made */
#define LINES(X)                                                                                   \
        LINES_PANEL(X)                                                                             \
        LINES_BENCHMARK(X)                                                                         \
        LINES_TARGET(X)                                                                            \
        LINES_QUALITY(X)                                                                           \
        LINES_SHARE(X)                                                                             \
        LINES_PAY(X)

enum line_code {
#define X(code, name, number, unit, feeds, clause, says, formula) LINE_##code = (number),
        LINES(X)
#undef X
};

struct line_info {
        enum line_code code;
        const char *name;       /* "after_sequestration": as in JSON and CSV */
        enum unit unit;
        enum feed feeds;
        const char *clause;
        const char *says;
        const char *formula;    /* "a * b | a + b"; empty: not calculated */
};

/* NULL when there is no such line. line_at() walks the tables to NULL. */
const struct line_info *line_info(unsigned int code);
const struct line_info *line_at(size_t place);
const char *feed_name(enum feed feed);

#endif
