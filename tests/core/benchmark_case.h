/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A contract of the Shared Savings Program from its base years on: four categories of people, three
 * base years, and what a person-year of each cost. The figures are those of a worked example.
 */
#ifndef ACCORD_TESTS_CORE_BENCHMARK_CASE_H
#define ACCORD_TESTS_CORE_BENCHMARK_CASE_H

#include "tests/core/arrange.h"

#define CATEGORIES 4

extern const char *const categories[CATEGORIES];

/* The terms up to the savings: categories, expenditure, base years, region, risk and update. */
void worked_benchmark(struct terms *terms);
/* From there on: gates, quality, share, sequestration and limits of a track. */
void worked_settlement(struct terms *terms, struct shape shape);

/* All figures of the example; @people: the head count. */
void worked_facts(struct facts *facts, int64_t people);

/* The one parameter of a step that has it; fails the test when it has not. */
struct param *param_of(struct step *step, const char *name);
/* The n-th step of that kind, from 0. */
struct step *step_of(struct terms *terms, const char *kind, size_t n);
void drop_step(struct terms *terms, const char *kind, size_t n);
/* The fact of that kind, item and year; 0: 2024. */
struct fact *fact_at(struct facts *facts, enum fact_kind kind, const char *item, int year);
void drop_fact(struct facts *facts, enum fact_kind kind, const char *item, int year);

/*
 * The n-th line of that kind and item, from 0, is @text to six decimals: dollars, or a factor, as
 * people print them: "-12,345.678901".
 */
void check_printed(const struct statement *statement, enum line_code code, const char *item, int n,
                   const char *text);

#endif
