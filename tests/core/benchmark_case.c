/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/benchmark_case.h"

#include <check.h>
#include <inttypes.h>
#include <string.h>

const char *const categories[CATEGORIES] = { "esrd", "dis", "agdu", "agnd" };

/* ---- figures: dollars, thousandths of risk and growth, people of ten thousand */

#define MILLE 1000

static const struct {
        int64_t base[3], risk[3], national[2], regional[2], share;
        int64_t region, nation;
        int64_t risk_now, national_now, regional_now, prospective, share_now, cost;
} worked[CATEGORIES] = {
        { { 84000, 86000, 88000 }, { 1010, 1020, 1030 }, { 1060, 1030 }, { 1050, 1025 }, 100,
          86500, 85000, 1040, 1035, 1030, 1049, 110, 90500 },
        { { 11200, 11500, 11900 }, { 1050, 1045, 1060 }, { 1080, 1040 }, { 1090, 1045 }, 1200,
          12300, 12000, 1110, 1045, 1050, 1052, 1180, 12600 },
        { { 17000, 17600, 18100 }, { 1020, 1030, 1040 }, { 1070, 1035 }, { 1060, 1030 }, 900,
          18000, 17800, 1060, 1040, 1045, 1052, 920, 18900 },
        { { 9800, 10150, 10600 }, { 980, 990, 1000 }, { 1090, 1045 }, { 1100, 1050 }, 7800,
          11000, 10900, 1045, 1050, 1055, 1052, 7790, 11050 },
};

#define FIRST_YEAR 2021
#define LAST_YEAR 2023

static void base_year_facts(struct facts *facts, size_t k)
{
        for (int i = 0; i < 3; i++) {
                fact_in(facts, FIRST_YEAR + i, FACT_BASE_PER_CAPITA, categories[k],
                        worked[k].base[i] * 100, 1);
                fact_in(facts, FIRST_YEAR + i, FACT_RISK_SCORE, categories[k], worked[k].risk[i],
                        MILLE);
        }
        for (int i = 0; i < 2; i++) {
                fact_in(facts, FIRST_YEAR + i, FACT_TREND_NATIONAL, categories[k],
                        worked[k].national[i], MILLE);
                fact_in(facts, FIRST_YEAR + i, FACT_TREND_REGIONAL, categories[k],
                        worked[k].regional[i], MILLE);
        }
        fact_in(facts, LAST_YEAR, FACT_PERSON_YEARS, categories[k], worked[k].share, 1);
}

static void period_facts(struct facts *facts, size_t k)
{
        const char *item = categories[k];

        fact_of(facts, FACT_REGIONAL_PER_CAPITA, item, worked[k].region * 100, 1);
        fact_of(facts, FACT_NATIONAL_PER_CAPITA, item, worked[k].nation * 100, 1);
        fact_of(facts, FACT_RISK_SCORE, item, worked[k].risk_now, MILLE);
        fact_of(facts, FACT_TREND_NATIONAL, item, worked[k].national_now, MILLE);
        fact_of(facts, FACT_TREND_REGIONAL, item, worked[k].regional_now, MILLE);
        fact_of(facts, FACT_TREND_PROSPECTIVE, item, worked[k].prospective, MILLE);
        /* Of 14,500 person-years. */
        fact_of(facts, FACT_PERSON_YEARS, item, worked[k].share_now * 145, 100);
        fact_of(facts, FACT_EXPENDITURE_PER_CAPITA, item, worked[k].cost * 100, 1);
}

void worked_facts(struct facts *facts, int64_t people)
{
        facts_begin(facts);
        for (size_t k = 0; k < CATEGORIES; k++) {
                base_year_facts(facts, k);
                period_facts(facts, k);
        }
        fact_in(facts, LAST_YEAR, FACT_NATIONAL_WEIGHT, "", 1, 10);
        fact_is(facts, FACT_NATIONAL_WEIGHT, 1, 10);
        fact_is(facts, FACT_HEAD_COUNT, people, 1);
}

/* ---- terms */

static void add_base_year(struct terms *terms, int year, int64_t weight)
{
        struct step *step = with_step(terms, "baseline");

        with_word(step, "by", "category");
        with_count(step, "year", year);
        with_rate(step, "weight", weight, 100);
        with_flag(step, "risk", true);
        if (year != LAST_YEAR)
                with_word(step, "trend", "blend");
}

static void add_region(struct terms *terms)
{
        struct step *step = with_step(terms, "adjust");

        with_word(step, "by", "category");
        with_word(step, "kind", "regional");
        with_rate(step, "weight", 35, 100);
        with_rate(step, "weight_dearer", 15, 100);
        with_rate(step, "cap_up", 5, 100);
        with_rate(step, "cap_down", 15, 1000);
}

static void add_update(struct terms *terms)
{
        struct step *step = with_step(terms, "risk-update");

        with_word(step, "by", "category");
        with_rate(step, "cap_up", 3, 100);
        with_word(step, "update", "three_way");
        with_rate(step, "prospective_weight", 1, 3);
}

void worked_benchmark(struct terms *terms)
{
        struct step *step;

        arrange_terms(terms);
        with_step(terms, "attribute");
        for (size_t k = 0; k < CATEGORIES; k++) {
                step = with_step(terms, "attribute");
                with_word(step, "category", categories[k]);
                with_word(step, "count", "person_years");
        }
        step = with_step(terms, "expenditure");
        with_word(step, "unit", "per_capita");
        with_word(step, "by", "category");
        add_base_year(terms, 2021, 10);
        add_base_year(terms, 2022, 30);
        add_base_year(terms, 2023, 60);
        add_region(terms);
        add_update(terms);
        step = with_step(terms, "target");
        with_word(step, "unit", "per_capita");
        with_word(step, "source", "baseline");
        with_word(step, "by", "category");
        with_step(terms, "savings");
}

/* All steps behind the savings. */
void worked_settlement(struct terms *terms, struct shape shape)
{
        static struct terms whole;
        size_t from = 0;

        arrange_mssp(&whole, shape);
        while (strcmp(whole.steps[from].kind.text, "savings") != 0)
                from++;
        memcpy(terms->bands, whole.bands, sizeof(terms->bands));
        terms->band_count = whole.band_count;
        for (size_t i = from + 1; i < whole.step_count; i++)
                terms->steps[terms->step_count++] = whole.steps[i];
}

/* ---- to change something */

struct param *param_of(struct step *step, const char *name)
{
        for (size_t i = 0; i < step->param_count; i++)
                if (strcmp(step->params[i].name.text, name) == 0)
                        return &step->params[i];
        ck_abort_msg("the step has no parameter %s", name);
        return NULL;
}

struct step *step_of(struct terms *terms, const char *kind, size_t n)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (strcmp(terms->steps[i].kind.text, kind) == 0 && n-- == 0)
                        return &terms->steps[i];
        ck_abort_msg("the terms have no such step %s", kind);
        return NULL;
}

void drop_step(struct terms *terms, const char *kind, size_t n)
{
        struct step *step = step_of(terms, kind, n), *end = terms->steps + terms->step_count--;

        memmove(step, step + 1, (size_t)(end - step - 1) * sizeof(*step));
}

struct fact *fact_at(struct facts *facts, enum fact_kind kind, const char *item, int year)
{
        for (size_t i = 0; i < facts->count; i++) {
                struct fact *fact = &facts->list[i];

                if (fact->key.kind == kind && strcmp(fact->key.item.text, item) == 0 &&
                    fact->key.period.from == date_of(year ? year : 2024, 1, 1))
                        return fact;
        }
        ck_abort_msg("there is no such fact of '%s'", item);
        return NULL;
}

void drop_fact(struct facts *facts, enum fact_kind kind, const char *item, int year)
{
        *fact_at(facts, kind, item, year) = facts->list[--facts->count];
}

/* ---- what a statement says */

/* As printed: "12,345.678901", dollars or a factor, six decimals. */
static struct exact printed(const char *text)
{
        wide value = 0;
        int decimals = -1, sign = 1;

        for (; *text; text++) {
                if (*text == '-') {
                        sign = -1;
                } else if (*text == '.') {
                        decimals = 0;
                } else if (*text != ',') {
                        value = value * 10 + (*text - '0');
                        decimals += decimals >= 0;
                }
        }
        for (; decimals < 6; decimals++)
                value = decimals < 0 ? value : value * 10;
        return exact_ratio(sign * value, 1000000);
}

/* The n-th line of that kind and item, from 0. */
static struct exact nth_line(const struct statement *statement, enum line_code code,
                             const char *item, int n)
{
        for (size_t i = 0; i < statement->line_count; i++) {
                const struct line *line = &statement->lines[i];
                const struct item *of = line_item(statement, line);

                if (line->code == (uint16_t)code && strcmp(of ? of->text : "", item) == 0 &&
                    n-- == 0)
                        return (struct exact) { line->num, line->den };
        }
        ck_abort_msg("the statement has no such line %s of '%s'", line_info(code)->name, item);
        return exact_of(0);
}

void check_printed(const struct statement *statement, enum line_code code,
                          const char *item, int n, const char *text)
{
        struct exact figure = nth_line(statement, code, item, n), wanted = printed(text);

        if (line_info(code)->unit == UNIT_CENTS)
                figure = exact_div(figure, exact_of(100));
        figure = exact_round_decimals(figure, 6, ROUND_HALF_AWAY);
        ck_assert_msg(exact_cmp(figure, wanted) == 0, "%s of '%s' (%d) is %" PRId64 "e-6, not %s",
                      line_info(code)->name, item, n,
                      (int64_t)exact_round(exact_mul(figure, exact_of(1000000)), 1,
                                           ROUND_HALF_AWAY),
                      text);
}
