/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/help.h"

#include <string.h>

#define PAGE 96         /* columns */

static bool first_of_noun(size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (strcmp(verbs[i]->noun, verbs[place]->noun) == 0)
                        return false;
        return true;
}

/* Words go onto the page one after the other; a line that is full goes on after @indent columns. */
struct folding {
        FILE *to;
        int indent, column;
        bool begun;
};

static void put_word(struct folding *page, const char *word, int length)
{
        if (page->begun && page->column + 1 + length > PAGE) {
                fprintf(page->to, "\n%*s", page->indent, "");
                page->column = page->indent;
        } else if (page->begun) {
                fputc(' ', page->to);
                page->column++;
        }
        page->begun = true;
        fprintf(page->to, "%.*s", length, word);
        page->column += length;
}

static void put_words(struct folding *page, const char *text)
{
        while (*text) {
                int length = (int)strcspn(text, " \n");

                put_word(page, text, length);
                text += length;
                text += strspn(text, " \n");
        }
}

/* The first line begins where the caller stands, after @indent columns. */
static void fold(FILE *to, const char *text, int indent)
{
        struct folding page = { .to = to, .indent = indent, .column = indent };

        put_words(&page, text);
        fputc('\n', to);
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

void help_verb(FILE *to, const struct verb *verb)
{
        fputs("Usage: ", to);
        help_synopsis(to, verb, 7);
        fputc('\n', to);
        fold(to, verb->says, 0);
        if (verb->more)
                fprintf(to, "\n%s\n", verb->more);
        if (verb->options[0].name)
                fputc('\n', to);
        for (const struct option_row *option = verb->options; option->name; option++) {
                char name[128];

                print_option(option, name, sizeof(name));
                entry(to, name, option->says, 28);
        }
        fputs("\nOptions of every verb: accord help options.\n", to);
}
