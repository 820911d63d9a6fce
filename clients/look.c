/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/look.h"

#include <stdio.h>
#include <string.h>

#define APPROXIMATELY "\xe2\x89\x88 "   /* U+2248 */
#define DIGITS_MAX 64

static uwide size_of(wide number)
{
        return number < 0 ? -(uwide)number : (uwide)number;
}

static size_t whole_digits(uwide number, char ret[DIGITS_MAX])
{
        char text[DIGITS_MAX], *at = text + sizeof(text);
        size_t length;

        do {
                *--at = (char)('0' + (int)(number % 10));
                number /= 10;
        } while (number);
        length = (size_t)(text + sizeof(text) - at);
        memcpy(ret, at, length);
        return length;
}

/* One more in the last place. */
static size_t round_up(char *digits, size_t length)
{
        size_t at = length;

        while (at > 0 && digits[at - 1] == '9')
                digits[--at] = '0';
        if (at > 0) {
                digits[at - 1]++;
                return length;
        }
        memmove(digits + 1, digits, length);
        digits[0] = '1';
        return length + 1;
}

/*
 * The digits of |figure| times 10^places, rounded half away from zero. By long division, as a
 * figure may fill its 128 bits. Answers whether they are exact.
 */
static bool scaled(struct exact figure, int places, char ret[DIGITS_MAX])
{
        uwide den = (uwide)figure.den, rest = size_of(figure.num) % den;
        size_t length = whole_digits(size_of(figure.num) / den, ret);
        bool exact = true;

        while (den >> 124) {
                den >>= 4;
                rest >>= 4;
                exact = false;
        }
        rest = rest < den ? rest : den - 1;
        for (int i = 0; i < places; i++) {
                rest *= 10;
                ret[length++] = (char)('0' + (int)(rest / den));
                rest %= den;
        }
        if (rest && rest >= den - rest)
                length = round_up(ret, length);
        ret[length] = '\0';
        return exact && rest == 0;
}

/* "0012345" with two decimals: "123.45"; "1234567": "12,345.67". */
static void print_grouped(const char *digits, size_t decimals, char ret[LOOK_MAX])
{
        size_t length, whole, at = 0;

        while (*digits == '0' && strlen(digits) > decimals + 1)
                digits++;
        length = strlen(digits);
        whole = length > decimals ? length - decimals : 0;
        if (!whole)
                ret[at++] = '0';
        for (size_t i = 0; i < whole; i++) {
                if (i && (whole - i) % 3 == 0)
                        ret[at++] = ',';
                ret[at++] = digits[i];
        }
        if (decimals) {
                ret[at++] = '.';
                for (size_t i = length; i < decimals; i++)
                        ret[at++] = '0';
                memcpy(ret + at, digits + whole, length - whole);
                at += length - whole;
        }
        ret[at] = '\0';
}

/*
 * As few decimals as say @figure, up to @most; else @otherwise of them, and false. @shift: two
 * for percent.
 */
static bool decimal(struct exact figure, int shift, int most, int otherwise, char ret[LOOK_MAX])
{
        char digits[DIGITS_MAX];

        for (int decimals = 0; decimals <= most; decimals++) {
                if (!scaled(figure, shift + decimals, digits))
                        continue;
                print_grouped(digits, (size_t)decimals, ret);
                return true;
        }
        scaled(figure, shift + otherwise, digits);
        print_grouped(digits, (size_t)otherwise, ret);
        return false;
}

/* Puts sign, unit and mark around the digits in @ret. */
static char *dress(bool exact, bool negative, const char *before, const char *after,
                   char ret[LOOK_MAX])
{
        char text[LOOK_MAX];

        snprintf(text, sizeof(text), "%s", ret);
        snprintf(ret, LOOK_MAX, "%s%s%s%.100s%s", exact ? "" : APPROXIMATELY, negative ? "-" : "",
                 before, text, after);
        return ret;
}

static char *money(struct exact cents, char ret[LOOK_MAX])
{
        char digits[DIGITS_MAX];
        bool exact = scaled(cents, 0, digits);

        print_grouped(digits, 2, ret);
        return dress(exact, cents.num < 0, "$ ", "", ret);
}

char *look_money(int64_t cents, char ret[LOOK_MAX])
{
        return money(exact_of(cents), ret);
}

char *look_count(int64_t count, char ret[LOOK_MAX])
{
        return look_figure(exact_of(count), UNIT_COUNT, ret);
}

char *look_rate(struct exact rate, char ret[LOOK_MAX])
{
        bool exact = decimal(rate, 2, 6, 4, ret);

        return dress(exact, rate.num < 0, "", " %", ret);
}

char *look_money_finely(struct exact cents, char ret[LOOK_MAX])
{
        char digits[DIGITS_MAX];

        for (int decimals = 0; decimals <= 4; decimals++) {
                if (!scaled(cents, decimals, digits))
                        continue;
                print_grouped(digits, (size_t)decimals + 2, ret);
                return dress(true, cents.num < 0, "$ ", "", ret);
        }
        return money(cents, ret);
}

char *look_number(struct exact number, char ret[LOOK_MAX])
{
        bool exact = decimal(number, 0, 9, 6, ret);

        return dress(exact, number.num < 0, "", "", ret);
}

bool look_is_rounded(const char *text)
{
        return strncmp(text, APPROXIMATELY, strlen(APPROXIMATELY)) == 0;
}

static char *look_day(struct exact figure, char ret[LOOK_MAX])
{
        char text[11] = "?";

        if (figure.den == 1 && figure.num >= DATE_FIRST && figure.num <= DATE_LAST)
                date_print((date)figure.num, text);
        snprintf(ret, LOOK_MAX, "%s", text);
        return ret;
}

char *look_figure(struct exact figure, enum unit unit, char ret[LOOK_MAX])
{
        bool exact;

        switch (unit) {
        case UNIT_CENTS:
                return money(figure, ret);
        case UNIT_RATE:
                return look_rate(figure, ret);
        case UNIT_FLAG:
                snprintf(ret, LOOK_MAX, "%s", figure.num ? "yes" : "no");
                return ret;
        case UNIT_DATE:
                return look_day(figure, ret);
        case UNIT_COUNT:
                break;
        }
        exact = decimal(figure, 0, 4, 2, ret);
        return dress(exact, figure.num < 0, "", "", ret);
}

char *look_exactly(struct exact figure, enum unit unit, char ret[LOOK_MAX])
{
        char text[LOOK_MAX], digits[DIGITS_MAX], above[LOOK_MAX], below[LOOK_MAX];

        ret[0] = '\0';
        look_figure(figure, unit, text);
        if (!look_is_rounded(text))
                return ret;
        scaled((struct exact) { figure.num, 1 }, 0, digits);
        print_grouped(digits, 0, above);
        scaled((struct exact) { figure.den, 1 }, 0, digits);
        print_grouped(digits, 0, below);
        snprintf(ret, LOOK_MAX, "%s%.60s/%.60s%s", figure.num < 0 ? "-" : "", above, below,
                 unit == UNIT_CENTS ? " cents" : "");
        return ret;
}

char *look_fraction(struct exact figure, char ret[LOOK_MAX])
{
        char above[DIGITS_MAX], below[DIGITS_MAX];

        scaled((struct exact) { figure.num, 1 }, 0, above);
        scaled((struct exact) { figure.den, 1 }, 0, below);
        snprintf(ret, LOOK_MAX, "%s%s%s%s", figure.num < 0 ? "-" : "", above,
                 figure.den == 1 ? "" : "/", figure.den == 1 ? "" : below);
        return ret;
}

static void without_groups(char *text)
{
        char *to = text;

        for (; *text; text++)
                if (*text != ',')
                        *to++ = *text;
        *to = '\0';
}

char *look_plain(struct exact figure, enum unit unit, char ret[LOOK_MAX])
{
        char digits[DIGITS_MAX];

        if (unit == UNIT_FLAG || unit == UNIT_DATE)
                return look_figure(figure, unit, ret);
        if (unit == UNIT_CENTS) {
                scaled(figure, 0, digits);
                print_grouped(digits, 2, ret);
        } else if (!decimal(figure, 0, 9, 9, ret)) {
                return look_fraction(figure, ret);
        }
        without_groups(ret);
        return dress(true, figure.num < 0, "", "", ret);
}
