/* SPDX-License-Identifier: Apache-2.0 */
#include "core/check.h"
#include "core/members_count.h"

/* Rows between asking memory for a member's place and needing it; half of it for the entry. */
#define AHEAD 16u

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

/* What a run of rows is looked at with: all that does not change from row to row. */
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

/*
 * The rows from @row on that are of one member and category, into its part.
 * Most members are in one category, so this is the loop that all time goes to.
 */
static enum members_answer add_run(struct members_fold *fold, const struct reading *r,
                                   uint32_t *row, struct member_part *part)
{
        const uint8_t *member = row_member(r->rows, *row), category = row_category(r->rows, *row);
        enum members_answer answer = MEMBERS_OK;
        struct member_part sum = *part;
        uint64_t gross = fold->gross;
        uint32_t i = *row;

        do {
                unsigned int month = (unsigned int)row_month(r->rows, i) - r->first_month;
                int64_t cents = row_cents(r->rows, i);
                uint64_t bit = UINT64_C(1) << (month & 63);

                gross += cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
                if (month >= r->months)
                        answer = MEMBERS_BAD_MONTH;
                else if (sum.months & bit)
                        answer = MEMBERS_TWICE;
                else if (gross > (uint64_t)MONEY_MAX)
                        answer = MEMBERS_TOO_MUCH;
                if (answer)
                        break;
                sum.months |= bit;
                sum.paid += cents;
                sum.risk += row_risk(r->rows, i);
                i++;
        } while (i < r->rows->count && same_member(row_member(r->rows, i), member) &&
                 row_category(r->rows, i) == category);
        fold->gross = gross;
        fold->rows += i - *row;
        *row = i;
        *part = sum;
        return fold->rows > COUNT_MAX ? MEMBERS_TOO_MUCH : answer;
}

static enum members_answer begin_member(struct members_fold *fold, const uint8_t *member)
{
        struct member_now *now = &fold->now;

        if (now->is && memcmp(member, now->member, PSEUDONYM_SIZE) < 0)
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

                if (!now->is || !same_member(member, now->member))
                        answer = begin_member(fold, member);
                if (!answer && row_category(r->rows, *row) >= r->category_count)
                        answer = MEMBERS_BAD_CATEGORY;
                if (!answer)
                        answer = add_run(
                                fold, r, row,
                                part_now(now, r->categories[row_category(r->rows, *row)]));
        }
        return answer;
}

/* Places of members some rows ahead, their memory asked for on the way. */
struct lookahead {
        uint64_t places[AHEAD];
        uint32_t known;         /* rows up to here, not included */
};

static uint64_t place_at(const struct members_fold *fold, const struct reading *r, uint32_t row,
                         struct lookahead *ahead)
{
        for (; ahead->known < r->rows->count && ahead->known < row + AHEAD; ahead->known++) {
                uint64_t place = members_table_place(&fold->table,
                                                     row_member(r->rows, ahead->known));

                ahead->places[ahead->known % AHEAD] = place;
                members_table_fetch_slot(&fold->table, place);
                if (ahead->known >= row + AHEAD / 2)
                        members_table_fetch_entry(
                                &fold->table,
                                ahead->places[(ahead->known - AHEAD / 2) % AHEAD]);
        }
        return ahead->places[row % AHEAD];
}

static enum members_answer add_in_any_order(struct members_fold *fold, const struct reading *r,
                                            uint32_t *row)
{
        struct lookahead ahead = { .known = *row };
        enum members_answer answer = fold->table.room ? MEMBERS_OK : MEMBERS_NO_ROOM;

        while (!answer && *row < r->rows->count) {
                uint64_t place = place_at(fold, r, *row, &ahead);
                uint8_t category = row_category(r->rows, *row);
                struct member_entry *entry;
                struct member_part part;

                if (category >= r->category_count)
                        return MEMBERS_BAD_CATEGORY;
                entry = members_table_entry(&fold->table, row_member(r->rows, *row), place,
                                            r->categories[category]);
                if (!entry)
                        return MEMBERS_NO_ROOM;
                part = (struct member_part) { entry->months, entry->paid, entry->risk };
                answer = add_run(fold, r, row, &part);
                entry->months = part.months;
                entry->paid = part.paid;
                entry->risk = part.risk;
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

        return fold->order == MEMBERS_IN_ORDER ? add_in_order(fold, &r, row)
                                               : add_in_any_order(fold, &r, row);
}
