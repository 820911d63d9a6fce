/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that files and tables use for what core counts in enums. Each table ends with a NULL
 * word.
 */
#ifndef ACCORD_CLIENTS_WORDS_H
#define ACCORD_CLIENTS_WORDS_H

#include <stdbool.h>

#include "core/bytes.h"

struct word {
        const char *word;
        int means;
};

extern const struct word applies_words[], standing_words[], business_words[], side_words[],
        duty_words[], decider_words[], run_kind_words[], status_words[];

/* NULL when the table has none. */
const char *word_of(const struct word *words, int means);
bool word_parse(const struct word *words, struct bytes text, int *ret);
/* "binding, advisory or shadow": for complaints. Returns @ret. */
char *words_list(const struct word *words, char ret[200]);

#endif
