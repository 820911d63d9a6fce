/* SPDX-License-Identifier: Apache-2.0 */
/* Text folded to a page, for people. */
#ifndef ACCORD_CLIENTS_PAGE_H
#define ACCORD_CLIENTS_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#define PAGE_COLUMNS 96

/* Words go onto the page one after the other; a line that is full goes on after @indent columns. */
struct folding {
        FILE *to;
        int indent, column;
        bool begun;
};

void put_word(struct folding *page, const char *word, int length);
void put_words(struct folding *page, const char *text);

/* Folds @text and ends the line; the caller stands after @indent columns. */
void fold(FILE *to, const char *text, int indent);

/*
 * @text in a field of @width columns, by what a terminal shows of it: on the right, or on the
 * left.
 */
void put_right(FILE *to, const char *text, int width);
void put_left(FILE *to, const char *text, int width);

/* Others' words must not drive the terminal: control characters become '?'. Returns @text. */
char *make_harmless(char *text);

#endif
