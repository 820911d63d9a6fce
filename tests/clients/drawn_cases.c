/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cases as files, for tests of what is settled from files: every template, and drawn terms with two
 * periods, the second of which reads the statement of the first.
 *
 *   drawn-cases DIRECTORY HOW-MANY
 *
 * Of each case: NAME.terms.json, NAME.facts.csv, NAME.earlier.csv; and a row on standard output:
 * "NAME PERIOD PAYMENT [EARLIER]".
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/look.h"
#include "clients/template.h"
#include "clients/terms_json.h"
#include "tests/clients/drawn.h"
#include "tests/clients/drawn_template.h"

static struct terms terms;
static struct statement statement;
static struct drawn facts;

static FILE *create(const char *directory, const char *name, const char *what)
{
        char path[512];
        FILE *file;

        snprintf(path, sizeof(path), "%s/%s.%s", directory, name, what);
        file = fopen(path, "w");
        if (!file) {
                perror(path);
                exit(EXIT_FAILURE);
        }
        return file;
}

static void write_terms(const char *directory, const char *name)
{
        struct json_object *document = NULL;
        FILE *file = create(directory, name, "terms.json");

        ck_assert_int_eq(terms_to_json(&terms, &document), 0);
        fputs(json_object_to_json_string(document), file);
        json_object_put(document);
        fclose(file);
}

static void settle_one(const char *directory, const char *name, const char *what, size_t place)
{
        FILE *to = create(directory, name, what);
        const struct run run = { .contract = terms.contract,
                                 .period = terms.periods[place],
                                 .kind = RUN_PREVIEW,
                                 .payment = date_of(2026, 10, 15) };

        facts.plain = true;
        drawn_statement(&terms, &run, &facts, &statement);
        drawn_print(&terms, &facts, to);
        fclose(to);
}

/* The second period's facts are drawn with what the first one's statement hands on. */
static void write_facts(const char *directory, const char *name)
{
        char period[LOOK_MAX], earlier[LOOK_MAX] = "";
        size_t last = terms.period_count > 1 ? 1 : 0;

        facts.carried_count = 0;
        if (last) {
                settle_one(directory, name, "earlier.csv", 0);
                look_period(terms.periods[0], earlier);
                facts.carried_count = carries_of(&statement, facts.carried, DRAWN_CARRIED_MAX);
                if (facts.carried_count > DRAWN_CARRIED_MAX)
                        facts.carried_count = DRAWN_CARRIED_MAX;
        }
        settle_one(directory, name, "facts.csv", last);
        printf("%s %s 2026-10-15 %s\n", name, look_period(terms.periods[last], period), earlier);
}

static void write_case(const char *directory, const char *name)
{
        write_terms(directory, name);
        write_facts(directory, name);
}

static const char *directory_;
static int how_many;

START_TEST(templates)
{
        const struct template_info *info;

        for (size_t i = 0; (info = template_at(i)); i++) {
                struct settings settings = { .count = 0 };
                int year = info->last_year < 2030 ? info->last_year : 2030;
                const char *fault = use_template(info, year, &settings, &terms);

                ck_assert_msg(!fault, "%s: %s", info->name, fault);
                drawn_seed(i);
                write_case(directory_, info->name);
        }
}
END_TEST

START_TEST(drawn)
{
        for (int i = 0; i < how_many; i++) {
                char name[32];

                drawn_seed(100000 + (uint64_t)i);
                if (i % 4)
                        drawn_terms(&terms, 20);
                else
                        drawn_history(&terms);
                snprintf(name, sizeof(name), "drawn-%d", i);
                write_case(directory_, name);
        }
}
END_TEST

/* Drawing asserts as tests do, so it runs as one. */
int main(int argc, char **argv)
{
        TCase *tests = tcase_create("cases");
        Suite *suite = suite_create("cases");
        SRunner *runner = srunner_create(suite);
        int failed;

        if (argc != 3)
                return EXIT_FAILURE;
        directory_ = argv[1];
        how_many = atoi(argv[2]);
        suite_add_tcase(suite, tests);
        tcase_add_test(tests, templates);
        tcase_add_test(tests, drawn);
        srunner_set_fork_status(runner, CK_NOFORK);
        srunner_run_all(runner, CK_SILENT);
        failed = srunner_ntests_failed(runner);
        srunner_print(runner, failed ? CK_NORMAL : CK_SILENT);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
