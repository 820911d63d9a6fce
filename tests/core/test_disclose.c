/* SPDX-License-Identifier: Apache-2.0 */
/* What may be shown of many: each rule at its boundary, the reference's arrays (TV-31), all of it
 * against sums made the long way. */
#include <string.h>

#include "core/disclose.h"
#include "tests/core/run.h"
#include "tests/draw.h"
#include "tests/rounds.h"

#define MOST 12

static struct respondent respondents[MOST];

static size_t amounts(const int64_t *from, size_t count)
{
        for (size_t i = 0; i < count; i++)
                respondents[i] = (struct respondent) { .no = (uint32_t)i + 1, .amount = from[i] };
        return count;
}

static size_t until_zero(const int64_t *from)
{
        size_t count = 0;

        while (from[count])
                count++;
        return amounts(from, count);
}

/* ---- the arrays of the reference, section 9 */

static const struct {
        int64_t amounts[MOST];
        enum disclosure_rule rule;
} reference[] = {
        { { 500, 300, 120, 50, 30 }, DISCLOSURE_SHARE },
        { { 700, 200, 50, 30, 20 }, DISCLOSURE_SHARE },
        { { 240, 230, 210, 180, 140 }, DISCLOSURE_PASSES },
        { { 250, 250, 250, 250 }, DISCLOSURE_CONTRIBUTORS },
};

START_TEST(the_arrays_of_the_reference_come_out)
{
        size_t count = until_zero(reference[_i].amounts);

        ck_assert_int_eq(disclose_dominance(NULL, respondents, count), reference[_i].rule);
}
END_TEST

/* Of the same arrays, each rule by itself: what it says does not depend on the others. */
static const struct {
        int64_t amounts[MOST];
        bool share, dominant, estimate;
} one_by_one[] = {
        { { 500, 300, 120, 50, 30 }, false, true, true },
        { { 700, 200, 50, 30, 20 }, false, false, false },
        { { 240, 230, 210, 180, 140 }, true, true, true },
};

START_TEST(each_rule_of_the_reference_by_itself)
{
        struct disclosure_rules rules = { .contributors = 1, .most_share = { 1, 1 },
                                          .dominant = 2, .dominant_share = { 1, 1 },
                                          .estimate = { 0, 1 } };
        size_t count = until_zero(one_by_one[_i].amounts);

        rules.most_share = disclosure_default.most_share;
        ck_assert_int_eq(disclose_dominance(&rules, respondents, count) == DISCLOSURE_PASSES,
                         one_by_one[_i].share);
        rules.most_share = (struct rate) { 1, 1 };
        rules.dominant_share = disclosure_default.dominant_share;
        ck_assert_int_eq(disclose_dominance(&rules, respondents, count) == DISCLOSURE_PASSES,
                         one_by_one[_i].dominant);
        ck_assert_int_eq(disclose_estimate(disclosure_default.estimate, respondents, count, 1),
                         one_by_one[_i].estimate);
}
END_TEST

/* ---- boundaries */

static const struct {
        const char *says;
        struct disclosure_rules rules;
        int64_t amounts[MOST];
        enum disclosure_rule rule;
} edges[] = {
        { "as many as are asked for", { 3, { 1, 1 }, 1, { 1, 1 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 5, 5, 5 }, DISCLOSURE_PASSES },
        { "one too few", { 3, { 1, 1 }, 1, { 1, 1 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 5, 5 }, DISCLOSURE_CONTRIBUTORS },
        { "exactly the most share", { 1, { 1, 4 }, 1, { 1, 1 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 25, 25, 25, 24, 1 }, DISCLOSURE_PASSES },
        { "a cent more than the most share", { 1, { 1, 4 }, 1, { 1, 1 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 10001, 10000, 10000, 10000, 2 }, DISCLOSURE_SHARE },
        { "exactly k of the largest two", { 1, { 1, 1 }, 2, { 85, 100 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 50, 35, 10, 5 }, DISCLOSURE_PASSES },
        { "more than k of the largest two",
          { 1, { 1, 1 }, 2, { 85, 100 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 50, 36, 10, 4 }, DISCLOSURE_DOMINANT },
        { "more largest ones than there are", { 1, { 1, 1 }, 9, { 1, 1 }, { 0, 1 }, 0, 0, 0, 1, 1 },
          { 50, 36 }, DISCLOSURE_PASSES },
        { "p % of the largest left to two who know",
          { 1, { 1, 1 }, 1, { 1, 1 }, { 20, 100 }, 0, 0, 0, 1, 1 },
          { 100, 90, 80, 20 }, DISCLOSURE_PASSES },
        { "a cent less than p % of the largest",
          { 1, { 1, 1 }, 1, { 1, 1 }, { 20, 100 }, 0, 0, 0, 1, 1 },
          { 100, 90, 80, 19 }, DISCLOSURE_ESTIMATE },
        { "of three, two know the third", { 1, { 1, 1 }, 1, { 1, 1 }, { 1, 100 }, 0, 0, 0, 1, 1 },
          { 100, 90, 80 }, DISCLOSURE_ESTIMATE },
        { "nobody has nothing to hide", { 5, { 1, 4 }, 2, { 1, 2 }, { 1, 5 }, 11, 92, 5, 1, 1 },
          { 0 }, DISCLOSURE_PASSES },
};

START_TEST(rules_at_their_boundaries)
{
        size_t count = until_zero(edges[_i].amounts);

        ck_assert_msg(disclose_dominance(&edges[_i].rules, respondents, count) == edges[_i].rule,
                      "%s", edges[_i].says);
}
END_TEST

START_TEST(the_largest_amounts_there_are_can_be_compared)
{
        const int64_t most[] = { MONEY_MAX * 500, MONEY_MAX * 500, MONEY_MAX * 500,
                                 MONEY_MAX * 500, MONEY_MAX * 500 };

        ck_assert_int_eq(disclose_dominance(NULL, respondents, amounts(most, 5)),
                         DISCLOSURE_PASSES);
}
END_TEST

static const struct {
        uint64_t numerator, denominator;
        bool shown;
} people[] = {
        { 0, 0, true },    { 0, 11, true },   { 0, 10, false }, { 1, 100, false },
        { 10, 100, false }, { 11, 100, true }, { 89, 100, true }, { 90, 100, false },
        { 99, 100, false }, { 100, 100, true }, { 11, 22, true }, { 11, 21, false },
        { 11, 11, true },  { 10, 10, false },
};

START_TEST(cells_of_people_are_those_that_are_counted_all_and_the_others)
{
        ck_assert_msg((disclose_cells(NULL, people[_i].numerator, people[_i].denominator) ==
                       DISCLOSURE_PASSES) == people[_i].shown,
                      "%llu of %llu", (unsigned long long)people[_i].numerator,
                      (unsigned long long)people[_i].denominator);
}
END_TEST

START_TEST(what_ended_exactly_the_lag_ago_is_old_enough)
{
        const date until = date_of(2027, 1, 1);

        ck_assert(disclose_lag(NULL, until, until + 92));
        ck_assert(!disclose_lag(NULL, until, until + 91));
        ck_assert(!disclose_lag(NULL, until, until - 1));
}
END_TEST

static const struct {
        const char *says;
        struct respondent now[3], before[3];
        size_t now_count, before_count, changed;
        int64_t sum;
} changes[] = {
        { "the same", { { 1, 5, 7 }, { 2, 5, 7 } }, { { 1, 5, 7 }, { 2, 5, 7 } }, 2, 2, 0, 0 },
        { "one came", { { 1, 5, 7 }, { 2, 5, 7 } }, { { 1, 5, 7 } }, 2, 1, 1, 5 },
        { "one went", { { 2, 5, 7 } }, { { 1, 5, 7 }, { 2, 5, 7 } }, 1, 2, 1, 5 },
        { "one came and one went", { { 2, 5, 7 }, { 3, 4, 7 } }, { { 1, 5, 7 }, { 2, 5, 7 } },
          2, 2, 2, 9 },
        { "one's amount", { { 1, 6, 7 }, { 2, 5, 7 } }, { { 1, 5, 7 }, { 2, 7, 7 } }, 2, 2, 2, 3 },
        { "one's terms", { { 1, 5, 8 }, { 2, 5, 7 } }, { { 1, 5, 7 }, { 2, 5, 7 } }, 2, 2, 1, 0 },
        { "all of them went", { { 0 } }, { { 1, 5, 7 }, { 2, 5, 7 }, { 9, 1, 1 } }, 0, 3, 3, 11 },
};

START_TEST(changes_are_counted_by_respondent)
{
        struct respondent changed[6];
        int64_t sum = 0;
        size_t count = disclose_changed(changes[_i].now, changes[_i].now_count, changes[_i].before,
                                        changes[_i].before_count, changed);

        for (size_t i = 0; i < count; i++)
                sum += changed[i].amount;
        ck_assert_msg(count == changes[_i].changed && sum == changes[_i].sum, "%s",
                      changes[_i].says);
}
END_TEST

static const struct {
        int64_t amounts[MOST];
        bool shown;
} differences[] = {
        { { 0 }, true },
        { { 9 }, false },
        { { 9, 9, 9, 9 }, false },
        { { 9, 9, 9, 9, 9 }, true },
        { { 100000, 1, 1, 1, 1 }, false },
        { { 25, 25, 25, 24, 1 }, true },
};

START_TEST(nobody_changed_or_as_many_as_hide_each_other)
{
        size_t count = until_zero(differences[_i].amounts);

        ck_assert_int_eq(disclose_change(NULL, respondents, count) == DISCLOSURE_PASSES,
                         differences[_i].shown);
}
END_TEST

/* ---- all of them */

#define ROWS 6

static struct contribution rows[ROWS * ROWS];
static struct respondent room[6 * ROWS * ROWS];
static struct disclosed what;

/* Six payers, six providers, each pays each the same; half of it is the part. */
static void even(void)
{
        for (uint32_t payer = 0; payer < ROWS; payer++)
                for (uint32_t provider = 0; provider < ROWS; provider++)
                        rows[payer * ROWS + provider] = (struct contribution) {
                                .payer = payer + 1, .provider = provider + 101, .whole = 1000,
                                .part = 500,
                        };
        what = (struct disclosed) {
                .rows = rows, .count = ROWS * ROWS, .has_part = true, .today = 1000, .until = 900,
        };
}

static void is(enum disclosure_rule rule)
{
        ck_assert_str_eq(disclosure_rule_word(disclose(NULL, &what, room)),
                         disclosure_rule_word(rule));
}

START_TEST(what_many_bring_alike_is_shown)
{
        even();
        is(DISCLOSURE_PASSES);
}
END_TEST

START_TEST(payers_and_providers_are_both_respondents)
{
        even();
        for (size_t i = 0; i < what.count; i++)
                rows[i].payer = 1 + rows[i].payer % 4;
        is(DISCLOSURE_CONTRIBUTORS);
        even();
        for (size_t i = 0; i < what.count; i++)
                rows[i].provider = 1 + rows[i].provider % 4;
        is(DISCLOSURE_CONTRIBUTORS);
        even();
        for (size_t i = 0; i < what.count; i++)
                if (rows[i].provider == 103)
                        rows[i].whole += 2000;
        is(DISCLOSURE_SHARE);
}
END_TEST

START_TEST(the_part_and_the_rest_are_tested_as_the_whole_is)
{
        even();
        for (size_t i = 0; i < what.count; i++)
                if (rows[i].payer > 4)
                        rows[i].part = 0;
        is(DISCLOSURE_CONTRIBUTORS);
        even();
        for (size_t i = 0; i < what.count; i++)
                if (rows[i].payer > 4)
                        rows[i].part = 1000;
        is(DISCLOSURE_CONTRIBUTORS);
        what.has_part = false;
        is(DISCLOSURE_PASSES);
}
END_TEST

START_TEST(none_of_it_and_all_of_it_are_shown)
{
        even();
        for (size_t i = 0; i < what.count; i++)
                rows[i].part = 0;
        is(DISCLOSURE_PASSES);
        for (size_t i = 0; i < what.count; i++)
                rows[i].part = rows[i].whole;
        is(DISCLOSURE_PASSES);
}
END_TEST

/* One large insurer: its terms are public, so it neither hides the others nor stands out. */
START_TEST(what_is_public_is_taken_out_first)
{
        even();
        for (size_t i = 0; i < what.count; i++)
                if (rows[i].payer == 1)
                        rows[i].whole = 100000;
        is(DISCLOSURE_SHARE);
        for (size_t i = 0; i < what.count; i++)
                rows[i].is_public = rows[i].payer == 1;
        is(DISCLOSURE_PASSES);
        for (size_t i = 0; i < what.count; i++)
                rows[i].is_public = rows[i].payer <= 2;
        is(DISCLOSURE_CONTRIBUTORS);
        for (size_t i = 0; i < what.count; i++)
                rows[i].is_public = true;
        is(DISCLOSURE_PASSES);
}
END_TEST

START_TEST(people_and_lag_are_of_it)
{
        even();
        what.has_people = true;
        what.people = 10;
        what.of_people = 100;
        is(DISCLOSURE_CELL);
        what.people = 11;
        is(DISCLOSURE_PASSES);
        what.until = what.today - 91;
        is(DISCLOSURE_LAG);
        what.until--;
        is(DISCLOSURE_PASSES);
}
END_TEST

static struct contribution old[2][ROWS * ROWS];

/* The second release before is the one that tells: not the last one alone counts. */
START_TEST(every_release_in_which_it_was_shown_is_compared)
{
        const struct disclosed_before before[] = { { old[0], ROWS * ROWS },
                                                   { old[1], ROWS * ROWS } };

        even();
        what.before = before;
        what.before_count = 2;
        memcpy(old[0], rows, sizeof(old[0]));
        memcpy(old[1], rows, sizeof(old[1]));
        ck_assert_uint_eq(disclose_room(&what), 6 * ROWS * ROWS);
        is(DISCLOSURE_PASSES);
        for (size_t i = 0; i < ROWS * ROWS; i++)
                old[1][i].whole += 10;
        is(DISCLOSURE_PASSES);
        old[0][7].whole++;
        is(DISCLOSURE_CHANGE);
        what.before = &before[1];
        what.before_count = 1;
        is(DISCLOSURE_PASSES);
}
END_TEST

/*
 * One provider moves its revenue from payer to payer and back, which comes to nothing of its own,
 * so that another's change goes under among the payers'.
 */
START_TEST(who_moves_between_payers_has_changed_as_much_as_they)
{
        const struct disclosed_before before = { old[0], ROWS * ROWS };

        even();
        what.has_part = false;
        memcpy(old[0], rows, sizeof(old[0]));
        what.before = &before;
        what.before_count = 1;
        for (size_t payer = 0; payer < ROWS; payer++)
                rows[payer * ROWS].whole += payer % 2 ? 100 : -100;
        rows[8].whole += 100;
        is(DISCLOSURE_CHANGE);
}
END_TEST

START_TEST(a_part_that_one_has_changed_tells_of_it_though_the_whole_is_the_same)
{
        const struct disclosed_before before = { old[0], ROWS * ROWS };

        even();
        memcpy(old[0], rows, sizeof(old[0]));
        what.before = &before;
        what.before_count = 1;
        old[0][3].part += 10;
        is(DISCLOSURE_CHANGE);
        what.has_part = false;
        is(DISCLOSURE_PASSES);
        old[0][3].mark++;
        is(DISCLOSURE_CHANGE);
}
END_TEST

/* One provider has nearly all of a public programme. */
START_TEST(what_providers_are_paid_is_not_public_though_terms_are)
{
        even();
        for (size_t i = 0; i < what.count; i++) {
                rows[i].is_public = rows[i].payer == 1;
                if (rows[i].is_public && rows[i].provider == 103)
                        rows[i].whole = 100000;
        }
        is(DISCLOSURE_PASSES);
        what.is_of_figures = true;
        is(DISCLOSURE_SHARE);
}
END_TEST

START_TEST(figures_are_rounded_halves_away_from_zero)
{
        const wide long_one = ((wide)1 << 126) - 1;

        ck_assert_int_eq(disclose_round_cents(NULL, exact_of(149999)), 100000);
        ck_assert_int_eq(disclose_round_cents(NULL, exact_of(150000)), 200000);
        ck_assert_int_eq(disclose_round_rate(NULL, exact_ratio(899, 2751)).num, 327000);
        ck_assert_int_eq(disclose_round_rate(NULL, exact_ratio(899, 2751)).den, 1000000);
        ck_assert_int_eq(disclose_round_rate(NULL, exact_ratio(1, 2000)).num, 1000);
        ck_assert_int_eq(disclose_round_rate(NULL, exact_ratio(long_one / 3, long_one)).num,
                         333000);
}
END_TEST

static const struct {
        int64_t num, den, shown, squares;
        int cut;
} indices[] = {
        { 0, 1, 50000, 0, -1 },              { 1, 20, 50000, 50000, -1 },
        { 51, 1000, 51000, 50000, 0 },       { 1, 2, 500000, 500000, 0 },
        { 949, 1000, 949000, 950000, 0 },    { 95, 100, 950000, 950000, 1 },
        { 1, 1, 950000, 1000000, 1 },        { 112, 1000, 112000, 100000, 0 },
};

START_TEST(what_says_how_alike_terms_are_is_never_all_or_nothing)
{
        const struct exact index = exact_ratio(indices[_i].num, indices[_i].den);
        struct rate rate = disclose_round_terms(NULL, index);

        ck_assert_int_eq(rate.num, indices[_i].shown);
        ck_assert_int_eq(disclose_is_cut(rate), indices[_i].cut);
        ck_assert_int_eq(disclose_round_squares(NULL, index).num, indices[_i].squares);
}
END_TEST

/* ---- against the long way */

static int64_t reference_sum(enum respondents by, uint32_t no)
{
        int64_t sum = 0;

        for (size_t i = 0; i < what.count; i++)
                if (!rows[i].is_public &&
                    (by == BY_PAYER ? rows[i].payer : rows[i].provider) == no)
                        sum += rows[i].whole;
        return sum;
}

/* Every pair that knows its own, and every target: what is left of the others hides it or not. */
static bool reference_estimate(const int64_t *sums, size_t count)
{
        for (size_t a = 0; a < count; a++)
                for (size_t b = 0; b < count; b++)
                        for (size_t target = 0; target < count; target++) {
                                int64_t left = 0;

                                for (size_t i = 0; i < count; i++)
                                        if (i != a && i != b && i != target)
                                                left += sums[i];
                                if (target != a && target != b &&
                                    left * 100 < sums[target] * 20)
                                        return false;
                        }
        return true;
}

static bool reference_passes(enum respondents by)
{
        int64_t sums[16], all = 0, pairs = 0;
        size_t count = 0;

        for (uint32_t no = 1; no <= 8; no++) {
                int64_t sum = reference_sum(by, by == BY_PAYER ? no : 100 + no);

                if (sum)
                        sums[count++] = sum;
                all += sum;
        }
        for (size_t i = 0; i < count; i++)
                for (size_t j = 0; j < count; j++)
                        if (i != j && sums[i] + sums[j] > pairs)
                                pairs = sums[i] + sums[j];
        if (count > 0 && count < 5)
                return false;
        for (size_t i = 0; i < count; i++)
                if (sums[i] * 4 > all)
                        return false;
        return pairs * 100 <= all * 85 && reference_estimate(sums, count);
}

START_TEST(drawn_figures_are_decided_as_the_long_way_decides)
{
        uint64_t state = xorshift_seeded((uint64_t)_i + 1);
        bool shown;

        even();
        what.has_part = false;
        what.count = 20 + xorshift_below(&state, 16);
        for (size_t i = 0; i < what.count; i++) {
                rows[i].payer = 1 + (uint32_t)xorshift_below(&state, 8);
                rows[i].provider = 101 + (uint32_t)xorshift_below(&state, 8);
                rows[i].whole = (int64_t)xorshift_below(&state, 12) * 100;
                rows[i].part = 0;
                rows[i].is_public = xorshift_below(&state, 10) == 0;
        }
        shown = reference_passes(BY_PAYER) && reference_passes(BY_PROVIDER);
        ck_assert_int_eq(disclose(NULL, &what, room) == DISCLOSURE_PASSES, shown);
}
END_TEST

/* With no lowered bar nobody is estimated by three others either: a quarter each at most. */
START_TEST(without_a_charter_three_learn_nothing_of_a_fourth)
{
        uint64_t state = xorshift_seeded((uint64_t)_i + 77);
        int64_t drawn[MOST];
        size_t count = 5 + xorshift_below(&state, 4);

        for (size_t i = 0; i < count; i++)
                drawn[i] = 1 + (int64_t)xorshift_below(&state, 100);
        if (disclose_dominance(NULL, respondents, amounts(drawn, count)) != DISCLOSURE_PASSES)
                return;
        ck_assert(disclose_estimate((struct rate) { 1, 1 }, respondents, count, 2));
}
END_TEST

static void add_rules(TCase *tests)
{
        tcase_add_loop_test(tests, the_arrays_of_the_reference_come_out, 0, COUNT_OF(reference));
        tcase_add_loop_test(tests, each_rule_of_the_reference_by_itself, 0, COUNT_OF(one_by_one));
        tcase_add_loop_test(tests, rules_at_their_boundaries, 0, COUNT_OF(edges));
        tcase_add_test(tests, the_largest_amounts_there_are_can_be_compared);
        tcase_add_loop_test(tests, cells_of_people_are_those_that_are_counted_all_and_the_others, 0,
                            COUNT_OF(people));
        tcase_add_test(tests, what_ended_exactly_the_lag_ago_is_old_enough);
        tcase_add_loop_test(tests, nobody_changed_or_as_many_as_hide_each_other, 0,
                            COUNT_OF(differences));
        tcase_add_loop_test(tests, changes_are_counted_by_respondent, 0, COUNT_OF(changes));
}

int main(void)
{
        TCase *tests = tcase_create("disclose");

        tcase_set_timeout(tests, 60);
        add_rules(tests);
        tcase_add_test(tests, what_many_bring_alike_is_shown);
        tcase_add_test(tests, payers_and_providers_are_both_respondents);
        tcase_add_test(tests, the_part_and_the_rest_are_tested_as_the_whole_is);
        tcase_add_test(tests, none_of_it_and_all_of_it_are_shown);
        tcase_add_test(tests, what_is_public_is_taken_out_first);
        tcase_add_test(tests, people_and_lag_are_of_it);
        tcase_add_test(tests, every_release_in_which_it_was_shown_is_compared);
        tcase_add_test(tests, who_moves_between_payers_has_changed_as_much_as_they);
        tcase_add_test(tests, a_part_that_one_has_changed_tells_of_it_though_the_whole_is_the_same);
        tcase_add_test(tests, what_providers_are_paid_is_not_public_though_terms_are);
        tcase_add_test(tests, figures_are_rounded_halves_away_from_zero);
        tcase_add_loop_test(tests, what_says_how_alike_terms_are_is_never_all_or_nothing, 0,
                            COUNT_OF(indices));
        tcase_add_loop_test(tests, drawn_figures_are_decided_as_the_long_way_decides, 0,
                            ROUNDS_OF(600));
        tcase_add_loop_test(tests, without_a_charter_three_learn_nothing_of_a_fourth, 0,
                            ROUNDS_OF(300));
        return run_case(tests, "disclose");
}
