/* SPDX-License-Identifier: Apache-2.0 */
#include "core/roster.h"

#include <string.h>

#include "core/check.h"

#define BEARER 0
#define EARNER 1

/* Below zero: @a comes before @b. Sixteen octets as two numbers: as memcmp(3) orders. */
static inline int by_member(const uint8_t *a, const uint8_t *b)
{
        uint64_t x, y;

        memcpy(&x, a, sizeof(x));
        memcpy(&y, b, sizeof(y));
        if (x == y) {
                memcpy(&x, a + sizeof(x), sizeof(x));
                memcpy(&y, b + sizeof(y), sizeof(y));
        }
        if (x == y)
                return 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        x = __builtin_bswap64(x);
        y = __builtin_bswap64(y);
#endif
        return x < y ? -1 : 1;
}

static inline int by_row(const struct member_rows *a, uint32_t i, const struct member_rows *b,
                         uint32_t j)
{
        int r = by_member(row_member(a, i), row_member(b, j));

        return r ? r : (int)row_month(a, i) - (int)row_month(b, j);
}

/* ---- rows one after another */

void roster_begin(struct roster *roster, struct roster_difference *differences, uint32_t room,
                  uint32_t tolerance_rows)
{
        memset(roster, 0, sizeof(*roster));
        roster->differences = differences;
        roster->room = room;
        roster->tolerance_rows = tolerance_rows;
}

static struct roster_side *side_of(struct roster *roster, enum side side)
{
        assert(side == SIDE_BEARER || side == SIDE_EARNER);
        return &roster->sides[side == SIDE_BEARER ? BEARER : EARNER];
}

static bool exhausted(const struct roster_side *side)
{
        return side->at == side->rows.count;
}

/* The last row given; the next rows are not before it. */
static void remember(struct roster_side *side)
{
        if (!side->rows.count)
                return;
        side->any = true;
        memcpy(side->last, row_member(&side->rows, side->rows.count - 1), PSEUDONYM_SIZE);
        side->last_month = row_month(&side->rows, side->rows.count - 1);
}

static bool follows(const struct roster_side *side, const struct member_rows *rows)
{
        int r;

        if (!side->any || !rows->count)
                return true;
        r = by_member(side->last, row_member(rows, 0));
        return r ? r < 0 : side->last_month <= row_month(rows, 0);
}

void roster_give(struct roster *roster, enum side side, const struct member_rows *rows,
                 const uint8_t *called, size_t count)
{
        struct roster_side *to = side_of(roster, side);

        assert(exhausted(to) && !to->ended);
        assert(count > 0 && count <= ROSTER_CATEGORIES_MAX);
        roster->unordered |= !follows(to, rows);
        to->rows = *rows;
        to->at = 0;
        memset(to->called, ROSTER_NO_CATEGORY, sizeof(to->called));
        memcpy(to->called, called, count);
        for (size_t i = 0; i < count; i++)
                assert(called[i] < ROSTER_CATEGORIES_MAX);
        remember(to);
}

void roster_end(struct roster *roster, enum side side)
{
        struct roster_side *to = side_of(roster, side);

        assert(exhausted(to));
        to->ended = true;
}

/* ---- what is counted */

static inline uint8_t category_of(const struct roster_side *side)
{
        uint8_t place = row_category(&side->rows, side->at);

        return place < ROSTER_CATEGORIES_MAX ? side->called[place] : ROSTER_NO_CATEGORY;
}

static void end_member(struct roster *roster)
{
        struct roster_match *to = &roster->match;

        to->members_both += roster->seen == 3;
        to->members_bearer_only += roster->seen == 1 << BEARER;
        to->members_earner_only += roster->seen == 1 << EARNER;
        roster->seen = 0;
}

/* A member's rows lie together, on both sides: it is over when another one's come. */
static inline void see(struct roster *roster, const uint8_t *member, uint8_t sides)
{
        if (roster->seen && by_member(roster->member, member) != 0)
                end_member(roster);
        if (!roster->seen)
                memcpy(roster->member, member, PSEUDONYM_SIZE);
        roster->seen |= sides;
}

static void note_bearer(struct roster_difference *to, const struct member_rows *rows, uint32_t i)
{
        memcpy(to->member, row_member(rows, i), PSEUDONYM_SIZE);
        to->month = row_month(rows, i);
        to->has_bearer = true;
        to->bearer_cents = row_cents(rows, i);
        to->bearer_risk = row_risk(rows, i);
        to->bearer_category = row_category(rows, i);
}

static void note_earner(struct roster_difference *to, const struct member_rows *rows, uint32_t i)
{
        memcpy(to->member, row_member(rows, i), PSEUDONYM_SIZE);
        to->month = row_month(rows, i);
        to->has_earner = true;
        to->earner_cents = row_cents(rows, i);
        to->earner_risk = row_risk(rows, i);
        to->earner_category = row_category(rows, i);
}

/* One of the first differences: the rows at hand, of the sides in question. */
static void note(struct roster *roster, uint32_t what)
{
        const struct roster_side *bearer = &roster->sides[BEARER], *earner = &roster->sides[EARNER];
        struct roster_difference *to;

        if (roster->match.difference_count == roster->room)
                return;
        to = &roster->differences[roster->match.difference_count++];
        *to = (struct roster_difference) { .what = what };
        if (what != ROSTER_EARNER_ONLY)
                note_bearer(to, &bearer->rows, bearer->at);
        if (what != ROSTER_BEARER_ONLY)
                note_earner(to, &earner->rows, earner->at);
}

/* Of the cells: the totals are their sums. */
static inline void count_row(struct roster *roster, int which, uint8_t category, int64_t cents)
{
        struct roster_cell *cell = &roster->cells[category];

        cell->rows[which]++;
        if (__builtin_add_overflow(cell->cents[which], cents, &cell->cents[which]))
                assert(!"more rows than there can be within core/limits.h");
}

static void take_one(struct roster *roster, int which)
{
        struct roster_side *side = &roster->sides[which];
        const uint8_t category = category_of(side);

        see(roster, row_member(&side->rows, side->at), (uint8_t)(1u << which));
        count_row(roster, which, category, row_cents(&side->rows, side->at));
        roster->cells[category].only[which]++;
        if (which == BEARER)
                roster->match.bearer_only++;
        else
                roster->match.earner_only++;
        note(roster, which == BEARER ? ROSTER_BEARER_ONLY : ROSTER_EARNER_ONLY);
        side->at++;
}

static void count_differing(struct roster *roster, uint32_t what, uint8_t category, bool reversal)
{
        struct roster_cell *cell = &roster->cells[category];

        roster->match.differ++;
        cell->risk += (what & ROSTER_RISK) != 0;
        cell->amounts += (what & ROSTER_CENTS) && !reversal;
        cell->reversals += (what & ROSTER_CENTS) && reversal;
        note(roster, what);
}

/* In the one category by one side and in the other by the other. */
static uint32_t count_moved(struct roster *roster, uint8_t by_bearer, uint8_t by_earner)
{
        roster->cells[by_bearer].category++;
        roster->cells[by_earner].category++;
        return ROSTER_CATEGORY;
}

static inline void take_both(struct roster *roster)
{
        struct roster_side *b = &roster->sides[BEARER], *e = &roster->sides[EARNER];
        const uint8_t by_bearer = category_of(b), by_earner = category_of(e);
        const int64_t paid = row_cents(&b->rows, b->at), had = row_cents(&e->rows, e->at);
        uint32_t what = 0;

        see(roster, row_member(&b->rows, b->at), 3);
        count_row(roster, BEARER, by_bearer, paid);
        count_row(roster, EARNER, by_earner, had);
        if (by_bearer != by_earner && by_bearer != ROSTER_NO_CATEGORY &&
            by_earner != ROSTER_NO_CATEGORY)
                what |= count_moved(roster, by_bearer, by_earner);
        if (row_risk(&b->rows, b->at) != row_risk(&e->rows, e->at))
                what |= ROSTER_RISK;
        if (paid != had)
                what |= ROSTER_CENTS;
        if (what)
                count_differing(roster, what, by_bearer, paid < 0 || had < 0);
        else
                roster->match.both++;
        b->at++;
        e->at++;
}

enum roster_answer roster_go(struct roster *roster)
{
        struct roster_side *b = &roster->sides[BEARER], *e = &roster->sides[EARNER];

        for (;;) {
                int r;

                if (roster->unordered)
                        return ROSTER_UNORDERED;
                if (exhausted(b) && !b->ended)
                        return ROSTER_WANTS_BEARER;
                if (exhausted(e) && !e->ended)
                        return ROSTER_WANTS_EARNER;
                if (exhausted(b) && exhausted(e))
                        return ROSTER_DONE;
                r = exhausted(b) ? 1 : exhausted(e) ? -1 : by_row(&b->rows, b->at, &e->rows, e->at);
                if (r == 0)
                        take_both(roster);
                else
                        take_one(roster, r < 0 ? BEARER : EARNER);
        }
}

static enum match_result result_of(const struct roster *roster)
{
        const struct roster_match *match = &roster->match;
        const uint64_t apart = match->differ + match->bearer_only + match->earner_only;
        const uint64_t bearer = match->both + match->differ + match->bearer_only;
        const uint64_t earner = match->both + match->differ + match->earner_only;

        if (apart == 0)
                return MATCH_AGREED;
        if (!bearer || !earner)
                return bearer ? MATCH_BEARER_ONLY : MATCH_EARNER_ONLY;
        return apart <= roster->tolerance_rows ? MATCH_WITHIN : MATCH_DISPUTED;
}

static void sum_cents(struct roster *roster, const struct roster_cell *cell)
{
        struct roster_match *to = &roster->match;

        if (__builtin_add_overflow(to->bearer_cents, cell->cents[BEARER], &to->bearer_cents) ||
            __builtin_add_overflow(to->earner_cents, cell->cents[EARNER], &to->earner_cents))
                assert(!"more rows than there can be within core/limits.h");
}

void roster_finish(struct roster *roster, struct roster_match *ret)
{
        if (roster->seen)
                end_member(roster);
        roster->match.bearer_cents = roster->match.earner_cents = 0;
        for (size_t i = 0; i < ROSTER_CATEGORIES_MAX; i++)
                sum_cents(roster, &roster->cells[i]);
        roster->match.differences = roster->differences;
        roster->match.result = result_of(roster);
        *ret = roster->match;
}

/* ---- blocks in any order: a heap of what is left of each, the first row on top */

static bool before(const struct roster_run *a, const struct roster_run *b)
{
        int r = by_row(&a->rows, 0, &b->rows, 0);

        return r ? r < 0 : a->block < b->block;
}

static void sift(struct roster_runs *runs, size_t top)
{
        const struct roster_run run = runs->runs[top];
        size_t child;

        while ((child = 2 * top + 1) < runs->count) {
                if (child + 1 < runs->count && before(&runs->runs[child + 1], &runs->runs[child]))
                        child++;
                if (!before(&runs->runs[child], &run))
                        break;
                runs->runs[top] = runs->runs[child];
                top = child;
        }
        runs->runs[top] = run;
}

void roster_runs_begin(struct roster_runs *runs, struct roster_run *of, size_t count)
{
        *runs = (struct roster_runs) { .runs = of };
        for (size_t i = 0; i < count; i++)
                if (of[i].rows.count)
                        of[runs->count++] = of[i];
        for (size_t i = runs->count / 2; i-- > 0;)
                sift(runs, i);
}

/* Rows @from on, or those before. */
static struct member_rows cut(const struct member_rows *rows, uint32_t from, uint32_t until)
{
        return (struct member_rows) {
                .count = until - from,
                .member = row_member(rows, from),
                .month = rows->month + (size_t)from * 2,
                .category = rows->category + from,
                .risk = rows->risk + (size_t)from * 4,
                .cents = rows->cents + (size_t)from * 8,
        };
}

/* How many rows of @run come before the first of @next; at least one, which is the first of all. */
static uint32_t stretch(const struct roster_run *run, const struct roster_run *next)
{
        uint32_t low = 1, high = run->rows.count;

        while (low < high) {
                uint32_t middle = low + (high - low) / 2;

                if (by_row(&run->rows, middle, &next->rows, 0) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

/* The second of all is one of the two below the top. */
static const struct roster_run *second(const struct roster_runs *runs)
{
        if (runs->count < 2)
                return NULL;
        if (runs->count > 2 && before(&runs->runs[2], &runs->runs[1]))
                return &runs->runs[2];
        return &runs->runs[1];
}

bool roster_runs_next(struct roster_runs *runs, struct roster_run *ret)
{
        const struct roster_run *next = second(runs);
        struct roster_run *top = runs->runs;
        uint32_t count;

        if (!runs->count)
                return false;
        count = next ? stretch(top, next) : top->rows.count;
        *ret = (struct roster_run) { cut(&top->rows, 0, count), top->block };
        if (count < top->rows.count)
                top->rows = cut(&top->rows, count, top->rows.count);
        else
                *top = runs->runs[--runs->count];
        if (runs->count)
                sift(runs, 0);
        return true;
}
