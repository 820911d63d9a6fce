/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A settlement as a story: which chapter a step belongs to, and what it means when a step says
 * nothing.
 */
#ifndef ACCORD_CLIENTS_STORY_H
#define ACCORD_CLIENTS_STORY_H

#include <stddef.h>

#include "core/statement.h"
#include "core/terms.h"

/* In the order in which they are told. */
#define CHAPTERS(X)                                                                                \
        X(PEOPLE, "People")                                                                        \
        X(BENCHMARK, "Benchmark")                                                                  \
        X(ADJUSTMENTS, "Adjustments")                                                              \
        X(ACTUAL, "Actual")                                                                        \
        X(SAVINGS, "Savings")                                                                      \
        X(QUALITY, "Quality")                                                                      \
        X(GATES, "Gates")                                                                          \
        X(SHARE, "Share")                                                                          \
        X(LIMITS, "Limits")                                                                        \
        X(PAYMENT, "Payment")                                                                      \
        X(RESULT, "Result")

enum chapter {
#define X(code, name) CHAPTER_##code,
        CHAPTERS(X)
#undef X
        CHAPTER_COUNT
};

const char *chapter_name(enum chapter chapter);
/* CHAPTER_PAYMENT for a step whose kind is not known here. */
enum chapter chapter_of(const struct step *step);
bool chapter_is_known(const char *kind);

/* Why a step of this kind has no lines, as a sentence; NULL: nothing special. */
const char *silence_of(const struct step *step);

/*
 * The facts that a step would have read as exceptions, and none of its lines is: names in @ret,
 * separated by ", ". Empty when there is none.
 */
#define EXCEPTIONS_MAX 512
char *exceptions_not_read(const struct terms *terms, const struct statement *statement,
                          size_t place, char ret[EXCEPTIONS_MAX]);

#endif
