/* SPDX-License-Identifier: Apache-2.0 */
/* Every verb tells what it is, so that help, completion and the manual can. */
#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clients/help.h"
#include "clients/verbs.h"

static char *text_of(void (*print)(FILE *to, const void *with), const void *with)
{
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);

        print(to, with);
        fclose(to);
        return text;
}

static void print_all(FILE *to, const void *with)
{
        (void)with;
        help_all(to);
}

static void print_verb(FILE *to, const void *with)
{
        help_verb(to, with);
}

static bool has_option(const struct verb *verb, const char *name)
{
        for (const struct option_row *option = verb->options; option->name; option++)
                if (strcmp(option->name, name) == 0)
                        return true;
        return false;
}

START_TEST(a_verb_says_what_it_does)
{
        for (size_t i = 0; verbs[i]; i++) {
                const struct verb *verb = verbs[i];

                ck_assert_msg(verb->noun && verb->name && verb->usage && verb->says && verb->run,
                              "verb %zu has an empty slot", i);
                ck_assert_msg(strlen(verb->says) > 10 && islower((unsigned char)verb->says[0]),
                              "%s %s: \"%s\"", verb->noun, verb->name, verb->says);
                ck_assert_msg(verb->says[strlen(verb->says) - 1] != '.', "%s %s ends with a stop",
                              verb->noun, verb->name);
                ck_assert_msg(verb->words_least <= verb->words_most, "%s %s: words", verb->noun,
                              verb->name);
                ck_assert_msg((verb->words_most > 0) == (*verb->usage != '\0') || verb->hidden,
                              "%s %s: its usage does not fit its words", verb->noun, verb->name);
        }
}
END_TEST

START_TEST(no_two_verbs_have_one_name)
{
        for (size_t i = 0; verbs[i]; i++)
                for (size_t j = 0; j < i; j++)
                        ck_assert_msg(strcmp(verbs[i]->noun, verbs[j]->noun) != 0 ||
                                              strcmp(verbs[i]->name, verbs[j]->name) != 0,
                                      "%s %s stands twice", verbs[i]->noun, verbs[i]->name);
}
END_TEST

START_TEST(options_end_and_say_what_they_are)
{
        for (size_t i = 0; verbs[i]; i++) {
                const struct option_row *option = verbs[i]->options;

                ck_assert(!verbs[i]->options[OPTIONS_MAX - 1].name);
                for (; option->name; option++) {
                        ck_assert_msg(option->says && strlen(option->says) > 4, "%s %s --%s",
                                      verbs[i]->noun, verbs[i]->name, option->name);
                        ck_assert_msg(option->value || !(option->flags & OPTION_NEEDED),
                                      "%s %s --%s: a switch cannot be needed", verbs[i]->noun,
                                      verbs[i]->name, option->name);
                }
        }
}
END_TEST

START_TEST(whatever_writes_can_be_tried_first)
{
        for (size_t i = 0; verbs[i]; i++)
                ck_assert_msg(!verbs[i]->writes || has_option(verbs[i], "dry-run"),
                              "%s %s has no --dry-run", verbs[i]->noun, verbs[i]->name);
}
END_TEST

START_TEST(help_lists_every_verb_and_topic)
{
        char *text = text_of(print_all, NULL), name[80];

        for (size_t i = 0; verbs[i]; i++) {
                snprintf(name, sizeof(name), "  %s%s%s ", verbs[i]->noun,
                         *verbs[i]->name ? " " : "", verbs[i]->name);
                ck_assert_msg(verbs[i]->hidden == !strstr(text, name), "%s", name);
        }
        for (const struct topic *topic = topics; topic->name; topic++)
                ck_assert_msg(strstr(text, topic->name), "%s", topic->name);
        free(text);
}
END_TEST

START_TEST(help_of_a_verb_lists_every_option)
{
        for (size_t i = 0; verbs[i]; i++) {
                const struct option_row *option = verbs[i]->options;
                char *text = text_of(print_verb, verbs[i]), name[80];

                for (; option->name; option++) {
                        snprintf(name, sizeof(name), "\n  --%s", option->name);
                        ck_assert_msg(strstr(text, name), "%s %s:%s", verbs[i]->noun,
                                      verbs[i]->name, name);
                }
                free(text);
        }
}
END_TEST

static size_t columns_of(const char *line, size_t length)
{
        size_t columns = 0;

        for (size_t i = 0; i < length; i++)
                columns += ((unsigned char)line[i] & 0xc0) != 0x80;
        return columns;
}

START_TEST(help_fits_the_page)
{
        for (size_t i = 0; verbs[i]; i++) {
                char *text = text_of(print_verb, verbs[i]);

                for (char *line = text; *line; line += strcspn(line, "\n") + 1)
                        ck_assert_msg(columns_of(line, strcspn(line, "\n")) <= 100, "%s %s: %s",
                                      verbs[i]->noun, verbs[i]->name, line);
                free(text);
        }
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("table");
        TCase *tests = tcase_create("verbs");
        SRunner *runner;
        int failed;

        tcase_add_test(tests, a_verb_says_what_it_does);
        tcase_add_test(tests, no_two_verbs_have_one_name);
        tcase_add_test(tests, options_end_and_say_what_they_are);
        tcase_add_test(tests, whatever_writes_can_be_tried_first);
        tcase_add_test(tests, help_lists_every_verb_and_topic);
        tcase_add_test(tests, help_of_a_verb_lists_every_option);
        tcase_add_test(tests, help_fits_the_page);
        suite_add_tcase(suite, tests);
        runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
