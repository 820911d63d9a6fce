/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a settlement has in hand while it goes from step to step. A step reads its parameters, takes
 * facts and what earlier steps handed on, and says lines. It keeps nothing else: what it hands on
 * is what its lines feed (core/lines.h), so that a statement lacks nothing that decided it.
 */
#ifndef ACCORD_CORE_WORKING_H
#define ACCORD_CORE_WORKING_H

#include "core/bands.h"
#include "core/params.h"
#include "core/statement.h"

/* A quantity handed on: the whole, or one category's. */
struct held {
        struct exact figure;
        bool is;
};

struct working {
        const struct terms *terms;
        const struct run *run;
        const struct settle_inputs *inputs;
        struct statement *to;
        const struct step *step;        /* the step at work, its place and kind */
        uint16_t place;
        const struct step_info *info;
        bool stopped;                   /* not calculable: no step follows */
        bool open;                      /* a limit is missing: goes on, to say how much at most */

        struct held whole[FEED_COUNT];
        struct held part[FEED_COUNT][CATEGORIES_MAX];   /* by place in categories */
        uint16_t categories[CATEGORIES_MAX];            /* items of the statement, from 1 */
        size_t category_count;

        struct exact weighted, weights;         /* of the measures so far */
        bool quality_failed;
        bool scaled;                            /* the factor is a score nobody reported yet */
};

/* ---- parameters: as given, or what stands for it; a parameter's wrong type is an assertion */

bool has_param(const struct step *step, const char *name);
struct exact rate_param(const struct working *w, const struct step *step, const char *name);
int64_t number_param(const struct working *w, const struct step *step, const char *name);
bool flag_param(const struct working *w, const struct step *step, const char *name);
bool word_is(const struct working *w, const struct step *step, const char *name, const char *word);
/* A word parameter as an item; false when it is not given. */
bool item_param(const struct step *step, const char *name, struct item *ret);

/* ---- what earlier steps handed on */

/* The whole's, zero where nothing was handed on. FEED_FACTOR and FEED_FRACTION: one. */
struct exact held(const struct working *w, enum feed feed);
bool is_held(const struct working *w, enum feed feed);
/* A category's; false where nothing was handed on for it. */
bool held_part(const struct working *w, enum feed feed, size_t category, struct exact *ret);
const struct item *category_item(const struct working *w, size_t category);
/* The latest line of that code and item (NULL: without one); false where there is none. */
bool said(const struct working *w, enum line_code code, const struct item *item, struct exact *ret);
/* How many lines of that code with an item there are; what they add up to. */
size_t said_of_items(const struct working *w, enum line_code code, struct exact *ret_sum);
/* Declares a category, once; its place. */
size_t category_add(struct working *w, const struct item *item);

/* ---- facts, carried figures, member rows: taking one says the line that it is */

/* Which fact; @item NULL: the total, @period empty (from == until): the run's. */
struct wanted {
        enum fact_kind kind;
        const struct item *item;
        struct period period;
};

/*
 * take() stops the settlement, with a reason that names the fact and who owes it, where nobody said
 * it. take_if() says and returns nothing then. The line has the fact's item, if it has one.
 */
bool take(struct working *w, enum line_code code, struct wanted wanted, struct exact *ret);
bool take_if(struct working *w, enum line_code code, struct wanted wanted, struct exact *ret);
/* A flag that nobody reported does not hold; the line is said where it does. */
bool take_flag(struct working *w, enum line_code code, enum fact_kind kind);
/* Of the period before; false when it handed on nothing of that name. */
bool take_carried(struct working *w, enum line_code code, enum carry what, const struct item *item,
                  struct exact *ret);
/*
 * The facts that take() would take: the contract's own figure, else those of all its segments; 0:
 * none. @wanted: all of it given. And whether this fact is the one of its key that is taken.
 */
size_t settle_facts(const struct terms *terms, const struct settle_inputs *inputs,
                    struct wanted wanted, const struct fact *ret[SEGMENTS_MAX]);
bool settle_reads(const struct terms *terms, const struct settle_inputs *inputs,
                  const struct fact *fact);
/*
 * Every fact of the kind for the run's period and the whole contract, each under its item, in order
 * of the items; when there are more than @room, any of them.
 */
size_t find_all(const struct working *w, enum fact_kind kind, const struct fact **ret, size_t room);
struct exact take_found(struct working *w, enum line_code code, const struct fact *fact);
/* Figures of member rows, NULL when there are none for the category (NULL: for all). */
const struct member_figures *member_figures(const struct working *w, const struct item *category);

/* The quality score: made by composite, else its fact. need_quality() stops when there is none. */
bool have_quality(struct working *w, struct exact *ret);
bool need_quality(struct working *w, struct exact *ret);

/* ---- lines; what one feeds is handed on */

void say(struct working *w, enum line_code code, struct exact figure);
void say_flag(struct working *w, enum line_code code, bool flag);
/* By the code's formula number @form, from 0. */
void say_form(struct working *w, enum line_code code, unsigned int form, struct exact figure);
/* Of a category, a measure, a member; @item NULL: as say_form(). */
void say_item(struct working *w, enum line_code code, unsigned int form, const struct item *item,
              struct exact figure);
/* From member rows. */
void say_members(struct working *w, enum line_code code, const struct item *item,
                 struct exact figure);

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
