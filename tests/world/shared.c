/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/shared.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void shared_file(const char *source_root, const char *name, char *ret, size_t size)
{
        const char *given = getenv("ACCORD_SHARED");

        if (given)
                snprintf(ret, size, "%s/%s", given, name);
        else
                snprintf(ret, size, "%s/../shared/%s", source_root, name);
        if (access(ret, R_OK) == 0)
                return;
        printf("skipped: there is no %s\n", ret);
        exit(EXIT_SKIPPED);
}
