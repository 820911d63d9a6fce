/* SPDX-License-Identifier: Apache-2.0 */
#include "core/check.h"
#include "core/members_count.h"

/* Rows that are looked up together, so that none waits for memory alone. */
#define TOGETHER 64u

/* No member has more rows in a category unless one is there twice; so sums of a run cannot wrap. */
#define RUN_MAX 64u

_Static_assert(RUN_MAX > MEMBERS_MONTHS_MAX, "who has more rows has one twice");
_Static_assert(MONEY_MAX < INT64_C(1) << 50, "what has no higher bit adds up");

static void use_memory(struct members_fold *fold, void *memory, size_t size)
{
        fold->values = memory;
        fold->value_room = size / MEMBER_VALUE_SIZE;
}

void members_fold_begin(struct members_fold *fold, const struct members_rule *rule,
                        enum members_order order, void *memory, size_t size,
                        const uint64_t seed[2])
{
        assert(rule->months >= 1 && rule->months <= MEMBERS_MONTHS_MAX);
        memset(fold, 0, sizeof(*fold));
        members_terms_begin(&fold->terms, rule);
        fold->order = order;
        if (order == MEMBERS_IN_ANY_ORDER)
                members_table_begin(&fold->table, memory, size, seed);
        use_memory(fold, memory, size);
}

void members_fold_move(struct members_fold *fold, void *memory, size_t size)
{
        if (fold->order == MEMBERS_IN_ANY_ORDER)
                members_table_move(&fold->table, memory, size);
        else if (fold->value_count)
                memcpy(memory, fold->values, fold->value_count * MEMBER_VALUE_SIZE);
        use_memory(fold, memory, size);
        assert(fold->value_room >= fold->value_count);
}

bool members_fold_category(struct members_fold *fold, const struct item *item, uint8_t *ret)
{
        for (size_t i = 0; i <= fold->category_count; i++)
                if (item_equal(&fold->categories[i], item)) {
                        *ret = (uint8_t)i;
                        return true;
                }
        if (fold->category_count == CATEGORIES_MAX)
                return false;
        fold->categories[++fold->category_count] = *item;
        *ret = (uint8_t)fold->category_count;
        return true;
}

/* A block, and what is the same for all its rows. */
struct reading {
        const struct member_rows *rows;
        const uint8_t *categories;
        size_t category_count;
        uint16_t first_month, months;
};

static bool same_member(const uint8_t *a, const uint8_t *b)
{
        return memcmp(a, b, PSEUDONYM_SIZE) == 0;
}

/* From @from on the rows of one member and category, up to the one that is answered. */
static uint32_t run_end(const struct member_rows *rows, uint32_t from)
{
        const uint8_t *member = row_member(rows, from), category = row_category(rows, from);
        uint32_t most = rows->count - from > RUN_MAX ? from + RUN_MAX : rows->count, i = from + 1;

        while (i < most && same_member(row_member(rows, i), member) &&
               row_category(rows, i) == category)
                i++;
        return i;
}

static uint64_t magnitude(int64_t cents)
{
        return cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
}

/* Of a month of the period. */
static uint64_t month_bit(const struct reading *r, uint32_t row)
{
        return UINT64_C(1) << (row_month(r->rows, row) - r->first_month);
}

static enum members_answer judge_row(const struct reading *r, uint32_t row, uint64_t seen,
                                     uint64_t gross)
{
        unsigned int month = (unsigned int)row_month(r->rows, row) - r->first_month;
        uint64_t cents = magnitude(row_cents(r->rows, row));

        if (month >= r->months)
                return MEMBERS_BAD_MONTH;
        if (seen >> month & 1)
                return MEMBERS_TWICE;
        if (cents > (uint64_t)MONEY_MAX - gross)
                return MEMBERS_TOO_MUCH;
        return MEMBERS_OK;
}

/* The first of a run that something is wrong with. */
static enum members_answer fault_of(const struct reading *r, uint64_t seen, uint64_t gross,
                                    uint32_t *row)
{
        enum members_answer answer;

        while (!(answer = judge_row(r, *row, seen, gross))) {
                seen |= month_bit(r, *row);
                gross += magnitude(row_cents(r->rows, *row));
                (*row)++;
        }
        return answer;
}

/*
 * The rows of a run into a part. This is the loop that all time goes to: it looks at the rows as if
 * nothing were wrong with them, and only then whether something was.
 */
static enum members_answer add_run(struct members_fold *fold, const struct reading *r,
                                   uint32_t *row, uint32_t end, struct member_part *part)
{
        const struct member_rows rows = *r->rows;
        const unsigned int first_month = r->first_month, months = r->months;
        struct member_part sum = *part;
        uint64_t gross = fold->gross, paid = (uint64_t)sum.paid, bits = 0;
        bool wrong = false;

        for (uint32_t i = *row; i < end; i++) {
                unsigned int month = row_month(&rows, i) - first_month;
                uint64_t bit = UINT64_C(1) << (month & 63);
                int64_t cents = row_cents(&rows, i);

                wrong |= month >= months || sum.months & bit;
                sum.months |= bit;
                paid += (uint64_t)cents;
                bits |= magnitude(cents);
                gross += magnitude(cents);
                sum.risk += row_risk(&rows, i);
        }
        if (wrong || bits >> 50 || gross > (uint64_t)MONEY_MAX)
                return fault_of(r, part->months, fold->gross, row);
        fold->gross = gross;
        fold->rows += end - *row;
        *row = end;
        sum.paid = (int64_t)paid;
        *part = sum;
        return MEMBERS_OK;
}

static uint64_t big_endian(const uint8_t *at)
{
        return (uint64_t)at[0] << 56 | (uint64_t)at[1] << 48 | (uint64_t)at[2] << 40 |
               (uint64_t)at[3] << 32 | (uint64_t)at[4] << 24 | (uint64_t)at[5] << 16 |
               (uint64_t)at[6] << 8 | (uint64_t)at[7];
}

/* As memcmp(3) orders. */
static bool before(const uint8_t *a, const uint8_t *b)
{
        uint64_t first = big_endian(a), second = big_endian(b);

        if (first != second)
                return first < second;
        return big_endian(a + 8) < big_endian(b + 8);
}

static enum members_answer begin_member(struct members_fold *fold, const uint8_t *member)
{
        struct member_now *now = &fold->now;

        if (now->is && before(member, now->member))
                return MEMBERS_UNORDERED;
        if (!members_end_member(fold))
                return MEMBERS_NO_ROOM;
        memcpy(now->member, member, PSEUDONYM_SIZE);
        now->is = true;
        return MEMBERS_OK;
}

static struct member_part *part_now(struct member_now *now, uint8_t category)
{
        struct member_part *part = &now->parts[category];

        if (!part->months)
                now->categories[now->count++] = category;
        return part;
}

static enum members_answer add_in_order(struct members_fold *fold, const struct reading *r,
                                        uint32_t *row)
{
        struct member_now *now = &fold->now;
        enum members_answer answer = MEMBERS_OK;

        while (!answer && *row < r->rows->count) {
                const uint8_t *member = row_member(r->rows, *row);
                uint8_t category = row_category(r->rows, *row);

                if (!now->is || !same_member(member, now->member))
                        answer = begin_member(fold, member);
                if (!answer && category >= r->category_count)
                        answer = MEMBERS_BAD_CATEGORY;
                if (!answer)
                        answer = add_run(fold, r, row, run_end(r->rows, *row),
                                         part_now(now, r->categories[category]));
        }
        return answer;
}

/* Where the members of some rows are looked for, the memory there asked for. */
struct drawn {
        uint64_t drawn;
        uint32_t place;
};

static void draw_rows(const struct members_fold *fold, const struct member_rows *rows,
                      uint32_t from, uint32_t end, struct drawn *ret)
{
        for (uint32_t i = 0; i < end - from; i++) {
                ret[i].drawn = members_table_draw(&fold->table, row_member(rows, from + i));
                members_table_fetch_tags(&fold->table, ret[i].drawn);
        }
        for (uint32_t i = 0; i < end - from; i++) {
                ret[i].place = members_table_begin_at(&fold->table, ret[i].drawn);
                members_table_fetch_entry(&fold->table, ret[i].place);
        }
}

static enum members_answer add_row(struct members_fold *fold, const struct reading *r,
                                   const struct drawn *drawn, uint32_t row)
{
        uint8_t category = row_category(r->rows, row);
        enum members_answer answer;
        struct member_entry *entry;

        if (category >= r->category_count)
                return MEMBERS_BAD_CATEGORY;
        entry = members_table_entry(&fold->table, row_member(r->rows, row), drawn->drawn,
                                    drawn->place, r->categories[category]);
        if (!entry)
                return MEMBERS_NO_ROOM;
        answer = judge_row(r, row, entry->part.months, fold->gross);
        if (answer)
                return answer;
        entry->part.months |= month_bit(r, row);
        entry->part.paid += row_cents(r->rows, row);
        entry->part.risk += row_risk(r->rows, row);
        fold->gross += magnitude(row_cents(r->rows, row));
        fold->rows++;
        return MEMBERS_OK;
}

static enum members_answer add_in_any_order(struct members_fold *fold, const struct reading *r,
                                            uint32_t *row)
{
        enum members_answer answer = fold->table.most ? MEMBERS_OK : MEMBERS_NO_ROOM;
        struct drawn drawn[TOGETHER];

        while (!answer && *row < r->rows->count) {
                uint32_t from = *row, left = r->rows->count - from;
                uint32_t end = from + (left < TOGETHER ? left : TOGETHER);

                draw_rows(fold, r->rows, from, end, drawn);
                while (*row < end && !(answer = add_row(fold, r, &drawn[*row - from], *row)))
                        (*row)++;
        }
        return answer;
}

enum members_answer members_fold_add(struct members_fold *fold, const struct member_rows *rows,
                                     const uint8_t *categories, size_t category_count,
                                     uint32_t *row)
{
        const struct reading r = {
                .rows = rows,
                .categories = categories,
                .category_count = category_count,
                .first_month = fold->terms.rule->first_month,
                .months = fold->terms.rule->months,
        };

        if (rows->count - *row > (uint64_t)COUNT_MAX - fold->rows) {
                *row += (uint32_t)((uint64_t)COUNT_MAX - fold->rows);
                return MEMBERS_TOO_MUCH;
        }
        return fold->order == MEMBERS_IN_ORDER ? add_in_order(fold, &r, row)
                                               : add_in_any_order(fold, &r, row);
}
