/* SPDX-License-Identifier: Apache-2.0 */
/* Member rows of both sides, merged when it is asked for: totals, and the differences in pages. */
#include <stdlib.h>
#include <string.h>

#include "tests/hub/rows.h"
#include "tests/proof/run.h"

static struct scene scene;
static struct hub_frame frame;

static void set_up(void)
{
        scene_set_up(&scene, NULL);
        scene_of_members(&scene);
}

static void tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&scene.stage));
        scene_tear_down(&scene);
}

static const struct answer *ask(struct query query)
{
        query.id = 7;
        query.kind = QUERY_ROSTER;
        query.contract = scene.contract;
        query.period = scene.terms->periods[0];
        stage_begin(&scene.stage);
        stage_ask(&scene.stage, &scene.network.player, &query, 1);
        stage_commit(&scene.stage);
        stage_answer(&scene.stage, 1, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        return &frame.answer;
}

static const struct roster_match *merged(void)
{
        const struct answer *answer = ask((struct query) { .most = 0 });

        ck_assert(!answer->refused);
        ck_assert_ptr_nonnull(answer->roster);
        return answer->roster;
}

static void must_be_told(const char *what)
{
        char says[WIRE_SAYS_MAX + 1] = "";
        const struct answer *answer = ask((struct query) { .most = 0 });

        ck_assert(answer->refused);
        ck_assert_ptr_null(answer->roster);
        memcpy(says, answer->fault.says.data, answer->fault.says.size);
        ck_assert_msg(strstr(says, what) != NULL, "%s", says);
}

/* Four members: of the second another sum, the third missing, a fourth that the payer has not. */
static void say_both(void)
{
        const struct made_row payers[] = {
                { 1, 1, 0, RISK_ONE, 100 }, { 1, 2, 0, RISK_ONE, 100 }, { 2, 1, 0, RISK_ONE, 200 },
                { 3, 1, 0, RISK_ONE, 300 },
        };
        const struct made_row first[] = { { 4, 12, 0, RISK_ONE, 400 } };
        const struct made_row second[] = {
                { 1, 1, 0, RISK_ONE, 100 }, { 1, 2, 0, RISK_ONE, 100 }, { 2, 1, 0, 900000, 250 },
        };
        struct event events[2] = { made_block(1, payers, 4) };

        scene_taken(&scene, &scene.payer, events, 1);
        events[0] = made_block(1, first, 1);            /* not in order of their numbers */
        events[1] = made_block(2, second, 3);
        scene_taken(&scene, &scene.network, events, 2);
}

START_TEST(what_is_the_same_on_both_sides_agrees)
{
        struct event year = made_year(1, 0, 12, 100);
        const struct roster_match *match;

        must_be_told("neither side");
        scene_taken(&scene, &scene.payer, &year, 1);
        ck_assert_int_eq(merged()->result, MATCH_BEARER_ONLY);
        year = made_year(1, 0, 12, 100);
        scene_taken(&scene, &scene.network, &year, 1);
        match = merged();
        ck_assert_int_eq(match->result, MATCH_AGREED);
        ck_assert_uint_eq(match->both, 144);
        ck_assert_uint_eq(match->members_both, 12);
        ck_assert_int_eq(match->bearer_cents, 14400);
        ck_assert_int_eq(match->earner_cents, 14400);
        ck_assert_uint_eq(match->difference_count, 0);
}
END_TEST

START_TEST(every_difference_is_told_once_whatever_the_page)
{
        static const uint32_t expected[] = {
                ROSTER_RISK | ROSTER_CENTS, ROSTER_BEARER_ONLY, ROSTER_EARNER_ONLY,
        };
        struct query query = { .most = 0 };
        const struct roster_match *match;
        uint8_t cursor[64];
        uint32_t seen = 0;

        say_both();
        match = merged();
        ck_assert_int_eq(match->result, MATCH_DISPUTED);
        ck_assert_uint_eq(match->both, 2);
        ck_assert_uint_eq(match->differ, 1);
        ck_assert_uint_eq(match->bearer_only, 1);
        ck_assert_uint_eq(match->earner_only, 1);
        ck_assert_uint_eq(match->members_both, 2);
        ck_assert_uint_eq(match->difference_count, 3);
        ck_assert_uint_eq(match->differences[0].what, ROSTER_RISK | ROSTER_CENTS);
        ck_assert_int_eq(match->differences[0].bearer_cents, 200);
        ck_assert_int_eq(match->differences[0].earner_cents, 250);
        ck_assert_uint_eq(match->differences[1].what, ROSTER_BEARER_ONLY);
        ck_assert_uint_eq(match->differences[2].what, ROSTER_EARNER_ONLY);
        query.most = 1;
        do {
                const struct answer *answer = ask(query);

                ck_assert_uint_eq(answer->roster->difference_count, 1);
                ck_assert_uint_eq(answer->roster->both, 2);
                ck_assert_uint_eq(answer->roster->differences[0].what, expected[seen++]);
                ck_assert_uint_le(answer->next.size, sizeof(cursor));
                if (answer->next.size)
                        memcpy(cursor, answer->next.data, answer->next.size);
                query.after = (struct bytes) { cursor, answer->next.size };
        } while (query.after.size && seen < 3);
        ck_assert_uint_eq(seen, 3);
        ck_assert_uint_eq(query.after.size, 0);
}
END_TEST

START_TEST(as_of_then_the_rows_are_those_of_then)
{
        struct query query = { .has_as_of = true };
        struct event again;
        uint64_t first;

        say_both();
        query.as_of = stage_entries(&scene.stage) - 1;
        first = query.as_of;
        again = made_year(1, 1, 2, 100);
        again.block.has_supersedes = true;
        again.block.supersedes = first - 1;
        ck_assert_int_eq(voice_said(&scene.stage, &scene.payer, &scene.contract, &again, 1, NULL),
                         HUB_RECEIPT);
        ck_assert_int_eq(merged()->bearer_cents, 2400);
        ck_assert_int_eq(ask(query)->roster->bearer_cents, 700);
}
END_TEST

START_TEST(what_cannot_be_held_side_by_side_is_said)
{
        struct event year = made_year(1, 0, 2, 100);
        const struct block_erasure erasure = {
                .contract = scene.contract, .year = 2024, .reason = { "agreed" },
        };
        const char *says = "";
        uint64_t index;

        scene_taken(&scene, &scene.payer, &year, 1);
        year = made_year(1, 0, 2, 100);
        year.block.generation = 2;
        scene_taken(&scene, &scene.network, &year, 1);
        must_be_told("different keys");
        stage_begin(&scene.stage);
        must(hub_erase_blocks(scene.stage.hub, &erasure, &index, &says), says);
        stage_commit(&scene.stage);
        must_be_told("were erased");
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("roster");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, what_is_the_same_on_both_sides_agrees);
        tcase_add_test(tests, every_difference_is_told_once_whatever_the_page);
        tcase_add_test(tests, as_of_then_the_rows_are_those_of_then);
        tcase_add_test(tests, what_cannot_be_held_side_by_side_is_said);
        return run_case(tests, "ask-roster");
}
