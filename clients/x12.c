/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/x12.h"

#include <string.h>

#include "core/limits.h"

#define ISA_SIZE 106
#define ISA_COMPONENT 104
#define ISA_END 105

/* Where the elements of ISA end: each has a width of its own. */
static const unsigned char isa_cuts[] = { 3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99,
                                          101, 103 };

static bool blank(char c)
{
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool letter_or_digit(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static struct bytes without_blanks(struct bytes text)
{
        const char *at = text.data;

        while (text.size && blank(*at)) {
                at++;
                text.size--;
        }
        return (struct bytes) { at, text.size };
}

bool x12_looks(struct bytes text)
{
        struct bytes begin = without_blanks(text);

        return begin.size >= 3 && memcmp(begin.data, "ISA", 3) == 0;
}

static const char *read_isa(struct x12 *x12)
{
        const char *at = x12->left.data;

        if (x12->left.size < ISA_SIZE)
                return "ends within its ISA";
        x12->element = at[3];
        x12->component = at[ISA_COMPONENT];
        x12->end = at[ISA_END];
        if (letter_or_digit(x12->element) || letter_or_digit(x12->component) ||
            letter_or_digit(x12->end) || x12->element == ' ' || x12->end == ' ' ||
            x12->element == x12->component || x12->element == x12->end ||
            x12->component == x12->end || !x12->element || !x12->component || !x12->end)
                return "has an ISA whose separators are none";
        for (size_t i = 0; i < sizeof(isa_cuts); i++)
                if (at[isa_cuts[i]] != x12->element)
                        return "has an ISA that is not of 106 characters";
        return NULL;
}

void x12_open(struct bytes text, struct x12 *ret)
{
        *ret = (struct x12) { .left = without_blanks(text) };
        if (!x12_looks(ret->left))
                ret->fault = "does not begin with ISA: it is no X12";
}

static bool cut_elements(struct x12 *x12, struct bytes text, struct x12_segment *ret)
{
        const char *at = text.data, *end = at + text.size, *cut;

        cut = memchr(at, x12->element, text.size);
        ret->id = (struct bytes) { at, cut ? (size_t)(cut - at) : text.size };
        ret->count = 0;
        while (cut) {
                at = cut + 1;
                cut = memchr(at, x12->element, (size_t)(end - at));
                if (ret->count == X12_ELEMENTS_MAX)
                        return false;
                ret->elements[ret->count++] =
                        (struct bytes) { at, (size_t)((cut ? cut : end) - at) };
        }
        return ret->id.size >= 2 && ret->id.size <= 3;
}

bool x12_next(struct x12 *x12, struct x12_segment *ret)
{
        const char *at, *end;
        struct bytes text;

        if (x12->fault)
                return false;
        x12->left = without_blanks(x12->left);
        if (x12->left.size == 0)
                return false;
        if (x12_looks(x12->left))
                x12->fault = read_isa(x12);
        if (!x12->fault && ++x12->number > X12_SEGMENTS_MAX)
                x12->fault = "has more segments than are taken";
        if (x12->fault)
                return false;
        at = x12->left.data;
        end = memchr(at, x12->end, x12->left.size);
        if (!end) {
                x12->fault = "ends within a segment";
                return false;
        }
        text = (struct bytes) { at, (size_t)(end - at) };
        x12->left = (struct bytes) { end + 1, x12->left.size - text.size - 1 };
        ret->number = x12->number;
        if (cut_elements(x12, text, ret))
                return true;
        x12->fault = "has a segment that is none";
        return false;
}

/* ---- what is in a segment */

bool x12_is(const struct x12_segment *segment, const char *id)
{
        return bytes_equal(segment->id, (struct bytes) { id, strlen(id) });
}

struct bytes x12_element(const struct x12_segment *segment, size_t number)
{
        return number >= 1 && number <= segment->count ? segment->elements[number - 1]
                                                       : (struct bytes) { "", 0 };
}

struct bytes x12_component(const struct x12 *x12, struct bytes element, size_t number)
{
        const char *at = element.data, *end = at + element.size, *cut;

        for (;; at = cut + 1) {
                cut = end > at ? memchr(at, x12->component, (size_t)(end - at)) : NULL;
                if (--number == 0)
                        return (struct bytes) { at, (size_t)((cut ? cut : end) - at) };
                if (!cut)
                        return (struct bytes) { "", 0 };
        }
}

bool x12_count(struct bytes text, uint64_t *ret)
{
        const char *at = text.data;

        *ret = 0;
        for (size_t i = 0; i < text.size; i++)
                if (at[i] < '0' || at[i] > '9' || __builtin_mul_overflow(*ret, 10, ret) ||
                    __builtin_add_overflow(*ret, (uint64_t)(at[i] - '0'), ret))
                        return false;
        return text.size > 0;
}

bool x12_money(struct bytes text, int64_t *ret_cents)
{
        const char *at = text.data;
        bool negative = text.size && *at == '-', point = false;
        size_t digits = 0, decimals = 0;
        int64_t cents = 0;

        for (size_t i = negative; i < text.size; i++) {
                if (at[i] == '.' && !point) {
                        point = true;
                        continue;
                }
                if (at[i] < '0' || at[i] > '9')
                        return false;
                digits++;
                decimals += point;
                if (decimals > 2 && at[i] != '0')
                        return false;
                if (decimals <= 2)
                        cents = cents * 10 + (at[i] - '0');
                if (cents > MONEY_MAX)
                        return false;
        }
        for (; decimals < 2; decimals++)
                cents *= 10;
        *ret_cents = negative ? -cents : cents;
        return digits > 0 && cents <= MONEY_MAX;
}

bool x12_day(struct bytes text, date *ret)
{
        const char *at = text.data;
        char day[11];

        if (text.size != 8)
                return false;
        memcpy(day, at, 4);
        memcpy(day + 5, at + 4, 2);
        memcpy(day + 8, at + 6, 2);
        day[4] = day[7] = '-';
        return date_parse((struct bytes) { day, 10 }, ret);
}
