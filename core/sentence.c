/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sentence.h"

#include <string.h>

void sentence_begin(struct text *text)
{
        memset(text, 0, sizeof(*text));
}

void sentence_add(struct text *text, const char *words)
{
        size_t at = strlen(text->text), room = TEXT_MAX_LENGTH - at, size = strlen(words);

        memcpy(text->text + at, words, size < room ? size : room);
}

void sentence_add_number(struct text *text, uint64_t number)
{
        char digits[21] = "";
        size_t at = sizeof(digits) - 1;

        do {
                digits[--at] = (char)('0' + number % 10);
                number /= 10;
        } while (number);
        sentence_add(text, digits + at);
}

void sentence_add_cents(struct text *text, int64_t cents)
{
        uint64_t left = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
        char digits[32] = "";
        size_t at = sizeof(digits) - 1;

        for (unsigned int place = 0; place < 3 || left; place++) {
                if (place == 2)
                        digits[--at] = '.';
                else if (place > 2 && (place - 2) % 3 == 0)
                        digits[--at] = ',';
                digits[--at] = (char)('0' + left % 10);
                left /= 10;
        }
        if (cents < 0)
                digits[--at] = '-';
        sentence_add(text, digits + at);
}

void sentence_add_date(struct text *text, date day)
{
        char printed[11];

        date_print(day, printed);
        sentence_add(text, printed);
}

void sentence_add_period(struct text *text, struct period period)
{
        sentence_add_date(text, period.from);
        sentence_add(text, " to ");
        sentence_add_date(text, period.until - 1);
}
