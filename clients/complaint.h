/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is wrong with a file somebody wrote: where, why, and what to do. All of it is collected, so
 * that one look repairs the file; what does not fit is counted.
 */
#ifndef ACCORD_CLIENTS_COMPLAINT_H
#define ACCORD_CLIENTS_COMPLAINT_H

#include <stddef.h>
#include <stdio.h>

#include "core/outcome.h"

#define COMPLAINTS_MAX 100

struct complaint {
        size_t line, column; /* from 1; 0 where the place is only known by @where */
        char where[160];     /* JSON pointer, or the CSV column; may be empty */
        char says[320];
};

struct complaints {
        size_t count, more;
        struct complaint list[COMPLAINTS_MAX];
};

/* Answers REFUSAL_BAD_VALUE, so that a reader can end with it. */
int complaints_add(struct complaints *to, const char *where, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
int complaints_add_at(struct complaints *to, size_t line, size_t column, const char *where,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* One a line, as compilers do: "terms.json:12:9: /steps/3/up: ...". */
void complaints_print(const struct complaints *complaints, const char *file, FILE *to);

#endif
