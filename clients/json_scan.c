/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/json_scan.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "clients/json.h"

/* The keys of one object so far; objects within objects lie behind each other in one array. */
struct keys {
        struct bytes *list;
        size_t count, room;
};

struct scan {
        const char *begin, *at, *end;
        unsigned int depth;
        struct keys keys;
        struct complaints *to;
};

static int value(struct scan *s);

static int wrong(struct scan *s, const char *at, const char *says)
{
        size_t line = 1;
        const char *start = s->begin;

        for (const char *c = s->begin; c < at; c++)
                if (*c == '\n') {
                        line++;
                        start = c + 1;
                }
        complaints_add_at(s->to, line, (size_t)(at - start) + 1, "", "%s", says);
        return REFUSAL_MALFORMED;
}

static void skip_blank(struct scan *s)
{
        while (s->at < s->end && memchr(" \t\r\n", *s->at, 4))
                s->at++;
}

static bool next_is(const struct scan *s, char c)
{
        return s->at < s->end && *s->at == c;
}

static bool digit_next(const struct scan *s)
{
        return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

/* The length of the well-formed UTF-8 sequence at @c, 0 when there is none. */
static size_t utf8_length(const uint8_t *c, size_t left)
{
        static const struct {
                uint8_t first, last, low, high;
                size_t length;
        } rows[] = {
                { 0x20, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 },
                { 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
                { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
                { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
                { 0xf4, 0xf4, 0x80, 0x8f, 4 },
        };

        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                if (c[0] < rows[i].first || c[0] > rows[i].last)
                        continue;
                if (rows[i].length > left)
                        return 0;
                if (rows[i].length > 1 && (c[1] < rows[i].low || c[1] > rows[i].high))
                        return 0;
                for (size_t j = 2; j < rows[i].length; j++)
                        if (c[j] < 0x80 || c[j] > 0xbf)
                                return 0;
                return rows[i].length;
        }
        return 0;
}

/* Four hexadecimal digits. */
static bool unit_read(struct scan *s, unsigned int *ret)
{
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";

        *ret = 0;
        if (s->end - s->at < 4)
                return false;
        for (int i = 0; i < 4; i++) {
                const char *place = memchr(digits, s->at[i], 32);

                if (!place)
                        return false;
                *ret = *ret * 16 + ((unsigned int)(place - digits) & 15);
        }
        s->at += 4;
        return true;
}

/* Behind "\u": one character, of two units when it needs them. */
static int unicode_escape(struct scan *s, const char *start)
{
        unsigned int unit, low;

        if (!unit_read(s, &unit))
                return wrong(s, start, "\\u is followed by four hexadecimal digits");
        if (unit == 0)
                return wrong(s, start, "a text holds no NUL");
        if (unit < 0xd800 || unit > 0xdfff)
                return 0;
        if (unit > 0xdbff || s->end - s->at < 2 || s->at[0] != '\\' || s->at[1] != 'u')
                return wrong(s, start, "half of a surrogate pair");
        s->at += 2;
        if (!unit_read(s, &low) || low < 0xdc00 || low > 0xdfff)
                return wrong(s, start, "half of a surrogate pair");
        return 0;
}

static int escape(struct scan *s)
{
        const char *start = s->at++;

        if (s->at == s->end || !memchr("\"\\/bfnrtu", *s->at, 9))
                return wrong(s, start, "no such escape in a text");
        return *s->at++ == 'u' ? unicode_escape(s, start) : 0;
}

/* @ret_plain: what stands between the quotes; data NULL when it has escapes. */
static int text(struct scan *s, struct bytes *ret_plain)
{
        const char *start = s->at++;
        bool plain = true;
        size_t length;
        int r;

        while (s->at < s->end && *s->at != '"') {
                if (*s->at == '\\') {
                        plain = false;
                        r = escape(s);
                        if (r)
                                return r;
                        continue;
                }
                length = utf8_length((const uint8_t *)s->at, (size_t)(s->end - s->at));
                if (!length)
                        return wrong(s, s->at,
                                     (uint8_t)*s->at < 0x20 ? "a text holds no line breaks or "
                                                              "control characters: write \\n"
                                                            : "this is not UTF-8");
                s->at += length;
        }
        if (s->at == s->end)
                return wrong(s, start, "this text has no end");
        *ret_plain = (struct bytes) { plain ? start + 1 : NULL, (size_t)(s->at - start) - 1 };
        s->at++;
        return 0;
}

static int number(struct scan *s)
{
        const char *start = s->at;
        int64_t whole = 0;
        bool negative = next_is(s, '-');

        s->at += negative;
        if (!digit_next(s))
                return wrong(s, start, "this is no value");
        if (next_is(s, '0') && s->at + 1 < s->end && s->at[1] >= '0' && s->at[1] <= '9')
                return wrong(s, start, "a number does not begin with 0");
        for (; digit_next(s); s->at++)
                if (__builtin_mul_overflow(whole, 10, &whole) ||
                    __builtin_sub_overflow(whole, *s->at - '0', &whole))
                        return wrong(s, start, "this number does not fit 64 bits");
        if (!negative && whole == INT64_MIN)
                return wrong(s, start, "this number does not fit 64 bits");
        if (next_is(s, '.') || next_is(s, 'e') || next_is(s, 'E'))
                return wrong(s, start,
                             "only whole numbers are exact in JSON: write amounts and rates as "
                             "strings, such as \"0.025\"");
        return 0;
}

static int word(struct scan *s)
{
        static const char *const words[] = { "true", "false", "null" };
        size_t left = (size_t)(s->end - s->at);

        for (size_t i = 0; i < 3; i++) {
                size_t size = strlen(words[i]);

                if (size <= left && memcmp(s->at, words[i], size) == 0) {
                        s->at += size;
                        return 0;
                }
        }
        return wrong(s, s->at,
                     "this is no value: a text stands in quotes, and there is no NaN or Infinity");
}

static int key_add(struct scan *s, size_t first, struct bytes key, const char *at)
{
        struct keys *keys = &s->keys;

        if (!key.data)
                return wrong(s, at, "a key is written without escapes");
        for (size_t i = first; i < keys->count; i++)
                if (bytes_equal(keys->list[i], key))
                        return wrong(s, at, "this key stands twice in one object");
        if (keys->count == keys->room) {
                size_t room = keys->room ? keys->room * 2 : 64;
                struct bytes *list = reallocarray(keys->list, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                keys->list = list;
                keys->room = room;
        }
        keys->list[keys->count++] = key;
        return 0;
}

static int member(struct scan *s, size_t first)
{
        struct bytes key;
        const char *at = s->at;
        int r;

        if (!next_is(s, '"'))
                return wrong(s, s->at, "a key in quotes belongs here");
        r = text(s, &key);
        if (!r)
                r = key_add(s, first, key, at);
        if (r)
                return r;
        skip_blank(s);
        if (!next_is(s, ':'))
                return wrong(s, s->at, "a colon belongs here");
        s->at++;
        return value(s);
}

/* Both kinds of brackets: members or elements, commas between, none at the end. */
static int container(struct scan *s, char closing)
{
        const char *start = s->at++;
        size_t first = s->keys.count;
        int r;

        if (++s->depth > JSON_DEPTH_MAX)
                return wrong(s, start,
                             "objects and arrays lie deeper within each other than is taken");
        skip_blank(s);
        if (!next_is(s, closing))
                while (true) {
                        skip_blank(s);
                        r = closing == '}' ? member(s, first) : value(s);
                        if (r)
                                return r;
                        skip_blank(s);
                        if (!next_is(s, ','))
                                break;
                        s->at++;
                }
        if (!next_is(s, closing))
                return wrong(s, s->at,
                             closing == '}' ? "a comma or } belongs here"
                                            : "a comma or ] belongs here");
        s->at++;
        s->depth--;
        s->keys.count = first;
        return 0;
}

/* As deep as JSON_DEPTH_MAX and no deeper. */
static int value(struct scan *s)
{
        struct bytes plain;

        skip_blank(s);
        if (s->at == s->end)
                return wrong(s, s->at, "the document ends too early");
        if (*s->at == '{')
                return container(s, '}');
        if (*s->at == '[')
                return container(s, ']');
        if (*s->at == '"')
                return text(s, &plain);
        if (*s->at == '-' || digit_next(s))
                return number(s);
        return word(s);
}

int json_scan(struct bytes document, struct complaints *to)
{
        struct scan s = { .begin = document.data, .at = document.data, .to = to };
        int r;

        if (document.size == 0)
                return complaints_add_at(to, 1, 1, "", "the file is empty"), REFUSAL_MALFORMED;
        s.end = s.begin + document.size;
        r = value(&s);
        skip_blank(&s);
        if (!r && s.at < s.end)
                r = wrong(&s, s.at, "one document is all a file holds");
        free(s.keys.list);
        return r;
}
