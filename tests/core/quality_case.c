/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/quality_case.h"

#include <check.h>
#include <string.h>

static struct carried before;

struct step *measure(const char *name, const char *scale)
{
        struct step *step = with_step(&terms, "measure");

        with_word(step, "measure", name);
        if (scale)
                with_word(step, "scale", scale);
        return step;
}

struct step *linear(const char *name, int64_t worst, int64_t best)
{
        struct step *step = measure(name, NULL);

        with_rate(step, "worst", worst, 100);
        with_rate(step, "best", best, 100);
        return step;
}

void measured(const char *name, int64_t met, int64_t eligible)
{
        fact_of(&facts, FACT_MEASURE_NUMERATOR, name, met, 1);
        fact_of(&facts, FACT_MEASURE_DENOMINATOR, name, eligible, 1);
}

struct step *composite(const char *source)
{
        struct step *step = with_step(&terms, "composite");

        with_word(step, "source", source);
        return step;
}

struct step *domain(const char *name, int64_t weight)
{
        struct step *step = composite("measures");

        with_word(step, "domain", name);
        if (weight)
                with_count(step, "weight", weight);
        return step;
}

void end_by_quality(void)
{
        struct step *fee = with_step(&terms, "fee");

        with_cents(fee, "flat", 100);
        with_rate(fee, "at_risk", 1, 1);
        with_step(&terms, "post");
}

void carries(enum carry what, const char *item, int64_t num, int64_t den)
{
        memset(&before, 0, sizeof(before));
        before.what = what;
        before.figure = exact_ratio(num, den);
        before.run = 7;
        if (item)
                memcpy(before.item.text, item, strlen(item));
}

static const struct statement *settled_after(void)
{
        static struct statement statement;
        const struct run run = run_of_2024(IN_FORCE);

        accepted();
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list,
                                         .fact_count = facts.count,
                                         .carried = &before,
                                         .carried_count = 1 },
               &statement);
        return &statement;
}

const struct statement *came_after(void)
{
        const struct statement *statement = settled_after();

        ck_assert_msg(statement->status == STATEMENT_CALCULATED, "%s", statement->reason.text);
        return statement;
}

void stops_after(const char *says)
{
        const struct statement *statement = settled_after();

        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_msg(strstr(statement->reason.text, says) != NULL, "%s", statement->reason.text);
}
