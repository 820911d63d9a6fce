/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms of quality with the longest rates there are, and facts as long: what is accepted can be
 * settled, however long its figures get. A figure beyond 128 bits would end the program.
 */
#include <string.h>

#include "tests/core/run.h"
#include "tests/core/quality_case.h"
#include "tests/draw.h"
#include "tests/rounds.h"

static uint64_t state = 88172645463325252u;

static int64_t any(int64_t below)
{
        return (int64_t)(xorshift(&state) % (uint64_t)below);
}

/* Numerators and denominators of so many digits, prime to each other as a rule. */
static struct rate any_rate(int digits, int64_t most)
{
        int64_t den = 1;

        while (digits--)
                den *= 10;
        den = 1 + any(den);
        if (den > RATE_PART_MAX / most)
                den = RATE_PART_MAX / most;
        return (struct rate) { any(most * den + 1), den };
}

static int digits_at_most;

/* The most there are more often than not. */
static int any_digits(void)
{
        return any(3) ? digits_at_most : (int)any(digits_at_most + 1);
}

static void any_param(struct step *step, const char *name, int64_t most)
{
        struct rate rate = any_rate(any_digits(), most);

        with_rate(step, name, rate.num, rate.den);
}

static void any_bands(struct step *step, int64_t most)
{
        const int64_t count = 1 + any(4);
        int64_t from = 0;

        for (int64_t i = 0; i < count; i++) {
                const int64_t to = i + 1 < count ? from + 1 + any(SHARE_ONE / 4) : SHARE_ONE;

                with_band(&terms, step, "bands",
                          (struct band) { from, to, any_rate(any_digits(), most),
                                          any_rate(any_digits(), most) });
                from = to;
        }
}

static const char *name_of(int64_t place)
{
        static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

        return names[place];
}

static void any_measure(int64_t place)
{
        static const char *const scales[] = { "linear",      "table",  "attainment",
                                              "improvement", "better", "relative", "reported" };
        struct step *step = measure(name_of(place), scales[any(7)]);

        any_param(step, "worst", 1);
        any_param(step, "best", 1);
        any_param(step, "threshold", 1);
        any_param(step, "benchmark", 1);
        any_param(step, "neutral", 1);
        any_bands(step, 3);
        with_rate(step, "most", 3, 1);
        with_count(step, "weight", 1 + any(1000000));
        with_word(step, "few", any(2) ? "neutral" : "drop");
        /* Both domains have a measure. */
        if (place < 2 || any(2))
                with_word(step, "domain", place % 2 ? "x" : "y");
}

static void any_composite(void)
{
        static const char *const sources[] = { "measures", "points", "domains" };
        struct step *step;

        domain("x", 1 + any(1000000));
        domain("y", 1 + any(1000000));
        if (any(8) == 0) {
                composite("reported");
                return;
        }
        step = composite(sources[any(3)]);
        if (any(3) == 0) {
                any_param(step, "lowest", 2);
                with_rate(step, "highest", 5, 1);
        } else {
                with_rate(step, "highest", 1, 1);
        }
        if (any(3) == 0)
                with_flag(step, "bonus", true);
}

static void any_gate(void)
{
        struct step *step = with_step(&terms, "gate");

        with_word(step, "standard", any(2) ? "none" : "growth");
        with_rate(step, "rate", any(10001), 10000);
        with_count(step, "years", 1 + any(5));
        with_word(step, "met", any(2) ? "scaled" : "full");
        with_word(step, "failed", "rate");
        any_param(step, "failed_rate", 1);
}

static void any_adjustment(void)
{
        static const char *const formulas[] = { "amount", "multiplier", "table", "factor" };
        struct step *step = with_step(&terms, "quality-adjust");

        with_word(step, "formula", formulas[any(4)]);
        any_param(step, "most_gain", 1);
        any_param(step, "most_loss", 1);
        any_bands(step, 2);
}

static void any_fee(void)
{
        struct step *step = with_step(&terms, "fee");

        with_cents(step, "flat", any(MONEY_MAX));
        if (any(2))
                any_param(step, "at_risk", 1);
}

static void any_share(void)
{
        struct step *step;

        with_step(&terms, "expenditure");
        with_step(&terms, "target");
        with_step(&terms, "savings");
        step = with_step(&terms, "corridor-gate");
        with_word(step, "minimum", "none");
        with_word(step, "losses", "all");
        step = with_step(&terms, "share");
        any_param(step, "up", 1);
        with_word(step, "down", "inverse");
}

static void any_terms(void)
{
        begin();
        for (int64_t i = 0, count = 2 + any(7); i < count; i++)
                any_measure(i);
        any_composite();
        for (int64_t i = any(3); i > 0; i--)
                any_gate();
        if (any(2))
                any_fee();
        else
                any_share();
        for (int64_t i = any(3); i > 0; i--)
                any_adjustment();
        with_step(&terms, "post");
}

/* As long as a fact can be, and in its lowest terms. */
static int64_t long_count(int64_t least)
{
        return least + any(COUNT_MAX - least + 1);
}

static void long_rate(enum fact_kind kind, const char *item, int64_t most)
{
        const int64_t den = RATE_PART_MAX / most - any(1000);

        fact_of(&facts, kind, item, any(den * most), den);
}

static void long_facts(void)
{
        for (int64_t i = 0; i < 8; i++) {
                const int64_t eligible = long_count(1), peers = long_count(2);

                fact_of(&facts, FACT_MEASURE_NUMERATOR, name_of(i), any(eligible + 1), 1);
                fact_of(&facts, FACT_MEASURE_DENOMINATOR, name_of(i), eligible, 1);
                fact_of(&facts, FACT_PEERS, name_of(i), peers, 1);
                fact_of(&facts, FACT_PEERS_BELOW, name_of(i), any(peers / 2), 1);
                fact_of(&facts, FACT_PEERS_EQUAL, name_of(i), any(peers / 2), 1);
                long_rate(FACT_MEASURE_BASELINE_RATE, name_of(i), 1);
                long_rate(FACT_MEASURE_SCORE, name_of(i), 1);
        }
        long_rate(FACT_QUALITY_SCORE, "", 1);
        long_rate(FACT_QUALITY_BONUS, "", 1);
        long_rate(FACT_QUALITY_POINTS, "", 1000);
        long_rate(FACT_QUALITY_ADJUSTMENT, "", 1);
        fact_is(&facts, FACT_BENCHMARK, 1 + any(MONEY_MAX), 1);
        fact_is(&facts, FACT_EXPENDITURE, any(MONEY_MAX), 1);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-base", 1 + any(MONEY_MAX), 1);
        fact_of(&facts, FACT_REFERENCE_AMOUNT, "growth-current", any(MONEY_MAX), 1);
}

static bool are_accepted(void)
{
        faults_reset(&faults);
        terms_check(&terms, 0, &faults);
        return faults.count == 0;
}

START_TEST(what_is_accepted_is_settled)
{
        int accepted_terms = 0, calculated = 0;

        digits_at_most = _i;
        for (int round = 0; round < ROUNDS_OF(800); round++) {
                any_terms();
                if (!are_accepted())
                        continue;
                accepted_terms++;
                for (int i = 0; i < 4; i++) {
                        facts_begin(&facts);
                        long_facts();
                        calculated += settled(&terms, &facts, IN_FORCE)->status ==
                                      STATEMENT_CALCULATED;
                }
        }
        ck_assert_int_gt(accepted_terms, ROUNDS_OF(3));
        ck_assert_int_gt(calculated, 2 * accepted_terms);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("quality_length");

        tcase_set_timeout(tests, 120);
        tcase_add_loop_test(tests, what_is_accepted_is_settled, 0, 10);
        return run_case(tests, "quality_length");
}
