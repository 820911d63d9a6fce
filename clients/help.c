/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/help.h"

#include <string.h>

#include "clients/page.h"

static bool first_of_noun(size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (strcmp(verbs[i]->noun, verbs[place]->noun) == 0)
                        return false;
        return true;
}

/* NAME in a column of its own, what it is beside it. */
static void entry(FILE *to, const char *name, const char *says, int width)
{
        if ((int)strlen(name) > width - 4) {
                fprintf(to, "  %s\n%*s", name, width, "");
        } else {
                fprintf(to, "  %-*s", width - 2, name);
        }
        fold(to, says, width);
}

static void verb_entry(FILE *to, const struct verb *verb)
{
        char name[64];

        snprintf(name, sizeof(name), "%s%s%s", verb->noun, *verb->name ? " " : "", verb->name);
        entry(to, name, verb->says, 28);
}

enum exit_code help_all(FILE *to)
{
        fputs("Usage: accord [OPTION...] NOUN VERB [WORD...] [OPTION...]\n\n"
              "Payers and providers settle value-based contracts through a hub that both can "
              "check.\n", to);
        for (size_t i = 0; verbs[i]; i++) {
                if (verbs[i]->hidden || !first_of_noun(i))
                        continue;
                fputc('\n', to);
                for (size_t j = i; verbs[j]; j++)
                        if (!verbs[j]->hidden && strcmp(verbs[j]->noun, verbs[i]->noun) == 0)
                                verb_entry(to, verbs[j]);
        }
        fputs("\nTopics, as in `accord help exit-codes`:\n\n", to);
        for (const struct topic *topic = topics; topic->name; topic++)
                entry(to, topic->name, topic->says, 28);
        fputs("\nMore about one verb: accord NOUN VERB --help. Options of every verb: "
              "accord help options.\n", to);
        return EXIT_DONE;
}

bool help_noun(FILE *to, const char *noun)
{
        bool found = false;

        for (size_t i = 0; verbs[i]; i++) {
                if (verbs[i]->hidden || strcmp(verbs[i]->noun, noun) != 0)
                        continue;
                if (!found)
                        fprintf(to, "Usage: accord %s VERB [WORD...] [OPTION...]\n\n", noun);
                found = true;
                verb_entry(to, verbs[i]);
        }
        return found;
}

/* "--reason TEXT", "--key FILE ..." */
static int print_option(const struct option_row *option, char *ret, size_t room)
{
        return snprintf(ret, room, "--%s%s%s", option->name, option->value ? " " : "",
                        option->value ? option->value : "");
}

void help_synopsis(FILE *to, const struct verb *verb, int indent)
{
        struct folding page = { .to = to, .indent = indent + 8, .column = indent };
        const struct option_row *option;
        char text[160], word[192];

        put_word(&page, "accord", 6);
        put_words(&page, verb->noun);
        put_words(&page, verb->name);
        put_words(&page, verb->usage);
        for (option = verb->options; option->name; option++) {
                bool needed = option->flags & OPTION_NEEDED;

                print_option(option, text, sizeof(text));
                put_word(&page, word,
                         snprintf(word, sizeof(word), "%s%s%s%s", needed ? "" : "[", text,
                                  needed ? "" : "]", option->flags & OPTION_MANY ? "..." : ""));
        }
        fputc('\n', to);
}

/* Paragraphs are folded, but those that begin with a space: they are examples. */
static void put_paragraphs(FILE *to, const char *text)
{
        while (text && *text) {
                const char *end = strstr(text, "\n\n");
                char one[1024];

                snprintf(one, sizeof(one), "%.*s", end ? (int)(end - text) : 1023, text);
                fputc('\n', to);
                if (*one == ' ')
                        fprintf(to, "%s\n", one);
                else
                        fold(to, one, 0);
                text = end ? end + 2 : NULL;
        }
}

void help_verb(FILE *to, const struct verb *verb)
{
        fputs("Usage: ", to);
        help_synopsis(to, verb, 7);
        fputc('\n', to);
        fold(to, verb->says, 0);
        put_paragraphs(to, verb->more);
        if (verb->options[0].name)
                fputc('\n', to);
        for (const struct option_row *option = verb->options; option->name; option++) {
                char name[128];

                print_option(option, name, sizeof(name));
                entry(to, name, option->says, 28);
        }
        fputs("\nOptions of every verb: accord help options.\n", to);
}
