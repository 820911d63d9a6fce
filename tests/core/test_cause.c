/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What figures differ by, without member rows: small cases as a person would set them down. Whole
 * populations with rows are in tests/populations.
 */
#include <stdio.h>
#include <string.h>

#include "core/cause.h"
#include "tests/core/run.h"

#define FACTS_MAX 512
#define BIT(cause) CAUSE_BIT(CAUSE_##cause)
#define NOT_SAID INT64_MIN
#define MARCH 20178             /* 2025-03-31 */
#define JUNE 20269              /* 2025-06-30 */

static struct terms terms;
static struct fact facts[FACTS_MAX];
static struct match matches[FACTS_MAX];
static uint32_t bits[FACTS_MAX];
static struct cause_found found[CAUSE_LAST];
static size_t fact_count, match_count, found_count;

static void say(enum side side, enum fact_kind kind, const char *item, int64_t num, int64_t den)
{
        struct fact *fact = &facts[fact_count++];

        ck_assert_uint_le(fact_count, FACTS_MAX);
        *fact = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .period = { 19723, 20089 },
                         .paid_through = DATE_NONE },
                .value = { fact_kind_info(kind)->unit, num, den },
                .index = fact_count,
                .side = side,
        };
        snprintf(fact->key.item.text, sizeof(fact->key.item.text), "%s", item);
}

static void look(struct cause_inputs in)
{
        const struct match_inputs inputs = { .facts = facts, .fact_count = fact_count };

        match_count = match_all(&terms, &inputs, matches);
        in.matches = matches;
        in.match_count = match_count;
        in.rows_paid_through[0] = in.rows_paid_through[1] = DATE_NONE;
        found_count = cause_find(&in, bits, found);
}

static uint32_t bits_of(enum fact_kind kind, const char *item)
{
        for (size_t i = 0; i < match_count; i++) {
                const struct fact *fact = matches[i].bearer ? matches[i].bearer : matches[i].earner;

                if (fact->key.kind == kind && strcmp(fact->key.item.text, item) == 0)
                        return bits[i];
        }
        ck_abort_msg("nobody said that");
}

/* ---- cases: up to eight figures, the first of which is asked for */

struct said {
        enum fact_kind kind;
        const char *item;
        int64_t bearer, earner; /* NOT_SAID: by that side */
        int64_t den;            /* 0: 1 */
};

struct cause_case {
        const char *says;
        struct said said[8];
        uint32_t versions[2];
        date days[2];           /* of expenditures; 0: not said */
        int64_t attach;
        uint32_t bits;
};

static const struct cause_case cases[] = {
        { .says = "what agrees has no cause",
          .said = { { FACT_EXPENDITURE, "", 100, 100, 0 } },
          .bits = 0 },
        { .says = "what only one side reports has none",
          .said = { { FACT_EXPENDITURE, "", 100, NOT_SAID, 0 } },
          .bits = 0 },
        { .says = "one side gives no breakdown and the totals agree",
          .said = { { FACT_EXPENDITURE, "aged", 40, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "esrd", 60, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "", 100, 100, 0 } },
          .bits = 0 },
        { .says = "a category is another's by the other side and the totals agree",
          .said = { { FACT_EXPENDITURE, "esrd", 6000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "aged", 4000, 10000, 0 },
                    { FACT_EXPENDITURE, "", 10000, 10000, 0 } },
          .bits = 0 },
        { .says = "one side gives no breakdown and the totals differ by none of the parts",
          .said = { { FACT_EXPENDITURE, "aged", 4000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "esrd", 6000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "", 10000, 9500, 0 } },
          .bits = 0 },
        { .says = "the totals differ by one of the parts exactly",
          .said = { { FACT_EXPENDITURE, "aged", 4000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "esrd", 6000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "", 10000, 6000, 0 } },
          .bits = BIT(CARVE_OUT) },
        { .says = "and so the total is explained",
          .said = { { FACT_EXPENDITURE, "", 10000, 6000, 0 },
                    { FACT_EXPENDITURE, "aged", 4000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "esrd", 6000, NOT_SAID, 0 } },
          .bits = BIT(CARVE_OUT) },
        { .says = "a side that breaks down its total leaves a category out",
          .said = { { FACT_EXPENDITURE, "esrd", 6000, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "aged", 4000, 4100, 0 },
                    { FACT_EXPENDITURE, "", 10000, 4100, 0 } },
          .bits = BIT(CARVE_OUT) },
        { .says = "only parts are stated, and one is left out",
          .said = { { FACT_HEAD_COUNT, "esrd", 6, NOT_SAID, 0 },
                    { FACT_HEAD_COUNT, "aged", 40, 40, 0 } },
          .bits = BIT(CARVE_OUT) },
        { .says = "a negative part that is left out is a rebate",
          .said = { { FACT_EXPENDITURE, "rx", -600, NOT_SAID, 0 },
                    { FACT_EXPENDITURE, "", 10000, 10600, 0 } },
          .bits = BIT(REBATE) },
        { .says = "a rebate that the other side states apart",
          .said = { { FACT_EXPENDITURE, "", 10000, 10600, 0 },
                    { FACT_OTHER_AMOUNT, "rx", NOT_SAID, -600, 0 } },
          .bits = BIT(REBATE) },
        { .says = "a negative amount that has nothing to do with it",
          .said = { { FACT_OTHER_AMOUNT, "rx", NOT_SAID, -600, 0 },
                    { FACT_EXPENDITURE, "", 10000, 10500, 0 } },
          .bits = 0 },
        { .says = "measures that one side does not report are no carve-out",
          .said = { { FACT_MEASURE_NUMERATOR, "a1c", 6, NOT_SAID, 0 },
                    { FACT_MEASURE_NUMERATOR, "bp", 40, 40, 0 } },
          .bits = 0 },
        { .says = "counts differ: other people",
          .said = { { FACT_HEAD_COUNT, "", 100, 98, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "so the expenditure does",
          .said = { { FACT_EXPENDITURE, "", 1000000, 990000, 0 },
                    { FACT_HEAD_COUNT, "", 100, 98, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "and the risk score, an average over them",
          .said = { { FACT_RISK_SCORE, "", 1100000, 1090000, 1000000 },
                    { FACT_HEAD_COUNT, "", 100, 98, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "the same people at other scores",
          .said = { { FACT_RISK_SCORE, "", 1100000, 1090000, 1000000 },
                    { FACT_HEAD_COUNT, "", 100, 100, 0 } },
          .bits = BIT(RISK) },
        { .says = "a benchmark that goes with the risk score",
          .said = { { FACT_BENCHMARK_PER_CAPITA, "", 1100000, 1090000, 0 },
                    { FACT_RISK_SCORE, "", 1100000, 1090000, 1000000 } },
          .bits = BIT(RISK) },
        { .says = "a benchmark that goes with the person-years",
          .said = { { FACT_BENCHMARK, "", 120000000, 117600000, 0 },
                    { FACT_PERSON_YEARS, "", 1200, 1176, 12 } },
          .bits = BIT(ROSTER) },
        { .says = "a benchmark that goes with neither",
          .said = { { FACT_BENCHMARK_PER_CAPITA, "", 1100000, 1050000, 0 },
                    { FACT_RISK_SCORE, "", 1100000, 1090000, 1000000 } },
          .bits = BIT(OTHER) },
        { .says = "a benchmark that goes with the risk score, but the person-years differ",
          .said = { { FACT_BENCHMARK, "", 100000000, 99500000, 0 },
                    { FACT_PERSON_YEARS, "", 1200, 1212, 12 },
                    { FACT_RISK_SCORE, "", 1000, 995, 1000 } },
          .versions = { 2, 3 },
          .bits = BIT(TERMS) | BIT(ROSTER) },
        { .says = "an average over other people that happens to be round",
          .said = { { FACT_RISK_SCORE, "", 1589451, 1589500, 1000000 },
                    { FACT_HEAD_COUNT, "", 100, 98, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "and the sides have other terms",
          .said = { { FACT_BENCHMARK_PER_CAPITA, "", 1100000, 1050000, 0 },
                    { FACT_RISK_SCORE, "", 1100000, 1090000, 1000000 } },
          .versions = { 2, 3 },
          .bits = BIT(TERMS) },
        { .says = "other terms explain nothing that was counted",
          .said = { { FACT_MEASURE_NUMERATOR, "a1c", 6, 7, 0 } },
          .versions = { 2, 3 },
          .bits = BIT(OTHER) },
        { .says = "one side does not say its terms",
          .said = { { FACT_BENCHMARK_PER_CAPITA, "", 1100000, 1050000, 0 } },
          .versions = { 0, 3 },
          .bits = BIT(OTHER) },
        { .says = "claims paid through other days",
          .said = { { FACT_EXPENDITURE, "", 1000000, 990000, 0 } },
          .days = { JUNE, MARCH },
          .bits = BIT(PAID_THROUGH) },
        { .says = "claims paid through the same day",
          .said = { { FACT_EXPENDITURE, "", 1000000, 990000, 0 } },
          .days = { JUNE, JUNE },
          .bits = BIT(OTHER) },
        { .says = "other days, and a rebate to the cent beside them",
          .said = { { FACT_EXPENDITURE, "", 10000, 10600, 0 },
                    { FACT_EXPENDITURE, "rx", -600, NOT_SAID, 0 } },
          .days = { JUNE, MARCH },
          .bits = BIT(REBATE) },
        { .says = "what stop-loss takes off, to the cent",
          .said = { { FACT_EXPENDITURE, "", 1000000, 930000, 0 },
                    { FACT_STOPLOSS_CLAIM, "m1", 150000, 150000, 0 },
                    { FACT_STOPLOSS_CLAIM, "m2", 120000, 120000, 0 },
                    { FACT_STOPLOSS_CLAIM, "m3", 90000, 90000, 0 } },
          .attach = 100000,
          .bits = BIT(TRUNCATION) },
        { .says = "ten cents less than stop-loss takes off",
          .said = { { FACT_EXPENDITURE, "", 1000003, 930013, 0 },
                    { FACT_STOPLOSS_CLAIM, "m1", 150000, 150000, 0 },
                    { FACT_STOPLOSS_CLAIM, "m2", 120000, 120000, 0 } },
          .attach = 100000,
          .bits = BIT(OTHER) },
        { .says = "what stop-loss takes off, in whole dollars",
          .said = { { FACT_EXPENDITURE, "", 1000003, 930000, 0 },
                    { FACT_STOPLOSS_CLAIM, "m1", 150000, 150000, 0 },
                    { FACT_STOPLOSS_CLAIM, "m2", 120000, 120000, 0 } },
          .attach = 100000,
          .bits = BIT(TRUNCATION) | BIT(ROUNDING) },
        { .says = "one side's costly member costs the other more",
          .said = { { FACT_STOPLOSS_CLAIM, "m1", 150000, 140000, 0 } },
          .bits = BIT(TRUNCATION) },
        { .says = "whole dollars",
          .said = { { FACT_EXPENDITURE, "", 123456, 123500, 0 } },
          .bits = BIT(ROUNDING) },
        { .says = "a dollar is not rounding",
          .said = { { FACT_EXPENDITURE, "", 123400, 123500, 0 } },
          .bits = BIT(OTHER) },
        { .says = "a cent", .said = { { FACT_BENCHMARK, "", 7, 8, 0 } }, .bits = BIT(ROUNDING) },
        { .says = "two cents are not", .said = { { FACT_BENCHMARK, "", 7, 9, 0 } },
          .bits = BIT(OTHER) },
        { .says = "three decimals",
          .said = { { FACT_QUALITY_SCORE, "", 912345, 912000, 1000000 } },
          .bits = BIT(ROUNDING) },
        { .says = "a thousandth is not rounding",
          .said = { { FACT_QUALITY_SCORE, "", 913, 912, 1000 } },
          .bits = BIT(OTHER) },
        { .says = "within a thousandth, and neither is rounded",
          .said = { { FACT_QUALITY_SCORE, "", 912345, 912678, 1000000 } },
          .bits = BIT(OTHER) },
        { .says = "two decimals are another value",
          .said = { { FACT_QUALITY_SCORE, "", 915345, 910000, 1000000 } },
          .bits = BIT(OTHER) },
        { .says = "whole person-years",
          .said = { { FACT_PERSON_YEARS, "", 1203, 1200, 12 },
                    { FACT_MEMBER_MONTHS, "", 1203, 1203, 0 } },
          .bits = BIT(ROUNDING) },
        { .says = "whole person-years by chance: the months differ",
          .said = { { FACT_PERSON_YEARS, "", 1203, 1200, 12 },
                    { FACT_MEMBER_MONTHS, "", 1203, 1200, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "moved from one category to the other",
          .said = { { FACT_EXPENDITURE, "aged", 4100, 4000, 0 },
                    { FACT_EXPENDITURE, "esrd", 5900, 6000, 0 },
                    { FACT_EXPENDITURE, "", 10000, 10000, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "as many moved into a category as out of it",
          .said = { { FACT_EXPENDITURE, "aged", 5000, 4890, 0 },
                    { FACT_HEAD_COUNT, "aged", 10, 10, 0 },
                    { FACT_HEAD_COUNT, "esrd", 5, 6, 0 },
                    { FACT_HEAD_COUNT, "kids", 6, 5, 0 },
                    { FACT_HEAD_COUNT, "", 21, 21, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "other people elsewhere, and not as many",
          .said = { { FACT_EXPENDITURE, "aged", 5000, 4890, 0 },
                    { FACT_HEAD_COUNT, "aged", 10, 10, 0 },
                    { FACT_HEAD_COUNT, "esrd", 5, 6, 0 },
                    { FACT_HEAD_COUNT, "", 15, 16, 0 } },
          .bits = BIT(ROSTER) },
        { .says = "a flag", .said = { { FACT_LOW_REVENUE, "", 0, 1, 0 } }, .bits = BIT(OTHER) },
};

static void say_both(const struct cause_case *c, const struct said *said)
{
        const int64_t values[2] = { said->bearer, said->earner };

        for (int side = 0; side < 2; side++) {
                if (values[side] == NOT_SAID)
                        continue;
                say(side ? SIDE_EARNER : SIDE_BEARER, said->kind, said->item, values[side],
                    said->den ? said->den : 1);
                if (said->kind == FACT_EXPENDITURE && c->days[side])
                        facts[fact_count - 1].key.paid_through = c->days[side];
        }
}

START_TEST(a_figure_differs_by_what_explains_it)
{
        const struct cause_case *c = &cases[_i];
        uint32_t got;

        fact_count = 0;
        for (int i = 0; i < 8 && c->said[i].item; i++)
                say_both(c, &c->said[i]);
        look((struct cause_inputs) { .terms_version = { c->versions[0], c->versions[1] },
                                     .attach = c->attach });
        got = bits_of(c->said[0].kind, c->said[0].item);
        ck_assert_msg(got == c->bits, "%s: %x, not %x", c->says, got, c->bits);
}
END_TEST

START_TEST(every_cause_has_a_sentence_and_what_to_look_at)
{
        ck_assert_ptr_null(cause_info(0));
        ck_assert_ptr_null(cause_info(CAUSE_LAST + 1));
        for (unsigned int cause = 1; cause <= CAUSE_LAST; cause++) {
                ck_assert_uint_eq(cause_info(cause)->cause, cause);
                ck_assert_uint_gt(strlen(cause_info(cause)->says), 20);
                ck_assert_uint_gt(strlen(cause_info(cause)->look), 20);
        }
}
END_TEST

START_TEST(causes_come_in_the_order_in_which_they_are_settled)
{
        fact_count = 0;
        say(SIDE_BEARER, FACT_LOW_REVENUE, "", 0, 1);
        say(SIDE_EARNER, FACT_LOW_REVENUE, "", 1, 1);
        say(SIDE_BEARER, FACT_HEAD_COUNT, "", 100, 1);
        say(SIDE_EARNER, FACT_HEAD_COUNT, "", 98, 1);
        say(SIDE_BEARER, FACT_MEMBER_MONTHS, "", 1200, 1);
        say(SIDE_EARNER, FACT_MEMBER_MONTHS, "", 1176, 1);
        look((struct cause_inputs) { .attach = 0 });
        ck_assert_uint_eq(found_count, 2);
        ck_assert_int_eq(found[0].cause, CAUSE_ROSTER);
        ck_assert_uint_eq(found[0].matches, 2);
        ck_assert(!found[0].in_rows);
        ck_assert_int_eq(found[1].cause, CAUSE_OTHER);
}
END_TEST

/* ---- whatever is within the limits is answered */

static uint64_t state;

static uint64_t below(uint64_t limit)
{
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (state >> 33) % limit;
}

static void say_anything(enum side side, const struct fact_kind_info *info, const char *item)
{
        int64_t ends[] = { info->least, info->most, info->least + 1, info->most - 1, 0, 1 };
        int64_t num = ends[below(6)], den = 1;

        if (info->unit == UNIT_RATE) {
                den = below(2) ? RATE_PART_MAX - (int64_t)below(60) : 1 + (int64_t)below(1000);
                num = (int64_t)below((uint64_t)RATE_PART_MAX);
        }
        if (info->unit == UNIT_FLAG)
                num = (int64_t)below(2);
        if (num < info->least && info->unit != UNIT_RATE)
                num = info->least;
        say(side, info->kind, item, num, den);
        facts[fact_count - 1].key.paid_through = below(3) ? DATE_NONE : MARCH + (date)below(2);
        facts[fact_count - 1].relayed = below(20) == 0;
}

START_TEST(the_longest_figures_are_no_trouble)
{
        static const char *const items[] = { "", "a", "b", "c" };

        state = (uint64_t)_i + 1;
        fact_count = 0;
        for (size_t i = 0; fact_kind_at(i); i++)
                for (unsigned int n = 0; n < 8; n++)
                        if (below(2) && fact_count < FACTS_MAX)
                                say_anything(n < 4 ? SIDE_BEARER : SIDE_EARNER, fact_kind_at(i),
                                             items[n % 4]);
        look((struct cause_inputs) { .terms_version = { 1, 1 + (uint32_t)below(2) },
                                     .attach = (int64_t)below(3) * MONEY_MAX / 2 });
        for (size_t i = 0; i < match_count; i++)
                if (matches[i].result == MATCH_DISPUTED)
                        ck_assert_uint_ne(bits[i], 0);
                else if (matches[i].result == MATCH_AGREED || matches[i].result == MATCH_WITHIN)
                        ck_assert_uint_eq(bits[i], 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("cause");

        tcase_add_loop_test(tests, a_figure_differs_by_what_explains_it, 0, COUNT_OF(cases));
        tcase_add_test(tests, every_cause_has_a_sentence_and_what_to_look_at);
        tcase_add_test(tests, causes_come_in_the_order_in_which_they_are_settled);
        tcase_add_loop_test(tests, the_longest_figures_are_no_trouble, 0, 40);
        return run_case(tests, "cause");
}
