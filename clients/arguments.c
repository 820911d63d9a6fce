/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/arguments.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"

#define SHORT "p:o:O:qvh"
#define VERB_WORDS 3    /* "hub participants add" */

enum { CODE_SETTING = 256, CODE_OPTION = 512, CODE_NO_INPUT = 1024, CODE_JSON };

const struct option_row switches[] = {
        { "profile", "NAME", "use this profile (-p)", 0 },
        { "quiet", NULL, "only data and errors (-q)", 0 },
        { "verbose", NULL, "say more (-v)", 0 },
        { "json", NULL, "the same as -o json", 0 },
        { "no-input", NULL, "never ask; what would be asked is an error", 0 },
        { "help", NULL, "show what the verb does and takes (-h)", 0 },
        { 0 },
};

static int code_of_switch(const char *name)
{
        if (strcmp(name, "no-input") == 0)
                return CODE_NO_INPUT;
        return strcmp(name, "json") == 0 ? CODE_JSON : name[0];
}

/* The verb's own options first: of two with one name they win. */
static void list_options(const struct verb *verb, struct option *ret)
{
        size_t count = 0;

        for (size_t i = 0; verb && verb->options[i].name; i++)
                ret[count++] = (struct option) { verb->options[i].name,
                                                 verb->options[i].value ? required_argument
                                                                        : no_argument,
                                                 NULL, CODE_OPTION + (int)i };
        for (size_t i = 0; i < SETTING_COUNT; i++)
                ret[count++] = (struct option) { settings[i].name, required_argument, NULL,
                                                 CODE_SETTING + (int)i };
        for (size_t i = 0; switches[i].name; i++)
                ret[count++] = (struct option) { switches[i].name,
                                                 switches[i].value ? required_argument
                                                                   : no_argument,
                                                 NULL, code_of_switch(switches[i].name) };
        ret[count] = (struct option) { 0 };
}

static int take_value(struct call *call, size_t place, const char *value)
{
        const struct option_row *option = &call->verb->options[place];

        for (size_t i = 0; i < call->value_count && !(option->flags & OPTION_MANY); i++)
                if (call->values[i].option == option) {
                        call_misused(call, "--%s is given twice", option->name);
                        return EXIT_USAGE;
                }
        if (call->value_count == VALUES_MAX) {
                call_misused(call, "there are more than %d options", VALUES_MAX);
                return EXIT_USAGE;
        }
        call->values[call->value_count].option = option;
        call->values[call->value_count++].value = value ? value : "";
        return EXIT_DONE;
}

/* -O FILE: the --out of a verb that has one. */
static int take_out(struct call *call, const char *value)
{
        const struct option_row *option = call->verb ? call->verb->options : NULL;

        for (size_t i = 0; option && option[i].name; i++)
                if (strcmp(option[i].name, "out") == 0)
                        return take_value(call, i, value);
        return (int)call_misused(call, "there is no option -O here");
}

static int take_option(struct arguments *to, int code)
{
        struct cli *cli = to->call->cli;

        if (code >= CODE_SETTING && code < CODE_SETTING + SETTING_COUNT)
                return cli_set(cli, (enum setting)(code - CODE_SETTING), optarg, FROM_OPTION);
        if (code >= CODE_OPTION && code < CODE_OPTION + OPTIONS_MAX)
                return take_value(to->call, (size_t)(code - CODE_OPTION), optarg);
        switch (code) {
        case 'p':
                to->profile = optarg;
                return 0;
        case 'o':
                return cli_set(cli, SETTING_OUTPUT, optarg, FROM_OPTION);
        case 'O':
                return take_out(to->call, optarg);
        case CODE_JSON:
                return cli_set(cli, SETTING_OUTPUT, "json", FROM_OPTION);
        case 'q':
                cli->quiet = true;
                return 0;
        case 'v':
                cli->verbose = true;
                return 0;
        case 'h':
                to->help = true;
                return 0;
        case CODE_NO_INPUT:
                cli->no_input = true;
                return 0;
        }
        abort();
}

/* Takes options; with @in_front only those before the next word. */
static enum exit_code take_options(int argc, char **argv, struct arguments *to, bool in_front)
{
        struct option options[OPTIONS_MAX + SETTING_COUNT + 16];
        int code;

        list_options(to->call->verb, options);
        opterr = 0;
        while ((code = getopt_long(argc, argv, in_front ? "+:" SHORT : ":" SHORT, options,
                                   NULL)) != -1) {
                const char *word = argv[optind - 1];

                if (code == ':')
                        return call_misused(to->call, "%s needs a value", word);
                if (code == '?' && optopt && optopt < CODE_SETTING && !strncmp(word, "--", 2))
                        return call_misused(to->call, "%s takes no value", word);
                if (code == '?' && optopt && optopt < CODE_SETTING)
                        return call_misused(to->call, "there is no option -%c", optopt);
                if (code == '?')
                        return call_misused(to->call, "there is no option %s", word);
                if (take_option(to, code))
                        return EXIT_USAGE;
        }
        return EXIT_DONE;
}

/* Is the verb's full name these words? */
static bool is_verb(const struct verb *verb, char *const *words, size_t count)
{
        char full[128] = "";

        if (!*verb->name)
                return count == 1 && strcmp(verb->noun, words[0]) == 0;
        for (size_t i = 0; i < count; i++) {
                if (strlen(full) + strlen(words[i]) + 2 > sizeof(full))
                        return false;
                snprintf(full + strlen(full), sizeof(full) - strlen(full), "%s%s", i ? " " : "",
                         words[i]);
        }
        return strncmp(full, verb->noun, strlen(verb->noun)) == 0 &&
               full[strlen(verb->noun)] == ' ' &&
               strcmp(full + strlen(verb->noun) + 1, verb->name) == 0;
}

static const struct verb *find_verb(char *const *words, size_t count)
{
        for (size_t i = 0; verbs[i]; i++)
                if (is_verb(verbs[i], words, count))
                        return verbs[i];
        return NULL;
}

/* A noun that is a verb by itself may have others: accord witness, accord witness show. */
static bool goes_on(const struct arguments *to, char *const *words, int argc, char **argv)
{
        char *both[] = { words[0], optind < argc ? argv[optind] : NULL };

        return !*to->call->verb->name && both[1] && find_verb(both, 2);
}

/* Reads words, with options before and between them, until they name a verb. */
static enum exit_code take_verb(int argc, char **argv, struct arguments *to)
{
        char *words[VERB_WORDS];
        enum exit_code code;

        optind = 0;
        for (size_t count = 0; count < VERB_WORDS; count++) {
                code = take_options(argc, argv, to, true);
                if (code)
                        return code;
                if (optind >= argc)
                        return EXIT_DONE;
                words[count] = argv[optind++];
                to->noun = words[0];
                to->call->verb = find_verb(words, count + 1);
                if (to->call->verb && !goes_on(to, words, argc, argv))
                        return EXIT_DONE;
        }
        return EXIT_DONE;
}

static enum exit_code check_call(const struct call *call)
{
        const struct option_row *option;

        if (call->word_count < call->verb->words_least)
                return call_misused(call, "something is missing");
        if (call->word_count > call->verb->words_most)
                return call_misused(call, "%s is one word too many",
                                    call->words[call->verb->words_most]);
        for (option = call->verb->options; option->name; option++)
                if ((option->flags & OPTION_NEEDED) && !call_has(call, option->name))
                        return call_misused(call, "--%s %s is missing: %s", option->name,
                                            option->value, option->says);
        return EXIT_DONE;
}

enum exit_code arguments_read(int argc, char **argv, struct arguments *to)
{
        enum exit_code code = take_verb(argc, argv, to);
        int used = optind - 1;

        if (code || !to->call->verb)
                return code;
        optind = 0;
        code = take_options(argc - used, argv + used, to, false);
        if (code)
                return code;
        to->call->words = argv + used + optind;
        to->call->word_count = (size_t)(argc - used - optind);
        return to->help ? EXIT_DONE : check_call(to->call);
}
