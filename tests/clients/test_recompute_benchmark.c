/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every line of a benchmark is what its formula makes of the lines above it: base years, their
 * weights and alternatives drawn so that they fit together, which terms drawn at large seldom do.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/formula.h"
#include "clients/look.h"
#include "core/lines.h"
#include "tests/core/benchmark_drawn.h"
#include "tests/core/settling.h"
#include "tests/core/run.h"

#define FORMS_MAX 16

static bool seen[1000][FORMS_MAX];
static size_t made, too_long;

static void check_line(const struct statement *statement, size_t place, int round)
{
        const struct line *line = &statement->lines[place];
        const struct formula_at at = { &terms, statement, place };
        const struct exact figure = { line->num, line->den };
        struct exact got = exact_of(0);
        struct formula formula;
        const char *fault;
        char text[LOOK_MAX], wanted[LOOK_MAX];

        seen[line->code][line->form] = true;
        if (line_is_input(line))
                return;
        fault = formula_of_line(&at, &formula);
        if (!fault)
                fault = formula_value(&formula, formula.root, &at, line->item, &got);
        if (fault && strstr(fault, "128 bits")) {
                too_long++;
                return;
        }
        ck_assert_msg(!fault, "round %d, line %zu %s, form %d: %s", round, place + 1,
                      line_info(line->code)->name, line->form, fault);
        ck_assert_msg(exact_cmp(figure, got) == 0, "round %d, line %zu %s, form %d: %s, not %s",
                      round, place + 1, line_info(line->code)->name, line->form,
                      look_fraction(figure, wanted), look_fraction(got, text));
        made++;
}

/* Of the benchmark, each line was made at least once in each way there is. */
static void check_all_seen(void)
{
        const struct line_info *info;
        struct bytes text;

        for (size_t i = 0; (info = line_at(i)); i++) {
                if ((info->code < LINE_BASE_AMOUNT || info->code > LINE_BASELINE_TRENDED ||
                     info->code == LINE_BASELINE_CARRIED) &&
                    (info->code < LINE_REFERENCE_YEARS || info->code > LINE_UPDATED))
                        continue;
                for (unsigned int form = 0; form == 0 || formula_form(info->formula, form, &text);
                     form++)
                        ck_assert_msg(seen[info->code][form], "no line %s was made by form %u",
                                      info->name, form);
        }
}

START_TEST(every_line_of_a_benchmark_is_recomputed)
{
        const char *more = getenv("ACCORD_BENCHMARK_ROUNDS");
        int rounds = more ? atoi(more) : 1500;

        for (int round = 0; round < rounds; round++) {
                const struct statement *statement;

                draw_seed((uint64_t)round);
                draw_benchmark(&terms, round % 2);
                accepted();
                draw_facts(&terms, &facts, round % 3 ? 0 : 6);
                statement = settled(&terms, &facts, IN_FORCE);
                for (size_t i = 0; i < statement->line_count; i++)
                        check_line(statement, i, round);
        }
        printf("%zu lines made, %zu too long to tell\n", made, too_long);
        ck_assert_uint_lt(too_long * 20, made);
        check_all_seen();
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("recompute_benchmark");

        tcase_set_timeout(tests, 300);
        tcase_add_test(tests, every_line_of_a_benchmark_is_recomputed);
        return run_case(tests, "recompute_benchmark");
}
