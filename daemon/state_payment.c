/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_payment.h"

#include "daemon/row.h"

#define INDEX_SIZE 8

static void key_row(struct row *ret, const struct payment_key *key)
{
        row_u32(ret, key->contract_no);
        row_u8(ret, key->payer);
        row_word(ret, item_bytes(&key->trace));
}

static struct payment_key key_read(struct row_reader *from)
{
        struct payment_key key = { .contract_no = read_u32(from) };

        key.payer = read_u8(from);
        read_word(from, key.trace.text, ITEM_MAX_LENGTH);
        return key;
}

/* The last row of @prefix and an index at or below @cut. */
static int last_of(struct store_txn *txn, enum table table, const struct row *prefix, uint64_t cut,
                   uint64_t *ret_index, struct bytes *ret_value)
{
        struct row_reader reader;
        struct row seek = *prefix;
        struct bytes found;
        int r;

        row_u64(&seek, cut);
        r = store_last(txn, table, row_span(&seek), &found, ret_value);
        if (r)
                return r;
        if (found.size != seek.size || memcmp(found.data, prefix->data, prefix->size) != 0)
                return -ENOENT;
        reader = row_read((struct bytes) {
                (const uint8_t *)found.data + prefix->size, INDEX_SIZE,
        });
        *ret_index = read_u64(&reader);
        return row_done(&reader);
}

/* ---- payments */

int state_payment_put(struct store_txn *txn, const struct payment_key *key, uint64_t index,
                      instant time, const struct payment *payment)
{
        ROW(at);
        ROW(value);

        key_row(&at, key);
        row_u8(&at, payment->direction);
        row_u64(&at, index);
        row_i64(&value, time);
        row_i32(&value, payment->day);
        row_i64(&value, payment->cents);
        row_word(&value, item_bytes(&payment->method));
        row_u8(&value, payment->has_supersedes);
        row_u64(&value, payment->supersedes);
        row_u8(&value, payment->part_count);
        for (uint32_t i = 0; i < payment->part_count; i++) {
                row_u64(&value, payment->parts[i].run);
                row_i64(&value, payment->parts[i].cents);
        }
        return store_put(txn, TABLE_PAYMENT, row_span(&at), row_span(&value));
}

static int payment_read(struct bytes value, struct payment_version *ret)
{
        struct row_reader r = row_read(value);
        struct payment *payment = &ret->payment;

        ret->time = read_i64(&r);
        payment->trace = ret->key.trace;
        payment->day = read_i32(&r);
        payment->cents = read_i64(&r);
        read_word(&r, payment->method.text, ITEM_MAX_LENGTH);
        payment->has_supersedes = read_u8(&r);
        payment->supersedes = read_u64(&r);
        payment->part_count = read_u8(&r);
        payment->parts = ret->parts;
        for (uint32_t i = 0; i < payment->part_count && i < PAYMENT_PARTS_MAX; i++) {
                ret->parts[i].run = read_u64(&r);
                ret->parts[i].cents = read_i64(&r);
        }
        return row_done(&r);
}

int state_payment(struct store_txn *txn, const struct payment_key *key,
                  enum payment_direction direction, uint64_t cut, struct payment_version *ret)
{
        struct bytes value;
        ROW(prefix);
        int r;

        memset(ret, 0, sizeof(*ret));
        ret->key = *key;
        ret->payment.direction = direction;
        key_row(&prefix, key);
        row_u8(&prefix, direction);
        r = last_of(txn, TABLE_PAYMENT, &prefix, cut, &ret->index, &value);
        return r ? r : payment_read(value, ret);
}

int state_payment_next(struct store_txn *txn, const struct payment_key *after,
                       struct payment_key *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, after->contract_no);
        if (after->trace.text[0]) {
                at.size = 0;
                key_row(&at, after);
                row_u8(&at, UINT8_MAX);         /* behind both directions */
        }
        r = store_after(txn, TABLE_PAYMENT, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        *ret = key_read(&reader);
        if (ret->contract_no != after->contract_no)
                return -ENOENT;
        return reader.bad ? -EILSEQ : 0;
}

/* ---- their entries */

int state_payment_entry_put(struct store_txn *txn, const struct payment_key *key,
                            const struct payment_entry *entry)
{
        ROW(at);
        ROW(value);

        key_row(&at, key);
        row_u64(&at, entry->index);
        row_u64(&value, entry->run);
        row_i64(&value, entry->cents);
        row_u64(&value, entry->reversed);
        return store_put(txn, TABLE_PAYMENT_ENTRY, row_span(&at), row_span(&value));
}

static int entry_read(struct bytes value, struct payment_entry *ret)
{
        struct row_reader r = row_read(value);

        ret->run = read_u64(&r);
        ret->cents = read_i64(&r);
        ret->reversed = read_u64(&r);
        return row_done(&r);
}

int state_payment_entry(struct store_txn *txn, const struct payment_key *key, uint64_t index,
                        struct payment_entry *ret)
{
        struct bytes value;
        ROW(at);
        int r;

        *ret = (struct payment_entry) { .index = index };
        key_row(&at, key);
        row_u64(&at, index);
        r = store_get(txn, TABLE_PAYMENT_ENTRY, row_span(&at), &value);
        return r ? r : entry_read(value, ret);
}

int state_payment_entry_next(struct store_txn *txn, const struct payment_key *key, uint64_t after,
                             struct payment_entry *ret)
{
        struct row_reader reader;
        struct bytes found, value;
        ROW(at);
        size_t prefix;
        int r;

        key_row(&at, key);
        prefix = at.size;
        row_u64(&at, after);
        r = store_after(txn, TABLE_PAYMENT_ENTRY, row_span(&at), &found, &value);
        if (r)
                return r;
        if (found.size != at.size || memcmp(found.data, at.data, prefix) != 0)
                return -ENOENT;
        reader = row_read((struct bytes) { (const uint8_t *)found.data + prefix, INDEX_SIZE });
        *ret = (struct payment_entry) { .index = read_u64(&reader) };
        return entry_read(value, ret);
}

/* ---- moments */

int state_overdue(struct store_txn *txn, uint64_t run, instant *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        *ret = 0;
        row_u64(&key, run);
        r = store_get(txn, TABLE_OVERDUE, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        *ret = read_i64(&reader);
        return row_done(&reader);
}

int state_overdue_put(struct store_txn *txn, uint64_t run, instant at)
{
        ROW(key);
        ROW(value);

        row_u64(&key, run);
        row_i64(&value, at);
        return store_put(txn, TABLE_OVERDUE, row_span(&key), row_span(&value));
}

int state_overdue_del(struct store_txn *txn, uint64_t run)
{
        ROW(key);

        row_u64(&key, run);
        return store_del(txn, TABLE_OVERDUE, row_span(&key));
}

/* ---- figures */

static void figure_row(struct row *ret, const struct figure_key *key)
{
        row_u32(ret, key->contract_no);
        row_u8(ret, key->side);
        row_i32(ret, key->period.from);
        row_i32(ret, key->period.until);
}

int state_figure_put(struct store_txn *txn, const struct figure_key *key, uint64_t index,
                     uint32_t event)
{
        ROW(at);
        ROW(value);

        figure_row(&at, key);
        row_u64(&at, index);
        row_u32(&value, event);
        return store_put(txn, TABLE_FIGURE, row_span(&at), row_span(&value));
}

int state_figure(struct store_txn *txn, const struct figure_key *key, uint64_t cut,
                 uint64_t *ret_index, uint32_t *ret_event)
{
        struct row_reader reader;
        struct bytes value;
        ROW(prefix);
        int r;

        *ret_index = 0;
        *ret_event = 0;
        figure_row(&prefix, key);
        r = last_of(txn, TABLE_FIGURE, &prefix, cut, ret_index, &value);
        if (r)
                return r;
        reader = row_read(value);
        *ret_event = read_u32(&reader);
        return row_done(&reader);
}
