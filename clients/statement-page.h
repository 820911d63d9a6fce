/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement in every format. What is printed depends on the statement alone: both sides read
 * the same.
 */
#ifndef ACCORD_CLIENTS_STATEMENT_PAGE_H
#define ACCORD_CLIENTS_STATEMENT_PAGE_H

#include "clients/lib/query.h"
#include "clients/output.h"

/*
 * Files that figures came from where nothing was logged: facts by their entry, carried figures by
 * their run, both counting from 1.
 */
#define ORIGINS_MAX 64

struct origins {
        const char *facts[ORIGINS_MAX], *carried[ORIGINS_MAX];
};

/* @origins: NULL: figures came from the log. */
void statement_print(struct out *out, const struct accord_statement *statement,
                     const struct origins *origins);

/* First of all: a hub can sign what makes no sense. EXIT_INTEGRITY, having said so. */
enum exit_code statement_check(const struct statement *statement);

/* "medicare pays cascade-aco $ 4,007,011.00 on 2025-10-15." Returns @ret. */
#define RESULT_MAX 1024
char *statement_result(const struct statement *statement, char ret[RESULT_MAX]);

#endif
