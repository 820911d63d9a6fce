/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completion: shells ask `accord __complete WORD...`, the last word being the one to complete, and
 * get one candidate a line. Nothing means that a file may stand there.
 */
#include <stdlib.h>
#include <string.h>

#include "clients/arguments.h"
#include "clients/help.h"
#include "clients/profile.h"
#include "clients/verbs.h"
#include "core/own.h"

struct completing {
        FILE *to;
        const char *begun;              /* what is there of the word */
        char *const *words;             /* those before it */
        size_t count;
};

static void offer(const struct completing *c, const char *before, const char *word)
{
        char text[256];

        snprintf(text, sizeof(text), "%s%s", before, word);
        if (strncmp(text, c->begun, strlen(c->begun)) == 0)
                fprintf(c->to, "%s\n", text);
}

/* "interim|final": each of them. What is written in capitals stands for something else. */
static void offer_choices(const struct completing *c, const char *choices)
{
        while (choices && *choices >= 'a' && *choices <= 'z') {
                char word[64];
                size_t length = strcspn(choices, "|");

                snprintf(word, sizeof(word), "%.*s", (int)length, choices);
                offer(c, "", word);
                choices += length + (choices[length] == '|');
        }
}

static void offer_profiles(const struct completing *c)
{
        own(profile_names) char **names = NULL;

        if (profile_names(&names))
                return;
        for (char **name = names; *name; name++)
                offer(c, "", *name);
}

static void offer_value(const struct completing *c, const char *option, const char *value)
{
        if (strcmp(option, "output") == 0) {
                for (size_t i = 0; i < FORMAT_COUNT; i++)
                        offer(c, "", format_names[i]);
        } else if (strcmp(option, "profile") == 0) {
                offer_profiles(c);
        } else if (strcmp(option, "color") == 0 || strcmp(option, "progress") == 0) {
                offer_choices(c, "auto|always|never");
        } else {
                offer_choices(c, value);
        }
}

/* The value that the word before, an option, takes; NULL: it takes none, or is none. */
static const char *value_of(const struct verb *verb, const char *word, const char **ret_option)
{
        if (strcmp(word, "-o") == 0 || strcmp(word, "-p") == 0)
                word = word[1] == 'o' ? "--output" : "--profile";
        if (strncmp(word, "--", 2) != 0)
                return NULL;
        *ret_option = word += 2;
        for (size_t i = 0; verb && verb->options[i].name; i++)
                if (strcmp(verb->options[i].name, word) == 0)
                        return verb->options[i].value;
        for (size_t i = 0; switches[i].name; i++)
                if (strcmp(switches[i].name, word) == 0)
                        return switches[i].value;
        return setting_by_name(word) < SETTING_COUNT ? settings[setting_by_name(word)].value : NULL;
}

static void offer_options(const struct completing *c, const struct verb *verb)
{
        for (size_t i = 0; verb && verb->options[i].name; i++)
                offer(c, "--", verb->options[i].name);
        for (size_t i = 0; switches[i].name; i++)
                offer(c, "--", switches[i].name);
        for (size_t i = 0; i < SETTING_COUNT; i++)
                offer(c, "--", settings[i].name);
}

/* The next word of what the words so far may become, each once. */
static void offer_next(const struct completing *c, const char *so_far)
{
        char last[64] = "";
        size_t length = strlen(so_far);

        for (size_t i = 0; verbs[i]; i++) {
                char full[128], word[64];

                if (verbs[i]->hidden)
                        continue;
                snprintf(full, sizeof(full), "%s %s", verbs[i]->noun, verbs[i]->name);
                if (strncmp(full, so_far, length) != 0)
                        continue;
                snprintf(word, sizeof(word), "%.*s", (int)strcspn(full + length, " "),
                         full + length);
                if (strcmp(word, last) != 0 && *word)
                        offer(c, "", word);
                snprintf(last, sizeof(last), "%s", word);
        }
}

/* The words that are no options or their values, and the verb they name, if they do. */
static const struct verb *words_so_far(const struct completing *c, char ret[128])
{
        const struct verb *verb = NULL;
        const char *option;

        ret[0] = '\0';
        for (size_t i = 0; i < c->count; i++) {
                if (c->words[i][0] == '-') {
                        i += value_of(verb, c->words[i], &option) != NULL;
                        continue;
                }
                if (strlen(ret) + strlen(c->words[i]) + 2 > 128)
                        break;
                snprintf(ret + strlen(ret), 128 - strlen(ret), "%s ", c->words[i]);
                for (size_t j = 0; verbs[j] && !verb; j++) {
                        char full[128];

                        snprintf(full, sizeof(full), "%s %s%s", verbs[j]->noun, verbs[j]->name,
                                 *verbs[j]->name ? " " : "");
                        if (strcmp(full, ret) == 0)
                                verb = verbs[j];
                }
        }
        return verb;
}

static void offer_topics(const struct completing *c)
{
        for (const struct topic *topic = topics; topic->name; topic++)
                offer(c, "", topic->name);
}

static enum exit_code complete_run(struct call *call)
{
        struct completing c = { .to = out_stream(call->out), .begun = "", .words = call->words };
        const char *option = NULL, *value = NULL;
        const struct verb *verb;
        char so_far[128];

        if (call->word_count) {
                c.count = call->word_count - 1;
                c.begun = call->words[c.count];
        }
        verb = words_so_far(&c, so_far);
        if (c.count)
                value = value_of(verb, c.words[c.count - 1], &option);
        if (value)
                offer_value(&c, option, value);
        else if (c.begun[0] == '-')
                offer_options(&c, verb);
        else if (!verb)
                offer_next(&c, so_far);
        else if (strcmp(verb->noun, "help") == 0)
                offer_topics(&c);
        else if (strcmp(verb->noun, "profile") == 0)
                offer_profiles(&c);
        else if (strcmp(verb->noun, "completion") == 0)
                offer_choices(&c, verb->usage);
        return EXIT_DONE;
}

const struct verb verb_complete = {
        .noun = "__complete",
        .name = "",
        .usage = "WORD...",
        .says = "candidates for the last word, one a line",
        .words_most = 1000,
        .hidden = true,
        .unsettled = true,
        .run = complete_run,
};

static const struct {
        const char *shell, *shim;
} shims[] = {
        { "bash", "_accord() {\n"
                  "    local words=(\"${COMP_WORDS[@]:1:COMP_CWORD}\")\n"
                  "    mapfile -t COMPREPLY < <(accord __complete -- \"${words[@]}\" 2>/dev/null)\n"
                  "}\n"
                  "complete -o default -F _accord accord\n" },
        { "zsh", "#compdef accord\n"
                 "_accord() {\n"
                 "    local -a found\n"
                 "    found=(\"${(@f)$(accord __complete -- \"${(@)words[2,CURRENT]}\" "
                 "2>/dev/null)}\")\n"
                 "    [[ -n $found ]] && compadd -a found || _files\n"
                 "}\n"
                 "compdef _accord accord\n" },
        { "fish", "complete -c accord -f -a '(accord __complete -- (commandline -opc)[2..-1] "
                  "(commandline -ct) 2>/dev/null)'\n" },
};

static enum exit_code completion_run(struct call *call)
{
        for (size_t i = 0; i < sizeof(shims) / sizeof(shims[0]); i++)
                if (strcmp(shims[i].shell, call->words[0]) == 0) {
                        fputs(shims[i].shim, out_stream(call->out));
                        return EXIT_DONE;
                }
        return call_misused(call, "%s is not bash, zsh or fish", call->words[0]);
}

const struct verb verb_completion = {
        .noun = "completion",
        .name = "",
        .usage = "bash|zsh|fish",
        .says = "print what makes a shell complete accord's words",
        .more = "Put it where the shell reads it, for instance:\n\n"
                "  accord completion bash > ~/.local/share/bash-completion/completions/accord",
        .words_least = 1,
        .words_most = 1,
        .unsettled = true,
        .run = completion_run,
};
