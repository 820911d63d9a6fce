/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/members.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/blocks.h"
#include "proof/random.h"

struct folding {
        struct members_fold *fold;
        const struct members_rule *rule;
        enum members_order order;
        enum members_answer answer;     /* why it ended */
        uint64_t seed[2];               /* no result depends on it */
        void *memory;
        size_t size;
};

void members_work_cleanup(struct members_work *work)
{
        free(work->figures);
}

static void folding_cleanup(struct folding *folding)
{
        free(folding->fold);
        free(folding->memory);
}

/* Twice as much as before; the fold says what is in it. */
static int grow(struct folding *f)
{
        size_t size = 2 * f->size;
        void *memory = malloc(size);

        if (!memory)
                return -ENOMEM;
        members_fold_move(f->fold, memory, size);
        free(f->memory);
        f->memory = memory;
        f->size = size;
        return 0;
}

/* What the fold calls the event's categories; a block that lists none counts in the whole alone. */
static bool name_categories(struct folding *f, const struct block_event *event,
                            uint8_t ret[CATEGORIES_MAX], size_t *ret_count)
{
        *ret_count = event->category_count ? event->category_count : 1;
        ret[0] = MEMBERS_NO_CATEGORY;
        for (uint32_t i = 0; i < event->category_count; i++)
                if (!members_fold_category(f->fold, &event->categories[i], &ret[i]))
                        return false;
        return true;
}

/* 1: the fold has answered, and goes no further. */
static int fold_block_rows(void *with, const struct block_event *event,
                           const struct member_rows *rows)
{
        uint8_t categories[CATEGORIES_MAX];
        struct folding *f = with;
        uint32_t row = 0;
        size_t count;
        int r = 0;

        if (!name_categories(f, event, categories, &count)) {
                f->answer = MEMBERS_BAD_CATEGORY;
                return 1;
        }
        do {
                f->answer = members_fold_add(f->fold, rows, categories, count, &row);
                if (f->answer == MEMBERS_NO_ROOM)
                        r = grow(f);
        } while (!r && f->answer == MEMBERS_NO_ROOM);
        return r ? r : f->answer != MEMBERS_OK;
}

/* Distinct members are at least rows over months of the period: so much is never too much. */
static size_t first_size(const struct block_set *set, const struct members_rule *rule)
{
        return MEMBERS_TABLE_SIZE(set->rows / rule->months + 64);
}

static int fold_in(struct folding *f, enum members_order order, const struct reading *by,
                   const struct block_set *set)
{
        int r;

        f->answer = MEMBERS_OK;
        members_fold_begin(f->fold, f->rule, order, f->memory, f->size, f->seed);
        r = block_set_each(by, set, fold_block_rows, f);
        return r < 0 ? r : 0;
}

static int fold_finish(struct folding *f, struct members_work *ret)
{
        int r = 0;

        ret->figures = calloc(MEMBER_FIGURES_MAX, sizeof(*ret->figures));
        if (!ret->figures)
                return -ENOMEM;
        do {
                f->answer = members_fold_finish(f->fold, ret->figures, &ret->members.count);
                if (f->answer == MEMBERS_NO_ROOM)
                        r = grow(f);
        } while (!r && f->answer == MEMBERS_NO_ROOM);
        return r;
}

/* In order where the rows are; else each member is found again. */
static int fold(struct folding *f, const struct reading *by, const struct block_set *set,
                struct members_work *ret)
{
        int r;

        f->size = first_size(set, f->rule);
        f->memory = malloc(f->size);
        f->fold = malloc(sizeof(*f->fold));
        if (!f->memory || !f->fold)
                return -ENOMEM;
        random_bytes(f->seed, sizeof(f->seed));
        r = fold_in(f, MEMBERS_IN_ORDER, by, set);
        if (!r && f->answer == MEMBERS_UNORDERED)
                r = fold_in(f, MEMBERS_IN_ANY_ORDER, by, set);
        if (!r && !f->answer)
                r = fold_finish(f, ret);
        if (r || f->answer) {
                ret->lacks = r ? NULL : members_answer_says(f->answer);
                return r;
        }
        ret->members.figures = ret->figures;
        ret->is = true;
        return 0;
}

/* Why these blocks are none to be settled by, whatever is in them; NULL: they are. */
static const char *unusable(const struct block_set *set, const struct reading *by)
{
        if (set->erased)
                return "the member-level rows of the period were erased at the hub: each party "
                       "recomputes from its own copies, and states totals";
        if (set->mixed)
                return "the blocks of member-level rows have pseudonyms made with different keys: "
                       "publish all of them anew with the newest";
        if (by->rows_most && set->rows > by->rows_most)
                return "too many member-level rows for a preview: order an interim run";
        return NULL;
}

static struct rate completion_of(const struct terms *terms, const struct run *run,
                                 const struct settle_inputs *inputs)
{
        const struct fact *fact = settle_fact(terms, inputs, FACT_COMPLETION_FACTOR, run->period);

        return fact ? (struct rate) { fact->value.num, fact->value.den } : (struct rate) { 1, 1 };
}

static int gone(struct store_txn *txn, const struct block_set *set)
{
        bool erased;
        int r = block_set_erased_since(txn, set, &erased);

        return r ? r : erased ? -ENOKEY : -ENODATA;
}

static int say_source(const struct block_set *set, struct members *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        int r = hasher_new(&hasher);

        ret->first = set->first;
        ret->last = set->last;
        ret->rows = set->rows;
        return r ? r : block_set_digest(set, hasher, ret->digest);
}

int members_gather(const struct reading *by, const struct terms *terms, const struct run *run,
                   uint32_t contract_no, const struct settle_inputs *inputs,
                   struct members_work *ret)
{
        own(block_set) struct block_set set = { 0 };
        own(folding) struct folding folding = { 0 };
        struct members_rule rule;
        int r;

        if (!members_wanted(terms))
                return 0;
        r = block_set_find(by->txn, contract_no, terms_of_record(terms, FACT_MEMBER_MONTHS),
                           run->period, run->cut, &set);
        if (r || !set.count)
                return r;
        ret->lacks = unusable(&set, by);
        if (!ret->lacks)
                ret->lacks = members_rule_of(terms, run->period, completion_of(terms, run, inputs),
                                             &rule);
        if (ret->lacks)
                return 0;
        folding.rule = &rule;
        r = fold(&folding, by, &set, ret);
        if (by->rows_most && (r == -ENOENT || r == -EILSEQ)) {
                ret->lacks = "the hub has lost a block of member-level rows: its sender can send "
                             "the same submission again";
                return 0;
        }
        if (r == -ENOENT)
                return gone(by->txn, &set);
        return r ? r : say_source(&set, &ret->members);
}
