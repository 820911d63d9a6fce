/* SPDX-License-Identifier: Apache-2.0 */
/* Member rows of both sides, merged: held against each row of one by each row of the other. */
#include <string.h>

#include "core/roster.h"
#include "tests/core/run.h"

#define ROWS 300
#define BLOCKS 40
#define KEPT 20

struct row {
        uint8_t member, month, category;
        uint32_t risk;
        int64_t cents;
};

struct side_rows {
        struct row rows[ROWS];
        uint32_t count;
        uint8_t columns[ROWS * MEMBER_ROW_SIZE];
        struct roster_run blocks[BLOCKS];
        size_t block_count;
};

static const uint8_t called[2][4] = { { 1, 2, 3, 4 }, { 2, 1, 4, 3 } };
static uint64_t state;

static uint64_t below(uint64_t limit)
{
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (state >> 33) % limit;
}

/* ---- rows into blocks */

static void put(uint8_t *to, uint64_t value, size_t size)
{
        for (size_t i = 0; i < size; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

/* Members differ in the first octet or in the last one only. */
static void put_member(uint8_t *to, uint8_t member)
{
        memset(to, 7, PSEUDONYM_SIZE);
        to[0] = member / 8;
        to[PSEUDONYM_SIZE - 1] = (uint8_t)(200 + member % 8);
}

static struct member_rows lay(uint8_t *at, const struct row *rows, uint32_t count)
{
        uint8_t *month = at + (size_t)count * PSEUDONYM_SIZE, *category = month + (size_t)count * 2;
        uint8_t *risk = category + count, *cents = risk + (size_t)count * 4;

        for (uint32_t i = 0; i < count; i++) {
                put_member(at + (size_t)i * PSEUDONYM_SIZE, rows[i].member);
                put(month + (size_t)i * 2, 600u + rows[i].month, 2);
                category[i] = rows[i].category;
                put(risk + (size_t)i * 4, rows[i].risk, 4);
                put(cents + (size_t)i * 8, (uint64_t)rows[i].cents, 8);
        }
        return (struct member_rows) { count, at, month, category, risk, cents };
}

static void cut_into_blocks(struct side_rows *side)
{
        uint8_t *at = side->columns;

        side->block_count = 0;
        for (uint32_t from = 0; from < side->count;) {
                uint32_t left = side->count - from, count = 1 + (uint32_t)below(20);

                if (count > left || side->block_count == BLOCKS - 1)
                        count = left;
                side->blocks[side->block_count] = (struct roster_run) {
                        lay(at, side->rows + from, count), (uint32_t)side->block_count
                };
                side->block_count++;
                at += (size_t)count * MEMBER_ROW_SIZE;
                from += count;
        }
}

/* Every row in one of several blocks, each in order: as when blocks replaced others. */
static void deal_into_blocks(struct side_rows *side)
{
        uint8_t *at = side->columns;
        uint32_t dealt[ROWS];

        side->block_count = 1 + below(6);
        for (uint32_t i = 0; i < side->count; i++)
                dealt[i] = (uint32_t)below(side->block_count);
        for (uint32_t b = 0; b < side->block_count; b++) {
                struct row own[ROWS];
                uint32_t count = 0;

                for (uint32_t i = 0; i < side->count; i++)
                        if (dealt[i] == b)
                                own[count++] = side->rows[i];
                side->blocks[b] = (struct roster_run) { lay(at, own, count), b };
                at += (size_t)count * MEMBER_ROW_SIZE;
        }
}

static void draw(struct side_rows sides[2], uint32_t differ_in)
{
        memset(sides, 0, 2 * sizeof(*sides));
        for (uint8_t member = 0; member < 24; member++) {
                const uint64_t of_member = below(differ_in) ? 2 : below(3);

                for (uint8_t month = 0; month < 12; month++) {
                        struct row row = { member, month, (uint8_t)below(4), (uint32_t)below(3),
                                           (int64_t)below(5) - 1 };
                        uint64_t which = of_member < 2   ? of_member :
                                         below(differ_in) ? 2 :
                                                            below(4);

                        if (which != 1)
                                sides[0].rows[sides[0].count++] = row;
                        row.category = called[1][row.category] - 1;     /* the same, by its list */
                        if (which == 3) {
                                row.cents += (int64_t)below(2);
                                row.risk += (uint32_t)below(2);
                                row.category = (uint8_t)below(4);
                        }
                        if (which != 0)
                                sides[1].rows[sides[1].count++] = row;
                }
        }
}

/* ---- the slow way */

static const struct row *find(const struct side_rows *side, const struct row *row)
{
        for (uint32_t i = 0; i < side->count; i++)
                if (side->rows[i].member == row->member && side->rows[i].month == row->month)
                        return &side->rows[i];
        return NULL;
}

static bool has(const struct side_rows *side, uint8_t member)
{
        for (uint32_t i = 0; i < side->count; i++)
                if (side->rows[i].member == member)
                        return true;
        return false;
}

static uint32_t apart(const struct row *bearer, const struct row *earner)
{
        uint32_t what = 0;

        if (!bearer || !earner)
                return bearer ? ROSTER_BEARER_ONLY : ROSTER_EARNER_ONLY;
        if (called[0][bearer->category] != called[1][earner->category])
                what |= ROSTER_CATEGORY;
        if (bearer->risk != earner->risk)
                what |= ROSTER_RISK;
        return bearer->cents == earner->cents ? what : what | ROSTER_CENTS;
}

static void count_pair(struct roster_match *to, const struct row *bearer, const struct row *earner)
{
        uint32_t what = apart(bearer, earner);

        to->bearer_only += what == ROSTER_BEARER_ONLY;
        to->earner_only += what == ROSTER_EARNER_ONLY;
        to->both += what == 0;
        to->differ += what > ROSTER_EARNER_ONLY;
        to->bearer_cents += bearer ? bearer->cents : 0;
        to->earner_cents += earner ? earner->cents : 0;
}

static struct roster_match slow(const struct side_rows sides[2], uint32_t tolerance)
{
        struct roster_match ret = { 0 };
        uint64_t differences;

        for (uint32_t i = 0; i < sides[0].count; i++)
                count_pair(&ret, &sides[0].rows[i], find(&sides[1], &sides[0].rows[i]));
        for (uint32_t i = 0; i < sides[1].count; i++)
                if (!find(&sides[0], &sides[1].rows[i]))
                        count_pair(&ret, NULL, &sides[1].rows[i]);
        for (uint8_t member = 0; member < 24; member++) {
                bool bearer = has(&sides[0], member), earner = has(&sides[1], member);

                ret.members_both += bearer && earner;
                ret.members_bearer_only += bearer && !earner;
                ret.members_earner_only += !bearer && earner;
        }
        differences = ret.differ + ret.bearer_only + ret.earner_only;
        ret.result = differences == 0 ? MATCH_AGREED :
                     !sides[1].count  ? MATCH_BEARER_ONLY :
                     !sides[0].count  ? MATCH_EARNER_ONLY :
                     differences <= tolerance ? MATCH_WITHIN :
                                                MATCH_DISPUTED;
        return ret;
}

/* ---- the merge */

static struct roster roster;
static struct roster_difference kept[KEPT];

static bool next_block(struct side_rows *side, struct roster_runs *runs, bool dealt, size_t *at,
                       struct roster_run *ret)
{
        if (dealt)
                return roster_runs_next(runs, ret);
        if (*at == side->block_count)
                return false;
        *ret = side->blocks[(*at)++];
        return true;
}

static void feed(struct side_rows sides[2], struct roster_runs runs[2], const bool dealt[2],
                 size_t at[2], int which)
{
        const enum side side = which ? SIDE_EARNER : SIDE_BEARER;
        struct roster_run run;

        if (next_block(&sides[which], &runs[which], dealt[which], &at[which], &run))
                roster_give(&roster, side, &run.rows, called[which], 4);
        else
                roster_end(&roster, side);
}

static struct roster_match merged(struct side_rows sides[2], const bool dealt[2],
                                  uint32_t tolerance)
{
        struct roster_runs runs[2];
        struct roster_match ret;
        enum roster_answer answer;
        size_t at[2] = { 0, 0 };

        for (int i = 0; i < 2; i++) {
                if (dealt[i])
                        deal_into_blocks(&sides[i]);
                else
                        cut_into_blocks(&sides[i]);
                roster_runs_begin(&runs[i], sides[i].blocks, dealt[i] ? sides[i].block_count : 0);
        }
        roster_begin(&roster, kept, KEPT, tolerance);
        while ((answer = roster_go(&roster)) != ROSTER_DONE) {
                ck_assert_int_ne(answer, ROSTER_UNORDERED);
                feed(sides, runs, dealt, at, answer == ROSTER_WANTS_EARNER);
        }
        roster_finish(&roster, &ret);
        return ret;
}

static void same(const struct roster_match *a, const struct roster_match *b)
{
        ck_assert_uint_eq(a->both, b->both);
        ck_assert_uint_eq(a->differ, b->differ);
        ck_assert_uint_eq(a->bearer_only, b->bearer_only);
        ck_assert_uint_eq(a->earner_only, b->earner_only);
        ck_assert_int_eq(a->bearer_cents, b->bearer_cents);
        ck_assert_int_eq(a->earner_cents, b->earner_cents);
        ck_assert_uint_eq(a->members_both, b->members_both);
        ck_assert_uint_eq(a->members_bearer_only, b->members_bearer_only);
        ck_assert_uint_eq(a->members_earner_only, b->members_earner_only);
        ck_assert_int_eq(a->result, b->result);
}

/* By month and member: the next of all pairs that differ. */
static bool next_difference(const struct side_rows sides[2], int *place, struct row const **bearer,
                            struct row const **earner)
{
        for (; *place < 24 * 12; (*place)++) {
                const struct row row = { .member = (uint8_t)(*place / 12),
                                         .month = (uint8_t)(*place % 12) };

                *bearer = find(&sides[0], &row);
                *earner = find(&sides[1], &row);
                if ((*bearer || *earner) && apart(*bearer, *earner)) {
                        (*place)++;
                        return true;
                }
        }
        return false;
}

static void the_first_are_kept(const struct side_rows sides[2], const struct roster_match *match)
{
        const struct row *bearer, *earner;
        uint32_t at = 0;

        for (int place = 0; at < KEPT && next_difference(sides, &place, &bearer, &earner); at++) {
                const struct roster_difference *d = &match->differences[at];
                uint8_t member[PSEUDONYM_SIZE];

                ck_assert_uint_lt(at, match->difference_count);
                put_member(member, bearer ? bearer->member : earner->member);
                ck_assert_mem_eq(d->member, member, PSEUDONYM_SIZE);
                ck_assert_uint_eq(d->month, 600u + (bearer ? bearer->month : earner->month));
                ck_assert_uint_eq(d->what, apart(bearer, earner));
                ck_assert(d->has_bearer == (bearer != NULL) && d->has_earner == (earner != NULL));
                ck_assert_int_eq(d->bearer_cents, bearer ? bearer->cents : 0);
                ck_assert_int_eq(d->earner_cents, earner ? earner->cents : 0);
                ck_assert_uint_eq(d->bearer_risk, bearer ? bearer->risk : 0);
                ck_assert_uint_eq(d->earner_risk, earner ? earner->risk : 0);
                ck_assert_uint_eq(d->bearer_category, bearer ? bearer->category : 0);
                ck_assert_uint_eq(d->earner_category, earner ? earner->category : 0);
        }
        ck_assert_uint_eq(match->difference_count, at);
}

/* The cells add up to the totals. */
static void cells_add_up(const struct roster_match *match)
{
        struct roster_cell sum = { 0 };

        for (size_t i = 0; i < ROSTER_CATEGORIES_MAX; i++)
                for (int side = 0; side < 2; side++) {
                        sum.rows[side] += roster.cells[i].rows[side];
                        sum.only[side] += roster.cells[i].only[side];
                }
        ck_assert_uint_eq(sum.rows[0], match->both + match->differ + match->bearer_only);
        ck_assert_uint_eq(sum.rows[1], match->both + match->differ + match->earner_only);
        ck_assert_uint_eq(sum.only[0], match->bearer_only);
        ck_assert_uint_eq(sum.only[1], match->earner_only);
        ck_assert_uint_eq(roster.cells[ROSTER_NO_CATEGORY].rows[0], 0);
}

START_TEST(drawn_rosters_match_as_each_row_by_each)
{
        static struct side_rows sides[2];
        static const uint32_t how_often[] = { 2, 8, 60, 1000 };
        const bool dealt[2] = { _i % 2 != 0, _i % 3 == 0 };
        struct roster_match fast, reference;
        uint32_t tolerance;

        state = (uint64_t)_i + 1;
        tolerance = (uint32_t)below(6);
        draw(sides, how_often[_i % 4]);
        fast = merged(sides, dealt, tolerance);
        reference = slow(sides, tolerance);
        same(&fast, &reference);
        the_first_are_kept(sides, &fast);
        cells_add_up(&fast);
}
END_TEST

/* ---- edges */

static const struct {
        const char *says;
        uint32_t bearer, earner, other_cents, tolerance;
        enum match_result result;
} results[] = {
        { "nobody has rows", 0, 0, 0, 0, MATCH_AGREED },
        { "the same", 10, 10, 0, 0, MATCH_AGREED },
        { "only the bearer has rows, however tolerant", 3, 0, 0, 99, MATCH_BEARER_ONLY },
        { "only the earner has rows", 0, 3, 0, 0, MATCH_EARNER_ONLY },
        { "one row differs", 10, 10, 1, 0, MATCH_DISPUTED },
        { "as many as the tolerance", 10, 10, 3, 3, MATCH_WITHIN },
        { "one more than the tolerance", 10, 10, 4, 3, MATCH_DISPUTED },
        { "missing rows count as differing ones", 10, 8, 1, 3, MATCH_WITHIN },
        { "missing and differing, past it", 10, 8, 2, 3, MATCH_DISPUTED },
};

START_TEST(so_many_rows_may_differ)
{
        static struct side_rows sides[2];
        const bool dealt[2] = { false, false };
        struct roster_match match;

        memset(sides, 0, sizeof(sides));
        for (uint8_t i = 0; i < results[_i].bearer; i++)
                sides[0].rows[sides[0].count++] = (struct row) { i, 1, 0, 1, 1 };
        for (uint8_t i = 0; i < results[_i].earner; i++)
                sides[1].rows[sides[1].count++] =
                        (struct row) { i, 1, 1, 1, i < results[_i].other_cents ? 2 : 1 };
        match = merged(sides, dealt, results[_i].tolerance);
        ck_assert_msg(match.result == results[_i].result, "%s", results[_i].says);
}
END_TEST

START_TEST(blocks_out_of_order_are_told)
{
        static struct side_rows sides[2];
        static const uint8_t one = ROSTER_NO_CATEGORY;
        struct member_rows later, earlier;
        const struct row rows[] = { { 1, 5, 0, 0, 0 }, { 1, 4, 0, 0, 0 } };

        later = lay(sides[0].columns, &rows[0], 1);
        earlier = lay(sides[1].columns, &rows[1], 1);
        roster_begin(&roster, NULL, 0, 0);
        ck_assert_int_eq(roster_go(&roster), ROSTER_WANTS_BEARER);
        roster_give(&roster, SIDE_BEARER, &later, &one, 1);
        ck_assert_int_eq(roster_go(&roster), ROSTER_WANTS_EARNER);
        roster_end(&roster, SIDE_EARNER);
        ck_assert_int_eq(roster_go(&roster), ROSTER_WANTS_BEARER);
        roster_give(&roster, SIDE_BEARER, &earlier, &one, 1);
        ck_assert_int_eq(roster_go(&roster), ROSTER_UNORDERED);
}
END_TEST

START_TEST(a_block_without_categories_is_held_against_none)
{
        static struct side_rows sides[2];
        static const uint8_t unnamed = ROSTER_NO_CATEGORY;
        const struct row row = { 1, 5, 2, 0, 0 }, bare = { 1, 5, 0, 0, 0 };
        struct member_rows first = lay(sides[0].columns, &row, 1);
        struct member_rows second = lay(sides[1].columns, &bare, 1);
        struct roster_match match;

        roster_begin(&roster, NULL, 0, 0);
        roster_give(&roster, SIDE_BEARER, &first, called[0], 4);
        roster_give(&roster, SIDE_EARNER, &second, &unnamed, 1);
        ck_assert_int_eq(roster_go(&roster), ROSTER_WANTS_BEARER);
        roster_end(&roster, SIDE_BEARER);
        ck_assert_int_eq(roster_go(&roster), ROSTER_WANTS_EARNER);
        roster_end(&roster, SIDE_EARNER);
        ck_assert_int_eq(roster_go(&roster), ROSTER_DONE);
        roster_finish(&roster, &match);
        ck_assert_int_eq(match.result, MATCH_AGREED);
        ck_assert_uint_eq(match.both, 1);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("roster");

        tcase_add_loop_test(tests, drawn_rosters_match_as_each_row_by_each, 0, 240);
        tcase_add_loop_test(tests, so_many_rows_may_differ, 0, COUNT_OF(results));
        tcase_add_test(tests, blocks_out_of_order_are_told);
        tcase_add_test(tests, a_block_without_categories_is_held_against_none);
        return run_case(tests, "roster");
}
