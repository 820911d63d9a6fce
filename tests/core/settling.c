/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/settling.h"

#include <check.h>
#include <string.h>

struct facts facts;

void begin(void)
{
        arrange_terms(&terms);
        facts_begin(&facts);
}

void end(void)
{
        with_cents(with_step(&terms, "fee"), "flat", 100);
        with_step(&terms, "post");
}

struct step *attribute(const char *count, const char *category)
{
        struct step *step = with_step(&terms, "attribute");

        with_word(step, "count", count);
        if (category)
                with_word(step, "category", category);
        return step;
}

void accepted(void)
{
        check();
        ck_assert_msg(faults.count == 0, "%s %s", faults.list[0].field, faults.list[0].says);
}

void refused(const char *says)
{
        check();
        for (size_t i = 0; i < faults.count; i++)
                if (strstr(faults.list[i].says, says))
                        return;
        ck_abort_msg("not refused for '%s', but: %s", says,
                     faults.count ? faults.list[0].says : "not at all");
}

static const struct statement *calculated(const struct statement *statement)
{
        ck_assert_msg(statement->status == STATEMENT_CALCULATED, "%s", statement->reason.text);
        return statement;
}

const struct statement *came(void)
{
        accepted();
        return calculated(settled(&terms, &facts, IN_FORCE));
}

const struct statement *came_of(const struct member_figures *figures, size_t count)
{
        static struct statement statement;
        const struct members members = { .figures = figures, .count = count, .rows = 77 };
        const struct run run = run_of_2024(IN_FORCE);

        accepted();
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list,
                                         .fact_count = facts.count,
                                         .members = figures ? &members : NULL },
               &statement);
        return calculated(&statement);
}

void stops(const char *says)
{
        const struct statement *statement;

        accepted();
        statement = settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(statement->status, STATEMENT_NOT_CALCULABLE);
        ck_assert_msg(strstr(statement->reason.text, says) != NULL, "%s", statement->reason.text);
}

void is(struct exact have, int64_t num, int64_t den)
{
        ck_assert_msg(exact_cmp(have, exact_ratio(num, den)) == 0, "have %ld / %ld, not %ld / %ld",
                      (long)have.num, (long)have.den, (long)num, (long)den);
}
