/* SPDX-License-Identifier: Apache-2.0 */
/* From member rows to a statement: the terms say how rows are summed, and settle by the sums. */
#include "tests/core/panel.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"

#define DOLLARS(n) (INT64_C(100) * (n))

static struct panel panel;

static struct step *of_members(const char *kind)
{
        struct step *step = with_step(&terms, kind);

        with_word(step, "source", "members");
        return step;
}

/* By the terms at hand, of the period that settles. */
static const struct statement *settled_of_rows(struct rate completion)
{
        const struct folding how = { .order = MEMBERS_IN_ORDER, .block = 7 };
        static struct folded folded;
        struct members_rule rule;

        ck_assert(members_wanted(&terms));
        ck_assert_ptr_null(members_rule_of(&terms, run_of_2024(0).period, completion, &rule));
        panel_fold(&panel, &rule, how, &folded);
        ck_assert_int_eq(folded.answer, MEMBERS_OK);
        return came_of(folded.figures, folded.count);
}

/* TV-28: of four members completed, annualised, truncated at 150,000 */
START_TEST(four_members_cost_so_much_a_person_year)
{
        const struct statement *statement;
        struct step *step;

        begin();
        panel.count = 0;
        panel_member(&panel, 1, 1, 0, 12, DOLLARS(8000));
        panel_member(&panel, 2, 1, 0, 12, DOLLARS(250000));
        panel_member(&panel, 3, 1, 6, 6, DOLLARS(90000));
        panel_member(&panel, 4, 1, 2, 3, DOLLARS(1000));
        of_members("attribute");
        step = of_members("expenditure");
        with_word(step, "unit", "per_capita");
        with_flag(step, "complete", true);
        with_flag(step, "annualise", true);
        with_cents(step, "truncate", DOLLARS(150000));
        with_count(step, "decimals", 2);
        fact_is(&facts, FACT_COMPLETION_FACTOR, 1013, 1000);
        end();
        statement = settled_of_rows((struct rate) { 1013, 1000 });
        is(line_of(statement, LINE_HEAD_COUNT), 4, 1);
        is(line_of(statement, LINE_COMPLETION_FACTOR), 1013, 1000);
        is(line_of(statement, LINE_TRUNCATED_OFF), DOLLARS(103250 + 16170), 1);
        is(line_of(statement, LINE_EXPENDITURE_OF_MEMBERS), DOLLARS(234117), 1);
        is(line_of(statement, LINE_PERSON_YEARS), 275, 100);
        is(line_of(statement, LINE_EXPENDITURE_EACH), 8513345, 1);
}
END_TEST

/* TV-35: one member of 320,000 */
START_TEST(one_costly_member_is_covered)
{
        const struct statement *statement;
        struct step *step;

        begin();
        panel.count = 0;
        panel_member(&panel, 1, 0, 0, 12, DOLLARS(320000));
        of_members("expenditure");
        step = of_members("stop-loss");
        with_cents(step, "attach", DOLLARS(100000));
        with_band(&terms, step, "bands",
                  (struct band) { DOLLARS(100000), DOLLARS(250000), { 8, 10 }, { 8, 10 } });
        with_band(&terms, step, "bands",
                  (struct band) { DOLLARS(250000), MONEY_MAX, { 1, 1 }, { 1, 1 } });
        end();
        statement = settled_of_rows((struct rate) { 1, 1 });
        is(line_of(statement, LINE_STOPLOSS_PAID), 19000000, 1);
        is(line_of(statement, LINE_AFTER_STOPLOSS), DOLLARS(130000), 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("members settled");

        tcase_add_test(tests, four_members_cost_so_much_a_person_year);
        tcase_add_test(tests, one_costly_member_is_covered);
        return run_case(tests, "members_settled");
}
