/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "proto/fraction.h"
#include "tests/proto/run.h"

__extension__ typedef unsigned __int128 magnitude;

#define MOST ((wide)(~(magnitude)0 >> 1))
#define MOST_TEXT "170141183460469231731687303715884105727"
#define LEAST_TEXT "-170141183460469231731687303715884105728"

static const struct {
        const char *text;
        wide num, den;
} figures[] = {
        { "0", 0, 1 },
        { "1", 1, 1 },
        { "-1", -1, 1 },
        { "-5/7", -5, 7 },
        { "2/4", 2, 4 },
        { "0/3", 0, 3 },
        { "18446744073709551615", (wide)UINT64_MAX, 1 },
        { "18446744073709551616", (wide)UINT64_MAX + 1, 1 },
        { "-18446744073709551617/18446744073709551618", -(wide)UINT64_MAX - 2,
          (wide)UINT64_MAX + 3 },
        { MOST_TEXT, MOST, 1 },
        { LEAST_TEXT, -MOST - 1, 1 },
        { LEAST_TEXT "/" MOST_TEXT, -MOST - 1, MOST },
};

START_TEST(a_figure_is_printed_and_read_back)
{
        char text[FRACTION_TEXT_MAX];
        size_t size = fraction_print(figures[_i].num, figures[_i].den, text);
        wide num, den;

        ck_assert_msg(size == strlen(figures[_i].text) && memcmp(text, figures[_i].text, size) == 0,
                      "%.*s and not %s", (int)size, text, figures[_i].text);
        ck_assert(fraction_parse((struct bytes) { text, size }, &num, &den));
        ck_assert(num == figures[_i].num);
        ck_assert(den == figures[_i].den);
}
END_TEST

static const char *const none[] = {
        "", "-", "/", "/2", "1/", "-/2", "+1", "01", "-0", "-0/2", "00", "1/1", "1/0", "1/-2",
        "1/02", "1.5", "1e3", " 1", "1 ", "1/2/3", "0x1", "--1", "1/2 ", "12a", "a",
        "170141183460469231731687303715884105728",          /* 2^127 */
        "-170141183460469231731687303715884105729",
        "1/170141183460469231731687303715884105728",
        "1000000000000000000000000000000000000000",         /* forty digits */
};

START_TEST(what_is_no_figure_is_not_read)
{
        wide num, den;

        ck_assert_msg(!fraction_parse((struct bytes) { none[_i], strlen(none[_i]) }, &num, &den),
                      "\"%s\"", none[_i]);
}
END_TEST

START_TEST(a_nul_ends_nothing)
{
        wide num, den;

        ck_assert(!fraction_parse((struct bytes) { "12\0", 3 }, &num, &den));
        ck_assert(!fraction_parse((struct bytes) { NULL, 0 }, &num, &den));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("fraction");

        tcase_add_loop_test(tests, a_figure_is_printed_and_read_back, 0, COUNT_OF(figures));
        tcase_add_loop_test(tests, what_is_no_figure_is_not_read, 0, COUNT_OF(none));
        tcase_add_test(tests, a_nul_ends_nothing);
        return run_case(tests, "proto-fraction");
}
