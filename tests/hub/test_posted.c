/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books hold each day once, in whatever order the statements come: of a period that was settled
 * whole and then cut, of its parts, and of the whole again.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/hub/books.h"
#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define DAY(year, month, day) date_of(year, month, day)

static struct scene scene;
static struct statement *statement;
static struct period whole, early, late;

static void state_year(struct period period, int64_t benchmark, int64_t spent)
{
        struct event events[] = {
                fact_event(FACT_HEAD_COUNT, 5, ""), fact_event(FACT_BENCHMARK, benchmark, ""),
                fact_event(FACT_EXPENDITURE, spent, ""),
        };

        for (int i = 0; i < 3; i++)
                events[i].fact.key.period = period;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, events, 3, NULL),
                         HUB_RECEIPT);
}

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        statement = calloc(1, sizeof(*statement));
        ck_assert_ptr_nonnull(statement);
        whole = (struct period) { DAY(2024, 1, 1), DAY(2025, 1, 1) };
        early = (struct period) { DAY(2024, 1, 1), DAY(2024, 4, 1) };
        late = (struct period) { DAY(2024, 4, 1), DAY(2025, 1, 1) };
        state_year(whole, 100000, 90000);       /* half of 10000 */
        state_year(early, 25000, 24000);
        state_year(late, 75000, 60000);
}

static void tear_down(void)
{
        free(statement);
        scene_tear_down(&scene);
}

/* The same terms again, as the next version, from 10 April 2024. */
static void amend(enum applies applies)
{
        struct event event = { .kind = EVENT_OFFER };
        struct sink sink;
        struct sha256 digest;

        scene.terms->version++;
        scene.terms->applies = applies;
        scene.terms->effective = DAY(2024, 4, 10);
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, scene.terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        digest = sha256_of(event.offer.terms);
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &event, 1, NULL),
                         HUB_RECEIPT);
        event = (struct event) {
                .kind = EVENT_ACCEPTANCE, .acceptance = { .version = scene.terms->version },
        };
        event.acceptance.terms_sha256 = digest;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.network, &scene.contract, &event, 1, NULL),
                         HUB_RECEIPT);
        sink_free(&sink);
}

static uint64_t order(struct period period, enum run_kind kind)
{
        scene.terms->periods[0] = period;       /* what scene_order_run() orders */

        uint64_t run = scene_order_run(&scene, kind);

        scene.terms->periods[0] = whole;
        return run;
}

static void post(uint64_t run)
{
        must(hub_compute(scene.stage.hub, run, statement), "hub_compute");
        ck_assert_int_eq(statement->status, STATEMENT_CALCULATED);
        stage_begin(&scene.stage);
        must(hub_post_statement(scene.stage.hub, statement), "hub_post_statement");
        stage_commit(&scene.stage);
}

/* What the earner is owed by all that was posted, or is pending. */
static int64_t posted(void)
{
        struct books books = { .next = 0 };
        int64_t sum;

        ck_assert_ptr_null(books_read(&books, &scene.stage));
        ck_assert_ptr_null(books_hold(&books, &scene.stage));
        sum = books_sum(&books, &scene.contract, PURPOSE_SETTLEMENT, 0);
        books_free(&books);
        return sum;
}

static const int orders[6][3] = {
        { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
};

/* The whole was ordered, then cut, then its parts: what stands are the parts. */
START_TEST(a_cut_takes_back_what_the_whole_posted)
{
        uint64_t runs[3];

        runs[0] = order(whole, RUN_FINAL);
        amend(APPLIES_CUT_MONTH);
        runs[1] = order(early, RUN_FINAL);
        runs[2] = order(late, RUN_FINAL);
        for (int i = 0; i < 3; i++)
                post(runs[orders[_i][i]]);
        ck_assert_int_eq(posted(), 500 + 7500);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* The parts, and then the whole again: the whole stands alone. */
START_TEST(a_whole_takes_back_what_its_parts_posted)
{
        uint64_t runs[3];

        amend(APPLIES_CUT_MONTH);
        runs[0] = order(early, RUN_FINAL);
        runs[1] = order(late, RUN_FINAL);
        amend(APPLIES_WHOLE_PERIOD);
        runs[2] = order(whole, RUN_FINAL);
        for (int i = 0; i < 3; i++)
                post(runs[orders[_i][i]]);
        ck_assert_int_eq(posted(), 5000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* Back and forth, each as it comes. */
START_TEST(back_and_forth_the_books_follow)
{
        post(order(whole, RUN_FINAL));
        ck_assert_int_eq(posted(), 5000);
        amend(APPLIES_CUT_MONTH);
        post(order(late, RUN_FINAL));
        ck_assert_int_eq(posted(), 7500);
        amend(APPLIES_WHOLE_PERIOD);
        post(order(whole, RUN_RESTATED));
        ck_assert_int_eq(posted(), 5000);
        amend(APPLIES_CUT_MONTH);
        post(order(late, RUN_RESTATED));
        ck_assert_int_eq(posted(), 7500);
        post(order(early, RUN_FINAL));
        ck_assert_int_eq(posted(), 8000);
        post(order(early, RUN_RESTATED));
        ck_assert_int_eq(posted(), 8000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

/* A whole that was overtaken by one part displaces nothing of the other. */
START_TEST(what_was_overtaken_takes_nothing_back)
{
        uint64_t run;

        amend(APPLIES_CUT_MONTH);
        post(order(late, RUN_FINAL));
        amend(APPLIES_WHOLE_PERIOD);
        run = order(whole, RUN_FINAL);
        amend(APPLIES_CUT_MONTH);
        post(order(early, RUN_FINAL));
        ck_assert_int_eq(posted(), 8000);
        post(run);
        ck_assert_int_eq(posted(), 8000);
        post(order(late, RUN_RESTATED));
        ck_assert_int_eq(posted(), 8000);
        ck_assert_ptr_null(stage_finding(&scene.stage));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("posted");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 50);
        tcase_add_loop_test(tests, a_cut_takes_back_what_the_whole_posted, 0, 6);
        tcase_add_loop_test(tests, a_whole_takes_back_what_its_parts_posted, 0, 6);
        tcase_add_test(tests, back_and_forth_the_books_follow);
        tcase_add_test(tests, what_was_overtaken_takes_nothing_back);
        return run_case(tests, "posted");
}
