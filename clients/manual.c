/* SPDX-License-Identifier: Apache-2.0 */
/* What the manual and the tests take from the table of verbs, so that neither is written twice. */
#include <string.h>

#include "clients/verbs.h"

/*
 * A value or word in the manual's own marking: "FILE" becomes _FILE_, and what it may take
 * literally is kept.
 */
static void put_value(FILE *to, const char *text)
{
        fputc('_', to);
        for (; *text; text++) {
                if (strchr("_*\\", *text))
                        fputc('\\', to);
                fputc(*text, to);
        }
        fputc('_', to);
}

static void put_plain(FILE *to, const char *text)
{
        for (; *text; text++) {
                if (strchr("_*\\", *text))
                        fputc('\\', to);
                fputc(*text, to);
        }
}

static void put_synopsis(FILE *to, const struct verb *verb)
{
        fprintf(to, "*accord %s%s%s*", verb->noun, *verb->name ? " " : "", verb->name);
        if (*verb->usage) {
                fputc(' ', to);
                put_plain(to, verb->usage);
        }
        for (const struct option_row *option = verb->options; option->name; option++) {
                bool needed = option->flags & OPTION_NEEDED;

                fprintf(to, " %s*--%s*", needed ? "" : "[", option->name);
                if (option->value) {
                        fputc(' ', to);
                        put_value(to, option->value);
                }
                fprintf(to, "%s%s", needed ? "" : "]", option->flags & OPTION_MANY ? "..." : "");
        }
        fputs("\n", to);
}

static void put_verb(FILE *to, const struct verb *verb)
{
        put_synopsis(to, verb);
        fputc('\t', to);
        put_plain(to, verb->says);
        fputs(".\n", to);
        if (verb->more && !strstr(verb->more, "\n\n")) {
                fputs("\n\t", to);
                put_plain(to, verb->more);
                fputc('\n', to);
        }
        for (const struct option_row *option = verb->options; option->name; option++) {
                fprintf(to, "\n\t*--%s*", option->name);
                if (option->value) {
                        fputc(' ', to);
                        put_value(to, option->value);
                }
                fputs("\n\t\t", to);
                put_plain(to, option->says);
                fputc('\n', to);
        }
        fputc('\n', to);
}

static enum exit_code manual_run(struct call *call)
{
        for (size_t i = 0; verbs[i]; i++)
                if (!verbs[i]->hidden)
                        put_verb(out_stream(call->out), verbs[i]);
        return EXIT_DONE;
}

const struct verb verb_manual = {
        .noun = "__manual",
        .name = "",
        .usage = "",
        .says = "the manual's part about verbs, for docs/accord.1.scd",
        .hidden = true,
        .unsettled = true,
        .run = manual_run,
};

static enum exit_code verbs_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("noun", "NOUN"),   COLUMN("name", "VERB"),     COLUMN("usage", "WORDS"),
                COLUMN("says", "SAYS"),   COLUMN("prints", "PRINTS"), COLUMN("writes", "WRITES"),
                COLUMNS_END
        };

        out_begin(call->out, "verb", columns);
        for (size_t i = 0; verbs[i]; i++)
                if (!verbs[i]->hidden)
                        out_row(call->out, (struct cell[]) {
                                cell_text(verbs[i]->noun), cell_text(verbs[i]->name),
                                cell_text(verbs[i]->usage), cell_text(verbs[i]->says),
                                cell_flag(verbs[i]->prints), cell_flag(verbs[i]->writes) });
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_verbs = {
        .noun = "__verbs",
        .name = "",
        .usage = "",
        .says = "the table of verbs, for the tests",
        .hidden = true,
        .prints = true,
        .unsettled = true,
        .run = verbs_run,
};
