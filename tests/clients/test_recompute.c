/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every line of a statement is what its formula makes of the lines above it: for terms drawn over
 * all kinds of steps, and for every template of every year. What fails names the step, the line and
 * its formula.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "clients/formula.h"
#include "clients/look.h"
#include "clients/template.h"
#include "core/lines.h"
#include "core/steps.h"
#include "tests/clients/drawn.h"
#include "tests/clients/run.h"

static struct terms terms;
static struct statement statement;
static struct drawn facts;
static size_t made, taken, too_long;
static bool seen[1000];                 /* lines, by their number */

static const struct run run = {
        .period = { 19723, 20089 },     /* 2024 */
        .kind = RUN_PREVIEW,
        .payment = 20376,               /* 2025-10-15 */
};

static struct exact sum_of_facts(const struct line *line)
{
        struct exact sum = exact_of(0);

        for (size_t i = 0; i < line->facts; i++)
                sum = exact_add(sum, exact_of_value(&statement.facts[line->fact + i].value));
        return sum;
}

/* What it came from says the figure too. */
static bool input_agrees(const struct line *line, struct exact figure)
{
        taken++;
        if (line->facts)
                return exact_cmp(sum_of_facts(line), figure) == 0;
        return line->members ||
               exact_cmp(statement.carried[line->carried - 1].figure, figure) == 0;
}

/* Each kind of failure once: a line, its formula, and what came of it. */
#define FAILURES_MAX 100

static struct {
        uint16_t code, form;
        const char *why;
} failures[FAILURES_MAX];
static size_t failure_count;

static bool told_already(const struct line *line, const char *why)
{
        for (size_t i = 0; i < failure_count; i++)
                if (failures[i].code == line->code && failures[i].form == line->form &&
                    strcmp(failures[i].why, why) == 0)
                        return true;
        return failure_count == FAILURES_MAX;
}

static void tell(const char *from, size_t place, const char *why, const char *got)
{
        const struct line *line = &statement.lines[place];
        const struct line_info *info = line_info(line->code);
        const struct step *step = &terms.steps[line->step];
        char wanted[LOOK_MAX];

        if (told_already(line, why))
                return;
        failures[failure_count].code = line->code;
        failures[failure_count].form = line->form;
        failures[failure_count++].why = why;
        look_fraction((struct exact) { line->num, line->den }, wanted);
        printf("%s: step %d %s: line %zu %s%s%s\n        is %s, by form %d of \"%s\": %s %s\n",
               from, line->step + 1, step->kind.text, place + 1, info->name,
               line->item ? " of " : "", line->item ? line_item(&statement, line)->text : "",
               wanted, line->form, info->formula, why, got);
}

static void check_line(const char *from, size_t place)
{
        const struct line *line = &statement.lines[place];
        const struct formula_at at = { &terms, &statement, place };
        struct exact figure = { line->num, line->den }, got;
        struct formula formula;
        const char *fault;
        char text[LOOK_MAX];

        seen[line->code] = true;
        if (line_is_input(line)) {
                if (!input_agrees(line, figure))
                        tell(from, place, "its sources say otherwise", "");
                return;
        }
        fault = formula_of_line(&at, &formula);
        if (!fault)
                fault = formula_value(&formula, formula.root, &at, line->item, &got);
        if (fault && strstr(fault, "128 bits")) {
                too_long++;
                return;
        }
        if (fault)
                tell(from, place, fault, "");
        made++;
        if (!fault && exact_cmp(figure, got) != 0)
                tell(from, place, "it makes", look_fraction(got, text));
}

static void check_statement(const char *from)
{
        for (size_t i = 0; i < statement.line_count; i++)
                check_line(from, i);
}

/* A not calculable statement's lines are made by their formulas just as well. */
START_TEST(drawn_terms_are_recomputed)
{
        const char *more = getenv("ACCORD_RECOMPUTE_ROUNDS");
        int rounds = more ? atoi(more) : 1500, calculated = 0;
        char from[64];

        for (int round = 0; round < rounds; round++) {
                drawn_seed((uint64_t)round);
                drawn_terms(&terms, 24);
                for (int i = 0; i < 4; i++) {
                        calculated += drawn_statement(&terms, &run, &facts, &statement);
                        snprintf(from, sizeof(from), "terms %d, facts %d", round, i);
                        check_statement(from);
                }
        }
        printf("%d of %d statements calculable; %zu lines made, %zu taken, %zu too long to tell\n",
               calculated, 4 * rounds, made, taken, too_long);
        ck_assert_msg(failure_count == 0, "%zu lines differ from their formulas", failure_count);
        ck_assert_int_gt(calculated, rounds);
        ck_assert_uint_gt(made, 10 * (size_t)rounds);
        ck_assert_uint_lt(too_long * 50, made);
}
END_TEST

/* ---- templates */

static const char *setting_of(const char *key)
{
        if (strcmp(key, "bearer") == 0)
                return "plan";
        if (strcmp(key, "earner") == 0)
                return "clinic";
        return NULL;
}

#define SETTINGS_MAX 24

/* With what must be given and has no usual value: plausible figures by their names. */
static bool use(const struct template_info *info, int year)
{
        struct template_setting settings[SETTINGS_MAX];
        struct template_option option;
        static struct complaints to;
        size_t count = 0;

        for (size_t i = 0; template_option_at(info, i, &option); i++) {
                if (option.otherwise)
                        continue;
                ck_assert_uint_lt(count, SETTINGS_MAX);
                settings[count++] = (struct template_setting) {
                        option.key, setting_of(option.key) ? setting_of(option.key) : "2"
                };
        }
        memset(&to, 0, sizeof(to));
        if (template_terms(info->name, year, settings, count, &terms, &to) == 0)
                return true;
        ck_abort_msg("%s %d: %s: %s", info->name, year, to.list[0].where, to.list[0].says);
        return false;
}

START_TEST(every_template_is_recomputed)
{
        const struct template_info *info;
        int calculated = 0, all = 0;
        char from[96];

        for (size_t i = 0; (info = template_at(i)); i++)
                for (int year = info->first_year; year <= info->last_year && year <= 2030; year++) {
                        struct run of_year = run;

                        use(info, year);
                        of_year.period = terms.periods[0];
                        of_year.payment = date_of(year + 1, 10, 15);
                        for (int round = 0; round < 12; round++) {
                                drawn_seed((uint64_t)round);
                                all++;
                                calculated += drawn_statement(&terms, &of_year, &facts, &statement);
                                snprintf(from, sizeof(from), "template %s of %d, facts %d",
                                         info->name, year, round);
                                check_statement(from);
                        }
                }
        printf("%d of %d statements of templates calculable\n", calculated, all);
        ck_assert_msg(failure_count == 0, "%zu lines differ from their formulas", failure_count);
        ck_assert_int_gt(calculated * 10, all * 9);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("recompute");

        tcase_set_timeout(tests, 300);
        tcase_add_test(tests, drawn_terms_are_recomputed);
        tcase_add_test(tests, every_template_is_recomputed);
        return run_case(tests, "recompute");
}
