/* SPDX-License-Identifier: Apache-2.0 */
/*
 * May it be shown to who is not party to it? One module decides, for every figure of many that
 * leaves the hub; each refusal is by a named rule. To everybody else every "no" looks the same.
 * Tables with totals: core/disclose_table.h. Source: reference formulas section 9, DESIGN 11:
 * the withdrawn DOJ/FTC safety zone, CMS's cells, (n,k), p %. A floor, no safe harbour.
 *
 * A figure is the whole of what its contributors bring, or a part of that whole. Both payers and
 * providers are respondents, each tested by itself; who is owned alike is one respondent, which the
 * caller has seen to by its numbers. Pure, no allocation; amounts in any one unit, not below 0.
 */
#ifndef ACCORD_CORE_DISCLOSE_H
#define ACCORD_CORE_DISCLOSE_H

#include <stddef.h>

#include "core/charter.h"
#include "core/exact.h"

/* The number is for tables only; the word is for the hub's journal. */
#define DISCLOSURE_RULES(X)                                                                      \
        X(PASSES,       "passes")                                                                \
        X(LAG,          "lag")          /* what it is of has not ended long enough ago */        \
        X(CONTRIBUTORS, "contributors") /* too few */                                            \
        X(SHARE,        "share")        /* one of them has too much of it */                     \
        X(DOMINANT,     "dominant")     /* (n,k): the largest few together do */                 \
        X(ESTIMATE,     "estimate")     /* p %: the largest could be calculated too closely */   \
        X(CELL,         "cell")         /* so few people that somebody could know who */         \
        X(CHANGE,       "change")       /* differs from an earlier release by too little */      \
        X(COMPLEMENT,   "complement")   /* another one could be calculated from it */

enum disclosure_rule {
#define X(name, word) DISCLOSURE_##name,
        DISCLOSURE_RULES(X)
#undef X
        DISCLOSURE_COUNT,
};

const char *disclosure_rule_word(enum disclosure_rule rule);

/* ---- who brings what */

/* Of all: what of a public programme is public are its terms, not what its providers are paid. */
enum respondents { BY_PAYER, BY_PROVIDER, BY_PROVIDER_OF_ALL };

/* @part of @whole: 0 <= part <= whole. */
struct contribution {
        uint32_t payer, provider;       /* numbers; equal ones are one respondent */
        int64_t whole, part;
        bool is_public;                 /* its own terms, or a public programme's: known to all */
        uint64_t mark;                  /* of what it says: another one is another contribution */
        uint32_t payer_no, provider_no; /* the caller's own: not looked at */
};

/* Which amount of a contribution. */
enum disclosed_part { DISCLOSED_WHOLE, DISCLOSED_PART, DISCLOSED_REST };

struct respondent {
        uint64_t no;
        int64_t amount;
        uint64_t mark;                  /* of all its contributions; their order does not matter */
};

/*
 * disclose_respondents() - the one place where what is public is taken out
 * @ret: room for @count; comes in order of number
 *
 * What all know hides nobody: it is no contribution. Nor is nothing.
 * Sums above INT64_MAX are an assertion: each is within MONEY_MAX, and there are few thousands.
 */
size_t disclose_respondents(const struct contribution *rows, size_t count, enum respondents by,
                            enum disclosed_part part, struct respondent *ret);

/* ---- the rules, one by one; @rules NULL: disclosure_default */

/*
 * disclose_dominance() - contributors, share, (n,k), p %
 * @respondents: in any order; is put into another one
 *
 * Of nobody there is nothing to hide. p % holds against two that put together what they know:
 * without the largest and the next two, as much must be left as p % of the largest.
 */
enum disclosure_rule disclose_dominance(const struct disclosure_rules *rules,
                                        struct respondent *respondents, size_t count);

/* p % against @knowing others that put together what they know; 1: as statistics offices do. */
bool disclose_estimate(struct rate p, struct respondent *respondents, size_t count,
                       uint32_t knowing);

/* One count of people: 0, or at least the least. */
bool disclose_cell(const struct disclosure_rules *rules, uint64_t people);
/* So many of so many: those, all, and the others. */
enum disclosure_rule disclose_cells(const struct disclosure_rules *rules, uint64_t numerator,
                                    uint64_t denominator);

/* What ended on @until is old enough on @today. */
bool disclose_lag(const struct disclosure_rules *rules, date until, date today);

/*
 * disclose_changed() - what of one release is not in another: a figure of its own
 * @now, @before: in order of number, as disclose_respondents() gives them
 * @ret:          who came, went or says something else, and how much more or less that is; room for
 *                both together
 */
size_t disclose_changed(const struct respondent *now, size_t now_count,
                        const struct respondent *before, size_t before_count,
                        struct respondent *ret);

/*
 * disclose_change() - of nobody, or of at least so many of whom none stands out
 * Whoever has both releases has the difference: it is held to the same rules as what is shown. Five
 * changes of which four are a cent hide nothing. In disclose() changes are taken between each payer
 * and provider first, and then added up for each: who takes from one what it gives to another has
 * changed both.
 */
enum disclosure_rule disclose_change(const struct disclosure_rules *rules,
                                     struct respondent *changed, size_t count);

/* ---- all of them */

/*
 * What another release rested on in which the figure was shown, by today's numbers of who is owned
 * alike: else who changes owners would seem to change all it brings.
 */
struct disclosed_before {
        const struct contribution *rows;
        size_t count;
};

struct disclosed {
        const struct contribution *rows;
        size_t count;
        bool has_part;                  /* the figure is parts by wholes */
        bool is_of_figures;             /* of what was paid or earned, not of terms alone */
        bool has_people;
        uint64_t people, of_people;     /* numerator and denominator */
        date until, today;
        const struct disclosed_before *before;
        size_t before_count;
};

/* Respondents to work in: for this one and any of those before, three times. */
size_t disclose_room(const struct disclosed *what);

/*
 * disclose() - by every rule, as payers and as providers bring it, of whole, part and rest
 *
 * A part that is nothing, or all, is shown as such. Returns the first rule that it breaks.
 */
enum disclosure_rule disclose(const struct disclosure_rules *rules, const struct disclosed *what,
                              struct respondent *room);

/* ---- after the rules, never instead of them: halves away from zero */

int64_t disclose_round_cents(const struct disclosure_rules *rules, struct exact cents);
/* In millionths. */
struct rate disclose_round_rate(const struct disclosure_rules *rules, struct exact rate);

/*
 * disclose_round_terms() - an index that says what terms have in common: as above, and cut off
 * All or nothing would tell everybody in it the terms of everybody else: from 95 % on it is 95 %,
 * up to 5 % it is 5 %.
 */
struct rate disclose_round_terms(const struct disclosure_rules *rules, struct exact rate);
/* Is this one that was cut off? 1: it is as much or more; -1: as much or less; 0: neither. */
int disclose_is_cut(struct rate rate);

/*
 * disclose_round_squares() - a sum of squares of shares: to 5 hundredths at least
 * Near its least value it says how large each share is: the finer it is, the closer.
 */
struct rate disclose_round_squares(const struct disclosure_rules *rules, struct exact sum);

#endif
