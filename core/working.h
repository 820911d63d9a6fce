/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a settlement has in hand while it goes from step to step. A step reads its parameters and
 * facts here, leaves what it made, and writes its lines; nothing else.
 */
#ifndef ACCORD_CORE_WORKING_H
#define ACCORD_CORE_WORKING_H

#include "core/params.h"
#include "core/statement.h"

struct working {
        const struct terms *terms;
        const struct run *run;
        const struct fact *facts;
        size_t fact_count;
        struct statement *to;
        uint16_t place;                 /* the step at work */
        const struct step_info *info;
        bool stopped;                   /* not calculable: no step follows */
        bool open;                      /* a limit is missing: goes on, to say how much at most */

        struct exact head_count, expenditure, benchmark, savings;
        struct exact weighted, weights;         /* of the measures so far */
        bool quality_known, quality_failed;
        bool scaled;                            /* the factor is a score nobody reported yet */
        struct exact quality, factor;           /* factor: 1 until a gate says otherwise */
        struct exact generated, fraction;       /* of the rate: 1 unless below the minimum */
        struct exact amount, recouped;
};

/*
 * A parameter, or what stands for it where it is not given. The step's type of it is an assertion.
 */
bool has_param(const struct step *step, const char *name);
struct exact rate_param(const struct working *w, const struct step *step, const char *name);
int64_t number_param(const struct working *w, const struct step *step, const char *name);
bool flag_param(const struct working *w, const struct step *step, const char *name);
bool word_is(const struct working *w, const struct step *step, const char *name, const char *word);

/*
 * The bands of a table parameter: the rate at @at, on the line between its band's ends. False when
 * no band holds it, or the table is not given.
 */
bool bands_at(const struct terms *terms, const struct step *step, const char *name, int64_t at,
              struct exact *ret);

/*
 * The figure of record for the period, noted as used. need_fact() stops the settlement with a
 * reason that names the fact and who owes it; fact_or() takes the default where nobody said
 * anything.
 */
bool need_fact(struct working *w, enum fact_kind kind, const struct item *item, struct exact *ret);
bool find_fact(struct working *w, enum fact_kind kind, const struct item *item, struct exact *ret);
bool flag_fact(struct working *w, enum fact_kind kind);
/* The quality score: made by composite, else its fact. need_quality() stops when there is none. */
bool have_quality(struct working *w, struct exact *ret);
bool need_quality(struct working *w, struct exact *ret);

void say(struct working *w, enum line_code code, struct exact figure);
void say_flag(struct working *w, enum line_code code, bool flag);

/* Not calculable: @says, and no further step. */
void stop(struct working *w, const char *says);
/* Not calculable for want of @kind, but the steps go on without what it would have limited. */
void leave_open(struct working *w, enum fact_kind kind);

/*
 * One pair of functions for each row of STEP_KINDS: step_share() does it, widths_share() says how
 * long it may get.
 */
struct widths;
#define X(code, function, name, version, clause, needs, makes, bars, says)      \
        void step_##function(const struct step *step, struct working *w);       \
        void widths_##function(const struct step *step, struct widths *ws);
STEP_KINDS(X)
#undef X

#endif
