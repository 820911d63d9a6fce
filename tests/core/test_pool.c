/* SPDX-License-Identifier: Apache-2.0 */
/* Panels too small alone are pooled, and what the pool earns is divided among its members. */
#include <string.h>

#include "tests/core/run.h"
#include "tests/core/settling.h"

static const struct panel {
        const char *name;
        int64_t people, benchmark, saved;
} panels[] = {
        { "p1", 2000, 1200000000, 72000000 },
        { "p2", 2000, 900000000, 36000000 },
        { "p3", 1500, 900000000, 12000000 },
};

static void gate_and_share(void)
{
        struct step *step = with_step(&terms, "corridor-gate");

        with_word(step, "losses", "same");
        with_size_table(&terms, step);
        step = with_step(&terms, "share");
        with_rate(step, "up", 1, 2);
        with_word(step, "down", "fixed");
        with_rate(step, "down_rate", 1, 2);
}

/* Three panels as categories of one contract; @sign -1: they lose what they saved. */
static struct step *pooled(const char *basis, int64_t sign)
{
        struct step *step;

        begin();
        for (int i = 0; i < COUNT_OF(panels); i++) {
                attribute("people", panels[i].name);
                fact_of(&facts, FACT_HEAD_COUNT, panels[i].name, panels[i].people, 1);
                fact_of(&facts, FACT_BENCHMARK, panels[i].name, panels[i].benchmark, 1);
                fact_of(&facts, FACT_EXPENDITURE, panels[i].name,
                        panels[i].benchmark - sign * panels[i].saved, 1);
        }
        with_word(attribute("people", NULL), "source", "categories");
        with_word(with_step(&terms, "expenditure"), "by", "category");
        with_word(with_step(&terms, "target"), "by", "category");
        with_step(&terms, "savings");
        gate_and_share();
        step = with_step(&terms, "pool");
        with_word(step, "basis", basis);
        with_step(&terms, "post");
        return step;
}

START_TEST(alone_each_is_too_small)
{
        static const int64_t minimum[] = { 6849075, 6849075, 7774537 }; /* millionths of percent */

        for (int i = 0; i < COUNT_OF(panels); i++) {
                struct exact rate;

                begin();
                attribute("people", NULL);
                with_step(&terms, "expenditure");
                with_step(&terms, "target");
                with_step(&terms, "savings");
                gate_and_share();
                with_step(&terms, "post");
                facts_money(&facts, panels[i].benchmark, panels[i].saved, panels[i].people);
                ck_assert_int_eq(came()->earned, 0);
                rate = line_of(came(), LINE_MINIMUM_RATE);
                ck_assert(exact_round(exact_mul(rate, exact_of(100000000)), 1, ROUND_HALF_AWAY) ==
                          minimum[i]);
        }
}
END_TEST

static const struct {
        const char *basis;
        int64_t part[3], scores[3];
} divided[] = {
        { "savings", { 36000000, 18000000, 6000000 }, { 0, 0, 0 } },
        { "benchmark", { 24000000, 18000000, 18000000 }, { 0, 0, 0 } },
        { "head_count", { 21818182, 21818182, 16363636 }, { 0, 0, 0 } },
        { "equal", { 20000000, 20000000, 20000000 }, { 0, 0, 0 } },
        { "score", { 30000000, 10000000, 20000000 }, { 3, 1, 2 } },
        { "score", { 0, 0, 60000000 }, { 0, 0, 1 } },
};

START_TEST(a_pool_is_divided)
{
        for (int64_t sign = -1; sign <= 1; sign += 2) {
                const struct statement *statement;
                int64_t sum = 0;

                pooled(divided[_i].basis, sign);
                for (int i = 0; i < 3; i++)
                        fact_of(&facts, FACT_POOL_SCORE, panels[i].name, divided[_i].scores[i], 7);
                statement = came();
                ck_assert_int_eq(statement->earned, sign * 60000000);
                is(line_of(statement, LINE_POOL_MEMBERS), 3, 1);
                for (int i = 0; i < 3; i++) {
                        struct exact part = line_of_item(statement, LINE_POOL_SHARE,
                                                         panels[i].name);

                        is(part, sign * divided[_i].part[i], 1);
                        sum += (int64_t)part.num;
                }
                ck_assert_int_eq(sum, statement->earned);
        }
}
END_TEST

/* Rounded to the cent before it is divided; the one whose rest is largest has the cent. */
START_TEST(a_pool_is_divided_to_the_cent)
{
        const struct statement *statement;

        pooled("savings", 1);
        facts.list[2].value.num--;      /* p1 saved a cent more: half of 120,000,001 */
        statement = came();
        is(line_of(statement, LINE_POOL_AMOUNT), 60000001, 1);
        is(line_of_item(statement, LINE_POOL_SHARE, "p1"), 36000001, 1);
        is(line_of_item(statement, LINE_POOL_SHARE, "p2"), 18000000, 1);
        is(line_of_item(statement, LINE_POOL_SHARE, "p3"), 6000000, 1);
        ck_assert_int_eq(statement->earned, 60000001);
}
END_TEST

/* One that lost gets nothing of the others' savings, and owes nothing of them. */
START_TEST(a_member_that_lost_has_no_part_in_a_gain)
{
        const struct statement *statement;

        pooled("savings", 1);
        facts.list[8].value.num = 900000000 + 1;
        facts.list[2].value.num -= 100000000;
        statement = came();
        is(line_of_item(statement, LINE_POOL_WEIGHT, "p3"), 0, 1);
        is(line_of_item(statement, LINE_POOL_SHARE, "p3"), 0, 1);
        pooled("savings", -1);
        facts.list[8].value.num = 900000000 - 1;
        facts.list[2].value.num += 100000000;
        statement = came();
        ck_assert_int_lt(statement->earned, 0);
        is(line_of_item(statement, LINE_POOL_SHARE, "p3"), 0, 1);
}
END_TEST

static size_t shares_of(const struct statement *statement)
{
        size_t count = 0;

        for (size_t i = 0; i < statement->line_count; i++)
                count += statement->lines[i].code == LINE_POOL_SHARE;
        return count;
}

/* Two practices, and a fee of a tier: practices have their parts, a tier has none. */
static void pooled_months(void)
{
        static const char *const practices[] = { "low", "high" };
        struct step *step;

        begin();
        for (int i = 0; i < 2; i++) {
                step = with_step(&terms, "attribute");
                with_word(step, "count", "member_months");
                with_word(step, "category", practices[i]);
                fact_of(&facts, FACT_MEMBER_MONTHS, practices[i], 30 - 20 * i, 1);
        }
        step = with_step(&terms, "fee");
        with_cents(step, "pmpm", 100);
        with_word(step, "category", "complex");
        fact_of(&facts, FACT_MEMBER_MONTHS, "complex", 40, 1);
        with_word(with_step(&terms, "pool"), "basis", "member_months");
        with_step(&terms, "post");
}

START_TEST(months_may_be_the_basis_and_a_tier_of_a_fee_is_no_member)
{
        pooled_months();
        ck_assert_int_eq(came()->earned, 4000);
        is(line_of_item(came(), LINE_POOL_SHARE, "low"), 3000, 1);
        is(line_of_item(came(), LINE_POOL_SHARE, "high"), 1000, 1);
        ck_assert_uint_eq(shares_of(came()), 2);
}
END_TEST

START_TEST(a_pool_that_cannot_be_divided)
{
        pooled("score", 1);
        stops("no pool_score of p1");
        for (int i = 0; i < 3; i++)
                fact_of(&facts, FACT_POOL_SCORE, panels[i].name, 0, 1);
        stops("no member of the pool has any part");
        begin();
        with_cents(with_step(&terms, "fee"), "flat", 5);
        with_word(with_step(&terms, "pool"), "basis", "equal");
        with_step(&terms, "post");
        stops("the pool has no members");
        pooled("member_months", 1);
        stops("the pool has no members");
        with_count(pooled("equal", 1), "least_members", 3);
        is(line_of(came(), LINE_POOL_LARGE_ENOUGH), 1, 1);
        with_count(pooled("equal", 1), "least_members", 4);
        stops("fewer members than its terms ask for");
        is(line_of(settled(&terms, &facts, IN_FORCE), LINE_POOL_LARGE_ENOUGH), 0, 1);
}
END_TEST

/* Nothing earned is divided into nothing, whatever the weights. */
START_TEST(nothing_is_divided_into_nothing)
{
        pooled("savings", 1);
        for (int i = 2; i < 9; i += 3)
                facts.list[i].value.num = facts.list[i - 1].value.num;
        is(line_of_item(came(), LINE_POOL_SHARE, "p2"), 0, 1);
        ck_assert_int_eq(came()->earned, 0);
}
END_TEST

START_TEST(a_pool_of_payers_names_what_allows_it)
{
        struct step *step = pooled("benchmark", 1);

        with_word(step, "scope", "payers");
        refused("parameter legal_basis must be given where scope is payers");
        with_word(step, "legal_basis", "charter-12");
        ck_assert_int_eq(came()->earned, 60000000);
}
END_TEST

START_TEST(a_pool_has_its_place)
{
        struct step post;

        pooled("benchmark", 1);
        post = terms.steps[--terms.step_count];
        with_step(&terms, "pool");
        terms.steps[terms.step_count++] = post;
        refused("divided among the pool's members already");
        begin();
        attribute("people", "p1");
        with_step(&terms, "pool");
        with_step(&terms, "post");
        refused("needs the savings");
        refused("no amount to work on");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("pool");

        tcase_add_test(tests, alone_each_is_too_small);
        tcase_add_loop_test(tests, a_pool_is_divided, 0, COUNT_OF(divided));
        tcase_add_test(tests, a_pool_is_divided_to_the_cent);
        tcase_add_test(tests, a_member_that_lost_has_no_part_in_a_gain);
        tcase_add_test(tests, months_may_be_the_basis_and_a_tier_of_a_fee_is_no_member);
        tcase_add_test(tests, a_pool_that_cannot_be_divided);
        tcase_add_test(tests, nothing_is_divided_into_nothing);
        tcase_add_test(tests, a_pool_of_payers_names_what_allows_it);
        tcase_add_test(tests, a_pool_has_its_place);
        return run_case(tests, "pool");
}
