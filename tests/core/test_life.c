/* SPDX-License-Identifier: Apache-2.0 */
/* Lives of statements at their edges: what one event after another comes to in the books. */
#include <string.h>

#include "core/life.h"
#include "tests/core/run.h"

#define MOST (MONEY_MAX * SEGMENTS_MAX)
#define STORY_MAX 8

static struct statement_life life;
static uint64_t last_entry;

static void begin(int64_t payable)
{
        const struct life_issue issue = { .posts = true, .says = { payable } };

        last_entry = 0;
        life_issued(&life, &issue);
}

static void settle_books(struct statement_life *of)
{
        struct life_change changes[LIFE_CHANGES_MAX];
        size_t count = life_changes(of, changes);

        for (size_t i = 0; i < count; i++) {
                const struct life_change *change = &changes[i];
                bool done = change->entry ? life_entry_changed(of, change->entry, change->state)
                                          : life_entered(of, ++last_entry, change->purpose,
                                                         change->state, change->cents);

                ck_assert(done);
        }
        ck_assert_uint_eq(life_changes(of, changes), 0);
}

/* What happens: b, e accept; B, E dispute; w the oldest dispute ends; t time. */
struct story {
        int64_t payable;
        const char *events;
        int64_t claims[STORY_MAX];      /* of B and E, in order */
        enum life state;
        int64_t posted, pending, held_bearer, held_earner;
        const char *says;
};

static const struct story stories[] = {
        { 100, "", { 0 }, LIFE_ISSUED, 0, 100, 0, 0, "issued" },
        { 0, "", { 0 }, LIFE_ISSUED, 0, 0, 0, 0, "issued over nothing" },
        { 0, "be", { 0 }, LIFE_ACCEPTED, 0, 0, 0, 0, "nothing, accepted" },
        { 100, "b", { 0 }, LIFE_ISSUED, 0, 100, 0, 0, "one side" },
        { 100, "be", { 0 }, LIFE_ACCEPTED, 100, 0, 0, 0, "both sides" },
        { -100, "eb", { 0 }, LIFE_ACCEPTED, -100, 0, 0, 0, "both sides, the earner owes" },
        { 100, "t", { 0 }, LIFE_LAPSED, 100, 0, 0, 0, "nobody in time" },
        { 100, "bt", { 0 }, LIFE_LAPSED, 100, 0, 0, 0, "one side, the other not in time" },
        { 100, "E", { 130 }, LIFE_DISPUTED, 100, 0, 30, 0, "claims more" },
        { 100, "B", { 60 }, LIFE_DISPUTED, 60, 0, 40, 0, "claims less" },
        { 100, "B", { 0 }, LIFE_DISPUTED, 0, 0, 100, 0, "claims nothing" },
        { 100, "B", { -30 }, LIFE_DISPUTED, 0, 0, 100, -30, "claims it the other way" },
        { 100, "B", { 100 }, LIFE_DISPUTED, 100, 0, 0, 0, "claims the same" },
        { -100, "B", { -130 }, LIFE_DISPUTED, -100, 0, 0, -30, "claims to be owed more" },
        { -100, "E", { -60 }, LIFE_DISPUTED, -60, 0, 0, -40, "claims to owe less" },
        { 0, "E", { 50 }, LIFE_DISPUTED, 0, 0, 50, 0, "claims some of nothing" },
        { 100, "BE", { 60, 130 }, LIFE_DISPUTED, 60, 0, 70, 0, "both dispute" },
        { 100, "BB", { 60, 40 }, LIFE_DISPUTED, 40, 0, 60, 0, "once more, lower" },
        { 100, "BB", { 60, 80 }, LIFE_DISPUTED, 60, 0, 40, 0, "once more, higher" },
        { 100, "BE", { -20, 130 }, LIFE_DISPUTED, 0, 0, 130, -20, "both, either way" },
        { 100, "Bw", { 60 }, LIFE_ISSUED, 60, 40, 0, 0, "taken back: the rest is pending" },
        { 100, "Ew", { 130 }, LIFE_ISSUED, 100, 0, 0, 0, "taken back: all is posted already" },
        { 100, "BEw", { 60, 130 }, LIFE_DISPUTED, 100, 0, 30, 0, "one of two taken back" },
        { 100, "BEww", { 60, 130 }, LIFE_ISSUED, 100, 0, 0, 0, "both taken back" },
        { 100, "Bwbe", { 60 }, LIFE_ACCEPTED, 100, 0, 0, 0, "taken back and accepted" },
        { 100, "Bwt", { 60 }, LIFE_LAPSED, 100, 0, 0, 0, "taken back, and silence" },
        { 100, "BwB", { 60, 30 }, LIFE_DISPUTED, 30, 0, 70, 0, "taken back and disputed again" },
        { MOST, "B", { -MOST }, LIFE_DISPUTED, 0, 0, MOST, -MOST, "as much as there can be" },
};

static void tell(const struct story *story)
{
        const int64_t *claims = story->claims;
        uint64_t dispute = 1000, ended = 1000;
        bool full;

        for (const char *event = story->events; *event; event++) {
                struct life_claim claim = { dispute + 1, SIDE_BEARER, *claims };

                switch (*event) {
                case 'b':
                case 'e':
                        life_accepted(&life, *event == 'b' ? SIDE_BEARER : SIDE_EARNER);
                        break;
                case 'B':
                case 'E':
                        claim.side = *event == 'B' ? SIDE_BEARER : SIDE_EARNER;
                        ck_assert(life_takes_dispute(&life, claim.side, &full));
                        life_disputed(&life, &claim);
                        claims++;
                        dispute++;
                        break;
                case 'w':
                        ck_assert(life_dispute_ended(&life, ++ended));
                        break;
                default:
                        life_lapsed(&life);
                }
                settle_books(&life);
        }
}

START_TEST(an_event_after_another)
{
        const struct story *story = &stories[_i];
        const struct life_part *part = &life.parts[LIFE_SETTLEMENT];

        begin(story->payable);
        settle_books(&life);
        tell(story);
        ck_assert_msg(life.state == story->state, "%s", story->says);
        ck_assert_msg(part->posted == story->posted, "%s", story->says);
        ck_assert_msg(part->pending.cents == story->pending, "%s", story->says);
        ck_assert_msg(life.holds[LIFE_HOLD_BEARER].cents == story->held_bearer, "%s", story->says);
        ck_assert_msg(life.holds[LIFE_HOLD_EARNER].cents == story->held_earner, "%s", story->says);
        ck_assert_int_eq(life_held(&life), story->held_bearer - story->held_earner);
        ck_assert_int_eq(life_open(&life), story->posted);
        ck_assert_int_eq(part->posted + part->pending.cents, life_undisputed(&life));
}
END_TEST

START_TEST(what_is_over_takes_no_word)
{
        static const char *const over[] = { "be", "t" };
        bool full;

        begin(100);
        tell(&(struct story) { .events = over[_i] });
        for (enum side side = SIDE_BEARER; side <= SIDE_EARNER; side++) {
                ck_assert(!life_takes_acceptance(&life, side));
                ck_assert(!life_takes_dispute(&life, side, &full));
        }
        ck_assert(!life_waits(&life));
}
END_TEST

START_TEST(who_accepted_cannot_dispute_and_nobody_accepts_what_is_disputed)
{
        bool full;

        begin(100);
        life_accepted(&life, SIDE_BEARER);
        ck_assert(!life_takes_acceptance(&life, SIDE_BEARER));
        ck_assert(!life_takes_dispute(&life, SIDE_BEARER, &full));
        ck_assert(life_takes_dispute(&life, SIDE_EARNER, &full));
        life_disputed(&life, &(struct life_claim) { 7, SIDE_EARNER, 120 });
        ck_assert(!life_takes_acceptance(&life, SIDE_EARNER));
        ck_assert(!life_waits(&life));
        ck_assert(!life_dispute_ended(&life, 8));
        ck_assert(life_dispute_ended(&life, 7));
        ck_assert(!life_dispute_ended(&life, 7));
        ck_assert(life_takes_acceptance(&life, SIDE_EARNER));
        life_accepted(&life, SIDE_EARNER);
        ck_assert_int_eq(life.state, LIFE_ACCEPTED);
}
END_TEST

START_TEST(so_many_disputes_and_no_more)
{
        bool full = true;

        begin(100);
        for (uint64_t i = 1; i <= LIFE_CLAIMS_MAX; i++) {
                ck_assert(life_takes_dispute(&life, SIDE_BEARER, &full));
                ck_assert(!full);
                life_disputed(&life, &(struct life_claim) { i, SIDE_BEARER, 1 });
        }
        ck_assert(life_takes_dispute(&life, SIDE_BEARER, &full));
        ck_assert(full);
}
END_TEST

/* The newer inherits what was posted, and nothing that was pending. */
START_TEST(a_newer_one_posts_the_difference)
{
        struct statement_life older;

        begin(100);
        settle_books(&life);
        if (_i) {
                tell(&(struct story) { .events = "be" });
        }
        older = life;
        life_issued(&life, &(struct life_issue) { .posts = true, .says = { 130, 7, 0, 2 } });
        life_replaced(&older, &life);
        settle_books(&older);
        settle_books(&life);
        ck_assert_int_eq(older.state, LIFE_REPLACED);
        ck_assert_uint_eq(older.parts[LIFE_SETTLEMENT].pending.entry, 0);
        ck_assert_int_eq(life.parts[LIFE_SETTLEMENT].pending.cents, _i ? 30 : 130);
        ck_assert_int_eq(life.parts[LIFE_WITHHELD].pending.cents, 7);
        ck_assert_int_eq(life.parts[LIFE_RECOUPED].pending.cents, 2);
        tell(&(struct story) { .events = "t" });
        ck_assert_int_eq(life.parts[LIFE_SETTLEMENT].posted, _i ? 30 : 130);
        ck_assert_int_eq(life.parts[LIFE_WITHHELD].posted, 7);
        ck_assert_int_eq(life_open(&older) + life_open(&life), 130);
}
END_TEST

/* What nobody disputed was posted; the restated statement makes up the rest of either sign. */
START_TEST(a_disputed_one_is_replaced)
{
        struct statement_life older;

        begin(100);
        settle_books(&life);
        tell(&(struct story) { .events = "E", .claims = { 130 } });
        older = life;
        life_issued(&life, &(struct life_issue) { .posts = true, .says = { 120 } });
        life_replaced(&older, &life);
        settle_books(&older);
        settle_books(&life);
        ck_assert_int_eq(life_held(&older), 0);
        ck_assert_uint_eq(older.holds[LIFE_HOLD_BEARER].entry, 0);
        ck_assert_int_eq(life.parts[LIFE_SETTLEMENT].pending.cents, 20);
        ck_assert(!life_dispute_ended(&older, 1001));    /* it ended with the statement */
}
END_TEST

/* On facts in dispute: what both versions have is payable, the rest is held for good. */
START_TEST(versions_hold_what_they_differ_by)
{
        begin(100);
        life.has_versions = true;
        life.by_bearer = 100;
        life.by_earner = 160;
        settle_books(&life);
        ck_assert_int_eq(life.holds[LIFE_HOLD_BEARER].cents, 60);
        tell(&(struct story) { .events = "B", .claims = { 70 } });
        ck_assert_int_eq(life.parts[LIFE_SETTLEMENT].posted, 70);
        ck_assert_int_eq(life.holds[LIFE_HOLD_BEARER].cents, 90);
        tell(&(struct story) { .events = "wbe" });
        ck_assert_int_eq(life.parts[LIFE_SETTLEMENT].posted, 100);
        ck_assert_int_eq(life.holds[LIFE_HOLD_BEARER].cents, 60);
}
END_TEST

START_TEST(one_that_posts_nothing_is_talked_about_all_the_same)
{
        struct life_change changes[LIFE_CHANGES_MAX];

        life_issued(&life, &(struct life_issue) { .posts = false, .says = { 100 } });
        ck_assert(life_takes_acceptance(&life, SIDE_BEARER));
        life_accepted(&life, SIDE_BEARER);
        life_disputed(&life, &(struct life_claim) { 5, SIDE_EARNER, 300 });
        ck_assert_int_eq(life.state, LIFE_NONE);
        ck_assert(life_dispute_ended(&life, 5));
        life_accepted(&life, SIDE_EARNER);
        ck_assert_int_eq(life.state, LIFE_NONE);
        ck_assert_uint_eq(life_changes(&life, changes), 0);
        ck_assert_int_eq(life_held(&life), 0);
        ck_assert(!life_waits(&life));
        ck_assert(!life_entered(&life, 1, PURPOSE_SETTLEMENT, JOURNAL_PENDING, 100));
}
END_TEST

START_TEST(one_that_was_overtaken_posts_nothing)
{
        struct life_change changes[LIFE_CHANGES_MAX];

        life_issued(&life, &(struct life_issue) { .posts = true, .overtaken = true,
                                                  .says = { 100 } });
        ck_assert_int_eq(life.state, LIFE_REPLACED);
        ck_assert_uint_eq(life_changes(&life, changes), 0);
        ck_assert(!life_stands(&life));
}
END_TEST

static const struct {
        enum purpose purpose;
        enum journal_state state;
        uint64_t entry;
        int64_t cents;
} strange[] = {
        { PURPOSE_SETTLEMENT, JOURNAL_PENDING, 9, 10 },         /* a second one */
        { PURPOSE_SETTLEMENT, JOURNAL_VOIDED, 9, 10 },
        { PURPOSE_SETTLEMENT, JOURNAL_POSTED, 9, 0 },
        { PURPOSE_SETTLEMENT, JOURNAL_POSTED, 0, 10 },
        { PURPOSE_HOLD, JOURNAL_POSTED, 9, 10 },
        { PURPOSE_PAYMENT, JOURNAL_PENDING, 9, 10 },
        { PURPOSE_REVERSAL, JOURNAL_POSTED, 9, 10 },
};

START_TEST(an_entry_without_a_place_is_not_taken)
{
        struct statement_life before;

        begin(100);
        settle_books(&life);
        before = life;
        ck_assert(!life_entered(&life, strange[_i].entry, strange[_i].purpose, strange[_i].state,
                                strange[_i].cents));
        ck_assert_mem_eq(&before, &life, sizeof(life));
}
END_TEST

START_TEST(a_change_comes_once_and_to_what_is_pending)
{
        uint64_t entry, hold;

        begin(100);
        settle_books(&life);
        entry = life.parts[LIFE_SETTLEMENT].pending.entry;
        ck_assert(!life_entry_changed(&life, 0, JOURNAL_VOIDED));
        ck_assert(!life_entry_changed(&life, entry + 1, JOURNAL_POSTED));
        ck_assert(!life_entry_changed(&life, entry, JOURNAL_PENDING));
        ck_assert(life_entry_changed(&life, entry, JOURNAL_POSTED));
        ck_assert(!life_entry_changed(&life, entry, JOURNAL_VOIDED));
        begin(100);
        settle_books(&life);
        tell(&(struct story) { .events = "E", .claims = { 130 } });
        hold = life.holds[LIFE_HOLD_BEARER].entry;
        ck_assert(!life_entry_changed(&life, hold, JOURNAL_POSTED));
        ck_assert(life_entry_changed(&life, hold, JOURNAL_VOIDED));
}
END_TEST

START_TEST(what_is_paid_is_open_no_more_until_it_is_taken_back)
{
        begin(100);
        settle_books(&life);
        tell(&(struct story) { .events = "be" });
        ck_assert(life_entered(&life, 50, PURPOSE_PAYMENT, JOURNAL_POSTED, 70));
        ck_assert_int_eq(life_open(&life), 30);
        ck_assert(life_reversed(&life, PURPOSE_PAYMENT, 70));
        ck_assert_int_eq(life_open(&life), 100);
        ck_assert(!life_reversed(&life, PURPOSE_HOLD, 10));
        ck_assert(life_reversed(&life, PURPOSE_SETTLEMENT, 100));
        ck_assert_int_eq(life.parts[LIFE_SETTLEMENT].posted, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("life");

        tcase_add_loop_test(tests, an_event_after_another, 0, COUNT_OF(stories));
        tcase_add_loop_test(tests, what_is_over_takes_no_word, 0, 2);
        tcase_add_test(tests, who_accepted_cannot_dispute_and_nobody_accepts_what_is_disputed);
        tcase_add_test(tests, so_many_disputes_and_no_more);
        tcase_add_loop_test(tests, a_newer_one_posts_the_difference, 0, 2);
        tcase_add_test(tests, a_disputed_one_is_replaced);
        tcase_add_test(tests, versions_hold_what_they_differ_by);
        tcase_add_test(tests, one_that_posts_nothing_is_talked_about_all_the_same);
        tcase_add_test(tests, one_that_was_overtaken_posts_nothing);
        tcase_add_loop_test(tests, an_entry_without_a_place_is_not_taken, 0, COUNT_OF(strange));
        tcase_add_test(tests, a_change_comes_once_and_to_what_is_pending);
        tcase_add_test(tests, what_is_paid_is_open_no_more_until_it_is_taken_back);
        return run_case(tests, "life");
}
