/* SPDX-License-Identifier: Apache-2.0 */
/* What a verb asks of its call. */
#include "clients/verb.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"

/* A verb that asks for an option it does not list is our own mistake. */
static const struct option_row *option_row(const struct verb *verb, const char *name)
{
        for (size_t i = 0; i < OPTIONS_MAX && verb->options[i].name; i++)
                if (strcmp(verb->options[i].name, name) == 0)
                        return &verb->options[i];
        assert(!"the verb has no such option");
        return NULL;
}

const char *call_next(const struct call *call, const char *name, size_t *at)
{
        const struct option_row *option = option_row(call->verb, name);

        while (*at < call->value_count) {
                size_t place = (*at)++;

                if (call->values[place].option == option)
                        return call->values[place].value;
        }
        return NULL;
}

const char *call_value(const struct call *call, const char *name)
{
        size_t at = 0;

        return call_next(call, name, &at);
}

bool call_has(const struct call *call, const char *name)
{
        return call_value(call, name) != NULL;
}

bool call_agreed(const struct call *call, const char *question, ...)
{
        va_list arguments;
        char *text = NULL;
        bool agreed;

        if (call_has(call, "yes") || call_has(call, "dry-run"))
                return true;
        va_start(arguments, question);
        if (vasprintf(&text, question, arguments) < 0)
                text = NULL;
        va_end(arguments);
        agreed = confirm(call->cli, "yes", "%s", text ? text : "Go on?");
        free(text);
        return agreed;
}

enum exit_code call_misused(const struct call *call, const char *format, ...)
{
        va_list arguments;
        char *text = NULL;

        va_start(arguments, format);
        if (vasprintf(&text, format, arguments) < 0)
                text = NULL;
        va_end(arguments);
        if (call->verb)
                say_error("%s; see accord %s%s%s --help", text ? text : "wrong usage",
                          call->verb->noun, *call->verb->name ? " " : "", call->verb->name);
        else
                say_error("%s; see accord help", text ? text : "wrong usage");
        free(text);
        return EXIT_USAGE;
}
