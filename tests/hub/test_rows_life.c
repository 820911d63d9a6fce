/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of lives, disputes, entries of the books and run-outs: what is put in comes out again,
 * as of the entry that is asked for, and a row of another length is noticed.
 */
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "daemon/row.h"
#include "daemon/state_life.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

static struct scene scene;
static struct store_txn *txn;

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        stage_begin(&scene.stage);
        txn = scene.stage.hub->txn;
}

static void tear_down(void)
{
        hub_abort(scene.stage.hub);
        scene_tear_down(&scene);
}

static const struct life_state life = {
        .run = 70, .changed = 80, .contract_no = 4, .line_count = 12, .dispute_days = 30,
        .answer_until = 5, .replaced_by = 99, .accepted_count = 2,
        .accepted = { { SIDE_BEARER, 7, 81 }, { SIDE_EARNER, 8, 82 } },
        .life = {
                .state = LIFE_DISPUTED, .posts = true, .accepted = 1, .has_versions = true,
                .by_bearer = -5, .by_earner = INT64_MAX, .claim_count = 2,
                .claims = { { 83, SIDE_EARNER, -7 }, { 84, SIDE_BEARER, 8 } },
                .parts = {
                        { 1, -2, 3, { 85, -4 } }, { 5, 6, 7, { 86, 8 } }, { 9, 10, 11, { 0, 0 } },
                        { 12, 13, 14, { 87, 15 } },
                },
                .holds = { { 88, 16 }, { 89, -17 } }, .paid = 18,
        },
};

static int put_life(void)
{
        return state_life_put(txn, &life);
}

static int get_life(void)
{
        struct life_state found, before;
        int r = state_life(txn, 70, CUT_LAST, &found);

        if (r)
                return r;
        ck_assert_mem_eq(&found, &life, sizeof(life));
        ck_assert_int_eq(state_life(txn, 70, 79, &before), -ENOENT);
        ck_assert_int_eq(state_life(txn, 70, 80, &before), 0);
        ck_assert_int_eq(state_life(txn, 69, CUT_LAST, &before), -ENOENT);
        ck_assert_int_eq(state_life(txn, 71, CUT_LAST, &before), -ENOENT);
        return 0;
}

static int put_dispute(void)
{
        const struct dispute_of_run dispute = {
                .index = 83, .event = 1, .time = 2, .contract_no = 4, .node_no = 8,
                .side = SIDE_EARNER, .run = 70, .claims = -7, .ended = 90, .closed_by = 90,
        };
        struct dispute_of_run open = dispute;
        int r = state_dispute_put(txn, &dispute);

        open.index = 84;
        open.ended = open.closed_by = 0;
        return r ? r : state_dispute_put(txn, &open);
}

static int get_dispute(void)
{
        struct dispute_of_run found, other;
        int r = state_dispute(txn, 84, &found);

        if (r)
                return r;
        ck_assert(found.event == 1 && found.time == 2 && found.contract_no == 4);
        ck_assert(found.node_no == 8 && found.side == SIDE_EARNER && found.run == 70);
        ck_assert(found.claims == -7 && found.ended == 0 && found.closed_by == 0);
        must(state_dispute_next(txn, 4, 0, &other), "state_dispute_next");
        ck_assert(other.index == 83 && other.ended == 90 && other.closed_by == 90);
        must(state_dispute_open(txn, 4, 0, &other), "state_dispute_open");
        ck_assert_uint_eq(other.index, 84);
        ck_assert_int_eq(state_dispute_open(txn, 4, 84, &other), -ENOENT);
        ck_assert_int_eq(state_dispute_next(txn, 3, 0, &other), -ENOENT);
        return 0;
}

static int put_journal(void)
{
        return state_journal_put(txn, &(struct journal_state_row) {
                .contract_no = 4, .index = 85, .run = 70, .purpose = PURPOSE_HOLD, .cents = -6,
                .state = JOURNAL_VOIDED, .changed = 86, .reverses = 87, .reversed = 88,
        });
}

static int get_journal(void)
{
        struct journal_state_row found, next;
        int r = state_journal(txn, 4, 85, &found);

        if (r)
                return r;
        ck_assert(found.run == 70 && found.purpose == PURPOSE_HOLD && found.cents == -6);
        ck_assert(found.state == JOURNAL_VOIDED && found.changed == 86);
        ck_assert(found.reverses == 87 && found.reversed == 88);
        must(state_journal_next(txn, 4, 0, &next), "state_journal_next");
        ck_assert_mem_eq(&next, &found, sizeof(next));
        ck_assert_int_eq(state_journal_next(txn, 4, 85, &next), -ENOENT);
        ck_assert_int_eq(state_journal_next(txn, 3, 0, &next), -ENOENT);
        return 0;
}

static const struct runout_state runout = {
        .contract_no = 4, .period = { -10, 355 }, .version = 3, .at = 12345, .index = 66,
};

static int put_runout(void)
{
        return state_runout_put(txn, &runout);
}

static int get_runout(void)
{
        struct runout_state found, next;
        int r = state_runout(txn, 4, runout.period, &found);

        if (r)
                return r;
        ck_assert_mem_eq(&found, &runout, sizeof(found));
        must(state_runout_next(txn, 4, DATE_NONE, &next), "state_runout_next");
        ck_assert_mem_eq(&next, &runout, sizeof(next));
        must(state_runout_next(txn, 4, -11, &next), "state_runout_next");
        ck_assert_int_eq(state_runout_next(txn, 4, -10, &next), -ENOENT);
        ck_assert_int_eq(state_runout(txn, 4, (struct period) { -10, 354 }, &next), -ENOENT);
        must(state_runout_del(txn, &runout), "state_runout_del");
        ck_assert_int_eq(state_runout(txn, 4, runout.period, &next), -ENOENT);
        return state_runout_put(txn, &runout);
}

static const struct {
        const char *says;
        enum table table;
        int (*put)(void), (*get)(void);
} tables[] = {
        { "life", TABLE_LIFE, put_life, get_life },
        { "dispute", TABLE_DISPUTE, put_dispute, get_dispute },
        { "entry of the books", TABLE_JOURNAL, put_journal, get_journal },
        { "run-out", TABLE_RUNOUT, put_runout, get_runout },
};

START_TEST(a_row_comes_out_as_it_was_put_in)
{
        ck_assert_int_eq(tables[_i].get(), -ENOENT);
        must(tables[_i].put(), tables[_i].says);
        must(tables[_i].get(), tables[_i].says);
}
END_TEST

START_TEST(a_row_of_another_length_is_noticed)
{
        uint8_t key[STORE_KEY_MAX], value[ROW_MAX + 1] = { 0 };
        struct bytes k = { "", 1 }, v, next;

        must(tables[_i].put(), tables[_i].says);
        while (store_after(txn, tables[_i].table, k, &next, &v) == 0) {
                memcpy(key, next.data, next.size);
                k = (struct bytes) { key, next.size };
                memcpy(value, v.data, v.size);
        }
        must(store_get(txn, tables[_i].table, k, &v), tables[_i].says);
        for (size_t size = 0, right = v.size; size <= right + 1; size++) {
                must(store_put(txn, tables[_i].table, k, (struct bytes) { value, size }),
                     "store_put");
                ck_assert_msg(tables[_i].get() == (size == right ? 0 : -EILSEQ), "%s of %zu octets",
                              tables[_i].says, size);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("rows");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_loop_test(tests, a_row_comes_out_as_it_was_put_in, 0, COUNT_OF(tables));
        tcase_add_loop_test(tests, a_row_of_another_length_is_noticed, 0, COUNT_OF(tables));
        return run_case(tests, "rows");
}
