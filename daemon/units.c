/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/units.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct unit_word {
        const char *word;
        uint64_t worth;
};

/* The largest first: printing takes the first that divides. */
static const struct unit_word durations[] = {
        { "d",   UINT64_C(86400000000) },
        { "h",   UINT64_C(3600000000) },
        { "min", UINT64_C(60000000) },
        { "s",   UINT64_C(1000000) },
        { "ms",  UINT64_C(1000) },
        { "us",  UINT64_C(1) },
};

static const struct unit_word sizes[] = {
        { "T", UINT64_C(1) << 40 },
        { "G", UINT64_C(1) << 30 },
        { "M", UINT64_C(1) << 20 },
        { "K", UINT64_C(1) << 10 },
        { "",  UINT64_C(1) },
};

/* Digits, and where they end; NULL when there are none or too many. */
static const char *digits(const char *text, uint64_t *ret)
{
        const char *at = text;
        uint64_t value = 0;

        for (; *at >= '0' && *at <= '9'; at++) {
                uint64_t digit = (uint64_t)(*at - '0');

                if (value > (UINT64_MAX - digit) / 10)
                        return NULL;
                value = value * 10 + digit;
        }
        *ret = value;
        return at == text ? NULL : at;
}

static bool in_units(const char *text, const struct unit_word *units, size_t count, uint64_t *ret)
{
        uint64_t value = 0;
        const char *rest = digits(text, &value);

        if (!rest)
                return false;
        rest += strspn(rest, " ");
        for (size_t i = 0; i < count; i++) {
                if (strcmp(rest, units[i].word) != 0)
                        continue;
                if (value > UINT64_MAX / units[i].worth)
                        return false;
                *ret = value * units[i].worth;
                return true;
        }
        return false;
}

bool count_parse(const char *text, uint64_t *ret)
{
        uint64_t value = 0;
        const char *rest = digits(text, &value);

        if (!rest || *rest != '\0')
                return false;
        *ret = value;
        return true;
}

bool duration_parse(const char *text, uint64_t *ret_us)
{
        if (strcmp(text, "0") == 0) {
                *ret_us = 0;
                return true;
        }
        return in_units(text, durations, COUNT(durations), ret_us);
}

bool size_parse(const char *text, uint64_t *ret_bytes)
{
        return in_units(text, sizes, COUNT(sizes), ret_bytes);
}

static void print(uint64_t value, const struct unit_word *units, char ret_text[UNITS_TEXT_MAX])
{
        const struct unit_word *unit = units;

        while (value % unit->worth != 0)
                unit++;         /* the last is worth 1 */
        snprintf(ret_text, UNITS_TEXT_MAX, "%" PRIu64 "%s", value / unit->worth, unit->word);
}

void count_print(uint64_t count, char ret_text[UNITS_TEXT_MAX])
{
        snprintf(ret_text, UNITS_TEXT_MAX, "%" PRIu64, count);
}

void duration_print(uint64_t us, char ret_text[UNITS_TEXT_MAX])
{
        if (us == 0)
                snprintf(ret_text, UNITS_TEXT_MAX, "0");
        else
                print(us, durations, ret_text);
}

void size_print(uint64_t bytes, char ret_text[UNITS_TEXT_MAX])
{
        if (bytes == 0)
                snprintf(ret_text, UNITS_TEXT_MAX, "0");
        else
                print(bytes, sizes, ret_text);
}
