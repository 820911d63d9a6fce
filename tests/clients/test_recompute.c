/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every line of a statement is what its formula makes of the lines above it: for terms drawn over
 * all kinds of steps, for every template of every year, and with every option that a template says
 * it has. What fails names the step, the line and its formula.
 *
 * ACCORD_RECOMPUTE_ROUNDS: so many drawn terms. ACCORD_RECOMPUTE_VERBOSE: the lines above one that
 * differs too, and which ways of making a line were not seen; with CK_FORK=no by none of the tests.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "core/formula.h"
#include "clients/look.h"
#include "core/lines.h"
#include "core/steps.h"
#include "tests/clients/drawn.h"
#include "tests/clients/drawn_template.h"
#include "tests/clients/run.h"
#include "tests/rounds.h"

static struct terms terms;
static struct statement statement;
static struct drawn facts;
static size_t made, taken, too_long;
static uint32_t seen[1000];             /* ways, by the number of their line */

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

/* ACCORD_RECOMPUTE_VERBOSE=1: the lines up to the one that differs. */
static void show_above(size_t place)
{
        char figure[LOOK_MAX];

        for (size_t i = 0; getenv("ACCORD_RECOMPUTE_VERBOSE") && i <= place; i++) {
                const struct line *line = &statement.lines[i];

                fprintf(stderr, "        %3zu step %d %s %s[%s] = %s form %d%s\n", i + 1,
                        line->step + 1, terms.steps[line->step].kind.text,
                        line_info(line->code)->name,
                        line->item ? line_item(&statement, line)->text : "",
                        look_fraction((struct exact) { line->num, line->den }, figure),
                        line->form, line_is_input(line) ? " input" : "");
        }
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
        fprintf(stderr, "%s: step %d %s: line %zu %s%s%s\n"
                "        is %s, by form %d of \"%s\": %s %s\n",
                from, line->step + 1, step->kind.text, place + 1, info->name,
                line->item ? " of " : "", line->item ? line_item(&statement, line)->text : "",
                wanted, line->form, info->formula, why, got);
        show_above(place);
}

static void check_line(const char *from, size_t place)
{
        const struct line *line = &statement.lines[place];
        const struct formula_at at = { &terms, &statement, place };
        struct exact figure = { line->num, line->den }, got;
        struct formula formula;
        const char *fault;
        char text[LOOK_MAX];

        seen[line->code] |= line_is_input(line) ? 0 : UINT32_C(1) << line->form;
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

/* Ways of making a line that nothing came to, of all tests that ran in this process. */
static size_t ways_not_seen(void)
{
        const struct line_info *info;
        struct bytes text;
        size_t count = 0;

        for (size_t i = 0; (info = line_at(i)); i++)
                for (unsigned int form = 0; formula_form(info->formula, form, &text); form++) {
                        if (!text.size || seen[info->code] & UINT32_C(1) << form)
                                continue;
                        count++;
                        fprintf(stderr, "not seen: %s by %.*s\n", info->name, (int)text.size,
                                (const char *)text.data);
                }
        return count;
}

/* A not calculable statement's lines are made by their formulas just as well. */
START_TEST(drawn_terms_are_recomputed)
{
        const char *more = getenv("ACCORD_RECOMPUTE_ROUNDS");
        int rounds = more ? atoi(more) : ROUNDS_OF(150), calculated = 0;
        char from[64];

        for (int round = 0; round < rounds; round++) {
                drawn_seed((uint64_t)round);
                if (round % 4)
                        drawn_terms(&terms, 24);
                else
                        drawn_history(&terms);
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

static int recompute(const char *name, int year, int rounds)
{
        struct run of_year = run;
        int calculated = 0;
        char from[96];

        of_year.period = terms.periods[0];
        of_year.payment = date_of(year + 1, 10, 15);
        for (int round = 0; round < rounds; round++) {
                drawn_seed((uint64_t)round);
                calculated += drawn_statement(&terms, &of_year, &facts, &statement);
                snprintf(from, sizeof(from), "template %s of %d, facts %d", name, year, round);
                check_statement(from);
        }
        return calculated;
}

START_TEST(every_template_is_recomputed)
{
        const struct template_info *info;
        int calculated = 0, all = 0;

        for (size_t i = 0; (info = template_at(i)); i++)
                for (int year = info->first_year; year <= info->last_year && year <= 2030; year++) {
                        struct settings settings = { .count = 0 };
                        const char *fault = use_template(info, year, &settings, &terms);

                        ck_assert_msg(!fault, "%s %d: %s", info->name, year, fault);
                        calculated += recompute(info->name, year, 3);
                        all += 3;
                }
        printf("%d of %d statements of templates calculable\n", calculated, all);
        ck_assert_msg(failure_count == 0, "%zu lines differ from their formulas", failure_count);
        ck_assert_int_gt(calculated * 10, all * 9);
}
END_TEST

/* Settings too: each option with every word of what is said about it that it takes. */
static size_t with_option(const struct template_info *info, const struct template_option *option)
{
        static const char apart[] = " ,;:()'\"=";
        size_t count = 0;
        char says[512];

        snprintf(says, sizeof(says), "%s", option->says);
        for (char *word = strtok(says, apart); word; word = strtok(NULL, apart)) {
                struct settings settings = { .count = 0 };

                settings_add(&settings, option->key, word);
                if (use_template(info, info->last_year, &settings, &terms))
                        continue;
                recompute(info->name, info->last_year, 1);
                count++;
        }
        return count;
}

START_TEST(every_option_is_recomputed)
{
        const struct template_info *info;
        struct template_option option;
        size_t count = 0;

        for (size_t i = 0; (info = template_at(i)); i++)
                for (size_t j = 0; template_option_at(info, j, &option); j++)
                        if (option.otherwise)
                                count += with_option(info, &option);
        printf("%zu settings of templates\n", count);
        if (getenv("ACCORD_RECOMPUTE_VERBOSE"))
                printf("%zu ways of making a line were not seen\n", ways_not_seen());
        ck_assert_msg(failure_count == 0, "%zu lines differ from their formulas", failure_count);
        ck_assert_uint_gt(count, 50);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("recompute");

        tcase_set_timeout(tests, 600);
        tcase_add_test(tests, drawn_terms_are_recomputed);
        tcase_add_test(tests, every_template_is_recomputed);
        tcase_add_test(tests, every_option_is_recomputed);
        return run_case(tests, "recompute");
}
