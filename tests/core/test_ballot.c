/* SPDX-License-Identifier: Apache-2.0 */
/* What a ballot comes to: as tables, and what holds of any votes. */
#include <stdio.h>
#include <string.h>

#include "core/ballot.h"
#include "core/check.h"
#include "tests/core/run.h"
#include "tests/draw.h"
#include "tests/rounds.h"

static struct charter council, proposed;

/* Two payers, three providers, one community organisation; half of each, two thirds of those. */
static void seat(struct charter *charter, const char *party, enum role_kind role)
{
        struct seat *seat = &charter->seats[charter->seat_count++];

        snprintf(seat->party.text, sizeof(seat->party.text), "%s", party);
        seat->role = role;
}

static void set_up(void)
{
        static const struct rate half = { 1, 2 };

        memset(&council, 0, sizeof(council));
        council.version = 1;
        council.disclosure = disclosure_default;
        council.approval = (struct rate) { 2, 3 };
        council.class_count = 3;
        council.classes[0] = (struct seat_class) { ROLE_PAYER, half };
        council.classes[1] = (struct seat_class) { ROLE_PROVIDER, half };
        council.classes[2] = (struct seat_class) { ROLE_COMMUNITY_ORGANISATION, half };
        seat(&council, "a", ROLE_PAYER);
        seat(&council, "b", ROLE_PAYER);
        seat(&council, "c", ROLE_PROVIDER);
        seat(&council, "d", ROLE_PROVIDER);
        seat(&council, "e", ROLE_PROVIDER);
        seat(&council, "f", ROLE_COMMUNITY_ORGANISATION);
        proposed = council;
        proposed.version = 2;
}

#define VOTES_MAX 64

/* "a+ b- c0": for, against, abstains; in that order. */
static uint32_t read_votes(const char *text, struct ballot_vote *ret)
{
        uint32_t count = 0;

        for (; *text; text += text[2] ? 3 : 2) {
                ret[count] = (struct ballot_vote) {
                        .choice = text[1] == '+' ? CHOICE_FOR
                                  : text[1] == '-' ? CHOICE_AGAINST : CHOICE_ABSTAINS,
                };
                ret[count++].party.text[0] = text[0];
        }
        return count;
}

struct row {
        const char *votes;
        uint64_t vacant;
        bool founding, outdated;
        enum ballot_outcome outcome;
        const char *says;
};

static const struct row rows[] = {
        { "a+ c+ d+ f+", 0, false, false, BALLOT_PASSED,
          "passed: 4 for, 0 against, 0 abstained, of 6 seats" },
        { "", 0, false, false, BALLOT_NO_QUORUM,
          "no-quorum: 0 for, 0 against, 0 abstained, of 6 seats; too few voted of: payer (0 of 2), "
          "provider (0 of 3), community-organisation (0 of 1)" },
        { "a+ c+ f+", 0, false, false, BALLOT_NO_QUORUM,
          "no-quorum: 3 for, 0 against, 0 abstained, of 6 seats; too few voted of: provider (1 of "
          "3)" },
        { "a+ c0 d0 f0", 0, false, false, BALLOT_PASSED,
          "passed: 1 for, 0 against, 3 abstained, of 6 seats" },
        { "a0 c0 d0 f0", 0, false, false, BALLOT_REJECTED,
          "rejected: 0 for, 0 against, 4 abstained, of 6 seats; 2/3 of those for and against must "
          "be for" },
        { "a+ c+ d- f0", 0, false, false, BALLOT_PASSED,
          "passed: 2 for, 1 against, 1 abstained, of 6 seats" },
        { "a+ c- d0 f0", 0, false, false, BALLOT_REJECTED, NULL },
        { "a- a+ c+ d+ f+", 0, false, false, BALLOT_PASSED,
          "passed: 4 for, 0 against, 0 abstained, of 6 seats" },
        { "a+ c+ d+ f+ a-", 0, false, false, BALLOT_PASSED,
          "passed: 3 for, 1 against, 0 abstained, of 6 seats" },
        { "x+ y+ z+", 0, false, false, BALLOT_NO_QUORUM, NULL },
        /* c and d have left: what they said falls, and nobody votes for them */
        { "a+ c+ d+ f+", 1u << 2 | 1u << 3, false, false, BALLOT_NO_QUORUM,
          "no-quorum: 2 for, 0 against, 0 abstained, of 6 seats; too few voted of: provider (0 of "
          "3)" },
        { "a+ c+ d- e+ f+", 1u << 3, false, false, BALLOT_PASSED,
          "passed: 4 for, 0 against, 0 abstained, of 6 seats" },
        { "a+ c+ d+ f+", 0, false, true, BALLOT_OUTDATED,
          "outdated: 4 for, 0 against, 0 abstained, of 6 seats; another charter was passed before "
          "it" },
        { "", 0, false, true, BALLOT_OUTDATED, NULL },
        /* the first one takes all */
        { "a+ b+ c+ d+ e+ f+", 0, true, false, BALLOT_PASSED,
          "passed: 6 for, 0 against, 0 abstained, of 6 seats" },
        { "a+ b+ c+ d+ e+", 0, true, false, BALLOT_NO_QUORUM,
          "no-quorum: 5 for, 0 against, 0 abstained, of 6 seats; too few voted of: "
          "community-organisation (0 of 1)" },
        { "a+ b+ c+ d+ e+ f0", 0, true, false, BALLOT_REJECTED,
          "rejected: 5 for, 0 against, 1 abstained, of 6 seats; the first charter takes the vote "
          "of every seat" },
        { "a+ b+ c+ d+ e+ f+", 1u << 5, true, false, BALLOT_NO_QUORUM, NULL },
};

static void count_row(const struct row *row, struct ballot_result *ret)
{
        struct ballot_vote votes[VOTES_MAX];
        const struct ballot_case ballot = {
                .council = row->founding ? NULL : &council, .proposed = &proposed,
                .outdated = row->outdated, .vacant = row->vacant, .votes = votes,
                .vote_count = read_votes(row->votes, votes),
        };

        memset(ret, 0, sizeof(*ret));
        ballot_count(&ballot, ret);
}

START_TEST(a_ballot_comes_to_what_its_votes_say)
{
        struct ballot_result result;

        set_up();
        count_row(&rows[_i], &result);
        ck_assert_msg(result.outcome == rows[_i].outcome, "%s: %s", rows[_i].votes,
                      result.says.text);
        ck_assert_uint_eq(result.version, 2);
        if (rows[_i].says)
                ck_assert_str_eq(result.says.text, rows[_i].says);
}
END_TEST

START_TEST(who_holds_two_seats_votes_twice)
{
        const struct row row = { "a+ c- d0 f0", 0, false, false, BALLOT_PASSED, NULL };
        struct ballot_result result;

        set_up();
        council.classes[3] = (struct seat_class) { ROLE_FUNDER, { 1, 1 } };
        council.class_count = 4;
        seat(&council, "a", ROLE_FUNDER);
        count_row(&row, &result);
        ck_assert_int_eq(result.outcome, BALLOT_PASSED);
        ck_assert_uint_eq(result.classes[0].votes_for, 1);
        ck_assert_uint_eq(result.classes[3].votes_for, 1);
        ck_assert_uint_eq(result.classes[1].votes_against, 1);
}
END_TEST

/* Exactly the quorum and exactly the approval are enough; a seat or a vote less is not. */
START_TEST(a_bar_is_reached_by_as_much_as_it_says)
{
        const struct row enough = { "a+ b+ c+ d- e+ f-", 0, false, false, 0, NULL };
        struct ballot_result result;

        set_up();
        council.classes[1].quorum = (struct rate) { 1, 1 };
        count_row(&enough, &result);
        ck_assert_int_eq(result.outcome, BALLOT_PASSED);
        council.approval = (struct rate) { 667, 1000 };
        count_row(&enough, &result);
        ck_assert_int_eq(result.outcome, BALLOT_REJECTED);
        council.approval = (struct rate) { 2, 3 };
        council.classes[2].quorum = (struct rate) { RATE_PART_MAX, RATE_PART_MAX };
        count_row(&enough, &result);
        ck_assert_int_eq(result.outcome, BALLOT_PASSED);
        count_row(&(struct row) { "a+ b+ c+ d- f-", 0, false, false, 0, NULL }, &result);
        ck_assert_int_eq(result.outcome, BALLOT_NO_QUORUM);
}
END_TEST

/* ---- of any votes */

struct drawn {
        uint64_t state, vacant;
        unsigned int seats;
        struct ballot_vote votes[VOTES_MAX];
        uint32_t count;
};

static void draw_council(struct drawn *d)
{
        static const enum role_kind roles[] = { ROLE_PAYER, ROLE_PROVIDER, ROLE_FUNDER };
        char name[3] = "a";

        set_up();
        council.seat_count = 0;
        d->seats = 3 + (unsigned int)xorshift_below(&d->state, 20);
        for (unsigned int i = 0; i < 3; i++) {
                council.classes[i].role = roles[i];
                council.classes[i].quorum.num = 1 + (int64_t)xorshift_below(&d->state, 6);
                council.classes[i].quorum.den = 6;
        }
        council.approval = (struct rate) { 3 + (int64_t)xorshift_below(&d->state, 4), 6 };
        for (unsigned int i = 0; i < d->seats; i++) {
                name[0] = (char)('a' + i);
                seat(&council, name, roles[i < 3 ? i : xorshift_below(&d->state, 3)]);
        }
        d->vacant = xorshift_below(&d->state, 3) ? 0 : xorshift(&d->state) & xorshift(&d->state);
        d->count = 0;
}

/* One vote of each party that votes. */
static void draw_votes(struct drawn *d)
{
        for (unsigned int i = 0; i < d->seats; i++) {
                if (xorshift_below(&d->state, 4) == 0)
                        continue;
                d->votes[d->count] = (struct ballot_vote) {
                        council.seats[i].party,
                        (enum choice)(1 + xorshift_below(&d->state, 3)),
                };
                d->count++;
        }
}

static enum ballot_outcome outcome_of(const struct drawn *d, uint64_t vacant,
                                      struct ballot_result *ret)
{
        const struct ballot_case ballot = {
                .council = &council, .proposed = &proposed, .vacant = vacant,
                .votes = d->votes, .vote_count = d->count,
        };

        memset(ret, 0, sizeof(*ret));
        ballot_count(&ballot, ret);
        return ret->outcome;
}

static bool is_passed(const struct drawn *d, uint64_t vacant)
{
        struct ballot_result result;

        return outcome_of(d, vacant, &result) == BALLOT_PASSED;
}

#define ROUNDS ROUNDS_OF(8000)

/* A vote that becomes one for, or comes as one, takes nothing away; one against gives nothing. */
START_TEST(a_vote_for_never_hurts_and_one_against_instead_of_it_never_helps)
{
        struct drawn d = { .state = xorshift_seeded(7) };

        for (int i = 0; i < ROUNDS; i++) {
                bool before;

                draw_council(&d);
                draw_votes(&d);
                if (!d.count)
                        continue;
                before = is_passed(&d, d.vacant);
                d.votes[xorshift_below(&d.state, d.count)].choice = CHOICE_FOR;
                ck_assert(!before || is_passed(&d, d.vacant));
                before = is_passed(&d, d.vacant);
                d.votes[xorshift_below(&d.state, d.count)].choice = CHOICE_AGAINST;
                ck_assert(before || !is_passed(&d, d.vacant));
        }
}
END_TEST

START_TEST(an_empty_seat_never_makes_a_quorum)
{
        struct drawn d = { .state = xorshift_seeded(8) };

        for (int i = 0; i < ROUNDS; i++) {
                struct ballot_result full, empty;

                draw_council(&d);
                draw_votes(&d);
                outcome_of(&d, d.vacant, &full);
                outcome_of(&d, d.vacant | 1u << xorshift_below(&d.state, d.seats), &empty);
                for (uint32_t c = 0; c < 3; c++) {
                        ck_assert(full.classes[c].quorum || !empty.classes[c].quorum);
                        ck_assert_uint_eq(full.classes[c].seats, empty.classes[c].seats);
                        ck_assert(full.classes[c].votes_for >= empty.classes[c].votes_for);
                }
        }
}
END_TEST

/* The seat of one who is for becomes empty: what was not passed is not passed by that. */
START_TEST(who_is_for_never_helps_by_leaving)
{
        struct drawn d = { .state = xorshift_seeded(9) };

        for (int i = 0; i < ROUNDS; i++) {
                draw_council(&d);
                draw_votes(&d);
                for (unsigned int s = 0; s < d.seats; s++) {
                        bool is_for = false;

                        for (uint32_t v = 0; v < d.count; v++)
                                is_for |= d.votes[v].choice == CHOICE_FOR &&
                                          name_equal(&d.votes[v].party, &council.seats[s].party);
                        if (is_for && !is_passed(&d, 0))
                                ck_assert(!is_passed(&d, UINT64_C(1) << s));
                }
        }
}
END_TEST

START_TEST(the_order_of_votes_of_different_parties_counts_nothing)
{
        struct drawn d = { .state = xorshift_seeded(10) };

        for (int i = 0; i < ROUNDS; i++) {
                struct ballot_result before, after;

                draw_council(&d);
                draw_votes(&d);
                outcome_of(&d, d.vacant, &before);
                for (uint32_t v = d.count; v > 1; v--) {
                        const uint64_t other = xorshift_below(&d.state, v);
                        const struct ballot_vote vote = d.votes[v - 1];

                        d.votes[v - 1] = d.votes[other];
                        d.votes[other] = vote;
                }
                outcome_of(&d, d.vacant, &after);
                ck_assert_mem_eq(&before, &after, sizeof(before));
        }
}
END_TEST

START_TEST(of_a_party_the_last_vote_counts_whatever_it_said_before)
{
        struct drawn d = { .state = xorshift_seeded(11) };

        for (int i = 0; i < ROUNDS; i++) {
                struct ballot_result before, after;
                struct drawn said = { .count = 0 };

                draw_council(&d);
                draw_votes(&d);
                outcome_of(&d, d.vacant, &before);
                for (uint32_t v = 0; v < d.count; v++) {
                        said.votes[said.count] = d.votes[v];
                        said.votes[said.count++].choice =
                                (enum choice)(1 + xorshift_below(&d.state, 3));
                }
                for (uint32_t v = 0; v < d.count; v++)
                        said.votes[said.count++] = d.votes[v];
                outcome_of(&said, d.vacant, &after);
                ck_assert_mem_eq(&before, &after, sizeof(before));
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("ballot");

        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, a_ballot_comes_to_what_its_votes_say, 0, COUNT_OF(rows));
        tcase_add_test(tests, who_holds_two_seats_votes_twice);
        tcase_add_test(tests, a_bar_is_reached_by_as_much_as_it_says);
        tcase_add_test(tests, a_vote_for_never_hurts_and_one_against_instead_of_it_never_helps);
        tcase_add_test(tests, an_empty_seat_never_makes_a_quorum);
        tcase_add_test(tests, who_is_for_never_helps_by_leaving);
        tcase_add_test(tests, the_order_of_votes_of_different_parties_counts_nothing);
        tcase_add_test(tests, of_a_party_the_last_vote_counts_whatever_it_said_before);
        return run_case(tests, "ballot");
}
