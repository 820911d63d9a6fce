/* SPDX-License-Identifier: Apache-2.0 */
/* What stop-loss covers of costly members' care, and what is taken from member rows. */
#include <stdio.h>

#include "tests/core/run.h"
#include "tests/core/settling.h"

#define DOLLARS(n) (INT64_C(100) * (n))

static struct step *stop_loss(int64_t attach)
{
        struct step *step = with_step(&terms, "stop-loss");

        with_cents(step, "attach", attach);
        return step;
}

/* 80 % from 100,000 to 250,000, all above. */
static struct step *banded(void)
{
        struct step *step = stop_loss(DOLLARS(100000));

        with_band(&terms, step, "bands",
                  (struct band) { DOLLARS(100000), DOLLARS(250000), { 4, 5 }, { 4, 5 } });
        with_band(&terms, step, "bands",
                  (struct band) { DOLLARS(250000), MONEY_MAX, { 1, 1 }, { 1, 1 } });
        return step;
}

static void spent(int64_t cents)
{
        with_step(&terms, "expenditure");
        fact_is(&facts, FACT_EXPENDITURE, cents, 1);
}

START_TEST(a_costly_member_is_covered_band_by_band)
{
        begin();
        spent(DOLLARS(320000));
        banded();
        end();
        fact_of(&facts, FACT_STOPLOSS_CLAIM, "m-1", DOLLARS(320000), 1);
        is(line_of_item(came(), LINE_STOPLOSS_PAYOUT, "m-1"), 19000000, 1);
        is(line_of(came(), LINE_STOPLOSS_PAID), 19000000, 1);
        is(line_of(came(), LINE_AFTER_STOPLOSS), DOLLARS(130000), 1);
}
END_TEST

/* Each member's own cover, and one sum, whichever was stated first. */
START_TEST(two_costly_members_in_either_order)
{
        static const struct {
                const char *member;
                int64_t claim, payout;
        } of[] = {
                { "m-1", DOLLARS(150000), DOLLARS(40000) },
                { "m-2", DOLLARS(320000), DOLLARS(190000) },
        };

        begin();
        spent(DOLLARS(900000));
        banded();
        end();
        for (int i = 0; i < 2; i++)
                fact_of(&facts, FACT_STOPLOSS_CLAIM, of[(i + _i) % 2].member,
                        of[(i + _i) % 2].claim, 1);
        for (int i = 0; i < 2; i++)
                is(line_of_item(came(), LINE_STOPLOSS_PAYOUT, of[i].member), of[i].payout, 1);
        is(line_of(came(), LINE_STOPLOSS_PAID), DOLLARS(230000), 1);
        is(line_of(came(), LINE_AFTER_STOPLOSS), DOLLARS(670000), 1);
}
END_TEST

static const struct {
        int64_t claim, payout;          /* cents */
} edges[] = {
        { 0, 0 },
        { DOLLARS(100000) - 1, 0 },
        { DOLLARS(100000), 0 },
        { DOLLARS(100000) + 1, 1 },             /* 0.8 of a cent */
        { DOLLARS(100000) + 5, 4 },
        { DOLLARS(250000), DOLLARS(120000) },
        { DOLLARS(250000) + 1, DOLLARS(120000) + 1 },
        { MONEY_MAX, MONEY_MAX - DOLLARS(130000) },
};

START_TEST(bands_hold_to_the_cent_at_their_ends)
{
        begin();
        with_word(banded(), "to", "amount");
        end();
        fact_of(&facts, FACT_STOPLOSS_CLAIM, "m", edges[_i].claim, 1);
        is(line_of(came(), LINE_STOPLOSS_PAID), edges[_i].payout, 1);
        ck_assert_int_eq(came()->earned, edges[_i].payout + 100);
}
END_TEST

START_TEST(a_flat_share_of_all_above)
{
        static const struct {
                int64_t claim, payout;
        } shares[] = { { 0, 0 },    { 1000, 0 }, { 1001, 0 },
                       { 1002, 1 }, { 1003, 1 }, { 2000, 333 } };

        for (int i = 0; i < COUNT_OF(shares); i++) {
                begin();
                spent(5000);
                with_rate(stop_loss(1000), "share", 1, 3);
                end();
                fact_of(&facts, FACT_STOPLOSS_CLAIM, "m", shares[i].claim, 1);
                is(line_of(came(), LINE_STOPLOSS_PAYOUT), shares[i].payout, 1);
                is(line_of(came(), LINE_AFTER_STOPLOSS), 5000 - shares[i].payout, 1);
        }
}
END_TEST

START_TEST(nobody_above_is_nothing_covered)
{
        begin();
        spent(5000);
        banded();
        end();
        is(line_of(came(), LINE_STOPLOSS_PAID), 0, 1);
        is(line_of(came(), LINE_AFTER_STOPLOSS), 5000, 1);
}
END_TEST

static void charged(int64_t pmpm, int64_t of_thousand)
{
        struct step *step;

        begin();
        with_step(&terms, "target");
        fact_is(&facts, FACT_BENCHMARK, 1000000, 1);
        spent(900000);
        step = stop_loss(100);
        with_rate(step, "share", 1, 1);
        if (pmpm)
                with_cents(step, "charge_pmpm", pmpm);
        if (of_thousand)
                with_rate(step, "charge_rate", of_thousand, 1000);
        end();
        fact_is(&facts, FACT_MEMBER_MONTHS, 12, 1);
        fact_of(&facts, FACT_STOPLOSS_CLAIM, "m", 1100, 1);
}

START_TEST(cover_costs_by_the_month_or_by_the_benchmark)
{
        charged(250, 0);
        is(line_of(came(), LINE_STOPLOSS_CHARGE), 3000, 1);
        is(line_of(came(), LINE_AFTER_STOPLOSS), 902000, 1);
        charged(0, 5);
        is(line_of(came(), LINE_STOPLOSS_CHARGE), 5000, 1);
        is(line_of(came(), LINE_AFTER_STOPLOSS), 904000, 1);
        ck_assert(!has_line(came(), LINE_MONTHS_ATTRIBUTED));
        charged(250, 5);
        is(line_of(came(), LINE_STOPLOSS_CHARGE), 8000, 1);
        charged(0, 0);
        ck_assert(!has_line(came(), LINE_STOPLOSS_CHARGE));
        is(line_of(came(), LINE_AFTER_STOPLOSS), 899000, 1);
}
END_TEST

START_TEST(to_the_amount_cover_adds_and_its_charge_lowers)
{
        charged(250, 5);
        with_word(&terms.steps[2], "to", "amount");
        is(line_of(came(), LINE_WITH_STOPLOSS), 1000 - 8000, 1);
        ck_assert_int_eq(came()->earned, -7000 + 100);
        ck_assert(!has_line(came(), LINE_AFTER_STOPLOSS));
}
END_TEST

static void claims(int count)
{
        char name[16];

        begin();
        spent(0);
        with_rate(stop_loss(0), "share", 1, 1);
        end();
        for (int i = 0; i < count; i++) {
                snprintf(name, sizeof(name), "m-%d", i);
                fact_of(&facts, FACT_STOPLOSS_CLAIM, name, 1, 1);
        }
}

START_TEST(as_many_claims_as_there_is_room_for)
{
        claims(STOPLOSS_CLAIMS_MAX);
        is(line_of(came(), LINE_STOPLOSS_PAID), STOPLOSS_CLAIMS_MAX, 1);
        ck_assert_uint_eq(lines_of(came(), LINE_STOPLOSS_CLAIM), STOPLOSS_CLAIMS_MAX);
        claims(STOPLOSS_CLAIMS_MAX + 1);
        stops("report their costs as member rows");
}
END_TEST

START_TEST(a_claim_that_was_corrected_counts_once)
{
        claims(2);
        fact_of(&facts, FACT_STOPLOSS_CLAIM, "m-1", 5, 1);
        is(line_of(came(), LINE_STOPLOSS_PAID), 6, 1);
}
END_TEST

START_TEST(a_claim_of_nobody_is_no_claim)
{
        claims(1);
        facts.list[1].key.item = (struct item) { "" };
        stops("a stop-loss claim is of nobody: report it under a token");
}
END_TEST

START_TEST(cover_and_cost_within_what_money_can_be)
{
        begin();
        spent(-MONEY_MAX);
        with_rate(stop_loss(0), "share", 1, 1);
        end();
        is(line_of(came(), LINE_AFTER_STOPLOSS), -MONEY_MAX, 1);
        fact_of(&facts, FACT_STOPLOSS_CLAIM, "m", 1, 1);
        stops("what stop-loss pays and costs is more than money can be");
}
END_TEST

/* ---- refused */

START_TEST(stop_loss_that_makes_no_sense)
{
        begin();
        spent(0);
        stop_loss(100);
        end();
        refused("give either bands or share");
        with_rate(&terms.steps[1], "share", 1, 2);
        accepted();
        with_band(&terms, &terms.steps[1], "bands", (struct band) { 100, 200, { 1, 1 }, { 1, 1 } });
        refused("give either bands or share");
        terms.steps[1].params[1] = terms.steps[1].params[2];
        terms.steps[1].param_count = 2;
        accepted();
        terms.bands[0].from = 99;
        refused("the bands begin where attach is");
        terms.bands[0].from = 101;
        refused("the bands begin where attach is");
        terms.bands[0] = (struct band) { 100, 200, { 1, 1 }, { 1, 2 } };
        refused("each band of a stop-loss has one share");
}
END_TEST

START_TEST(stop_loss_stands_where_what_it_lowers_is_known)
{
        begin();
        with_rate(stop_loss(100), "share", 1, 2);
        end();
        refused("needs the expenditure");
        with_word(&terms.steps[0], "to", "amount");
        accepted();
        with_rate(&terms.steps[0], "charge_rate", 1, 100);
        refused("needs the benchmark");
        begin();
        spent(1);
        with_step(&terms, "target");
        with_step(&terms, "savings");
        with_rate(stop_loss(100), "share", 1, 2);
        end();
        refused("the savings stand already");
        with_word(&terms.steps[3], "to", "amount");
        accepted();
}
END_TEST

START_TEST(stop_loss_to_the_amount_is_an_amount)
{
        begin();
        with_rate(stop_loss(100), "share", 1, 2);
        with_word(&terms.steps[0], "to", "amount");
        with_step(&terms, "post");
        fact_of(&facts, FACT_STOPLOSS_CLAIM, "m", 200, 1);
        ck_assert_int_eq(came()->payable, 50);
}
END_TEST

/* ---- member rows */

/* 234,117.00 over 33 months, of which half a cent lies in no category. */
static const struct member_figures figures[] = {
        { { "" }, 4, 33, { 46823401, 2 }, { 100, 3 }, { 1001, 2 }, { 1, 1 } },
        { { "aged" }, 3, 24, { 20000000, 1 }, { 5, 1 }, { 7, 1 }, { 1, 1 } },
        { { "esrd" }, 1, 9, { 3411700, 1 }, { 6, 1 }, { 8, 1 }, { 1, 1 } },
};

static struct step *of_members(const char *kind)
{
        struct step *step = with_step(&terms, kind);

        with_word(step, "source", "members");
        return step;
}

static const struct statement *came_of_members(void)
{
        return came_of(figures, COUNT_OF(figures));
}

START_TEST(member_rows_are_counted)
{
        begin();
        of_members("attribute");
        with_word(of_members("attribute"), "count", "member_months");
        with_word(of_members("attribute"), "count", "person_years");
        with_word(of_members("attribute"), "category", "aged");
        end();
        is(line_of_item(came_of_members(), LINE_HEAD_COUNT, ""), 4, 1);
        is(line_of_item(came_of_members(), LINE_HEAD_COUNT, "aged"), 3, 1);
        is(line_of(came_of_members(), LINE_MONTHS_ATTRIBUTED), 33, 1);
        is(line_of(came_of_members(), LINE_PERSON_YEARS), 11, 4);
        ck_assert(came_of_members()->has_members);
        ck_assert_uint_eq(came_of_members()->member_rows, 77);
}
END_TEST

START_TEST(member_rows_are_summed_to_the_cent)
{
        begin();
        with_cents(of_members("expenditure"), "truncate", DOLLARS(150000));
        end();
        is(line_of(came_of_members(), LINE_EXPENDITURE_OF_MEMBERS), 46823401, 2);
        is(line_of(came_of_members(), LINE_EXPENDITURE), 23411701, 1);
        is(line_of(came_of_members(), LINE_TRUNCATED_OFF), 100, 3);
        is(line_of(came_of_members(), LINE_MEMBERS_COUNTED), 4, 1);
        is(line_of(came_of_members(), LINE_MONTHS_COUNTED), 33, 1);
}
END_TEST

/* 23,411,701 / 2.75 is 8,513,345.8182: the published 85,133.4545 is of 234,117.00. */
START_TEST(member_rows_per_year_and_per_month)
{
        begin();
        with_word(of_members("expenditure"), "unit", "per_capita");
        end();
        is(line_of(came_of_members(), LINE_EXPENDITURE_EACH), 85133458182, 10000);
        is(line_of(came_of_members(), LINE_EXPENDITURE), 23411701, 1);
        begin();
        with_word(of_members("expenditure"), "unit", "pmpm");
        with_count(&terms.steps[0], "decimals", 2);
        end();
        is(line_of(came_of_members(), LINE_EXPENDITURE_PMPM), 709445, 1);
        is(line_of(came_of_members(), LINE_EXPENDITURE), 709445 * 33, 1);
}
END_TEST

START_TEST(member_rows_by_category)
{
        begin();
        with_word(of_members("attribute"), "category", "aged");
        with_word(of_members("attribute"), "category", "esrd");
        with_word(of_members("expenditure"), "by", "category");
        end();
        is(line_of_item(came_of_members(), LINE_EXPENDITURE, "esrd"), 3411700, 1);
        is(line_of_item(came_of_members(), LINE_EXPENDITURE, ""), 23411700, 1);
        with_word(&terms.steps[2], "unit", "per_capita");
        is(line_of_item(came_of_members(), LINE_EXPENDITURE_EACH, "aged"), 10000000, 1);
        is(line_of_item(came_of_members(), LINE_PERSON_YEARS, ""), 11, 4);
        is(line_of_item(came_of_members(), LINE_EXPENDITURE, ""), 23411700, 1);
}
END_TEST

START_TEST(years_that_were_counted_divide_member_rows)
{
        begin();
        attribute("person_years", NULL);
        with_word(of_members("expenditure"), "unit", "per_capita");
        end();
        fact_is(&facts, FACT_PERSON_YEARS, 2, 1);
        is(line_of(came_of_members(), LINE_EXPENDITURE_EACH), 23411701, 2);
        is(line_of(came_of_members(), LINE_PERSON_YEARS), 2, 1);
}
END_TEST

START_TEST(member_rows_covered)
{
        begin();
        of_members("expenditure");
        with_cents(of_members("stop-loss"), "attach", 100);
        with_rate(&terms.steps[1], "share", 1, 2);
        end();
        is(line_of(came_of_members(), LINE_STOPLOSS_OF_MEMBERS), 1001, 2);
        is(line_of(came_of_members(), LINE_STOPLOSS_PAID), 501, 1);
        is(line_of(came_of_members(), LINE_AFTER_STOPLOSS), 23411200, 1);
}
END_TEST

START_TEST(without_member_rows_nothing_is_counted)
{
        static const char *const kinds[] = { "attribute", "expenditure", "stop-loss" };
        static const char *const says[] = { "no member rows to count",
                                            "no member rows whose costs",
                                            "no member rows whose stop-loss" };

        begin();
        if (_i == 2)
                spent(1);
        of_members(kinds[_i]);
        if (_i == 2) {
                with_cents(&terms.steps[1], "attach", 1);
                with_rate(&terms.steps[1], "share", 1, 1);
        }
        end();
        stops(says[_i]);
}
END_TEST

START_TEST(completion_is_read_of_record)
{
        begin();
        with_flag(of_members("expenditure"), "complete", true);
        end();
        stops("no completion_factor for");
        fact_is(&facts, FACT_COMPLETION_FACTOR, 1013, 1000);
        is(line_of(came_of_members(), LINE_COMPLETION_FACTOR), 1013, 1000);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("stop_loss");

        tcase_add_test(tests, a_costly_member_is_covered_band_by_band);
        tcase_add_loop_test(tests, two_costly_members_in_either_order, 0, 2);
        tcase_add_loop_test(tests, bands_hold_to_the_cent_at_their_ends, 0, COUNT_OF(edges));
        tcase_add_test(tests, a_flat_share_of_all_above);
        tcase_add_test(tests, nobody_above_is_nothing_covered);
        tcase_add_test(tests, cover_costs_by_the_month_or_by_the_benchmark);
        tcase_add_test(tests, to_the_amount_cover_adds_and_its_charge_lowers);
        tcase_add_test(tests, as_many_claims_as_there_is_room_for);
        tcase_add_test(tests, a_claim_that_was_corrected_counts_once);
        tcase_add_test(tests, a_claim_of_nobody_is_no_claim);
        tcase_add_test(tests, cover_and_cost_within_what_money_can_be);
        tcase_add_test(tests, stop_loss_that_makes_no_sense);
        tcase_add_test(tests, stop_loss_stands_where_what_it_lowers_is_known);
        tcase_add_test(tests, stop_loss_to_the_amount_is_an_amount);
        tcase_add_test(tests, member_rows_are_counted);
        tcase_add_test(tests, member_rows_are_summed_to_the_cent);
        tcase_add_test(tests, member_rows_per_year_and_per_month);
        tcase_add_test(tests, member_rows_by_category);
        tcase_add_test(tests, years_that_were_counted_divide_member_rows);
        tcase_add_test(tests, member_rows_covered);
        tcase_add_loop_test(tests, without_member_rows_nothing_is_counted, 0, 3);
        tcase_add_test(tests, completion_is_read_of_record);
        return run_case(tests, "stop_loss");
}
