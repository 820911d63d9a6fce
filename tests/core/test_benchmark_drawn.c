/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Benchmarks drawn by the thousand, with facts at the very ends of what facts can be: a settlement
 * ends every time, says no more than its terms were counted for, and reads what it asked for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/inputs.h"
#include "core/widths.h"
#include "core/working.h"
#include "tests/core/benchmark_drawn.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"
#include "tests/rounds.h"

static struct input inputs[INPUTS_MAX];
static size_t input_count;

/* ---- what must hold of every statement */

static bool is_asked_for(const struct used_fact *fact, struct period period)
{
        for (size_t i = 0; i < input_count; i++) {
                struct period of = inputs[i].year ? calendar_year(inputs[i].year) : period;

                if (inputs[i].kind == fact->kind && item_equal(&inputs[i].item, &fact->item) &&
                    period_equal(of, fact->period))
                        return true;
        }
        return false;
}

static void check_reads(const struct statement *statement)
{
        for (size_t i = 0; i < statement->fact_count; i++)
                ck_assert_msg(is_asked_for(&statement->facts[i], statement->run.period),
                              "%s of '%s' is read and not asked for",
                              fact_kind_info((unsigned int)statement->facts[i].kind)->name,
                              statement->facts[i].item.text);
}

typedef void widths_fn(const struct step *step, struct widths *ws);

static widths_fn *const widths[STEP_KIND_COUNT] = {
#define X(code, function, name, version, clause, needs, makes, bars, says) \
        [STEP_##code] = widths_##function,
        STEP_KINDS(X)
#undef X
};

static size_t said_by(const struct statement *statement, size_t step)
{
        size_t count = 0;

        for (size_t i = 0; i < statement->line_count; i++)
                count += statement->lines[i].step == step;
        return count;
}

static void check_lines(const struct statement *statement)
{
        struct widths ws;

        widths_begin(&ws, &terms);
        for (size_t i = 0; i < terms.step_count; i++) {
                const struct step *step = &terms.steps[i];
                size_t counted = ws.lines;

                ws.info = step_info(&step->kind, step->version);
                widths_declare(&ws, step);
                widths[ws.info->code](step, &ws);
                ck_assert_msg(said_by(statement, i) <= ws.lines - counted,
                              "step %zu %s says %zu lines and was counted for %zu", i,
                              step->kind.text, said_by(statement, i), ws.lines - counted);
        }
}

static int draw_and_settle(int rounds, uint64_t odds, bool whole)
{
        int calculated = 0;

        for (int round = 0; round < rounds; round++) {
                const struct statement *statement;

                draw_seed((uint64_t)round * 7 + odds);
                draw_benchmark(&terms, whole);
                accepted();
                input_count = terms_inputs(&terms, inputs);
                draw_facts(&terms, &facts, odds);
                statement = settled(&terms, &facts, IN_FORCE);
                check_reads(statement);
                check_lines(statement);
                ck_assert_msg((statement->status == STATEMENT_NOT_CALCULABLE) ==
                                      (statement->reason.text[0] != 0),
                              "round %d", round);
                ck_assert_msg(strncmp(statement->reason.text, "no ", 3) != 0, "round %d: %s", round,
                              statement->reason.text);
                calculated += statement->status == STATEMENT_CALCULATED;
        }
        return calculated;
}

static int rounds(int usual)
{
        const char *more = getenv("ACCORD_BENCHMARK_ROUNDS");

        return more ? atoi(more) : usual;
}

START_TEST(plain_facts_settle)
{
        int all = rounds(ROUNDS_OF(1500));

        ck_assert_int_ge(draw_and_settle(all, 0, false) * 100, all * 95);
}
END_TEST

START_TEST(plain_facts_settle_to_the_end)
{
        int all = rounds(ROUNDS_OF(1500));

        ck_assert_int_ge(draw_and_settle(all, 0, true) * 100, all * 95);
}
END_TEST

START_TEST(facts_at_their_ends_do_no_harm)
{
        static const uint64_t odds[] = { 1, 2, 5, 20 };

        draw_and_settle(rounds(ROUNDS_OF(1500)), odds[_i], _i % 2);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("benchmark_drawn");

        tcase_set_timeout(tests, 110);
        tcase_add_test(tests, plain_facts_settle);
        tcase_add_test(tests, plain_facts_settle_to_the_end);
        tcase_add_loop_test(tests, facts_at_their_ends_do_no_harm, 0, 4);
        return run_case(tests, "benchmark_drawn");
}
