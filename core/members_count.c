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

/* For the percentile. Octet by octet: in any order it lies where an entry lay. */
static void keep(struct members_fold *fold, uint64_t value)
{
        memcpy(&fold->values[fold->value_count++], &value, sizeof(value));
}

/* One figure's member. Where a percentile is sought its money waits; in any order, in its entry. */
static void count_member(struct members_fold *fold, unsigned int figure,
                         const struct member_part *part, unsigned int months, unsigned int rows)
{
        struct member_sums *sums = &fold->sums[figure];

        member_sums_head(sums, months, rows, part->risk, part->paid);
        if (!fold->terms.rule->at_percentile)
                member_sums_money(sums, &fold->terms, &fold->terms.fixed, months, part->paid);
        else if (fold->order == MEMBERS_IN_ORDER)
                keep(fold, member_value(part->paid, months, figure));
}

/* Of a category; that of rows without one is in the whole already. */
static void count_part(struct members_fold *fold, uint8_t category, const struct member_part *part,
                       unsigned int months)
{
        if (category != MEMBERS_NO_CATEGORY)
                count_member(fold, category, part, months, months);
}

static bool attributed(const struct members_fold *fold, unsigned int months)
{
        return months >= fold->terms.rule->least_months;
}

/* Answers the rows of the part. */
static unsigned int part_add(struct member_part *whole, const struct member_part *part)
{
        whole->months |= part->months;
        whole->paid += part->paid;
        whole->risk += part->risk;
        return months_of(part->months);
}

/* As nearly all members are: the whole is the part. */
static void count_one_part(struct members_fold *fold, uint8_t category,
                           const struct member_part *part)
{
        unsigned int months = months_of(part->months);

        if (!attributed(fold, months))
                return;
        count_member(fold, 0, part, months, months);
        count_part(fold, category, part, months);
}

static void count_parts(struct members_fold *fold)
{
        const struct member_now *now = &fold->now;
        struct member_part whole = { 0 };
        unsigned int rows = 0;

        for (unsigned int i = 0; i < now->count; i++)
                rows += part_add(&whole, &now->parts[now->categories[i]]);
        if (!attributed(fold, months_of(whole.months)))
                return;
        count_member(fold, 0, &whole, months_of(whole.months), rows);
        for (unsigned int i = 0; i < now->count; i++) {
                const struct member_part *part = &now->parts[now->categories[i]];

                count_part(fold, now->categories[i], part, months_of(part->months));
        }
}

bool members_end_member(struct members_fold *fold)
{
        struct member_now *now = &fold->now;

        if (!now->is)
                return true;
        if (fold->terms.rule->at_percentile &&
            fold->value_room - fold->value_count < now->count + 1u)
                return false;
        if (now->count == 1)
                count_one_part(fold, now->categories[0], &now->parts[now->categories[0]]);
        else
                count_parts(fold);
        for (unsigned int i = 0; i < now->count; i++)
                now->parts[now->categories[i]] = (struct member_part) { 0 };
        now->count = 0;
        now->is = false;
        return true;
}

enum entry_state { LEFT_OUT = 1, COUNTS = 2, COUNTS_FIRST = 3 };

/* The member that this is an entry of, of all categories; answers its rows. */
static unsigned int whole_of(const struct members_table *table, const struct member_entry *entry,
                             struct member_part *ret, const struct member_entry **ret_first)
{
        const struct member_entry *kin = NULL;
        unsigned int rows = 0;

        *ret = (struct member_part) { 0 };
        *ret_first = NULL;
        while ((kin = members_table_kin(table, entry, kin))) {
                rows += part_add(ret, &kin->part);
                if (!*ret_first)
                        *ret_first = kin;
        }
        return rows;
}

/*
 * What an entry counts for. Its kin are looked at again for each of them, so only what none of
 * them asks for is overwritten: the risk of the first, where the whole member's value waits.
 */
static void count_entry(struct members_fold *fold, struct member_entry *entry)
{
        const struct member_entry *first = entry;
        struct member_part whole = entry->part;
        unsigned int months = months_of(entry->part.months), rows = months, of_all = months;

        if (entry->kin) {
                rows = whole_of(&fold->table, entry, &whole, &first);
                of_all = months_of(whole.months);
        }
        entry->state = LEFT_OUT;
        if (!attributed(fold, of_all))
                return;
        entry->state = COUNTS;
        count_part(fold, entry->category, &entry->part, months);
        if (entry != first)
                return;
        entry->state = COUNTS_FIRST;
        count_member(fold, 0, &whole, of_all, rows);
        entry->part.risk = member_value(whole.paid, of_all, 0);
}

_Static_assert(sizeof(struct member_entry) >= 2 * MEMBER_VALUE_SIZE, "values stay behind");

/* An entry becomes two values at most, so they lie where entries lay that were walked before. */
static void keep_entry(struct members_fold *fold, const struct member_entry entry)
{
        if (entry.state == COUNTS_FIRST)
                keep(fold, entry.part.risk);
        if (entry.state != LEFT_OUT && entry.category != MEMBERS_NO_CATEGORY)
                keep(fold, member_value(entry.part.paid, months_of(entry.part.months),
                                        entry.category));
}

static void end_table(struct members_fold *fold)
{
        struct members_table *table = &fold->table;

        for (uint32_t i = 0; i < table->places; i++)
                if (members_table_at(table, i))
                        count_entry(fold, members_table_at(table, i));
        for (uint32_t i = 0; fold->terms.rule->at_percentile && i < table->places; i++)
                if (members_table_at(table, i))
                        keep_entry(fold, *members_table_at(table, i));
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
