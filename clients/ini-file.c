/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/ini-file.h"

#include <errno.h>
#include <ini.h>
#include <string.h>

struct reading {
        struct bytes left;
        ini_setting_fn *take;
        void *with;
        struct complaints *to;
        size_t line;
        int r;
};

/* inih tells no line numbers and cuts long lines in two: so both are seen to here. */
static char *next_line(char *text, int size, void *stream)
{
        struct reading *reading = stream;
        const char *at = reading->left.data, *end;
        size_t length;

        if (reading->left.size == 0 || reading->r)
                return NULL;
        end = memchr(at, '\n', reading->left.size);
        length = end ? (size_t)(end - at) + 1 : reading->left.size;
        reading->line++;
        if (length >= (size_t)size || memchr(at, '\0', length)) {
                reading->r = REFUSAL_MALFORMED;
                complaints_add_at(reading->to, reading->line, 0, "",
                                  "is too long for a line, or no text");
                return NULL;
        }
        memcpy(text, at, length);
        text[length] = '\0';
        reading->left = (struct bytes) { at + length, reading->left.size - length };
        return text;
}

static int take_setting(void *with, const char *section, const char *name, const char *value)
{
        struct reading *reading = with;
        const struct ini_setting setting = { section, name, value, reading->line };

        if (!reading->r)
                reading->r = reading->take(reading->with, &setting, reading->to);
        return reading->r == 0;
}

int ini_read(struct bytes text, ini_setting_fn *take, void *with, struct complaints *to)
{
        struct reading reading = { .left = text, .take = take, .with = with, .to = to };
        int bad = ini_parse_stream(next_line, &reading, take_setting, &reading);

        if (reading.r)
                return reading.r;
        if (bad < 0)
                return -ENOMEM;
        if (bad == 0)
                return 0;
        complaints_add_at(to, (size_t)bad, 0, "", "is neither [section] nor name = value");
        return REFUSAL_MALFORMED;
}
