/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Member rows of both sides, merged: within the rows that a query may read, all at hand. Only who
 * is a side of the contract may ask.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/roster.h"
#include "daemon/blocks.h"
#include "daemon/members.h"
#include "daemon/query_match.h"
#include "daemon/row.h"

/* A side's blocks, read. */
struct side_rows {
        struct block_set set;
        uint8_t *memory;                /* columns, one block's behind the other's */
        size_t used;
        struct roster_run *runs;
        uint8_t (*called)[CATEGORIES_MAX];
        size_t count;
        struct roster_runs order;
};

struct merge {
        struct asked *asked;
        struct side_rows sides[2];
        struct side_rows *reading;      /* the side that is being read */
        struct item names[ROSTER_CATEGORIES_MAX];       /* of categories, by number; [0]: none */
        uint8_t name_count;
        struct roster roster;
        struct roster_difference *differences;
        size_t room;
        const char *says;               /* why nothing comes of it; NULL: something does */
};

static void merge_cleanup(struct merge *merge)
{
        for (int i = 0; i < 2; i++) {
                block_set_cleanup(&merge->sides[i].set);
                free(merge->sides[i].memory);
                free(merge->sides[i].runs);
                free(merge->sides[i].called);
        }
        free(merge->differences);
}

/* ---- which blocks */

static void leave_out_segments(const struct query *query, struct block_set *set)
{
        size_t kept = 0;

        if (name_empty(&query->segment))
                return;
        for (size_t i = 0; i < set->count; i++)
                if (name_equal(&set->list[i].block.segment, &query->segment))
                        set->list[kept++] = set->list[i];
        set->count = kept;
}

static uint64_t rows_of(const struct block_set *set)
{
        uint64_t rows = 0;

        for (size_t i = 0; i < set->count; i++)
                rows += set->list[i].block.rows;
        return rows;
}

static bool of_one_key(const struct block_set *a, const struct block_set *b)
{
        const struct block_state *first = a->count ? a->list : b->list;

        for (size_t i = 0; i < a->count; i++)
                if (a->list[i].block.generation != first->block.generation)
                        return false;
        for (size_t i = 0; i < b->count; i++)
                if (b->list[i].block.generation != first->block.generation)
                        return false;
        return true;
}

static const char erased_says[] =
        "the member-level rows of the period were erased at the hub: each party matches its own "
        "copies";

static int find_blocks(struct merge *merge)
{
        struct asked *asked = merge->asked;
        const struct query *query = asked->query;
        struct block_set *a = &merge->sides[0].set, *b = &merge->sides[1].set;
        uint64_t rows;
        int r = block_set_find(asked->hub->txn, asked->contract.no, SIDE_BEARER, query->period,
                               asked->cut, a);

        if (!r)
                r = block_set_find(asked->hub->txn, asked->contract.no, SIDE_EARNER,
                                   query->period, asked->cut, b);
        if (r)
                return r;
        leave_out_segments(query, a);
        leave_out_segments(query, b);
        rows = rows_of(a) + rows_of(b);
        if (!rows)
                merge->says = "neither side has stated member-level rows of that period";
        else if (a->erased || b->erased)
                merge->says = erased_says;
        else if (rows > QUERY_ROWS_MAX)
                merge->says = "too many member-level rows for a query: ask for one segment, or "
                              "match the parties' own copies";
        else if (!of_one_key(a, b))
                merge->says = "the pseudonyms were made with different keys: publish all blocks "
                              "anew with the newest";
        merge->room = rows;
        return 0;
}

/* ---- their rows */

static int number_of(struct merge *merge, const struct item *name, uint8_t *ret)
{
        for (uint8_t i = 1; i <= merge->name_count; i++)
                if (item_equal(&merge->names[i], name)) {
                        *ret = i;
                        return 0;
                }
        if (merge->name_count + 1 >= ROSTER_CATEGORIES_MAX) {
                merge->says = "the blocks have more categories than can be held against each other";
                return 1;
        }
        merge->names[++merge->name_count] = *name;
        *ret = merge->name_count;
        return 0;
}

static int keep_rows(void *with, const struct block_event *event, const struct member_rows *rows)
{
        struct merge *merge = with;
        struct side_rows *side = merge->reading;
        size_t size = (size_t)rows->count * MEMBER_ROW_SIZE;
        uint8_t *at = side->memory + side->used, *called = side->called[side->count];
        bool fits;
        int r = 0;

        memcpy(at, rows->member, size);         /* the columns lie one behind the other */
        side->used += size;
        side->runs[side->count].block = (uint32_t)side->count;
        fits = block_cut((struct bytes) { at, size }, rows->count, &side->runs[side->count].rows);
        assert(fits);
        called[0] = ROSTER_NO_CATEGORY;
        for (uint32_t i = 0; !r && i < event->category_count; i++)
                r = number_of(merge, &event->categories[i], &called[i]);
        side->count++;
        return r;
}

static int read_side(struct merge *merge, struct side_rows *side)
{
        const struct reading by = reading_of(merge->asked);
        bool erased;
        int r;

        side->memory = malloc(rows_of(&side->set) * MEMBER_ROW_SIZE + 1);
        side->runs = calloc(side->set.count + 1, sizeof(*side->runs));
        side->called = calloc(side->set.count + 1, sizeof(*side->called));
        if (!side->memory || !side->runs || !side->called)
                return -ENOMEM;
        merge->reading = side;
        r = block_set_each(&by, &side->set, keep_rows, merge);
        if (r > 0)
                return 0;
        if (r != -ENOENT && r != -EILSEQ) {
                roster_runs_begin(&side->order, side->runs, side->count);
                return r;
        }
        merge->says = "the hub has lost a block of member-level rows: its sender can send the same "
                      "submission again";
        r = block_set_erased_since(by.txn, &side->set, &erased);
        if (!r && erased)
                merge->says = erased_says;
        return r;
}

/* ---- side by side */

static void feed(struct merge *merge, enum side which)
{
        struct side_rows *side = &merge->sides[which == SIDE_BEARER ? 0 : 1];
        struct roster_run run;

        if (roster_runs_next(&side->order, &run))
                roster_give(&merge->roster, which, &run.rows, side->called[run.block],
                            CATEGORIES_MAX);
        else
                roster_end(&merge->roster, which);
}

/* What the terms of the period allow to differ. */
static int tolerance_of(struct asked *asked, uint32_t *ret)
{
        own(matched) struct matched matched = { .asked = NULL };
        const struct fact_rule *rule;
        struct part part;
        int r = matched_load(asked, asked->contract.no, &matched);

        *ret = 0;
        if (r || !matched_part(&matched, asked->query->period, &part))
                return r;
        r = matched_by(&matched, part.version);
        rule = r ? NULL : terms_rule(matched.terms, FACT_MEMBER_MONTHS);
        if (rule)
                *ret = rule->tolerance_rows;
        return r;
}

static int merge_rows(struct merge *merge, struct roster_match *ret)
{
        enum roster_answer answer;
        uint32_t tolerance;
        int r = tolerance_of(merge->asked, &tolerance);

        merge->differences = calloc(merge->room + 1, sizeof(*merge->differences));
        if (r || !merge->differences)
                return r ? r : -ENOMEM;
        roster_begin(&merge->roster, merge->differences, (uint32_t)merge->room, tolerance);
        while ((answer = roster_go(&merge->roster)) == ROSTER_WANTS_BEARER ||
               answer == ROSTER_WANTS_EARNER)
                feed(merge, answer == ROSTER_WANTS_BEARER ? SIDE_BEARER : SIDE_EARNER);
        if (answer != ROSTER_DONE)
                return -EILSEQ;
        roster_finish(&merge->roster, ret);
        return 0;
}

/* ---- the answer: totals of all, and some of the differences */

static void place_of(struct row *ret, const struct roster_difference *difference)
{
        row_bytes(ret, difference->member, sizeof(difference->member));
        row_u32(ret, difference->month);
}

static bool lies_behind(const struct roster_difference *difference, struct bytes cursor)
{
        ROW(place);

        place_of(&place, difference);
        return cursor.size != place.size || memcmp(place.data, cursor.data, place.size) > 0;
}

static int give_page(struct asked *asked, struct roster_match *match)
{
        uint32_t most = rows_wanted(asked, ROSTER_DIFFERENCES_MAX), first = 0;
        struct roster_difference *rows = rows_new(asked, most, sizeof(*rows));
        const struct roster_difference *all = match->differences;
        ROW(cursor);

        if (!rows)
                return -ENOMEM;
        while (asked->query->after.size && first < match->difference_count &&
               !lies_behind(&all[first], asked->query->after))
                first++;
        match->difference_count -= first;
        if (match->difference_count > most) {
                match->difference_count = most;
                place_of(&cursor, &all[first + most - 1]);
                go_on_after(asked, row_span(&cursor));
        }
        if (match->difference_count)
                memcpy(rows, all + first, match->difference_count * sizeof(*rows));
        match->differences = rows;
        asked->answer->roster = match;
        return 0;
}

int ask_roster(struct asked *asked)
{
        own(merge) struct merge merge = { .asked = asked };
        struct roster_match *match = rows_new(asked, 1, sizeof(*match));
        int r = match ? find_contract(asked) : -ENOMEM;

        if (!r && !period_valid(asked->query->period))
                r = -ENOENT;
        if (!r)
                r = find_blocks(&merge);
        for (int i = 0; !r && !merge.says && i < 2; i++)
                r = read_side(&merge, &merge.sides[i]);
        if (!r && merge.says)
                return refuse_query(asked, REFUSAL_NO_SUCH_THING, "roster", merge.says);
        if (!r)
                r = merge_rows(&merge, match);
        return r ? r : give_page(asked, match);
}
