/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/fraction.h"

#include <stdint.h>

#include "core/check.h"

__extension__ typedef unsigned __int128 magnitude;

#define WIDE_MOST (~(magnitude)0 >> 1)  /* 2^127 - 1 */

static size_t print_magnitude(magnitude value, char *to)
{
        char digits[39];
        size_t count = 0;
        uint64_t rest;

        for (; value > UINT64_MAX; value /= 10)
                digits[count++] = (char)('0' + (int)(value % 10));
        rest = (uint64_t)value;         /* dividing 64 bits is ten times as fast */
        do {
                digits[count++] = (char)('0' + (int)(rest % 10));
                rest /= 10;
        } while (rest);
        for (size_t i = 0; i < count; i++)
                to[i] = digits[count - 1 - i];
        return count;
}

size_t fraction_print(wide num, wide den, char ret_text[FRACTION_TEXT_MAX])
{
        size_t at = 0;

        assert(den > 0);
        if (num < 0)
                ret_text[at++] = '-';
        at += print_magnitude(num < 0 ? -(magnitude)num : (magnitude)num, ret_text + at);
        if (den != 1) {
                ret_text[at++] = '/';
                at += print_magnitude((magnitude)den, ret_text + at);
        }
        return at;
}

/* As many digits as there are; moves *at behind them. */
static bool parse_magnitude(const char **at, const char *end, magnitude most, magnitude *ret)
{
        const char *first = *at;
        magnitude value = 0;

        for (; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
                unsigned int digit = (unsigned int)(**at - '0');

                if (value > (most - digit) / 10)
                        return false;
                value = value * 10 + digit;
        }
        *ret = value;
        return *at > first && (*first != '0' || *at == first + 1);
}

bool fraction_parse(struct bytes text, wide *ret_num, wide *ret_den)
{
        const char *at = text.data, *end = text.size ? at + text.size : at;
        bool negative = at < end && *at == '-';
        magnitude num, den = 1;

        at += negative;
        if (!parse_magnitude(&at, end, negative ? WIDE_MOST + 1 : WIDE_MOST, &num) ||
            (negative && num == 0))
                return false;
        if (at < end) {
                if (*at++ != '/' || !parse_magnitude(&at, end, WIDE_MOST, &den) || den < 2)
                        return false;
        }
        *ret_num = negative ? (wide)-num : (wide)num;
        *ret_den = (wide)den;
        return at == end;
}
