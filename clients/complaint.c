/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/complaint.h"

#include <stdarg.h>

static void add(struct complaints *to, size_t line, size_t column, const char *where,
                const char *format, va_list values)
{
        struct complaint *one;

        if (to->count == COMPLAINTS_MAX) {
                to->more++;
                return;
        }
        one = &to->list[to->count++];
        one->line = line;
        one->column = column;
        snprintf(one->where, sizeof(one->where), "%s", where);
        vsnprintf(one->says, sizeof(one->says), format, values);
}

int complaints_add(struct complaints *to, const char *where, const char *format, ...)
{
        va_list values;

        va_start(values, format);
        add(to, 0, 0, where, format, values);
        va_end(values);
        return REFUSAL_BAD_VALUE;
}

int complaints_add_at(struct complaints *to, size_t line, size_t column, const char *where,
                      const char *format, ...)
{
        va_list values;

        va_start(values, format);
        add(to, line, column, where, format, values);
        va_end(values);
        return REFUSAL_BAD_VALUE;
}

void complaints_print(const struct complaints *complaints, const char *file, FILE *to)
{
        for (size_t i = 0; i < complaints->count; i++) {
                const struct complaint *one = &complaints->list[i];

                fprintf(to, "%s:", file);
                if (one->line)
                        fprintf(to, "%zu:", one->line);
                if (one->line && one->column)
                        fprintf(to, "%zu:", one->column);
                if (one->where[0])
                        fprintf(to, " %s:", one->where);
                fprintf(to, " %s\n", one->says);
        }
        if (complaints->more)
                fprintf(to, "%s: and %zu more\n", file, complaints->more);
}
