/* SPDX-License-Identifier: Apache-2.0 */
/* Due moments, settlement runs, books and signals: what follows from what was said. */
#include "daemon/row.h"
#include "daemon/state.h"

static void due_key(struct row *ret, const struct due_state *due)
{
        row_i64(ret, due->at);
        row_u8(ret, due->kind);
        row_u32(ret, due->a);
        row_u32(ret, due->b);
        row_u64(ret, due->index);
}

int state_due_put(struct store_txn *txn, const struct due_state *due)
{
        ROW(key);

        due_key(&key, due);
        return store_put(txn, TABLE_DUE, row_span(&key), (struct bytes) { "", 0 });
}

int state_due_del(struct store_txn *txn, struct bytes key)
{
        return store_del(txn, TABLE_DUE, key);
}

int state_due_drop(struct store_txn *txn, const struct due_state *due)
{
        ROW(key);
        int r;

        due_key(&key, due);
        r = store_del(txn, TABLE_DUE, row_span(&key));
        return r == -ENOENT ? 0 : r;
}

int state_due_at(struct bytes key, struct due_state *ret)
{
        struct row_reader r = row_read(key);

        ret->at = read_i64(&r);
        ret->kind = read_u8(&r);
        ret->a = read_u32(&r);
        ret->b = read_u32(&r);
        ret->index = read_u64(&r);
        return row_done(&r);
}

int state_due_first(struct store_txn *txn, struct due_state *ret, struct bytes *ret_key)
{
        struct bytes value;
        int r = store_after(txn, TABLE_DUE, (struct bytes) { "", 1 }, ret_key, &value);

        return r ? r : state_due_at(*ret_key, ret);
}

static void index_key(struct row *ret, uint64_t index)
{
        row_u64(ret, index);
}

static void run_row(struct row *row, const struct run_state *state)
{
        const struct run *run = &state->run;

        row_u32(row, state->contract_no);
        row_name(row, &run->contract.bearer);
        row_name(row, &run->contract.earner);
        row_name(row, &run->contract.label);
        row_i32(row, run->period.from);
        row_i32(row, run->period.until);
        row_u8(row, run->kind);
        row_u32(row, run->number);
        row_i32(row, run->payment);
        row_u64(row, state->cause);
        row_u64(row, state->statement);
        row_i64(row, state->statement_time);
        row_u8(row, state->status);
        row_i64(row, state->earned);
        row_i64(row, state->payable);
        row_u8(row, state->relayed);
        row_u8(row, state->binding);
        row_u32(row, state->terms_version);
        row_u8(row, state->posts);
}

static int run_read(struct bytes value, struct run_state *ret)
{
        struct row_reader r = row_read(value);
        struct run *run = &ret->run;

        ret->contract_no = read_u32(&r);
        read_name(&r, &run->contract.bearer);
        read_name(&r, &run->contract.earner);
        read_name(&r, &run->contract.label);
        run->period.from = read_i32(&r);
        run->period.until = read_i32(&r);
        run->kind = read_u8(&r);
        run->number = read_u32(&r);
        run->payment = read_i32(&r);
        ret->cause = read_u64(&r);
        ret->statement = read_u64(&r);
        ret->statement_time = read_i64(&r);
        ret->status = read_u8(&r);
        ret->earned = read_i64(&r);
        ret->payable = read_i64(&r);
        ret->relayed = read_u8(&r);
        ret->binding = read_u8(&r);
        ret->terms_version = read_u32(&r);
        ret->posts = read_u8(&r);
        return row_done(&r);
}

int state_run(struct store_txn *txn, uint64_t index, struct run_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        memset(ret, 0, sizeof(*ret));
        index_key(&key, index);
        r = store_get(txn, TABLE_RUN, row_span(&key), &value);
        if (r)
                return r;
        ret->index = index;
        ret->run.cut = index;
        return run_read(value, ret);
}

int state_run_put(struct store_txn *txn, const struct run_state *state)
{
        ROW(key);
        ROW(of);
        ROW(value);
        int r;

        index_key(&key, state->index);
        row_u32(&of, state->contract_no);
        row_u64(&of, state->index);
        r = store_put(txn, TABLE_RUN_OF, row_span(&of), (struct bytes) { "", 0 });
        if (!r && !state->statement)
                r = store_put(txn, TABLE_PENDING, row_span(&key), (struct bytes) { "", 0 });
        if (r)
                return r;
        run_row(&value, state);
        return store_put(txn, TABLE_RUN, row_span(&key), row_span(&value));
}

int state_run_settled(struct store_txn *txn, uint64_t index)
{
        ROW(key);

        index_key(&key, index);
        return store_del(txn, TABLE_PENDING, row_span(&key));
}

int state_run_pending(struct store_txn *txn, uint64_t after, uint64_t *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        index_key(&at, after);
        r = store_after(txn, TABLE_PENDING, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        *ret = read_u64(&reader);
        return row_done(&reader);
}

int state_run_next(struct store_txn *txn, uint32_t contract_no, uint64_t after, uint64_t *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, contract_no);
        row_u64(&at, after);
        r = store_after(txn, TABLE_RUN_OF, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u32(&reader) != contract_no)
                return -ENOENT;
        *ret = read_u64(&reader);
        return row_done(&reader);
}

static void balance_key(struct row *ret, uint32_t contract_no, uint32_t party_no,
                        enum account account)
{
        row_u32(ret, contract_no);
        row_u32(ret, party_no);
        row_u8(ret, account);
}

static int balance_read(struct bytes value, struct balance_state *ret)
{
        struct row_reader r = row_read(value);

        ret->debits_pending = read_i64(&r);
        ret->credits_pending = read_i64(&r);
        ret->debits_posted = read_i64(&r);
        ret->credits_posted = read_i64(&r);
        ret->debits_voided = read_i64(&r);
        ret->credits_voided = read_i64(&r);
        return row_done(&r);
}

int state_balance(struct store_txn *txn, uint32_t contract_no, uint32_t party_no,
                  enum account account, struct balance_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        memset(ret, 0, sizeof(*ret));
        balance_key(&key, contract_no, party_no, account);
        r = store_get(txn, TABLE_BALANCE, row_span(&key), &value);
        if (r)
                return r == -ENOENT ? 0 : r;
        return balance_read(value, ret);
}

int state_balance_put(struct store_txn *txn, uint32_t contract_no, uint32_t party_no,
                      enum account account, const struct balance_state *balance)
{
        ROW(key);
        ROW(value);

        balance_key(&key, contract_no, party_no, account);
        row_i64(&value, balance->debits_pending);
        row_i64(&value, balance->credits_pending);
        row_i64(&value, balance->debits_posted);
        row_i64(&value, balance->credits_posted);
        row_i64(&value, balance->debits_voided);
        row_i64(&value, balance->credits_voided);
        return store_put(txn, TABLE_BALANCE, row_span(&key), row_span(&value));
}

int state_balance_total(struct store_txn *txn, struct balance_state *ret)
{
        struct balance_state one;
        struct bytes key, value;
        ROW(at);
        int r;

        memset(ret, 0, sizeof(*ret));
        row_u8(&at, 0);
        while (!(r = store_after(txn, TABLE_BALANCE, row_span(&at), &key, &value))) {
                r = balance_read(value, &one);
                if (r)
                        return r;
                ret->debits_pending += one.debits_pending;
                ret->credits_pending += one.credits_pending;
                ret->debits_posted += one.debits_posted;
                ret->credits_posted += one.credits_posted;
                ret->debits_voided += one.debits_voided;
                ret->credits_voided += one.credits_voided;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
        }
        return r == -ENOENT ? 0 : r;
}

static void signal_key(struct row *ret, uint32_t party_no, uint64_t number)
{
        row_u32(ret, party_no);
        row_u64(ret, number);
}

int state_signal_last(struct store_txn *txn, uint32_t party_no, uint64_t *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(seek);
        int r;

        *ret = 0;
        signal_key(&seek, party_no, UINT64_MAX);
        r = store_last(txn, TABLE_SIGNAL, row_span(&seek), &key, &value);
        if (r)
                return r == -ENOENT ? 0 : r;
        reader = row_read(key);
        if (read_u32(&reader) == party_no)
                *ret = read_u64(&reader);
        return 0;
}

int state_signal_put(struct store_txn *txn, uint32_t party_no, uint64_t number, uint64_t index)
{
        ROW(key);
        ROW(value);

        signal_key(&key, party_no, number);
        row_u64(&value, index);
        return store_put(txn, TABLE_SIGNAL, row_span(&key), row_span(&value));
}

int state_signal(struct store_txn *txn, uint32_t party_no, uint64_t number, uint64_t *ret_index)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        signal_key(&key, party_no, number);
        r = store_get(txn, TABLE_SIGNAL, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        *ret_index = read_u64(&reader);
        return row_done(&reader);
}
