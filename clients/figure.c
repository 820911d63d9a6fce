/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/steps.h"

#define DECIMALS_MAX 9

/* A decimal as written: digits without their point, and how many stood behind it. */
struct decimal {
        int64_t digits;
        int decimals;
};

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

/*
 * [-]digits[.digits]: no plus sign, no separators, no exponent, no blank. Trailing zeros behind the
 * point do not count, so that "46.000000000000" is as good as "46".
 */
static const char *decimal_parse(struct bytes text, struct decimal *ret)
{
        const char *c = text.data, *end = c + text.size, *point;
        bool negative = text.size && *c == '-';

        *ret = (struct decimal) { 0, 0 };
        c += negative;
        if (c == end)
                return "is no number";
        point = memchr(c, '.', (size_t)(end - c));
        if (point == c || (point && point + 1 == end))
                return "has a point without digits on both sides of it";
        while (point && end[-1] == '0')
                end--;
        for (; c < end; c++) {
                if (c == point)
                        continue;
                if (!is_digit(*c))
                        return "is no plain decimal: digits and one point, no separators, no "
                               "exponent";
                if (__builtin_mul_overflow(ret->digits, 10, &ret->digits) ||
                    __builtin_add_overflow(ret->digits, *c - '0', &ret->digits))
                        return "has more digits than fit";
                ret->decimals += point && c > point;
        }
        if (negative)
                ret->digits = -ret->digits;
        return NULL;
}

const char *money_parse(struct bytes text, int64_t *ret_cents)
{
        struct decimal decimal;
        const char *fault = decimal_parse(text, &decimal);

        *ret_cents = 0;
        if (fault)
                return fault;
        if (decimal.decimals > 2)
                return "has parts of a cent: an amount has at most two decimals";
        for (int i = decimal.decimals; i < 2; i++)
                if (__builtin_mul_overflow(decimal.digits, 10, &decimal.digits))
                        return "is more than money can be";
        if (decimal.digits > MONEY_MAX || decimal.digits < -MONEY_MAX)
                return "is more than money can be";
        *ret_cents = decimal.digits;
        return NULL;
}

const char *count_parse(struct bytes text, int64_t *ret_count)
{
        struct decimal decimal;
        const char *fault = decimal_parse(text, &decimal);

        *ret_count = 0;
        if (fault)
                return fault;
        if (memchr(text.data, '.', text.size))
                return "is a count: a whole number, without a point";
        *ret_count = decimal.digits;
        return NULL;
}

static const char *reduced(wide num, wide den, struct rate *ret)
{
        struct exact exact;

        if (den <= 0)
                return "has a denominator that is not positive";
        exact = exact_ratio(num, den);
        if (exact.den > RATE_PART_MAX || exact.num > RATE_PART_MAX || exact.num < -RATE_PART_MAX)
                return "is longer than a rate can be: at most nine decimals, no part beyond 10^9";
        *ret = (struct rate) { (int64_t)exact.num, (int64_t)exact.den };
        return NULL;
}

static const char *fraction_parse(struct bytes text, const char *slash, struct rate *ret)
{
        struct bytes above = { text.data, (size_t)(slash - (const char *)text.data) };
        struct bytes below = { slash + 1, text.size - above.size - 1 };
        int64_t num, den;
        const char *fault = count_parse(above, &num);

        if (!fault)
                fault = count_parse(below, &den);
        return fault ? "is no fraction of two whole numbers" : reduced(num, den, ret);
}

const char *rate_parse(struct bytes text, struct rate *ret)
{
        const char *slash = text.size ? memchr(text.data, '/', text.size) : NULL;
        struct decimal decimal;
        const char *fault;
        wide den = 1;

        *ret = (struct rate) { 0, 1 };
        if (slash)
                return fraction_parse(text, slash, ret);
        if (text.size && ((const char *)text.data)[text.size - 1] == '%') {
                text.size--;
                den = 100;
        }
        fault = decimal_parse(text, &decimal);
        if (fault)
                return fault;
        if (decimal.decimals > DECIMALS_MAX)
                return "has more than nine decimals";
        for (int i = 0; i < decimal.decimals; i++)
                den *= 10;
        return reduced(decimal.digits, den, ret);
}

const char *flag_parse(struct bytes text, bool *ret)
{
        static const struct {
                const char *word;
                bool means;
        } words[] = { { "yes", true },    { "no", false }, { "true", true },
                      { "false", false }, { "1", true },   { "0", false } };

        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (bytes_equal(text, (struct bytes) { words[i].word, strlen(words[i].word) })) {
                        *ret = words[i].means;
                        return NULL;
                }
        *ret = false;
        return "is neither yes nor no";
}

static const char *rate_value_parse(struct bytes text, struct value *ret)
{
        struct rate rate;
        const char *fault = rate_parse(text, &rate);

        ret->num = rate.num;
        ret->den = rate.den;
        return fault;
}

const char *value_parse(enum fact_kind kind, struct bytes text, struct value *ret)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        const char *fault = "is of a kind without figures";
        bool flag = false;

        assert(info);
        *ret = (struct value) { .unit = info->unit, .den = 1 };
        switch (info->unit) {
        case UNIT_CENTS:
                fault = money_parse(text, &ret->num);
                break;
        case UNIT_COUNT:
                fault = count_parse(text, &ret->num);
                break;
        case UNIT_RATE:
                fault = rate_value_parse(text, ret);
                break;
        case UNIT_FLAG:
                fault = flag_parse(text, &flag);
                ret->num = flag;
                break;
        case UNIT_DATE:
                break;
        }
        return fault ? fault : fact_value_fault(kind, ret);
}

/* ---- printing */

/* Decimal digits of @a, at most 39 and a sign. Returns how many characters. */
static int wide_print(uwide a, char *to)
{
        char digits[40];
        int count = 0;

        do {
                digits[count++] = (char)('0' + (int)(a % 10));
                a /= 10;
        } while (a);
        for (int i = 0; i < count; i++)
                to[i] = digits[count - 1 - i];
        to[count] = '\0';
        return count;
}

/*
 * The remainder of ten times @rest by @den, and in *ret_digit the quotient. Both are below 2^127.
 */
static uwide times_ten(uwide rest, uwide den, int *ret_digit)
{
        uwide sum = 0;

        *ret_digit = 0;
        for (int i = 0; i < 10; i++) {
                sum += rest;
                if (sum >= den) {
                        sum -= den;
                        ++*ret_digit;
                }
        }
        return sum;
}

/*
 * Long division of @a by 10^@shift: at least @least decimals, at most @most, neither below @shift;
 * cut.
 * @ret_rest says whether more would follow. Never multiplies, so no figure is too long for it.
 */
static void decimals_print(struct exact a, int shift, int least, int most,
                           char ret_text[FIGURE_TEXT_MAX], bool *ret_rest)
{
        uwide size = a.num < 0 ? -(uwide)a.num : (uwide)a.num, den = (uwide)a.den;
        uwide whole = size / den, rest = size % den, hundred = shift ? 100 : 1;
        int at = 0, digit = 0;

        assert(shift == 0 || shift == 2);
        if (a.num < 0)
                ret_text[at++] = '-';
        at += wide_print(whole / hundred, ret_text + at);
        if (least > 0 || (rest && most > 0))
                ret_text[at++] = '.';
        if (shift) {
                ret_text[at++] = (char)('0' + (int)(whole % 100 / 10));
                ret_text[at++] = (char)('0' + (int)(whole % 10));
        }
        for (int digits = shift; digits < least || (rest && digits < most); digits++) {
                rest = times_ten(rest, den, &digit);
                ret_text[at++] = (char)('0' + digit);
        }
        ret_text[at] = '\0';
        *ret_rest = rest != 0;
}

char *money_print(int64_t cents, char ret_text[FIGURE_TEXT_MAX])
{
        bool rest;

        decimals_print(exact_of(cents), 2, 2, 2, ret_text, &rest);
        return ret_text;
}

char *rate_print(struct rate rate, char ret_text[FIGURE_TEXT_MAX])
{
        bool rest;

        assert(rate.den > 0);
        decimals_print((struct exact) { rate.num, rate.den }, 0, 0, DECIMALS_MAX, ret_text, &rest);
        if (rest)
                snprintf(ret_text, FIGURE_TEXT_MAX, "%" PRId64 "/%" PRId64, rate.num, rate.den);
        return ret_text;
}

char *share_print(int64_t billionths, char ret_text[FIGURE_TEXT_MAX])
{
        bool rest;

        decimals_print(exact_ratio((wide)billionths * 100, SHARE_ONE), 0, 0, DECIMALS_MAX, ret_text,
                       &rest);
        memcpy(ret_text + strlen(ret_text), "%", sizeof("%"));
        return ret_text;
}

static char *day_print(int64_t day, char ret_text[FIGURE_TEXT_MAX])
{
        if (day >= DATE_FIRST && day <= DATE_LAST)
                date_print((date)day, ret_text);
        else
                snprintf(ret_text, FIGURE_TEXT_MAX, "?");
        return ret_text;
}

char *value_print(const struct value *value, char ret_text[FIGURE_TEXT_MAX])
{
        switch (value->unit) {
        case UNIT_CENTS:
                return money_print(value->num, ret_text);
        case UNIT_RATE:
                return rate_print((struct rate) { value->num, value->den }, ret_text);
        case UNIT_FLAG:
                snprintf(ret_text, FIGURE_TEXT_MAX, "%s", value->num ? "yes" : "no");
                return ret_text;
        case UNIT_DATE:
                return day_print(value->num, ret_text);
        case UNIT_COUNT:
                break;
        }
        snprintf(ret_text, FIGURE_TEXT_MAX, "%" PRId64, value->num);
        return ret_text;
}

char *exact_print(struct exact figure, enum unit unit, int decimals, char ret_text[FIGURE_TEXT_MAX])
{
        bool rest = false;

        assert(decimals >= 0);
        assert(decimals <= 30);
        switch (unit) {
        case UNIT_CENTS:
                decimals_print(figure, 2, 2, decimals < 2 ? 2 : decimals, ret_text, &rest);
                break;
        case UNIT_FLAG:
                snprintf(ret_text, FIGURE_TEXT_MAX, "%s", figure.num ? "yes" : "no");
                break;
        case UNIT_DATE:
                day_print((int64_t)figure.num, ret_text);
                break;
        case UNIT_RATE:
        case UNIT_COUNT:
                decimals_print(figure, 0, 0, decimals, ret_text, &rest);
                break;
        }
        if (rest)
                memcpy(ret_text + strlen(ret_text), "...", sizeof("..."));
        return ret_text;
}
