/* SPDX-License-Identifier: Apache-2.0 */
/* Terms and facts put together by hand, for tests that have nothing but core. */
#ifndef ACCORD_TESTS_CORE_ARRANGE_H
#define ACCORD_TESTS_CORE_ARRANGE_H

#include "core/lines.h"
#include "core/statement.h"
#include "core/terms.h"

/* Good terms without steps: calendar year 2024, no segments, no rules. */
void arrange_terms(struct terms *terms);

struct step *with_step(struct terms *terms, const char *kind);
void with_rate(struct step *step, const char *name, int64_t num, int64_t den);
void with_word(struct step *step, const char *name, const char *word);
void with_count(struct step *step, const char *name, int64_t count);
void with_cents(struct step *step, const char *name, int64_t cents);
void with_flag(struct step *step, const char *name, bool flag);
/* Bands of one parameter must be given one after the other. */
void with_band(struct terms *terms, struct step *step, const char *name, struct band band);

/* Whatever is saved or lost is the earner's: a gate without a minimum, and a share. */
void with_all_shared(struct terms *terms);

/*
 * What a contract of the Shared Savings Program has in common: sizes, sequestration by day of
 * payment.
 */
void with_size_table(struct terms *terms, struct step *gate);
void with_sequestration(struct terms *terms, struct step *sequester);

/* The tracks, as their published rules have them. */
enum track { ONE_SIDED_40, ONE_SIDED_50, FIXED_LOSS_50, TRACK_2, ENHANCED };
enum quality_rule { SCALED, GATED };

struct shape {
        enum track track;
        enum quality_rule quality;
        bool elected;                   /* a flat minimum of 2% instead of the table */
        bool half_below;                /* low revenue shares at half below the minimum */
        bool guardrail, advance;
        bool limit_first;               /* limit before sequestration: not the program's order */
        const char *unit;               /* NULL: cent */
};

void arrange_mssp(struct terms *terms, struct shape shape);

struct facts {
        struct fact list[512];
        size_t count;
};

void facts_begin(struct facts *facts);
/* One of the whole contract and the year, by whom custom has it. */
struct fact *fact_is(struct facts *facts, enum fact_kind kind, int64_t num, int64_t den);

/* The same of a category, measure or name; and of a calendar year other than 2024. */
struct fact *fact_of(struct facts *facts, enum fact_kind kind, const char *item, int64_t num,
                     int64_t den);
struct fact *fact_in(struct facts *facts, int year, enum fact_kind kind, const char *item,
                     int64_t num, int64_t den);

/* Benchmark, savings and head count in one. */
void facts_money(struct facts *facts, int64_t benchmark, int64_t savings, int64_t people);

struct run run_of_2024(date payment);
/* Settles into a statement of its own, which lives until the next call. */
const struct statement *settled(const struct terms *terms, const struct facts *facts, date payment);

/* The last line of that kind; fails the test when there is none. */
struct exact line_of(const struct statement *statement, enum line_code code);
bool has_line(const struct statement *statement, enum line_code code);
/* The last of that kind and item; with no item the whole's. */
struct exact line_of_item(const struct statement *statement, enum line_code code,
                          const char *item);
/* How many lines of that kind there are. */
size_t lines_of(const struct statement *statement, enum line_code code);

#define IN_FORCE date_of(2025, 10, 15)          /* sequestration at 2% */
#define SUSPENDED date_of(2021, 10, 15)         /* at 0 */

#endif
