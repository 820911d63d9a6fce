/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that print statements, and by nobody else. */
#ifndef ACCORD_CLIENTS_STATEMENT_PRINT_H
#define ACCORD_CLIENTS_STATEMENT_PRINT_H

#include <stdarg.h>

#include "clients/statement-page.h"

/* The page for people; @fractions: show what was rounded for it. */
void statement_page(FILE *to, const struct accord_statement *statement,
                    const struct origins *origins, bool fractions);

/* Who said a fact: the bearer's or earner's name. */
const char *fact_speaker(const struct statement *statement, const struct used_fact *fact);
/* "medicare, in log entry 14, event 1"; "the statement of run 7". */
#define ORIGIN_MAX 512
char *fact_origin(const struct statement *statement, const struct origins *origins,
                  const struct used_fact *fact, char ret[ORIGIN_MAX]);
char *carried_origin(const struct origins *origins, const struct carried *carried,
                     char ret[ORIGIN_MAX]);

/* The parameters of one step, one a line. */
void step_params_print(FILE *to, const struct terms *terms, size_t place);

#endif
