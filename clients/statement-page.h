/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement in every format. What is printed depends on the statement alone: both sides read
 * the same.
 */
#ifndef ACCORD_CLIENTS_STATEMENT_PAGE_H
#define ACCORD_CLIENTS_STATEMENT_PAGE_H

#include "clients/lib/query.h"
#include "clients/output.h"

/* @terms: names each step and its parameters; NULL: figures only. */
void statement_print(struct out *out, const struct accord_statement *statement,
                     const struct terms *terms);

/* First of all: a hub can sign what makes no sense. EXIT_INTEGRITY, having said so. */
enum exit_code statement_check(const struct statement *statement);

/* "medicare pays cascade-aco $ 4,007,011.00 on 2025-10-15." Returns @ret. */
#define RESULT_MAX 1024
char *statement_result(const struct statement *statement, char ret[RESULT_MAX]);

#endif
