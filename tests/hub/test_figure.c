/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement figure: against the hub's, who hears of it, and when. */
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "tests/hub/pays.h"
#include "tests/proof/run.h"

static struct figure_line lines[64];
static struct hub_frame frame;
static struct text last_says;

/* What that year's expenditure is by this side, as a figure without lines. */
static struct event figure_event(int64_t earned, uint32_t version)
{
        return (struct event) {
                .kind = EVENT_FIGURE,
                .figure = {
                        .period = years[1], .earned = earned, .terms_version = version,
                        .lines = lines,
                },
        };
}

static const struct comparison *asked_by(struct voice *voice, enum side side, bool has_as_of,
                                         uint64_t as_of)
{
        const struct query query = {
                .id = 7, .kind = QUERY_COMPARE, .contract = scene.contract, .period = years[1],
                .side = side, .has_as_of = has_as_of, .as_of = as_of,
        };

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &voice->player, &query, 2);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 2, &frame);
        return frame.answer.comparison;
}

static const struct comparison *compared(enum side side)
{
        const struct comparison *comparison = asked_by(&scene.payer, side, false, 0);

        ck_assert_ptr_nonnull(comparison);
        return comparison;
}

static size_t heard_by(const struct voice *voice)
{
        struct signal_frame signal;
        struct record record;
        size_t at = 0, count = 0;

        while (stage_heard(&scene.stage, &voice->player, &at, &signal, &record))
                if (signal.kind == FRAME_ENTRY && record.signal.kind == SIGNAL_FIGURE_DIFFERS) {
                        last_says = record.signal.says;
                        count++;
                }
        return count;
}

static void ck_heard(size_t count)
{
        ck_assert_uint_eq(heard_by(&scene.payer), count);
        ck_assert_uint_eq(heard_by(&scene.network), count);
        ck_assert_uint_eq(heard_by(&scene.stranger), 0);
}

/* The hub's lines as the figure's; those that are inputs only, or all. */
static void say_lines(struct event *event, const struct statement *s, bool inputs_only)
{
        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];

                if (inputs_only && !line->facts)
                        continue;
                lines[event->figure.line_count++] = (struct figure_line) {
                        .code = line->code, .exact = { line->num, line->den },
                };
        }
}

START_TEST(what_agrees_is_quiet)
{
        struct event event;

        owed_by_run(years[1], 50000);
        event = figure_event(50000, 1);
        pays_said(&scene.network, &event);
        ck_heard(0);
        ck_assert_uint_eq(compared(SIDE_EARNER)->difference_count, 0);
        ck_assert_uint_eq(compared(SIDE_EARNER)->lines_agreed, 2);
        ck_assert_int_eq(compared(SIDE_EARNER)->payable, 50000);
}
END_TEST

START_TEST(what_differs_is_told_to_both)
{
        const struct comparison *comparison;
        struct event event = figure_event(60000, 1);
        uint64_t index;

        owed_by_run(years[1], 50000);
        index = pays_said(&scene.network, &event);
        ck_heard(1);
        ck_assert_msg(strncmp(last_says.text, "the figure of network differs first in earned "
                              "(silence): ", 57) == 0, "%s", last_says.text);
        comparison = compared(SIDE_EARNER);
        ck_assert_uint_eq(comparison->figure, index);
        ck_assert_int_eq(comparison->earned, 60000);
        ck_assert_uint_ge(comparison->difference_count, 1);
        ck_assert_int_eq(comparison->differences[0].cause, DIFFERS_BY_SILENCE);
        ck_assert_int_eq((int64_t)comparison->differences[0].hub.num, 50000);
        ck_assert_int_eq((int64_t)comparison->differences[0].theirs.num, 60000);
        ck_assert_ptr_null(asked_by(&scene.payer, SIDE_BEARER, false, 0));
        ck_assert_ptr_null(asked_by(&scene.stranger, SIDE_EARNER, false, 0));
        ck_assert_ptr_null(asked_by(&scene.payer, SIDE_EARNER, true, index - 1));
        ck_assert_ptr_nonnull(asked_by(&scene.network, SIDE_EARNER, true, index));
}
END_TEST

START_TEST(another_input_is_named)
{
        struct event event = figure_event(60000, 1);

        owed_by_run(years[1], 50000);
        pays_said(&scene.network, &event);
        say_lines(&event, compared(SIDE_EARNER)->statement, true);
        for (uint32_t i = 0; i < event.figure.line_count; i++)
                if (lines[i].code == LINE_EXPENDITURE)
                        lines[i].exact.num -= 20000;
        event.figure.has_supersedes = true;
        event.figure.supersedes = compared(SIDE_EARNER)->figure;
        pays_said(&scene.network, &event);
        ck_heard(1);
        ck_assert_msg(strncmp(last_says.text, "the figure of network differs first in expenditure "
                              "(input): ", 60) == 0, "%s", last_says.text);
        ck_assert_int_eq(compared(SIDE_EARNER)->differences[1].cause, DIFFERS_BY_LINE_ABOVE);
}
END_TEST

/* Before any run it is held against what one would say; a run brings it up again. */
START_TEST(a_new_statement_is_held_against_it)
{
        struct event event = figure_event(40000, 1);
        uint64_t run;

        pays_said(&scene.payer, &event);
        ck_heard(0);                            /* nothing can be calculated yet */
        run = run_of(years[1], 100000, RUN_FINAL);
        ck_heard(1);
        ck_assert_uint_eq(compared(SIDE_BEARER)->statement->run.cut, run);
        run = run_of(years[1], 80000, RUN_RESTATED);
        ck_heard(0);
        ck_assert_uint_eq(compared(SIDE_BEARER)->statement->run.cut, run);
        ck_assert_uint_eq(compared(SIDE_BEARER)->difference_count, 0);
}
END_TEST

START_TEST(before_any_run_it_is_held_against_a_preview)
{
        struct event event = figure_event(40000, 0);

        run_of(years[0], 80000, RUN_INTERIM);
        event.figure.period = years[0];
        pays_said(&scene.payer, &event);
        ck_heard(0);
        for (int i = 0; i < 3; i++) {
                const enum fact_kind kinds[] = { FACT_HEAD_COUNT, FACT_BENCHMARK,
                                                 FACT_EXPENDITURE };
                struct event fact = fact_event(kinds[i], i == 0 ? 5 : 1000000 - (i == 2) * 90000,
                                               "");

                pays_said(&scene.payer, &fact);
        }
        event = figure_event(40000, 0);
        pays_said(&scene.payer, &event);
        ck_heard(1);
        ck_assert_int_eq(compared(SIDE_BEARER)->statement->run.kind, RUN_PREVIEW);
        ck_assert_int_eq(compared(SIDE_BEARER)->statement->payable, 45000);
}
END_TEST

/* Six tenths of the savings from version 2 on, which is for the next period. */
static void amend(void)
{
        struct step *share = NULL;

        for (unsigned int i = 0; i < scene.terms->step_count; i++)
                if (strcmp(scene.terms->steps[i].kind.text, "share") == 0)
                        share = &scene.terms->steps[i];
        ck_assert_ptr_nonnull(share);
        share->params[0].rate = (struct rate) { 3, 5 };
        scene.terms->version = 2;
        scene.terms->effective = years[1].until - 1;
        scene_agree(&scene);
}

START_TEST(another_version_of_the_terms_is_named)
{
        struct event event = figure_event(60000, 2);
        const struct figure_difference *first;

        owed_by_run(years[1], 50000);
        amend();
        pays_said(&scene.network, &event);
        first = &compared(SIDE_EARNER)->differences[0];
        ck_assert_msg(first->cause == DIFFERS_BY_TERMS, "%s", first->says.text);
        ck_assert_str_eq(first->says.text, "as version 2 of the terms has it; the hub's run is by "
                                           "version 1");
}
END_TEST

/* Many figures in one submission, each with all lines there can be, are taken one by one. */
START_TEST(as_many_lines_as_there_can_be)
{
        static struct figure_line many[FIGURE_LINES_MAX];
        struct event events[2] = { figure_event(1, 1), figure_event(2, 1) };

        owed_by_run(years[1], 50000);
        for (int i = 0; i < FIGURE_LINES_MAX; i++)
                many[i] = (struct figure_line) {
                        .code = LINE_EXPENDITURE, .exact = { (wide)1 << 126, 3 },
                };
        for (int i = 0; i < 2; i++) {
                events[i].figure.lines = many;
                events[i].figure.line_count = FIGURE_LINES_MAX;
        }
        events[1].figure.period = years[0];
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, &scene.contract, events, 2, NULL),
                         HUB_RECEIPT);
        ck_heard(1);
        ck_assert_int_eq(compared(SIDE_EARNER)->differences[0].cause, DIFFERS_BY_INPUT);
}
END_TEST

/* ---- what is refused */

static void no_days(struct event *e) { e->figure.period.until = e->figure.period.from; }
static void no_period(struct event *e) { e->figure.period.from++; }
static void too_much(struct event *e) { e->figure.earned = MONEY_MAX + 1; }
static void too_little(struct event *e)
{
        e->figure.has_payable = true;
        e->figure.payable = -MONEY_MAX - 1;
}
static void no_version(struct event *e) { e->figure.terms_version = 2; }
static void no_line(struct event *e)
{
        lines[0] = (struct figure_line) { .code = 9999, .exact = { 1, 1 } };
        e->figure.line_count = 1;
}
static void too_long(struct event *e)
{
        lines[0] = (struct figure_line) {
                .code = LINE_EARNED, .exact = { -(wide)(~(uwide)0 >> 1) - 1, 1 },
        };
        e->figure.line_count = 1;
}
static void not_current(struct event *e)
{
        e->figure.has_supersedes = true;
        e->figure.supersedes = 3;
}

static const struct {
        void (*spoil)(struct event *event);
        enum refusal code;
        const char *field;
} refusals[] = {
        { no_days, REFUSAL_BAD_VALUE, "figure.period" },
        { no_period, REFUSAL_PERIOD_NOT_COVERED, "figure.period" },
        { too_much, REFUSAL_BAD_VALUE, "figure.earned" },
        { too_little, REFUSAL_BAD_VALUE, "figure.payable" },
        { no_version, REFUSAL_BAD_VALUE, "figure.terms_version" },
        { no_line, REFUSAL_BAD_VALUE, "figure.lines.code" },
        { too_long, REFUSAL_BAD_VALUE, "figure.lines.exact" },
        { not_current, REFUSAL_STALE_PREDECESSOR, "figure.supersedes" },
};

static void refused(const struct event *events, uint32_t count, enum refusal code,
                    const char *field)
{
        struct bytes bytes = voice_say(&scene.stage, &scene.payer, &scene.contract, events, count);
        const struct wire_fault *fault;

        stage_begin(&scene.stage);
        stage_take_submission(&scene.stage, &scene.payer.player, bytes, 1);
        stage_commit(&scene.stage);
        free((void *)bytes.data);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_REFUSAL);
        fault = &frame.refusal.faults[0];
        ck_assert_uint_eq(fault->code, code);
        ck_assert_msg(fault->field.size == strlen(field) &&
                      memcmp(fault->field.data, field, fault->field.size) == 0, "%s: %.*s", field,
                      (int)fault->field.size, (const char *)fault->field.data);
}

START_TEST(what_is_no_figure_is_refused)
{
        struct event event = figure_event(100, 1);

        refusals[_i].spoil(&event);
        refused(&event, 1, refusals[_i].code, refusals[_i].field);
}
END_TEST

START_TEST(versions_are_named_and_keys_stand_once)
{
        struct event events[2] = { figure_event(100, 1), figure_event(200, 1) };

        refused(events, 2, REFUSAL_TWICE_IN_ONE, "figure");
        pays_said(&scene.payer, &events[0]);
        refused(&events[1], 1, REFUSAL_NO_PREDECESSOR, "figure.supersedes");
        pays_said(&scene.network, &events[1]);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("figure");

        tcase_add_checked_fixture(tests, pays_set_up, pays_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, what_agrees_is_quiet);
        tcase_add_test(tests, what_differs_is_told_to_both);
        tcase_add_test(tests, another_input_is_named);
        tcase_add_test(tests, a_new_statement_is_held_against_it);
        tcase_add_test(tests, before_any_run_it_is_held_against_a_preview);
        tcase_add_test(tests, another_version_of_the_terms_is_named);
        tcase_add_test(tests, as_many_lines_as_there_can_be);
        tcase_add_loop_test(tests, what_is_no_figure_is_refused, 0, COUNT_OF(refusals));
        tcase_add_test(tests, versions_are_named_and_keys_stand_once);
        return run_case(tests, "figure");
}
