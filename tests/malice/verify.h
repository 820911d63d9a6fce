/* SPDX-License-Identifier: Apache-2.0 */
/* `accord verify --fetch`, run as a person runs it, over a node's own memory. */
#ifndef ACCORD_TESTS_MALICE_VERIFY_H
#define ACCORD_TESTS_MALICE_VERIFY_H

#include "tests/world/node.h"

/*
 * Its exit code; into @ret_says the first thing that it says does not hold, else its verdict.
 * @program: accord. The node's keys are written to a file of its own first.
 */
int verify_fetch(const char *program, const struct accordd *accordd, const struct node *node,
                 char *ret_says, size_t size);

#endif
