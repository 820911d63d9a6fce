/* SPDX-License-Identifier: Apache-2.0 */
/* Who is what to whom, at a cut and on a day; who is one party by who owns whom. */
#include <errno.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/state_relation.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct stage stage;
static struct store_txn *txn;

static void set_up(void)
{
        stage_set_up(&stage, NULL);
        stage_begin(&stage);
        txn = stage.hub->txn;
}

static void tear_down(void)
{
        stage_tear_down(&stage);
}

static void say(uint32_t party, enum relation_kind kind, uint32_t other, uint64_t index,
                date from, date until)
{
        const struct relation relation = { .kind = kind, .from = from, .until = until };

        ck_assert_int_eq(state_relation_put(txn, party, index, 0, &relation, other), 0);
}

/* Party 1 in network 9, said at entry 10 for days 100 to 199, at 20 without end, at 30 ended. */
static const struct {
        const char *name;
        uint64_t cut;
        date day;
        bool holds;
} moments[] = {
        { "before anything was said", 9, 150, false },
        { "at the entry that says it", 10, 150, true },
        { "on the day before the first", 10, 99, false },
        { "on the first day", 10, 100, true },
        { "on the last day", 10, 199, true },
        { "on the day of its end", 10, 200, false },
        { "said anew, without end", 20, 100000, true },
        { "ended, on a day behind it", 30, 120, false },
        { "ended, on a day before it", 30, 119, true },
        { "as all stands now", UINT64_MAX, 119, true },
};

START_TEST(a_relation_holds_as_said_last_at_the_cut)
{
        const struct relation_at at = { moments[_i].cut, moments[_i].day };
        const int expected = moments[_i].holds ? 0 : -ENOENT;
        uint32_t found = 0;

        say(1, RELATION_PARTICIPATES_IN, 9, 10, 100, 200);
        say(1, RELATION_PARTICIPATES_IN, 9, 20, 100, DATE_NONE);
        say(1, RELATION_PARTICIPATES_IN, 9, 30, 100, 120);
        say(1, RELATION_BILLS_FOR, 9, 1, 0, DATE_NONE);
        say(2, RELATION_PARTICIPATES_IN, 8, 1, 0, DATE_NONE);
        ck_assert_msg(state_related(txn, 1, RELATION_PARTICIPATES_IN, 9, &at) == expected, "%s",
                      moments[_i].name);
        ck_assert_int_eq(state_related(txn, 9, RELATION_PARTICIPATES_IN, 1, &at), -ENOENT);
        ck_assert_int_eq(state_related_next(txn, 1, RELATION_PARTICIPATES_IN, 0, &at, &found),
                         expected);
        ck_assert(expected || found == 9);
        ck_assert_int_eq(state_relating_next(txn, 9, RELATION_PARTICIPATES_IN, 0, &at, &found),
                         expected);
        ck_assert(expected || found == 1);
}
END_TEST

START_TEST(of_one_entry_the_last_statement_counts)
{
        const struct relation on = { .kind = RELATION_OWNS, .from = 0, .until = DATE_NONE };
        const struct relation off = { .kind = RELATION_OWNS, .from = 0, .until = 1 };
        const struct relation_at at = { 5, 50 };

        ck_assert_int_eq(state_relation_put(txn, 1, 5, 0, &on, 2), 0);
        ck_assert_int_eq(state_relation_put(txn, 1, 5, 1, &off, 2), 0);
        ck_assert_int_eq(state_related(txn, 1, RELATION_OWNS, 2, &at), -ENOENT);
}
END_TEST

START_TEST(lists_name_each_party_once_and_pass_over_what_does_not_hold)
{
        const struct relation_at at = { UINT64_MAX, 50 };
        uint32_t found = 0;

        say(5, RELATION_PARTICIPATES_IN, 1, 1, 0, DATE_NONE);
        say(5, RELATION_PARTICIPATES_IN, 1, 2, 0, DATE_NONE);
        say(5, RELATION_PARTICIPATES_IN, 2, 3, 0, 10);
        say(5, RELATION_PARTICIPATES_IN, UINT32_MAX, 4, 0, DATE_NONE);
        say(5, RELATION_BILLS_FOR, 3, 5, 0, DATE_NONE);
        say(6, RELATION_PARTICIPATES_IN, 1, 6, 0, DATE_NONE);
        ck_assert_int_eq(state_related_next(txn, 5, RELATION_PARTICIPATES_IN, 0, &at, &found), 0);
        ck_assert_uint_eq(found, 1);
        ck_assert_int_eq(state_related_next(txn, 5, RELATION_PARTICIPATES_IN, 1, &at, &found), 0);
        ck_assert_uint_eq(found, UINT32_MAX);
        ck_assert_int_eq(state_related_next(txn, 5, RELATION_PARTICIPATES_IN, found, &at, &found),
                         -ENOENT);
        found = 0;
        ck_assert_int_eq(state_relating_next(txn, 1, RELATION_PARTICIPATES_IN, 0, &at, &found), 0);
        ck_assert_uint_eq(found, 5);
        ck_assert_int_eq(state_relating_next(txn, 1, RELATION_PARTICIPATES_IN, 5, &at, &found), 0);
        ck_assert_uint_eq(found, 6);
        ck_assert_int_eq(state_relating_next(txn, 1, RELATION_PARTICIPATES_IN, 6, &at, &found),
                         -ENOENT);
}
END_TEST

/* 7 owns 4 and 5; 3 owns 5; 8 owned 2 until day 10; 6 bills for 1. */
static const struct {
        const char *name;
        uint32_t party;
        date day;
        uint32_t group;
} owned[] = {
        { "who is owned by nobody is its own", 1, 50, 1 },
        { "an owner, with another owner of what it owns", 7, 50, 3 },
        { "one that is owned, with its sister's", 4, 50, 3 },
        { "one with two owners", 5, 50, 3 },
        { "whoever bills for another is not owned", 6, 50, 6 },
        { "what was sold", 8, 50, 8 },
        { "before it was sold", 8, 5, 2 },
};

START_TEST(who_is_joined_by_owners_is_one)
{
        const struct relation_at at = { UINT64_MAX, owned[_i].day };
        uint32_t group;

        say(7, RELATION_OWNS, 4, 1, 0, DATE_NONE);
        say(7, RELATION_OWNS, 5, 2, 0, DATE_NONE);
        say(3, RELATION_OWNS, 5, 3, 0, DATE_NONE);
        say(8, RELATION_OWNS, 2, 4, 0, 10);
        say(6, RELATION_BILLS_FOR, 1, 5, 0, DATE_NONE);
        ck_assert_int_eq(state_common_owner(txn, owned[_i].party, &at, &group), 0);
        ck_assert_msg(group == owned[_i].group, "%s: %u", owned[_i].name, group);
}
END_TEST

START_TEST(owners_in_a_ring_of_many_are_one)
{
        const struct relation_at at = { UINT64_MAX, 50 };
        uint32_t group;

        for (uint32_t i = 0; i < 100; i++)
                say(200 + i, RELATION_OWNS, 200 + (i + 1) % 100, i + 1, 0, DATE_NONE);
        ck_assert_int_eq(state_common_owner(txn, 299, &at, &group), 0);
        ck_assert_uint_eq(group, 200);
}
END_TEST

START_TEST(a_moment_is_of_its_day)
{
        ck_assert_int_eq(day_of_instant(0), 0);
        ck_assert_int_eq(day_of_instant(INT64_C(86399999999)), 0);
        ck_assert_int_eq(day_of_instant(INT64_C(86400000000)), 1);
        ck_assert_int_eq(day_of_instant(-1), -1);
        ck_assert_int_eq(day_of_instant(INT64_C(-86400000000)), -1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("relations");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_loop_test(tests, a_relation_holds_as_said_last_at_the_cut, 0, COUNT_OF(moments));
        tcase_add_test(tests, of_one_entry_the_last_statement_counts);
        tcase_add_test(tests, lists_name_each_party_once_and_pass_over_what_does_not_hold);
        tcase_add_loop_test(tests, who_is_joined_by_owners_is_one, 0, COUNT_OF(owned));
        tcase_add_test(tests, owners_in_a_ring_of_many_are_one);
        tcase_add_test(tests, a_moment_is_of_its_day);
        return run_case(tests, "relations");
}
