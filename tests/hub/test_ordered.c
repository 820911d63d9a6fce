/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a run may be ordered: not before the claims of its period have run out, and by a plan only
 * as long as it would say what the plan says.
 */
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/disputed.h"
#include "tests/proof/run.h"

#define DAY INT64_C(86400000000)

static int order(enum run_kind kind, const struct sha256 *plan, uint64_t *ret_run)
{
        struct run_request request = {
                .period = scene.terms->periods[0], .kind = kind,
                .payment = date_of(2025, 10, 15), .has_plan = plan != NULL,
        };
        const char *says;
        int r;

        if (plan)
                request.plan_sha256 = *plan;
        stage_begin(&scene.stage);
        r = hub_order_run(scene.stage.hub, &scene.contract, &request, ret_run, &says);
        stage_commit(&scene.stage);
        return r;
}

START_TEST(a_final_run_waits_for_the_run_out)
{
        uint64_t run;

        scene.terms->runout_months = 3;
        agree();
        spent(SIDE_BEARER, 90000);
        ck_assert_uint_eq(rows(TABLE_DUE), 1);
        ck_assert_int_eq(order(RUN_FINAL, NULL, &run), REFUSAL_TOO_EARLY);
        ck_assert_int_eq(order(RUN_INTERIM, NULL, &run), 0);
        scene.stage.now = STAGE_BEGINS + 90 * DAY - SECOND;     /* midnight to 1 April 2025 */
        pass(0);
        ck_assert_int_eq(order(RUN_FINAL, NULL, &run), REFUSAL_TOO_EARLY);
        scene.stage.now = STAGE_BEGINS + 90 * DAY;
        pass(0);
        check_heard(SIGNAL_DEADLINE_PASSED, 1, 0,
                    "the claims of the period from 2024-01-01 have run out: it may be settled for "
                    "good");
        ck_assert_uint_eq(rows(TABLE_RUNOUT), 0);
        ck_assert_int_eq(order(RUN_FINAL, NULL, &run), 0);
}
END_TEST

/* The newer version's own run-out holds, and nothing is left of the older one's. */
START_TEST(newer_terms_set_the_run_out_anew)
{
        uint64_t run;

        scene.terms->runout_months = 3;
        agree();
        scene.terms->version++;
        scene.terms->applies = APPLIES_WHOLE_PERIOD;
        scene.terms->runout_months = _i ? 6 : 0;
        scene_agree(&scene);
        ck_assert_uint_eq(rows(TABLE_RUNOUT), _i ? 1 : 0);
        ck_assert_uint_eq(rows(TABLE_DUE), _i ? 1 : 0);
        pass(100);
        ck_assert_int_eq(order(RUN_FINAL, NULL, &run), _i ? REFUSAL_TOO_EARLY : 0);
}
END_TEST

/* Terms agreed to a second before the moment still wait for it; at the moment they do not. */
START_TEST(the_last_moment)
{
        uint64_t run;

        scene.terms->runout_months = 3;
        scene.stage.now = STAGE_BEGINS + 90 * DAY - (_i ? 0 : SECOND);
        agree();
        ck_assert_uint_eq(rows(TABLE_RUNOUT), _i ? 0 : 1);
        spent(SIDE_BEARER, 90000);
        ck_assert_int_eq(order(RUN_FINAL, NULL, &run), _i ? 0 : REFUSAL_TOO_EARLY);
}
END_TEST

/* The digest of what a preview of that kind says: what is reviewed. */
static struct sha256 plan(enum run_kind kind)
{
        const struct query query = {
                .id = 3, .kind = QUERY_PREVIEW, .contract = scene.contract, .run_kind = kind,
                .period = scene.terms->periods[0], .payment = date_of(2025, 10, 15),
        };
        struct hub_frame frame;
        struct sha256 ret;
        struct sink sink;

        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.network.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_ptr_nonnull(frame.answer.preview);
        *statement = *frame.answer.preview;
        must(sink_new(&sink, 65536, WIRE_RECORD_MAX), "sink_new");
        must(wire_write_plan(&sink, statement), "wire_write_plan");
        ret = sha256_of(sink_bytes(&sink));
        sink_free(&sink);
        return ret;
}

START_TEST(a_run_from_a_plan_says_what_the_plan_said)
{
        struct sha256 nothing, reviewed, other_kind;
        uint64_t run;

        agree();
        nothing = plan(RUN_FINAL);      /* not calculable */
        ck_assert_int_eq(order(RUN_FINAL, &nothing, &run), REFUSAL_PLAN_STALE);
        spent(SIDE_BEARER, 90000);
        other_kind = plan(RUN_INTERIM);
        reviewed = plan(RUN_FINAL);
        ck_assert_int_eq(order(RUN_FINAL, &other_kind, &run), REFUSAL_PLAN_STALE);
        spent(SIDE_BEARER, 80000);
        ck_assert_int_eq(order(RUN_FINAL, &reviewed, &run), REFUSAL_PLAN_STALE);
        reviewed = plan(RUN_FINAL);
        ck_assert_int_eq(statement->payable, 10000);
        ck_assert_int_eq(order(RUN_FINAL, &reviewed, &run), 0);
        ck_assert(stage_work(&scene.stage));
        ck_assert_uint_eq(rows(TABLE_JOURNAL), 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("ordered");

        tcase_add_checked_fixture(tests, disputed_set_up, disputed_tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, a_final_run_waits_for_the_run_out);
        tcase_add_loop_test(tests, newer_terms_set_the_run_out_anew, 0, 2);
        tcase_add_loop_test(tests, the_last_moment, 0, 2);
        tcase_add_test(tests, a_run_from_a_plan_says_what_the_plan_said);
        return run_case(tests, "ordered");
}
