/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/json.h"
#include "tests/clients/run.h"

static const struct {
        const char *says, *text;
        size_t line, column; /* 0: it is taken */
} documents[] = {
        { "an object", "{\"a\": 1, \"b\": [true, false, null, \"x\", -5, {}], \"c\": {}}", 0, 0 },
        { "blanks everywhere", " \n{ \"a\"\t: [ ] }\r\n ", 0, 0 },
        { "a text alone", "\"x\"", 0, 0 },
        { "a number alone", "12", 0, 0 },
        { "the largest number", "[9223372036854775807, -9223372036854775808]", 0, 0 },
        { "escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]", 0, 0 },
        { "UTF-8 of every length", "[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]", 0, 0 },
        { "the same key in two objects", "[{\"a\": 1}, {\"a\": 2}, {\"b\": {\"a\": 1}, \"a\": 1}]",
          0, 0 },
        { "sixteen deep", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", 0, 0 },
        { "seventeen deep", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", 1, 17 },
        { "nothing", "", 1, 1 },
        { "blanks only", "  \n ", 2, 2 },
        { "a key twice", "{\"a\": 1,\n \"b\": 2, \"a\": 3}", 2, 10 },
        { "a key with an escape", "{\"\\u0061\": 1}", 1, 2 },
        { "a fraction", "{\"a\": 0.025}", 1, 7 },
        { "an exponent", "[1e3]", 1, 2 },
        { "NaN", "[NaN]", 1, 2 },
        { "Infinity", "[Infinity]", 1, 2 },
        { "minus Infinity", "[-Infinity]", 1, 2 },
        { "one beyond 64 bits", "[9223372036854775808]", 1, 2 },
        { "one below 64 bits", "[-9223372036854775809]", 1, 2 },
        { "a leading zero", "[01]", 1, 2 },
        { "a plus sign", "[+1]", 1, 2 },
        { "a comma at the end", "[1,]", 1, 4 },
        { "a comma at the end of an object", "{\"a\":1,}", 1, 8 },
        { "no comma", "[1 2]", 1, 4 },
        { "no colon", "{\"a\" 1}", 1, 6 },
        { "a key without quotes", "{a: 1}", 1, 2 },
        { "single quotes", "['a']", 1, 2 },
        { "a comment", "// x\n[]", 1, 1 },
        { "no end", "[1", 1, 3 },
        { "a text without end", "[\"abc", 1, 2 },
        { "a line break in a text", "[\"a\nb\"]", 1, 4 },
        { "a tab in a text", "[\"a\tb\"]", 1, 4 },
        { "an odd escape", "[\"\\x\"]", 1, 3 },
        { "a NUL by escape", "[\"\\u0000\"]", 1, 3 },
        { "half a pair", "[\"\\ud83d\"]", 1, 3 },
        { "the other half", "[\"\\ude00\"]", 1, 3 },
        { "a pair of two firsts", "[\"\\ud83d\\ud83d\"]", 1, 3 },
        { "a short unit", "[\"\\u12\"]", 1, 3 },
        { "a stray byte", "[\"\xff\"]", 1, 3 },
        { "a long form", "[\"\xc0\xaf\"]", 1, 3 },
        { "a surrogate in UTF-8", "[\"\xed\xa0\x80\"]", 1, 3 },
        { "beyond Unicode", "[\"\xf4\x90\x80\x80\"]", 1, 3 },
        { "a cut sequence", "[\"\xe2\x82\"]", 1, 3 },
        { "two documents", "{} {}", 1, 4 },
        { "rest behind it", "[] x", 1, 4 },
        { "a cut word", "[tru]", 1, 2 },
};

START_TEST(only_good_json_is_read)
{
        static struct complaints to;
        own(json_object) struct json_object *object = NULL;
        int r;

        memset(&to, 0, sizeof(to));
        r = json_read(text_of(documents[_i].text), &object, &to);
        ck_assert_msg(r == (documents[_i].line ? REFUSAL_MALFORMED : 0), "%s: %d %s",
                      documents[_i].says, r, to.list[0].says);
        if (!documents[_i].line)
                return;
        ck_assert_uint_eq(to.count, 1);
        ck_assert_msg(to.list[0].line == documents[_i].line &&
                              to.list[0].column == documents[_i].column,
                      "%s: %zu:%zu", documents[_i].says, to.list[0].line, to.list[0].column);
}
END_TEST

START_TEST(a_nul_in_the_bytes_is_refused)
{
        static struct complaints to;
        own(json_object) struct json_object *object = NULL;

        ck_assert_int_eq(json_read((struct bytes) { "[\"a\0\"]", 6 }, &object, &to),
                         REFUSAL_MALFORMED);
        ck_assert_int_eq(json_read((struct bytes) { "[]\0", 3 }, &object, &to), REFUSAL_MALFORMED);
}
END_TEST

/* Every prefix of a good document is refused, none crashes. */
START_TEST(cut_anywhere)
{
        static const char whole[] =
                "{\"a\": [1, -22, \"\\u00e9\xe2\x82\xac\"], \"b\": {\"c\": null}}";
        static struct complaints to;

        for (size_t size = 0; size < sizeof(whole) - 1; size++) {
                own(json_object) struct json_object *object = NULL;
                char *copy = malloc(size + 1);

                to.count = 0;
                memcpy(copy, whole, size);
                ck_assert_int_eq(json_read((struct bytes) { copy, size }, &object, &to),
                                 REFUSAL_MALFORMED);
                free(copy);
        }
}
END_TEST

START_TEST(places_are_told_by_pointer)
{
        static struct complaints to;
        own(json_object) struct json_object *object = NULL;
        struct json_place root, list, element, money;
        char pointer[160];
        int64_t cents = 0;

        ck_assert_int_eq(json_read(text_of("{\"steps\": [0, {\"up\": \"1.234\"}]}"), &object, &to),
                         0);
        root = json_root(object);
        list = json_member(&root, "steps");
        element = json_element(&list, 1);
        money = json_member(&element, "up");
        ck_assert_str_eq(json_pointer(&money, pointer), "/steps/1/up");
        ck_assert_str_eq(json_pointer(&root, pointer), "");
        ck_assert_int_eq(json_want_money(&money, true, &cents, &to), REFUSAL_BAD_VALUE);
        ck_assert(complained(&to, "/steps/1/up", "parts of a cent"));
        money = json_member(&element, "down");
        ck_assert_int_eq(json_want_money(&money, true, &cents, &to), REFUSAL_BAD_VALUE);
        ck_assert(complained(&to, "/steps/1/down", "is missing"));
        ck_assert_int_eq(json_want_money(&money, false, &cents, &to), 0);
}
END_TEST

START_TEST(money_is_a_text_or_says_its_currency)
{
        static struct complaints to;
        static const struct {
                const char *text;
                bool good;
        } moneys[] = {
                { "\"12.34\"", true },
                { "{\"amount\": \"12.34\", \"currency\": \"USD\"}", true },
                { "{\"amount\": \"12.34\", \"currency\": \"EUR\"}", false },
                { "{\"amount\": \"12.34\"}", false },
                { "{\"amount\": \"12.34\", \"currency\": \"USD\", \"x\": 1}", false },
                { "{\"amount\": 1234, \"currency\": \"USD\"}", false },
                { "1234", false },
                { "true", false },
        };

        for (int i = 0; i < COUNT_OF(moneys); i++) {
                own(json_object) struct json_object *object = NULL;
                struct json_place root;
                int64_t cents = 0;

                ck_assert_int_eq(json_read(text_of(moneys[i].text), &object, &to), 0);
                root = json_root(object);
                ck_assert_msg((json_want_money(&root, true, &cents, &to) == 0) == moneys[i].good,
                              "%s", moneys[i].text);
                ck_assert_int_eq(cents, moneys[i].good ? 1234 : 0);
        }
}
END_TEST

START_TEST(complaints_beyond_the_room_are_counted)
{
        static struct complaints to;

        for (int i = 0; i < COMPLAINTS_MAX + 3; i++)
                complaints_add(&to, "", "%d", i);
        ck_assert_uint_eq(to.count, COMPLAINTS_MAX);
        ck_assert_uint_eq(to.more, 3);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("json");

        tcase_add_loop_test(tests, only_good_json_is_read, 0, COUNT_OF(documents));
        tcase_add_test(tests, a_nul_in_the_bytes_is_refused);
        tcase_add_test(tests, cut_anywhere);
        tcase_add_test(tests, places_are_told_by_pointer);
        tcase_add_test(tests, money_is_a_text_or_says_its_currency);
        tcase_add_test(tests, complaints_beyond_the_room_are_counted);
        return run_case(tests, "json");
}
