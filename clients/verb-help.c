/* SPDX-License-Identifier: Apache-2.0 */
/* help, version, completion: what accord says about itself. */
#include <string.h>

#include "clients/help.h"
#include "clients/verbs.h"

static enum exit_code help_run(struct call *call)
{
        FILE *to = out_stream(call->out);
        char name[64] = "";

        if (call->word_count == 0)
                return help_all(to);
        for (const struct topic *topic = topics; topic->name; topic++)
                if (call->word_count == 1 && strcmp(topic->name, call->words[0]) == 0) {
                        topic->print(to);
                        return EXIT_DONE;
                }
        if (call->word_count == 1 && help_noun(to, call->words[0]))
                return EXIT_DONE;
        for (size_t i = 1; i < call->word_count; i++)
                snprintf(name + strlen(name), sizeof(name) - strlen(name), "%s%s",
                         i > 1 ? " " : "", call->words[i]);
        for (size_t i = 0; verbs[i]; i++)
                if (strcmp(verbs[i]->noun, call->words[0]) == 0 &&
                    strcmp(verbs[i]->name, name) == 0) {
                        help_verb(to, verbs[i]);
                        return EXIT_DONE;
                }
        say_error("there is no help about %s%s%s; accord help lists what there is",
                  call->words[0], *name ? " " : "", name);
        return EXIT_ABSENT;
}

const struct verb verb_help = {
        .noun = "help",
        .name = "",
        .usage = "[TOPIC|NOUN [VERB]]",
        .says = "show what there is to do, or a page about one topic or verb",
        .words_most = 3,
        .unsettled = true,
        .run = help_run,
};

static enum exit_code version_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("version", "accord"),
                COLUMN("format_least", "oldest format spoken"),
                COLUMN("format_most", "newest format spoken"),
                COLUMNS_END
        };

        out_record(call->out, "version", columns, (struct cell[]) {
                cell_text(ACCORD_VERSION), cell_count(FORMAT_LEAST), cell_count(FORMAT_MOST) });
        return EXIT_DONE;
}

const struct verb verb_version = {
        .noun = "version",
        .name = "",
        .usage = "",
        .says = "show which version this is",
        .prints = true,
        .unsettled = true,
        .run = version_run,
};
