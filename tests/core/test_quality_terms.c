/* SPDX-License-Identifier: Apache-2.0 */
/* Quality steps that make no sense are refused at the door, and what they read is listed. */
#include <string.h>

#include "core/inputs.h"
#include "tests/core/run.h"
#include "tests/core/quality_case.h"

static void table(struct step *step, int64_t from, int64_t middle, int64_t again, int64_t to)
{
        with_band(&terms, step, "bands", (struct band) { from, middle, { 1, 1 }, { 2, 1 } });
        with_band(&terms, step, "bands", (struct band) { again, to, { 2, 1 }, { 3, 1 } });
}

static struct step *tabled(const char *scale, int64_t from, int64_t middle, int64_t again,
                           int64_t to)
{
        struct step *step = measure("a1c", scale);

        with_rate(step, "most", 3, 1);
        table(step, from, middle, again, to);
        return step;
}

static struct step *by_points(const char *scale, int64_t threshold, int64_t benchmark)
{
        struct step *step = measure("a1c", scale);

        with_rate(step, "threshold", threshold, 100);
        with_rate(step, "benchmark", benchmark, 100);
        return step;
}

static struct step *gate(const char *standard)
{
        struct step *step = with_step(&terms, "gate");

        with_word(step, "standard", standard);
        return step;
}

static struct step *adjust(const char *formula)
{
        struct step *step = with_step(&terms, "quality-adjust");

        with_word(step, "formula", formula);
        return step;
}

static void in_domain(const char *name, const char *domain_name)
{
        with_word(linear(name, 0, 100), "domain", domain_name);
}

/* ---- measures */

static void line_without_best(void) { with_rate(measure("a1c", NULL), "worst", 1, 2); }
static void line_without_length(void) { linear("a1c", 50, 50); }
static void no_table(void) { measure("a1c", "table"); }
static void table_from_above_zero(void) { tabled("table", 1, 5, 5, SHARE_ONE); }
static void table_to_below_one(void) { tabled("table", 0, 5, 5, SHARE_ONE - 1); }
static void table_with_a_gap(void) { tabled("table", 0, 5, 6, SHARE_ONE); }
static void ranks_with_a_gap(void) { tabled("relative", 0, 5, 6, SHARE_ONE); }
static void table_beyond_most(void)
{
        table(measure("a1c", "table"), 0, 5, 5, SHARE_ONE);
}
static void most_of_nothing(void)
{
        struct step *step = measure("a1c", "table");

        with_rate(step, "most", 0, 1);
        with_band(&terms, step, "bands", (struct band) { 0, SHARE_ONE, { 0, 1 }, { 0, 1 } });
}
static void attainment_of_nothing(void) { by_points("attainment", 50, 50); }
static void better_of_nothing(void) { by_points("better", 50, 50); }
static void attainment_without_benchmark(void)
{
        with_rate(measure("a1c", "attainment"), "threshold", 1, 2);
}
static void improvement_without_benchmark(void) { measure("a1c", "improvement"); }
static void neutral_of_few(void) { with_word(linear("a1c", 0, 100), "few", "neutral"); }
static void neutral_of_missing(void) { with_word(linear("a1c", 0, 100), "missing", "neutral"); }
static void measured_twice(void)
{
        linear("a1c", 0, 100);
        linear("a1c", 0, 50);
}
static void measure_named_as_a_later_domain(void)
{
        linear("care", 0, 100);
        in_domain("a1c", "care");
}
static void measure_named_as_its_domain(void) { in_domain("a1c", "a1c"); }
static void measure_after_its_domain(void)
{
        in_domain("a1c", "care");
        domain("care", 1);
        in_domain("bp", "care");
}
static void measure_after_the_score(void)
{
        linear("a1c", 0, 100);
        composite("measures");
        linear("bp", 0, 100);
}

/* ---- composites */

static void domain_of_no_measure(void)
{
        linear("a1c", 0, 100);
        domain("care", 1);
}
static void domain_of_points(void)
{
        in_domain("a1c", "care");
        with_word(composite("points"), "domain", "care");
        with_rate(&terms.steps[1], "highest", 2, 1);
}
static void domain_twice(void)
{
        in_domain("a1c", "care");
        domain("care", 1);
        domain("care", 2);
}
static void domain_with_a_bonus(void)
{
        in_domain("a1c", "care");
        with_flag(domain("care", 1), "bonus", true);
}
static void domains_without_one(void)
{
        linear("a1c", 0, 100);
        composite("domains");
}
static void measures_without_one(void) { composite("measures"); }
static void weight_of_the_whole(void)
{
        linear("a1c", 0, 100);
        with_count(composite("measures"), "weight", 2);
}
static void points_without_highest(void) { composite("points"); }
static void lowest_above_highest(void)
{
        with_rate(composite("points"), "highest", 5, 1);
        with_rate(&terms.steps[0], "lowest", 5, 1);
}
static void bonus_of_a_reported_score(void)
{
        with_flag(composite("reported"), "bonus", true);
}
static void two_scores(void)
{
        composite("reported");
        composite("reported");
}

/* ---- gates, quality-adjust */

static void gate_of_no_measure(void)
{
        linear("a1c", 0, 100);
        with_word(gate("measure"), "measure", "bp");
        with_rate(&terms.steps[1], "least", 1, 2);
}
static void gate_without_measures(void)
{
        with_count(gate("scored"), "least_count", 1);
}
static void gate_of_no_score(void) { with_rate(gate("least"), "least", 1, 2); }
static void scaled_without_score(void)
{
        with_rate(gate("growth"), "rate", 1, 100);
        with_word(&terms.steps[0], "met", "scaled");
}
static void growth_of_five_decimals(void) { with_rate(gate("growth"), "rate", 35001, 100000); }
static void growth_of_thirds(void) { with_rate(gate("growth"), "rate", 1, 3); }
static void growth_of_six_years(void)
{
        with_rate(gate("growth"), "rate", 1, 100);
        with_count(&terms.steps[0], "years", 6);
}
static void failing_to_what(void)
{
        composite("reported");
        with_word(gate("none"), "failed", "rate");
}
static void gate_after_share(void)
{
        composite("reported");
        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_word(with_step(&terms, "corridor-gate"), "minimum", "none");
        with_rate(with_step(&terms, "share"), "up", 1, 2);
        gate("none");
}
static void adjusting_nothing(void)
{
        composite("reported");
        with_cents(with_step(&terms, "fee"), "flat", 100);
        adjust("amount");
}
static void adjusting_without_score(void)
{
        with_cents(with_step(&terms, "fee"), "flat", 100);
        with_rate(adjust("amount"), "most_gain", 1, 2);
}
static void adjusting_without_gate(void)
{
        with_cents(with_step(&terms, "fee"), "flat", 100);
        adjust("factor");
}
static void adjusting_before_the_amount(void) { adjust("multiplier"); }
static void adjusting_by_half_a_table(void)
{
        composite("reported");
        with_cents(with_step(&terms, "fee"), "flat", 100);
        with_band(&terms, adjust("table"), "bands",
                  (struct band) { 0, SHARE_ONE / 2, { 1, 2 }, { 1, 2 } });
}

/* ---- too long */

#define PRIME 999999937

static void long_line_of_primes(void)
{
        with_rate(measure("a1c", NULL), "worst", 1, PRIME);
        with_rate(&terms.steps[0], "best", 1, 999999929);
}
static void long_table_of_primes(void)
{
        struct step *step = measure("a1c", "table");

        with_rate(step, "most", PRIME, 999999929);
        with_band(&terms, step, "bands",
                  (struct band) { 0, SHARE_ONE, { 1, 3 }, { 1, 999999893 } });
}
static void long_improvement_of_primes(void)
{
        with_rate(measure("a1c", "improvement"), "benchmark", 1, PRIME);
}
static void long_adjustment(void)
{
        composite("reported");
        with_cents(with_step(&terms, "fee"), "flat", 100);
        with_band(&terms, adjust("table"), "bands",
                  (struct band) { 0, SHARE_ONE, { 1, PRIME }, { 1, 999999929 } });
}

static const struct {
        void (*arrange)(void);
        const char *says;
} nonsense[] = {
        { line_without_best, "best must be given where scale is linear" },
        { line_without_length, "worst and best rate must differ" },
        { no_table, "bands must be given where scale is table" },
        { table_from_above_zero, "from 0 to 100%, without gaps" },
        { table_to_below_one, "from 0 to 100%, without gaps" },
        { table_with_a_gap, "from 0 to 100%, without gaps" },
        { ranks_with_a_gap, "from 0 to 100%, without gaps" },
        { table_beyond_most, "no band has more points than most" },
        { most_of_nothing, "no band has more points than most" },
        { attainment_of_nothing, "threshold and benchmark must differ" },
        { better_of_nothing, "threshold and benchmark must differ" },
        { attainment_without_benchmark, "benchmark must be given where scale is attainment" },
        { improvement_without_benchmark, "benchmark must be given where scale is improvement" },
        { neutral_of_few, "neutral must be given where few is neutral" },
        { neutral_of_missing, "neutral must be given where missing is neutral" },
        { measured_twice, "scores this measure already" },
        { measure_named_as_a_later_domain, "names of their own" },
        { measure_named_as_its_domain, "names of their own" },
        { measure_after_its_domain, "its domain is scored already" },
        { measure_after_the_score, "the quality score stands already" },
        { domain_of_no_measure, "no measure step of this domain" },
        { domain_of_points, "made of measures" },
        { domain_twice, "scores this domain already" },
        { domain_with_a_bonus, "not for a domain" },
        { domains_without_one, "needs the scores of domains" },
        { measures_without_one, "needs measures" },
        { weight_of_the_whole, "is no domain among others" },
        { points_without_highest, "highest must be given where source is points" },
        { lowest_above_highest, "lowest must lie below highest" },
        { bonus_of_a_reported_score, "taken as it is" },
        { two_scores, "the quality score stands already" },
        { gate_of_no_measure, "no measure step of that name" },
        { gate_without_measures, "needs measures" },
        { gate_of_no_score, "needs the quality score" },
        { scaled_without_score, "needs the quality score" },
        { growth_of_five_decimals, "at most four decimals" },
        { growth_of_thirds, "at most four decimals" },
        { growth_of_six_years, "years lies outside" },
        { failing_to_what, "failed_rate must be given" },
        { gate_after_share, "the share was taken already" },
        { adjusting_nothing, "changes nothing" },
        { adjusting_without_score, "needs the quality score" },
        { adjusting_without_gate, "needs the quality gate" },
        { adjusting_before_the_amount, "no amount to work on" },
        { adjusting_by_half_a_table, "from 0 to 100%, without gaps" },
        { long_line_of_primes, "longer than 128 bits" },
        { long_table_of_primes, "longer than 128 bits" },
        { long_improvement_of_primes, "longer than 128 bits" },
        { long_adjustment, "longer than 128 bits" },
};

START_TEST(nonsense_is_refused)
{
        begin();
        nonsense[_i].arrange();
        end();
        refused(nonsense[_i].says);
}
END_TEST

START_TEST(a_bonus_makes_a_long_score_too_long)
{
        for (int bonus = 0; bonus < 2; bonus++) {
                struct step *step;

                begin();
                linear("a1c", 0, 100);
                step = composite("measures");
                with_rate(step, "lowest", 1, PRIME);
                with_rate(step, "highest", 5, 1);
                with_flag(step, "bonus", bonus);
                end();
                check();
                ck_assert_int_eq(code_of("terms.steps[1]", "longer than 128 bits"),
                                 bonus ? REFUSAL_BAD_TERMS : 0);
        }
}
END_TEST

/* ---- sense */

static void linear_beside_a_table(void) { table(linear("a1c", 0, 100), 5, 6, 7, 8); }
static void points_of_a_thousand(void)
{
        struct step *step = measure("a1c", "table");

        with_rate(step, "most", 1000, 1);
        with_band(&terms, step, "bands", (struct band) { 0, SHARE_MOST, { 0, 1 }, { 1000, 1 } });
}
static void gate_with_growth_alone(void) { with_rate(gate("growth"), "rate", 358, 10000); }
static void gate_with_last_year_alone(void) { with_rate(gate("carried"), "least", 1, 2); }
static void long_rates(void)
{
        struct step *step = measure("a1c", "better");

        with_rate(step, "threshold", 873263000, 1000000000);
        with_rate(step, "benchmark", 903511001, 1000000000);
}
static void long_line(void)
{
        with_rate(measure("a1c", NULL), "worst", 612345, 1000000);
        with_rate(&terms.steps[0], "best", 923457, 1000000);
}
static void long_ladder(void)
{
        struct step *step = measure("a1c", "table");

        with_rate(step, "most", 10, 1);
        with_band(&terms, step, "bands",
                  (struct band) { 0, 672343500, { 0, 1 }, { 0, 1 } });
        with_band(&terms, step, "bands",
                  (struct band) { 672343500, 811234600, { 1, 1 }, { 2, 1 } });
        with_band(&terms, step, "bands",
                  (struct band) { 811234600, SHARE_ONE, { 2, 1 }, { 975, 100 } });
}
static void two_domains(void)
{
        in_domain("a1c", "care");
        domain("care", 3);
        in_domain("fall", "safety");
        domain("safety", 1);
        composite("domains");
}
static void many_measures(void)
{
        static char names[120][4];

        for (int i = 0; i < COUNT_OF(names); i++) {
                names[i][0] = (char)('a' + i / 26);
                names[i][1] = (char)('a' + i % 26);
                linear(names[i], 0, 100);
                with_count(&terms.steps[i], "weight", 1000000);
        }
        composite("measures");
}

static void (*const sense[])(void) = {
        linear_beside_a_table, points_of_a_thousand, gate_with_growth_alone,
        gate_with_last_year_alone, long_rates, long_line, long_ladder, two_domains, many_measures,
};

START_TEST(sense_is_not)
{
        begin();
        sense[_i]();
        end();
        accepted();
}
END_TEST

START_TEST(more_lines_than_a_statement_holds_are_refused)
{
        static char names[100][4];

        begin();
        for (int i = 0; i < COUNT_OF(names); i++) {
                struct step *step;

                names[i][0] = (char)('a' + i / 26);
                names[i][1] = (char)('a' + i % 26);
                step = by_points("better", 0, 1);
                memcpy(step->params[0].word.text, names[i], sizeof(names[i]));
        }
        end();
        refused("more lines than there is room");
}
END_TEST

/* ---- what is read */

static const struct input *input_of(enum fact_kind kind, const char *item)
{
        static struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(&terms, inputs);

        for (size_t i = 0; i < count; i++)
                if (inputs[i].kind == kind && strcmp(inputs[i].item.text, item) == 0)
                        return &inputs[i];
        return NULL;
}

static void needs(enum fact_kind kind, const char *item, enum read_need need)
{
        const struct input *input = input_of(kind, item);

        ck_assert_ptr_nonnull(input);
        ck_assert_int_eq(input->need, need);
}

START_TEST(a_measure_lists_what_its_scale_reads)
{
        begin();
        by_points("better", 50, 90);
        with_word(measure("rank", "relative"), "missing", "drop");
        with_count(measure("told", "reported"), "least_denominator", 20);
        needs(FACT_MEASURE_NUMERATOR, "a1c", READ_ALWAYS);
        needs(FACT_MEASURE_DENOMINATOR, "a1c", READ_ALWAYS);
        needs(FACT_MEASURE_BASELINE_RATE, "a1c", READ_WHEN_IT_MATTERS);
        ck_assert_ptr_null(input_of(FACT_PEERS, "a1c"));
        needs(FACT_PEERS_EQUAL, "rank", READ_WHEN_IT_MATTERS);
        ck_assert_ptr_null(input_of(FACT_MEASURE_NUMERATOR, "rank"));
        needs(FACT_MEASURE_SCORE, "told", READ_ALWAYS);
        needs(FACT_MEASURE_DENOMINATOR, "told", READ_WHEN_IT_MATTERS);
}
END_TEST

START_TEST(scores_and_gates_list_what_they_read)
{
        begin();
        with_flag(composite("points"), "bonus", true);
        gate("growth");
        with_cents(with_step(&terms, "fee"), "flat", 100);
        adjust("multiplier");
        needs(FACT_QUALITY_POINTS, "", READ_ALWAYS);
        needs(FACT_QUALITY_BONUS, "", READ_IF_SO);
        needs(FACT_REFERENCE_AMOUNT, "growth-base", READ_ALWAYS);
        needs(FACT_REFERENCE_AMOUNT, "growth-current", READ_ALWAYS);
        needs(FACT_QUALITY_ADJUSTMENT, "", READ_WHEN_IT_MATTERS);
        ck_assert_ptr_null(input_of(FACT_QUALITY_SCORE, ""));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("quality_terms");

        tcase_add_loop_test(tests, nonsense_is_refused, 0, COUNT_OF(nonsense));
        tcase_add_test(tests, a_bonus_makes_a_long_score_too_long);
        tcase_add_loop_test(tests, sense_is_not, 0, COUNT_OF(sense));
        tcase_add_test(tests, more_lines_than_a_statement_holds_are_refused);
        tcase_add_test(tests, a_measure_lists_what_its_scale_reads);
        tcase_add_test(tests, scores_and_gates_list_what_they_read);
        return run_case(tests, "quality_terms");
}
