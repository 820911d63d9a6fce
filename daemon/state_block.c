/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_block.h"

#include "daemon/row.h"

#define INDEX_SIZE 8

static void period_row(struct row *ret, uint32_t contract_no, enum side side, struct period period)
{
        row_u32(ret, contract_no);
        row_u8(ret, side);
        row_i32(ret, period.from);
        row_i32(ret, period.until);
}

static void key_row(struct row *ret, uint32_t contract_no, enum side side,
                    const struct block_event *block, uint64_t index)
{
        period_row(ret, contract_no, side, block->period);
        row_word(ret, name_bytes(&block->segment));
        row_u32(ret, block->number);
        row_u64(ret, index);
}

int state_block_put(struct store_txn *txn, const struct block_state *state)
{
        const struct block_event *block = &state->block;
        ROW(key);
        ROW(value);

        key_row(&key, state->contract_no, state->side, block, state->index);
        row_u32(&value, state->event);
        row_u32(&value, state->year);
        row_u32(&value, block->rows);
        row_i64(&value, block->cents);
        row_bytes(&value, block->sha256.octets, sizeof(block->sha256.octets));
        row_u32(&value, block->generation);
        row_i32(&value, block->paid_through);
        row_u8(&value, block->has_supersedes);
        row_u64(&value, block->supersedes);
        return store_put(txn, TABLE_BLOCK, row_span(&key), row_span(&value));
}

int state_block_current(struct store_txn *txn, uint32_t contract_no, enum side side,
                        const struct block_event *block, uint64_t cut, uint64_t *ret_index)
{
        struct row_reader reader;
        struct bytes found, value;
        ROW(seek);
        int r;

        *ret_index = 0;
        key_row(&seek, contract_no, side, block, cut);
        r = store_last(txn, TABLE_BLOCK, row_span(&seek), &found, &value);
        if (r)
                return r;
        if (found.size != seek.size || memcmp(found.data, seek.data, seek.size - INDEX_SIZE) != 0)
                return -ENOENT;
        reader = row_read((struct bytes) {
                (const uint8_t *)found.data + found.size - INDEX_SIZE, INDEX_SIZE,
        });
        *ret_index = read_u64(&reader);
        return row_done(&reader);
}

static int block_read(struct bytes key, struct bytes value, struct block_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);
        struct block_event *block = &ret->block;

        memset(ret, 0, sizeof(*ret));
        ret->contract_no = read_u32(&k);
        ret->side = read_u8(&k);
        block->period.from = read_i32(&k);
        block->period.until = read_i32(&k);
        read_word(&k, block->segment.text, NAME_MAX_LENGTH);
        block->number = read_u32(&k);
        ret->index = read_u64(&k);
        ret->event = read_u32(&v);
        ret->year = read_u32(&v);
        block->rows = read_u32(&v);
        block->cents = read_i64(&v);
        read_bytes(&v, block->sha256.octets, sizeof(block->sha256.octets));
        block->generation = read_u32(&v);
        block->paid_through = read_i32(&v);
        block->has_supersedes = read_u8(&v);
        block->supersedes = read_u64(&v);
        return row_done(&k) || row_done(&v) ? -EILSEQ : 0;
}

int state_block(struct store_txn *txn, uint32_t contract_no, enum side side,
                const struct block_event *block, uint64_t index, struct block_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        key_row(&key, contract_no, side, block, index);
        r = store_get(txn, TABLE_BLOCK, row_span(&key), &value);
        return r ? r : block_read(row_span(&key), value, ret);
}

/* From behind @at on, as long as keys begin as @at did. */
static int walk(struct store_txn *txn, struct row *at, size_t prefix, block_visit *visit,
                void *with)
{
        struct block_state block;
        struct bytes key, value;
        int r;

        while (!(r = store_after(txn, TABLE_BLOCK, row_span(at), &key, &value))) {
                if (key.size < prefix || memcmp(key.data, at->data, prefix) != 0)
                        return 0;
                r = block_read(key, value, &block);
                if (!r)
                        r = visit(with, &block, key);
                if (r)
                        return r;
                at->size = 0;
                row_bytes(at, key.data, key.size);
        }
        return r == -ENOENT ? 0 : r;
}

int state_blocks(struct store_txn *txn, uint32_t contract_no, struct bytes after,
                 block_visit *visit, void *with)
{
        ROW(at);

        row_u32(&at, contract_no);
        if (after.size) {
                if (after.size < at.size || after.size > STORE_KEY_MAX ||
                    memcmp(after.data, at.data, at.size) != 0)
                        return 0;
                at.size = 0;
                row_bytes(&at, after.data, after.size);
        }
        return walk(txn, &at, 4, visit, with);
}

int state_blocks_of(struct store_txn *txn, uint32_t contract_no, enum side side,
                    struct period period, block_visit *visit, void *with)
{
        ROW(at);

        period_row(&at, contract_no, side, period);
        return walk(txn, &at, at.size, visit, with);
}

static void erased_key(struct row *ret, uint32_t contract_no, uint32_t year, uint64_t index)
{
        row_u32(ret, contract_no);
        row_u32(ret, year);
        row_u64(ret, index);
}

int state_block_erase(struct store_txn *txn, uint32_t contract_no, uint32_t year, uint64_t index)
{
        ROW(key);

        erased_key(&key, contract_no, year, index);
        return store_put(txn, TABLE_BLOCK_ERASED, row_span(&key), (struct bytes) { "", 0 });
}

int state_block_erased(struct store_txn *txn, uint32_t contract_no, uint32_t year, uint64_t cut,
                       uint64_t *ret)
{
        struct row_reader reader;
        struct bytes found, value;
        ROW(seek);
        int r;

        *ret = 0;
        erased_key(&seek, contract_no, year, cut);
        r = store_last(txn, TABLE_BLOCK_ERASED, row_span(&seek), &found, &value);
        if (r)
                return r == -ENOENT ? 0 : r;
        if (found.size != seek.size || memcmp(found.data, seek.data, seek.size - INDEX_SIZE) != 0)
                return 0;
        reader = row_read((struct bytes) {
                (const uint8_t *)found.data + found.size - INDEX_SIZE, INDEX_SIZE,
        });
        *ret = read_u64(&reader);
        return row_done(&reader);
}
