/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_life.h"

#include "daemon/row.h"
#include "daemon/tally.h"

/* ---- lives: a version of the row for every entry that changed it, as of facts */

static void pending_row(struct row *row, const struct life_pending *pending)
{
        row_u64(row, pending->entry);
        row_i64(row, pending->cents);
}

static void read_pending(struct row_reader *r, struct life_pending *ret)
{
        ret->entry = read_u64(r);
        ret->cents = read_i64(r);
}

static void statement_life_row(struct row *row, const struct statement_life *life)
{
        row_u8(row, life->state);
        row_u8(row, life->posts);
        row_u8(row, life->accepted);
        row_u8(row, life->has_versions);
        row_i64(row, life->by_bearer);
        row_i64(row, life->by_earner);
        row_u8(row, life->claim_count);
        for (uint32_t i = 0; i < life->claim_count; i++) {
                row_u64(row, life->claims[i].dispute);
                row_u8(row, life->claims[i].side);
                row_i64(row, life->claims[i].claims);
        }
        for (int i = 0; i < LIFE_AMOUNTS; i++) {
                row_i64(row, life->parts[i].says);
                row_i64(row, life->parts[i].before);
                row_i64(row, life->parts[i].posted);
                pending_row(row, &life->parts[i].pending);
        }
        for (int i = 0; i < LIFE_HOLDS; i++)
                pending_row(row, &life->holds[i]);
        row_i64(row, life->paid);
}

static int read_statement_life(struct row_reader *r, struct statement_life *ret)
{
        ret->state = read_u8(r);
        ret->posts = read_u8(r);
        ret->accepted = read_u8(r);
        ret->has_versions = read_u8(r);
        ret->by_bearer = read_i64(r);
        ret->by_earner = read_i64(r);
        ret->claim_count = read_u8(r);
        if (ret->claim_count > LIFE_CLAIMS_MAX)
                return -EILSEQ;
        for (uint32_t i = 0; i < ret->claim_count; i++) {
                ret->claims[i].dispute = read_u64(r);
                ret->claims[i].side = read_u8(r);
                ret->claims[i].claims = read_i64(r);
        }
        for (int i = 0; i < LIFE_AMOUNTS; i++) {
                ret->parts[i].says = read_i64(r);
                ret->parts[i].before = read_i64(r);
                ret->parts[i].posted = read_i64(r);
                read_pending(r, &ret->parts[i].pending);
        }
        for (int i = 0; i < LIFE_HOLDS; i++)
                read_pending(r, &ret->holds[i]);
        ret->paid = read_i64(r);
        return 0;
}

static int life_read(struct bytes value, struct life_state *ret)
{
        struct row_reader r = row_read(value);

        ret->contract_no = read_u32(&r);
        if (read_statement_life(&r, &ret->life))
                return -EILSEQ;
        ret->line_count = read_u32(&r);
        ret->dispute_days = read_u32(&r);
        ret->answer_until = read_i64(&r);
        ret->replaced_by = read_u64(&r);
        ret->accepted_count = read_u8(&r);
        if (ret->accepted_count > LIFE_ACCEPTANCES_MAX)
                return -EILSEQ;
        for (uint32_t i = 0; i < ret->accepted_count; i++) {
                ret->accepted[i].side = read_u8(&r);
                ret->accepted[i].node_no = read_u32(&r);
                ret->accepted[i].index = read_u64(&r);
        }
        return row_done(&r);
}

static void life_key(struct row *ret, uint64_t run, uint64_t index)
{
        row_u64(ret, run);
        row_u64(ret, index);
}

int state_life(struct store_txn *txn, uint64_t run, uint64_t cut, struct life_state *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(seek);
        int r;

        memset(ret, 0, sizeof(*ret));
        life_key(&seek, run, cut);
        r = store_last(txn, TABLE_LIFE, row_span(&seek), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        ret->run = read_u64(&reader);
        ret->changed = read_u64(&reader);
        if (row_done(&reader))
                return -EILSEQ;
        return ret->run == run ? life_read(value, ret) : -ENOENT;
}

int state_life_put(struct store_txn *txn, const struct life_state *life)
{
        struct life_state before;
        ROW(key);
        ROW(value);
        int r;

        life_key(&key, life->run, life->changed);
        row_u32(&value, life->contract_no);
        statement_life_row(&value, &life->life);
        row_u32(&value, life->line_count);
        row_u32(&value, life->dispute_days);
        row_i64(&value, life->answer_until);
        row_u64(&value, life->replaced_by);
        row_u8(&value, life->accepted_count);
        for (uint32_t i = 0; i < life->accepted_count; i++) {
                row_u8(&value, life->accepted[i].side);
                row_u32(&value, life->accepted[i].node_no);
                row_u64(&value, life->accepted[i].index);
        }
        r = state_life(txn, life->run, CUT_LAST, &before);
        if (!r || r == -ENOENT)
                r = tally_life(txn, r ? NULL : &before, life);
        return r ? r : store_put(txn, TABLE_LIFE, row_span(&key), row_span(&value));
}

/* ---- disputes */

int state_dispute(struct store_txn *txn, uint64_t index, struct dispute_of_run *ret)
{
        struct row_reader r;
        struct bytes value;
        ROW(key);
        int status;

        memset(ret, 0, sizeof(*ret));
        row_u64(&key, index);
        status = store_get(txn, TABLE_DISPUTE, row_span(&key), &value);
        if (status)
                return status;
        r = row_read(value);
        ret->index = index;
        ret->event = read_u32(&r);
        ret->time = read_i64(&r);
        ret->contract_no = read_u32(&r);
        ret->node_no = read_u32(&r);
        ret->side = read_u8(&r);
        ret->run = read_u64(&r);
        ret->claims = read_i64(&r);
        ret->ended = read_u64(&r);
        ret->closed_by = read_u64(&r);
        return row_done(&r);
}

int state_dispute_put(struct store_txn *txn, const struct dispute_of_run *dispute)
{
        struct dispute_of_run before;
        ROW(key);
        ROW(of);
        ROW(value);
        int r;

        row_u64(&key, dispute->index);
        row_u32(&of, dispute->contract_no);
        row_u64(&of, dispute->index);
        row_u32(&value, dispute->event);
        row_i64(&value, dispute->time);
        row_u32(&value, dispute->contract_no);
        row_u32(&value, dispute->node_no);
        row_u8(&value, dispute->side);
        row_u64(&value, dispute->run);
        row_i64(&value, dispute->claims);
        row_u64(&value, dispute->ended);
        row_u64(&value, dispute->closed_by);
        r = state_dispute(txn, dispute->index, &before);
        if (!r || r == -ENOENT)
                r = tally_dispute(txn, r ? NULL : &before, dispute);
        if (!r)
                r = store_put(txn, TABLE_DISPUTE_OF, row_span(&of), (struct bytes) { "", 0 });
        return r ? r : store_put(txn, TABLE_DISPUTE, row_span(&key), row_span(&value));
}

int state_dispute_next(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                       struct dispute_of_run *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, contract_no);
        row_u64(&at, after);
        r = store_after(txn, TABLE_DISPUTE_OF, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u32(&reader) != contract_no)
                return -ENOENT;
        return state_dispute(txn, read_u64(&reader), ret);
}

int state_dispute_open(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                       struct dispute_of_run *ret)
{
        int r;

        while (!(r = state_dispute_next(txn, contract_no, after, ret)) && ret->ended)
                after = ret->index;
        return r;
}

/* ---- entries of the books */

static void journal_key(struct row *ret, uint32_t contract_no, uint64_t index)
{
        row_u32(ret, contract_no);
        row_u64(ret, index);
}

static int journal_read(struct bytes value, struct journal_state_row *ret)
{
        struct row_reader r = row_read(value);

        ret->run = read_u64(&r);
        ret->purpose = read_u8(&r);
        ret->cents = read_i64(&r);
        ret->state = read_u8(&r);
        ret->changed = read_u64(&r);
        ret->reverses = read_u64(&r);
        ret->reversed = read_u64(&r);
        return row_done(&r);
}

int state_journal(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                  struct journal_state_row *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        *ret = (struct journal_state_row) { .contract_no = contract_no, .index = index };
        journal_key(&key, contract_no, index);
        r = store_get(txn, TABLE_JOURNAL, row_span(&key), &value);
        return r ? r : journal_read(value, ret);
}

int state_journal_put(struct store_txn *txn, const struct journal_state_row *row)
{
        struct journal_state_row before;
        ROW(key);
        ROW(value);
        int r;

        journal_key(&key, row->contract_no, row->index);
        row_u64(&value, row->run);
        row_u8(&value, row->purpose);
        row_i64(&value, row->cents);
        row_u8(&value, row->state);
        row_u64(&value, row->changed);
        row_u64(&value, row->reverses);
        row_u64(&value, row->reversed);
        r = state_journal(txn, row->contract_no, row->index, &before);
        if (!r || r == -ENOENT)
                r = tally_journal(txn, r ? NULL : &before, row);
        return r ? r : store_put(txn, TABLE_JOURNAL, row_span(&key), row_span(&value));
}

int state_journal_next(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                       struct journal_state_row *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        journal_key(&at, contract_no, after);
        r = store_after(txn, TABLE_JOURNAL, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        *ret = (struct journal_state_row) { .contract_no = read_u32(&reader) };
        ret->index = read_u64(&reader);
        return ret->contract_no == contract_no ? journal_read(value, ret) : -ENOENT;
}

/* ---- periods that are not run out */

static void runout_key(struct row *ret, uint32_t contract_no, struct period period)
{
        row_u32(ret, contract_no);
        row_i32(ret, period.from);
        row_i32(ret, period.until);
}

static int runout_read(struct bytes value, struct runout_state *ret)
{
        struct row_reader r = row_read(value);

        ret->version = read_u32(&r);
        ret->at = read_i64(&r);
        ret->index = read_u64(&r);
        return row_done(&r);
}

int state_runout(struct store_txn *txn, uint32_t contract_no, struct period period,
                 struct runout_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        *ret = (struct runout_state) { .contract_no = contract_no, .period = period };
        runout_key(&key, contract_no, period);
        r = store_get(txn, TABLE_RUNOUT, row_span(&key), &value);
        return r ? r : runout_read(value, ret);
}

int state_runout_put(struct store_txn *txn, const struct runout_state *runout)
{
        ROW(key);
        ROW(value);

        runout_key(&key, runout->contract_no, runout->period);
        row_u32(&value, runout->version);
        row_i64(&value, runout->at);
        row_u64(&value, runout->index);
        return store_put(txn, TABLE_RUNOUT, row_span(&key), row_span(&value));
}

int state_runout_del(struct store_txn *txn, const struct runout_state *runout)
{
        ROW(key);

        runout_key(&key, runout->contract_no, runout->period);
        return store_del(txn, TABLE_RUNOUT, row_span(&key));
}

int state_runout_next(struct store_txn *txn, uint32_t contract_no, date after,
                      struct runout_state *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        runout_key(&at, contract_no, (struct period) { after, INT32_MAX });
        r = store_after(txn, TABLE_RUNOUT, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        *ret = (struct runout_state) { .contract_no = read_u32(&reader) };
        ret->period.from = read_i32(&reader);
        ret->period.until = read_i32(&reader);
        return ret->contract_no == contract_no ? runout_read(value, ret) : -ENOENT;
}
