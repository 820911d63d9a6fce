/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What terms_check() counts on: every fact that a settlement reads is among its terms' inputs, and
 * no statement has more lines than its steps were counted to say. For terms drawn over all kinds of
 * steps.
 */
#include <stdio.h>
#include <string.h>

#include "core/inputs.h"
#include "core/lines.h"
#include "core/steps.h"
#include "core/widths.h"
#include "core/working.h"
#include "tests/clients/drawn.h"
#include "tests/clients/run.h"

static struct terms terms;
static struct statement statement;
static struct drawn facts;
static struct input inputs[INPUTS_MAX];
static size_t input_count;

static const struct run run = {
        .period = { 19723, 20089 },     /* 2024 */
        .kind = RUN_PREVIEW,
        .payment = 20376,               /* 2025-10-15 */
};

typedef void widths_fn(const struct step *step, struct widths *ws);

static widths_fn *const widths[STEP_KIND_COUNT] = {
#define X(code, function, name, version, clause, needs, makes, bars, says) \
        [STEP_##code] = widths_##function,
        STEP_KINDS(X)
#undef X
};

static size_t told;

static void tell(uint64_t seed, const struct step *step, const char *what, const char *says)
{
        if (told++ < 40)
                printf("terms %llu: %s: %s%s\n", (unsigned long long)seed, step->kind.text, what,
                       says);
}

static bool listed(const struct used_fact *fact)
{
        for (size_t i = 0; i < input_count; i++) {
                const struct input *input = &inputs[i];
                struct period period = input->year ? calendar_year(input->year) : run.period;

                if (input->kind == fact->kind && period_equal(period, fact->period) &&
                    (input->many || item_equal(&input->item, &fact->item)))
                        return true;
        }
        return false;
}

static void check_facts(uint64_t seed)
{
        for (size_t at = 0; at < statement.line_count; at++) {
                const struct line *line = &statement.lines[at];

                for (size_t i = 0; i < line->facts; i++) {
                        const struct used_fact *fact = &statement.facts[line->fact + i];
                        char says[160];

                        snprintf(says, sizeof(says), "%s of '%s' in %d",
                                 fact_kind_info((unsigned int)fact->kind)->name, fact->item.text,
                                 (int)fact->period.from);
                        if (!listed(fact))
                                tell(seed, &terms.steps[line->step], "reads what is not listed: ",
                                     says);
                }
        }
}

/* Up to every step no more lines than were counted. */
static void check_lines(uint64_t seed)
{
        size_t said[STEPS_MAX] = { 0 }, all = 0;
        struct widths ws;

        for (size_t at = 0; at < statement.line_count; at++)
                said[statement.lines[at].step]++;
        widths_begin(&ws, &terms);
        for (size_t i = 0; i < terms.step_count; i++) {
                const struct step *step = &terms.steps[i];
                char says[64];

                ws.info = step_info(&step->kind, step->version);
                widths_declare(&ws, step);
                widths[ws.info->code](step, &ws);
                all += said[i];
                snprintf(says, sizeof(says), "%zu, counted as %zu", all, ws.lines);
                if (all > ws.lines)
                        tell(seed, step, "lines so far: ", says);
        }
}

START_TEST(what_is_read_is_listed_and_what_is_said_is_counted)
{
        const char *more = getenv("ACCORD_LISTED_ROUNDS");
        uint64_t rounds = more ? (uint64_t)atoi(more) : 700;
        int calculated = 0;

        for (uint64_t seed = 0; seed < rounds; seed++) {
                drawn_seed(seed + 100000);
                drawn_terms(&terms, 24);
                input_count = terms_inputs(&terms, inputs);
                ck_assert_uint_le(input_count, INPUTS_MAX);
                calculated += drawn_statement(&terms, &run, &facts, &statement);
                check_facts(seed);
                check_lines(seed);
        }
        ck_assert_msg(told == 0, "%zu facts or lines were not foreseen", told);
        ck_assert_int_gt(calculated, (int)rounds / 4);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("listed");

        tcase_set_timeout(tests, 300);
        tcase_add_test(tests, what_is_read_is_listed_and_what_is_said_is_counted);
        return run_case(tests, "listed");
}
