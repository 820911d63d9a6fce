/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/finding.h"

void finding_clear(struct finding *finding)
{
        memset(finding, 0, sizeof(*finding));
}

int finding_say(struct finding *finding, enum table table, uint64_t index, const char *format, ...)
{
        va_list arguments;

        finding->table = table;
        finding->index = index;
        va_start(arguments, format);
        vsnprintf(finding->says, sizeof(finding->says), format, arguments);
        va_end(arguments);
        return -EILSEQ;
}
