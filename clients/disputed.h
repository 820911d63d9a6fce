/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts in dispute, as a statement says them: what each side says, what would be payable by either,
 * what posts all the same, what is held and why. In sentences that both sides read alike.
 */
#ifndef ACCORD_CLIENTS_DISPUTED_H
#define ACCORD_CLIENTS_DISPUTED_H

#include <stdio.h>

#include "clients/said.h"
#include "clients/statement-page.h"

struct json_object;

/* Is there anything to tell? */
static inline bool disputed_is(const struct statement *s)
{
        return s->has_versions || s->disputed_count;
}

/* Cents held, by who would pay them: >= 0 each. */
struct held {
        int64_t bearer_pays, earner_pays;
};

struct held disputed_held(const struct statement *s);

#define DISPUTED_SENTENCE_MAX 1024
typedef void disputed_tell(void *with, const char *sentence);
/* @origins: where figures came from that are in no log; NULL: from the log. */
void disputed_says(const struct statement *s, const struct origins *origins, disputed_tell *tell,
                   void *with);

/* "expenditure[aged] of hmo, 2024". */
#define THING_MAX 256
char *disputed_thing(enum fact_kind kind, const struct item *item, const struct name *segment,
                     struct period period, char ret[THING_MAX]);

/* How a figure of that kind looks, in full. */
char *disputed_value(enum fact_kind kind, const struct value *value, char ret[SAID_MAX]);

/* The page's part about it; nothing when there is nothing to tell. */
void disputed_page(FILE *to, const struct statement *s, const struct origins *origins);

/* by_bearer, by_earner, basis, disputed: into a statement's document. */
void disputed_into(struct json_object *to, const struct statement *s);

#endif
