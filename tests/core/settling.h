/* SPDX-License-Identifier: Apache-2.0 */
/* Settling the terms and facts at hand, for tests that go step by step. */
#ifndef ACCORD_TESTS_CORE_SETTLING_H
#define ACCORD_TESTS_CORE_SETTLING_H

#include "tests/core/arrange.h"
#include "tests/core/judge.h"

/* The facts at hand; the terms at hand are those of judge.h. */
extern struct facts facts;

/* Empty terms, no facts. */
void begin(void);
/* A fee of a dollar, and the end: something to post, whatever is tested before it. */
void end(void);

struct step *attribute(const char *count, const char *category);

/* The statement; fails the test where the terms are refused or it is not calculable. */
const struct statement *came(void);
/* The same of member rows that come to these figures, the first of them of all. */
const struct statement *came_of(const struct member_figures *figures, size_t count);
/* Fails the test unless the settlement stops with these words. */
void stops(const char *says);
/* Fails the test unless the terms are refused with these words, at a step. */
void refused(const char *says);
/* Fails the test when the terms are refused. */
void accepted(void);

void is(struct exact have, int64_t num, int64_t den);

#endif
