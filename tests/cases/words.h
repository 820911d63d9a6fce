/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a line, and what they say: days, periods, money, rates. Pure. */
#ifndef ACCORD_TESTS_CASES_WORDS_H
#define ACCORD_TESTS_CASES_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/message.h"

#define WORDS_MAX 512
#define LINE_MAX_LENGTH 8192

/*
 * A line, and the indented lines that go on with it, split at blanks. "..." is one word; # ends a
 * line; a comma at the end of a word is a word.
 */
struct words {
        unsigned int line;              /* of the first word */
        unsigned int count, at;
        char *word[WORDS_MAX];
        bool indented[WORDS_MAX];       /* the first of a line that goes on */
        char text[LINE_MAX_LENGTH];     /* what the words point into */
        size_t used;
};

void words_reset(struct words *words, unsigned int line);
/* Adds what stands on a line; false when it is too much. */
bool words_add(struct words *words, const char *line);

/* The next word, or NULL at the end. words_next() goes on, words_peek() does not. */
const char *words_next(struct words *words);
const char *words_peek(struct words *words);
/* Goes on past @word if that is the next; then true. */
bool words_take(struct words *words, const char *word);

/* Whether the next word is the first of an indented line. */
bool words_at_indented(const struct words *words);

/* Each answers false for what is no such thing. */
bool read_name_word(const char *text, struct name *ret);
bool read_path(const char *text, struct node_path *ret);
bool read_number(const char *text, uint64_t *ret);
bool read_day(const char *text, date *ret);
bool read_moment(const char *text, instant *ret);       /* 2025-01-01 or 2025-01-01T12:30:00 */
bool read_period(const char *text, struct period *ret); /* 2024, 2024-01-01..2024-07-01 */
bool read_money(const char *text, int64_t *ret);        /* 12.34 */
bool read_rate(const char *text, struct rate *ret);     /* 2.5%, 0.025, 1/40 */
bool read_value(const char *text, enum unit unit, struct value *ret);

/* The bits of "facts,terms,read"; "all". */
bool read_rights(const char *text, uint32_t *ret);
bool read_role(const char *text, enum role_kind *ret);
/* The refusal of that name. */
bool read_refusal(const char *text, enum refusal *ret);

#endif
