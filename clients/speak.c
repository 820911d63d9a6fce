/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that is said to the user and is not data: on standard error. */
#include "clients/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/page.h"

static void put(const char *format, va_list arguments, const char *end)
{
        char *text = NULL;

        if (vasprintf(&text, format, arguments) < 0)
                return;
        make_harmless(text);
        fprintf(stderr, "%s%s", text, end);
        free(text);
}

static void put_line(const char *format, va_list arguments)
{
        fputs("accord: ", stderr);
        put(format, arguments, "\n");
}

void say_error(const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        put_line(format, arguments);
        va_end(arguments);
}

void say_note(const struct cli *cli, const char *format, ...)
{
        va_list arguments;

        if (cli->quiet)
                return;
        va_start(arguments, format);
        put_line(format, arguments);
        va_end(arguments);
}

void say_detail(const struct cli *cli, const char *format, ...)
{
        va_list arguments;

        if (!cli->verbose)
                return;
        va_start(arguments, format);
        put_line(format, arguments);
        va_end(arguments);
}

enum exit_code say_failure(int r, const char *format, ...)
{
        char reason[128];
        va_list arguments;

        fputs("accord: ", stderr);
        va_start(arguments, format);
        put(format, arguments, ": ");
        va_end(arguments);
        fprintf(stderr, "%s\n", strerror_r(-r, reason, sizeof(reason)));
        return EXIT_FAILED;
}

bool confirm(const struct cli *cli, const char *flag, const char *format, ...)
{
        va_list arguments;
        char answer[16];

        if (cli->no_input || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
                say_error("this needs a yes, and nobody is here to be asked: give --%s", flag);
                return false;
        }
        va_start(arguments, format);
        put(format, arguments, " [yes/no] ");
        va_end(arguments);
        if (!fgets(answer, sizeof(answer), stdin))
                return false;
        return strcmp(answer, "yes\n") == 0 || strcmp(answer, "y\n") == 0;
}
