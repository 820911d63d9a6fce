/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_TESTS_WORLD_SHARED_H
#define ACCORD_TESTS_WORLD_SHARED_H

#include <stddef.h>

#define EXIT_SKIPPED 77

/*
 * The path of a file that tests read where it lies: below $ACCORD_SHARED, else in shared/ beside
 * the source root. Says "skipped" and ends with 77 when it is not there.
 */
void shared_file(const char *source_root, const char *name, char *ret, size_t size);

#endif
