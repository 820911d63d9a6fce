/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a case line by line, and its batches. */
#include "tests/cases/case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn static void end(const struct play *play, unsigned int line, const char *format,
                          va_list arguments)
{
        fprintf(stderr, "%s:%u: %s", play->file, line, play->rebuild ? "(rebuilt) " : "");
        vfprintf(stderr, format, arguments);
        fputc('\n', stderr);
        stage_tear_down((struct stage *)&play->stage);
        exit(EXIT_FAILURE);
}

void wrong_at(const struct play *play, unsigned int line, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        end(play, line, format, arguments);
}

void wrong(const struct play *play, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        end(play, play->words ? play->words->line : 0, format, arguments);
}

const char *want(struct play *play, const char *what)
{
        const char *word = words_next(play->words);

        if (!word)
                wrong(play, "the line ends where %s should be", what);
        return word;
}

struct name want_name(struct play *play)
{
        const char *word = want(play, "a name");
        struct name name;

        if (!read_name_word(word, &name))
                wrong(play, "'%s' is no name", word);
        return name;
}

date want_day(struct play *play)
{
        const char *word = want(play, "a day");
        date day;

        if (!read_day(word, &day))
                wrong(play, "'%s' is no day", word);
        return day;
}

instant want_moment(struct play *play)
{
        const char *word = want(play, "a moment");
        instant moment;

        if (!read_moment(word, &moment))
                wrong(play, "'%s' is no moment", word);
        return moment;
}

uint64_t want_number(struct play *play)
{
        const char *word = want(play, "a number");
        uint64_t number;

        if (!read_number(word, &number))
                wrong(play, "'%s' is no number", word);
        return number;
}

struct period want_period(struct play *play)
{
        const char *word = want(play, "a period");
        struct period period;

        if (!read_period(word, &period))
                wrong(play, "'%s' is no period", word);
        return period;
}

int64_t want_money(struct play *play)
{
        const char *word = want(play, "an amount");
        int64_t cents;

        if (!read_money(word, &cents))
                wrong(play, "'%s' is no amount", word);
        return cents;
}

struct item want_item(struct play *play)
{
        const char *word = want(play, "an item");
        struct item item;

        if (!item_parse((struct bytes) { word, strlen(word) }, &item))
                wrong(play, "'%s' is no item", word);
        return item;
}

enum run_kind want_run_kind(struct play *play)
{
        static const char *const kinds[] = { [1] = "preview", "interim", "final", "restated" };
        const char *word = want(play, "a kind of run");

        for (unsigned int i = 1; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (strcmp(kinds[i], word) == 0)
                        return (enum run_kind)i;
        wrong(play, "there is no run '%s'", word);
}

enum side want_side(struct play *play)
{
        const char *word = want(play, "bearer or earner");

        if (strcmp(word, "bearer") == 0)
                return SIDE_BEARER;
        if (strcmp(word, "earner") != 0)
                wrong(play, "'%s' is no side", word);
        return SIDE_EARNER;
}

struct case_player *player_named(struct play *play, const char *path)
{
        struct node_path wanted;

        if (!read_path(path, &wanted))
                return NULL;
        for (unsigned int i = 0; i < play->player_count; i++)
                if (memcmp(&play->players[i].player.path, &wanted, sizeof(wanted)) == 0)
                        return &play->players[i];
        return NULL;
}

struct case_player *want_player(struct play *play)
{
        const char *word = want(play, "a node");
        struct case_player *player = player_named(play, word);

        if (!player)
                wrong(play, "there is no node '%s'", word);
        return player;
}

struct case_contract *contract_named(struct play *play, const char *alias)
{
        for (unsigned int i = 0; i < play->contract_count; i++)
                if (strcmp(play->contracts[i].alias, alias) == 0)
                        return &play->contracts[i];
        return NULL;
}

struct case_contract *want_contract(struct play *play)
{
        const char *word = want(play, "a contract");
        struct case_contract *contract = contract_named(play, word);

        if (!contract)
                wrong(play, "there is no contract '%s'", word);
        return contract;
}

struct said *said_as(struct play *play, const char *label)
{
        for (unsigned int i = play->said_count; i > 0; i--)
                if (strcmp(play->said[i - 1]->label, label) == 0)
                        return play->said[i - 1];
        return NULL;
}

void want_end(struct play *play)
{
        const char *word = words_next(play->words);

        if (word)
                wrong(play, "'%s' says nothing here", word);
}

static const struct {
        const char *word;
        line_fn *play;
} lines[] = {
        { "party", line_party },       { "node", line_node },     { "revoke", line_revoke },
        { "contract", line_contract }, { "terms", line_terms },   { "clock", line_clock },
        { "run", line_run },           { "worker", line_worker }, { "begin", line_begin },
        { "commit", line_commit },     { "crash", line_crash },   { "skip", line_skip },
        { "expect", line_expect },     { "hub", line_hub },       { "succeed", line_succeed },
        { "charter", line_charter },
};

static bool is_label(const char *word)
{
        size_t size = strlen(word);

        return size > 1 && size < 32 && word[size - 1] == ':';
}

static void play_line(struct play *play)
{
        const char *word = words_next(play->words);
        char label[32] = "";
        struct case_player *player;

        if (!word)
                return;
        if (is_label(word)) {
                memcpy(label, word, strlen(word) - 1);
                word = want(play, "a node");
        }
        for (size_t i = 0; !label[0] && i < sizeof(lines) / sizeof(lines[0]); i++)
                if (strcmp(lines[i].word, word) == 0) {
                        lines[i].play(play);
                        want_end(play);
                        return;
                }
        player = player_named(play, word);
        if (!player)
                wrong(play, "'%s' is neither a word of the language nor a node", word);
        line_said(play, player, label);
}

static void play_file(struct play *play, FILE *file)
{
        static struct words words;
        char text[LINE_MAX_LENGTH];
        unsigned int line = 0;
        bool more = fgets(text, sizeof(text), file) != NULL;

        while (more) {
                words_reset(&words, ++line);
                play->words = &words;
                if (strspn(text, " \t\n") && text[strspn(text, " \t\n")] &&
                    text[strspn(text, " \t")] != '#')
                        wrong(play, "an indented line goes on with nothing");
                if (!words_add(&words, text))
                        wrong(play, "the line is too long");
                while ((more = fgets(text, sizeof(text), file) != NULL) &&
                       (*text == ' ' || *text == '\t') && words.count) {
                        line++;
                        if (!words_add(&words, text))
                                wrong(play, "the line is too long");
                }
                play_line(play);
        }
}

void batch_begin(struct play *play)
{
        if (play->together)
                return;
        stage_begin(&play->stage);
        must(hub_pass_time(play->stage.hub), "hub_pass_time");
        stage_commit(&play->stage);
        batch_after(play);
        stage_begin(&play->stage);
        play->batch_first = play->said_count;
}

void batch_end(struct play *play)
{
        if (play->together)
                return;
        stage_commit(&play->stage);
        for (unsigned int i = play->batch_first; i < play->said_count; i++)
                said_check(play, play->said[i]);
        batch_after(play);
        while (!play->rests && stage_work(&play->stage))
                batch_after(play);
}

void line_begin(struct play *play)
{
        if (play->together)
                wrong(play, "a batch is open already");
        batch_begin(play);
        play->together = true;
}

void line_commit(struct play *play)
{
        if (!play->together)
                wrong(play, "no batch is open");
        play->together = false;
        batch_end(play);
}

static void play_end(struct play *play)
{
        const char *finding;

        if (play->together)
                wrong(play, "the case ends inside a batch");
        finding = stage_finding(&play->stage);
        if (finding)
                wrong(play, "at the end: %s", finding);
        stage_tear_down(&play->stage);
        books_free(&play->books);
        for (unsigned int i = 0; i < play->said_count; i++) {
                free((void *)play->said[i]->bytes.data);
                free(play->said[i]);
        }
        for (unsigned int i = 0; i < play->terms_count; i++)
                free(play->terms[i].terms);
        for (unsigned int i = 0; i < play->charter_count; i++)
                free(play->charters[i].charter);
}

void case_play(struct play *play, const char *path, bool rebuild)
{
        FILE *file = fopen(path, "r");

        memset(play, 0, sizeof(*play));
        play->file = path;
        play->rebuild = rebuild;
        if (!file) {
                perror(path);
                exit(EXIT_FAILURE);
        }
        stage_set_up(&play->stage, NULL);
        play_file(play, file);
        fclose(file);
        play_end(play);
}
