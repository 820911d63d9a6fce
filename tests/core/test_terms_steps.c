/* SPDX-License-Identifier: Apache-2.0 */
/* What the steps of terms can be refused for, one fault at a time. */
#include <string.h>

#include "core/steps.h"
#include "tests/core/judge.h"
#include "tests/core/run.h"

static struct step *step_of(const char *kind)
{
        for (size_t i = 0; i < terms.step_count; i++)
                if (strcmp(terms.steps[i].kind.text, kind) == 0)
                        return &terms.steps[i];
        ck_abort_msg("no step %s", kind);
        return NULL;
}

static struct param *param_of(const char *kind, const char *name)
{
        struct step *step = step_of(kind);

        for (size_t i = 0; i < step->param_count; i++)
                if (strcmp(step->params[i].name.text, name) == 0)
                        return &step->params[i];
        ck_abort_msg("no parameter %s", name);
        return NULL;
}

static struct name *param_word(const char *kind, const char *name)
{
        return &param_of(kind, name)->word;
}

static struct band *band_of(const char *kind)
{
        return &terms.bands[param_of(kind, "bands")->bands.first];
}

static void drop_param(const char *kind, const char *name)
{
        struct step *step = step_of(kind);
        struct param *param = param_of(kind, name);

        *param = step->params[--step->param_count];
}

static void drop_step(const char *kind)
{
        struct step *step = step_of(kind);
        struct step *end = &terms.steps[--terms.step_count];

        for (; step < end; step++)
                *step = step[1];
}

START_TEST(good_terms_pass)
{
        static const enum track tracks[] = { ONE_SIDED_40, ONE_SIDED_50, FIXED_LOSS_50, TRACK_2,
                                             ENHANCED };

        good();
        check();
        ck_assert_msg(faults.count == 0, "%s %s", faults.list[0].field, faults.list[0].says);
        for (int i = 0; i < COUNT_OF(tracks); i++)
                for (int quality = SCALED; quality <= GATED; quality++) {
                        arrange_mssp(&terms,
                                     (struct shape) { .track = tracks[i],
                                                      .quality = (enum quality_rule)quality });
                        check();
                        ck_assert_uint_eq(faults.count, 0);
                }
}
END_TEST

/* ---- what is not steps */

/* clang-format off: one way to spoil terms a line */
/* ---- steps and their parameters */

static void no_steps(void)
{
        terms.step_count = 0;
}
static void many_steps(void)
{
        terms.step_count = STEPS_MAX + 1;
}
static void many_bands(void)
{
        terms.band_count = BANDS_PER_TERMS_MAX + 1;
}
static void unknown_step(void)
{
        memcpy(terms.steps[3].kind.text, "magic", 6);
}
static void unknown_version(void)
{
        terms.steps[3].version = 2;
}
static void many_params(void)
{
        terms.steps[3].param_count = PARAMS_PER_STEP_MAX + 1;
}
static void unknown_param(void)
{
        with_flag(&terms.steps[3], "magic", true);
}
static void endless_param(void)
{
        with_flag(&terms.steps[3], "m", true);
        memset(&terms.steps[3].params[0].name, 'm', sizeof(struct name));
}

static void doubled_param(void)
{
        with_rate(step_of("share"), "up", 1, 2);
}
static void no_up(void)
{
        drop_param("share", "up");
}
static void up_as_count(void)
{
        param_of("share", "up")->type = PARAM_COUNT;
}
static void up_too_high(void)
{
        param_of("share", "up")->rate = (struct rate) { 3, 2 };
}
static void up_negative(void)
{
        param_of("share", "up")->rate = (struct rate) { -1, 2 };
}
static void up_of_nothing(void)
{
        param_of("share", "up")->rate.den = 0;
}
static void up_too_long(void)
{
        param_of("share", "up")->rate = (struct rate) { 1, RATE_PART_MAX + 1 };
}
static void odd_word(void)
{
        *param_word("share", "down") = (struct name) { "up" };
}
static void part_of_a_word(void)
{
        *param_word("share", "down") = (struct name) { "fix" };
}
static void rest_behind_word(void)
{
        param_of("share", "down")->word.text[20] = 'x';
}
static void negative_count(void)
{
        param_of("corridor-gate", "below_least_panel")->count = -1;
}
static void no_bands(void)
{
        param_of("sequester", "bands")->bands.count = 0;
}
static void bands_outside(void)
{
        param_of("sequester", "bands")->bands.count = 500;
}
static void band_backwards(void)
{
        band_of("sequester")->from = DATE_LAST;
}
static void bands_overlap(void)
{
        band_of("corridor-gate")[1].from = 499;
}
static void band_of_days_slopes(void)
{
        band_of("sequester")->at_to = (struct rate) { 1, 3 };
}
static void band_rate_high(void)
{
        band_of("corridor-gate")->at_to = (struct rate) { 3, 2 };
}
static void band_before_time(void)
{
        band_of("sequester")->from = DATE_FIRST - 1;
}
static void table_not_given(void)
{
        drop_param("corridor-gate", "minimum");
        drop_param("corridor-gate", "bands");
}

static void flat_not_given(void)
{
        drop_param("corridor-gate", "rate");
}
static void fraction_not_given(void)
{
        drop_param("corridor-gate", "below_fraction");
}
static void down_not_given(void)
{
        drop_param("share", "down_rate");
}
static void revenue_not_given(void)
{
        drop_param("limit", "revenue_rate");
}
static void nothing_to_limit(void)
{
        step_of("limit")->param_count = 0;
}

static void floor_over_ceiling(void)
{
        with_rate(step_of("share"), "down_floor", 3, 4);
        with_rate(step_of("share"), "down_ceiling", 1, 2);
}

static void panel_without_table(void)
{
        with_count(step_of("corridor-gate"), "flat_least_panel", 5);
        drop_param("corridor-gate", "bands");
}

static void fee_of_nothing(void)
{
        terms.step_count--;
        with_step(&terms, "fee");
        with_step(&terms, "post");
}

static void measure_of_one_point(void)
{
        struct step *step;

        arrange_terms(&terms);
        step = with_step(&terms, "measure");
        with_word(step, "measure", "cbp");
        with_rate(step, "worst", 1, 2);
        with_rate(step, "best", 2, 4);
        with_step(&terms, "post");
}

/* ---- orders that make no sense */

static void no_people(void)
{
        drop_step("attribute");
        with_count(step_of("corridor-gate"), "flat_least_panel", 9);
}

static void no_expenditure(void)
{
        drop_step("expenditure");
}
static void no_target(void)
{
        drop_step("target");
}
static void no_savings(void)
{
        drop_step("savings");
}
static void no_composite(void)
{
        drop_step("composite");
}
static void no_gate(void)
{
        drop_step("corridor-gate");
}
static void no_share(void)
{
        drop_step("share");
}
static void no_post(void)
{
        drop_step("post");
}

static void swap(const char *one, const char *other)
{
        struct step *a = step_of(one), *b = step_of(other), kept = *a;

        *a = *b;
        *b = kept;
}

static void sequester_before_share(void)
{
        swap("share", "sequester");
}
static void limit_before_share(void)
{
        swap("share", "limit");
}
static void post_not_last(void)
{
        swap("post", "relief");
}
static void savings_before_target(void)
{
        swap("savings", "target");
}
static void gate_after_share(void)
{
        swap("share", "gate");
}
static void guardrail_after_share(void)
{
        swap("share", "guardrail");
}
static void advance_before_limit(void)
{
        swap("advance", "limit");
}

/* Once more, before the last step. */
static void twice(const char *kind)
{
        struct step last = terms.steps[terms.step_count - 1];

        terms.steps[terms.step_count - 1] = *step_of(kind);
        terms.steps[terms.step_count++] = last;
}

static void two_shares(void)
{
        drop_step("advance");
        twice("share");
}
static void two_sequesters(void)
{
        drop_step("advance");
        twice("sequester");
}
static void two_posts(void)
{
        with_step(&terms, "post");
}
static void two_advances(void)
{
        twice("advance");
}
static void inverse_without_quality(void)
{
        drop_step("gate");
        drop_step("composite");
        *param_word("share", "down") = (struct name) { "inverse" };
}
static void composite_of_no_measures(void)
{
        with_word(step_of("composite"), "source", "measures");
}

/* ---- too long for 128 bits, or too much for a statement */

static void long_rates(void)
{
        param_of("share", "up")->rate = (struct rate) { 999999937, 1000000000 };
        for (size_t i = 0; i < param_of("sequester", "bands")->bands.count; i++)
                band_of("sequester")[i].at_from = band_of("sequester")[i].at_to =
                        (struct rate) { 1, 999999937 };
}

static void many_facts(void)
{
        arrange_terms(&terms);
        for (int i = 0; i < 40; i++) {
                struct step *step = with_step(&terms, "measure");
                char key[3] = { 'm', (char)('a' + i / 26), (char)('a' + i % 26) };

                memcpy(step->params[0].name.text, "measure", 8);
                step->params[0].type = PARAM_WORD;
                memcpy(step->params[0].word.text, key, 3);
                step->param_count = 1;
                with_rate(step, "worst", 0, 1);
                with_rate(step, "best", 1, 1);
        }
        with_word(with_step(&terms, "composite"), "source", "measures");
        with_cents(with_step(&terms, "fee"), "flat", 1);
        with_step(&terms, "post");
        for (int i = 0; i < SEGMENTS_MAX; i++) {
                terms.segments[i].name.text[0] = (char)('a' + i);
                terms.segments[i].business = BUSINESS_OTHER;
        }
        terms.segment_count = SEGMENTS_MAX;
}
/* clang-format on */

/* clang-format off: one fault a line */
#define VALUE REFUSAL_BAD_VALUE
#define TERMS REFUSAL_BAD_TERMS

static const struct spoilt spoilt[] = {
        { no_steps, TERMS, "terms.steps", "1 to 128" },
        { many_steps, TERMS, "terms.steps", "1 to 128" },
        { many_bands, TERMS, "terms.bands", "at most 512" },
        { unknown_step, TERMS, "terms.steps[3]", "no step of that kind" },
        { unknown_version, TERMS, "terms.steps[3]", "no step of that kind" },
        { many_params, TERMS, "terms.steps[3]", "at most 16" },
        { unknown_param, TERMS, "terms.steps[3]", "does not know" },
        { endless_param, TERMS, "terms.steps[3]", "does not know" },
        { doubled_param, TERMS, "terms.steps[8]", "twice" },
        { no_up, TERMS, "terms.steps[8]", "parameter up must be given" },
        { up_as_count, TERMS, "terms.steps[8]", "parameter up is of another type" },
        { up_too_high, VALUE, "terms.steps[8]", "parameter up lies outside" },
        { up_negative, VALUE, "terms.steps[8]", "parameter up lies outside" },
        { up_of_nothing, VALUE, "terms.steps[8]", "parameter up lies outside" },
        { up_too_long, VALUE, "terms.steps[8]", "parameter up lies outside" },
        { odd_word, VALUE, "terms.steps[8]", "parameter down lies outside" },
        { part_of_a_word, VALUE, "terms.steps[8]", "parameter down lies outside" },
        { rest_behind_word, VALUE, "terms.steps[8]", "parameter down lies outside" },
        { negative_count, VALUE, "terms.steps[4]", "below_least_panel lies outside" },
        { no_bands, TERMS, "terms.steps[9]", "at least one band" },
        { bands_outside, TERMS, "terms.steps[9]", "at least one band" },
        { band_backwards, TERMS, "terms.steps[9]", "at or before its end" },
        { band_before_time, TERMS, "terms.steps[9]", "at or before its end" },
        { bands_overlap, TERMS, "terms.steps[4]", "do not overlap" },
        { band_of_days_slopes, TERMS, "terms.steps[9]", "has one rate" },
        { band_rate_high, TERMS, "terms.steps[4]", "rates of a band" },
        { table_not_given, TERMS, "terms.steps[4]",
          "bands must be given where minimum is table" },
        { flat_not_given, TERMS, "terms.steps[4]", "rate must be given where minimum is flat" },
        { fraction_not_given, TERMS, "terms.steps[4]", "below_fraction must be given" },
        { down_not_given, TERMS, "terms.steps[8]",
          "down_rate must be given where down is fixed" },
        { revenue_not_given, TERMS, "terms.steps[10]", "revenue_rate must be given" },
        { nothing_to_limit, TERMS, "terms.steps[10]", "limits nothing" },
        { floor_over_ceiling, TERMS, "terms.steps[8]", "above down_ceiling" },
        { panel_without_table, TERMS, "terms.steps[4]",
          "bands must be given where flat_least_panel" },
        { fee_of_nothing, TERMS, "terms.steps[13]", "give flat or pmpm" },
        { measure_of_one_point, TERMS, "terms.steps[0]", "must differ" },
        { no_people, TERMS, "terms.steps[3]", "needs the head count" },
        { no_expenditure, TERMS, "terms.steps[2]", "needs the expenditure" },
        { no_target, TERMS, "terms.steps[2]", "needs the benchmark" },
        { no_savings, TERMS, "terms.steps[3]", "needs the savings" },
        { no_composite, TERMS, "terms.steps[6]", "needs the quality score" },
        { no_gate, TERMS, "terms.steps[7]", "needs what is to be shared" },
        { no_share, TERMS, "terms.steps[8]", "no amount to work on" },
        { no_post, TERMS, "terms.steps", "end with a post step" },
        { sequester_before_share, TERMS, "terms.steps[8]", "no amount to work on" },
        { limit_before_share, TERMS, "terms.steps[8]", "no amount to work on" },
        { post_not_last, TERMS, "terms.steps[12]", "posted already" },
        { savings_before_target, TERMS, "terms.steps[2]", "needs the benchmark" },
        { gate_after_share, TERMS, "terms.steps[8]", "share was taken already" },
        { guardrail_after_share, TERMS, "terms.steps[8]", "share was taken already" },
        { advance_before_limit, TERMS, "terms.steps[12]", "recouped from the amount already" },
        { two_shares, TERMS, "terms.steps[12]", "share was taken already" },
        { two_sequesters, TERMS, "terms.steps[12]", "sequestered already" },
        { two_posts, TERMS, "terms.steps[14]", "posted already" },
        { two_advances, TERMS, "terms.steps[13]", "recouped from the amount already" },
        { inverse_without_quality, TERMS, "terms.steps[6]", "needs the quality score" },
        { composite_of_no_measures, TERMS, "terms.steps[6]", "needs measures" },
        { long_rates, TERMS, "terms.steps[9]", "longer than 128 bits" },
        { many_facts, TERMS, "terms.steps", "more facts" },
};
/* clang-format on */

START_TEST(a_fault_is_found_and_named)
{
        check_spoilt(&spoilt[_i]);
}
END_TEST

START_TEST(all_faults_are_told_at_once)
{
        good();
        terms.version = 0;
        terms.standing = 4;
        up_too_high();
        unknown_param();
        no_post();
        check();
        ck_assert_int_ne(code_of("terms.version", "from 1"), 0);
        ck_assert_int_ne(code_of("terms.standing", "shadow"), 0);
        ck_assert_int_ne(code_of("terms.steps[8]", "up lies outside"), 0);
        ck_assert_int_ne(code_of("terms.steps[3]", "does not know"), 0);
        ck_assert_int_eq(faults.first, REFUSAL_BAD_VALUE);
}
END_TEST

/* Limit before sequestration is another programme's order, not a mistake. */
START_TEST(orders_that_make_sense_pass)
{
        good();
        swap("sequester", "limit");
        check();
        ck_assert_uint_eq(faults.count, 0);
        good();
        swap("relief", "limit");
        check();
        ck_assert_uint_eq(faults.count, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("terms_steps");

        tcase_add_test(tests, good_terms_pass);
        tcase_add_loop_test(tests, a_fault_is_found_and_named, 0, COUNT_OF(spoilt));
        tcase_add_test(tests, all_faults_are_told_at_once);
        tcase_add_test(tests, orders_that_make_sense_pass);
        return run_case(tests, "terms_steps");
}
