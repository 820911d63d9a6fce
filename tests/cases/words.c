/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/cases/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void words_reset(struct words *words, unsigned int line)
{
        words->line = line;
        words->count = 0;
        words->at = 0;
        words->used = 0;
}

static bool add_word(struct words *words, const char *text, size_t size)
{
        if (words->count == WORDS_MAX || words->used + size + 1 > sizeof(words->text))
                return false;
        words->word[words->count] = words->text + words->used;
        words->indented[words->count] = false;
        memcpy(words->word[words->count], text, size);
        words->word[words->count++][size] = '\0';
        words->used += size + 1;
        return true;
}

static size_t word_size(const char *at)
{
        size_t size = strcspn(at, " \t\n");

        if (*at == '"')
                return strcspn(at + 1, "\"\n") + 1;
        return size > 1 && at[size - 1] == ',' ? size - 1 : size;
}

bool words_add(struct words *words, const char *line)
{
        const char *at = line;
        unsigned int first = words->count;

        for (at += strspn(at, " \t"); *at && *at != '\n' && *at != '#'; at += strspn(at, " \t")) {
                bool quoted = *at == '"';
                size_t size = word_size(at);

                if (!add_word(words, at + quoted, size - quoted))
                        return false;
                at += size + quoted;
        }
        if (first && words->count > first)
                words->indented[first] = true;
        return true;
}

bool words_at_indented(const struct words *words)
{
        return words->at < words->count && words->indented[words->at];
}

const char *words_peek(struct words *words)
{
        return words->at < words->count ? words->word[words->at] : NULL;
}

const char *words_next(struct words *words)
{
        const char *word = words_peek(words);

        words->at += word != NULL;
        return word;
}

bool words_take(struct words *words, const char *word)
{
        const char *next = words_peek(words);

        if (!next || strcmp(next, word) != 0)
                return false;
        words->at++;
        return true;
}

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

bool read_name_word(const char *text, struct name *ret)
{
        return name_parse(span(text), ret);
}

bool read_path(const char *text, struct node_path *ret)
{
        return node_path_parse(span(text), &ret->party, &ret->node);
}

bool read_number(const char *text, uint64_t *ret)
{
        char *end;

        errno = 0;
        *ret = strtoull(text, &end, 10);
        return *text >= '0' && *text <= '9' && !*end && !errno;
}

bool read_day(const char *text, date *ret)
{
        return date_parse(span(text), ret);
}

bool read_moment(const char *text, instant *ret)
{
        unsigned int hour = 0, minute = 0, second = 0;
        date day;
        int end = 0;

        if (strlen(text) < 10 || !date_parse((struct bytes) { text, 10 }, &day))
                return false;
        if (text[10] && (sscanf(text + 10, "T%2u:%2u:%2u%n", &hour, &minute, &second, &end) != 3 ||
                         text[10 + end]))
                return false;
        *ret = ((int64_t)day * 86400 + hour * 3600 + minute * 60 + second) * 1000000;
        return true;
}

bool read_period(const char *text, struct period *ret)
{
        const char *until = strstr(text, "..");
        uint64_t year;

        if (!until) {
                if (!read_number(text, &year) || year < 1900 || year > 2099)
                        return false;
                *ret = (struct period) { date_of((int)year, 1, 1), date_of((int)year + 1, 1, 1) };
                return true;
        }
        return date_parse((struct bytes) { text, (size_t)(until - text) }, &ret->from) &&
               date_parse(span(until + 2), &ret->until);
}

/* -12.5 with @decimals places: -1250 for two. */
static bool read_decimal(const char *text, unsigned int decimals, int64_t *ret)
{
        bool negative = *text == '-';
        const char *at = text + negative;
        unsigned int places = 0;
        int64_t value = 0;
        bool point = false;

        if (*at < '0' || *at > '9')
                return false;
        for (; (*at >= '0' && *at <= '9') || (*at == '.' && !point); at++) {
                if (*at == '.') {
                        point = true;
                        continue;
                }
                places += point;
                if (places > decimals || __builtin_mul_overflow(value, 10, &value) ||
                    __builtin_add_overflow(value, *at - '0', &value))
                        return false;
        }
        for (; places < decimals; places++)
                if (__builtin_mul_overflow(value, 10, &value))
                        return false;
        *ret = negative ? -value : value;
        return !*at;
}

bool read_money(const char *text, int64_t *ret)
{
        return read_decimal(text, 2, ret);
}

static void reduce(struct rate *rate)
{
        for (int64_t by = 10; by > 1; by = by == 10 ? 5 : by == 5 ? 2 : 1)
                while (rate->num % by == 0 && rate->den % by == 0 && rate->den > 1) {
                        rate->num /= by;
                        rate->den /= by;
                }
}

bool read_rate(const char *text, struct rate *ret)
{
        const char *slash = strchr(text, '/'), *percent = strchr(text, '%');
        char number[64];
        size_t size = slash     ? (size_t)(slash - text)
                      : percent ? (size_t)(percent - text)
                                : strlen(text);

        if (size >= sizeof(number))
                return false;
        memcpy(number, text, size);
        number[size] = '\0';
        if (slash)
                return read_decimal(number, 0, &ret->num) && read_decimal(slash + 1, 0, &ret->den);
        if (percent && percent[1])
                return false;
        ret->den = percent ? INT64_C(1000000000) : INT64_C(10000000);
        if (!read_decimal(number, 7, &ret->num))
                return false;
        reduce(ret);
        return true;
}

bool read_value(const char *text, enum unit unit, struct value *ret)
{
        struct rate rate;

        *ret = (struct value) { .unit = unit, .den = 1 };
        switch (unit) {
        case UNIT_CENTS:
                return read_money(text, &ret->num);
        case UNIT_COUNT:
                return read_decimal(text, 0, &ret->num);
        case UNIT_RATE:
                if (!read_rate(text, &rate))
                        return false;
                ret->num = rate.num;
                ret->den = rate.den;
                return true;
        case UNIT_FLAG:
                ret->num = strcmp(text, "yes") == 0;
                return ret->num || strcmp(text, "no") == 0;
        case UNIT_DATE:
                break;
        }
        return false;
}

bool read_rights(const char *text, uint32_t *ret)
{
        static const struct { const char *word; uint32_t bits; } rights[] = {
#define X(name, bit, word, says) { word, RIGHT_##name },
                RIGHTS(X)
#undef X
                { "all", RIGHTS_ALL },
                { "none", 0 },
        };
        char copy[128], *rest = copy, *word;
        size_t i;

        *ret = 0;
        snprintf(copy, sizeof(copy), "%s", text);
        while ((word = strsep(&rest, ","))) {
                for (i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
                        if (strcmp(rights[i].word, word) == 0)
                                break;
                if (i == sizeof(rights) / sizeof(rights[0]))
                        return false;
                *ret |= rights[i].bits;
        }
        return true;
}

bool read_role(const char *text, enum role_kind *ret)
{
#define X(name, number, word) \
        if (strcmp(text, word) == 0) { \
                *ret = ROLE_##name; \
                return true; \
        }
        ROLES(X)
#undef X
        return false;
}

bool read_refusal(const char *text, enum refusal *ret)
{
#define X(name, number, sequence, says) \
        if (strcmp(text, #name) == 0) { \
                *ret = REFUSAL_##name; \
                return true; \
        }
        REFUSALS(X)
#undef X
        return false;
}
