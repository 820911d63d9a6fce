/* SPDX-License-Identifier: Apache-2.0 */
/* Between the two files that read a statement, and for nobody else. */
#ifndef ACCORD_CLIENTS_STATEMENT_INSIDE_H
#define ACCORD_CLIENTS_STATEMENT_INSIDE_H

#include "clients/json.h"
#include "clients/words.h"
#include "core/statement.h"

struct reading {
        struct statement *s;
        struct complaints *to;
};

/* Each answers 0 or a refusal, having complained. */

int read_text_in(struct reading *r, const struct json_place *of, const char *key, bool required,
                 struct bytes *ret);
int read_word_in(struct reading *r, const struct json_place *of, const char *key,
                 const struct word *words, int *ret);
int read_whole_in(struct reading *r, const struct json_place *of, const char *key, bool required,
                  int64_t most, int64_t *ret);
/* A number that names an entry is a text of digits. */
int read_id_in(struct reading *r, const struct json_place *of, const char *key, uint64_t *ret);
int read_item_in(struct reading *r, const struct json_place *of, struct item *ret);
/* "exact_cents" or "exact"; flags, which have neither, by their value. */
int read_figure_in(struct reading *r, const struct json_place *of, enum unit unit,
                   struct exact *ret);

/* By which version of facts in dispute it is: "by_bearer", "by_earner", "basis", "disputed". */
int read_versions(struct reading *r, const struct json_place *root);

#endif
