/* SPDX-License-Identifier: Apache-2.0 */
#include "core/members_count.h"

#include "core/check.h"

/* How many bits are set: added up in pairs, fours, eights, and the eights by one product. */
static unsigned int months_of(uint64_t months)
{
        months -= months >> 1 & UINT64_C(0x5555555555555555);
        months = (months & UINT64_C(0x3333333333333333)) +
                 (months >> 2 & UINT64_C(0x3333333333333333));
        months = (months + (months >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
        return (unsigned int)(months * UINT64_C(0x0101010101010101) >> 56);
}

/* A member's figures of a category, or of all; its money waits where a percentile is sought. */
static void count_member(struct members_fold *fold, unsigned int figure,
                         const struct member_part *part, unsigned int rows)
{
        struct member_sums *sums = &fold->sums[figure];
        unsigned int months = months_of(part->months);

        member_sums_head(sums, months, rows, part->risk, part->paid);
        if (fold->terms.rule->at_percentile) {
                uint64_t value = member_value(part->paid, months, figure);

                /* octet by octet: in any order it lies where an entry lay */
                memcpy(&fold->values[fold->value_count++], &value, sizeof(value));
        } else {
                member_sums_money(sums, &fold->terms, &fold->terms.fixed, months, part->paid);
        }
}

/* A member's part in a category; that of rows without one is in the whole already. */
static void count_part(struct members_fold *fold, uint8_t category, const struct member_part *part)
{
        if (category != MEMBERS_NO_CATEGORY)
                count_member(fold, category, part, months_of(part->months));
}

/* Answers the rows of the part. */
static unsigned int part_add(struct member_part *whole, const struct member_part *part)
{
        whole->months |= part->months;
        whole->paid += part->paid;
        whole->risk += part->risk;
        return months_of(part->months);
}

static bool attributed(const struct members_fold *fold, const struct member_part *whole)
{
        return months_of(whole->months) >= fold->terms.rule->least_months;
}

bool members_end_member(struct members_fold *fold)
{
        struct member_now *now = &fold->now;
        struct member_part whole = { 0 };
        unsigned int rows = 0;

        if (!now->is)
                return true;
        if (fold->terms.rule->at_percentile &&
            fold->value_room - fold->value_count < now->count + 1u)
                return false;
        for (unsigned int i = 0; i < now->count; i++)
                rows += part_add(&whole, &now->parts[now->categories[i]]);
        if (attributed(fold, &whole)) {
                count_member(fold, 0, &whole, rows);
                for (unsigned int i = 0; i < now->count; i++)
                        count_part(fold, now->categories[i], &now->parts[now->categories[i]]);
        }
        for (unsigned int i = 0; i < now->count; i++)
                now->parts[now->categories[i]] = (struct member_part) { 0 };
        now->count = 0;
        now->is = false;
        return true;
}

static struct member_part part_of(const struct member_entry *entry)
{
        return (struct member_part) { entry->months, entry->paid, entry->risk };
}

/* The first of a member's entries: the whole member, and whether the others count. */
static bool count_whole(struct members_fold *fold, const struct member_entry *first)
{
        struct member_entry *entries = fold->table.entries;
        struct member_part whole = part_of(first);
        unsigned int rows = months_of(first->months);
        bool counts;

        for (uint32_t i = first->next; i; i = entries[i - 1].next) {
                struct member_part part = part_of(&entries[i - 1]);

                rows += part_add(&whole, &part);
        }
        counts = attributed(fold, &whole);
        for (uint32_t i = first->next; i; i = entries[i - 1].next)
                entries[i - 1].left_out = !counts;
        if (counts)
                count_member(fold, 0, &whole, rows);
        return counts;
}

_Static_assert(sizeof(struct member_entry) >= 2 * MEMBER_VALUE_SIZE, "values stay behind");

/*
 * An entry becomes two values at most, its own and the whole member's, so the values lie where the
 * entries did that were walked before; what hangs on an entry lies behind it.
 */
static void end_table(struct members_fold *fold)
{
        for (uint32_t i = 0; i < fold->table.count; i++) {
                const struct member_entry entry = fold->table.entries[i];
                struct member_part part = part_of(&entry);

                if (entry.first ? count_whole(fold, &entry) : !entry.left_out)
                        count_part(fold, entry.category, &part);
        }
}

static bool finish_figure(const struct members_fold *fold, size_t figure,
                          const struct members_threshold *threshold, struct member_figures *ret)
{
        ret->item = fold->categories[figure];
        return member_sums_figures(&fold->sums[figure], &fold->terms, threshold, ret);
}

/* The money of one figure's members, which waited for their percentile. */
static bool finish_values(struct members_fold *fold, size_t figure, uint64_t *values, size_t count,
                          struct member_figures *ret)
{
        struct members_threshold threshold;

        members_threshold_of(&fold->terms, values, count, &threshold);
        for (size_t i = 0; i < count; i++)
                member_sums_money(&fold->sums[figure], &fold->terms, &threshold,
                                  value_months(values[i]), value_paid(values[i]));
        return finish_figure(fold, figure, &threshold, ret);
}

static bool finish_percentiles(struct members_fold *fold, size_t count, struct member_figures *ret)
{
        size_t first[MEMBER_FIGURES_MAX + 1];
        bool fits = true;

        member_values_part(fold->values, fold->value_count, count, first);
        first[count] = fold->value_count;
        for (size_t i = 0; i < count; i++)
                fits = finish_values(fold, i, &fold->values[first[i]], first[i + 1] - first[i],
                                     &ret[i]) && fits;
        return fits;
}

enum members_answer members_fold_finish(struct members_fold *fold, struct member_figures *ret,
                                        size_t *ret_count)
{
        size_t count = fold->category_count + 1;
        bool fits = true;

        if (fold->order == MEMBERS_IN_ANY_ORDER)
                end_table(fold);
        else if (!members_end_member(fold))
                return MEMBERS_NO_ROOM;
        if (fold->terms.rule->at_percentile)
                fits = finish_percentiles(fold, count, ret);
        else
                for (size_t i = 0; i < count; i++)
                        fits = finish_figure(fold, i, &fold->terms.fixed, &ret[i]) && fits;
        *ret_count = count;
        return fits ? MEMBERS_OK : MEMBERS_TOO_MUCH;
}

const char *members_answer_says(enum members_answer answer)
{
        switch (answer) {
        case MEMBERS_OK:
                return "the member rows are summed";
        case MEMBERS_NO_ROOM:
                return "the member rows are of more members than there is memory for";
        case MEMBERS_UNORDERED:
                return "the member rows are not in order of members";
        case MEMBERS_TWICE:
                return "a member has two rows of the same month and category";
        case MEMBERS_BAD_MONTH:
                return "a member row is of a month outside the period";
        case MEMBERS_BAD_CATEGORY:
                return "a member row is of a category that its block does not list";
        case MEMBERS_TOO_MUCH:
                return "the member rows come to more than money or counts can be";
        }
        assert(!"an answer about member rows");
        return NULL;
}
