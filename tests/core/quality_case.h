/* SPDX-License-Identifier: Apache-2.0 */
/* Measures, their facts, and figures carried from the period before. */
#ifndef ACCORD_TESTS_CORE_QUALITY_CASE_H
#define ACCORD_TESTS_CORE_QUALITY_CASE_H

#include "core/steps.h"
#include "tests/core/settling.h"

/* A measure step; of a scale where one is given. */
struct step *measure(const char *name, const char *scale);
/* The same on the line from one rate of a hundred to another. */
struct step *linear(const char *name, int64_t worst, int64_t best);
/* Met by so many of so many. */
void measured(const char *name, int64_t met, int64_t eligible);

struct step *composite(const char *source);
struct step *domain(const char *name, int64_t weight);

/* All of a fee of a dollar at the risk of quality, and the end. */
void end_by_quality(void);

/* What the period before hands on, for came_after() and stops_after(). */
void carries(enum carry what, const char *item, int64_t num, int64_t den);
const struct statement *came_after(void);
void stops_after(const char *says);

#endif
