/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words and names in a document. Each answers 0 or REFUSAL_BAD_VALUE, having complained; what is
 * not there leaves *ret alone.
 */
#ifndef ACCORD_CLIENTS_JSON_WORDS_H
#define ACCORD_CLIENTS_JSON_WORDS_H

#include "clients/json.h"
#include "clients/words.h"
#include "core/ident.h"

int json_want_word(const struct json_place *place, bool required, const struct word *words,
                   int *ret, struct complaints *to);
int json_want_name(const struct json_place *place, struct name *ret, struct complaints *to);

#endif
