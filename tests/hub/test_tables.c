/* SPDX-License-Identifier: Apache-2.0 */
/* Rows in the order that those who walk them rely on. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/state.h"
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

START_TEST(due_moments_come_in_order)
{
        static const instant at[] = { 5, 1000000, INT64_MAX, 1, STAGE_BEGINS };
        struct due_state due = { .kind = DUE_OFFER_LAPSES, .a = 1, .b = 2, .index = 3 }, first;
        struct bytes key;
        instant before = 0;

        ck_assert_int_eq(state_due_first(txn, &first, &key), -ENOENT);
        for (int i = 0; i < COUNT_OF(at); i++) {
                due.at = at[i];
                must(state_due_put(txn, &due), "state_due_put");
        }
        for (int i = 0; i < COUNT_OF(at); i++) {
                must(state_due_first(txn, &first, &key), "state_due_first");
                ck_assert_int_gt(first.at, before);
                ck_assert_uint_eq(first.b, 2);
                ck_assert_uint_eq(first.index, 3);
                before = first.at;
                ck_assert_int_eq(state_due_at((struct bytes) { key.data, key.size - 1 }, &due),
                                 -EILSEQ);
                must(state_due_drop(txn, &first), "state_due_drop");
                must(state_due_drop(txn, &first), "what has passed already");
        }
        ck_assert_int_eq(state_due_first(txn, &first, &key), -ENOENT);
}
END_TEST

START_TEST(pending_runs_come_in_order)
{
        struct run_state run = { .contract_no = 4 };
        uint64_t at = 0;

        for (uint64_t index = 300; index > 0; index -= 100) {
                run.index = index;
                must(state_run_put(txn, &run), "state_run_put");
        }
        must(state_run_settled(txn, 200), "state_run_settled");
        must(state_run_pending(txn, at, &at), "state_run_pending");
        ck_assert_uint_eq(at, 100);
        must(state_run_pending(txn, at, &at), "state_run_pending");
        ck_assert_uint_eq(at, 300);
        ck_assert_int_eq(state_run_pending(txn, at, &at), -ENOENT);
}
END_TEST

/* Versions of one key, and its neighbours in the table. */
START_TEST(current_fact_is_the_last_at_the_cut)
{
        struct fact_state fact = {
                .fact = { .value = { UNIT_COUNT, 1, 1 }, .side = SIDE_BEARER }, .scope_no = 4,
        };
        const struct fact_key key = fact_event(FACT_HEAD_COUNT, 1, "b").fact.key;
        static const char *const items[] = { "", "a", "b", "ba", "c" };
        uint64_t index;

        for (int i = 0; i < COUNT_OF(items); i++)
                for (fact.fact.index = 10; fact.fact.index <= 30; fact.fact.index += 10) {
                        fact.fact.key = fact_event(FACT_HEAD_COUNT, 1, items[i]).fact.key;
                        must(state_fact_put(txn, &fact), "state_fact_put");
                }
        ck_assert_int_eq(state_fact_current(txn, 4, SIDE_BEARER, &key, 9, &index), -ENOENT);
        must(state_fact_current(txn, 4, SIDE_BEARER, &key, 10, &index), "at its index");
        ck_assert_uint_eq(index, 10);
        must(state_fact_current(txn, 4, SIDE_BEARER, &key, 29, &index), "before the next");
        ck_assert_uint_eq(index, 20);
        must(state_fact_current(txn, 4, SIDE_BEARER, &key, UINT64_MAX, &index), "now");
        ck_assert_uint_eq(index, 30);
        ck_assert_int_eq(state_fact_current(txn, 4, SIDE_EARNER, &key, 30, &index), -ENOENT);
        ck_assert_int_eq(state_fact_current(txn, 5, SIDE_BEARER, &key, 30, &index), -ENOENT);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("tables");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, due_moments_come_in_order);
        tcase_add_test(tests, pending_runs_come_in_order);
        tcase_add_test(tests, current_fact_is_the_last_at_the_cut);
        return run_case(tests, "tables");
}
