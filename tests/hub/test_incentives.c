/* SPDX-License-Identifier: Apache-2.0 */
/* What a party is told of its contracts: its own part of each, and nothing of anybody else. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/incentives.h"
#include "tests/hub/rewarded.h"
#include "tests/proof/run.h"

#define NOW UINT64_MAX

static struct rewarded rewarded;
static struct scene *const scene = &rewarded.scene;

static void set_up(void)
{
        rewarded_set_up(&rewarded);
}

static void state_months(void)
{
        reward_fact(&rewarded, &scene->payer, &scene->contract, FACT_MEMBER_MONTHS, 12000, "");
}

static void tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene->stage));
        rewarded_tear_down(&rewarded);
}

START_TEST(an_earner_is_told_of_its_own_contract_whole)
{
        const struct incentive_signal *signal = reward_asked(&rewarded, &rewarded.unit, NOW);
        const struct incentive_contract *own = reward_of_contract(signal, &rewarded.own);
        const struct incentive *cbp = reward_row(signal, &rewarded.own, "cbp");

        ck_assert_uint_eq(signal->contract_count, 1);
        ck_assert_str_eq(signal->party.text, "unit");
        ck_assert_uint_eq(signal->as_of, stage_entries(&scene->stage) - 1);
        ck_assert_ptr_nonnull(own);
        ck_assert(!own->through && !own->relayed && !own->has_revenue);
        ck_assert_int_eq(own->share.num, own->share.den);
        ck_assert_int_eq(own->standing, STANDING_BINDING);
        ck_assert_int_eq(own->central, POOL * 4 / 10);
        ck_assert_int_eq(own->least, 0);
        ck_assert_int_eq(own->most, POOL);
        ck_assert_str_eq(own->reason.text, "");
        ck_assert_ptr_nonnull(cbp);
        ck_assert_int_eq(cbp->stake, POOL);
        ck_assert_int_eq(cbp->point[FORECAST_CENTRAL], POOL / 10);
        ck_assert_uint_eq(cbp->denominator, 1000);
        ck_assert_uint_eq(signal->row_count, 1);
}
END_TEST

/* ---- who is told of a network's contract */

static void relation_only(void)
{
        reward_relates(&rewarded, &rewarded.unit, RELATION_PARTICIPATES_IN, "network",
                       date_of(2024, 1, 1), DATE_NONE);
}

static void months_only(void)
{
        reward_fact(&rewarded, &scene->network, &scene->contract, FACT_UNIT_MEMBER_MONTHS, 3000,
                    "unit");
}

static void both(void)
{
        relation_only();
        months_only();
}

static void relation_not_begun(void)
{
        reward_relates(&rewarded, &rewarded.unit, RELATION_PARTICIPATES_IN, "network",
                       date_of(2026, 1, 1), DATE_NONE);
        months_only();
}

static void relation_ended(void)
{
        both();
        reward_relates(&rewarded, &rewarded.unit, RELATION_PARTICIPATES_IN, "network",
                       date_of(2024, 1, 1), date_of(2025, 1, 1));
}

static void another_relation(void)
{
        reward_relates(&rewarded, &rewarded.unit, RELATION_BILLS_FOR, "network",
                       date_of(2024, 1, 1), DATE_NONE);
        months_only();
}

static void relation_to_the_payer(void)
{
        reward_relates(&rewarded, &rewarded.unit, RELATION_PARTICIPATES_IN, "payer",
                       date_of(2024, 1, 1), DATE_NONE);
        months_only();
}

static void months_of_another(void)
{
        relation_only();
        reward_fact(&rewarded, &scene->network, &scene->contract, FACT_UNIT_MEMBER_MONTHS, 3000,
                    "sister");
}

static void months_taken_back(void)
{
        struct event event = fact_event(FACT_UNIT_MEMBER_MONTHS, 0, "unit");

        relation_only();
        event.fact.supersedes = reward_fact(&rewarded, &scene->network, &scene->contract,
                                            FACT_UNIT_MEMBER_MONTHS, 3000, "unit");
        event.fact.has_supersedes = true;
        ck_assert_int_eq(voice_said(&scene->stage, &scene->network, &scene->contract, &event, 1,
                                    NULL), HUB_RECEIPT);
}

static void revenue_only(void)
{
        relation_only();
        reward_fact(&rewarded, &scene->network, &scene->contract, FACT_UNIT_REVENUE, 3000, "unit");
}

/* By the payer, who is not of record for it. */
static void months_by_the_payer(void)
{
        const struct event event = fact_event(FACT_UNIT_MEMBER_MONTHS, 3000, "unit");

        relation_only();
        voice_said(&scene->stage, &scene->payer, &scene->contract, &event, 1, NULL);
}

static void months_of_the_year_before(void)
{
        struct event event = fact_event(FACT_UNIT_MEMBER_MONTHS, 3000, "unit");

        relation_only();
        event.fact.key.period = (struct period) { date_of(2023, 1, 1), date_of(2024, 1, 1) };
        ck_assert_int_eq(voice_said(&scene->stage, &scene->network, &scene->contract, &event, 1,
                                    NULL), HUB_RECEIPT);
}

static void nothing(void)
{
}

static const struct {
        const char *name;
        void (*happens)(void);
        bool told;
} ways_in[] = {
        { "a stranger to the network", nothing, false },
        { "who says that it participates, and is attributed nobody", relation_only, false },
        { "who is attributed members, and says nothing", months_only, false },
        { "both have acted", both, true },
        { "a relation that has not begun", relation_not_begun, false },
        { "a relation that has ended", relation_ended, false },
        { "a relation of another kind", another_relation, false },
        { "a relation to the other side", relation_to_the_payer, false },
        { "members of another unit", months_of_another, false },
        { "members that were taken back", months_taken_back, false },
        { "revenue, and no members", revenue_only, false },
        { "members by the payer's word", months_by_the_payer, false },
        { "members of another period", months_of_the_year_before, true },
};

START_TEST(a_unit_is_told_of_what_its_network_signed_if_both_have_acted)
{
        const struct incentive_signal *signal;

        ways_in[_i].happens();
        signal = reward_asked(&rewarded, &rewarded.unit, NOW);
        ck_assert_msg((reward_of_contract(signal, &scene->contract) != NULL) == ways_in[_i].told,
                      "%s", ways_in[_i].name);
        ck_assert_ptr_null(reward_of_contract(signal, &rewarded.secret));
        ck_assert_ptr_nonnull(reward_of_contract(signal, &rewarded.own));
        signal = reward_asked(&rewarded, &rewarded.sister, NOW);
        ck_assert_uint_eq(signal->contract_count, 0);
        signal = reward_asked(&rewarded, &scene->payer, NOW);
        ck_assert_uint_eq(signal->contract_count, 0);
}
END_TEST

/* ---- shares and sums */

START_TEST(a_unit_has_its_part_by_months_of_members)
{
        const struct incentive_signal *signal;
        const struct incentive_contract *part;

        state_months();
        reward_joins(&rewarded, &rewarded.unit, 4001);
        signal = reward_asked(&rewarded, &rewarded.unit, NOW);
        part = reward_of_contract(signal, &scene->contract);
        ck_assert_ptr_nonnull(part);
        ck_assert(part->through);
        ck_assert_int_eq(part->share.num, 4001);
        ck_assert_int_eq(part->share.den, 12000);
        /* 25,000,000 * 4001 / 12000 = 8335416.67; 35 % of it = 2917395.83 */
        ck_assert_int_eq(part->most, 8335417);
        ck_assert_int_eq(part->central, 2917396);
        ck_assert_int_eq(reward_row(signal, &scene->contract, "cbp")->point[FORECAST_CENTRAL],
                         incentives_part(POOL / 20, part->share));
}
END_TEST

START_TEST(a_point_of_a_unit_is_the_sum_over_its_contracts)
{
        const struct incentive_signal *signal;
        int64_t sum = 0;

        state_months();
        reward_joins(&rewarded, &rewarded.unit, 3000);
        signal = reward_asked(&rewarded, &rewarded.unit, NOW);
        for (uint32_t i = 0; i < signal->row_count; i++)
                if (strcmp(signal->rows[i].is.key.concept.text, "cbp") == 0)
                        sum += signal->rows[i].is.point[FORECAST_CENTRAL];
        ck_assert_int_eq(sum, POOL / 10 + POOL / 20 / 4);
        ck_assert_uint_eq(signal->contract_count, 2);
        ck_assert_uint_eq(signal->row_count, 3);
}
END_TEST

static const struct {
        const char *name;
        int64_t unit, sister;           /* months; 0: not said */
        bool whole;                     /* the months of all are stated */
        struct rate share;
        const char *lacks;
} shares[] = {
        { "of all that are stated", 3000, 1000, true, { 1, 4 }, "" },
        { "of all units, where the whole is not stated", 3000, 1000, false, { 3, 4 }, "" },
        { "all of it", 12000, 0, true, { 1, 1 }, "" },
        { "more than there are", 12001, 0, true, { 0, 1 }, "more months" },
};

START_TEST(a_share_is_of_what_is_stated)
{
        const struct contract_id *contract = &scene->contract;
        const struct incentive_contract *is;
        const struct incentive_signal *signal;

        if (shares[_i].whole)
                state_months();
        reward_joins(&rewarded, &rewarded.unit, shares[_i].unit);
        if (shares[_i].sister)
                reward_fact(&rewarded, &scene->network, contract, FACT_UNIT_MEMBER_MONTHS,
                            shares[_i].sister, "sister");
        signal = reward_asked(&rewarded, &rewarded.unit, NOW);
        is = reward_of_contract(signal, contract);
        ck_assert_ptr_nonnull(is);
        ck_assert_msg(is->share.num * shares[_i].share.den ==
                      shares[_i].share.num * is->share.den, "%s", shares[_i].name);
        ck_assert_msg(strstr(is->reason.text, shares[_i].lacks) != NULL, "%s", is->reason.text);
        ck_assert_int_eq(is->most, incentives_part(POOL, shares[_i].share));
}
END_TEST

START_TEST(who_was_attributed_members_before_is_told_what_is_missing)
{
        const struct incentive_signal *signal;
        const struct incentive_contract *is;

        months_of_the_year_before();
        signal = reward_asked(&rewarded, &rewarded.unit, NOW);
        is = reward_of_contract(signal, &scene->contract);
        ck_assert_ptr_nonnull(is);
        ck_assert_int_eq(is->share.num, 0);
        ck_assert_int_eq(is->most, 0);
        ck_assert(strstr(is->reason.text, "unit_member_months") != NULL);
        ck_assert_ptr_null(reward_row(signal, &scene->contract, "cbp"));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("incentives");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, an_earner_is_told_of_its_own_contract_whole);
        tcase_add_loop_test(tests, a_unit_is_told_of_what_its_network_signed_if_both_have_acted, 0,
                            COUNT_OF(ways_in));
        tcase_add_test(tests, a_unit_has_its_part_by_months_of_members);
        tcase_add_test(tests, a_point_of_a_unit_is_the_sum_over_its_contracts);
        tcase_add_test(tests, who_was_attributed_members_before_is_told_what_is_missing);
        tcase_add_loop_test(tests, a_share_is_of_what_is_stated, 0, COUNT_OF(shares));
        return run_case(tests, "incentives");
}
