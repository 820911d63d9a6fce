/* SPDX-License-Identifier: Apache-2.0 */
/* What a settlement reads: the current blocks of a side and period at a cut, and their rows. */
#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/blocks.h"

#define BLOCKS_FIRST 64

int blocks_keeping(struct store_txn *txn, struct block_reader *reader,
                   const struct block_state *block, enum block_keeping *ret)
{
        const struct block_id id = block_id_of(block);
        uint64_t erased;
        int r = state_block_erased(txn, block->contract_no, block->year, UINT64_MAX, &erased);

        if (r)
                return r;
        *ret = BLOCK_KEPT;
        if (block->block.rows == 0)
                return 0;
        if (erased > block->index) {
                *ret = BLOCK_ERASED;
                return 0;
        }
        r = reader ? block_reader_has(reader, &id) : -ENOENT;
        if (r == -ENOENT || r == -EILSEQ)
                *ret = BLOCK_MISSING;
        return r == -ENOENT || r == -EILSEQ ? 0 : r;
}

/* ---- which blocks */

void block_set_cleanup(struct block_set *set)
{
        free(set->list);
}

static bool same_number(const struct block_state *a, const struct block_state *b)
{
        return a->block.number == b->block.number &&
               name_equal(&a->block.segment, &b->block.segment);
}

/*
 * Versions of a number come in order of index:
 * each one at or below the cut takes the place of the one before.
 */
static int collect(void *with, const struct block_state *block, struct bytes key)
{
        struct block_set *set = with;

        (void)key;
        if (block->index > set->cut)
                return 0;
        if (set->count && same_number(&set->list[set->count - 1], block)) {
                set->list[set->count - 1] = *block;
                return 0;
        }
        if (set->count == set->room) {
                size_t room = set->room ? 2 * set->room : BLOCKS_FIRST;
                struct block_state *list = reallocarray(set->list, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                set->list = list;
                set->room = room;
        }
        set->list[set->count++] = *block;
        return 0;
}

static void leave_out_empty(struct block_set *set)
{
        size_t kept = 0;

        for (size_t i = 0; i < set->count; i++)
                if (set->list[i].block.rows)
                        set->list[kept++] = set->list[i];
        set->count = kept;
}

static int sum_up(struct store_txn *txn, struct block_set *set)
{
        for (size_t i = 0; i < set->count; i++) {
                const struct block_state *block = &set->list[i];
                uint64_t erased;
                int r = state_block_erased(txn, block->contract_no, block->year, set->cut, &erased);

                if (r)
                        return r;
                if (erased > block->index && !set->erased)
                        set->erased = erased;
                set->rows += block->block.rows;
                set->mixed |= block->block.generation != set->list[0].block.generation;
                if (!set->first || block->index < set->first)
                        set->first = block->index;
                if (block->index > set->last)
                        set->last = block->index;
        }
        return 0;
}

int block_set_find(struct store_txn *txn, uint32_t contract_no, enum side side,
                   struct period period, uint64_t cut, struct block_set *ret)
{
        int r;

        *ret = (struct block_set) { .cut = cut };
        r = state_blocks_of(txn, contract_no, side, period, collect, ret);
        if (r)
                return r;
        leave_out_empty(ret);
        return sum_up(txn, ret);
}

static int by_entry(const void *a_, const void *b_)
{
        const struct block_state *a = *(const struct block_state *const *)a_;
        const struct block_state *b = *(const struct block_state *const *)b_;

        if (a->index != b->index)
                return a->index < b->index ? -1 : 1;
        return (a->event > b->event) - (a->event < b->event);
}

int block_set_digest(const struct block_set *set, struct hasher *hasher, uint8_t ret[32])
{
        const struct block_state **order = calloc(set->count + 1, sizeof(*order));
        struct bytes *spans = calloc(set->count + 1, sizeof(*spans));
        struct digest digest;
        int r = order && spans ? 0 : -ENOMEM;

        for (size_t i = 0; !r && i < set->count; i++)
                order[i] = &set->list[i];
        if (!r) {
                qsort(order, set->count, sizeof(*order), by_entry);
                for (size_t i = 0; i < set->count; i++)
                        spans[i] = BYTES_OF(order[i]->block.sha256.octets);
                hash_spans(hasher, spans, set->count, &digest);
                memcpy(ret, digest.octets, sizeof(digest.octets));
        }
        free(order);
        free(spans);
        return r;
}

/* ---- rows */

struct pass {
        struct store_txn *txn;
        struct block_reader *reader;
        struct arena arena;
};

static void pass_cleanup(struct pass *pass)
{
        block_reader_close(pass->reader);
        arena_free(&pass->arena);
}

int blocks_event(struct store_txn *txn, const struct block_state *block, struct arena *arena,
                 const struct block_event **ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(txn, NULL, block->index, &entry);

        if (!r)
                r = wire_read_submission(entry.bytes, arena, &submission, &fault);
        if (!r && (block->event >= submission.event_count ||
                   submission.events[block->event].kind != EVENT_BLOCK))
                r = -EILSEQ;
        if (r)
                return r > 0 ? -EILSEQ : r;
        *ret = &submission.events[block->event].block;
        return 0;
}

static int read_one(struct pass *pass, const struct block_state *block, block_rows_fn *each,
                    void *with)
{
        const struct block_id id = block_id_of(block);
        const struct block_event *event;
        struct member_rows rows;
        struct bytes columns;
        int r = block_reader_get(pass->reader, &id, &columns);

        if (r == -EILSEQ)
                r = -ENOENT;    /* what is damaged is lost: its sender can send it again */
        if (!r && !block_cut(columns, block->block.rows, &rows))
                r = -EILSEQ;
        arena_reset(&pass->arena);
        if (!r)
                r = blocks_event(pass->txn, block, &pass->arena, &event);
        return r ? r : each(with, event, &rows);
}

int block_set_each(const struct reading *by, const struct block_set *set, block_rows_fn *each,
                   void *with)
{
        own(pass) struct pass pass = { .txn = by->txn };
        int r;

        if (!by->hub->blocks)
                return -ENOENT;
        r = arena_new(&pass.arena, WIRE_ARENA_SIZE);
        if (!r)
                r = block_reader_open(by->hub->blocks, BLOCK_SIZE_MAX, by->of_batch, &pass.reader);
        for (size_t i = 0; !r && i < set->count; i++)
                r = read_one(&pass, &set->list[i], each, with);
        return r;
}

int block_set_erased_since(struct store_txn *txn, const struct block_set *set, bool *ret)
{
        int r = 0;

        *ret = false;
        for (size_t i = 0; !r && !*ret && i < set->count; i++) {
                const struct block_state *block = &set->list[i];
                uint64_t erased;

                r = state_block_erased(txn, block->contract_no, block->year, UINT64_MAX, &erased);
                *ret = !r && erased > block->index;
        }
        return r;
}
