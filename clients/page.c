/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/page.h"

#include <string.h>

/* Columns of UTF-8: bytes that do not go on a character. */
static int columns_of(const char *text, size_t length)
{
        int columns = 0;

        for (size_t i = 0; i < length; i++)
                columns += ((unsigned char)text[i] & 0xc0) != 0x80;
        return columns;
}

void put_word(struct folding *page, const char *word, int length)
{
        int columns = columns_of(word, (size_t)length);

        if (page->begun && page->column + 1 + columns > PAGE_COLUMNS) {
                fprintf(page->to, "\n%*s", page->indent, "");
                page->column = page->indent;
        } else if (page->begun) {
                fputc(' ', page->to);
                page->column++;
        }
        page->begun = true;
        fprintf(page->to, "%.*s", length, word);
        page->column += columns;
}

/* "$ 5.00", "≈ 2.9836 %": what is one figure stays on one line. */
static size_t word_length(const char *text)
{
        size_t length = strcspn(text, " \n");

        while (length && text[length] == ' ' && text[length + 1] && text[length + 1] != ' ') {
                bool opens = text[length - 1] == '$' ||
                             (length >= 3 && memcmp(text + length - 3, "≈", 3) == 0);

                if (!opens && text[length + 1] != '%')
                        break;
                length += 1 + strcspn(text + length + 1, " \n");
        }
        return length;
}

void put_words(struct folding *page, const char *text)
{
        while (*text) {
                int length = (int)word_length(text);

                put_word(page, text, length);
                text += length;
                text += strspn(text, " \n");
        }
}

void fold(FILE *to, const char *text, int indent)
{
        struct folding page = { .to = to, .indent = indent, .column = indent };

        put_words(&page, text);
        fputc('\n', to);
}

void put_right(FILE *to, const char *text, int width)
{
        int columns = columns_of(text, strlen(text));

        fprintf(to, "%*s%s", width > columns ? width - columns : 0, "", text);
}

void put_left(FILE *to, const char *text, int width)
{
        int columns = columns_of(text, strlen(text));

        fprintf(to, "%s%*s", text, width > columns ? width - columns : 0, "");
}

char *make_harmless(char *text)
{
        for (unsigned char *at = (unsigned char *)text; *at; at++)
                if ((*at < ' ' && *at != '\n' && *at != '\t') || *at == 0x7f)
                        *at = '?';
                else if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
                        at[0] = at[1] = '?';
        return text;
}
