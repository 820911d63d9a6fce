/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A population of members, and what two sides make of it: each derives its member rows and its
 * figures from what it has. A disagreement is planted by changing what one side has, or how it
 * reckons; everything that follows from it then follows.
 *
 * All follows from the seed.
 */
#ifndef ACCORD_TESTS_POPULATIONS_POPULATION_H
#define ACCORD_TESTS_POPULATIONS_POPULATION_H

#include "core/cause.h"

#define PEOPLE_MAX 320
#define MONTHS 12
#define FIRST_MONTH 648                 /* January 2024 */
#define CATEGORIES 5
#define ROWS_MAX (PEOPLE_MAX * MONTHS)
#define SIDE_FACTS_MAX 512

/* splitmix64 */
struct draw {
        uint64_t state;
};

uint64_t draw_below(struct draw *draw, uint64_t below);
static inline bool draw_one_in(struct draw *draw, uint64_t n)
{
        return draw_below(draw, n) == 0;
}

struct person {
        uint8_t pseudonym[PSEUDONYM_SIZE];
        bool in[MONTHS];
        uint8_t category[MONTHS];
        uint32_t risk;                  /* millionths */
        int64_t early[MONTHS];          /* cents of claims paid by the first day */
        int64_t late[MONTHS];           /* and of those paid between it and the second */
};

/* What one side has, and how it reckons. */
struct view {
        struct person people[PEOPLE_MAX];
        int count;
        bool late;                      /* its claims are paid through the second day */
        uint32_t version;               /* of the terms */
        int64_t price;                  /* cents a person-year, at a risk of 1 */
        int64_t threshold;              /* of truncation; 0: it does not truncate */
        int64_t rebate;                 /* above 0: taken off its expenditure */
        bool rebate_apart;              /* it states the rebate by itself and takes off nothing */
        bool left_out[CATEGORIES];
        bool dollars, short_risk, whole_years, benchmark_dollars;       /* what it rounds */
        int64_t wrong_heads, wrong_cents;       /* by so many its figure is off, for no reason */
        int64_t costly;                 /* states costs of members above that; 0: of none */
        bool parts;                     /* states figures by category too */
};

/* What both know and how they report. */
struct population {
        int categories;
        bool rows;                      /* both send member rows */
        bool per_capita, total;         /* which benchmarks are stated */
        bool stop_loss;                 /* costly members are stated, and stop-loss holds */
        int64_t threshold;              /* by the terms */
        struct view views[2];           /* the bearer's, the earner's */
};

/* The same for both: nothing differs. */
void population_draw(struct draw *draw, struct population *ret);

/*
 * Makes the one side's view differ by @cause, so that something that is stated shows it.
 * @alone: nothing else is planted. False: this population cannot show it.
 */
bool population_plant(struct draw *draw, struct population *population, enum cause cause, int side,
                      bool alone);

/* What was rounded is not round by itself after what was planted later. */
bool population_still_shows(const struct population *population);

/* ---- what a side says */

struct said {
        struct fact facts[SIDE_FACTS_MAX];
        size_t count;
        uint8_t columns[ROWS_MAX * MEMBER_ROW_SIZE];    /* in order, as one block */
        struct member_rows rows;
        uint8_t called[CATEGORIES];     /* its list of categories, by what they are called */
};

struct item category_item(int category);
struct period population_period(void);
date paid_through_day(const struct view *view);

void side_says(struct draw *draw, const struct population *population, int side, struct said *ret);

/* Cents of a person in a month. */
static inline int64_t paid(const struct view *view, const struct person *person, int month)
{
        return person->early[month] + (view->late ? person->late[month] : 0);
}

/* Does the side count the person's month at all? */
static inline bool counts(const struct view *view, const struct person *person, int month)
{
        return person->in[month] && !view->left_out[person->category[month]];
}

/* Expenditure of a category, below 0 of all, cut off at @threshold: before rebate and rounding. */
int64_t spent(const struct view *view, int category, int64_t threshold);
/* The mean score in millionths; the benchmark in cents, before it is rounded to dollars. */
int64_t risk_of(const struct view *view);
int64_t benchmark_of(const struct view *view);

#endif
