/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The language of formulas (core/lines.h): what it reads, what it refuses, what it comes to, and
 * which line a name stands for.
 */
#include "core/exact_try.h"
#include "core/formula.h"
#include "core/lines.h"
#include "tests/clients/run.h"

static struct terms terms;
static struct statement statement;

/* ---- a statement to look things up in: head counts of two categories, and some wholes */

static void line_is(enum line_code code, uint16_t item, wide num, wide den)
{
        statement.lines[statement.line_count++] = (struct line) {
                .code = (uint16_t)code, .item = item, .unit = line_info(code)->unit,
                .num = num, .den = den
        };
}

static struct param *param_is(struct step *step, const char *name, enum param_type type)
{
        struct param *param = &step->params[step->param_count++];

        memcpy(param->name.text, name, strlen(name));
        param->type = type;
        return param;
}

/* Step 0: a corridor gate with a table by head count; step 1: a share; step 2: a post. */
static void arrange_terms_of_three(void)
{
        static const char *const kinds[] = { "corridor-gate", "share", "post" };
        static const struct band bands[] = {
                { 5000, 5999, { 39, 1000 }, { 36, 1000 } },
                { 6000, COUNT_MAX, { 2, 100 }, { 2, 100 } },
        };

        memset(&terms, 0, sizeof(terms));
        for (size_t i = 0; i < 3; i++) {
                memcpy(terms.steps[i].kind.text, kinds[i], strlen(kinds[i]));
                terms.steps[i].version = 1;
        }
        terms.step_count = 3;
        memcpy(terms.bands, bands, sizeof(bands));
        terms.band_count = 2;
        param_is(&terms.steps[0], "bands", PARAM_BANDS)->bands.count = 2;
        param_is(&terms.steps[1], "up", PARAM_RATE)->rate = (struct rate) { 1, 3 };
        memcpy(param_is(&terms.steps[2], "rounding", PARAM_WORD)->word.text, "half_even", 9);
}

static void arrange(void)
{
        arrange_terms_of_three();
        memset(&statement, 0, sizeof(statement));
        statement.run.period = (struct period) { date_of(2024, 1, 1), date_of(2025, 1, 1) };
        statement.run.payment = date_of(2025, 10, 15);
        memcpy(statement.items[0].text, "esrd", 4);
        memcpy(statement.items[1].text, "aged", 4);
        statement.item_count = 2;
        line_is(LINE_HEAD_COUNT, 1, 100, 1);
        line_is(LINE_HEAD_COUNT, 2, 300, 1);
        line_is(LINE_PERSON_YEARS, 1, 90, 1);
        line_is(LINE_HEAD_COUNT, 0, 5500, 1);
        line_is(LINE_BENCHMARK, 0, 1000, 1);
        line_is(LINE_SAVINGS, 0, -35, 3);
        line_is(LINE_HEAD_COUNT, 1, 101, 1);
        line_is(LINE_SHARED, 0, 105, 2);
        line_is(LINE_QUALITY_SCORE, 2, 1, 2);
        line_is(LINE_PAYABLE, 2, 0, 1);
}

static const char *value(const char *text, size_t step, uint16_t item, struct exact *ret)
{
        static struct formula formula;
        struct formula_at at = { &terms, &statement, statement.line_count - 1 };
        const char *fault = formula_parse(text_of(text), &formula);

        statement.lines[at.line].step = (uint16_t)step;
        statement.lines[at.line].item = item;
        return fault ? fault : formula_value(&formula, formula.root, &at, item, ret);
}

static const struct {
        const char *says, *text;
        size_t step;
        uint16_t item;
        long long num, den;
} good[] = {
        { "a number", "12", 0, 0, 12, 1 },
        { "with decimals", "0.25", 0, 0, 1, 4 },
        { "products bind before sums", "1 + 2 * 3 - 4 / 8", 0, 0, 13, 2 },
        { "from left to right", "10 - 4 - 3", 0, 0, 3, 1 },
        { "and so do quotients", "100 / 5 / 2", 0, 0, 10, 1 },
        { "brackets", "(1 + 2) * 3", 0, 0, 9, 1 },
        { "a sign", "-2 * -3", 0, 0, 6, 1 },
        { "comparisons come after sums", "1 + 1 >= 2", 0, 0, 1, 1 },
        { "less", "1 < 1", 0, 0, 0, 1 },
        { "no more", "1 <= 1", 0, 0, 1, 1 },
        { "more", "1 > 1", 0, 0, 0, 1 },
        { "the same", "1 / 2 = 0.5", 0, 0, 1, 1 },
        { "and before or", "1 or 0 and 0", 0, 0, 1, 1 },
        { "not", "not 1 > 2", 0, 0, 1, 1 },
        { "not of brackets", "not (1 or 0)", 0, 0, 0, 1 },
        { "the least of three", "min(3, 1, 2)", 0, 0, 1, 1 },
        { "the most", "max(-3, -1/2)", 0, 0, -1, 2 },
        { "halves away from zero", "cents(-7 / 2)", 0, 0, -4, 1 },
        { "to dollars", "dollars(150)", 0, 0, 200, 1 },
        { "to decimals", "decimals(1 / 8, 2)", 0, 0, 13, 100 },
        { "a whole number below zero", "floor(-7 / 2)", 0, 0, -4, 1 },
        { "a root", "isqrt(99)", 0, 0, 9, 1 },
        { "a root of a fraction", "isqrt(101 / 4)", 0, 0, 5, 1 },
        { "a long root", "isqrt(1000000000000000000)", 0, 0, 1000000000, 1 },
        { "a name without an item", "head_count", 0, 0, 5500, 1 },
        { "a name with this item, the latest", "head_count", 0, 1, 101, 1 },
        { "no such item: without one", "benchmark", 0, 1, 1000, 1 },
        { "none without one: the latest of all", "quality_score", 0, 0, 1, 2 },
        { "but not of quantities: the whole was not handed on", "quality", 0, 0, 0, 1 },
        { "a quantity by another line's name", "amount", 0, 0, 105, 2 },
        { "a quantity of a category", "years", 0, 1, 90, 1 },
        { "no line feeds it", "recouped", 0, 0, 0, 1 },
        { "but factors are one", "factor * fraction", 0, 0, 1, 1 },
        { "over all items, the latest of each", "sum(head_count)", 0, 0, 401, 1 },
        { "of an expression", "sum(2 * head_count - benchmark)", 0, 0, -1198, 1 },
        { "over the items of its first name", "sum(years * head_count)", 0, 0, 9090, 1 },
        { "a parameter", "terms.up", 1, 0, 1, 3 },
        { "what stands for one", "terms.down_ceiling", 1, 0, 1, 1 },
        { "on the line of a band", "table(head_count, terms.bands)", 0, 0, 12487, 333000 },
        { "its end is in it", "table(5999, terms.bands)", 0, 0, 9, 250 },
        { "the table by its bare name", "table(6000, bands)", 0, 0, 1, 50 },
        { "the day of payment", "run.payment", 0, 0, 20376, 1 },
        { "the months of the period", "run.months", 0, 0, 12, 1 },
        { "in the way of the terms", "rounded(5 / 2, terms.unit, terms.rounding)", 2, 0, 2, 1 },
        { "the larger remainder gets the cent", "portion(10, head_count)", 0, 1, 3, 1 },
        { "and the other what is left", "portion(10, head_count)", 0, 2, 7, 1 },
        { "of what is owed too", "portion(-10, head_count)", 0, 2, -7, 1 },
        { "ties go to the item that sorts first", "portion(1, head_count / head_count)", 0, 2, 1,
          1 },
        { "of nothing, nothing, whatever the weights", "portion(0, 0 * head_count)", 0, 1, 0, 1 },
        { "and not to the other", "portion(1, head_count / head_count)", 0, 1, 0, 1 },
};

START_TEST(formulas_come_to_what_they_say)
{
        struct exact figure = { 0, 1 };
        const char *fault;

        arrange();
        fault = value(good[_i].text, good[_i].step, good[_i].item, &figure);
        ck_assert_msg(!fault, "%s: %s", good[_i].says, fault);
        ck_assert_msg(figure.num == good[_i].num && figure.den == good[_i].den,
                      "%s: %s is %lld/%lld", good[_i].says, good[_i].text,
                      (long long)figure.num, (long long)figure.den);
}
END_TEST

static const struct {
        const char *text;
        size_t step;
        uint16_t item;
        const char *says;
} bad[] = {
        { "", 0, 0, "something is missing" },
        { "1 +", 0, 0, "something is missing" },
        { "(1", 0, 0, "not closed" },
        { "min(1, 2", 0, 0, "not closed" },
        { "1)", 0, 0, "behind the end" },
        { "1 2", 0, 0, "behind the end" },
        { "a $ b", 0, 0, "behind the end" },
        { "$", 0, 0, "no business" },
        { "1.2.3", 0, 0, "number" },
        { "12a", 0, 0, "number" },
        { "min(1)", 0, 0, "too few" },
        { "sum(1, 2)", 0, 0, "too many" },
        { "sqrt(2)", 0, 0, "no such function" },
        { "hub.name", 0, 0, "only terms and run" },
        { "table(1, 2)", 0, 0, "not named by a parameter" },
        { "rounded(1, 2, rounding)", 2, 0, "not named by a parameter" },
        { "relief", 0, 0, "no line above" },
        { "terms.sideways", 1, 0, "not given" },
        { "terms.down_rate", 1, 0, "not given" },
        { "terms.down", 1, 0, "no number" },
        { "run.speed", 0, 0, "nothing that a run has" },
        { "1 / (2 - 2)", 0, 0, "divides by zero" },
        { "decimals(1, 10)", 0, 0, "0 to 9" },
        { "decimals(1, 0.5)", 0, 0, "0 to 9" },
        { "isqrt(-1)", 0, 0, "root" },
        { "table(4999, bands)", 0, 0, "says nothing" },
        { "bands(5500, bands)", 0, 0, "without one rate" },
        { "table(1, bands)", 1, 0, "not given" },
        { "portion(0.5, head_count)", 0, 1, "whole" },
        { "portion(1, head_count - head_count)", 0, 1, "nothing" },
        { "portion(1, head_count)", 0, 0, "no weight" },
        { "10000000000000000000 * 10000000000000000000 * 10", 0, 0, "128 bits" },
        { "1 / 10000000000000000000 / 10000000000000000000 / 10", 0, 0, "128 bits" },
};

START_TEST(what_cannot_be_told_is_said)
{
        struct exact figure;
        const char *fault;

        arrange();
        fault = value(bad[_i].text, bad[_i].step, bad[_i].item, &figure);
        ck_assert_msg(fault && strstr(fault, bad[_i].says), "%s: %s", bad[_i].text,
                      fault ? fault : "no fault");
}
END_TEST

START_TEST(forms_are_told_apart)
{
        static const char *const wanted[] = { "a", "", "b(c, d)" };
        struct bytes text;

        for (unsigned int i = 0; i < 3; i++) {
                ck_assert(formula_form("a |  | b(c, d) ", i, &text));
                ck_assert(bytes_equal(text, text_of(wanted[i])));
        }
        ck_assert(!formula_form("a |  | b(c, d) ", 3, &text));
        ck_assert(formula_form("", 0, &text));
        ck_assert_uint_eq(text.size, 0);
}
END_TEST

/* Against the core's own arithmetic, and at the edge of what fits. */
START_TEST(trying_is_exact_or_says_no)
{
        const wide most = (wide)(~(uwide)0 >> 1);
        struct exact ret;

        for (long long a = -40; a <= 40; a++)
                for (long long b = 1; b <= 12; b++) {
                        struct exact x = exact_ratio(a, b), y = exact_ratio(b - 7, 5);

                        ck_assert(try_add(x, y, &ret));
                        ck_assert_int_eq(exact_cmp(ret, exact_add(x, y)), 0);
                        ck_assert(try_mul(x, y, &ret));
                        ck_assert_int_eq(exact_cmp(ret, exact_mul(x, y)), 0);
                        ck_assert_int_eq(try_div(x, y, &ret), y.num != 0);
                        if (y.num)
                                ck_assert_int_eq(exact_cmp(ret, exact_div(x, y)), 0);
                        ck_assert(try_round(x, 3, ROUND_HALF_UP, &ret));
                        ck_assert(ret.num == exact_round(x, 3, ROUND_HALF_UP));
                }
        ck_assert(!try_add(exact_of(most), exact_of(1), &ret));
        ck_assert(!try_sub(exact_of(-most), exact_of(1), &ret));
        ck_assert(!try_mul(exact_of(most), exact_of(2), &ret));
        ck_assert(try_mul(exact_of(most), exact_ratio(1, most), &ret) && ret.num == 1);
        ck_assert(!try_mul(exact_ratio(1, most), exact_ratio(1, 2), &ret));
        ck_assert(!try_round(exact_of(most), 100, ROUND_HALF_AWAY, &ret));
        ck_assert(!try_round_decimals(exact_of(most), 1, &ret));
        ck_assert(!try_round_decimals(exact_of(1), 10, &ret));
        ck_assert(try_isqrt(exact_of(most), &ret));
        ck_assert(ret.num * ret.num <= most && most - ret.num * ret.num <= 2 * ret.num);
}
END_TEST

/* Every formula of every row is one that can be read. */
START_TEST(every_row_can_be_read)
{
        const struct line_info *info;

        for (size_t i = 0; (info = line_at(i)); i++) {
                struct formula formula;
                struct bytes text;

                for (unsigned int form = 0; formula_form(info->formula, form, &text); form++) {
                        const char *fault = text.size ? formula_parse(text, &formula) : NULL;

                        ck_assert_msg(!fault, "%s: %s: %s", info->name, info->formula, fault);
                }
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("formula");

        tcase_add_loop_test(tests, formulas_come_to_what_they_say, 0, COUNT_OF(good));
        tcase_add_loop_test(tests, what_cannot_be_told_is_said, 0, COUNT_OF(bad));
        tcase_add_test(tests, forms_are_told_apart);
        tcase_add_test(tests, trying_is_exact_or_says_no);
        tcase_add_test(tests, every_row_can_be_read);
        return run_case(tests, "formula");
}
